"""A desk killed at random moments while comments arrive loses nothing it acknowledged."""

import json
import subprocess
import sys
from pathlib import Path

PROGRAM = Path(__file__).parent.parent / "support" / "engine_kills.py"


def kill(folder: Path, trials: int, seed: int) -> dict[str, int]:
    done = subprocess.run(
        [sys.executable, str(PROGRAM), str(folder), str(trials), str(seed)],
        capture_output=True,
        text=True,
        timeout=600,
        check=True,
    )
    found: dict[str, int] = json.loads(done.stdout)
    return found


def test_every_acknowledged_arrival_and_act_survives(tmp_path: Path) -> None:
    trials = 60
    found = kill(tmp_path / "desk", trials, seed=1)
    assert (found["lost"], found["unreadable"], found["missed"]) == (0, 0, 0)
    assert found["trials"] == trials
    assert found["arrivals"] > trials
