"""Weighing: what an item adds to an inbox's counts, and an inbox that items have left as if they had never been there."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from inbox import barometer
from inbox.columns import OWN, Hot
from inbox.item import key_of
from inbox.tallies import Heat, count, drop
from scoring.assessment import RiskLevel

if TYPE_CHECKING:
    from inbox.fold import Inbox


def weigh(inbox: "Inbox", item: Hot, step: int) -> None:
    """Count an item in (1) or out (-1) of what is open."""
    if not item.is_open:
        return
    post = item.source, item.post
    inbox.open_by_level[item.level] += step
    count(inbox.open_under, post, step)
    if item.claimed_by:
        count(inbox.hands, item.claimed_by, step)
    if item.level >= RiskLevel.HEATED or item.wave:
        heat = inbox.heat.get(post)
        if heat is None:
            heat = inbox.heat[post] = Heat(item.written_at)
        heat.take(item, step)
        if not heat.people:
            del inbox.heat[post]


def forget(inbox: "Inbox", keys: Iterable[str], entries: Iterable[str]) -> None:
    """Let items and sendings go, and all that was counted of them."""
    gone = frozenset(keys)
    left = inbox.items.remove(gone)
    for item in left:
        weigh(inbox, item, -1)
        barometer.count(inbox.quarters, item, None)
        if item.at // 60 in inbox.arrivals and not item.flags & OWN:
            count(inbox.arrivals, int(item.at // 60), -1)
    inbox.snoozed -= gone
    for moments in (inbox.questions, inbox.dangers):
        for key in gone:
            moments.pop(key, None)
    for place in [place for place in inbox.posts if key_of(*place) in gone]:
        del inbox.posts[place]  # a visitor's own words under which others stood
    for part in (inbox.reach, inbox.weather, inbox.duty, inbox.unsent, inbox.approvals):
        part.forget(gone)
    for entry in entries:
        _forget_sending(inbox, entry)


def _forget_sending(inbox: "Inbox", id_: str) -> None:
    entry = inbox.outbox.pop(id_, None)
    if entry is None:
        return
    for ids in (inbox.pending, inbox.rejected, inbox.published, inbox.blocks):
        ids.pop(id_, None)
    drop(inbox.sendings_for, entry.target, id_)
    drop(inbox.about, entry.about or entry.waits_for, id_)
    if entry.receipt is not None:
        inbox.sent_ids.pop((entry.source, entry.receipt.remote_id), None)
        inbox.thread_posts.pop((entry.source, entry.receipt.thread_id), None)
