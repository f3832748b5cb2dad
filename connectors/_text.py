"""The boundary for text from outside: whatever a platform sends is made harmless here, once, into SafeText."""

import re
import unicodedata
from typing import NewType

SafeText = NewType("SafeText", str)
"""Text that went through `sanitise`: no control bytes, no bidi overrides, nothing invisible."""

MAX_LENGTH = 100_000
"""Code points kept of one text; the longest platform limit (WordPress, 65,525 bytes) fits."""

MAX_MARKS = 4
"""Combining marks kept on one base character: enough for every language written with them, not for zalgo."""

# C0 except newline, DEL, C1; zero width; bidi marks, embeddings, overrides and isolates; Hangul and Khmer fillers;
# shorthand, musical, hieroglyph and interlinear controls; number signs whose width nobody agrees on; tag characters and extra variation selectors; private use
# (undefined glyphs of undefined width); noncharacters of every plane.
_NONCHARACTERS = "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0xF0000, 0x10000))
_UNWANTED = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufdd0-\ufdef\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\ue000-\uf8ff"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff\U000f0000-\U0010ffff"
    f"{_NONCHARACTERS}]"
)
_BREAKS = re.compile("\r\n?|[\u2028\u2029\x0b\x0c\x85]")
_SURROGATE = re.compile("[\ud800-\udfff]")
# Joiners and variation selectors mean something inside emoji only; elsewhere they hide things in plain sight.
_EMOJI = (
    "\u00a9\u00ae\u203c\u2049\u20e3\u2122\u2139\u2190-\u21ff\u231a-\u23ff\u24c2\u25a0-\u27bf\u2934-\u2b55\u3030\u303d"
    "\u3297\u3299\U0001f000-\U0001faff"
)
_STRAY = re.compile(
    f"(?<![{_EMOJI}\ufe0f])\u200d|\u200d(?![{_EMOJI}])"  # a joiner that joins nothing
    f"|(?<![{_EMOJI}0-9#*])[\ufe0e\ufe0f]|(?<=[0-9#*])[\ufe0e\ufe0f](?!\u20e3)"  # a selector that selects nothing
)
_FIRST_MARK = "\u0300"


def _cap_marks(text: str) -> str:
    if max(text, default="") < _FIRST_MARK:
        return text
    kept: list[str] = []
    marks = 0
    for char in text:
        marks = marks + 1 if char >= _FIRST_MARK and unicodedata.category(char) in {"Mn", "Me"} else 0
        if marks <= MAX_MARKS:
            kept.append(char)
    return "".join(kept)


def _settle(text: str) -> str:
    """Apply what depends on neighbours until nothing changes; a few rounds, each of which only shortens."""
    while True:
        settled = _cap_marks(unicodedata.normalize("NFC", _STRAY.sub("", text)))
        if settled == text:
            return text
        text = settled


def sanitise(text: str, *, single_line: bool = False) -> SafeText:
    """Make any text harmless to a terminal and to a reader's eye; done once, where it enters.

    Removes control characters (C0 but newline, DEL, C1), zero-width and bidirectional controls, tag and private-use
    characters; replaces lone surrogates; keeps joiners and variation selectors only inside emoji; keeps at most four
    combining marks a base character; normalises to NFC; turns tabs into spaces and every kind of line break into one
    newline; keeps at most `MAX_LENGTH` code points. Idempotent: sanitising twice changes nothing.

    Args:
        text: anything a platform sent.
        single_line: for names and titles: line breaks become spaces and runs of white space one space.
    """
    text = text[:MAX_LENGTH]
    if text.isascii() and text.isprintable():  # the common case in English, and most names
        return SafeText(" ".join(text.split()) if single_line else text)
    text = _BREAKS.sub("\n", text).replace("\t", " ")
    text = _UNWANTED.sub("", _SURROGATE.sub("\ufffd", text))
    text = _settle(unicodedata.normalize("NFC", text)[:MAX_LENGTH])  # NFC may lengthen: cut again, then settle the end
    if single_line:
        text = _settle(" ".join(text.split()))
    return SafeText(text)


def one_line(text: str, limit: int = 200) -> SafeText:
    """Make a name, a title or a platform's message safe and short enough for one line.

    Args:
        text: anything a platform sent.
        limit: code points kept; what is cut off is marked by an ellipsis.
    """
    line = sanitise(text[: 8 * limit], single_line=True)
    return line if len(line) <= limit else SafeText(_settle(line[: limit - 1].rstrip()) + "…")
