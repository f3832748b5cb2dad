"""The charter: only its reasons hide and block, criticism is none, and its faults are named by file and line."""

from pathlib import Path

import pytest

from inbox.charter import SHIPPED, read, shipped


def write(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "charter.toml"
    path.write_text(text)
    return [str(fault).removeprefix(f"{path}:") for fault in read(path)[1]]


def test_ours_is_sound() -> None:
    charter, faults = read(SHIPPED)
    assert faults == ()
    assert [reason.id for reason in charter.reasons if reason.unlawful] == ["hate", "threat", "private"]


@pytest.mark.parametrize(
    "words", ["threat", "Threat", "menace ou appel à la violence", "threat or call to violence", "charter 3", "art. 3"]
)
def test_a_reason_is_known_by_its_name_its_words_or_its_article(words: str) -> None:
    found = shipped().find(words)
    assert found is not None
    assert found[0].id == "threat"


@pytest.mark.parametrize("words", ["", "-", "I disagree", "charter 9", "critique", "threats of rain"])
def test_anything_else_is_no_reason(words: str) -> None:
    assert shipped().record(words) == ""


def test_a_record_names_the_edition_and_what_was_added() -> None:
    record = shipped().record("threat or call to violence: against the guards")
    assert record == "threat or call to violence: against the guards [charter example, 3; threat]"


GOOD = '[reasons.insult]\nfr = "injure"\nen = "insult"\n'


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 1, "reasons"),
        ("[reasons]\n", 1, "forbids nothing"),
        (GOOD + "[reasons.critique]\nfr = 'critique du musée'\nen = 'harsh'\n", 5, "criticism is not a reason"),
        (GOOD + "[reasons.other]\nfr = 'injure'\nen = 'other'\n", 5, "says the same as insult"),
        (GOOD + "[reasons.Big]\nfr = 'a'\nen = 'b'\n", 4, "small letters"),
        (GOOD + "[reasons.long]\nfr = 'a: b'\nen = 'b'\n", 5, "without a colon"),
        (GOOD + "[reasons.half]\nfr = 'a'\n", 4, "en"),
        (GOOD + "[reasons.half]\nfr = 'a'\nen = 'b'\nwhy = 1\n", 7, "why"),
        ("name = \n", 1, "cannot be read"),
    ],
)
def test_faults_are_named_by_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    (fault, *_) = write(tmp_path, text)
    assert fault.startswith(f"{line}:")
    assert said in fault


def test_of_a_file_that_cannot_be_read_nothing_is_left_so_nothing_can_be_hidden(tmp_path: Path) -> None:
    charter, faults = read(tmp_path / "none.toml")
    assert charter.reasons == ()
    assert len(faults) == 1
