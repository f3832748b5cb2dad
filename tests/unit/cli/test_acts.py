"""Acts for scripts: through the same outbox and the same checks as the screen's."""

import json
import subprocess
import time
from contextlib import suppress

import pytest
from commands import Home

from inbox.holder import holder_of

CONFIG = """
operator = "marta"
[sources.show]
platform = "rehearsal"
comments = 12
speed = 0.0
latency = 0.0
[outbox]
countdown = 0.3
"""


@pytest.fixture
def desk(home: Home) -> Home:
    """A home whose rehearsal has been polled once."""
    home.configure(CONFIG)
    answer = home.run("watch", "--once")
    assert answer.code == 0, answer.err
    return home


def first(home: Home, query: str = "") -> str:
    key: str = home.run("list", query, "--json", "--limit", "1").objects[0]["key"]
    return key


def test_a_dry_run_shows_what_would_be_public_and_does_nothing(desk: Home) -> None:
    key = first(desk)
    before = desk.run("export").out
    answer = desk.run("reply", key, "Bonjour !", "--dry-run")
    assert answer.code == 0
    assert "| Bonjour !" in answer.err
    assert desk.run("export").out == before


def test_a_public_act_asks_and_without_a_terminal_wants_yes(desk: Home) -> None:
    key = first(desk)
    answer = desk.run("reply", key, "Bonjour !")
    assert answer.code == 64
    assert "--yes" in answer.err
    assert desk.run("show", key, "--json").objects[0]["sendings"] == []


def test_a_reply_is_in_the_outbox_before_it_leaves(desk: Home) -> None:
    key = first(desk)
    assert desk.run("reply", key, "Bonjour !", "--yes", "--no-wait").code == 0
    (item,) = desk.run("show", key, "--json").objects
    assert [(s["state"], s["text"], s["by"]) for s in item["sendings"]] == [("queued", "Bonjour !", "marta")]
    assert item["claimed_by"] == "marta"


def test_a_reply_leaves_after_its_countdown_exactly_once(desk: Home) -> None:
    key = first(desk)
    answer = desk.run("reply", key, "-", "--yes", "--json", stdin="Bonjour de la maison !\n")
    assert answer.code == 0, answer.err
    assert [s["state"] for s in answer.objects[0]["sendings"]] == ["sent"]
    (item,) = desk.run("show", key, "--json").objects
    assert [s["state"] for s in item["sendings"]] == ["sent"]
    assert item["state"] == "answered"
    again = desk.run("reply", key, "Encore", "--yes")
    assert again.code == 69
    assert "already answered" in again.err


def test_a_template_is_filled_by_its_id(desk: Home) -> None:
    key = first(desk, "is:question")
    offered = desk.run("reply", key, "--template", "nothing-like-it", "--dry-run")
    assert offered.code == 64
    assert "offered: " in offered.err


@pytest.mark.parametrize("words", [[], ["text", "--template", "x"]])
def test_a_reply_wants_a_text_or_a_template(desk: Home, words: list[str]) -> None:
    assert desk.run("reply", first(desk), *words, "--dry-run").code == 64


def test_done_and_reopen(desk: Home) -> None:
    key = first(desk)
    assert desk.run("done", key).code == 0
    assert desk.run("show", key, "--json").objects[0]["state"] == "done"
    assert desk.run("done", key, "--reopen").code == 0
    assert desk.run("show", key, "--json").objects[0]["state"] == "new"


def test_a_bulk_keeps_questions_back_and_says_so(desk: Home) -> None:
    questions = len(desk.run("list", "is:question", "--json").lines)
    assert questions
    answer = desk.run("done", "--query", "", "--json")
    assert answer.code == 0
    assert {held["why"] for held in answer.objects[0]["held_back"]} == {"question"}
    assert len(desk.run("list", "--json").lines) == questions


