"""The desk on a real Mastodon API: seen within two seconds, answered exactly once, pinned, opened and linked."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from mastodon_desk import TEXT, open_on
from mastodon_network import Network
from waiting import until

from inbox import desk
from inbox.item import TriageState
from inbox.local import LocalDesk
from inbox.outbox import DeliveryState

PROGRAM = Path(__file__).parent.parent / "support" / "mastodon_desk.py"


@pytest.fixture
async def sat(network: Network, tmp_path: Path) -> AsyncIterator[LocalDesk]:
    opened = open_on(tmp_path / "desk", network.url, network.token())
    yield opened
    await opened.aclose()


async def arrival(sat: LocalDesk, query: str, seconds: float = 20.0) -> str:
    """Wait until something matches `query`; returns its key."""

    async def look() -> str | None:
        page = await sat.page((await sat.open_view(query)).id, 0, 1)
        return page.rows[0].key if page.rows else None

    return await until(sat, look, seconds)


async def settled(sat: LocalDesk, count: int) -> list[DeliveryState]:
    """Wait until `count` sendings have their last word."""

    async def look() -> list[DeliveryState] | None:
        entries = await sat.outbox()
        over = len(entries) >= count and not any(e.is_pending for e in entries)
        return [e.state for e in entries] if over else None

    return await until(sat, look)


async def test_a_comment_is_on_the_desk_within_two_seconds(network: Network, sat: LocalDesk) -> None:
    post = network.write("museum", "Je suis innocent ouvre demain.")
    network.write("camille", "@museum bonjour, première visite", post["id"])
    await arrival(sat, "première")  # the stream is up and the desk reads
    started = time.monotonic()
    network.write("anon", "@museum quelle honte", post["id"])
    await arrival(sat, "honte", seconds=10)
    assert time.monotonic() - started < 2.0


async def test_a_reply_is_there_once_and_its_echo_is_folded_in(network: Network, sat: LocalDesk) -> None:
    post = network.write("museum", "Je suis innocent ouvre demain.")
    asked = network.write("camille", "@museum bonjour, c'est ouvert dimanche ?", post["id"])
    key = await arrival(sat, "dimanche")
    await sat.act(desk.Reply(text="Oui, de 10 h à 18 h."), [key])
    assert await settled(sat, 1) == [DeliveryState.SENT]
    replies = [s for s in network.statuses() if s["in_reply_to_id"] == asked["id"]]
    assert len(replies) == 1
    assert "10 h à 18 h" in replies[0]["content"]
    assert (await sat.summary()).open == 0
    detail = await sat.detail(key)
    assert detail is not None
    assert detail.item.state is TriageState.ANSWERED


async def test_a_notice_is_pinned_there(network: Network, sat: LocalDesk) -> None:
    post = network.write("museum", "Je suis innocent ouvre demain.")
    network.write("anon", "@museum quelle honte", post["id"])
    key = await arrival(sat, "honte")
    await sat.act(desk.PinNotice(text="Nous lisons tout, parlons-nous avec calme."), [key])
    assert await settled(sat, 1) == [DeliveryState.SENT]
    assert [s["pinned"] for s in network.statuses() if "avec calme" in s["content"]] == [True]


async def test_a_thread_is_a_new_root_status_linked_from_the_post(network: Network, sat: LocalDesk) -> None:
    post = network.write("museum", "Je suis innocent ouvre demain.")
    network.write("anon", "@museum quelle honte", post["id"])
    key = await arrival(sat, "honte")
    act = desk.OpenThread(
        title="Parlons-en",
        text="Parlons-en ici.",
        house_comment="La discussion continue ici : $link",
        invite=(key,),
        invitation="Venez en parler : $link",
    )
    await sat.act(act, [key])
    assert await settled(sat, 3) == [DeliveryState.SENT] * 3
    statuses = network.statuses()
    root = next(s for s in statuses if "Parlons-en ici" in s["content"])
    link = next(s for s in statuses if "La discussion continue" in s["content"])
    assert root["in_reply_to_id"] is None
    assert link["in_reply_to_id"] == post["id"]
    assert root["url"] in link["content"]


@pytest.mark.parametrize("pause", ["sending", "decided"])
def test_killed_between_intent_and_answer_it_is_answered_exactly_once(
    network: Network, tmp_path: Path, pause: str
) -> None:
    post = network.write("museum", "Je suis innocent ouvre demain.")
    asked = network.write("camille", "@museum bonjour", post["id"])
    command = [sys.executable, str(PROGRAM), str(tmp_path / "desk"), network.url, network.token()]
    with subprocess.Popen([*command, pause], stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout is not None
        for line in first.stdout:
            if line.startswith(pause):
                break
        os.kill(first.pid, signal.SIGKILL)
    with subprocess.Popen([*command, "no"], stdout=subprocess.PIPE, text=True) as second:
        assert second.stdout is not None
        for line in second.stdout:
            if line.startswith("sent"):
                break
        os.kill(second.pid, signal.SIGKILL)
    replies = [s for s in network.statuses() if s["in_reply_to_id"] == asked["id"]]
    assert [TEXT in r["content"] for r in replies] == [True]
