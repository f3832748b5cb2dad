"""The storm on real connectors: hides, a thread with its house comment, replies; each exactly once through faults and kills."""

import json
from collections import Counter
from pathlib import Path

import pytest
from fault_server import opened
from stages import STAGES
from storm_server import Fault
from storm_stage import StagedStorm, numbered
from storm_watch import CERTAIN, Storm

from inbox import desk

HIDES, REPLIES = 60, 6
WEATHER = {
    2: Fault.SILENT_AFTER,
    5: Fault.KILL_AFTER,
    9: Fault.LIMIT,
    12: Fault.SILENT_BEFORE,
    14: Fault.CUT_AFTER,
    17: Fault.KILL_BEFORE,
    40: Fault.CUT_BEFORE,
    60: Fault.KILL_AFTER,
}
"""What goes wrong with which sending; the texts leave first, so that most of it falls on what could be doubled."""


@pytest.mark.parametrize("platform", [name for name in STAGES if name != "instagram"])
async def test_each_act_of_a_storm_happens_exactly_once_on_every_platform(
    platform: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    stage = STAGES[platform](lambda: request.getfixturevalue("network"))
    hides = 0 if platform == "mastodon" else HIDES
    count = hides + REPLIES + 1
    ids = tuple(stage.visitor_writes(f"Bonjour {number}") for number in range(count))
    weather = {n: fault for n, fault in WEATHER.items() if hides or n < REPLIES}
    server = StagedStorm(stage.answer, spared=stage.is_introduction, stage=stage, ids=ids, storm=weather)
    with opened(server):
        options = json.dumps(stage.options(server.url))
        async with Storm(tmp_path / "desk", server, "storm_stage.py", platform, options) as storm:
            keys = sorted(await storm.arrivals(count))
            opening = desk.OpenThread(
                title="Ici", text=f"Parlons-en, {numbered(0)}.", house_comment=f"{numbered(1)} $link"
            )
            assert (await storm.desk.act(opening, keys[:1])).sendings == 2
            for number, key in enumerate(keys[1 : REPLIES + 1], 2):
                assert (await storm.desk.act(desk.Reply(text=f"Merci, {numbered(number)}.", again=True), [key])).act
            if hides:
                assert (await storm.desk.act(desk.Hide(reason="charter 2"), keys[REPLIES + 1 :])).sendings == hides
            told, _ = await storm.weather()
        done = server.carried_out()
    assert storm.lies == []
    assert storm.kills == sum(fault in {Fault.KILL_AFTER, Fault.KILL_BEFORE} for fault in weather.values())
    assert set(done.values()) == {1}
    assert Counter(what for what, _ in done) == Counter({"hide": hides, "say": REPLIES + 2}) - Counter()
    assert {entry.state in CERTAIN for entry in told} == {True}
