"""A desk on the wire: one source of it at the fault server, its store and its outbox real, its time the test's."""

import ssl
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from fault_server import FaultServer, opened
from stages import Stage, connected
from wire import Clock

from connectors._http import Http, Timeouts
from connectors._model import Batch, Comment, Gone
from inbox import desk
from inbox.dispatch import Decide, Dispatcher
from inbox.engine import Engine
from inbox.events import AnyEvent, Seen
from inbox.fold import Inbox
from inbox.item import Item
from inbox.ledger import Ledger
from inbox.local import LocalDesk
from inbox.outbox import DeliveryState, OutboxEntry
from inbox.second_look import EVERY
from inbox.sources import SourceRunner
from inbox.store import Reader, Store
from inbox.wording import Wording

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
IN_A_HURRY = Timeouts(connect=0.9, read=0.5, total=1.2, sending=1.1)
"""Patience where no answer will come."""
BACKOFF = 7.0


class WiredDesk:
    """One operator, one source, and a platform that may fail."""

    def __init__(self, folder: Path, stage: Stage, server: FaultServer) -> None:
        self.folder = folder
        self.server = server
        self.stage = stage
        self.clock = Clock(NOON.timestamp())
        self.http = Http(attempts=1, clock=self.clock, sleep=self.clock.sleep)
        self.connector = connected(stage, server.url, self.http)
        self.ledger = Ledger(Store(folder, holder="marta"))
        sources = {"museum": self.connector}
        self._engine = Engine(self.ledger, sources, clock=lambda: self.now)
        self._engine.reception.remember()
        self.dispatcher = Dispatcher(self.ledger.inbox, sources, self._decide, lambda: self.now)
        self.runner = SourceRunner(
            self.connector,
            inbox=self.ledger.inbox,
            ingest=self._ingest,
            settle=self._settle,
            clock=lambda: self.now,
            changed=lambda: None,
        )
        self.sat = LocalDesk(
            self.ledger,
            operator="marta",
            name="wired",
            wording=Wording.of_rehearsal(lambda: self.now),
            engine=self._engine,
            clock=lambda: self.now,
        )

    @property
    def now(self) -> datetime:
        """The time of the desk."""
        return datetime.fromtimestamp(self.clock(), UTC)

    def pass_time(self, seconds: float) -> None:
        """Let time pass."""
        self.clock.now += seconds

    def hurry(self, *, hurried: bool) -> None:
        """Have little patience, or the usual."""
        self.http._timeouts = IN_A_HURRY if hurried else Timeouts()
        if self.http._opened is not None:
            self.http._opened.timeout = self.http._patience(read=self.http._timeouts.read)

    # -- reading -----------------------------------------------------------------------------------

    async def poll(self) -> float:
        """Poll once; returns the pause after it."""
        return await self.runner.poll_once(BACKOFF)

    async def catch_up(self, most: int = 60) -> None:
        """Poll until the source says that this was all."""
        for _ in range(most):
            if await self.poll() > 0:
                return
        raise AssertionError(f"{most} pages, and no end of it")

    def arrivals(self) -> list[str]:
        """Return the texts of other people's comments as often as the journal wrote them down, without our name."""
        events = Reader(self.folder).new()
        seen = [comment for event in events if isinstance(event, Seen) for comment in event.comments]
        return [comment.text.removeprefix("@museum ") for comment in seen if not comment.author.is_self]

    async def look_again(self) -> None:
        """Let the time come at which open comments are asked for again."""
        self.pass_time(EVERY.total_seconds() + 1)
        await self.catch_up()

    def item(self) -> Item:
        """Return the first comment of somebody else, as it stands."""
        with self.ledger.reading() as inbox:
            return next(item for key in inbox.items.hot if not (item := inbox.items[key]).own)

    def items(self) -> list[Item]:
        """Return the comments of others."""
        with self.ledger.reading() as inbox:
            return [item for key in inbox.items.hot if not (item := inbox.items[key]).own]

    # -- acting ------------------------------------------------------------------------------------

    async def act(self, act: desk.Reply | desk.Hide) -> OutboxEntry:
        """Decide something about the first comment, and let its countdown pass; returns what waits to be sent."""
        done = await self.sat.act(act, [self.item().key])
        assert not done.refused
        self.pass_time(60)
        return self.entry

    @property
    def entry(self) -> OutboxEntry:
        """What was decided, as it stands."""
        (entry,) = self.ledger.inbox.outbox.values()
        return entry

    @property
    def is_sent(self) -> bool:
        """Whether the desk says that it is done."""
        return self.entry.state is DeliveryState.SENT

    async def restart(self) -> None:
        """Let another engine take the outbox over, as after a crash."""
        self.dispatcher = Dispatcher(self.ledger.inbox, {"museum": self.connector}, self._decide, lambda: self.now)
        await self.dispatcher.recover()

    async def dispatch(self) -> None:
        """Send what is due now, once."""
        await self.dispatcher.step(self.now)

    async def carry_on(self, most: int = 20) -> None:
        """Send whatever becomes due, however late, until nothing does by itself."""
        for _ in range(most):
            due = await self.dispatcher.step(self.now)
            if due is None:
                return
            self.clock.now = max(self.clock.now, due.timestamp())
        raise AssertionError("it never comes to rest")

    async def retry(self) -> None:
        """Let the operator, back from lunch, say that it is to be sent again."""
        self.pass_time(2 * 3600)
        done = await self.sat.settle(self.entry.id, "retry")
        assert not done.refused

    # -- what the engine does ----------------------------------------------------------------------

    async def _ingest(self, source: str, batch: Batch) -> None:
        self._engine.reception.ingest(source, batch)

    async def _settle(self, source: str, found: Sequence[Comment | Gone]) -> None:
        self._engine.reception.look_again(source, found)

    async def _decide(self, decide: Decide) -> bool:
        def decided(inbox: Inbox) -> tuple[Sequence[AnyEvent], bool]:
            events = decide(inbox)
            return events, bool(events)

        return self.ledger.transact(decided, human=True)


@asynccontextmanager
async def wired_desk(folder: Path, stage: Stage, tls: ssl.SSLContext | None = None) -> AsyncIterator[WiredDesk]:
    """Open a desk on a platform that is on the wire, in the clear or behind a certificate."""
    server = FaultServer(stage.answer, spared=stage.is_introduction, tls=tls)
    with opened(server):
        wired = WiredDesk(folder, stage, server)
        try:
            yield wired
        finally:
            await wired.connector.aclose()
            await wired.http.aclose()
            wired.ledger.close()
