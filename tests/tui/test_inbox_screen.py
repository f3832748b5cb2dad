"""The inbox screen: what keys do on the list, and what arrivals never do."""

import pytest
from builders import assessed
from sitting import Room, seated

from inbox.desk import Claim
from scoring.assessment import RiskLevel, SignalKind
from tui.i18n import _

TEN = tuple(f"comment number {n}" for n in range(10))
THREAT = assessed(RiskLevel.CRITICAL, SignalKind.THREAT)
QUESTION = assessed(RiskLevel.CALM, SignalKind.QUESTION)


def marked(lines: list[str]) -> list[int]:
    return [y for y, line in enumerate(lines) if line.startswith("▌")]


async def test_the_newest_comment_is_on_top_and_marked(room: Room) -> None:
    room.arrive(*TEN)
    async with seated(room) as seat:
        assert "comment number 9" in seat.lines()[4]
        assert marked(seat.lines()) == [3, 4]


async def test_arrivals_neither_move_the_cursor_nor_its_line(room: Room) -> None:
    room.arrive(*TEN)
    async with seated(room) as seat:
        await seat.press("j", "j")
        before, key = seat.lines(), seat.inbox.list.key
        room.arrive(*(f"late {n}" for n in range(37)), later=1)
        await seat.settle()
        assert marked(seat.lines()) == marked(before)
        assert seat.inbox.list.key == key
        assert seat.lines()[3:15] == before[3:15]
        assert "37 new above (p)" in seat.text()


async def test_p_brings_arrivals_in_and_keeps_the_cursor_on_its_comment(room: Room) -> None:
    room.arrive(*TEN)
    async with seated(room) as seat:
        await seat.press("j", "j")
        key = seat.inbox.list.key
        room.arrive("late", later=1)
        await seat.settle()
        await seat.press("p")
        assert seat.inbox.list.key == key
        assert "late" in seat.text()
        assert "new above" not in seat.text()
        await seat.press("p")
        assert "Nothing new" in seat.text()


async def test_an_untouched_list_fills_by_itself(room: Room) -> None:
    async with seated(room) as seat:
        assert "all quiet" in seat.text()
        room.arrive("first visitor")
        await seat.settle()
        assert "first visitor" in seat.text()


async def test_after_the_first_motion_nothing_fills_by_itself(room: Room) -> None:
    room.arrive("one", "two")
    async with seated(room) as seat:
        await seat.press("j")
        room.arrive("three", later=1)
        await seat.settle()
        assert "three" not in "\n".join(seat.lines()[3:15])


async def test_done_goes_on_to_the_next_and_z_takes_it_back(room: Room) -> None:
    keys = room.arrive(*TEN)
    async with seated(room) as seat:
        await seat.press("e")
        assert room.state(keys[9]) == "done"
        assert seat.inbox.list.key == keys[8]
        assert "z takes it back" in seat.text()
        await seat.press("z")
        assert room.state(keys[9]) == "new"
        assert "Taken back: done" in seat.text()


async def test_a_done_comment_keeps_its_line_until_the_list_is_merged(room: Room) -> None:
    room.arrive(*TEN)
    async with seated(room) as seat:
        await seat.press("e")
        assert "✓ done" in seat.lines()[3]
        await seat.press("p")
        assert "comment number 9" not in seat.text()


async def test_done_on_a_wave_holds_back_its_question_and_says_so_before_and_after(room: Room) -> None:
    copies = room.arrive("retirez cette video", "retirez cette video !", "retirez cette vidéo", wave="w")
    asked = room.arrive("retirez cette video, à quelle heure ?", assessment=QUESTION, wave="w", later=1)
    async with seated(room) as seat:
        await seat.press("j", "*")
        assert "4 selected" in seat.text()
        assert "e done 3 · keeps 1 (1 question)" in seat.text()
        await seat.press("e")
        assert "done · 3 comments · keeps 1 (1 question)" in seat.text()
        assert [room.state(k) for k in (*copies, *asked)] == ["done", "done", "done", "new"]


async def test_a_range_is_selected_and_counted(room: Room) -> None:
    room.arrive(*TEN)
    async with seated(room) as seat:
        await seat.press("v", "j", "j", "v")
        assert len(seat.inbox.list.selection) == 3
        assert "3 selected" in seat.text()
        await seat.press("escape")
        assert not seat.inbox.list.selection


async def test_a_range_is_counted_while_it_grows(room: Room) -> None:
    room.arrive(*TEN)
    async with seated(room) as seat:
        await seat.press("x", "j", "v", "j", "j")
        assert "4 selected" in seat.text()
        await seat.press("k")
        assert "3 selected" in seat.text()
        await seat.press("v")
        assert "3 selected" in seat.text()


