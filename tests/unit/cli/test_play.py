"""`becalm play`: the same answer as on the screen, for scripts."""

import pytest
from commands import Home
from storms import script

CONFIG = """
operator = "marta"
[sources.museum]
platform = "rehearsal"
script = "{script}"
latency = 0.0
[outbox]
countdown = 0.2
batch_countdown = 0.2
"""


@pytest.fixture
def stormy(home: Home) -> Home:
    """A home under whose one post a flood of 40 copies goes on."""
    path = home.path / "flood.jsonl"
    path.write_text(script(40))
    home.configure(CONFIG.format(script=path))
    answer = home.run("watch", "--once", "--quiet")
    assert answer.code == 0, answer.err
    return home


def states(home: Home) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in home.run("export").objects:
        if not row["own"]:
            found[row["state"]] = found.get(row["state"], 0) + 1
    return found


def test_a_dry_run_says_what_goes_on_and_all_that_would_be_done(stormy: Home) -> None:
    answer = stormy.run("play", "museum/film", "--dry-run", "--json")
    assert answer.code == 0, answer.err
    assert "FLOOD · La Maison qui brûle deux fois" in answer.err
    assert "‼ 1 suspected danger comes first" in answer.err
    (said,) = answer.objects
    assert len(said["keys"]) == 38
    assert [held["why"] for held in said["held_back"]] == ["question", "critical"]
    assert states(stormy) == {"new": 40}


def test_alone_it_lists_the_posts_where_there_is_something_to_decide(stormy: Home) -> None:
    answer = stormy.run("play")
    assert answer.code == 0, answer.err
    (line,) = answer.lines
    assert line == "‼ 1  FLOOD · La Maison qui brûle deux fois  museum/film  thread, wave, notice"
    (said,) = stormy.run("play", "--json").objects
    assert (said["post"], said["situations"]) == ("museum/film", ["flood"])


def test_it_refuses_before_the_dangers_were_looked_at(stormy: Home) -> None:
    answer = stormy.run("play", "museum/film", "--yes")
    assert answer.code == 69
    assert "may be a danger to somebody" in answer.err
    assert states(stormy) == {"new": 40}


def test_the_thread_opens_the_house_comment_follows_and_the_wave_is_done(stormy: Home) -> None:
    answer = stormy.run("play", "museum/film", "--danger-seen", "--yes", "--json")
    assert answer.code == 0, answer.err
    (said,) = answer.objects
    assert [(s["kind"], s["state"]) for s in said["sendings"]] == [("thread", "sent"), ("notice", "sent")]
    assert states(stormy)["done"] == 38
    assert states(stormy)["new"] >= 2


def test_the_post_may_be_named_by_one_of_its_comments(stormy: Home) -> None:
    key = stormy.run("list", "risk:tense", "--json", "--limit", "1").objects[0]["key"]
    answer = stormy.run("play", key, "--answer", "wave", "--danger-seen", "--yes")
    assert answer.code == 0, answer.err
    assert states(stormy) == {"done": 38, "new": 2}


def test_under_a_quiet_post_there_is_nothing_to_play(home: Home) -> None:
    home.configure('operator = "marta"\n')
    home.fill({"id": "1", "text": "What a quiet room."})
    key = home.run("list", "--json").objects[0]["key"]
    answer = home.run("play", key, "--yes")
    assert answer.code == 69
    assert "there is nothing to play" in answer.err
