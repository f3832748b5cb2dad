"""Memory of real processes: the engine of a big desk, and a screen attached to it through a real terminal.

Run: python bench/bench_memory.py [COMMENTS ...]; 100,000 by default. Reads /proc, so it runs on Linux only.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import big_desk
import pexpect

from inbox.compaction import compact

BECALM = str(Path(sys.executable).with_name("becalm"))
CONFIG = 'operator = "bench"\n\n[sources.storm]\nplatform = "rehearsal"\ncomments = 200\nspeed = 1\n'
GOALS = {"engine": 150.0, "screen": 100.0}
"""MiB at 100,000 comments."""
SETTLED = 15.0
"""Seconds without growth after which a process has what it needs."""


def resident(pid: int) -> float:
    """Return a process's resident memory in MiB."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    assert found is not None
    return int(found[1]) / 1024


def at_rest(pid: int, terminal: "pexpect.spawn[bytes] | None" = None) -> float:
    """Wait until a process grows no more, reading what its terminal shows; return its memory."""
    most, since = 0.0, time.monotonic()
    while time.monotonic() - since < SETTLED:
        if terminal is None:
            time.sleep(0.5)
        else:
            drain(terminal, 0.5)
        now = resident(pid)
        if now > most + 0.5:
            most, since = now, time.monotonic()
    return resident(pid)


def drain(terminal: "pexpect.spawn[bytes]", seconds: float) -> None:
    """Read for some seconds."""
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        try:
            terminal.read_nonblocking(65_536, timeout=left)
        except pexpect.TIMEOUT:
            return


def measure(home: Path, comments: int) -> list[tuple[str, float]]:
    """Run an engine and a screen on a desk of that many comments; return what each takes, in MiB."""
    desk = home / "desks" / "main"
    big_desk.build(desk, comments)
    compact(desk)
    (home / "config.toml").write_text(CONFIG, encoding="utf-8")
    env = os.environ | {"BECALM_HOME": str(home), "TERM": "xterm-256color", "LANG": "C.UTF-8"}
    engine = subprocess.Popen([BECALM, "watch", "--quiet"], env=env)
    screen: pexpect.spawn[bytes] | None = None
    found: list[tuple[str, float]] = []
    try:
        while not (desk / "desk.sock").exists():
            assert engine.poll() is None, "the engine ended"
            time.sleep(0.1)
        found.append(("engine", at_rest(engine.pid)))
        screen = pexpect.spawn(BECALM, [], env=env, dimensions=(24, 80), timeout=60)
        screen.expect(b"\xe2\x96\x8c")
        found.append(("screen", at_rest(screen.pid, screen)))
        for key in ["j"] * 100 + ["\x1b[6~"] * 40:
            screen.send(key)
            drain(screen, 0.02)
        found.append(("screen, after 140 keys", at_rest(screen.pid, screen)))
        found.append(("engine, with that screen", at_rest(engine.pid)))
    finally:
        if screen is not None:
            screen.close(force=True)
        engine.terminate()
        engine.wait()
    return found


def main(sizes: list[int]) -> None:
    """Print the table."""
    print(f"{'resident memory, MiB':<46}{'comments':>12}{'measured':>12}{'goal':>12}")
    for size in sizes:
        with tempfile.TemporaryDirectory(dir=".") as home:
            for what, mib in measure(Path(home).resolve(), size):
                goal = f"{GOALS[what.partition(',')[0]]:.0f}" if size <= 100_000 else "-"
                print(f"{what:<46}{size:>12,}{mib:>12.0f}{goal:>12}", flush=True)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [100_000])
