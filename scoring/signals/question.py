"""Real visitors' questions, told from rhetorical ones sentence by sentence."""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise, product

from msgspec import Struct

from scoring.signals._words import Words

_ASKED_LONG = 40  # words; a sentence that long asks at its end or not at all
_SHORT = 7  # words; "Parking gratuit ?" asks without a word that asks
_NEAR_START = 2  # words that may stand before what mocks: an "and", a "mais"
_POLITE = frozenset({"please", "pls", "plz", "svp", "stp"})
_SURE = 2  # words a house is asked about from which nothing passes for mockery
_INVERTED = frozenset(
    product(("is", "are", "do", "does", "can", "will"), ("the", "it", "you", "i", "we", "there", "they"))
)


class Phrases:
    """Phrases of up to a handful of words, found by their first two.

    Attributes:
        alone: those of one word.
        openings: the first two words of the others, and what follows them.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self.alone: set[str] = set()
        self.openings: dict[tuple[str, str], list[list[str]]] = {}
        for line in lines:
            for phrase in product(*(element.split("|") for element in line.split())):
                if len(phrase) == 1:
                    self.alone.add(phrase[0])
                else:
                    self.openings.setdefault((phrase[0], phrase[1]), []).append(list(phrase[2:]))

    def places(self, words: Sequence[str]) -> list[int]:
        """Return where the phrases begin."""
        found: list[int] = []
        if not self.alone.isdisjoint(words):
            found = [place for place, word in enumerate(words) if word in self.alone]
        if self.openings.keys().isdisjoint(pairwise(words)):
            return found
        for place, opening in enumerate(pairwise(words)):
            for rest in self.openings.get(opening, ()):
                if list(words[place + 2 : place + 2 + len(rest)]) == rest:
                    found.append(place)
                    break
        return found


class _Asking(Struct, frozen=True):
    """What is known of questions.

    Attributes:
        topics: what a house is asked about.
        openers: words a question begins with.
        rhetorical: words of those who do not want an answer.
        greetings: words that may stand before a question without a mark.
        stating: words with which a sentence without a mark states.
        certain: phrases that ask whether there is a mark or not.
        asking: phrases that ask, before a mark or at the beginning.
        mocking: phrases that look like a question and are none.
        unmarked: all that may ask without a mark: the certain, the asking and what is turned around.
    """

    topics: frozenset[str]
    openers: frozenset[str]
    rhetorical: frozenset[str]
    greetings: frozenset[str]
    stating: frozenset[str]
    certain: Phrases
    asking: Phrases
    mocking: Phrases
    unmarked: Phrases

    def may_ask(self, tokens: Sequence[str]) -> bool:
        """Whether anything but a mark can make a text ask: two words side by side, or one alone, that begin to."""
        openings = self.unmarked.openings.keys()
        return not (self.unmarked.alone.isdisjoint(tokens) and openings.isdisjoint(pairwise(tokens)))


def openings() -> tuple[set[str], set[tuple[str, str]]]:
    """Return the words that alone, and the pairs that side by side, may ask something without a mark."""
    unmarked = _asking().unmarked
    return unmarked.alone, set(unmarked.openings)


@cache
def _asking() -> _Asking:
    sections: dict[str, list[str]] = {}
    for line in files("scoring").joinpath("data", "questions.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            lines = sections.setdefault(line.strip("[]"), [])
        elif not line.startswith("#"):
            lines.append(line)

    def words(name: str) -> frozenset[str]:
        return frozenset(" ".join(sections[name]).split())

    return _Asking(
        topics=words("topics"),
        openers=words("openers"),
        rhetorical=words("rhetorical"),
        greetings=words("greetings"),
        stating=words("stating"),
        certain=Phrases(sections["certain"]),
        asking=Phrases(sections["asking"]),
        mocking=Phrases(sections["mocking"]),
        unmarked=Phrases([*sections["certain"], *sections["asking"], *map(" ".join, _INVERTED)]),
    )


def question(words: Words, *, angry: bool) -> tuple[int, int] | None:
    """Find the first sentence that asks something a house can answer.

    Args:
        words: of the text.
        angry: whether anger or mockery was found in it: then a question must look like one in more than its mark.

    Returns:
        the range of the sentence's tokens, or None.
    """
    tokens, known = words.tokens, _asking()
    if "?" not in words.folded and not known.may_ask(tokens):
        return None
    marks = [i for i, token in enumerate(tokens) if token[0] in ".!?"]
    for before, end in pairwise(marks):
        sentence = tokens[max(before + 1, end - _ASKED_LONG) : end]
        if sentence and _asks(known, sentence, marked="?" in tokens[end], angry=angry):
            return before + 1, end + 1
    return None


def _asks(known: _Asking, words: Sequence[str], *, marked: bool, angry: bool) -> bool:
    topics = len(known.topics.intersection(words))
    certain = bool(known.certain.places(words))
    # who asks which of several, or whom to turn to, or says please, wants to know
    whom = certain and words[:2] in (["who", "do"], ["who", "should"])
    earnest = whom or words[0] == "which" or words[-1] in _POLITE or words[-2:] == ["vous", "plait"]
    mocking = topics < _SURE and not earnest and any(p <= _NEAR_START for p in known.mocking.places(words))
    if not topics and not known.rhetorical.isdisjoint(words):
        return False
    if not marked:
        return not (mocking or angry) and _asks_unmarked(known, words, topics, certain=certain)
    if certain or mocking:
        return not mocking
    opened = not known.openers.isdisjoint([*words[:3], *words[-2:]]) or bool(known.asking.places(words))
    if angry:
        return opened and topics > 0
    if topics:
        return True
    return len(words) > _NEAR_START


def _asks_unmarked(known: _Asking, words: Sequence[str], topics: int, *, certain: bool) -> bool:
    first = next((place for place, word in enumerate(words) if word not in known.greetings), 0)
    inverted = tuple(words[first : first + 2]) in _INVERTED
    if not topics:
        return (certain and first in known.certain.places(words)) or (inverted and len(words) > _SHORT // 2)
    if words[first] in known.stating:
        return False
    asking = first in known.asking.places(words)
    return certain or inverted or (asking and (topics > 1 or len(words) <= 2 * _SHORT))
