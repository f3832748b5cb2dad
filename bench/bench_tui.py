"""The interface measured: bytes on the wire for each gesture, idle and under a feed, and the time a cursor key takes.

Run: python bench/bench_tui.py [ITEMS]; peers (aerc, neomutt) are only named when they are installed.
"""

import asyncio
import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

import tui.environment  # noqa: F401 - before Textual, as the program does

# isort: split
import pexpect
from textual import events

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from sitting import Room, Seat, seated

BECALM = str(Path(sys.executable).with_name("becalm"))
KEYS = 200
GOALS = {"cursor move": 109, "page down": 3540, "step past the edge (average)": 708, "idle, 10 s": 0}


def start(*options: str) -> "pexpect.spawn[bytes]":
    """Start the demo in a terminal of 80x24 and wait until it stands still."""
    env = os.environ | {"TERM": "xterm-256color", "BECALM_OPERATOR": "bench", "LANG": "C.UTF-8"}
    child = pexpect.spawn(BECALM, ["demo", *options], env=env, dimensions=(24, 80), timeout=60)
    child.delaybeforesend = None
    child.expect(b"\xe2\x96\x8c")
    drain(child, 3.0)
    return child


def drain(child: "pexpect.spawn[bytes]", seconds: float) -> int:
    """Read for some seconds; returns how many bytes came."""
    until, count = time.monotonic() + seconds, 0
    while (left := until - time.monotonic()) > 0:
        try:
            count += len(child.read_nonblocking(65_536, timeout=left))
        except pexpect.TIMEOUT:
            break
    return count


def gesture(child: "pexpect.spawn[bytes]", key: str, times: int, pause: float) -> float:
    """Press a key some times; returns the bytes of one."""
    total = 0
    for _ in range(times):
        child.send(key)
        total += drain(child, pause)
    return total / times


def wire() -> dict[str, float]:
    """Measure bytes at 80x24."""
    found: dict[str, float] = {}
    child = start("--comments", "2000", "--speed", "0", "--low-bandwidth")
    gesture(child, "j", 1, 0.5)
    gesture(child, "g", 1, 0.5)
    found["cursor move"] = gesture(child, "j", 4, 0.08)
    found["step past the edge (average)"] = gesture(child, "j", 40, 0.08)
    found["page down"] = gesture(child, "\x1b[6~", 10, 0.3)
    drain(child, 2)
    found["idle, 10 s"] = drain(child, 10)
    child.close(force=True)
    child = start("--comments", "2000", "--speed", "0")
    found["cursor move, then rest: detail follows"] = gesture(child, "j", 5, 0.6)
    child.close(force=True)
    for rate in (10, 1000):
        child = start("--comments", "2000", "--rate", str(rate))
        child.send("j")
        drain(child, 8)
        found[f"hands off, {rate} comments/s: bytes a second"] = drain(child, 10) / 10
        child.close(force=True)
    return found


async def key_times(items: int) -> list[float]:
    """Time a cursor key in process, from the key to the painted frame, in milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        room = Room(Path(folder) / "desk")
        room.arrive(*(f"commentaire {n} sur une exposition" for n in range(items)))
        async with seated(room) as seat:
            times = [await one_key(seat) for _ in range(KEYS)]
        room.ledger.close()
    return times[20:]


async def one_key(seat: Seat) -> float:
    """Press j; wait for the frame."""
    painted = asyncio.Event()
    seat.app.post_display_hook = painted.set  # type: ignore[method-assign]  # Textual's own hook for tests
    began = time.perf_counter()
    seat.app.post_message(events.Key("j", "j"))
    await asyncio.wait_for(painted.wait(), 5)
    return (time.perf_counter() - began) * 1000


def main() -> None:
    """Print the tables."""
    items = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    print(f"{'at 80x24':<48}{'bytes':>10}{'goal':>10}")
    for what, value in wire().items():
        print(f"{what:<48}{value:>10.0f}{GOALS.get(what, ''):>10}")
    print(f"\n{'cursor key, in process (ms)':<48}{'median':>10}{'p99':>10}")
    for count in (1000, items):
        times = asyncio.run(key_times(count))
        p99 = statistics.quantiles(times, n=100)[98]
        print(f"{count:>10} items{'':<32}{statistics.median(times):>10.2f}{p99:>10.2f}")
    for peer in ("aerc", "neomutt"):
        print(f"{peer}: {'installed' if shutil.which(peer) else 'not installed, not measured'}")


if __name__ == "__main__":
    main()
