"""Events become the inbox: arrivals, edits, triage, deliveries, undo."""

from datetime import timedelta

from builders import NOON, assessed, comment, inbox_with, seen
from hypothesis import given
from hypothesis import strategies as st

from connectors._model import Receipt
from inbox.events import (
    AnyEvent,
    Before,
    Claimed,
    Corrected,
    Delivery,
    HeldEverything,
    Hidden,
    Noted,
    Queued,
    Released,
    StateSet,
    Undone,
    WentAway,
    decode,
    encode,
)
from inbox.fold import Inbox
from inbox.item import TriageState
from inbox.outbox import DeliveryState, Kind, OutboxEntry
from scoring.assessment import RiskLevel, SignalKind

LATER = NOON + timedelta(minutes=5)


def entry(target: str, *, kind: Kind = Kind.REPLY, id: str = "e1") -> OutboxEntry:  # noqa: A002 - as the field is called
    return OutboxEntry(
        id=id, act="a1", kind=kind, source="museum", by="marta", queued_at=LATER, due_at=LATER, target=target
    )


def sent(id: str = "e1", remote: str = "r1") -> Delivery:  # noqa: A002 - as the field is called
    return Delivery(
        at=LATER, by="marta", entry=id, state=DeliveryState.SENT, receipt=Receipt(remote_id=remote, at=LATER)
    )


def test_a_comment_seen_twice_is_one_item() -> None:
    first = comment(id="c1")
    inbox = Inbox()
    inbox.apply(seen(first))
    inbox.apply(seen(first))
    assert len(inbox.items) == 1
    assert sum(inbox.open_by_level) == 1


def test_the_same_native_id_on_two_sources_is_two_items() -> None:
    inbox = Inbox()
    inbox.apply(seen(comment(id="c1"), source="museum"))
    inbox.apply(seen(comment(id="c1"), source="annexe"))
    assert list(inbox.items) == ["museum/c1", "annexe/c1"]


def test_the_cursor_travels_with_its_page() -> None:
    inbox = Inbox()
    inbox.apply(seen(comment(), cursor='{"min_id":"9"}'))
    inbox.apply(seen(comment()))
    assert inbox.cursors["museum"] == '{"min_id":"9"}'


def test_an_edit_changes_the_text_and_is_scored_again_but_keeps_what_we_did() -> None:
    inbox = Inbox()
    inbox.apply(seen(comment("bonjour", id="c1")))
    inbox.apply(Claimed(at=LATER, by="lou", keys=("museum/c1",)))
    inbox.apply(seen(comment("honte à vous", id="c1"), assessments=(assessed(RiskLevel.HEATED),)))
    item = inbox.items["museum/c1"]
    assert (item.comment.text, item.level, item.claimed_by) == ("honte à vous", RiskLevel.HEATED, "lou")
    assert inbox.open_by_level == [0, 0, 1, 0]


def done_with(text: str) -> Inbox:
    inbox = Inbox()
    inbox.apply(seen(comment(text, id="c1")))
    inbox.apply(StateSet(at=LATER, by="marta", keys=("museum/c1",), state=TriageState.DONE))
    return inbox


def test_an_edit_to_the_worse_opens_what_was_done_and_what_had_been_called_calmer() -> None:
    inbox = done_with("Belle salle.")
    inbox.apply(Corrected(at=LATER, by="marta", keys=("museum/c1",), level=RiskLevel.CALM))
    inbox.apply(seen(comment("Vous le paierez.", id="c1"), assessments=(assessed(RiskLevel.CRITICAL),)))
    assert inbox.items["museum/c1"].state is TriageState.NEW
    assert inbox.items["museum/c1"].level is RiskLevel.CRITICAL


def test_an_edit_that_asks_something_opens_what_was_done() -> None:
    inbox = done_with("Belle salle.")
    asking = assessed(RiskLevel.CALM, SignalKind.QUESTION)
    inbox.apply(seen(comment("Jusqu'à quand ?", id="c1"), assessments=(asking,)))
    assert inbox.items["museum/c1"].state is TriageState.NEW


