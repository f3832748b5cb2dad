"""Watching a storm: a desk whose engine is killed and started again, and every claim it makes held against the platform."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from inbox.opening import look_on, socket_of
from inbox.outbox import DeliveryState, OutboxEntry
from inbox.progress import Progress
from inbox.remote import LostError, RemoteDesk
from inbox.wording import Wording

LIMIT = 240.0
"""Seconds after which a storm has failed, on the slowest machine."""
CERTAIN = frozenset({DeliveryState.SENT, DeliveryState.BY_HAND})
NOT_GONE = frozenset({DeliveryState.REJECTED, DeliveryState.TAKEN_BACK})


class Watched(Protocol):
    """A platform that counts what it did.

    Attributes:
        busy: requests that arrived and have not been carried out or refused yet.
    """

    busy: int

    def aim(self, kill: Callable[[], None]) -> None:
        """Let `kill` end the desk under test at once."""

    def carried_out(self) -> dict[tuple[str, str], int]:
        """Tell how often each thing was done so far."""

    def deed(self, entry: OutboxEntry) -> tuple[str, str]:
        """Name what a sending does as the platform counts it."""

    def address(self, entry: OutboxEntry) -> str:
        """Tell where a text that arrived can be seen."""


class Storm:
    """An engine in a process of its own, its platform in ours, and what was found to be a lie.

    Attributes:
        lies: claims that the platform contradicts.
        looks: how many claims were held against it.
        kills: how often the engine was killed.
        asked: the questions a human was asked, each a sending and its attempt: one that is answered in the very moment of
            a kill is asked again, or not, and was one question all the same.
    """

    def __init__(self, folder: Path, platform: Watched, program: str, *arguments: str) -> None:
        """Watch the desk in `folder` that a program of this folder runs, given the folder and these arguments."""
        self._folder = folder
        self._command = [sys.executable, str(Path(__file__).with_name(program)), str(folder), *arguments]
        self._platform = platform
        self._process: subprocess.Popen[str] | None = None
        self.lies: list[str] = []
        self.looks = 0
        self.kills = 0
        self.asked: set[tuple[str, int]] = set()
        self.desk: RemoteDesk
        self.changed = asyncio.Event()
        platform.aim(self._kill)

    def _kill(self) -> None:
        """End the engine at once; called by the platform, in the midst of a request."""
        if self._process is not None:
            self.kills += 1
            os.kill(self._process.pid, signal.SIGKILL)

    async def __aenter__(self) -> Self:
        """Start the engine."""
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None
    ) -> None:
        """End it."""
        await self.desk.aclose()
        process = self._process
        assert process is not None
        process.kill()
        await asyncio.to_thread(process.wait)
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()

    async def start(self) -> None:
        """Start the engine, again where it was killed, and sit down at its desk."""
        begin = partial(subprocess.Popen, self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._process = process = await asyncio.to_thread(begin)
        assert process.stdout is not None
        await asyncio.to_thread(process.stdout.readline)
        while True:
            with suppress(LostError):
                self.desk = await RemoteDesk.attach(socket_of(self._folder), "marta")
                break
        self.desk.subscribe(lambda _: self.changed.set())
        self.changed.set()

    async def after_a_kill(self) -> None:
        """Look at what is on disk while nothing runs, then start again."""
        assert self._process is not None
        await asyncio.to_thread(self._process.wait)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        wording = Wording.of_rehearsal(lambda: datetime.now(UTC))
        onlooker = look_on(self._folder, operator="lou", name="storm", wording=wording, follow=False)
        with self._held_against_the_platform() as told:
            told.extend(await onlooker.outbox())
        await onlooker.aclose()
        await self.start()

    async def look(self) -> tuple[list[OutboxEntry], list[Progress]]:
        """Ask the desk how everything stands, and hold that against the platform."""
        told: list[OutboxEntry] = []
        for name in await self._acts():
            with self._held_against_the_platform() as claimed:
                claimed.extend(await self.desk.outbox(name))
            told += claimed
        before = self._platform.carried_out()
        acts = await self.desk.progress()
        after = self._platform.carried_out()
        for act in acts:
            mine = [self._platform.deed(e) for e in told if e.act == act.act]
            if act.left > sum(d in after for d in mine):
                self.lies.append(f"{act} claims more than the {sum(d in after for d in mine)} that arrived")
            # what was in doubt and was decided again waits, and may have arrived all the same
            again = sum(e.in_doubt and e.state is DeliveryState.QUEUED for e in told if e.act == act.act)
            if sum(d in before for d in mine) > act.left + act.sending + act.unknown + again:
                self.lies.append(f"{act} claims less than the {sum(d in before for d in mine)} that arrived")
            if act.total != act.left + act.sending + act.waiting + act.refused + act.unknown + act.taken_back:
                self.lies.append(f"{act} does not add up")
        return told, acts

    async def _acts(self) -> list[str]:
        return list(dict.fromkeys(entry.act for entry in await self.desk.outbox()))

    @contextmanager
    def _held_against_the_platform(self) -> Iterator[list[OutboxEntry]]:
        """Take claims in, made between two looks at the platform."""
        claimed: list[OutboxEntry] = []
        before = self._platform.carried_out()
        yield claimed
        after = self._platform.carried_out()
        self.looks += len(claimed)
        for entry in claimed:
            if entry.state in CERTAIN and self._platform.deed(entry) not in after:
                self.lies.append(f"{self._platform.deed(entry)} is said to be {entry.state}, and never happened")
            if (
                (entry.can_be_taken_back or entry.state in NOT_GONE)
                and not entry.in_doubt
                and self._platform.deed(entry) in before
            ):
                self.lies.append(f"{self._platform.deed(entry)} is said to be {entry.state}, and has happened")

    async def answer_questions(self, told: list[OutboxEntry]) -> None:
        """Do what a careful human does who is asked: look at the platform, then say "sent" or "retry"."""
        for entry in told:
            if (
                entry.state is not DeliveryState.UNKNOWN
                or "look at the platform" not in entry.hint
                or self._platform.busy
            ):
                continue
            seen = self._platform.deed(entry) in self._platform.carried_out()
            address = self._platform.address(entry) if seen else ""
            self.asked.add((entry.id, entry.attempts))  # first: the answer may be kept, and the line cut all the same
            await self.desk.settle(entry.id, "sent" if seen else "retry", address)

    async def arrivals(self, count: int) -> list[str]:
        """Wait for the comments; return their keys."""
        async with asyncio.timeout(LIMIT):
            while True:
                self.changed.clear()
                view = await self.desk.open_view("is:any -is:own")
                if view.total == count:
                    return [row.key for row in (await self.desk.page(view.id, 0, count)).rows]
                await self.changed.wait()

    async def weather(self, until: int = 0) -> tuple[list[OutboxEntry], list[Progress]]:
        """Watch, start the engine again where it was killed, answer what is asked, until all is said or `until` have left.

        Returns every sending, and how the acts stand.
        """
        async with asyncio.timeout(LIMIT):
            while True:
                self.changed.clear()
                try:
                    told, acts = await self.look()
                    await self.answer_questions(told)
                    if not any(entry.is_pending for entry in told) or (until and acts[-1].left >= until):
                        return told, acts
                    await self.changed.wait()
                    if self.desk.lost.is_set():
                        await self.after_a_kill()
                except LostError:
                    await self.after_a_kill()
