"""What each folded word means to the rules, the word models, the register and the vote: one look-up a word."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from scoring.folding import shorten
from scoring.language import VOTE_BITS, votes_of
from scoring.register import Register
from scoring.signals import Scanner
from scoring.words import COUNT_BITS, WordModel

_MEMO_SIZE = 100_000  # distinct words kept; a flood of made-up words costs time, never memory
_VOTES = (1 << VOTE_BITS) - 1
_COUNTS = (1 << COUNT_BITS) - 1


class Known(Struct, frozen=True):
    """What the words of one text say together.

    Attributes:
        cues: the cues of phrases that are in it, as a bit set (see `Scanner`).
        votes: for its language, packed (see `language.verdict`).
        counts: language -> words of each family, packed (see `WordModel.unpack`).
        weights: of each distinct word, what the register of danger and of anger says.
    """

    cues: int
    votes: int
    counts: dict[str, int]
    weights: list[complex]


class Lexis(dict[str, tuple[int, int, complex]]):
    """Word -> its cues, its votes and families packed in one number that can be summed, and its weight in the register."""

    def __init__(self, scanner: Scanner, models: Mapping[str, WordModel], register: Register) -> None:
        super().__init__()
        self._scanner = scanner
        self._register = register
        self._models = models
        self._shifts = {code: VOTE_BITS + COUNT_BITS * place for place, code in enumerate(models)}

    def __missing__(self, token: str) -> tuple[int, int, complex]:
        packed = votes_of(token)
        short = shorten(token)
        for code, model in self._models.items():
            families = model.families_of(token, short)
            if families:
                packed |= families << self._shifts[code]
        found = self._scanner.cues_of(token), packed, self._register.weight(token)
        if len(self) < _MEMO_SIZE:
            self[token] = found
        return found

    def look_up(self, tokens: Sequence[str]) -> Known:
        """Look the words of a text up, at least one; a word said twice has one weight."""
        cues, packed, _ = zip(*map(self.__getitem__, tokens), strict=True)
        total = sum(packed)
        counts = {code: total >> shift & _COUNTS for code, shift in self._shifts.items()}
        return Known(self._scanner.gather(filter(None, cues)), total & _VOTES, counts, self._weights(set(tokens)))

    def families(self, token: str, language: str) -> int:
        """Return how many of each family of a language one word is, packed."""
        return self[token][1] >> self._shifts[language] & _COUNTS

    def _weights(self, tokens: Iterable[str]) -> list[complex]:
        return [self[token][2] for token in tokens]
