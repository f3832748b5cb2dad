"""Baseline: how many people a page usually hears in an hour, by hour of the week, with little history too."""

from datetime import datetime, timedelta
from math import sqrt

from msgspec import Struct

_HOUR = timedelta(hours=1)
_WEEKS = 8.0
"""Weeks of memory of an hour of the week: exhibitions change, and with them the rhythm."""
_LEND = 1.0
"""Hours heard that the wider mean counts for in a narrower one that was heard seldom."""
_CAP = 4.0
"""An hour teaches at most this many times what was expected: one storm must not become the rhythm, a new rhythm may."""


class _Mean(Struct):
    """A mean that forgets."""

    total: float = 0.0
    weight: float = 0.0

    def shrunk(self, wider: float) -> float:
        """Return the mean, drawn to a wider one as long as little was heard."""
        return (self.total + _LEND * wider) / (self.weight + _LEND)

    def learn(self, value: float, memory: float) -> None:
        keep = 1.0 if self.weight < memory else memory / (self.weight + 1.0)
        self.total = (self.total + value) * keep
        self.weight = (self.weight + 1.0) * keep


class Rhythm:
    """One page's rhythm, fed with the people of each clock hour when the next begins.

    The expected number of an hour of the week is the mean of that hour in past weeks, shrunk to the mean of that hour on
    any day while few weeks are known, which is shrunk to the mean of all hours, and that to a first guess; the spread is
    Poisson's (the square root). Silent hours teach too. An hour far above what was expected teaches only its cap.
    """

    def __init__(self, first_guess: float = 4.0) -> None:
        """Know nothing but `first_guess` people an hour, which weighs as much as one hour heard."""
        self._first_guess = first_guess
        self._hours = [_Mean() for _ in range(168)]
        self._of_day = [_Mean() for _ in range(24)]
        self._overall = _Mean(first_guess, 1.0)
        self._present: datetime | None = None
        self._people: set[str] = set()

    def hear(self, author: str, at: datetime) -> None:
        """Count one comment; what comes late counts for the present hour."""
        start = at.replace(minute=0, second=0, microsecond=0)
        if self._present is None:
            self._present = start
        if start > self._present:
            self._close(start)
        self._people.add(author)

    def expected(self, at: datetime) -> float:
        """Return how many people an hour like this one usually brings."""
        overall = self._overall.total / self._overall.weight
        daily = self._of_day[at.hour].shrunk(overall)
        return self._hours[_slot(at)].shrunk(daily)

    def surprising(self, at: datetime, deviations: float) -> float:
        """Return the number of people an hour from which it stands `deviations` above the page's rhythm."""
        usual = self.expected(at)
        return usual + deviations * sqrt(usual)

    def _close(self, start: datetime) -> None:
        assert self._present is not None, "an hour was begun"
        self._learn(self._present, len(self._people))
        self._people = set()
        silent = self._present + _HOUR
        for _ in range(168):  # a silence of more than a week teaches no more than one week of it
            if silent >= start:
                break
            self._learn(silent, 0)
            silent += _HOUR
        self._present = start

    def _learn(self, at: datetime, people: int) -> None:
        value = min(float(people), max(self._first_guess, _CAP * self.expected(at)))
        self._hours[_slot(at)].learn(value, _WEEKS)
        self._of_day[at.hour].learn(value, _WEEKS * 7)
        self._overall.learn(value, _WEEKS * 168)


def _slot(at: datetime) -> int:
    return at.weekday() * 24 + at.hour
