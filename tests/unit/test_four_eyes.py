"""A second pair of eyes: what waits for it leaves only with somebody else's word, and that word stands in the record."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from builders import assessed, comment, seen
from hypothesis import given, settings
from hypothesis import strategies as st
from sitting import Room

from inbox import desk
from inbox.approval import FourEyes, Given, How, Stand, Why
from inbox.events import Approved, Queued
from inbox.item import TriageState
from inbox.local import LocalDesk
from inbox.outbox import DeliveryState, OutboxEntry
from inbox.rules import Rules
from inbox.store import Reader
from inbox.templates.packs import load
from scoring.assessment import RiskLevel, SignalKind

EVERYTHING = FourEyes(required=("replies", "notices", "threads", "hides"))
ANSWER = desk.Reply(text="Nous ouvrons à dix heures.")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    opened = Room(tmp_path / "desk")
    yield opened
    opened.ledger.close()


def seat(room: Room, who: str = "marta", eyes: FourEyes = EVERYTHING) -> LocalDesk:
    return room.sit(who, rules=Rules(four_eyes=eyes))


async def submitted(marta: LocalDesk, key: str, act: desk.Act = ANSWER) -> str:
    done = await marta.act(act, [key])
    assert not done.refused, done.refused
    return done.submitted


async def test_what_the_house_wants_seen_waits_and_nothing_leaves(room: Room) -> None:
    (key,) = room.arrive("Quels sont vos horaires ?")
    marta = seat(room)
    looked_at = await marta.preview(ANSWER, [key])
    assert looked_at.submitted
    assert looked_at.sendings == 0
    done = await marta.act(ANSWER, [key])
    assert done.submitted == done.act
    assert room.outbox() == []
    assert (await marta.summary()).submitted == 1
    assert (await seat(room, "lou").summary()).to_approve == 1


async def test_a_house_that_asks_for_nothing_sends_at_once(room: Room) -> None:
    (key,) = room.arrive("Bonjour")
    done = await seat(room, eyes=FourEyes()).act(ANSWER, [key])
    assert (done.submitted, done.sendings) == ("", 1)


async def test_a_colleague_s_word_lets_it_leave_as_its_author_s(room: Room) -> None:
    (key,) = room.arrive("Bonjour")
    waiting = await submitted(seat(room), key)
    done = await seat(room, "lou").approve(waiting, Given())
    assert done.sendings == 1
    (entry,) = room.outbox()
    assert (entry.by, entry.act, entry.state) == ("marta", waiting, DeliveryState.QUEUED)
    assert entry.approval is not None
    assert (entry.approval.by, entry.approval.how, entry.approval.at) == ("lou", How.HERE, room.now)


async def test_nobody_approves_their_own_under_any_spelling(room: Room) -> None:
    (key,) = room.arrive("Bonjour")
    marta = seat(room)
    waiting = await submitted(marta, key)
    attempts = [
        Given(),
        Given(by="marta"),
        Given(by=" Marta ", how=How.PHONE),
        Given(by="MARTA", how=How.MAIL),
        Given(how=How.PHONE),
    ]
    for attempt in attempts:
        assert (await marta.approve(waiting, attempt)).refused
    assert room.outbox() == []


async def test_nobody_lends_a_name_here_without_saying_how(room: Room) -> None:
    (key,) = room.arrive("Bonjour")
    waiting = await submitted(seat(room), key)
    assert "own desk" in (await seat(room, "lou").approve(waiting, Given(by="claire"))).refused


async def test_a_word_by_phone_is_written_down_with_its_time(room: Room) -> None:
    (key,) = room.arrive("Bonjour")
    marta = seat(room)
    waiting = await submitted(marta, key)
    rang = room.now - timedelta(minutes=4)
    assert (await marta.approve(waiting, Given(by="Claire D.", how=How.PHONE, at=rang))).sendings == 1
    (entry,) = room.outbox()
    assert entry.approval is not None
    assert (entry.approval.by, entry.approval.noted_by, entry.approval.at) == ("Claire D.", "marta", rang)


async def test_a_word_that_lies_ahead_was_not_given(room: Room) -> None:
    (key,) = room.arrive("Bonjour")
    marta = seat(room)
    waiting = await submitted(marta, key)
    later = Given(by="Claire", how=How.PHONE, at=room.now + timedelta(minutes=1))
    assert (await marta.approve(waiting, later)).refused


async def test_where_the_house_names_approvers_nobody_else_counts(room: Room) -> None:
    eyes = FourEyes(required=("replies",), approvers=("Claire",))
    (key,) = room.arrive("Bonjour")
    waiting = await submitted(seat(room, eyes=eyes), key)
    assert "does not approve" in (await seat(room, "lou", eyes).approve(waiting, Given())).refused
    assert (await seat(room, "claire", eyes).approve(waiting, Given())).sendings == 1


async def test_whoever_is_alone_may_go_ahead_only_where_the_house_says_so_and_with_a_reason(room: Room) -> None:
    (key,) = room.arrive("Bonjour")
    waiting = await submitted(seat(room), key)
    alone = Given(how=How.ALONE, note="nobody answers at 23:00")
    assert "second person" in (await seat(room).approve(waiting, alone)).refused
    lenient = FourEyes(required=("replies",), alone="reason")
    assert (await seat(room, eyes=lenient).approve(waiting, Given(how=How.ALONE))).refused
    assert (await seat(room, "lou", lenient).approve(waiting, alone)).refused
    assert (await seat(room, eyes=lenient).approve(waiting, alone)).sendings == 1
    (entry,) = room.outbox()
    assert entry.approval is not None
    assert (entry.approval.how, entry.approval.note) == (How.ALONE, "nobody answers at 23:00")


async def test_nobody_is_alone_while_a_colleague_was_here_a_moment_ago(room: Room) -> None:
    lenient = FourEyes(required=("replies",), alone="reason")
    key, other = room.arrive("Bonjour", "Bonsoir")
    marta = seat(room, eyes=lenient)
    waiting = await submitted(marta, key)
    await seat(room, "lou", lenient).act(desk.AddNote("vu"), [other])
    alone = Given(how=How.ALONE, note="nobody answers")
    assert (await marta.approve(waiting, alone)).refused == "lou was at this desk a moment ago"
    room.now += timedelta(minutes=31)
    assert (await marta.approve(waiting, alone)).sendings == 1


async def test_another_text_is_another_submission(room: Room) -> None:
    (key,) = room.arrive("Bonjour")
    marta, lou = seat(room), seat(room, "lou")
    first = await submitted(marta, key)
    await marta.undo()
    second = await submitted(marta, key, desk.Reply(text="Nous ouvrons à onze heures."))
    assert (await lou.approve(first, Given())).refused
    await lou.approve(second, Given())
    (entry,) = room.outbox()
    assert entry.outgoing is not None
    assert "onze" in entry.outgoing.text


async def test_words_changed_once_they_are_public_need_a_word_of_their_own(room: Room) -> None:
    from connectors._model import Receipt
    from inbox.events import Delivery
    from inbox.published import EditOwn

    (key,) = room.arrive("Bonjour")
    marta, lou = seat(room), seat(room, "lou")
    await lou.approve(await submitted(marta, key), Given())
    (entry,) = room.outbox()
    receipt = Receipt(remote_id="r1", at=room.now)
    room.ledger.record([Delivery(at=room.now, by="marta", entry=entry.id, state=DeliveryState.SENT, receipt=receipt)])
    changed = await marta.act(EditOwn(entry.id, "Nous ouvrons à midi."), [])
    assert changed.submitted
    assert (await marta.approve(changed.submitted, Given())).refused
    assert (await lou.approve(changed.submitted, Given())).sendings == 1


async def test_two_answers_to_one_comment_are_a_conflict_that_somebody_decides(room: Room) -> None:
    (key,) = room.arrive("Bonjour")
    marta, lou, claire = seat(room), seat(room, "lou"), seat(room, "claire")
    first = await submitted(marta, key)
    second = await submitted(lou, key, desk.Reply(text="Bonsoir.", again=True))
    shown = {each.submission.id: each.rivals for each in await claire.submissions()}
    assert shown == {first: (second,), second: (first,)}
    assert (await claire.approve(second, Given())).refused == "two answers to one comment wait"
    assert (await claire.approve(second, Given(instead=True))).sendings == 1
    ends = {each.submission.id: each.submission.stand for each in await claire.submissions()}
    assert ends == {first: Stand.SENT_BACK, second: Stand.APPROVED}
    assert len(room.outbox()) == 1


async def test_an_answer_given_meanwhile_stops_the_one_that_waits(room: Room) -> None:
    (key,) = room.arrive("Bonjour")
    lou = seat(room, "lou")
    waiting = await submitted(seat(room), key)
    free = seat(room, "noor", FourEyes())
    await free.act(desk.Reply(text="Bonjour à vous.", again=True), [key])
    (pending,) = await lou.submissions()
    assert pending.stale == "noor has already answered this comment"
    assert (await lou.approve(waiting, Given())).refused == pending.stale
    assert len(room.outbox()) == 1


async def test_what_is_sent_back_says_why_and_gives_the_text_back(room: Room) -> None:
    (key,) = room.arrive("Bonjour")
    marta, lou = seat(room), seat(room, "lou")
    await marta.keep(key, "reply", {"text": ANSWER.text})
    waiting = await submitted(marta, key)
    assert await marta.kept(key) == {}
    assert (await lou.send_back(waiting)).refused
    assert not (await lou.send_back(waiting, "the hours have changed")).refused
    assert (await marta.kept(key))["reply"] == {"text": ANSWER.text}
    (pending,) = await marta.submissions()
    assert (pending.submission.stand, pending.submission.said) == (Stand.SENT_BACK, "the hours have changed")


async def test_taking_back_withdraws_what_waits_and_the_hand_with_it(room: Room) -> None:
    (key,) = room.arrive("Bonjour")
    marta = seat(room)
    await submitted(marta, key)
    back = await marta.undo()
    assert (back.what, back.count) == ("submission", 1)
    assert (await marta.summary()).submitted == 0
    detail = await marta.detail(key)
    assert detail is not None
    assert detail.item.claimed_by == ""


async def test_whoever_approved_may_take_it_back_too(room: Room) -> None:
    (key,) = room.arrive("Bonjour")
    lou = seat(room, "lou")
    await lou.approve(await submitted(seat(room), key), Given())
    assert (await lou.undo()).what == "sending"
    assert room.outbox()[0].state is DeliveryState.TAKEN_BACK


async def test_crisis_mode_wants_them_for_what_speaks_in_public(room: Room) -> None:
    (key,) = room.arrive("Bonjour")
    marta = seat(room, eyes=FourEyes())
    await marta.crisis(on=True)
    done = await marta.act(ANSWER, [key])
    assert done.submitted
    assert [each.submission.why for each in await marta.submissions()] == [(Why.CRISIS,)]


async def test_a_template_that_asks_for_it_waits_where_the_house_listens_to_templates(room: Room) -> None:
    (key,) = room.arrive("Bonjour")
    template = next(t.id for t in load().templates.values() if t.needs_approval)
    act = desk.Reply(text="Merci de votre message.", template=template)
    assert (await seat(room, eyes=FourEyes()).preview(act, [key])).submitted == ""
    await submitted(seat(room, eyes=FourEyes(templates=True)), key, act)
    assert [each.submission.why for each in await seat(room).submissions()] == [(Why.TEMPLATE,)]


async def test_caution_needs_no_permission(room: Room) -> None:
    (key,) = room.arrive("Bonjour")
    marta = seat(room)
    hidden = await marta.act(desk.Hide(reason="insult of a person"), [key])
    assert hidden.submitted
    assert (await marta.act(desk.SetState(TriageState.DONE), [key])).submitted == ""
    assert (await marta.hold(held=True)).refused == ""


async def test_a_hide_that_waits_is_kept_as_evidence_when_it_is_approved(room: Room) -> None:
    keys = room.arrive("Honte à vous", "Honte à nous")
    lou = seat(room, "lou")
    done = await seat(room).act(desk.Hide(reason="insult of a person"), keys)
    assert room.ledger.inbox.evidence.words == {}
    await lou.approve(done.submitted, Given())
    assert set(room.ledger.inbox.evidence.words) == set(keys)
    assert {entry.approval.by for entry in room.outbox() if entry.approval} == {"lou"}


# -- the joke gate -----------------------------------------------------------------------------------


def joke(despite: str = "") -> desk.Reply:
    template = next(t.id for t in load().templates.values() if t.is_joke)
    return desk.Reply(text="Anonyme, Grief du mardi soir.", template=template, despite=despite)


async def test_a_joke_against_the_gate_needs_a_second_person_and_a_reason(room: Room) -> None:
    threat = assessed(RiskLevel.CRITICAL, SignalKind.DANGER)
    (key,) = room.arrive("je vais vous brûler", assessment=threat)
    marta, lou = seat(room, eyes=FourEyes(alone="reason")), seat(room, "lou", FourEyes())
    assert "no joke here" in (await marta.act(joke(), [key])).refused
    waiting = await submitted(marta, key, joke("an old friend of the house, he laughs too"))
    (pending,) = await lou.submissions()
    assert pending.submission.why == (Why.JOKE,)
    assert pending.submission.heading.startswith("no joke here")
    assert pending.submission.reason.startswith("an old friend")
    assert (await marta.approve(waiting, Given(how=How.ALONE, note="nobody here"))).refused
    assert room.outbox() == []
    assert (await lou.approve(waiting, Given())).sendings == 1


async def test_a_gate_that_refuses_for_another_reason_by_then_is_asked_again(room: Room) -> None:
    (key,) = room.arrive("Votre affiche est laide.")
    marta, lou = seat(room, eyes=FourEyes()), seat(room, "lou", FourEyes())
    await lou.crisis(on=True)
    waiting = await submitted(marta, key, joke("the crisis is about another room"))
    await lou.crisis(on=False)
    edited = comment("Je vais venir vous tuer.", id=key.partition("/")[2], author="author0")
    threat = assessed(RiskLevel.CRITICAL, SignalKind.DANGER)
    room.ledger.record([seen(edited, assessments=(threat,))])
    refused = await lou.approve(waiting, Given())
    assert refused.refused.startswith("no joke here")
    assert refused.hint == "this is not the reason that was submitted: send it back"
    assert room.outbox() == []


# -- laws --------------------------------------------------------------------------------------------

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["submit", "approve", "phone", "alone", "back", "undo", "restart"]),
        st.sampled_from(["marta", "lou"]),
        st.integers(0, 2),
        st.sampled_from(["", "marta", "Lou", "claire"]),
    ),
    max_size=14,
)


@settings(max_examples=40, deadline=None)
@given(steps=STEPS)
async def test_nothing_ever_leaves_on_its_author_s_word_alone(
    steps: list[tuple[str, str, int, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("law") / "desk"
    room = Room(folder)
    keys = room.arrive("un", "deux", "trois")
    for number, (what, who, at, name) in enumerate(steps):
        if what == "restart":
            room.ledger.close()
            room = Room(folder)
            continue
        sat = seat(room, who)
        waiting = list(room.ledger.inbox.approvals.waiting)
        one = waiting[at % len(waiting)] if waiting else "none"
        words = {
            "approve": Given(instead=True),
            "phone": Given(by=name, how=How.PHONE, instead=True),
            "alone": Given(how=How.ALONE, note="nobody", instead=True),
        }
        if what in words:
            await sat.approve(one, words[what])
        elif what == "submit":
            await sat.act(desk.Reply(text=f"Bonjour {number}", again=True), [keys[at]])
        else:
            await (sat.send_back(one, "no") if what == "back" else sat.undo())
    room.ledger.close()
    for entry in left_the_house(folder):
        assert entry.approval is not None
        assert entry.approval.by.casefold() != entry.by.casefold()


def left_the_house(folder: Path) -> list[OutboxEntry]:
    """Return every sending the journal queued, after checking that its submission had been approved by then."""
    approved: set[str] = set()
    found: list[OutboxEntry] = []
    for event in Reader(folder).new():
        if isinstance(event, Approved):
            approved.add(event.submission)
        elif isinstance(event, Queued):
            assert {entry.act for entry in event.entries} <= approved
            found += event.entries
    return found
