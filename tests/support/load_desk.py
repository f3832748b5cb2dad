"""A desk with eight sources under a flood, answering meanwhile, in a process of its own whose memory is its own.

Run as a program: load_desk.py FOLDER SECONDS RATE SEED. Prints one line of JSON with the figures.
"""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]  # it ships no types
from flood.accounts import connector, source_of
from flood.arrivals import DELETED, LEAVES, number_of

from connectors._http import Http
from inbox.desk import Reply
from inbox.local import LocalDesk
from inbox.opening import open_desk
from inbox.wording import Wording

LATE = 90.0
"""Seconds after the last arrival within which everything must be there: three polls."""

ANSWER_EVERY = 4.0
"""Seconds between two replies of the operator, to each source in turn."""


async def under_load(folder: Path, told: dict[str, Any], seconds: float) -> dict[str, Any]:
    """Keep a desk open until everything has arrived; return what can be said of it."""
    http, total = Http(), int(told["total"])
    accounts = list(enumerate(zip(told["kinds"], told["ports"], strict=True)))
    names = [source_of(number, kind) for number, (kind, _) in accounts]
    desk = open_desk(
        folder,
        {source_of(number, kind): connector(number, kind, port, http) for number, (kind, port) in accounts},
        operator="marta",
        name="load",
        wording=Wording.of_rehearsal(lambda: datetime.now(UTC)),
    )
    process, began = psutil.Process(os.getpid()), time.monotonic()
    memory: list[tuple[float, int, int]] = []
    answered: list[str] = []
    states: dict[str, set[str]] = {name: set() for name in names}
    try:
        while (gone := time.monotonic() - began) < seconds + LATE:
            await _change(desk, 2.0)
            summary = await desk.summary()
            for source in summary.sources:
                states[source.name].add(source.state)
            memory.append((round(gone, 1), summary.total, process.memory_info().rss))
            if gone < seconds and gone >= ANSWER_EVERY * (len(answered) + 1):
                answered += await _answer(desk, names[len(answered) % len(names)], answered)
            if gone >= seconds and summary.outbox_pending == 0 and await _others(desk) >= total:
                break
        took = time.monotonic() - began
        others = await _others(desk)
        cpu = process.cpu_times()
    finally:
        await desk.aclose()
    return {
        "total": others,
        "answered": len(answered),
        "seconds": round(took, 1),
        "states": {name: sorted(each - {"starting"}) for name, each in states.items()},
        "cpu_seconds": round(cpu.user + cpu.system, 1),
        "memory": memory,
    }


async def _others(desk: LocalDesk) -> int:
    """Count other people's comments."""
    view = await desk.open_view("is:any -is:own")
    await desk.close_view(view.id)
    return view.total


async def _answer(desk: LocalDesk, source: str, answered: Sequence[str]) -> list[str]:
    """Answer the first open comment of a source that will stay and was not answered yet; returns its key, or none."""
    view = await desk.open_view(f"is:open source:{source}")
    page = await desk.page(view.id, 0, len(answered) + 5)
    await desk.close_view(view.id)
    staying = [row.key for row in page.rows if number_of(row.key) % DELETED != LEAVES and row.key not in answered]
    if not staying:
        return []
    done = await desk.act(Reply(text=f"Merci, c'est noté sous le numéro {len(answered)}."), staying[:1])
    assert not done.refused, done
    return staying[:1]


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
            found = asyncio.run(under_load(folder, told, seconds))
            server.stdin.write("\n")
            server.stdin.flush()
            asked = json.loads(server.stdout.readline())
        finally:
            server.terminate()
    print(json.dumps({"kinds": told["kinds"], "expected": told["total"], **found, **asked}), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4]))
