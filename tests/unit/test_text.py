"""Sanitising: the laws that every text from outside obeys afterwards."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from connectors._text import MAX_LENGTH, MAX_MARKS, one_line, sanitise

NASTY = "\u200d\ufe0f\ufe0e\u0301\u0338\u20e3\u200b\u202e\x1b\x9b\ud800\U000e0041❤👩🏽1#aé\n\r\t \u2028가"
hostile = st.one_of(st.text(), st.text(alphabet=NASTY), st.text(alphabet=st.characters(max_codepoint=0x2FFF)))


def is_wanted(char: str) -> bool:
    if char in "\n\u200d":
        return True
    category = unicodedata.category(char)
    return category not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"} and ord(char) & 0xFFFE != 0xFFFE


@given(text=hostile, single_line=st.booleans())
@example(text="e\u200d\u0301", single_line=False)
@example(text="a\u0301\u0301\u0301\u0301\u200d\u0301", single_line=False)
@example(text="👩\u200d\ufe0f\u200d👩", single_line=False)
@example(text="\U0001d15e" * 3, single_line=True)
def test_sanitising_twice_changes_nothing(text: str, single_line: bool) -> None:
    once = sanitise(text, single_line=single_line)

    assert sanitise(once, single_line=single_line) == once


@given(hostile)
def test_no_unwanted_code_point_is_left(text: str) -> None:
    assert all(is_wanted(char) for char in sanitise(text))


def test_every_code_point_alone_is_removed_or_visible() -> None:
    left = {char for code in range(0x110000) for char in sanitise(f"a{chr(code)}b") if not is_wanted(char)}

    assert left == set()


@given(hostile)
def test_a_joiner_or_selector_is_left_only_behind_an_emoji(text: str) -> None:
    safe = sanitise(text)

    for place, char in enumerate(safe):
        if char in "\u200d\ufe0f\ufe0e":
            before = safe[place - 1] if place else ""
            assert before
            assert not before.isalpha()
            assert not before.isspace()


@given(hostile)
def test_no_base_carries_more_marks_than_a_language_needs(text: str) -> None:
    marks = 0
    for char in sanitise(text):
        marks = marks + 1 if unicodedata.category(char) in {"Mn", "Me"} else 0
        assert marks <= MAX_MARKS


@given(hostile)
def test_a_single_line_has_neither_breaks_nor_runs_of_spaces(text: str) -> None:
    line = sanitise(text, single_line=True)

    assert line == " ".join(line.split())


@given(hostile)
def test_what_is_normalised_stays_normalised(text: str) -> None:
    assert unicodedata.is_normalized("NFC", sanitise(text))


@pytest.mark.parametrize("text", ["a", "é", "\U0001d15e", "a\u0301", "\ufb2c"])
def test_the_length_is_bounded_even_where_normalising_lengthens(text: str) -> None:
    assert len(sanitise(text * MAX_LENGTH)) <= MAX_LENGTH


@pytest.mark.parametrize(
    "kept",
    ["Où est l'entrée ?", "👩🏽‍🎨 merci", "❤️", "1️⃣", "नमस्ते", "Tiếng Việt", "한국어", "مرحبا", "ligne un\nligne deux"],
)
def test_honest_text_is_kept_as_it_is(kept: str) -> None:
    assert sanitise(unicodedata.normalize("NFC", kept)) == unicodedata.normalize("NFC", kept)


@pytest.mark.parametrize(
    ("hostile_text", "safe"),
    [
        ("\x1b]52;c;ZXZpbA==\x07copied", "]52;c;ZXZpbA==copied"),
        ("\x1b[2Jgone", "[2Jgone"),
        ("\x9b31mred", "31mred"),
        ("evil\u202egnp.exe", "evilgnp.exe"),
        ("s\u200bp\u200ba\u2060c\ufeffed", "spaced"),
        ("a\x00b\x7fc", "abc"),
        ("one\r\ntwo\u2028three\x0bfour\x85five", "one\ntwo\nthree\nfour\nfive"),
        ("tab\there", "tab here"),
        ("\ud83d alone", "\ufffd alone"),
        ("z\u0301\u0302\u0303\u0304\u0305\u0306\u0307!", "ź\u0302\u0303\u0304\u0305!"),
        ("1\ufe0f not a keycap", "1 not a keycap"),
        ("flag \U0001f3f4\U000e0067\U000e0062\U000e007f", "flag \U0001f3f4"),
    ],
)
def test_hostile_text_becomes_harmless(hostile_text: str, safe: str) -> None:
    assert sanitise(hostile_text) == safe


def test_a_long_line_is_cut_with_an_ellipsis() -> None:
    assert one_line("word " * 100, 20) == "word word word word…"


@given(hostile, st.integers(1, 50))
def test_one_line_is_never_longer_than_asked_and_idempotent(text: str, limit: int) -> None:
    line = one_line(text, limit)

    assert len(line) <= limit
    assert sanitise(line, single_line=True) == line
