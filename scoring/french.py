"""The tone of French: VADER's algorithm over a French list, with negation on both sides, elision and loose spelling."""

import re
from functools import cache
from importlib.resources import files

from scoring.folding import LATIN_FOLDS, fold, folded_keys, shorten
from scoring.lexemes import Grammar, Word
from scoring.vader import Vader, english
from scoring.weighing import Loose

_MORE = """absolument archi beaucoup bigrement carrement completement considerablement diablement drolement entierement
 exceptionnellement excessivement extremement fichtrement franchement grandement grave hyper incroyablement infiniment
 joliment particulierement profondement putain rudement sacrement si sublimement super superbement tellement totalement
 trop tres ultra vachement vraiment enormement full ben fort tout vrmt tro trp bcp crissement full"""
_LESS = "approximativement assez gueres guere legerement moins peu plutot presque quasi quasiment rarement vaguement"
_BOOST = 0.293  # vaderSentiment's own step

_NEGATIONS = "pas jamais rien aucun aucune sans ni nullement aucunement guere point zero pa"
_BUT = "mais cependant pourtant neanmoins toutefois sauf mai"
_IDIOMS = {
    "pas mal": 1.6,
    "pas mauvais": 1.4,
    "pas mauvaise": 1.4,
    "pas terrible": -1.8,
    "pas top": -1.5,
    "pas degueu": 1.4,
    "pas folichon": -1.2,
    "pas bete": 1.2,
    "pas grave": 0.6,
    "sans faute": 1.5,
    "bien sur": 0.0,
    "bon courage": 1.0,
    "mort de": 0.5,
    "trop bien": 2.4,
}
_AFTER = frozenset({"pas", "jamais", "guere", "plus", "rien", "point", "pa"})
_ELIDED = (*"ldjtmscn", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu")
_ELISION = re.compile(rf"^(?:{'|'.join(_ELIDED)})'(?=\w\w)")


class FrenchVader(Vader):
    """The engine with what French needs: words looked up folded and without elision, and "aime pas" negated."""

    neighbours = _AFTER | {word for idiom in _IDIOMS for word in idiom.split()}
    loose = Loose(LATIN_FOLDS, _ELIDED, _IDIOMS, _AFTER, "plus")

    def key(self, word: str) -> str:
        """Fold a word, take its elided article or pronoun off and shorten drawn-out letters (nuuuul)."""
        plain = word.isascii() and word.isalpha()  # the usual case, by a quicker way
        folded = word.lower() if plain else fold(word)
        if "'" in folded:
            folded = _ELISION.sub("", folded)
        return folded if folded in self.lexicon else shorten(folded)

    def after(self, words: list[Word], i: int, value: float) -> float:
        """Apply the idiom the word ends or begins, else turn a verb that "pas" follows around."""
        lower = words[i].lower
        if i:
            idiom = _IDIOMS.get(f"{words[i - 1].lower} {lower}")
            if idiom is not None:
                return idiom
        if i + 1 < len(words):
            following = words[i + 1].lower
            idiom = _IDIOMS.get(f"{lower} {following}")
            if idiom is not None:
                return idiom
            if following in _AFTER and not (following == "plus" and i + 2 < len(words) and words[i + 2].valence):
                return value * -0.74
        return value


def _read(name: str) -> dict[str, float]:
    text = files("scoring").joinpath("data", name).read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("# "))
    return {word: float(valence) for word, valence in rows}


@cache
def french() -> FrenchVader:
    """Return the engine over the French list, our own words over it, and emoji weighed by their names."""
    lexicon = folded_keys(_read("fr_lexicon.tsv"))
    lexicon.update(_read("fr_own.tsv"))
    stock = english()
    emojis: dict[str, str] = {}
    for emoji, name in stock.emojis.items():
        valence = sum(stock.lexicon.get(word, 0.0) for word in name.split())
        if valence:
            lexicon[emoji] = valence
            emojis[emoji] = f" {emoji} "
    boosters = dict.fromkeys(_MORE.split(), _BOOST) | dict.fromkeys(_LESS.split(), -_BOOST)
    for word in (*boosters, *_NEGATIONS.split(), *_BUT.split()):
        lexicon.pop(word, None)
    grammar = Grammar(
        boosters=boosters,
        negations=frozenset(_NEGATIONS.split()),
        idioms={},
        but=frozenset(_BUT.split()),
        doubt=("sans", "doute"),
    )
    return FrenchVader(lexicon, emojis, grammar)
