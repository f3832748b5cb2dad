"""Crisis mode: proposed when several posts are flooded, one switch with an end, the ladder's steps as a checklist."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from inbox.events import AnyEvent, CrisisBegan, CrisisEnded, CrisisTicked, HeldEverything
from inbox.fold import Inbox
from inbox.outbox import COUNTS, Kind
from inbox.situations.model import PostState, Situation

ACROSS = 2
"""Flooded posts from which crisis mode is proposed: one flood has its own play."""
HOURS = 4.0
"""Hours that crisis mode lasts unless somebody says otherwise: an evening."""
LONGEST = 72.0


class Advice(StrEnum):
    """What the desk proposes of crisis mode; it never switches by itself."""

    NONE = ""
    BEGIN = "begin"
    END = "end"


class Step(StrEnum):
    """What the ladder asks for, gravest first.

    Attributes:
        PERSONS: rung 5: emergency numbers called where a person is in danger, the staff protected.
        EVIDENCE: rung 4: what may be unlawful looked at, none left open.
        DIRECTION: the direction, and through it the press office, has been told.
        STAFF: whoever stands in the rooms and at the desk has been warned.
        STATEMENT: rung 3: a statement of the house stands under the posts.
        SPACE: rung 3: a thread of its own is open and linked.
        QUESTIONS: visitors' questions are answered or handed over.
        WATCH: who watches until when is agreed, and who sleeps.
    """

    PERSONS = "persons"
    EVIDENCE = "evidence"
    DIRECTION = "direction"
    STAFF = "staff"
    STATEMENT = "statement"
    SPACE = "space"
    QUESTIONS = "questions"
    WATCH = "watch"


SEEN_BY_THE_DESK = frozenset({Step.EVIDENCE, Step.STATEMENT, Step.SPACE, Step.QUESTIONS})
"""Steps that nobody ticks: the desk sees for itself."""


class Check(Struct, frozen=True, kw_only=True):
    """One step of the checklist as it stands.

    Attributes:
        step: which.
        done: whether it is done.
        left: how many comments it still waits for, where the desk can count them.
        by: who ticked it, or "".
        at: when.
    """

    step: Step
    done: bool
    left: int = 0
    by: str = ""
    at: datetime | None = None


class CrisisView(Struct, frozen=True, kw_only=True):
    """Crisis mode as every screen shows it.

    Attributes:
        on: whether it holds.
        by: who switched it on.
        since: when.
        until: when it ends by itself.
        topics: the exhibitions about which jokes are off; none: about all.
        advice: what the desk proposes.
        flooded: how many posts are flooded.
        checks: the checklist, gravest step first.
    """

    on: bool = False
    by: str = ""
    since: datetime | None = None
    until: datetime | None = None
    topics: tuple[str, ...] = ()
    advice: Advice = Advice.NONE
    flooded: int = 0
    checks: tuple[Check, ...] = ()


def crisis_view(inbox: Inbox, states: Mapping[str, PostState], now: datetime) -> CrisisView:
    """Say how crisis mode stands, and what is proposed."""
    flooded = _flooded(states)
    crisis = inbox.weather.crisis_at(now)
    if crisis is None:
        advice = Advice.BEGIN if len(flooded) >= ACROSS else Advice.NONE
        return CrisisView(advice=advice, flooded=len(flooded))
    return CrisisView(
        on=True,
        by=crisis.by,
        since=crisis.since,
        until=crisis.until,
        topics=crisis.topics,
        advice=Advice.NONE if flooded else Advice.END,
        flooded=len(flooded),
        checks=_checks(inbox, crisis.since, crisis.ticked),
    )


def _flooded(states: Mapping[str, PostState]) -> list[str]:
    return [post for post, state in states.items() if any(c.situation is Situation.FLOOD for c in state.calls)]


def _checks(inbox: Inbox, since: datetime, ticked: Mapping[str, tuple[str, datetime]]) -> tuple[Check, ...]:
    sent = {entry.kind for entry in inbox.outbox.values() if entry.queued_at >= since and entry.state in COUNTS}
    seen = {
        Step.EVIDENCE: Check(step=Step.EVIDENCE, done=not inbox.dangers, left=len(inbox.dangers)),
        Step.STATEMENT: Check(step=Step.STATEMENT, done=Kind.NOTICE in sent),
        Step.SPACE: Check(step=Step.SPACE, done=Kind.THREAD in sent),
        Step.QUESTIONS: Check(step=Step.QUESTIONS, done=not inbox.questions, left=len(inbox.questions)),
    }
    checks: list[Check] = []
    for step in Step:
        by, at = ticked.get(step, ("", None))
        checks.append(seen.get(step) or Check(step=step, done=at is not None, by=by, at=at))
    return tuple(checks)


# -- the switch ------------------------------------------------------------------------------------


def begun(inbox: Inbox, states: Mapping[str, PostState], *, by: str, now: datetime, hours: float) -> list[AnyEvent]:
    """Switch crisis mode on, or prolong it: everything about to leave is held as well.

    Raises:
        ValueError: `hours` is not a sensible time.
    """
    if not 0 < hours <= LONGEST:
        raise ValueError(f"crisis mode lasts up to {LONGEST:.0f} hours")
    flooded = _flooded(states)
    topics = _topics(inbox, flooded)
    known = inbox.weather.crisis_at(now)
    if known is not None and not flooded:
        flooded, topics = list(known.posts), known.topics
    until = now + timedelta(hours=hours)
    events: list[AnyEvent] = [CrisisBegan(at=now, by=by, until=until, posts=tuple(flooded), topics=topics)]
    if known is None and not inbox.held_by:
        events.append(HeldEverything(at=now, by=by, held=True))
    return events


def _topics(inbox: Inbox, posts: Sequence[str]) -> tuple[str, ...]:
    """Name the exhibitions of the flooded posts; none when one of them belongs to no exhibition: then it is the house."""
    found: dict[str, None] = {}
    for key in posts:
        source, _, post_id = key.partition("/")
        post = inbox.posts.get((source, post_id))
        if post is None or not post.exhibition:
            return ()
        found[post.exhibition] = None
    return tuple(found)


def ended(inbox: Inbox, *, by: str, now: datetime) -> list[AnyEvent]:
    """Switch crisis mode off. What is held stays held: releasing is a decision of its own."""
    return [CrisisEnded(at=now, by=by)] if inbox.weather.crisis is not None else []


def ticked(inbox: Inbox, step: Step, *, done: bool, by: str, now: datetime) -> list[AnyEvent]:
    """Note that a step was done by hand, or not after all; what the desk sees for itself is not ticked."""
    if inbox.weather.crisis_at(now) is None or step in SEEN_BY_THE_DESK:
        return []
    return [CrisisTicked(at=now, by=by, step=step, done=done)]


def over(inbox: Inbox, now: datetime) -> list[AnyEvent]:
    """Write down that crisis mode ran out."""
    crisis = inbox.weather.crisis
    return [CrisisEnded(at=now)] if crisis is not None and now >= crisis.until else []
