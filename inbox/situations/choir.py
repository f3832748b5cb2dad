"""Choirs: one text posted again and again under several posts: by how many people elsewhere, in memory that is bounded."""

from collections import OrderedDict
from datetime import datetime, timedelta

from msgspec import Struct, field

from inbox.situations.model import Chorus, Said, Tally

COPIES = 10_000
"""Copies counted in all choirs; the choir silent for longest is forgotten first."""
IN_ONE = 2048
"""Copies counted of one text: beyond, the oldest leave before their time, so that memory is bounded on any day."""
PARTS = 64
"""Posts of a text kept apart; under the one silent for longest it counts as posted elsewhere."""


class _Voices(Struct):
    """Who posted a text within the window, how often each, and what kind of text all copies of it were."""

    people: dict[str, int] = field(default_factory=dict)
    tally: Tally = field(default_factory=Tally)

    def leave(self, author: str) -> None:
        left = self.people.get(author, 0) - 1
        if left > 0:
            self.people[author] = left
        else:
            self.people.pop(author, None)


class Choir:
    """One copied text: in all, and under each of the posts heard last."""

    __slots__ = ("_copies", "_everywhere", "_parts", "_window")

    def __init__(self, window: timedelta) -> None:
        """Count nobody yet, within a window that ends at the latest copy."""
        self._window = window
        self._copies: list[tuple[datetime, str, str]] = []
        self._everywhere = _Voices()
        self._parts: OrderedDict[str, _Voices] = OrderedDict()

    def __len__(self) -> int:
        return len(self._copies)

    def add(self, said: Said, post: str) -> Chorus | None:
        """Count a copy; returns what there is of its text under other posts."""
        here = self._parts.get(post)
        if here is None:
            here = self._parts[post] = _Voices()
            if len(self._parts) > PARTS:
                self._parts.popitem(last=False)
        self._parts.move_to_end(post)
        for voices in (self._everywhere, here):
            voices.people[said.author] = voices.people.get(said.author, 0) + 1
            voices.tally.add(said)
        self._put(said.at, said.author, post)
        if self._everywhere.tally.copies == here.tally.copies:
            return None
        people = max(0, len(self._everywhere.people) - len(here.people))
        return Chorus(people, self._everywhere.tally.plus(here.tally, -1))

    def _put(self, at: datetime, author: str, post: str) -> None:
        later = []
        while self._copies and self._copies[-1][0] > at:
            later.append(self._copies.pop())
        self._copies.append((at, author, post))
        self._copies.extend(reversed(later))
        oldest = self._copies[-1][0] - self._window
        while self._copies[0][0] < oldest or len(self._copies) > IN_ONE:
            _, who, where = self._copies.pop(0)
            self._everywhere.leave(who)
            if where in self._parts:
                self._parts[where].leave(who)


class Choirs:
    """The copied texts heard last, by wave."""

    def __init__(self, window: timedelta) -> None:
        """Hear of none yet; each counts people within `window`."""
        self._window = window
        self._choirs: OrderedDict[str, Choir] = OrderedDict()
        self._copies = 0

    def __contains__(self, wave: str) -> bool:
        return wave in self._choirs

    def add(self, wave: str, said: Said, post: str) -> Chorus | None:
        """Count a copy in its choir; returns what there is of its text under other posts."""
        choir = self._choirs.get(wave)
        if choir is None:
            choir = self._choirs[wave] = Choir(self._window)
        self._choirs.move_to_end(wave)
        before = len(choir)
        chorus = choir.add(said, post)
        self._copies += len(choir) - before
        while self._copies > COPIES:
            _, silent = self._choirs.popitem(last=False)
            self._copies -= len(silent)
        return chorus