async def test_space_selects_and_a_claims_the_selection(room: Room) -> None:
    room.arrive(*TEN)
    async with seated(room) as seat:
        await seat.press("space", "space", "a")
        assert "your hand is on it · 2 comments" in seat.text()
        await seat.press("g")
        assert "marta is on it" in seat.text()


async def test_dangerous_words_are_masked_until_a_key(room: Room) -> None:
    room.arrive("je sais où tu habites", assessment=THREAT)
    async with seated(room) as seat:
        assert "je sais où" not in seat.text()
        assert "(masked: critical) V to read" in seat.text()
        await seat.press("V")
        assert "je sais où tu habites" in seat.text()


async def test_a_colleague_appears_on_the_row(room: Room) -> None:
    room.arrive("un")
    lou = room.sit("lou")
    view = await lou.open_view()
    from inbox.desk import Claim

    await lou.act(Claim(), await lou.keys(view.id, 0, 1))
    async with seated(room) as seat:
        assert "lou is on it" in seat.text()
        assert "lou" in seat.lines()[0]


async def test_the_filter_is_live_and_esc_restores_what_was(room: Room) -> None:
    room.arrive("un chat", "un chien", "une chatte")
    async with seated(room) as seat:
        await seat.press("/", "c", "h", "a", "t")
        assert "chien" not in "\n".join(seat.lines()[3:15])
        assert seat.inbox.list.total == 2
        await seat.press("escape")
        assert seat.inbox.list.total == 3


async def test_q_in_a_filtered_list_goes_back_to_the_whole_one_first(room: Room) -> None:
    room.arrive("un chat", "un chien", "une chatte")
    async with seated(room) as seat:
        await seat.press("/", "c", "h", "a", "t", "enter", "q")
        assert seat.inbox.list.total == 3
        await seat.pilot.press("q")
    assert seat.app.return_value == 0


async def test_a_faulty_filter_says_what_is_wrong(room: Room) -> None:
    room.arrive("un")
    async with seated(room) as seat:
        await seat.press("/", *"zz:1", "enter")
        assert "“zz:” is unknown" in seat.text()
        assert seat.inbox.list.total == 1


async def test_every_command_can_be_typed_and_a_wrong_one_is_explained(room: Room) -> None:
    keys = room.arrive("un")
    async with seated(room) as seat:
        await seat.press(":", *"done", "enter")
        assert room.state(keys[0]) == "done"
        await seat.press(":", *"replay", "enter")
        assert "There is no command replay · did you mean reply?" in seat.text()


async def test_select_takes_a_query(room: Room) -> None:
    room.arrive("un chat", "un chien")
    async with seated(room) as seat:
        await seat.press(":", *"select", "space", *"chien", "enter")
        assert "1 selected" in seat.text()


async def test_the_command_line_completes(room: Room) -> None:
    room.arrive("un")
    async with seated(room) as seat:
        await seat.press(":", *"situ", "tab")
        assert ":situations" in seat.text()
        await seat.press("escape")


async def test_hold_stops_everything_and_says_who(room: Room) -> None:
    async with seated(room) as seat:
        await seat.press("H")
        assert "HELD by marta" in seat.lines()[2]
        await seat.press("H")
        assert "HELD" not in seat.text()


async def test_an_observer_changes_nothing(room: Room) -> None:
    keys = room.arrive("un")
    async with seated(room, observer=True) as seat:
        for key in ("e", "a", "r", "H"):
            await seat.press(key)
            assert "You are observing" in seat.text()
        assert room.state(keys[0]) == "new"


async def test_a_desk_held_elsewhere_says_so_and_refuses(room: Room) -> None:
    keys = room.arrive("un")
    why = "held by lou (pid 7 on museum): here it can only be read"
    async with seated(room, desk=room.sit(read_only=why)) as seat:
        assert "Read only: held by lou" in seat.lines()[2]
        await seat.press("e")
        assert "held by lou" in seat.text()
        await seat.press("H")
        assert room.state(keys[0]) == "new"
        assert "HELD" not in seat.text()


async def test_a_key_without_meaning_says_so(room: Room) -> None:
    async with seated(room) as seat:
        await seat.press("U")
        assert "U does nothing here" in seat.text()


async def test_a_begun_sequence_shows_how_it_goes_on_and_esc_ends_it(room: Room) -> None:
    room.arrive("un")
    async with seated(room) as seat:
        await seat.press("c")
        assert "pin a calming notice" in seat.text()
        await seat.press("escape", "j")
        assert seat.inbox.prefix == ""


@pytest.mark.parametrize("size", [(45, 20), (80, 24), (120, 40), (200, 50)])
async def test_every_size_shows_the_comment_under_the_cursor(room: Room, size: tuple[int, int]) -> None:
    room.arrive(*TEN)
    async with seated(room, size=size) as seat:
        await seat.press("j")
        assert "comment number 8" in seat.text()
        assert all(len(line) <= size[0] for line in seat.lines())


