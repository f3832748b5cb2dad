"""Eight sources at once under a flood, by real HTTP: no loss, no duplicate, limits respected, memory as lists need it.

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
A_COMMENT = 1_000
"""Bytes of memory that a comment may take for good: what lists show, sort and count by of it, and nothing else."""
WARM_UP = 20_000
"""Comments until the detectors remember all they ever will."""


def print_figures(found: dict[str, Any], memory: list[list[float]]) -> None:
    """Print what was measured, and the memory of each minute."""
    for name, value in found.items():
        print(f"{name:20} {value}")
    for minute in range(int(memory[-1][0] // 60) + 1):
        at, total, resident = next(each for each in memory if each[0] >= 60 * minute)
        print(f"memory at {at / 60:4.1f} min   {resident / 2**20:6.1f} MB, {total:6.0f} comments")
    print(f"second half          {slope(memory):+.2f} MB a minute, {a_comment(memory):.0f} bytes a comment")


def slope(memory: list[list[float]]) -> float:
    """Return by how many megabytes a minute memory grows in the second half, by least squares."""
    half = second_half(memory)
    return linear_regression([at / 60 for at, *_ in half], [each[2] / 2**20 for each in half]).slope


def a_comment(memory: list[list[float]]) -> float:
    """Return by how many bytes a comment memory grows in the second half, by least squares."""
    half = second_half(memory)
    return linear_regression([each[1] for each in half], [each[2] for each in half]).slope


def second_half(memory: list[list[float]]) -> list[list[float]]:
    """Return what was measured in the second half."""
    return [each for each in memory if each[0] >= memory[-1][0] / 2]


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
        "memory grows by what lists show alone": memory[-1][1] < 2 * WARM_UP or a_comment(memory) <= A_COMMENT,
    }
    for fact, holds in facts.items():
        print(f"{'pass' if holds else 'FAIL'}  {fact}")
    assert all(facts.values())
