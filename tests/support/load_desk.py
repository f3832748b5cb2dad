"""A desk with eight sources under a flood, in a process of its own whose memory is its own: loses nothing, doubles nothing.

Run as a program: load_desk.py FOLDER SECONDS RATE SEED. Prints one line of JSON with the figures.
"""

import asyncio
import json
import os
import subprocess
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]  # it ships no types

from connectors._contract import Connector
from connectors._http import Http
from connectors._mastodon_options import MastodonOptions
from connectors._secret import Secret
from connectors._wordpress_options import WordPressOptions
from connectors.mastodon import Mastodon
from connectors.wordpress import WordPress
from inbox.local import LocalDesk
from inbox.opening import open_desk
from inbox.wording import Wording

LATE = 90.0
"""Seconds after the last arrival within which everything must be there: three polls."""


def sources(ports: list[int]) -> dict[str, Connector]:
    """Make one connector a port, in the order in which the server alternates."""
    http = Http()
    made: dict[str, Connector] = {}
    for number, port in enumerate(ports):
        name, base = f"s{number}", f"http://127.0.0.1:{port}"
        if number % 2 == 0:
            made[name] = Mastodon(name, MastodonOptions(server=base, token=Secret("load-token"), stream=False), http)
        else:
            options = WordPressOptions(server=base, user="museum", password=Secret("load password"))
            made[name] = WordPress(name, options, http)
    return made


async def under_load(folder: Path, ports: list[int], total: int, seconds: float) -> dict[str, Any]:
    """Keep a desk open until everything has arrived; return what can be said of it."""
    desk = open_desk(
        folder,
        sources(ports),
        operator="marta",
        name="load",
        wording=Wording.of_rehearsal(lambda: datetime.now(UTC)),
    )
    process, began = psutil.Process(os.getpid()), time.monotonic()
    memory: list[tuple[int, int]] = []
    try:
        while time.monotonic() - began < seconds + LATE:
            await _change(desk, 2.0)
            summary = await desk.summary()
            memory.append((summary.total, process.memory_info().rss))
            if summary.total >= total:
                break
        took = time.monotonic() - began
        states = [source.state for source in (await desk.summary()).sources]
        cpu = process.cpu_times()
    finally:
        await desk.aclose()
    return {
        "total": memory[-1][0],
        "seconds": round(took, 1),
        "states": states,
        "cpu_seconds": round(cpu.user + cpu.system, 1),
        "memory": [[seen, rss] for seen, rss in memory],
    }


async def _change(desk: LocalDesk, most: float) -> None:
    """Wait for the desk to change, a few seconds at most."""
    changed, loop = asyncio.Event(), asyncio.get_running_loop()
    leave = desk.subscribe(lambda _: loop.call_soon_threadsafe(changed.set))
    try:
        with suppress(TimeoutError):
            async with asyncio.timeout(most):
                await changed.wait()
                await asyncio.sleep(most / 2)  # many changes are one look
    finally:
        leave()


def main(folder: Path, seconds: float, rate: float, seed: int) -> None:
    """Start the platforms, keep the desk, print the figures."""
    program = Path(__file__).with_name("load_server.py")
    command = [sys.executable, str(program), str(seconds), str(rate), str(seed)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        assert server.stdin is not None
        told = json.loads(server.stdout.readline())
        try:
            found = asyncio.run(under_load(folder, told["ports"], told["total"], seconds))
            server.stdin.write("\n")
            server.stdin.flush()
            asked = json.loads(server.stdout.readline())
        finally:
            server.terminate()
    print(json.dumps({"expected": told["total"], **found, **asked}), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4]))
