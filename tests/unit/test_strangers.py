"""A broken connector, subscriber or clock harms its own source at most: never the engine, the journal or its neighbours."""

import asyncio
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import cast

import pytest
from builders import NOON, comment
from msgspec import structs
from waiting import until

from connectors._errors import RateLimitedError
from connectors._http import Http
from connectors._model import Batch, Comment, Cursor
from connectors._rehearsal.options import RehearsalOptions
from connectors.rehearsal import Rehearsal
from inbox import desk
from inbox.desk import Desk
from inbox.engine import Engine
from inbox.guard import LONGEST_PATIENCE
from inbox.ledger import Ledger
from inbox.local import LocalDesk
from inbox.opening import open_desk
from inbox.sources import FIRST_BACKOFF, SourceRunner, changed_since
from inbox.store import Store
from inbox.store_errors import FullError
from inbox.wording import Wording

WORDS = Wording.of_rehearsal(lambda: NOON)


class Stranger(Rehearsal):
    """A connector whose page a test writes."""

    page: object = Batch(comments=(), cursor="1")

    async def poll(self, cursor: Cursor | None) -> Batch:
        """Answer, or raise."""
        del cursor
        if isinstance(self.page, BaseException):
            raise self.page
        return cast("Batch", self.page)

    def mention_prefix(self, comment: Comment) -> str:
        """Break."""
        raise LookupError(comment.native_id)


def stranger(page: object) -> Stranger:
    made = Stranger("museum", RehearsalOptions(), Http())
    made.page = page
    return made


class Disk(Store):
    """A store whose disk a test fills."""

    full = False

    def append(self, events: object, *, human: bool) -> None:
        """Keep, or refuse."""
        if self.full:
            raise FullError("the disk is full")
        super().append(events, human=human)  # type: ignore[arg-type]  # passed on


class Room:
    """A ledger on a disk and an engine that stands still."""

    def __init__(self, folder: Path) -> None:
        """Open the store."""
        self.store = Disk(folder, holder="marta")
        self.ledger = Ledger(self.store)
        self.platform = stranger(Batch(comments=(), cursor="1"))
        self.engine = Engine(self.ledger, {"museum": self.platform}, clock=lambda: NOON)

    def sit(self) -> LocalDesk:
        """Let marta sit down."""
        return LocalDesk(self.ledger, operator="marta", name="t", wording=WORDS, engine=self.engine, clock=lambda: NOON)

    def runner(self) -> SourceRunner:
        """Feed the ledger by hand."""

        async def ingest(source: str, batch: Batch) -> None:
            self.engine.reception.ingest(source, batch)

        async def settle(source: str, found: object) -> None:
            del source, found

        return SourceRunner(
            self.platform,
            inbox=self.ledger.inbox,
            ingest=ingest,
            settle=settle,
            clock=lambda: NOON,
            changed=lambda: None,
        )


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    opened = Room(tmp_path / "desk")
    yield opened
    opened.ledger.close()


@pytest.mark.parametrize(
    "faulty",
    [
        structs.replace(comment(), created_at=datetime(2026, 11, 20, 12)),  # noqa: DTZ001 - that is the fault
        structs.replace(comment(), post_id=None),  # that is the fault
        structs.replace(comment(), reactions="many"),  # that is the fault
    ],
)
async def test_a_made_up_comment_never_reaches_the_journal(room: Room, tmp_path: Path, faulty: Comment) -> None:
    room.platform.page = Batch(comments=(faulty,), cursor="1")
    runner = room.runner()
    await runner.poll_once(FIRST_BACKOFF)
    assert runner.health.state == "broken"
    room.ledger.close()
    again = Ledger(Store(tmp_path / "desk", holder="marta"))
    assert again.inbox.items == {}
    again.close()


@pytest.mark.parametrize("page", [asyncio.CancelledError(), None, LookupError("x")])
async def test_a_broken_poll_is_that_source_s_trouble(room: Room, page: object) -> None:
    room.platform.page = page
    runner = room.runner()
    assert await runner.poll_once(FIRST_BACKOFF) == FIRST_BACKOFF
    assert runner.health.state == "broken"


@pytest.mark.parametrize("wait", [float("nan"), float("inf"), -5.0])
async def test_a_wait_is_a_number_of_seconds_whatever_the_connector_says(room: Room, wait: float) -> None:
    room.platform.page = RateLimitedError("slow down", retry_after=wait)
    assert 0 <= await room.runner().poll_once(FIRST_BACKOFF) <= LONGEST_PATIENCE


async def test_a_page_that_leads_nowhere_is_not_asked_for_again_at_once(room: Room) -> None:
    room.platform.page = Batch(comments=(comment(),), cursor="1", complete=False)
    runner = room.runner()
    assert await runner.poll_once(FIRST_BACKOFF) == 0.0
    assert await runner.poll_once(FIRST_BACKOFF) == Stranger.traits.poll_interval


