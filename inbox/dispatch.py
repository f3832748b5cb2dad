"""Dispatcher: drains the outbox through the connectors, once; doubts end by key, by reading back, or by a human."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

from connectors._contract import Connector
from connectors._errors import (
    ConnectorError,
    RateLimitedError,
    RejectedError,
    UnreachableError,
    UnsupportedError,
)
from connectors._model import Capability, Idempotency, NotSent, Outcome, Outgoing, Receipt, Rejected, Sent, Unknown
from connectors._text import sanitise
from inbox.events import AnyEvent, Delivery
from inbox.fold import Inbox
from inbox.outbox import DeliveryState, Kind, OutboxEntry, fill_link
from inbox.triage import hidden_event

log = logging.getLogger(__name__)

DEADLINE = 20.0
"""Seconds a platform has to answer; shorter than LAG, so that a slow sending cannot land after we looked."""
LAG = 25.0
"""Seconds to wait before looking for a doubtful text among our own: platforms list them with a delay."""
LOOKS = 2
"""How often to look before the human is asked."""
RESEND_AFTER = 5.0
"""Seconds before a doubtful sending is repeated under its idempotency key."""

Commit = Callable[[list[AnyEvent]], Awaitable[None]]
"""Makes events durable and folds them in."""

MODERATION = frozenset({Kind.HIDE, Kind.UNHIDE, Kind.DELETE, Kind.UNPIN})
"""Kinds that do the same when done twice: they may always be repeated."""


class Dispatcher:
    """Sends what is due, one at a time per source, and never the same thing twice.

    `step` does everything that is due at a given moment and says when to come back; the engine calls it in a loop, a
    test calls it with times of its own.
    """

    def __init__(
        self,
        inbox: Inbox,
        connectors: Mapping[str, Connector],
        commit: Commit,
        clock: Callable[[], datetime],
    ) -> None:
        """Drain `inbox.outbox` through `connectors`, recording every step with `commit` first."""
        self._inbox = inbox
        self._connectors = connectors
        self._commit = commit
        self._clock = clock
        self._looked: dict[str, int] = {}
        self._free_at: dict[str, datetime] = {}

    async def recover(self) -> None:
        """After a start: what was being sent when the engine died is in doubt, and only that."""
        doubtful = [e for e in self._pending() if e.state is DeliveryState.SENDING]
        await self._record(
            *(
                self._moved(e, DeliveryState.UNKNOWN, message="the engine stopped while this was being sent")
                for e in doubtful
            )
        )

    async def step(self, now: datetime) -> datetime | None:
        """Send what is due at `now`; return when the next thing is, or None."""
        if self._inbox.held_by:
            return None
        by_source: dict[str, list[OutboxEntry]] = {}
        next_at: list[datetime] = []
        for entry in self._pending():
            when = self._when(entry)
            if when is None:
                continue
            if when <= now:
                by_source.setdefault(entry.source, []).append(entry)
            else:
                next_at.append(when)
        await asyncio.gather(*(self._drain(entries) for entries in by_source.values()))
        if by_source:  # what was just sent may have freed or delayed others
            next_at.extend(w for e in self._pending() if (w := self._when(e)) is not None)
        return min(next_at, default=None)

    # -- when --------------------------------------------------------------------------------------

    def _pending(self) -> list[OutboxEntry]:
        return [self._inbox.outbox[i] for i in list(self._inbox.pending)]

    def _when(self, entry: OutboxEntry) -> datetime | None:
        """When an entry may be worked on; None while it waits for another entry or for a human."""
        connector = self._connectors.get(entry.source)
        if connector is None or entry.state is DeliveryState.SENDING:
            return None
        if entry.state is DeliveryState.UNKNOWN:
            when = self._doubt_ends(entry, connector)
        else:
            before = self._inbox.outbox.get(entry.waits_for) if entry.waits_for else None
            if before is not None and before.is_pending:
                return None
            when = entry.due_at
        free_at = self._free_at.get(entry.source)
        return when if when is None or free_at is None else max(when, free_at)

    def _doubt_ends(self, entry: OutboxEntry, connector: Connector) -> datetime | None:
        first = entry.first_sent_at or entry.due_at
        if entry.kind in MODERATION or self._can_resend(entry, connector):
            return max(entry.due_at, first + timedelta(seconds=RESEND_AFTER * entry.attempts))
        if self._can_read_back(connector) and self._looked.get(entry.id, 0) < LOOKS:
            return max(entry.due_at, first + timedelta(seconds=LAG * (1 + self._looked.get(entry.id, 0))))
        return None

    def _can_resend(self, entry: OutboxEntry, connector: Connector) -> bool:
        traits = connector.traits
        if traits.idempotency in {Idempotency.CLIENT_ID, Idempotency.REFUSES}:
            return True
        first = entry.first_sent_at or entry.due_at
        return traits.idempotency is Idempotency.KEY and self._clock() < first + timedelta(seconds=traits.key_ttl)

    @staticmethod
    def _can_read_back(connector: Connector) -> bool:
        support = connector.capabilities.get(Capability.READ_BACK)
        return support is not None and support.can != "no"

    # -- doing -------------------------------------------------------------------------------------

    async def _drain(self, entries: list[OutboxEntry]) -> None:
        for planned in entries:
            entry = self._inbox.outbox[planned.id]
            when = self._when(entry)
            if not entry.is_pending or when is None or when > self._clock() or self._inbox.held_by:
                continue  # taken back, held or paced while its neighbours were being sent
            connector = self._connectors[entry.source]
            doubtful = entry.state is DeliveryState.UNKNOWN and entry.kind not in MODERATION
            if doubtful and not self._can_resend(entry, connector):
                await self._look(entry, connector)
                continue
            await self._send(entry, connector)
            pause = timedelta(seconds=connector.traits.send_interval)
            self._free_at[entry.source] = max(self._free_at.get(entry.source, self._clock()), self._clock() + pause)

    async def _send(self, entry: OutboxEntry, connector: Connector) -> None:
        exact = self._exact(entry)
        if exact is None:
            await self._record(
                self._moved(entry, DeliveryState.REJECTED, message="what it should link to was never published")
            )
            return
        await self._record(self._moved(exact, DeliveryState.SENDING, outgoing=exact.outgoing))
        await self._settle(exact, await self._call(exact, connector))

    def _exact(self, entry: OutboxEntry) -> OutboxEntry | None:
        if not entry.waits_for or entry.first_sent_at is not None:
            return entry
        before = self._inbox.outbox.get(entry.waits_for)
        if before is None or before.state is not DeliveryState.SENT or before.receipt is None:
            return None
        return fill_link(entry, before.receipt.url)

    async def _call(self, entry: OutboxEntry, connector: Connector) -> Outcome:
        try:
            async with asyncio.timeout(DEADLINE):
                return await self._dispatch(entry, connector)
        except RateLimitedError as error:
            return NotSent(error.message, error.retry_after)
        except UnreachableError as error:
            return Unknown(error.message) if error.sent else NotSent(error.message)
        except (RejectedError, UnsupportedError) as error:
            return Rejected(error.message, error.hint)
        except ConnectorError as error:
            return Unknown(error.message)
        except TimeoutError:
            return Unknown(sanitise(f"no answer within {DEADLINE:.0f} s"))
        except Exception as error:  # a stranger's connector may break in any way; the outbox must not
            log.exception("connector %s failed while sending", connector.name)
            return Unknown(sanitise(f"the connector failed: {type(error).__name__}"))

    async def _dispatch(self, entry: OutboxEntry, connector: Connector) -> Outcome:
        if entry.kind is Kind.HIDE or entry.kind is Kind.UNHIDE:
            return await connector.hide(entry.native_id, hidden=entry.kind is Kind.HIDE)
        if entry.kind is Kind.DELETE:
            return await connector.delete(entry.native_id)
        if entry.kind is Kind.UNPIN:
            return await connector.unpin_notice(entry.native_id)
        outgoing: Outgoing = entry.outgoing  # type: ignore[assignment]  # every other kind publishes
        if entry.kind is Kind.NOTICE:
            return await connector.pin_notice(outgoing)
        if entry.kind is Kind.THREAD:
            return await connector.open_thread(outgoing)
        return await connector.send_reply(outgoing)

    async def _settle(self, entry: OutboxEntry, outcome: Outcome) -> None:
        now = self._clock()
        if isinstance(outcome, Sent):
            await self._sent(entry, outcome.receipt)
        elif isinstance(outcome, Rejected):
            await self._record(self._moved(entry, DeliveryState.REJECTED, message=outcome.message, hint=outcome.hint))
        elif isinstance(outcome, NotSent):
            wait = timedelta(seconds=outcome.retry_after)
            self._free_at[entry.source] = now + wait
            # a repeated sending that did not leave says nothing of the first one: the doubt stays
            doubtful = entry.state is DeliveryState.UNKNOWN
            state = DeliveryState.UNKNOWN if doubtful else DeliveryState.QUEUED
            await self._record(self._moved(entry, state, message=outcome.message, due_at=now + wait))
        else:
            await self._record(self._moved(entry, DeliveryState.UNKNOWN, message=outcome.message))

    async def _sent(self, entry: OutboxEntry, receipt: Receipt) -> None:
        events: list[AnyEvent] = [self._moved(entry, DeliveryState.SENT, receipt=receipt, message=receipt.warning)]
        hidden = hidden_event(entry, self._clock())
        if hidden is not None:
            events.append(hidden)
        self._looked.pop(entry.id, None)
        await self._commit(events)

    async def _look(self, entry: OutboxEntry, connector: Connector) -> None:
        assert entry.outgoing is not None
        try:
            async with asyncio.timeout(DEADLINE):
                receipt = await connector.read_back(entry.outgoing)
        except (ConnectorError, TimeoutError) as error:
            log.info("looking for a doubtful sending failed: %s", type(error).__name__)
            self._free_at[entry.source] = self._clock() + timedelta(seconds=LAG)
            return
        self._looked[entry.id] = self._looked.get(entry.id, 0) + 1
        if receipt is not None:
            await self._sent(entry, receipt)
        elif self._looked[entry.id] >= LOOKS:
            await self._record(
                self._moved(
                    entry,
                    DeliveryState.UNKNOWN,
                    message="not found among our own publications",
                    hint="look at the platform, then retry it or mark it as sent",
                )
            )

    # -- recording ---------------------------------------------------------------------------------

    def _moved(
        self,
        entry: OutboxEntry,
        state: DeliveryState,
        *,
        outgoing: Outgoing | None = None,
        due_at: datetime | None = None,
        receipt: Receipt | None = None,
        message: str = "",
        hint: str = "",
    ) -> Delivery:
        return Delivery(
            at=self._clock(),
            by=entry.by,
            entry=entry.id,
            state=state,
            outgoing=outgoing,
            due_at=due_at,
            receipt=receipt,
            message=message,
            hint=hint,
        )

    async def _record(self, *events: AnyEvent) -> None:
        if events:
            await self._commit(list(events))
