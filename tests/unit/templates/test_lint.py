"""The lint names file and line of every fault."""

from pathlib import Path

import pytest

from inbox.templates import Facts, load
from inbox.templates.lint import sentences

HEAD = 'kind = "offbeat"\nlanguage = "en"\n'
JOKE = HEAD + '[nail]\nregister = "object"\n'


def lint(folder: Path, text: str, *, facts: Facts | None = None) -> list[str]:
    (folder / "house.toml").write_text(text, encoding="utf-8")
    return [str(f).replace(f"{folder}/", "") for f in load(folder, facts).faults]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (JOKE + 'bodi = "Come in."\nbody = "Come in."', "5: nail: unknown field 'bodi'; did you mean 'body'?"),
        (JOKE + "body = 3", "5: nail: body: Expected `str`, got `int`"),
        (JOKE.replace("object", "objet"), "4: nail: register: Invalid enum value 'objet'"),
        (JOKE + 'body = "Come, $hourz."', "5: nail: unknown placeholder $hourz; did you mean 'hours'?"),
        (
            JOKE + 'body = """\nCome in,\nonly 5 $ today."""',
            "7: nail: a lone $ ('$ today.'): write $$ for the sign, or a name after it",
        ),
        (JOKE + 'body = "One. Two. Come in."', "5: nail: 3 sentences; an offbeat reply has two at most"),
        (JOKE + 'body = "Look! Come in, 3 days only!"', "5: nail: one exclamation mark at most"),
        (JOKE + 'body = "Come and see the axe \U0001fa93"', "5: nail: no emoji of weapons"),
        (JOKE + 'body = "Come \U0001f600 in \U0001f600"', "5: nail: 1 emoji at most"),
        (JOKE + 'body = "Come and SHOUT"', "5: nail: a word in capitals shouts"),
        (
            JOKE + 'body = "Dear troll, come in."',
            "5: nail: 'troll' lands on the person; let it land on the object or the house",
        ),
        (JOKE + "body = 'He said \"come in\"'", '5: nail: a straight " : use « » in French, “ ” in English'),
        (JOKE + 'body = "Come in !"', "5: nail: English wants no space before '!'"),
        (JOKE + 'body = " "', "5: nail: the body is empty"),
        (
            JOKE + f'networks = ["x"]\nbody = "Come {"in " * 100}now"',
            "6: nail: 28 weighted characters too long for x (280 with room for the mention)",
        ),
        (
            JOKE + 'networks = ["facebok"]\nbody = "Come in"',
            "5: nail: we know no length for 'facebok'; did you mean 'facebook'?",
        ),
        (JOKE + 'body = "Nothing to report."', "5: warning: nail: ends with no fact, no date and no door left open"),
        (HEAD + '[nail]\nbody = "Come in"', "3: nail: an offbeat reply needs its register"),
        (JOKE + 'body = "Come in"\n[nail]\nbody = "x"', "6: nail: duplicate id 'nail'"),
        (JOKE + "body = ", "5: cannot be read: Invalid value"),
        (
            'kind = "notice"\nlanguage = "en"\n[n]\nlasts = 0\nbody = "x"',
            "4: n: a notice needs lasts: the hours it stays up",
        ),
        (
            'kind = "appeal"\nlanguage = "en"\n[n]\nbody = "To both sides: peace."',
            "4: n: 'both sides': name nobody and no camp",
        ),
        (
            'kind = "thread"\nlanguage = "en"\n[n]\nbody = "x"',
            "3: n: a thread needs a title, rules and an announcement",
        ),
        (
            'kind = "plain"\nlanguage = "en"\n[n]\nbody = "x"',
            "3: n: a plain answer needs tags: what the question is about",
        ),
        ('kind = "plain"\nlanguage = "de"\n[n]\ntags = ["hours"]\nbody = "x"', "3: n: language 'de': write fr or en"),
        ('kind = "plain"\nlanguage = "fr"\n[n]\ntags = ["hours"]\nbody = "Oui!"', "5: n: French wants a space at 'i!'"),
        ('kind = "sober"\nlanguage = "fr"\n[n]\nbody = "Viens, toi."', "4: warning: n: 'toi': the house says vous"),
    ],
)
def test_a_fault_is_named_with_its_file_and_line(text: str, fault: str, tmp_path: Path) -> None:
    assert lint(tmp_path, text) == [f"house.toml:{fault}"]


def test_a_thread_announcement_must_hold_the_link(tmp_path: Path) -> None:
    thread = 'kind = "thread"\nlanguage = "en"\n[n]\ntitle = "a"\nrules = ["b"]\nbody = "c"\nannouncement = "here"'
    assert lint(tmp_path, thread) == ["house.toml:7: n: the announcement must hold $link ($lien)"]


def test_two_files_with_one_id_are_a_fault_and_the_first_text_stays(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(JOKE + 'body = "Come in."', encoding="utf-8")
    (tmp_path / "b.toml").write_text(JOKE + 'body = "Come back."', encoding="utf-8")
    library = load(tmp_path)
    assert [str(f) for f in library.faults] == [f"{tmp_path}/b.toml:3: nail: duplicate id 'nail.en': a.toml has it too"]
    assert library.templates["nail.en"].body == "Come in."


def test_a_house_s_own_fact_is_a_known_placeholder(tmp_path: Path) -> None:
    text = JOKE + 'body = "Come and see $parrot."'
    assert lint(tmp_path, text)
    assert lint(tmp_path, text, facts=Facts({"": {"parrot": "Coco"}})) == []


def test_a_house_overrides_extends_and_withdraws(tmp_path: Path) -> None:
    (tmp_path / "h.toml").write_text(
        'language = "fr"\nkind = "plain"\n[hours]\ntags = ["hours"]\nbody = "Toujours ouvert."\n'
        '[parrot]\ntags = ["contact"]\nbody = "Le perroquet répond."\n[bags]\nwithdrawn = true\n',
        encoding="utf-8",
    )
    library = load(tmp_path)
    assert library.faults == ()
    assert library.templates["hours.fr"].body == "Toujours ouvert."
    assert "parrot.fr" in library.templates
    assert "bags.fr" not in library.templates
    assert "bags.en" in library.templates


def test_a_faulty_text_is_never_offered_and_the_others_are(tmp_path: Path) -> None:
    text = JOKE + 'body = "Dear troll, come."\n[door]\nregister = "object"\nbody = "Come in."'
    assert len(lint(tmp_path, text)) == 1
    assert "nail.en" not in load(tmp_path).templates
    assert "door.en" in load(tmp_path).templates


def test_a_file_that_is_no_utf8_is_a_fault_and_not_a_crash(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_bytes(b"\xff\xfe")
    assert len(load(tmp_path).faults) == 1


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("« Ah ? » dit le vase. Entrez.", 2),
        ("Open until 6 p.m. on Thursdays", 1),
        ("Well… come in", 1),
        ("Who? You! Me.", 3),
        ("", 0),
    ],
)
def test_sentences_are_counted_as_a_reader_would(text: str, count: int) -> None:
    assert len(sentences(text)) == count
