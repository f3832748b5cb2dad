"""What an operator's act comes to: held back, refused with a reason, or events."""

from collections.abc import Mapping
from datetime import timedelta

import pytest
from builders import NOON, assessed, comment, inbox_with

from connectors._contract import Connector
from connectors._http import Http
from connectors._rehearsal.options import RehearsalOptions
from connectors.rehearsal import Rehearsal
from inbox import desk
from inbox.events import Claimed, Delivery, Queued, StateSet, WentAway
from inbox.fold import Inbox
from inbox.item import Item, TriageState
from inbox.moderation import Hide
from inbox.outbox import DeliveryState, Kind, OutboxEntry
from inbox.triage import Context, Plan, plan
from scoring.assessment import RiskLevel, SignalKind

NOW = NOON + timedelta(minutes=10)
QUIET = assessed()
QUESTION = assessed(RiskLevel.CALM, SignalKind.QUESTION)
THREAT = assessed(RiskLevel.CRITICAL, SignalKind.THREAT)


@pytest.fixture
def connectors() -> Mapping[str, Connector]:
    return {"museum": Rehearsal("museum", RehearsalOptions(), Http())}


def decide(
    act: desk.Act, inbox: Inbox, keys: list[str], connectors: Mapping[str, Connector], *, by: str = "marta"
) -> Plan:
    context = Context(inbox=inbox, by=by, now=NOW, connectors=connectors, joke_gate=lambda _i, _t: "")
    return plan(act, keys, context)


def carry_out(planned: Plan, inbox: Inbox) -> None:
    for event in planned.events:
        inbox.apply(event)


def queued(planned: Plan) -> list[OutboxEntry]:
    return [e for event in planned.events if isinstance(event, Queued) for e in event.entries]


def keys_of(items: list[Item]) -> list[str]:
    return [i.key for i in items]


def test_bulk_done_holds_back_threats_questions_and_a_colleague_s_items(connectors: Mapping[str, Connector]) -> None:
    inbox, items = inbox_with((comment(), QUIET), (comment(), QUESTION), (comment(), THREAT), (comment(), QUIET))
    inbox.apply(Claimed(at=NOON, by="lou", keys=(items[3].key,)))
    planned = decide(desk.SetState(TriageState.DONE), inbox, keys_of(items), connectors)
    assert planned.done.keys == (items[0].key,)
    assert [why for _, why in planned.done.held_back] == ["question", "critical", "claimed:lou"]


def test_a_single_item_may_be_done_whatever_it_is(connectors: Mapping[str, Connector]) -> None:
    inbox, (item,) = inbox_with((comment(), THREAT))
    carry_out(decide(desk.SetState(TriageState.DONE), inbox, [item.key], connectors), inbox)
    assert inbox.items[item.key].state is TriageState.DONE


def test_nothing_selected_is_said(connectors: Mapping[str, Connector]) -> None:
    assert decide(desk.SetState(TriageState.DONE), Inbox(), ["museum/none"], connectors).done.refused


def test_a_claim_has_one_winner_and_the_loser_hears_who(connectors: Mapping[str, Connector]) -> None:
    inbox, (item,) = inbox_with((comment(), QUIET))
    carry_out(decide(desk.Claim(), inbox, [item.key], connectors, by="lou"), inbox)
    late = decide(desk.Claim(), inbox, [item.key], connectors, by="marta")
    assert (late.done.refused, late.events) == ("lou is on it", ())


def test_only_one_s_own_hand_is_taken_away(connectors: Mapping[str, Connector]) -> None:
    inbox, (item,) = inbox_with((comment(), QUIET))
    carry_out(decide(desk.Claim(), inbox, [item.key], connectors, by="lou"), inbox)
    assert decide(desk.Claim(claim=False), inbox, [item.key], connectors, by="marta").events == ()
    assert decide(desk.Claim(claim=False), inbox, [item.key], connectors, by="lou").events


@pytest.mark.parametrize(("step", "level"), [(1, RiskLevel.TENSE), (3, RiskLevel.CRITICAL)])
def test_a_correction_moves_the_level(connectors: Mapping[str, Connector], step: int, level: RiskLevel) -> None:
    inbox, (item,) = inbox_with((comment(), QUIET))
    carry_out(decide(desk.Correct(step), inbox, [item.key], connectors), inbox)
    assert inbox.items[item.key].level is level


def test_a_correction_back_to_the_score_is_none(connectors: Mapping[str, Connector]) -> None:
    inbox, (item,) = inbox_with((comment(), QUIET))
    carry_out(decide(desk.Correct(1), inbox, [item.key], connectors), inbox)
    carry_out(decide(desk.Correct(-1), inbox, [item.key], connectors), inbox)
    assert inbox.items[item.key].corrected is None


def test_a_reply_is_queued_exactly_and_claims_its_comment(connectors: Mapping[str, Connector]) -> None:
    inbox, (item,) = inbox_with((comment(), QUIET))
    planned = decide(desk.Reply(text=" Bienvenue ! "), inbox, [item.key], connectors)
    (entry,) = queued(planned)
    assert entry.outgoing is not None
    assert entry.outgoing.text.endswith("Bienvenue !")
    assert entry.due_at == NOW + timedelta(seconds=10)
    carry_out(planned, inbox)
    assert inbox.items[item.key].claimed_by == "marta"


@pytest.mark.parametrize(
    "state", [DeliveryState.QUEUED, DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.UNKNOWN]
)
def test_nobody_is_answered_twice(connectors: Mapping[str, Connector], state: DeliveryState) -> None:
    inbox, (item,) = inbox_with((comment(), QUIET))
    planned = decide(desk.Reply(text="Bienvenue"), inbox, [item.key], connectors)
    carry_out(planned, inbox)
    inbox.apply(Delivery(at=NOW, by="marta", entry=queued(planned)[0].id, state=state))
    again = decide(desk.Reply(text="Bienvenue"), inbox, [item.key], connectors)
    assert again.done.refused == "marta has already answered this comment"
    assert again.events == ()


