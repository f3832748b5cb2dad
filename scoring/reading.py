"""The compiled twin of `Lexis` and `Scanner`, where a C compiler was at hand when becalm was installed."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from scoring.frames import classes
from scoring.language import VOTE_BITS, ballots
from scoring.register import Register
from scoring.signals import NUMBER, Rule
from scoring.signals._rule import Element, Phrase, Rest
from scoring.signals.evidence import DANGERS
from scoring.signals.question import openings
from scoring.words import COUNT_BITS, FAMILIES, WordModel

if TYPE_CHECKING:
    from scoring._kernel import Reader

_VOTES = 3
_VOTE = VOTE_BITS // _VOTES  # bits between two votes
_ALONE, _FIRST, _SECOND = 1, 2, 4  # how a word asks, as in kernel/reader.h
_MOST_COUNTED = 64  # votes and families, as there
_MOST_CLASSES = 64
_UNNAMED = ("{word}", NUMBER, "<")  # what a word is whatever the lists say of it, in the order of kernel/tables.c


def compiled(rules: Sequence[Rule], models: Mapping[str, WordModel], register: Register) -> "Reader | None":
    """Return the compiled twin over the same rules, models and register, or None when nothing was compiled."""
    try:
        from scoring._kernel import Reader
    except ImportError:  # nothing is missing without it but speed
        return None
    places = _places(models)
    names, framed = classes()
    if len(places) > _MOST_COUNTED or len(names) > _MOST_CLASSES:
        return None
    owned = list(_owned(rules))
    elements = {step.element: None for phrase, *_ in owned for step in phrase.steps}
    numbers = {element: number for number, element in enumerate(elements)}
    groups = list(dict.fromkeys(rule.clue for rule in rules if rule.clue))
    counted, asks = _counted(models, places), _asks()
    weights, heads = register.tables
    pairs, frames = register.dangers
    named: set[str] = {*counted, *asks, *weights, *framed}
    named.update(*(cue for phrase, *_ in owned for cue in phrase.cues))
    named.update(first for element in elements for first, _ in element.alternatives)
    stems = [word[:-1] for word in named if word.endswith("*")]
    words = [word for word in named if not word.endswith("*")]
    return Reader(
        words=words,
        stems=stems,
        counted=counted,
        asks=asks,
        weights=weights,
        heads=heads,
        classes=framed,
        pairs=pairs,
        frames=[(one, two, weight) for (one, two), weight in frames.items() if one <= two],
        phrases=[_row(*one, groups, numbers) for one in owned],
        elements=[_alternatives(element, len(named)) for element in elements],
        rules=_silencers(rules),
        dangers=[(_bits(groups, one.all_of), _bits(groups, {*one.all_of, *one.spoken})) for one in DANGERS],
        places=places,
        families=len(FAMILIES),
        languages=len(models),
    )


def _places(models: Mapping[str, WordModel]) -> list[int]:
    """At which bit each vote and each family of each language is counted, as `Lexis` packs them."""
    width = COUNT_BITS // len(FAMILIES)
    votes = [_VOTE * place for place in range(_VOTES)]
    return [*votes, *(VOTE_BITS + width * place for place in range(len(FAMILIES) * len(models)))]


def _alternatives(element: Element, unnamed: int) -> list[tuple[str | int, Rest]]:
    """Return the first words of an element with what follows them; for what is no word, the number of its entry."""
    found: list[tuple[str | int, Rest]] = [*element.alternatives]
    for number, sign in enumerate(_UNNAMED, unnamed):
        if element.signs & ({"<", ">"} if sign == "<" else {sign}):
            found.append((number, ()))
    return found


def _asks() -> dict[str, int]:
    alone, pairs = openings()
    asks = dict.fromkeys(alone, _ALONE)
    for how, words in ((_FIRST, {first for first, _ in pairs}), (_SECOND, {second for _, second in pairs})):
        for word in words:
            asks[word] = asks.get(word, 0) | how
    return asks


def _counted(models: Mapping[str, WordModel], places: list[int]) -> dict[str, int]:
    """Return what words, and their beginnings, are counted for: a bit for each of the places."""
    tables = [(ballots(), "", 0)]
    for language, model in enumerate(models.values()):
        shift = VOTE_BITS + COUNT_BITS * language
        tables += [(model.families.words, "", shift), (model.families.stems, "*", shift)]
    counted: dict[str, int] = {}
    for table, end, shift in tables:
        kinds = {packed: _unpacked(packed << shift, places) for packed in set(table.values())}
        for word, packed in table.items():
            counted[word + end] = counted.get(word + end, 0) | kinds[packed]
    return counted


def _unpacked(packed: int, places: list[int]) -> int:
    return sum(1 << number for number, place in enumerate(places) if packed >> place & 1)


def _owned(rules: Sequence[Rule]) -> Iterable[tuple[Phrase, int, bool, str]]:
    """Yield each phrase with the number of its rule, whether it silences it, and the rule's group of evidence."""
    for number, rule in enumerate(rules):
        for phrase in rule.phrases:
            yield phrase, number, False, rule.clue
        for phrase in rule.unless:
            yield phrase, number, True, ""


def _row(
    phrase: Phrase, rule: int, silences: bool, clue: str, groups: list[str], elements: Mapping[Element, int]
) -> tuple[tuple[frozenset[str], ...], int, bool, int, list[tuple[int, int, bool]]]:
    steps = [(elements[step.element], step.gap, step.optional) for step in phrase.steps]
    return phrase.cues, rule, silences, groups.index(clue) if clue else -1, steps


def _silencers(rules: Sequence[Rule]) -> list[tuple[object, int, int]]:
    """Return each rule with the range of its phrases that silence it."""
    ends = list(accumulate(len(rule.phrases) + len(rule.unless) for rule in rules))
    return [(rule, end - len(rule.unless), end) for rule, end in zip(rules, ends, strict=True)]


def _bits(groups: list[str], wanted: Iterable[str]) -> int:
    return sum(1 << number for number, group in enumerate(groups) if group in wanted)
