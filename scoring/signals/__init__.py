"""All named rules, and the scan that wakes only those whose words occur in a text."""

from collections.abc import Iterable
from functools import cache, reduce
from operator import or_

from scoring.folding import Beginnings
from scoring.signals import contempt, danger, evidence, hate, insult, mockery, protest, reactions, topics
from scoring.signals._rule import CUES, NUMBER, Phrase, Rule, Sense
from scoring.signals._senses import Senses
from scoring.signals._words import Places, Words, cut

__all__ = ["NUMBER", "Places", "Rule", "Scanner", "Words", "all_rules", "cut", "scanner"]

_MEMO_SIZE = 30_000


class Scanner:
    """The index of the rules: which cues of phrases a word is, as a bit set, and which phrases are therefore tried.

    Attributes:
        rules: all of them.
        words: word -> its cues, as bits: a section as long as there are phrases for each of a phrase's cues.
        stems: beginning of words -> its cues.
    """

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self.rules = rules
        self.words: dict[str, int] = {}
        self.stems: dict[str, int] = {}
        self._section = sum(len(rule.phrases) + len(rule.unless) for rule in rules)
        self._first_section = (1 << self._section) - 1
        self._phrases: list[Phrase] = []
        self._owners: list[tuple[Rule, int, int]] = []
        self._groups: dict[str, int] = {}
        self._silencers = 0  # the phrases that do not speak, but silence the others of their rule
        self._always = 0  # the cues that a short phrase does not have
        for rule in rules:
            self._add(rule)
        self._clues = reduce(or_, self._groups.values(), 0)
        bits = {group: 1 << number for number, group in enumerate(self._groups)}
        self._group_bits = {rule.clue: (bits[rule.clue], ~self._groups[rule.clue]) for rule in rules if rule.clue}
        self._combinations = [self._combination(danger_) for danger_ in evidence.DANGERS]
        self._amounting: dict[int, int] = {}  # groups awake, as bits -> the phrases worth trying beside them
        self._beginnings = Beginnings(self.stems)
        self._senses = Senses({step.element: None for phrase in self._phrases for step in phrase.steps})

    def _add(self, rule: Rule) -> None:
        first = len(self._phrases)
        speaking = (1 << first + len(rule.phrases)) - (1 << first)
        silencers = (1 << first + len(rule.phrases) + len(rule.unless)) - (1 << first) - speaking
        if rule.clue:
            self._groups[rule.clue] = self._groups.get(rule.clue, 0) | speaking
        self._silencers |= silencers
        for place, phrase in enumerate((*rule.phrases, *rule.unless), first):
            self._phrases.append(phrase)
            self._owners.append((rule, ~speaking, silencers))
            for number in range(CUES):
                self._register(phrase, number, 1 << place + number * self._section)

    def _register(self, phrase: Phrase, number: int, bit: int) -> None:
        if number >= len(phrase.cues):
            self._always |= bit
            return
        for cue in phrase.cues[number]:
            table = self.stems if cue.endswith("*") else self.words
            word = cue.rstrip("*")
            table[word] = table.get(word, 0) | bit

    def _combination(self, danger_: evidence.Danger) -> tuple[int, int]:
        """Return the groups a danger needs, as bits, and the phrases that may show it."""
        needed = sum(1 << number for number, group in enumerate(self._groups) if group in danger_.all_of)
        shown = [phrases for group, phrases in self._groups.items() if group in {*danger_.all_of, *danger_.spoken}]
        return needed, reduce(or_, shown, 0)

    def cues_of(self, token: str) -> int:
        """Return the cues that a word is."""
        number = self.words.get(NUMBER, 0) if token[0].isdigit() else 0
        return reduce(or_, self._beginnings.of(token), self.words.get(token, 0) | number)

    def gather(self, cues: Iterable[int]) -> int:
        """Return the cues of a whole text, given those of its words."""
        return reduce(or_, cues, self._always)

    def scan(self, tokens: list[str], cues: int | None = None) -> list[tuple[Rule, int, int]]:
        """Return each rule that holds, with the range of tokens of the first phrase that says so.

        Args:
            tokens: see `Words`.
            cues: what `gather` says of them when that is known.
        """
        heard = self.gather(map(self.cues_of, tokens)) if cues is None else cues
        heard &= heard >> self._section & heard >> 2 * self._section & self._first_section
        woken = heard & ~self._silencers
        if woken & self._clues:
            woken = self._drop_idle_clues(woken)
        found: list[tuple[Rule, int, int]] = []
        senses = self.senses_of(tokens) if woken else []
        while woken:
            place = (woken & -woken).bit_length() - 1
            held = self._phrases[place].search(tokens, senses)
            if held is None:
                woken &= woken - 1
                continue
            rule, others, silencers = self._owners[place]
            woken &= others
            if not self._holds_any(heard & silencers, tokens, senses):
                found.append((rule, *held))
        return found

    def senses_of(self, tokens: Iterable[str]) -> list[Sense]:
        """Return what each token can begin of the phrases."""
        return list(map(self._senses.__getitem__, tokens))

    def _holds_any(self, woken: int, tokens: list[str], senses: list[Sense]) -> bool:
        while woken:
            if self._phrases[(woken & -woken).bit_length() - 1].search(tokens, senses):
                return True
            woken &= woken - 1
        return False

    def _drop_idle_clues(self, woken: int) -> int:
        """Leave only the clues that could still amount to a danger together: most texts keep none."""
        awake = 0
        unseen = woken & self._clues
        while unseen:
            bit, others = self._group_bits[self._owners[(unseen & -unseen).bit_length() - 1][0].clue]
            awake |= bit
            unseen &= others
        worth = self._amounting.get(awake)
        if worth is None:
            worth = self._worth_trying(awake)
            if len(self._amounting) < _MEMO_SIZE:
                self._amounting[awake] = worth
        return woken & worth

    def _worth_trying(self, awake: int) -> int:
        worth = self._first_section & ~self._clues
        for needed, phrases in self._combinations:
            if needed & awake == needed:
                worth |= phrases
        return worth


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return the rules of every family."""
    families = (contempt, danger, evidence, hate, insult, mockery, protest, reactions, topics)
    return tuple(rule for family in families for rule in family.RULES)


@cache
def scanner() -> Scanner:
    """Return the scanner over every family of rules."""
    return Scanner(all_rules())
