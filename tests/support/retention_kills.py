"""Kill a desk while it forgets what is old, over and over, and count what was lost, came back or was left in a file.

Run as a program: retention_kills.py FOLDER TRIALS SEED. Each trial makes a desk of old, done comments and young ones,
forks a child that forgets the old ones and sweeps its files, and kills it by SIGKILL just before or after a random one of
its calls that write, rename or remove anything. Then the desk is opened as it is: what the child had acknowledged as
forgotten must be gone, what is young must be there. Then the sweep is done to its end, and the files are searched byte
by byte. Prints one JSON object.
"""

import json
import os
import random
import signal
import sys
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from builders import NOON, comment, seen

from inbox import compaction, sweeping
from inbox.events import StateSet
from inbox.item import TriageState
from inbox.ledger import Ledger
from inbox.store import Store
from inbox.store_errors import StoreError
from inbox.upkeep import forget_old

NOW = NOON + timedelta(days=100)
MONTH = {"": 30}
EACH = 30
SEGMENT_BYTES = 4096
CALLS = ("fsync", "fdatasync", "replace", "unlink", "write", "pwrite", "rename", "ftruncate")


def opened(folder: Path) -> Ledger:
    return Ledger(Store(folder, holder="the check", segment_bytes=SEGMENT_BYTES, ballast_bytes=0))


def build(folder: Path) -> None:
    """Make a desk with two snapshots: half of it old and done with."""
    ledger = opened(folder)
    for n in range(EACH):
        ledger.record([seen(comment(f"secret {n}", id=f"gone-{n}"))])
        ledger.record([StateSet(at=NOON, by="lou", keys=(f"museum/gone-{n}",), state=TriageState.DONE)], human=True)
        ledger.record([seen(comment(f"young {n}", id=f"kept-{n}", at=NOW), at=NOW)])
        if n in {EACH // 2, EACH - 1}:
            compaction.compact(folder)
    ledger.close()


def doom(calls: int, *, after: bool) -> None:
    """Let this process die at its `calls`th call that changes a file."""
    left = [calls]

    def fatal(call: Callable[..., Any]) -> Callable[..., Any]:
        def called(*arguments: Any, **named: Any) -> Any:
            left[0] -= 1
            if not left[0] and not after:
                os.kill(os.getpid(), signal.SIGKILL)
            answer = call(*arguments, **named)
            if not left[0]:
                os.kill(os.getpid(), signal.SIGKILL)
            return answer

        return called

    for name in CALLS:
        setattr(os, name, fatal(getattr(os, name)))


def trial(folder: Path, chance: random.Random) -> tuple[bool, bool]:
    """Let one child forget and die; return whether it said that it had forgotten, and whether it was killed."""
    calls, after = chance.randint(1, 90), chance.random() < 0.5
    read_end, write_end = os.pipe()
    child = os.fork()
    if not child:
        os.close(read_end)
        say = os.write
        try:
            ledger = Ledger(
                Store(
                    folder, holder="the child", segment_bytes=SEGMENT_BYTES, ballast_bytes=0, fsync=_sync, write=_write
                )
            )
            doom(calls, after=after)
            forget_old(ledger, MONTH, NOW, at_once=True)
            say(write_end, b"forgotten")
            ledger.close_files()
            sweeping.sweep(folder)
            compaction.compact(folder, sync=_sync)
        finally:
            os._exit(9)
    os.close(write_end)
    with os.fdopen(read_end, "rb") as pipe:
        said = pipe.read() == b"forgotten"
    _, status = os.waitpid(child, 0)
    return said, os.WIFSIGNALED(status)


def _sync(fd: int) -> None:
    os.fdatasync(fd)


def _write(fd: int, content: Any, offset: int) -> int:
    return os.pwrite(fd, content, offset)


def main(folder: Path, trials: int, seed: int) -> None:
    """Kill `trials` times and print the count."""
    chance = random.Random(seed)
    total = Counter(dict.fromkeys(("trials", "interrupted", "lost", "back", "unreadable", "left"), 0))
    kept = {f"museum/kept-{n}" for n in range(EACH)}
    for number in range(trials):
        here = folder / str(number)
        build(here)
        said, killed = trial(here, chance)
        total.update(trials=1, interrupted=killed)
        try:
            ledger = opened(here)
        except StoreError as error:
            print(error, file=sys.stderr)
            total["unreadable"] += 1
            continue
        there = set(ledger.inbox.items)
        total["lost"] += len(kept - there)
        total["back"] += len(there - kept) if said else 0
        forget_old(ledger, MONTH, NOW, at_once=True)
        ledger.close_files()
        sweeping.sweep(here)
        ledger.reload()
        total["lost"] += len(kept - set(ledger.inbox.items))
        total["back"] += len(set(ledger.inbox.items) - kept)
        ledger.close()
        total["left"] += sum(b"secret" in path.read_bytes() for path in here.iterdir() if path.is_file())
    print(json.dumps(total))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
