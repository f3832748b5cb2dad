"""The outbox leaves once: keys, doubts, reading back, limits, links, holding."""

import asyncio
from datetime import datetime, timedelta
from typing import ClassVar

import pytest
from builders import NOON, assessed, inbox_with
from msgspec import structs

from connectors._http import Http
from connectors._model import Comment, Idempotency, NotSent, Outcome, Outgoing, Receipt, Sent, Traits
from connectors._rehearsal.faults import Fail, Fault
from connectors._rehearsal.options import RehearsalOptions
from connectors._text import sanitise
from connectors.rehearsal import Rehearsal
from inbox.dispatch import LAG, LOOKS, OVERDUE, RESEND_AFTER, Decide, Dispatcher
from inbox.events import AnyEvent, Delivery, HeldEverything, Queued
from inbox.item import Item, TriageState
from inbox.outbox import DeliveryState, Kind, OutboxEntry
from inbox.store_errors import FullError, StoreError

DUE = NOON + timedelta(minutes=1)


async def no_wait(_: float) -> None:
    """Let the pretended platform answer at once."""


class Keyless(Rehearsal):
    """The same platform without any protection against sending twice."""

    traits: ClassVar[Traits] = structs.replace(  # type: ignore[misc]  # a class's fact, as in every connector
        Rehearsal.traits, idempotency=Idempotency.NONE, key_ttl=0.0
    )


class House:
    """An inbox with one comment, a rehearsal platform, and a dispatcher between them; time moves by hand."""

    def __init__(self, platform: Rehearsal, first: Comment) -> None:
        """Put the platform's first comment into an inbox."""
        self.now: datetime = DUE
        self.journal: list[AnyEvent] = []
        self.interruptions: list[AnyEvent | StoreError] = []
        self.inbox, items = inbox_with((first, assessed()))
        self.item: Item = items[0]
        self.platform = platform
        self.dispatcher = self.restarted()

    @classmethod
    async def open(cls, *faults: Fault, kind: type[Rehearsal] = Rehearsal) -> "House":
        """Open a house on a platform whose next sendings end as `faults` say."""
        options = RehearsalOptions(latency=0, speed=0, fail=Fail(order=faults), start=NOON)
        platform = kind("museum", options, Http(), clock=lambda: house.now, sleep=no_wait)
        before = kind("museum", options, Http(), clock=lambda: DUE)
        house = cls(platform, (await before.poll(None)).comments[0])
        return house

    def restarted(self) -> Dispatcher:
        """Start a dispatcher as after a crash: it knows the inbox only."""
        return Dispatcher(self.inbox, {"museum": self.platform}, self.commit, lambda: self.now)

    async def commit(self, decide: Decide) -> bool:
        """Let a colleague come first, then decide, record and fold."""
        await self.meanwhile()
        events = decide(self.inbox)
        for event in events:
            self.journal.append(event)
            self.inbox.apply(event)
        return bool(events)

    async def meanwhile(self) -> None:
        """Apply what a colleague or the disk does between a look at the outbox and the record."""
        while self.interruptions:
            event = self.interruptions.pop()
            if isinstance(event, StoreError):
                raise event
            self.inbox.apply(event)

    def queue(self, *entries: OutboxEntry) -> None:
        """Decide some sendings."""
        self.inbox.apply(Queued(at=NOON, by="marta", entries=entries))

    def reply(self, id: str = "e1", text: str = "Bienvenue", **fields: object) -> OutboxEntry:  # noqa: A002 - as the field is called
        """Build a reply that is due."""
        outgoing = Outgoing(
            client_id=id,
            text=text,
            created_at=NOON,
            parent_id=self.item.comment.native_id,
            post_id=self.item.comment.post_id,
        )
        entry = OutboxEntry(
            id=id,
            act="a1",
            kind=Kind.REPLY,
            source="museum",
            by="marta",
            queued_at=NOON,
            due_at=DUE,
            target=self.item.key,
            outgoing=outgoing,
        )
        return structs.replace(entry, **fields)

    def state(self, id: str = "e1") -> DeliveryState:  # noqa: A002 - as the field is called
        """Tell where a sending stands."""
        return self.inbox.outbox[id].state

    async def later(self, seconds: float) -> datetime | None:
        """Let time pass and the dispatcher work."""
        self.now += timedelta(seconds=seconds)
        return await self.dispatcher.step(self.now)

    @property
    def public(self) -> list[str]:
        """What the platform shows, as texts."""
        return [item.outgoing.text for item in self.platform.sent()]


