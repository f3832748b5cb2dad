"""Unsent: texts an operator began and has not sent, kept for that operator alone until they are sent or thrown away."""

from collections.abc import Callable, Collection, Mapping

from msgspec import Struct

Texts = Mapping[str, str]
"""The fields of one text by name ("text", "title" ...)."""
Place = tuple[str, str, str]
"""Whose it is, the item it is about, and what kind of text ("reply", "notice", "thread" ...)."""


class Unsent(Struct):
    """What is kept, and what left with an act and comes back if the act is taken back.

    Attributes:
        kept: the texts by place, the oldest first.
        left: the texts that an act sends, by act.
    """

    kept: dict[Place, Texts] = {}
    left: dict[str, list[tuple[Place, Texts]]] = {}

    def keep(self, place: Place, texts: Texts) -> None:
        """Keep a text, or forget it when nothing is in it."""
        self.kept.pop(place, None)
        if any(text.strip() for text in texts.values()):
            self.kept[place] = texts

    def leave(self, place: Place, act: str) -> None:
        """Let a text go with the act that sends it."""
        texts = self.kept.pop(place, None)
        if texts is not None:
            self.left.setdefault(act, []).append((place, texts))

    def taken_back(self, act: str) -> None:
        """Bring the texts of an act back; what was begun in their place since then stays."""
        for place, texts in self.left.pop(act, ()):
            self.kept.setdefault(place, texts)

    def arrived(self, act: str) -> None:
        """Forget the texts of an act: they are public now."""
        self.left.pop(act, None)

    def forget(self, keys: Collection[str]) -> None:
        """Let the texts about some items go."""
        self.kept = {place: texts for place, texts in self.kept.items() if place[1] not in keys}
        left = {act: [each for each in kept if each[0][1] not in keys] for act, kept in self.left.items()}
        self.left = {act: kept for act, kept in left.items() if kept}

    def of(self, operator: str, key: str) -> dict[str, Texts]:
        """Return what one operator began about one item, by kind."""
        return {kind: texts for (who, about, kind), texts in self.kept.items() if (who, about) == (operator, key)}

    def keys(self, operator: str) -> set[str]:
        """Return the items that one operator began something about."""
        return {key for who, key, _kind in self.kept if who == operator}

    def saying(self, operator: str, is_sent: Callable[[Texts], bool]) -> list[Place]:
        """List the places of one operator whose text is what is being sent."""
        return [place for place, texts in self.kept.items() if place[0] == operator and is_sent(texts)]
