"""Approving by key: every word is on the screen first, and no key there does nothing in silence."""

import pytest
from builders import assessed
from sitting import Room, seated

from inbox import desk
from inbox.approval import FourEyes, How
from inbox.local import LocalDesk
from inbox.moderation import Hide
from inbox.rules import Rules
from scoring.assessment import RiskLevel, SignalKind

EYES = Rules(four_eyes=FourEyes(required=("replies",)))
LENIENT = Rules(four_eyes=FourEyes(required=("replies",), alone="reason"))


def seat_of(room: Room, who: str = "marta", rules: Rules = EYES) -> LocalDesk:
    return room.sit(who, rules=rules)


async def test_sending_submits_and_says_so(room: Room) -> None:
    room.arrive("Quels horaires ?")
    async with seated(room, desk=seat_of(room)) as seat:
        await seat.press("R", *"Dix heures.", "tab", "o")
        assert "waits for a second person's word (A)" in seat.text()
        assert "waits for a second person" in seat.lines()[3]
        await seat.press("A")
        assert "1 waits" in seat.text()
        assert "Dix heures." in seat.text()
        await seat.press("o")
        assert "nobody approves their own" in seat.text()
    assert room.outbox() == []


async def test_a_colleague_reads_all_of_it_and_approves(room: Room) -> None:
    (key,) = room.arrive("Quels horaires ?")
    await seat_of(room).act(desk.Reply(text="Dix heures."), [key])
    async with seated(room, desk=seat_of(room, "lou")) as seat:
        assert "1 to approve (A)" in seat.text()
        await seat.press("A")
        text = seat.text()
        assert "Author0 wrote: Quels horaires ?" in text
        assert "why: the house wants two to see it" in text
        await seat.press("o")
        assert "approved: it leaves after its countdown" in seat.text()
        await seat.press("q", "enter")
        assert "✓ approved by lou" in seat.text()
    assert [entry.by for entry in room.outbox()] == ["marta"]


async def test_who_approves_an_act_on_many_sees_how_many_and_types_their_number(room: Room) -> None:
    keys = room.arrive(*(f"Bande de clowns, numéro {n}" for n in range(21)))
    hiding = Rules(four_eyes=FourEyes(required=("hides",)))
    done = await seat_of(room, rules=hiding).act(Hide(reason="insult"), keys)
    assert done.submitted
    async with seated(room, desk=seat_of(room, "lou", rules=hiding)) as seat:
        await seat.press("A")
        assert "21 comments" in seat.text()
        await seat.press("o", *"12", "enter")
        assert "that is not their number" in seat.text()
        assert room.outbox() == []
        await seat.press("o", *"21", "enter")
        assert "approved: it leaves after its countdown" in seat.text()
    assert len(room.outbox()) == 21


async def test_a_word_by_phone_is_written_down(room: Room) -> None:
    (key,) = room.arrive("Quels horaires ?")
    async with seated(room, desk=seat_of(room)) as seat:
        await seat.press("R", *"Dix heures.", "tab", "o", "A", "p", *"Claire, phone, 25:99", "enter")
        assert "neither a way" in seat.text()
        await seat.press("p", *"Claire, mail", "enter")
        assert "approved: it leaves" in seat.text()
    (entry,) = room.outbox()
    assert entry.approval is not None
    assert (entry.approval.by, entry.approval.how, entry.approval.noted_by) == ("Claire", How.MAIL, "marta")
    assert entry.target == key


async def test_what_is_sent_back_says_why_and_the_author_has_the_draft_again(room: Room) -> None:
    (key,) = room.arrive("Quels horaires ?")
    async with seated(room, desk=seat_of(room)) as seat:
        await seat.press("R", *"Dix heures.", "tab", "o")
    async with seated(room, desk=seat_of(room, "lou")) as seat:
        await seat.press("A", "x", *"it is eleven", "enter")
        assert "it is eleven" in seat.text()
    assert await seat_of(room).kept(key) == {"reply": {"text": "Dix heures."}}
    async with seated(room, desk=seat_of(room)) as seat:
        assert "sent back: marta" in seat.text()


async def test_ones_own_is_withdrawn_without_a_question(room: Room) -> None:
    room.arrive("Quels horaires ?")
    async with seated(room, desk=seat_of(room)) as seat:
        await seat.press("R", *"Dix heures.", "tab", "o", "A", "x")
        assert "withdrawn" in seat.text()
        await seat.press("x")
        assert "does not wait any more" in seat.text()


async def test_whoever_is_alone_gives_a_reason_where_the_house_allows_it(room: Room) -> None:
    room.arrive("Quels horaires ?")
    async with seated(room, desk=seat_of(room, rules=LENIENT)) as seat:
        await seat.press("R", *"Dix heures.", "tab", "o", "A")
        assert "yours: s when you are alone on duty" in seat.text()
        await seat.press("s", *"23:00, nobody", "enter")
        assert "approved: it leaves" in seat.text()
    assert len(room.outbox()) == 1


