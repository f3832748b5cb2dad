"""The little language rules are written in: phrases of words, classes and gaps, matched in bounded time."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from msgspec import Struct

from scoring.assessment import RiskLevel, SignalKind
from scoring.signals._vocabulary import CLASSES, COMMON

CUES = 3
"""Elements of a phrase that must all have a word in a text before the phrase is tried."""
_ENDS = frozenset(".!?")
NUMBER = "#"
SIGNS = frozenset({NUMBER, "{word}", "<", ">"})
"""Alternatives that are no words: a number, any word of three letters or more, the borders of a sentence."""


def is_end(token: str) -> bool:
    """Whether a token ends a sentence."""
    return token[0] in _ENDS


Rest = tuple[str, ...]
"""Words that must follow the first one of an alternative; empty for a single word."""


class Element:
    """What may stand at one place of a phrase. An element is itself alone: two are told apart by identity.

    Attributes:
        alternatives: first word, or its beginning when it ends in `*`, and what must follow it.
        signs: those of `#`, `{word}`, `<` and `>` that are among the alternatives.
    """

    __slots__ = ("alternatives", "signs")

    def __init__(self, alternatives: Iterable[str]) -> None:
        words = list(alternatives)
        self.signs = SIGNS.intersection(words)
        self.alternatives: list[tuple[str, Rest]] = [_parts(word) for word in words if word not in SIGNS]


@cache
def _parts(alternative: str) -> tuple[str, Rest]:
    """Split an alternative into its first word and the rest; many elements share one, and this."""
    first, *rest = re.split("[_'-]", alternative)
    return first, tuple(rest)


Sense = Mapping[Element, tuple[Rest, ...]]
"""The elements a word of a text begins, each with what must follow it there."""


class Step(Struct, frozen=True):
    """One element of a phrase.

    Attributes:
        element: what it may be.
        gap: up to how many words of the same sentence may stand before it.
        optional: whether it may be missing.
    """

    element: Element
    gap: int
    optional: bool


class Phrase(Struct, frozen=True):
    """One phrase.

    Attributes:
        steps: its elements in order; the first has no gap and is not optional.
        cues: for its rarest elements, at most `CUES`, the words (or their beginnings, when they end in `*`) one of
            which any match contains.
    """

    steps: tuple[Step, ...]
    cues: tuple[frozenset[str], ...]

    def search(self, tokens: Sequence[str], senses: Sequence[Sense]) -> tuple[int, int] | None:
        """Return the first place where the phrase stands, as a range of tokens.

        Args:
            tokens: of the text.
            senses: of each token (see `Senses`).
        """
        first = self.steps[0].element
        alone = len(self.steps) == 1
        for start in [place for place, sense in enumerate(senses) if first in sense]:
            for rest in senses[start][first]:
                end = _after(tokens, start, rest) if rest else start + 1
                if end:
                    end = end if alone else self._match(tokens, senses, 1, end)
                    if end:
                        return start, end
        return None

    def _match(self, tokens: Sequence[str], senses: Sequence[Sense], number: int, place: int) -> int:
        """Return the end of the match of the steps from `number` on at `place`; 0 when there is none."""
        if number == len(self.steps):
            return place
        step = self.steps[number]
        element = step.element
        for here in range(place, min(place + step.gap + 1, len(tokens))):
            for rest in senses[here].get(element, ()):
                end = _after(tokens, here, rest) if rest else here + 1
                if end:
                    end = self._match(tokens, senses, number + 1, end)
                    if end:
                        return end
            if tokens[here][0] in _ENDS:
                break
        return self._match(tokens, senses, number + 1, place) if step.optional else 0


def _after(tokens: Sequence[str], place: int, rest: tuple[str, ...]) -> int:
    """Return the place after an alternative that begins at `place` when its other words follow, else 0."""
    for word in rest:
        place += 1
        if place == len(tokens):
            return 0
        token = tokens[place]
        if not (token.startswith(word[:-1]) if word[-1] == "*" else token == word):
            return 0
    return place + 1


class Rule(Struct, frozen=True):
    """A named reason for a level.

    Attributes:
        kind: the signal it gives.
        floor: the level below which a text with it is not shown.
        weight: what it adds to the log-odds of risk; negative lowers.
        phrases: any of them is enough.
        unless: any of them, anywhere in the text, silences the rule.
        clue: the group of evidence it belongs to, empty when the rule speaks for itself (see `evidence`).
    """

    kind: SignalKind
    floor: RiskLevel
    weight: float
    phrases: tuple[Phrase, ...]
    unless: tuple[Phrase, ...] = ()
    clue: str = ""


def rule(kind: SignalKind, floor: RiskLevel, weight: float, phrases: str, *, unless: str = "") -> Rule:
    """Write a rule: one phrase a line.

    A phrase is a row of elements: `word`; `stem*`; alternatives `a|b|c_d` (`_` joins words); `{class}` of
    `_vocabulary.py`, also as one of the alternatives; `..3` up to three words of the same sentence; `<` and `>` the
    borders of a sentence; `{word}` any word; `#` a number; `?` after an element makes it optional. Words are folded; an
    apostrophe parts words.
    """
    return Rule(kind, floor, weight, _phrases(phrases), _phrases(unless))


def clue(group: str, phrases: str) -> Rule:
    """Write a clue: phrases that mean danger only beside others (see `evidence`)."""
    return Rule(SignalKind.THREAT, RiskLevel.CALM, 0.0, _phrases(phrases), clue=group)


def _phrases(lines: str) -> tuple[Phrase, ...]:
    return tuple(Phrase(_steps(line), _cues(line)) for line in _split(lines))


def _split(lines: str) -> Iterator[str]:
    """Yield the phrases, lists of fixed phrases one by one: each is then woken by words of its own alone.

    A whole class stays one phrase: it costs one look-up a word, and hundreds of phrases would cost every text.
    """
    for line in map(str.strip, lines.splitlines()):
        if " " in line or "_" not in line:
            yield from filter(None, [line])
            continue
        if "{" in line:
            yield line
            continue
        words = line.split("|")
        yield from (word.replace("_", " ") for word in words if "_" in word)
        yield from filter(None, ["|".join(word for word in words if "_" not in word)])


@cache
def _element(source: str) -> Element:
    return Element(_alternatives(source))


def _alternatives(source: str) -> Iterator[str]:
    """The words an element stands for; classes are opened, also classes of classes."""
    for part in source.split("|"):
        if part.startswith("{") and part != "{word}":
            for word in CLASSES[part.strip("{}")].split():
                yield from _alternatives(word)
        else:
            yield part


def _steps(line: str) -> tuple[Step, ...]:
    """Read a phrase; what is optional or a gap at its borders says nothing and goes."""
    steps: list[Step] = []
    gap = 0
    for source in line.split():
        if source.startswith(".."):
            gap = int(source[2:])
        elif steps or not source.endswith("?"):
            steps.append(Step(_element(source.rstrip("?")), gap if steps else 0, source.endswith("?")))
            gap = 0
    return tuple(steps)


def _cues(line: str) -> tuple[frozenset[str], ...]:
    """The words of the elements least likely to occur by chance: without one of each the phrase cannot hold."""
    candidates: list[tuple[int, int, frozenset[str]]] = []
    for source in line.split():
        if source.startswith("..") or source.endswith("?"):
            continue
        words = _telling(source)
        if words.isdisjoint(SIGNS - {NUMBER}):
            candidates.append((sum(word in COMMON for word in words), len(words), words))
    if not candidates:
        raise ValueError(f"a phrase needs a word: {line}")
    candidates.sort(key=lambda one: one[:2])
    return tuple(words for _, _, words in candidates[:CUES])


@cache
def _telling(source: str) -> frozenset[str]:
    """The rarest word of each alternative of an element."""
    return frozenset(_rarest(first, *rest) for first, rest in map(_parts, _alternatives(source)))


def _rarest(*words: str) -> str:
    return max(words, key=lambda word: (word not in COMMON, len(word)))
