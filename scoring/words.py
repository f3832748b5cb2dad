"""The small linear word model: families of rough words and a few hundred learned words, whose sum is its own explanation."""

import json
import math
import re
import struct
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import reduce
from importlib.resources import files
from operator import mul, or_

from msgspec import Struct

from scoring.folding import Beginnings, is_drawn_out, shorten
from scoring.vader import Tone

FAMILIES = ("slur", "insult", "swear", "sexual", "group", "violence", "contempt", "second", "warm", "subject")
SHAPES = ("rough", "aimed", "capitals", "bangs", "compound", "negative", "positive", "bias")
_BITS = 16  # a count of words of one family fits: MAX_EXAMINED words at the most
_COUNTS = struct.Struct(f"<{len(FAMILIES)}H")
_NONE = (0,) * len(FAMILIES)
COUNT_BITS = _BITS * len(FAMILIES)
"""Room that the counts of all families take, packed."""
_COMBINATIONS = 1000  # of families in one word, kept
_FEW = 3  # words as which fewer count
_ROUGHEST, _BANGS = 4, 5  # rough words, and exclamation marks, beyond which more do not count
_THREE_CAPITALS = re.compile(r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’\-]{2}")
_DIGIT = re.compile(r"\d")
_CAPITAL_LETTERS = re.compile(r"[A-ZÀ-ÖØ-Þ](?<!\w.)[A-ZÀ-ÖØ-Þ]{3,}\b")  # a class first is searched quicker


class Weights(Struct, frozen=True):
    """What the model has learned.

    Attributes:
        families: family of rough words -> log-odds for each word, over the square root of the number of words.
        shapes: the other features -> their log-odds.
        words: single words -> log-odds, scaled like families.
    """

    families: Mapping[str, float]
    shapes: Mapping[str, float]
    words: Mapping[str, float]


class Families:
    """The rough words and word beginnings of a language, by family, packed in one number: a sum counts a whole text."""

    def __init__(self, source: str) -> None:
        self.words: dict[str, int] = {}
        self.stems: dict[str, int] = {}
        family = 0
        for line in source.splitlines():
            if line.startswith("["):
                family = 1 << _BITS * FAMILIES.index(line.strip("[]"))
            elif line and not line.startswith("#"):
                for word in line.split():
                    table = self.stems if word.endswith("*") else self.words
                    table[word.rstrip("*")] = table.get(word.rstrip("*"), 0) | family
        self._beginnings = Beginnings(self.stems)

    def of(self, token: str) -> int:
        """Return the families of a word; when it has none, those it has with drawn-out letters written once."""
        found = self._find(token)
        return found or (self._find(shorten(token)) if is_drawn_out(token) else 0)

    def _find(self, token: str) -> int:
        return reduce(or_, self._beginnings.of(token), self.words.get(token, 0))


class WordModel:
    """The model of one language."""

    def __init__(self, families: str, weights: Weights) -> None:
        self.families = Families(families)
        self._weights = weights
        self._shares: dict[int, float] = {}
        self._per_family = [weights.families.get(name, 0.0) for name in FAMILIES]
        self._per_shape = [weights.shapes.get(name, 0.0) for name in SHAPES]

    def counts(self, tokens: Iterable[str]) -> tuple[int, ...]:
        """Count the words of each family, in the order of `FAMILIES`."""
        return self.unpack(sum(map(self.families_of, tokens)))

    def families_of(self, token: str) -> int:
        """Return how many of each family one folded word is, packed: the sum over the words of a text counts them."""
        return self.families.of(token)

    @staticmethod
    def unpack(packed: int) -> tuple[int, ...]:
        """Return the counts that `families_of` packed, in the order of `FAMILIES`."""
        return _COUNTS.unpack(packed.to_bytes(_COUNTS.size, "little")) if packed else _NONE

    def has_subject(self, tokens: Iterable[str]) -> bool:
        """Whether a word of what works are about (violence, death) is among the tokens."""
        return self.counts(tokens)[-1] > 0

    def logit(self, tokens: Sequence[str], shapes: Sequence[float], counts: Sequence[int]) -> float:
        """Return the log-odds that a text is rough.

        Args:
            tokens: its words, folded.
            shapes: see `shapes_of`.
            counts: see `counts`.
        """
        scale = 1 / math.sqrt(max(_FEW, len(tokens)))
        words = self._weights.words
        learned = sum([words[token] for token in tokens if token in words]) if words else 0.0
        by_family: float = 0.0 if counts is _NONE else sum(map(mul, self._per_family, counts))
        by_shape: float = sum(map(mul, self._per_shape, shapes))
        return (by_family + learned) * scale + by_shape

    def share(self, token: str, packed: int) -> float:
        """Return what one word adds before scaling: the model's own explanation.

        Args:
            token: the word, folded.
            packed: see `families_of`.
        """
        family = self._shares.get(packed)
        if family is None:
            family = float(sum(map(mul, self._per_family, self.unpack(packed))))
            if len(self._shares) < _COMBINATIONS:
                self._shares[packed] = family
        return family + self._weights.words.get(token, 0.0)

    @property
    def learned(self) -> Collection[str]:
        """The single words that have a weight of their own."""
        return self._weights.words.keys()


def signs_in(text: str) -> tuple[bool, bool]:
    """Return whether three capitals stand side by side, apostrophes and hyphens allowed, and whether a digit is in a text.

    Without such capitals nothing is loud. What is compiled says the same.
    """
    return _THREE_CAPITALS.search(text) is not None, _DIGIT.search(text) is not None


def _compiled() -> Callable[[str], tuple[bool, bool]] | None:
    try:
        from scoring._kernel import signs
    except ImportError:  # nothing is missing without it but speed
        return None
    return signs


signs_of = _compiled() or signs_in


def shapes_of(text: str, counts: Sequence[int], size: int, tone: Tone, *, capitals: bool = True) -> list[float]:
    """Measure what is no single word, in the order of `SHAPES`.

    Args:
        text: as written.
        counts: see `WordModel.counts`.
        size: its number of words.
        tone: of the text, words of subjects taken out.
        capitals: what `signs_of` says of it when that is known.
    """
    size = max(_FEW, size)
    slur, insult, swear, _, _, _, contempt, second, *_ = counts
    rough = slur + insult + swear + contempt
    aimed = float(rough > 0 and second > 0)
    loud = len(_CAPITAL_LETTERS.findall(text)) if capitals else 0
    return [
        min(rough, _ROUGHEST) / math.sqrt(size) if rough else 0.0,
        aimed,
        loud / size,
        min(text.count("!"), _BANGS) / _BANGS if "!" in text else 0.0,
        -tone.compound,
        tone.neg,
        tone.pos,
        1.0,
    ]


def read_families(language: str) -> str:
    """Read the families of rough words of a language ("fr", "en")."""
    return files("scoring").joinpath("data", f"words_{language}.txt").read_text("utf-8")


def load(language: str) -> WordModel:
    """Load the model that ships for a language ("fr", "en")."""
    learned = json.loads(files("scoring").joinpath("data", f"weights_{language}.json").read_text("utf-8"))
    weights = Weights(learned["families"], learned["shapes"], learned["words"])
    return WordModel(read_families(language), weights)
