"""Capturing: what a comment says now, who wrote it, where it stands and who captured it, as the next records of the chain."""

from collections.abc import Iterable

from inbox.desk import Capture, Done
from inbox.events import Captured
from inbox.evidence.chain import part_of, seal, words_of
from inbox.item import Item
from inbox.planning import Context, Plan, refuse


def capture(act: Capture, items: list[Item], context: Context, act_id: str) -> Plan:
    """Decide a capture by hand; what stands in the chain already, in the same words, is not captured twice."""
    if not act.reason.strip():
        return refuse("say why this is kept as evidence")
    events = captured(items, act.reason.strip(), context, act_id)
    if not events:
        return refuse("these words are captured already")
    return Plan(Done(act=act_id, keys=tuple(event.key for event in events)), events)


def captured(items: Iterable[Item], reason: str, context: Context, act_id: str) -> tuple[Captured, ...]:
    """Return the records of these comments, each sealed over the one before, in the order given."""
    events: list[Captured] = []
    previous = context.inbox.evidence.seal
    for item in items:
        if context.inbox.evidence.words.get(item.key) == words_of(item.comment.text):
            continue
        parts = {name: part_of(facts) for name, facts in _facts(item, reason, context).items()}
        sealed = seal(previous, parts)
        events.append(
            Captured(
                at=context.now, by=context.by, key=item.key, parts=parts, previous=previous, seal=sealed, act=act_id
            )
        )
        previous = sealed
    return tuple(events)


def _facts(item: Item, reason: str, context: Context) -> dict[str, dict[str, object]]:
    comment, post = item.comment, context.inbox.post_of(item)
    return {
        "author": {
            "id": comment.author.native_id,
            "handle": comment.author.handle,
            "name": comment.author.name,
            "url": comment.author.url,
        },
        "comment": {
            "id": comment.native_id,
            "text": comment.text,
            "url": comment.url,
            "written_at": comment.created_at,
            "version": comment.version,
            "answers": comment.parent_id,
            "as_received": comment.raw,
            "attachments": [{"kind": a.kind, "url": a.url, "description": a.description} for a in comment.attachments],
        },
        "post": {
            "id": comment.post_id,
            "title": post.title if post else "",
            "url": post.url if post else "",
        },
        "capture": {
            "key": item.key,
            "source": item.source,
            "network": comment.network,
            "first_seen_at": item.first_seen,
            "captured_at": context.now,
            "captured_by": context.by,
            "reason": reason,
            "level": item.level.label,
            "signals": sorted({str(signal.kind) for signal in item.assessment.signals}),
        },
    }
