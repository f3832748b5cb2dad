"""Detector: comments in, situations out, as they begin and end; bounded memory, the same answer every time."""

from collections import OrderedDict
from datetime import datetime, timedelta
from hashlib import blake2b

import msgspec
from msgspec import Struct

from inbox.situations.baseline import Rhythm
from inbox.situations.crowd import Crowd
from inbox.situations.model import Call, Change, Chorus, Heard, PostState, Said, Tally
from inbox.situations.settings import Settings
from inbox.situations.target import hear
from inbox.situations.thread import Pace, Thread
from inbox.situations.waves import Waves

POSTS = 512
"""Posts kept in mind; the one silent for longest is forgotten first."""
CHOIRS = 1024
"""Waves kept in mind; the one silent for longest is forgotten first."""
PARTS = 64
"""Posts of a wave kept apart; under the one silent for longest it counts as posted elsewhere."""
PAGES = 256
PEOPLE = 4.0
"""People an hour assumed of a page never heard: what 100 comments a day are."""
AGAINST = 1.0
"""The same of people against the house: a quarter of them, as on a page that is used to criticism."""


class _Part(Struct):
    """A copied text under one post: who posted it there within the window, and what kind of text it is."""

    people: Crowd
    tally: Tally


class _Choir(Struct):
    """One copied text: in all, and under each of the posts heard last."""

    whole: _Part
    parts: OrderedDict[str, _Part]

    def add(self, said: Said, post: str, window: timedelta) -> Chorus | None:
        """Count a copy; returns what there is of its text under other posts."""
        part = self.parts.get(post)
        if part is None:
            part = self.parts[post] = _Part(Crowd(window), Tally())
            if len(self.parts) > PARTS:
                self.parts.popitem(last=False)
        self.parts.move_to_end(post)
        for each in (self.whole, part):
            each.people.add(said.at, said.author, said.key)
            each.tally.add(said)
        if self.whole.tally.copies == part.tally.copies:
            return None
        people = max(0, len(self.whole.people) - len(part.people))
        return Chorus(people, self.whole.tally.plus(part.tally, -1))


