"""The boundary for text from outside: sanitise it once into SafeText, and turn HTML into plain text."""

import re
import unicodedata
from typing import NewType

SafeText = NewType("SafeText", str)
"""Text that went through `sanitise`: no control bytes, no bidi overrides, nothing invisible."""

MAX_LENGTH = 100_000
"""Code points kept of one text; the longest platform limit (WordPress, 65,525 bytes) fits."""

# C0 except newline, DEL, C1; zero width; bidi marks, embeddings, overrides and isolates; Hangul fillers;
# interlinear annotation; tag characters; private use (undefined glyphs of undefined width); noncharacters.
_UNWANTED = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ue000-\uf8ff"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
_BREAKS = re.compile("\r\n?|[\u2028\u2029\x0b\x0c\x85]")
_SURROGATE = re.compile("[\ud800-\udfff]")
# Joiners and variation selectors mean something inside emoji only; elsewhere they hide things in plain sight.
_EMOJI = "\u00a9\u00ae\u203c\u2049\u20e3\u2122\u2139\u2190-\u21ff\u231a-\u23ff\u24c2\u25a0-\u27bf\u2934-\u2b55\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
_JOINER = re.compile(f"(?<![{_EMOJI}\ufe0f])\u200d|\u200d(?![{_EMOJI}])")
_SELECTOR = re.compile(f"(?<![{_EMOJI}0-9#*])[\ufe0e\ufe0f]")
MAX_MARKS = 4
"""Combining marks kept on one base character: enough for every language written with them, not for zalgo."""


def _cap_marks(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for char in text:
        marks = marks + 1 if unicodedata.category(char) in {"Mn", "Me"} else 0
        if marks <= MAX_MARKS:
            kept.append(char)
    return "".join(kept)


def sanitise(text: str, *, single_line: bool = False) -> SafeText:
    """Make any text harmless to a terminal and to a reader's eye; done once, where it enters.

    Removes control characters (C0 but newline, DEL, C1), zero-width and bidirectional controls, tag and private-use
    characters; replaces lone surrogates; keeps joiners and variation selectors only inside emoji; keeps at most four
    combining marks a base character; normalises to NFC; turns tabs into spaces and every kind of line break into one
    newline. Idempotent: sanitising twice changes nothing.

    Args:
        text: anything a platform sent.
        single_line: for names and titles: line breaks become spaces and runs of white space one space.
    """
    text = text[:MAX_LENGTH]
    if text.isascii() and text.isprintable():  # the common case in English, and most names
        return SafeText(" ".join(text.split())) if single_line else SafeText(text)
    text = _BREAKS.sub("\n", text).replace("\t", " ")
    text = _SURROGATE.sub("\ufffd", text)
    text = _UNWANTED.sub("", text)
    text = unicodedata.normalize("NFC", text)
    text = _cap_marks(text)
    # removing one joiner can strand the next: repeat until nothing changes (bounded by the run's length, tiny)
    while True:
        cleaned = _SELECTOR.sub("", _JOINER.sub("", text))
        if cleaned == text:
            break
        text = unicodedata.normalize("NFC", cleaned)
    text = _cap_marks(text)
    if single_line:
        text = " ".join(text.split())
    return SafeText(text)
