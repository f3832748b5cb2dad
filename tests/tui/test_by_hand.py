"""The last step by hand: our words and the address go to one's own clipboard, and who did it when is kept and shown."""

from collections import Counter
from datetime import timedelta

import pytest
from builders import assessed, comment, seen
from msgspec import structs
from sitting import POST, Room, seated

from connectors._text import sanitise
from inbox.desk import OpenThread
from inbox.events import Delivery, HeldEverything
from inbox.moderation import Hide
from inbox.outbox import DeliveryState
from scoring.assessment import RiskLevel, SignalKind
from tui.screens.outbox import OutboxScreen


async def test_what_the_machine_could_not_do_is_copied_done_and_noted(room: Room) -> None:
    room.arrive("Quelle horreur")
    async with seated(room) as seat:
        await seat.press("R", *"Bonjour", "tab", "o")
        entry = room.outbox()[0]
        refusal = Delivery(at=room.now, by="", entry=entry.id, state=DeliveryState.REJECTED, message="not by this way")
        room.ledger.record([refusal])

        await seat.press("O")
        assert "done by hand" in seat.text()
        await seat.press("Y")
        assert "Text copied" in seat.text()
        await seat.press("y")
        assert "The platform gave no address for this comment" in seat.text()
        await seat.press("d")

        settled = room.outbox()[0]
        assert (settled.state, settled.settled_by, settled.settled_at) == (DeliveryState.BY_HAND, entry.by, room.now)
        assert "noted as done by hand" in seat.text()


LONG = "https://museum.example/" + "a-long-address/" * 12


async def test_where_the_terminal_has_no_clipboard_an_address_is_shown_whole(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "linux")
    room.ledger.record([seen(structs.replace(comment("Quelle horreur"), url=sanitise(LONG)), posts=(POST,))])
    async with seated(room) as seat:
        await seat.press("y")

        assert "This terminal has no clipboard" in seat.text()
        assert LONG in "".join(line.strip() for line in seat.lines())

        await seat.press("q", "o")
        assert LONG in "".join(line.strip() for line in seat.lines())


def refused_in_part(room: Room, keys: list[str]) -> list[str]:
    """Hide comments of which the platform takes the first, refuses two, and loses the answer of the last."""
    room.ledger.transact(lambda _: ([HeldEverything(at=room.now, by="lou", held=True)], None), human=True)
    ids = [entry.id for entry in room.outbox()]
    states = (DeliveryState.SENT, DeliveryState.REJECTED, DeliveryState.REJECTED, DeliveryState.UNKNOWN)
    events = [
        Delivery(at=room.now, entry=id_, state=state, message="" if state is DeliveryState.SENT else "the line broke")
        for id_, state in zip(ids, states, strict=True)
    ]
    room.ledger.record(events)
    assert len(ids) == len(keys)
    return ids


async def test_the_outbox_says_how_far_the_marked_act_has_come_and_retries_all_that_was_refused(room: Room) -> None:
    keys = room.arrive("un", "deux", "trois", "quatre")
    async with seated(room) as seat:
        await seat.inbox.desk.act(Hide(reason="charter 2"), keys)
        refused_in_part(room, keys)
        await seat.press("O")
        assert "1 of 4 done · 2 refused · 1 unknown" in seat.text()
        await seat.press("g", *"jjjj")
        assert "Author" in seat.lines()[-1]  # whose words the marked one is about
        await seat.press("R")
        states = Counter(entry.state for entry in room.outbox())
    assert states == {DeliveryState.SENT: 1, DeliveryState.QUEUED: 2, DeliveryState.UNKNOWN: 1}


async def test_dropping_one_leaves_the_mark_on_the_next_that_waits(room: Room) -> None:
    keys = room.arrive("un", "deux", "trois")
    async with seated(room) as seat:
        await seat.inbox.desk.act(Hide(reason="charter 2"), keys)
        await seat.press("O", "g", "x", "x")
        states = Counter(entry.state for entry in room.outbox())
    assert states == {DeliveryState.TAKEN_BACK: 2, DeliveryState.QUEUED: 1}


async def test_a_thread_opened_by_hand_asks_for_its_address_and_what_waits_for_it_goes_on(room: Room) -> None:
    (key,) = room.arrive("un")
    async with seated(room) as seat:
        act = OpenThread(title="Parlons-en", text="Ici.", house_comment="Par là : $link")
        await seat.inbox.desk.act(act, [key])
        opening = room.outbox()[0]
        room.ledger.record(
            [Delivery(at=room.now, entry=opening.id, state=DeliveryState.UNKNOWN, message="the line broke")]
        )
        await seat.press("O")
        assert isinstance(seat.screen, OutboxScreen)
        if seat.screen.marked != room.outbox()[0]:
            await seat.press("j")
        await seat.press("d", *"https://m.example/fil", "enter")
        settled = room.outbox()[0]
    assert settled.state is DeliveryState.BY_HAND
    assert settled.receipt is not None
    assert settled.receipt.url == "https://m.example/fil"


async def test_a_full_quota_is_said_where_it_struck_and_what_waits_behind_it_shows_when(room: Room) -> None:
    keys = room.arrive("un", "deux", "trois")
    async with seated(room) as seat:
        await seat.inbox.desk.act(Hide(reason="charter 2"), keys)
        later = room.now + timedelta(minutes=50)
        struck = Delivery(
            at=room.now,
            entry=room.outbox()[0].id,
            state=DeliveryState.QUEUED,
            message="the budget of requests is used up",
            due_at=later,
        )
        room.ledger.record([struck])
        await seat.press("O")
        text = seat.text()
    assert text.count("leaves in 50 min") == 3
    assert "the budget of requests is used up" in text
    assert "0 of 3 done · 3 wait" in text


async def test_the_words_of_a_threat_are_not_shown_in_the_outbox(room: Room) -> None:
    (key,) = room.arrive("Je vais vous tuer", assessment=assessed(RiskLevel.CRITICAL, SignalKind.THREAT))
    async with seated(room) as seat:
        await seat.inbox.desk.act(Hide(reason="charter 2"), [key])
        await seat.press("O")
        assert "tuer" not in seat.text()
        assert "Author0" in seat.lines()[-1]
