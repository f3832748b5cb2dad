"""The compiled twin of `Vader.judge`, where a C compiler was at hand when becalm was installed."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct

from scoring.lexemes import PLAIN, Grammar, Memo, Word

if TYPE_CHECKING:
    import re

T = TypeVar("T", bound=tuple[float, ...])
_SLOW = 20_000  # tokens kept that had to be asked for by way of Python
_LATIN = 256
_BITS = """active modifies turns noted negates idiom valent boosts
 no never degree without doubt least superlative kind of nor after plus paired"""  # in the order of kernel/weigher.c


class Loose(Struct, frozen=True):
    """How the words of a language are looked up that are written in many ways, and what follows them.

    Attributes:
        folds: what each sign of Latin-1 is matched as; 0 where that is not one sign of Latin-1.
        elisions: what may stand before an apostrophe and is cut off with it.
        pairs: two words side by side -> what they are worth together.
        after: words that turn around the one before them.
        unless: the one of them that does not when a word with a valence follows it.
    """

    folds: bytes
    elisions: tuple[str, ...]
    pairs: Mapping[str, float]
    after: frozenset[str]
    unless: str


class _Keys(dict[str, tuple[str, bool] | None]):
    """Token -> the form the lexicon knows it by and whether it is in capitals: for tokens with signs beyond Latin-1."""

    def __init__(self, memo: Memo) -> None:
        super().__init__()
        self._memo = memo

    def __missing__(self, token: str) -> tuple[str, bool] | None:
        word = self._memo[token]
        key = None if word is PLAIN else (word.lower, word.upper)
        if len(self) < _SLOW:
            self[token] = key
        return key


def compiled(
    memo: Memo,
    grammar: Grammar,
    idiomatic: Callable[[list[str], float], float],
    maybe_but: "Callable[[str], re.Match[str] | None]",
    loose: Loose | None,
    tone: type[T],
) -> Callable[[str], T] | None:
    """Return the compiled twin for a language, or None when nothing was compiled.

    Args:
        memo: describes the words of the language.
        grammar: of the language.
        idiomatic: changes a value by the words around it.
        maybe_but: whether a conjunction is spelt out in a text.
        loose: see there; None looks words up in lower case alone.
        tone: what is made of the four figures.
    """
    try:
        from scoring._kernel import Weigher
    except ImportError:  # nothing is missing without it but speed
        return None
    joint = grammar.joined_negation
    special = [word for word in memo.known if word in memo.special or (joint and joint in word)]
    return Weigher(
        special=[
            (PLAIN.lower, 0, 0.0, 0.0),
            (PLAIN.lower, _bits(frozenset({"negates", "modifies"})), 0.0, 0.0),  # what only a joined negation tells of
            *(_row(memo.describe(word, upper=False), grammar, loose) for word in special),
        ],
        plain={word: memo.lexicon[word] for word in memo.known.difference(special)},
        joint=joint,
        slow=_Keys(memo),
        idiom=idiomatic,
        total=sum,
        tone=tone,
        maybe_but=maybe_but,
        pairs=dict(loose.pairs) if loose else {},
        elisions=loose.elisions if loose else (),
        folds=loose.folds if loose else bytes(ord(chr(code).lower()) for code in range(_LATIN)),
        loose=loose is not None,
    ).tone


def _bits(said: frozenset[str]) -> int:
    return sum(1 << place for place, name in enumerate(_BITS.split()) if name in said)


def _row(word: Word, grammar: Grammar, loose: Loose | None) -> tuple[str, int, float, float]:
    lower = word.lower
    facts = {
        "active": word.active,
        "modifies": word.modifies,
        "turns": word.turns,
        "noted": word.active or word.turns or word.boost is not None,  # the last when it is in capitals
        "negates": word.negates,
        "idiom": word.idiom,
        "valent": word.valence is not None,
        "boosts": word.boost is not None,
        "no": lower == grammar.no,
        "never": lower == grammar.never,
        "degree": lower in grammar.degrees,
        "without": lower == grammar.doubt[0],
        "doubt": lower == grammar.doubt[1],
        "least": lower == grammar.least,
        "superlative": lower in grammar.superlatives,
        "kind": lower == grammar.kind_of[0],
        "of": lower == grammar.kind_of[1],
        "nor": lower in {"or", "nor"},
        "after": loose is not None and lower in loose.after,
        "plus": loose is not None and lower == loose.unless,
        "paired": loose is not None and any(lower in pair.split() for pair in loose.pairs),
    }
    return lower, _bits(frozenset(name for name, held in facts.items() if held)), word.valence or 0.0, word.boost or 0.0
