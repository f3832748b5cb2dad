"""Debrief: what was seen when, answered how, what was swept away, and jokes told where none should be."""

from datetime import datetime, timedelta

import pytest
from builders import NOON, assessed, comment, seen

from connectors._model import Outgoing, Receipt
from connectors._text import SafeText, sanitise
from inbox.chronicle import chronicle
from inbox.debrief import Aimed, Debrief, Truth, debrief
from inbox.events import AnyEvent, Claimed, CrisisBegan, Delivery, Queued, SituationBegan, StateSet
from inbox.item import TriageState
from inbox.outbox import DeliveryState, Kind, OutboxEntry
from inbox.situations.model import Reason, Situation
from scoring.assessment import RiskLevel, SignalKind

FLOOD = Aimed("flood", "museum/p1", "museum/c3")
NOISE = Aimed("none", "museum/p2")


def minute(n: float) -> datetime:
    return NOON + timedelta(minutes=n)


def arrive(*ids: str, post: str = "p1", danger: bool = False) -> list[AnyEvent]:
    """Comments c<n>, each seen n minutes after noon."""
    level, kinds = (RiskLevel.CRITICAL, (SignalKind.THREAT,)) if danger else (RiskLevel.TENSE, ())
    return [
        seen(
            comment(id=id_, at=minute(int(id_[1:])), post=post, author=id_),
            assessments=(assessed(level, *kinds),),
            at=minute(int(id_[1:])),
        )
        for id_ in ids
    ]


def sent(n: float, kind: Kind, *, to: str = "", post: str = "p1", template: str = "") -> list[AnyEvent]:
    entry = OutboxEntry(
        id=f"e{n}{kind}",
        act=f"a{n}",
        kind=kind,
        source="museum",
        by="lou",
        queued_at=minute(n),
        due_at=minute(n),
        target=f"museum/{to}" if to else "",
        outgoing=Outgoing(client_id="x", text=sanitise("…"), created_at=minute(n), post_id=post),
        template=template,
    )
    receipt = Receipt(remote_id=f"r{n}", at=minute(n), url=SafeText("https://museum.example/r"))
    return [
        Queued(at=minute(n), by="lou", entries=(entry,)),
        Delivery(at=minute(n), entry=entry.id, state=DeliveryState.SENT, receipt=receipt),
    ]


def done(n: float, *ids: str) -> AnyEvent:
    keys = tuple(f"museum/{id_}" for id_ in ids)
    return StateSet(at=minute(n), by="lou", keys=keys, state=TriageState.DONE, act=f"d{n}")


def called(n: float, situation: Situation = Situation.FLOOD, post: str = "museum/p1") -> AnyEvent:
    reason = Reason(code="copies", people=4, comments=4, minutes=5)
    return SituationBegan(
        at=minute(n), post=post, situation=situation, since="museum/c3", began=minute(n), reason=reason
    )


def went(*events: AnyEvent, **truth: object) -> Debrief:
    known = Truth(**({"aims": (FLOOD,)} | truth))  # type: ignore[arg-type]  # Truth's own fields, by name
    return debrief(chronicle(events), known, now=minute(60), is_joke=lambda template: template.startswith("joke"))


COMMENTS = arrive("c1", "c2", "c3", "c4")


def test_a_flood_seen_called_and_answered_is_timed_from_the_comment_that_shows_it() -> None:
    (sighting,) = went(*COMMENTS, called(4), *sent(9, Kind.THREAD), done(10, "c1", "c2")).sightings
    assert (sighting.visible, sighting.called, sighting.answered) == (minute(3), minute(4), minute(9))
    assert (sighting.how, sighting.fitting) == (("thread", "done"), True)


def test_a_flood_that_nobody_answered_is_not_well() -> None:
    (sighting,) = went(*COMMENTS, called(4)).sightings
    assert (sighting.answered, sighting.fitting) == (None, False)


def test_what_was_done_before_it_could_be_seen_is_no_answer_to_it() -> None:
    (sighting,) = went(*COMMENTS[:2], done(2.5, "c1"), *COMMENTS[2:]).sightings
    assert sighting.answered is None


def test_silence_answers_a_lone_troll_and_noise() -> None:
    aims = (Aimed("lone_troll", "museum/p1", "museum/c3"), NOISE)
    found = went(*COMMENTS, *arrive("c9", post="p2"), aims=aims)
    assert [sighting.fitting for sighting in found.sightings] == [True, True]


def test_a_public_notice_against_mere_noise_is_too_much() -> None:
    events = [*arrive("c9", post="p2"), *sent(12, Kind.NOTICE, post="p2")]
    (sighting,) = went(*events, aims=(NOISE,)).sightings
    assert not sighting.fitting


def test_what_the_script_had_not_reached_is_not_held_against_anybody() -> None:
    found = went(*COMMENTS[:2], dangers=frozenset({"museum/c7"}))
    assert found.sightings == ()
    assert found.dangers.cases == 0


def test_dangers_count_those_the_desk_did_not_see_and_those_swept_away() -> None:
    events = [*COMMENTS, *arrive("c5", danger=True), *arrive("c6")]
    events += [Claimed(at=minute(8), by="lou", keys=("museum/c5",)), done(9, "c1", "c6")]
    found = went(*events, dangers=frozenset({"museum/c5", "museum/c6"}))
    assert (found.dangers.cases, found.dangers.met, found.dangers.worst) == (2, 2, 180)
    assert found.unseen == found.swept == ("museum/c6",)
    assert found.untouched == ()


def test_a_question_closed_with_a_wave_is_left_and_swept() -> None:
    events = [*COMMENTS, *sent(6, Kind.REPLY, to="c1"), done(7, "c2", "c3")]
    found = went(*events, questions=frozenset({"museum/c1", "museum/c2"}))
    assert (found.questions.met, found.left, found.swept_questions) == (1, ("museum/c2",), ("museum/c2",))


@pytest.mark.parametrize(
    ("n", "to", "template", "misplaced"),
    [(2, "c1", "joke.fr", False), (2, "c2", "joke.fr", True), (5, "c1", "joke.fr", True), (5, "c2", "plain.fr", False)],
    ids=["before the flood", "at somebody hurt", "during the flood", "no joke at all"],
)
def test_jokes_are_counted_where_none_should_be(n: float, to: str, template: str, misplaced: bool) -> None:
    found = went(*COMMENTS, *sent(n, Kind.REPLY, to=to, template=template), sore=frozenset({"museum/c2"}))
    assert bool(found.jokes) is misplaced


def test_crisis_mode_without_a_flood_is_needless() -> None:
    crisis = CrisisBegan(at=minute(5), by="lou", until=minute(90))
    assert went(*COMMENTS, crisis, aims=(NOISE,)).needless
    flooded = went(*COMMENTS, crisis)
    assert (flooded.crisis, flooded.needless) == (True, False)
    assert flooded.sightings[0].how == ("crisis_on",)
