"""Eight sources at once under a flood, by real HTTP: no loss, no duplicate, limits respected, memory flat.

A minute at a hundred comments a second by default; BECALM_LOAD_SECONDS=600 (`make load SECONDS=600`) is the whole of it.
The operator answers all the while, and the answer to every fifth reply is lost.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import linear_regression
from typing import Any

import pytest

from inbox.events import Delivery, Seen
from inbox.outbox import DeliveryState
from inbox.store import Reader

PROGRAM = Path(__file__).parent.parent / "support" / "load_desk.py"
SECONDS = float(os.environ.get("BECALM_LOAD_SECONDS", "60"))
RATE, SEED = 100.0, 11
A_COMMENT = 2_500
"""Bytes of memory that a comment may take for good once the detectors remember all they ever will."""
WARM_UP = 20_000
"""Comments until then."""
FLAT = 1.0
"""Megabytes a minute by which memory may grow in the second half of a run of ten minutes."""


def print_figures(found: dict[str, Any], memory: list[list[float]]) -> None:
    """Print what was measured, and the memory of each minute."""
    for name, value in found.items():
        print(f"{name:20} {value}")
    for minute in range(int(memory[-1][0] // 60) + 1):
        at, total, resident = next(each for each in memory if each[0] >= 60 * minute)
        print(f"memory at {at / 60:4.1f} min   {resident / 2**20:6.1f} MB, {total:6.0f} comments")
    print(f"second half          {slope(memory):+.2f} MB a minute")


def slope(memory: list[list[float]]) -> float:
    """Return by how many megabytes a minute memory grows in the second half, by least squares."""
    half = [each for each in memory if each[0] >= memory[-1][0] / 2]
    return linear_regression([at / 60 for at, *_ in half], [each[2] / 2**20 for each in half]).slope


@pytest.mark.torture
@pytest.mark.timeout(SECONDS * 2 + 300)
def test_eight_sources_under_a_flood_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    command = [sys.executable, str(PROGRAM), str(folder), str(SECONDS), str(RATE), str(SEED)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS * 2 + 240, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout.splitlines()[-1])
    memory = found.pop("memory")
    print_figures(found, memory)

    events = list(Reader(folder).new())
    seen = [(event.source, c) for event in events if isinstance(event, Seen) for c in event.comments]
    keys = [(source, comment.native_id) for source, comment in seen if not comment.author.is_self]
    sent = [event.entry for event in events if isinstance(event, Delivery) and event.state is DeliveryState.SENT]
    facts = {
        "no comment lost": len(set(keys)) == found["total"] == found["expected"],
        "no comment twice in the journal": len(keys) == len(set(keys)),
        "every reply sent": len(set(sent)) == len(sent) == found["answered"] > 0,
        "no reply published twice": found["published"] == found["answered"] and not found["published twice"],
        "every source well": found["states"] == ["ok"] * 8,
        "limits respected": not found["refused"] and found["most in a window"] <= found["allowed in a window"],
        "memory flat": is_flat(memory),
    }
    for fact, holds in facts.items():
        print(f"{'pass' if holds else 'FAIL'}  {fact}")
    assert all(facts.values())


def is_flat(memory: list[list[float]]) -> bool:
    """Whether memory stays: over ten minutes by its slope, over less by what each comment takes for good."""
    if memory[-1][0] >= 540:
        return slope(memory) <= FLAT
    later = [(total, resident) for _, total, resident in memory if total >= WARM_UP]
    if len(later) < 2:
        return True
    return later[-1][1] - later[0][1] <= A_COMMENT * (later[-1][0] - later[0][0]) + 2**23
