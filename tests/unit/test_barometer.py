"""The barometer: counted as comments come, change and go; a level an hour that one wrong score does not move."""

from collections import Counter
from datetime import timedelta
from random import Random

import pytest
from builders import NOON, assessed, comment, seen
from hypothesis import given
from hypothesis import strategies as st

from connectors._model import Post
from connectors._text import SafeText
from inbox.barometer import AT_HAND, QUARTER, Gauge, Quarters, gauges, hours, reading
from inbox.events import Corrected, WentAway
from inbox.fold import Inbox
from scoring.assessment import RiskLevel

CALM, TENSE, HEATED, CRITICAL = RiskLevel


def told(inbox: Inbox, minute: float, level: RiskLevel, *, post: str = "p1", id: str = "") -> None:  # noqa: A002 - as in `builders`
    """Let one comment arrive, written `minute` minutes before noon."""
    at = NOON - timedelta(minutes=minute)
    inbox.apply(seen(comment(at=at, post=post, id=id), assessments=(assessed(level),), at=NOON))


def gauge(inbox: Inbox) -> Gauge:
    (found,) = gauges(inbox.quarters, inbox.posts, NOON)
    return found


@pytest.mark.parametrize(
    ("counts", "level"),
    [
        ((0, 0, 0, 0), CALM),
        ((40, 2, 0, 0), CALM),
        ((40, 12, 0, 0), CALM),
        ((30, 12, 0, 0), TENSE),
        ((3, 0, 1, 0), TENSE),
        ((20, 6, 3, 0), HEATED),
        ((200, 6, 3, 0), TENSE),
        ((2, 0, 0, 1), CRITICAL),
        ((400, 30, 10, 1), HEATED),
        ((400, 30, 10, 9), CRITICAL),
    ],
)
def test_an_hour_is_as_grave_as_its_comments_and_one_wrong_score_does_not_move_a_busy_one(
    counts: tuple[int, ...], level: RiskLevel
) -> None:
    assert reading(counts) is level


@given(counts=st.tuples(*[st.integers(0, 300)] * 4), level=st.sampled_from(range(3)))
def test_an_hour_never_grows_calmer_because_a_comment_turns_graver(counts: tuple[int, ...], level: int) -> None:
    graver = list(counts)
    if graver[level]:
        graver[level] -= 1
        graver[level + 1] += 1
    assert reading(graver) >= reading(counts)


def test_the_last_hour_and_the_seven_before_it_are_the_trend() -> None:
    inbox = Inbox()
    for _ in range(3):
        told(inbox, 100, HEATED)
    told(inbox, 10, TENSE)
    told(inbox, 12 * 60, CRITICAL)
    found = gauge(inbox)
    assert found.trend == (CALM,) * 6 + (HEATED, CALM)
    assert (found.level, found.comments) == (CALM, 1)


def test_exhibitions_are_read_over_all_their_posts_and_the_gravest_comes_first() -> None:
    inbox = Inbox()
    show = SafeText("Marées")
    posts = tuple(Post(native_id=post, text=SafeText(post), exhibition=show) for post in ("p1", "p2"))
    inbox.apply(seen(comment(at=NOON, post="p1"), comment(at=NOON, post="p2"), posts=posts))
    told(inbox, 5, CRITICAL, post="p9")
    first, second = gauges(inbox.quarters, inbox.posts, NOON)
    assert (first.exhibition, first.level) == ("p9", CRITICAL)
    assert (second.exhibition, second.comments) == ("Marées", 2)


def test_a_correction_a_deletion_and_our_own_words_are_taken_into_account() -> None:
    inbox = Inbox()
    told(inbox, 5, CRITICAL, id="c1")
    told(inbox, 5, TENSE, id="c2")
    inbox.apply(seen(comment(at=NOON, is_self=True), assessments=(assessed(CRITICAL),)))
    inbox.apply(Corrected(at=NOON, by="lou", keys=("museum/c1",), level=CALM))
    assert (gauge(inbox).level, gauge(inbox).comments) == (CALM, 2)
    inbox.apply(WentAway(at=NOON, keys=("museum/c1", "museum/c2"), why="deleted"))
    assert gauges(inbox.quarters, inbox.posts, NOON) == ()
    assert inbox.quarters == Quarters()


@given(
    arrivals=st.lists(
        st.tuples(st.integers(0, 300), st.sampled_from(RiskLevel), st.sampled_from(["p1", "p2"])), max_size=20
    )
)
def test_hours_hold_every_comment_once(arrivals: list[tuple[int, RiskLevel, str]]) -> None:
    inbox = Inbox()
    for minute, level, post in arrivals:
        told(inbox, minute, level, post=post)
    found = list(hours(inbox.quarters, inbox.posts, NOON - timedelta(hours=6)))
    assert sum(sum(hour.counts) for hour in found) == len(arrivals)
    assert [hour.start for hour in found] == sorted(hour.start for hour in found)
    assert all(hour.start.minute == 0 for hour in found)


@given(
    arrivals=st.lists(
        st.tuples(st.integers(0, 12), st.sampled_from(RiskLevel), st.sampled_from(["p1", "p 2"])), max_size=60
    ),
    chance=st.randoms(),
)
def test_quarters_count_what_a_dictionary_would_at_hand_or_packed(
    arrivals: list[tuple[int, RiskLevel, str]], chance: Random
) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("inbox.barometer.AT_HAND", 2)
        quarters, there = Quarters(), Counter[tuple[int, RiskLevel, str]]()
        for arrival in arrivals:
            quarter, level, post = arrival
            quarters.count(quarter, post, level, 1)
            there[arrival] += 1
            if chance.random() < 0.4:
                gone = chance.choice(list(there.elements()))
                quarters.count(gone[0], gone[2], gone[1], -1)
                there[gone] -= 1
        assert len(quarters.latest) <= 4
    counted = {
        (q, level, post): n
        for q, post, counts in quarters.all()
        for level, n in zip(RiskLevel, counts, strict=True)
        if n
    }
    assert counted == +there


def test_what_is_no_longer_at_hand_is_kept_packed_and_counts_all_the_same() -> None:
    inbox = Inbox()
    for quarter in range(3 * AT_HAND):
        told(inbox, quarter * QUARTER / 60, TENSE, id=f"c{quarter}")
    assert len(inbox.quarters.latest) <= 2 * AT_HAND
    inbox.apply(Corrected(at=NOON, by="lou", keys=(f"museum/c{3 * AT_HAND - 1}",), level=CRITICAL))
    found = list(hours(inbox.quarters, inbox.posts, NOON - timedelta(days=4)))
    assert sum(sum(hour.counts) for hour in found) == 3 * AT_HAND
    assert [hour.level for hour in found if hour.counts[CRITICAL]] == [CRITICAL]
