"""Chronicle and retrospect: what became of each comment, what the house did, how fast, and what then."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from builders import NOON, assessed, comment, seen
from hypothesis import given
from hypothesis import strategies as st

from connectors._model import Outgoing, Receipt
from connectors._text import SafeText, sanitise
from inbox.chronicle import Chronicle, Did, chronicle
from inbox.events import (
    AnyEvent,
    Claimed,
    Corrected,
    CrisisBegan,
    Delivery,
    Hidden,
    Queued,
    Seen,
    SituationBegan,
    SituationEnded,
    StateSet,
    Undone,
    WentAway,
)
from inbox.fold import Inbox
from inbox.item import TriageState
from inbox.outbox import DeliveryState, Kind, OutboxEntry
from inbox.retrospect import Retrospect, Scope, look_back
from inbox.situations.model import Reason, Situation
from inbox.triage import standing
from scoring.assessment import RiskLevel, SignalKind

CALM, TENSE, HEATED, CRITICAL = RiskLevel
END = NOON + timedelta(hours=8)
EVER = Scope(since=NOON - timedelta(days=9), until=END)


def minute(n: float) -> datetime:
    return NOON + timedelta(minutes=n)


def arrived(id: str, n: float, level: RiskLevel, *kinds: SignalKind, post: str = "p1", wave: str = "") -> Seen:  # noqa: A002 - as in `builders`
    """One comment, written and first seen `n` minutes after noon."""
    waves = {f"museum/{id}": wave} if wave else {}
    said = comment(id=id, at=minute(n), post=post, author=f"author of {id}")
    return seen(said, assessments=(assessed(level, *kinds),), at=minute(n), waves=waves)


def closed(n: float, *ids: str, state: TriageState = TriageState.DONE, act: str = "a1") -> StateSet:
    return StateSet(at=minute(n), by="lou", keys=tuple(f"museum/{i}" for i in ids), state=state, act=act)


def sent(n: float, id: str, kind: Kind = Kind.REPLY, *, act: str = "a2", post: str = "p1") -> Sequence[AnyEvent]:  # noqa: A002 - as above
    """A sending decided at minute `n` and out a minute later."""
    entry = OutboxEntry(
        id=f"e-{id}-{kind}",
        act=act,
        kind=kind,
        source="museum",
        by="marta",
        queued_at=minute(n),
        due_at=minute(n),
        target=f"museum/{id}" if kind is Kind.REPLY else "",
        outgoing=Outgoing(
            client_id="x", text=sanitise("Bonjour, dix-huit heures."), created_at=minute(n), post_id=post
        ),
    )
    receipt = Receipt(remote_id=f"r-{id}", at=minute(n + 1), url=SafeText("https://museum.example/r"))
    return [
        Queued(at=minute(n), by="marta", entries=(entry,)),
        Delivery(at=minute(n + 1), entry=entry.id, state=DeliveryState.SENT, receipt=receipt),
    ]


def looked_back(*events: AnyEvent, scope: Scope = EVER) -> Retrospect:
    found = look_back(chronicle(events), scope)
    assert found is not None
    return found


def test_response_times_count_from_first_sight_to_the_first_human_act() -> None:
    found = looked_back(
        arrived("c1", 0, HEATED),
        arrived("c2", 1, HEATED),
        arrived("c3", 2, HEATED),
        Claimed(at=minute(4), by="lou", keys=("museum/c1",)),
        closed(11, "c1", "c2"),
    )
    heated = found.touched[HEATED]
    assert (heated.cases, heated.met, heated.median, heated.worst) == (3, 2, 7 * 60, 10 * 60)
    assert heated.waiting == (END - minute(2)).total_seconds()


def test_a_question_counts_as_answered_when_our_answer_is_out() -> None:
    found = looked_back(
        arrived("q1", 0, CALM, SignalKind.QUESTION),
        arrived("q2", 0, CALM, SignalKind.QUESTION),
        *sent(20, "q1"),
        closed(30, "q2"),
    )
    assert (found.answers.cases, found.answers.met, found.answers.worst) == (2, 1, 21 * 60)
    assert found.open_questions == 0
    assert found.closed == 2


def test_a_danger_is_never_closed_by_a_reply() -> None:
    told = chronicle([arrived("d", 0, CRITICAL, SignalKind.THREAT), *sent(1, "d")])
    assert told.cases["museum/d"].is_open


def test_what_one_decision_did_is_one_act_with_what_it_left_open() -> None:
    found = looked_back(
        *(arrived(f"w{n}", n, TENSE, wave="w") for n in range(5)),
        arrived("wq", 6, TENSE, SignalKind.QUESTION, wave="w"),
        *sent(10, "w0", Kind.THREAD, act="play"),
        *sent(10, "w0", Kind.HOUSE_COMMENT, act="play"),
        closed(12, "w0", "w1", "w2", "w3", "w4", act="play"),
    )
    (act,) = found.acts
    assert dict(act.did) == {"thread": 1, "house_comment": 1, "done": 5}
    assert act.held == 1
    assert (found.waves, found.copies) == (1, 6)


def test_each_act_tells_the_hour_before_and_after_under_its_posts() -> None:
    before: list[AnyEvent] = [arrived(f"b{n}", n, HEATED) for n in range(6)]
    after: list[AnyEvent] = [arrived(f"a{n}", 20 + n, CALM) for n in range(6)]
    beside: list[AnyEvent] = [arrived(f"x{n}", 21, CRITICAL, post="p2") for n in range(3)]
    found = looked_back(*before, *sent(10, "b0", Kind.NOTICE), *after, *beside)
    (act,) = found.acts
    assert (act.before, act.after) == ((0, 0, 6, 0), (6, 0, 0, 0))
    assert (act.eased, act.complete) == (1, True)


def test_the_timeline_tells_situations_dangers_hiding_crisis_and_what_went_away() -> None:
    reason = Reason(code="copies", people=4, comments=4, minutes=5)
    found = looked_back(
        arrived("d", 0, CRITICAL, SignalKind.DOXING),
        SituationBegan(
            at=minute(1), post="museum/p1", situation=Situation.FLOOD, since="museum/d", began=minute(0), reason=reason
        ),
        CrisisBegan(at=minute(2), by="lou", until=minute(90)),
        Hidden(at=minute(3), by="lou", key="museum/d", hidden=True),
        WentAway(at=minute(4), keys=("museum/d",), why="deleted"),
        SituationEnded(at=minute(80), post="museum/p1", situation=Situation.FLOOD, until=minute(80)),
    )
    assert [deed.did for deed in found.timeline] == [
        Did.DANGER,
        Did.BEGAN,
        Did.CRISIS_ON,
        Did.HIDDEN,
        Did.GONE,
        Did.ENDED,
    ]


def test_a_correction_to_critical_is_a_danger_from_then_on() -> None:
    corrected = Corrected(at=minute(5), by="lou", keys=("museum/c",), level=CRITICAL)
    assert looked_back(arrived("c", 0, CALM), corrected).dangers.cases == 1


def test_a_period_and_a_choice_of_comments_bring_their_own_deeds_only() -> None:
    events: list[AnyEvent] = [
        arrived("c1", 0, HEATED),
        arrived("c2", 1, HEATED, post="p2"),
        closed(5, "c1"),
        closed(6, "c2", act="a9"),
        closed(200, "c1", state=TriageState.NEW, act="a10"),
    ]
    scope = Scope(since=NOON, until=minute(100), chosen=lambda case: case.post == "museum/p1", whole=False)
    found = looked_back(*events, scope=scope)
    assert (found.comments, found.posts) == (1, (("museum/p1", 1),))
    assert [deed.at for deed in found.timeline] == [minute(5)]


def test_nothing_happened_is_said_and_not_counted() -> None:
    assert look_back(Chronicle(), EVER) is None


@given(
    acts=st.lists(
        st.tuples(st.integers(0, 4), st.sampled_from([TriageState.DONE, TriageState.NEW, TriageState.ESCALATED])),
        max_size=12,
    )
)
def test_each_case_stands_where_the_inbox_has_it(acts: list[tuple[int, TriageState]]) -> None:
    inbox, told = Inbox(), Chronicle()

    def happen(event: AnyEvent) -> None:
        inbox.apply(event)
        told.take(event)

    for n in range(5):
        happen(arrived(f"c{n}", n, CALM))
    for step, (n, state) in enumerate(acts):
        key = f"museum/c{n}"
        if step % 4 == 3:
            happen(Undone(at=minute(10 + step), by="lou", act="a", before=(standing(inbox.items[key]),)))
        else:
            happen(closed(10 + step, f"c{n}", state=state))
    assert {key: case.state for key, case in told.cases.items()} == {key: i.state for key, i in inbox.items.items()}
    assert all(case.is_open == inbox.items[key].is_open for key, case in told.cases.items())


@pytest.mark.parametrize("kind", [Kind.NOTICE, Kind.THREAD])
def test_a_sending_that_the_platform_refused_is_told_with_its_reason(kind: Kind) -> None:
    queued, _ = sent(1, "c", kind)
    assert isinstance(queued, Queued)
    refused = Delivery(at=minute(2), entry=queued.entries[0].id, state=DeliveryState.REJECTED, message="too many pins")
    told = chronicle([arrived("c", 0, CALM), queued, refused])
    assert (told.deeds[-1].did, told.deeds[-1].text) == (Did.REJECTED, "too many pins")
    assert not looked_back(arrived("c", 0, CALM), queued, refused).acts
