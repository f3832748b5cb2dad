"""A draft remembers the template it began as: the trail, the gate and whoever approves it must know."""

from sitting import Room, Seat, seated

from tui.screens.reply import ReplyScreen


async def left_as_a_draft(seat: Seat) -> str:
    """Begin a reply with the first template, write on, and leave it; returns the template."""
    await seat.press("r")
    assert isinstance(seat.screen, ReplyScreen)
    at = next(i for i, offer in enumerate(seat.screen.offers) if offer.template)
    template = seat.screen.offers[at].template
    await seat.press(*"j" * at, "enter", *"Cher", "escape", "escape")
    return template


async def test_an_edited_template_that_was_left_for_a_while_is_still_known_by_its_template(room: Room) -> None:
    room.arrive("Quelle horreur")
    async with seated(room) as seat:
        template = await left_as_a_draft(seat)
        await seat.press("r")
        assert "your draft" in seat.text()
        await seat.press("tab", "o")
    (entry,) = room.outbox()
    assert entry.template == template
    assert entry.outgoing is not None
    assert "Cher" in entry.outgoing.text


async def test_a_refused_joke_left_as_a_draft_still_asks_why_and_waits_for_a_second_person(room: Room) -> None:
    (key,) = room.arrive("Mon père est mort hier")
    async with seated(room) as seat:
        await seat.press("r", "J")
        assert isinstance(seat.screen, ReplyScreen)
        assert seat.screen.offer.kind == "despite"
        template = seat.screen.offer.template
        await seat.press("enter", *"Hm", "escape", "escape", "r")
        assert "your draft" in seat.text()
        await seat.press("tab", "o", *"she would laugh", "enter")
    assert room.outbox() == []
    (waiting,) = await room.sit("lou").submissions()
    assert waiting.submission.act["template"] == template
    assert waiting.submission.reason == "she would laugh"
    assert waiting.submission.keys == (key,)


async def test_the_other_language_is_asked_for_beside_a_draft_and_the_draft_stays_chosen(room: Room) -> None:
    room.arrive("Quelle horreur")
    async with seated(room) as seat:
        await left_as_a_draft(seat)
        await seat.press("r", "L")
        assert isinstance(seat.screen, ReplyScreen)
        assert seat.screen.offer.is_draft
        assert "Cher" in seat.text()
