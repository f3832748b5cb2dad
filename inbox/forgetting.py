"""Forgetting: which comments are older than their source is kept for, and what the desk's events are without them."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from msgspec import Struct, structs

from inbox import duty, weather
from inbox.columns import DANGER, Hot
from inbox.events import (
    Alerted,
    AnyEvent,
    Captured,
    CrisisBegan,
    Forgotten,
    Queued,
    RetentionSet,
    Seen,
    SituationBegan,
    SituationEnded,
    Submitted,
    Undone,
)
from inbox.fold import Inbox
from inbox.item import key_of
from inbox.outbox import OutboxEntry
from inbox.retention import NOTICE, Days, days_of, is_stricter

AT_ONCE = 5000
"""Comments forgotten in one transaction: nobody waits for longer than that takes to fold."""


class Stays(StrEnum):
    """Why an old comment is kept all the same.

    Attributes:
        OPEN: somebody still has to look at it.
        PENDING: something about it is on its way, was refused, is being written, waits for a second pair of eyes, or is yet
            to be taken back.
        EVIDENCE: it was captured: under legal hold.
        DANGER: it is suspected of endangering somebody or of being unlawful, and nobody has cleared it.
        TALK: what answers it, or what we sent about it, is younger.
    """

    OPEN = "open"
    PENDING = "pending"
    EVIDENCE = "evidence"
    DANGER = "danger"
    TALK = "talk"


class Due(Struct, frozen=True):
    """What a rule would take now.

    Attributes:
        keys: the comments, as they arrived.
        counts: how many of each source.
        stays: how many of each source are as old and stay, by reason.
    """

    keys: tuple[str, ...] = ()
    counts: dict[str, int] = {}
    stays: dict[str, dict[Stays, int]] = {}


# -- choosing ----------------------------------------------------------------------------------------


def due(inbox: Inbox, days: Days, now: datetime) -> Due:
    """Tell which comments are older than their source is kept for and done with, with all that answers them."""
    limits = _Limits(days, now)
    if not limits:
        return Due()
    held = _holds(inbox, limits)
    items = list(inbox.items.hot.values())
    old = {item.key: held(item) for item in items if item.at < limits(item.source)}
    going = {key for key, reason in old.items() if reason is None}
    above = [item for item in items if item.key not in going]
    while above and going:  # what a comment that stays answers is what it can be understood by
        item = above.pop()
        for key in (item.parent, key_of(item.source, item.post)):
            if key in going:
                going.discard(key)
                old[key] = Stays.TALK
                above.append(inbox.items.hot[key])
    keys = tuple(key for key in old if key in going)
    stays: dict[str, dict[Stays, int]] = {}
    for key, reason in old.items():
        if reason is not None:
            counts = stays.setdefault(inbox.items.hot[key].source, {})
            counts[reason] = counts.get(reason, 0) + 1
    return Due(keys, dict(Counter(inbox.items.hot[key].source for key in keys)), stays)


class _Limits:
    """The moment before which a source's comments are old, in Unix seconds."""

    def __init__(self, days: Days, now: datetime) -> None:
        self._days = days
        self.now = now

    def __bool__(self) -> bool:
        return any(self._days.values())

    def __call__(self, source: str) -> float:
        days = days_of(self._days, source)
        return self.now.timestamp() - days * 86_400 if days else float("-inf")


def _holds(inbox: Inbox, limits: _Limits) -> Callable[[Hot], Stays | None]:
    """Return what tells why a comment stays however old it is; None when nothing keeps it."""
    begun = {key for _, key, _ in inbox.unsent.kept} | inbox.approvals.keys()

    def unsettled(entry: OutboxEntry) -> bool:
        return entry.is_pending or entry.id in inbox.rejected or (entry.until is not None and entry.until > limits.now)

    def held(item: Hot) -> Stays | None:
        sendings = inbox.sendings(item.key)
        if item.is_open:
            return Stays.OPEN
        if item.key in begun or any(unsettled(entry) for entry in sendings):
            return Stays.PENDING
        if item.key in inbox.evidence.words:
            return Stays.EVIDENCE
        if item.flags & DANGER:
            return Stays.DANGER
        limit = limits(item.source)
        return Stays.TALK if any(entry.queued_at.timestamp() >= limit for entry in sendings) else None

    return held


# -- deciding ----------------------------------------------------------------------------------------


