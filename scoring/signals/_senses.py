"""What each word can begin of the elements of phrases, worked out once per word."""

from collections.abc import Iterable
from functools import cache

from scoring.folding import Beginnings
from scoring.signals._rule import Element, Rest, Sense, is_end

_MEMO_SIZE = 20_000  # distinct words kept; a flood of made-up words costs time, never memory
_ANY_LETTERS = 3


@cache
def _alone(rest: Rest) -> tuple[Rest, ...]:
    """Say that only this must follow: what nearly all words have, kept once."""
    return (rest,)


class Senses(dict[str, Sense]):
    """Word -> its sense, filled as words are met; words that no element names share one sense."""

    def __init__(self, elements: Iterable[Element]) -> None:
        super().__init__()
        known = list(elements)
        self._words: dict[str, dict[Element, tuple[Rest, ...]]] = {}
        stems: dict[str, dict[Element, tuple[Rest, ...]]] = {}
        for element in known:
            for first, rest in element.alternatives:
                table = stems if first.endswith("*") else self._words
                sense = table.setdefault(first.rstrip("*"), {})
                sense[element] = (*sense[element], rest) if element in sense else _alone(rest)
        self._beginnings = Beginnings(stems)
        self._number = _sense_of(known, {"#"})
        self._any = _sense_of(known, {"{word}"})
        self._end = _sense_of(known, {"<", ">"})
        self._none: Sense = {}

    def __missing__(self, token: str) -> Sense:
        named, more = self._words.get(token), self._beginnings.of(token)
        sense = unnamed = self._unnamed(token)
        if named is not None or more:
            sense = _merged(dict(named or {}), *more, unnamed)
        if len(self) < _MEMO_SIZE:
            self[token] = sense
        return sense

    def _unnamed(self, token: str) -> Sense:
        if token[0].isalpha():
            return self._any if len(token) >= _ANY_LETTERS else self._none
        return self._end if is_end(token) else self._number


def _sense_of(elements: Iterable[Element], signs: set[str]) -> Sense:
    return {element: ((),) for element in elements if element.signs & signs}


def _merged(sense: dict[Element, tuple[Rest, ...]], *others: Sense) -> Sense:
    for other in others:
        for element, rests in other.items():
            sense[element] = (*sense[element], *rests) if element in sense else rests
    return sense
