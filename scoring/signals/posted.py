"""Somebody's telephone, address or plate in a comment, told by its shape and by whom the comment speaks of."""

from collections.abc import Sequence
from functools import reduce
from operator import or_

from scoring.frames import SHAPES, classes

_ABOUT = ("other", "staff")
_OWN = ("me", "we", "warm", "past", "work")  # lost scarves, thanks, and where a painter lived
_WITH = {"address": ("home", "way", "kin", "alone", "know"), "phone": _ABOUT, "plate": ("way",)}


def posted(text: str, tokens: Sequence[str]) -> tuple[int, int] | None:
    """Return where in the text (code points) somebody else's number, address or plate stands, or None."""
    names, words = classes()
    bits = {name: 1 << place for place, name in enumerate(names)}
    told = reduce(or_, [words.get(token, 0) for token in tokens], 0)
    if not told & _mask(bits, _ABOUT) or told & _mask(bits, _OWN):
        return None
    for name, shape in SHAPES:
        if name in _WITH and told & _mask(bits, _WITH[name]):
            found = shape.search(text)
            if found:
                return found.span()
    return None


def _mask(bits: dict[str, int], names: Sequence[str]) -> int:
    return sum(bits[name] for name in names)
