"""Lives of a desk, as its disk sees them: comments come, acts are done, snapshots written, people erased; and what must be left.

A life runs in a forked process that tells each thing it acknowledges; whatever ends it, `judge` says what is left.
"""

import os
import random
import select
import signal
import traceback
from collections.abc import Callable
from pathlib import Path

from brittle import Disk, use
from builders import NOON, comment, seen
from msgspec import Struct

from inbox import compaction, snapshot
from inbox.events import StateSet
from inbox.fold import Inbox
from inbox.item import TriageState
from inbox.ledger import Ledger
from inbox.store import Store
from inbox.store_errors import StoreError

SEGMENT_BYTES = 4096
BALLAST_BYTES = 2048
STEPS = 24
"""Things done in one life, if nothing ends it."""
REFUSALS = 6
"""Refused things after which somebody makes room on a full disk."""

Tell = Callable[[str], object]


def ledger_of(folder: Path) -> Ledger:
    """Open a desk as `inbox.opening` does."""
    ledger = Ledger(Store(folder, holder="the life", segment_bytes=SEGMENT_BYTES, ballast_bytes=BALLAST_BYTES))
    try:
        ledger.finish_erasing()
    except BaseException:
        ledger.close()
        raise
    return ledger


class Life:
    """One process's time at a desk: `live` does one thing after the other and tells what is acknowledged."""

    def __init__(self, disk: Disk, first: int, tell: Tell, chance: random.Random) -> None:
        self._disk = disk
        self._next = first
        self._tell = tell
        self._chance = chance
        self._keys: list[str] = []
        self._people: list[str] = []
        self._refused = 0

    def live(self) -> None:
        """Open the desk, do everything, close it."""
        disk, chance = self._disk, self._chance
        disk.phase = "open"
        ledger = self._open()
        steps = [self._arrive] * 6 + [self._done] * 3 + [self._compact] + [self._erase]
        for _ in range(STEPS):
            step = chance.choice(steps)
            disk.phase = step.__name__.strip("_")
            try:
                step(ledger)
            except (StoreError, OSError):
                if disk.room is None:
                    raise
                self._refused += 1
                if self._refused > REFUSALS:
                    disk.room = None
        disk.phase = "close"
        disk.room = None
        self._arrive(ledger)
        ledger.close()

    def _open(self) -> Ledger:
        try:
            return ledger_of(self._disk.folder)
        except (StoreError, OSError):
            if self._disk.room is None:
                raise
            self._disk.room = None  # a new desk needs some room; told so, somebody makes it
            return ledger_of(self._disk.folder)

    def _arrive(self, ledger: Ledger) -> None:
        number, self._next = self._next, self._next + 1
        key, who = f"museum/c{number:08d}", f"visiteur{number // 5:08d}"
        text = f"Salle {number} " + "x" * self._chance.randrange(300)
        self._tell(f"try {key} {who}")
        ledger.record([seen(comment(text, id=key.partition("/")[2], author=who), cursor=f"at{number}")])
        self._tell(f"seen {key} {who}")
        self._keys.append(key)
        self._people.append(who)

    def _done(self, ledger: Ledger) -> None:
        keys = tuple(
            key for key in self._chance.sample(self._keys, min(3, len(self._keys))) if key in ledger.inbox.items
        )
        ledger.record([StateSet(at=NOON, by="lou", keys=keys, state=TriageState.DONE)], human=True)
        for key in keys:
            self._tell(f"done {key} -")

    def _compact(self, ledger: Ledger) -> None:
        compaction.compact(self._disk.folder)
        ledger.settle()

    def _erase(self, ledger: Ledger) -> None:
        if not self._people:
            return
        who = self._chance.choice(self._people)
        self._people = [other for other in self._people if other != who]
        self._keys = [key for key in self._keys if ledger.inbox.items.hot[key].author != who]
        self._next += 5  # nobody of that name writes again
        self._tell(f"erase - {who}")
        _, done = ledger.erase(who, by="lou", now=NOON)
        if not done.left:
            self._tell(f"erased - {who}")


def fork_a_life(disk: Disk, first: int, seed: int, patience: float | None = None) -> list[str]:
    """Let one process live on `disk` until something ends it; return what it told.

    Args:
        disk: its disk.
        first: number of its first comment.
        seed: of what it does.
        patience: seconds after which it is killed from outside.

    Raises:
        RuntimeError: it ended by itself, with an error.
    """
    read_end, write_end = os.pipe()
    child = os.fork()
    if not child:
        os.close(read_end)
        try:
            use(disk)
            Life(disk, first, lambda line: os.write(write_end, f"{line}\n".encode()), random.Random(seed)).live()
            os.write(write_end, b"end - -\n")
            if disk.room is None:
                disk.end()
        except BaseException:  # noqa: BLE001 - told to the parent
            why = traceback.format_exc().replace("\n", " | ")
            os.write(write_end, f"failed - {why}\n".encode())
        finally:
            os._exit(0)
    os.close(write_end)
    if patience is not None:
        _kill_after(child, patience)
    with os.fdopen(read_end, "rb") as pipe:
        told = pipe.read().decode().split("\n")[:-1]
    os.waitpid(child, 0)
    if told and told[-1].startswith("failed"):
        raise RuntimeError(told[-1])
    return told


def _kill_after(child: int, patience: float) -> None:
    pid = os.pidfd_open(child)
    try:
        if not select.select([pid], [], [], patience)[0]:
            signal.pidfd_send_signal(pid, signal.SIGKILL)
    finally:
        os.close(pid)


class Judgement(Struct):
    """What is left of a desk.

    Attributes:
        lost: acknowledged things that are not there.
        unreadable: why it does not open, or "".
        different: whether its snapshots say something else than its log.
        named: people who were erased, or shut out at least, and are still named in a file.
        made_up: comments nobody brought.
    """

    lost: int = 0
    unreadable: str = ""
    different: bool = False
    named: int = 0
    made_up: int = 0

    @property
    def is_well(self) -> bool:
        """Whether everything is as it must be."""
        return self == Judgement()


def judge(folder: Path, told: list[str]) -> Judgement:
    """Open a desk after a life and compare it with what was told of it."""
    try:
        ledger_of(folder).close()  # and finish what was begun; memory is compared as the next start reads it
        ledger = ledger_of(folder)
    except StoreError as error:
        return Judgement(unreadable=str(error))
    try:
        whole = Inbox()
        for event in ledger._own().since(0):
            whole.apply(event)
        words = [line.split(" ") for line in told]
        forgotten = {who for what, _, who in words if what in {"erase", "erased"}}
        theirs = {key for what, key, who in words if what == "seen" and who in forgotten}
        tried = {key for what, key, _ in words if what == "try"}
        hot = ledger.inbox.items.hot
        lost = {
            f"{what} {key}"
            for what, key, _ in words
            if what in {"seen", "done"}
            and key not in theirs
            and (key not in hot or (what == "done" and hot[key].state is not TriageState.DONE))
        }
        return Judgement(
            lost=len(lost),
            different=ledger.inbox != whole,
            named=sum(
                _named(folder, who)
                for what, _, who in words
                if what == "erased" or (what == "erase" and ledger.is_erased("museum", who))
            ),
            made_up=len(hot.keys() - tried),
        )
    finally:
        ledger.close()


def _named(folder: Path, who: str) -> bool:
    return any(who.encode() in path.read_bytes() for path in folder.iterdir())


def snapshots_of(folder: Path) -> int:
    """Count a desk's snapshots."""
    return len(snapshot.snapshots(folder))