async def test_a_resize_there_and_back_loses_nothing(room: Room) -> None:
    room.arrive(*(f"comment number {n}" for n in range(40)))
    async with seated(room) as seat:
        await seat.press("G", "x", "k", "k")
        key, selection = seat.inbox.list.key, dict(seat.inbox.list.selection)
        await seat.pilot.resize_terminal(45, 20)
        await seat.settle()
        assert seat.inbox.list.key == key
        assert any(line.startswith("▌") for line in seat.lines())
        await seat.pilot.resize_terminal(80, 24)
        await seat.settle()
        assert (seat.inbox.list.key, dict(seat.inbox.list.selection)) == (key, selection)
        assert any(line.startswith("▌") for line in seat.lines())


async def test_on_a_phone_enter_opens_and_esc_goes_back(room: Room) -> None:
    room.arrive("un commentaire entier")
    async with seated(room, size=(45, 20)) as seat:
        assert "nothing stands out" not in seat.text()
        await seat.press("enter")
        assert "nothing stands out" in seat.text()
        await seat.press("escape")
        assert "nothing stands out" not in seat.text()


async def test_q_leaves_at_once_when_nothing_is_pending(room: Room) -> None:
    async with seated(room) as seat:
        await seat.pilot.press("q")
    assert seat.app.return_value == 0


async def test_the_interface_speaks_french(room: Room) -> None:
    room.arrive("un")
    async with seated(room, language="fr") as seat:
        assert "Ouverts 1" in seat.text()
        await seat.press("x")
        assert "1 sélectionné" in seat.text()
        await seat.press("escape", "G")
        assert "C’est la fin" in seat.text()


async def test_notes_are_left_and_shown(room: Room) -> None:
    room.arrive("un")
    async with seated(room, size=(120, 40)) as seat:
        await seat.press("b", *"deja", "space", *"vu", "enter")
        assert "✎ marta" in seat.text()
        assert "deja vu" in seat.text()


async def test_dense_rows_show_twice_as_many(room: Room) -> None:
    room.arrive(*TEN)
    async with seated(room) as seat:
        await seat.press("D")
        assert all(f"comment number {n}" in seat.text() for n in range(10))


async def test_sorting_keeps_the_cursor_on_its_comment(room: Room) -> None:
    room.arrive(*TEN)
    async with seated(room) as seat:
        await seat.press("j", "j")
        key = seat.inbox.list.key
        await seat.press("S")
        assert seat.inbox.list.key == key
        assert "oldest first" in seat.text()


async def test_what_was_taken_back_is_said_in_words(room: Room) -> None:
    room.arrive(*TEN)
    async with seated(room) as seat:
        await seat.press("x", "x", "e", "z")
        assert "Taken back: done, 2 comments" in seat.text()


async def test_french_hints_are_verbs(room: Room) -> None:
    room.arrive("un")
    async with seated(room, size=(120, 40), language="fr") as seat:
        assert "r répondre" in seat.text()
        assert "c apaiser" in seat.text()


async def test_a_list_and_its_detail_give_the_same_age(room: Room) -> None:
    room.arrive("un", later=30)
    async with seated(room) as seat:
        await seat.press("tab")
        assert seat.text().count("0 min") >= 2


async def test_the_french_picker_names_kinds_in_french(room: Room) -> None:
    room.arrive("Quelle horreur")
    async with seated(room, size=(120, 40), language="fr") as seat:
        await seat.press("r")
        assert "plain" not in seat.text()
        assert "read and noted" not in seat.text()
        assert "forwarded" not in seat.text()


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("prefix", ["c", "m"])
async def test_a_begun_sequence_shows_every_way_on_at_80_columns(room: Room, language: str, prefix: str) -> None:
    room.arrive("bonjour")
    async with seated(room, language=language) as seat:
        await seat.press(prefix)
        keymap = seat.app.keymap
        ways = [c for c in keymap.continuations("desk", prefix) if any(k.startswith(prefix) for k in c.keys)]
        footer = " ".join(seat.lines()[-2:])
        assert "…" not in footer.replace(f"{prefix} …", "")
        for way in ways:
            key = next(k for k in way.keys if k.startswith(prefix)).rpartition(" ")[2]
            assert f" {key} {_(way.help).partition(':')[0].rstrip()}" in footer


async def test_the_header_names_oneself_first_whoever_has_a_comment_in_hand(room: Room) -> None:
    (key,) = room.arrive("bonjour")
    await room.sit("lou").act(Claim(), [key])
    async with seated(room) as seat:
        assert "marta, lou" in seat.lines()[0]
