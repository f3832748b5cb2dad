"""The filter language."""

from datetime import timedelta

import pytest
from builders import NOON, assessed, comment, inbox_with, seen

from connectors._model import Post
from connectors._text import sanitise
from inbox.events import Claimed, Hidden, StateSet
from inbox.fold import Inbox
from inbox.item import TriageState
from inbox.query import QueryError, compile_query
from scoring.assessment import RiskLevel, SignalKind


@pytest.fixture
def inbox() -> Inbox:
    inbox, _ = inbox_with(
        (comment("C'est SCANDALEUX", id="c1", network="facebook"), assessed(RiskLevel.HEATED)),
        (comment("À quelle heure fermez-vous ?", id="c2", author="zoé"), assessed(RiskLevel.CALM, SignalKind.QUESTION)),
        (comment("bof", id="c3", at=NOON - timedelta(hours=5)), assessed(RiskLevel.TENSE)),
        (comment("déjà vu", id="c4"), assessed()),
    )
    post = Post(native_id="p1", title=sanitise("L'Épée"))
    inbox.apply(seen(posts=(post,)))
    inbox.apply(StateSet(at=NOON, by="lou", keys=("museum/c4",), state=TriageState.DONE))
    inbox.apply(Claimed(at=NOON, by="lou", keys=("museum/c3",)))
    return inbox


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("", "c1 c2 c3"),
        ("scandaleux", "c1"),
        ('"quelle heure"', "c2"),
        ("a quelle", "c2"),
        ("epee", "c1 c2 c3"),
        ("risk>=tense", "c1 c3"),
        ("risk:houleux", "c1"),
        ("risk<tense", "c2"),
        ("-risk>=tense", "c2"),
        ("is:question", "c2"),
        ("is:asking", "c2"),
        ("source:fb", "c1"),
        ("source:museum", "c1 c2 c3"),
        ("author:ZOE", "c2"),
        ("age<2h", "c1 c2"),
        ("age>2h", "c3"),
        ("is:mine", "c3"),
        ("by:lou", "c3"),
        ("state:done", "c4"),
        ("is:done", "c4"),
        ("is:any", "c1 c2 c3 c4"),
        ("is:any -is:open", "c4"),
        ("id:c2", "c2"),
        ("post:épée risk:tense", "c3"),
        ('"unfinished', ""),
        ("-", "c2"),
    ],
)
def test_queries(inbox: Inbox, query: str, ids: str) -> None:
    matches = compile_query(query, inbox, now=NOON + timedelta(minutes=1), operator="lou")
    assert [inbox.items.hot.ids[row] for row in filter(matches, inbox.items.hot.rows())] == [
        f"museum/{native_id}" for native_id in ids.split()
    ]


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("risk>=tens", "did you mean “tense”?"),
        ("autor:zoe", "did you mean “author”?"),
        ("is:questoin", "did you mean “question”?"),
        ("state:finished", "states are new"),
        ("age<soon", "age<2h"),
        ("author>zoe", "only risk, age and reach can be compared"),
    ],
)
def test_a_query_that_is_not_understood_says_what_would_do(inbox: Inbox, query: str, says: str) -> None:
    with pytest.raises(QueryError, match=".*".join(says.split("?", maxsplit=1)[0].split("“")[:1])) as error:
        compile_query(query, inbox, now=NOON)
    assert says in str(error.value)


def test_a_question_that_we_hid_is_a_question_and_nobody_waits_for_its_answer(inbox: Inbox) -> None:
    def found(query: str) -> list[str]:
        matches = compile_query(query, inbox, now=NOON)
        return [inbox.items.hot.ids[row] for row in filter(matches, inbox.items.hot.rows())]

    inbox.apply(Hidden(at=NOON, by="lou", key="museum/c2", hidden=True))
    assert (found("is:question"), found("is:asking")) == (["museum/c2"], [])
    inbox.apply(Hidden(at=NOON, by="lou", key="museum/c2", hidden=False))
    assert found("is:asking") == ["museum/c2"]
