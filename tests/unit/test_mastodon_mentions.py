"""Catching up: what servers do to order, pages and cursors, and what must never be lost by it."""

from datetime import UTC, datetime
from typing import Any

import httpx
import msgspec
import pytest
from wire import Clock

from connectors._http import Http
from connectors._mastodon_api import Api
from connectors._mastodon_entities import order
from connectors._mastodon_mentions import LOOK_BEHIND_EVERY, MOST_SEEN, PAGE, PAGES, Mentions, catch_up
from connectors._secret import Secret


class Server:
    """Notifications by id, shown as Mastodon shows them."""

    def __init__(self, *, page: int = 40, knows_min_id: bool = True) -> None:
        self.clock = Clock()
        self.notes: dict[str, dict[str, Any]] = {}
        self._page = page
        self._knows_min_id = knows_min_id
        http = Http(transport=httpx.MockTransport(self._answer), attempts=1, clock=self.clock, sleep=self.clock.sleep)
        self.asked = 0
        self._api = Api(http, "https://m.example", Secret("token-of-museum"))

    def add(self, *ids: int, age: float = 0, kind: str = "mention") -> None:
        at = datetime.fromtimestamp(self.clock.now - age, UTC).isoformat()
        for number in ids:
            self.notes[str(number)] = {"id": str(number), "type": kind, "created_at": at, "status": {}}

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked += 1
        min_id = request.url.params.get("min_id") if self._knows_min_id else None
        max_id = request.url.params.get("max_id")
        shown = sorted((i for i in self.notes if min_id is None or order(i) > order(min_id)), key=order)
        shown = [i for i in shown if max_id is None or order(i) < order(max_id)]
        shown = shown[: self._page] if min_id is not None else shown[-self._page :]
        return httpx.Response(200, json=[self.notes[i] for i in reversed(shown)])

    async def poll(self, cursor: str | None) -> Mentions:
        return await catch_up(self._api, cursor, self.clock.now)


def ids(mentions: Mentions) -> list[int]:
    return [int(note["id"]) for note in mentions.notes]


async def test_one_that_appears_late_behind_a_younger_one_is_not_lost() -> None:
    server = Server()
    server.add(1, age=3600)
    cursor = (await server.poll(None)).cursor
    server.add(9, 11)
    first = await server.poll(cursor)
    server.add(10)
    second = await server.poll(first.cursor)

    assert (ids(first), ids(second)) == ([9, 11], [10])


async def test_what_has_settled_is_not_asked_for_again() -> None:
    server = Server()
    server.add(1, 2, 3)
    first = await server.poll(None)
    server.clock.now += 60
    second = await server.poll(first.cursor)

    assert ids(second) == []
    assert msgspec.json.decode(second.cursor) == {"min_id": "3", "seen": [], "begun": True, "looked_behind": 0.0}


@pytest.mark.parametrize("age", [0, 3600])
async def test_a_flood_after_a_visit_that_found_nothing_is_read_whole(age: float) -> None:
    server = Server()
    empty = await server.poll(None)
    server.add(*range(1, 151), age=age)
    flood = await server.poll(empty.cursor)
    server.add(151)

    assert ids(flood) == list(range(1, 151))
    assert ids(await server.poll(flood.cursor)) == [151]


async def test_a_flood_is_handed_over_in_parts_without_a_gap() -> None:
    server = Server()
    server.add(1, age=3600)
    cursor = (await server.poll(None)).cursor
    server.add(*range(2, 502))
    got: list[int] = []
    complete = False
    while not complete:
        mentions = await server.poll(cursor)
        got += ids(mentions)
        cursor, complete = mentions.cursor, mentions.complete

    assert got == list(range(2, 502))


async def test_the_same_cursor_gives_the_same_again() -> None:
    server = Server()
    server.add(1, age=3600)
    cursor = (await server.poll(None)).cursor
    server.add(2, 3)

    assert ids(await server.poll(cursor)) == ids(await server.poll(cursor)) == [2, 3]