def announced(inbox: Inbox, days: Days, now: datetime, *, at_once: bool = False, by: str = "") -> list[AnyEvent]:
    """Return what makes a rule known that is not the one in force; one that takes something begins after `NOTICE`."""
    known = inbox.retention
    rule = dict(days)
    waiting = len(due(inbox, rule, now).keys)
    begins = known.begins
    if not any(rule.values()):
        begins = None
    elif at_once or not waiting:
        begins = now if begins is None or begins > now or is_stricter(rule, known.days) else begins
    elif begins is None or is_stricter(rule, known.days):
        begins = now + NOTICE
    if (rule, begins) == (known.days, known.begins):
        return []
    return [RetentionSet(at=now, by=by, days=rule, begins=begins, waiting=waiting)]


def forgotten(inbox: Inbox, keys: Sequence[str], days: Days, now: datetime, *, by: str = "") -> Forgotten | None:
    """Return what forgets these comments; what somebody has touched since they were chosen is left out."""
    limits = _Limits(days, now)
    held = _holds(inbox, limits)
    hot = (inbox.items.hot[key] for key in keys if key in inbox.items)
    going = [item for item in hot if item.at < limits(item.source) and held(item) is None]
    if not going:
        return None
    entries = tuple(entry.id for item in going for entry in inbox.sendings(item.key))
    counts = dict(Counter(item.source for item in going))
    return Forgotten(at=now, by=by, keys=tuple(item.key for item in going), entries=entries, counts=counts)


def portions(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield the keys that one transaction forgets, one transaction after the other."""
    for start in range(0, len(keys), AT_ONCE):
        yield keys[start : start + AT_ONCE]


# -- what is left of an event ------------------------------------------------------------------------


def without(event: AnyEvent, keys: frozenset[str], entries: frozenset[str]) -> AnyEvent | None:
    """Return an event without these comments and sendings; None when it was about nothing else."""
    if isinstance(event, Captured):
        return event  # evidence stays whatever else goes
    if getattr(event, "key", "") in keys or getattr(event, "entry", "") in entries:
        return None
    special = _SPECIAL.get(type(event))
    if special is not None:
        return special(event, keys, entries)
    named: tuple[str, ...] = getattr(event, "keys", ())
    left = tuple(key for key in named if key not in keys)
    if len(left) == len(named):
        return event
    changed: Any = event
    return structs.replace(changed, keys=left) if left else None


def _seen(event: Seen, keys: frozenset[str], _entries: frozenset[str]) -> Seen | None:
    pairs = zip(event.comments, event.assessments, strict=True)
    left = [(c, a) for c, a in pairs if key_of(event.source, c.native_id) not in keys]
    posts = tuple(post for post in event.posts if key_of(event.source, post.native_id) not in keys)
    waves = {key: wave for key, wave in event.waves.items() if key not in keys}
    if not (left or posts or waves or event.cursor is not None):
        return None
    return structs.replace(
        event, comments=tuple(c for c, _ in left), assessments=tuple(a for _, a in left), posts=posts, waves=waves
    )


def _queued(event: Queued, _keys: frozenset[str], entries: frozenset[str]) -> Queued | None:
    left = tuple(entry for entry in event.entries if entry.id not in entries)
    return structs.replace(event, entries=left) if left else None


def _submitted(event: Submitted, keys: frozenset[str], _entries: frozenset[str]) -> Submitted | None:
    return event if keys.isdisjoint(event.keys) else None


def _undone(event: Undone, keys: frozenset[str], _entries: frozenset[str]) -> Undone | None:
    left = tuple(before for before in event.before if before.key not in keys)
    return structs.replace(event, before=left) if left else None


def _situation(
    event: SituationBegan | SituationEnded, keys: frozenset[str], _entries: frozenset[str]
) -> AnyEvent | None:
    return None if event.post in keys else weather.anonymous(event, keys)


def _alerted(event: Alerted, keys: frozenset[str], _entries: frozenset[str]) -> Alerted | None:
    left = duty.anonymous(event, keys)
    return left if left.alerts or left.over or left.failed else None


def _crisis(event: CrisisBegan, keys: frozenset[str], _entries: frozenset[str]) -> CrisisBegan:
    return structs.replace(event, posts=tuple(post for post in event.posts if post not in keys))


def _forgotten(event: Forgotten, keys: frozenset[str], entries: frozenset[str]) -> Forgotten:
    return structs.replace(
        event,
        keys=tuple(key for key in event.keys if key not in keys),
        entries=tuple(entry for entry in event.entries if entry not in entries),
    )


_SPECIAL: dict[type, Callable[[Any, frozenset[str], frozenset[str]], AnyEvent | None]] = {
    Seen: _seen,
    Queued: _queued,
    Submitted: _submitted,
    Undone: _undone,
    SituationBegan: _situation,
    SituationEnded: _situation,
    Alerted: _alerted,
    CrisisBegan: _crisis,
    Forgotten: _forgotten,
}
"""The events that name comments and sendings in ways of their own; a test makes every kind from its type."""
