"""The tone of a text in a language, and the same with the words of what works are about taken out."""

from functools import cache

from scoring.french import french
from scoring.vader import Tone, Vader, english
from scoring.words import read_families


def engines(language: str) -> tuple[Vader, Vader]:
    """Return the engine of "fr" or "en", and the one by which the risk sees a text with a word of what works are about.

    Violence or death is what a work is about, not a mood. French knows no mood of such words in the first place.
    """
    return (french(), french()) if language == "fr" else (english(), _museum_english())


def tone_for_risk(text: str, language: str, *, subject: bool) -> Tone:
    """Judge the tone as the risk sees it.

    Args:
        text: as written.
        language: "fr" or "en".
        subject: whether a word of what works are about is in the text.
    """
    return engines(language)[subject].tone(text)


@cache
def _museum_english() -> Vader:
    source = english()
    _, _, subjects = read_families("en").partition("[subject]")
    neutral = set(subjects.split())
    return Vader(
        {word: value for word, value in source.lexicon.items() if word not in neutral}, source.emojis, source.grammar
    )
