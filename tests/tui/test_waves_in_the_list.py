"""A wave is one row: what differs when it is unfolded, decided once, exceptions apart, late copies joining."""

from datetime import timedelta

from builders import NOON, assessed, comment, seen
from sitting import Room, seated
from storms import CLOSINGS, OPENINGS, flood, page

from inbox.desk import Claim
from scoring.assessment import RiskLevel, SignalKind

BEGAN = NOON - timedelta(minutes=10)
THREAT = assessed(RiskLevel.CRITICAL, SignalKind.THREAT)


def done(room: Room) -> set[str]:
    with room.ledger.reading() as inbox:
        return {key for key, item in inbox.items.items() if item.state == "done"}


async def test_a_wave_is_one_row_and_what_is_held_back_stands_on_its_own(room: Room) -> None:
    room.arrive("Très belle salle")
    room.receive(page(*flood(40, BEGAN)))
    async with seated(room) as seat:
        assert seat.inbox.list.total == 4  # the calm one, the wave, its question, its threat
        line = next(line for line in seat.lines() if "▸ ×38 wave" in line)
        assert "38 people" in line
        assert "Nous demandons au musée" in seat.text()


async def test_the_footer_says_what_the_next_key_reaches_and_one_key_decides_it(room: Room) -> None:
    room.receive(page(*flood(40, BEGAN)))
    async with seated(room) as seat:
        await seat.press("g")
        while not seat.inbox.list.row or seat.inbox.list.row.folded < 2:
            await seat.press("j")
        await seat.inbox.refresh_hints()
        await seat.settle()
        assert "e done 38 · keeps 2 (1 question, 1 critical)" in seat.text()
        await seat.press("e")
        assert len(done(room)) == 38
        assert "done · 38 comments · keeps 2" in seat.text()
        await seat.press("z")
        assert done(room) == set()


async def test_unfolded_it_shows_what_differs_between_the_copies(room: Room) -> None:
    room.receive(page(*flood(4, BEGAN)))
    async with seated(room) as seat:
        assert seat.inbox.list.total == 1
        await seat.press("right")
        assert seat.inbox.list.total == 4
        text = seat.text()
        assert "▾ ×4 wave" in text
        assert "└ + " + OPENINGS[1].strip(" .") in text
        assert "└ (the same text)" in text
        assert CLOSINGS[0] == ""
        await seat.press("j", "left")
        assert seat.inbox.list.total == 1
        assert seat.inbox.list.cursor == 0


async def test_an_exception_is_peeled_off_and_left_alone(room: Room) -> None:
    room.receive(page(*flood(4, BEGAN)))
    async with seated(room) as seat:
        await seat.press("right", "j")
        peeled = seat.inbox.list.key
        await seat.press("P", "k", "left")
        assert seat.inbox.list.total == 2
        await seat.press("g", "e")
        assert len(done(room)) == 3
        assert room.state(peeled) == "new"


async def test_late_copies_join_their_row_and_nothing_moves(room: Room) -> None:
    room.receive(page(*flood(4, BEGAN)))
    async with seated(room) as seat:
        await seat.press("j")
        assert "▸ ×4 wave" in seat.text()
        room.receive(page(*flood(4, NOON, first=100)))
        await seat.settle()
        assert "▸ ×8 wave" in seat.text()
        assert "e done 8" in seat.text()
        assert seat.inbox.list.waiting == 0
        assert seat.inbox.list.total == 1


async def test_a_copy_edited_into_a_threat_is_shown_apart(room: Room) -> None:
    room.receive(page(*flood(4, BEGAN)))
    async with seated(room) as seat:
        await seat.press("j")
        edited = comment("je sais où tu habites", id="film-1", author="visitor1", post="film", at=BEGAN)
        room.ledger.record([seen(edited, assessments=(THREAT,), at=room.now)])
        await seat.settle()
        assert "▸ ×3 wave" in seat.text()
        assert seat.inbox.list.waiting == 1
        await seat.press("p")
        assert "(masked: critical)" in seat.text()


async def test_space_selects_a_folded_wave_whole(room: Room) -> None:
    room.arrive("Très belle salle")
    room.receive(page(*flood(4, BEGAN)))
    async with seated(room) as seat:
        await seat.press("g", "space", "space")
        assert "5 selected" in seat.text()


async def test_a_thread_opened_from_a_wave_invites_nobody(room: Room) -> None:
    room.receive(page(*flood(4, BEGAN)))
    async with seated(room) as seat:
        await seat.press("g", "c", "t", "tab", "o")
    assert [str(e.kind) for e in room.outbox()] == ["thread", "house_comment"]


async def test_a_copy_in_a_colleague_s_hands_stands_apart_after_a_merge(room: Room) -> None:
    room.receive(page(*flood(5, BEGAN)))
    await room.sit("lou").act(Claim(), ["museum/film-1"])
    async with seated(room) as seat:
        assert "lou is on it" in seat.text()
        assert "▸ ×" in seat.text()
