"""Four eyes: which acts wait for a second person, who may give their word, and what an approved act comes to."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import uuid4

import msgspec
from msgspec import structs

from inbox import desk, plays
from inbox.approval import Approval, Given, How, Kinds, Pending, Stand, Submission, Why, Words
from inbox.events import AnyEvent, Approved, Claimed, Queued, SentBack, Submitted
from inbox.fold import Inbox
from inbox.outbox import DeliveryState, OutboxEntry
from inbox.planning import Context, Plan, refuse
from inbox.play import Answer, Play
from inbox.published import CloseThread, EditOwn

ABSENT_AFTER = timedelta(minutes=30)
"""After which silence at this desk a colleague counts as gone."""
SETTLED_SHOWN = 20
"""Settled submissions that are listed beside those that wait."""
EXCERPT = 200
LONGEST_NAME = 40
OF_PLAYS: dict[Answer, Kinds] = {
    Answer.THREAD: "threads",
    Answer.APPEAL: "replies",
    Answer.NOTICE: "notices",
    Answer.OFFBEAT: "replies",
}
FIELDS = ("title", "text", "words", "house_comment", "invitation", "reason")
"""What acts say in public, or write down as their reason, in the order it is read."""


def plan(act: desk.Act, keys: Sequence[str], context: Context) -> Plan:
    """Decide what any act comes to; where a second pair of eyes is wanted, nothing of it but its submission."""
    act_id = uuid4().hex[:12]
    planned = plays.plan(act, keys, context, act_id)
    if planned.done.refused or not planned.done.act:
        return planned
    why = _wanted(act, keys, context)
    return _submitted(act, keys, planned, why, context) if why else planned


# -- what wants them -------------------------------------------------------------------------------


def _wanted(act: desk.Act, keys: Sequence[str], context: Context) -> tuple[Why, ...]:
    """Say why an act waits for a second person; empty where it does not.

    What takes back, takes down or shows again never waits: caution needs no permission.
    """
    kinds = _kinds(act, context)
    rule = context.four_eyes
    crisis = context.inbox.weather.crisis_at(context.now) is not None
    found = {
        Why.HOUSE: not kinds.isdisjoint(rule.required),
        Why.CRISIS: crisis and not kinds.isdisjoint(rule.in_crisis),
        Why.TEMPLATE: rule.templates and context.wants_approval(getattr(act, "template", "")),
        Why.JOKE: bool(_heading(act, keys, context)),
    }
    return tuple(why for why, holds in found.items() if holds)


def _kinds(act: desk.Act, context: Context) -> set[Kinds]:
    match act:
        case desk.Reply():
            return {"replies", "jokes"} if context.is_joke(act.template) else {"replies"}
        case EditOwn():
            return {"replies"}
        case desk.PinNotice():
            return {"notices"}
        case desk.OpenThread():
            return {"threads"}
        case CloseThread():
            return {"threads"} if act.words.strip() else set()
        case desk.Hide():
            return {"hides"} if act.hidden else set()
        case desk.Remove() | desk.Spam():
            return {"hides"}
        case desk.Block():
            return {"blocks"} if act.blocked else set()
        case Play():
            kinds: set[Kinds] = {OF_PLAYS[act.answer]} if act.answer in OF_PLAYS else set()
            return kinds | {"jokes"} if act.answer is Answer.OFFBEAT else kinds
    return set()


def _heading(act: desk.Act, keys: Sequence[str], context: Context) -> str:
    """Say why the gate refuses a joke that its author would tell all the same, or ""."""
    if not isinstance(act, desk.Reply) or not act.despite.strip() or not act.template:
        return ""
    item = context.inbox.items.get(keys[0]) if keys else None
    return context.joke_gate(item, act.template) if item is not None else ""


# -- submitting ------------------------------------------------------------------------------------


def _submitted(act: desk.Act, keys: Sequence[str], planned: Plan, why: tuple[Why, ...], context: Context) -> Plan:
    """Submit an act that could be done: exact in every word, its author's hand on the comment, nothing sent."""
    about = (act.anchor,) if isinstance(act, Play) else tuple(dict.fromkeys(keys))
    event = Submitted(
        at=context.now,
        by=context.by,
        id=planned.done.act,
        act=msgspec.to_builtins(act),
        keys=about,
        why=why,
        heading=_heading(act, keys, context),
        reason=getattr(act, "despite", "").strip(),
    )
    hands = tuple(each for each in planned.events if isinstance(each, Claimed))
    done = structs.replace(planned.done, submitted=planned.done.act, due_at=None, sendings=0)
    return Plan(done, (event, *hands), planned.before if hands else ())


