"""The last step by hand: our words and the address go to one's own clipboard, and who did it when is kept and shown."""

from sitting import Room, seated

from inbox.events import Delivery
from inbox.outbox import DeliveryState


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
