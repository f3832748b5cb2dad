"""Kill a desk that takes comments in, acts and compacts, over and over, and count what was lost or differs.

Run as a program: compaction_kills.py FOLDER TRIALS SEED. Each trial forks a child that opens the desk, records
comments, closes some, and writes a snapshot every few of them; it tells each acknowledged key through a pipe and dies by
SIGKILL, from outside at a random moment or from inside at an aimed one: in a write, before or after an fsync of the log,
before or after an fsync of a snapshot (that is before and after its rename). Then the desk is opened with its snapshots
and without: both must hold everything acknowledged and be equal. Prints one JSON object.
"""

import io
import json
import os
import random
import signal
import sys
from collections import Counter
from pathlib import Path

from builders import NOON, comment, seen
from kills import MOMENTS, Fate, _listen

from inbox import compaction, snapshot
from inbox.events import StateSet
from inbox.fold import Inbox
from inbox.item import TriageState
from inbox.ledger import Ledger
from inbox.store import Store
from inbox.store_errors import StoreError

AIMED = (*MOMENTS, "before an fsync of a snapshot", "after an fsync of a snapshot")
SEGMENT_BYTES = 4096
TRIALS_A_DESK = 20
"""Kills after which a fresh desk begins, so that young desks are killed too."""


def live_until_killed(folder: Path, first: int, moment: str, fate: Fate, acknowledge: int) -> None:
    """Record, close and compact for ever."""
    ours = fate if " of a snapshot" not in moment else Fate("", 0, 0.0)
    theirs = fate if ours is not fate else Fate("", 0, 0.0)
    store = Store(
        folder, holder="the child", segment_bytes=SEGMENT_BYTES, ballast_bytes=0, fsync=ours.fsync, write=ours.write
    )
    ledger = Ledger(store)
    number = first
    while True:
        key = f"museum/c{number}"
        ledger.record([seen(comment(f"Salle {number}", id=f"c{number}"))])
        os.write(acknowledge, f"seen {key}\n".encode())
        if number % 3 == 0:
            ledger.record([StateSet(at=NOON, by="lou", keys=(key,), state=TriageState.DONE)], human=True)
            os.write(acknowledge, f"done {key}\n".encode())
        if number % 10 == 9:
            compaction.compact(folder, sync=theirs.fsync)
        number += 1


def trial(folder: Path, first: int, chance: random.Random) -> list[str]:
    """Let one child live and die; return what it acknowledged."""
    moment = chance.choice(AIMED)
    calls = chance.randint(1, 8 if "snapshot" in moment else 60)
    fate = Fate(moment.removesuffix(" of a snapshot"), calls, chance.random())
    patience = chance.uniform(0.001, 0.06)
    read_end, write_end = os.pipe()
    child = os.fork()
    if not child:
        os.close(read_end)
        try:
            live_until_killed(folder, first, moment, fate, write_end)
        finally:
            os._exit(9)
    os.close(write_end)
    with os.fdopen(read_end, "rb", buffering=0) as pipe:
        heard = _first_word(pipe) + _listen(pipe, patience) if moment == "outside" else b""
        if moment == "outside":
            os.kill(child, signal.SIGKILL)
        heard += pipe.read()
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        raise SystemExit(f"the child of a trial {moment} ended by itself: {status}")
    return heard.decode().split("\n")[:-1]


def _first_word(pipe: io.RawIOBase) -> bytes:
    return pipe.read(5) or b""


def check(folder: Path) -> tuple[Inbox, bool]:
    """Open the desk with its snapshots and without; return the inbox, and whether both are the same."""
    ledger = Ledger(Store(folder, holder="the check", segment_bytes=SEGMENT_BYTES, ballast_bytes=0))
    try:
        whole = Inbox()
        for event in Store.since(ledger._own(), 0):
            whole.apply(event)
        return ledger.inbox, ledger.inbox == whole
    finally:
        ledger.close()


def survived(line: str, inbox: Inbox) -> bool:
    """Tell whether what a child acknowledged is still there."""
    what, _, key = line.partition(" ")
    hot = inbox.items.hot.get(key)
    return hot is not None and (what != "done" or hot.state is TriageState.DONE)


def main(folder: Path, trials: int, seed: int) -> None:
    """Kill `trials` times in all and print the count."""
    chance = random.Random(seed)
    total = Counter(dict.fromkeys(("trials", "acknowledged", "snapshots", "lost", "unreadable", "different"), 0))
    told: set[str] = set()
    for number in range(trials):
        here = folder / str(number // TRIALS_A_DESK)
        if number % TRIALS_A_DESK == 0:
            told.clear()
        heard = trial(here, number * 10**6, chance)
        told.update(heard)
        total.update(trials=1, acknowledged=len(heard), snapshots=len(snapshot.snapshots(here)))
        try:
            inbox, same = check(here)
        except StoreError as error:
            print(error, file=sys.stderr)
            total["unreadable"] += 1
            break
        total["different"] += not same
        total["lost"] += sum(not survived(line, inbox) for line in told)
    print(json.dumps(total))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
