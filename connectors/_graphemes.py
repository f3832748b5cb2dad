"""How many characters a reader sees: grapheme clusters, counted so that a platform never counts more."""

import re
import unicodedata

_REGIONAL = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
_EMOJI_TAIL = re.compile("(?<=[\u2190-\u2bff\U0001f000-\U0001faff\ufe0f])[\U0001f3fb-\U0001f3ff]")
_JOINED = re.compile("(?<=[\u2190-\u2bff\U0001f000-\U0001faff\ufe0f])\u200d[\u2190-\u2bff\U0001f000-\U0001faff]")
_EXTENDING = frozenset({"Mn", "Me"})


def grapheme_count(text: str) -> int:
    """Count extended grapheme clusters (UAX #29), erring on the high side for rare scripts.

    Combining marks, variation selectors, skin tones and joined emoji belong to what precedes them, two regional
    indicators are one flag, CR LF is one. Hangul jamo and Indic conjuncts, where the standard joins more, are counted
    apart: a text found short enough here is short enough there.
    """
    text = text.replace("\r\n", "\n")
    if text.isascii():
        return len(text)
    text = _REGIONAL.sub("\u2691", text)
    text = _JOINED.sub("", _EMOJI_TAIL.sub("", text))
    marks = sum(1 for place, char in enumerate(text) if place and unicodedata.category(char) in _EXTENDING)
    return len(text) - marks
