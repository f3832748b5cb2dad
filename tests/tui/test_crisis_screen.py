"""Crisis mode on the screen: proposed, asked, shown to everybody, ticked, ended; situations announced once."""

from datetime import timedelta

from builders import NOON
from msgspec import structs
from sitting import Room, seated
from storms import POST, flood, page

BEGAN = NOON - timedelta(minutes=10)


def storm(room: Room) -> None:
    for post in (POST, structs.replace(POST, native_id="clip")):
        room.receive(page(*flood(10, BEGAN, post=post.native_id), posts=(post,)))


async def test_it_is_proposed_switched_on_after_a_question_and_shown_to_everybody(room: Room) -> None:
    storm(room)
    async with seated(room) as seat:
        assert "2 posts are flooded: crisis mode? c x" in seat.text()
        await seat.press("c", "x", "c")
        assert "Switch crisis mode on for 4 h?" in seat.text()
        assert not (await room.sit().summary()).crisis.on
        await seat.press("enter")
        assert not (await room.sit().summary()).crisis.on
        await seat.press("o", "escape")
        assert "CRISIS MODE until" in seat.lines()[2]
        assert "everything held, jokes off" in seat.lines()[2]
    async with seated(room, desk=room.sit("lou")) as colleague:
        assert "CRISIS MODE until" in colleague.lines()[2]


async def test_n_switches_nothing(room: Room) -> None:
    async with seated(room) as seat:
        await seat.press("c", "x", "c", "n")
        assert "Nothing was done" in seat.text()
    assert not (await room.sit().summary()).crisis.on


async def test_a_step_is_ticked_by_name_and_the_desk_sees_the_others_itself(room: Room) -> None:
    storm(room)
    async with seated(room) as seat:
        await seat.press("c", "x", "+", "c", "o", "space")
        assert "✓ 5 · a person in danger" in seat.text()
        assert "marta" in next(line for line in seat.lines() if "a person in danger" in line)
        await seat.press("j", "space")
        assert "the desk sees for itself" in seat.text()
        assert "left: 2 comments" in next(line for line in seat.lines() if "unlawful" in line)


async def test_its_end_is_proposed_when_calm_returns(room: Room) -> None:
    storm(room)
    await room.sit().crisis(on=True, hours=9)
    room.now += timedelta(hours=2)
    room.engine.reception.let_time_pass()
    async with seated(room) as seat:
        assert "calm again: end it?" in seat.lines()[2]
        await seat.press("c", "x", "e", "o", "escape")
        assert "CRISIS MODE" not in seat.text()
        assert "HELD by marta" in seat.lines()[2]


async def test_a_flood_is_announced_once_and_the_next_key_takes_it_away(room: Room) -> None:
    async with seated(room) as seat:
        room.receive(page(*flood(10, BEGAN)))
        await seat.settle()
        assert "FLOOD begins (s): La Maison qui brûle deux fois" in seat.text()
        await seat.press("j")
        assert "FLOOD begins" not in seat.text()
        room.receive(page(*flood(10, NOON, first=50)))
        await seat.settle()
        assert "FLOOD begins" not in seat.text()


async def test_whoever_sits_down_later_finds_it_in_the_header_not_as_news(room: Room) -> None:
    room.receive(page(*flood(10, BEGAN)))
    async with seated(room) as seat:
        assert "FLOOD begins" not in seat.text()
        assert "FLOOD" in seat.lines()[2]


async def test_late_copies_that_follow_are_seen_to_follow(room: Room) -> None:
    room.receive(page(*flood(30, BEGAN)))
    async with seated(room) as seat:
        await seat.press("s", "j", "enter", "2", "8", "o")
        room.receive(page(*flood(1, NOON, first=100)))
        await seat.press("s")
        assert "late copy" in seat.text()
        await seat.press("escape", "/", *"is:done", "enter", "g")
        assert "✓ done with its wave" in seat.text()


async def test_copies_follow_unless_they_are_told_not_to(room: Room) -> None:
    room.receive(page(*flood(30, BEGAN)))
    async with seated(room) as seat:
        await seat.press("s", "j", "enter")
        assert "copies that come later follow for a day" in seat.text()
        await seat.press("f")
        assert "copies that come later wait for somebody" in seat.text()
        await seat.press("2", "8", "o")
    room.receive(page(*flood(1, NOON, first=100)))
    assert room.state("museum/film-100") == "new"


async def test_plus_and_minus_change_how_long_it_lasts(room: Room) -> None:
    async with seated(room) as seat:
        await seat.press("c", "x", "+", "+", "-", "c")
        assert "Switch crisis mode on for 5 h?" in seat.text()


async def test_the_proposal_is_spaced_as_french_is(room: Room) -> None:
    storm(room)
    async with seated(room, language="fr") as seat:
        assert "submergées\N{NO-BREAK SPACE}: mode crise" in seat.text()
