"""Kill a process that appends, over and over, in one folder, and count what an acknowledged append lost.

Run as a program: kills.py FOLDER TRIALS SEED. Each trial forks a child that appends numbers from two threads and
writes each acknowledged number to a pipe; the child dies by SIGKILL, from outside at a random moment or from inside
at an aimed one: in the middle of a write, before or after an fsync. Prints one JSON object.
"""

import io
import json
import os
import random
import select
import signal
import sys
import threading
import time
from collections import Counter
from pathlib import Path

from inbox.journal import DamagedError
from inbox.tables import JournalDB

MOMENTS = ("outside", "in a write", "before an fsync", "after an fsync")
SEGMENT_BYTES = 4096


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class Fate:
    """Injected file operations that end the process at a chosen call."""

    def __init__(self, moment: str, call: int, cut: float) -> None:
        self._moment = moment
        self._left = call
        self._cut = cut

    def _is_now(self, moment: str) -> bool:
        if moment != self._moment:
            return False
        self._left -= 1
        return self._left <= 0

    def write(self, fd: int, content: bytes, offset: int) -> int:
        if self._is_now("in a write"):
            os.pwrite(fd, content[: int(len(content) * self._cut)], offset)
            _die()
        return os.pwrite(fd, content, offset)

    def fsync(self, fd: int) -> None:
        if self._is_now("before an fsync"):
            _die()
        os.fdatasync(fd)
        if self._is_now("after an fsync"):
            _die()


def append_until_killed(folder: Path, first: int, fate: Fate, acknowledge: int) -> None:
    db = JournalDB(
        folder, holder="the child", ballast_bytes=0, fsync=fate.fsync, write=fate.write, segment_bytes=SEGMENT_BYTES
    )
    log = db.log("events")
    take = threading.Lock()
    numbers = iter(range(first, first + 10**6))

    def work() -> None:
        while True:
            with take:
                number = next(numbers)
            log.append([b'{"n":%d,"pad":"%b"}' % (number, b"x" * (number % 90))])
            os.write(acknowledge, b"%d\n" % number)

    threading.Thread(target=work, daemon=True).start()
    work()


def _listen(pipe: io.RawIOBase, patience: float) -> bytes:
    """Return what comes out of the pipe within `patience` seconds."""
    heard = b""
    deadline = time.monotonic() + patience
    while (left := deadline - time.monotonic()) > 0:
        if select.select([pipe], [], [], left)[0]:
            heard += pipe.read(4096) or b""
    return heard


def trial(folder: Path, first: int, chance: random.Random) -> set[int]:
    """Let one child append and die; return what it acknowledged."""
    moment = chance.choice(MOMENTS)
    fate = Fate(moment, chance.randint(1, 60), chance.random())
    patience = chance.uniform(0.001, 0.03)
    read_end, write_end = os.pipe()
    child = os.fork()
    if not child:
        os.close(read_end)
        try:
            append_until_killed(folder, first, fate, write_end)
        finally:
            os._exit(9)
    os.close(write_end)
    with os.fdopen(read_end, "rb", buffering=0) as pipe:
        heard = _listen(pipe, patience) if moment == "outside" else b""
        if moment == "outside":
            os.kill(child, signal.SIGKILL)
        lines = (heard + pipe.read()).split(b"\n")
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        raise SystemExit(f"the child of trial {moment} ended by itself: {status}")
    return {int(line) for line in lines[:-1]}


def check(folder: Path) -> tuple[set[int], bool]:
    """Reopen the folder; return the numbers found and whether a torn tail was set aside."""
    with JournalDB(folder, holder="the check", ballast_bytes=0, segment_bytes=SEGMENT_BYTES) as db:
        found = Counter(json.loads(event)["n"] for event in db.log("events").encoded())
        if max(found.values(), default=1) > 1:
            raise SystemExit("an event is there twice")
        return set(found), db.storage.journal.torn is not None


def main(folder: Path, trials: int, seed: int) -> None:
    chance = random.Random(seed)
    acknowledged: set[int] = set()
    lost: set[int] = set()
    torn = unreadable = 0
    for number in range(trials):
        acknowledged |= trial(folder, number * 10**6, chance)
        try:
            found, was_torn = check(folder)
        except DamagedError as error:
            print(error, file=sys.stderr)
            unreadable += 1
            break
        torn += was_torn
        lost |= acknowledged - found
        # The folder starts afresh at times, so that replay stays short and young journals are killed too.
        if number % 20 == 19:
            for path in folder.iterdir():
                path.unlink()
            acknowledged.clear()
    print(json.dumps({"trials": trials, "lost": len(lost), "unreadable": unreadable, "torn": torn}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
