"""Phrases: small pattern tables over folded text, and the way back to the words as they were written."""

import re
from functools import cache

from scoring.folding import fold, offsets

# no sign of a gap is a sign of a word: nothing can be read in two ways, so no text makes the search slow
_GAP = r"(?:[\s,;:.!'\"()*–—-]{1,4})"


@cache
def phrases(table: str) -> re.Pattern[str]:
    """Compile a table: one alternative a line, a space standing for any short gap between two words.

    Lines are regular expressions over folded text (lower case, no accents) and begin at a word's first letter. Compiled when first
    needed: importing costs nothing.
    """
    lines = [line.strip() for line in table.strip().splitlines() if line.strip()]
    return re.compile("|".join(rf"\b(?:{line})" for line in lines).replace(" ", _GAP))


def as_written(text: str, table: str, folded: str = "") -> str:
    """Return the words a table finds in a text, as written; "" when it finds none.

    Args:
        text: the text.
        table: what to look for.
        folded: `fold(text)`, where the caller has it already.
    """
    found = phrases(table).search(folded or fold(text))
    if not found:
        return ""
    places = offsets(text)
    words = text[places[found.start()] : places[found.end()]].strip()
    return words if len(words) <= 80 else words[:79] + "…"