def test_claim_and_release(desk: Home) -> None:
    key = first(desk)
    assert desk.run("claim", key).code == 0
    other = desk.run("claim", key, env={"BECALM_OPERATOR": "lou"})
    assert other.code == 69
    assert "marta" in other.err
    assert desk.run("claim", key, "--release").code == 0
    assert desk.run("claim", key, env={"BECALM_OPERATOR": "lou"}).code == 0


def test_hiding_wants_a_reason(desk: Home) -> None:
    key = first(desk)
    assert desk.run("hide", key, "--dry-run").code == 64
    assert desk.run("hide", key, "--reason", "charter 3", "--dry-run").code == 0


def test_a_thread_needs_its_link_in_the_house_comment(desk: Home) -> None:
    words = ["--title", "Parlons-en", "--opening", "Ici.", "--comment"]
    key = first(desk)
    assert desk.run("thread", key, *words, "Par là.", "--dry-run").code == 69
    answer = desk.run("thread", key, *words, "Par là : $link", "--dry-run")
    assert answer.code == 0, answer.err
    assert "| Par là : $link" in answer.err


def test_a_notice_says_where_it_will_stand(desk: Home) -> None:
    answer = desk.run("pin", first(desk), "Restons courtois.", "--dry-run")
    assert answer.code == 0, answer.err
    assert "stands first under its post" in answer.err


def test_acts_on_an_unconnected_source_are_refused_with_the_reason(home: Home) -> None:
    home.fill({})
    answer = home.run("reply", "1", "x", "--yes", env={"BECALM_OPERATOR": "marta"})
    assert answer.code == 69
    assert "not connected" in answer.err


def test_beside_a_running_engine_everything_goes_through_it(desk: Home) -> None:
    key = first(desk)
    with desk.running("watch", "--quiet") as process:
        wait_until_held(desk, process)
        assert desk.run("claim", key, env={"BECALM_OPERATOR": "lou"}).code == 0
        row = json.dumps({"id": "1", "text": "x", "at": "2026-11-22T20:00:00Z"})
        assert desk.run("import", "--ack", stdin=row).lines == ["1"]
        assert "import:file/1" in desk.run("list").out
        assert desk.run("show", key, "--json").objects[0]["claimed_by"] == "lou"


def test_a_second_engine_on_the_same_desk_is_refused_and_told_who_holds_it(desk: Home) -> None:
    with desk.running("watch", "--quiet") as process:
        wait_until_held(desk, process)
        answer = desk.run("watch")
        assert answer.code == 75
        assert f"marta (pid {process.pid}" in answer.err


def wait_until_held(home: Home, process: "subprocess.Popen[str]") -> None:
    deadline = time.monotonic() + 60
    while holder_of(home.becalm / "desks/main") is None and time.monotonic() < deadline:
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.05)
            raise AssertionError("it ended without taking the desk")
    assert holder_of(home.becalm / "desks/main") is not None


def test_watch_without_a_source_says_what_to_do(home: Home) -> None:
    answer = home.run("watch")
    assert answer.code == 78
    assert "becalm connect" in answer.err


def test_one_round_of_watch_prints_only_what_is_critical_when_quiet(desk: Home) -> None:
    answer = desk.run("watch", "--once", "--quiet")
    assert (answer.code, answer.out) == (0, "")


def test_a_source_whose_secret_is_missing_is_told_and_the_others_run(home: Home) -> None:
    home.configure(
        CONFIG + '\n[sources.big]\nplatform = "mastodon"\nserver = "https://m.example"\ntoken = {env = "NOPE"}\n'
    )
    answer = home.run("watch", "--once")
    assert answer.code == 0
    assert "big: " in answer.err
    assert "NOPE is empty or not set" in answer.err
    assert len(home.run("list").lines) == 12


def test_demo_without_a_screen_plays_and_leaves_nothing_behind(home: Home) -> None:
    with home.running("demo", "--plain", "--comments", "5", "--speed", "0") as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(5)]
    assert all(" rehearsal/" in line for line in lines)
    assert not home.becalm.exists()