async def test_nothing_leaves_before_it_is_due() -> None:
    house = await House.open()
    house.queue(house.reply(due_at=DUE + timedelta(seconds=10)))
    assert await house.later(9) == DUE + timedelta(seconds=10)
    assert house.public == []
    await house.later(1)
    assert house.public == ["Bienvenue"]
    assert house.inbox.items[house.item.key].state is TriageState.ANSWERED


async def test_sending_is_recorded_before_the_platform_is_called() -> None:
    house = await House.open()
    house.queue(house.reply())
    await house.later(0)
    assert [e.state for e in house.journal if isinstance(e, Delivery)] == [DeliveryState.SENDING, DeliveryState.SENT]


async def test_a_lost_answer_is_settled_under_the_same_key_without_a_second_reply() -> None:
    house = await House.open(Fault.LOST, Fault.OK)
    house.queue(house.reply())
    await house.later(0)
    assert house.state() is DeliveryState.UNKNOWN
    await house.later(RESEND_AFTER)
    assert (house.state(), house.public) == (DeliveryState.SENT, ["Bienvenue"])


async def test_a_vanished_request_is_repeated_under_its_key() -> None:
    house = await House.open(Fault.VANISHED, Fault.OK)
    house.queue(house.reply())
    await house.later(0)
    await house.later(RESEND_AFTER)
    assert (house.state(), house.public) == (DeliveryState.SENT, ["Bienvenue"])


async def test_killed_between_sending_and_receipt_it_is_still_sent_once() -> None:
    house = await House.open(Fault.LOST)
    house.queue(house.reply())
    await house.later(0)
    house.inbox.apply(Delivery(at=DUE, by="marta", entry="e1", state=DeliveryState.SENDING))  # as the crash left it
    house.dispatcher = house.restarted()
    await house.dispatcher.recover()
    assert house.state() is DeliveryState.UNKNOWN
    await house.later(2 * RESEND_AFTER)
    assert (house.state(), house.public) == (DeliveryState.SENT, ["Bienvenue"])


async def test_after_the_key_expired_it_looks_instead_of_sending() -> None:
    house = await House.open(Fault.LOST)
    house.queue(house.reply())
    await house.later(0)
    await house.later(Rehearsal.traits.key_ttl + 1)
    assert (house.state(), house.public) == (DeliveryState.SENT, ["Bienvenue"])
    assert [e.state for e in house.journal if isinstance(e, Delivery)].count(DeliveryState.SENDING) == 1


async def test_without_a_key_a_lost_answer_is_found_by_reading_back() -> None:
    house = await House.open(Fault.LOST, kind=Keyless)
    house.queue(house.reply())
    await house.later(0)
    await house.later(LAG - 1)
    assert house.state() is DeliveryState.UNKNOWN
    await house.later(1)
    assert (house.state(), house.public) == (DeliveryState.SENT, ["Bienvenue"])


async def test_without_a_key_what_is_not_found_is_left_to_a_human() -> None:
    house = await House.open(Fault.VANISHED, kind=Keyless)
    house.queue(house.reply())
    await house.later(0)
    for _ in range(LOOKS + 3):
        await house.later(LAG)
    assert (house.state(), house.public) == (DeliveryState.UNKNOWN, [])
    assert "retry it or mark it as sent" in house.inbox.outbox["e1"].hint
    assert await house.later(0) is None


