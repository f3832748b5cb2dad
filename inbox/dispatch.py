"""Dispatcher: drains the outbox through the connectors, once; doubts end by key, by reading back, or by a human."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta

import msgspec
from msgspec import Struct

from connectors._contract import Connector
from connectors._errors import ConnectorError
from connectors._model import Capability, Idempotency, NotSent, Outcome, Outgoing, Receipt, Rejected, Sent, Unknown
from connectors._outcome import outcome_of
from connectors._text import sanitise
from inbox.carrying import carry_out
from inbox.events import AnyEvent, Delivery
from inbox.fold import Inbox
from inbox.guard import LONGEST_PATIENCE, USUAL_PATIENCE, guarded, patience
from inbox.moderating import consequences
from inbox.outbox import REPEATABLE, DeliveryState, Kind, OutboxEntry, fill_link

log = logging.getLogger(__name__)

DEADLINE = 20.0
"""Seconds a platform has to answer; shorter than LAG, so that a slow sending cannot land after we looked."""
LAG = 25.0
"""Seconds to wait before looking for a doubtful text among our own: platforms list them with a delay."""
LOOKS = 2
"""How often to look before the human is asked."""
PUT_OFF = frozenset({DeliveryState.QUEUED, DeliveryState.UNKNOWN})
"""States in which a sending may wait because its platform asked for patience."""
ENDS = frozenset({Kind.UNPIN, Kind.UNBLOCK})
"""Kinds by which a measure of the house ends: never too late."""
OVERDUE = 3600.0
"""Seconds after which a sending that never left is not sent at a start without being looked at again."""
RESEND_AFTER = 5.0
"""Seconds before a doubtful sending is repeated under its idempotency key; doubled with every try."""
MOST_DOUBLINGS = 8
"""How often that pause is doubled."""
NOT_TRIED = "not tried: the platform had just refused the account"
"""What becomes of those behind a sending whose account was refused."""
ASK = "look at the platform, then retry it or mark it as sent"
REREAD = "read it again, then retry or drop it"
RECONNECT = "connect it again and retry, or drop it"

Decide = Callable[[Inbox], Sequence[AnyEvent]]
"""Decides on the inbox as it stands at that moment; nothing comes between the decision and its record."""
Commit = Callable[[Decide], Awaitable[bool]]
"""Makes what was decided durable and folds it in; tells whether it was anything."""


class Waits(Struct, frozen=True, kw_only=True):
    """How long the outbox waits for what, in seconds.

    Attributes:
        deadline: for a platform's answer.
        lag: before it looks for a doubtful text among our own.
        resend: before it repeats a doubtful sending under its key; doubled with every try.
    """

    deadline: float = DEADLINE
    lag: float = LAG
    resend: float = RESEND_AFTER


USUAL = Waits()


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
        waits: Waits = USUAL,
    ) -> None:
        """Drain `inbox.outbox` through `connectors`, recording every step with `commit` first."""
        self._waits = waits
        self._inbox = inbox
        self._connectors = connectors
        self._commit = commit
        self._clock = clock
        self._looked: dict[str, int] = {}
        self._free_at: dict[str, datetime] = {}
        self._asked: set[str] = set()
        self._answers: dict[str, list[AnyEvent]] = {}
        self._stepped_at: datetime | None = None

    async def recover(self) -> None:
        """After a start: what was being sent when the engine died is in doubt, and what is long overdue stays here.

        A joke of last Friday must not leave on Monday because somebody opened the desk: a human looks at it first. What
        was to be taken down is taken down, however late.
        """
        if not self._connectors:  # a private act from the command line: what waits is no business of its engine
            return
        late = self._clock() - timedelta(seconds=OVERDUE)
        events = [event for entry in self._pending() if (event := self._recovered(entry, late)) is not None]
        await self._commit(lambda _: events)
        longest = self._clock() + timedelta(seconds=LONGEST_PATIENCE)  # more would be a clock that was wrong
        for entry in self._pending():
            # with a message it was put off: its platform had asked the account for patience
            if entry.state in PUT_OFF and entry.message and entry.due_at <= longest:
                self._free_at[entry.source] = max(entry.due_at, self._free_at.get(entry.source, entry.due_at))

    def _recovered(self, entry: OutboxEntry, late: datetime) -> Delivery | None:
        if entry.state is DeliveryState.SENDING:
            return self._doubted(entry, "the engine stopped while this was being sent")
        if entry.state is DeliveryState.UNKNOWN and not entry.hint:  # its key may have expired meanwhile
            doubt = self._doubted(entry, entry.message)
            return doubt if doubt.hint else None
        if not entry.can_be_taken_back:
            return None
        if entry.source not in self._connectors:
            message = "no source of this name is connected any more"
            return self._moved(entry, DeliveryState.REJECTED, message=message, hint=RECONNECT)
        if entry.due_at < late and entry.kind not in ENDS:
            message = "nothing ran when this should have left"
            return self._moved(entry, DeliveryState.REJECTED, message=message, hint=REREAD)
        return None

    async def step(self, now: datetime) -> datetime | None:
        """Send what is due at `now`; return when the next thing is, or None.

        Raises:
            StoreError: something could not be recorded; what a platform answered is kept and recorded by the next step.
        """
        for entry_id in list(self._answers):
            await self._write_down(entry_id)
        if self._stepped_at is not None and now < self._stepped_at:
            self._free_at.clear()  # the wall clock was set back: no account waits for a time that was wrong
        self._stepped_at = now
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
        # all of them end before the next step begins: an account is never drained by two at once
        ends = await asyncio.gather(*(self._drain(e) for e in by_source.values()), return_exceptions=True)
        for end in ends:
            if isinstance(end, BaseException):
                raise end
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
        last = entry.last_sent_at or entry.first_sent_at or entry.due_at
        if entry.id in self._asked:
            return None
        if entry.kind in REPEATABLE or self._can_resend(entry, connector):
            doublings = min(max(entry.attempts - 1, 0), MOST_DOUBLINGS)
            return max(entry.due_at, last + timedelta(seconds=self._waits.resend * 2**doublings))
        if self._can_read_back(connector) and self._looked.get(entry.id, 0) < LOOKS:
            # from the latest call on: what it may have published is not listed yet
            return max(entry.due_at, last + timedelta(seconds=self._waits.lag * (1 + self._looked.get(entry.id, 0))))
        return None

    def _can_resend(self, entry: OutboxEntry, connector: Connector) -> bool:
        traits = connector.traits
        if traits.idempotency in {Idempotency.CLIENT_ID, Idempotency.REFUSES}:
            return True
        first = entry.first_sent_at or entry.due_at
        # a clock that was set back behind the first call says nothing of the key's age
        age = self._clock() - first
        return traits.idempotency is Idempotency.KEY and timedelta(0) <= age < timedelta(seconds=traits.key_ttl)

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
            doubtful = entry.state is DeliveryState.UNKNOWN and entry.kind not in REPEATABLE
            if doubtful and not self._can_resend(entry, connector):
                await self._look(entry, connector)
                continue
            await self._send(entry, connector)
            pause = timedelta(seconds=connector.traits.send_interval)
            self._free_at[entry.source] = max(self._free_at.get(entry.source, self._clock()), self._clock() + pause)

    async def _send(self, entry: OutboxEntry, connector: Connector) -> None:
        exact = self._exact(entry)
        if exact is None:
            await self._move(entry, DeliveryState.REJECTED, message="what it should link to was never published")
        elif await self._move(exact, DeliveryState.SENDING, outgoing=exact.outgoing):
            self._looked.pop(entry.id, None)
            outcome = await self._call(exact, connector)
            self._answers[entry.id] = self._meant(exact, outcome)
            await self._write_down(entry.id)
            if isinstance(outcome, Rejected) and outcome.account:
                await self._spare_the_rest(entry, outcome)

    async def _spare_the_rest(self, refused: OutboxEntry, outcome: Rejected) -> None:
        """Refuse without a call what is due of the same kind from an account that the platform does not take any more."""

        def decide(inbox: Inbox) -> Sequence[AnyEvent]:
            due = [inbox.outbox[i] for i in inbox.pending]
            same = [
                e for e in due if (e.source, e.kind) == (refused.source, refused.kind) and e.due_at <= self._clock()
            ]
            return [
                self._moved(e, DeliveryState.REJECTED, message=NOT_TRIED, hint=outcome.hint)
                for e in same
                if e.can_be_taken_back
            ]

        await self._commit(decide)

    async def _write_down(self, entry_id: str) -> None:
        """Record what the platform answered; when the storage refuses, it stays here for the next step."""
        events = self._answers[entry_id]
        await self._commit(lambda _: events)
        del self._answers[entry_id]

    def _exact(self, entry: OutboxEntry) -> OutboxEntry | None:
        if not entry.waits_for or entry.first_sent_at is not None:
            return entry
        before = self._inbox.outbox.get(entry.waits_for)
        public = before is not None and before.state in {DeliveryState.SENT, DeliveryState.BY_HAND}
        if before is None or not public or before.receipt is None:
            return None
        if entry.outgoing is None:  # an old notice comes down once the new one is public
            return entry
        return fill_link(entry, before.receipt.url) if before.receipt.url else None

    async def _call(self, entry: OutboxEntry, connector: Connector) -> Outcome:
        try:
            async with asyncio.timeout(self._waits.deadline):
                return _checked(await guarded(carry_out(entry, connector, self._clock())))
        except ConnectorError as error:
            return outcome_of(error)
        except TimeoutError:
            return Unknown(sanitise(f"no answer within {self._waits.deadline:.0f} s"))
        except Exception as error:  # a stranger's connector may break in any way; the outbox must not
            log.exception("connector %s failed while sending", connector.name)
            return Unknown(sanitise(f"the connector failed: {type(error).__name__}"))

    def _meant(self, entry: OutboxEntry, outcome: Outcome) -> list[AnyEvent]:
        """Return what an answer means for an entry, which stood as `entry` before it was sent."""
        doubtful = entry.state is DeliveryState.UNKNOWN and entry.kind not in REPEATABLE
        if isinstance(outcome, Sent):
            return self._arrived(entry, outcome.receipt)
        if isinstance(outcome, Rejected) and not doubtful:
            return [self._moved(entry, DeliveryState.REJECTED, message=outcome.message, hint=outcome.hint)]
        if isinstance(outcome, Rejected):
            # the platform refuses the repetition, which says nothing of the first try
            self._asked.add(entry.id)
            return [self._moved(entry, DeliveryState.UNKNOWN, message=outcome.message, hint=ASK)]
        if isinstance(outcome, NotSent):
            until = self._clock() + timedelta(seconds=max(patience(outcome.retry_after), self._least(entry)))
            self._free_at[entry.source] = until
            # a repeated sending that did not leave says nothing of the first one: the doubt stays
            state = DeliveryState.UNKNOWN if entry.state is DeliveryState.UNKNOWN else DeliveryState.QUEUED
            return [self._moved(entry, state, message=outcome.message, due_at=until)]
        return [self._doubted(entry, outcome.message, self._left_alone(entry, patience(outcome.retry_after)))]

    def _left_alone(self, entry: OutboxEntry, seconds: float) -> datetime | None:
        """Send nothing from this account while its platform wants to be left alone; return until when."""
        if not seconds:
            return None
        until = self._clock() + timedelta(seconds=seconds)
        self._free_at[entry.source] = until
        return until

    def _least(self, entry: OutboxEntry) -> float:
        """Return the seconds to wait at least, even where a platform says, time and again, that its limit is over."""
        doublings: int = 2 ** min(entry.attempts, MOST_DOUBLINGS)
        return min(self._waits.resend * doublings, USUAL_PATIENCE)

    def _doubted(self, entry: OutboxEntry, message: str, until: datetime | None = None) -> Delivery:
        """Record a doubt; where neither a key nor a look can end it, a human is asked at once.

        Args:
            entry: whose.
            message: what happened.
            until: when the platform may be asked again, where it named a time.
        """
        connector = self._connectors.get(entry.source)
        ends = connector is not None and (
            entry.kind in REPEATABLE or self._can_resend(entry, connector) or self._can_read_back(connector)
        )
        return self._moved(entry, DeliveryState.UNKNOWN, message=message, hint="" if ends else ASK, due_at=until)

    def _arrived(self, entry: OutboxEntry, receipt: Receipt) -> list[AnyEvent]:
        self._looked.pop(entry.id, None)
        sent = self._moved(entry, DeliveryState.SENT, receipt=receipt, message=receipt.warning)
        return [sent, *consequences(entry, self._clock())]

    async def _look(self, entry: OutboxEntry, connector: Connector) -> None:
        assert entry.outgoing is not None
        try:
            async with asyncio.timeout(self._waits.deadline):
                found = _receipt(await guarded(connector.read_back(entry.outgoing)))
        except Exception as error:  # noqa: BLE001 - as above; the doubt stays, and a human may end it at any time
            log.info("looking for a doubtful sending failed: %s", type(error).__name__)
            self._left_alone(entry, max(patience(getattr(error, "retry_after", 0.0)), self._waits.lag))
            return
        self._looked[entry.id] = self._looked.get(entry.id, 0) + 1
        if found is not None:
            self._answers[entry.id] = self._arrived(entry, found)
            await self._write_down(entry.id)
        elif self._looked[entry.id] >= LOOKS:
            message = "not found among our own publications"
            await self._move(entry, DeliveryState.UNKNOWN, message=message, hint=ASK)

    # -- recording ---------------------------------------------------------------------------------

    async def _move(
        self,
        entry: OutboxEntry,
        state: DeliveryState,
        *,
        outgoing: Outgoing | None = None,
        message: str = "",
        hint: str = "",
    ) -> bool:
        """Record that `entry` moves, unless somebody else moved it or holds everything since it was looked at."""

        def decide(inbox: Inbox) -> Sequence[AnyEvent]:
            if inbox.outbox[entry.id].state is not entry.state or (inbox.held_by and state is DeliveryState.SENDING):
                return ()
            return (self._moved(entry, state, outgoing=outgoing, message=message, hint=hint),)

        return await self._commit(decide)

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
            message=sanitise(message),
            hint=sanitise(hint),
        )


def _checked(outcome: Outcome) -> Outcome:
    """Return an outcome as the journal will keep it; what a stranger's connector makes up raises instead."""
    return msgspec.json.decode(msgspec.json.encode(outcome), type=Outcome)  # type: ignore[no-any-return]  # a union is a type to msgspec


def _receipt(found: Receipt | None) -> Receipt | None:
    return msgspec.json.decode(msgspec.json.encode(found), type=Receipt | None)
