"""What the interface makes of our English sentences for who reads French."""

from tui import i18n
from tui.phrases import say


def in_french(words: str) -> str:
    """Say in French what a connector says in English."""
    before = i18n.language()
    i18n.choose("fr")
    try:
        return say(words)
    finally:
        i18n.choose(before)


def is_bilingual(*sentences: str) -> bool:
    """Whether each of our sentences reads otherwise in French; none at all needs no French."""
    return all(in_french(words) != words for words in sentences if words)
