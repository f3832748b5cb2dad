"""Weather: what holds over the whole desk rather than for one comment: situations announced, waves followed, crisis mode."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import TypeVar

from msgspec import Struct, field, structs

from inbox.events import (
    CrisisBegan,
    CrisisEnded,
    CrisisTicked,
    SituationBegan,
    SituationEnded,
    Undone,
    WaveFollowed,
    WaveInherited,
)
from inbox.figures import Figures

ANNOUNCED = 50
"""Announcements remembered; the journal has them all."""
FOLLOWS_FOR = timedelta(hours=24)
"""How long later copies follow a wave: as long as a protest goes round."""
WeatherEvent = (
    SituationBegan | SituationEnded | WaveFollowed | WaveInherited | CrisisBegan | CrisisEnded | CrisisTicked | Undone
)
"""The events that make the weather."""


_Called = TypeVar("_Called", bound=SituationBegan | SituationEnded)


def anonymous(event: _Called, keys: frozenset[str]) -> _Called:
    """Return what a situation is without the comment it began with and the people who made it, once that is forgotten."""
    if not isinstance(event, SituationBegan) or keys.isdisjoint((event.since, *event.reason.texts)):
        return event
    reason = structs.replace(event.reason, authors=(), texts=tuple(t for t in event.reason.texts if t not in keys))
    return structs.replace(event, since="" if event.since in keys else event.since, reason=reason)


class Follow(Struct, frozen=True):
    """A wave decided with the copies that come later.

    Attributes:
        act: the act that decided it.
        by: who decided.
        until: until when copies follow.
    """

    act: str
    by: str
    until: datetime


class Crisis(Struct, frozen=True, kw_only=True):
    """Crisis mode as it was switched on.

    Attributes:
        by: who switched it on.
        since: when.
        until: when it ends by itself.
        posts: the posts that were flooded then, as "SOURCE/POST".
        topics: the exhibitions they belong to; jokes are off there, and everywhere when there is none.
        ticked: what was done by hand: the step, who and when.
    """

    by: str
    since: datetime
    until: datetime
    posts: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    ticked: dict[str, tuple[str, datetime]] = {}


class Inherited(Struct):
    """The comments that followed their wave, each with the act that decided it.

    Attributes:
        acts: a number for each such act.
        of: the number of its act by comment.
    """

    acts: dict[str, int] = {}
    of: Figures = field(default_factory=lambda: Figures(1))

    def __contains__(self, key: str) -> bool:
        return self.of.find(key) >= 0

    def add(self, keys: Iterable[str], act: str) -> None:
        """Let comments follow because of an act."""
        number = self.acts.setdefault(act, len(self.acts))
        for key in keys:
            self.of.set(key, number)

    def drop(self, keys: Collection[str]) -> None:
        """Let comments go, or stand for themselves again."""
        self.of.drop(keys)
        self.of = self.of.squeezed()

    def under(self, act: str) -> list[str]:
        """List the comments that followed because of an act, in the order in which they came."""
        number = self.acts.get(act)
        return [] if number is None else [key for key, (decided,) in self.of.items() if decided == number]


class Weather(Struct):
    """What holds over the whole desk, folded from its events.

    Attributes:
        called: the situations announced and not ended, by post ("SOURCE/POST").
        announced: the latest announcements, oldest first.
        announcements: how many there were in all.
        followed: the waves whose later copies follow, by wave.
        inherited: the comments that followed their wave.
        crisis: crisis mode as last switched on and not ended, or None.
    """

    called: dict[str, tuple[SituationBegan, ...]] = {}
    announced: tuple[SituationBegan | SituationEnded, ...] = ()
    announcements: int = 0
    followed: dict[str, Follow] = {}
    inherited: Inherited = field(default_factory=Inherited)
    crisis: Crisis | None = None

    def apply(self, event: WeatherEvent) -> Iterable[str]:
        """Fold one event in; it concerns no item that others do not name."""
        if isinstance(event, SituationBegan | SituationEnded):
            self._situation(event)
        elif isinstance(event, WaveFollowed | WaveInherited | Undone):
            self._wave(event)
        else:
            self._crisis(event)
        return ()

    def _situation(self, event: SituationBegan | SituationEnded) -> None:
        known = [began for began in self.called.get(event.post, ()) if began.situation is not event.situation]
        if isinstance(event, SituationBegan):
            known.append(event)
        if known:
            self.called[event.post] = tuple(known)
        else:
            self.called.pop(event.post, None)
        self._announce(event)

    def _wave(self, event: WaveFollowed | WaveInherited | Undone) -> None:
        if isinstance(event, WaveFollowed):
            alive = {wave: follow for wave, follow in self.followed.items() if follow.until > event.at}
            self.followed = alive | dict.fromkeys(event.waves, Follow(event.act, event.by, event.until))
        elif isinstance(event, WaveInherited):
            self.inherited.add(event.keys, event.act)
        else:
            self.followed = {wave: follow for wave, follow in self.followed.items() if follow.act != event.act}
            self.inherited.drop([before.key for before in event.before])

    def _crisis(self, event: CrisisBegan | CrisisEnded | CrisisTicked) -> None:
        if isinstance(event, CrisisTicked):
            self._tick(event)
            return
        known = self.crisis
        self.crisis = None
        if isinstance(event, CrisisBegan):
            self.crisis = Crisis(
                by=event.by,
                since=known.since if known else event.at,
                until=event.until,
                posts=event.posts,
                topics=event.topics,
                ticked=known.ticked if known else {},
            )

    def _announce(self, event: SituationBegan | SituationEnded) -> None:
        self.announced = (*self.announced, event)[-ANNOUNCED:]
        self.announcements += 1

    def _tick(self, event: CrisisTicked) -> None:
        if self.crisis is None:
            return
        ticked = {step: done for step, done in self.crisis.ticked.items() if step != event.step}
        if event.done:
            ticked[event.step] = (event.by, event.at)
        self.crisis = structs.replace(self.crisis, ticked=ticked)

    def forget(self, keys: frozenset[str]) -> None:
        """Let comments go; that a situation was called stays, without what it was called by."""
        self.inherited.drop(keys)
        self.announced = tuple(anonymous(event, keys) for event in self.announced if event.post not in keys)
        called = {post: each for post, each in self.called.items() if post not in keys}
        self.called = {post: tuple(anonymous(began, keys) for began in each) for post, each in called.items()}
        if self.crisis is not None:
            posts = tuple(post for post in self.crisis.posts if post not in keys)
            self.crisis = structs.replace(self.crisis, posts=posts)

    # -- small questions ---------------------------------------------------------------------------

    def crisis_at(self, now: datetime) -> Crisis | None:
        """Return crisis mode if it holds at `now`: it never outlives its end, whoever is there to say so."""
        return self.crisis if self.crisis is not None and now < self.crisis.until else None

    def jokes_are_off(self, topic: str, now: datetime) -> bool:
        """Whether crisis mode forbids jokes about a topic (an exhibition, or "")."""
        crisis = self.crisis_at(now)
        return crisis is not None and (not crisis.topics or topic in crisis.topics)

    def follows(self, wave: str, now: datetime) -> Follow | None:
        """Return the decision that a copy coming at `now` follows, if any."""
        follow = self.followed.get(wave)
        return follow if follow is not None and now < follow.until else None

    def followers(self, act: str) -> list[str]:
        """List the comments that followed a wave because of an act."""
        return self.inherited.under(act)
