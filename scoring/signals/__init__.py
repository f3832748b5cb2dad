"""All named rules, and the scan that wakes only those whose words occur in a text."""

from collections.abc import Iterator
from functools import cache, reduce
from operator import or_

from scoring.signals._rule import Rule

_MEMO_SIZE = 100_000


class Scanner(dict[str, int]):
    """Token -> the rules it may wake, as a bit set; filled as tokens are met."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        super().__init__()
        self.rules = rules
        self._words: dict[str, int] = {}
        self._stems: dict[str, int] = {}
        self._always = 0
        for place, found in enumerate(rules):
            for cue in found.cues:
                table = self._stems if cue.endswith("*") else self._words
                table[cue.rstrip("*")] = table.get(cue.rstrip("*"), 0) | 1 << place
        self._longest = max(map(len, self._stems))

    def __missing__(self, token: str) -> int:
        woken = self._words.get(token, 0)
        for size in range(min(len(token), self._longest) + 1):
            woken |= self._stems.get(token[:size], 0)
        if len(self) < _MEMO_SIZE:
            self[token] = woken
        return woken

    def scan(self, folded: str, tokens: list[str]) -> Iterator[tuple[Rule, int, int]]:
        """Yield each rule that holds in a folded text with the first span where it does."""
        woken = reduce(or_, map(self.__getitem__, tokens), 0)
        while woken:
            place = (woken & -woken).bit_length() - 1
            woken &= woken - 1
            for start, end in self.rules[place].spans(folded):
                yield self.rules[place], start, end
                break


@cache
def scanner() -> Scanner:
    """Return the scanner over every family of rules."""
    from scoring.signals import danger, insult, protest, visitor

    return Scanner((*danger.RULES, *insult.RULES, *protest.RULES, *visitor.RULES))