class Detector:
    """What is happening under each post of a set of pages.

    Feed it with every comment, the house's own too, about in the order they were written; ask it for a post, or take the
    changes it returns. It keeps no text and no verdict on a person: forget a post, and everything about it is gone.

    Attributes:
        waves: the copies among the comments.
    """

    def __init__(self, settings: Settings | None = None, *, waves: Waves | None = None) -> None:
        """Begin with nothing heard."""
        self._settings = settings or Settings()
        self.waves = waves or Waves()
        self._threads: OrderedDict[str, Thread] = OrderedDict()
        self._choirs: OrderedDict[str, _Choir] = OrderedDict()
        self._rhythms: OrderedDict[str, tuple[Rhythm, Rhythm]] = OrderedDict()
        self._heard: dict[str, tuple[str, bytes]] = {}

    def add(self, comment: Heard) -> tuple[Change, ...]:
        """Take in a comment; one heard before counts once, and anew when its text has changed.

        Returns:
            The situations that began or ended with it.
        """
        digest = blake2b(comment.text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        known = self._heard.get(comment.key)
        if known is not None:
            if known[1] == digest:
                return ()
            return self._edit(comment, digest)
        said = hear(comment)
        pace = self._pace(comment, said)
        self._join(comment, said)
        thread = self._thread(comment.post, comment.page)
        before = thread.calls, thread.past
        self._heard[comment.key] = (comment.post, digest)
        for key in thread.add(said, pace):
            self._heard.pop(key, None)
        return _changes(thread, *before)

    def remove(self, key: str) -> tuple[Change, ...]:
        """Forget a comment that its author or the platform took away."""
        known = self._heard.pop(key, None)
        thread = self._threads.get(known[0]) if known else None
        if thread is None:
            return ()
        before = thread.calls, thread.past
        thread.replace(key, None)
        return _changes(thread, *before)

    def tick(self, now: datetime) -> tuple[Change, ...]:
        """Let time pass: end what has been quiet for long enough."""
        changes: list[Change] = []
        for thread in self._threads.values():
            before = thread.calls, thread.past
            if before[0]:
                thread.settle(now)
                changes.extend(_changes(thread, *before))
        return tuple(changes)

    def post(self, post: str) -> PostState:
        """Say what goes on under a post; quiet for one never heard of."""
        thread = self._threads.get(post)
        return thread.state() if thread else PostState(post=post)

    def posts(self) -> tuple[PostState, ...]:
        """List the posts that are not quiet, the one heard last first."""
        return tuple(thread.state() for thread in reversed(self._threads.values()) if thread.calls)

    def _edit(self, comment: Heard, digest: bytes) -> tuple[Change, ...]:
        thread = self._threads[self._heard[comment.key][0]]
        before = thread.calls, thread.past
        self._heard[comment.key] = (thread.post, digest)
        said = hear(comment)
        said.wave = self.waves.wave_of(comment.key)
        thread.replace(comment.key, said)
        return _changes(thread, *before)

    def _pace(self, comment: Heard, said: Said) -> Pace:
        rhythms = self._rhythms.get(comment.page)
        if rhythms is None:
            rhythms = self._rhythms[comment.page] = Rhythm(PEOPLE), Rhythm(AGAINST)
        self._rhythms.move_to_end(comment.page)
        if len(self._rhythms) > PAGES:
            self._rhythms.popitem(last=False)
        people, against = rhythms
        if not comment.own:
            people.hear(comment.author, comment.at)
        if said.heat and said.parent is None and not comment.own:
            against.hear(comment.author, comment.at)
        deviations = self._settings.surprise
        return Pace(
            people.expected(comment.at),
            people.surprising(comment.at, deviations),
            against.surprising(comment.at, deviations),
        )

    def _join(self, comment: Heard, said: Said) -> None:
        """Find the wave a comment belongs to and count it in its choir."""
        wave = None if comment.own else self.waves.add(comment.key, comment.text)
        if wave is None:
            return
        choir = self._choirs.get(wave)
        if choir is None:
            whole = _Part(Crowd(self._settings.window), Tally())
            choir = self._choirs[wave] = _Choir(whole, OrderedDict())
            self._count_first(comment.key, wave, choir)
            if len(self._choirs) > CHOIRS:
                self._choirs.popitem(last=False)
        self._choirs.move_to_end(wave)
        said.chorus = choir.add(said, comment.post, self._settings.window)
        said.wave = wave

    def _count_first(self, copy: str, wave: str, choir: _Choir) -> None:
        first = self.waves.first_of(copy) or copy
        known = self._heard.get(first)
        thread = self._threads.get(known[0]) if known else None
        if thread is None:
            return
        for said in thread.said:
            if said.key == first:
                choir.add(said, thread.post, self._settings.window)
        thread.first_copy(first, wave)

    def _elsewhere(self, here: Thread, author: str, before: datetime) -> int:
        """Count the other posts of the page, of those kept in mind, where somebody was barbed in the last weeks."""
        since = before - self._settings.grudge
        return sum(
            since <= thread.barbed.get(author, before) < before
            for thread in self._threads.values()
            if thread is not here and thread.page == here.page
        )

    def _thread(self, post: str, page: str) -> Thread:
        thread = self._threads.get(post)
        if thread is None:
            thread = self._threads[post] = Thread(post, page, self._settings, self._elsewhere)
            if len(self._threads) > POSTS:
                _, old = self._threads.popitem(last=False)
                for said in old.said:
                    self._heard.pop(said.key, None)
        self._threads.move_to_end(post)
        return thread


def _changes(thread: Thread, calls: tuple[Call, ...], past: tuple[Call, ...]) -> tuple[Change, ...]:
    """Compare a thread with what it was; a call that an edit or a removal undid ends where it was last fed."""
    had, has = {call.situation for call in calls}, {call.situation for call in thread.calls}
    ended = [call for call in thread.past if call not in past]
    over = {call.situation for call in ended}
    undone = [
        msgspec.structs.replace(call, until=call.held)
        for call in calls
        if call.situation not in has and call.situation not in over
    ]
    starts = [call for call in thread.calls if call.situation not in had]
    return tuple(Change(thread.post, call) for call in (*ended, *undone, *starts))
