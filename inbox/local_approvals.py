"""ApprovalDesk: the part of a local desk that knows the house's rules: its charter, and what waits for a second person."""

from abc import abstractmethod
from collections.abc import Callable, Sequence

from inbox import desk, four_eyes
from inbox.approval import Given, Pending
from inbox.charter import Charter
from inbox.events import AnyEvent
from inbox.fold import Inbox
from inbox.local_published import PublishedDesk
from inbox.outbox import OutboxEntry
from inbox.planning import Context, Plan
from inbox.store_errors import StoreError


class ApprovalDesk(PublishedDesk):
    """What `inbox.local.LocalDesk` is built on; implements approving and sending back."""

    @abstractmethod
    def _context(self, inbox: Inbox) -> Context:
        """Say who acts, when, and through what."""

    @abstractmethod
    def _planned(self, inbox: Inbox, decide: Callable[[Context], Plan]) -> Plan:
        """Decide something, unless this desk looks on."""

    async def charter(self) -> Charter:
        """See `Desk.charter`."""
        with self._ledger.reading() as inbox:
            return self._context(inbox).charter

    async def submissions(self) -> tuple[Pending, ...]:
        """See `Desk.submissions`."""
        with self._ledger.reading() as inbox:
            return four_eyes.pending(self._context(inbox))

    async def approve(self, submission: str, given: Given, *, look: bool = False) -> desk.Done:
        """See `Desk.approve`."""
        return await self._judge(lambda context: four_eyes.approve(submission, given, context), look=look)

    async def send_back(self, submission: str, said: str = "", *, look: bool = False) -> desk.Done:
        """See `Desk.send_back`."""
        return await self._judge(lambda context: four_eyes.send_back(submission, said, context), look=look)

    async def _judge(self, decide: Callable[[Context], Plan], *, look: bool) -> desk.Done:
        def judged(inbox: Inbox) -> tuple[Sequence[AnyEvent], desk.Done]:
            planned = self._planned(inbox, decide)
            return planned.events, planned.done

        if look:
            with self._ledger.reading() as inbox:
                return self._planned(inbox, decide).done
        try:
            done = await self._transact(judged)
        except StoreError as error:
            return desk.Done(refused=error.message, hint=error.hint)
        if done.sendings and self._engine:
            self._engine.wake()
        return done


def decided_by(entry: OutboxEntry) -> set[str]:
    """Return who may take a sending back: its author, and whoever gave or wrote down the second person's word."""
    word = entry.approval
    return {entry.by, word.by, word.noted_by} if word is not None else {entry.by}
