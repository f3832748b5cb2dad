"""Compaction: another process checks every closed segment and writes the next snapshot; the desk goes on meanwhile.

Run as `python -m inbox.compaction FOLDER`; prints what it did and found as one JSON object. It takes no part in the
desk's lock: closed segments never change, and one lock of its own keeps two of these processes apart.
"""

import fcntl
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import msgspec

from inbox import snapshot
from inbox._disk import Sync
from inbox._places import Spill
from inbox._segments import first_of, read_lines, segments
from inbox.events import decode
from inbox.store_errors import DamagedError
from inbox.tables import events_in

LOCK = "compacting"
LOG = "events"
SHARE = 16
"""A snapshot is written once this part of the last one's size is in closed segments after it: the more there is, the
rarer, so that the work an event costs stays the same."""
SMALLEST = 4 << 20
"""Bytes of closed segments below which it is not worth it."""
PATIENCE = 3.0
"""Seconds that leaving a desk waits for a snapshot that is being written."""


class Report(msgspec.Struct, frozen=True):
    """What one run did and found.

    Attributes:
        seq: the last transaction of the snapshot it wrote, or 0.
        damaged: what is not as it was written, in English.
    """

    seq: int = 0
    damaged: tuple[str, ...] = ()


def is_due(folder: Path) -> bool:
    """Tell whether closed segments hold enough that no snapshot of this code covers."""
    covered, size = 0, 0
    for path in [path for path in snapshot.snapshots(folder) if snapshot.is_of_this_code(path)][:1]:
        covered, size = snapshot.seq_of(path), path.stat().st_size
    waiting = sum(path.stat().st_size for path in segments(folder)[:-1] if first_of(path) > covered)
    return waiting >= max(SMALLEST, size // SHARE)


def compact(folder: Path, *, sync: Sync = os.fdatasync) -> int:
    """Write the snapshot of everything in closed segments, and return the last transaction it holds; 0 for nothing new.

    Raises:
        DamagedError: a closed segment that no good snapshot covers is damaged.
        OSError: it could not be written.
    """
    for leftover in [*folder.glob("snap-*.tmp"), *folder.glob("spill-*.tmp")]:
        leftover.unlink(missing_ok=True)
    last = first_of(segments(folder)[-1]) - 1
    inbox, seq, damaged = snapshot.restore(folder, last, Spill(folder))
    if seq >= last:
        return 0
    for _, payload in read_lines(folder, after=seq, upto=last):
        for document in events_in(payload, LOG):
            inbox.apply(decode(document))
    for path in damaged:
        path.unlink(missing_ok=True)
    snapshot.write(inbox, last, folder, sync=sync)
    snapshot.prune(folder)
    return last


def check(folder: Path) -> tuple[str, ...]:
    """Read every line of the closed segments and every snapshot; return what is not as it was written."""
    return (*damaged_segments(folder), *_damaged_snapshots(folder))


def damaged_segments(folder: Path) -> tuple[str, ...]:
    """Read every line of the closed segments; return what is not as it was written."""
    found: list[str] = []
    for path, following in zip(paths := segments(folder), paths[1:], strict=False):
        try:
            for _ in read_lines(folder, after=first_of(path) - 1, upto=first_of(following) - 1):
                pass
        except DamagedError as error:
            found.append(str(error))
    return tuple(found)


def _damaged_snapshots(folder: Path) -> tuple[str, ...]:
    found: list[str] = []
    for path in snapshot.snapshots(folder):
        try:
            snapshot.verify(path)
        except snapshot.UnusableError as error:
            if error.damaged:
                found.append(f"{path} is damaged: it is not used, and written anew")
        except OSError:  # replaced meanwhile
            continue
    return tuple(found)


def alone(folder: Path) -> int:
    """Take the lock of those who change closed files; wait for it, and return the descriptor that keeps it."""
    fd = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX)
    except BaseException:
        os.close(fd)
        raise
    return fd


def main(folder: Path) -> None:
    """Check everything, write a snapshot if one is due, and say so."""
    os.nice(10)
    lock = alone(folder)
    try:
        damaged = check(folder)
        report = Report(compact(folder) if damaged or is_due(folder) else 0, damaged)
    except (DamagedError, OSError) as error:
        report = Report(0, (str(error),))
    finally:
        os.close(lock)
    with suppress(BrokenPipeError):  # whoever asked is gone; what was done is done
        os.write(sys.stdout.fileno(), msgspec.json.encode(report) + b"\n")


class Keeper:
    """Has one folder compacted or swept whenever that is due, and checked once after each start; never in this process.

    Attributes:
        failed: whether the last sweep could not be done; the next start tries again.
    """

    def __init__(self, folder: Path, heard: Callable[[Report], None]) -> None:
        """Look after `folder`; `heard` is told what came of each run."""
        self._folder = folder
        self._heard = heard
        self.failed = False
        self._running: subprocess.Popen[bytes] | None = None
        self._sweeping = False
        self._closed = 0
        self._left = False
        self._looking = threading.Lock()

    def look(self, *, sweep: Callable[[], bool] = lambda: False) -> bool:
        """Start a run if there is a reason and none is going on, or hear what the last one says; never waits.

        Args:
            sweep: tells, before a run begins, whether there is something to take out of closed files (`inbox.sweeping`).

        Returns:
            Whether a run goes on.
        """
        with self._looking:
            if self._running is not None and self._running.poll() is not None:
                self._finish(self._running)
            if self._running is None and not self._left:
                self._begin(sweep)
            return self._running is not None

    def _begin(self, sweep: Callable[[], bool]) -> None:
        self._sweeping = not self.failed and sweep()
        if self._sweeping:
            self._run("inbox.sweeping")
            return
        try:
            closed = len(segments(self._folder)) - 1
            due = closed > self._closed and (not self._closed or is_due(self._folder))
        except OSError:  # a segment or snapshot was replaced while we looked
            return
        if due:  # and not again before there is more: what failed would fail again
            self._closed = closed
            self._run("inbox.compaction")

    def _run(self, module: str) -> None:
        from inbox.config_secrets import environment

        command = [sys.executable, "-m", module, str(self._folder)]
        # a session of its own: Ctrl-C in the terminal is meant for the desk
        self._running = subprocess.Popen(  # noqa: S603 - our own module
            command, stdout=subprocess.PIPE, start_new_session=True, env=environment()
        )

    def _finish(self, run: subprocess.Popen[bytes]) -> None:
        said, _ = run.communicate()
        self._running = None
        try:
            report = msgspec.json.decode(said, type=Report)
        except msgspec.DecodeError:
            report = Report(0, (f"the compaction of {self._folder} ended without a word: see the log",))
        self.failed = self.failed or (self._sweeping and bool(report.damaged))
        self._heard(report)

    def close(self) -> None:
        """Wait a little for a run that goes on, then end it: what it had not finished is as if it had not begun."""
        self._left = True
        if self._running is None:
            return
        try:
            self._running.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._running.terminate()
        self._running.communicate()
        self._running = None


if __name__ == "__main__":
    main(Path(sys.argv[1]))
