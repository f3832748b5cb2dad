"""Reach: how far a comment itself carries: reactions, answers, shares and their speed; who wrote it plays no part."""

from collections.abc import Collection
from datetime import datetime, timedelta
from math import log10

from msgspec import Struct, field

from connectors._model import Comment
from inbox.figures import Figures

WINDOW = timedelta(minutes=15)
"""A speed is never counted over less: two hearts in a minute are no storm."""
STRETCH = timedelta(minutes=30)
"""How far back a speed looks while counts keep coming."""
HEAVIEST = 0.24
"""What reach may add to a risk at most: just less than a level, so that it orders comments within one."""
_FULL = 4.0
"""Powers of ten of touches, and of touches an hour, together at which it weighs most: a hundred, a hundred an hour."""


class Reach(Struct, frozen=True, gc=False):
    """How far one comment carries; moments are Unix seconds.

    Attributes:
        touches: reactions, answers and shares.
        at: when they were counted last.
        before: how many there were at `since`.
        since: from when on the speed is counted.
        answers: visitors' answers under it, as far as this desk saw them.
    """

    touches: int
    at: int
    before: int
    since: int
    answers: int = 0

    def per_hour(self, now: float) -> float:
        """Return touches an hour up to `now`; it falls when nothing more comes."""
        return (self.touches - self.before) * 3600 / max(now - self.since, WINDOW.total_seconds())

    def counted(self, touches: int, now: int) -> "Reach":
        """Return the reach after another count."""
        if now - self.since > STRETCH.total_seconds():
            return Reach(touches, now, self.touches, self.at, self.answers)
        return Reach(touches, now, self.before, self.since, self.answers)

    @property
    def weight(self) -> float:
        """What it adds to a risk, 0 to `HEAVIEST`: by powers of ten of the touches and of their speed when last counted."""
        powers = log10(1 + self.touches) + log10(1 + max(0.0, self.per_hour(self.at)))
        return HEAVIEST * min(1.0, powers / _FULL)


class Reaches(Struct):
    """The reach of every comment that was touched at all, folded from what arrives.

    Attributes:
        of: the numbers of a `Reach` by comment.
    """

    of: Figures = field(default_factory=lambda: Figures(len(Reach.__struct_fields__)))

    def get(self, key: str) -> Reach | None:
        """Return how far a comment carries; None where it was never touched."""
        of = self.of  # a thread may put others in its place meanwhile
        row = of.find(key)
        return Reach(*of.at(row)) if row >= 0 else None

    def hear(self, key: str, comment: Comment, now: datetime) -> None:
        """Take in a comment's own counts, as the platform tells them now."""
        self._count(key, comment, now, 0)

    def answered(self, key: str, parent: Comment, now: datetime) -> None:
        """Count a visitor's answer to the comment `key`, which is `parent`."""
        self._count(key, parent, now, 1)

    def _count(self, key: str, comment: Comment, now: datetime, answers: int) -> None:
        row = self.of.find(key)
        known = Reach(*self.of.at(row)) if row >= 0 else None
        answers += known.answers if known is not None else 0
        told = comment.reactions + comment.shares + max(comment.replies, answers)
        if known is None and told:
            written = min(comment.created_at, now)
            self.of.add(key, told, int(now.timestamp()), 0, int(written.timestamp()), answers)
        elif known is not None and (known.touches, known.answers) != (told, answers):
            reach = known.counted(told, int(now.timestamp())) if known.touches != told else known
            self.of.put(row, told, reach.at, reach.before, reach.since, answers)

    def forget(self, keys: Collection[str]) -> None:
        """Let comments go."""
        self.of.drop(keys)
        self.of = self.of.squeezed()

    def weight(self, key: str) -> float:
        """Return what a comment's reach adds to its risk."""
        known = self.get(key)
        return known.weight if known is not None else 0.0

    def touches(self, key: str) -> int:
        """Return how often a comment was touched."""
        known = self.get(key)
        return known.touches if known is not None else 0

    def fast(self, per_hour: float, now: datetime) -> set[str]:
        """Return the comments that are touched so often an hour at least."""
        moment, least = now.timestamp(), per_hour * WINDOW.total_seconds() / 3600
        many = [row for row, (touches, _, before, _, _) in enumerate(self.of.numbers()) if touches - before >= least]
        return {self.of.key(row) for row in many if Reach(*self.of.at(row)).per_hour(moment) >= per_hour}
