"""Somebody's telephone, address or plate in a comment, told by its shape and by whom the comment speaks of."""

from collections.abc import Sequence
from functools import cache, reduce
from operator import or_

from scoring.frames import SHAPES, classes

_ABOUT = ("other", "staff")
_OWN = ("me", "we", "warm", "past", "work")  # lost scarves, thanks, and where a painter lived
_WITH: dict[str, tuple[str, ...]] = {
    "address": ("home", "way", "kin", "alone", "know"),
    "phone": _ABOUT,
    "plate": ("way",),
}


def posted(text: str, tokens: Sequence[str]) -> tuple[int, int] | None:
    """Return where in the text (code points) somebody else's number, address or plate stands, or None."""
    _, words = classes()
    told = reduce(or_, [words.get(token, 0) for token in tokens], 0)
    if not told & _mask(_ABOUT) or told & _mask(_OWN):
        return None
    for name, shape in SHAPES:
        if name in _WITH and told & _mask(_WITH[name]):
            found = shape.search(text)
            if found:
                return found.span()
    return None


@cache
def _mask(wanted: tuple[str, ...]) -> int:
    names, _ = classes()
    return sum(1 << names.index(name) for name in wanted)
