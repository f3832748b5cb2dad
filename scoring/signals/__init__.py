"""All named rules, and the scan that wakes only those whose words occur in a text."""

import re
from collections.abc import Iterable, Iterator
from functools import cache, reduce
from operator import or_

from msgspec import Struct

from scoring.folding import stem_sizes
from scoring.signals import danger, evidence, hate, insult, protest, reactions, topics
from scoring.signals._rule import CUES, Phrase, Rule

_MEMO_SIZE = 100_000
_SECTION = 1536  # bits: more than there are phrases; a token's bit set has a section for each of a phrase's cues
_FIRST_SECTION = (1 << _SECTION) - 1
_TOKEN = re.compile(r"[a-z0-9]+(?:[*@$][a-z0-9*@$]+)?|[.!?\n]+")


class Words(Struct, frozen=True):
    """A folded text cut for the rules.

    Attributes:
        folded: the folded text.
        tokens: its words and its sentence ends, in order, between two sentence ends that are not in the text.
    """

    folded: str
    tokens: list[str]

    def places(self) -> list[tuple[int, int]]:
        """Return where in the folded text each token stands; the two ends that are not in it stand at its borders."""
        places = [match.span() for match in _TOKEN.finditer(self.folded)]
        return [*places[:1], *places, *places[-1:]]


def cut(folded: str) -> Words:
    """Cut a folded text into words and sentence ends; a line break ends a sentence."""
    found = _TOKEN.findall(folded)
    if "\n" in folded:
        found = [token.replace("\n", ".") if token[0] in ".!?\n" else token for token in found]
    return Words(folded, [".", *found, "."])


class Scanner:
    """The index of the rules: which cues of phrases a word is, as a bit set, and which phrases are therefore tried."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self.rules = rules
        self._phrases: list[Phrase] = []
        self._owners: list[tuple[Rule, int, int]] = []
        self._groups: dict[str, int] = {}
        self._silencers = 0  # the phrases that do not speak, but silence the others of their rule
        self._always = 0  # the cues that a short phrase does not have
        self._words: dict[str, int] = {}
        self._stems: dict[str, int] = {}
        for rule in rules:
            first = len(self._phrases)
            siblings = (1 << first + len(rule.phrases)) - (1 << first)
            silencers = (1 << first + len(rule.phrases) + len(rule.unless)) - (1 << first) - siblings
            if rule.clue:
                self._groups[rule.clue] = self._groups.get(rule.clue, 0) | siblings
            self._silencers |= silencers
            for place, phrase in enumerate((*rule.phrases, *rule.unless), first):
                self._phrases.append(phrase)
                self._owners.append((rule, siblings, silencers))
                for number in range(CUES):
                    self._register(phrase, number, 1 << place + number * _SECTION)
        self._clues = reduce(or_, self._groups.values(), 0)
        self._group_bits = [(1 << number, phrases) for number, phrases in enumerate(self._groups.values())]
        self._combinations = [self._combination(danger_) for danger_ in evidence.DANGERS]
        self._amounting: dict[int, int] = {}  # groups awake, as bits -> the phrases worth trying beside them
        self._start, self._sizes = stem_sizes(self._stems)

    def _combination(self, danger_: evidence.Danger) -> tuple[int, int]:
        """Return the groups a danger needs, as bits, and the phrases that may show it."""
        needed = sum(1 << number for number, group in enumerate(self._groups) if group in danger_.all_of)
        shown = [phrases for group, phrases in self._groups.items() if group in {*danger_.all_of, *danger_.spoken}]
        return needed, reduce(or_, shown)

    def _register(self, phrase: Phrase, number: int, bit: int) -> None:
        if number >= len(phrase.cues):
            self._always |= bit
            return
        for cue in phrase.cues[number]:
            table = self._stems if cue.endswith("*") else self._words
            word = cue.rstrip("*")
            table[word] = table.get(word, 0) | bit

    def cues_of(self, token: str) -> int:
        """Return the cues that a word is."""
        woken = self._words.get(token, 0)
        for size in self._sizes.get(token[: self._start], ()):
            woken |= self._stems.get(token[:size], 0)
        return woken

    def gather(self, cues: Iterable[int]) -> int:
        """Return the cues of a whole text, given those of its words."""
        return reduce(or_, cues, self._always)

    def scan(self, tokens: list[str], cues: int | None = None) -> Iterator[tuple[Rule, int, int]]:
        """Yield each rule that holds, with the range of tokens of the first phrase that says so.

        Args:
            tokens: see `Words`.
            cues: what `gather` says of them when that is known.
        """
        heard = self.gather(map(self.cues_of, tokens)) if cues is None else cues
        heard &= heard >> _SECTION & heard >> 2 * _SECTION & _FIRST_SECTION
        woken = heard & ~self._silencers
        if woken & self._clues:
            woken = self._drop_idle_clues(woken)
        while woken:
            place = (woken & -woken).bit_length() - 1
            held = self._phrases[place].search(tokens)
            if held is None:
                woken &= woken - 1
                continue
            rule, siblings, silencers = self._owners[place]
            woken &= ~siblings
            if not self._holds_any(heard & silencers, tokens):
                yield rule, *held

    def _holds_any(self, woken: int, tokens: list[str]) -> bool:
        while woken:
            if self._phrases[(woken & -woken).bit_length() - 1].search(tokens):
                return True
            woken &= woken - 1
        return False

    def _drop_idle_clues(self, woken: int) -> int:
        """Leave only the clues that could still amount to a danger together: most texts keep none."""
        awake = 0
        for bit, phrases in self._group_bits:
            if woken & phrases:
                awake |= bit
        worth = self._amounting.get(awake)
        if worth is None:
            worth = self._worth_trying(awake)
            if len(self._amounting) < _MEMO_SIZE:
                self._amounting[awake] = worth
        return woken & worth

    def _worth_trying(self, awake: int) -> int:
        worth = _FIRST_SECTION & ~self._clues
        for needed, phrases in self._combinations:
            if needed & awake == needed:
                worth |= phrases
        return worth


@cache
def scanner() -> Scanner:
    """Return the scanner over every family of rules."""
    families = (danger, evidence, hate, insult, protest, reactions, topics)
    return Scanner(tuple(rule for family in families for rule in family.RULES))
