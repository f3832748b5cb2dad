"""What the footer says: never a key without its words, nor words cut; what finds no room goes to the other line, or whole."""

import re
from datetime import timedelta

import pytest
from builders import NOON, assessed
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from rich.cells import cell_len
from sitting import Room, seated

from inbox.events import Hidden
from inbox.glance import PostHeat
from inbox.situations.model import Situation
from scoring.assessment import RiskLevel, SignalKind
from tui.i18n import _
from tui.themes import Theme
from tui.widgets.footer import Footer, hint, parted
from tui.widgets.header import situation
from tui.widgets.paint import Line
from tui.widgets.prompt import Prompt
from tui.widgets.words import verb

THREAT = assessed(RiskLevel.CRITICAL, SignalKind.THREAT)
QUESTION = assessed(RiskLevel.CALM, SignalKind.QUESTION)
words = st.text(alphabet="abcdé", min_size=1, max_size=14).map(lambda text: text.strip("…"))
hints = st.lists(st.tuples(st.sampled_from("ABCDEFGHIJ"), words), max_size=9, unique_by=lambda pair: pair[0])


def shown(footer: Footer, width: int) -> str:
    lines = ["".join(text for text, _role in line) for line in footer.paint(width, 2)]
    assert all(cell_len(line) <= width for line in lines)
    return "\n".join(line.rstrip() for line in lines)


@given(hints, st.integers(20, 90), words)
def test_a_hint_is_shown_whole_or_not_at_all(pairs: list[tuple[str, str]], width: int, beside: str) -> None:
    footer = Footer(Theme("dark"))
    line: Line = [(" ", "")]
    for key, said in pairs:
        line = [*line, *hint(key, said)]
    footer.say(line, [(f" {beside} z", "warn")])
    seen = shown(footer, width)
    whole = [key for key, said in pairs if re.search(rf"{key} {said}(?=\s|$)", seen)]
    assert sorted(whole) == sorted(set(seen) & set("ABCDEFGHIJ"))
    assert f"{beside} z" in seen
    everything = sum(4 + len(said) for _key, said in pairs)
    if everything < width:
        assert len(whole) == len(pairs)


def test_hints_go_to_the_second_line_before_quiet_words_and_beside_the_others() -> None:
    footer = Footer(Theme("dark"))
    line = [*hint("a", "x" * 40), *hint("b", "y" * 20)]
    footer.say(line, [(" quiet words that may well be cut", "dim")])
    assert shown(footer, 50).split("\n")[1] == " b yyyyyyyyyyyyyyyyyyyy   quiet words that may we…"
    assert shown(footer, 45).split("\n")[1] == " b yyyyyyyyyyyyyyyyyyyy", "too little is left out"
    footer.say(line, [(" warning", "warn")])
    assert shown(footer, 45).split("\n")[1] == f" warning{'b yyyyyyyyyyyyyyyyyyyy':>37}"


def test_a_line_being_typed_keeps_its_end_in_sight() -> None:
    footer, prompt = Footer(Theme("dark")), Prompt("a very long question before it: ", "typed")
    footer.say(prompt.line(), prompt.below())
    assert shown(footer, 20).split("\n")[0].endswith("typed▏")


@given(st.lists(words, min_size=1, max_size=6), st.integers(5, 60))
def test_a_notice_is_parted_at_its_dots_and_its_end_is_never_lost(parts: list[str], width: int) -> None:
    first, rest = parted(" · ".join(parts), width)
    said = [*first.split(" · "), *filter(None, rest.split(" · "))]
    assert (said[0], said[-1]) == (parts[0], parts[-1])
    assert all(cell_len(line) <= width or " · " not in line for line in (first, rest))
    if cell_len(" · ".join(parts)) <= width:
        assert said == parts


