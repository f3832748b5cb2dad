"""Closed classes of words (who, when, harm, doors...), one bit each, and the shapes of addresses and numbers."""

import re
from functools import cache
from importlib.resources import files

_ADDRESS = re.compile(
    r"\d ?(?:bis|ter|[a-d]\b)?,? (?:rue|ru|av|avenue|bd|boulevard|place|chemin|impasse|all[ée]e|quai|square|cit[ée]|rang"
    r"|route|hameau|cours|[A-Z][\w']+ (?:Street|St|Road|Rd|Lane|Close|Avenue|Terrace|Way|Yard|Square|Crescent|Row|Drive"
    r"|Parade|Place|Court))\b"
)
_PHONE = re.compile(r"\d(?:[ .\-/]?\d){8,13}(?!\d)")
_PLATE = re.compile(r"\b(?:[A-Z]{2}-?\d{2,3}-?[A-Z]{2,3}|[A-Z]{1,2}\d{1,2} ?\d?[A-Z]{2,3})\b")
_CLOCK = re.compile(r"\b\d{1,2} ?(?:[h:]|heures?|[ap]m\b|o'clock)", re.IGNORECASE)
SHAPES = (("address", _ADDRESS), ("phone", _PHONE), ("plate", _PLATE), ("clock", _CLOCK))
"""What digits can be, by name."""


@cache
def classes() -> tuple[tuple[str, ...], dict[str, int]]:
    """Return the names of the classes, and word -> the classes it is in, as bits in the order of the names."""
    names: list[str] = []
    words: dict[str, int] = {}
    for line in files("scoring").joinpath("data", "frames.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            names.append(line.strip("[]"))
        elif not line.startswith("#"):
            for word in line.split():
                words[word] = words.get(word, 0) | 1 << len(names) - 1
    return tuple(names), words


def shapes_in(text: str) -> list[str]:
    """Return which shapes are in a text as written."""
    return [name for name, shape in SHAPES if shape.search(text)]
