"""Copies: which text of a wave stands for all, and what each copy adds to it or leaves out."""

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

from msgspec import Struct

from inbox.situations.waves import shingles
from scoring.folding import MAX_EXAMINED, fold, offsets

_WORD = re.compile(r"[^\W_]+")
_WORDS = 600
"""Words of a copy that are compared; the rest of a very long one is shown as it is."""


class Difference(Struct, frozen=True):
    """What a copy has of its own; case, accents, punctuation and spacing aside.

    Attributes:
        added: spans of the copy, in code points, that the common text does not have.
        dropped: words of the common text that it leaves out, as written there.
    """

    added: tuple[tuple[int, int], ...]
    dropped: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Whether it is the common text."""
        return not self.added and not self.dropped


def common_text(texts: Sequence[str]) -> str:
    """Return the copy that shares most word pairs with the others, the first of equals: the row of a folded wave.

    Raises:
        ValueError: there are no texts.
    """
    if not texts:
        raise ValueError("a wave has at least one text")
    pairs = [shingles(text) for text in texts]
    frequent = Counter(pair for each in pairs for pair in each)
    total = len(texts)
    # Pairs that most copies have speak for a text, the others against it: the shortest whole wins over an adorned one.
    worth = [sum(1 if 2 * frequent[pair] > total else -1 for pair in each) for each in pairs]
    return texts[max(range(total), key=lambda i: (worth[i], -i))]


def difference(common: str, copy: str) -> Difference:
    """Compare a copy with the common text, word by word."""
    ours, theirs = _words(copy), _words(common)
    matcher = SequenceMatcher(None, [word for word, _, _ in theirs], [word for word, _, _ in ours], autojunk=False)
    added: list[tuple[int, int]] = []
    dropped: list[str] = []
    for tag, from_common, to_common, from_copy, to_copy in matcher.get_opcodes():
        if tag == "equal":
            continue
        dropped.extend(common[start:end] for _, start, end in theirs[from_common:to_common])
        if to_copy > from_copy:
            added.append((ours[from_copy][1], ours[to_copy - 1][2]))
    return Difference(tuple(added), tuple(dropped))


def _words(text: str) -> list[tuple[str, int, int]]:
    """Split into (folded word, start, end), the places in code points of the text as written."""
    examined = text[:MAX_EXAMINED]
    folded = fold(examined)
    places = offsets(examined)
    found = [(m.group(), places[m.start()], places[m.end()]) for m in _WORD.finditer(folded)]
    return found[:_WORDS]