def test_a_corrected_typo_leaves_what_was_done_done() -> None:
    inbox = done_with("Bele salle.")
    inbox.apply(seen(comment("Belle salle.", id="c1")))
    assert inbox.items["museum/c1"].state is TriageState.DONE


def test_more_likes_do_not_undo_a_correction() -> None:
    inbox = Inbox()
    first = comment("bonjour", id="c1")
    inbox.apply(seen(first))
    inbox.apply(Corrected(at=LATER, by="lou", keys=("museum/c1",), level=RiskLevel.TENSE))
    inbox.apply(seen(first))
    assert inbox.items["museum/c1"].level is RiskLevel.TENSE


def test_the_house_s_own_comments_never_enter_the_inbox() -> None:
    inbox = Inbox()
    inbox.apply(seen(comment(is_self=True)))
    assert sum(inbox.open_by_level) == 0


def test_an_echo_is_recognised_by_its_receipt() -> None:
    inbox, (item,) = inbox_with((comment(), assessed()))
    inbox.apply(Queued(at=LATER, by="marta", entries=(entry(item.key),)))
    inbox.apply(sent(remote="echo"))
    inbox.apply(seen(comment("notre réponse", id="echo", author="stranger")))
    assert inbox.items["museum/echo"].own


def test_an_echo_that_overtakes_its_receipt_is_folded_in_afterwards() -> None:
    inbox, (item,) = inbox_with((comment(), assessed()))
    inbox.apply(Queued(at=LATER, by="marta", entries=(entry(item.key),)))
    inbox.apply(seen(comment("notre réponse", id="echo", author="stranger")))
    inbox.apply(sent(remote="echo"))
    assert inbox.items["museum/echo"].own
    assert sum(inbox.open_by_level) == 0


def test_a_reply_that_was_sent_answers_the_comment() -> None:
    inbox, (item,) = inbox_with((comment(), assessed()))
    inbox.apply(Queued(at=LATER, by="marta", entries=(entry(item.key),)))
    assert inbox.items[item.key].is_open
    inbox.apply(sent())
    assert inbox.items[item.key].state is TriageState.ANSWERED


def test_a_reply_never_closes_a_threat() -> None:
    inbox, (item,) = inbox_with((comment(), assessed(RiskLevel.CRITICAL, SignalKind.THREAT)))
    inbox.apply(Queued(at=LATER, by="marta", entries=(entry(item.key),)))
    inbox.apply(sent())
    assert inbox.items[item.key].is_open


def test_a_sending_that_certainly_did_not_leave_can_be_taken_back_again() -> None:
    inbox, (item,) = inbox_with((comment(), assessed()))
    inbox.apply(Queued(at=LATER, by="marta", entries=(entry(item.key),)))
    inbox.apply(Delivery(at=LATER, by="marta", entry="e1", state=DeliveryState.SENDING))
    assert not inbox.outbox["e1"].can_be_taken_back
    inbox.apply(Delivery(at=LATER, by="marta", entry="e1", state=DeliveryState.QUEUED, due_at=LATER))
    assert inbox.outbox["e1"].can_be_taken_back


def test_what_is_gone_leaves_the_inbox_and_comes_back_when_it_is_seen_again() -> None:
    first = comment(id="c1")
    inbox = Inbox()
    inbox.apply(seen(first))
    inbox.apply(WentAway(at=LATER, keys=("museum/c1",), why="hidden"))
    assert not inbox.items["museum/c1"].is_open
    inbox.apply(seen(first))
    assert inbox.items["museum/c1"].is_open


def test_the_first_of_a_wave_joins_when_the_second_comes() -> None:
    inbox = Inbox()
    inbox.apply(seen(comment(id="c1")))
    inbox.apply(seen(comment(id="c2"), waves={"museum/c1": "w", "museum/c2": "w"}))
    assert inbox.items.in_wave("w") == ["museum/c1", "museum/c2"]


