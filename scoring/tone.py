"""The tone of a text in a language, and the same with the words of what works are about taken out."""

from functools import cache

from scoring.french import french
from scoring.vader import Tone, Vader, english
from scoring.words import read_families


def tone_of(text: str, language: str) -> Tone:
    """Judge the tone by the lexicon of "fr" or "en"."""
    return french().tone(text) if language == "fr" else english().tone(text)


def tone_for_risk(text: str, language: str, *, subject: bool) -> Tone:
    """Judge the tone as the risk sees it: violence or death is what a work is about, not a mood.

    French knows no mood of such words in the first place.

    Args:
        text: as written.
        language: "fr" or "en".
        subject: whether such a word is in the text; without one this is `tone_of`.
    """
    if language == "fr" or not subject:
        return tone_of(text, language)
    return _museum_english().tone(text)


@cache
def _museum_english() -> Vader:
    source = english()
    _, _, subjects = read_families("en").partition("[subject]")
    neutral = set(subjects.split())
    return Vader(
        {word: value for word, value in source.lexicon.items() if word not in neutral}, source.emojis, source.grammar
    )
