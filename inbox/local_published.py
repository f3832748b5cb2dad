"""PublishedDesk: the part of a local desk that knows what the house published, and what its operator has not sent yet."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from connectors._contract import Connector
from connectors._model import Appearance, Measure
from inbox import desk, notices, own, rows, threads
from inbox.engine import Engine
from inbox.events import AnyEvent, TextKept
from inbox.fold import Inbox
from inbox.ledger import Ledger, ReadOnlyError
from inbox.measuring import TO_A_PERSON, measured
from inbox.outbox import DeliveryState, OutboxEntry
from inbox.published import EditOwn, Notice, Place, Thread
from inbox.unsent import Texts
from inbox.views import row_of

T = TypeVar("T")


class PublishedDesk:
    """What `inbox.local.LocalDesk` is built on; implements its half of `inbox.desk.Desk`."""

    def __init__(
        self,
        ledger: Ledger,
        *,
        operator: str,
        engine: Engine | None,
        read_only: str,
        clock: Callable[[], datetime],
    ) -> None:
        """Look at `ledger` for `operator`; see `LocalDesk`."""
        self._ledger = ledger
        self._operator = operator
        self._engine = engine
        self._read_only = read_only
        self._clock = clock

    @property
    def _connectors(self) -> Mapping[str, Connector]:
        return self._engine.connectors if self._engine else {}

    async def _transact(self, decide: Callable[[Inbox], tuple[Sequence[AnyEvent], T]]) -> T:
        return await asyncio.to_thread(self._ledger.transact, decide, human=True)

    # -- how a text will be ------------------------------------------------------------------------

    def _public_text(
        self, inbox: Inbox, key: str, text: str, *, reply: bool, source: str
    ) -> tuple[Connector | None, str]:
        item = inbox.items[key]
        connector = self._connectors.get(source or item.source)
        if connector is None or not reply or source not in {"", item.source}:
            return connector, text
        return connector, connector.mention_prefix(item.comment) + text

    async def measure(self, key: str, text: str, *, what: str = "reply", source: str = "") -> Measure:
        """See `Desk.measure`."""
        with self._ledger.reading() as inbox:
            connector, whole = self._public_text(inbox, key, text, reply=what in TO_A_PERSON, source=source)
            return measured(inbox, inbox.items[key], connector, whole, what)

    async def appearance(self, key: str, text: str, *, reply: bool = True, source: str = "") -> Appearance:
        """See `Desk.appearance`."""
        with self._ledger.reading() as inbox:
            connector, whole = self._public_text(inbox, key, text, reply=reply, source=source)
            return connector.appearance(whole) if connector else Appearance(text)

    # -- what the house published ------------------------------------------------------------------

    async def places(self, key: str, what: str) -> tuple[Place, ...]:
        """See `Desk.places`."""
        ask = {"notice": notices.place, "thread": threads.place}[what]
        with self._ledger.reading() as inbox:
            item = inbox.items[key]
            sources = dict.fromkeys((item.source, *self._connectors))
            return tuple(ask(inbox, item, source, self._connectors.get(source)) for source in sources)

    async def rows_of(self, keys: Sequence[str]) -> tuple[rows.Row, ...]:
        """See `Desk.rows_of`."""
        with self._ledger.reading() as inbox:
            return tuple(row_of(inbox, item) for key in keys if (item := inbox.items.get(key)) is not None)

    async def askers(self, key: str) -> tuple[rows.Row, ...]:
        """See `Desk.askers`."""
        with self._ledger.reading() as inbox:
            return tuple(row_of(inbox, item) for item in threads.askers(inbox, inbox.items[key]))

    async def notices(self) -> tuple[Notice, ...]:
        """See `Desk.notices`."""
        with self._ledger.reading() as inbox:
            return notices.listed(inbox, self._connectors, self._clock())

    async def threads(self) -> tuple[Thread, ...]:
        """See `Desk.threads`."""
        with self._ledger.reading() as inbox:
            return threads.listed(inbox, self._connectors, self._clock())

    # -- what is not sent yet ----------------------------------------------------------------------

    async def kept(self, key: str) -> dict[str, dict[str, str]]:
        """See `Desk.kept`."""
        with self._ledger.reading() as inbox:
            return {kind: dict(texts) for kind, texts in inbox.unsent.of(self._operator, key).items()}

    async def keep(self, key: str, kind: str, texts: dict[str, str]) -> None:
        """See `Desk.keep`."""

        def decide(inbox: Inbox) -> tuple[list[AnyEvent], None]:
            known = inbox.unsent.kept.get((self._operator, key, kind), {})
            wanted = texts if any(text.strip() for text in texts.values()) else {}
            if dict(known) == wanted:
                return [], None
            return [TextKept(at=self._clock(), by=self._operator, key=key, kind=kind, texts=wanted)], None

        if self._read_only:
            raise ReadOnlyError(self._read_only)
        await self._transact(decide)

    def _leaving(self, inbox: Inbox, act: desk.Act, keys: Sequence[str], act_id: str) -> list[AnyEvent]:
        """Let the unsent texts that `act` sends leave with it, in the same transaction."""
        text = getattr(act, "text", "").strip()
        if not act_id or not text:
            return []
        about = set(keys)
        if isinstance(act, EditOwn) and (entry := inbox.outbox.get(act.entry)) is not None:
            about = {entry.target}

        def is_sent(texts: Texts) -> bool:
            return texts.get("text", "").strip() == text

        return [
            TextKept(at=self._clock(), by=self._operator, key=key, kind=kind, act=act_id)
            for _who, key, kind in inbox.unsent.saying(self._operator, is_sent)
            if key in about
        ]


def is_ours(entry: OutboxEntry) -> bool:
    """Whether a sending is a comment of ours that readers see, which could be edited or deleted."""
    return entry.state is DeliveryState.SENT and own.is_comment(entry)
