"""Texts folded for matching (lower case, no accents, no invisible signs), with the way back to the original."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from itertools import chain, repeat

MAX_EXAMINED = 10_000
"""Code points of a text that are examined: the longest comment of the platforms; what follows is not read."""

_LIGATURES = {"œ": "oe", "æ": "ae", "ß": "ss", "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "“": '"', "”": '"'}
# Letters of other alphabets that pass for Latin ones: the usual way around a list of words.
_LOOKALIKES = dict(zip("асеорхуіѕԁһјӏαοεικν", "aceopxyisdhjlaoeikv", strict=True))


class _Folds(dict[int, str]):
    """Code point -> what it is matched as, filled as code points are met (at most one entry each)."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        self[code] = folded = _fold_sign(sign)
        if len(folded) != 1:
            _uneven.add(sign)
        return folded


def _fold_sign(sign: str) -> str:
    lower = sign.lower()
    if lower in _LIGATURES:
        return _LIGATURES[lower]
    category = unicodedata.category(sign)
    if category in {"Mn", "Me", "Cf", "Cs"}:  # combining, enclosing, invisible, lone surrogates
        return ""
    if category == "Zs" or sign in "\t\r\x0b\x0c\x85":
        return " "
    if category == "Cc":
        return sign if sign == "\n" else " "
    base = "".join(c for c in unicodedata.normalize("NFKD", sign).lower() if not unicodedata.combining(c))
    base = base[:3] or sign  # a ligature is two or three letters; the longest decomposition is a whole sentence
    return "".join(_LOOKALIKES.get(c, c) for c in base)


_LONG_RUN = re.compile(r"(\w)\1{2,}")

_uneven: set[str] = set()  # signs met whose fold is not one sign: the rest of a text keeps its places
_FOLDS = _Folds()


def fold(text: str) -> str:
    """Fold a text for matching: lower case, accents and invisible signs off, lookalike letters made Latin."""
    return text.translate(_FOLDS)


def shorten(word: str) -> str:
    """Write letters drawn out three times or more once (nuuuul -> nul)."""
    return _LONG_RUN.sub(r"\1", word) if len(set(word)) < len(word) - 1 else word


def offsets(text: str) -> Sequence[int]:
    """Return, for each sign of `fold(text)` and for its end, its place in `text` (code points).

    The text must have been folded before.
    """
    if text.isascii() or _uneven.isdisjoint(text):
        return range(len(text) + 1)
    lengths = map(len, map(_FOLDS.__getitem__, map(ord, text)))
    return [*chain.from_iterable(map(repeat, range(len(text)), lengths)), len(text)]


def stem_sizes(stems: Collection[str]) -> tuple[int, dict[str, list[int]]]:
    """Index word beginnings: how many letters to ask by, and for each such letters how long the stems that begin so are."""
    sizes = {len(stem) for stem in stems}
    start = min(sizes, default=1)
    index: dict[str, list[int]] = {}
    for size in sorted(sizes):
        for letters in {stem[:start] for stem in stems if len(stem) == size}:
            index.setdefault(letters, []).append(size)
    return start, index


def folded_keys(entries: Mapping[str, float]) -> dict[str, float]:
    """Fold the keys of a lexicon; words that differ by accents alone share their mean."""
    groups: dict[str, list[float]] = {}
    for key, value in entries.items():
        groups.setdefault(fold(key), []).append(value)
    return {key: sum(values) / len(values) for key, values in groups.items()}
