"""Approving from the command line: the same word, the same checks, and a look that changes nothing."""

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
[four_eyes]
required = ["replies"]
approvers = ["lou", "Claire"]
"""


@pytest.fixture
def waiting(home: Home) -> tuple[Home, str]:
    """A home in which marta submitted an answer, and its id."""
    home.configure(CONFIG)
    assert home.run("watch", "--once").code == 0
    key = home.run("list", "--json", "--limit", "1").objects[0]["key"]
    answer = home.run("reply", key, "Bonjour !", "--json")
    assert answer.code == 0, answer.err
    (told,) = answer.objects
    assert told["sendings"] == []
    return home, told["submitted"]


def lou(home: Home, *words: str) -> tuple[int, str, str]:
    answer = home.run(*words, env={"BECALM_OPERATOR": "lou"})
    return answer.code, answer.out, answer.err


def test_what_waits_is_listed_and_copied_out(waiting: tuple[Home, str]) -> None:
    home, id_ = waiting
    (told,) = home.run("approvals", "--json").objects
    assert (told["id"], told["by"], told["words"]) == (id_, "marta", {"text": "Bonjour !"})
    assert told["barred"] == "nobody approves their own"
    letter = home.run("approvals", "--letter", id_[:6]).out
    assert id_ in letter
    assert "Bonjour !" in letter


def test_a_look_approves_nothing(waiting: tuple[Home, str]) -> None:
    home, id_ = waiting
    code, out, err = lou(home, "approve", id_, "--dry-run", "--json")
    assert (code, '"dry_run":true' in out) == (0, True)
    assert "| Bonjour !" in err
    assert home.run("approvals", "--json").objects[0]["stand"] == "waiting"


def test_a_colleague_approves_and_it_leaves(waiting: tuple[Home, str]) -> None:
    home, id_ = waiting
    code, out, err = lou(home, "approve", id_, "--yes", "--json")
    assert code == 0, err
    assert '"state":"sent"' in out
    (told,) = home.run("approvals", "--json").objects
    assert (told["stand"], told["approval"]["by"], told["approval"]["how"]) == ("approved", "lou", "here")


def test_the_author_cannot_and_a_stranger_s_word_does_not_count(waiting: tuple[Home, str]) -> None:
    home, id_ = waiting
    assert "nobody approves their own" in home.run("approve", id_, "--yes").err
    assert "does not approve" in home.run("approve", id_, "--yes", "--by", "Max").err
    told = home.run("approve", id_, "--yes", "--by", "Claire", "--how", "mail", "--no-wait", "--json")
    assert told.code == 0, told.err
    assert home.run("approvals", "--json").objects[0]["approval"]["noted_by"] == "marta"


def test_the_word_stands_in_the_detail_the_report_and_the_evidence(waiting: tuple[Home, str]) -> None:
    home, id_ = waiting
    key = home.run("approvals", "--json").objects[0]["keys"][0]
    assert home.run("capture", key, "--reason", "kept").code == 0
    assert home.run("approve", id_, "--yes", "--by", "Claire", "--how", "phone").code == 0
    assert "approved by Claire by phone" in home.run("show", key).out
    report = home.run("report").out
    assert "submitted to a second pair of eyes" in report
    assert "Claire · phone" in report
    assert home.run("export", "--evidence", f"id:{key}", "--out", "sealed").code == 0
    assert "Claire · phone" in (home.path / "sealed" / "dossier.json").read_text()


def test_it_goes_back_with_a_word(waiting: tuple[Home, str]) -> None:
    home, id_ = waiting
    assert lou(home, "send-back", id_)[0] != 0
    assert lou(home, "send-back", id_, "--why", "too short")[0] == 0
    (told,) = home.run("approvals", "--json").objects
    assert (told["stand"], told["said"]) == ("sent_back", "too short")


def test_a_configuration_that_asks_for_something_unknown_is_named(home: Home) -> None:
    home.configure('[four_eyes]\nrequired = ["everything"]\n')
    answer = home.run("list")
    assert answer.code == 78
    assert "four_eyes" in answer.err
