"""Messages in French and English: which language to speak, and gettext over the shipped catalogues."""

import gettext
import os
from functools import cache
from pathlib import Path

LANGUAGES = ("en", "fr")
DOMAIN = "becalm"
LOCALE = Path(__file__).parent / "locale"

_chosen = "en"


def choose(language: str | None = None) -> str:
    """Settle the interface's language and return it.

    Args:
        language: "fr" or "en" (an option or the configuration); None reads LC_ALL, LC_MESSAGES and LANG.
    """
    global _chosen  # noqa: PLW0603 - one process speaks one language, settled once at its start
    if language not in LANGUAGES:
        language = next((v for n in ("LC_ALL", "LC_MESSAGES", "LANG") if (v := os.environ.get(n))), "en")[:2]
    _chosen = language if language in LANGUAGES else "en"
    return _chosen


def language() -> str:
    """Return the interface's language."""
    return _chosen


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, LOCALE, languages=[language], fallback=True)


def _(message: str) -> str:
    """Translate a message."""
    return _catalogue(_chosen).gettext(message) if message else ""


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "translate this later"
    """Mark a message for extraction without translating it yet."""
    return message


def headed(subject: str) -> str:
    """Write "subject:" as the interface's language sets its colon, for what follows on other lines."""
    return _("{subject}:").format(subject=subject)


def ngettext(one: str, many: str, count: int) -> str:
    """Translate a message that counts; French says the singular for 0 and 1."""
    return _catalogue(_chosen).ngettext(one, many, count)
