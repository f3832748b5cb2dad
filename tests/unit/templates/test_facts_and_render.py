"""Facts fill placeholders; what is missing is named and never sent."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox.templates import FIELDS, Facts, Kind, Template, load, load_facts, render, render_thread
from inbox.templates.ledger import Use, spent
from inbox.templates.render import fill
from inbox.templates.template import LANGUAGES
from inbox.templates.typography import NBSP, NNBSP, typeset


def plain(body: str, language: str = "fr") -> Template:
    return Template(id=f"t.{language}", kind=Kind.PLAIN, language=language, body=body)


def facts_file(folder: Path, text: str) -> Path:
    path = folder / "facts.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_facts_are_shared_or_of_one_language(tmp_path: Path) -> None:
    facts, faults = load_facts(
        facts_file(tmp_path, 'phone = "01"\n[fr]\nhoraires = "de 9 h à 17 h"\n[en]\nhours = "9 to 5"\n')
    )
    assert faults == []
    assert facts.of("fr") == {"phone": "01", "hours": "de 9 h à 17 h"}
    assert facts.of("en") == {"phone": "01", "hours": "9 to 5"}


@pytest.mark.parametrize("field", FIELDS, ids=lambda f: f.name)
def test_a_fact_may_be_written_in_either_language(field: object, tmp_path: Path) -> None:
    name, french = field.name, field.french  # type: ignore[attr-defined]  # parametrised over FIELDS
    facts, _ = load_facts(facts_file(tmp_path, f'{french} = "x"\n'))
    assert fill(f"${name} ${french}", facts, "en").text == "X x"


def test_a_missing_value_is_named_and_stays_in_place() -> None:
    rendered = render(plain("Ouvert $horaires, appelez le $telephone."), Facts({"": {"phone": "01"}}))
    assert rendered.missing == ("horaires",)
    assert not rendered.ready
    assert rendered.text[rendered.start :].startswith("$horaires")


def test_an_empty_fact_is_a_missing_one(tmp_path: Path) -> None:
    facts, faults = load_facts(facts_file(tmp_path, 'hours = "  "\n'))
    assert faults == []
    assert render(plain("$horaires"), facts).missing == ("horaires",)


def test_a_value_is_never_read_as_a_placeholder() -> None:
    rendered = render(plain("$tarif"), Facts({"": {"price": "5 $phone", "phone": "01"}}))
    assert rendered.text == "5 $phone"
    assert rendered.ready


def test_a_value_from_outside_cannot_bring_control_signs(tmp_path: Path) -> None:
    facts, _ = load_facts(facts_file(tmp_path, 'hours = "9\\u001b[2J to\\n5\\u202e"\n'))
    assert render(plain("$hours", "en"), facts).text == "9[2J to 5"


def test_a_value_that_opens_a_sentence_gets_its_capital_and_one_full_stop() -> None:
    facts = Facts({"": {"signature": "the team", "hours": "until 6 p.m."}})
    assert (
        render(plain("We read. $signature answers, $hours.", "en"), facts).text
        == "We read. The team answers, until 6 p.m."
    )


def test_what_is_known_only_now_comes_over_the_file() -> None:
    facts = Facts({"": {"exhibition": "Old"}}).given(exposition="Neuve", lien="https://a.example/b")
    assert render(plain("« $exposition » : $lien"), facts).text == f"«{NBSP}Neuve{NBSP}»{NBSP}: https://a.example/b"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('adresss = "x"\n', "facts.toml:1: warning: 'adresss' is no fact we know; did you mean 'adresse'?"),
        ('\n[de]\nhours = "x"\n', "facts.toml:2: de: [de] is no language we write: use [fr] or [en]"),
        ('phone = "x"\nopen = true\n', "facts.toml:2: 'open' must be a text"),
        ("hours = \n", "facts.toml:1: cannot be read: Invalid value"),
    ],
)
def test_a_fault_in_the_facts_names_its_line(text: str, message: str, tmp_path: Path) -> None:
    _, faults = load_facts(facts_file(tmp_path, text))
    assert [str(f).replace(f"{tmp_path}/", "") for f in faults] == [message]


def test_no_facts_file_is_no_fault(tmp_path: Path) -> None:
    assert load_facts(tmp_path / "none.toml") == (Facts(), [])


def test_what_is_known_only_now_wins_over_a_language_s_own_value() -> None:
    facts = Facts({"en": {"link": "old", "hours": "9 to 5"}}).given(link="new")
    assert facts.of("en") == {"link": "new", "hours": "9 to 5"}
    assert facts.given("fr", link="neuf").of("en")["link"] == "new"


def test_a_thread_has_its_rules_under_its_opening_and_its_link_in_the_announcement() -> None:
    thread = render_thread(load().templates["lets-talk.en"], Facts({"": {"link": "https://a.example/t"}}))
    assert "https://a.example/t" in thread.announcement.text
    assert thread.announcement.ready
    assert "\n– We answer $delay" in thread.opening.text
    assert {"exhibition", "signature", "delay"} <= set(thread.opening.missing)
    assert thread.title.missing == ("exhibition",)


def test_french_is_set_as_a_printer_would() -> None:
    assert typeset("L'œuvre « bleue » : 1 200 ans, 10 h 30 ; oui ?", "fr") == (
        f"L’œuvre «{NBSP}bleue{NBSP}»{NBSP}: 1{NNBSP}200{NBSP}ans, 10{NBSP}h{NBSP}30{NNBSP}; oui{NNBSP}?"
    )


@given(st.text(), st.sampled_from(LANGUAGES))
def test_typesetting_is_idempotent(text: str, language: str) -> None:
    once = typeset(text, language)
    assert typeset(once, language) == once


@given(st.text())
def test_filling_any_text_never_fails_and_says_what_is_missing(text: str) -> None:
    rendered = fill(text, Facts(), "en")
    assert rendered.ready is (not rendered.missing)


def test_both_languages_of_a_text_share_its_ration() -> None:
    joke = load().templates["le-clou.fr"]
    use = Use(template="le-clou.en", thread="t", author="a", at=datetime(2031, 1, 1, tzinfo=UTC))
    assert spent(joke, [use], thread="t", author="b", at=None) == "thread"
    assert spent(joke, [use], thread="u", author="a", at=None) == "author"
    assert spent(joke, [use], thread="u", author="b", at=None) == ""
