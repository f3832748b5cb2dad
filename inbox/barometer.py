"""Barometer: how each exhibition is doing, by the hour, calm to critical; counted as comments come, change and go."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from msgspec import Struct

from connectors._model import Post
from inbox.columns import GONE, OWN, Hot
from inbox.item import key_of
from scoring.assessment import RiskLevel

QUARTER = 900
"""Seconds of the stretches that are counted; an hour is four of them, whatever minute it ends at."""
QUARTERS_AN_HOUR = 4
TREND = 8
"""Hours of a gauge's trend."""
GAUGES = 12
"""Exhibitions that a glance may hold."""

Quarters = dict[int, dict[str, list[int]]]
"""Number of the quarter of an hour since 1970 -> "SOURCE/POST" -> comments of each level written in it."""


class Gauge(Struct, frozen=True, kw_only=True):
    """How one exhibition is doing now.

    Attributes:
        exhibition: its name; the title of the post where the platform names none.
        level: the level of the last hour.
        comments: how many comments the last hour had.
        trend: the levels of the last eight hours, oldest first; the last is `level`.
    """

    exhibition: str
    level: RiskLevel
    comments: int
    trend: tuple[RiskLevel, ...]


class Hour(Struct, frozen=True, kw_only=True):
    """One exhibition in one hour of the clock.

    Attributes:
        exhibition: its name.
        start: when the hour began, UTC.
        level: how it was.
        counts: comments of each level, calm first.
    """

    exhibition: str
    start: datetime
    level: RiskLevel
    counts: tuple[int, ...]


def count(quarters: Quarters, old: Hot | None, new: Hot | None) -> None:
    """Count an item as it is now in place of what it was; our own and what is gone weigh nothing."""
    if (
        old is not None
        and new is not None
        and (old.level, old.flags & (OWN | GONE)) == (new.level, new.flags & (OWN | GONE))
    ):
        return
    for item, step in ((old, -1), (new, 1)):
        if item is not None and not item.flags & (OWN | GONE):
            _count(quarters, item, step)


def _count(quarters: Quarters, item: Hot, step: int) -> None:
    quarter = int(item.at) // QUARTER
    posts = quarters.setdefault(quarter, {})
    post = key_of(item.source, item.post)
    counts = posts.setdefault(post, [0, 0, 0, 0])
    counts[item.level] += step
    if not any(counts):
        del posts[post]
        if not posts:
            del quarters[quarter]


def reading(counts: Sequence[int]) -> RiskLevel:
    """Return the level of an hour from its comments of each level.

    A danger suspected weighs from one in fifty on, heat from one in ten and three, sharpness from one in four and three: a
    single wrong score does not move a busy hour, nothing is lost in a quiet one. The gravest below these marks counts one
    level less.
    """
    total = sum(counts[level] for level in RiskLevel)
    critical = counts[RiskLevel.CRITICAL]
    heated = critical + counts[RiskLevel.HEATED]
    tense = heated + counts[RiskLevel.TENSE]
    if critical and critical >= total / 50:
        return RiskLevel.CRITICAL
    if critical or (heated >= max(3, total / 10)):
        return RiskLevel.HEATED
    if heated or (tense >= max(3, total / 4)):
        return RiskLevel.TENSE
    return RiskLevel.CALM


def name_of(post: str, posts: Mapping[tuple[str, str], Post]) -> str:
    """Return the exhibition a post ("SOURCE/POST") belongs to, else its title, else its text's beginning, else its id."""
    source, _, native_id = post.partition("/")
    known = posts.get((source, native_id))
    if known is None:
        return native_id
    return known.exhibition or known.title or known.text[:60] or native_id


def gauges(quarters: Quarters, posts: Mapping[tuple[str, str], Post], now: datetime) -> tuple[Gauge, ...]:
    """Read the exhibitions heard of in the last eight hours, gravest and liveliest first; an hour ends now."""
    latest = int(now.timestamp()) // QUARTER
    first = latest - TREND * QUARTERS_AN_HOUR
    hours: dict[str, list[list[int]]] = {}
    for back in range(TREND * QUARTERS_AN_HOUR + 1):  # the quarter that runs belongs to the last hour
        for post, counts in quarters.get(first + back, {}).items():
            name = name_of(post, posts)
            rows = hours.setdefault(name, [[0, 0, 0, 0] for _ in range(TREND)])
            _add(rows[min(max(back - 1, 0) // QUARTERS_AN_HOUR, TREND - 1)], counts)
    found = [
        Gauge(exhibition=name, level=reading(rows[-1]), comments=sum(rows[-1]), trend=tuple(map(reading, rows)))
        for name, rows in hours.items()
    ]
    return tuple(sorted(found, key=lambda g: (-g.level, -g.comments, g.exhibition))[:GAUGES])


def hours(quarters: Quarters, posts: Mapping[tuple[str, str], Post], since: datetime) -> Iterator[Hour]:
    """Yield every hour of the clock in which an exhibition was heard of, from `since` on, in order of time and name."""
    first = int(since.timestamp()) // (QUARTER * QUARTERS_AN_HOUR)
    found: dict[tuple[int, str], list[int]] = {}
    for quarter, under in quarters.items():
        hour = quarter // QUARTERS_AN_HOUR
        if hour < first:
            continue
        for post, counts in under.items():
            _add(found.setdefault((hour, name_of(post, posts)), [0, 0, 0, 0]), counts)
    for (hour, name), total in sorted(found.items()):
        start = datetime.fromtimestamp(hour * QUARTER * QUARTERS_AN_HOUR, UTC)
        yield Hour(exhibition=name, start=start, level=reading(total), counts=tuple(total))


def _add(total: list[int], counts: list[int]) -> None:
    for level, number in enumerate(counts):
        total[level] += number
