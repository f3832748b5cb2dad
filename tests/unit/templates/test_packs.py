"""The shipped packs are complete, in tone, and fit where they claim to."""

from collections import Counter

import pytest

from inbox.templates import Kind, Register, Template, load, render
from inbox.templates.facts import examples
from inbox.templates.lengths import LIMITS, excess
from inbox.templates.template import LANGUAGES
from inbox.templates.typography import typeset

SHIPPED = list(load().templates.values())


def test_every_shipped_text_passes_the_lint_without_a_warning() -> None:
    assert [str(f) for f in load().faults] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_24_jokes_over_the_fifteen_registers(language: str) -> None:
    jokes = load().of(Kind.OFFBEAT, language=language)
    assert len(jokes) == 24
    assert {t.register for t in jokes} == set(Register)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_20_plain_answers_in_two_wordings(language: str) -> None:
    plain = load().of(Kind.PLAIN, language=language)
    assert len(plain) == 20
    assert all(len(t.bodies) == 2 for t in plain)


def test_everything_but_jokes_exists_in_both_languages() -> None:
    stems = Counter(t.stem for t in SHIPPED if not t.is_joke)
    assert {stem for stem, count in stems.items() if count != len(LANGUAGES)} == set()


@pytest.mark.parametrize("template", SHIPPED, ids=lambda t: t.id)
def test_a_shipped_text_is_filled_completely_by_the_known_facts(template: Template) -> None:
    for variant in range(len(template.bodies)):
        rendered = render(template, examples(), variant=variant)
        assert rendered.ready, rendered.missing
        assert "$" not in rendered.text


@pytest.mark.parametrize("template", [t for t in SHIPPED if t.is_joke], ids=lambda t: t.id)
def test_a_joke_fits_every_platform(template: Template) -> None:
    text = render(template, examples()).text
    assert {n: over for n in LIMITS if (over := excess(text, n))} == {}


@pytest.mark.parametrize("template", SHIPPED, ids=lambda t: t.id)
def test_typesetting_a_set_text_changes_nothing(template: Template) -> None:
    for text in template.texts:
        once = typeset(text, template.language)
        assert typeset(once, template.language) == once
