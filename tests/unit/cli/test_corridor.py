"""The corridor from the command line: the charter, suspicions, particulars, and people kept away for a time."""

import pytest
from commands import Home

CONFIG = """
operator = "marta"
[sources.show]
platform = "rehearsal"
comments = 12
speed = 0.0
latency = 0.0
[outbox]
countdown = 0.1
"""


@pytest.fixture
def desk(home: Home) -> Home:
    """A home whose rehearsal has been polled once."""
    home.configure(CONFIG)
    assert home.run("watch", "--once").code == 0
    return home


def first(home: Home) -> str:
    key: str = home.run("list", "--json", "--limit", "1").objects[0]["key"]
    return key


def test_the_charter_is_told_begun_and_checked(home: Home) -> None:
    home.configure(CONFIG)
    assert "threat" in home.run("charter").out
    own = (
        home.run("charter", "--example").out.replace("insult of a person", "rude words").replace('"example"', '"2026"')
    )
    (home.becalm / "charter.toml").write_text(own)
    assert home.run("charter", "--json").objects[0]["version"] == "2026"
    assert home.run("charter", "--lint").code == 0
    (home.becalm / "charter.toml").write_text(own + "[reasons.critique]\nfr = 'critique'\nen = 'criticism'\n")
    answer = home.run("charter", "--lint")
    assert answer.code == 65
    assert "criticism is not a reason to hide" in answer.out


def test_a_hide_names_a_reason_of_the_house_s_own_charter(desk: Home) -> None:
    own = desk.run("charter", "--example").out.replace("insult of a person", "rude words")
    (desk.becalm / "charter.toml").write_text(own)
    key = first(desk)
    assert "charter" in desk.run("hide", key, "--reason", "insult of a person", "--dry-run").err
    assert desk.run("hide", key, "--reason", "rude words", "--yes").code == 0
    assert "rude words [charter example, 1; insult]" in desk.run("show", key).out


def test_suspecting_and_clearing(desk: Home) -> None:
    key = first(desk)
    (told,) = desk.run("suspect", key, "--reason", "threat", "--json").objects
    assert told["keys"] == [key]
    assert key in desk.run("list", "is:suspected").out
    assert desk.run("suspect", key, "--clear", "--reason", "a quotation").code == 0
    assert key not in desk.run("list", "is:suspected").out


def test_somebody_is_kept_away_until_a_time_and_let_back_in(desk: Home) -> None:
    key = first(desk)
    assert desk.run("block", key, "--reason", "threat").code == 64
    assert "arrive" in desk.run("block", key, "--reason", "threat", "--until", "+7d", "--dry-run").err
    (told,) = desk.run("block", key, "--reason", "threat", "--until", "+7d", "--yes", "--json").objects
    assert [(s["kind"], s["state"]) for s in told["sendings"]] == [("block", "sent")]
    (told,) = desk.run("block", key, "--lift", "--yes", "--json").objects
    assert [(s["kind"], s["state"]) for s in told["sendings"]] == [("unblock", "sent")]


def test_particulars_go_into_a_private_new_file(desk: Home) -> None:
    key = first(desk)
    before = desk.run("export").out
    assert "PHAROS" in desk.run("dossier", key, "--dry-run").out
    assert desk.run("export").out == before
    assert desk.run("export", "--evidence", f"id:{key}", "--out", "none").code == 66
    (told,) = desk.run("dossier", key, "--for", "platform", "--out", "report.txt", "--json").objects
    written = desk.path / "report.txt"
    assert written.read_text() == told["text"]
    assert written.stat().st_mode & 0o777 == 0o600
    assert desk.run("dossier", key, "--out", "report.txt").code == 73
    assert desk.run("export", "--evidence", f"id:{key}", "--out", "sealed").code == 0
