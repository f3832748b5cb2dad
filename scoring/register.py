"""The register of danger and of anger: words, pairs and frames weighed by examples, for what no rule foresees."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import reduce
from importlib.resources import files
from itertools import pairwise
from operator import or_

from scoring.assessment import SignalKind
from scoring.frames import classes, shapes_in

_STEM = 6  # letters that are enough to bring the forms of a word together
_HUNDRED = 100
_BOUND = 8.0  # a long text must not win by its length
_MEMO_SIZE = 20_000
_SHORT, _LONG = 2, 4  # digits: a time or a house, a year; longer ones are telephones
_NO_CLASS = 0
_FAINT = -200  # hundredths of log-odds of the words alone: below, nothing they say together makes a danger
_END = "."
_DIGIT = re.compile(r"\d")


class _Stems(dict[str, str]):
    """Word -> its stem, filled as words are met."""

    def __missing__(self, token: str) -> str:
        stem = stem_of(token)
        if len(self) < _MEMO_SIZE:
            self[token] = stem
        return stem


class Register:
    """Feature -> log-odds of danger (real part) and of anger (imaginary part): one sum weighs a text for both.

    Weights are kept in hundredths, as they were learned: whole numbers sum to the same in any order.
    """

    def __init__(
        self, learned: Mapping[str, Mapping[str, Sequence[int]]], kinds: Mapping[str, Mapping[str, int]]
    ) -> None:
        """Take what was learned.

        Args:
            learned: "words", "stems", "pairs" (two stems), "frames" (a class, or two joined by "+"), "shapes" and "bias"
                -> feature -> its two weights.
            kinds: kind of danger -> feature, written as `features` writes it -> weight.
        """
        tables = {name: {key: complex(*pair) for key, pair in table.items()} for name, table in learned.items()}
        self._words, self._stems, self._frames = tables["words"], tables["stems"], tables["frames"]
        self._pairs = {tuple(key.split(" ")): weight for key, weight in tables["pairs"].items()}
        self._shapes = tables["shapes"]
        self._bias = tables["bias"][""]
        self._kinds = kinds
        self._stem_of = _Stems()
        self._names, self._classes = classes()
        self._framed: dict[int, complex] = {}

    def weight(self, token: str) -> complex:
        """Return what one word says, in hundredths."""
        stem = token[:_STEM] if token[0] >= "a" else stem_of(token)
        return self._words.get(token, 0j) + self._stems.get(stem, 0j)

    @property
    def tables(self) -> tuple[dict[str, complex], dict[str, complex]]:
        """What single words, and what their stems say, in hundredths: `weight` is the sum of both."""
        return self._words, self._stems

    @property
    def dangers(self) -> tuple[dict[str, float], dict[tuple[int, int], float]]:
        """What two stems, as "a b", and one class or two by their places, say towards danger: `together` sums them."""
        places = {name: place for place, name in enumerate(self._names)}
        frames = {}
        for key, weight in self._frames.items():
            one, _, two = key.partition("+")
            frames[places[one], places[two or one]] = weight.real
        return {" ".join(pair): weight.real for pair, weight in self._pairs.items()}, frames

    def judge(
        self,
        weight: complex,
        tokens: list[str],
        text: str,
        together: Callable[[list[str]], float] | None = None,
    ) -> tuple[float, float]:
        """Return the log-odds of danger and of anger, each bounded; anger is told by single words.

        Args:
            weight: the sum of `weight` over the distinct words.
            tokens: the words, folded, with sentence ends.
            text: as written.
            together: the compiled twin of the method of that name, where there is one.
        """
        both = self._bias + weight
        danger = both.real
        if danger >= _FAINT:
            danger += (together or self.together)(tokens)
            if _DIGIT.search(text):
                danger += sum(self._shapes.get(name, 0j).real for name in shapes_in(text))
        return _bounded(danger / _HUNDRED), _bounded(both.imag / _HUNDRED)

    def together(self, tokens: list[str]) -> float:
        """Return what the words say towards danger by standing together, in hundredths."""
        stems = list(map(self._stem_of.__getitem__, tokens))
        weight = sum(filter(None, map(self._pairs.get, set(pairwise(stems)))), 0j)
        mask = reduce(or_, [self._classes.get(token, _NO_CLASS) for token in tokens], 0)
        framed = self._framed.get(mask)
        weight += self._frame(mask) if framed is None else framed
        return weight.real

    def kind(self, tokens: Sequence[str], text: str) -> SignalKind:
        """Tell which danger a text is most like, given that it is one."""
        told = [*features(tokens, text), ""]
        return SignalKind(max(self._kinds, key=lambda kind: sum(self._kinds[kind].get(key, 0) for key in told)))

    def strongest(self, tokens: Sequence[str]) -> tuple[int, int]:
        """Return the sentence whose words weigh most towards danger, as a range of tokens."""
        borders = [place for place, token in enumerate(tokens) if self._stem_of[token] == _END]
        sentences = [(one + 1, two) for one, two in pairwise(borders) if two > one + 1]
        return max(sentences, key=lambda ends: sum(self.weight(token).real for token in set(tokens[slice(*ends)])))

    def _frame(self, mask: int) -> complex:
        if len(self._framed) > _MEMO_SIZE:
            self._framed.clear()
        names = [name for place, name in enumerate(self._names) if mask >> place & 1]
        self._framed[mask] = weight = sum((self._frames.get(key, 0j) for key in _combined(names)), 0j)
        return weight


def _bounded(odds: float) -> float:
    if -_BOUND < odds < _BOUND:
        return odds
    return _BOUND if odds > 0 else -_BOUND


def stem_of(token: str) -> str:
    """Return the beginning of a word; numbers are alike by their length, sentence ends are one."""
    if token[0].isalpha():
        return token[:_STEM]
    if token[0].isdigit():
        return "#" if len(token) <= _SHORT else "##" if len(token) <= _LONG else "###"
    return _END


def features(tokens: Sequence[str], text: str) -> Iterator[str]:
    """Yield what a text is weighed by, each once: stems, pairs "a b", frames "=a", "=a+b", shapes "@a"."""
    stems = list(map(stem_of, tokens))
    yield from dict.fromkeys(stem for stem in stems if stem != _END)
    yield from dict.fromkeys(f"{one} {two}" for one, two in pairwise(stems))
    names, words = classes()
    mask = reduce(or_, [words.get(token, _NO_CLASS) for token in tokens], 0)
    yield from (f"={key}" for key in _combined([name for place, name in enumerate(names) if mask >> place & 1]))
    yield from (f"@{name}" for name in shapes_in(text))


def _combined(names: Sequence[str]) -> Iterator[str]:
    yield from names
    yield from (f"{one}+{two}" for place, one in enumerate(names) for two in names[place + 1 :])


def load_register() -> Register:
    """Load the register that ships."""
    learned = json.loads(files("scoring").joinpath("data", "register.json").read_text("utf-8"))
    return Register(learned["weights"], learned["kinds"])
