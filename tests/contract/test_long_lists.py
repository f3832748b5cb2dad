"""Lists longer than a storm that anybody planned for, and sorted as nobody promised: all of them arrives."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from wordpress_fake import PASSWORD, URL, FakeSite, publish

from connectors._contract import Connector
from connectors._errors import RateLimitedError
from connectors._http import Http
from connectors._secret import Secret
from connectors._wordpress_options import WordPressOptions
from connectors.facebook import Facebook, FacebookOptions
from connectors.instagram import Instagram, InstagramOptions
from connectors.wordpress import RESTORED_EVERY, WordPress

START = 1_795_000_000.0
PAGE, ACCOUNT, POST, MEDIUM = "777", "888", "777_1", "1001"
STORM = 30_000


def stamp(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S+0000")


class Graph:
    """One Page and its Instagram account with lists of any length; pages are told apart by how far they begin.

    Attributes:
        now: seconds since the epoch.
        lists: rows by path, in the order in which they are told.
        oldest_first: whether answers are told in the order in which they were written.
        failing: the part of a path that is refused once, for being asked too often.
        failing_at: the place in a list that is refused once.
        asked: the paths, oldest first.
    """

    def __init__(self) -> None:
        self.now = START
        self.lists: dict[str, list[dict[str, Any]]] = {f"{PAGE}/feed": [], f"{ACCOUNT}/media": []}
        self.oldest_first = False
        self.failing, self.failing_at = "", 0
        self.asked: list[str] = []

    def http(self) -> Http:
        return Http(transport=httpx.MockTransport(self.answer), clock=lambda: self.now, attempts=1)

    def answer(self, request: httpx.Request) -> httpx.Response:
        path, query = request.url.path.removeprefix("/v25.0/"), dict(request.url.params)
        self.asked.append(path)
        is_there = self.failing_at and query.get("after") == str(self.failing_at)
        if is_there or (self.failing and self.failing in path):
            self.failing, self.failing_at = "", 0
            return httpx.Response(400, json={"error": {"code": 4, "message": "(#4) Too many calls"}})
        if path == "me/accounts":
            linked = {"id": ACCOUNT, "username": "musee"}
            return httpx.Response(
                200, json={"data": [{"id": PAGE, "name": "Musée", "instagram_business_account": linked}]}
            )
        if path not in self.lists:
            return httpx.Response(400, json={"error": {"code": 100, "message": "(#100) no such thing"}})
        rows = [self._counted(row) for row in self._part(path, query)]
        return httpx.Response(200, json={"data": rows, **self._following(path, query)})

    def _told(self, path: str) -> Sequence[dict[str, Any]]:
        rows = self.lists[path]
        return rows if self.oldest_first and path.endswith("/replies") else rows[::-1]

    def _part(self, path: str, query: dict[str, str]) -> Sequence[dict[str, Any]]:
        start = int(query.get("after", 0))
        return self._told(path)[start : start + int(query.get("limit", 25))]

    def _following(self, path: str, query: dict[str, str]) -> dict[str, Any]:
        end = int(query.get("after", 0)) + int(query.get("limit", 25))
        return {"paging": {"next": f"https://graph.facebook.com/{path}?after={end}"}} if end < self.length(path) else {}

    def length(self, path: str) -> int:
        return len(self.lists.get(path, []))

    def _counted(self, row: dict[str, Any]) -> dict[str, Any]:
        total = self.length(f"{row['id']}/comments")
        answers = f"{row['id']}/replies"
        if answers in self.lists:
            inside = {"data": list(self._part(answers, {})), **self._following(answers, {})}
            return {**row, "replies": inside}
        if "caption" in row:
            return {
                **row,
                "comments_count": total + sum(map(self.length, filter(lambda p: "/replies" in p, self.lists))),
            }
        return {**row, "comments": {"data": [], "summary": {"total_count": total}}} if "_" in row["id"] else row

    def publish(self, native_id: str, **more: Any) -> None:
        """Let the Page, or a visitor, write a post; a number without the Page's is a medium."""
        at = stamp(self.now)
        if "_" not in native_id:
            self.lists[f"{ACCOUNT}/media"].append({"id": native_id, "caption": "", "timestamp": at})
        else:
            row = {"id": native_id, "from": {"id": PAGE}, "created_time": at, "updated_time": at, **more}
            self.lists[f"{PAGE}/feed"].append(row)
        self.lists[f"{native_id}/comments"] = []

    def write(self, path: str, native_id: str) -> None:
        """Let somebody comment, a second later than the last."""
        self.now += 1
        words, at = f"n° {native_id}", stamp(self.now)
        row = {"id": native_id, "message": words, "created_time": at}
        self.lists.setdefault(path, []).append(row if "_" in native_id else {**row, "text": words, "timestamp": at})


@pytest.fixture
def graph() -> Graph:
    found = Graph()
    found.publish(POST)
    found.publish(MEDIUM)
    return found


def facebook(graph: Graph) -> Facebook:
    return Facebook("page", FacebookOptions(token=Secret("EAAB")), graph.http())


def instagram(graph: Graph) -> Instagram:
    return Instagram("pictures", InstagramOptions(token=Secret("EAAB")), graph.http())


async def drained(connector: Connector, cursor: str | None, found: set[str]) -> str:
    complete = False
    while not complete:
        batch = await connector.poll(cursor)
        found |= {each.native_id for each in batch.comments}
        cursor, complete = batch.cursor, batch.complete
    assert cursor is not None
    return cursor


