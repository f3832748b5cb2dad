"""The corridor of a public house: what is suspected of being unlawful, and people kept away for a time, never for good."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import uuid4

from msgspec import structs

from connectors._model import Capability
from inbox import desk
from inbox.events import AnyEvent, Queued, Suspected
from inbox.evidence.capture import captured
from inbox.fold import Inbox
from inbox.item import Item
from inbox.outbox import COUNTS, DeliveryState, Kind, OutboxEntry
from inbox.planning import Context, Plan, charter_fault, entry_of, refuse, standing, supported, upkeep

LONGEST_BLOCK = timedelta(days=366)
"""Longest time for which somebody is kept away: a measure must be proportionate, so it ends."""


# -- what may be unlawful --------------------------------------------------------------------------


def suspect(act: desk.Suspect, items: list[Item], context: Context, act_id: str) -> Plan:
    """Decide that comments are suspected of being unlawful, or that they are not after all; always with a reason."""
    if not act.reason.strip():
        return refuse("say why")
    chosen = [item for item in items if not item.own and item.is_danger != act.suspected]
    if not chosen:
        return refuse("it is suspected already" if act.suspected else "it is not suspected")
    keys = tuple(item.key for item in chosen)
    event = Suspected(
        at=context.now, by=context.by, keys=keys, suspected=act.suspected, reason=act.reason.strip(), act=act_id
    )
    return Plan(desk.Done(act=act_id, keys=keys), (event,), tuple(standing(item) for item in chosen))


# -- keeping somebody away -------------------------------------------------------------------------


def block(act: desk.Block, items: list[Item], context: Context, act_id: str) -> Plan:
    """Decide to keep a comment's author away until a time, or to let them back in."""
    if len(items) > 1:
        return refuse("one person at a time is kept away")
    item = items[0]
    if item.own:
        return refuse("the house wrote this itself")
    connector, why = supported(context, item.source, Capability.MUTE)
    if connector is None:
        return refuse(why, "do it on the platform, and note it (b)")
    standing_block = block_of(context.inbox, item)
    if not act.blocked:
        return _let_back(standing_block, context, act_id)
    fault = charter_fault(context, act.reason)
    if fault is not None:
        return fault
    if act.until is None or act.until.tzinfo is None or act.until <= context.now:
        return refuse("until when?", "a block has an end: a time that lies ahead")
    if act.until > context.now + LONGEST_BLOCK:
        return refuse("nobody is kept away for longer than a year")
    if standing_block is not None:
        return refuse("this person is kept away already", "let them back in first")
    reason = context.charter.record(act.reason)
    due = context.due(1)
    entry = structs.replace(
        entry_of(Kind.BLOCK, item, connector, context, act_id, due),
        target=item.key,
        native_id=item.comment.author.native_id,
        reason=reason,
        until=act.until,
    )
    kept = captured([item], reason, context, act_id)
    done = desk.Done(act=act_id, keys=(item.key,), due_at=due, sendings=1)
    return Plan(done, (*kept, Queued(at=context.now, by=context.by, entries=(entry,))))


def _let_back(entry: OutboxEntry | None, context: Context, act_id: str) -> Plan:
    if entry is None:
        return refuse("nobody keeps this person away")
    if entry.is_pending:
        return refuse("this block has not left yet", "take it back (z)")
    due = context.due(1)
    back = upkeep(
        Kind.UNBLOCK, entry, act=act_id, by=context.by, now=context.now, due_at=due, native_id=entry.native_id
    )
    done = desk.Done(act=act_id, keys=(entry.target,), due_at=due, sendings=1)
    return Plan(done, (Queued(at=context.now, by=context.by, entries=(back,)),))


def block_of(inbox: Inbox, item: Item) -> OutboxEntry | None:
    """Return the sending that keeps a comment's author away, or is about to; None while nobody does."""
    author = item.comment.author.native_id
    entries = (inbox.outbox[id_] for id_ in inbox.blocks)
    return next(
        (
            entry
            for entry in entries
            if (entry.source, entry.native_id) == (item.source, author)
            and entry.state in COUNTS
            and not any(end.state in COUNTS for end in _ends(inbox, entry))
        ),
        None,
    )


def _ends(inbox: Inbox, entry: OutboxEntry) -> Iterator[OutboxEntry]:
    changes = (inbox.outbox[id_] for id_ in inbox.about.get(entry.id, ()))
    return (change for change in changes if change.kind is Kind.UNBLOCK)


def letting_back(inbox: Inbox, now: datetime) -> list[AnyEvent]:
    """Decide who is let back in by the clock at `now`, each once; due at the block's own end, as notices come down."""
    entries = [
        upkeep(
            Kind.UNBLOCK,
            entry,
            act=uuid4().hex[:12],
            by="",
            now=now,
            due_at=entry.until or now,
            native_id=entry.native_id,
        )
        for id_ in inbox.blocks
        if _is_over(inbox, entry := inbox.outbox[id_], now)
    ]
    return [Queued(at=now, entries=tuple(entries))] if entries else []


def _is_over(inbox: Inbox, entry: OutboxEntry, now: datetime) -> bool:
    if entry.state is not DeliveryState.SENT or entry.until is None or entry.until > now:
        return False
    return not any(
        not end.by or end.state in COUNTS or end.state is DeliveryState.REJECTED for end in _ends(inbox, entry)
    )
