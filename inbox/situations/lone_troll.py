"""Lone troll: one or two people whose barbs stand out while the others talk normally."""

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
    hot: int = 0
    kind: int = 0
    answers: int = 0
    before: int = 0
    keys: tuple[str, ...] = ()
    approached: tuple[str, ...] = ()
    began: datetime | None = None


class LoneTroll:
    """The barbs under one post, by author.

    It takes several acts, at least one visitor approached unasked, some heat, and a thread whose heat is mostly theirs: an angry
    visitor speaks to the house, once or twice; a helper answers questions kindly; a crowd or a quarrel is not alone.
    """

    def __init__(self, settings: Settings) -> None:
        """Begin with nobody."""
        self._settings = settings
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
        if said.kind:
            acts.kind += 1
            return
        acts.began = acts.began or said.at
        acts.keys += (said.key,)
        acts.heat += said.heat
        acts.hot += said.heat > 0
        acts.answers += answers_question
        approach = to is not None and unasked
        if approach and to is not None:
            acts.approached = tuple(dict.fromkeys((*acts.approached, to)))
            self._approaching[said.author] = None
        acts.points += said.heat + (_APPROACH if approach and not answers_question else _OTHER)

    def stands_out(self, author: str) -> bool:
        """Tell whether an author's barbs are a pattern and most of the heat there is, alone or with one who is called."""
        acts = self._acts.get(author)
        if acts is None or not acts.approached or len(self.called.keys() | {author}) > _AT_MOST:
            return False
        theirs = acts.heat + self._heat_of_another(author)
        if theirs < self._settings.alone * self._heat:
            return False
        return self._provokes(acts) or self._harps(acts)

    def _heat_of_another(self, author: str) -> int:
        """The heat of the other one, where two provoke."""
        names = [name for name in self._approaching if name != author]
        return max(
            (self._acts[name].heat for name in names if len(self._acts[name].keys) >= self._settings.acts), default=0
        )

    def _provokes(self, acts: _Acts) -> bool:
        return acts.heat > 0 and len(acts.keys) >= self._settings.acts and acts.points >= self._settings.barbs

    def _harps(self, acts: _Acts) -> bool:
        comments = len(acts.keys)
        return (
            comments >= self._settings.harping
            and comments >= self._settings.share * (self._comments - acts.before)
            and len(acts.approached) > 1
            and 3 * acts.kind <= comments  # a laugh may be scorn, thanks irony
            and 2 * acts.answers < comments
        )

    def reason(self, now: datetime) -> Reason:
        """Say what is seen: how many barbs of those called, at how many people."""
        acts = [self._acts[name] for name in self.called if name in self._acts]
        return Reason(
            code="barbs" if len(self.called) < _AT_MOST else "barbs_of_two",
            people=len(self.called),
            comments=sum(len(each.keys) for each in acts),
            minutes=minutes(min((each.began for each in acts if each.began), default=now), now),
            hot=sum(each.hot for each in acts),
            approached=len({to for each in acts for to in each.approached}),
            authors=tuple(self.called),
            texts=tuple(key for each in acts for key in each.keys)[:10],
            target=Target.VISITOR,
        )
