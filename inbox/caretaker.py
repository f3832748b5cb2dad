"""Caretaker: looks after a desk's files and memory while its engine runs: snapshots, what was forgotten, what was freed."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from inbox._memory import Thrift
from inbox.compaction import Keeper, Report
from inbox.ledger import Ledger
from inbox.retention import Days
from inbox.upkeep import Upkeep


class Caretaker:
    """Looks every few seconds, from the engine's thread; the work itself is done by processes of its own."""

    def __init__(self, folder: Path, ledger: Ledger, retention: Days | None, clock: Callable[[], datetime]) -> None:
        """Look after the desk in `folder`; `retention` says for how long comments are kept, None leaves that to others."""
        self._ledger = ledger
        self._keeper = Keeper(folder, self._heard)
        self._thrift = Thrift()
        self._upkeep = Upkeep(ledger, retention, clock)

    def look(self, *, remembered: bool) -> None:
        """Do what is due; nothing is forgotten before the past has been read again."""
        if remembered:
            self._upkeep.look()
        self.tidy()
        self._thrift.look()

    def tidy(self) -> bool:
        """Take what was forgotten out of the files, a step at a time; tells whether it goes on."""
        return self._keeper.look(sweep=self._upkeep.is_unwritten)

    def close(self) -> None:
        """End the processes."""
        self._keeper.close()

    def _heard(self, report: Report) -> None:
        ledger = self._ledger
        ledger.damage = "; ".join(report.damaged)
        if report.seq and ledger.inbox.retention.unwritten:
            ledger.reload()
        elif report.seq:
            ledger.settle()
