"""Threads: opening a dedicated discussion, linking it, inviting a few, hearing whether anybody waits there, closing it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from msgspec import structs

from connectors._contract import Connector
from connectors._model import Capability, Outgoing, Support, Writing
from inbox import desk
from inbox.events import Queued
from inbox.fold import Inbox
from inbox.item import Item, written_at
from inbox.notices import PUBLIC, history, is_pinned, pinned_on
from inbox.outbox import COUNTS, TO_A_PERSON, DeliveryState, Kind, OutboxEntry
from inbox.planning import (
    NOT_CONNECTED,
    Context,
    Plan,
    answer,
    entry_of,
    measured_beside,
    refuse,
    supported,
    text_fault,
    time_fault,
    upkeep,
)
from inbox.published import CloseThread, Place, Thread, ThreadState, Where

LONG_LINK = "https://museum.example/".ljust(60, "x")
"""What stands in place of `$link` while a text is measured: an address longer than most."""
SILENT_AFTER = timedelta(hours=2)
"""How long visitors may wait in a thread before the house is told that it is silent there."""
HEARD = 5000
"""Comments of one thread that are counted, latest first."""
_PENDING = {
    DeliveryState.QUEUED: ThreadState.PLANNED,
    DeliveryState.SENDING: ThreadState.PLANNED,
    DeliveryState.UNKNOWN: ThreadState.UNKNOWN,
    DeliveryState.REJECTED: ThreadState.FAILED,
    DeliveryState.TAKEN_BACK: ThreadState.TAKEN_BACK,
    DeliveryState.RETRACTED: ThreadState.CLOSED,
}


# -- opening ---------------------------------------------------------------------------------------


def place(inbox: Inbox, item: Item, source: str, connector: Connector | None) -> Place:
    """Say where a thread opened beside `item` would stand on one source."""
    own = source == item.source
    if connector is None:
        return Place(source=source, network="", where=Where.HAND, reason=NOT_CONNECTED, own=own)
    support = connector.capabilities.get(Capability.OPEN_THREAD, Support("no", ""))
    where = Where.HAND if support.can == "no" else Where.NOWHERE
    if support.can != "no" and has_room(inbox, source, connector):
        scope = connector.traits.pin_scope
        where = Where.SITE if scope == "thread" else Where(scope)  # it is a post of its own: nothing to stand under
    shared = where is Where.PROFILE or (where is Where.SITE and connector.traits.pin_scope == "site")
    return Place(
        source=source,
        network=connector.name,
        where=where,
        reason=support.reason,
        standing=sum(1 for _ in pinned_on(inbox, source)) if shared else 0,
        limit=connector.traits.pin_limit if shared else 0,
        own=own,
    )


def has_room(inbox: Inbox, source: str, connector: Connector) -> bool:
    """Whether a new thread can be kept first on a source without taking another's place."""
    support = connector.capabilities.get(Capability.PIN_NOTICE, Support("no", ""))
    scope, limit = connector.traits.pin_scope, connector.traits.pin_limit
    if support.can == "no" or scope == "none":
        return False
    return scope == "thread" or not limit or sum(1 for _ in pinned_on(inbox, source)) < limit


def open_one(act: desk.OpenThread, items: list[Item], context: Context, act_id: str) -> Plan:
    """Decide what opening a thread comes to: the opening, one house comment with its link, a few invitations."""
    item = items[0]
    host, why = supported(context, act.on or item.source, Capability.OPEN_THREAD)
    if host is None:
        return refuse(why, "open it elsewhere and link it by hand")
    home, why = supported(context, item.source, Capability.REPLY)
    if home is None:
        return refuse(why, "open it elsewhere and link it by hand")
    guests = _guests(act, item, context.inbox)
    fault = _fault(act, item, guests, host, home) or time_fault(context, act.later)
    if fault is not None:
        return fault
    due = context.due(2 + len(guests), act.later)
    opening = entry_of(Kind.THREAD, item, host, context, act_id, due)
    outgoing = Outgoing(
        client_id=opening.id,
        text=act.text.strip(),
        created_at=context.now,
        title=act.title.strip(),
        pin=act.pin and has_room(context.inbox, host.source, host),
    )
    opening = structs.replace(opening, source=host.source, outgoing=outgoing, template=act.template, native_id="")
    link = entry_of(Kind.HOUSE_COMMENT, item, home, context, act_id, due)
    parent = item.comment.post_id or item.comment.native_id
    said = answer(link.id, act.house_comment.strip(), item.comment, context, parent)
    entries = [opening, structs.replace(link, outgoing=said, waits_for=opening.id)]
    for guest in guests:
        entry = entry_of(Kind.INVITATION, guest, home, context, act_id, due)
        text = home.mention_prefix(guest.comment) + act.invitation.strip()
        said = answer(entry.id, text, guest.comment, context, guest.comment.native_id)
        entries.append(structs.replace(entry, outgoing=said, waits_for=opening.id))
    entries = [structs.replace(entry, scheduled=act.later is not None) for entry in entries]
    event = Queued(at=context.now, by=context.by, entries=tuple(entries))
    done = desk.Done(act=act_id, keys=(item.key, *(g.key for g in guests)), due_at=due, sendings=len(entries))
    return Plan(done, (event,))


