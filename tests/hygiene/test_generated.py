"""What is generated is fresh, and what it is generated from is fit for it."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
GENERATE = Path(__file__).with_name("generate.py")
MODULES = sorted(
    path for package in ("becalm", "connectors", "inbox", "scoring", "tui") for path in (ROOT / package).rglob("*.py")
)


def test_maps_references_and_catalogues_are_fresh() -> None:
    done = subprocess.run([sys.executable, GENERATE, "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_opens_with_one_sentence_for_the_map(path: Path) -> None:
    first, _, rest = (ast.get_docstring(ast.parse(path.read_text())) or "").partition("\n")
    assert first.endswith((".", "?")), "the first line of the docstring is the sentence on the map"
    assert len(first) <= 140
    assert not rest or rest.startswith("\n")


def test_every_message_has_its_french() -> None:
    with (ROOT / "tui/locale/fr/LC_MESSAGES/becalm.po").open("rb") as file:
        catalogue = read_po(file, locale="fr")
    missing = [message.id for message in catalogue if message.id and not all(_strings(message.string))]
    assert missing == []


def test_translations_keep_their_placeholders() -> None:
    from string import Formatter

    with (ROOT / "tui/locale/fr/LC_MESSAGES/becalm.po").open("rb") as file:
        catalogue = read_po(file, locale="fr")

    def names(text: str) -> set[str]:
        try:
            return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
        except ValueError:  # a lone brace: not a format at all
            return set()

    wrong = [
        message.id
        for message in catalogue
        if message.id and isinstance(message.id, str) and names(message.id) != names(str(message.string))
    ]
    assert wrong == []


def _strings(string: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [string or ""] if isinstance(string, str | None) else list(string)
