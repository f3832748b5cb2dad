"""The interface's French: set as printers set it, and one word for one thing."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from french import faults, typeset

from tui.cli import status

ROOT = Path(__file__).parents[2]


def said() -> list[tuple[str, str]]:
    """Every message with each of its French forms."""
    with (ROOT / "tui/locale/fr/LC_MESSAGES/becalm.po").open("rb") as file:
        catalogue = read_po(file, locale="fr")
    found = []
    for message in catalogue:
        if message.id:
            english = message.id if isinstance(message.id, str) else message.id[0]
            strings = [message.string] if isinstance(message.string, str) else list(message.string or ())
            found += [(english, french) for french in strings]
    return found


def test_french_messages_are_set_as_printers_set_them() -> None:
    assert {french: wrong for _english, french in said() if (wrong := faults(french))} == {}


def test_the_words_of_the_quick_check_are_as_well() -> None:
    assert {french: wrong for french in status._WORDS["fr"].values() if (wrong := faults(french))} == {}


def test_what_is_masked_on_the_screen_and_what_is_hidden_on_a_platform_have_two_words() -> None:
    """A veil lies on the screen of one operator; what is « masqué » nobody sees on the platform."""
    masked = [french for english, french in said() if re.search(r"\bmask", english)]
    muted = [french for english, french in said() if re.search(r"\bmut(e|ed|ing)\b", english)]
    hidden = [french for english, french in said() if re.search(r"\b(hid|hidden|hide|hides|hiding)\b", english)]
    assert masked
    assert muted
    assert hidden
    assert [french for french in masked if "voil" not in french or "masqu" in french] == []
    assert [french for french in hidden if "voil" in french] == []
    assert [french for french in muted if "sourdine" not in french] == []


@pytest.mark.parametrize(
    "wrong",
    [
        "« sans espace insécable »",
        "“à l’anglaise”",
        'un "mot"',
        "note : ",
        "note: {what}",
        "quoi ?",
        "attendez; puis recommencez",
        "l'artiste",
    ],
)
def test_a_printer_would_mark(wrong: str) -> None:
    assert faults(wrong)


@pytest.mark.parametrize(
    "right",
    [
        "«\u00a0{word}:\u00a0» est inconnu",
        'attendu\u00a0: { id = "..." }',
        "becalm list 'is:danger post:{post}'",
        "https://exemple.org/a?b=c;d",
        "quoi\u202f?",
        "17:30",
        "/is:open",
    ],
)
def test_a_printer_would_not_mark(right: str) -> None:
    assert faults(right) == []
    assert typeset(right) == right


def test_typesetting_heals_what_only_lacks_its_spaces() -> None:
    assert faults(typeset("« Quoi ? » : l'artiste ; enfin !")) == []
