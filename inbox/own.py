"""Own: what the house said under a comment, edited or deleted after it is public, where the platform lets us."""

from msgspec import structs

from connectors._model import Capability, Outgoing
from inbox import desk
from inbox.events import Queued
from inbox.outbox import PENDING, DeliveryState, Kind, OutboxEntry
from inbox.planning import Context, Plan, measured_beside, refuse, supported, text_fault, upkeep
from inbox.published import DeleteOwn, EditOwn

COMMENTS = frozenset({Kind.REPLY, Kind.INVITATION, Kind.HOUSE_COMMENT})
"""Kinds of ours that are comments wherever they stand."""


def is_comment(entry: OutboxEntry) -> bool:
    """Whether a sending stands as a comment of ours, so that it may be edited and deleted as one."""
    if entry.kind is Kind.NOTICE:
        return entry.outgoing is not None and entry.outgoing.parent_id is not None
    return entry.kind in COMMENTS


def edit(act: EditOwn, context: Context, act_id: str) -> Plan:
    """Decide what changing our words comes to."""
    said = _public(act.entry, context)
    if isinstance(said, Plan):
        return said
    connector, why = supported(context, said.source, Capability.EDIT_OWN)
    if connector is None:
        return refuse(why, "delete it and answer again")
    item = context.inbox.items.get(said.target)
    words = act.text.strip()
    fault = text_fault(act.text, connector.measure(words) if item is None else measured_beside(item, connector, words))
    if fault is not None:
        return fault
    before: Outgoing = said.outgoing  # type: ignore[assignment]  # what is public said something
    if act.text.strip() == before.text:
        return refuse("nothing to change here")
    return _change(Kind.EDIT, said, context, act_id, structs.replace(before, text=act.text.strip()))


def delete(act: DeleteOwn, context: Context, act_id: str) -> Plan:
    """Decide what deleting our words comes to; the comment they answered is open again then."""
    said = _public(act.entry, context)
    if isinstance(said, Plan):
        return said
    connector, why = supported(context, said.source, Capability.DELETE)
    if connector is None:
        return refuse(why, "delete it on the platform")
    return _change(Kind.DELETE, said, context, act_id, None)


def _public(entry_id: str, context: Context) -> OutboxEntry | Plan:
    """Return a comment of ours that is public and about which nothing is on its way."""
    said = context.inbox.outbox.get(entry_id)
    if said is None or not is_comment(said):
        return refuse("this is no comment of ours")
    if said.state is DeliveryState.RETRACTED:
        return refuse("it is deleted already")
    if said.state is not DeliveryState.SENT or said.receipt is None:
        return refuse("it is not public", "what has not left is taken back in the outbox")
    changes = (context.inbox.outbox[i] for i in context.inbox.about.get(said.id, ()))
    if any(change.state in PENDING for change in changes):
        return refuse("a change of it is on its way", "take that back first (z)")
    return said


def _change(kind: Kind, said: OutboxEntry, context: Context, act_id: str, outgoing: Outgoing | None) -> Plan:
    assert said.receipt is not None  # it is public
    due = context.due(1)
    entry = upkeep(kind, said, act=act_id, by=context.by, now=context.now, due_at=due, native_id=said.receipt.remote_id)
    entry = structs.replace(entry, outgoing=outgoing)
    event = Queued(at=context.now, by=context.by, entries=(entry,))
    keys = (said.target,) if said.target else ()
    return Plan(desk.Done(act=act_id, keys=keys, due_at=due, sendings=1), (event,))
