"""Answers in which one field after another is of a wrong type: every poll ends well, nothing is lost, nothing leaves twice."""

import re
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

import httpx
import pytest
from fault_desk import WiredDesk, wired_desk
from stages import STAGES, Stage

from inbox import desk
from inbox.outbox import DeliveryState

WRONG: tuple[object, ...] = (None, 7, "x", [], {}, True, -1, 1e308, [None])
SEVERAL = 2
"""Items of a list that are tried, for the others are alike."""
EVERY = {"mastodon": 5}
"""Where a server in a process of its own takes its time: one place in so many is tried on the way of a reply, none of a poll."""
Asked = tuple[str, str]
Place = tuple[str | int, ...]


@pytest.fixture
def stage(platform: str, request: pytest.FixtureRequest) -> Stage:
    return STAGES[platform](lambda: request.getfixturevalue("network"))


@pytest.mark.parametrize("platform", [name for name in STAGES if name not in EVERY])
async def test_a_field_of_a_wrong_type_costs_one_poll_at_most(tmp_path: Path, stage: Stage) -> None:
    async with wired_desk(tmp_path / "desk", stage) as sat:
        for words in ("Un", "Deux"):
            stage.visitor_writes(words)
        answers = await _recorded(sat)
        values = cycle(WRONG)
        places = [(asked, place) for asked, body in answers.items() for place in _places(body)]
        for asked, place in places:
            wrong = next(values)
            comment = stage.visitor_writes("Est-ce ouvert dimanche ?")
            _mutate(sat, asked, place, wrong)

            await sat.poll()

            health = sat.runner.health
            assert health.state in {"ok", "broken", "unreachable"}, (asked, place, wrong, health)
            assert "the connector failed" not in health.message, (asked, place, wrong, health)
            sat.server.platform = stage.answer
            await _arrives(sat, comment)
        assert sat.runner.health.state == "ok"
        arrived = [item.comment.native_id for item in sat.items()]
        assert len(arrived) == len(set(arrived))


@pytest.mark.parametrize("platform", STAGES)
async def test_a_field_of_a_wrong_type_on_the_way_of_a_reply_makes_it_leave_once_all_the_same(
    tmp_path: Path, stage: Stage
) -> None:
    async with wired_desk(tmp_path / "desk", stage) as sat:
        answers = await _recorded(sat, replying=True)
        values = cycle(WRONG)
        places = [(asked, place) for asked, body in answers.items() for place in _places(body)]
        for number, (asked, place) in enumerate(places[:: EVERY.get(stage.name, 1)], 1):
            wrong, answer = next(values), f"Réponse {number}."
            await _decide(sat, answer)
            _mutate(sat, asked, place, wrong)

            await sat.dispatch()

            entry = list(sat.ledger.inbox.outbox.values())[-1]
            assert "the connector failed" not in entry.message, (asked, place, wrong, entry)
            sat.server.platform = stage.answer
            await sat.carry_on()
            entry = sat.ledger.inbox.outbox[entry.id]
            public = sum(answer in text for text in stage.public())
            said = {DeliveryState.SENT: {1}, DeliveryState.REJECTED: {0}, DeliveryState.UNKNOWN: {0, 1}}
            assert public in said[entry.state], (asked, place, wrong, entry)
            assert entry.hint or entry.state is DeliveryState.SENT, "a doubt that stays is a human's to end"


async def _decide(sat: WiredDesk, answer: str) -> None:
    """Let an answer to a comment of its own be due."""
    comment = sat.stage.visitor_writes(f"Question ? {answer}")
    await _arrives(sat, comment)
    done = await sat.sat.act(desk.Reply(text=answer, again=True), [f"museum/{comment}"])
    assert not done.refused, done
    sat.pass_time(60)


async def _recorded(sat: WiredDesk, *, replying: bool = False) -> dict[Asked, Any]:
    """Let all go well for a while, and return one answer to each kind of request."""
    answers: dict[Asked, Any] = {}

    def record(request: httpx.Request) -> httpx.Response:
        said = sat.stage.answer(request)
        if said.content and said.is_success:
            answers.setdefault(_kind(request), said.json())
        return said

    if replying:
        await _decide(sat, "Au mieux.")
        sat.server.platform = record
        await sat.carry_on()
    else:
        sat.server.platform = record
        await sat.catch_up()
        sat.pass_time(700)
        await sat.catch_up()
    sat.server.platform = sat.stage.answer
    return answers


def _kind(request: httpx.Request) -> Asked:
    return request.method, re.sub(r"\d{2,}", "N", request.url.path)


def _places(value: Any, at: Place = ()) -> Iterator[Place]:
    """Yield the way to every value inside a value, itself first."""
    yield at
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _places(inner, (*at, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value[:SEVERAL]):
            yield from _places(inner, (*at, number))


def _mutate(sat: WiredDesk, asked: Asked, place: Place, wrong: object) -> None:
    """Let the next answer to such a request hold `wrong` there."""
    done = False

    def mutate(request: httpx.Request) -> httpx.Response:
        nonlocal done
        said = sat.stage.answer(request)
        if done or _kind(request) != asked or not said.is_success:
            return said
        done = True
        kept = {name: value for name, value in said.headers.items() if name not in {"content-length", "content-type"}}
        return httpx.Response(said.status_code, headers=kept, json=_with(said.json(), place, wrong))

    sat.server.platform = mutate


def _with(value: Any, place: Place, wrong: object) -> Any:
    """Return a value with another one inside; as it is where there is no such place."""
    if not place:
        return wrong
    here, *inner = place
    if isinstance(value, dict) and here in value:
        return {**value, here: _with(value[here], tuple(inner), wrong)}
    if isinstance(value, list) and isinstance(here, int) and here < len(value):
        return [*value[:here], _with(value[here], tuple(inner), wrong), *value[here + 1 :]]
    return value


async def _arrives(sat: WiredDesk, comment: str) -> None:
    """Poll until a comment is there."""
    for _ in range(20):
        await sat.catch_up()
        if f"museum/{comment}" in sat.ledger.inbox.items:
            return
        sat.pass_time(700)
    raise AssertionError(f"{comment} is lost")
