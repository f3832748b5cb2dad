"""Which comments are asked for again: the latest, and every other in its turn, as many as the budget bears."""

from datetime import timedelta

import pytest
from builders import NOON, comment, seen
from msgspec import structs

from connectors._limits import Budget
from inbox.fold import Inbox
from inbox.second_look import EVERY, FIRST, JUST_READ, LATEST, SHARE, SecondLook

MOST = 40
LATER = NOON + timedelta(hours=1)


def knowing(count: int) -> Inbox:
    inbox = Inbox()
    inbox.apply(seen(*(comment(id=f"c{n}") for n in range(count))))
    return inbox


def looking(inbox: Inbox, most: int = MOST) -> SecondLook:
    return SecondLook("museum", most=most, inbox=inbox, now=NOON)


def test_a_look_is_due_once_in_a_while() -> None:
    look = looking(Inbox())

    assert [look.is_due(NOON + EVERY * turn) for turn in (0.5, 1, 1.5, 2)] == [False, True, False, True]


def test_what_was_written_just_now_is_not_looked_at_again() -> None:
    inbox = knowing(1)
    late = structs.replace(comment(id="late"), created_at=LATER - timedelta(seconds=JUST_READ / 2))
    inbox.apply(structs.replace(seen(late), at=LATER))

    assert looking(inbox).chosen(MOST, LATER) == ["c0"]


def test_few_are_asked_for_all_at_once_and_none_twice() -> None:
    assert sorted(looking(knowing(7)).chosen(MOST, LATER)) == [f"c{n}" for n in range(7)]


@pytest.mark.parametrize("most", [2, 7, MOST, 100])
def test_every_open_comment_has_its_turn_and_the_latest_each_time_while_more_arrive(most: int) -> None:
    many = 400
    inbox = knowing(many)
    look, asked = looking(inbox, most), set[str]()
    latest = min(LATEST, most // 2)

    for turn in range(many // (most - latest) + 1):
        newest = f"new{turn}"
        inbox.apply(seen(comment(id=newest)))
        chosen = look.chosen(most, LATER)
        assert len(chosen) == len(set(chosen)) == most
        assert chosen[0] == newest
        asked |= set(chosen)

    assert asked >= {f"c{n}" for n in range(many)}


def test_comments_of_other_sources_and_closed_ones_are_left_alone() -> None:
    inbox = knowing(3)
    inbox.apply(structs.replace(seen(comment(id="x")), source="elsewhere"))

    assert looking(inbox).chosen(MOST, LATER) == ["c2", "c1", "c0"]
    assert SecondLook("unknown", most=MOST, inbox=inbox, now=NOON).chosen(MOST, LATER) == []


def told(left: float, seconds: float = 3600) -> Budget:
    return Budget(left, LATER.timestamp() + seconds)


def test_where_nobody_tells_of_a_budget_a_look_takes_all_it_may() -> None:
    assert looking(Inbox()).affordable(None, LATER) == MOST


def test_a_first_look_is_small_and_tells_the_price_of_the_next() -> None:
    look = looking(Inbox())
    assert look.affordable(told(1.0), LATER) == FIRST

    look.paid(FIRST, told(1.0), told(0.95))

    looks = 3600 / EVERY.total_seconds()
    assert look.affordable(told(0.95), LATER) == int(SHARE * 0.95 / looks / 0.005)


@pytest.mark.parametrize(
    ("asked", "before", "after", "then"),
    [
        (10, 0.9, 0.9, MOST),
        (10, 0.9, 0.0, 0),
        (10, 0.5, 1.0, FIRST),
    ],
    ids=["free", "used up", "begun anew meanwhile"],
)
def test_what_a_look_costs_says_how_many_the_next_asks_for(asked: int, before: float, after: float, then: int) -> None:
    look = looking(Inbox())

    look.paid(asked, told(before), told(after))

    assert look.affordable(told(after), LATER) == then


def test_a_price_that_nobody_can_pay_is_tried_anew() -> None:
    look = looking(Inbox())
    look.paid(10, told(0.9), told(0.0))

    tries = [look.affordable(told(1.0), LATER) for _ in range(12)]

    assert tries[0] == 0
    assert tries[-1] > 0
