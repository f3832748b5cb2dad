"""Which language a text is in, by a vote of its commonest words, and how sure the vote is."""

from collections.abc import Mapping
from functools import cache

from msgspec import Struct

_VOTERS = {
    "fr": """le la les l un une des du de d et est sont ai as avons avez ont je j tu il elle on nous vous ils elles
 ne n pas plus que qu qui quoi dont ou mais donc car pour par avec sans dans sur sous chez ce c cet cette ces ca mon
 ma mes ton ta tes son sa ses notre votre nos vos leur leurs au aux en y s se me te si tres trop bien tout tous toute
 toutes rien jamais encore aussi comme quand comment pourquoi combien faut fait faire etre avoir suis etes etait
 merci bonjour bonsoir oui non euh bah ben svp quel quelle quels quelles meme alors voila deja apres avant cest jai
 jsuis jpeux ya pk qd mdr bcp vraiment expo musee oeuvre visite billet honte scandaleux nul dommage bravo superbe""",
    "en": """the a an of and is are was were be been am i you he she it we they this that these those to for with
 without from at by not no do does did don doesn didn isn aren wasn can could would should will won shall may might
 have has had what when where who why how which there their them his her my your our its if then than but or so very
 too just about all any some more most only really never ever as into out up down off over here now yes please thanks
 thank u ur im dont cant gonna museum gallery exhibition exhibit show ticket tickets disgusting shame great love""",
    "other": """es era fue hay donde cola larga bonita museo exposicion exposicao mostra ausstellung tentoonstelling habe haben wieder kommen sehr auch noch nur bei nach tambien todo siempre cuando anche molto questa della degli sono del que y es son muy pero por para como con sin esta este eso mas lo su hola
 gracias der die das und ist nicht ein eine ich sie wir ihr mit fur auf auch wie gibt sehr guten tag het een van
 niet ik wat voor zijn er heb dit dat il gli che di non per sono questo questa molto bello o os um uma nao com em
 da na muito obrigado och att det som inte jeg ikke ale nie jest na""",
}
_BITS = 20
_MOST = (1 << _BITS) - 1
VOTE_BITS = 3 * _BITS
"""Room that the votes of a text take, packed."""
_ENOUGH = 2  # votes of lead from which the vote is sure


class Verdict(Struct, frozen=True):
    """What the vote says.

    Attributes:
        code: "fr", "en" or "other".
        sure: whether the lead is clear; when not, both lexicons should be asked.
    """

    code: str
    sure: bool


@cache
def ballots() -> Mapping[str, int]:
    """Return folded word -> its votes, fr in the lowest 20 bits, then en, then other: one sum counts all three."""
    votes: dict[str, int] = {}
    for place, words in enumerate(_VOTERS.values()):
        for word in set(words.split()):
            votes[word] = votes.get(word, 0) + (1 << _BITS * place)
    return votes


def verdict(votes: int, size: int) -> Verdict:
    """Tell the language of a text.

    Args:
        votes: the sum of the `ballots` of its words.
        size: the number of its words.
    """
    french, english, other = votes & _MOST, votes >> _BITS & _MOST, votes >> 2 * _BITS
    if french >= english and french >= other and french:
        return Verdict("fr", french - max(english, other) >= min(_ENOUGH, size))
    if english >= other and english:
        return Verdict("en", english - max(french, other) >= min(_ENOUGH, size))
    if other:
        return Verdict("other", other - max(french, english) >= _ENOUGH)
    return Verdict("other", sure=False)
