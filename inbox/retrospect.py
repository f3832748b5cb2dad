"""Retrospect: the figures of a storm once it is over: what came, how fast the house answered, and what happened then."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from statistics import median

from msgspec import Struct

from inbox.barometer import QUARTER, QUARTERS_AN_HOUR, reading
from inbox.chronicle import ACTS, Case, Chronicle, Deed
from inbox.outbox import Kind
from scoring.assessment import RiskLevel

BESIDE = timedelta(hours=1)
"""How long before and after an act its post is looked at."""


class Scope(Struct, frozen=True, kw_only=True):
    """What is looked back on.

    Attributes:
        since: from when on.
        until: up to when.
        chosen: tells of a comment whether it belongs; deeds belong with their comments or posts.
        whole: whether every comment of that time belongs, and so do deeds about none.
    """

    since: datetime
    until: datetime
    chosen: Callable[[Case], bool] = lambda _: True
    whole: bool = True


class Times(Struct, frozen=True):
    """How long something took, over several cases.

    Attributes:
        cases: how many there were.
        met: in how many it happened.
        median: the median of these in seconds, or None.
        worst: the longest of them in seconds, or None.
        waiting: the longest wait of those in which it has not happened, in seconds, or None.
    """

    cases: int = 0
    met: int = 0
    median: float | None = None
    worst: float | None = None
    waiting: float | None = None


class HourRow(Struct, frozen=True):
    """One hour of the clock: when it began, how grave it was, its comments of each level."""

    start: datetime
    level: RiskLevel
    counts: tuple[int, ...]


class Act(Struct, frozen=True, kw_only=True):
    """One act of the house, and the posts it concerned in the hour before and after.

    Attributes:
        at: when its first part happened.
        by: who decided it.
        did: what happened, each with how many comments or sendings.
        held: dangers and questions left open by it.
        before: comments of each level written in the hour before, under the same posts.
        after: the same in the hour after.
        complete: whether that hour was over when the looking back ended.
    """

    at: datetime
    by: str
    did: tuple[tuple[str, int], ...]
    held: int
    before: tuple[int, ...]
    after: tuple[int, ...]
    complete: bool

    @property
    def eased(self) -> int:
        """-1, 0 or 1: whether the hour after was graver than the one before, as grave, or calmer."""
        one, other = reading(self.before), reading(self.after)
        return (one > other) - (one < other)


class Retrospect(Struct, frozen=True, kw_only=True):
    """A storm in figures.

    Attributes:
        since: the first comment or deed.
        until: the last.
        comments: how many comments.
        people: by how many authors.
        posts: under which posts, most comments first.
        counts: comments of each level.
        hours: every hour in which something was written.
        waves: copied texts, and how many comments they were.
        copies: see `waves`.
        touched: from first sight to the first human act, for each level, calm first.
        dangers: the same for suspected dangers.
        answers: from first sight of a question to our answer.
        open_questions: questions nobody answered or closed.
        closed: comments closed.
        acts: what the house did, in order.
        timeline: everything that happened, in order.
    """

    since: datetime
    until: datetime
    comments: int
    people: int
    posts: tuple[tuple[str, int], ...]
    counts: tuple[int, ...]
    hours: tuple[HourRow, ...]
    waves: int
    copies: int
    touched: tuple[Times, ...]
    dangers: Times
    answers: Times
    open_questions: int
    closed: int
    acts: tuple[Act, ...]
    timeline: tuple[Deed, ...]


def look_back(chronicle: Chronicle, scope: Scope) -> Retrospect | None:
    """Put a period into figures; None when nothing happened in it."""
    cases = [c for c in chronicle.cases.values() if scope.since <= c.at <= scope.until and scope.chosen(c)]
    deeds = deeds_of(chronicle, cases, scope)
    if not cases and not deeds:
        return None
    moments = [*(c.at for c in cases), *(d.at for d in deeds)]
    copies = [c for c in cases if c.wave]
    questions = [c for c in cases if c.question]
    return Retrospect(
        since=min(moments),
        until=max(moments),
        comments=len(cases),
        people=len({c.author for c in cases}),
        posts=tuple(Counter(c.post for c in cases).most_common()),
        counts=_counts(cases),
        hours=tuple(_hours(cases)),
        waves=len({c.wave for c in copies}),
        copies=len(copies),
        touched=tuple(times([c for c in cases if c.level is level], _touched, scope.until) for level in RiskLevel),
        dangers=times([c for c in cases if c.danger], _touched, scope.until),
        answers=times(questions, lambda c: c.answered, scope.until),
        open_questions=sum(c.is_open and c.answered is None for c in questions),
        closed=sum(c.closed is not None for c in cases),
        acts=tuple(_acts(deeds, chronicle.cases.values(), scope)),
        timeline=tuple(deeds),
    )


def deeds_of(chronicle: Chronicle, cases: Iterable[Case], scope: Scope) -> list[Deed]:
    """List what happened in the period to these comments or under their posts, in order of time."""
    keys = {case.key for case in cases}
    posts = {case.post for case in cases}
    found = [
        deed
        for deed in chronicle.deeds
        if scope.since <= deed.at <= scope.until
        and (scope.whole or not keys.isdisjoint(deed.keys) or (not deed.keys and not posts.isdisjoint(deed.posts)))
    ]
    return sorted(found, key=lambda deed: deed.at)


def _touched(case: Case) -> datetime | None:
    return case.touched


def times(cases: Sequence[Case], when: Callable[[Case], datetime | None], end: datetime) -> Times:
    """Measure from first sight to the moment that `when` names, over several cases; waits are counted up to `end`."""
    met: list[float] = []
    waiting: list[float] = []
    for case in cases:
        moment = when(case)
        if moment is not None:
            met.append(max(0.0, (moment - case.seen).total_seconds()))
        elif case.is_open:
            waiting.append(max(0.0, (end - case.seen).total_seconds()))
    middle = median(met) if met else None
    return Times(len(cases), len(met), middle, max(met, default=None), max(waiting, default=None))


def _counts(cases: Iterable[Case]) -> tuple[int, ...]:
    levels = Counter(case.level for case in cases)
    return tuple(levels[level] for level in RiskLevel)


def _hours(cases: Iterable[Case]) -> Iterable[HourRow]:
    hours: dict[int, list[Case]] = {}
    for case in cases:
        hours.setdefault(int(case.at.timestamp()) // (QUARTER * QUARTERS_AN_HOUR), []).append(case)
    for number, under in sorted(hours.items()):
        counts = _counts(under)
        start = datetime.fromtimestamp(number * QUARTER * QUARTERS_AN_HOUR, under[0].at.tzinfo)
        yield HourRow(start, reading(counts), counts)


def _acts(deeds: Iterable[Deed], cases: Iterable[Case], scope: Scope) -> Iterable[Act]:
    """Put the parts of one act together: what was sent, hidden and closed by one decision is one act."""
    groups: dict[str, list[Deed]] = {}
    for number, deed in enumerate(deeds):
        if deed.did in ACTS and deed.by:
            groups.setdefault(deed.act or f"#{number}", []).append(deed)
    under: dict[str, list[Case]] = {}
    for case in cases:
        under.setdefault(case.post, []).append(case)
    for parts in groups.values():
        at = min(part.at for part in parts)
        posts = {post for part in parts for post in part.posts} or set(under)
        beside = [case for post in posts for case in under.get(post, ())]
        yield Act(
            at=at,
            by=parts[0].by,
            did=tuple(_did(parts)),
            held=max(part.held for part in parts),
            before=_counts(case for case in beside if at - BESIDE <= case.at < at),
            after=_counts(case for case in beside if at <= case.at < at + BESIDE),
            complete=at + BESIDE <= scope.until,
        )


def _did(parts: Iterable[Deed]) -> Iterable[tuple[str, int]]:
    counts: Counter[str] = Counter()
    for part in parts:
        if part.kind in {Kind.HIDE, Kind.UNHIDE}:
            continue  # the deed itself says that it is hidden
        counts[str(part.kind or part.did)] += 1 if part.kind else max(1, len(part.keys))
    return counts.items()
