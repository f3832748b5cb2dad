"""Taking back says the truth: nothing of a colleague's is undone, nothing is forgotten, nothing else is taken instead."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from builders import NOON, comment, seen

from connectors._http import Http
from connectors._rehearsal.options import RehearsalOptions
from connectors.rehearsal import Rehearsal
from inbox import desk, sitting
from inbox.engine import Engine
from inbox.events import AnyEvent, Delivery
from inbox.item import TriageState
from inbox.ledger import Ledger
from inbox.local import LocalDesk
from inbox.outbox import DeliveryState, Kind
from inbox.store import Store
from inbox.store_errors import FullError
from inbox.wording import Wording


class Disk(Store):
    """A store whose disk a test fills."""

    full = False

    def append(self, events: Sequence[AnyEvent], *, human: bool) -> None:
        """Keep, or refuse."""
        if self.full:
            raise FullError("the disk is full")
        super().append(events, human=human)


class Room:
    """A stored desk whose engine stands still."""

    def __init__(self, folder: Path) -> None:
        """Open the store with three comments in it, of two people."""
        self.now: datetime = NOON
        self.disk = Disk(folder, holder="marta")
        self.ledger = Ledger(self.disk)
        self.engine = Engine(self.ledger, {"museum": Rehearsal("museum", RehearsalOptions(), Http())})
        authors = {"c1": "camille", "c2": "noor", "c3": "noor"}
        self.ledger.record([seen(*(comment(id=i, author=a) for i, a in authors.items()))])

    def sit(self, operator: str = "marta") -> LocalDesk:
        """Let an operator sit down."""
        return LocalDesk(
            self.ledger,
            operator=operator,
            name="test",
            wording=Wording.of_rehearsal(lambda: self.now),
            engine=self.engine,
            clock=lambda: self.now,
        )

    def standing(self, key: str) -> tuple[TriageState, str]:
        """Tell state and hand of an item."""
        item = self.ledger.inbox.items[key]
        return item.state, item.claimed_by


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    opened = Room(tmp_path / "desk")
    yield opened
    opened.ledger.close()


C1, C2, C3 = "museum/c1", "museum/c2", "museum/c3"


async def test_what_a_colleague_changed_since_stays_as_it_is(room: Room) -> None:
    marta, lou = room.sit(), room.sit("lou")
    await marta.act(desk.SetState(TriageState.ESCALATED), [C1, C2])
    await lou.act(desk.Claim(), [C2])
    assert (await marta.undo()).count == 1
    assert room.standing(C1) == (TriageState.NEW, "")
    assert room.standing(C2) == (TriageState.ESCALATED, "lou")


async def test_a_snoozed_item_that_is_closed_and_reopened_still_comes_back(room: Room) -> None:
    sat = room.sit()
    back = NOON + timedelta(hours=1)
    await sat.act(desk.SetState(TriageState.SNOOZED, until=back), [C1])
    await sat.act(desk.SetState(TriageState.DONE), [C1])
    await sat.undo()
    item = room.ledger.inbox.items[C1]
    assert (item.state, item.snoozed_until) == (TriageState.SNOOZED, back)


@pytest.mark.parametrize("until", [None, datetime(2026, 11, 21)])  # noqa: DTZ001 - that is the fault
async def test_nothing_is_put_off_until_nobody_knows_when(room: Room, until: datetime | None) -> None:
    assert (await room.sit().act(desk.SetState(TriageState.SNOOZED, until=until), [C1])).refused


async def test_an_undo_that_the_disk_refuses_says_so_and_can_be_repeated(room: Room) -> None:
    sat = room.sit()
    await sat.act(desk.Claim(), [C1])
    room.disk.full = True
    assert (await sat.undo()).refused == "the disk is full"
    room.disk.full = False
    assert (await sat.undo()).what == "claim"
    assert room.standing(C1) == (TriageState.NEW, "")


async def test_holding_that_the_disk_refuses_says_so(room: Room) -> None:
    room.disk.full = True
    assert (await room.sit().hold(held=True)).refused == "the disk is full"


async def test_a_reply_that_has_left_is_too_late_and_nothing_else_is_taken_instead(room: Room) -> None:
    sat = room.sit()
    await sat.act(desk.SetState(TriageState.DONE), [C2])
    await sat.act(desk.Reply(text="Bienvenue"), [C1])
    (entry,) = await sat.outbox()
    room.ledger.record([Delivery(at=NOON, by="marta", entry=entry.id, state=DeliveryState.UNKNOWN)])
    assert await sat.undo() == desk.TakenBack(too_late=1)
    assert room.standing(C2)[0] is TriageState.DONE
    assert (await sat.undo()).what == "done"


async def test_the_last_decision_comes_back_first_when_the_clock_was_set_back(room: Room) -> None:
    sat = room.sit()
    await sat.act(desk.Reply(text="un"), [C1])
    room.now -= timedelta(hours=1)
    await sat.act(desk.Reply(text="deux"), [C2])
    await sat.undo()
    assert {e.target: e.state for e in await sat.outbox()} == {
        C1: DeliveryState.QUEUED,
        C2: DeliveryState.TAKEN_BACK,
    }


async def test_a_person_is_invited_once(room: Room) -> None:
    sat = room.sit()
    invited = (C2, C3, C2)
    await sat.act(
        desk.OpenThread(title="T", text="Ici.", house_comment="$link", invite=invited, invitation="$link"), [C1]
    )
    assert [e.target for e in await sat.outbox() if e.kind is Kind.INVITATION] == [C2]


async def test_a_long_sitting_remembers_its_latest_acts_and_the_last_whole(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitting, "BACK", 5)
    sat = room.sit()
    for key in (C1, C2, C3):
        await sat.act(desk.Claim(), [key])
    assert [(await sat.undo()).count for _ in range(3)] == [1, 1, 0]
    assert room.standing(C1) == (TriageState.CLAIMED, "marta")
    monkeypatch.setattr(sitting, "BACK", 1)
    await sat.act(desk.SetState(TriageState.DONE), [C1, C2, C3])
    assert (await sat.undo()).count == 3
