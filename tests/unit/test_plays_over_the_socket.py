"""A colleague in another process plays, folds and switches as if the engine were theirs."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest
from storms import script
from waiting import until

from connectors._http import Http
from connectors._rehearsal.options import RehearsalOptions
from connectors.rehearsal import Rehearsal
from inbox.crisis import Step
from inbox.desk import Desk
from inbox.local import LocalDesk
from inbox.opening import open_desk, socket_of
from inbox.play import Answer, PostPlays
from inbox.remote import LostError, RemoteDesk
from inbox.wording import Wording


@pytest.fixture
async def owner(tmp_path: Path) -> AsyncIterator[LocalDesk]:
    scenario = tmp_path / "flood.jsonl"
    scenario.write_text(script(30), encoding="utf-8")
    options = RehearsalOptions(script=str(scenario), latency=0)
    sat = open_desk(
        tmp_path / "desk",
        {"museum": Rehearsal("museum", options, Http())},
        operator="marta",
        name="test",
        wording=Wording.of_rehearsal(lambda: datetime.now(UTC)),
    )
    yield sat
    await sat.aclose()


@pytest.fixture
async def lou(owner: LocalDesk, tmp_path: Path) -> AsyncIterator[Desk]:
    del owner
    for _ in range(1000):
        try:
            remote = await RemoteDesk.attach(socket_of(tmp_path / "desk"), "lou")
            break
        except LostError:
            await asyncio.sleep(0)
    else:
        raise AssertionError("nobody serves")
    yield cast("Desk", remote)
    await remote.aclose()


async def flooded(desk: Desk) -> PostPlays:
    async def called() -> PostPlays | None:
        plays = await desk.plays("museum/film")
        return plays if plays is not None and plays.options and plays.open == 30 else None

    return await until(desk, called)


async def test_a_play_is_offered_looked_at_decided_and_taken_back(lou: Desk) -> None:
    plays = await flooded(lou)
    play = next(option.play for option in plays.options if option.play.answer is Answer.WAVE)
    looked_at = await lou.preview(play, [play.anchor])
    assert len(looked_at.keys) == 28
    done = await lou.act(play, [play.anchor])
    assert sorted(why for _, why in done.held_back) == ["critical", "question"]
    assert (await lou.summary()).open == 2
    assert (await lou.undo()).count == 28
    assert (await lou.summary()).open == 30


async def test_a_list_is_folded_unfolded_and_peeled(lou: Desk) -> None:
    await flooded(lou)
    view = await lou.open_view(fold=True)
    assert view.total == 3
    (row,) = [row for row in (await lou.page(view.id, 0, 3)).rows if row.folded]
    assert (row.folded, row.people) == (28, 28)
    assert (await lou.unfold(view.id, row.key, unfolded=True)).total == 30
    inside = next(row for row in (await lou.page(view.id, 0, 30)).rows if row.within)
    assert (await lou.peel(view.id, inside.key)).total == 30
    assert (await lou.unfold(view.id, row.key, unfolded=False)).total == 4


async def test_crisis_mode_is_everybody_s(owner: LocalDesk, lou: Desk) -> None:
    await lou.crisis(on=True, hours=1)
    await lou.tick(Step.WATCH, done=True)
    seen = (await owner.summary()).crisis
    assert (seen.on, seen.by) == (True, "lou")
    assert next(check.by for check in seen.checks if check.step is Step.WATCH) == "lou"
