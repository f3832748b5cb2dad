"""Notices: said where they appear, pinned, replaced, and taken down by the clock whatever happened meanwhile."""

import asyncio
import threading
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import ClassVar

import pytest
from builders import NOON, assessed, comment, seen

from connectors._contract import Connector
from connectors._http import Http
from connectors._model import Capability, Outcome, Outgoing, Rejected, Support
from connectors._rehearsal.faults import Fail, Fault
from connectors._rehearsal.options import RehearsalOptions
from connectors._text import sanitise
from connectors.rehearsal import Rehearsal
from inbox import desk, notices
from inbox.dispatch import Decide, Dispatcher
from inbox.engine import Engine
from inbox.events import AnyEvent, Delivery
from inbox.fold import Inbox
from inbox.item import TriageState
from inbox.ledger import Ledger
from inbox.outbox import DeliveryState, Kind
from inbox.planning import Context, Plan
from inbox.published import Notice, NoticeState, Unpin, Where
from inbox.store import Store
from inbox.triage import plan
from scoring.assessment import RiskLevel, SignalKind

THREAT = assessed(RiskLevel.CRITICAL, SignalKind.THREAT)
TEXT = "Nous lisons tout, et nous répondons demain."


async def no_wait(_: float) -> None:
    """Let the pretended platform answer at once."""


class Revoked(Rehearsal):
    """The same platform once it refuses our token."""

    async def unpin_notice(self, remote_id: str) -> Outcome:
        del remote_id
        return Rejected(sanitise("the token was revoked"), sanitise("connect the account again"))


class Deaf(Rehearsal):
    """The same platform without pins."""

    capabilities: ClassVar[dict[Capability, Support]] = {  # type: ignore[misc]  # a class's fact, as in every connector
        **Rehearsal.capabilities,
        Capability.PIN_NOTICE: Support("no", "this platform pins nothing"),
    }


class Mute(Deaf):
    """The same platform where nothing can be said either."""

    capabilities: ClassVar[dict[Capability, Support]] = {  # type: ignore[misc]  # as above
        **Deaf.capabilities,
        Capability.REPLY: Support("no", "this platform is for reading"),
    }


