"""What is taken in from files, and what is forgotten for good, at the desk of an engine in this process."""

import asyncio
from collections.abc import Callable, Sequence

from inbox import desk
from inbox.engine import Engine
from inbox.importing import batches, decided
from inbox.ledger import ReadOnlyError
from inbox.local_approvals import ApprovalDesk
from inbox.store_errors import StoreError
from inbox.upkeep import forget_old

TIDIED_EVERY = 0.1
"""Seconds between two looks at whether files are tidied."""


class KeepingDesk(ApprovalDesk):
    """What `inbox.local.LocalDesk` is built on; implements `inbox.keeping_calls.KeepingCalls`."""

    _tidy: Callable[[], bool]

    async def erase(self, author: str) -> desk.Erasure:
        """See `Desk.erase`."""
        if self._read_only:
            raise ReadOnlyError(self._read_only)
        person, done = await asyncio.to_thread(self._ledger.erase, author, by=self._operator, now=self._clock())
        return desk.Erasure(
            accounts=len(person.accounts), comments=len(person.keys), files=done.files, held=done.held, left=done.left
        )

    async def forget(self, days: dict[str, int]) -> dict[str, int]:
        """See `Desk.forget`."""
        if self._read_only:
            raise ReadOnlyError(self._read_only)
        now = self._clock()
        counts = await asyncio.to_thread(forget_old, self._ledger, days, now, by=self._operator, at_once=True)
        while await asyncio.to_thread(self._tidy):  # noqa: ASYNC110 - another process does it, and is looked after
            await asyncio.sleep(TIDIED_EVERY)
        if self._ledger.inbox.retention.unwritten:
            raise StoreError("what was forgotten is still in some files", hint="becalm doctor tells more")
        return counts

    async def take_in(self, arrivals: Sequence[desk.Arrival]) -> int:
        """See `Desk.take_in`."""
        if self._read_only or self._engine is None:
            raise ReadOnlyError(self._read_only)
        return await asyncio.to_thread(self._take_in, self._engine, arrivals)

    def _take_in(self, engine: Engine, arrivals: Sequence[desk.Arrival]) -> int:
        taken = sum(engine.reception.ingest(source, batch) for source, batch in batches(arrivals).items())
        self._ledger.transact(
            lambda inbox: (decided(inbox, arrivals, by=self._operator, now=self._clock()), None), human=True
        )
        return taken
