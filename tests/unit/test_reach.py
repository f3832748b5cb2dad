"""A comment's own reach weighs in order and in alerts; its author's fame does not."""

from datetime import timedelta

from builders import NOON, assessed, comment, seen
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from connectors._model import Comment
from inbox.alerts.model import Rule
from inbox.alerts.rules import AlertRules
from inbox.alerts.standing import standing
from inbox.fold import Inbox
from inbox.query import compile_query
from inbox.reach import HEAVIEST, Reach
from inbox.rows import Order
from inbox.views import Views
from scoring.assessment import Assessment, RiskLevel

TENSE, HEATED = assessed(RiskLevel.TENSE), assessed(RiskLevel.HEATED)


def touched(said: Comment, reactions: int = 0, *, replies: int = 0, shares: int = 0) -> Comment:
    return structs.replace(said, reactions=reactions, replies=replies, shares=shares)


def inbox_of(*pairs: tuple[Comment, Assessment]) -> Inbox:
    inbox = Inbox()
    inbox.apply(seen(*(c for c, _ in pairs), assessments=tuple(a for _, a in pairs)))
    return inbox


def riskiest(inbox: Inbox) -> list[str]:
    views = Views(inbox)
    number = views.open("", Order.RISK, lambda: compile_query("", inbox, now=NOON))
    view = views.merge(number)()()
    return [key.partition("/")[2] for key in views.keys(view.id, 0, view.total)]


def test_within_a_level_what_carries_farther_comes_first() -> None:
    plain, liked = comment(id="plain"), touched(comment(id="liked"), 40)
    assert riskiest(inbox_of((plain, HEATED), (liked, HEATED))) == ["liked", "plain"]


def test_no_reach_lifts_a_comment_above_a_graver_level() -> None:
    loud = touched(comment(id="loud"), 1_000_000, replies=10_000, shares=10_000)
    assert riskiest(inbox_of((loud, TENSE), (comment(id="grave"), HEATED))) == ["grave", "loud"]


@given(st.integers(0, 10**9), st.integers(0, 10**6), st.floats(0, 100))
def test_weight_grows_with_touches_and_never_leaves_its_bounds(touches: int, more: int, hours: float) -> None:
    written = int(NOON.timestamp())
    less, greater = (Reach(n, written + int(hours * 3600), 0, written) for n in (touches, touches + more))
    assert 0 <= less.weight <= greater.weight <= HEAVIEST


def test_who_wrote_it_plays_no_part() -> None:
    one, other = touched(comment(id="a", author="nobody"), 40), touched(comment(id="b", author="star"), 40)
    inbox = inbox_of((one, HEATED), (other, HEATED))
    assert inbox.reach.weight("museum/a") == inbox.reach.weight("museum/b")


def test_speed_is_that_of_the_last_stretch_and_falls_when_nothing_comes() -> None:
    inbox = inbox_of((touched(comment(id="a"), 10), HEATED))
    for minutes, likes in ((31, 20), (40, 120), (61, 120)):
        at = NOON + timedelta(minutes=minutes)
        inbox.apply(seen(touched(comment(id="a"), likes), assessments=(HEATED,), at=at))
    reach, noon = inbox.reach.get("museum/a"), NOON.timestamp()
    assert reach is not None
    assert reach.touches == 120
    assert reach.per_hour(noon + 46 * 60) > 300
    assert reach.per_hour(noon + 36_000) < 20


def test_visitors_answers_count_where_the_platform_tells_none_and_the_house_s_do_not() -> None:
    inbox = inbox_of((comment(id="a"), TENSE))
    answers = [comment(id=f"r{n}", parent="a", author=f"v{n}") for n in range(3)]
    house = comment(id="ours", parent="a", is_self=True)
    inbox.apply(seen(*answers, house))
    assert inbox.reach.touches("museum/a") == 3
    inbox.apply(seen(*answers))  # delivered twice, counted once
    assert inbox.reach.touches("museum/a") == 3


def test_a_query_finds_what_carries() -> None:
    inbox = inbox_of((touched(comment(id="a"), 60), TENSE), (comment(id="b"), TENSE))
    matches = compile_query("reach>=50", inbox, now=NOON)
    assert [inbox.items.hot.ids[row] for row in filter(matches, inbox.items.hot.rows())] == ["museum/a"]


def test_a_heated_comment_that_spreads_is_told_and_a_calm_one_is_not() -> None:
    inbox = inbox_of((touched(comment(id="hot"), 60), HEATED), (touched(comment(id="nice"), 600), assessed()))
    now = NOON + timedelta(minutes=2)

    def told(rules: AlertRules) -> list[str]:
        found = standing(inbox, rules, sources=(), states={}, since=NOON, now=now)
        return [alert.subject for alert in found.values() if alert.rule is Rule.REACH]

    assert told(AlertRules()) == ["museum/hot"]
    assert told(AlertRules(reach=False)) == []
    assert told(AlertRules(reach=1000.0)) == []
