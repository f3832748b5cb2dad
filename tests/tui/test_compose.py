"""Composing: drafts over sessions, the other language, search, later, one's own editor, where a notice stands, z afterwards."""

from datetime import timedelta

import pytest
from builders import assessed
from sitting import Room, Seat, seated

from connectors._model import Receipt
from inbox.events import Delivery
from inbox.outbox import DeliveryState, Kind
from scoring.assessment import RiskLevel, SignalKind

QUESTION = assessed(RiskLevel.CALM, SignalKind.QUESTION)


def sent(room: Room, number: int = -1) -> str:
    """Let a sending arrive on its platform."""
    entry = room.outbox()[number]
    receipt = Receipt(remote_id=f"own-{entry.id[:4]}", at=room.now)
    for state in (DeliveryState.SENDING, DeliveryState.SENT):
        done = receipt if state is DeliveryState.SENT else None
        room.ledger.record([Delivery(at=room.now, by=entry.by, entry=entry.id, state=state, receipt=done)])
    return entry.id


async def test_a_draft_is_there_again_at_the_next_login_and_said(room: Room) -> None:
    room.arrive("Quelle horreur")
    async with seated(room) as seat:
        await seat.press("R", *"Cher", "escape", "escape")
    async with seated(room) as seat:
        assert "1 text of yours is not sent" in seat.text()
        await seat.press("r")
        assert "your draft" in seat.text()
        assert "Cher" in seat.text()


async def test_a_draft_is_kept_when_the_interface_ends_over_it(room: Room) -> None:
    (key,) = room.arrive("Quelle horreur")
    async with seated(room) as seat:
        await seat.press("R", *"Cher")
    assert await room.sit().kept(key) == {"reply": {"text": "Cher"}}


async def test_a_draft_is_nobody_elses(room: Room) -> None:
    room.arrive("Quelle horreur")
    async with seated(room) as seat:
        await seat.press("R", *"Cher", "escape", "escape")
    async with seated(room, desk=room.sit("lou")) as seat:
        await seat.press("r")
        assert "your draft" not in seat.text()


async def test_a_sent_text_is_no_draft_any_more(room: Room) -> None:
    (key,) = room.arrive("Quelle horreur")
    async with seated(room) as seat:
        await seat.press("R", *"Cher", "escape", "tab", "o")
        assert await room.sit().kept(key) == {}


async def test_the_other_language_keeps_to_the_same_subject(room: Room) -> None:
    room.arrive("Quels sont vos horaires ?", assessment=QUESTION)
    async with seated(room) as seat:
        await seat.press("r")
        first = seat.screen.offer.stem  # type: ignore[attr-defined]  # the writing screen's own
        await seat.press("L")
        assert seat.screen.offer.stem == first  # type: ignore[attr-defined]  # as above
        assert seat.screen.language == "en"  # type: ignore[attr-defined]  # as above


async def test_the_texts_are_searched_by_what_they_say(room: Room) -> None:
    room.arrive("Quelle horreur")
    async with seated(room) as seat:
        await seat.press("c", "p")
        count = len(seat.screen.offers)  # type: ignore[attr-defined]  # the writing screen's own
        await seat.press("/", *"night", "enter")
        await seat.press("/", *"nuit", "enter")
        assert 0 < len(seat.screen.offers) < count  # type: ignore[attr-defined]  # as above
        await seat.press("/", *"zzzz", "enter")
        assert "No text holds" in seat.text()


async def test_a_reply_is_put_off_to_a_time(room: Room) -> None:
    room.arrive("Quelle horreur")
    async with seated(room) as seat:
        await seat.press("R", *"Bonjour", "tab", "l", *"+3h", "enter")
        assert "send on" in seat.text() or "send at" in seat.text()
        await seat.press("o")
        assert room.outbox()[0].due_at == room.now + timedelta(hours=3)
        await seat.press("O")
        assert "leaves at" in seat.text() or "leaves on" in seat.text()
        await seat.press("x")
        assert room.outbox()[0].state is DeliveryState.TAKEN_BACK


async def test_a_time_that_is_none_is_said_and_nothing_changes(room: Room) -> None:
    room.arrive("Quelle horreur")
    async with seated(room) as seat:
        await seat.press("R", *"Bonjour", "tab", "l", *"bientot", "enter")
        assert "a time is written like" in seat.text()
        assert seat.screen.leaving.later is None  # type: ignore[attr-defined]  # the writing screen's own


async def test_the_preview_shows_the_whole_text_as_readers_see_it(room: Room) -> None:
    room.arrive("Quelle horreur")
    async with seated(room) as seat:
        await seat.press("R", *"Voir", "space", *"https://musee.example", "tab")
        assert "Voir https://musee.example" in seat.text()
        assert not seat.screen.editor.display  # type: ignore[attr-defined]  # the writing screen's own


