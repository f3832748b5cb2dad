"""The small linear word model: families of rough words and a few hundred learned words, whose sum is its own explanation."""

import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from operator import mul

from msgspec import Struct

from scoring.folding import shorten, stem_sizes
from scoring.vader import Tone

FAMILIES = ("slur", "insult", "swear", "sexual", "group", "violence", "contempt", "second", "warm", "subject")
SHAPES = ("rough", "aimed", "capitals", "bangs", "compound", "negative", "positive", "bias")
_ROUGH = tuple(FAMILIES.index(name) for name in ("slur", "insult", "swear", "contempt"))
_SECOND = FAMILIES.index("second")
_BITS = 14  # a count of words of one family fits: MAX_EXAMINED words at the most
_MASK = (1 << _BITS) - 1
_SHIFTS = tuple(_BITS * place for place in range(len(FAMILIES)))
COUNT_BITS = _BITS * len(FAMILIES)
"""Room that the counts of all families take, packed."""
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


class _Families:
    """The rough words and word beginnings of a language, by family, packed in one number: a sum counts a whole text."""

    def __init__(self, source: str) -> None:
        self._words: dict[str, int] = {}
        self._stems: dict[str, int] = {}
        family = 0
        for line in source.splitlines():
            if line.startswith("["):
                family = 1 << _BITS * FAMILIES.index(line.strip("[]"))
            elif line and not line.startswith("#"):
                for word in line.split():
                    table = self._stems if word.endswith("*") else self._words
                    table[word.rstrip("*")] = table.get(word.rstrip("*"), 0) | family
        self._start, self._sizes = stem_sizes(self._stems)

    def of(self, token: str, short: str) -> int:
        """Return the families of a word; when it has none, those it has with drawn-out letters written once."""
        found = self._find(token)
        return found if found or short == token else self._find(short)

    def _find(self, token: str) -> int:
        found = self._words.get(token, 0)
        for size in self._sizes.get(token[: self._start], ()):
            found |= self._stems.get(token[:size], 0)
        return found


class WordModel:
    """The model of one language."""

    def __init__(self, families: str, weights: Weights) -> None:
        self._families = _Families(families)
        self._weights = weights
        self._per_family = [weights.families.get(name, 0.0) for name in FAMILIES]
        self._per_shape = [weights.shapes.get(name, 0.0) for name in SHAPES]

    def counts(self, tokens: Iterable[str]) -> list[int]:
        """Count the words of each family, in the order of `FAMILIES`."""
        return self.unpack(sum(self.families_of(token, shorten(token)) for token in tokens))

    def families_of(self, token: str, short: str) -> int:
        """Return how many of each family one word is, packed: the sum over the words of a text counts them.

        Args:
            token: the word, folded.
            short: the same with drawn-out letters written once (see `shorten`).
        """
        return self._families.of(token, short)

    @staticmethod
    def unpack(packed: int) -> list[int]:
        """Return the counts that `families_of` packed, in the order of `FAMILIES`."""
        return [packed >> shift & _MASK for shift in _SHIFTS] if packed else [0] * len(FAMILIES)

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
        scale = 1 / math.sqrt(max(3, len(tokens)))
        words = self._weights.words
        learned = sum([words[token] for token in tokens if token in words]) if words else 0.0
        by_family: float = sum(map(mul, self._per_family, counts))
        by_shape: float = sum(map(mul, self._per_shape, shapes))
        return (by_family + learned) * scale + by_shape

    def share(self, token: str, packed: int) -> float:
        """Return what one word adds before scaling: the model's own explanation.

        Args:
            token: the word, folded.
            packed: see `families_of`.
        """
        if not packed:
            return self._weights.words.get(token, 0.0)
        family = sum(self._per_family[place] * (packed >> _BITS * place & 1) for place in range(len(FAMILIES)))
        return family + self._weights.words.get(token, 0.0)


def shapes_of(text: str, counts: Sequence[int], size: int, tone: Tone) -> list[float]:
    """Measure what is no single word, in the order of `SHAPES`.

    Args:
        text: as written.
        counts: see `WordModel.counts`.
        size: its number of words.
        tone: of the text, words of subjects taken out.
    """
    size = max(3, size)
    rough = sum(counts[place] for place in _ROUGH)
    aimed = float(rough > 0 and counts[_SECOND] > 0)
    loud = 0 if text.islower() else len(_CAPITAL_LETTERS.findall(text))
    return [
        min(rough, 4) / math.sqrt(size),
        aimed,
        loud / size,
        min(text.count("!"), 5) / 5,
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
