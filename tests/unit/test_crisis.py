"""Crisis mode: proposed on a flood across posts, one switch with an end, a checklist, its end proposed with calm."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from builders import NOON, comment
from msgspec import structs
from sitting import Room
from storms import POST, flood, page

from connectors._text import sanitise
from inbox.crisis import Advice, Step
from inbox.desk import SetState
from inbox.item import TriageState

BEGAN = NOON - timedelta(minutes=10)
OTHER = structs.replace(POST, native_id="clip")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    opened = Room(tmp_path / "desk")
    yield opened
    opened.ledger.close()


def storm(room: Room) -> None:
    for post in (POST, OTHER):
        room.receive(page(*flood(10, BEGAN, post=post.native_id), posts=(post,)))


async def test_one_flood_has_its_play_a_flood_across_posts_proposes_crisis_mode(room: Room) -> None:
    room.receive(page(*flood(10, BEGAN)))
    assert (await room.sit().summary()).crisis.advice is Advice.NONE
    room.receive(page(*flood(10, BEGAN, post="clip"), posts=(OTHER,)))
    view = (await room.sit().summary()).crisis
    assert (view.on, view.advice, view.flooded) == (False, Advice.BEGIN, 2)


async def test_one_switch_holds_everything_and_everybody_sees_it(room: Room) -> None:
    storm(room)
    done = await room.sit("marta").crisis(on=True, hours=2)
    assert not done.refused
    seen = await room.sit("lou").summary()
    assert (seen.crisis.on, seen.crisis.by, seen.held_by) == (True, "marta", "marta")
    assert seen.crisis.until == room.now + timedelta(hours=2)
    assert seen.crisis.topics == ("La Maison qui brûle deux fois",)


async def test_it_ends_by_itself_and_what_is_held_stays_held(room: Room) -> None:
    storm(room)
    desk = room.sit()
    await desk.crisis(on=True, hours=1)
    room.now += timedelta(hours=1)
    summary = await desk.summary()
    assert not summary.crisis.on
    assert summary.held_by == "marta"


async def test_prolonging_keeps_its_beginning_and_its_ticks(room: Room) -> None:
    storm(room)
    desk = room.sit()
    await desk.crisis(on=True, hours=1)
    await desk.tick(Step.DIRECTION, done=True)
    began = room.now
    room.now += timedelta(minutes=50)
    await desk.crisis(on=True, hours=3)
    view = (await desk.summary()).crisis
    assert (view.since, view.until) == (began, room.now + timedelta(hours=3))
    assert next(c.by for c in view.checks if c.step is Step.DIRECTION) == "marta"


async def test_a_released_outbox_is_not_held_again_by_prolonging(room: Room) -> None:
    storm(room)
    desk = room.sit()
    await desk.crisis(on=True)
    await desk.hold(held=False)
    await desk.crisis(on=True)
    assert (await desk.summary()).held_by == ""


async def test_jokes_are_off_about_the_topic_and_nothing_else(room: Room) -> None:
    storm(room)
    calm = structs.replace(POST, native_id="moon", exhibition=sanitise("La Nuit des petits"), title=sanitise("La lune"))
    room.receive(page(comment("La lune est un fromage", id="moon-1", post="moon", at=NOON), posts=(calm,)))
    same = structs.replace(POST, native_id="making-of")
    room.receive(page(comment("Très joli décor", id="set-1", post="making-of", at=NOON), posts=(same,)))
    desk = room.sit()
    before = {key: (await desk.picker(key)).verdict for key in ("museum/set-1", "museum/moon-1")}
    await desk.crisis(on=True)
    after = {key: (await desk.picker(key)).verdict for key in ("museum/set-1", "museum/moon-1")}
    assert before["museum/set-1"] != "hard"
    assert after["museum/set-1"] == "hard"
    assert before["museum/moon-1"] == after["museum/moon-1"]


async def test_the_checklist_sees_what_the_desk_can_see_and_takes_ticks_for_the_rest(room: Room) -> None:
    storm(room)
    desk = room.sit()
    await desk.crisis(on=True)
    await desk.tick(Step.PERSONS, done=True)
    await desk.tick(Step.EVIDENCE, done=True)  # nobody ticks what the desk sees
    checks = {check.step: check for check in (await desk.summary()).crisis.checks}
    assert list(checks) == list(Step)
    assert (checks[Step.PERSONS].done, checks[Step.PERSONS].by) == (True, "marta")
    assert (checks[Step.EVIDENCE].done, checks[Step.EVIDENCE].left) == (False, 2)
    assert (checks[Step.QUESTIONS].done, checks[Step.QUESTIONS].left) == (False, 2)
    for key in [i.key for i in room.ledger.inbox.items.values() if i.is_danger]:
        await desk.act(SetState(TriageState.DONE), [key])
    checks = {check.step: check for check in (await desk.summary()).crisis.checks}
    assert checks[Step.EVIDENCE].done


async def test_its_end_is_proposed_when_calm_returns(room: Room) -> None:
    storm(room)
    desk = room.sit()
    await desk.crisis(on=True, hours=8)
    assert (await desk.summary()).crisis.advice is Advice.NONE
    room.now += timedelta(hours=3)
    room.engine.reception.let_time_pass()
    assert (await desk.summary()).crisis.advice is Advice.END
    await desk.crisis(on=False)
    view = (await desk.summary()).crisis
    assert (view.on, view.advice) == (False, Advice.NONE)


async def test_it_survives_a_restart(room: Room, tmp_path: Path) -> None:
    storm(room)
    await room.sit().crisis(on=True, hours=5)
    room.ledger.close()
    again = Room(tmp_path / "desk")
    view = (await again.sit().summary()).crisis
    again.ledger.close()
    assert (view.on, view.by) == (True, "marta")


@pytest.mark.parametrize("hours", [0, -1, 1000, float("nan")])
async def test_a_senseless_time_is_refused(room: Room, hours: float) -> None:
    assert "crisis mode lasts" in (await room.sit().crisis(on=True, hours=hours)).refused
    assert not (await room.sit().summary()).crisis.on


async def test_whoever_looks_on_switches_nothing(room: Room) -> None:
    assert (await room.sit(read_only="held elsewhere").crisis(on=True)).refused == "held elsewhere"
