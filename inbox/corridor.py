"""The corridor of a public house: what is suspected of being unlawful, and people kept away for a time, never for good."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from uuid import uuid4

from msgspec import structs

from connectors._contract import Connector
from connectors._model import Capability
from inbox import desk
from inbox.events import AnyEvent, Queued, Suspected
from inbox.evidence.capture import captured
from inbox.fold import Inbox
from inbox.item import Item
from inbox.outbox import COUNTS, DeliveryState, Kind, OutboxEntry
from inbox.planning import (
    Context,
    Plan,
    charter_fault,
    entry_of,
    held_back_from_bulk,
    refuse,
    standing,
    supported,
    upkeep,
)

_ALREADY = "this person is kept away already"
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
    """Decide to keep the authors of comments away until a time, each person once, or to let them back in.

    Of several people those are left alone who asked something or whom a colleague has in hand, and said so.
    """
    people: dict[tuple[str, str], list[Item]] = {}
    for item in items:
        people.setdefault(_person(item), []).append(item)
    if not act.blocked:
        return _let_back(people.values(), context, act_id)
    fault = _block_fault(act, context)
    held: list[tuple[str, str]] = []
    chosen: list[tuple[Item, Connector]] = []
    refused = Plan(desk.Done())
    for each in people.values():
        connector, refused = _within_reach(each[0], context)
        why = _left_alone(each, context) if len(people) > 1 else ""
        if connector is None:
            held.append((each[0].key, "kept away" if refused.done.refused == _ALREADY else "unsupported"))
        elif why:
            held.append((each[0].key, why))
        else:
            chosen.append((each[0], connector))
    if len(people) == 1 and not chosen:
        return refused
    if fault is not None or not chosen:
        return fault or Plan(desk.Done(held_back=tuple(held)))
    evidence = [item for first, _connector in chosen for item in people[_person(first)]]
    return _kept_away(act, chosen, evidence, held, context, act_id)


def _person(item: Item) -> tuple[str, str]:
    return item.source, item.comment.author.native_id


def _block_fault(act: desk.Block, context: Context) -> Plan | None:
    """Refuse a block without a reason of the charter, or without an end within a year."""
    fault = charter_fault(context, act.reason)
    if fault is not None:
        return fault
    if act.until is None or act.until.tzinfo is None or act.until <= context.now:
        return refuse("until when?", "a block has an end: a time that lies ahead")
    if act.until > context.now + LONGEST_BLOCK:
        return refuse("nobody is kept away for longer than a year")
    return None


def _within_reach(item: Item, context: Context) -> tuple[Connector | None, Plan]:
    """Return the connector that can keep a comment's author away, or why nobody can or need."""
    if item.own:
        return None, refuse("the house wrote this itself")
    connector, why = supported(context, item.source, Capability.MUTE)
    if connector is None:
        return None, refuse(why, "do it on the platform, and note it (b)")
    if block_of(context.inbox, item) is not None:
        return None, refuse(_ALREADY, "let them back in first")
    return connector, Plan(desk.Done())


def _left_alone(items: Iterable[Item], context: Context) -> str:
    """Why a block of several people leaves one alone: danger is a reason to act, a question or a colleague's hand is not."""
    reasons = (held_back_from_bulk(item, context.by) for item in items)
    return next((why for why in reasons if why and why != "critical"), "")


def _kept_away(
    act: desk.Block,
    chosen: list[tuple[Item, Connector]],
    evidence: list[Item],
    held: list[tuple[str, str]],
    context: Context,
    act_id: str,
) -> Plan:
    reason, due = context.charter.record(act.reason), context.due(len(chosen))
    entries = tuple(
        structs.replace(
            entry_of(Kind.BLOCK, item, connector, context, act_id, due),
            target=item.key,
            native_id=item.comment.author.native_id,
            reason=reason,
            until=act.until,
        )
        for item, connector in chosen
    )
    kept = captured(evidence, reason, context, act_id)
    keys = tuple(item.key for item, _connector in chosen)
    done = desk.Done(act=act_id, keys=keys, held_back=tuple(held), due_at=due, sendings=len(entries))
    return Plan(done, (*kept, Queued(at=context.now, by=context.by, entries=entries)))


def _let_back(people: Iterable[list[Item]], context: Context, act_id: str) -> Plan:
    standing_blocks = [block_of(context.inbox, items[0]) for items in people]
    found = [entry for entry in standing_blocks if entry is not None]
    left = [entry for entry in found if not entry.is_pending]
    if not found:
        return refuse("nobody keeps this person away")
    if not left:
        return refuse("this block has not left yet", "take it back (z)")
    due = context.due(len(left))
    back = tuple(
        upkeep(Kind.UNBLOCK, entry, act=act_id, by=context.by, now=context.now, due_at=due, native_id=entry.native_id)
        for entry in left
    )
    keys = tuple(entry.target for entry in left)
    done = desk.Done(act=act_id, keys=keys, due_at=due, sendings=len(back))
    return Plan(done, (Queued(at=context.now, by=context.by, entries=back),))


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
