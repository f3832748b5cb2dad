"""Baseline: how many people a page usually hears in an hour, by hour of the week, with little history too."""

from datetime import datetime, timedelta
from math import sqrt

from msgspec import Struct

_HOUR = timedelta(hours=1)
_FAR_BACK = timedelta(days=1)
_WEEKS = 8.0
"""Weeks of memory of an hour of the week: exhibitions change, and with them the rhythm."""
_LEND = 1.0
"""Hours heard that the wider mean counts for in a narrower one that was heard seldom."""
_CAP = 4.0
"""An hour teaches at most this many times what was expected: one storm must not become the rhythm, a new rhythm may."""
_ENOUGH = 32.0
"""Times what was expected as an hour began, from which people are no longer told apart in it: `_CAP` times what is expected
once it is over, which the two hours that end before it can raise by 5 at most, is less."""


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
    """One page's rhythm, fed with the people of each clock hour once the hour after it is over.

    The expected number of an hour of the week is the mean of that hour in past weeks, shrunk to the mean of that hour on
    any day while few weeks are known, which is shrunk to the mean of all hours, and that to a first guess; the spread is
    Poisson's (the square root). Silent hours teach too. An hour far above what was expected teaches only its cap. What is
    expected of an hour is settled when its first comment comes, from hours that are over: the order in which comments
    arrive within an hour changes nothing.
    """

    def __init__(self, first_guess: float = 4.0) -> None:
        """Know nothing but `first_guess` people an hour, which weighs as much as one hour heard."""
        self._first_guess = first_guess
        self._hours = [_Mean() for _ in range(168)]
        self._of_day = [_Mean() for _ in range(24)]
        self._overall = _Mean(first_guess, 1.0)
        self._open: dict[datetime, set[str]] = {}
        self._settled: dict[datetime, float] = {}

    def hear(self, author: str, at: datetime) -> None:
        """Count one comment; what comes more than an hour late counts for the oldest hour that is still open."""
        hour = _start(at)
        latest = next(reversed(self._open), None)
        if latest is None or hour < latest - _FAR_BACK:  # far back: the clock of an earlier comment had run ahead
            self._open, self._settled = {}, {}
            self._begin(hour)
        elif hour > latest:
            self._close(latest, hour)
            self._begin(hour)
        place = hour if hour in self._open else next(iter(self._open))
        people = self._open[place]
        if len(people) < _ENOUGH * max(self._first_guess, self.expected(place)):
            people.add(author)

    def expected(self, at: datetime) -> float:
        """Return how many people an hour like this one usually brings."""
        settled = self._settled.get(_start(at))
        return self._usual(at) if settled is None else settled

    def surprising(self, at: datetime, deviations: float) -> float:
        """Return the number of people an hour from which it stands `deviations` above the page's rhythm."""
        usual = self.expected(at)
        return usual + deviations * sqrt(usual)

    def _begin(self, hour: datetime) -> None:
        self._open[hour] = set()
        self._settled[hour] = self._usual(hour)

    def _close(self, latest: datetime, hour: datetime) -> None:
        """Learn from every hour that ended more than an hour before `hour` begins, silent ones included."""
        silent = latest + _HOUR
        for _ in range(168):  # a silence of more than a week teaches no more than one week of it
            if silent >= hour:
                break
            self._open[silent] = set()
            silent += _HOUR
        for over in [each for each in self._open if each < hour - _HOUR]:
            self._learn(over, len(self._open.pop(over)))
            self._settled.pop(over, None)

    def _usual(self, at: datetime) -> float:
        overall = self._overall.total / self._overall.weight
        return self._hours[_slot(at)].shrunk(self._of_day[at.hour].shrunk(overall))

    def _learn(self, at: datetime, people: int) -> None:
        value = min(float(people), max(self._first_guess, _CAP * self._usual(at)))
        self._hours[_slot(at)].learn(value, _WEEKS)
        self._of_day[at.hour].learn(value, _WEEKS * 7)
        self._overall.learn(value, _WEEKS * 168)


def _start(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)


def _slot(at: datetime) -> int:
    return at.weekday() * 24 + at.hour