class House:
    """A stored desk, a rehearsal platform and a dispatcher; time moves by hand, and the engine can be started again."""

    def __init__(self, folder: Path, kind: type[Rehearsal] = Rehearsal, *faults: Fault) -> None:
        """Open the desk; its first comment is the platform's own."""
        self.folder = folder
        self.now: datetime = NOON
        self.options = RehearsalOptions(
            latency=0, speed=0, fail=Fail(order=faults), start=NOON, state=str(folder / "platform.json")
        )
        self.kind = kind
        self.start()
        first = next(iter(self.platform._script.lines.values()))
        self.post = first.on
        self.ledger.record([seen(comment("Quelle honte", post=self.post), assessments=(THREAT,), source="museum")])
        self.key = next(iter(self.inbox.items))

    def start(self) -> None:
        """Start the engine's parts as after a crash: they know the disk only."""
        self.ledger = Ledger(Store(self.folder / "desk", holder="marta"))
        self.platform = self.kind("museum", self.options, Http(), clock=lambda: self.now, sleep=no_wait)
        self.dispatcher = Dispatcher(self.ledger.inbox, self.connectors, self.commit, lambda: self.now)

    def restart(self) -> None:
        """Stop without a word, and start again."""
        self.ledger.close()
        self.start()

    @property
    def inbox(self) -> Inbox:
        """The state."""
        return self.ledger.inbox

    @property
    def connectors(self) -> Mapping[str, Connector]:
        """The one source."""
        return {"museum": self.platform}

    async def commit(self, decide: Decide) -> bool:
        """Decide and make durable."""

        def decided(inbox: Inbox) -> tuple[list[AnyEvent], bool]:
            events = list(decide(inbox))
            return events, bool(events)

        return self.ledger.transact(decided, human=True)

    def act(self, act: desk.Act, keys: list[str] | None = None) -> desk.Done:
        """Decide as marta."""

        def decide(inbox: Inbox) -> tuple[tuple[AnyEvent, ...], Plan]:
            context = Context(
                inbox=inbox, by="marta", now=self.now, connectors=self.connectors, joke_gate=lambda _i, _t: ""
            )
            planned = plan(act, [self.key] if keys is None else keys, context)
            return planned.events, planned

        return self.ledger.transact(decide, human=True).done

    async def later(self, **time: float) -> None:
        """Let time pass, and the clockwork and the outbox do what is due."""
        self.now += timedelta(**time)
        await self.commit(lambda inbox: notices.coming_down(inbox, self.now))
        await self.dispatcher.step(self.now)

    async def pinned_notice(self, **hours: float) -> str:
        """Publish a notice that stays up for a while; returns its id."""
        done = self.act(desk.PinNotice(text=TEXT, until=self.now + timedelta(**hours)))
        assert not done.refused
        await self.later(seconds=10)
        return self.notices[0].id

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What the desk would list."""
        return notices.listed(self.inbox, self.connectors, self.now)

    @property
    def states(self) -> list[NoticeState]:
        """Where each notice stands, as listed."""
        return [notice.state for notice in self.notices]

    @property
    def pinned(self) -> list[str]:
        """What the platform shows as pinned."""
        return list(self.platform._platform.read().pinned)


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


async def test_a_notice_is_planned_then_pinned_and_closes_nothing(house: House) -> None:
    assert house.act(desk.PinNotice(text=TEXT, until=NOON + timedelta(hours=4))).sendings == 1
    assert house.states == [NoticeState.PLANNED]
    await house.later(seconds=10)
    assert house.states == [NoticeState.PINNED]
    assert len(house.pinned) == 1
    assert house.inbox.items[house.key].state is TriageState.NEW  # suspected danger keeps its own queue


async def test_a_notice_comes_down_at_its_time_and_not_before(house: House) -> None:
    await house.pinned_notice(hours=4)
    await house.later(hours=3)
    assert len(house.pinned) == 1
    await house.later(hours=1)
    assert house.pinned == []
    assert house.states == [NoticeState.ENDED]
    assert [(step.kind, step.by) for step in house.notices[0].history] == [("notice", "marta"), ("unpin", "")]


async def test_a_notice_whose_time_passed_while_nothing_ran_comes_down_at_the_start(house: House) -> None:
    await house.pinned_notice(hours=4)
    house.restart()
    house.now += timedelta(days=3)
    await house.dispatcher.recover()
    await house.later(seconds=0)
    assert house.pinned == []
    assert house.states == [NoticeState.ENDED]


async def test_a_taking_down_that_was_decided_before_a_long_stop_is_still_done(house: House) -> None:
    await house.pinned_notice(hours=4)
    house.now += timedelta(hours=4)
    await house.commit(lambda inbox: notices.coming_down(inbox, house.now))
    house.restart()
    house.now += timedelta(days=2)
    await house.dispatcher.recover()
    await house.dispatcher.step(house.now)
    assert house.pinned == []


async def test_a_clock_that_ran_ahead_and_is_set_right_takes_nothing_down_early(house: House) -> None:
    await house.pinned_notice(hours=4)
    house.now += timedelta(hours=5)  # wrong by six hours
    await house.commit(lambda inbox: notices.coming_down(inbox, house.now))
    await house.later(hours=-4)
    assert len(house.pinned) == 1
    await house.later(hours=3)
    assert house.pinned == []


async def test_a_clock_set_back_takes_it_down_once_and_not_again(house: House) -> None:
    await house.pinned_notice(hours=1)
    await house.later(hours=1)
    await house.later(hours=-2)
    await house.later(hours=3)
    assert [e.kind for e in house.inbox.outbox.values()] == [Kind.NOTICE, Kind.UNPIN]


async def test_what_is_held_comes_down_when_it_is_released(house: House) -> None:
    await house.pinned_notice(hours=1)
    house.inbox.held_by = "lou"
    await house.later(hours=2)
    assert house.states == [NoticeState.ENDING]
    house.inbox.held_by = ""
    await house.later(seconds=0)
    assert house.states == [NoticeState.ENDED]


async def test_a_revoked_token_is_said_and_not_tried_for_ever(tmp_path: Path) -> None:
    house = House(tmp_path, Revoked)
    await house.pinned_notice(hours=1)
    await house.later(hours=2)
    await house.later(hours=1)
    (notice,) = house.notices
    assert (notice.state, notice.message) == (NoticeState.EXPIRED, "the token was revoked")
    assert [e.kind for e in house.inbox.outbox.values()].count(Kind.UNPIN) == 1


async def test_a_doubtful_taking_down_is_repeated_until_it_is_known(tmp_path: Path) -> None:
    house = House(tmp_path, Rehearsal, Fault.OK, Fault.VANISHED, Fault.OK)
    await house.pinned_notice(hours=1)
    await house.later(hours=1)
    assert len(house.pinned) == 1
    await house.later(minutes=1)
    assert (house.pinned, house.states) == ([], [NoticeState.ENDED])


async def test_a_dropped_taking_down_is_not_decided_again(tmp_path: Path) -> None:
    house = House(tmp_path, Revoked)
    await house.pinned_notice(hours=1)
    await house.later(hours=2)
    end = next(e for e in house.inbox.outbox.values() if e.kind is Kind.UNPIN)
    house.ledger.record([Delivery(at=house.now, by="marta", entry=end.id, state=DeliveryState.TAKEN_BACK)])
    await house.later(hours=1)
    assert len(house.inbox.outbox) == 2


async def test_an_operator_takes_a_notice_down_before_its_time_once(house: House) -> None:
    notice = await house.pinned_notice(hours=4)
    assert house.act(Unpin(notice), []).sendings == 1
    assert "coming down" in house.act(Unpin(notice), []).refused
    await house.later(seconds=10)
    assert house.pinned == []
    await house.later(hours=5)
    assert [e.kind for e in house.inbox.outbox.values()] == [Kind.NOTICE, Kind.UNPIN]


async def test_the_old_notice_comes_down_only_once_the_new_one_is_public(house: House) -> None:
    old = await house.pinned_notice(hours=4)
    house.act(desk.PinNotice(text="Autre chose.", replaces=old))
    await house.later(seconds=10)
    await house.later(seconds=1)
    assert {notice.id: notice.state for notice in house.notices}[old] is NoticeState.REPLACED
    assert len(house.pinned) == 1


async def test_a_new_notice_that_is_refused_leaves_the_old_one_up(tmp_path: Path) -> None:
    house = House(tmp_path, Rehearsal, Fault.OK, Fault.REJECT)
    old = await house.pinned_notice(hours=4)
    house.act(desk.PinNotice(text="Autre chose.", replaces=old))
    await house.later(seconds=10)
    await house.later(seconds=1)
    assert {notice.id: notice.state for notice in house.notices}[old] is NoticeState.PINNED
    assert len(house.pinned) == 1


async def test_where_every_place_is_taken_the_old_one_makes_room_first(house: House) -> None:
    first = await house.pinned_notice(hours=4)
    await house.pinned_notice(hours=4)
    house.act(desk.PinNotice(text="Autre chose.", replaces=first))
    await house.later(seconds=10)
    await house.later(seconds=1)
    assert house.states[:2] == [NoticeState.PINNED, NoticeState.PINNED]
    assert len(house.pinned) == 2


def test_where_it_will_appear_is_said_before_it_is_sent(house: House) -> None:
    item = house.inbox.items[house.key]
    told = notices.place(house.inbox, item, "museum", house.platform)
    assert (told.where, told.standing, told.limit, told.own) == (Where.THREAD, 0, 2, True)
    other = notices.place(house.inbox, item, "other", house.platform)
    assert other.where is Where.HAND
    assert notices.place(house.inbox, item, "gone", None).where is Where.HAND


async def test_without_pins_it_stands_as_our_own_comment_and_waits_for_a_hand_at_its_end(tmp_path: Path) -> None:
    house = House(tmp_path, Deaf)
    item = house.inbox.items[house.key]
    assert notices.place(house.inbox, item, "museum", house.platform).where is Where.COMMENT
    await house.pinned_notice(hours=1)
    assert [(n.state, n.where) for n in house.notices] == [(NoticeState.PUBLISHED, Where.COMMENT)]
    sent = house.platform.sent()[0].outgoing
    assert (sent.parent_id, sent.text) == (house.post, TEXT)
    await house.later(hours=2)
    assert house.states == [NoticeState.EXPIRED]
    assert len(house.inbox.outbox) == 1


async def test_what_is_put_up_and_taken_down_by_hand_is_noted_and_nothing_leaves(tmp_path: Path) -> None:
    house = House(tmp_path, Mute)
    assert "by hand" in house.act(desk.PinNotice(text=TEXT)).hint
    done = house.act(desk.PinNotice(text=TEXT, by_hand=True, until=NOON + timedelta(hours=1)))
    assert (done.refused, done.sendings) == ("", 0)
    await house.later(hours=2)
    assert [(n.state, n.where) for n in house.notices] == [(NoticeState.EXPIRED, Where.HAND)]
    assert house.act(Unpin(house.notices[0].id), []).sendings == 0
    assert house.states == [NoticeState.ENDED]
    assert house.platform.sent() == []


@pytest.mark.parametrize("until", [NOON - timedelta(hours=1), NOON + timedelta(seconds=5), datetime(2030, 1, 1)])  # noqa: DTZ001 - a time without a zone is the point
def test_a_notice_cannot_end_before_it_began(house: House, until: datetime) -> None:
    assert house.act(desk.PinNotice(text=TEXT, until=until)).refused == "take it down when?"


def test_what_never_was_cannot_be_taken_down_or_replaced(house: House) -> None:
    assert house.act(Unpin("none"), []).refused
    assert house.act(desk.PinNotice(text=TEXT, replaces="none")).refused


def test_the_outgoing_of_a_notice_names_its_post(house: House) -> None:
    house.act(desk.PinNotice(text=TEXT))
    outgoing = next(iter(house.inbox.outbox.values())).outgoing
    assert isinstance(outgoing, Outgoing)
    assert (outgoing.post_id, outgoing.parent_id) == (house.post, None)


def test_the_engine_takes_down_at_its_start_what_expired_while_it_did_not_run(tmp_path: Path) -> None:
    house = House(tmp_path)
    asyncio.run(house.pinned_notice(hours=4))
    house.restart()
    house.now += timedelta(days=1)
    down = threading.Event()
    platform = Rehearsal("museum", house.options, Http(), clock=lambda: house.now)  # its stream may not spin
    engine = Engine(house.ledger, {"museum": platform}, clock=lambda: house.now)

    def look(_keys: frozenset[str]) -> None:
        if any(e.kind is Kind.UNPIN and e.state is DeliveryState.SENT for e in list(house.inbox.outbox.values())):
            down.set()

    house.ledger.subscribe(look)
    engine.start()
    try:
        assert down.wait(30)
    finally:
        engine.stop()
        house.ledger.close()
    assert house.pinned == []