async def test_a_limit_puts_it_off_and_keeps_it_takeable_back() -> None:
    house = await House.open(Fault.LIMIT, Fault.OK)
    house.queue(house.reply())
    assert await house.later(0) == DUE + timedelta(seconds=5)
    assert house.inbox.outbox["e1"].can_be_taken_back
    await house.later(5)
    assert house.public == ["Bienvenue"]


async def test_a_limited_account_is_left_in_peace_after_a_restart_too() -> None:
    house = await House.open(Fault.LIMIT, Fault.OK)
    house.queue(house.reply(), house.reply("e2", "Bonjour"))
    await house.later(0)
    house.dispatcher = house.restarted()
    await house.dispatcher.recover()
    assert await house.later(1) == DUE + timedelta(seconds=5)
    assert house.public == []
    await house.later(4)
    await house.later(1)
    assert house.public == ["Bienvenue", "Bonjour"]


async def test_a_limit_while_in_doubt_leaves_the_doubt() -> None:
    house = await House.open(Fault.LOST, Fault.LIMIT, Fault.OK)
    house.queue(house.reply())
    await house.later(0)
    await house.later(RESEND_AFTER)
    assert house.state() is DeliveryState.UNKNOWN
    await house.later(2 * RESEND_AFTER)
    assert (house.state(), house.public) == (DeliveryState.SENT, ["Bienvenue"])


async def test_a_refusal_is_final_and_says_why() -> None:
    house = await House.open(Fault.REJECT)
    house.queue(house.reply())
    await house.later(0)
    await house.later(3600)
    assert (house.state(), house.public) == (DeliveryState.REJECTED, [])
    assert house.inbox.outbox["e1"].message


async def test_holding_everything_stops_what_is_due_until_it_is_released() -> None:
    house = await House.open()
    house.queue(house.reply())
    house.inbox.apply(HeldEverything(at=NOON, by="lou", held=True))
    await house.later(600)
    assert house.public == []
    house.inbox.apply(HeldEverything(at=NOON, by="lou", held=False))
    await house.later(0)
    assert house.public == ["Bienvenue"]


async def test_the_link_is_filled_in_once_the_thread_is_open() -> None:
    house = await House.open()
    house.queue(
        house.reply("t1", "Parlons-en ici.", kind=Kind.THREAD, target=""),
        house.reply("h1", "La suite : $link", kind=Kind.HOUSE_COMMENT, target="", waits_for="t1"),
    )
    for _ in range(3):
        await house.later(1)
    opened = house.inbox.outbox["t1"].receipt
    assert opened is not None
    assert house.public[-1] == f"La suite : {opened.url}"
    assert house.inbox.outbox["h1"].outgoing.text == house.public[-1]  # type: ignore[union-attr]  # it publishes


async def test_a_link_to_a_thread_that_was_refused_never_leaves() -> None:
    house = await House.open(Fault.REJECT)
    house.queue(
        house.reply("t1", "Parlons-en ici.", kind=Kind.THREAD, target=""),
        house.reply("h1", "La suite : $link", kind=Kind.HOUSE_COMMENT, target="", waits_for="t1"),
    )
    for _ in range(3):
        await house.later(1)
    assert (house.state("h1"), house.public) == (DeliveryState.REJECTED, [])


async def test_sendings_of_one_account_keep_their_pace() -> None:
    house = await House.open()
    house.queue(*(house.reply(f"e{n}", f"Bonjour {n}") for n in range(3)))
    await house.later(0)
    assert len(house.public) == 1
    for _ in range(2):
        await house.later(Rehearsal.traits.send_interval)
    assert house.public == ["Bonjour 0", "Bonjour 1", "Bonjour 2"]


async def test_hiding_marks_the_item_and_may_be_repeated() -> None:
    house = await House.open(Fault.LOST, Fault.OK)
    native_id = house.item.comment.native_id
    house.queue(house.reply(kind=Kind.HIDE, native_id=native_id, outgoing=None, reason="insultes"))
    await house.later(0)
    await house.later(RESEND_AFTER)
    assert house.state() is DeliveryState.SENT
    assert house.inbox.items[house.item.key].hidden


