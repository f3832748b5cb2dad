"""Private acts from the command line need no platform, and do nothing to what waits for one."""

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
countdown = 600.0
"""


@pytest.fixture
def desk(home: Home) -> Home:
    """A home whose rehearsal has been polled once."""
    home.configure(CONFIG)
    assert home.run("watch", "--once").code == 0
    return home


def keys(home: Home) -> list[str]:
    return [row["key"] for row in home.run("list", "--json").objects]


def test_a_private_act_leaves_what_waits_in_the_outbox_alone(desk: Home) -> None:
    first, second, *_ = keys(desk)
    assert desk.run("reply", first, "Bonjour !", "--yes", "--no-wait").code == 0
    assert desk.run("done", second).code == 0
    assert [entry["state"] for entry in desk.run("outbox", "--json").objects] == ["queued"]


def test_show_names_what_a_comment_says_and_what_was_sent_in_the_readers_language(desk: Home) -> None:
    (key, *_) = [row["key"] for row in desk.run("list", "is:question", "--json").objects]
    assert desk.run("reply", key, "Bonjour !", "--yes", "--no-wait").code == 0
    said = desk.run("show", key, "--lang", "fr").out
    assert "question de visiteur «\u00a0" in said
    assert "réponse · marta · en attente" in said
    assert "question “" not in said
