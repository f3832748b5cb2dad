"""The situations pane and the play of each: one preview, one typed count, one confirmation."""

from datetime import timedelta

from builders import NOON
from sitting import Room, seated
from storms import flood, page

from inbox.approval import FourEyes
from inbox.outbox import DeliveryState, Kind
from inbox.rules import Rules

BEGAN = NOON - timedelta(minutes=10)


def open_states(room: Room) -> dict[str, int]:
    found: dict[str, int] = {}
    with room.ledger.reading() as inbox:
        for item in inbox.items.values():
            found[str(item.state)] = found.get(str(item.state), 0) + 1
    return found


async def test_a_flood_of_200_is_decided_in_seven_keys(room: Room) -> None:
    room.receive(page(*flood(200, BEGAN)))
    async with seated(room) as seat:
        await seat.press("s", "j", "enter", "1", "9", "8", "o")
        assert "thread queued · 198 comments · keeps 2 (1 question, 1 critical)" in seat.text()
    assert open_states(room) == {"done": 198, "new": 2}
    assert [e.kind for e in room.outbox()] == [Kind.THREAD, Kind.NOTICE]
    thread, link = room.outbox()
    assert link.waits_for == thread.id
    assert thread.due_at == link.due_at
    assert link.outgoing is not None
    assert "$link" in link.outgoing.text


async def test_one_undo_takes_the_whole_play_back(room: Room) -> None:
    room.receive(page(*flood(60, BEGAN)))
    async with seated(room) as seat:
        await seat.press("s", "j", "enter", "5", "8", "o", "z")
    assert open_states(room) == {"new": 60}
    assert {e.state for e in room.outbox()} == {DeliveryState.TAKEN_BACK}


async def test_nothing_is_done_without_the_number(room: Room) -> None:
    room.receive(page(*flood(60, BEGAN)))
    async with seated(room) as seat:
        await seat.press("s", "j", "enter", "o")
        assert "Nothing was done: 58 is their number" in seat.text()
        await seat.press("5", "7", "o", "enter")
    assert room.outbox() == []
    assert open_states(room) == {"new": 60}


async def test_danger_comes_before_every_play(room: Room) -> None:
    room.receive(page(*flood(60, BEGAN)))
    async with seated(room) as seat:
        await seat.press("s")
        assert "‼ 1 suspected danger  first of all, before any play" in seat.text()
        await seat.press("enter")
        assert {row.key for row in seat.inbox.list.shown_rows()} == {"museum/film-31"}


async def test_a_danger_that_comes_between_preview_and_confirmation_stops_the_play(room: Room) -> None:
    room.receive(page(*flood(30, BEGAN)))
    async with seated(room) as seat:
        await seat.press("s", "j", "enter", "2", "8")
        late = flood(6, NOON, first=100)[4]
        room.receive(page(late))
        await seat.press("o")
        assert "may be a danger to somebody" in seat.text()
        assert room.outbox() == []


async def test_the_number_to_type_stays_while_copies_come_and_those_follow(room: Room) -> None:
    room.receive(page(*flood(30, BEGAN)))
    async with seated(room) as seat:
        await seat.press("s", "j", "enter", "2", "8")
        room.receive(page(*flood(12, NOON, first=100)))  # a threat and a question among them
        await seat.press("o")
        assert "may be a danger to somebody" in seat.text()
        assert "type 28:" in seat.text()
        room.receive(page(*flood(4, NOON, first=200)))
        await seat.press("2", "8", "o")
        assert room.outbox()
    assert [key for key in room.ledger.inbox.items if room.state(key) == "new"] == [
        "museum/film-15",
        "museum/film-16",
        "museum/film-106",
        "museum/film-107",
    ]


async def test_the_pane_says_why_since_when_and_what_was_done(room: Room) -> None:
    room.receive(page(*flood(30, BEGAN)))
    async with seated(room) as seat:
        await seat.press("s")
        text = seat.text()
        assert "FLOOD · La Maison qui brûle deux fois" in text
        assert "people posted near-identical texts" in text
        assert "nothing was done here yet" in text
        await seat.press("j", "enter", "2", "8", "o", "s")
        assert "done so far: " in seat.text()
        assert "28 × done" in seat.text()


async def test_the_texts_of_a_play_can_be_changed_before_anything_leaves(room: Room) -> None:
    room.receive(page(*flood(30, BEGAN)))
    async with seated(room) as seat:
        await seat.press("s", "j", "enter", "e", "enter", "X", "Y", "tab", "o")
        assert room.outbox() == []
        await seat.press("2", "8", "o")
    opening = room.outbox()[0].outgoing
    assert opening is not None
    assert "XY" in opening.text


async def test_questions_have_a_queue_of_their_own_with_the_age_of_the_oldest(room: Room) -> None:
    room.receive(page(*flood(30, BEGAN)))
    room.arrive("Bonjour, est-ce ouvert lundi ?")
    async with seated(room) as seat:
        await seat.press("Q")
        rows = seat.inbox.list.shown_rows()
        assert rows
        assert all(row.question for row in rows)
        assert "question waits" in seat.text() or "questions wait, the oldest" in seat.text()


async def test_a_quiet_house_says_so(room: Room) -> None:
    room.arrive("Très belle salle")
    async with seated(room) as seat:
        await seat.press("s")
        assert "no post stands out" in seat.text()
        await seat.press("enter", "escape")
        assert "Très belle salle" in seat.text()


async def test_the_barometer_stands_below_the_situations_where_it_fits(room: Room) -> None:
    room.receive(page(*flood(30, BEGAN)))
    async with seated(room) as seat:
        await seat.press("s")
        assert "barometer: the last eight hours" in seat.text()


async def test_a_play_that_waits_for_a_second_person_says_so_before_it_is_submitted(room: Room) -> None:
    room.receive(page(*flood(60, BEGAN)))
    rules = Rules(four_eyes=FourEyes(required=("threads",)))
    async with seated(room, desk=room.sit(rules=rules)) as seat:
        await seat.press("s", "j", "enter", "5", "8")
        assert "o submit to a second person" in seat.text()
        assert "nothing happens before a second person's word" in seat.text()
        await seat.press("o")
        assert "thread · 58 comments · waits for a second person's word (A)" in seat.text()
    assert room.outbox() == []
