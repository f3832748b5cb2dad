"""`becalm status`: one line, whatever the desk is going through."""

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, flock
from typing import Any

import pytest
from commands import Home

QUIET: dict[str, Any] = {
    "v": 1,
    "desk": "main",
    "operator": "lou",
    "rehearsal": False,
    "open": {"calm": 60, "tense": 33, "heated": 34, "critical": 1},
    "total": 400,
    "questions": 9,
    "oldest_question": None,
    "per_hour": 214,
    "posts": [],
    "outbox": {"pending": 0, "unknown": 0, "rejected": 0, "next_due": None, "held_by": ""},
    "hands": [],
    "sources": [],
    "storage": "",
}


@contextmanager
def desk(home: Home, *, running: bool = True, age: float = 0, **changes: Any) -> Iterator[None]:
    """A desk whose engine wrote its status `age` seconds ago, and runs (holds its lock) or not."""
    folder = home.becalm / "desks/main"
    folder.mkdir(parents=True)
    status = {**QUIET, "at": time.time() - age, **changes}
    (folder / "status.json").write_text(json.dumps(status))
    lock = os.open(folder / "lock", os.O_CREAT | os.O_RDWR)
    if running:
        flock(lock, LOCK_EX)
    try:
        yield
    finally:
        os.close(lock)


def test_one_line_tells_what_burns(home: Home) -> None:
    with desk(home):
        answer = home.run("status")
    assert answer.code == 0
    assert answer.lines == ["‼ 1  ▲ 34  128 open · lou on watch"]


def test_the_line_tells_everything_that_is_not_quiet(home: Home) -> None:
    now = time.time()
    with desk(
        home,
        rehearsal=True,
        oldest_question=now - 41 * 60,
        posts=[{"title": "Je suis innocent", "copies": 43, "heated": 34, "since": now - 3000, "open": 80}],
        outbox={"pending": 3, "unknown": 1, "rejected": 2, "next_due": None, "held_by": "marta"},
        sources=[
            {"name": "museum", "platform": "mastodon", "state": "ok", "last_at": now - 12, "message": ""},
            {"name": "shop", "platform": "mastodon", "state": "unreachable", "last_at": None, "message": "x"},
        ],
    ):
        since = time.strftime("%H:%M", time.localtime(now - 3000))
        expected = (
            f"rehearsal · ‼ 1  ▲ 34  128 open · “Je suis innocent” 43 copies since {since}"
            " · oldest question 41 min · HELD by marta · outbox 3 · 1 of unknown fate · 2 refused · lou on watch · shop unreachable · fresh 12 s"
        )
        assert home.run("status").lines == [expected]


def test_a_stopped_engine_is_said_first(home: Home) -> None:
    with desk(home, running=False, age=600):
        since = time.strftime("%H:%M", time.localtime(time.time() - 600))
        assert home.run("status").out == f"ENGINE STOPPED since {since} · last known ‼ 1  ▲ 34 · 128 open\n"


def test_an_engine_that_says_nothing_is_stale(home: Home) -> None:
    with desk(home, age=200):
        assert home.run("status").out.endswith("STALE: the engine has said nothing for 3 min\n")


def test_platforms_that_no_longer_answer_are_told_although_the_engine_runs(home: Home) -> None:
    source = {"name": "m", "platform": "mastodon", "state": "ok", "last_at": time.time() - 3600, "message": ""}
    with desk(home, sources=[source]):
        assert home.run("status").out.endswith("NO ANSWER from any platform for 60 min\n")


def test_french_is_spoken_to_who_speaks_it(home: Home) -> None:
    with desk(home):
        expected = "‼ 1  ▲ 34  128 à traiter · lou de veille\n"
        assert home.run("status", env={"LC_ALL": "fr_FR.UTF-8"}).out == expected
        assert home.run("status", "--lang", "fr").out == expected


def test_without_a_desk_it_says_so_and_is_no_error(home: Home) -> None:
    answer = home.run("status")
    assert (answer.code, answer.out) == (0, "no desk here yet: becalm\n")


def test_short_is_short(home: Home) -> None:
    with desk(home):
        assert home.run("status", "--short").out == "‼1 ▲34 128 ?9\n"


def test_json_is_versioned_and_speaks_iso(home: Home) -> None:
    with desk(home, oldest_question=0):
        (status,) = home.run("status", "--json").objects
    assert (status["v"], status["engine"], status["stale"]) == (1, "alive", False)
    assert status["open"]["critical"] == 1
    assert status["oldest_question"] == "1970-01-01T00:00:00Z"


def test_json_without_a_desk_is_still_an_object(home: Home) -> None:
    assert home.run("status", "--json").objects == [{"v": 1, "engine": "none"}]


