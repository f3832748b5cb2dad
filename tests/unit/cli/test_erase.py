"""`becalm erase`: a person is forgotten, alone or beside an open desk; a question comes first."""

from pathlib import Path

import pytest
from commands import Home

ROWS = [
    {
        "id": f"n{n}",
        "post": "p1",
        "author": "troll-4711" if n % 3 else "lou",
        "at": "2026-11-20T12:00:00Z",
        "text": f"t{n}",
    }
    for n in range(9)
]


@pytest.fixture
def filled(home: Home) -> Home:
    home.fill(*ROWS)
    return home


def still_named(home: Home) -> list[Path]:
    return [p for p in home.becalm.rglob("*") if p.is_file() and b"troll-4711" in p.read_bytes()]


def test_it_says_how_many_comments_are_gone_and_leaves_no_trace(filled: Home) -> None:
    assert still_named(filled)
    answer = filled.run("erase", "@troll-4711", "--yes")
    assert (answer.code, answer.lines[0].partition(" · ")[0]) == (0, "6 comments are gone")
    assert still_named(filled) == []
    assert len(filled.run("list", "is:any", "--json").objects) == 3


def test_importing_the_same_file_again_brings_nobody_back(filled: Home) -> None:
    (said,) = filled.run("erase", "troll-4711", "--yes", "--json").objects
    assert (said["comments"], said["left"]) == (6, [])
    filled.fill(*ROWS)
    assert still_named(filled) == []


def test_without_a_yes_nothing_is_erased(filled: Home) -> None:
    answer = filled.run("erase", "troll-4711", "--no-input")
    assert answer.code != 0
    assert still_named(filled)


def test_nobody_of_that_name_is_an_error_that_says_what_to_do(filled: Home) -> None:
    answer = filled.run("erase", "camille", "--yes")
    assert answer.code != 0
    assert "nobody on this desk is called camille" in answer.err


def test_what_was_captured_is_announced_before_and_said_after_and_otherwise_not_a_word(filled: Home) -> None:
    filled.configure('operator = "marta"\n')
    assert "evidence" not in filled.run("erase", "lou", "--yes").out
    assert filled.run("capture", "import:mastodon/n1", "--reason", "a threat", "--yes").code == 0
    asked = filled.run("erase", "troll-4711", "--no-input")
    assert "1 record captured as evidence stays as it is" in asked.err
    assert still_named(filled)
    answer = filled.run("erase", "troll-4711", "--yes")
    assert "1 record captured as evidence stays as it is" in answer.out
    assert [path.name[:4] for path in still_named(filled)] == ["log-"]
