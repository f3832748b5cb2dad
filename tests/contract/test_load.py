"""Eight sources at once under a flood, by real HTTP: no loss, no duplicate, limits respected, memory flat.

A minute at a hundred comments a second by default; BECALM_LOAD_SECONDS=600 (`make load SECONDS=600`) is the whole of it.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from inbox.events import Seen
from inbox.store import Reader

PROGRAM = Path(__file__).parent.parent / "support" / "load_desk.py"
SECONDS = float(os.environ.get("BECALM_LOAD_SECONDS", "60"))
RATE, SEED = 100.0, 11
A_COMMENT = 2_500
"""Bytes of memory that a comment may take for good once the detectors remember all they ever will."""
WARM_UP = 20_000
"""Comments until then."""


@pytest.mark.torture
@pytest.mark.timeout(SECONDS * 2 + 300)
def test_eight_sources_under_a_flood_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    command = [sys.executable, str(PROGRAM), str(folder), str(SECONDS), str(RATE), str(SEED)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS * 2 + 240, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout.splitlines()[-1])
    memory = found.pop("memory")
    print(found, "memory at the end:", memory[-1][1] >> 20, "MB")

    keys = [
        (event.source, comment.native_id)
        for event in Reader(folder).new()
        if isinstance(event, Seen)
        for comment in event.comments
    ]
    assert len(set(keys)) == found["total"] == found["expected"], "nothing was lost"
    assert len(keys) == len(set(keys)), "nothing was written down twice"
    assert found["states"] == ["ok"] * 8
    assert found["refused"] == 0, "no platform had to say that we ask too much"
    later = [(seen, rss) for seen, rss in memory if seen >= WARM_UP]
    if len(later) > 1:
        grown = later[-1][1] - later[0][1]
        assert grown <= A_COMMENT * (later[-1][0] - later[0][0]) + 2**23
