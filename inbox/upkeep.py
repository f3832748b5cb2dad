"""Upkeep: carries out for how long comments are kept: announced first, then once a day, and whenever somebody asks."""

import logging
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from inbox.events import AnyEvent
from inbox.fold import Inbox
from inbox.forgetting import Due, announced, due, forgotten, portions
from inbox.ledger import Ledger
from inbox.retention import Days
from inbox.store_errors import StoreError

log = logging.getLogger(__name__)

EVERY = timedelta(days=1)
AGAIN = timedelta(minutes=10)
"""When it is tried again after a storage that refused."""


def forget_old(ledger: Ledger, days: Days, now: datetime, *, by: str = "", at_once: bool = False) -> dict[str, int]:
    """Announce a rule that is new, and forget what the rule in force takes; returns how many of each source.

    Args:
        ledger: the desk's truth, owned by this process.
        days: the rule.
        now: the moment.
        by: who asked for it, or "".
        at_once: whether whoever asked has seen what goes: then nothing needs to be announced for a week.

    Raises:
        StoreError: not all of it is done; what is done stays done.
    """

    def announce(inbox: Inbox) -> tuple[Sequence[AnyEvent], None]:
        return announced(inbox, days, now, by=by, at_once=at_once), None

    def choose(inbox: Inbox) -> tuple[Sequence[AnyEvent], Due]:
        begins = inbox.retention.begins
        return (), due(inbox, days, now) if begins is not None and begins <= now else Due()

    ledger.transact(announce, human=bool(by))
    counts: Counter[str] = Counter()
    for keys in portions(ledger.transact(choose, human=False).keys):

        def forget(inbox: Inbox, keys: Sequence[str] = keys) -> tuple[Sequence[AnyEvent], dict[str, int]]:
            event = forgotten(inbox, keys, days, now, by=by)
            return ([event], event.counts) if event is not None else ((), {})

        counts.update(ledger.transact(forget, human=bool(by)))
    return dict(counts)


class Upkeep:
    """Looks at a desk when it starts and once a day."""

    def __init__(self, ledger: Ledger, days: Days | None, clock: Callable[[], datetime]) -> None:
        """Keep `ledger` to the rule `days`; None leaves that to another session."""
        self._ledger = ledger
        self._days = days
        self._clock = clock
        self._next: datetime | None = None

    def look(self) -> None:
        """Do what is due; called every few seconds."""
        now = self._clock()
        if self._days is None or (self._next is not None and now < self._next):
            return
        self._next = now + EVERY
        try:
            counts = forget_old(self._ledger, self._days, now)
        except StoreError as error:
            log.warning("retention waits for the storage: %s", error.message)
            self._next = now + AGAIN
            return
        known = self._ledger.inbox.retention
        if counts:
            log.info("retention: %d comments are older than they are kept for, and forgotten", sum(counts.values()))
        if known.begins is not None and now < known.begins:
            self._next = min(self._next, known.begins)
            log.warning("retention: %d comments will be forgotten from %s on", known.waiting, known.begins.isoformat())

    def is_unwritten(self) -> bool:
        """Tell whether closed files may hold what was forgotten; the file that is written is closed for that."""
        try:
            return self._ledger.close_files()
        except StoreError as error:
            log.warning("what was forgotten is still in files: %s", error.message)
            return False
