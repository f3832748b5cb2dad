"""A platform that asks for patience, in every dialect there is and with nonsense in it: waited for, neither hammered nor silent for good."""

from dataclasses import replace
from pathlib import Path

import pytest
from fault_desk import BACKOFF, NOON, wired_desk
from fault_rows import said
from stages import STAGES, WordPressStage

from inbox import desk
from inbox.outbox import DeliveryState

SOON, LONG_AGO = int(NOON.timestamp()) + 300, int(NOON.timestamp()) - 300
DAY = 86_400
DIALECTS: dict[str, tuple[dict[str, str], float]] = {
    "seconds": ({"Retry-After": "300"}, 300),
    "a date": ({"Retry-After": "Fri, 20 Nov 2026 12:05:00 GMT"}, 300),
    "Mastodon": ({"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "2026-11-20T12:05:00.000000Z"}, 300),
    "X": ({"x-rate-limit-remaining": "0", "x-rate-limit-reset": str(SOON)}, 300),
    "Reddit": ({"x-ratelimit-remaining": "0.0", "x-ratelimit-reset": "300.0"}, 300),
    "Bluesky": ({"RateLimit-Remaining": "0", "RateLimit-Reset": str(SOON)}, 300),
    "draft 06": ({"RateLimit-Remaining": "0", "RateLimit-Reset": "300"}, 300),
    "draft 07": ({"RateLimit": "limit=100, remaining=0, reset=300"}, 300),
    "draft 10": ({"RateLimit": '"minute";r=9;t=30, "day";r=0;t=300'}, 300),
    "milliseconds": ({"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(SOON * 1000)}, 300),
    "Meta": ({"X-App-Usage": '{"call_count": 100}'}, 600),
    "nothing": ({}, 60),
    "no number": ({"Retry-After": "soon"}, 60),
    "not finite": ({"Retry-After": "inf"}, 60),
    "in the past": ({"Retry-After": "Fri, 20 Nov 2026 11:55:00 GMT"}, BACKOFF),
    "a reset in the past": ({"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(LONG_AGO)}, BACKOFF),
    "no time at all": ({"Retry-After": "0"}, BACKOFF),
    "less than none": ({"Retry-After": "-300"}, BACKOFF),
    "ten years": ({"Retry-After": str(3650 * DAY)}, DAY),
}


@pytest.mark.parametrize("dialect", DIALECTS)
async def test_a_poll_waits_as_long_as_it_is_asked_to_within_reason(tmp_path: Path, dialect: str) -> None:
    headers, pause = DIALECTS[dialect]
    stage = WordPressStage()
    async with wired_desk(tmp_path / "desk", stage) as sat:
        stage.visitor_writes("Bonjour")
        sat.server.plan(said(429, {}, **headers))

        assert await sat.poll() == pytest.approx(pause)
        assert sat.runner.health.state == "limited"


@pytest.mark.parametrize("dialect", ["in the past", "no time at all", "less than none"])
async def test_a_sending_is_not_hammered_by_a_limit_that_is_over_already(tmp_path: Path, dialect: str) -> None:
    headers, _ = DIALECTS[dialect]
    stage = WordPressStage()
    async with wired_desk(tmp_path / "desk", stage) as sat:
        stage.visitor_writes("Bonjour")
        await sat.catch_up()
        await sat.act(desk.Reply(text="Bonsoir"))
        sat.server.plan(said(429, {}, **headers))
        until = sat.clock.now + 600
        while sat.clock.now < until:
            due = await sat.dispatcher.step(sat.now)
            assert due is not None
            sat.clock.now = max(sat.clock.now, due.timestamp())

        assert sat.entry.state is DeliveryState.QUEUED
        assert len(sat.server.sendings) <= 25
        sat.server.heal()
        await sat.carry_on()
        assert stage.public() == ["Bonsoir"]


@pytest.mark.parametrize("restarted", [False, True], ids=["the same engine", "after a restart"])
@pytest.mark.parametrize("platform", STAGES)
async def test_a_server_under_maintenance_is_left_alone_until_the_time_it_names(
    tmp_path: Path, platform: str, request: pytest.FixtureRequest, *, restarted: bool
) -> None:
    stage = STAGES[platform](lambda: request.getfixturevalue("network"))
    async with wired_desk(tmp_path / "desk", stage) as sat:
        for words in ("Est-ce ouvert dimanche ?", "Et lundi ?"):
            stage.visitor_writes(words)
        await sat.catch_up()
        for item in sat.items():
            await sat.sat.act(desk.Reply(text=f"Réponse à {item.comment.text.removeprefix('@museum ')}"), [item.key])
        sat.pass_time(60)
        sat.server.plan(replace(said(503, {"error": "maintenance"}, Retry_After="300"), method="POST", times=1))
        await sat.dispatch()
        asked, until = len(sat.server.asked), sat.clock.now + 300

        if restarted:
            await sat.restart()
        while (due := await sat.dispatcher.step(sat.now)) is not None and due.timestamp() < until:
            sat.clock.now = max(sat.clock.now, due.timestamp())

        assert len(sat.server.asked) == asked, "nothing is asked for meanwhile"
        await sat.carry_on()
        assert sat.clock.now >= until
        for entry in sat.ledger.inbox.outbox.values():
            if entry.state is DeliveryState.UNKNOWN:  # without a key: a human looked, and says so
                assert not (await sat.sat.settle(entry.id, "retry")).refused
        await sat.carry_on()
        assert sum("Réponse à Est-ce" in text for text in stage.public()) == 1
        assert sum("Réponse à Et lundi" in text for text in stage.public()) == 1
