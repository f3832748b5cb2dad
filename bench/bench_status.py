"""`becalm status` beside `python -c pass` in the same venv: CPU seconds of whole processes, and their ratio."""

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

ROUNDS = 60
GOAL = 2.0
BECALM = str(Path(sys.executable).with_name("becalm"))
PEERS = (
    ("python -c pass", [sys.executable, "-c", "pass"]),
    ("becalm status", [BECALM, "status"]),
    ("becalm status --short", [BECALM, "status", "--short"]),
    ("becalm status --json", [BECALM, "status", "--json"]),
    ("a script that loads json", [sys.executable, "-c", "import json, re"]),
    ("becalm --version", [BECALM, "--version"]),
    ("import argparse", [sys.executable, "-c", "import argparse"]),
)
STATUS = {
    "v": 1,
    "at": time.time(),
    "desk": "main",
    "operator": "lou",
    "rehearsal": False,
    "open": {"calm": 60, "tense": 33, "heated": 34, "critical": 1},
    "total": 400,
    "questions": 9,
    "oldest_question": time.time() - 2460,
    "per_hour": 214,
    "posts": [{"title": "Je suis innocent", "copies": 43, "heated": 34, "since": time.time() - 3000, "open": 80}],
    "outbox": {"pending": 3, "unknown": 0, "rejected": 0, "next_due": None, "held_by": ""},
    "hands": ["lou"],
    "sources": [
        {"name": "museum", "platform": "mastodon", "state": "ok", "last_at": time.time() - 12, "message": ""},
    ],
    "storage": "",
}


def cpu_of(command: Sequence[str], env: Mapping[str, str]) -> float:
    """CPU seconds, user and system, of one run."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measure(home: str) -> dict[str, float]:
    """Median CPU of each peer; in turns, so that a busy moment of the machine falls on all of them."""
    folder = Path(home, "desks", "main")
    folder.mkdir(parents=True)
    (folder / "status.json").write_text(json.dumps(STATUS))
    (folder / "lock").touch()
    env = {"BECALM_HOME": home, "PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": home}
    seen: dict[str, list[float]] = {name: [] for name, _ in PEERS}
    for _ in range(ROUNDS):
        for name, command in PEERS:
            seen[name].append(cpu_of(command, env))
    return {name: statistics.median(values) for name, values in seen.items()}


def main() -> int:
    """Print the table; 1 when the goal is missed."""
    with tempfile.TemporaryDirectory() as home:
        medians = measure(home)
    floor = medians["python -c pass"]
    print(f"becalm status, CPU of the whole process (median of {ROUNDS}; goal: at most {GOAL:.0f} x the floor)\n")
    print(f"{'':<26}{'ms':>8}{'ratio':>8}")
    for name, median in medians.items():
        print(f"{name:<26}{median * 1000:>8.1f}{median / floor:>8.2f}")
    return int(medians["becalm status"] / floor > GOAL)


if __name__ == "__main__":
    sys.exit(main())
