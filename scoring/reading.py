"""The compiled twin of `Lexis` and `Scanner`, where a C compiler was at hand when becalm was installed."""

from collections.abc import Iterable, Mapping
from itertools import accumulate, chain, cycle
from typing import TYPE_CHECKING

from scoring.language import VOTE_BITS, ballots
from scoring.register import Register
from scoring.signals import NUMBER, Scanner
from scoring.signals._rule import CUES, Element, Phrase, Rest
from scoring.signals.evidence import DANGERS
from scoring.signals.question import openings
from scoring.words import COUNT_BITS, FAMILIES, WordModel

if TYPE_CHECKING:
    from scoring._kernel import Reader

_NOWHERE = 2**32 - 1
_VOTES = 3
_VOTE = VOTE_BITS // _VOTES  # bits between two votes
_CUES = 4  # room for the cues of a phrase, as in kernel/reader.h
_ALONE, _FIRST, _SECOND = 1, 2, 4  # how a word asks, as there
_MOST_COUNTED = 64  # votes and families, as there
Senses = dict[int, list[Rest]]


class _Entries:
    """What words and their beginnings are counted for, are cues of, and begin: one entry each."""

    def __init__(self) -> None:
        self.words: dict[str, int] = {}
        self.stems: dict[str, int] = {}
        self._counted: list[int] = []
        self._asks: list[int] = []
        self._weights: list[complex] = []
        self._cues: list[list[int]] = []
        self._senses: list[Senses] = []

    def of(self, word: str) -> int:
        """Return the number of the entry of a word, or of a beginning when it ends in `*`; made when there is none."""
        table = self.stems if word.endswith("*") else self.words
        number = table.setdefault(word.rstrip("*"), len(self._counted))
        return self.new() if number == len(self._counted) else number

    def new(self) -> int:
        """Make an empty entry."""
        self._counted.append(0)
        self._asks.append(0)
        self._weights.append(0j)
        self._cues.append([])
        self._senses.append({})
        return len(self._counted) - 1

    def count(self, word: str, bits: int) -> None:
        """Add votes and families."""
        self._counted[self.of(word)] |= bits

    def weigh(self, word: str, weight: complex) -> None:
        """Set what the register says of a word."""
        self._weights[self.of(word)] = weight

    def ask(self, word: str, how: int) -> None:
        """Say that a word asks: `_ALONE`, or as the `_FIRST` or the `_SECOND` of two."""
        self._asks[self.of(word)] |= how

    def cue(self, word: str, cue: int) -> None:
        """Add a cue."""
        self._cues[self.of(word)].append(cue)

    def sense(self, entry: int, element: int, rest: Rest) -> None:
        """Add an element the word begins, and what must follow it there."""
        self._senses[entry].setdefault(element, []).append(rest)

    def rows(self) -> list[tuple[int, int, float, float, list[int], list[tuple[int, tuple[Rest, ...]]]]]:
        """Return the entries as the kernel reads them."""
        senses = [[(element, tuple(rests)) for element, rests in sorted(sense.items())] for sense in self._senses]
        dangers, angers = [weight.real for weight in self._weights], [weight.imag for weight in self._weights]
        return list(zip(self._counted, self._asks, dangers, angers, self._cues, senses, strict=True))


