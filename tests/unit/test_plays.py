"""Plays: an answer to a situation is one plan, whole or not at all, and closes neither threats nor questions."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import count

import pytest
from builders import NOON, assessed, comment, seen
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from connectors._contract import Connector
from connectors._http import Http
from connectors._model import Comment, Post
from connectors._rehearsal.options import RehearsalOptions
from connectors._text import sanitise
from connectors.rehearsal import Rehearsal
from inbox.events import Claimed, Queued
from inbox.fold import Inbox
from inbox.item import TriageState
from inbox.offers import Place, plays_of
from inbox.outbox import Kind, OutboxEntry
from inbox.play import Answer, Play, PlayOption, PostPlays
from inbox.plays import plan
from inbox.situations.model import Call, PostState, Reason, Situation
from inbox.triage import Context, Plan
from inbox.wording import Wording
from scoring.assessment import Assessment, RiskLevel, SignalKind

NOW = NOON + timedelta(minutes=10)
CALM = assessed()
HEATED = assessed(RiskLevel.HEATED, SignalKind.REMOVAL_DEMAND)
QUESTION = assessed(RiskLevel.TENSE, SignalKind.QUESTION)
THREAT = assessed(RiskLevel.CRITICAL, SignalKind.THREAT)
POST = Post(native_id="p1", title=sanitise("L'Épée"), text=sanitise("Une épée"))
CONNECTORS: Mapping[str, Connector] = {"museum": Rehearsal("museum", RehearsalOptions(), Http())}


def inbox_of(assessments: Sequence[Assessment], *, wave: str = "w", author: str = "") -> Inbox:
    inbox, numbers = Inbox(), count()
    comments: list[Comment] = [
        comment(f"texte {n}", id=f"c{n}", author=author or f"v{n}", at=NOON + timedelta(seconds=n))
        for n, _ in zip(numbers, assessments, strict=False)
    ]
    waves = {f"museum/{c.native_id}": wave for c in comments} if wave else {}
    inbox.apply(seen(*comments, assessments=tuple(assessments), waves=waves, posts=(POST,)))
    return inbox


def state(situation: Situation, code: str, *, wave: str | None = None, authors: tuple[str, ...] = ()) -> PostState:
    reason = Reason(code=code, people=4, comments=4, minutes=5, wave=wave, authors=authors, texts=("museum/c0",))
    call = Call(situation=situation, since="museum/c0", at=NOON, reason=reason, held=NOON)
    return PostState(post="museum/p1", calls=(call,))


FLOOD = state(Situation.FLOOD, "copies", wave="w")
FEUD = state(Situation.FEUD, "quarrel")
TROLL = state(Situation.LONE_TROLL, "barbs", authors=("fisher",))


def offered(inbox: Inbox, what: PostState, connectors: Mapping[str, Connector] = CONNECTORS) -> PostPlays:
    place = Place(
        inbox=inbox,
        source="museum",
        post_id="p1",
        state=what,
        wording=Wording.of_rehearsal(lambda: NOW),
        connector=connectors.get("museum"),
    )
    found = plays_of(place)
    assert found is not None
    return found


def option(inbox: Inbox, what: PostState, answer: Answer) -> PlayOption:
    return next(each for each in offered(inbox, what).options if each.play.answer is answer)


def decide(play: Play, inbox: Inbox, *, gate: str = "", connectors: Mapping[str, Connector] = CONNECTORS) -> Plan:
    context = Context(inbox=inbox, by="marta", now=NOW, connectors=connectors, joke_gate=lambda _i, _t: gate)
    return plan(play, [play.anchor], context)


def sendings(planned: Plan) -> list[OutboxEntry]:
    return [entry for event in planned.events if isinstance(event, Queued) for entry in event.entries]


@given(st.lists(st.sampled_from([CALM, HEATED, QUESTION, THREAT]), min_size=1, max_size=30))
@settings(deadline=None)  # the first reads the templates
def test_no_play_ever_closes_a_question_or_a_danger(assessments: list[Assessment]) -> None:
    inbox = inbox_of(assessments, author="fisher")
    for what in (FLOOD, TROLL, FEUD):
        for each in offered(inbox, what).options:
            planned = decide(each.play, inbox)
            after = inbox.foreseen(planned.done.keys, planned.events)
            closed = [item for item in after if item.state is TriageState.DONE]
            assert not any(item.is_question or item.is_danger for item in closed)
            reached = set(planned.done.keys) | {key for key, _ in planned.done.held_back}
            assert planned.done.refused or set(each.play.close) <= reached


def test_a_flood_opens_a_thread_links_it_and_closes_the_wave_in_one_act() -> None:
    inbox = inbox_of([HEATED] * 5 + [QUESTION, THREAT])
    planned = decide(option(inbox, FLOOD, Answer.THREAD).play, inbox)
    thread, link = sendings(planned)
    assert (thread.kind, link.kind, link.waits_for) == (Kind.THREAD, Kind.NOTICE, thread.id)
    assert {thread.act, link.act} == {planned.done.act}
    assert thread.due_at == link.due_at == planned.done.due_at
    assert planned.done.keys == tuple(f"museum/c{n}" for n in range(5))
    assert planned.done.held_back == (("museum/c5", "question"), ("museum/c6", "critical"))


def test_an_unpinned_house_comment_stands_under_the_post() -> None:
    inbox = inbox_of([HEATED] * 4)
    play = structs.replace(option(inbox, FLOOD, Answer.THREAD).play, pin=False)
    link = sendings(decide(play, inbox))[1]
    assert link.outgoing is not None
    assert (link.kind, link.outgoing.parent_id) == (Kind.HOUSE_COMMENT, "p1")


def test_where_pins_stand_on_the_profile_a_copy_of_the_house_comment_is_pinned_there() -> None:
    connector = Rehearsal("museum", RehearsalOptions(), Http())
    connector.traits = structs.replace(connector.traits, pin_scope="profile")
    inbox = inbox_of([HEATED] * 4)
    (first, *_) = offered(inbox, FLOOD, {"museum": connector}).options
    assert not first.play.pin
    planned = decide(structs.replace(first.play, pin=True), inbox, connectors={"museum": connector})
    assert [e.kind for e in sendings(planned)] == [Kind.THREAD, Kind.HOUSE_COMMENT, Kind.NOTICE]
    assert planned.done.sendings == 3


def test_a_play_is_done_whole_or_not_at_all() -> None:
    inbox = inbox_of([HEATED] * 4)
    play = structs.replace(option(inbox, FLOOD, Answer.THREAD).play, house_comment="sans lien")
    planned = decide(play, inbox)
    assert "does not hold the link" in planned.done.refused
    assert planned.events == ()


def test_a_danger_that_was_not_shown_stops_every_play() -> None:
    inbox = inbox_of([HEATED] * 4)
    play = option(inbox, FLOOD, Answer.WAVE).play
    inbox.apply(seen(comment("late", id="late"), assessments=(THREAT,)))
    planned = decide(play, inbox)
    assert "danger" in planned.done.refused
    assert planned.events == ()


def test_a_crowd_in_its_own_words_is_not_swept_away() -> None:
    inbox = inbox_of([HEATED] * 8, wave="")
    crowd = state(Situation.FLOOD, "crowd")
    assert all(not each.play.close for each in offered(inbox, crowd).options)


def test_a_colleague_s_comments_stay_in_their_hands() -> None:
    inbox = inbox_of([HEATED] * 4)
    inbox.apply(Claimed(at=NOW, by="lou", keys=("museum/c1",)))
    planned = decide(option(inbox, FLOOD, Answer.WAVE).play, inbox)
    assert planned.done.held_back == (("museum/c1", "claimed:lou"),)


def test_a_feud_is_answered_by_an_appeal_or_a_notice_and_closes_nothing() -> None:
    inbox = inbox_of([HEATED] * 4, wave="")
    options = offered(inbox, FEUD).options
    assert [each.play.answer for each in options] == [Answer.APPEAL, Answer.NOTICE]
    for each in options:
        assert each.play.text
        assert not each.play.close
        assert [e.kind for e in sendings(decide(each.play, inbox))] in ([Kind.REPLY], [Kind.NOTICE])


def test_what_speaks_to_a_thread_speaks_its_language_whatever_one_comment_is_in() -> None:
    english = structs.replace(HEATED, language="en")
    inbox = inbox_of([english, HEATED, HEATED, HEATED], wave="")  # the comment spoken near is the English one
    assert option(inbox, FEUD, Answer.APPEAL).play.template.endswith(".fr")
    inbox = inbox_of([HEATED, english, english, english], wave="")
    assert option(inbox, FEUD, Answer.APPEAL).play.template.endswith(".en")


def test_a_provoker_is_first_met_with_silence() -> None:
    inbox = inbox_of([HEATED] * 4, wave="", author="fisher")
    silence, offbeat = offered(inbox, TROLL).options
    assert (silence.play.answer, offbeat.play.answer) == (Answer.SILENCE, Answer.OFFBEAT)
    planned = decide(silence.play, inbox)
    assert (planned.done.sendings, len(planned.done.keys)) == (0, 4)


def test_one_offbeat_reply_goes_out_and_the_other_barbs_are_done() -> None:
    inbox = inbox_of([CALM] * 4, wave="", author="fisher")
    offbeat = option(inbox, TROLL, Answer.OFFBEAT)
    assert not offbeat.refused
    planned = decide(offbeat.play, inbox)
    assert [(e.kind, e.target) for e in sendings(planned)] == [(Kind.REPLY, "museum/c3")]
    assert set(planned.done.keys) == {f"museum/c{n}" for n in range(4)}


def test_the_joke_gate_stops_the_whole_play() -> None:
    inbox = inbox_of([CALM] * 4, wave="", author="fisher")
    planned = decide(option(inbox, TROLL, Answer.OFFBEAT).play, inbox, gate="no joke here: grief")
    assert planned.done.refused == "no joke here: grief"
    assert planned.events == ()


def test_after_one_joke_only_silence_is_left() -> None:
    inbox = inbox_of([CALM] * 4, wave="", author="fisher")
    for event in decide(option(inbox, TROLL, Answer.OFFBEAT).play, inbox).events:
        inbox.apply(event)
    assert option(inbox, TROLL, Answer.OFFBEAT).refused == "one joke was told already: silence now"


def test_under_a_source_that_is_not_connected_only_what_stays_in_the_house_can_be_decided() -> None:
    inbox = inbox_of([HEATED] * 4)
    options = offered(inbox, FLOOD, {}).options
    assert [each.play.answer for each in options if not each.refused] == [Answer.WAVE]


def test_what_was_already_done_is_told() -> None:
    inbox = inbox_of([HEATED] * 4)
    for event in decide(option(inbox, FLOOD, Answer.THREAD).play, inbox).events:
        inbox.apply(event)
    assert {(taken.what, taken.count) for taken in offered(inbox, FLOOD).taken} == {("notice", 1), ("done", 4)}


@pytest.mark.parametrize("what", [FLOOD, FEUD, TROLL])
def test_where_everything_may_be_a_danger_no_play_is_offered(what: PostState) -> None:
    inbox = inbox_of([THREAT] * 3, author="fisher")
    assert offered(inbox, what).options == ()
