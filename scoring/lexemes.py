"""What the words of a language mean to the tone: those of its lexicon, and those of the grammar around it."""

from collections.abc import Callable, Mapping
from string import punctuation

from msgspec import Struct

_MEMO_SIZE = 30_000  # distinct tokens kept; a flood of made-up words costs time, never memory


class Word(Struct, frozen=True, gc=False):
    """What one token means to the engine, worked out once.

    Attributes:
        lower: the token without surrounding punctuation, in lower case.
        valence: its weight in the lexicon, None when it has none.
        boost: what it adds to a word it precedes, None when it is no booster.
        upper: whether it is written in capitals.
        negates: whether it negates what follows.
        idiom: whether it may belong to an idiom or a booster of several words.
        active: whether it has a valence of its own to weigh: in the lexicon and no booster.
        modifies: whether it may change what a word near it is worth.
        turns: whether it is a conjunction after which words weigh more.
        noted: whether it must be looked at for itself: active words, boosters in capitals, and conjunctions that turn.
    """

    lower: str
    valence: float | None
    boost: float | None
    upper: bool
    negates: bool
    idiom: bool
    active: bool
    modifies: bool
    turns: bool
    noted: bool


PLAIN = Word(" ", None, None, *(False,) * 7)
"""What all words are that the engine knows nothing of: they only count."""


class Grammar(Struct, frozen=True):
    """The words around the lexicon that a language's tone rests on.

    Attributes:
        boosters: degree adverbs and phrases of up to three words -> what they add.
        negations: words that turn the next three around.
        idioms: phrases of two or three words -> the valence they give to the word they surround.
        but: the conjunctions after which words weigh more.
        no: the word that negates a neighbour and is otherwise itself in the lexicon.
        never: the word that strengthens when one of `degrees` follows it.
        degrees: see `never`.
        doubt: the pair that does not negate although its first word does ("without doubt").
        least: the word that negates unless one of `superlatives` precedes it.
        superlatives: see `least`.
        kind_of: the pair whose first word is no lexicon word.
        joined_negation: a piece of a token that negates ("n't").
    """

    boosters: Mapping[str, float]
    negations: frozenset[str]
    idioms: Mapping[str, float]
    but: frozenset[str]
    no: str = ""
    never: str = ""
    degrees: frozenset[str] = frozenset()
    doubt: tuple[str, str] = ("", "")
    least: str = ""
    superlatives: frozenset[str] = frozenset()
    kind_of: tuple[str, str] = ("", "")
    joined_negation: str = ""


class Memo(dict[str, Word]):
    """Token as written -> Word, filled as tokens are met.

    Attributes:
        lexicon: what words weigh.
        known: all words of which anything is known, under the form by which the lexicon knows them.
        special: those of them of which more may be known than what they weigh.
    """

    def __init__(
        self, lexicon: Mapping[str, float], grammar: Grammar, key: Callable[[str], str], also: frozenset[str]
    ) -> None:
        super().__init__()
        self.lexicon = lexicon
        self._grammar = grammar
        self._key = key
        self._joined = grammar.joined_negation
        phrases = [phrase for phrase in (*grammar.idioms, *grammar.boosters) if " " in phrase]
        # One rare word of each phrase is enough of a hint: without it no phrase is looked up.
        self._idiom = frozenset(max(phrase.split(), key=len) for phrase in phrases)
        special = (grammar.no, grammar.never, grammar.least, *grammar.degrees, *grammar.doubt, *grammar.kind_of)
        self._grammatical = frozenset({*grammar.boosters, *grammar.negations, *self._idiom, *special, *also}) - {""}
        spoken = {word for phrase in phrases for word in phrase.split()}
        neighbours = {"", "or", "nor", *grammar.superlatives, *grammar.but, *also}
        self.special = frozenset({*self._grammatical, *spoken, *neighbours})
        self.known = frozenset({*lexicon, *self.special})

    def __missing__(self, token: str) -> Word:
        word = token.strip(punctuation)
        if len(word) < 3:  # two signs or fewer are an emoticon
            word = token
        lower = self._key(word)
        if lower in self.known or (self._joined and self._joined in lower):
            found = self.describe(lower, upper=word.isupper())
        else:
            found = PLAIN
        if len(self) < _MEMO_SIZE:
            self[token] = found
        return found

    def describe(self, lower: str, *, upper: bool) -> Word:
        """Describe one word, given the form under which the lexicon knows it."""
        grammar = self._grammar
        joined = self._joined != "" and self._joined in lower
        valence, boost = self.lexicon.get(lower), grammar.boosters.get(lower)
        negates = joined or lower in grammar.negations
        active = valence is not None and boost is None
        turns = lower in grammar.but
        noted = active or turns or (upper and boost is not None)
        modifies = joined or lower in self._grammatical
        return Word(lower, valence, boost, upper, negates, lower in self._idiom, active, modifies, turns, noted)
