"""One decision over many comments: what it reaches, leaves alone and costs, and what it means once it happened."""

from datetime import timedelta
from typing import ClassVar

import pytest
from builders import NOON, assessed, comment, inbox_with
from msgspec import structs

from connectors._contract import Connector
from connectors._http import Http
from connectors._model import Capability, Comment, Price, Support, Traits
from connectors._rehearsal.options import RehearsalOptions
from connectors.rehearsal import Rehearsal
from inbox import desk
from inbox.events import Captured, Claimed, Queued
from inbox.fold import Inbox
from inbox.moderating import consequences
from inbox.moderation import Hide, Remove, Spam
from inbox.outbox import Kind, OutboxEntry
from inbox.planning import Context, Plan
from inbox.plays import plan
from scoring.assessment import RiskLevel, SignalKind

QUIET = assessed()
QUESTION = assessed(RiskLevel.CALM, SignalKind.QUESTION)
THREAT = assessed(RiskLevel.CRITICAL, SignalKind.THREAT)
ACTS = (Hide(reason="charter 2"), Remove(reason="charter 2"), Spam(reason="charter 2"))


class Dear(Rehearsal):
    """The same platform, which charges for hiding, lets only one's own be deleted, and knows no spam."""

    traits: ClassVar[Traits] = structs.replace(  # type: ignore[misc]  # a class's fact, as in every connector
        Rehearsal.traits,
        deletes="own",
        send_interval=2.0,
        prices={Capability.HIDE: Price(calls=2, units=50, unit="points", money=0.005, currency="EUR")},
    )
    capabilities: ClassVar[dict[Capability, Support]] = {  # type: ignore[misc]  # as above
        **Rehearsal.capabilities,
        Capability.SPAM: Support("no", "it knows no spam"),
    }


def house(kind: type[Rehearsal] = Rehearsal) -> dict[str, Connector]:
    return {"museum": kind("museum", RehearsalOptions(), Http())}


def decide(act: desk.Act, inbox: Inbox, kind: type[Rehearsal] = Rehearsal) -> Plan:
    context = Context(
        inbox=inbox, by="marta", now=NOON + timedelta(minutes=10), connectors=house(kind), joke_gate=lambda _i, _t: ""
    )
    return plan(act, list(inbox.items), context)


def queued(planned: Plan) -> list[OutboxEntry]:
    return [e for event in planned.events if isinstance(event, Queued) for e in event.entries]


def carry_out(planned: Plan, inbox: Inbox) -> None:
    for event in planned.events:
        inbox.apply(event)


def mixed() -> Inbox:
    inbox, items = inbox_with((comment(), QUIET), (comment(), QUESTION), (comment(), THREAT), (comment(), QUIET))
    inbox.apply(Claimed(at=NOON, by="lou", keys=(items[3].key,)))
    return inbox


def held(moderation: str) -> Comment:
    return structs.replace(comment(), moderation=moderation)


@pytest.mark.parametrize("act", ACTS)
def test_a_batch_leaves_threats_questions_and_a_colleagues_alone(act: desk.Act) -> None:
    planned = decide(act, mixed())
    assert [why for _, why in planned.done.held_back] == ["question", "critical", "claimed:lou"]
    assert len(queued(planned)) == 1


@pytest.mark.parametrize("act", ACTS)
def test_a_batch_reaches_them_when_they_are_meant(act: Hide | Remove | Spam) -> None:
    assert len(queued(decide(structs.replace(act, include_held_back=True), mixed()))) == 4


def test_showing_again_keeps_nothing_back() -> None:
    inbox = mixed()
    carry_out(decide(Hide(reason="insult", include_held_back=True), inbox), inbox)
    for entry in list(inbox.outbox.values()):
        for event in consequences(entry, NOON):
            inbox.apply(event)
    assert len(queued(decide(Hide(reason="mistake", hidden=False), inbox))) == 4


