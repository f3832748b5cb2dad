"""Moderation decided: one plan over many comments, with one reason for all, what is left alone and why."""

from collections.abc import Callable
from datetime import datetime

from msgspec import Struct, structs

from connectors._contract import Connector
from connectors._model import Capability
from inbox import desk
from inbox.events import AnyEvent, Hidden, Queued, WentAway
from inbox.evidence.capture import captured
from inbox.item import Item
from inbox.moderation import Hide, Remove, Spam
from inbox.outbox import Kind, OutboxEntry
from inbox.planning import Context, Plan, charter_fault, entry_of, held_back_from_bulk, refuse, supported

OWN_ONLY = "this platform lets us delete only what the account wrote itself"


class _Way(Struct, frozen=True, kw_only=True):
    """One way to moderate.

    Attributes:
        kind: what is sent.
        capability: what the platform must be able to do.
        wanted: whether there is anything to do about an item.
        nothing: why not, where there is nothing.
        captures: whether the words are kept first: whatever leaves the public's sight may be asked for.
    """

    kind: Kind
    capability: Capability
    wanted: Callable[[Item], bool]
    nothing: str
    captures: bool = True


_HIDE = _Way(
    kind=Kind.HIDE,
    capability=Capability.HIDE,
    wanted=lambda item: not item.hidden and not item.comment.moderation,
    nothing="it is already hidden",
)
_SHOW = _Way(
    kind=Kind.UNHIDE,
    capability=Capability.HIDE,
    wanted=lambda item: item.hidden or bool(item.comment.moderation),
    nothing="it is not hidden",
    captures=False,
)
_REMOVE = _Way(
    kind=Kind.REMOVE,
    capability=Capability.DELETE,
    wanted=lambda item: not item.gone,
    nothing="the platform no longer shows this comment",
)
_SPAM = _Way(
    kind=Kind.SPAM,
    capability=Capability.SPAM,
    wanted=lambda item: item.comment.moderation != "spam",
    nothing="it is marked as spam already",
)


def hide(act: Hide, items: list[Item], context: Context, act_id: str) -> Plan:
    """Decide what hiding comes to, or showing again: what the platform itself holds back is approved by it."""
    return _moderate(_HIDE if act.hidden else _SHOW, act, items, context, act_id)


def remove(act: Remove, items: list[Item], context: Context, act_id: str) -> Plan:
    """Decide what deleting visitors' comments comes to."""
    return _moderate(_REMOVE, act, items, context, act_id)


def mark_spam(act: Spam, items: list[Item], context: Context, act_id: str) -> Plan:
    """Decide what marking as spam comes to."""
    return _moderate(_SPAM, act, items, context, act_id)


def _moderate(way: _Way, act: Hide | Remove | Spam, items: list[Item], context: Context, act_id: str) -> Plan:
    fault = charter_fault(context, act.reason) if way.captures else None
    if fault is not None or not act.reason.strip():
        return fault or refuse("say why it is shown again")
    reason = context.charter.record(act.reason) if way.captures else act.reason.strip()
    held: list[tuple[str, str]] = []
    entries: list[OutboxEntry] = []
    due = context.countdown.due_after(context.now, len(items))
    why = ""
    for item in items:
        connector, why_not = _able(way, item, context)
        kept = "" if act.include_held_back or len(items) == 1 else _kept_back(way, item, context)
        if connector is None:
            held.append((item.key, "unsupported"))
            why = why_not
        elif _on_its_way(way, item, context):
            held.append((item.key, "on its way"))
        elif not way.wanted(item) or item.own or item.gone:
            continue
        elif kept:
            held.append((item.key, kept))
        else:
            entries.append(structs.replace(entry_of(way.kind, item, connector, context, act_id, due), reason=reason))
    if not entries:
        kept_back = tuple(held) if any(word != "unsupported" for _, word in held) else ()
        return Plan(desk.Done(held_back=kept_back)) if kept_back else refuse(why or way.nothing)
    leaving = [context.inbox.items[e.target] for e in entries]
    first = captured(leaving, reason, context, act_id) if way.captures else ()
    done = desk.Done(
        act=act_id,
        keys=tuple(e.target for e in entries),
        held_back=tuple(held),
        due_at=due,
        sendings=len(entries),
    )
    return Plan(done, (*first, Queued(at=context.now, by=context.by, entries=tuple(entries))))


def _able(way: _Way, item: Item, context: Context) -> tuple[Connector | None, str]:
    connector, why = supported(context, item.source, way.capability)
    if connector is not None and way.kind is Kind.REMOVE and connector.traits.deletes == "own":
        return None, OWN_ONLY
    return connector, why


def _kept_back(way: _Way, item: Item, context: Context) -> str:
    """Why a batch leaves an item alone; showing again keeps nothing from anybody."""
    return "" if way is _SHOW else held_back_from_bulk(item, context.by)


def _on_its_way(way: _Way, item: Item, context: Context) -> bool:
    """Whether the same is decided already and has not had its last word: once is enough."""
    return any(entry.kind is way.kind and entry.is_pending for entry in context.inbox.sendings(item.key))


def consequences(entry: OutboxEntry, now: datetime) -> list[AnyEvent]:
    """Return what a carried-out moderation means for its item."""
    match entry.kind:
        case Kind.HIDE | Kind.UNHIDE | Kind.SPAM:
            return [Hidden(at=now, by=entry.by, key=entry.target, hidden=entry.kind is not Kind.UNHIDE)]
        case Kind.REMOVE:
            return [WentAway(at=now, by=entry.by, keys=(entry.target,), why="deleted")]
    return []
