"""What is painted: exactly as wide as it should be, and nothing a terminal would obey."""

import re
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from inbox.item import TriageState
from inbox.rows import Row
from scoring.assessment import RiskLevel
from tui.themes import RISK_SYMBOLS, ROLES, Theme, choose_palette, risk_mark
from tui.widgets.paint import fit, highlighted, pad, row_safe, rule, safe, spread, strip, wrap
from tui.widgets.row import paint_one, paint_two

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
HOSTILE = "\x1b]52;c;ZXZpbA==\x07\x1b[2J\x9b31m\u202etxt\u200b[@click=app.bell]x[/foo]\r\n👩‍👩‍👧‍👦🏽1️⃣🇫🇷❤️"
texts = st.text(max_size=80) | st.just(HOSTILE) | st.text(alphabet="é漢👩‍🇫🇷\x1b[]\n ab", max_size=60)


def row(text: str, author: str = "camille", level: RiskLevel = RiskLevel.CALM) -> Row:
    return Row(
        key="museum/1",
        level=level,
        question=False,
        danger=False,
        picture=False,
        attachments=1,
        network="mastodon",
        author=author,
        title=text,
        at=NOW,
        text=text,
        state=TriageState.NEW,
        claimed_by=author,
        wave_size=3,
        reply=True,
        hidden=False,
        gone=False,
        leaving=False,
        notes=1,
    )


@given(texts, texts, st.integers(20, 200))
def test_a_row_is_exactly_as_wide_as_its_place_and_harmless(text: str, author: str, width: int) -> None:
    paint = {"cursor": True, "selected": True, "revealed": True}
    lines = [*paint_two(row(text, author), width, NOW, **paint), paint_one(row(text, author), width, NOW, **paint)]
    for line in lines:
        painted = strip(line, width, Theme("dark"))
        assert painted.cell_length == width
        assert not CONTROL.search(painted.text)
        assert "\n" not in painted.text


def test_markup_in_a_comment_stays_text() -> None:
    line, below = paint_two(
        row("[red]x[/red] [@click=app.quit]y"), 80, NOW, cursor=False, selected=False, revealed=True
    )
    assert "[red]x[/red] [@click=app.quit]y" in strip(below, 80, Theme("dark")).text
    assert strip(line, 80, Theme("dark")).cell_length == 80


@given(texts)
def test_rows_hold_nothing_whose_width_terminals_disagree_on(text: str) -> None:
    shown = row_safe(text)
    assert not re.search("[\u200d\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U0001f1e6-\U0001f1ff]", shown)


def test_a_flag_becomes_its_letters() -> None:
    assert row_safe("vive la 🇫🇷") == "vive la FR"


@given(texts, st.integers(1, 60))
def test_text_is_cut_and_filled_to_its_place(text: str, width: int) -> None:
    clean = row_safe(text)
    assert cell_len(fit(clean, width)) <= width
    assert cell_len(pad(clean, width)) == width


@given(texts, st.integers(2, 60))
def test_wrapped_lines_fit_and_lose_nothing_but_the_breaks(text: str, width: int) -> None:
    clean = safe(text)
    ranges = wrap(clean, width)
    assert all(cell_len(clean[a:b]) <= width for a, b in ranges)
    kept = "".join(clean[a:b] for a, b in ranges)
    assert kept.replace(" ", "") == clean.replace("\n", "").replace(" ", "")


def test_the_words_that_weigh_are_marked_across_lines() -> None:
    lines = highlighted("honte à vous, vraiment", [(0, 12)], 9)
    marked = "".join(text for line in lines for text, role in line if role == "match")
    assert marked == "honte àvous"  # the blank at the break is the line's end


@given(st.integers(1, 100))
def test_the_right_edge_never_gives_way(width: int) -> None:
    line = spread([("left " * 30, "")], [("right", "")], width)
    assert strip(line, width, Theme("mono")).cell_length == width
    assert width < 5 or "".join(text for text, _role in line).endswith("right")


def test_a_question_changes_the_symbol_of_calm_and_tense_only() -> None:
    marks = [risk_mark(level, question=True, picture=False)[0] for level in RiskLevel]
    assert marks == ["?", "?", RISK_SYMBOLS[2], RISK_SYMBOLS[3]]


def test_every_palette_has_every_role() -> None:
    for name in ("dark", "light", "ansi", "mono"):
        theme = Theme(name)
        assert all(theme[role] is not None for role in ROLES)


def test_no_color_wins_and_sixteen_colours_are_enough() -> None:
    assert choose_palette("dark", {"NO_COLOR": "1"}) == "mono"
    assert choose_palette("auto", {"TERM": "linux"}) == "ansi"
    assert choose_palette("auto", {"TERM": "xterm-256color"}) == "dark"
    assert choose_palette("auto", {"TERM": "xterm-256color", "COLORFGBG": "0;15"}) == "light"
    assert choose_palette("auto", {"TERM": "xterm-256color"}, low_bandwidth=True) == "ansi"


@given(texts, texts, st.integers(1, 60))
def test_a_line_that_is_cut_says_so(first: str, second: str, width: int) -> None:
    line = [(row_safe(first), ""), (row_safe(second), "dim"), ("   ", "")]
    whole = "".join(text for text, _role in line).rstrip()
    shown = strip(line, width, Theme("dark")).text
    assert cell_len(shown) == width
    if cell_len(whole) <= width:
        assert shown.rstrip() == whole.rstrip()
    else:
        assert shown.rstrip().endswith("…")


def test_a_rule_without_words_has_no_gap() -> None:
    assert strip(rule(12, [("", "dim")], [("", "dim")]), 12, Theme("dark")).text == "─" * 12
