"""The live desk reads the rehearsal's storm: a lone provoker, a feud, a flood, each on its own post, also after a restart."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from connectors._http import Http
from connectors._rehearsal.options import RehearsalOptions
from connectors.rehearsal import Rehearsal
from inbox.engine import Engine
from inbox.ledger import Ledger
from inbox.local import LocalDesk
from inbox.store import Store
from inbox.wording import Wording

START = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)


class Storm:
    """A desk whose engine takes in the storm page by page, at a time in a test's hands."""

    def __init__(self, folder: Path) -> None:
        """Open the desk in `folder`."""
        self.now = START
        self.platform = Rehearsal("rehearsal", RehearsalOptions(start=START, latency=0), Http(), clock=lambda: self.now)
        self.ledger = Ledger(Store(folder, holder="marta"))
        self.engine = Engine(self.ledger, {"rehearsal": self.platform}, clock=lambda: self.now)
        self.engine.reception.remember()
        self.desk = LocalDesk(
            self.ledger,
            operator="marta",
            name="storm",
            wording=Wording.of_rehearsal(lambda: self.now),
            engine=self.engine,
            clock=lambda: self.now,
        )

    async def play(self, minutes: float) -> None:
        """Let time pass, taking in what comes every ten seconds."""
        until = self.now + timedelta(minutes=minutes)
        while self.now < until:
            self.now += timedelta(seconds=10)
            batch = await self.platform.poll(self.ledger.inbox.cursors.get("rehearsal"))
            self.engine.reception.ingest("rehearsal", batch)

    async def called(self) -> dict[str, set[str]]:
        """Which situations hold, by the post's title."""
        hottest = (await self.desk.summary()).hottest
        return {heat.title: {str(s) for s in heat.situations} for heat in hottest if heat.situations}


@pytest.fixture
async def storm(tmp_path: Path) -> Storm:
    opened = Storm(tmp_path / "desk")
    await opened.play(10)
    return opened


async def test_the_three_situations_are_called_within_ten_minutes(storm: Storm) -> None:
    kinds = set().union(*(await storm.called()).values())
    storm.ledger.close()
    assert kinds == {"flood", "feud", "lone_troll"}


async def test_a_restart_reads_the_same_situations_again(storm: Storm, tmp_path: Path) -> None:
    before = await storm.called()
    storm.ledger.close()
    again = Storm(tmp_path / "desk")
    again.now = storm.now
    again.engine.reception.remember()
    after = await again.called()
    again.ledger.close()
    assert after == before


async def test_jokes_are_off_under_a_flood(storm: Storm) -> None:
    flooded = next(h for h in (await storm.desk.summary()).hottest if "flood" in h.situations)
    keys = storm.ledger.inbox.items.under(flooded.source, flooded.post_id)
    verdicts = {(await storm.desk.picker(key)).verdict for key in keys[-10:]}
    storm.ledger.close()
    assert verdicts == {"hard"}
