"""A folded text cut into words and sentence ends, with the way back to the text as written."""

import re
from collections.abc import Callable, Iterator

from msgspec import Struct

from scoring.folding import offsets

_TOKEN = re.compile(r"[a-z0-9]+(?:[*@$][a-z0-9*@$]+)?|[.!?\n]+")
_PLAIN_TOKEN = re.compile(r"[a-z0-9]+|[.!?\n]+")


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
        self._words = words
        self._found: Iterator[re.Match[str]] | None = None
        self._spans: list[tuple[int, int]] = []

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the code points from which up to which a range of tokens stands; the two ends stand at the borders."""
        if self._found is None:
            self._found = _TOKEN.finditer(self._words.folded)
            self._signs = offsets(self._text)
        first, last = (min(max(token, 1), len(self._words.tokens) - 2) for token in (start, max(start, end - 1)))
        while len(self._spans) < last:
            self._spans.append(next(self._found).span())
        return self._signs[self._spans[first - 1][0]], self._signs[self._spans[last - 1][1] - 1] + 1


def cut(folded: str) -> Words:
    """Cut a folded text into words and sentence ends; a line break ends a sentence."""
    return Words(folded, _tokens(folded))


def tokens_of(folded: str) -> list[str]:
    """Return the `tokens` of a folded text; what is compiled says the same."""
    masked = "*" in folded or "@" in folded or "$" in folded  # sh*t: the rarer word, and the dearer pattern
    found = (_TOKEN if masked else _PLAIN_TOKEN).findall(folded)
    if "\n" in folded:
        found = [token.replace("\n", ".") if token[0] in ".!?\n" else token for token in found]
    return [".", *found, "."]


def _compiled() -> Callable[[str], list[str]] | None:
    try:
        from scoring._kernel import cut
    except ImportError:  # nothing is missing without it but speed
        return None
    return cut


_tokens = _compiled() or tokens_of
