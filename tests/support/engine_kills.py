"""Kill a running desk over and over while comments arrive and an operator acts, and count what was lost.

Run as a program: engine_kills.py FOLDER TRIALS SEED. Each trial forks a child that opens the same desk on a fast
rehearsal, writes every acknowledged arrival and act to a pipe, and dies by SIGKILL at a random moment. Prints one
JSON object: trials, arrivals, acts, lost, unreadable, missed (comments of the story that never arrived).
"""

import asyncio
import io
import json
import os
import random
import select
import signal
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from connectors._http import Http
from connectors._rehearsal.options import RehearsalOptions
from connectors.rehearsal import Rehearsal
from inbox import desk
from inbox.fold import Inbox
from inbox.item import TriageState
from inbox.ledger import Ledger
from inbox.opening import open_desk
from inbox.store import Store
from inbox.store_errors import StoreError
from inbox.wording import Wording

TRIALS_A_DESK = 20
"""Kills after which a fresh desk begins, so that the replay stays short and young desks are killed too."""


def rehearsal(start: datetime) -> Rehearsal:
    """Connect to the story that began at `start`."""
    return Rehearsal("rehearsal", RehearsalOptions(rate=300, latency=0, start=start), Http())


def work_until_killed(folder: Path, start: datetime, acknowledge: int) -> None:
    """Open the desk and act on what arrives, telling only what is durable."""

    async def work() -> None:
        sat = open_desk(
            folder,
            {"rehearsal": rehearsal(start)},
            operator="marta",
            name="kills",
            wording=Wording.of_rehearsal(lambda: datetime.now(UTC)),
        )
        loop = asyncio.get_running_loop()
        arrived: asyncio.Queue[frozenset[str]] = asyncio.Queue()

        def tell(keys: frozenset[str]) -> None:
            loop.call_soon_threadsafe(arrived.put_nowait, keys)

        sat.subscribe(tell)
        while True:
            for key in sorted(await arrived.get()):
                os.write(acknowledge, f"seen {key}\n".encode())
                if hash(key) % 7 == 0:
                    done = await sat.act(desk.SetState(TriageState.DONE), [key])
                    if done.keys:
                        os.write(acknowledge, f"done {key}\n".encode())

    asyncio.run(work())


def trial(folder: Path, start: datetime, chance: random.Random) -> list[str]:
    """Let one child work and die; return what it acknowledged."""
    read_end, write_end = os.pipe()
    child = os.fork()
    if not child:
        os.close(read_end)
        try:
            work_until_killed(folder, start, write_end)
        finally:
            os._exit(9)
    os.close(write_end)
    with os.fdopen(read_end, "rb", buffering=0) as pipe:
        heard = _listen(pipe, chance.uniform(0.0, 0.12))
        os.kill(child, signal.SIGKILL)
        heard += pipe.read()
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        raise SystemExit(f"the child ended by itself: {status}")
    return heard.decode().split("\n")[:-1]


def _listen(pipe: io.RawIOBase, patience: float) -> bytes:
    """Wait for the first word, then `patience` seconds more."""
    heard = b""
    if select.select([pipe], [], [], 10)[0]:
        deadline = time.monotonic() + patience
        while (left := deadline - time.monotonic()) > 0:
            if select.select([pipe], [], [], left)[0]:
                heard += pipe.read(65536) or b""
    return heard


async def story_until(last: str, start: datetime) -> set[str]:
    """Read the story in one go, without any crash, by whole pages up to a cursor."""
    platform = rehearsal(start)
    end = json.loads(last)["story"]
    ids: set[str] = set()
    cursor = None
    while True:
        batch = await platform.poll(cursor)
        if json.loads(batch.cursor)["story"] > end:
            return ids
        ids |= {c.native_id for c in batch.comments}
        cursor = batch.cursor


def round_of_trials(folder: Path, trials: int, chance: random.Random) -> Counter[str]:
    """Kill one desk `trials` times; count what was acknowledged, lost and missed."""
    start = datetime.now(UTC)
    told: set[str] = set()
    count: Counter[str] = Counter(trials=trials)
    for _ in range(trials):
        told.update(trial(folder, start, chance))
        try:
            ledger = Ledger(Store(folder, holder="the check"))
        except StoreError as error:
            print(error, file=sys.stderr)
            count["unreadable"] += 1
            return count
        ledger.close()
        count["lost"] += sum(not survived(line, ledger.inbox) for line in told)
    cursor = ledger.inbox.cursors["rehearsal"]
    here = {i.comment.native_id for i in ledger.inbox.items.values()}
    count["missed"] = len(asyncio.run(story_until(cursor, start)) - here)
    count["arrivals"] = sum(line.startswith("seen") for line in told)
    count["acts"] = sum(line.startswith("done") for line in told)
    return count


def survived(line: str, inbox: Inbox) -> bool:
    """Tell whether what a child acknowledged is still there."""
    what, _, key = line.partition(" ")
    item = inbox.items.get(key)
    return item is not None and (what != "done" or item.state is TriageState.DONE)


def main(folder: Path, trials: int, seed: int) -> None:
    """Kill `trials` times in all and print the count."""
    chance = random.Random(seed)
    total = Counter(dict.fromkeys(("trials", "arrivals", "acts", "lost", "unreadable", "missed"), 0))
    for number in range(0, trials, TRIALS_A_DESK):
        total.update(round_of_trials(folder / str(number), min(TRIALS_A_DESK, trials - number), chance))
    print(json.dumps(total))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
