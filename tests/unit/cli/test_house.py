"""Notices, threads, our own words and our own texts from the command line: through the same domain as the screen."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from commands import Answer, Home

CONFIG = """
operator = "marta"
[sources.show]
platform = "rehearsal"
comments = 12
speed = 0.0
latency = 0.0
state = "{state}"
[outbox]
countdown = 0.1
batch_countdown = 0.1
"""
TEXT = "Nous lisons tout et répondons demain."


@pytest.fixture
def desk(home: Home) -> Home:
    """A home whose rehearsal has been polled once, and remembers what it was sent."""
    home.configure(CONFIG.replace("{state}", str(home.path / "platform.json")))
    answer = home.run("watch", "--once")
    assert answer.code == 0, answer.err
    return home


def first(home: Home, query: str = "") -> str:
    key: str = home.run("list", query, "--json", "--limit", "1").objects[0]["key"]
    return key


def good(answer: Answer) -> Answer:
    assert answer.code == 0, answer.err
    return answer


def pinned(home: Home) -> list[str]:
    found: list[str] = json.loads((home.path / "platform.json").read_text())["pinned"]
    return found


def test_a_dry_run_of_a_notice_says_where_and_until_when_and_does_nothing(desk: Home) -> None:
    answer = good(desk.run("pin", first(desk), TEXT, "--until", "+2h", "--dry-run"))
    assert "show: pinned under the post" in answer.err
    assert "comes down" in answer.err
    assert desk.run("notices", "--all").lines == []


def test_a_notice_is_pinned_listed_and_taken_down(desk: Home) -> None:
    good(desk.run("pin", first(desk), TEXT, "--until", "+2h", "--yes"))
    (notice,) = good(desk.run("notices", "--json")).objects
    assert (notice["state"], notice["text"], notice["v"]) == ("pinned", TEXT, 1)
    until = datetime.fromisoformat(notice["until"])
    assert abs(until - datetime.now(UTC) - timedelta(hours=2)) < timedelta(minutes=5)
    assert len(pinned(desk)) == 1
    assert "comes down" in good(desk.run("unpin", notice["id"][:6], "--dry-run")).err
    assert len(pinned(desk)) == 1
    good(desk.run("unpin", notice["id"][:6], "--yes"))
    assert pinned(desk) == []
    assert desk.run("notices").lines == []
    (over,) = desk.run("notices", "--all", "--json").objects
    assert [step["kind"] for step in over["history"]] == ["notice", "unpin"]


@pytest.mark.parametrize(
    "words", [["--until", "soon"], ["--until", "2020-01-01 9:00"], ["--on", "nowhere"], ["--at", "x"]]
)
def test_what_is_not_understood_is_refused_before_anything_leaves(desk: Home, words: list[str]) -> None:
    answer = desk.run("pin", first(desk), TEXT, *words, "--yes")
    assert answer.code == 64
    assert desk.run("notices", "--all").lines == []


def test_a_reply_put_off_stays_in_the_outbox_until_its_time(desk: Home) -> None:
    key = first(desk)
    good(desk.run("reply", key, "Bonjour !", "--at", "+3h", "--yes"))
    (item,) = desk.run("show", key, "--json").objects
    assert [s["state"] for s in item["sendings"]] == ["queued"]


def test_a_thread_is_opened_listed_closed_and_opened_again(desk: Home) -> None:
    good(desk.run("thread", first(desk), "--invite-askers", "--yes"))
    (thread,) = good(desk.run("threads", "--json")).objects
    assert (thread["state"], thread["announced"], thread["silent"]) == ("open", "sent", False)
    assert desk.run("threads", "--silent").code == 0
    assert "the thread closes" in good(desk.run("close-thread", thread["id"][:6], "--dry-run")).err
    good(desk.run("close-thread", thread["id"][:6], "--words", "Merci.", "--yes"))
    assert desk.run("threads").lines == []
    good(desk.run("close-thread", thread["id"][:6], "--reopen", "--yes"))
    assert good(desk.run("threads", "--json")).objects[0]["state"] == "open"


def test_our_answer_is_amended_then_retracted_and_may_be_given_again(desk: Home) -> None:
    key = first(desk)
    good(desk.run("reply", key, "Ouvert à dix heures.", "--yes"))
    assert "it will read" in good(desk.run("amend", key, "Ouvert à onze heures.", "--dry-run")).err
    good(desk.run("amend", key, "Ouvert à onze heures.", "--yes"))
    (item,) = desk.run("show", key, "--json").objects
    assert item["sendings"][0]["text"].endswith("onze heures.")
    good(desk.run("retract", key, "--yes"))
    (item,) = desk.run("show", key, "--json").objects
    assert item["sendings"][0]["state"] == "retracted"
    assert item["state"] != "answered"
    good(desk.run("reply", key, "Ouvert à midi.", "--yes"))


def test_what_we_never_said_cannot_be_changed(desk: Home) -> None:
    assert desk.run("retract", first(desk), "--yes").code == 66
    assert desk.run("unpin", "none", "--yes").code == 66


# -- our own texts -------------------------------------------------------------------------------------


def test_a_text_of_the_house_is_written_judged_and_found(home: Home) -> None:
    answer = good(
        home.run(
            "templates",
            "new",
            "parking",
            "--text",
            "Bonjour, le parking est $adresse.",
            "--tag",
            "parking",
            "--lang",
            "fr",
        )
    )
    assert "| Bonjour, le parking est" in answer.err
    assert "$adresse est vide" in answer.err
    (path,) = (home.becalm / "templates").iterdir()
    assert path.name == "parking.fr.toml"
    assert path.stat().st_mode & 0o077 == 0
    assert "parking.fr" in home.run("templates", "search", "parking", "--lang", "fr").out
    assert home.run("templates", "lint").code == 0
    again = home.run("templates", "new", "parking", "--text", "Encore.", "--tag", "x", "--lang", "fr")
    assert again.code == 73


def test_a_text_that_breaks_the_tone_is_not_written(home: Home) -> None:
    answer = home.run(
        "templates",
        "new",
        "bad",
        "--kind",
        "offbeat",
        "--register",
        "object",
        "--text",
        "Calmez-vous, troll.",
        "--lang",
        "fr",
    )
    assert answer.code == 65
    assert re.search(r"bad\.toml:\d+: ", answer.err)
    assert not (home.becalm / "templates").exists()


def test_a_dry_run_shows_the_text_and_writes_nothing(home: Home) -> None:
    answer = good(
        home.run(
            "templates",
            "new",
            "hours",
            "--text",
            "Ouvert $horaires.",
            "--tag",
            "hours",
            "--lang",
            "fr",
            "--dry-run",
            "--json",
        )
    )
    assert "prend la place du nôtre" in answer.err
    assert answer.objects[0]["id"] == "hours.fr"
    assert not (home.becalm / "templates").exists()


def test_a_text_of_the_house_takes_the_place_of_ours(home: Home) -> None:
    good(home.run("templates", "new", "hours", "--text", "Chez nous : $horaires.", "--tag", "hours", "--lang", "fr"))
    listed = home.run("templates", "list", "--json", "--lang", "fr").objects
    assert [each["body"] for each in listed if each["id"] == "hours.fr"] == ["Chez nous : $horaires."]


@pytest.mark.parametrize("words", [[], ["Two words", "here"], ["../up"], ["UPPER"]])
def test_a_name_that_is_none_is_refused(home: Home, words: list[str]) -> None:
    assert home.run("templates", "new", *words, "--text", "x").code == 64


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("notices",), "no notice stands"),
        (("notices", "--all"), "no notice was ever published"),
        (("threads",), "no thread is open"),
        (("threads", "--silent"), "no thread waits"),
        (("play",), "nothing to play"),
    ],
)
def test_an_empty_list_says_so_beside_the_data(home: Home, words: tuple[str, ...], said: str) -> None:
    home.configure('operator = "marta"\n')
    home.fill({"id": "1"})
    answer = good(home.run(*words))
    assert said in answer.err
    assert answer.out == ""


@pytest.mark.parametrize("words", [("backup", "copy"), ("play",), ("crisis",), ("done", "1"), ("list",)])
def test_every_command_names_the_way_to_a_desk_that_is_not_there(home: Home, words: tuple[str, ...]) -> None:
    home.configure('operator = "marta"\n')
    answer = home.run(*words)
    assert answer.code == 66
    assert "there is no desk" in answer.err
    assert "becalm demo" in answer.err
    assert not (home.path / "copy").exists()


def test_a_refusal_never_proposes_what_was_written(home: Home) -> None:
    assert "Did you mean" not in home.run("export", "--format", "pdf").err
    assert "Did you mean --format" in home.run("export", "--formt", "csv").err
