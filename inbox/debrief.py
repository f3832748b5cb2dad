"""Debrief: a rehearsal held against its script: what was seen when, answered how, and what was left."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from msgspec import Struct

from inbox.chronicle import Case, Chronicle, Deed, Did
from inbox.outbox import Kind
from inbox.retrospect import Times, times

PUBLIC = frozenset({Kind.NOTICE, Kind.THREAD, Kind.HOUSE_COMMENT})
"""What speaks to everybody."""
FITTING: Mapping[str, frozenset[str]] = {
    "flood": frozenset({Kind.THREAD, Kind.NOTICE, Kind.HOUSE_COMMENT, Did.DONE, Did.CRISIS_ON}),
    "feud": frozenset({Kind.NOTICE, Kind.REPLY}),
    "lone_troll": frozenset({Kind.REPLY, Did.DONE}),
}
"""What answers each situation, by the house's ladder; for a lone troll silence does as well."""
SILENCE = frozenset({"lone_troll", "none"})
_ANSWERS = frozenset({Did.DONE, Did.SENT, Did.CRISIS_ON})


class Aimed(Struct, frozen=True):
    """What a careful person would see: the situation ("none" for mere noise), the post, the comment that shows it."""

    situation: str
    post: str
    since: str = ""


class Truth(Struct, frozen=True, kw_only=True):
    """What the script knows of its comments.

    Attributes:
        aims: what goes on, post by post.
        dangers: comments that cannot wait.
        questions: comments with a real question in them.
        sore: comments that no joke may answer.
    """

    aims: tuple[Aimed, ...] = ()
    dangers: frozenset[str] = frozenset()
    questions: frozenset[str] = frozenset()
    sore: frozenset[str] = frozenset()


class Sighting(Struct, frozen=True, kw_only=True):
    """One aim, and how the desk and the team met it.

    Attributes:
        situation: which, or "none".
        post: where.
        visible: when the comment that shows it had arrived; None when the rehearsal ended before.
        called: when the desk called it; for "none", when it called anything there.
        answered: when the house answered first.
        how: with what: kinds of sendings, "done".
        fitting: whether that was an answer that fits; True also where silence fits and nothing was done.
    """

    situation: str
    post: str
    visible: datetime | None
    called: datetime | None
    answered: datetime | None
    how: tuple[str, ...]
    fitting: bool


class Debrief(Struct, frozen=True, kw_only=True):
    """A rehearsal held against its script.

    Attributes:
        sightings: each aim that could be seen, and those of mere noise.
        dangers: from first sight to the first human act, over the dangers that had arrived.
        untouched: dangers that nobody looked at.
        unseen: dangers that the desk itself did not take for any.
        swept: dangers closed together with others.
        questions: from first sight to our answer.
        left: questions without an answer: still open, or closed without one.
        swept_questions: questions closed together with others, without an answer.
        jokes: offbeat replies where none should have been told.
        crisis: whether crisis mode was on.
        needless: whether it was on without any flood to be seen.
    """

    sightings: tuple[Sighting, ...]
    dangers: Times
    untouched: tuple[str, ...]
    unseen: tuple[str, ...]
    swept: tuple[str, ...]
    questions: Times
    left: tuple[str, ...]
    swept_questions: tuple[str, ...]
    jokes: tuple[Deed, ...]
    crisis: bool
    needless: bool


def debrief(chronicle: Chronicle, truth: Truth, *, now: datetime, is_joke: Callable[[str], bool]) -> Debrief:
    """Hold what happened against the script.

    Args:
        chronicle: what happened.
        truth: what the script knows.
        now: when the rehearsal ended.
        is_joke: tells of a sending's template whether it is an offbeat reply.
    """
    dangers = _arrived(chronicle, truth.dangers)
    questions = _arrived(chronicle, truth.questions)
    sightings = tuple(_sighting(chronicle, aim) for aim in truth.aims)
    swept = _swept(chronicle)
    crisis = any(deed.did is Did.CRISIS_ON for deed in chronicle.deeds)
    floods = [s for s in sightings if s.situation == "flood" and s.visible is not None]
    return Debrief(
        sightings=tuple(s for s in sightings if s.visible is not None),
        dangers=times(dangers, lambda case: case.touched, now),
        untouched=tuple(case.key for case in dangers if case.touched is None),
        unseen=tuple(case.key for case in dangers if not case.danger),
        swept=tuple(case.key for case in dangers if case.key in swept),
        questions=times(questions, lambda case: case.answered, now),
        left=tuple(case.key for case in questions if case.answered is None),
        swept_questions=tuple(case.key for case in questions if case.key in swept and case.answered is None),
        jokes=tuple(deed for deed in chronicle.deeds if _misplaced(deed, truth, floods, is_joke)),
        crisis=crisis,
        needless=crisis and not floods,
    )


def _arrived(chronicle: Chronicle, keys: Iterable[str]) -> list[Case]:
    return sorted((chronicle.cases[key] for key in keys if key in chronicle.cases), key=lambda case: case.seen)


def _sighting(chronicle: Chronicle, aim: Aimed) -> Sighting:
    noise = aim.situation == "none"
    first = chronicle.cases.get(aim.since)
    under = [case.seen for case in chronicle.cases.values() if case.post == aim.post]
    visible = min(under, default=None) if noise else first.seen if first else None
    calls = [
        deed.at
        for deed in chronicle.deeds
        if deed.did is Did.BEGAN and aim.post in deed.posts and (noise or deed.situation == aim.situation)
    ]
    answers = [deed for deed in chronicle.deeds if _answers(deed, aim)]
    if visible is not None:
        answers = [deed for deed in answers if deed.at >= visible]
    how = tuple(dict.fromkeys(str(deed.kind or deed.did) for deed in answers))
    return Sighting(
        situation=aim.situation,
        post=aim.post,
        visible=visible,
        called=min(calls, default=None),
        answered=min((deed.at for deed in answers), default=None),
        how=how,
        fitting=_fits(aim.situation, set(how)),
    )


def _answers(deed: Deed, aim: Aimed) -> bool:
    if not deed.by or deed.did not in _ANSWERS:
        return False
    return aim.post in deed.posts or (deed.did is Did.CRISIS_ON and not deed.posts and aim.situation == "flood")


def _fits(situation: str, how: set[str]) -> bool:
    if situation == "none":
        return not how & PUBLIC
    return bool(how & FITTING[situation]) or (not how and situation in SILENCE)


def _swept(chronicle: Chronicle) -> frozenset[str]:
    """Keys of what was closed together with others."""
    return frozenset(
        key for deed in chronicle.deeds if deed.did is Did.DONE and len(deed.keys) > 1 for key in deed.keys
    )


def _misplaced(deed: Deed, truth: Truth, floods: Iterable[Sighting], is_joke: Callable[[str], bool]) -> bool:
    if deed.did is not Did.SENT or deed.kind is not Kind.REPLY or not is_joke(deed.template):
        return False
    if not truth.sore.isdisjoint(deed.keys):
        return True
    return any(flood.post in deed.posts and flood.visible and flood.visible <= deed.at for flood in floods)