async def test_a_server_that_knows_no_min_id_still_gives_what_is_new() -> None:
    server = Server(knows_min_id=False)
    server.add(*range(1, 41), age=3600)
    first = await server.poll(None)
    server.add(41)
    second = await server.poll(first.cursor)

    assert ids(second) == [41]


async def test_ids_pass_from_nine_to_ten_in_order() -> None:
    server = Server()
    server.add(9, 10, 99, 100, age=3600)

    mentions = await server.poll(None)

    assert ids(mentions) == [9, 10, 99, 100]
    assert msgspec.json.decode(mentions.cursor)["min_id"] == "100"


async def test_other_kinds_move_the_cursor_and_are_left_out() -> None:
    server = Server()
    server.add(1, 2, age=3600, kind="favourite")

    mentions = await server.poll(None)

    assert ids(mentions) == []
    assert msgspec.json.decode(mentions.cursor)["min_id"] == "2"


@pytest.mark.parametrize("cursor", ["", "nonsense", "[]", '{"page": 1}', '{"min_id": 7}'])
async def test_a_cursor_that_is_none_of_ours_begins_anew(cursor: str) -> None:
    server = Server()
    server.add(1, 2)

    assert ids(await server.poll(cursor)) == [1, 2]


async def test_an_edit_of_late_is_handed_over_again_and_nothing_else_is() -> None:
    server = Server()
    server.add(1, age=3600)
    cursor = (await server.poll(None)).cursor
    server.add(8, 9, age=5)
    cursor = (await server.poll(cursor)).cursor
    server.notes["8"]["status"] = {"id": "8", "edited_at": "2026-11-20T12:00:00Z"}

    assert ids(await server.poll(cursor)) == [8]


@pytest.mark.parametrize("rate", [5, 20, 100])
async def test_in_a_storm_many_polls_read_little_again_and_lose_nothing_that_appears_late(rate: int) -> None:
    server = Server(page=PAGE)
    server.add(1, age=3600)
    cursor = (await server.poll(None)).cursor
    server.asked, delivered = 0, list[int]()
    for second in range(120):
        server.clock.now += 1
        first = 100_000 + rate * second
        server.add(*(n for n in range(first, first + rate) if n % 50))
        late = first - 5 * rate
        server.add(*(n for n in range(late, late + rate) if not n % 50), age=5)
        if second % 4 == 3:
            complete = False
            while not complete:
                batch = await server.poll(cursor)
                cursor, complete, delivered = batch.cursor, batch.complete, delivered + ids(batch)
                assert len(msgspec.json.decode(cursor)["seen"]) <= MOST_SEEN
    asked = server.asked
    for _ in range(40):
        server.clock.now += LOOK_BEHIND_EVERY
        batch = await server.poll(cursor)
        cursor, delivered = batch.cursor, delivered + ids(batch)

    assert asked <= 30 * (2 + rate * 4 / PAGE) + 4 * PAGES
    assert len(delivered) == len(set(delivered))
    if rate < 100:  # there the cursor moves on at once
        assert set(delivered) == {int(n) for n in server.notes} - {1}


async def test_a_clock_ahead_of_ours_hides_nothing_that_appears_late_in_a_storm() -> None:
    server, found, late = Server(page=PAGE), set[int](), [0]
    server.add(1, age=-600)
    cursor = (await server.poll(None)).cursor
    for batch in range(44):
        first = 100 * batch + 2
        busy = batch < 40
        server.add(*late[1:], *(n for n in range(first, first + 40) if busy and n != first + 30), age=-600)
        late = [0, first + 30] if busy else [0]
        complete = False
        while not complete:
            mentions = await server.poll(cursor)
            found, cursor, complete = found | set(ids(mentions)), mentions.cursor, mentions.complete
        server.clock.now += 10

    assert {int(number) for number in server.notes} - found == {1}
