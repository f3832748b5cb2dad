"""Detector: comments in, situations out, as they begin and end; bounded memory, the same answer every time."""

from collections import OrderedDict
from datetime import datetime

import msgspec
from msgspec import Struct

from inbox.situations.baseline import Rhythm
from inbox.situations.choir import Choirs
from inbox.situations.model import UNKNOWN, Call, Change, Heard, Pace, PostState, Said
from inbox.situations.settings import Settings
from inbox.situations.target import hear
from inbox.situations.thread import Thread
from inbox.situations.waves import Waves

POSTS = 512
"""Posts kept in mind; the one silent for longest is forgotten first."""
REMEMBERED = 20_000
"""Comments kept in mind under all of them; where there are more, posts are forgotten in the same order."""
PAGES = 256
PEOPLE = 4.0
"""People an hour assumed of a page never heard: what 100 comments a day are."""
AGAINST = 1.0
"""The same of people against the house: a quarter of them, as on a page that is used to criticism."""


class _Page(Struct):
    """What is learned of one page: how many people it hears, how many against the house; and its latest pace."""

    people: Rhythm
    against: Rhythm
    pace: Pace = UNKNOWN


class Detector:
    """What is happening under each post of a set of pages.

    Feed it with every comment, the house's own too, about in the order they were written; ask it for a post, or take the
    changes it returns. It keeps no text and no verdict on a person: forget a post, and everything about it is gone.

    Attributes:
        waves: the copies among the comments.
    """

    def __init__(
        self, settings: Settings | None = None, *, waves: Waves | None = None, remembered: int = REMEMBERED
    ) -> None:
        """Begin with nothing heard.

        Args:
            settings: when a situation is called.
            waves: the copies among the comments.
            remembered: comments kept in mind under all posts; at least those of one post are.
        """
        self._settings = settings or Settings()
        self._remembered = remembered
        self.waves = waves or Waves()
        self._threads: OrderedDict[str, Thread] = OrderedDict()
        self._choirs = Choirs(self._settings.window)
        self._pages: OrderedDict[str, _Page] = OrderedDict()
        self._heard: dict[str, Said] = {}

    def add(self, comment: Heard) -> tuple[Change, ...]:
        """Take in a comment; one heard before counts once, and anew when its text has changed.

        Returns:
            The situations that began or ended with it.
        """
        known = self._heard.get(comment.key)
        if known is not None:
            return () if known.words == hash(comment.text) else self._edit(comment, known)
        said = hear(comment)
        said.pace = self._pace(comment, said)
        self._join(comment, said)
        thread = self._thread(comment.post, comment.page)
        before = thread.calls, thread.past
        said.post = thread.post
        self._heard[said.key] = said
        for key in thread.add(said):
            self._heard.pop(key, None)
        while len(self._threads) > POSTS or (len(self._heard) > self._remembered and len(self._threads) > 1):
            self._forget_a_post()
        return _changes(thread, *before)

    def remove(self, key: str) -> tuple[Change, ...]:
        """Forget a comment that its author or the platform took away."""
        known = self._heard.pop(key, None)
        if known is None:
            return ()
        thread = self._threads[known.post]
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

    def _edit(self, comment: Heard, known: Said) -> tuple[Change, ...]:
        thread = self._threads[known.post]
        before = thread.calls, thread.past
        said = self._heard[known.key] = hear(comment)
        said.post, said.wave = thread.post, self.waves.wave_of(comment.key)
        thread.replace(comment.key, said)
        return _changes(thread, *before)

    def _pace(self, comment: Heard, said: Said) -> Pace:
        page = self._pages.get(comment.page)
        if page is None:
            page = self._pages[comment.page] = _Page(Rhythm(PEOPLE), Rhythm(AGAINST))
        self._pages.move_to_end(comment.page)
        if len(self._pages) > PAGES:
            self._pages.popitem(last=False)
        if not comment.own:
            page.people.hear(comment.author, comment.at)
        if said.heat and said.parent is None and not comment.own:
            page.against.hear(comment.author, comment.at)
        deviations = self._settings.surprise
        pace = Pace(
            page.people.expected(comment.at),
            page.people.surprising(comment.at, deviations),
            page.against.surprising(comment.at, deviations),
        )
        if pace != page.pace:  # of all that come within an hour one is kept
            page.pace = pace
        return page.pace

    def _join(self, comment: Heard, said: Said) -> None:
        """Find the wave a comment belongs to and count it in its choir."""
        wave = None if comment.own else self.waves.add(comment.key, comment.text)
        if wave is None:
            return
        if wave not in self._choirs:
            self._count_first(comment.key, wave)
        said.chorus = self._choirs.add(wave, said, comment.post)
        said.wave = wave

    def _count_first(self, copy: str, wave: str) -> None:
        first = self._heard.get(self.waves.first_of(copy) or copy)
        if first is not None:
            self._choirs.add(wave, first, first.post)
            self._threads[first.post].first_copy(first.key, wave)

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
        self._threads.move_to_end(post)
        return thread

    def _forget_a_post(self) -> None:
        _, silent = self._threads.popitem(last=False)
        for said in silent.said:
            self._heard.pop(said.key, None)


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