@pytest.mark.parametrize("stopped_at", range(12))
async def test_a_crash_at_any_step_of_a_play_never_publishes_anything_twice(stopped_at: int) -> None:
    house = await House.open(Fault.OK, Fault.LOST, Fault.LIMIT, Fault.VANISHED)
    house.queue(
        house.reply("t1", "Parlons-en ici.", kind=Kind.THREAD, target=""),
        house.reply("h1", "La suite : $link", kind=Kind.HOUSE_COMMENT, target="", waits_for="t1"),
        house.reply("e1", "Bonjour"),
    )
    for step in range(40):
        await house.later(1)
        if step == stopped_at:
            house.dispatcher = house.restarted()
            await house.dispatcher.recover()
    assert len(house.public) == len(set(house.public)) == 3
    assert {house.state(i) for i in ("t1", "h1", "e1")} == {DeliveryState.SENT}


# -- what comes in between, and what a stranger's connector makes up ---------------------------------


async def test_what_is_taken_back_at_the_last_moment_does_not_leave() -> None:
    house = await House.open()
    house.queue(house.reply())
    house.interruptions = [Delivery(at=DUE, by="marta", entry="e1", state=DeliveryState.TAKEN_BACK)]
    await house.later(0)
    assert (house.state(), house.public) == (DeliveryState.TAKEN_BACK, [])


async def test_what_is_held_at_the_last_moment_does_not_leave() -> None:
    house = await House.open()
    house.queue(house.reply())
    house.interruptions = [HeldEverything(at=DUE, by="lou", held=True)]
    await house.later(0)
    assert (house.state(), house.public) == (DeliveryState.QUEUED, [])


async def test_a_human_s_word_about_a_doubt_is_not_overwritten_by_a_look_that_found_nothing() -> None:
    house = await House.open(Fault.VANISHED, kind=Keyless)
    house.queue(house.reply())
    await house.later(0)
    await house.later(LAG)
    house.interruptions = [Delivery(at=DUE, by="marta", entry="e1", state=DeliveryState.BY_HAND)]
    await house.later(LAG)
    assert house.state() is DeliveryState.BY_HAND


async def test_an_answer_that_a_full_disk_refused_is_recorded_by_the_next_step() -> None:
    house = await House.open()
    house.queue(house.reply())

    class FillsTheDisk(type(house.platform)):  # type: ignore[misc]  # the platform of this house
        async def send_reply(self, outgoing: Outgoing) -> Outcome:
            house.interruptions = [FullError("the disk is full")]
            outcome: Outcome = await super().send_reply(outgoing)
            return outcome

    house.platform.__class__ = FillsTheDisk
    with pytest.raises(FullError):
        await house.later(0)
    assert house.state() is DeliveryState.SENDING
    await house.later(1)
    assert (house.state(), house.public) == (DeliveryState.SENT, ["Bienvenue"])


class Nonsense(Rehearsal):
    """A stranger's connector that answers whatever a test says."""

    answer: object = None

    async def send_reply(self, outgoing: Outgoing) -> Outcome:
        """Answer nonsense, or raise it."""
        del outgoing
        if isinstance(self.answer, BaseException):
            raise self.answer
        return self.answer  # type: ignore[return-value]  # that is the fault

    async def read_back(self, outgoing: Outgoing) -> Receipt | None:
        """Break."""
        raise LookupError(outgoing.text)


@pytest.mark.parametrize(
    "answer",
    [
        None,
        "sent",
        Sent(None),  # type: ignore[arg-type]  # that is the fault
        NotSent(sanitise("later"), float("nan")),
        asyncio.CancelledError(),
        LookupError("x"),
    ],
)
async def test_a_connector_s_nonsense_is_a_doubt_and_harms_nothing_else(answer: object) -> None:
    house = await House.open(kind=Nonsense)
    house.platform.answer = answer  # type: ignore[attr-defined]  # it is of that kind
    house.queue(house.reply())
    await house.later(0)
    assert house.state() is DeliveryState.UNKNOWN


