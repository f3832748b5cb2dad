"""Feud: visitors answering each other back with rising heat, while the house is not the target."""

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct, field

from inbox.situations.model import Reason, Said, Target
from inbox.situations.settings import Settings

_SEVERAL = 2


class _Pair(Struct):
    """What two people have said to each other."""

    sent: dict[str, int] = field(default_factory=dict)
    fights: dict[str, int] = field(default_factory=dict)
    heat: int = 0
    hot: int = 0
    you: int = 0
    kind: int = 0
    keys: list[str] = field(default_factory=list)

    @property
    def mutual(self) -> bool:
        return len(self.sent) == 2


_Pairs = dict[tuple[str, str], _Pair]


class Feud:
    """The quarrel under one post.

    Who speaks to whom makes it, more than how: a provoker is answered once and shrugged off, people who quarrel answer
    back. The fray is what is said in pairs in which both have spoken to each other, and by whoever joins one of them. Two
    ways lead to a feud: one pair with at least `exchanges` messages; or `camps` messages among three and more people, two
    pairs of them at each other, nobody in the middle of it all. What laughs, smiles or thanks weighs nothing: friends tease.
    The heat of the fray must reach `quarrel`; irony goes unrecognised, so many messages of answering back (`volleys`) do
    without heat, if no kind one is among them. Where everything turns around one person who went up to several others,
    and none of these fights, there is a provoker and no quarrel, whatever the number of answers.

    Attributes:
        people: whoever stands in a mutual exchange, in the order they entered.
    """

    def __init__(self, settings: Settings) -> None:
        """Begin with nobody."""
        self._settings = settings
        self._pairs: _Pairs = {}
        self._approached: dict[str, dict[str, None]] = {}
        self.people: dict[str, None] = {}
        self._fed = False
        self._speaker = ""
        self._began: datetime | None = None

    def add(self, said: Said, to: str | None, *, unasked: bool) -> None:
        """Take in a message, the visitor it speaks to, if any, and whether that one had not spoken to its author."""
        self._fed = False
        if to is None:
            return
        pair = self._pairs.setdefault((min(said.author, to), max(said.author, to)), _Pair())
        if said.kind:
            pair.kind += 1
            return
        if unasked:
            self._approached.setdefault(said.author, {})[to] = None
        pair.sent[said.author] = pair.sent.get(said.author, 0) + 1
        pair.fights[said.author] = pair.fights.get(said.author, 0) + (said.heat > 0)
        pair.heat += said.heat
        pair.hot += said.heat > 0
        pair.you += said.says_you
        pair.keys.append(said.key)
        if pair.mutual:
            self.people.update(dict.fromkeys((to, said.author)))
            self._began = self._began or said.at
        self._fed = said.author in self.people or to in self.people
        self._speaker = said.author

    @property
    def holds(self) -> bool:
        """Whether there is a quarrel around whoever spoke last."""
        fray = self._fray()
        mutual = [pair for pair in fray.values() if pair.mutual]
        messages = _messages(fray)
        longest = max((len(pair.keys) for pair in mutual), default=0)
        duel = longest >= self._settings.exchanges and messages > self._settings.exchanges
        if not duel and not self._is_between_camps(fray):
            return False
        heat = sum(pair.heat for pair in fray.values())
        return (heat >= self._settings.quarrel or self._is_volley(mutual)) and not self._turns_around_one(fray)

    @property
    def fed(self) -> bool:
        """Whether the latest message was part of the quarrel."""
        return self._fed

    def _fray(self) -> _Pairs:
        """The pairs that hang together with whoever spoke last."""
        fray: _Pairs = {}
        reached, rest = {self._speaker}, self._pairs
        while True:
            near = {who: pair for who, pair in rest.items() if not reached.isdisjoint(who) and pair.keys}
            if not near:
                return fray
            fray |= near
            reached.update(name for who in near for name in who)
            rest = {who: pair for who, pair in rest.items() if who not in near}

    def _is_between_camps(self, fray: _Pairs) -> bool:
        pairs = [who for who, pair in fray.items() if pair.mutual]
        messages = _messages(fray)
        if len(pairs) < _SEVERAL or messages < self._settings.camps:
            return False
        return not any(self._is_middle(name, fray) for who in pairs for name in who)

    def _is_middle(self, name: str, fray: _Pairs) -> bool:
        """Whether nearly all of it is said by or to one person."""
        touching = sum(len(pair.keys) for who, pair in fray.items() if name in who)
        return touching > self._settings.middle * _messages(fray)

    def _is_volley(self, mutual: Iterable[_Pair]) -> bool:
        cold = [pair for pair in mutual if not pair.kind]
        messages = sum(len(pair.keys) for pair in cold)
        return messages >= self._settings.volleys and 2 * sum(pair.you for pair in cold) >= messages

    def _turns_around_one(self, fray: _Pairs) -> bool:
        return any(
            len(approached) >= _SEVERAL and self._is_middle(name, fray) and not _is_fought(name, fray)
            for name, approached in self._approached.items()
        )

    def reason(self, now: datetime) -> Reason:
        """Say what is seen: who quarrels, in how many messages."""
        mutual = [pair for pair in self._pairs.values() if pair.mutual]
        keys = [key for pair in mutual for key in pair.keys]
        began = self._began or now
        return Reason(
            code="quarrel",
            people=len(self.people),
            comments=len(keys),
            minutes=minutes(began, now),
            hot=sum(pair.hot for pair in mutual),
            authors=tuple(self.people)[:10],
            texts=tuple(keys[:10]),
            target=Target.VISITOR,
        )


def _messages(pairs: _Pairs) -> int:
    return sum(len(pair.keys) for pair in pairs.values())


def _is_fought(name: str, pairs: _Pairs) -> bool:
    """Whether somebody answers this person back again and again, and not calmly."""
    return any(
        fights >= _SEVERAL
        for who, pair in pairs.items()
        if name in who
        for other, fights in pair.fights.items()
        if other != name
    )


def minutes(start: datetime, end: datetime) -> int:
    """Count the minutes between two moments, at least one."""
    return max(1, round(abs((end - start).total_seconds()) / 60))
