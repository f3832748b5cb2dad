"""Lone troll: one or two people whose barbs stand out while the others talk normally."""

from collections.abc import Callable
from datetime import datetime

from msgspec import Struct

from inbox.situations.feud import minutes
from inbox.situations.model import Reason, Said, Target
from inbox.situations.settings import Settings

_APPROACH = 1.0
_OTHER = 0.5
"""Points of a barb: going up to somebody who did not speak to you counts double.

What answers a question counts as `_OTHER`: who helps must not add up to a provoker. The heat of a barb (1 tense, 2 heated)
comes on top; what is kind is no barb.
"""
_AT_MOST = 2


class _Acts(Struct):
    """What one person did under the post."""

    points: float = 0.0
    heat: int = 0
    you: int = 0
    hot: int = 0
    kind: int = 0
    answers: int = 0
    drawn: int = 0
    liked: int = 0
    before: int = 0
    elsewhere: int = 0
    keys: tuple[str, ...] = ()
    approached: tuple[str, ...] = ()
    began: datetime | None = None


class LoneTroll:
    """The barbs under one post, by author.

    It takes several acts (fewer, but one, of somebody who went up to visitors with heated words under other posts of the
    page before), at least one visitor approached unasked, some heat, and a thread whose heat is mostly theirs: an angry
    visitor speaks to the house, once or twice; a helper answers questions kindly; a crowd or a quarrel is not alone.

    Attributes:
        barbed: who went up to a visitor with heated words here, and when first.
        called: who was called, in order.
    """

    def __init__(self, settings: Settings, elsewhere: Callable[[str, datetime], int]) -> None:
        """Begin with nobody; `elsewhere` counts the other posts under which somebody was barbed before a moment."""
        self._settings = settings
        self._elsewhere = elsewhere
        self.barbed: dict[str, datetime] = {}
        self._acts: dict[str, _Acts] = {}
        self._heat = 0
        self._comments = 0
        self._approaching: dict[str, None] = {}
        self.called: dict[str, None] = {}

    def add(self, said: Said, to: str | None, *, unasked: bool, answers_question: bool) -> None:
        """Take in a message.

        Args:
            said: the message.
            to: the visitor it speaks to, if any.
            unasked: whether what it answers was not said to its author.
            answers_question: whether what it answers is a question.
        """
        self._heat += said.heat
        acts = self._acts.setdefault(said.author, _Acts(before=self._comments))
        self._comments += 1
        answered = self._acts.get(to or "")
        if answered is not None:
            answered.drawn += 1
            answered.liked += said.kind
        if said.kind:
            acts.kind += 1
            return
        acts.began = acts.began or said.at
        acts.keys += (said.key,)
        acts.heat += said.heat
        acts.hot += said.heat > 0
        acts.you += said.says_you and to is not None
        acts.answers += answers_question
        approach = to is not None and unasked
        if approach and to is not None:
            acts.approached = tuple(dict.fromkeys((*acts.approached, to)))
            self._approaching[said.author] = None
            if said.heat > 1:
                self.barbed.setdefault(said.author, said.at)
        acts.points += said.heat + (_APPROACH if approach and not answers_question else _OTHER)

    def stands_out(self, author: str, now: datetime) -> bool:
        """Tell whether an author's barbs are a pattern and most of the heat there is, alone or with one who is called."""
        acts = self._acts.get(author)
        if acts is None or not acts.approached or len(self.called.keys() | {author}) > _AT_MOST:
            return False
        theirs = acts.heat + self._heat_of_another(author)
        if theirs < self._settings.alone * self._heat:
            return False
        if self._provokes(acts) or self._harps(acts):
            return True
        acts.elsewhere = self._elsewhere(author, now) if author in self.barbed else 0
        return acts.elsewhere > 0 and self._provokes(acts, acts.elsewhere)

    def _heat_of_another(self, author: str) -> int:
        """The heat of the other one, where two provoke."""
        names = [name for name in self._approaching if name != author]
        return max(
            (self._acts[name].heat for name in names if len(self._acts[name].keys) >= self._settings.acts), default=0
        )

    def _provokes(self, acts: _Acts, elsewhere: int = 0) -> bool:
        enough = len(acts.keys) + elsewhere >= self._settings.acts
        return acts.heat > 0 and enough and acts.points + elsewhere >= self._settings.barbs

    def _harps(self, acts: _Acts) -> bool:
        comments = len(acts.keys)
        enough = self._settings.harping - (acts.heat > 0 or 2 * acts.you >= comments)
        return (
            comments >= enough
            and comments >= self._settings.share * (self._comments - acts.before)
            and len(acts.approached) > 1
            and 3 * acts.kind <= comments  # a laugh may be scorn, thanks irony
            and 2 * acts.answers < comments
            and 2 * acts.liked <= acts.drawn
        )

    def reason(self, now: datetime) -> Reason:
        """Say what is seen: how many barbs of those called, at how many people."""
        acts = [self._acts[name] for name in self.called if name in self._acts]
        elsewhere = max((each.elsewhere for each in acts), default=0)
        alone = "barbs_again" if elsewhere else "barbs"
        return Reason(
            code=alone if len(self.called) < _AT_MOST else "barbs_of_two",
            people=len(self.called),
            comments=sum(len(each.keys) for each in acts),
            minutes=minutes(min((each.began for each in acts if each.began), default=now), now),
            hot=sum(each.hot for each in acts),
            elsewhere=elsewhere,
            approached=len({to for each in acts for to in each.approached}),
            authors=tuple(self.called),
            texts=tuple(key for each in acts for key in each.keys)[:10],
            target=Target.VISITOR,
        )
