"""The desk in one glance: counts, the oldest question, the rate, and the posts that are not quiet."""

from collections.abc import Sequence
from datetime import datetime

from inbox.desk import PostHeat, SourceHealth, Summary
from inbox.fold import Heat, Inbox
from inbox.outbox import STANDARD, Countdown, DeliveryState
from inbox.views import SMALLEST_WAVE, written_at

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
) -> Summary:
    """Count what the header, the status line and the quick check say."""
    minute = int(now.timestamp() // 60)
    bars = [0] * SPARKS
    for back in range(SPARKS * MINUTES_A_SPARK):
        bars[SPARKS - 1 - back // MINUTES_A_SPARK] += inbox.arrivals.get(minute - back, 0)
    pending = [inbox.outbox[i] for i in inbox.pending]
    calm, tense, heated, critical = inbox.open_by_level
    return Summary(
        open_by_level=(calm, tense, heated, critical),
        questions=len(inbox.questions),
        oldest_question=min((written_at(inbox.items[k]) for k in inbox.questions), default=None),
        per_hour=sum(inbox.arrivals.get(minute - back, 0) for back in range(60)),
        spark=tuple(bars),
        hottest=hottest(inbox),
        outbox_pending=len(pending),
        outbox_unknown=sum(e.state is DeliveryState.UNKNOWN for e in pending),
        outbox_rejected=len(inbox.rejected),
        next_due=min((e.due_at for e in pending if e.state is DeliveryState.QUEUED), default=None),
        countdown=countdown,
        held_by=inbox.held_by,
        sources=tuple(sources),
        hands=tuple(sorted(inbox.hands)),
        operator=operator,
        desk=desk,
        rehearsal=bool(sources) and all(s.network == "rehearsal" for s in sources),
        read_only=read_only,
        storage=storage,
        total=len(inbox.items),
    )


def hottest(inbox: Inbox) -> tuple[PostHeat, ...]:
    """Rank the posts under which heated comments or copies gather, by simple counts."""
    found = [h for (source, post_id), heat in inbox.heat.items() if (h := _post_heat(inbox, source, post_id, heat))]
    return tuple(sorted(found, key=lambda h: (-max(h.heated, h.copies), h.since))[:SHOWN])


def _post_heat(inbox: Inbox, source: str, post_id: str, heat: Heat) -> PostHeat | None:
    copies = max(heat.waves.values(), default=0)
    if heat.heated < NOT_QUIET and copies < SMALLEST_WAVE:
        return None
    post = inbox.posts.get((source, post_id))
    return PostHeat(
        source=source,
        post_id=post_id,
        title=(post.title or post.text[:60]) if post else "",
        open=inbox.open_under[source, post_id],
        heated=heat.heated,
        copies=copies if copies >= SMALLEST_WAVE else 0,
        people=len(heat.people),
        since=heat.since,
    )
