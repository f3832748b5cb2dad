"""A desk whose engine stands still and an interface driven key by key: nothing moves unless the test says so."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from builders import NOON, assessed, comment, seen
from textual import events
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from connectors._http import Http
from connectors._model import Batch, Post
from connectors._rehearsal.options import RehearsalOptions
from connectors._text import sanitise
from connectors.rehearsal import Rehearsal
from inbox.engine import Engine
from inbox.ledger import Ledger
from inbox.local import LocalDesk
from inbox.outbox import OutboxEntry
from inbox.rules import PLAIN, Rules
from inbox.store import Store
from inbox.wording import Wording
from scoring.assessment import Assessment
from tui.app import BecalmApp
from tui.screens.base import KeyScreen, Stroke
from tui.screens.inbox import InboxScreen
from tui.settings import Settings

CALM = assessed()
POST = Post(native_id="p1", title=sanitise("Je suis innocent"), text=sanitise("Une vidéo d'Adel Abdessemed"))


class Room:
    """A stored desk with a connected source whose engine stands still."""

    def __init__(self, folder: Path) -> None:
        """Open the store in `folder`."""
        self.now: datetime = NOON + timedelta(minutes=30)
        self.ledger = Ledger(Store(folder, holder="marta"))
        self.engine = Engine(
            self.ledger, {"museum": Rehearsal("museum", RehearsalOptions(), Http())}, clock=lambda: self.now
        )
        self.engine.reception.remember()

    def sit(self, operator: str = "marta", read_only: str = "", rules: Rules = PLAIN) -> LocalDesk:
        """Let an operator sit down, under a house's rules."""
        return LocalDesk(
            self.ledger,
            operator=operator,
            name="test",
            wording=Wording.of_rehearsal(lambda: self.now),
            engine=self.engine,
            read_only=read_only,
            rules=rules,
            clock=lambda: self.now,
        )

    def arrive(self, *texts: str, assessment: Assessment = CALM, wave: str = "", later: float = 0) -> list[str]:
        """Let comments arrive, `later` minutes after noon and a second apart; returns their keys."""
        at = NOON + timedelta(minutes=later)
        comments = [comment(t, at=at + timedelta(seconds=n), author=f"author{n}") for n, t in enumerate(texts)]
        keys = [f"museum/{c.native_id}" for c in comments]
        waves = {c.native_id: wave for c in comments} | dict.fromkeys(keys, wave) if wave else {}
        event = seen(*comments, assessments=(assessment,) * len(texts), waves=waves, posts=(POST,), at=self.now)
        self.ledger.record([event])
        return keys

    def receive(self, batch: Batch) -> None:
        """Let a page arrive the way the engine takes it in: scored, heard, joined to waves."""
        self.engine.reception.ingest("museum", batch)

    def outbox(self) -> list[OutboxEntry]:
        """Return the sendings, in order of decision."""
        with self.ledger.reading() as inbox:
            return list(inbox.outbox.values())

    def state(self, key: str) -> str:
        """Return where an item stands."""
        with self.ledger.reading() as inbox:
            return str(inbox.items[key].state)


class Seat:
    """Somebody at the keyboard."""

    def __init__(self, app: BecalmApp, pilot: Pilot[int]) -> None:
        """Sit before a running interface."""
        self.app = app
        self.pilot = pilot

    @property
    def inbox(self) -> InboxScreen:
        """The inbox, whatever stands on top of it."""
        found = self.app.screen_stack[0]
        assert isinstance(found, InboxScreen)
        return found

    @property
    def screen(self) -> KeyScreen[Any]:
        """The screen on top."""
        assert isinstance(self.app.screen, KeyScreen)
        return self.app.screen

    async def press(self, *keys: str) -> None:
        """Press keys one after the other and see what became of them."""
        await self.pilot.press(*keys)
        await self.settle()

    async def burst(self, *keys: str) -> None:
        """Press keys that arrive in one packet."""
        for key in keys:
            single = len(key) == 1
            self.app.post_message(events.Key(key, key if single else None))
        await self.settle()

    async def paste(self, text: str) -> None:
        """Paste with brackets."""
        self.app.post_message(events.Paste(text))
        await self.settle()

    async def settle(self) -> None:
        """Wait until keys are taken and workers have ended, then paint what rested."""
        await self.pilot.pause()
        await self.app.settled()
        await self.pilot.pause()
        for worker in [w for w in self.app.workers if w.group in {"sent", "show", "filter", "moderate", "flush"}]:
            with suppress(WorkerCancelled):
                await worker.wait()
        await self.inbox.flush()
        await self.pilot.pause()

    def lines(self) -> list[str]:
        """Return the screen as text."""
        strips = self.app.screen._compositor.render_strips()
        return [line.text.rstrip() for line in strips]

    def text(self) -> str:
        """Return the screen as one text."""
        return "\n".join(self.lines())


@asynccontextmanager
async def seated(
    room: Room, *, size: tuple[int, int] = (80, 24), desk: LocalDesk | None = None, **settings: Any
) -> AsyncIterator[Seat]:
    """Show a desk to somebody; leaves the ledger open."""
    chosen = Settings(language=settings.pop("language", "en"), now=lambda: room.now, **settings)
    app = BecalmApp(desk or room.sit(), settings=chosen)
    async with app.run_test(size=size) as pilot:
        seat = Seat(app, pilot)
        await seat.inbox.ready()
        await seat.settle()
        yield seat


def stroke(key: str, at: float = 0.0) -> Stroke:
    """Build a stroke."""
    return Stroke(key, key if len(key) == 1 else "", at)
