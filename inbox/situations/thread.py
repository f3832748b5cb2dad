"""One post's thread: its comments folded in time order into feud, lone troll and flood, and what is called when."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Protocol

import msgspec

from inbox.situations.feud import Feud
from inbox.situations.flood import Flood
from inbox.situations.lone_troll import LoneTroll
from inbox.situations.model import Call, PostState, Reason, Said, Situation, Stir, Target
from inbox.situations.settings import Settings

REMEMBERED = 256
"""Comments of a post kept in mind; when there are more, the older half is let go."""
_HALF = REMEMBERED // 2
_PAST = 8


class Elsewhere(Protocol):
    """Counts the other posts under which somebody went up to visitors with heated words before a moment."""

    def __call__(self, here: "Thread", author: str, before: datetime, /) -> int:
        """Return the number of posts beside `here`."""


class Thread:
    """What goes on under one post.

    The state is a fold over the comments remembered, ordered by time and key: one that comes late, changes or goes is put in
    its place and the fold done again, so that the order of arrival does not matter.

    Attributes:
        post: the post.
        page: the page it stands on.
        said: the comments remembered, in order.
    """

    def __init__(self, post: str, page: str, settings: Settings, elsewhere: Elsewhere) -> None:
        """Begin empty.

        Args:
            post: the post.
            page: the page it stands on.
            settings: when a situation is called.
            elsewhere: counts the other posts under which somebody went up to visitors with heated words before a moment.
        """
        self.post = post
        self.page = page
        self._elsewhere = elsewhere
        self._settings = settings
        self._base: dict[Situation, Call] = {}
        self._base_past: tuple[Call, ...] = ()
        self.said: list[Said] = []
        self._reset()

    def add(self, said: Said) -> tuple[str, ...]:
        """Take in one comment; returns the keys that were let go to make room."""
        if self.said and _order(said) < _order(self.said[-1]):
            self.said.insert(bisect_right(self.said, _order(said), key=_order), said)
            self.refold()
        else:
            self.said.append(said)
            self._step(said)
        return self._let_go() if len(self.said) > REMEMBERED else ()

    def replace(self, key: str, said: Said | None) -> None:
        """Put an edited comment in the place of the old one, or take it out."""
        place = next((i for i, old in enumerate(self.said) if old.key == key), None)
        if place is None:
            return
        if said is None:
            del self.said[place]
        else:
            old = self.said[place]
            said.chorus, said.at, said.pace = old.chorus, old.at, old.pace
            self.said[place] = said
        self.refold()

    def first_copy(self, key: str, wave: str) -> None:
        """Learn that a comment remembered was the first of a wave."""
        for said in self.said:
            if said.key == key:
                said.wave = wave
                self._flood.count_copy(wave, said)

    def refold(self) -> None:
        """Do the fold again from the comments remembered."""
        self._reset()
        for said in self.said:
            self._step(said)

    def settle(self, now: datetime) -> None:
        """End what has been quiet for long enough at `now`."""
        for situation, call in list(self._calls.items()):
            rest = self._settings.rest if situation is Situation.FLOOD else self._settings.long_rest
            if now - call.held > rest:
                self._end(msgspec.structs.replace(call, until=call.held + rest))

    @property
    def calls(self) -> tuple[Call, ...]:
        """Situations that hold, gravest first."""
        if not self._calls:
            return ()
        return tuple(self._calls[s] for s in Situation if s in self._calls)

    @property
    def past(self) -> tuple[Call, ...]:
        """Situations that held before, latest last."""
        return self._past

    @property
    def barbed(self) -> dict[str, datetime]:
        """Who went up to a visitor with heated words here, and when first."""
        return self._troll.barbed

    def state(self) -> PostState:
        """Say what goes on now."""
        waves = tuple(dict.fromkeys(said.wave for said in self.said if said.wave is not None))
        return PostState(post=self.post, calls=self.calls, past=self.past, stir=self._stir, waves=waves)

    def _reset(self) -> None:
        self._feud = Feud(self._settings)
        self._troll = LoneTroll(self._settings, partial(self._elsewhere, self))
        self._flood = Flood(self._settings)
        self._by_key: dict[str, Said] = {}
        self._handles: dict[str, str] = {}
        self._addressees: dict[str, str] = {}
        self._targets: Counter[Target] = Counter()
        self._branch: dict[str, list[str]] = {}
        self._calls = dict(self._base)
        self._past = self._base_past
        self._halfway = dict(self._base), self._base_past
        self._stir: Stir | None = None
        for name in self._calls.get(Situation.LONE_TROLL, _NOBODY).reason.authors:
            self._troll.called[name] = None

    def _let_go(self) -> tuple[str, ...]:
        gone, self.said = self.said[:_HALF], self.said[_HALF:]
        self._base, self._base_past = self._halfway
        self.refold()
        return tuple(said.key for said in gone)

    def _step(self, said: Said) -> None:
        if len(self._by_key) == _HALF:
            self._halfway = dict(self._calls), self._past
        self._by_key[said.key] = said
        for name in said.names:
            self._handles[name] = said.author
        self.settle(said.at)
        if said.own:
            return
        to = self._addressee(said)
        parent = self._by_key.get(said.parent or "")
        unasked = to is not None and self._is_unasked(said, parent)
        self._feud.add(said, to, unasked=unasked)
        self._troll.add(said, to, unasked=unasked, answers_question=parent is not None and parent.question)
        self._flood.add(said, to)
        if to is not None:
            self._addressees[said.key] = to
        elif said.heat or said.protest:
            self._targets[said.target] += 1
        self._judge(said)

    def _judge(self, said: Said) -> None:
        target = self._targets.most_common(1)[0][0] if self._targets else Target.HOUSE
        level = self._flood.level
        self._update(
            Situation.FLOOD,
            said,
            level >= 1,
            level >= 0.5,
            lambda: self._flood.reason(said.at, said.pace.usual, target),
        )
        feud = self._feud.fed and (Situation.FEUD in self._calls or self._feud.holds)
        self._update(Situation.FEUD, said, feud, self._feud.fed, lambda: self._feud.reason(said.at))
        if Situation.FEUD in self._calls:
            self._absorb()
        alone = said.author not in self._feud_people() and self._troll.stands_out(said.author, said.at)
        if alone:
            self._troll.called[said.author] = None
        barb = said.author in self._troll.called and not said.kind
        self._update(Situation.LONE_TROLL, said, alone, barb, lambda: self._troll.reason(said.at))
        if alone:
            self._name_the_other(said.at)
        self._stir = None if self._calls else self._flood.stir(said.pace.surprising)

    def _name_the_other(self, now: datetime) -> None:
        """Say of a lone troll already called that there are two."""
        call = self._calls[Situation.LONE_TROLL]
        if set(call.reason.authors) != set(self._troll.called):
            self._calls[Situation.LONE_TROLL] = msgspec.structs.replace(call, reason=self._troll.reason(now))

    def _feud_people(self) -> dict[str, None]:
        return self._feud.people if Situation.FEUD in self._calls else {}

    def _absorb(self) -> None:
        """A provoker whom others fight is one side of a feud, no longer alone."""
        call = self._calls.get(Situation.LONE_TROLL)
        if call is not None and set(call.reason.authors) <= set(self._feud.people):
            self._end(msgspec.structs.replace(call, until=call.held, absorbed=True))

    def _update(
        self, situation: Situation, said: Said, begins: bool, feeds: bool, reason: Callable[[], Reason]
    ) -> None:
        call = self._calls.get(situation)
        if call is None and begins:
            self._calls[situation] = Call(
                situation=situation, since=said.key, at=said.at, reason=reason(), held=said.at
            )
        elif call is not None and feeds:
            self._calls[situation] = msgspec.structs.replace(call, held=max(call.held, said.at))

    def _end(self, call: Call) -> None:
        del self._calls[call.situation]
        self._past = (*self._past, call)[-_PAST:]

    def _is_unasked(self, said: Said, parent: Said | None) -> bool:
        """Whether a message goes up to somebody who talks normally and did not speak to its author."""
        if parent is None:
            return True
        return parent.author != said.author and not parent.heat and self._addressees.get(parent.key) != said.author

    def _addressee(self, said: Said) -> str | None:
        """Whom a message speaks to: who is mentioned, else who is answered.

        Under one's own comment that is who spoke there last, else whom that comment spoke to.
        """
        for handle in said.mentions:
            author = self._handles.get(handle)
            if author is not None and author != said.author:
                return author
        parent = self._by_key.get(said.parent or "")
        if parent is None:
            return None
        if parent.author != said.author:
            to = None if parent.own else parent.author
        else:
            spoke = (name for name in reversed(self._branch.get(parent.key, [])) if name != said.author)
            to = next(spoke, self._addressees.get(parent.key))
        self._branch.setdefault(parent.key, []).append(said.author)
        return to


def _order(said: Said) -> tuple[datetime, str]:
    return said.at, said.key


_NOBODY = Call(
    situation=Situation.LONE_TROLL,
    since="",
    at=datetime.min,  # noqa: DTZ901 - stands for no call; never compared
    reason=Reason(code="barbs", people=0, comments=0, minutes=0),
    held=datetime.min,  # noqa: DTZ901 - as above
)
