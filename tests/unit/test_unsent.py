"""Unsent texts: kept for one operator, over restarts and in every session, gone once sent, back when taken back."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sitting import Room

from inbox import desk
from inbox.events import Delivery
from inbox.item import TriageState
from inbox.ledger import Ledger, ReadOnlyError
from inbox.outbox import DeliveryState
from inbox.published import NoticeState
from inbox.store import Store

TEXTS = {"text": "Chère Camille"}


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    opened = Room(tmp_path / "desk")
    yield opened
    opened.ledger.close()


async def test_a_text_is_kept_for_its_operator_in_every_session_and_for_nobody_else(room: Room) -> None:
    (key,) = room.arrive("un")
    await room.sit().keep(key, "reply", TEXTS)
    assert await room.sit().kept(key) == {"reply": TEXTS}
    assert await room.sit("lou").kept(key) == {}
    assert (await room.sit().summary()).drafts == 1
    assert (await room.sit("lou").summary()).drafts == 0


async def test_a_text_survives_the_engine(tmp_path: Path) -> None:
    room = Room(tmp_path / "desk")
    (key,) = room.arrive("un")
    await room.sit().keep(key, "notice", TEXTS)
    room.ledger.close()
    again = Ledger(Store(tmp_path / "desk", holder="marta"))
    assert dict(again.inbox.unsent.of("marta", key)["notice"]) == TEXTS
    again.close()


async def test_nothing_is_written_for_a_text_that_did_not_change(room: Room) -> None:
    (key,) = room.arrive("un")
    told: list[frozenset[str]] = []
    await room.sit().keep(key, "reply", TEXTS)
    room.ledger.subscribe(told.append)
    await room.sit().keep(key, "reply", dict(TEXTS))
    await room.sit().keep(key, "appeal", {"text": "  "})
    assert told == []


async def test_a_sent_text_is_no_draft_and_is_one_again_when_taken_back(room: Room) -> None:
    (key,) = room.arrive("un")
    sat = room.sit()
    await sat.keep(key, "reply", TEXTS)
    await sat.act(desk.Reply(text=TEXTS["text"]), [key])
    assert await sat.kept(key) == {}
    await sat.undo()
    assert await sat.kept(key) == {"reply": TEXTS}


async def test_what_was_begun_meanwhile_is_not_overwritten_by_what_comes_back(room: Room) -> None:
    (key,) = room.arrive("un")
    sat = room.sit()
    await sat.keep(key, "reply", TEXTS)
    await sat.act(desk.Reply(text=TEXTS["text"]), [key])
    await sat.keep(key, "reply", {"text": "mieux"})
    await sat.undo()
    assert await sat.kept(key) == {"reply": {"text": "mieux"}}


async def test_drafts_are_found_by_a_query_of_their_own(room: Room) -> None:
    one, _two = room.arrive("un", "deux")
    await room.sit().keep(one, "reply", TEXTS)
    view = await room.sit().open_view("is:draft")
    assert [row.key for row in (await room.sit().page(view.id, 0, 9)).rows] == [one]
    assert (await room.sit("lou").open_view("is:draft")).total == 0


async def test_who_only_looks_on_keeps_nothing(room: Room) -> None:
    (key,) = room.arrive("un")
    with pytest.raises(ReadOnlyError):
        await room.sit(read_only="held by lou").keep(key, "reply", TEXTS)


# -- later ---------------------------------------------------------------------------------------------


async def test_what_is_put_off_leaves_at_its_time(room: Room) -> None:
    (key,) = room.arrive("un")
    at = room.now + timedelta(hours=14)
    done = await room.sit().act(desk.Reply(text="Bonjour", later=at), [key])
    assert (done.due_at, room.outbox()[0].due_at, room.outbox()[0].scheduled) == (at, at, True)


async def test_a_time_behind_us_is_refused(room: Room) -> None:
    (key,) = room.arrive("un")
    act = desk.Reply(text="Bonjour", later=room.now - timedelta(hours=1))
    assert (await room.sit().act(act, [key])).refused == "send it when?"


async def test_z_takes_back_what_was_put_off_as_the_last_act_only(room: Room) -> None:
    one, two = room.arrive("un", "deux")
    sat = room.sit()
    await sat.act(desk.Reply(text="Bonjour", later=room.now + timedelta(hours=14)), [one])
    await sat.act(desk.SetState(state=TriageState.DONE), [two])
    assert (await sat.undo()).what == "done"
    assert room.outbox()[0].state is DeliveryState.QUEUED
    assert (await sat.undo()).what == "sending"
    assert room.outbox()[0].state is DeliveryState.TAKEN_BACK


@pytest.mark.parametrize(("choice", "state"), [("drop", DeliveryState.TAKEN_BACK), ("now", DeliveryState.QUEUED)])
async def test_what_was_put_off_is_dropped_or_sent_at_once(room: Room, choice: str, state: DeliveryState) -> None:
    (key,) = room.arrive("un")
    sat = room.sit()
    await sat.act(desk.Reply(text="Bonjour", later=room.now + timedelta(hours=14)), [key])
    assert not (await sat.settle(room.outbox()[0].id, choice)).refused
    assert room.outbox()[0].state is state
    assert choice == "drop" or room.outbox()[0].due_at == room.now


# -- what the desk tells -------------------------------------------------------------------------------


async def test_the_desk_says_where_a_notice_would_stand_and_lists_it(room: Room) -> None:
    (key,) = room.arrive("un")
    sat = room.sit()
    (place,) = await sat.places(key, "notice")
    assert (place.source, place.own, place.possible) == ("museum", True, True)
    await sat.act(desk.PinNotice(text="Restons calmes."), [key])
    assert [(n.title, n.state) for n in await sat.notices()] == [("Je suis innocent", NoticeState.PLANNED)]
    assert await sat.threads() == ()


async def test_a_text_is_shown_as_readers_will_see_it(room: Room) -> None:
    (key,) = room.arrive("un")
    shown = await room.sit().appearance(key, "Voir https://musee.example/acces")
    assert [shown.text[m.start : m.end] for m in shown.marks] == ["https://musee.example/acces"]


async def test_what_has_left_is_named_so_that_it_can_be_changed(room: Room) -> None:
    (key,) = room.arrive("un")
    sat = room.sit()
    await sat.act(desk.Reply(text="Bonjour"), [key])
    entry = room.outbox()[0].id
    room.ledger.record([Delivery(at=room.now, entry=entry, state=DeliveryState.SENT)])
    back = await sat.undo()
    assert (back.too_late, back.left) == (1, (entry,))
