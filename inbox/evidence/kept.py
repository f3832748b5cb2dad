"""Kept: how far the chain of evidence has come, as far as the next record must know."""

from msgspec import Struct

from inbox.events import Captured
from inbox.evidence.chain import FIRST, captured_words


class Kept(Struct):
    """What the captures of a desk add up to; the records themselves stay in the journal.

    Attributes:
        words: a short digest of the words captured last of each comment, by its key.
        seal: the seal of the latest record.
    """

    words: dict[str, str] = {}
    seal: str = FIRST

    def apply(self, event: Captured) -> tuple[str, ...]:
        """Fold one event in; return the key of the comment."""
        self.words[event.key] = captured_words(event.parts)
        self.seal = event.seal
        return (event.key,)
