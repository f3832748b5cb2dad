"""Every fault on every platform over real HTTP, as a desk lives through it: right state, right words, nothing lost or doubled."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from fault_desk import WiredDesk, wired_desk
from fault_rows import ELSEWHERE, EVIL, Row
from fault_server import Door, FaultServer, opened
from fault_table import EVERYWHERE, rows_of
from in_two_languages import is_bilingual
from stages import STAGES, Stage

from connectors._model import Capability, NotSent, Rejected, Unknown
from connectors._registry import load
from inbox import desk
from inbox.outbox import DeliveryState

HIDE = Capability.HIDE
ASKED, ANSWER = "Est-ce ouvert dimanche ?", "Oui, de dix heures à dix-huit heures."
TABLE = [(name, row) for name in STAGES for row in rows_of(name).values()]
IDS = [f"{name}: {what}" for name in STAGES for what in rows_of(name)]
BLIND = [(name, what, row) for name in STAGES for what, row in rows_of(name).items() if row.blind or what in EVERYWHERE]
"""Faults that meet a connector not only when it sends, but also when it asks before or looks afterwards."""
SENDINGS = [(name, row, False) for name, row in TABLE] + [(name, row, True) for name, _, row in BLIND]
SENDING_IDS = IDS + [f"{name}: {what}, whatever is asked" for name, what, _ in BLIND]
STATES: dict[type, DeliveryState] = {
    Rejected: DeliveryState.REJECTED,
    NotSent: DeliveryState.QUEUED,
    Unknown: DeliveryState.UNKNOWN,
}


@asynccontextmanager
async def sat_down(folder: Path, stage: Stage) -> AsyncIterator[tuple[WiredDesk, FaultServer]]:
    """Sit down at a desk on the wire, beside another host."""
    with opened(FaultServer(lambda _: httpx.Response(200, json={}))) as elsewhere:
        async with wired_desk(folder / "desk", stage) as sat:
            yield sat, elsewhere


def befall(sat: WiredDesk, row: Row, elsewhere: FaultServer, *, method: str = "") -> None:
    """Let it go wrong: every request, or those of a method."""
    sat.hurry(hurried=row.hurried)
    if isinstance(row.what, Door):
        sat.server.door(row.what)
        return
    by_name = elsewhere.url.replace("127.0.0.1", "localhost")
    headers = {
        name: value.replace(EVIL, elsewhere.url).replace(ELSEWHERE, by_name) for name, value in row.what.headers.items()
    }
    sat.server.plan(replace(row.what, headers=headers, method=method))


def heal(sat: WiredDesk) -> None:
    """Let all go well again."""
    sat.server.heal()
    sat.hurry(hurried=False)


def holds_none(stage: Stage, words: str) -> bool:
    return not any(secret in words for secret in stage.secrets)


@pytest.fixture
def stage(platform: str, request: pytest.FixtureRequest) -> Stage:
    return STAGES[platform](lambda: request.getfixturevalue("network"))


@pytest.mark.parametrize(("platform", "row"), TABLE, ids=IDS)
async def test_a_poll_says_what_is_wrong_takes_nothing_in_and_loses_nothing(
    tmp_path: Path, stage: Stage, row: Row
) -> None:
    async with sat_down(tmp_path, stage) as (sat, elsewhere):
        stage.visitor_writes(ASKED)
        befall(sat, row, elsewhere)

        pause = await sat.poll()

        health = sat.runner.health
        assert (health.state, pause) == (row.state, row.pause), health
        assert row.says in health.message + health.hint, health
        assert is_bilingual(health.message, health.hint), health
        assert holds_none(stage, health.message + health.hint)
        assert sat.arrivals() == []
        assert elsewhere.asked == []
        heal(sat)
        sat.pass_time(pause)
        await sat.catch_up()
        assert sat.arrivals() == [ASKED]
        assert sat.runner.health.state == "ok"


@pytest.mark.parametrize(("platform", "row", "blind"), SENDINGS, ids=SENDING_IDS)
async def test_a_reply_is_said_to_be_what_it_is_and_leaves_once(
    tmp_path: Path, stage: Stage, row: Row, *, blind: bool
) -> None:
    async with sat_down(tmp_path, stage) as (sat, elsewhere):
        stage.visitor_writes(ASKED)
        await sat.catch_up()
        await sat.act(desk.Reply(text=ANSWER))
        befall(sat, row, elsewhere, method="" if blind else "POST")

        await sat.dispatch()

        assert sat.entry.state in expected(row, sat, blind=blind), sat.entry
        assert sat.is_sent or row.says in sat.entry.message + sat.entry.hint, sat.entry
        assert is_bilingual(sat.entry.message, sat.entry.hint), sat.entry
        assert holds_none(stage, str(sat.entry))
        # a token that is refused as stale is renewed, and what was certainly not done is tried with the new one
        assert len(sat.server.sendings) <= 1 or row.state == "auth", "nothing is sent twice by itself"
        assert elsewhere.asked == []
        heal(sat)
        await sat.carry_on()
        await at_last(sat)


def expected(row: Row, sat: WiredDesk, *, blind: bool) -> set[DeliveryState]:
    """Tell where a sending may stand after its first try."""
    outcome = (row.blind if blind else None) or row.sending
    states = {STATES[outcome]}
    if outcome is Unknown and blind and not sat.server.sendings:
        states.add(DeliveryState.QUEUED)  # a connector that has to ask first, and cannot, sends nothing
    if outcome is Unknown and row.is_late:
        states.add(DeliveryState.SENT)  # a connector that looks for its own text at once finds it
    return states


async def at_last(sat: WiredDesk) -> None:
    """All went well again: what is said to be public is so, once; what a human must decide is sent when they say so."""
    if not sat.is_sent:
        assert sat.entry.state in {DeliveryState.REJECTED, DeliveryState.UNKNOWN}
        assert ANSWER not in "".join(sat.stage.public())
        await sat.retry()
        await sat.carry_on()
    assert sat.is_sent, sat.entry
    assert sum(ANSWER in text for text in sat.stage.public()) == 1


MODERATED = [(name, row) for name in STAGES for row in EVERYWHERE.values() if load(name).capabilities[HIDE].can != "no"]


@pytest.mark.parametrize(("platform", "row"), MODERATED)
async def test_a_hiding_is_said_to_be_what_it_is_and_done_in_the_end(tmp_path: Path, stage: Stage, row: Row) -> None:
    async with sat_down(tmp_path, stage) as (sat, elsewhere):
        troll = stage.visitor_writes(ASKED)
        await sat.catch_up()
        await sat.act(desk.Hide(reason="insult"))
        befall(sat, row, elsewhere, method="POST")

        await sat.dispatch()

        assert sat.entry.state in expected(row, sat, blind=False), sat.entry
        assert holds_none(stage, str(sat.entry))
        assert elsewhere.asked == []
        heal(sat)
        await sat.carry_on()
        assert stage.is_hidden(troll) == sat.is_sent, sat.entry
        if not sat.is_sent:
            assert sat.entry.state is DeliveryState.REJECTED, "what may be repeated is never left in doubt"
            await sat.retry()
            await sat.carry_on()
            assert stage.is_hidden(troll)


@pytest.mark.parametrize("circling", [False, True], ids=["ever new cursors", "a cursor that repeats"])
@pytest.mark.parametrize("platform", STAGES)
async def test_pages_without_end_are_left_and_bring_everything_once(
    tmp_path: Path, stage: Stage, *, circling: bool
) -> None:
    def endless(request: httpx.Request) -> httpx.Response:
        honest = stage.answer(request)
        body = stage.led_on(request, honest.json(), circling=circling) if honest.content else None
        headers = {name: value for name, value in honest.headers.items() if name == "x-wp-total"}
        return httpx.Response(honest.status_code, headers=headers, json=body)

    async with sat_down(tmp_path, stage) as (sat, elsewhere):
        stage.visitor_writes(ASKED)
        sat.server.platform = endless
        for _ in range(20):
            await sat.poll()
            sat.pass_time(600)

        assert sat.runner.health.state in {"ok", "broken"}, sat.runner.health
        assert len(sat.server.asked) < 20 * 40, "every poll ends"
        assert elsewhere.asked == []
        sat.server.platform = stage.answer
        stage.visitor_writes("Et lundi ?")
        sat.pass_time(3600)
        await sat.catch_up()
        assert sorted(set(sat.arrivals())) == sorted(sat.arrivals()) == [ASKED, "Et lundi ?"]