def _guests(act: desk.OpenThread, item: Item, inbox: Inbox) -> list[Item]:
    """Return the comments whose authors are invited: of this account, still there, each person once."""
    asked = [inbox.items[k] for k in act.invite if k in inbox.items]
    guests = [i for i in asked if i.source == item.source and not i.own and not i.gone]
    return list({i.comment.author.native_id: i for i in reversed(guests)}.values())[::-1]


def _fault(act: desk.OpenThread, item: Item, guests: Sequence[Item], host: Connector, home: Connector) -> Plan | None:
    if len(guests) > desk.MAX_INVITATIONS:
        return refuse(f"{len(guests)} invitations are too many", f"invite {desk.MAX_INVITATIONS} people at most")
    fault = text_fault(act.text, host.measure(act.text.strip(), Writing.POST)) or _title_fault(act.title.strip(), host)
    if fault is not None:
        return fault
    called = (home.mention_prefix(guest.comment) for guest in guests)
    for text, before, name in (
        (act.house_comment, "", "the house comment"),
        (act.invitation if guests else "$link", max(called, key=len, default=""), "the invitation"),
    ):
        if "$link" not in text and "${link}" not in text:
            return refuse(f"{name} does not hold the link", "put $link where the address belongs")
        longest = before + text.strip().replace("${link}", "$link").replace("$link", LONG_LINK)
        fault = text_fault(text, measured_beside(item, home, longest), link=True)
        if fault is not None:
            return fault
    return None


def _title_fault(title: str, host: Connector) -> Plan | None:
    measured = host.measure(title, Writing.TITLE)
    return None if measured.fits else refuse(f"the title is {measured.refusal}", measured.way_on)


def askers(inbox: Inbox, item: Item) -> list[Item]:
    """List whom a thread may invite: who asked something under the post and has no answer, longest waiting first."""
    keys = inbox.items.under(item.source, item.comment.post_id)
    waiting = [inbox.items[k] for k in keys if k in inbox.questions]
    found = [i for i in waiting if not i.is_danger and not _spoken_to(inbox, i)]
    found.sort(key=written_at)
    return list({i.comment.author.native_id: i for i in reversed(found)}.values())[::-1][: desk.MAX_INVITATIONS]


def _spoken_to(inbox: Inbox, item: Item) -> bool:
    return any(entry.kind in TO_A_PERSON and entry.state in COUNTS for entry in inbox.sendings(item.key))


# -- closing ---------------------------------------------------------------------------------------


def close(act: CloseThread, context: Context, act_id: str) -> Plan:
    """Decide what closing a thread comes to: a last word, its place given up, no new comments where that can be."""
    thread = context.inbox.outbox.get(act.thread)
    if thread is None or thread.kind is not Kind.THREAD:
        return refuse("there is no such thread")
    if thread.state is not DeliveryState.SENT or thread.receipt is None:
        return refuse("this thread is not open", "what has not left is taken back in the outbox")
    last = _lock(context.inbox, thread)
    if (last is not None and last.kind is Kind.CLOSE) == act.closed:
        return refuse("this thread is closed, or closing" if act.closed else "this thread is open")
    connector = context.connectors.get(thread.source)
    if connector is None:
        return refuse(NOT_CONNECTED)
    entries: list[OutboxEntry] = []
    if act.closed and act.words.strip():
        fault = text_fault(act.words, connector.measure(act.words.strip()))
        if fault is not None:
            return fault
        entries.append(_last_word(act.words.strip(), thread, connector, context, act_id))
    kinds = [Kind.CLOSE if act.closed else Kind.REOPEN]
    if act.closed and thread in pinned_on(context.inbox, thread.source):
        kinds.insert(0, Kind.UNPIN)
    due = context.due(len(entries) + len(kinds))
    for kind in kinds:
        native_id = thread.receipt.remote_id if kind is Kind.UNPIN else thread.receipt.thread_id
        entries.append(
            upkeep(kind, thread, act=act_id, by=context.by, now=context.now, due_at=due, native_id=native_id)
        )
    entries = [structs.replace(entry, due_at=due) for entry in entries]
    event = Queued(at=context.now, by=context.by, entries=tuple(entries))
    return Plan(desk.Done(act=act_id, due_at=due, sendings=len(entries)), (event,))


