"""Typography: what a writer types becomes what a printer would set, in French and in English."""

import re

NBSP = "\u00a0"
"""No-break space: inside guillemets, before a colon, between a number and its unit."""
NNBSP = "\u202f"
"""Narrow no-break space: before a semicolon, an exclamation or a question mark, and between thousands."""

_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
_HIGH = re.compile(rf"[ {NBSP}{NNBSP}]+(?=[;!?])")
_COLON = re.compile(rf"[ {NBSP}{NNBSP}]+(?=[:»])")
_OPEN = re.compile(rf"(?<=«)[ {NBSP}{NNBSP}]*")
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_UNIT = re.compile(r"(?<=\d) (?=(?:h|min|%|€|ans|m|cm|km|kg|g)\b|%|€)")
_HOUR = re.compile(r"(?<=\d[ \u00a0]h) (?=\d\d\b)")


def french(text: str) -> str:
    """Set a French text: typographic apostrophes and no-break spaces where French wants them; idempotent.

    Only spaces already there are changed, so addresses of pages stay whole.
    """
    text = _APOSTROPHE.sub("’", text)
    text = _HIGH.sub(NNBSP, text)
    text = _COLON.sub(NBSP, text)
    text = _OPEN.sub(NBSP, text)
    text = _THOUSANDS.sub(NNBSP, text)
    text = _UNIT.sub(NBSP, text)
    return _HOUR.sub(NBSP, text)


def english(text: str) -> str:
    """Set an English text: typographic apostrophes; idempotent."""
    return _APOSTROPHE.sub("’", text)


def typeset(text: str, language: str) -> str:
    """Set a text in its language; texts in a third language are left as they are."""
    return {"fr": french, "en": english}.get(language, str)(text)
