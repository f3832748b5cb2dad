"""Flood: many people against the house at once, with one text or one target, faster than the page's rhythm."""

from datetime import datetime
from math import sqrt

from msgspec import Struct

from inbox.situations.crowd import Crowd
from inbox.situations.feud import minutes
from inbox.situations.model import Chorus, Reason, Said, Stir, Tally, Target
from inbox.situations.settings import Settings

_WAVES = 64
"""Waves counted under one post before those that are over are looked for."""


class _Cause(Struct):
    """Which crowd makes the flood, and how many people it is, under other posts too."""

    code: str
    crowd: Crowd
    people: int
    wave: str | None = None


class Flood:
    """The crowd under one post, in the window that ends now.

    Two ways lead to a flood: a text that wants something of the house, posted by `copies` people (two of them here, when
    the others post it under other posts); or a crowd against the house, each in their own words, who are enough of those
    who speak, of whom enough are heated, and half heated or demanding: a dozen grievances are no crowd. Both must stand above the page's own rhythm.
    """

    def __init__(self, settings: Settings) -> None:
        """Begin with nobody."""
        self._settings = settings
        window = settings.window
        self._everyone = Crowd(window)
        self._against = Crowd(window)
        self._heated = Crowd(window)
        self._resolved = Crowd(window)
        moods = (Stir.THANKS, Stir.QUESTIONS, Stir.COPIES, Stir.SERVICE)
        self._moods = {mood: Crowd(window) for mood in moods}
        self._waves: dict[str, Crowd] = {}
        self._tallies: dict[str, Tally] = {}
        self._level = 0.0
        self._cause = _Cause("crowd", self._against, 0)

    def add(self, said: Said, to: str | None) -> None:
        """Take in a message, and the visitor it speaks to, if any."""
        self._expire(said.at)
        self._everyone.add(said)
        if said.wave is not None:
            self.count_copy(said.wave, said)
        if to is None:
            self._count(said)
        # A text is news where more people post it than come and go anyway: one deviation of the page's rhythm.
        copies = max(self._settings.copies, sqrt(said.pace.usual))
        self._level = 0.0
        if said.wave is not None and self._is_protest(said.wave, said.chorus):
            here = len(self._waves[said.wave])
            people = here + (said.chorus.people if said.chorus and here > 1 else 0)
            self._weigh(people / copies, _Cause("copies", self._waves[said.wave], people, said.wave))
        if to is None and (said.heat or said.protest) and not (said.service or said.alone):
            people = len(self._against)
            heated = len(self._heated) >= self._settings.anger * people and 2 * len(self._resolved) >= people
            many = people >= self._settings.anger * len(self._everyone)
            level = people / max(self._settings.crowd, said.pace.furious) if heated and many else 0.0
            self._weigh(level, _Cause("crowd", self._against, people))

    def count_copy(self, wave: str, said: Said) -> None:
        """Count a copy; the first of a wave is counted when the second comes."""
        self._waves.setdefault(wave, Crowd(self._settings.window)).add(said)
        self._tallies.setdefault(wave, Tally()).add(said)
        if (said.alone or not said.heat) and not said.protest:
            self._moods[Stir.COPIES].add(said)

    @property
    def level(self) -> float:
        """How much of a flood the latest message makes: 1 and more is one, a half keeps one going."""
        return self._level

    def stir(self, surprising: float) -> Stir | None:
        """Say what a lively thread is; None when no more people speak than usual."""
        crowd = max(self._settings.crowd, surprising)
        if len(self._everyone) < crowd:
            return None
        moods = {**self._moods, Stir.CRITICISM: self._against}
        stir = max(moods, key=lambda mood: len(moods[mood]))
        return stir if 2 * len(moods[stir]) >= len(self._everyone) else Stir.TALK

    def reason(self, now: datetime, usual: float, targets: Target) -> Reason:
        """Say what is seen: how many people, how fast, with which text."""
        crowd = self._cause.crowd
        return Reason(
            code=self._cause.code,
            people=self._cause.people,
            comments=crowd.comments,
            minutes=minutes(crowd.first or now, now),
            hot=self._heated.comments,
            usual=round(usual),
            authors=crowd.authors(10),
            texts=crowd.keys(10),
            target=targets,
            wave=self._cause.wave,
        )

    def _is_protest(self, wave: str, chorus: Chorus | None) -> bool:
        """Whether a copied text is a protest, by its copies here so far and those elsewhere."""
        tally = self._tallies[wave]
        return (tally.plus(chorus.tally) if chorus else tally).is_protest

    def _count(self, said: Said) -> None:
        if said.alone:
            return
        if said.service and (said.heat or said.protest):
            self._moods[Stir.SERVICE].add(said)
            return
        if said.heat or said.protest:
            self._against.add(said)
        elif said.question:
            self._moods[Stir.QUESTIONS].add(said)
        elif said.kind:
            self._moods[Stir.THANKS].add(said)
        if said.heat > 1:
            self._heated.add(said)
        if said.heat > 1 or said.protest:
            self._resolved.add(said)

    def _weigh(self, level: float, cause: _Cause) -> None:
        if level > self._level:
            self._level = level
            self._cause = cause

    def _expire(self, now: datetime) -> None:
        for crowd in (self._everyone, self._against, self._heated, self._resolved, *self._moods.values()):
            crowd.expire(now)
        if len(self._waves) > _WAVES:
            self._waves = {name: crowd for name, crowd in self._waves.items() if _alive(crowd, now)}
            self._tallies = {name: tally for name, tally in self._tallies.items() if name in self._waves}


def _alive(crowd: Crowd, now: datetime) -> bool:
    crowd.expire(now)
    return len(crowd) > 0