# -- approving -------------------------------------------------------------------------------------


def approve(submission: str, given: Given, context: Context) -> Plan:
    """Decide what a second person's word comes to: the act, planned anew as things stand, as its author's."""
    known = context.inbox.approvals.known.get(submission)
    if known is None or known.stand is not Stand.WAITING:
        return refuse("this does not wait for anybody's word any more", "see what came of it in the list")
    barred = _barred(known, given, context)
    if barred is not None:
        return barred
    rivals = rivals_of(known, context.inbox)
    if rivals and not given.instead:
        return refuse("two answers to one comment wait", "look at both; the one you choose sends the other back")
    planned = _again(known, context)
    if planned.done.refused:
        return planned
    own_word = given.how in {How.HERE, How.ALONE}
    word = Approval(
        by=context.by if own_word else given.by.strip(),
        how=given.how,
        at=given.at or context.now,
        noted_by="" if own_word else context.by,
        note=given.note.strip(),
    )
    back = tuple(
        SentBack(at=context.now, by=context.by, submission=rival, said="another answer was approved instead")
        for rival in rivals
    )
    events = tuple(_sealed(event, word) for event in planned.events)
    first = Approved(at=context.now, by=context.by, submission=known.id, approval=word)
    return structs.replace(planned, events=(first, *back, *events))


def _again(known: Submission, context: Context) -> Plan:
    """Plan a submitted act as things stand now."""
    act: desk.Act = msgspec.convert(known.act, desk.Act)
    later = getattr(act, "later", None)
    if later is not None and later <= context.now:
        act = structs.replace(act, later=None)  # the time it was to leave at passed while it waited
    context = structs.replace(context, by=known.by)
    heading = _heading(act, known.keys, context)
    if heading not in {"", known.heading}:
        return refuse(heading, "this is not the reason that was submitted: send it back")
    return plays.plan(act, known.keys, context, known.id)


def _sealed(event: AnyEvent, word: Approval) -> AnyEvent:
    if not isinstance(event, Queued):
        return event
    entries: tuple[OutboxEntry, ...] = tuple(structs.replace(entry, approval=word) for entry in event.entries)
    return structs.replace(event, entries=entries)


def _barred(known: Submission, given: Given, context: Context) -> Plan | None:
    """Say why this word does not count, or None."""
    if given.how is How.ALONE:
        return _not_alone(known, given, context)
    if given.how is How.HERE and given.by.strip() not in {"", context.by}:
        return refuse("whoever approves here does so at their own desk", "or say how: by phone, by mail, in person")
    name = context.by if given.how is How.HERE else given.by.strip()
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        return refuse("whose word is it?", "name the person who approved")
    if _same(name, known.by):
        return refuse("nobody approves their own", "ask a colleague, at the desk or by phone")
    approvers = context.four_eyes.approvers
    if approvers and not any(_same(name, other) for other in approvers):
        return refuse(f"{name} does not approve in this house", ", ".join(approvers))
    if given.at is not None and (given.at.tzinfo is None or given.at > context.now):
        return refuse("that word was not given yet", "say when it was given")
    return None