@pytest.mark.parametrize("act", ACTS)
def test_what_is_on_its_way_already_is_not_decided_twice(act: desk.Act) -> None:
    inbox, _ = inbox_with((comment(), QUIET), (comment(), QUIET))
    carry_out(decide(act, inbox), inbox)
    again = decide(act, inbox)
    assert queued(again) == []
    assert {why for _, why in again.done.held_back} == {"on its way"}


@pytest.mark.parametrize("act", ACTS)
def test_what_leaves_the_publics_sight_is_captured_first(act: desk.Act) -> None:
    inbox, _ = inbox_with((comment(), QUIET), (comment(), QUIET))
    kinds = [type(event) for event in decide(act, inbox).events]
    assert kinds == [Captured, Captured, Queued]


@pytest.mark.parametrize("act", ACTS)
def test_a_reason_is_asked_once_for_all(act: Hide | Remove | Spam) -> None:
    inbox, _ = inbox_with((comment(), QUIET), (comment(), QUIET))
    assert "reason" in decide(structs.replace(act, reason=" "), inbox).done.refused
    assert {entry.reason for entry in queued(decide(act, inbox))} == {
        "haine ou discrimination [charter example, 2; hate]"
    }


def test_what_the_platform_keeps_back_is_approved_by_showing_it() -> None:
    inbox, _ = inbox_with((held("held"), QUIET), (held("spam"), QUIET), (comment(), QUIET))
    assert [e.kind for e in queued(decide(Hide(reason="insult", hidden=False), inbox))] == [Kind.UNHIDE] * 2


def test_only_what_is_there_is_marked_as_spam_once() -> None:
    inbox, _ = inbox_with((held("spam"), QUIET))
    assert "already" in decide(Spam(reason="insult"), inbox).done.refused


def test_a_platform_that_deletes_ones_own_alone_or_knows_no_spam_says_so() -> None:
    inbox, _ = inbox_with((comment(), QUIET))
    assert "wrote itself" in decide(Remove(reason="insult"), inbox, Dear).done.refused
    assert decide(Spam(reason="insult"), inbox, Dear).done.refused == "it knows no spam"


@pytest.mark.parametrize(
    ("act", "hidden", "gone"),
    [
        (Hide(reason="insult"), True, ""),
        (Spam(reason="insult"), True, ""),
        (Remove(reason="insult"), False, "deleted"),
    ],
)
def test_what_happened_is_seen_on_the_comment(act: desk.Act, hidden: bool, gone: str) -> None:
    inbox, (item,) = inbox_with((comment(), QUIET))
    planned = decide(act, inbox)
    carry_out(planned, inbox)
    for event in consequences(queued(planned)[0], NOON):
        inbox.apply(event)
    assert (inbox.items[item.key].hidden, inbox.items[item.key].gone) == (hidden, gone)


def test_a_look_says_what_it_costs_in_calls_quota_money_and_time() -> None:
    inbox, _ = inbox_with(*((comment(), QUIET) for _ in range(30)))
    (toll,) = decide(Hide(reason="insult"), inbox, Dear).done.tolls
    assert (toll.sendings, toll.calls, toll.units, toll.unit) == (30, 60, 1500, "points")
    assert (round(toll.money, 3), toll.currency) == (0.15, "EUR")
    assert (toll.seconds, toll.ahead) == (58.0, 0)


def test_what_waits_already_goes_first_and_is_counted_into_the_time() -> None:
    inbox, _ = inbox_with(*((comment(), QUIET) for _ in range(30)))
    carry_out(decide(Hide(reason="insult"), inbox, Dear), inbox)
    more, _ = inbox_with(*((comment(), QUIET) for _ in range(2)))
    inbox.items.put(next(iter(more.items.values())))
    (toll,) = decide(Hide(reason="insult"), inbox, Dear).done.tolls
    assert (toll.sendings, toll.ahead, toll.seconds) == (1, 30, 60.0)
