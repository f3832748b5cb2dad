"""Dedicated threads: opened where one chooses, linked at home, heard of again, closed; and our own words changed later."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import ClassVar

import pytest
from builders import NOON, assessed, comment, seen
from msgspec import structs

from connectors._contract import Connector
from connectors._http import Http
from connectors._model import Capability, Outcome, Outgoing, Rejected, Support
from connectors._rehearsal.faults import Fail, Fault
from connectors._rehearsal.options import RehearsalOptions
from connectors._text import sanitise
from connectors.rehearsal import Rehearsal
from inbox import desk, threads
from inbox.dispatch import Decide, Dispatcher
from inbox.events import StateSet
from inbox.fold import Inbox
from inbox.item import TriageState
from inbox.outbox import DeliveryState, Kind
from inbox.planning import Context
from inbox.published import CloseThread, DeleteOwn, EditOwn, Thread, ThreadState, Where
from inbox.query import compile_query
from inbox.triage import plan
from scoring.assessment import RiskLevel, SignalKind

CALM = assessed()
QUESTION = assessed(RiskLevel.CALM, SignalKind.QUESTION)


async def no_wait(_: float) -> None:
    """Let the pretended platform answer at once."""


class Plain(Rehearsal):
    """The same platform where nothing can be locked, and what is said stays said."""

    capabilities: ClassVar[dict[Capability, Support]] = {  # type: ignore[misc]  # a class's fact, as in every connector
        **Rehearsal.capabilities,
        Capability.LOCK: Support("no", "conversations cannot be closed here"),
        Capability.EDIT_OWN: Support("no", "what is said cannot be edited here"),
        Capability.DELETE: Support("no", "what is said cannot be deleted here"),
    }


class House:
    """Two sources of one house, `page` with the comments and `blog` beside it; time moves by hand."""

    def __init__(self, kind: type[Rehearsal] = Rehearsal, *faults: Fault) -> None:
        """Let four people write under the page's first post."""
        self.now: datetime = NOON
        self.inbox = Inbox()
        options = RehearsalOptions(latency=0, start=NOON - timedelta(days=1))
        failing = RehearsalOptions(latency=0, start=NOON - timedelta(days=1), fail=Fail(order=faults))
        self.page = kind("page", options, Http(), clock=lambda: self.now, sleep=no_wait)
        self.blog = kind("blog", failing, Http(), clock=lambda: self.now, sleep=no_wait)
        self.dispatcher = Dispatcher(self.inbox, self.connectors, self.commit, lambda: self.now)
        lines = list(self.page._script.lines.values())
        self.post = lines[0].on
        people = [line for line in lines if line.on == self.post][:4]
        comments = [comment(line.text, id=line.id, author=line.by, post=self.post) for line in people]
        judged = (CALM, QUESTION, QUESTION, CALM)
        self.inbox.apply(seen(*comments, source="page", assessments=judged[: len(comments)]))
        self.keys = list(self.inbox.items)

    @property
    def connectors(self) -> Mapping[str, Connector]:
        """Both sources."""
        return {"page": self.page, "blog": self.blog}

    async def commit(self, decide: Decide) -> bool:
        """Decide and fold."""
        events = decide(self.inbox)
        for event in events:
            self.inbox.apply(event)
        return bool(events)

    def act(self, act: desk.Act, *keys: str, by: str = "marta") -> desk.Done:
        """Decide, and fold what was decided."""
        context = Context(
            inbox=self.inbox, by=by, now=self.now, connectors=self.connectors, joke_gate=lambda _i, _t: ""
        )
        planned = plan(act, keys, context)
        for event in planned.events:
            self.inbox.apply(event)
        return planned.done

    async def later(self, **time: float) -> None:
        """Let time pass and everything leave that is due."""
        self.now += timedelta(**time)
        for _ in range(30):
            await self.dispatcher.step(self.now)
            self.now += timedelta(seconds=1)

    async def opened(self, **more: object) -> Thread:
        """Open a thread and let it leave."""
        act = desk.OpenThread(
            title="Parlons-en",
            text="Ici, on en parle.",
            house_comment="La discussion continue : $link",
            invitation="Venez : $link",
        )
        done = self.act(structs.replace(act, **more), self.keys[0])
        assert not done.refused, done.refused
        await self.later(seconds=30)
        return self.found()

    def say(self, *texts: str, own: bool = False) -> list[str]:
        """Let somebody write in the thread now."""
        thread = self.found()
        comments = [comment(t, post=thread.post_id, at=self.now, is_self=own, author=f"g{t}") for t in texts]
        self.inbox.apply(seen(*comments, source=thread.source, at=self.now, assessments=(CALM,) * len(comments)))
        return [f"{thread.source}/{c.native_id}" for c in comments]

    def found(self) -> Thread:
        """The one thread as the desk lists it."""
        (thread,) = threads.listed(self.inbox, self.connectors, self.now)
        return thread

    def kinds(self) -> list[tuple[str, str, str]]:
        """Source, kind and state of every sending."""
        return [(e.source, str(e.kind), str(e.state)) for e in self.inbox.outbox.values()]


