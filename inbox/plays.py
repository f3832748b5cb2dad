"""Plays decided: an answer to a situation becomes one plan, put together from the acts there are."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import uuid4

from msgspec import structs

from connectors._contract import Connector
from connectors._model import Capability
from inbox import desk, triage
from inbox.events import AnyEvent, Queued
from inbox.fold import Inbox
from inbox.following import follow, latecomers
from inbox.item import TriageState
from inbox.outbox import Kind, OutboxEntry
from inbox.planning import priced
from inbox.play import Answer, Play
from inbox.triage import Context, Plan, refuse

DANGER_FIRST = "a comment under this post may be a danger to somebody"
"""Why a play stops: danger outranks it."""


def plan(act: desk.Act, keys: Sequence[str], context: Context, act_id: str = "") -> Plan:
    """Decide what any act comes to, as `act_id` or an act of its own; a play's own keys count. Changes nothing."""
    act_id = act_id or uuid4().hex[:12]
    planned = _play(act, context, act_id) if isinstance(act, Play) else triage.plan(act, keys, context, act_id)
    return priced(planned, context)


def dangers_under(inbox: Inbox, source: str, post_id: str) -> tuple[str, ...]:
    """List the open suspected dangers under a post, oldest first."""
    found = (inbox.items.hot[key] for key in inbox.dangers)
    under = [item for item in found if item.source == source and item.post == post_id]
    return tuple(item.key for item in sorted(under, key=lambda item: (item.at, item.key)))


def _play(play: Play, context: Context, act_id: str) -> Plan:
    inbox = context.inbox
    if any(key not in play.dangers for key in dangers_under(inbox, play.source, play.post_id)):
        return refuse(DANGER_FIRST, "look at it first")
    parts: list[Plan] = []
    for act in _acts(play):
        part = triage.plan(act, [play.anchor], context, act_id)
        if part.done.refused:
            return part  # a play is done whole or not at all
        parts.append(part)
    closing = _closing(play, context, act_id)
    if not parts and not closing.done.keys:
        return structs.replace(closing, done=structs.replace(closing.done, refused="nothing to change here"))
    plan = _together(play, [*parts, closing], act_id)
    return _pinned(play, plan, context) if play.pin else plan


def _acts(play: Play) -> Iterable[desk.Act]:
    """Return what leaves the house."""
    if play.answer is Answer.THREAD:
        yield desk.OpenThread(
            title=play.title, text=play.text, house_comment=play.house_comment, template=play.template
        )
    elif play.answer is Answer.NOTICE:
        yield desk.PinNotice(text=play.text, template=play.template)
    elif play.answer is Answer.APPEAL:  # it speaks to the thread: who was answered before plays no part
        yield desk.Reply(text=play.text, template=play.template, again=True)
    elif play.answer is Answer.OFFBEAT:
        yield desk.Reply(text=play.text, template=play.template)


def _closing(play: Play, context: Context, act_id: str) -> Plan:
    """Close what the play closes; what a bulk holds back is held back here however few they are."""
    replied = play.anchor if play.answer in {Answer.APPEAL, Answer.OFFBEAT} else ""
    items = [context.inbox.items[key] for key in dict.fromkeys(play.close) if key in context.inbox.items]
    items = [item for item in items if item.is_open and item.key != replied]
    held = tuple((item.key, why) for item in items if (why := triage.held_back_from_bulk(item, context.by)))
    left = dict(held)
    keys = [item.key for item in items if item.key not in left]
    if not keys:
        return Plan(desk.Done(held_back=held))
    act = desk.SetState(TriageState.DONE, include_held_back=True, follow=False)  # both are decided here
    closed = triage.plan(act, keys, context, act_id)
    waves = dict.fromkeys(item.wave for item in items if item.wave)
    later = (*follow(waves, act_id, context), *latecomers(waves, play.close, act_id, context)) if play.follow else ()
    done = structs.replace(closed.done, held_back=held)
    return structs.replace(closed, events=(*closed.events, *later), done=done)


def _together(play: Play, parts: Sequence[Plan], act_id: str) -> Plan:
    """Make one plan of several: one act, and everything leaves at the same moment.

    What it reaches are the comments that it closes or answers; whoever is only spoken near is not among them.
    """
    answered = (play.anchor,) if play.answer in {Answer.APPEAL, Answer.OFFBEAT} else ()
    due_at = max((part.done.due_at for part in parts if part.done.due_at is not None), default=None)
    done = desk.Done(
        act=act_id,
        keys=(*answered, *parts[-1].done.keys) or (play.anchor,),
        held_back=tuple(held for part in parts for held in part.done.held_back),
        due_at=due_at,
        sendings=sum(part.done.sendings for part in parts),
    )
    events = tuple(_due(event, due_at) for part in parts for event in part.events)
    return Plan(done, events, tuple(before for part in parts for before in part.before))


def _due(event: AnyEvent, due_at: datetime | None) -> AnyEvent:
    if not isinstance(event, Queued) or due_at is None:
        return event
    return structs.replace(event, entries=tuple(structs.replace(e, due_at=due_at) for e in event.entries))


def _pinned(play: Play, plan: Plan, context: Context) -> Plan:
    """Pin the house comment: itself where pins stand under the post, else a copy of it where they stand."""
    connector = context.connectors[play.source]
    support = connector.capabilities.get(Capability.PIN_NOTICE)
    if support is None or support.can == "no":
        return refuse(support.reason if support else "", "leave the pin out")
    under = connector.traits.pin_scope == "thread"
    events = tuple(_with_pin(event, connector, under=under) for event in plan.events)
    more = 0 if under else 1
    return structs.replace(plan, events=events, done=structs.replace(plan.done, sendings=plan.done.sendings + more))


def _with_pin(event: AnyEvent, connector: Connector, *, under: bool) -> AnyEvent:
    if not isinstance(event, Queued):
        return event
    entries: list[OutboxEntry] = []
    for entry in event.entries:
        pinned = entry.kind is Kind.HOUSE_COMMENT and entry.outgoing is not None
        if not (pinned and under):
            entries.append(entry)
        if pinned and entry.outgoing is not None:
            id_ = entry.id if under else connector.new_client_id()
            said = structs.replace(entry.outgoing, client_id=id_, parent_id=None)
            entries.append(structs.replace(entry, id=id_, kind=Kind.NOTICE, native_id="", outgoing=said))
    return structs.replace(event, entries=tuple(entries))
