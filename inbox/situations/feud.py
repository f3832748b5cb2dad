"""Feud: visitors answering each other back with rising heat, while the house is not the target."""

from datetime import datetime

from msgspec import Struct, field

from inbox.situations.model import Reason, Said, Target
from inbox.situations.settings import Settings


class _Pair(Struct):
    """What two people have said to each other."""

    sent: dict[str, int] = field(default_factory=dict)
    heat: int = 0
    hot: int = 0
    you: int = 0
    kind: int = 0
    keys: list[str] = field(default_factory=list)

    @property
    def mutual(self) -> bool:
        return len(self.sent) == 2


class Feud:
    """The quarrel under one post.

    Who speaks to whom makes it, more than how: a provoker is answered once and shrugged off, people who quarrel answer
    back. So only pairs in which both have spoken to each other count, one of them with at least `exchanges` messages, and
    with `exchanges` answers to an opening one in all; their heat, from whichever pair, must reach `quarrel`. What laughs, smiles or thanks weighs nothing: friends tease. Irony
    goes unrecognised, so many messages of answering back (`volleys`) do without heat, if no kind one is among them.

    Attributes:
        people: whoever stands in a mutual exchange, in the order they entered.
    """

    def __init__(self, settings: Settings) -> None:
        """Begin with nobody."""
        self._settings = settings
        self._pairs: dict[tuple[str, str], _Pair] = {}
        self._longest = 0
        self._messages = 0
        self._heat = 0
        self.people: dict[str, None] = {}
        self._last: _Pair | None = None
        self._began: datetime | None = None

    def add(self, said: Said, to: str | None) -> None:
        """Take in a message and the visitor it speaks to, if any."""
        self._last = None
        if to is None:
            return
        pair = self._pairs.setdefault((min(said.author, to), max(said.author, to)), _Pair())
        if said.kind:
            pair.kind += 1
            return
        was_mutual = pair.mutual
        pair.sent[said.author] = pair.sent.get(said.author, 0) + 1
        pair.heat += said.heat
        pair.hot += said.heat > 0
        pair.you += said.says_you
        pair.keys.append(said.key)
        if not pair.mutual:
            return
        self._last = pair
        self._longest = max(self._longest, len(pair.keys))
        self._messages += 1 if was_mutual else len(pair.keys)
        self._heat += said.heat if was_mutual else pair.heat
        self.people.update(dict.fromkeys((to, said.author)))
        self._began = self._began or said.at

    @property
    def holds(self) -> bool:
        """Whether there is a quarrel."""
        if self._longest < self._settings.exchanges or self._messages <= self._settings.exchanges:
            return False
        return self._heat >= self._settings.quarrel or self._is_volley()

    @property
    def fed(self) -> bool:
        """Whether the latest message was part of the quarrel."""
        return self._last is not None

    def between(self, one: str, other: str) -> bool:
        """Tell whether two people stand in a mutual exchange."""
        pair = self._pairs.get((min(one, other), max(one, other)))
        return pair is not None and pair.mutual

    def _is_volley(self) -> bool:
        mutual = [pair for pair in self._pairs.values() if pair.mutual and not pair.kind]
        messages = sum(len(pair.keys) for pair in mutual)
        return messages >= self._settings.volleys and 2 * sum(pair.you for pair in mutual) >= messages

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


def minutes(start: datetime, end: datetime) -> int:
    """Count the minutes between two moments, at least one."""
    return max(1, round(abs((end - start).total_seconds()) / 60))