@pytest.mark.parametrize("width", [45, 80, 120])
@pytest.mark.parametrize("language", ["en", "fr"])
async def test_what_a_bulk_act_keeps_never_pushes_the_keys_off_the_screen(
    room: Room, language: str, width: int
) -> None:
    room.arrive(*(f"Retirez cette vidéo, numéro {n}" for n in range(12)))
    room.arrive("Je vais venir", "Je viendrai", assessment=THREAT, later=1)
    room.arrive("À quelle heure ?", assessment=QUESTION, later=2)
    async with seated(room, language=language, size=(width, 24)) as seat:
        await seat.press("v", "G")
        await seat.inbox.refresh_hints()  # what follows when the cursor has rested
        footer = "\n".join(seat.lines()[-2:])
        assert "…" not in footer
        keys = {"c": ("calm", "apaiser"), "m": ("moderate", "modérer"), "?": ("keys", "touches")}
        for key, meant in keys.items():
            assert f"{key} {meant[language == 'fr']}" in footer or (key == "?" and width == 45)
        assert re.search(r"e (done|traité) 12 · (keeps|garde) 3", footer)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("prefix", ["c", "m"])
async def test_on_a_phone_too_a_begun_sequence_shows_every_way_on(room: Room, language: str, prefix: str) -> None:
    room.arrive("bonjour")
    async with seated(room, language=language, size=(45, 20)) as seat:
        await seat.press(prefix)
        footer = " ".join(seat.lines()[-2:]).replace(f"{prefix} …", "")
        assert "…" not in footer
        for way in seat.app.keymap.continuations("desk", prefix):
            key = next(k for k in way.keys if k.startswith(prefix)).rpartition(" ")[2]
            assert f" {key} {verb(_(way.short))}" in footer


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_the_end_of_a_long_notice_is_said_below_it(room: Room, language: str) -> None:
    room.arrive(*(f"Retirez cette vidéo, numéro {n}" for n in range(12)), wave="w")
    room.arrive("Retirez cette vidéo ?", assessment=QUESTION, wave="w", later=1)
    async with seated(room, language=language, size=(45, 20)) as seat:
        await seat.press("*", "e")
        assert re.search(r"z (takes it back|annule)", seat.text())


# -- the number that an act on many asks for ------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "asked"),
    [
        ("mh", "Hide 21 comments? Their number: "),
        ("md", "Delete 21 comments? Their number: "),
        ("ms", "Mark 21 comments as spam? Their number: "),
    ],
)
async def test_who_types_the_number_sees_what_it_is_for_and_why(room: Room, keys: str, asked: str) -> None:
    room.arrive(*(f"Bande de clowns, numéro {n}" for n in range(21)))
    async with seated(room) as seat:
        await seat.press("v", "G", *keys, "enter")
        assert asked in seat.lines()[-2]
        reason = (await room.sit().charter()).reasons[0].words("en")
        assert f"why: {reason} · their number, above 20 at once" in seat.lines()[-1]
        await seat.press(*"21", "enter")
    assert len(room.outbox()) == 21


async def test_on_a_phone_the_number_is_asked_for_with_its_verb(room: Room) -> None:
    room.arrive(*(f"Bande de clowns, numéro {n}" for n in range(21)))
    async with seated(room, size=(45, 20), language="fr") as seat:
        await seat.press("v", "G", "m", "h", "enter", *"21")
        assert "Masquer 21 commentaires ? Leur nombre : 21▏" in seat.lines()[-2].replace("\u202f", " ").replace(
            "\xa0", " "
        )


async def test_digits_are_typed_without_shift_on_a_french_keyboard(room: Room) -> None:
    room.arrive(*(f"Bande de clowns, numéro {n}" for n in range(21)))
    async with seated(room) as seat:
        await seat.press("v", "G", "m", "h", "enter", "é", "&")
        assert "Their number: 21▏" in seat.lines()[-2]
        await seat.press("enter")
    assert len(room.outbox()) == 21


# -- header ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_on_a_phone_the_suspected_are_counted_too(room: Room, language: str) -> None:
    room.arrive(*(f"c'est nul {n}" for n in range(120)), assessment=assessed(RiskLevel.TENSE))
    room.arrive(*(f"bonjour {n} ?" for n in range(25)), assessment=QUESTION, later=1)
    room.arrive("Je vais venir", "Je viendrai", assessment=THREAT, later=2)
    async with seated(room, language=language, size=(45, 20)) as seat:
        await seat.press("j")
        room.arrive(*(f"late {n}" for n in range(37)), later=3)
        await seat.settle()
        counts = seat.lines()[1]
        assert ("suspected 2", "suspects 2")[language == "fr"] in counts
        assert "+37 (p)" in counts
        assert "…" not in counts


