"""The desk in one glance: counts, the oldest question, the rate, and the posts that are not quiet."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from types import MappingProxyType

from inbox.barometer import gauges
from inbox.crisis import crisis_view
from inbox.desk import Summary
from inbox.events import SituationEnded
from inbox.fold import Inbox
from inbox.glance import Announcement, PostHeat, SourceHealth
from inbox.item import key_of
from inbox.outbox import STANDARD, Countdown, DeliveryState
from inbox.situations.model import PostState, Situation
from inbox.threads import silent
from inbox.views import SMALLEST_WAVE

QUIET: Mapping[str, PostState] = MappingProxyType({})
"""Nothing goes on anywhere."""
SPARKS = 8
"""Bars of the sparkline."""
MINUTES_A_SPARK = 8
"""Minutes a bar stands for: about an hour in all."""
NOT_QUIET = 3
"""Heated comments or copies from which a post is called not quiet."""
SHOWN = 12
"""Posts that the situations list may hold."""


def summarise(
    inbox: Inbox,
    *,
    now: datetime,
    operator: str,
    desk: str,
    sources: Sequence[SourceHealth],
    read_only: str = "",
    storage: str = "",
    countdown: Countdown = STANDARD,
    states: Mapping[str, PostState] = QUIET,
) -> Summary:
    """Count what the header, the status line and the quick check say."""
    minute = int(now.timestamp() // 60)
    bars = [0] * SPARKS
    for back in range(SPARKS * MINUTES_A_SPARK):
        bars[SPARKS - 1 - back // MINUTES_A_SPARK] += inbox.arrivals.get(minute - back, 0)
    pending = [inbox.outbox[i] for i in inbox.pending]
    submitters = [inbox.approvals.known[i].by for i in inbox.approvals.waiting]
    calm, tense, heated, critical = inbox.open_by_level
    return Summary(
        open_by_level=(calm, tense, heated, critical),
        questions=len(inbox.questions),
        oldest_question=_oldest(inbox.questions),
        per_hour=sum(inbox.arrivals.get(minute - back, 0) for back in range(60)),
        spark=tuple(bars),
        hottest=hottest(inbox, states),
        outbox_pending=len(pending),
        to_approve=sum(by != operator for by in submitters),
        submitted=sum(by == operator for by in submitters),
        outbox_unknown=sum(e.state is DeliveryState.UNKNOWN for e in pending),
        outbox_rejected=len(inbox.rejected),
        next_due=min((e.due_at for e in pending if e.state is DeliveryState.QUEUED), default=None),
        countdown=countdown,
        held_by=inbox.held_by,
        crisis=crisis_view(inbox, states, now),
        announced=announced(inbox),
        sources=tuple(sources),
        hands=tuple(sorted(inbox.hands)),
        operator=operator,
        desk=desk,
        rehearsal=bool(sources) and all(s.network == "rehearsal" for s in sources),
        read_only=read_only,
        storage=storage,
        total=len(inbox.items),
        barometer=gauges(inbox.quarters, inbox.posts, now),
        silent_threads=tuple(t.outgoing.title if t.outgoing else "" for t in silent(inbox, now)),
        drafts=len(inbox.unsent.keys(operator)),
        watch=inbox.duty.watch.operator if inbox.duty.watch else "",
        watch_since=inbox.duty.watch.at if inbox.duty.watch else None,
        handover=inbox.duty.watch.note if inbox.duty.watch else "",
        dangers=len(inbox.dangers),
        oldest_danger=_oldest(inbox.dangers),
        alerts=inbox.duty.last.alerts if inbox.duty.last else (),
        alerted_at=inbox.duty.last.at if inbox.duty.last else None,
        retention=inbox.retention,
    )


def announced(inbox: Inbox) -> Announcement | None:
    """Return the situation that began or ended last."""
    weather = inbox.weather
    if not weather.announced:
        return None
    last = weather.announced[-1]
    post = inbox.posts.get(_split(last.post))
    return Announcement(
        number=weather.announcements,
        situation=last.situation,
        title=(post.title or post.text[:60]) if post else "",
        ended=isinstance(last, SituationEnded),
        at=last.at,
    )


def _oldest(moments: Mapping[str, float]) -> datetime | None:
    return datetime.fromtimestamp(min(moments.values()), UTC) if moments else None


def hottest(inbox: Inbox, states: Mapping[str, PostState]) -> tuple[PostHeat, ...]:
    """Rank the posts that are not quiet: situations by gravity, then what simple counts say."""
    posts = {key_of(source, post_id): (source, post_id) for source, post_id in inbox.heat}
    posts |= {post: _split(post) for post in states if post not in posts}
    found = [h for key, post in posts.items() if (h := _post_heat(inbox, *post, states.get(key)))]
    return tuple(sorted(found, key=_gravity)[:SHOWN])


def _split(post: str) -> tuple[str, str]:
    source, _, post_id = post.partition("/")
    return source, post_id


def _gravity(heat: PostHeat) -> tuple[int, int, datetime]:
    order = list(Situation)
    gravest = order.index(heat.situations[0]) if heat.situations else len(order)
    return gravest, -max(heat.heated, heat.copies), heat.since


def _post_heat(inbox: Inbox, source: str, post_id: str, state: PostState | None) -> PostHeat | None:
    heat = inbox.heat.get((source, post_id))
    heated = heat.heated if heat else 0
    copies = max(heat.waves.values(), default=0) if heat else 0
    if state is None and (heat is None or (heated < NOT_QUIET and copies < SMALLEST_WAVE)):
        return None
    post = inbox.posts.get((source, post_id))
    calls = state.calls if state else ()
    since = calls[0].at if calls else heat.since if heat else datetime.max.replace(tzinfo=UTC)
    return PostHeat(
        source=source,
        post_id=post_id,
        title=(post.title or post.text[:60]) if post else "",
        open=inbox.open_under.get((source, post_id), 0),
        heated=heated,
        copies=copies if copies >= SMALLEST_WAVE else 0,
        people=len(heat.people) if heat else 0,
        since=since,
        situations=tuple(call.situation for call in calls),
        reason=calls[0].reason if calls else None,
    )