@pytest.mark.parametrize("pattern", ["#{critical}/#{open}", "{critical}/{open}"])
def test_a_format_of_ones_own(home: Home, pattern: str) -> None:
    with desk(home):
        assert home.run("status", "--format", pattern).out == "1/128\n"


def test_an_unknown_field_in_a_format_lists_those_there_are(home: Home) -> None:
    answer = home.run("status", "--format", "{cirtical}")
    assert (answer.code, answer.out) == (64, "")
    assert "critical" in answer.err


@pytest.mark.parametrize(
    ("levels", "running", "code"),
    [((1, 1, 0, 0), True, 0), ((0, 0, 1, 0), True, 1), ((0, 0, 0, 1), True, 1), ((0, 0, 0, 0), False, 69)],
)
def test_the_exit_code_tells_scripts_on_request(home: Home, levels: tuple[int, ...], running: bool, code: int) -> None:
    opened = dict(zip(("calm", "tense", "heated", "critical"), levels, strict=True))
    with desk(home, running=running, open=opened):
        assert home.run("status", "--exit-code").code == code
        assert home.run("status").code == 0


def test_words_of_the_file_cannot_reach_the_terminal_as_control(home: Home) -> None:
    post = {"title": "\x1b[2J\u202e\u200bx", "copies": 5, "heated": 1, "since": time.time(), "open": 5}
    with desk(home, operator="\x1b]52;c;aGk=\x07lou", posts=[post]):
        out = home.run("status").out
    assert out.rstrip("\n").isprintable()


def test_a_damaged_file_is_named(home: Home) -> None:
    with desk(home):
        (home.becalm / "desks/main/status.json").write_text("{")
        answer = home.run("status")
    assert answer.code == 65
    assert "desks/main/status.json" in answer.err


def test_a_terminal_without_the_symbols_gets_a_line_all_the_same(home: Home) -> None:
    with desk(home):
        answer = home.run("status", env={"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert (answer.code, answer.out) == (0, "? 1  ? 34  128 open ? lou on watch\n")


def test_the_quick_way_and_the_long_way_answer_alike(home: Home) -> None:
    with desk(home):
        for words in (["--short"], ["--format", "{open}"], ["--exit-code"]):
            quick, long = home.run("status", *words), home.run("status", "-v", *words)
            assert (quick.code, quick.out) == (long.code, long.out)


def test_another_desk_is_asked_by_name(home: Home) -> None:
    with desk(home):
        assert home.run("status", "--desk", "other").out == "no desk here yet: becalm\n"
        assert home.run("status", "--desk", "../main").code == 64


def test_the_line_tells_the_barometer_unless_it_is_calm(home: Home) -> None:
    gauge = {"exhibition": "Marées", "level": "heated", "comments": 31, "trend": ["calm"] * 7 + ["heated"]}
    with desk(home, barometer=[gauge]):
        assert "barometer heated" in home.run("status").out
        assert "baromètre\u00a0: houleux" in home.run("status", "--lang", "fr").out
        assert home.run("status", "--format", "{barometer}").lines == ["heated"]
        assert json.loads(home.run("status", "--json").out)["barometer"] == [gauge]


def test_a_calm_barometer_is_not_worth_a_word(home: Home) -> None:
    with desk(home, barometer=[{"exhibition": "Marées", "level": "calm", "comments": 3, "trend": ["calm"] * 8}]):
        assert home.run("status").lines == ["‼ 1  ▲ 34  128 open · lou on watch"]


def test_a_token_about_to_end_and_an_unusual_silence_are_told(home: Home) -> None:
    now = time.time()
    source = {"name": "page", "platform": "facebook", "state": "ok", "last_at": now, "message": ""}
    source |= {
        "ends_at": now + 3.5 * 86_400,
        "heard_at": now - 7200,
        "silent": True,
        "budget": 0.5,
        "budget_until": None,
    }
    with desk(home, sources=[source]):
        line = home.run("status").lines[0]
        french = home.run("status", env={"LANG": "fr_FR.UTF-8"}).lines[0]
        (told,) = home.run("status", "--json").objects[0]["sources"]
        findings = {each["what"]: each for each in home.run("doctor", "--json").objects}

    assert "page: token ends in 3 d" in line
    assert "page: unusually silent for 2 h" in line
    assert "page\u00a0: le jeton expire dans 3 j" in french
    assert (told["silent"], told["budget"], told["ends_at"][:4].isdecimal()) == (True, 0.5, True)
    assert findings["page"]["sign"] == "warn"
    assert "token: 3 days left" in findings["page"]["said"]
    assert "50 % of the requests left" in findings["page"]["said"]
