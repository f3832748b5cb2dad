"""How a text reads once it is public: what becomes a link, a mention or a tag, and what a platform shortens."""

import re
from collections.abc import Callable, Iterable

from connectors._model import Appearance, Mark

_URL = re.compile(r"https?://[^\s<>\"“”«»]+")
_TRAILING = ".,;:!?…’'\"*_~)"


def links_in(text: str) -> list[Mark]:
    """Find the addresses of a text; a full stop at the end of a sentence is none of theirs."""
    found: list[Mark] = []
    for match in _URL.finditer(text):
        address = match[0]
        while address and address[-1] in _TRAILING and not (address[-1] == ")" and "(" in address):
            address = address[:-1]
        found.append(Mark("link", match.start(), match.start() + len(address)))
    return found


def with_links(text: str) -> Appearance:
    """Return a text as it is, its addresses marked."""
    return Appearance(text, tuple(links_in(text)))


def rewritten(text: str, marks: Iterable[Mark], shown: Callable[[Mark, str], str]) -> Appearance:
    """Return a text in which every marked part reads as `shown` says, marked where it stands then."""
    parts: list[str] = []
    placed: list[Mark] = []
    at = length = 0
    for mark in sorted(marks, key=lambda each: each.start):
        if mark.start < at:
            continue
        words = shown(mark, text[mark.start : mark.end])
        parts += [text[at : mark.start], words]
        begin = length + mark.start - at
        length, at = begin + len(words), mark.end
        placed.append(Mark(mark.kind, begin, length))
    return Appearance("".join([*parts, text[at:]]), tuple(placed))
