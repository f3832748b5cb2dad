"""The fake Graph API against Meta's own client, and our requests against that client's tables: code we did not write."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from graph_client import Missing, drive, interpreter
from graph_fake import APP_SECRET, IG, KNOWN, NOON, PAGE, PAGE_TOKEN, USER_TOKEN, Asked, FakeGraph
from graph_fields import Wish, wishes
from graph_server import Server, serving_graph

from connectors._contract import Connector
from connectors._model import Comment, Outgoing, Sent
from connectors.facebook import Facebook
from connectors.instagram import Instagram

pytestmark = pytest.mark.real


@pytest.fixture(scope="module", autouse=True)
def _client() -> None:
    try:
        interpreter()
    except Missing as why:
        pytest.skip(str(why))


@pytest.fixture
def server() -> Iterator[Server]:
    with serving_graph() as running:
        yield running


def story(graph: FakeGraph) -> dict[str, str]:
    """Let something happen; returns what the driver has to know of it."""
    posts = [graph.post(word) for word in ("un", "deux", "trois", "quatre", "cinq")]
    first = graph.comment(posts[0], "Ouvert ?", by=("55", "Camille"))
    graph.comment(first, "Non.", by=("56", "Léo"))
    graph.comment(posts[0], "Superbe", by=("57", "Zoé"))
    medium = graph.media("L’épée")
    graph.ig_comment(medium, "Où est-ce ?", by=("77", "camille.b"))
    graph.ig_comment(medium, "J’y vais", by=("78", "leo"))
    return {"page": PAGE, "post": posts[0], "comment": first, "iguser": IG, "media": medium}


def test_metas_own_client_reads_and_writes_the_fake_as_it_would_the_real_one(server: Server) -> None:
    names = story(server.graph)
    told = {"url": server.url, "token": USER_TOKEN, "secret": APP_SECRET, "names": names}

    seen = drive("talk", json.dumps(told))

    assert seen["pages"] == ["Musée d’Essai"]
    assert seen["feed"] == ["cinq", "quatre", "trois", "deux", "un"]
    assert [row["message"] for row in seen["comments"]] == ["Superbe", "Non.", "Ouvert ?"]
    assert seen["comments"][1]["parent"]["id"] == names["comment"]
    assert seen["comments"][2]["comment_count"] == 1
    assert seen["toplevel"] == ["Ouvert ?", "Superbe"]
    assert seen["made"]["message"] == "par le client de Meta"
    assert seen["hidden"] is True
    assert seen["deleted"] == [400, 100, 33]
    assert seen["batch"] == ["Ouvert ?", [400, 33]]
    assert seen["unknown field"] == [400, 100, None]
    assert server.graph.nodes[seen["new post"]]["message"] == "un fil"
    assert [(row["caption"], row["comments_count"]) for row in seen["media"]] == [("L’épée", 2)]
    assert [row["username"] for row in seen["ig comments"]] == ["leo", "camille.b"]
    assert seen["replies"] == ["réponse"]
    assert seen["deeper"][1] == 100
    assert seen["to hidden"][1] == 100
    assert seen["open"] is False


def test_every_field_of_the_fake_is_one_that_the_client_knows() -> None:
    ours = {"page": {"tasks"}, "iguser": {"user_id"}, "user": set()}
    """Fields of edges (accounts) and of the Instagram login, which the client's classes do not list."""
    lines = [
        json.dumps(
            {"kind": k, "method": "GET", "edge": "", "params": {}, "fields": dict.fromkeys(names - ours.get(k, set()))}
        )
        for k, names in KNOWN.items()
    ]

    assert drive("judge", "\n".join(lines)) == []


def test_the_clients_tables_refuse_what_they_do_not_know() -> None:
    invented = {"kind": "comment", "method": "POST", "edge": "", "params": {"pin": "true"}, "fields": {"id": {}}}
    elsewhere = {
        "kind": "post",
        "method": "GET",
        "edge": "comments",
        "params": {"order": "ranked"},
        "fields": {"mood": {}},
    }

    wrong = drive("judge", f"{json.dumps(invented)}\n{json.dumps(elsewhere)}")

    assert wrong == ["comment.mood", "comment/ pin=true", "post/comments order=ranked"]


def asked_fields(found: list[Wish]) -> dict[str, Any]:
    return {wish.name: asked_fields(wish.inner) for wish in found}


def parts_of(asked: Asked) -> list[Asked]:
    """Return what was asked by one request: each part of a batch by itself."""
    parts = json.loads(asked.form.get("batch", "[]"))
    places = [(part["method"], urlsplit(part["relative_url"])) for part in parts]
    return [Asked(method, at.path, dict(parse_qsl(at.query)), {}, asked.token) for method, at in places] or [asked]


def as_request(graph: FakeGraph, asked: Asked) -> dict[str, Any] | None:
    """Put a request in the driver's words; None for what the client has no class for."""
    given = asked.query | asked.form
    node, _, edge = asked.path.partition("/")
    node = given["ids"].split(",")[0] if "ids" in given else node
    if node == "debug_token" or (node == "me" and edge != "accounts"):
        return None
    kind = "user" if node == "me" else graph.nodes[node]["kind"] if node in graph.nodes else ""
    fields = asked_fields(wishes(given.get("fields", "id")))
    return {"kind": kind, "method": asked.method, "edge": edge, "params": given, "fields": fields} if kind else None


async def used_fully(connector: Connector, post: str, notice: str) -> None:
    """Do everything that a connector offers."""
    batch = await connector.poll(None)
    await connector.poll(batch.cursor)
    comments: list[Comment] = [each for each in batch.comments if each.post_id == post]
    await connector.fetch([each.native_id for each in comments])
    await connector.fetch([comments[0].native_id, f"{post}99"])  # one that is not there: each by itself, in one batch
    answered = next((each for each in comments if each.parent_id), comments[0])
    await connector.thread(answered)
    reply = Outgoing(client_id="a", text="Merci.", created_at=NOON, parent_id=answered.native_id, post_id=post)
    assert isinstance(await connector.send_reply(reply), Sent)
    assert await connector.read_back(reply)
    said = Outgoing(client_id="b", text=notice, created_at=NOON, post_id=post)
    assert isinstance(await connector.pin_notice(said), Sent)
    assert isinstance(await connector.hide(comments[0].native_id, hidden=True), Sent)
    assert isinstance(await connector.delete(comments[-1].native_id), Sent)


async def test_the_client_knows_every_request_that_we_make(server: Server) -> None:
    names = story(server.graph)
    server.graph.comment(names["comment"], "Ah.")
    known = FakeGraph(nodes=dict(server.graph.nodes))
    page, account = server.connect(Facebook), server.connect(Instagram, token=PAGE_TOKEN)

    await used_fully(page, names["post"], "Restons calmes.")
    await page.open_thread(Outgoing(client_id="c", text="Parlons-en ici.", created_at=NOON))
    own = Outgoing(client_id="d", text="Fermé le lundi.", created_at=NOON)
    await page.edit_own(names["comment"], own)
    await used_fully(account, names["media"], "Restons courtois.")
    await account.lock(names["media"], locked=True)
    await page.http.aclose()
    await account.http.aclose()

    known.nodes |= server.graph.nodes
    asked = [part for each in server.graph.asked for part in parts_of(each)]
    requests = [made for each in asked if (made := as_request(known, each)) is not None]
    assert any("batch" in each.form for each in server.graph.asked)
    kinds = {(made["kind"], made["method"], made["edge"]) for made in requests}
    assert len(kinds) > 14
    assert drive("judge", "\n".join(map(json.dumps, requests))) == []