async def test_a_connector_that_breaks_while_looking_leaves_the_doubt() -> None:
    house = await House.open(kind=Nonsense)
    house.queue(house.reply(state=DeliveryState.UNKNOWN, first_sent_at=DUE - timedelta(days=2), attempts=1))
    assert await house.later(0) is not None
    assert house.state() is DeliveryState.UNKNOWN


async def test_an_absurd_wait_silences_an_account_for_a_day_at_most() -> None:
    house = await House.open(kind=Nonsense)
    house.platform.answer = NotSent(sanitise("later"), 1e15)  # type: ignore[attr-defined]  # it is of that kind
    house.queue(house.reply())
    assert await house.later(0) == DUE + timedelta(days=1)


async def test_a_refused_repetition_leaves_the_doubt_to_a_human() -> None:
    house = await House.open(Fault.LOST, Fault.REJECT)
    house.queue(house.reply())
    await house.later(0)
    await house.later(RESEND_AFTER)
    assert house.state() is DeliveryState.UNKNOWN
    assert await house.later(3600) is None
    assert "mark it as sent" in house.inbox.outbox["e1"].hint


async def test_what_was_in_doubt_and_is_retried_is_not_said_to_be_taken_back_whole() -> None:
    house = await House.open(Fault.LOST)
    house.queue(house.reply())
    await house.later(0)
    house.inbox.apply(Delivery(at=DUE, by="marta", entry="e1", state=DeliveryState.QUEUED))
    assert not house.inbox.outbox["e1"].can_be_taken_back


async def test_a_key_is_not_trusted_when_the_clock_was_set_back_behind_its_first_use() -> None:
    house = await House.open(Fault.LOST)
    house.queue(house.reply())
    await house.later(0)
    await house.later(-7 * 86_400)
    await house.later(RESEND_AFTER)
    assert [e.state for e in house.journal if isinstance(e, Delivery)].count(DeliveryState.SENDING) == 1


async def test_a_clock_set_back_does_not_silence_an_account() -> None:
    house = await House.open()
    house.queue(house.reply("e1", "un"), house.reply("e2", "deux", due_at=NOON - timedelta(days=30)))
    await house.later(0)
    await house.later(-86_400)
    assert house.state("e2") is not DeliveryState.QUEUED


async def test_nobody_is_sent_to_a_thread_without_an_address() -> None:
    house = await House.open()
    receipt = Receipt(remote_id="r1", at=DUE)
    house.queue(
        house.reply("t1", "Ici.", kind=Kind.THREAD, target="", state=DeliveryState.SENT, receipt=receipt),
        house.reply("h1", "La suite : $link", kind=Kind.HOUSE_COMMENT, target="", waits_for="t1"),
    )
    await house.later(0)
    assert (house.state("h1"), house.public) == (DeliveryState.REJECTED, [])


async def test_what_is_long_overdue_at_a_start_waits_for_a_human() -> None:
    house = await House.open()
    house.queue(house.reply())
    house.now += timedelta(seconds=OVERDUE + 1)
    house.dispatcher = house.restarted()
    await house.dispatcher.recover()
    await house.later(60)
    assert (house.state(), house.public) == (DeliveryState.REJECTED, [])


async def test_what_was_to_leave_through_a_source_that_is_gone_waits_for_a_human() -> None:
    house = await House.open()
    house.queue(house.reply(source="closed"))
    await house.restarted().recover()
    entry = house.inbox.outbox["e1"]
    assert (entry.state, entry.hint) == (DeliveryState.REJECTED, "connect it again and retry, or drop it")


async def test_what_is_a_little_overdue_at_a_start_leaves() -> None:
    house = await House.open()
    house.queue(house.reply())
    house.now += timedelta(seconds=OVERDUE - 1)
    house.dispatcher = house.restarted()
    await house.dispatcher.recover()
    await house.later(0)
    assert house.public == ["Bienvenue"]
