"""When a quiet source is too quiet: measured against its own pauses, never against a fixed hour."""

from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from inbox.silence import ENOUGH, LEAST, TIMES, Rhythm

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def every(pause: timedelta, count: int = ENOUGH) -> Rhythm:
    return Rhythm(NOON - pause * back for back in range(count))


def test_a_lively_source_that_says_nothing_for_a_day_is_silent() -> None:
    rhythm = every(timedelta(minutes=20))

    assert not rhythm.is_silent(NOON + timedelta(hours=5))
    assert rhythm.is_silent(NOON + timedelta(days=1))


def test_a_source_heard_once_a_day_is_not_silent_after_three() -> None:
    rhythm = every(timedelta(days=1))

    assert not rhythm.is_silent(NOON + timedelta(days=3))
    assert rhythm.is_silent(NOON + timedelta(days=TIMES, seconds=1))


def test_nothing_is_said_of_a_source_hardly_known() -> None:
    assert not every(timedelta(minutes=1), ENOUGH - 1).is_silent(NOON + timedelta(days=99))
    assert not Rhythm().is_silent(NOON)


def test_one_comment_ends_the_silence() -> None:
    rhythm = every(timedelta(minutes=20))
    later = NOON + timedelta(days=1)
    rhythm.heard([later])

    assert (rhythm.last, rhythm.is_silent(later)) == (later, False)


@given(st.lists(st.integers(0, 10**7), max_size=60), st.integers(0, 10**7), st.randoms())
def test_the_order_of_arrival_does_not_matter_and_no_short_pause_is_a_silence(
    seconds: list[int], pause: int, chance: Random
) -> None:
    moments = [NOON - timedelta(seconds=each) for each in seconds]
    shuffled = list(moments)
    chance.shuffle(shuffled)
    now = NOON + timedelta(seconds=pause)

    assert Rhythm(moments).is_silent(now) == Rhythm(shuffled).is_silent(now)
    if moments and now - max(moments) <= LEAST:
        assert not Rhythm(moments).is_silent(now)