async def test_ones_own_editor_needs_a_terminal_and_says_so(room: Room) -> None:
    room.arrive("Quelle horreur")
    async with seated(room) as seat:
        await seat.press("R", *"Bonjour", "ctrl+x")
        assert "cannot be opened on this terminal" in seat.text()
        assert "Bonjour" in seat.text()


# -- notices and threads -------------------------------------------------------------------------------


async def test_a_notice_says_where_it_will_stand_and_until_when_before_it_leaves(room: Room) -> None:
    room.arrive("Quelle horreur")
    async with seated(room, size=(120, 30)) as seat:
        await seat.press("c", "p")
        assert "pinned under the post, 1 of 2" in seat.text()
        assert "comes down" in seat.text()
        await seat.press("tab", "u", *"+2h", "enter", "o")
        (entry,) = room.outbox()
        assert (entry.kind, entry.until) == (Kind.NOTICE, room.now + timedelta(hours=2))


async def test_a_notice_may_stay_until_somebody_takes_it_down(room: Room) -> None:
    room.arrive("Quelle horreur")
    async with seated(room) as seat:
        await seat.press("c", "p", "tab", "u", "enter")
        assert "until somebody takes it down" in seat.text()
        await seat.press("o")
        assert room.outbox()[0].until is None


async def test_notices_are_listed_taken_down_and_replaced(room: Room) -> None:
    room.arrive("Quelle horreur")
    async with seated(room, size=(120, 30)) as seat:
        await seat.press("c", "p", "tab", "o")
        old = sent(room)
        await seat.press("c", "p", "tab", "r", "o")
        assert [(e.kind, e.about, bool(e.waits_for)) for e in room.outbox()[1:]] == [
            (Kind.NOTICE, "", False),
            (Kind.UNPIN, old, True),
        ]
        await seat.press("c", "n")
        assert "coming down" in seat.text()
        await seat.press("z")
        assert room.outbox()[-1].state is DeliveryState.TAKEN_BACK
        await seat.press("k", "x")
        assert room.outbox()[-1].kind is Kind.UNPIN
        assert "the notice comes down" in seat.text()


async def test_a_thread_invites_who_asked_something_when_told_to(room: Room) -> None:
    room.arrive("Quels sont vos horaires ?", assessment=QUESTION)
    room.arrive("Quelle horreur", later=1)
    async with seated(room, size=(120, 30)) as seat:
        await seat.press("c", "t", "tab", "i", "o")
        assert [e.kind for e in room.outbox()] == [Kind.THREAD, Kind.HOUSE_COMMENT, Kind.INVITATION]


async def test_threads_are_listed_opened_and_closed(room: Room) -> None:
    room.arrive("Quelle horreur")
    async with seated(room, size=(120, 30)) as seat:
        await seat.press("c", "t", "tab", "o")
        sent(room, 0)
        await seat.press("c", "l")
        assert "0 comments, 0 open" in seat.text()
        await seat.press("x")
        assert [e.kind for e in room.outbox()[2:]] == [Kind.UNPIN, Kind.CLOSE]
        await seat.press("enter")
        assert 'post:"own-' in seat.text()


# -- what is public ------------------------------------------------------------------------------------


async def answered(room: Room, seat: Seat) -> str:
    """Answer, and let it arrive."""
    await seat.press("R", *"Bonjour", "tab", "o")
    return sent(room)


async def test_z_on_a_public_reply_offers_to_edit_it(room: Room) -> None:
    room.arrive("Quelle horreur")
    async with seated(room) as seat:
        entry = await answered(room, seat)
        await seat.press("z")
        assert "Public since" in seat.text()
        await seat.press("j", "enter", "enter", *"soir", "tab", "o")
        edit = room.outbox()[-1]
        assert (edit.kind, edit.about) == (Kind.EDIT, entry)
        assert edit.outgoing is not None
        assert edit.outgoing.text.endswith("Bonjoursoir")


async def test_z_on_a_public_reply_offers_to_delete_it_and_leaving_it_is_first(room: Room) -> None:
    room.arrive("Quelle horreur")
    async with seated(room) as seat:
        entry = await answered(room, seat)
        await seat.press("z", "enter")
        assert "It stays as it is" in seat.text()
        await seat.press("O", "X", "j", "enter")
        assert [(e.kind, e.about) for e in room.outbox()[1:]] == [(Kind.DELETE, entry)]


@pytest.mark.parametrize("size", [(80, 24), (45, 20)])
async def test_every_new_screen_is_legible_when_small(room: Room, size: tuple[int, int]) -> None:
    room.arrive("Quelle horreur")
    async with seated(room, size=size) as seat:
        await seat.press("c", "p", "tab", "o", "c", "n")
        assert "about to leave" in seat.text()
        assert all(len(line) <= size[0] for line in seat.lines())
