"""A named rule: what it looks for, which words wake it, what it says of the level."""

import re
from collections.abc import Iterator

from msgspec import Struct

from scoring.assessment import RiskLevel, SignalKind


class Rule(Struct, frozen=True):
    """One reason a text may be judged by.

    Attributes:
        kind: the signal it gives.
        weight: what it adds to the risk (log-odds); negative lowers it.
        floor: the level below which a text with it is not shown.
        cues: whole words, or beginnings of words when they end in `*`, without one of which the pattern cannot match.
        pattern: searched in the folded text; its match is the span.
        unless: a pattern that, found in the text, silences the rule.
    """

    kind: SignalKind
    weight: float
    floor: RiskLevel
    cues: frozenset[str]
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None = None

    def spans(self, folded: str) -> Iterator[tuple[int, int]]:
        """Yield the places in a folded text where the rule holds."""
        if self.unless is not None and self.unless.search(folded):
            return
        for match in self.pattern.finditer(folded):
            yield match.span()


def rule(kind: SignalKind, weight: float, floor: RiskLevel, cues: str, pattern: str, *, unless: str = "") -> Rule:
    """Write a rule; cues are separated by spaces, patterns are verbose regular expressions on folded text.

    A space in a pattern stands for any run of spaces and light punctuation, so that patterns read like phrases.
    """
    return Rule(kind, weight, floor, frozenset(cues.split()), phrase(pattern), phrase(unless) if unless else None)


_GAP = r"[ ,;:'\"()*_-]{1,4}"


def phrase(pattern: str) -> re.Pattern[str]:
    """Compile a pattern whose lines are alternatives and whose spaces are gaps between words."""
    lines = [line.strip() for line in pattern.strip().splitlines() if line.strip()]
    return re.compile("|".join(rf"\b(?:{line})" for line in lines).replace(" ", _GAP))