async def test_two_answers_are_a_conflict_on_the_list_and_one_key_decides(room: Room) -> None:
    (key,) = room.arrive("Quels horaires ?")
    await seat_of(room).act(desk.Reply(text="Dix heures."), [key])
    await seat_of(room, "noor").act(desk.Reply(text="Onze heures.", again=True), [key])
    async with seated(room, desk=seat_of(room, "lou")) as seat:
        assert "conflict: 2 wait for a word" in seat.text()
        await seat.press("A", "j", "o")
        assert "two answers to one comment wait" in seat.text()
        await seat.press("i")
        assert "approved: it leaves" in seat.text()
    (entry,) = room.outbox()
    assert entry.by == "noor"


async def test_a_refused_joke_goes_to_a_second_person_with_a_reason(room: Room) -> None:
    room.arrive("mon père est mort", assessment=assessed(RiskLevel.CALM, SignalKind.GRIEF))
    async with seated(room, desk=room.sit()) as seat:
        await seat.press("r")
        assert "no joke here" in seat.text()
        await seat.press("J")
        assert "a second person decides" in seat.text()
        await seat.press("tab", "o")
        assert "why tell it all the same?" in seat.text()
        await seat.press(*"he laughs first", "enter")
    (pending,) = await room.sit("lou").submissions()
    assert pending.submission.reason == "he laughs first"
    assert room.outbox() == []


@pytest.mark.parametrize("key", ["j", "k", "o", "i", "p", "s", "x", "Y", "enter", "z", "pagedown", "pageup", "w"])
async def test_no_key_of_an_empty_list_is_silent(room: Room, key: str) -> None:
    room.arrive("Bonjour")
    async with seated(room, desk=seat_of(room)) as seat:
        await seat.press("A")
        before = seat.text()
        await seat.press(key)
        assert seat.text() != before


async def test_french_at_80_columns(room: Room) -> None:
    (key,) = room.arrive("Quels horaires ?")
    await seat_of(room).act(desk.Reply(text="Dix heures."), [key])
    async with seated(room, desk=seat_of(room, "lou"), language="fr") as seat:
        await seat.press("A")
        text = seat.text()
        assert "En attente d’un second regard" in text
        assert "o approuver" in text
        assert "q retour" in text


async def test_the_send_bar_says_that_it_submits_where_it_does(room: Room) -> None:
    room.arrive("Quels horaires ?")
    async with seated(room, desk=seat_of(room)) as seat:
        await seat.press("R", *"Dix heures.", "tab")
        assert "Submit?  o submit to a second person" in seat.text()
        assert "Send?" not in seat.text()
    async with seated(room, desk=room.sit("lou")) as seat:
        await seat.press("R", *"Dix heures.", "tab")
        assert "Send?  o send (10 s to take back)" in seat.text()


async def test_the_send_bar_submits_a_refused_joke_in_any_house_and_in_french(room: Room) -> None:
    room.arrive("mon père est mort", assessment=assessed(RiskLevel.CALM, SignalKind.GRIEF))
    async with seated(room, desk=room.sit(), language="fr") as seat:
        await seat.press("r", "J", "tab")
        assert "Soumettre\u202f?  o soumettre à un second regard" in seat.text()


async def test_nobody_is_offered_to_go_ahead_alone_with_a_refused_joke(room: Room) -> None:
    room.arrive("mon père est mort", assessment=assessed(RiskLevel.CALM, SignalKind.GRIEF))
    async with seated(room, desk=seat_of(room, rules=LENIENT)) as seat:
        await seat.press("r", "J", "tab", "o", *"why not", "enter", "A")
        assert "when you are alone on duty" not in seat.text()
        assert "a joke against the gate needs a second person" in seat.text()
        await seat.press("s")
        assert "why could nobody be asked" not in seat.text()
    assert room.outbox() == []


async def test_what_was_approved_and_taken_back_is_not_called_approved(room: Room) -> None:
    (key,) = room.arrive("Quels horaires ?")
    await seat_of(room).act(desk.Reply(text="Dix heures."), [key])
    async with seated(room, desk=seat_of(room, "lou")) as seat:
        await seat.press("A", "o")
        assert "▌ approved " in seat.text()
        await seat.press("z")
        assert "Taken back: the sending" in seat.text()
        assert "▌ approved " not in seat.text()
        assert "▌ taken back" in seat.text()


async def test_several_sendings_taken_back_are_counted_as_sendings(room: Room) -> None:
    keys = room.arrive(*(f"Bande de clowns, numéro {n}" for n in range(12)))
    async with seated(room, language="fr") as seat:
        await seat.app.desk.act(Hide(reason="insult"), keys)
        await seat.press("z")
        assert "Annulé : 12 envois" in seat.text().replace("\u00a0", " ")