async def test_what_a_stranger_says_of_its_trouble_is_made_harmless(room: Room) -> None:
    room.platform.page = RateLimitedError("slow\x1b]52;c;eA==\x07 down", retry_after=1)
    runner = room.runner()
    await runner.poll_once(FIRST_BACKOFF)
    assert "\x1b" not in runner.health.message


async def test_an_import_does_not_move_the_cursor_of_its_namesake(room: Room) -> None:
    room.platform.page = Batch(comments=(comment(),), cursor="42")
    await room.runner().poll_once(FIRST_BACKOFF)
    await room.sit().take_in([desk.Arrival(source="museum", comment=comment())])
    assert room.ledger.inbox.cursors["museum"] == "42"


def test_a_comment_that_is_shown_again_is_open_again(room: Room) -> None:
    from inbox.events import WentAway

    back = comment(id="c1")
    room.engine.reception.ingest("museum", Batch(comments=(back,), cursor="1"))
    room.ledger.record([WentAway(at=NOON, keys=("museum/c1",), why="deleted")])
    assert changed_since(room.ledger.inbox, "museum", [structs.replace(back, network="rehearsal")])[0]
    room.engine.reception.ingest("museum", Batch(comments=(back,), cursor="2"))
    assert room.ledger.inbox.items["museum/c1"].is_open


def test_a_page_refused_by_a_full_disk_joins_its_wave_when_it_comes_again(room: Room) -> None:
    text = "rendez les moulages à leur salle et rouvrez la galerie aux visiteurs du dimanche"
    first, second = comment(text, id="c1", author="a"), comment(text, id="c2", author="b")
    room.engine.reception.ingest("museum", Batch(comments=(first,), cursor="1"))
    room.store.full = True
    with pytest.raises(FullError):
        room.engine.reception.ingest("museum", Batch(comments=(second,), cursor="2"))
    room.store.full = False
    room.engine.reception.ingest("museum", Batch(comments=(second,), cursor="2"))
    items = room.ledger.inbox.items
    assert items["museum/c1"].wave == items["museum/c2"].wave != ""


async def test_an_act_on_a_broken_connector_is_refused_with_its_reason(room: Room) -> None:
    room.engine.reception.ingest("museum", Batch(comments=(comment(id="c1"),), cursor="1"))
    done = await room.sit().act(desk.Reply(text="Bienvenue"), ["museum/c1"])
    assert done.refused == "the connector failed: LookupError"


async def test_a_text_that_no_file_can_hold_is_refused(room: Room) -> None:
    room.engine.reception.ingest("museum", Batch(comments=(comment(id="c1"),), cursor="1"))
    assert (await room.sit().act(desk.AddNote("\udcff"), ["museum/c1"])).refused


def test_a_subscriber_that_breaks_does_not_unsay_what_is_durable(room: Room) -> None:
    def breaks(_: frozenset[str]) -> None:
        raise RuntimeError("the loop is closed")

    room.ledger.subscribe(breaks)
    room.engine.reception.ingest("museum", Batch(comments=(comment(id="c1"),), cursor="1"))
    assert "museum/c1" in room.ledger.inbox.items


async def test_an_engine_that_stopped_is_named_until_it_is_started_again(tmp_path: Path) -> None:
    def ends(_: LocalDesk) -> None:
        raise SystemExit

    sat = open_desk(tmp_path / "desk", {}, operator="marta", name="t", wording=WORDS, on_tick=ends)

    async def halted() -> str:
        return (await sat.summary()).storage

    assert "the engine stopped" in await until(cast("Desk", sat), halted)
    await sat.hold(held=True)
    assert "the engine stopped" in await halted()
    with pytest.raises(SystemExit):
        await sat.aclose()


class Mute(Stranger):
    """A stranger that will not even say what it can do."""

    @property
    def capabilities(self) -> object:  # type: ignore[override]  # that is the fault
        """Break."""
        raise LookupError("capabilities")


async def test_a_source_that_breaks_at_its_start_leaves_the_others_alive(tmp_path: Path) -> None:
    mute = Mute("mute", RehearsalOptions(), Http())
    good = stranger(Batch(comments=(comment(id="c1"),), cursor="1"))
    sat = open_desk(tmp_path / "desk", {"mute": mute, "museum": good}, operator="marta", name="t", wording=WORDS)

    async def both() -> bool:
        states = {s.name: s.state for s in (await sat.summary()).sources}
        return states == {"mute": "broken", "museum": "ok"} and (await sat.summary()).total == 1

    assert await until(cast("Desk", sat), both)
    assert (await sat.summary()).storage == ""
    await sat.aclose()
