"""Triage: what an operator's act means for these items; decides events, holds back, refuses with a reason."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from string import Template
from uuid import uuid4

from msgspec import Struct, structs

from connectors._contract import Connector
from connectors._model import Capability, Comment, Measure, Outgoing, Support
from inbox import desk
from inbox.events import AnyEvent, Before, Claimed, Corrected, Hidden, Noted, Queued, Released, StateSet
from inbox.fold import Inbox
from inbox.item import Item, TriageState
from inbox.outbox import COUNTS, TO_A_PERSON, Countdown, Kind, OutboxEntry
from scoring.assessment import RiskLevel

JokeGate = Callable[[Item, str], str]
"""Given an item and a template id: why this joke must not be told, or ""."""


class Context(Struct, frozen=True, kw_only=True):
    """Who acts, when, and through what.

    Attributes:
        inbox: the inbox as it stands; only read.
        by: the operator.
        now: the moment of the decision.
        connectors: the live connectors by source name; a source may be missing (an import).
        joke_gate: asks the templates whether a joke may be told.
        countdown: how long what leaves the house waits first.
    """

    inbox: Inbox
    by: str
    now: datetime
    connectors: Mapping[str, Connector]
    joke_gate: JokeGate
    countdown: Countdown = Countdown()


class Plan(Struct, frozen=True):
    """What an act comes to.

    Attributes:
        done: the answer to the operator.
        events: what the journal will keep; empty when refused.
        before: how the items stood, for taking it back.
    """

    done: desk.Done
    events: tuple[AnyEvent, ...] = ()
    before: tuple[Before, ...] = ()


def refuse(why: str, hint: str = "") -> Plan:
    """Refuse an act with a reason and, where there is one, a way on."""
    return Plan(desk.Done(refused=why, hint=hint))


def plan(act: desk.Act, keys: Sequence[str], context: Context, act_id: str = "") -> Plan:
    """Decide what `act` on `keys` comes to, as a part of `act_id` or an act of its own; changes nothing."""
    items = [context.inbox.items[key] for key in dict.fromkeys(keys) if key in context.inbox.items]
    if not items:
        return refuse("nothing is selected")
    act_id = act_id or uuid4().hex[:12]
    handlers: dict[type, Callable[..., Plan]] = {
        desk.SetState: _set_state,
        desk.Claim: _claim,
        desk.Correct: _correct,
        desk.AddNote: _note,
        desk.Reply: _reply,
        desk.Hide: _hide,
        desk.PinNotice: _notice,
        desk.OpenThread: _thread,
    }
    return handlers[type(act)](act, items, context, act_id)


# -- private acts ----------------------------------------------------------------------------------


def held_back_from_bulk(item: Item, by: str) -> str:
    """Why a bulk act leaves an item alone: "critical", "question", "claimed:NAME", or "" when it does not."""
    if item.is_danger:
        return "critical"
    if item.is_question:
        return "question"
    if item.claimed_by and item.claimed_by != by:
        return f"claimed:{item.claimed_by}"
    return ""


def _before(items: Sequence[Item]) -> tuple[Before, ...]:
    return tuple(standing(i) for i in items)


def standing(item: Item) -> Before:
    """Return how an item stands, as far as an act of triage can change it."""
    return Before(item.key, item.state, item.claimed_by, item.corrected, item.snoozed_until)


def _set_state(act: desk.SetState, items: list[Item], context: Context, act_id: str) -> Plan:
    if act.state is TriageState.SNOOZED and (act.until is None or act.until.tzinfo is None):
        return refuse("put off until when?")  # nobody would ever see it again
    held: list[tuple[str, str]] = []
    chosen = [item for item in items if item.state != act.state and not item.own]
    closing = act.state in {TriageState.DONE, TriageState.ANSWERED, TriageState.SNOOZED}
    if closing and len(items) > 1 and not act.include_held_back:
        held = [(i.key, why) for i in chosen if (why := held_back_from_bulk(i, context.by))]
        left = {key for key, _ in held}
        chosen = [i for i in chosen if i.key not in left]
    if not chosen:
        return Plan(desk.Done(held_back=tuple(held), refused="" if held else "nothing to change here"))
    keys = tuple(i.key for i in chosen)
    event = StateSet(at=context.now, by=context.by, keys=keys, state=act.state, act=act_id, until=act.until)
    return Plan(desk.Done(act=act_id, keys=keys, held_back=tuple(held)), (event,), _before(chosen))


def _claim(act: desk.Claim, items: list[Item], context: Context, act_id: str) -> Plan:
    if act.claim:
        held = tuple((i.key, f"claimed:{i.claimed_by}") for i in items if i.claimed_by not in {"", context.by})
        chosen = [i for i in items if not i.claimed_by and not i.own]
    else:
        held = tuple((i.key, f"claimed:{i.claimed_by}") for i in items if i.claimed_by not in {"", context.by})
        chosen = [i for i in items if i.claimed_by == context.by]
    if not chosen:
        who = held[0][1].partition(":")[2] if held else ""
        return Plan(desk.Done(held_back=held, refused=f"{who} is on it" if who else ""))
    keys = tuple(i.key for i in chosen)
    kind = Claimed if act.claim else Released
    event = kind(at=context.now, by=context.by, keys=keys, act=act_id)
    return Plan(desk.Done(act=act_id, keys=keys, held_back=held), (event,), _before(chosen))


def _correct(act: desk.Correct, items: list[Item], context: Context, act_id: str) -> Plan:
    events: list[AnyEvent] = []
    changed: list[Item] = []
    for item in items:
        level = RiskLevel(max(RiskLevel.CALM, min(RiskLevel.CRITICAL, item.level + act.step)))
        if level != item.level:
            changed.append(item)
            events.append(
                Corrected(
                    at=context.now,
                    by=context.by,
                    keys=(item.key,),
                    level=None if level == item.assessment.level else level,
                    act=act_id,
                )
            )
    if not events:
        return refuse("it is already at the end of the scale")
    return Plan(desk.Done(act=act_id, keys=tuple(i.key for i in changed)), tuple(events), _before(changed))


def _note(act: desk.AddNote, items: list[Item], context: Context, act_id: str) -> Plan:
    if not act.text.strip():
        return refuse("an empty note says nothing")
    event = Noted(at=context.now, by=context.by, key=items[0].key, text=act.text.strip())
    return Plan(desk.Done(act=act_id, keys=(items[0].key,)), (event,))


# -- acts on platforms -----------------------------------------------------------------------------


def _supported(context: Context, item: Item, capability: Capability) -> tuple[Connector | None, str]:
    connector = context.connectors.get(item.source)
    if connector is None:
        return None, "this source is not connected: its comments can be read, not answered"
    support = connector.capabilities.get(capability, Support("no", ""))
    return (connector, "") if support.can != "no" else (None, support.reason)


def answered_by(inbox: Inbox, item: Item) -> OutboxEntry | None:
    """Return the answer that this item already has, or that is on its way."""
    for entry in reversed(inbox.sendings(item.key)):
        if entry.kind in TO_A_PERSON and entry.state in COUNTS:
            return entry
    return None


def unfilled(text: str, *, link: bool = False) -> list[str]:
    """List the `$placeholders` left in a text; they block sending."""
    names = Template(text).get_identifiers()
    return [name for name in names if not (link and name == "link")]


def _text_fault(text: str, measure: Measure, *, link: bool = False) -> Plan | None:
    if not text.strip():
        return refuse("the text is empty")
    missing = unfilled(text, link=link)
    if missing:
        return refuse(f"{', '.join('$' + m for m in missing)} is empty", "fill it in before sending")
    if not measure.fits:
        return refuse(f"too long: {measure.used} of {measure.limit} {measure.unit}", "shorten it")
    return None


def _reply(act: desk.Reply, items: list[Item], context: Context, act_id: str) -> Plan:
    if len(items) > 1:
        return refuse("one reply goes to one person", "for many people open a dedicated thread (c t)")
    item = items[0]
    connector, why = _supported(context, item, Capability.REPLY)
    if connector is None:
        return refuse(why)
    if item.own:
        return refuse("the house wrote this itself")
    if item.gone:
        return refuse("the platform no longer shows this comment")
    if item.claimed_by not in {"", context.by} and not act.again:
        return refuse(f"{item.claimed_by} is on it", "ask, or answer all the same from the warning")
    earlier = answered_by(context.inbox, item)
    if earlier is not None and not act.again:
        return refuse(f"{earlier.by} has already answered this comment", "see the outbox (O)")
    joke = context.joke_gate(item, act.template) if act.template else ""
    if joke:
        return refuse(joke, "choose a plain reply, or forward it")
    text = connector.mention_prefix(item.comment) + act.text.strip()
    fault = _text_fault(act.text, connector.measure(text))
    if fault is not None:
        return fault
    entry = _entry(Kind.REPLY, item, connector, context, act_id, context.countdown.due_after(context.now, 1))
    entry = structs.replace(
        entry, template=act.template, outgoing=_answer(entry.id, text, item.comment, context, item.comment.native_id)
    )
    events: list[AnyEvent] = [Queued(at=context.now, by=context.by, entries=(entry,))]
    if not item.claimed_by:
        events.insert(0, Claimed(at=context.now, by=context.by, keys=(item.key,), act=act_id))
    done = desk.Done(act=act_id, keys=(item.key,), due_at=entry.due_at, sendings=1)
    return Plan(done, tuple(events), _before([item]))


def _entry(
    kind: Kind, item: Item, connector: Connector, context: Context, act_id: str, due_at: datetime
) -> OutboxEntry:
    return OutboxEntry(
        id=connector.new_client_id(),
        act=act_id,
        kind=kind,
        source=item.source,
        by=context.by,
        queued_at=context.now,
        due_at=due_at,
        target=item.key if kind in {Kind.REPLY, Kind.INVITATION, Kind.HIDE, Kind.UNHIDE} else "",
        native_id=item.comment.native_id,
    )


def _answer(client_id: str, text: str, comment: Comment, context: Context, parent_id: str) -> Outgoing:
    return Outgoing(
        client_id=client_id,
        text=text,
        created_at=context.now,
        parent_id=parent_id,
        post_id=comment.post_id,
        visibility=comment.visibility,
    )


def _hide(act: desk.Hide, items: list[Item], context: Context, act_id: str) -> Plan:
    if not act.reason.strip():
        return refuse("hiding needs a reason from the house's charter")
    kind = Kind.HIDE if act.hidden else Kind.UNHIDE
    held: list[tuple[str, str]] = []
    entries: list[OutboxEntry] = []
    due = context.countdown.due_after(context.now, len(items))
    why = ""
    for item in items:
        connector, why_not = _supported(context, item, Capability.HIDE)
        if connector is None:
            held.append((item.key, "unsupported"))
            why = why_not
        elif item.hidden != act.hidden and not item.own:
            entry = _entry(kind, item, connector, context, act_id, due)
            entries.append(structs.replace(entry, reason=act.reason.strip()))
    if not entries:
        return refuse(why or ("it is already hidden" if act.hidden else "it is not hidden"))
    event = Queued(at=context.now, by=context.by, entries=tuple(entries))
    done = desk.Done(
        act=act_id,
        keys=tuple(e.target for e in entries),
        held_back=tuple(held),
        due_at=due,
        sendings=len(entries),
    )
    return Plan(done, (event,))


def hidden_event(entry: OutboxEntry, now: datetime) -> Hidden | None:
    """Return what a carried-out moderation means for its item."""
    if entry.kind not in {Kind.HIDE, Kind.UNHIDE}:
        return None
    return Hidden(at=now, by=entry.by, key=entry.target, hidden=entry.kind is Kind.HIDE)


def _notice(act: desk.PinNotice, items: list[Item], context: Context, act_id: str) -> Plan:
    item = items[0]
    connector, why = _supported(context, item, Capability.PIN_NOTICE)
    if connector is None:
        return refuse(why, "copy the text and pin it by hand (Y)")
    fault = _text_fault(act.text, connector.measure(act.text))
    if fault is not None:
        return fault
    entry = _entry(Kind.NOTICE, item, connector, context, act_id, context.countdown.due_after(context.now, 1))
    outgoing = Outgoing(client_id=entry.id, text=act.text.strip(), created_at=context.now, post_id=item.comment.post_id)
    entry = structs.replace(entry, outgoing=outgoing, template=act.template, native_id="")
    done = desk.Done(act=act_id, keys=(item.key,), due_at=entry.due_at, sendings=1)
    return Plan(done, (Queued(at=context.now, by=context.by, entries=(entry,)),))


def _thread(act: desk.OpenThread, items: list[Item], context: Context, act_id: str) -> Plan:
    item = items[0]
    connector, why = _supported(context, item, Capability.OPEN_THREAD)
    if connector is None:
        return refuse(why, "open it elsewhere and link it by hand")
    guests = _guests(act, item, context.inbox)
    fault = _thread_fault(act, guests, connector)
    if fault is not None:
        return fault
    due = context.countdown.due_after(context.now, 2 + len(guests))
    opening = _entry(Kind.THREAD, item, connector, context, act_id, due)
    outgoing = Outgoing(client_id=opening.id, text=act.text.strip(), created_at=context.now, title=act.title.strip())
    entries = [structs.replace(opening, outgoing=outgoing, template=act.template, native_id="")]
    link = _entry(Kind.HOUSE_COMMENT, item, connector, context, act_id, due)
    parent = item.comment.post_id or item.comment.native_id
    said = _answer(link.id, act.house_comment.strip(), item.comment, context, parent)
    entries.append(structs.replace(link, outgoing=said, waits_for=opening.id))
    for guest in guests:
        entry = _entry(Kind.INVITATION, guest, connector, context, act_id, due)
        text = connector.mention_prefix(guest.comment) + act.invitation.strip()
        said = _answer(entry.id, text, guest.comment, context, guest.comment.native_id)
        entries.append(structs.replace(entry, outgoing=said, waits_for=opening.id))
    event = Queued(at=context.now, by=context.by, entries=tuple(entries))
    done = desk.Done(act=act_id, keys=(item.key, *(g.key for g in guests)), due_at=due, sendings=len(entries))
    return Plan(done, (event,))


def _guests(act: desk.OpenThread, item: Item, inbox: Inbox) -> list[Item]:
    """Return the comments whose authors are invited: of this account, still there, each person once."""
    asked = [inbox.items[k] for k in act.invite if k in inbox.items]
    guests = [i for i in asked if i.source == item.source and not i.own and not i.gone]
    return list({i.comment.author.native_id: i for i in reversed(guests)}.values())[::-1]


LINK_LENGTH = 60
"""Characters allowed for in place of `$link` while a text is measured."""


def _thread_fault(act: desk.OpenThread, guests: Sequence[Item], connector: Connector) -> Plan | None:
    if len(guests) > desk.MAX_INVITATIONS:
        return refuse(f"{len(guests)} invitations are too many", f"invite {desk.MAX_INVITATIONS} people at most")
    fault = _text_fault(act.text, connector.measure(act.text))
    if fault is not None:
        return fault
    for text, name in (
        (act.house_comment, "the house comment"),
        (act.invitation if guests else "$link", "the invitation"),
    ):
        if "$link" not in text and "${link}" not in text:
            return refuse(f"{name} does not hold the link", "put $link where the address belongs")
        longest = text.replace("${link}", "$link").replace("$link", "x" * LINK_LENGTH)
        fault = _text_fault(text, connector.measure(longest), link=True)
        if fault is not None:
            return fault
    return None
