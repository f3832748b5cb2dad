"""How often something may call for a look: as often as half of what is left of the budget lasts."""

from datetime import timedelta

import pytest
from builders import NOON

from inbox.pace import AT_LEAST, STORM, STORM_EVERY, Pace

WINDOW = timedelta(seconds=300)


def test_without_a_budget_a_second_is_left_between_two_looks() -> None:
    pace = Pace()
    assert pace.gap(60.0) == AT_LEAST
    pace.looked(None, None, NOON)
    assert pace.gap(60.0) == AT_LEAST


def test_a_dear_look_is_taken_seldom_and_a_cheap_one_often() -> None:
    dear, cheap = Pace(), Pace()
    dear.looked(0.9, NOON + WINDOW, NOON)
    cheap.looked(0.99, NOON + WINDOW, NOON)
    assert cheap.gap(600.0) < dear.gap(600.0)
    assert dear.gap(600.0) == pytest.approx(300 * 0.1 / 0.45)
    assert dear.gap(5.0) == 5.0


def test_the_price_of_a_look_is_what_is_missing_since_the_one_before() -> None:
    pace = Pace()
    pace.looked(0.5, NOON + WINDOW, NOON)
    pace.looked(0.4, NOON + WINDOW, NOON + timedelta(seconds=100))
    assert pace.gap(600.0) == pytest.approx(200 * 0.1 / 0.2)


def test_a_used_up_budget_is_waited_for() -> None:
    pace = Pace()
    pace.looked(0.0, NOON + WINDOW, NOON)
    assert pace.gap(600.0) == 300.0


@pytest.mark.parametrize("price", [1, 5, 20])
def test_looks_on_call_never_use_a_budget_up(price: int) -> None:
    pace, now, left = Pace(), NOON, 100
    while now < NOON + WINDOW:
        left -= price
        pace.looked(left / 100, NOON + WINDOW, now)
        now += timedelta(seconds=pace.gap(600.0))
    assert left > 0


@pytest.mark.parametrize(
    ("left", "arrived", "pause"),
    [(0.9, STORM, STORM_EVERY), (0.9, STORM - 1, 60.0), (0.4, STORM, 60.0), (None, STORM, 60.0)],
    ids=["storm", "calm", "little left", "nobody says"],
)
def test_in_a_storm_looks_come_sooner_while_plenty_is_left(left: float | None, arrived: int, pause: float) -> None:
    pace = Pace()
    pace.looked(left, NOON + WINDOW, NOON)
    assert pace.pause(60.0, arrived) == pause
    assert pace.pause(10.0, arrived) == 10.0
