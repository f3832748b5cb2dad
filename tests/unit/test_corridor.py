"""The corridor: captured before it is hidden, kept away only for a time, and nothing suspected is ever closed in passing."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from builders import assessed
from hypothesis import given, settings
from hypothesis import strategies as st
from sitting import Room

from connectors._model import Capability, Receipt, Support
from inbox import desk
from inbox.approval import FourEyes, Given
from inbox.charter import Charter
from inbox.corridor import letting_back
from inbox.events import AnyEvent, Captured, Delivery, Hidden, Queued
from inbox.item import CLOSED, TriageState
from inbox.outbox import DeliveryState, Kind
from inbox.play import Answer, Play
from inbox.rules import Rules
from scoring.assessment import RiskLevel, SignalKind

THREAT = assessed(RiskLevel.CRITICAL, SignalKind.THREAT)
WEEK = timedelta(days=7)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    opened = Room(tmp_path / "desk")
    yield opened
    opened.ledger.close()


def deliver(room: Room, number: int = -1) -> None:
    """Let a sending arrive on its platform."""
    entry = room.outbox()[number]
    for state in (DeliveryState.SENDING, DeliveryState.SENT):
        receipt = Receipt(remote_id=f"r-{entry.id}", at=room.now) if state is DeliveryState.SENT else None
        room.ledger.record([Delivery(at=room.now, by=entry.by, entry=entry.id, state=state, receipt=receipt)])


# -- hiding ------------------------------------------------------------------------------------------


async def test_a_hide_names_a_reason_of_the_house_s_charter(room: Room) -> None:
    (key,) = room.arrive("Honte à vous")
    marta = room.sit()
    refused = await marta.act(desk.Hide(reason="I do not like it"), [key])
    assert refused.refused == "hiding needs a reason from the house's charter"
    assert "threat" in refused.hint
    assert (await marta.act(desk.Hide(reason="charter 1"), [key])).sendings == 1
    assert room.outbox()[0].reason == "injure envers une personne [charter example, 1; insult]"


async def test_what_we_hid_stays_a_visitor_s_and_can_be_shown_again(room: Room) -> None:
    (key,) = room.arrive("Honte à vous")
    marta = room.sit()
    await marta.act(desk.Hide(reason="insult"), [key])
    entry = room.outbox()[0]
    receipt = Receipt(remote_id=entry.native_id, at=room.now)
    for state in (DeliveryState.SENDING, DeliveryState.SENT):
        done = receipt if state is DeliveryState.SENT else None
        room.ledger.record([Delivery(at=room.now, by="marta", entry=entry.id, state=state, receipt=done)])
    room.ledger.record([Hidden(at=room.now, by="marta", key=key, hidden=True)])
    item = room.ledger.inbox.items[key]
    assert (item.own, item.hidden) == (False, True)
    assert (await marta.act(desk.Hide(reason="a mistake", hidden=False), [key])).sendings == 1


async def test_a_charter_that_cannot_be_read_hides_nothing(room: Room) -> None:
    (key,) = room.arrive("Honte à vous")
    marta = room.sit(rules=Rules(charter=Charter(own=True)))
    assert "cannot be read" in (await marta.act(desk.Hide(reason="insult"), [key])).refused


async def test_each_of_many_is_captured_before_it_is_hidden(room: Room) -> None:
    keys = room.arrive(*(f"Honte à vous {n}" for n in range(200)))
    assert (await room.sit().act(desk.Hide(reason="insult"), keys)).sendings == 200
    captured: set[str] = set()
    for event in journal(room):
        if isinstance(event, Captured):
            captured.add(event.key)
        elif isinstance(event, Queued):
            assert {entry.target for entry in event.entries} <= captured
    assert captured == set(keys)


def journal(room: Room) -> list[AnyEvent]:
    assert room.ledger._store is not None
    return list(room.ledger._store.since(0))


# -- suspected ---------------------------------------------------------------------------------------


async def test_suspecting_needs_a_reason_and_its_clock_runs_from_first_sight(room: Room) -> None:
    (key,) = room.arrive("Une phrase ambiguë")
    seen_at = room.ledger.inbox.items[key].first_seen
    marta = room.sit()
    room.now += timedelta(minutes=50)
    assert (await marta.act(desk.Suspect(" "), [key])).refused == "say why"
    await marta.act(desk.Suspect("threat"), [key])
    summary = await marta.summary()
    assert (summary.dangers, summary.oldest_danger) == (1, seen_at)
    view = await marta.open_view("is:suspected")
    assert await marta.keys(view.id, 0, 9) == [key]


async def test_what_is_suspected_is_open_again_whatever_was_decided_before(room: Room) -> None:
    (key,) = room.arrive("Une phrase ambiguë")
    marta = room.sit()
    await marta.act(desk.SetState(TriageState.DONE), [key])
    await marta.act(desk.Suspect("threat"), [key])
    assert (room.state(key), (await marta.summary()).dangers) == ("new", 1)
    await marta.undo()
    assert room.state(key) == "done"


async def test_a_person_s_word_clears_what_the_machine_suspects_and_can_be_taken_back(room: Room) -> None:
    (key,) = room.arrive("Je vais vous tuer (réplique du film)", assessment=THREAT)
    marta = room.sit()
    assert (await marta.act(desk.Suspect("it is", suspected=True), [key])).refused == "it is suspected already"
    await marta.act(desk.Suspect("a line of the film", suspected=False), [key])
    assert (await marta.summary()).dangers == 0
    assert (await marta.undo()).what == "suspect"
    assert (await marta.summary()).dangers == 1


KEYS = range(5)
ACTS = st.lists(
    st.one_of(
        st.builds(lambda at: ("notice", at), st.sampled_from(KEYS)),
        st.builds(lambda at: ("reply", at), st.sampled_from(KEYS)),
        st.builds(lambda at: ("appeal", at), st.sampled_from(KEYS)),
        st.builds(lambda at: ("joke", at), st.sampled_from(KEYS)),
        st.builds(lambda at: ("wave", at), st.sampled_from(KEYS)),
        st.builds(lambda at: ("silence", at), st.sampled_from(KEYS)),
        st.builds(lambda at: ("thread", at), st.sampled_from(KEYS)),
        st.builds(lambda at: ("done-all", at), st.sampled_from(KEYS)),
        st.builds(lambda at: ("snooze-all", at), st.sampled_from(KEYS)),
        st.builds(lambda at: ("suspect", at), st.sampled_from(KEYS)),
        st.builds(lambda at: ("undo", at), st.sampled_from(KEYS)),
        st.builds(lambda at: ("copies", at), st.sampled_from(KEYS)),
    ),
    max_size=12,
)
PLAYS = {
    "appeal": Answer.APPEAL,
    "joke": Answer.OFFBEAT,
    "wave": Answer.WAVE,
    "silence": Answer.SILENCE,
    "thread": Answer.THREAD,
}


def act_of(what: str, key: str, keys: list[str], now: datetime, dangers: tuple[str, ...]) -> tuple[desk.Act, list[str]]:
    if what in PLAYS:
        play = Play(
            source="museum",
            post_id="p1",
            answer=PLAYS[what],
            anchor=key,
            text="Restons courtois.",
            title="Parlons-en",
            house_comment="Par ici : $link",
            close=tuple(keys),
            follow=True,
            dangers=dangers,
        )
        return play, [key]
    acts: dict[str, tuple[desk.Act, list[str]]] = {
        "notice": (desk.PinNotice(text="Restons courtois."), [key]),
        "reply": (desk.Reply(text="Bonjour.", again=True), [key]),
        "done-all": (desk.SetState(TriageState.DONE), keys),
        "snooze-all": (desk.SetState(TriageState.SNOOZED, until=now + WEEK), keys),
        "suspect": (desk.Suspect("threat"), [key]),
    }
    return acts[what]


@settings(max_examples=60, deadline=None)
@given(steps=ACTS)
async def test_nothing_suspected_is_ever_closed_by_a_notice_a_joke_a_wave_or_a_play(
    steps: list[tuple[str, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    room = Room(tmp_path_factory.mktemp("law") / "desk")
    marta = room.sit()
    keys = room.arrive(*(["Honte à vous tous"] * 4), wave="w1") + room.arrive("Je vais vous tuer", assessment=THREAT)
    suspected = {keys[4]}
    for what, at in steps:
        if what == "copies":
            room.arrive("Honte à vous tous", wave="w1", later=1)
        elif what == "undo":
            await marta.undo()
        else:
            act, on = act_of(what, keys[at], keys, room.now, tuple(sorted(suspected)))
            done = await marta.act(act, on)
            if done.sendings:
                for number in range(-done.sendings, 0):
                    deliver(room, number)
        items = room.ledger.inbox.items
        suspected = {key for key in keys if items[key].is_danger}
        assert keys[4] in suspected
        for key in suspected:
            assert items[key].state not in {*CLOSED, TriageState.SNOOZED}
    room.ledger.close()


# -- keeping somebody away ---------------------------------------------------------------------------


async def test_a_block_needs_a_reason_and_an_end_and_keeps_the_evidence(room: Room) -> None:
    (key,) = room.arrive("Honte à vous")
    marta = room.sit()
    assert "charter" in (await marta.act(desk.Block(reason="he is rude", until=room.now + WEEK), [key])).refused
    assert (await marta.act(desk.Block(reason="insult"), [key])).refused == "until when?"
    too_long = desk.Block(reason="insult", until=room.now + timedelta(days=500))
    assert "longer than a year" in (await marta.act(too_long, [key])).refused
    assert (await marta.act(desk.Block(reason="insult", until=room.now + WEEK), [key])).sendings == 1
    (entry,) = room.outbox()
    assert (entry.kind, entry.native_id, entry.until) == (Kind.BLOCK, "author0", room.now + WEEK)
    assert set(room.ledger.inbox.evidence.words) == {key}


async def test_nobody_is_kept_away_twice(room: Room) -> None:
    first, second = room.arrive("un", "deux")
    marta = room.sit()
    act = desk.Block(reason="insult", until=room.now + WEEK)
    await marta.act(act, [first])
    assert "already" in (await marta.act(act, [first])).refused
    assert (await marta.act(desk.Block(blocked=False), [second])).refused == "nobody keeps this person away"


async def test_of_many_comments_each_author_is_kept_away_once_and_every_comment_is_evidence(room: Room) -> None:
    keys = [*room.arrive("un", "deux"), *room.arrive("encore un", later=1)]
    (threat,) = room.arrive("x", "y", "Je viendrai", assessment=THREAT, later=2)[2:]
    marta = room.sit()
    done = await marta.act(desk.Block(reason="insult", until=room.now + WEEK), [*keys, threat])
    assert [entry.native_id for entry in room.outbox()] == ["author0", "author1", "author2"]
    assert (done.keys, done.sendings) == ((keys[0], keys[1], threat), 3)
    assert set(room.ledger.inbox.evidence.words) == {*keys, threat}
    assert len({entry.act for entry in room.outbox()}) == 1


async def test_of_several_people_those_who_asked_or_whom_a_colleague_has_in_hand_are_left_alone(room: Room) -> None:
    first, claimed = room.arrive("un", "deux")
    asked = room.arrive("a", "b", "C'est ouvert ?", assessment=assessed(RiskLevel.CALM, SignalKind.QUESTION))[2]
    await room.sit("lou").act(desk.Claim(), [claimed])
    marta, act = room.sit(), desk.Block(reason="insult", until=room.now + WEEK)
    done = await marta.act(act, [first, claimed, asked])
    assert done.keys == (first,)
    assert done.held_back == ((claimed, "claimed:lou"), (asked, "question"))
    again = await marta.act(act, [first, claimed])
    assert (again.keys, again.held_back) == ((), ((first, "kept away"), (claimed, "claimed:lou")))
    assert (await marta.act(act, [claimed])).keys == (claimed,), "of one person alone it is meant"


async def test_many_are_let_back_in_together(room: Room) -> None:
    keys = room.arrive("un", "deux", "trois")
    marta = room.sit()
    await marta.act(desk.Block(reason="insult", until=room.now + WEEK), keys[:2])
    assert (await marta.act(desk.Block(blocked=False), keys)).refused == "this block has not left yet"
    deliver(room, 0)
    deliver(room, 1)
    back = await marta.act(desk.Block(blocked=False), keys)
    assert (back.sendings, back.keys) == (2, tuple(keys[:2]))


async def test_a_block_ends_by_the_clock_once_also_after_a_restart_and_a_clock_set_back(tmp_path: Path) -> None:
    room = Room(tmp_path / "desk")
    (key,) = room.arrive("Honte à vous")
    end = room.now + WEEK
    await room.sit().act(desk.Block(reason="insult", until=end), [key])
    deliver(room)
    room.ledger.close()
    room = Room(tmp_path / "desk")
    assert letting_back(room.ledger.inbox, end - timedelta(seconds=1)) == []
    (event,) = letting_back(room.ledger.inbox, end + timedelta(days=2))
    assert isinstance(event, Queued)
    (back,) = event.entries
    assert (back.kind, back.native_id, back.due_at) == (Kind.UNBLOCK, "author0", end)
    room.ledger.record([event])
    assert letting_back(room.ledger.inbox, end + timedelta(days=2)) == []
    assert letting_back(room.ledger.inbox, end - WEEK) == []
    room.ledger.close()


async def test_somebody_let_back_in_by_hand_is_not_let_back_in_again(room: Room) -> None:
    (key,) = room.arrive("Honte à vous")
    marta = room.sit()
    await marta.act(desk.Block(reason="insult", until=room.now + WEEK), [key])
    assert (await marta.act(desk.Block(blocked=False), [key])).refused == "this block has not left yet"
    deliver(room)
    assert (await marta.act(desk.Block(blocked=False), [key])).sendings == 1
    deliver(room)
    assert letting_back(room.ledger.inbox, room.now + 2 * WEEK) == []
    assert (await marta.act(desk.Block(reason="insult", until=room.now + WEEK), [key])).sendings == 1


async def test_a_platform_that_cannot_says_so(room: Room) -> None:
    (key,) = room.arrive("Honte à vous")
    connector = room.engine.connectors["museum"]
    connector.capabilities = {**connector.capabilities, Capability.MUTE: Support("no", "do it in the app")}
    refused = await room.sit().act(desk.Block(reason="insult", until=room.now + WEEK), [key])
    assert (refused.refused, refused.hint) == ("do it in the app", "do it on the platform, and note it (b)")


async def test_a_house_may_want_two_for_a_block_but_one_lets_back_in(room: Room) -> None:
    (key,) = room.arrive("Honte à vous")
    rules = Rules(four_eyes=FourEyes(required=("blocks",)))
    marta, lou = room.sit(rules=rules), room.sit("lou", rules=rules)
    done = await marta.act(desk.Block(reason="insult", until=room.now + WEEK), [key])
    assert done.submitted
    assert (await lou.approve(done.submitted, Given())).sendings == 1
    deliver(room)
    assert (await marta.act(desk.Block(blocked=False), [key])).submitted == ""
