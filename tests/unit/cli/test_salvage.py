"""`becalm salvage`: what a damaged desk's owner is told to do, done."""

import json
from pathlib import Path

import pytest
from commands import Home

from inbox.journal import DamagedError, Journal


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    folder = tmp_path / "desk"
    with Journal.open(folder, holder="the test", ballast_bytes=0) as journal:
        for number in range(5):
            journal.append(b'{"n":%d}' % number)
    segment = folder / "log-0000000000000001"
    segment.write_bytes(segment.read_bytes().replace(b'"n":2', b'"n":7'))
    return folder


def test_the_hint_of_a_damaged_desk_can_be_followed_word_by_word(home: Home, damaged: Path, tmp_path: Path) -> None:
    with Journal.open(damaged, holder="the test", ballast_bytes=0) as journal, pytest.raises(DamagedError) as caught:
        list(journal.replay())
    words = caught.value.hint.partition("becalm ")[2].partition(",")[0].split()
    answer = home.run(*[str(tmp_path / "out") if word == "NEW-FOLDER" else word for word in words])
    assert (answer.code, answer.err) == (0, "")
    assert answer.lines[-1] == f"4 records copied to {tmp_path / 'out'} · 1 lost"
    with Journal.open(tmp_path / "out", holder="the test", ballast_bytes=0) as journal:
        assert [json.loads(payload) for _, payload in journal.replay()] == [
            {"n": 0},
            {"n": 1},
            None,
            {"n": 3},
            {"n": 4},
        ]


def test_a_program_gets_the_places_as_json(home: Home, damaged: Path, tmp_path: Path) -> None:
    (report,) = home.run("salvage", "--json", str(damaged), str(tmp_path / "out")).objects
    assert (report["v"], report["copied"], report["lost"]) == (1, 4, [3])
    assert report["damages"][0]["file"] == str(damaged / "log-0000000000000001")


def test_a_target_that_holds_something_is_refused(home: Home, damaged: Path) -> None:
    answer = home.run("salvage", str(damaged), str(damaged))
    assert answer.code == 73
    assert "is not empty" in answer.err