def _last_word(text: str, thread: OutboxEntry, connector: Connector, context: Context, act_id: str) -> OutboxEntry:
    assert thread.receipt is not None  # it is open
    entry = upkeep(
        Kind.HOUSE_COMMENT,
        thread,
        act=act_id,
        by=context.by,
        now=context.now,
        due_at=context.now,
        native_id=thread.receipt.thread_id,
    )
    client_id = connector.new_client_id()
    outgoing = Outgoing(
        client_id=client_id,
        text=text,
        created_at=context.now,
        parent_id=thread.receipt.thread_id,
        post_id=thread.receipt.thread_id,
    )
    return structs.replace(entry, id=client_id, outgoing=outgoing)


def _lock(inbox: Inbox, thread: OutboxEntry) -> OutboxEntry | None:
    """Return the latest closing or reopening of a thread that counts."""
    changes = (inbox.outbox[i] for i in reversed(inbox.about.get(thread.id, ())))
    return next((c for c in changes if c.kind in {Kind.CLOSE, Kind.REOPEN} and c.state in COUNTS), None)


# -- what the desk shows ---------------------------------------------------------------------------


def listed(inbox: Inbox, connectors: Mapping[str, Connector], now: datetime) -> tuple[Thread, ...]:
    """Describe every dedicated thread, newest first, those that want attention before those that are over."""
    entries = [e for i in reversed(inbox.published) if (e := inbox.outbox[i]).kind is Kind.THREAD]
    found = [_describe(inbox, entry, connectors.get(entry.source), now) for entry in entries]
    over = {ThreadState.CLOSED, ThreadState.ARCHIVED, ThreadState.TAKEN_BACK, ThreadState.FAILED}
    return tuple(sorted(found, key=lambda thread: thread.state in over))


def silent(inbox: Inbox, now: datetime) -> list[OutboxEntry]:
    """List the open threads in which visitors have waited for SILENT_AFTER since the house last spoke."""
    entries = (inbox.outbox[i] for i in inbox.thread_posts.values())
    return [e for e in entries if _is_open(inbox, e) and _is_silent(*_heard(inbox, e)[:2], now)]


def _is_open(inbox: Inbox, thread: OutboxEntry) -> bool:
    lock = _lock(inbox, thread)
    return thread.state is DeliveryState.SENT and (lock is None or lock.kind is Kind.REOPEN)


def _heard(inbox: Inbox, thread: OutboxEntry) -> tuple[datetime, int, int, int]:
    """Return when the house spoke in a thread last, how many comments came since, all of them, and the open ones."""
    assert thread.receipt is not None  # it was opened
    spoke, since, count, still = thread.receipt.at, 0, 0, 0
    for key in inbox.items.under(thread.source, thread.receipt.thread_id, HEARD):
        item = inbox.items[key]
        if item.own:
            spoke, since = max(spoke, written_at(item)), 0
        elif not item.gone:
            since, count, still = since + item.is_open, count + 1, still + item.is_open
    return spoke, since, count, still


def _is_silent(spoke: datetime, since: int, now: datetime) -> bool:
    return since > 0 and now - spoke >= SILENT_AFTER


def _describe(inbox: Inbox, entry: OutboxEntry, connector: Connector | None, now: datetime) -> Thread:
    assert entry.outgoing is not None  # every thread has an opening
    followers = [inbox.outbox[i] for i in inbox.about.get(entry.id, ())]
    link = next((f for f in followers if f.kind in {Kind.HOUSE_COMMENT, Kind.NOTICE} and f.waits_for), None)
    origin = inbox.posts.get((link.source, link.outgoing.post_id)) if link and link.outgoing else None
    spoke, since, count, still = _heard(inbox, entry) if entry.state in PUBLIC and entry.receipt else (None, 0, 0, 0)
    state = _state(inbox, entry, still)
    return Thread(
        id=entry.id,
        source=entry.source,
        network=connector.name if connector else "",
        post_id=entry.receipt.thread_id if entry.receipt else "",
        title=entry.outgoing.title or entry.outgoing.text[:60],
        text=entry.outgoing.text,
        about=(origin.title or origin.text[:60]) if origin else "",
        by=entry.by,
        state=state,
        pinned=is_pinned(entry) and entry in pinned_on(inbox, entry.source),
        at=entry.receipt.at if entry.receipt else entry.due_at,
        url=entry.receipt.url if entry.receipt else "",
        announced=link.state if link else None,
        invited=sum(f.kind is Kind.INVITATION and f.state in COUNTS for f in followers),
        comments=count,
        open=still,
        spoke_at=spoke,
        silent=state is ThreadState.OPEN and spoke is not None and _is_silent(spoke, since, now),
        message=entry.message,
        hint=entry.hint,
        history=history(inbox, entry),
    )


def _state(inbox: Inbox, entry: OutboxEntry, still: int) -> ThreadState:
    if entry.state not in PUBLIC:
        return _PENDING[entry.state]
    lock = _lock(inbox, entry)
    if lock is None or lock.kind is Kind.REOPEN:
        return ThreadState.OPEN
    if lock.state not in PUBLIC:
        return ThreadState.CLOSING
    return ThreadState.CLOSED if still else ThreadState.ARCHIVED