def test_after_taking_a_reply_back_one_may_answer(connectors: Mapping[str, Connector]) -> None:
    inbox, (item,) = inbox_with((comment(), QUIET))
    planned = decide(desk.Reply(text="Bienvenue"), inbox, [item.key], connectors)
    carry_out(planned, inbox)
    inbox.apply(Delivery(at=NOW, by="marta", entry=queued(planned)[0].id, state=DeliveryState.TAKEN_BACK))
    assert decide(desk.Reply(text="Bienvenue"), inbox, [item.key], connectors).events


@pytest.mark.parametrize(
    ("text", "says"),
    [("  ", "empty"), ("Ouvert $horaires", "$horaires"), ("x" * 100_000, "too long")],
)
def test_a_text_that_cannot_leave_says_why(connectors: Mapping[str, Connector], text: str, says: str) -> None:
    inbox, (item,) = inbox_with((comment(), QUIET))
    planned = decide(desk.Reply(text=text), inbox, [item.key], connectors)
    assert says in planned.done.refused
    assert planned.events == ()


def test_a_reply_to_a_colleague_s_comment_is_refused(connectors: Mapping[str, Connector]) -> None:
    inbox, (item,) = inbox_with((comment(), QUIET))
    inbox.apply(Claimed(at=NOON, by="lou", keys=(item.key,)))
    assert decide(desk.Reply(text="Oui"), inbox, [item.key], connectors).done.refused == "lou is on it"


def test_a_reply_goes_to_one_person(connectors: Mapping[str, Connector]) -> None:
    inbox, items = inbox_with((comment(), QUIET), (comment(), QUIET))
    assert "one person" in decide(desk.Reply(text="Oui"), inbox, keys_of(items), connectors).done.refused


def test_what_is_gone_cannot_be_answered(connectors: Mapping[str, Connector]) -> None:
    inbox, (item,) = inbox_with((comment(), QUIET))
    inbox.apply(WentAway(at=NOON, keys=(item.key,), why="deleted"))
    assert "no longer" in decide(desk.Reply(text="Oui"), inbox, [item.key], connectors).done.refused


def test_an_unconnected_source_is_said() -> None:
    inbox, (item,) = inbox_with((comment(), QUIET))
    assert "not connected" in decide(desk.Reply(text="Oui"), inbox, [item.key], {}).done.refused


def test_a_joke_behind_the_gate_is_refused(connectors: Mapping[str, Connector]) -> None:
    inbox, (item,) = inbox_with((comment(), QUIET))
    context = Context(inbox=inbox, by="marta", now=NOW, connectors=connectors, joke_gate=lambda _i, _t: "no joke here")
    assert plan(desk.Reply(text="Ha", template="label-on-loan.en"), [item.key], context).done.refused == "no joke here"


def test_hiding_needs_a_reason(connectors: Mapping[str, Connector]) -> None:
    inbox, (item,) = inbox_with((comment(), QUIET))
    assert "reason" in decide(Hide(reason=" "), inbox, [item.key], connectors).done.refused
    assert "charter" in decide(Hide(reason="I disagree"), inbox, [item.key], connectors).done.refused
    (entry,) = queued(decide(Hide(reason="insult"), inbox, [item.key], connectors))
    assert (entry.kind, entry.reason, entry.native_id) == (
        Kind.HIDE,
        "injure envers une personne [charter example, 1; insult]",
        item.comment.native_id,
    )


def test_a_thread_opens_before_it_is_linked_and_people_are_invited(connectors: Mapping[str, Connector]) -> None:
    inbox, items = inbox_with((comment(), QUIET), (comment(), QUESTION))
    act = desk.OpenThread(
        title="Parlons-en",
        text="Ici, on en parle.",
        house_comment="La discussion continue : $link",
        invite=(items[1].key,),
        invitation="Venez : $link",
    )
    opening, link, invitation = queued(decide(act, inbox, [items[0].key], connectors))
    assert [e.kind for e in (opening, link, invitation)] == [Kind.THREAD, Kind.HOUSE_COMMENT, Kind.INVITATION]
    assert link.waits_for == invitation.waits_for == opening.id
    assert link.outgoing is not None
    assert link.outgoing.parent_id == "p1"
    assert opening.act == link.act == invitation.act


def test_a_house_comment_without_the_link_is_refused(connectors: Mapping[str, Connector]) -> None:
    inbox, (item,) = inbox_with((comment(), QUIET))
    act = desk.OpenThread(title="T", text="Ici.", house_comment="La discussion continue ailleurs")
    assert "link" in decide(act, inbox, [item.key], connectors).done.refused


def test_eleven_invitations_are_too_many(connectors: Mapping[str, Connector]) -> None:
    inbox, items = inbox_with(*((comment(author=f"guest{n}"), QUIET) for n in range(11)))
    act = desk.OpenThread(
        title="T", text="Ici.", house_comment="$link", invite=tuple(keys_of(items)), invitation="Venez : $link"
    )
    assert "too many" in decide(act, inbox, [items[0].key], connectors).done.refused


def test_reopening_a_done_item(connectors: Mapping[str, Connector]) -> None:
    inbox, (item,) = inbox_with((comment(), QUIET))
    inbox.apply(StateSet(at=NOON, by="lou", keys=(item.key,), state=TriageState.DONE))
    carry_out(decide(desk.SetState(TriageState.NEW), inbox, [item.key], connectors), inbox)
    assert inbox.items[item.key].is_open