def compiled(scanner: Scanner, models: Mapping[str, WordModel], register: Register) -> "Reader | None":
    """Return the compiled twin over the same rules, models and register, or None when nothing was compiled."""
    try:
        from scoring._kernel import Reader
    except ImportError:  # nothing is missing without it but speed
        return None
    places = _places(models)
    if len(places) > _MOST_COUNTED:
        return None
    entries = _Entries()
    unnamed = {sign: entries.new() for sign in ("{word}", NUMBER, "<")}
    elements: dict[Element, int] = {}
    for phrase in scanner.phrases:
        for step in phrase.steps:
            elements.setdefault(step.element, len(elements))
    _add_senses(entries, elements, unnamed)
    _add_counted(entries, models, places)
    groups = list(dict.fromkeys(rule.clue for rule in scanner.rules if rule.clue))
    phrases = [_row(*one, groups, elements) for one in _owned(scanner)]
    for number, phrase in enumerate(scanner.phrases):
        for place, words in enumerate(phrase.cues):
            for word in sorted(words):
                entries.cue(word, number * _CUES + place)
    alone, pairs = openings()
    for word, how in (*((word, _ALONE) for word in alone), *zip(chain(*pairs), cycle((_FIRST, _SECOND)), strict=False)):
        entries.ask(word, how)
    whole, heads = register.tables
    for word, weight in whole.items():
        entries.weigh(word, weight)
    numbered = {stem: number for number, stem in enumerate(heads)}
    return Reader(
        words=entries.words,
        stems=entries.stems,
        heads=numbered,
        weights=[(weight.real, weight.imag) for weight in heads.values()],
        entries=entries.rows(),
        phrases=phrases,
        rules=_silencers(scanner),
        dangers=[(_bits(groups, one.all_of), _bits(groups, {*one.all_of, *one.spoken})) for one in DANGERS],
        places=places,
        any_word=unnamed["{word}"],
        number=unnamed[NUMBER],
        end=unnamed["<"],
        digits=entries.words.get(NUMBER, _NOWHERE),
        short=numbered.get("#", _NOWHERE),
        middling=numbered.get("##", _NOWHERE),
        long=numbered.get("###", _NOWHERE),
        stop=numbered.get(".", _NOWHERE),
        families=len(FAMILIES),
        languages=len(models),
    )


def _places(models: Mapping[str, WordModel]) -> list[int]:
    """At which bit each vote and each family of each language is counted, as `Lexis` packs them."""
    width = COUNT_BITS // len(FAMILIES)
    votes = [_VOTE * place for place in range(_VOTES)]
    return [*votes, *(VOTE_BITS + width * place for place in range(len(FAMILIES) * len(models)))]


def _add_senses(entries: _Entries, elements: Mapping[Element, int], unnamed: Mapping[str, int]) -> None:
    for element, number in elements.items():
        for first, rest in element.alternatives:
            entries.sense(entries.of(first), number, rest)
        for sign, entry in unnamed.items():
            if element.signs & ({"<", ">"} if sign == "<" else {sign}):
                entries.sense(entry, number, ())


def _add_counted(entries: _Entries, models: Mapping[str, WordModel], places: list[int]) -> None:
    tables = [(ballots(), ""), *((table, end) for model in models.values() for table, end in _listed(model))]
    shifts = [0, *(VOTE_BITS + COUNT_BITS * place for place in range(len(models)) for _ in range(2))]
    for (table, end), shift in zip(tables, shifts, strict=True):
        for word, packed in table.items():
            bits = sum(1 << number for number, place in enumerate(places) if packed << shift >> place & 1)
            entries.count(word + end, bits)


def _listed(model: WordModel) -> tuple[tuple[Mapping[str, int], str], tuple[Mapping[str, int], str]]:
    return (model.families.words, ""), (model.families.stems, "*")


def _owned(scanner: Scanner) -> Iterable[tuple[Phrase, int, bool, str]]:
    """Yield each phrase with the number of its rule, whether it silences it, and the rule's group of evidence."""
    for number, rule in enumerate(scanner.rules):
        for phrase in rule.phrases:
            yield phrase, number, False, rule.clue
        for phrase in rule.unless:
            yield phrase, number, True, ""


def _row(
    phrase: Phrase, rule: int, silences: bool, clue: str, groups: list[str], elements: Mapping[Element, int]
) -> tuple[int, int, bool, int, list[tuple[int, int, bool]]]:
    needs = (1 << min(len(phrase.cues), CUES)) - 1
    steps = [(elements[step.element], step.gap, step.optional) for step in phrase.steps]
    return rule, needs, silences, groups.index(clue) if clue else -1, steps


def _silencers(scanner: Scanner) -> list[tuple[object, int, int]]:
    """Return each rule with the range of its phrases that silence it."""
    ends = list(accumulate(len(rule.phrases) + len(rule.unless) for rule in scanner.rules))
    return [(rule, end - len(rule.unless), end) for rule, end in zip(scanner.rules, ends, strict=True)]


def _bits(groups: list[str], wanted: Iterable[str]) -> int:
    return sum(1 << number for number, group in enumerate(groups) if group in wanted)
