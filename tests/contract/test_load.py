"""Eight accounts on five platforms under a flood, by real HTTP: no loss, no duplicate, limits respected, memory as lists
need it.

A minute at a hundred comments a second by default; BECALM_LOAD_SECONDS=600 (`make load SECONDS=600`) is the whole of it.
The operator answers all the while, and the answer to every fifth reply is lost; visitors edit and delete meanwhile.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import linear_regression
from typing import Any

import pytest
from flood.verdict import by_source, delays, read, untold

PROGRAM = Path(__file__).parent.parent / "support" / "load_desk.py"
SECONDS = float(os.environ.get("BECALM_LOAD_SECONDS", "60"))
RATE, SEED = 100.0, 11
A_COMMENT = 400
"""Bytes of memory that a comment may take for good: what lists sort, filter and count by of it, and nothing else."""
GROWTH = 0.1
"""By how much of itself memory may grow in the second half, in which thirty thousand comments arrive in ten minutes."""
WARM_UP = 20_000
"""Comments until the detectors remember all they ever will."""


def print_figures(found: dict[str, Any]) -> None:
    """Print what was measured."""
    for name in ("expected", "total", "answered", "seconds", "cpu_seconds", "states"):
        print(f"{name:20} {found[name]}")
    print(f"{'CPU a comment':20} {1000 * found['cpu_seconds'] / found['total']:.2f} ms")
    for limit in found["limits"]:
        most = f"at most {limit['peak']} of {limit['allowed']} allowed a minute, {limit['refused']} refused"
        print(f"{limit['of']:20} {limit['asked']} requests, {most}")


def memory_stands_still(memory: list[list[float]]) -> bool:
    """Print the memory of each minute and how it grows in the second half; whether it is flat but for what lists show."""
    for minute in range(int(memory[-1][0] // 60) + 1):
        at, total, resident = next(each for each in memory if each[0] >= 60 * minute)
        print(f"memory at {at / 60:4.1f} min   {resident / 2**20:6.1f} MB, {total:6.0f} comments")
    half = second_half(memory)
    slope = linear_regression([at / 60 for at, *_ in half], [each[2] / 2**20 for each in half]).slope
    grown = a_comment(memory) * (half[-1][1] - half[0][1]) / half[0][2]
    print(f"second half          {slope:+.2f} MB a minute, {a_comment(memory):.0f} bytes a comment,")
    print(f"                     {grown:+.1%} of the {half[0][2] / 2**20:.1f} MB that stood at its beginning")
    return memory[-1][1] < 2 * WARM_UP or (a_comment(memory) <= A_COMMENT and grown <= GROWTH)


def a_comment(memory: list[list[float]]) -> float:
    """Return by how many bytes a comment memory grows in the second half, by least squares."""
    half = second_half(memory)
    return linear_regression([each[1] for each in half], [each[2] for each in half]).slope


def second_half(memory: list[list[float]]) -> list[list[float]]:
    """Return what was measured in the second half."""
    return [each for each in memory if each[0] >= memory[-1][0] / 2]


@pytest.mark.torture
@pytest.mark.timeout(SECONDS * 2 + 300)
def test_eight_accounts_under_a_flood_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    command = [sys.executable, str(PROGRAM), str(folder), str(SECONDS), str(RATE), str(SEED)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS * 2 + 240, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout.splitlines()[-1])
    memory = found.pop("memory")
    print_figures(found)
    stands = memory_stands_still(memory)

    accounts = by_source(found)
    kept, sent = read(folder, accounts)
    print(*delays(kept), sep="\n")
    published = sum(each["published"] for each in accounts.values())
    facts = {
        "no comment lost": sum(len(each.texts) for each in kept.values()) == found["total"] == found["expected"],
        "no comment twice in the journal": not any(each.twice for each in kept.values()),
        "every reply sent": len(set(sent)) == len(sent) == found["answered"] > 0,
        "no reply published twice": published == found["answered"]
        and not any(each["published twice"] for each in accounts.values()),
        "every edit and deletion told is on the desk": not untold(kept, accounts),
        "every source well all along": all(states == ["ok"] for states in found["states"].values()),
        "limits respected": all(not each["refused"] and each["peak"] <= each["allowed"] for each in found["limits"]),
        "memory grows by what lists show alone": stands,
    }
    print(f"edits told           {sum(len(each['edited']) for each in accounts.values())}")
    print(f"deletions told       {sum(len(each['gone']) for each in accounts.values())}")
    print(f"answers lost         {sum(each['answers lost'] for each in accounts.values())} of {published}")
    for fact, holds in facts.items():
        print(f"{'pass' if holds else 'FAIL'}  {fact}")
    assert all(facts.values()), untold(kept, accounts)[:10]
