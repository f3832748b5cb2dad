"""Situations are announced once, and late copies follow a wave that was decided with them; threats and questions never."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from builders import NOON
from sitting import Room
from storms import flood, page

from inbox.desk import SetState
from inbox.events import SituationBegan, SituationEnded
from inbox.fold import Inbox
from inbox.glance import Announcement
from inbox.item import TriageState
from inbox.local import LocalDesk
from inbox.play import Answer

BEGAN = NOON - timedelta(minutes=10)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    opened = Room(tmp_path / "desk")
    yield opened
    opened.ledger.close()


def announced(room: Room) -> list[tuple[str, str]]:
    with room.ledger.reading() as inbox:
        return [(type(e).__name__, str(e.situation)) for e in inbox.weather.announced]


async def close_the_wave(desk: LocalDesk) -> str:
    plays = await desk.plays("museum/film")
    assert plays is not None
    play = next(o.play for o in plays.options if o.play.answer is Answer.WAVE)
    done = await desk.act(play, [play.anchor])
    assert done.act, done.refused
    return done.act


def test_a_flood_is_announced_once_however_long_it_grows(room: Room) -> None:
    for start in range(0, 40, 4):
        room.receive(page(*flood(4, BEGAN + timedelta(minutes=start / 4), first=start)))
    assert announced(room) == [("SituationBegan", "flood")]


def test_its_end_is_announced_once_too(room: Room) -> None:
    room.receive(page(*flood(10, BEGAN)))
    room.now += timedelta(hours=3)
    for _ in range(3):
        room.engine.reception.let_time_pass()
    assert announced(room) == [("SituationBegan", "flood"), ("SituationEnded", "flood")]


def test_a_restart_announces_nothing_again(room: Room, tmp_path: Path) -> None:
    room.receive(page(*flood(10, BEGAN)))
    room.ledger.close()
    again = Room(tmp_path / "desk")
    again.engine.reception.let_time_pass()
    again.receive(page(*flood(2, NOON, first=50)))
    assert announced(again) == [("SituationBegan", "flood")]
    again.ledger.close()


def test_nothing_is_announced_before_the_past_was_read_again(room: Room) -> None:
    room.receive(page(*flood(10, BEGAN)))
    room.engine.reception.remembered.clear()
    room.engine.reception.situations = {}
    assert room.engine.reception._announcements() == []


async def test_the_summary_tells_the_last_announcement(room: Room) -> None:
    assert (await room.sit().summary()).announced is None
    room.receive(page(*flood(10, BEGAN)))
    last = (await room.sit().summary()).announced
    assert isinstance(last, Announcement)
    assert (last.number, last.situation, last.ended) == (1, "flood", False)
    assert last.title == "La Maison qui brûle deux fois"


async def test_late_copies_follow_a_wave_that_was_decided_with_them(room: Room) -> None:
    room.receive(page(*flood(10, BEGAN)))
    desk = room.sit()
    await close_the_wave(desk)
    late = flood(9, NOON, first=100)  # a question and a threat among them
    room.receive(page(*late))
    states = {c.native_id: room.state(f"museum/{c.native_id}") for c in late}
    assert [name for name, state in states.items() if state == "new"] == ["film-104", "film-105"]
    with room.ledger.reading() as inbox:
        item = inbox.items["museum/film-100"]
        assert (item.state, item.changed_by) == ("done", "marta")
        assert item.key in inbox.weather.inherited


async def test_taking_the_act_back_opens_the_late_copies_again_and_later_ones_wait(room: Room) -> None:
    room.receive(page(*flood(10, BEGAN)))
    desk = room.sit()
    await close_the_wave(desk)
    room.receive(page(*flood(3, NOON, first=100)))
    back = await desk.undo()
    assert back.count == 11
    room.receive(page(*flood(2, NOON, first=200)))
    assert {room.state(key) for key in room.ledger.inbox.items} == {"new"}


async def test_copies_that_come_days_later_wait_for_somebody(room: Room) -> None:
    room.receive(page(*flood(10, BEGAN)))
    await close_the_wave(room.sit())
    room.now += timedelta(hours=25)
    room.receive(page(*flood(1, room.now, first=100)))
    assert room.state("museum/film-100") == "new"


async def test_a_copy_seen_again_after_somebody_reopened_it_stays_open(room: Room) -> None:
    room.receive(page(*flood(10, BEGAN)))
    desk = room.sit()
    await close_the_wave(desk)
    room.receive(page(*flood(1, NOON, first=100)))
    await desk.act(SetState(TriageState.NEW), ["museum/film-100"])
    room.receive(page(*flood(1, NOON + timedelta(seconds=1), first=100)))
    assert room.state("museum/film-100") == "new"


async def wave_of(room: Room) -> list[str]:
    return await room.sit().wave("museum/film-0")


async def test_later_copies_follow_a_wave_that_was_simply_done(room: Room) -> None:
    room.receive(page(*flood(10, BEGAN)))
    done = await room.sit().act(SetState(TriageState.DONE), await wave_of(room))
    assert (len(done.keys), done.follows) == (8, 1)
    late = flood(9, NOON, first=100)
    room.receive(page(*late))
    waiting = [c.native_id for c in late if room.state(f"museum/{c.native_id}") == "new"]
    assert waiting == ["film-104", "film-105"]  # a question and a threat


async def test_taking_a_simple_done_back_opens_the_later_copies_again(room: Room) -> None:
    room.receive(page(*flood(10, BEGAN)))
    desk = room.sit()
    await desk.act(SetState(TriageState.DONE), await wave_of(room))
    room.receive(page(*flood(3, NOON, first=100)))
    await desk.undo()
    room.receive(page(*flood(2, NOON, first=200)))
    assert {room.state(key) for key in room.ledger.inbox.items} == {"new"}


async def test_a_few_copies_picked_out_decide_nothing_for_the_others(room: Room) -> None:
    room.receive(page(*flood(20, BEGAN)))
    done = await room.sit().act(SetState(TriageState.DONE), (await wave_of(room))[:4])
    assert (len(done.keys), done.follows) == (4, 0)
    room.receive(page(*flood(1, NOON, first=100)))
    assert room.state("museum/film-100") == "new"


async def test_a_wave_opened_again_is_followed_no_more(room: Room) -> None:
    room.receive(page(*flood(10, BEGAN)))
    desk = room.sit()
    done = await desk.act(SetState(TriageState.DONE), await wave_of(room))
    await desk.act(SetState(TriageState.NEW), done.keys)
    room.receive(page(*flood(1, NOON, first=100)))
    assert room.state("museum/film-100") == "new"


async def test_copies_that_come_while_a_play_is_being_decided_follow_as_late_ones(room: Room) -> None:
    room.receive(page(*flood(10, BEGAN)))
    desk = room.sit()
    plays = await desk.plays("museum/film")
    assert plays is not None
    play = next(o.play for o in plays.options if o.play.answer is Answer.WAVE)
    room.receive(page(*flood(3, NOON, first=100)))
    done = await desk.act(play, [play.anchor])
    assert len(done.keys) == 8
    assert {room.state(f"museum/film-{n}") for n in (100, 101, 102)} == {"done"}
    assert (await desk.undo()).count == 11
    assert room.state("museum/film-100") == "new"


def test_announcements_fold_the_same_from_the_journal(room: Room) -> None:
    room.receive(page(*flood(10, BEGAN)))
    events = [e for e in room.ledger.inbox.weather.announced if isinstance(e, SituationBegan)]
    inbox = Inbox()
    for event in events:
        inbox.apply(event)
        inbox.apply(SituationEnded(at=NOON, post=event.post, situation=event.situation, until=NOON))
    assert inbox.weather.called == {}
    assert inbox.weather.announcements == 2