@pytest.fixture
def house() -> House:
    return House()


async def test_a_thread_opened_elsewhere_is_linked_at_home(house: House) -> None:
    thread = await house.opened(on="blog", invite=tuple(house.keys[1:3]))
    assert (thread.source, thread.state, thread.announced, thread.invited) == (
        "blog",
        ThreadState.OPEN,
        DeliveryState.SENT,
        2,
    )
    said = [item.outgoing.text for item in house.page.sent()]
    assert said[0] == f"La discussion continue : {thread.url}"
    assert all(thread.url in text for text in said)
    assert [item.kind for item in house.blog.sent()] == ["thread"]


@pytest.mark.parametrize("part", ["text", "house_comment", "invitation"])
def test_a_thread_with_a_part_too_long_is_refused_and_nothing_of_it_leaves(house: House, part: str) -> None:
    words = {"text": "Ici.", "house_comment": "$link", "invitation": "$link"}
    words[part] += " " + "é" * 100_000  # behind a blank: what touches a link may count as part of it
    invited = (house.keys[1],)
    act = structs.replace(desk.OpenThread(title="T", text="", house_comment="", invite=invited), **words)

    assert house.act(act, house.keys[0]).refused.startswith("too long")
    assert not house.inbox.outbox


async def test_a_thread_is_kept_first_where_there_is_room(house: House) -> None:
    assert (await house.opened()).pinned
    assert not (await House().opened(pin=False)).pinned


async def test_a_thread_that_was_refused_takes_its_link_and_its_guests_with_it() -> None:
    house = House(Rehearsal, Fault.REJECT)
    thread = await house.opened(on="blog", invite=(house.keys[1],))
    assert thread.state is ThreadState.FAILED
    assert [state for _s, _k, state in house.kinds()] == ["rejected"] * 3
    assert house.page.sent() == []


async def test_what_is_written_in_it_comes_back_under_it(house: House) -> None:
    await house.opened(on="blog")
    key = house.say("Merci de l'avoir ouvert")[0]
    matches = compile_query("is:thread", house.inbox, now=house.now)
    hot = house.inbox.items.hot
    assert [hot.ids[row] for row in filter(matches, hot.rows())] == [key]
    assert compile_query("thread:any", house.inbox, now=house.now)(hot.ids.find(key))
    assert (house.found().comments, house.found().open) == (1, 1)


async def test_two_hours_without_a_word_of_the_house_are_said(house: House) -> None:
    await house.opened()
    house.say("Il y a quelqu'un ?")
    house.now += timedelta(hours=1, minutes=50)
    assert not house.found().silent
    assert threads.silent(house.inbox, house.now) == []
    house.now += timedelta(minutes=10)
    assert house.found().silent
    assert len(threads.silent(house.inbox, house.now)) == 1
    house.say("Oui, nous lisons.", own=True)
    assert not house.found().silent


async def test_a_thread_in_which_nobody_waits_is_not_silent(house: House) -> None:
    await house.opened()
    house.now += timedelta(hours=5)
    assert not house.found().silent
    (key,) = house.say("Bravo")
    house.inbox.apply(StateSet(at=house.now, by="lou", keys=(key,), state=TriageState.DONE))
    assert not house.found().silent


async def test_a_closed_thread_gives_up_its_place_takes_no_comments_and_is_archived_once_dealt_with(
    house: House,
) -> None:
    thread = await house.opened()
    (key,) = house.say("Encore un mot")
    done = house.act(CloseThread(thread=thread.id, words="Merci à vous, nous fermons ce fil."))
    assert done.sendings == 3
    await house.later(seconds=30)
    assert house.found().state is ThreadState.CLOSED
    assert not house.found().pinned
    assert [s.key for s in house.page._platform.read().locked] == [thread.post_id]
    assert house.page.sent()[-1].outgoing.text.startswith("Merci")
    house.inbox.apply(StateSet(at=house.now, by="lou", keys=(key,), state=TriageState.DONE))
    assert house.found().state is ThreadState.ARCHIVED


async def test_a_thread_that_cannot_be_locked_is_closed_for_the_house_and_says_so() -> None:
    house = House(Plain)
    thread = await house.opened()
    house.act(CloseThread(thread=thread.id))
    await house.later(seconds=30)
    assert house.found().state is ThreadState.ARCHIVED
    closing = next(e for e in house.inbox.outbox.values() if e.kind is Kind.CLOSE)
    assert closing.message == "only on this desk: conversations cannot be closed here"


async def test_a_closed_thread_is_opened_again(house: House) -> None:
    thread = await house.opened()
    house.act(CloseThread(thread=thread.id))
    assert house.act(CloseThread(thread=thread.id)).refused
    await house.later(seconds=30)
    house.act(CloseThread(thread=thread.id, closed=False))
    await house.later(seconds=30)
    assert house.found().state is ThreadState.OPEN
    assert all(span.until is not None for span in house.page._platform.read().locked)


