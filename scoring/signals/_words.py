"""A folded text cut into words and sentence ends, with the way back to the text as written."""

import re
from collections.abc import Sequence

from msgspec import Struct

from scoring.folding import offsets

_TOKEN = re.compile(r"[a-z0-9]+(?:[*@$][a-z0-9*@$]+)?|[.!?\n]+")


class Words(Struct, frozen=True):
    """A folded text cut for the rules.

    Attributes:
        folded: the folded text.
        tokens: its words and its sentence ends, in order, between two sentence ends that are not in the text.
    """

    folded: str
    tokens: list[str]


class Places:
    """Where the words of a text stand in it as written; worked out when the first is asked for, which is seldom."""

    def __init__(self, text: str, words: Words) -> None:
        self._text = text
        self._folded = words.folded
        self._signs: Sequence[int] = ()
        self._tokens: list[tuple[int, int]] = []

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the code points from which up to which a range of tokens stands; the two ends stand at the borders."""
        if not self._tokens:
            places = [match.span() for match in _TOKEN.finditer(self._folded)]
            self._tokens = [*places[:1], *places, *places[-1:]]
            self._signs = offsets(self._text)
        return self._signs[self._tokens[start][0]], self._signs[self._tokens[max(start, end - 1)][1] - 1] + 1


def cut(folded: str) -> Words:
    """Cut a folded text into words and sentence ends; a line break ends a sentence."""
    found = _TOKEN.findall(folded)
    if "\n" in folded:
        found = [token.replace("\n", ".") if token[0] in ".!?\n" else token for token in found]
    return Words(folded, [".", *found, "."])
