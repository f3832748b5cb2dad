"""What differs between the copies of a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox.situations.copies import Difference, common_text, difference

TEXT = "Nous demandons au musée de rendre la fontaine du square aux habitants avant l'été"


def words(text: str, found: Difference) -> list[str]:
    return [text[start:end] for start, end in found.added]


def test_case_accents_and_punctuation_are_no_difference() -> None:
    assert difference(
        TEXT, "NOUS DEMANDONS AU MUSEE DE RENDRE LA FONTAINE DU SQUARE AUX HABITANTS, AVANT L'ETE !!!"
    ).is_same


def test_a_personal_first_line_is_what_a_copy_adds() -> None:
    copy = "Ma sœur m'envoie ceci : " + TEXT
    found = difference(TEXT, copy)
    assert words(copy, found) == ["Ma sœur m'envoie ceci"]
    assert found.dropped == ()


def test_words_left_out_are_named_as_the_common_text_writes_them() -> None:
    assert difference(TEXT, TEXT.replace(" aux habitants", "")).dropped == ("aux", "habitants")


def test_a_threat_put_in_the_middle_is_shown() -> None:
    copy = TEXT.replace("avant", "et gare à vous avant")
    assert words(copy, difference(TEXT, copy)) == ["et gare à vous"]


def test_the_common_text_is_the_one_without_ornaments() -> None:
    copies = [
        "Je signe. " + TEXT,
        TEXT + " #fontaine merci de partager partout",
        TEXT,
        TEXT.replace("rendre", "redonner"),
    ]
    assert common_text(copies) == TEXT


def test_no_texts_have_no_common_one() -> None:
    with pytest.raises(ValueError, match="at least one"):
        common_text([])


@given(st.text(), st.text())
def test_spans_lie_in_the_copy_and_in_order(common: str, copy: str) -> None:
    places = [place for span in difference(common, copy).added for place in span]
    assert places == sorted(places)
    assert all(0 <= place <= len(copy) for place in places)


@given(st.text())
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert difference(text, text).is_same
