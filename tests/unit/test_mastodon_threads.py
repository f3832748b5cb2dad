"""Whose conversation a status belongs to: a flood costs one request, and memory stays as it is however long it lasts."""

from typing import Any

import httpx
import pytest
from held import held
from wire import Clock

from connectors import _mastodon_threads
from connectors._http import Http
from connectors._mastodon_api import Api
from connectors._mastodon_threads import Conversations
from connectors._secret import Secret


class Server:
    """Every status answers the one in its own `in_reply_to_id`; contexts tell the root alone."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.root = "9"
        clock = Clock()
        http = Http(transport=httpx.MockTransport(self._answer), attempts=1, clock=clock, sleep=clock.sleep)
        self.conversations = Conversations(Api(http, "https://m.example", Secret("token-of-museum")))

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.url.path)
        return httpx.Response(200, json={"ancestors": [{"id": self.root, "content": "<p>Ouvre demain</p>"}]})

    async def roots(self, *numbers: int, parent: str) -> set[str]:
        """Tell whose conversations these statuses belong to."""
        return {await self.conversations.root_of(status(number, parent)) for number in numbers}


def status(number: int, parent: str) -> dict[str, Any]:
    return {"id": f"{number}", "in_reply_to_id": parent}


async def test_a_flood_under_one_post_costs_one_request() -> None:
    server = Server()
    assert await server.roots(*range(100, 600), parent="9") == {"9"}
    assert await server.roots(700, parent="599") == {"9"}
    assert server.asked == ["/api/v1/statuses/100/context"]


async def test_a_root_that_is_forgotten_costs_one_more_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_mastodon_threads, "REMEMBERED", 100)
    server = Server()
    assert await server.roots(*range(100, 350), parent="9") == {"9"}
    assert len(server.asked) == 3


async def test_memory_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_mastodon_threads, "REMEMBERED", 200)
    monkeypatch.setattr(_mastodon_threads, "POSTS", 20)
    server, sizes = Server(), []
    for number in range(100, 300):
        server.root = f"{number}"
        await server.roots(*range(10 * number, 10 * number + 10), parent=server.root)
        conversations = server.conversations
        sizes.append(held([conversations._roots, conversations._posts]))
        assert conversations.post(server.root) is not None
    assert max(sizes[100:]) <= max(sizes[:100]) * 1.02


async def test_the_post_heard_of_longest_ago_is_forgotten_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_mastodon_threads, "POSTS", 2)
    conversations = Server().conversations
    for root in ("1", "2", "1", "3"):
        conversations.learn([{"id": root, "content": "x"}])
    assert [root for root in "123" if conversations.post(root)] == ["1", "3"]