async def test_however_many_there_are_the_key_that_merges_stays_on_the_phone(room: Room) -> None:
    room.arrive(*(f"c'est nul {n}" for n in range(385)), assessment=assessed(RiskLevel.HEATED))
    room.arrive(*(f"bonjour {n} ?" for n in range(77)), assessment=QUESTION, later=10)
    room.arrive(*(f"Je viens {n}" for n in range(5)), assessment=THREAT, later=20)
    async with seated(room, language="fr", size=(45, 20)) as seat:
        await seat.press("j")
        room.arrive(*(f"late {n}" for n in range(330)), later=25)
        await seat.settle()
        assert "suspects 5" in seat.lines()[1]
        assert "+330 (p)" in seat.lines()[1]


async def test_counts_at_80_columns_are_whole_in_french(room: Room) -> None:
    room.arrive(*(f"bonjour {n} ?" for n in range(48)), assessment=QUESTION)
    async with seated(room, language="fr") as seat:
        await seat.press("j")
        room.arrive(*(f"late {n}" for n in range(5)), later=3)
        await seat.settle()
        assert "plus vieille question 30 min" in seat.lines()[1].replace("\xa0", " ")
        assert "+5 (p)" in seat.lines()[1]


async def test_the_clock_is_right_from_the_first_news_after_a_delay(room: Room) -> None:
    async with seated(room) as seat:
        room.now += timedelta(minutes=1)
        room.arrive("late")
        await seat.settle()
        assert room.now.astimezone().strftime("%H:%M") in seat.lines()[0]


# -- questions --------------------------------------------------------------------------------------


async def test_q_shows_the_question_that_waits_longest_and_gives_the_order_back(room: Room) -> None:
    room.arrive("oldest of all", later=0)
    room.arrive(*(f"bonjour {n} ?" for n in range(12)), assessment=QUESTION, later=1)
    room.arrive("newest of all", later=2)
    async with seated(room) as seat:
        await seat.press("j", "Q")
        assert seat.inbox.list.row is not None
        assert seat.inbox.list.row.text == "bonjour 0 ?"
        assert (seat.inbox.list.cursor, seat.inbox.list.top) == (0, 0)
        await seat.press("escape")
        assert "oldest first" not in seat.text()
        assert seat.inbox.list.row.text == "bonjour 0 ?"
        await seat.press("Q", "S", "escape")
        assert "riskiest first" in seat.text()


async def test_a_question_that_we_hid_leaves_the_count_and_the_queue_alike(room: Room) -> None:
    (kept, hidden) = room.arrive("bonjour ?", "bande de clowns, vous fermez quand ?", assessment=QUESTION)
    async with seated(room) as seat:
        assert "? 2" in seat.lines()[1]
        room.ledger.record([Hidden(at=room.now, by="lou", key=hidden, hidden=True)])
        await seat.settle()
        assert "? 1" in seat.lines()[1]
        await seat.press("Q")
        assert "1 question waits" in seat.text()
        assert (seat.inbox.list.total, seat.inbox.list.key) == (1, kept)


# -- what says nothing is not said ------------------------------------------------------------------


def test_a_situation_that_outlives_its_comments_counts_no_people() -> None:
    quiet = PostHeat(
        source="museum", post_id="p1", title="Horaires", open=0, heated=0, copies=0, people=0, since=NOON,
        situations=(Situation.FLOOD,),
    )  # fmt: skip
    said = "".join(text for text, _role in situation(quiet, NOON, "s"))
    assert "FLOOD · Horaires · 0 min" in said
    lively = structs.replace(quiet, people=1)
    assert "1 person" in "".join(text for text, _role in situation(lively, NOON, "s"))


@pytest.mark.parametrize(
    ("language", "calm", "tense"), [("en", "why: ", "why ▪: "), ("fr", "pourquoi : ", "pourquoi ▪ : ")]
)
async def test_why_is_asked_with_the_sign_of_the_level_but_the_dot(
    room: Room, language: str, calm: str, tense: str
) -> None:
    room.arrive("bof", assessment=assessed(RiskLevel.TENSE))
    room.arrive("bonjour", later=1)
    async with seated(room, language=language) as seat:
        assert calm in seat.text().replace("\xa0", " ")
        await seat.press("j")
        await seat.press("tab")
        assert tense in seat.text().replace("\xa0", " ")