async def test_a_weekends_thirty_thousand_comments_under_one_medium_arrive_whole(graph: Graph) -> None:
    graph.write(f"{MEDIUM}/comments", "100000")
    found: set[str] = set()
    cursor = await drained(instagram(graph), None, found)
    for number in range(STORM):
        graph.write(f"{MEDIUM}/comments", str(200_000 + number))

    await drained(instagram(graph), cursor, found)

    assert len(found) == 1 + STORM


@pytest.mark.parametrize("oldest_first", [True, False])
async def test_hundreds_of_answers_to_one_comment_arrive_whichever_comes_first(
    graph: Graph, *, oldest_first: bool
) -> None:
    graph.oldest_first = oldest_first
    graph.write(f"{MEDIUM}/comments", "5000")
    pictures, found = instagram(graph), set[str]()
    cursor = await drained(pictures, None, found)
    for minute in range(30):
        for number in range(50):
            graph.write("5000/replies", str(10_000 + 50 * minute + number))
        cursor = await drained(pictures, cursor, found)
    for _ in range(3):
        graph.now += 60
        cursor = await drained(pictures, cursor, found)

    assert len(found) == 1 + 30 * 50


async def test_answers_read_before_a_limit_was_met_are_read_again(graph: Graph) -> None:
    graph.oldest_first = True
    for native_id in ("5000", "6000"):
        graph.write(f"{MEDIUM}/comments", native_id)
        for number in range(200):
            graph.write(f"{native_id}/replies", f"{native_id}{number:03}")
    pictures, found = instagram(graph), set[str]()
    cursor = await drained(pictures, None, found)
    for native_id in ("5000", "6000"):
        for number in range(200, 260):
            graph.write(f"{native_id}/replies", f"{native_id}{number:03}")
    graph.failing = "5000/replies"  # the older comment, read last

    with pytest.raises(RateLimitedError):
        await pictures.poll(cursor)
    await drained(pictures, cursor, found)

    assert len(found) == 2 * (1 + 260)


async def test_answers_of_a_batch_that_was_not_kept_are_read_again(graph: Graph) -> None:
    graph.oldest_first = True
    graph.write(f"{MEDIUM}/comments", "5000")
    pictures, found = instagram(graph), set[str]()
    cursor = await drained(pictures, None, found)
    for number in range(200):
        graph.write("5000/replies", f"5000{number:03}")
    await pictures.poll(cursor)

    await drained(pictures, cursor, found)

    assert len(found) == 1 + 200


async def test_what_visitors_wrote_on_the_page_overnight_arrives_whole(graph: Graph) -> None:
    found: set[str] = set()
    cursor = await drained(facebook(graph), None, found)
    for number in range(500):
        graph.now += 60
        graph.publish(f"{PAGE}_{1000 + number}", message="bonjour", **{"from": {"id": str(9000 + number)}})

    await drained(facebook(graph), cursor, found)

    assert len(found) == 500


async def test_a_storm_of_visitors_posts_arrives_whole_and_costs_one_page_once_it_is_over(graph: Graph) -> None:
    page, found = facebook(graph), set[str]()
    cursor = await drained(page, None, found)
    for minute in range(15):
        graph.now += 60
        for number in range(40):
            graph.publish(f"{PAGE}_{1000 + 40 * minute + number}", message="non", **{"from": {"id": "9"}})
        cursor = await drained(page, cursor, found)
    graph.now += 60
    graph.asked.clear()
    await drained(page, cursor, found)

    assert len(found) == 15 * 40
    assert graph.asked.count(f"{PAGE}/feed") == 1


async def test_posts_behind_a_limit_are_listed_with_the_next_poll(graph: Graph) -> None:
    found: set[str] = set()
    cursor = await drained(facebook(graph), None, found)
    for number in range(300):
        graph.publish(f"{PAGE}_{1000 + number}", message="bonjour", **{"from": {"id": str(9000 + number)}})
    page, graph.failing_at = facebook(graph), 250

    cursor = await drained(page, cursor, found)
    await drained(page, cursor, found)

    assert graph.failing_at == 0
    assert len(found) == 300


@pytest.mark.parametrize("anew", [False, True], ids=["running on", "made anew"])
async def test_what_is_taken_out_of_the_bin_behind_many_newer_comments_arrives(*, anew: bool) -> None:
    site, now, found = FakeSite(), [START], set[str]()
    publish(site)

    def blog() -> WordPress:
        options = WordPressOptions(server=URL, user="museum", password=Secret(PASSWORD), spam=False)
        return WordPress("blog", options, Http(transport=httpx.MockTransport(site.answer), clock=lambda: now[0]))

    site.write()
    reading = blog()
    cursor = await drained(reading, None, found)
    binned = [site.write("a word that the site forbids", status=status) for status in ("trash", "spam", "trash")]
    for _ in range(40):
        site.write()
    now[0] += RESTORED_EVERY
    cursor = await drained(reading, cursor, found)
    for number in binned[:2]:
        site.comments[number]["status"] = "approved"
    reading = blog() if anew else reading
    cursor = await drained(reading, cursor, found)
    now[0] += RESTORED_EVERY
    again = await drained(reading, cursor, found)
    now[0] += RESTORED_EVERY

    assert {str(number) for number in site.comments} - found == {str(binned[2])}
    assert await drained(reading, again, found) == again, "nothing new changes no cursor"
