"""The page of every text, and the starter for one's own."""

from pathlib import Path

import pytest

from inbox.templates import FIELDS, Facts, Kind, load, load_facts
from inbox.templates.facts import examples
from inbox.templates.page import page
from inbox.templates.starter import starter, starter_facts
from inbox.templates.template import LANGUAGES

DOCS = Path(__file__).parents[3] / "docs"


def test_the_page_of_every_text_is_up_to_date() -> None:
    assert (DOCS / "replies.md").read_text(encoding="utf-8") == page(load(), examples())


def test_the_page_holds_every_template_and_no_hole() -> None:
    text = page(load(), examples())
    assert all(f"**{t.stem}**" in text for t in load().templates.values())
    assert "$" not in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", Kind)
def test_what_a_writer_begins_with_is_sound(kind: Kind, language: str, tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text(starter("parrot", kind, language), encoding="utf-8")
    library = load(tmp_path)
    assert library.faults == ()
    assert library.templates[f"parrot.{language}"].kind is kind


def test_the_facts_file_to_begin_with_names_everything_and_fills_nothing(tmp_path: Path) -> None:
    path = tmp_path / "facts.toml"
    path.write_text(starter_facts(), encoding="utf-8")
    facts, faults = load_facts(path)
    assert faults == []
    assert facts.names() == set()
    path.write_text(starter_facts().replace('""', '"x"'), encoding="utf-8")
    assert load_facts(path)[0].names() == {f.name for f in FIELDS}


def test_every_field_is_asked_for_by_some_text() -> None:
    filled = Facts({k: {f.name: f"<{f.name}>" for f in FIELDS} for k in LANGUAGES})
    text = page(load(), filled).casefold()
    assert [f.name for f in FIELDS if f"<{f.name}>" not in text] == []
