"""The outbox from the command line: how each sending stands, and what a human decides about it."""

import pytest
from commands import Home

CONFIG = """
operator = "marta"
[sources.show]
platform = "rehearsal"
comments = 12
speed = 0.0
latency = 0.0
{fail}
[outbox]
countdown = 0.3
batch_countdown = 0.3
"""
REFUSED = 'fail = { order = ["ok", "reject", "ok"] }'
WELL = CONFIG.format(fail="")


@pytest.fixture
def desk(home: Home) -> Home:
    """A home whose rehearsal has been polled once and refuses the second of what is sent."""
    home.configure(CONFIG.format(fail=REFUSED))
    assert home.run("watch", "--once").code == 0
    return home


def three(home: Home) -> list[str]:
    return [
        row["key"]
        for row in home.run("list", "is:any -is:own -is:question -is:danger", "--json", "--limit", "3").objects
    ]


def hide(home: Home, *words: str) -> list[str]:
    keys = three(home)
    home.run("hide", *keys, "--reason", "charter 2", "--yes", *words)
    return keys


def test_a_batch_refused_in_part_says_so_sending_by_sending_and_act_by_act(desk: Home) -> None:
    keys = hide(desk)
    (refused,) = desk.run("outbox", "--json").objects
    assert (refused["state"], refused["target"]) == ("rejected", keys[1])
    assert "charter" in refused["reason"]
    assert refused["message"]
    assert [e["state"] for e in desk.run("outbox", "--all", "--json").objects] == ["sent", "rejected", "sent"]
    (act,) = desk.run("outbox", "--acts", "--json").objects
    assert (act["total"], act["left"], act["refused"], act["waiting"]) == (3, 2, 1, 0)
    assert "2 of 3 done · 1 refused" in desk.run("outbox", "--acts").out


@pytest.mark.parametrize("way", ["--retry", "--retry-all"])
def test_what_was_refused_goes_out_again_at_a_word(desk: Home, way: str) -> None:
    hide(desk)
    id_ = desk.run("outbox", "--json").objects[0]["id"]
    desk.configure(WELL)
    answer = desk.run("outbox", way, id_[:8], "--json")
    assert answer.code == 0, answer.err
    assert answer.objects[-1]["state"] == "sent"
    assert desk.run("outbox", "--json").objects == []


def test_what_was_done_by_hand_is_noted_and_a_comment_hidden_by_hand_is_hidden(desk: Home) -> None:
    keys = hide(desk)
    id_ = desk.run("outbox", "--json").objects[0]["id"]
    assert desk.run("outbox", "--by-hand", id_).code == 0
    assert desk.run("show", keys[1], "--json").objects[0]["hidden"]


def test_a_look_at_a_decision_decides_nothing(desk: Home) -> None:
    hide(desk)
    before = desk.run("outbox", "--all", "--json").out
    id_ = desk.run("outbox", "--json").objects[0]["id"]
    assert desk.run("outbox", "--drop", id_, "--dry-run").code == 0
    assert desk.run("outbox", "--all", "--json").out == before


def test_one_of_many_can_be_dropped_before_it_leaves(desk: Home) -> None:
    desk.run("hold")
    keys = hide(desk, "--no-wait")
    waiting = desk.run("outbox", "--json").objects
    assert [e["state"] for e in waiting] == ["queued"] * 3
    assert all(e["leaves_at"] for e in waiting)
    dropped = next(e["id"] for e in waiting if e["target"] == keys[0])
    desk.run("outbox", "--drop", dropped)
    states = {e["target"]: e["state"] for e in desk.run("outbox", "--all", "--json").objects}
    assert states == {keys[0]: "taken_back", keys[1]: "queued", keys[2]: "queued"}


def test_all_of_an_act_that_has_not_left_is_taken_back_at_a_word(desk: Home) -> None:
    assert desk.run("hold").code == 0
    hide(desk, "--no-wait")
    id_ = desk.run("outbox", "--json").objects[0]["id"]
    assert desk.run("outbox", "--drop-all", id_).code == 0
    assert [e["state"] for e in desk.run("outbox", "--all", "--json").objects] == ["taken_back"] * 3
    again = desk.run("outbox", "--drop-all", id_)
    assert (again.code, "has left" in again.err) == (69, True)


def test_only_a_doubt_or_a_refusal_is_decided(desk: Home) -> None:
    hide(desk)
    sent = next(e["id"] for e in desk.run("outbox", "--all", "--json").objects if e["state"] == "sent")
    answer = desk.run("outbox", "--retry", sent)
    assert answer.code == 69
    assert "needs a decision" in answer.err


def test_holding_stops_what_waits_and_says_how_much_had_left(desk: Home) -> None:
    assert desk.run("hold").code == 0
    hide(desk, "--no-wait")
    (held,) = desk.run("hold", "--dry-run", "--json").objects
    assert (held["held_by"], held["progress"]["waiting"], held["progress"]["left"]) == ("marta", 3, 0)
    assert "held by marta" in desk.run("outbox").out
    assert desk.run("hold", "--release", "--json").objects[0]["held_by"] == ""


def test_a_private_act_without_an_engine_leaves_what_waits_alone(desk: Home) -> None:
    hide(desk, "--no-wait")
    assert desk.run("done", first := three(desk)[0]).code == 0
    assert desk.run("show", first, "--json").objects[0]["state"] == "done"
    assert [e["state"] for e in desk.run("outbox", "--json").objects] == ["queued"] * 3