def test_who_asked_and_has_no_answer_may_be_invited(house: House) -> None:
    item = house.inbox.items[house.keys[0]]
    assert [i.key for i in threads.askers(house.inbox, item)] == house.keys[1:3]
    house.act(desk.Reply(text="Oui"), house.keys[1])
    assert [i.key for i in threads.askers(house.inbox, item)] == house.keys[2:3]


def test_where_a_thread_would_stand_is_said(house: House) -> None:
    item = house.inbox.items[house.keys[0]]
    told = threads.place(house.inbox, item, "blog", house.blog)
    assert (told.where, told.limit, told.own) == (Where.SITE, 0, False)
    assert threads.place(house.inbox, item, "mail", None).where is Where.HAND


# -- our own words -------------------------------------------------------------------------------------


async def replied(house: House) -> str:
    """Answer the first comment; returns the sending's id."""
    house.act(desk.Reply(text="Ouvert à dix heures"), house.keys[0])
    await house.later(seconds=10)
    return list(house.inbox.outbox)[-1]


async def test_our_reply_is_edited_after_it_is_public(house: House) -> None:
    entry = await replied(house)
    assert house.act(EditOwn(entry, "Ouvert à onze heures")).keys == (house.keys[0],)
    await house.later(seconds=10)
    said = house.inbox.outbox[entry].outgoing
    assert said is not None
    assert said.text == "Ouvert à onze heures"
    assert list(house.page._platform.read().edited.values()) == ["Ouvert à onze heures"]


async def test_a_deleted_reply_opens_its_comment_again_and_may_be_given_again(house: House) -> None:
    entry = await replied(house)
    assert house.inbox.items[house.keys[0]].state is TriageState.ANSWERED
    house.act(DeleteOwn(entry))
    await house.later(seconds=10)
    assert house.inbox.outbox[entry].state is DeliveryState.RETRACTED
    assert house.inbox.items[house.keys[0]].state is TriageState.CLAIMED
    assert house.act(desk.Reply(text="Ouvert à midi"), house.keys[0]).sendings == 1
    assert house.act(DeleteOwn(entry)).refused == "it is deleted already"


async def test_a_platform_that_can_do_neither_says_why() -> None:
    house = House(Plain)
    entry = await replied(house)
    assert house.act(EditOwn(entry, "autre")).refused == "what is said cannot be edited here"
    assert house.act(DeleteOwn(entry)).refused == "what is said cannot be deleted here"


async def test_only_one_change_is_on_its_way_at_a_time(house: House) -> None:
    entry = await replied(house)
    house.act(EditOwn(entry, "un"))
    assert "on its way" in house.act(DeleteOwn(entry)).refused


async def test_what_is_not_public_or_not_a_comment_is_not_changed(house: House) -> None:
    house.act(desk.Reply(text="Bonjour"), house.keys[0])
    assert house.act(DeleteOwn(list(house.inbox.outbox)[-1])).refused == "it is not public"
    thread = await house.opened()
    assert house.act(DeleteOwn(thread.id)).refused == "this is no comment of ours"


@pytest.mark.parametrize("text", ["", "Ouvert $horaires", "Ouvert à dix heures"])
async def test_an_edit_that_says_nothing_new_or_has_gaps_is_refused(house: House, text: str) -> None:
    entry = await replied(house)
    assert house.act(EditOwn(entry, text)).refused


# -- trouble in the middle -----------------------------------------------------------------------------


class Revoking(Rehearsal):
    """The same platform, which refuses our token from the third answer on."""

    async def send_reply(self, outgoing: Outgoing) -> Outcome:
        if len(self.sent()) >= 3:
            return Rejected(sanitise("the token was revoked"), sanitise("connect the account again"))
        return await super().send_reply(outgoing)


async def test_a_comment_deleted_in_the_middle_costs_its_own_invitation_only(house: House) -> None:
    gone = house.inbox.items[house.keys[1]].comment.native_id
    await house.page.delete(gone)
    await house.opened(invite=tuple(house.keys[1:4]))
    invitations = [e for e in house.inbox.outbox.values() if e.kind is Kind.INVITATION]
    assert [e.state for e in invitations] == [DeliveryState.REJECTED, DeliveryState.SENT, DeliveryState.SENT]
    assert "not there (any more)" in invitations[0].message
    assert invitations[0].hint
    assert house.found().state is ThreadState.OPEN
    assert house.found().invited == 2


async def test_a_token_revoked_in_the_middle_leaves_every_sending_with_a_state_and_a_way_on() -> None:
    house = House(Revoking)
    await house.opened(invite=tuple(house.keys[1:4]))
    assert [(kind, state) for _s, kind, state in house.kinds()] == [
        ("thread", "sent"),
        ("house_comment", "sent"),
        ("invitation", "sent"),
        ("invitation", "rejected"),
        ("invitation", "rejected"),
    ]
    refused = [e for e in house.inbox.outbox.values() if e.state is DeliveryState.REJECTED]
    assert {(e.message, e.hint) for e in refused} == {("the token was revoked", "connect the account again")}
    assert len(house.inbox.rejected) == 2
