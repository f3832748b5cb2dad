"""Whoever looks at comments learns how fresh they are: a stopped engine and a silent platform are said on stderr."""

import pytest
from commands import Home

CONFIG = """
operator = "marta"
[sources.fair]
platform = "rehearsal"
"""


@pytest.fixture
def stopped(home: Home) -> Home:
    """A desk whose engine ran for one round and stopped."""
    home.configure(CONFIG)
    assert home.run("watch", "--once", "--quiet").code == 0
    return home


@pytest.mark.parametrize("words", [("list", "is:any"), ("list", "--json", "is:any"), ("export",)])
def test_every_list_says_that_the_engine_stopped_and_when_each_source_answered(
    stopped: Home, words: tuple[str, ...]
) -> None:
    answer = stopped.run(*words)
    assert answer.code == 0
    assert "ENGINE STOPPED since" in answer.err
    assert "fair fresh" in answer.err
    assert "STOPPED" not in answer.out


def test_one_comment_says_so_too_in_the_language_of_the_desk(stopped: Home) -> None:
    key = stopped.run("list", "is:any", "--json").objects[0]["key"]
    answer = stopped.run("show", key, "--lang", "fr")
    assert "MOTEUR ARRÊTÉ depuis" in answer.err
    assert "fair à jour à" in answer.err


def test_a_desk_without_sources_has_nothing_to_say(home: Home) -> None:
    home.fill({"id": "n1"})
    assert home.run("list").err == ""