def test_hands_are_counted_per_operator_while_their_items_are_open() -> None:
    inbox, items = inbox_with((comment(), assessed()), (comment(), assessed()))
    keys = tuple(i.key for i in items)
    inbox.apply(Claimed(at=LATER, by="lou", keys=keys))
    assert inbox.hands == {"lou": 2}
    inbox.apply(StateSet(at=LATER, by="lou", keys=keys[:1], state=TriageState.DONE))
    inbox.apply(Released(at=LATER, by="lou", keys=keys[1:]))
    assert inbox.hands == {}


def test_undo_puts_items_back_as_they_stood() -> None:
    inbox, (item,) = inbox_with((comment(), assessed()))
    inbox.apply(StateSet(at=LATER, by="lou", keys=(item.key,), state=TriageState.DONE))
    before = Before(item.key, item.state, item.claimed_by, item.corrected)
    inbox.apply(Undone(at=LATER, by="lou", act="a", before=(before,)))
    assert inbox.items[item.key].state is TriageState.NEW


def test_notes_keep_who_and_when() -> None:
    inbox, (item,) = inbox_with((comment(), assessed()))
    inbox.apply(Noted(at=LATER, by="lou", key=item.key, text="vu avec la régie"))
    note = inbox.items[item.key].notes[0]
    assert (note.by, note.at, note.text) == ("lou", LATER, "vu avec la régie")


def test_holding_says_who_holds() -> None:
    inbox = Inbox()
    inbox.apply(HeldEverything(at=NOON, by="marta", held=True))
    assert inbox.held_by == "marta"
    inbox.apply(HeldEverything(at=NOON, by="lou", held=False))
    assert inbox.held_by == ""


EVENTS: list[AnyEvent] = [
    seen(comment("a", id="c1"), comment("b", id="c2"), cursor="1"),
    seen(comment("a2", id="c1"), assessments=(assessed(RiskLevel.HEATED, SignalKind.QUESTION),)),
    seen(comment("c", id="c3"), waves={"museum/c1": "w", "museum/c3": "w"}),
    StateSet(at=NOON, by="lou", keys=("museum/c1", "museum/c9"), state=TriageState.DONE),
    StateSet(at=NOON, by="lou", keys=("museum/c1",), state=TriageState.NEW),
    Claimed(at=NOON, by="lou", keys=("museum/c2", "museum/c1")),
    Claimed(at=NOON, by="marta", keys=("museum/c2",)),
    Released(at=NOON, by="lou", keys=("museum/c2",)),
    Corrected(at=NOON, by="lou", keys=("museum/c2",), level=RiskLevel.CRITICAL),
    WentAway(at=NOON, keys=("museum/c3",), why="deleted"),
    Queued(at=NOON, by="lou", entries=(entry("museum/c1"),)),
    Delivery(at=NOON, by="lou", entry="e1", state=DeliveryState.SENDING),
    sent(remote="c2"),
    HeldEverything(at=NOON, by="lou", held=True),
    Hidden(at=NOON, by="lou", key="museum/c1", hidden=True),
    Hidden(at=NOON, by="lou", key="museum/c1", hidden=False),
]


@given(st.lists(st.sampled_from(EVENTS), max_size=30))
def test_counts_always_agree_with_the_items(events: list[AnyEvent]) -> None:
    inbox = Inbox()
    for event in events:
        inbox.apply(event)
    items = inbox.items.values()
    assert inbox.open_by_level == [sum(i.is_open and i.level == level for i in items) for level in RiskLevel]
    assert inbox.questions.keys() == {i.key for i in items if i.is_open and i.is_question and not i.hidden}
    assert inbox.pending.keys() == {e.id for e in inbox.outbox.values() if e.is_pending}
    assert sum(inbox.hands.values()) == sum(i.is_open and bool(i.claimed_by) for i in items)


@given(st.lists(st.sampled_from(EVENTS), max_size=12))
def test_what_the_journal_keeps_reads_back_the_same(events: list[AnyEvent]) -> None:
    assert [decode(document) for document in encode(events)] == events
