"""Engine: sources, reception, outbox and clockwork of one desk, in a thread with an event loop of its own."""

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from connectors._contract import Connector
from connectors._model import Batch, Comment, Gone
from inbox.alerts.alarm import Alarm
from inbox.corridor import letting_back
from inbox.crisis import over
from inbox.dispatch import USUAL, Decide, Dispatcher, Waits
from inbox.events import AnyEvent, StateSet
from inbox.fold import Inbox
from inbox.glance import SourceHealth
from inbox.guard import guarded
from inbox.item import TriageState
from inbox.ledger import Ledger
from inbox.notices import coming_down
from inbox.reception import Reception
from inbox.sources import SourceRunner
from inbox.store_errors import StoreError
from scoring.thresholds import DEFAULT, Thresholds

log = logging.getLogger(__name__)

TICK = 5.0
"""Seconds between two looks at the clock (snoozed items, the status file)."""
STOP_WITHIN = 7.0
"""Seconds an orderly stop may take; what is being sent then stays in doubt and is settled at the next start."""
CLOSE_WITHIN = 2.0
"""Seconds that one connector may take to let go."""
HEARD_WITHIN = 10.0
"""Seconds that whoever asks for situations waits for those of the past to be read again."""


def utc_now() -> datetime:
    """Return the present moment, aware."""
    return datetime.now(UTC)


