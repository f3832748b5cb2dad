"""Reach: how far a comment itself carries: reactions, answers, shares and their speed; who wrote it plays no part."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from math import log10

from msgspec import Struct

from connectors._model import Comment

WINDOW = timedelta(minutes=15)
"""A speed is never counted over less: two hearts in a minute are no storm."""
STRETCH = timedelta(minutes=30)
"""How far back a speed looks while counts keep coming."""
HEAVIEST = 0.24
"""What reach may add to a risk at most: just less than a level, so that it orders comments within one."""
_FULL = 4.0
"""Powers of ten of touches, and of touches an hour, together at which it weighs most: a hundred, a hundred an hour."""


class Reach(Struct, frozen=True, gc=False):
    """How far one comment carries.

    Attributes:
        touches: reactions, answers and shares.
        at: when they were counted last.
        before: how many there were at `since`.
        since: from when on the speed is counted.
    """

    touches: int
    at: datetime
    before: int
    since: datetime

    def per_hour(self, now: datetime) -> float:
        """Return touches an hour up to `now`; it falls when nothing more comes."""
        return (self.touches - self.before) / (max(now - self.since, WINDOW) / timedelta(hours=1))

    def counted(self, touches: int, now: datetime) -> "Reach":
        """Return the reach after another count."""
        if now - self.since > STRETCH:
            return Reach(touches, now, self.touches, self.at)
        return Reach(touches, now, self.before, self.since)

    @property
    def weight(self) -> float:
        """What it adds to a risk, 0 to `HEAVIEST`: by powers of ten of the touches and of their speed when last counted."""
        powers = log10(1 + self.touches) + log10(1 + max(0.0, self.per_hour(self.at)))
        return HEAVIEST * min(1.0, powers / _FULL)


class Reaches(Struct):
    """The reach of every comment that was touched at all, folded from what arrives.

    Attributes:
        of: reach by comment.
        answers: visitors' answers under each comment, as far as this desk saw them.
    """

    of: dict[str, Reach] = {}
    answers: dict[str, int] = {}

    def hear(self, key: str, comment: Comment, now: datetime) -> None:
        """Take in a comment's own counts, as the platform tells them now."""
        told = comment.reactions + comment.shares + max(comment.replies, self.answers.get(key, 0))
        known = self.of.get(key)
        if known is not None and known.touches != told:
            self.of[key] = known.counted(told, now)
        elif known is None and told:
            written = min(comment.created_at, now)
            self.of[key] = Reach(told, now, 0, written)

    def answered(self, key: str, parent: Comment, now: datetime) -> None:
        """Count a visitor's answer to the comment `key`, which is `parent`."""
        self.answers[key] = self.answers.get(key, 0) + 1
        self.hear(key, parent, now)

    def forget(self, keys: Iterable[str]) -> None:
        """Let comments go."""
        for key in keys:
            self.of.pop(key, None)
            self.answers.pop(key, None)

    def weight(self, key: str) -> float:
        """Return what a comment's reach adds to its risk."""
        known = self.of.get(key)
        return known.weight if known is not None else 0.0

    def touches(self, key: str) -> int:
        """Return how often a comment was touched."""
        known = self.of.get(key)
        return known.touches if known is not None else 0
