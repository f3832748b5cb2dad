"""The real program at 80x24: from the first alert, a flood of 200 is decided in ten keys or fewer."""

import json
from itertools import pairwise
from pathlib import Path

from commands import Home
from flood_in_ten_keys import COPIES, KEYS, LONGEST_PAUSE, cast, play
from storms import QUESTION, THREAT


def test_a_flood_of_200_is_decided_in_ten_keys_or_fewer_from_the_first_alert(tmp_path: Path) -> None:
    assert len(KEYS) <= 10
    said: list[str] = []
    terminal = play(tmp_path, lambda _why, lines: said.append("\n".join(lines)))
    assert "keeps 2 (1 question, 1 critical)" in said[-2]

    home = Home(tmp_path)
    rows = [row for row in home.run("export").objects if not row["own"]]
    assert len(rows) == COPIES
    assert {row["text"] for row in rows if row["state"] == "new"} == {QUESTION, THREAT}
    assert [row["text"] for row in rows if row["question"]] == [QUESTION]
    assert sum(row["state"] == "done" for row in rows) == COPIES - 2
    sent = [line for line in said[-1].splitlines() if "sent" in line.split()]
    assert [what for what in ("thread", "notice") if any(what in line for line in sent)] == ["thread", "notice"]

    recording = [json.loads(line) for line in cast(terminal).splitlines()]
    assert (recording[0]["width"], recording[0]["height"]) == (80, 24)
    times = [event[0] for event in recording[1:]]
    assert times == sorted(times)
    assert all(later - sooner <= LONGEST_PAUSE + 0.002 for sooner, later in pairwise(times))