class Engine:
    """What runs whether or not a screen looks: one a desk, the only writer of its ledger besides its operators.

    Attributes:
        ledger: the desk's truth.
        connectors: the live connectors by source name.
        reception: where comments arrive, and what it knows of situations.
    """

    def __init__(
        self,
        ledger: Ledger,
        connectors: Mapping[str, Connector],
        *,
        clock: Callable[[], datetime] = utc_now,
        on_tick: Callable[[], None] = lambda: None,
        service: Callable[[], Awaitable[None]] | None = None,
        thresholds: Thresholds = DEFAULT,
        alarm: Alarm | None = None,
        waits: Waits = USUAL,
    ) -> None:
        """Prepare; `start` begins.

        Args:
            ledger: the desk's truth, owned by this process.
            connectors: one a source.
            clock: the time, aware.
            on_tick: called every few seconds from the engine's thread (the status file).
            service: runs on the engine's loop for as long as it does (the socket for other sessions).
            thresholds: from which score this house calls a text tense or heated.
            alarm: tells whoever is on watch what cannot wait.
            waits: how long the outbox waits for a platform.
        """
        self._waits = waits
        self.ledger = ledger
        self.connectors = connectors
        self._clock = clock
        self._on_tick = on_tick
        self._service = service
        self._alarm = alarm
        self.reception = Reception(
            ledger, {name: c.name for name, c in connectors.items()}, clock=clock, thresholds=thresholds
        )
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = threading.Thread(target=self._run, name="becalm-engine", daemon=True)
        self._wake = asyncio.Event()
        self._runners: dict[str, SourceRunner] = {}
        self._main: asyncio.Task[None] | None = None
        self._started = threading.Event()

    # -- life --------------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin in a thread of its own; returns at once."""
        self._thread.start()
        self._started.wait()

    def stop(self) -> None:
        """End in order: what is being sent gets its answer recorded or stays in doubt, nothing is lost."""
        if self._call(lambda: self._main.cancel() if self._main else None):
            self._thread.join(STOP_WITHIN)

    def wake(self) -> None:
        """Let the dispatcher look at the outbox now."""
        self._call(self._wake.set)

    def nudge(self, source: str) -> None:
        """Poll a source now."""
        runner = self._runners.get(source)
        if runner is not None:
            self._call(runner.nudge)

    def _call(self, what: Callable[[], object]) -> bool:
        """Call something on the engine's loop, if it runs."""
        if self._loop is None:
            return False
        try:
            self._loop.call_soon_threadsafe(what)
        except RuntimeError:  # the loop has just been closed
            return False
        return True

    def wait_until_heard(self) -> None:
        """Wait, a few seconds at most, until a started engine has read its situations again."""
        if self._loop is not None:
            self.reception.remembered.wait(HEARD_WITHIN)

    def health(self) -> list[SourceHealth]:
        """Tell how each source is doing."""
        return [runner.health for runner in tuple(self._runners.values())]

    def _run(self) -> None:
        try:
            with asyncio.Runner() as runner:
                self._loop = runner.get_loop()
                runner.run(self._begin())
        except asyncio.CancelledError:
            pass
        except BaseException:  # a thread that ends by SystemExit would say nothing at all
            log.exception("the engine stopped")
            self.ledger.halted = "the engine stopped: see the log, and start again"
            self.ledger.tell()
        finally:
            self._started.set()

    async def _begin(self) -> None:
        self._main = asyncio.current_task()
        self._started.set()
        await self._live()

    async def _live(self) -> None:
        dispatcher = Dispatcher(self.ledger.inbox, self.connectors, self._decide, self._clock, self._waits)
        try:
            async with asyncio.TaskGroup() as tasks:
                for name, connector in self.connectors.items():
                    self._runners[name] = SourceRunner(
                        connector,
                        inbox=self.ledger.inbox,
                        ingest=self._ingest,
                        settle=self._settle,
                        clock=self._clock,
                        changed=self.ledger.tell,
                    )
                tasks.create_task(self._feed(tasks))
                if self.connectors:  # without any, a private act came by: what waits is not for it to judge
                    tasks.create_task(self._dispatch(dispatcher))
                tasks.create_task(self._tick())
                tasks.create_task(self._watch())
                tasks.create_task(self._serve())
        finally:
            await self._let_go()

    async def _let_go(self) -> None:
        """Close the connectors and their clients; one that will not close keeps nobody waiting."""
        clients = {id(http): http for c in self.connectors.values() if (http := getattr(c, "http", None)) is not None}
        for held in (*self.connectors.values(), *clients.values()):
            try:
                async with asyncio.timeout(CLOSE_WITHIN):
                    await guarded(held.aclose())
            except Exception:  # a stranger's connector may break in any way
                log.exception("something did not close")

    async def _serve(self) -> None:
        if self._service is None:
            return
        try:
            await self._service()
        except OSError as error:  # no socket here (a long path, a strange file system): this session works all the same
            log.warning("other sessions cannot sit down at this desk: %s", error)

    async def _feed(self, tasks: asyncio.TaskGroup) -> None:
        await asyncio.to_thread(self.reception.remember)
        for runner in self._runners.values():
            tasks.create_task(runner.run())

    async def _ingest(self, source: str, batch: Batch) -> None:
        await asyncio.to_thread(self.reception.ingest, source, batch)

    async def _settle(self, source: str, found: Sequence[Comment | Gone]) -> None:
        await asyncio.to_thread(self.reception.look_again, source, found)

    # -- departures and the clock ------------------------------------------------------------------

    async def _decide(self, decide: Decide) -> bool:
        def decided(inbox: Inbox) -> tuple[Sequence[AnyEvent], bool]:
            events = decide(inbox)
            return events, bool(events)

        return await asyncio.to_thread(self.ledger.transact, decided, human=True)

    async def _dispatch(self, dispatcher: Dispatcher) -> None:
        recovered = False
        while True:
            self._wake.clear()
            try:
                if not recovered:
                    await dispatcher.recover()
                    recovered = True
                due = await dispatcher.step(self._clock())
            except StoreError as error:
                log.warning("the outbox waits for the storage: %s", error.message)
                due = self._clock() + timedelta(seconds=TICK)
            except Exception:  # one faulty sending must not end all the others
                log.exception("the outbox stumbled")
                due = self._clock() + timedelta(seconds=TICK)
            pause = None if due is None else max(0.0, (due - self._clock()).total_seconds())
            try:
                async with asyncio.timeout(pause):
                    await self._wake.wait()
            except TimeoutError:
                pass

    async def _tick(self) -> None:
        while True:
            try:
                await self._wake_snoozed()
                await self._take_notices_down()
            except StoreError as error:
                log.warning("snoozed items and notices wait for the storage: %s", error.message)
            await asyncio.to_thread(self._let_time_pass)
            await asyncio.sleep(TICK)

    async def _watch(self) -> None:
        """Tell what cannot wait; beside the clock, for a channel that does not answer must not stop it."""
        while self._alarm is not None:
            try:
                await self._alarm.look(self.ledger, self.health(), self.reception.situations)
            except StoreError as error:
                log.warning("alerts wait for the storage: %s", error.message)
            await asyncio.sleep(TICK)

    def _let_time_pass(self) -> None:
        try:
            if self.reception.let_time_pass():
                self.ledger.tell()
            self.ledger.transact(lambda inbox: (over(inbox, self._clock()), None), human=False)
        except StoreError as error:
            log.warning("what ended waits for the storage: %s", error.message)
        self._on_tick()

    async def _wake_snoozed(self) -> None:
        now = self._clock()

        def decide(inbox: Inbox) -> Sequence[AnyEvent]:
            due = tuple(k for k in inbox.snoozed if (u := inbox.items[k].snoozed_until) is not None and u <= now)
            return [StateSet(at=now, keys=due, state=TriageState.NEW)] if due else []

        await self._decide(decide)

    async def _take_notices_down(self) -> None:
        def over(inbox: Inbox) -> list[AnyEvent]:
            now = self._clock()
            return [*coming_down(inbox, now), *letting_back(inbox, now)]

        if await self._decide(over):
            self._wake.set()
