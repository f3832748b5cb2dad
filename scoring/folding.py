"""Texts folded for matching (lower case, no accents, no invisible signs), with the way back to the original."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from itertools import chain, repeat
from typing import Generic, TypeVar

T = TypeVar("T")

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


_EXPANDED = "\0"  # no sign folds to it: it marks the few signs that become none, several, or one that is not Latin-1


def _latin_folds() -> bytes:
    folds = [_fold_sign(chr(code)) for code in range(256)]
    return "".join(folded if len(folded) == 1 and folded < "\u0100" else _EXPANDED for folded in folds).encode(
        "latin-1"
    )


LATIN_FOLDS = _latin_folds()
"""What each sign of Latin-1 is matched as; 0 where that is not one sign of Latin-1."""


def fold(text: str) -> str:
    """Fold a text for matching: lower case, accents and invisible signs off, lookalike letters made Latin."""
    # Bytes are translated many times quicker than signs, and most texts are Latin-1 but for their apostrophes.
    try:
        folded = text.replace("\u2019", "'").encode("latin-1").translate(LATIN_FOLDS).decode("latin-1")
    except UnicodeEncodeError:
        return text.translate(_FOLDS)
    return text.translate(_FOLDS) if _EXPANDED in folded else folded


def is_drawn_out(word: str) -> bool:
    """Whether `shorten` may change a word; quick, and never wrong when it says no."""
    return len(word) > len(set(word)) + 1


def shorten(word: str) -> str:
    """Write letters drawn out three times or more once (nuuuul -> nul)."""
    return _LONG_RUN.sub(r"\1", word) if is_drawn_out(word) else word


def offsets(text: str) -> Sequence[int]:
    """Return, for each sign of `fold(text)` and for its end, its place in `text` (code points).

    The text must have been folded before.
    """
    if text.isascii() or _uneven.isdisjoint(text):
        return range(len(text) + 1)
    lengths = map(len, map(_FOLDS.__getitem__, map(ord, text)))
    return [*chain.from_iterable(map(repeat, range(len(text)), lengths)), len(text)]


_LONG, _SHORT = 4, 2  # letters by which beginnings are asked for: few share four, and few beginnings are shorter


class Beginnings(Generic[T]):
    """Beginnings of words with what they mean, kept by their first letters; one letter is no beginning."""

    def __init__(self, stems: Mapping[str, T]) -> None:
        self._long: dict[str, list[tuple[str, T]]] = {}
        self._short: dict[str, list[tuple[str, T]]] = {}
        for stem in sorted(stems, key=len):
            if len(stem) < _SHORT:
                raise ValueError(f"too short to begin words: {stem}*")
            table, letters = (self._short, _SHORT) if len(stem) < _LONG else (self._long, _LONG)
            table.setdefault(stem[:letters], []).append((stem, stems[stem]))

    def of(self, word: str) -> Sequence[T]:
        """Return what a word begins with means, the shortest beginning first."""
        short, long = self._short.get(word[:_SHORT]), self._long.get(word[:_LONG])
        if short is None and long is None:  # most words
            return ()
        return [meaning for stem, meaning in (*(short or ()), *(long or ())) if word.startswith(stem)]


def folded_keys(entries: Mapping[str, float]) -> dict[str, float]:
    """Fold the keys of a lexicon; words that differ by accents alone share their mean."""
    groups: dict[str, list[float]] = {}
    for key, value in entries.items():
        groups.setdefault(fold(key), []).append(value)
    return {key: sum(values) / len(values) for key, values in groups.items()}
