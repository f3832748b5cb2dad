"""What each folded word means to the rules, the word models, the register and the vote: one look-up a word."""

from collections.abc import Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from scoring.folding import Beginnings, shorten
from scoring.language import VOTE_BITS, ballots
from scoring.reading import compiled
from scoring.register import Register
from scoring.signals import NUMBER, Rule, all_rules, scanner
from scoring.words import COUNT_BITS, WordModel

_MEMO_SIZE = 30_000  # distinct words kept before all are forgotten; a flood of made-up words costs time, never memory
_VOTES = (1 << VOTE_BITS) - 1
_COUNTS = (1 << COUNT_BITS) - 1
_NOTHING = (0, 0)


class Known(Struct, frozen=True, gc=False):
    """What the words of one text say together.

    Attributes:
        said: each rule that holds, with the range of tokens of the first phrase that says so.
        asks: whether they may ask something without a mark; False only where they do not.
        votes: for its language, packed (see `language.verdict`).
        weight: what the register of danger and of anger says of its distinct words, summed.
        counts: the words of each family of each language, packed (see `Lexis.counts`).
    """

    said: Sequence[tuple[Rule, int, int]]
    asks: bool
    votes: int
    weight: complex
    counts: int


class Lexis(dict[str, int]):
    """Word -> its votes and families, packed in one number that can be summed; cues and weights of the words met beside it.

    The tables of all who ask are merged first: a word met for the first time is looked up once, not once for each. Where
    the kernel is compiled, it does all of that, and these tables are made for nobody.

    Attributes:
        together: see `Register.together`.
    """

    def __init__(self, models: Mapping[str, WordModel], register: Register) -> None:
        super().__init__()
        self._register = register
        self._models = models
        self._shifts = {code: VOTE_BITS + COUNT_BITS * place for place, code in enumerate(models)}
        self._cues: dict[str, int] = {}
        self._weights: dict[str, complex] = {}
        self._reader = compiled(all_rules(), models, register)
        self.together = register.together if self._reader is None else self._reader.together

    @cached_property
    def _words(self) -> Mapping[str, tuple[int, int]]:
        families = [(model.families.words, self._shifts[code]) for code, model in self._models.items()]
        return _merged(scanner().words, [(ballots(), 0), *families])

    @cached_property
    def _beginnings(self) -> Beginnings[tuple[int, int]]:
        families = [(model.families.stems, self._shifts[code]) for code, model in self._models.items()]
        return Beginnings(_merged(scanner().stems, families))

    def __missing__(self, token: str) -> int:
        cues, packed = self._words.get(token, _NOTHING)
        if token[0].isdigit():
            cues |= self._words.get(NUMBER, _NOTHING)[0]
        for more, also in self._beginnings.of(token):
            cues |= more
            packed |= also
        if shorten(token) != token:
            for code, model in self._models.items():
                packed |= model.families_of(token) << self._shifts[code]
        weight = self._register.weight(token)
        if cues:
            self._cues[token] = cues
        if weight:
            self._weights[token] = weight
        self[token] = packed
        return packed

    def look_up(self, tokens: list[str]) -> Known:
        """Look the words of a text up, at least one, and try the rules they wake; a word said twice has one weight."""
        if self._reader is not None:
            total, weight, said, asks = self._reader.read(tokens)
            return Known(said, asks, total & _VOTES, weight, total)
        return self.look_up_slowly(tokens)

    def look_up_slowly(self, tokens: list[str]) -> Known:
        """Do the same in Python."""
        if len(self) > _MEMO_SIZE:
            self._forget()
        total = sum(map(self.__getitem__, tokens))
        distinct = set(tokens)
        weight = sum(filter(None, map(self._weights.get, distinct)))
        cues = scanner().gather(filter(None, map(self._cues.get, distinct)))
        said = scanner().scan(tokens, cues)
        return Known(said, asks=True, votes=total & _VOTES, weight=weight, counts=total)

    def _forget(self) -> None:
        self.clear()
        self._cues.clear()
        self._weights.clear()

    def counts(self, packed: int, language: str) -> int:
        """Return the words of each family of a language, packed as `WordModel.unpack` reads them."""
        return packed >> self._shifts[language] & _COUNTS

    def rough(self, tokens: list[str]) -> list[tuple[str, int]]:
        """Return those of the words of a text that are in a family of any language, each once, with what they count."""
        return self._reader.rough(tokens) if self._reader is not None else self.rough_slowly(tokens)

    def rough_slowly(self, tokens: list[str]) -> list[tuple[str, int]]:
        """Do the same in Python."""
        return [(token, self[token]) for token in dict.fromkeys(tokens) if self[token] > _VOTES]


def _merged(cues: Mapping[str, int], counted: Sequence[tuple[Mapping[str, int], int]]) -> dict[str, tuple[int, int]]:
    """Merge the cues of words with what is counted of them, each table shifted to its place."""
    merged = {word: (bits, 0) for word, bits in cues.items()}
    for table, shift in counted:
        for word, number in table.items():
            bits, packed = merged.get(word, _NOTHING)
            merged[word] = bits, packed | number << shift
    return merged