def _not_alone(known: Submission, given: Given, context: Context) -> Plan | None:
    """Say why nobody may go ahead alone here, or None: the house's rule, never a joke against the gate."""
    if not _same(context.by, known.by):
        return refuse("only its author can be alone with it", "approve it, or send it back")
    if Why.JOKE in known.why:
        return refuse("a joke against the gate needs a second person", "ask somebody, also by phone; or answer plainly")
    if context.four_eyes.alone != "reason":
        return refuse(
            "this house asks a second person, also by phone", 'alone = "reason" in [four_eyes] would allow it'
        )
    if not given.note.strip():
        return refuse("say why nobody could be asked")
    here = [
        who for who, at in context.inbox.heard.items() if not _same(who, known.by) and context.now - at < ABSENT_AFTER
    ]
    if here:
        return refuse(f"{here[0]} was at this desk a moment ago", "ask there first")
    return None


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def send_back(submission: str, said: str, context: Context) -> Plan:
    """Decide a submission's return to its author; the author's own is withdrawn."""
    known = context.inbox.approvals.known.get(submission)
    if known is None or known.stand is not Stand.WAITING:
        return refuse("this does not wait for anybody's word any more", "see what came of it in the list")
    if known.by != context.by and not said.strip():
        return refuse("say what should be different")
    event = SentBack(at=context.now, by=context.by, submission=known.id, said=said.strip())
    return Plan(desk.Done(act=known.id, keys=known.keys), (event,))


# -- looking ---------------------------------------------------------------------------------------


def rivals_of(known: Submission, inbox: Inbox) -> tuple[str, ...]:
    """List the other submissions that answer the same comment, or change the same words of ours."""
    mine = _addressed(known)
    others = (inbox.approvals.known[id_] for id_ in inbox.approvals.waiting if id_ != known.id)
    return tuple(other.id for other in others if not mine.isdisjoint(_addressed(other)))


def _addressed(known: Submission) -> set[str]:
    what = known.act["type"]
    if what == "reply" or (what == "play" and known.act.get("answer") in {"appeal", "offbeat"}):
        return set(known.keys)
    return {f"entry {known.act['entry']}"} if what == "edit_own" else set()


def pending(context: Context) -> tuple[Pending, ...]:
    """List what waits, oldest first, then what became of the latest others, newest first."""
    known = context.inbox.approvals.known
    waiting = [known[id_] for id_ in context.inbox.approvals.waiting]
    settled = [each for each in reversed(known.values()) if each.stand is not Stand.WAITING][:SETTLED_SHOWN]
    taken_back = _taken_back(settled, context.inbox)
    settled = [structs.replace(each, stand=Stand.TAKEN_BACK) if each.id in taken_back else each for each in settled]
    return tuple(_shown(each, context) for each in (*waiting, *settled))


def _taken_back(settled: Sequence[Submission], inbox: Inbox) -> set[str]:
    """Return the ids of those approved of which every sending was taken back."""
    approved = {each.id for each in settled if each.stand is Stand.APPROVED}
    sendings = [entry for entry in inbox.outbox.values() if entry.act in approved]
    back = {entry.act for entry in sendings if entry.state is DeliveryState.TAKEN_BACK}
    return back - {entry.act for entry in sendings if entry.state is not DeliveryState.TAKEN_BACK}


def _shown(known: Submission, context: Context) -> Pending:
    item = next((found for key in known.keys if (found := context.inbox.items.get(key)) is not None), None)
    waits = known.stand is Stand.WAITING
    barred = _barred(known, Given(), context) if waits else None
    alone = _not_alone(known, Given(how=How.ALONE, note="-"), context) if waits else None
    return Pending(
        submission=known,
        what=str(known.act["type"]),
        source=item.source if item else "",
        to=(item.comment.author.name or item.comment.author.handle) if item else "",
        excerpt=" ".join(item.comment.text[:EXCERPT].split()) if item else "",
        words=tuple(Words(name, text) for name in FIELDS if (text := str(known.act.get(name) or "")).strip()),
        rivals=rivals_of(known, context.inbox) if waits else (),
        barred=barred.done.refused if barred else "",
        alone=alone.done.refused if alone else "",
        stale=_again(known, context).done.refused if waits else "",
    )
