"""Importing: comments from a file, and what had already been decided about them, become events."""

from collections.abc import Sequence
from datetime import datetime

from connectors._model import Batch, Comment, Post
from inbox.desk import Arrival
from inbox.events import AnyEvent, Claimed, Corrected, StateSet
from inbox.fold import Inbox
from inbox.item import TriageState, key_of


def batches(arrivals: Sequence[Arrival]) -> dict[str, Batch]:
    """Group arrivals by source; of two with the same id the later one counts."""
    comments: dict[str, dict[str, Comment]] = {}
    posts: dict[str, dict[str, Post]] = {}
    for arrival in arrivals:
        comments.setdefault(arrival.source, {})[arrival.comment.native_id] = arrival.comment
        if arrival.post is not None:
            posts.setdefault(arrival.source, {})[arrival.post.native_id] = arrival.post
    return {
        source: Batch(comments=tuple(group.values()), posts=tuple(posts.get(source, {}).values()), cursor="")
        for source, group in comments.items()
    }


def decided(inbox: Inbox, arrivals: Sequence[Arrival], *, by: str, now: datetime) -> list[AnyEvent]:
    """Return the events that bring imported comments to the state they had elsewhere; none when they are there already."""
    events: list[AnyEvent] = []
    moved: dict[tuple[TriageState, datetime | None], list[str]] = {}
    for arrival in arrivals:
        key = key_of(arrival.source, arrival.comment.native_id)
        item = inbox.items.get(key)
        if item is None:  # of somebody who asked to be forgotten
            continue
        state = item.state
        if arrival.claimed_by and item.claimed_by != arrival.claimed_by:
            events.append(Claimed(at=now, by=arrival.claimed_by, keys=(key,)))
            state = TriageState.CLAIMED if state is TriageState.NEW else state  # as the fold will have it
        # one that was put off and does not say until when is simply open: nobody would ever see it again
        lost = arrival.state is TriageState.SNOOZED and arrival.snoozed_until is None
        wanted = TriageState.NEW if lost else arrival.state
        if wanted is not None and state != wanted:
            moved.setdefault((wanted, arrival.snoozed_until), []).append(key)
        if arrival.corrected is not None and item.corrected != arrival.corrected:
            events.append(Corrected(at=now, by=by, keys=(key,), level=arrival.corrected))
    for (state, until), keys in moved.items():
        events.append(StateSet(at=now, by=by, keys=tuple(keys), state=state, until=until))
    return events
