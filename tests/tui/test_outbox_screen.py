"""The outbox: each line says whom or what it is about, also where one act sends many that are alike."""

from builders import assessed
from sitting import Room, seated

from inbox.desk import Reply
from inbox.events import Delivery
from inbox.moderation import Hide
from inbox.outbox import DeliveryState
from scoring.assessment import RiskLevel, SignalKind

THREAT = assessed(RiskLevel.CRITICAL, SignalKind.THREAT)


async def test_the_lines_of_a_bulk_act_say_whose_words_each_is_about(room: Room) -> None:
    keys = room.arrive("Retirez cette vidéo", "Fermez ce musée", "Quelle honte")
    await room.sit().act(Hide(reason="insult"), keys)
    async with seated(room) as seat:
        await seat.press("O")
        text = seat.text()
        for name, words in (("Author0", "Retirez cette vidéo"), ("Author1", "Fermez"), ("Author2", "Quelle honte")):
            (line,) = [line for line in seat.lines()[:-2] if f"{name}: {words}" in line]
            assert "injure" in line
        assert text.count("hide") >= 3


async def test_an_answer_names_whom_it_answers_and_a_refusal_too(room: Room) -> None:
    (key, other) = room.arrive("Quelle horreur", "Quels horaires ?")
    desk = room.sit()
    await desk.act(Reply(text="Bonjour à vous."), [key])
    await desk.act(Reply(text="Dix heures."), [other])
    refused = room.outbox()[1]
    room.ledger.record(
        [Delivery(at=room.now, by="", entry=refused.id, state=DeliveryState.REJECTED, message="not by this way")]
    )
    async with seated(room, size=(45, 20)) as seat:
        await seat.press("O")
        assert "→ Author0 · Bonjour à vous." in seat.text()
        assert "Author1: not by this way" in seat.text()
        assert all(len(line) <= 45 for line in seat.lines())


async def test_what_may_be_dangerous_is_named_and_not_quoted(room: Room) -> None:
    (key,) = room.arrive("Je sais où tu habites", assessment=THREAT)
    await room.sit().act(Hide(reason="threat", include_held_back=True), [key])
    async with seated(room) as seat:
        await seat.press("O")
        assert "Author0" in seat.text()
        assert "habites" not in seat.text()


async def test_a_comment_that_was_forgotten_leaves_its_line(room: Room) -> None:
    (key,) = room.arrive("Quelle horreur")
    desk = room.sit()
    await desk.act(Reply(text="Bonjour à vous."), [key])
    assert await desk.rows_of([key, "museum/nobody"]) == (await desk.rows_of([key]))
    async with seated(room) as seat:
        await seat.press("O", "j")
        assert "Bonjour à vous." in seat.text()
