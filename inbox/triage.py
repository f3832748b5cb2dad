"""Triage: what an operator's act means for these items; decides events, holds back, refuses with a reason."""

from collections.abc import Callable, Sequence
from uuid import uuid4

from msgspec import structs

from connectors._model import Capability
from inbox import corridor, desk, moderating, notices, own, threads
from inbox.events import AnyEvent, Before, Claimed, Corrected, Noted, Queued, Released, StateSet
from inbox.evidence.capture import capture
from inbox.fold import Inbox
from inbox.following import decided_waves, follow, no_longer
from inbox.item import Item, TriageState
from inbox.moderation import Hide, Remove, Spam
from inbox.outbox import COUNTS, TO_A_PERSON, Kind, OutboxEntry
from inbox.planning import (
    Context,
    JokeGate,
    Plan,
    answer,
    entry_of,
    held_back_from_bulk,
    measured_beside,
    refuse,
    standing,
    supported,
    text_fault,
    time_fault,
    unfilled,
)
from inbox.published import CloseThread, DeleteOwn, EditOwn, Unpin
from scoring.assessment import RiskLevel

__all__ = [
    "Context",
    "JokeGate",
    "Plan",
    "answered_by",
    "held_back_from_bulk",
    "plan",
    "refuse",
    "standing",
    "unfilled",
]


def plan(act: desk.Act, keys: Sequence[str], context: Context, act_id: str = "") -> Plan:
    """Decide what `act` on `keys` comes to, as a part of `act_id` or an act of its own; changes nothing."""
    act_id = act_id or uuid4().hex[:12]
    ours: dict[type, Callable[..., Plan]] = {
        Unpin: notices.unpin,
        CloseThread: threads.close,
        EditOwn: own.edit,
        DeleteOwn: own.delete,
    }
    if type(act) in ours:
        return ours[type(act)](act, context, act_id)
    items = [context.inbox.items[key] for key in dict.fromkeys(keys) if key in context.inbox.items]
    if not items:
        return refuse("nothing is selected")
    handlers: dict[type, Callable[..., Plan]] = {
        desk.SetState: _set_state,
        desk.Claim: _claim,
        desk.Correct: _correct,
        desk.AddNote: _note,
        desk.Capture: capture,
        desk.Suspect: corridor.suspect,
        desk.Block: corridor.block,
        desk.Reply: _reply,
        Hide: moderating.hide,
        Remove: moderating.remove,
        Spam: moderating.mark_spam,
        desk.PinNotice: notices.pin,
        desk.OpenThread: threads.open_one,
    }
    return handlers[type(act)](act, items, context, act_id)


# -- private acts ----------------------------------------------------------------------------------


def _before(items: Sequence[Item]) -> tuple[Before, ...]:
    return tuple(standing(i) for i in items)


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
    waves = decided_waves(chosen, context) if act.follow and act.state is TriageState.DONE else ()
    later = follow(waves, act_id, context)
    if act.state is TriageState.NEW:
        later = no_longer(chosen, act_id, context)
    done = desk.Done(act=act_id, keys=keys, held_back=tuple(held), follows=len(waves))
    return Plan(done, (event, *later), _before(chosen))


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


def answered_by(inbox: Inbox, item: Item) -> OutboxEntry | None:
    """Return the answer that this item already has, or that is on its way."""
    for entry in reversed(inbox.sendings(item.key)):
        if entry.kind in TO_A_PERSON and entry.state in COUNTS:
            return entry
    return None


def _reply(act: desk.Reply, items: list[Item], context: Context, act_id: str) -> Plan:
    if len(items) > 1:
        return refuse("one reply goes to one person", "for many people open a dedicated thread (c t)")
    item = items[0]
    connector, why = supported(context, item.source, Capability.REPLY)
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
    if joke and not act.despite.strip():
        return refuse(joke, "choose a plain reply, forward it, or ask a second person")
    text = connector.mention_prefix(item.comment) + act.text.strip()
    fault = text_fault(act.text, measured_beside(item, connector, text)) or time_fault(context, act.later)
    if fault is not None:
        return fault
    entry = entry_of(Kind.REPLY, item, connector, context, act_id, context.due(1, act.later))
    entry = structs.replace(
        entry,
        template=act.template,
        scheduled=act.later is not None,
        outgoing=answer(entry.id, text, item.comment, context, item.comment.native_id),
    )
    events: list[AnyEvent] = [Queued(at=context.now, by=context.by, entries=(entry,))]
    if not item.claimed_by:
        events.insert(0, Claimed(at=context.now, by=context.by, keys=(item.key,), act=act_id))
    done = desk.Done(act=act_id, keys=(item.key,), due_at=entry.due_at, sendings=1)
    return Plan(done, tuple(events), _before([item]))
