"""Notices: where one would appear, what publishing or taking one down comes to, and which come down by the clock."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import uuid4

from msgspec import structs

from connectors._contract import Connector
from connectors._model import Capability, Outgoing, Support, Writing
from inbox import desk
from inbox.events import AnyEvent, Queued
from inbox.fold import Inbox
from inbox.item import Item
from inbox.outbox import COUNTS, DeliveryState, Kind, OutboxEntry
from inbox.planning import (
    NOT_CONNECTED,
    Context,
    Plan,
    answer,
    entry_of,
    measured_beside,
    refuse,
    text_fault,
    time_fault,
    upkeep,
)
from inbox.published import Notice, NoticeState, Place, Step, Unpin, Where

PUBLIC = frozenset({DeliveryState.SENT, DeliveryState.BY_HAND})
"""States of a sending that readers can see."""
_NOT_PINNED = "published, but not"
_PENDING = {
    DeliveryState.QUEUED: NoticeState.PLANNED,
    DeliveryState.SENDING: NoticeState.PLANNED,
    DeliveryState.UNKNOWN: NoticeState.UNKNOWN,
    DeliveryState.REJECTED: NoticeState.FAILED,
    DeliveryState.TAKEN_BACK: NoticeState.TAKEN_BACK,
    DeliveryState.RETRACTED: NoticeState.ENDED,
}


# -- where it would appear -------------------------------------------------------------------------


def place(inbox: Inbox, item: Item, source: str, connector: Connector | None) -> Place:
    """Say where a notice written beside `item` would appear on one source."""
    own = source == item.source
    if connector is None:
        return Place(source=source, network="", where=Where.HAND, reason=NOT_CONNECTED, own=own)
    support = connector.capabilities.get(Capability.PIN_NOTICE, Support("no", ""))
    where, reason = Where.HAND, support.reason
    scope = connector.traits.pin_scope
    if support.can != "no" and scope == "thread" and not own:
        reason = "it is pinned under a post, and this comment stands under none of this source"
    elif support.can != "no":
        where = Where.NOWHERE if scope == "none" else Where(scope)
        reason = connector.where_pinned()
    elif own and item.comment.post_id and _can(connector, Capability.REPLY):
        where = Where.COMMENT
    under = item.comment.post_id if where is Where.THREAD else None
    return Place(
        source=source,
        network=connector.name,
        where=where,
        reason=reason,
        standing=sum(1 for _ in pinned_on(inbox, source, under)),
        limit=connector.traits.pin_limit,
        own=own,
    )


def written_as(where: Place, item: Item) -> Writing:
    """Say what a notice written beside `item` is where it would stand; whoever puts it up by hand makes a post of it."""
    under = where.where is Where.COMMENT or (where.where is Where.THREAD and bool(item.comment.post_id))
    return Writing.COMMENT if under else Writing.POST


def _can(connector: Connector, capability: Capability) -> bool:
    return connector.capabilities.get(capability, Support("no", "")).can != "no"


def is_pinned(entry: OutboxEntry) -> bool:
    """Whether a notice or a thread was published and, as far as the platform said, pinned."""
    if entry.state is not DeliveryState.SENT or entry.receipt is None or entry.outgoing is None:
        return False
    asked = entry.outgoing.parent_id is None if entry.kind is Kind.NOTICE else entry.outgoing.pin
    return asked and not entry.receipt.warning.startswith(_NOT_PINNED)


def pinned_on(inbox: Inbox, source: str, under: str | None = None) -> Iterator[OutboxEntry]:
    """Yield what of ours is pinned on a source now, or under one post of it."""
    for entry_id in inbox.published:
        entry = inbox.outbox[entry_id]
        if entry.source != source or not is_pinned(entry) or _came_down(inbox, entry) is not None:
            continue
        assert entry.outgoing is not None  # what is pinned was published
        if under is None or entry.outgoing.post_id == under:
            yield entry


def _ends(inbox: Inbox, entry: OutboxEntry) -> Iterator[OutboxEntry]:
    """Yield the sendings that take a notice or a thread down, latest first."""
    changes = (inbox.outbox[i] for i in reversed(inbox.about.get(entry.id, ())))
    return (change for change in changes if change.kind is Kind.UNPIN and change.about == entry.id)


def _came_down(inbox: Inbox, entry: OutboxEntry) -> OutboxEntry | None:
    return next((end for end in _ends(inbox, entry) if end.state in PUBLIC), None)


# -- acts ------------------------------------------------------------------------------------------


def pin(act: desk.PinNotice, items: list[Item], context: Context, act_id: str) -> Plan:
    """Decide what publishing a notice comes to; whatever it says, it closes no comment."""
    item = items[0]
    due = context.due(len(act.sources) or 1, act.later)
    if act.until is not None and (act.until.tzinfo is None or act.until <= due):
        return refuse("take it down when?", "name a time after it has appeared")
    fault = time_fault(context, act.later)
    if fault is not None:
        return fault
    entries: list[OutboxEntry] = []
    for source in dict.fromkeys(act.sources or (item.source,)):
        made = _published(act, item, source, context, act_id, due)
        if isinstance(made, Plan):
            return made
        entries.append(made)
    entries, fault = _replacing(act, entries, context, act_id)
    if fault is not None:
        return fault
    sendings = sum(entry.is_pending for entry in entries)
    done = desk.Done(act=act_id, keys=(item.key,), due_at=due if sendings else None, sendings=sendings)
    return Plan(done, (Queued(at=context.now, by=context.by, entries=tuple(entries)),))


def _published(
    act: desk.PinNotice, item: Item, source: str, context: Context, act_id: str, due: datetime
) -> OutboxEntry | Plan:
    connector = context.connectors.get(source)
    where = place(context.inbox, item, source, connector)
    if connector is None or (not where.possible and not act.by_hand):
        return refuse(where.reason, "copy the text and pin it by hand (Y)")
    fault = text_fault(act.text, measured_beside(item, connector, act.text.strip(), written_as(where, item)))
    if fault is not None:
        return fault if len(act.sources) < 2 else refuse(fault.done.refused, f"this concerns {source}")
    entry = entry_of(Kind.NOTICE, item, connector, context, act_id, due)
    text = act.text.strip()
    if where.where is Where.COMMENT:
        outgoing = answer(entry.id, text, item.comment, context, item.comment.post_id)
    else:
        post = item.comment.post_id if where.own else ""
        outgoing = Outgoing(client_id=entry.id, text=text, created_at=context.now, post_id=post)
    return structs.replace(
        entry,
        source=source,
        outgoing=outgoing,
        template=act.template,
        native_id="",
        until=act.until,
        scheduled=act.later is not None,
        state=DeliveryState.QUEUED if where.possible else DeliveryState.BY_HAND,
    )


def _replacing(
    act: desk.PinNotice, entries: list[OutboxEntry], context: Context, act_id: str
) -> tuple[list[OutboxEntry], Plan | None]:
    """Let the old notice come down after the new one is public; before it, where there is no room for both."""
    if not act.replaces:
        return entries, None
    old = context.inbox.outbox.get(act.replaces)
    if old is None or old.kind is not Kind.NOTICE or old.state not in PUBLIC:
        return entries, refuse("there is no such notice to replace")
    new = next((entry for entry in entries if entry.source == old.source), None)
    if new is None:
        return entries, refuse("a notice is replaced on its own source")
    down = _down(old, context, act_id, new.due_at)
    limit = context.connectors[old.source].traits.pin_limit
    if 1 < limit <= sum(1 for _ in pinned_on(context.inbox, old.source)):
        return [down, *entries], None
    return [*entries, structs.replace(down, waits_for=new.id)], None


def _down(notice: OutboxEntry, context: Context, act_id: str, due: datetime) -> OutboxEntry:
    native_id = notice.receipt.remote_id if notice.receipt else ""
    entry = upkeep(Kind.UNPIN, notice, act=act_id, by=context.by, now=context.now, due_at=due, native_id=native_id)
    by_hand = notice.state is DeliveryState.BY_HAND or not is_pinned(notice)
    return structs.replace(entry, state=DeliveryState.BY_HAND) if by_hand else entry


def unpin(act: Unpin, context: Context, act_id: str) -> Plan:
    """Decide what taking a notice down comes to; one that becalm did not pin is noted as taken down by hand."""
    notice = context.inbox.outbox.get(act.notice)
    if notice is None or notice.kind is not Kind.NOTICE:
        return refuse("there is no such notice")
    if notice.state not in PUBLIC:
        return refuse("this notice is not up", "what has not left is taken back in the outbox")
    if any(end.state in COUNTS for end in _ends(context.inbox, notice)):
        return refuse("this notice came down, or is coming down")
    if notice.outgoing is not None and notice.outgoing.parent_id is not None:
        return refuse("this notice is a comment of ours", "delete it instead")
    entry = _down(notice, context, act_id, context.due(1))
    done = desk.Done(act=act_id, due_at=entry.due_at if entry.is_pending else None, sendings=int(entry.is_pending))
    return Plan(done, (Queued(at=context.now, by=context.by, entries=(entry,)),))


# -- the clock -------------------------------------------------------------------------------------


def coming_down(inbox: Inbox, now: datetime) -> list[AnyEvent]:
    """Decide which notices come down by the clock at `now`, each once.

    The sending is due at the notice's own end, so that a clock that ran ahead and was set back takes nothing down early.
    One that somebody dropped, or that the platform refused, is not tried again by itself: a human was told.
    """
    entries = [
        upkeep(
            Kind.UNPIN,
            notice,
            act=uuid4().hex[:12],
            by="",
            now=now,
            due_at=notice.until or now,
            native_id=notice.receipt.remote_id if notice.receipt else "",
        )
        for entry_id in inbox.published
        if _is_due(inbox, notice := inbox.outbox[entry_id], now)
    ]
    return [Queued(at=now, entries=tuple(entries))] if entries else []


def _is_due(inbox: Inbox, notice: OutboxEntry, now: datetime) -> bool:
    if notice.kind is not Kind.NOTICE or notice.until is None or notice.until > now or not is_pinned(notice):
        return False
    return not any(
        not end.by or end.state in COUNTS or end.state is DeliveryState.REJECTED for end in _ends(inbox, notice)
    )


# -- what the desk shows ---------------------------------------------------------------------------


def listed(inbox: Inbox, connectors: Mapping[str, Connector], now: datetime) -> tuple[Notice, ...]:
    """Describe every notice, newest first, those that stand before those that are over."""
    entries = [e for i in reversed(inbox.published) if (e := inbox.outbox[i]).kind is Kind.NOTICE]
    found = [_describe(inbox, entry, connectors.get(entry.source), now) for entry in entries]
    return tuple(sorted(found, key=lambda notice: not notice.stands))


def _describe(inbox: Inbox, entry: OutboxEntry, connector: Connector | None, now: datetime) -> Notice:
    assert entry.outgoing is not None  # every notice publishes
    end = next(_ends(inbox, entry), None)
    post = inbox.posts.get((entry.source, entry.outgoing.post_id))
    told = end if end is not None and end.message else entry
    return Notice(
        id=entry.id,
        source=entry.source,
        network=connector.name if connector else "",
        title=(post.title or post.text[:60]) if post else "",
        text=entry.outgoing.text,
        by=entry.by,
        state=_state(inbox, entry, end, connector, now),
        where=_where(entry, connector),
        at=entry.receipt.at if entry.receipt else entry.due_at,
        until=entry.until,
        url=entry.receipt.url if entry.receipt else "",
        message=told.message,
        hint=told.hint,
        history=history(inbox, entry),
    )


def _where(entry: OutboxEntry, connector: Connector | None) -> Where:
    if entry.state is DeliveryState.BY_HAND:
        return Where.HAND
    if entry.outgoing is not None and entry.outgoing.parent_id is not None:
        return Where.COMMENT
    scope = connector.traits.pin_scope if connector else "none"
    return Where.NOWHERE if scope == "none" else Where(scope)


def _state(
    inbox: Inbox, entry: OutboxEntry, end: OutboxEntry | None, connector: Connector | None, now: datetime
) -> NoticeState:
    if entry.state not in PUBLIC:
        return _PENDING[entry.state]
    if end is not None and end.state in PUBLIC:
        return NoticeState.REPLACED if end.waits_for else NoticeState.ENDED
    if end is not None and end.is_pending:
        return NoticeState.ENDING
    if connector is not None and connector.traits.pin_limit == 1 and _displaced(inbox, entry):
        return NoticeState.REPLACED
    pinned = is_pinned(entry)
    if entry.until is not None and entry.until <= now:
        return NoticeState.ENDING if pinned and end is None else NoticeState.EXPIRED
    return NoticeState.PINNED if pinned or entry.state is DeliveryState.BY_HAND else NoticeState.PUBLISHED


def _displaced(inbox: Inbox, entry: OutboxEntry) -> bool:
    """Whether a later one took the only place there is."""
    later = [i for i in inbox.published if inbox.outbox[i].source == entry.source and is_pinned(inbox.outbox[i])]
    return bool(later) and entry.id in later and later[-1] != entry.id


def history(inbox: Inbox, entry: OutboxEntry) -> tuple[Step, ...]:
    """Tell what happened to a notice or a thread, oldest first."""
    changes = [inbox.outbox[i] for i in inbox.about.get(entry.id, ())]
    return tuple(
        Step(each.receipt.at if each.receipt else each.queued_at, each.by, str(each.kind), each.state, each.message)
        for each in (entry, *changes)
    )
