"""Texts are found by words of their body, tags and situation."""

import subprocess
import sys

import pytest

from inbox.templates import Kind, find, load

LIBRARY = load()


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("clou", "le-clou.fr"),
        ("OEUVRE envers", "oeuvre-a-l-envers.fr"),
        ("haïku", "haiku-du-gardien.fr"),
        ("scones", "better-scones.en"),
        ("cstd", "constat-d-etat.fr"),
        ("refund", "refund.en"),
    ],
)
def test_a_text_is_found_by_what_one_remembers_of_it(query: str, first: str) -> None:
    assert find(query, LIBRARY.templates.values())[0].id == first


def test_every_word_must_be_found() -> None:
    assert find("clou zeppelin", LIBRARY.templates.values()) == []


def test_an_empty_query_lists_everything_in_order() -> None:
    assert find("", LIBRARY.templates.values()) == list(LIBRARY.templates.values())


def test_a_situation_finds_its_texts() -> None:
    assert {t.kind for t in find("feud", LIBRARY.templates.values())} >= {Kind.APPEAL, Kind.NOTICE, Kind.THREAD}


def test_a_counterpart_is_the_same_text_or_a_joke_of_the_same_register() -> None:
    hours, nail = LIBRARY.templates["hours.fr"], LIBRARY.templates["le-clou.fr"]
    english = LIBRARY.counterpart(nail, "en")
    assert LIBRARY.counterpart(hours, "en") == LIBRARY.templates["hours.en"]
    assert english is not None
    assert english.register is nail.register


def test_templates_are_importable_without_the_terminal_or_a_network() -> None:
    code = (
        "import sys, inbox.templates; print([m for m in ('textual', 'httpx', 'tinydb', 'tomllib') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
