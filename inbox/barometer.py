"""Barometer: how each exhibition is doing, by the hour, calm to critical; counted as comments come, change and go."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from msgspec import Struct, field

from connectors._model import Post
from inbox.columns import GONE, OWN, Hot
from inbox.figures import Figures
from inbox.item import key_of
from scoring.assessment import RiskLevel

QUARTER = 900
"""Seconds of the stretches that are counted; an hour is four of them, whatever minute it ends at."""
QUARTERS_AN_HOUR = 4
TREND = 8
"""Hours of a gauge's trend."""
GAUGES = 12
"""Exhibitions that a glance may hold."""

AT_HAND = 4 * 24
"""Quarters, the latest ones, that are kept at hand at least: three times what a trend looks at; twice as many at most."""


class Quarters(Struct, eq=False):
    """Comments of each level under each post ("SOURCE/POST"), by the quarter of an hour since 1970 they were written in.

    Attributes:
        latest: quarter -> post -> comments of each level, for what is at hand.
        packed: the others, by "QUARTER POST": a fifth of the room.
    """

    latest: dict[int, dict[str, list[int]]] = {}
    packed: Figures = field(default_factory=lambda: Figures(len(RiskLevel)))

    def count(self, quarter: int, post: str, level: RiskLevel, step: int) -> None:
        """Count a comment in (1) or out (-1)."""
        posts = self.latest.get(quarter, {})
        if post not in posts and (row := self.packed.find(f"{quarter} {post}")) >= 0:
            self._count_packed(row, level, step)
            return
        posts = self.latest.setdefault(quarter, posts)
        counts = posts.setdefault(post, [0] * len(RiskLevel))
        counts[level] += step
        if not any(counts):
            del posts[post]
            if not posts:
                del self.latest[quarter]
        elif len(self.latest) > 2 * AT_HAND:
            self._pack()

    def _count_packed(self, row: int, level: RiskLevel, step: int) -> None:
        counts = list(self.packed.at(row))
        counts[level] += step
        self.packed.put(row, *counts)
        if not any(counts):
            self.packed.drop([self.packed.key(row)])
            self.packed = self.packed.squeezed()

    def _pack(self) -> None:
        for quarter in sorted(self.latest)[:-AT_HAND]:
            for post, counts in self.latest.pop(quarter).items():
                self.packed.add(f"{quarter} {post}", *counts)

    def all(self) -> Iterator[tuple[int, str, Sequence[int]]]:
        """Yield every quarter and post that anything was said in, with its comments of each level."""
        for name, counts in self.packed.items():
            quarter, _, post = name.partition(" ")
            yield int(quarter), post, counts
        for number, posts in self.latest.items():
            for post, known in posts.items():
                yield number, post, known

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Quarters) and self._by_name() == other._by_name()

    __hash__ = None  # type: ignore[assignment]  # it changes

    def _by_name(self) -> dict[tuple[int, str], tuple[int, ...]]:
        return {(quarter, post): tuple(counts) for quarter, post, counts in self.all()}


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
            quarters.count(int(item.at) // QUARTER, key_of(item.source, item.post), item.level, step)


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
        for post, counts in quarters.latest.get(first + back, {}).items():
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
    for quarter, post, counts in quarters.all():
        hour = quarter // QUARTERS_AN_HOUR
        if hour >= first:
            _add(found.setdefault((hour, name_of(post, posts)), [0, 0, 0, 0]), counts)
    for (hour, name), total in sorted(found.items()):
        start = datetime.fromtimestamp(hour * QUARTER * QUARTERS_AN_HOUR, UTC)
        yield Hour(exhibition=name, start=start, level=reading(total), counts=tuple(total))


def _add(total: list[int], counts: Sequence[int]) -> None:
    for level, number in enumerate(counts):
        total[level] += number
