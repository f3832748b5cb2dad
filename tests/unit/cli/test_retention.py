"""`becalm retention`: what would go and when is said before anything goes; then no file holds it."""

import json
from pathlib import Path

import pytest
from commands import Home

ROWS = [
    {"id": f"n{n}", "author": f"author-{n}", "at": "2025-01-02T12:00:00Z", "text": f"secret {n}", "state": "done"}
    for n in range(6)
]


@pytest.fixture
def filled(home: Home) -> Home:
    home.configure('operator = "marta"\nretention_days = 90\n')
    home.fill(*ROWS, {"id": "open", "at": "2025-01-02T12:00:00Z", "text": "an open question"})
    return home


def holding(home: Home) -> list[Path]:
    return [p for p in home.becalm.rglob("*") if p.is_file() and b"secret" in p.read_bytes()]


def test_without_a_rule_everything_is_kept(home: Home) -> None:
    home.fill(*ROWS)
    assert home.run("retention").lines[0] == "everything is kept: no retention_days in the configuration"
    refused = home.run("retention", "--forget", "--yes")
    assert refused.code != 0
    assert "nothing says for how long" in refused.err


def test_it_says_what_would_go_what_stays_and_when(filled: Home) -> None:
    (line, when) = filled.run("retention").lines
    assert line == "import:mastodon: kept for 90 days · 6 older and done with · older and kept: 1 open"
    assert "begins a week later" in when
    source, desk = filled.run("retention", "--json").objects
    assert (source["due"], source["stays"], source["days"]) == (6, {"open": 1}, 90)
    assert (desk["due"], desk["announced"], desk["forgotten"]) == (6, False, 0)


def test_looking_and_a_dry_run_forget_nothing(filled: Home) -> None:
    filled.run("retention")
    assert filled.run("retention", "--forget", "--dry-run").code == 0
    assert filled.run("retention", "--forget", "--no-input").code != 0
    assert len(filled.run("list", "is:any", "--json").objects) == 7


def test_what_is_forgotten_is_in_no_file_and_counted(filled: Home) -> None:
    assert holding(filled)
    answer = filled.run("retention", "--forget", "--yes")
    assert (answer.code, answer.out) == (0, "6 comments are gone\n"), answer.err
    assert holding(filled) == []
    assert [row["id"] for row in filled.run("list", "is:any", "--json").objects] == ["open"]
    status = json.loads(filled.run("status", "--json").out)["retention"]
    assert (status["forgotten"], status["by_source"]) == (6, {"import:mastodon": 6})
    assert filled.run("retention", "--json").objects[-1]["forgotten"] == 6


def test_a_number_of_days_that_is_none_is_a_fault_with_its_line(home: Home) -> None:
    home.configure('operator = "marta"\n[sources.fair]\nplatform = "rehearsal"\nretention_days = -3\n')
    refused = home.run("retention")
    assert refused.code != 0
    assert "config.toml:4: sources.fair.retention_days: Expected `int` >= 0" in refused.err


def test_an_engine_announces_a_rule_before_it_takes_anything(filled: Home) -> None:
    filled.configure('operator = "marta"\nretention_days = 90\n[sources.fair]\nplatform = "rehearsal"\n')
    assert filled.run("watch", "--once", "--quiet").code == 0
    status = json.loads(filled.run("status", "--json").out)["retention"]
    assert (status["waiting"], status["forgotten"]) == (6, 0)
    assert status["begins"] is not None
    assert "announced; begins on" in filled.run("retention").out
    assert holding(filled)
