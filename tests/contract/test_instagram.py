"""Instagram against a Graph API on loopback: two levels, hidden comments, both logins, and what is never sent twice."""

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from typing import Any

import pytest
from graph_fake import APP, APP_SECRET, IG, IG_TOKEN, NOON, PAGE_TOKEN, USER_TOKEN, FakeGraph, refusal, stamp
from graph_server import HASTY, Server, serving_graph
from msgspec import structs

from connectors._errors import AuthenticationError, ChoiceError, ProtocolError, RateLimitedError, UnreachableError
from connectors._model import Comment, Gone, NotSent, Outcome, Outgoing, Rejected, Sent, Unknown
from connectors._secret import Secret
from connectors.instagram import Instagram, InstagramOptions


@pytest.fixture
def server() -> Iterator[Server]:
    with serving_graph() as running:
        yield running


@pytest.fixture
def graph(server: Server) -> FakeGraph:
    return server.graph


@pytest.fixture
async def account(server: Server) -> AsyncIterator[Instagram]:
    connector = server.connect(Instagram)
    assert isinstance(connector, Instagram)
    yield connector
    await connector.http.aclose()


@pytest.fixture
async def hasty(server: Server) -> AsyncIterator[Instagram]:
    """The same, in a hurry: a sending that gets no answer ends soon."""
    connector = server.connect(Instagram, patience=HASTY)
    assert isinstance(connector, Instagram)
    yield connector
    await connector.http.aclose()


def outgoing(text: str = "Merci.", **more: Any) -> Outgoing:
    return Outgoing(client_id="c1", text=text, created_at=NOON, **more)


def texts(comments: Any) -> list[str]:
    return [comment.text for comment in comments]


async def drained(account: Instagram, cursor: str | None) -> tuple[list[str], str]:
    """Poll until nothing more waits; returns the texts and the last cursor."""
    found: list[str] = []
    for _ in range(200):
        batch = await account.poll(cursor)
        found += texts(batch.comments)
        cursor = batch.cursor
        if batch.complete:
            return found, batch.cursor
    raise AssertionError("it never ends")


# -- who we are ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("token", [USER_TOKEN, PAGE_TOKEN, IG_TOKEN], ids=["person", "page", "instagram login"])
async def test_each_kind_of_token_leads_to_the_account(server: Server, token: str) -> None:
    account = server.connect(Instagram, token=token)

    identity = await account.identify()
    await account.http.aclose()

    assert (identity.account_id, identity.handle, identity.followers) == (IG, "musee.essai", 9120)


def test_the_login_decides_where_the_api_is() -> None:
    by_facebook = InstagramOptions(token=Secret(USER_TOKEN))
    by_instagram = InstagramOptions(token=Secret(IG_TOKEN))

    assert by_facebook.base == "https://graph.facebook.com"
    assert by_instagram.base == "https://graph.instagram.com"


async def test_several_accounts_ask_which_one_and_a_name_chooses(server: Server) -> None:
    other = {"id": "17841499", "username": "cafe.du.musee"}
    server.graph._add("page", "1800", name="Café", access_token="EAAcafe-t0ken", instagram_business_account=other)
    server.graph.pages.append("1800")
    nameless, named = server.connect(Instagram), server.connect(Instagram, account="@cafe.du.musee")

    with pytest.raises(ChoiceError) as caught:
        await nameless.identify()

    assert caught.value.choices == [(IG, "musee.essai"), ("17841499", "cafe.du.musee")]
    assert (await named.identify()).account_id == "17841499"
    await nameless.http.aclose()
    await named.http.aclose()


async def test_a_page_without_an_account_says_what_to_do(graph: FakeGraph, account: Instagram) -> None:
    graph.nodes["1700"]["instagram_business_account"] = None

    with pytest.raises(AuthenticationError) as caught:
        await account.identify()

    assert "link a professional Instagram account" in caught.value.hint


async def test_missing_permissions_are_told_by_name(server: Server) -> None:
    account = server.connect(Instagram, app_id=APP, app_secret=Secret(APP_SECRET))
    server.graph.scopes = ["instagram_basic"]

    await account.identify()
    await account.http.aclose()

    assert account.warning() == "the token lacks instagram_manage_comments: what needs them will be refused"


# -- reading -------------------------------------------------------------------------------------------


async def test_comments_and_answers_arrive_with_their_place(graph: FakeGraph, account: Instagram) -> None:
    medium = graph.media("L’épée, de près")
    first = graph.ig_comment(medium, "Superbe", by=("77", "camille.b"))
    answer = graph.ig_comment(first, "@camille.b oui", by=("78", "leo"))

    batch = await account.poll(None)

    found = {c.native_id: c for c in batch.comments}
    assert (found[first].post_id, found[first].parent_id, found[first].author.handle) == (medium, None, "camille.b")
    assert (found[answer].post_id, found[answer].parent_id, found[answer].author.native_id) == (medium, first, "78")
    assert found[answer].url == f"https://www.instagram.com/p/{medium}/c/{answer}/"
    assert [p.title for p in batch.posts] == ["L’épée, de près"]


async def test_an_answer_to_an_old_comment_is_found_behind_many_newer_ones(
    graph: FakeGraph, account: Instagram
) -> None:
    medium = graph.media()
    old = graph.ig_comment(medium, "il y a longtemps")
    for number in range(180):
        graph.ig_comment(medium, f"n{number}")
    _, cursor = await drained(account, None)
    graph.now += timedelta(hours=1)
    graph.ig_comment(old, "une réponse tardive")

    found, _ = await drained(account, cursor)

    assert found == ["une réponse tardive"]


async def test_the_same_is_found_by_a_connector_made_anew(server: Server, account: Instagram) -> None:
    medium = server.graph.media()
    old = server.graph.ig_comment(medium, "il y a longtemps")
    for number in range(180):
        server.graph.ig_comment(medium, f"n{number}")
    _, cursor = await drained(account, None)
    server.graph.now += timedelta(hours=1)
    server.graph.ig_comment(old, "une réponse tardive")
    again = server.connect(Instagram)
    assert isinstance(again, Instagram)

    found, _ = await drained(again, cursor)
    await again.http.aclose()

    assert "une réponse tardive" in found


async def test_more_answers_than_come_with_a_comment_are_fetched(graph: FakeGraph, account: Instagram) -> None:
    first = graph.ig_comment(graph.media(), "débat")
    for number in range(130):
        graph.ig_comment(first, f"r{number}")

    found, _ = await drained(account, None)

    assert sorted(found) == sorted(["débat", *(f"r{number}" for number in range(130))])


async def test_a_storm_arrives_whole_and_once(graph: FakeGraph, account: Instagram) -> None:
    medium = graph.media()
    graph.ig_comment(medium, "avant")
    _, cursor = await drained(account, None)
    for number in range(700):
        graph.ig_comment(medium, f"n{number}")

    found, _ = await drained(account, cursor)

    assert sorted(found) == sorted(f"n{number}" for number in range(700))


async def test_nothing_new_changes_no_cursor(graph: FakeGraph, account: Instagram) -> None:
    graph.ig_comment(graph.media())
    first = await account.poll(None)

    assert (await account.poll(first.cursor)).cursor == first.cursor


async def test_what_we_wrote_is_marked_as_ours_even_by_name_alone(graph: FakeGraph, account: Instagram) -> None:
    graph.ig_comment(graph.media(), "Merci !", by=("another-scope", "musee.essai"))

    assert [c.author.is_self for c in (await account.poll(None)).comments] == [True]


async def test_a_second_look_tells_what_stayed_what_is_hidden_and_what_is_gone(
    graph: FakeGraph, account: Instagram
) -> None:
    medium = graph.media()
    kept, hidden, gone = (graph.ig_comment(medium, word) for word in ("un", "deux", "trois"))
    graph.ig_comment(kept, "sous un")
    before = {c.native_id: c for c in (await account.poll(None)).comments}
    graph.nodes[hidden]["hidden"] = True
    graph.forget(gone)

    found: dict[str, Comment | Gone] = {each.native_id: each for each in await account.fetch([kept, hidden, gone])}

    assert found[kept] == before[kept]
    assert found[hidden] == structs.replace(before[hidden], moderation="hidden")
    assert found[gone] == Gone(native_id=gone, why="deleted")


async def test_a_conversation_is_read_whole(graph: FakeGraph, account: Instagram) -> None:
    first = graph.ig_comment(graph.media(), "un")
    answer = graph.ig_comment(first, "deux")
    graph.ig_comment(first, "trois")
    found = {c.native_id: c for c in (await account.poll(None)).comments}

    assert texts(await account.thread(found[answer])) == ["un", "deux", "trois"]


# -- answering -----------------------------------------------------------------------------------------


async def test_an_answer_to_an_answer_goes_to_the_first_comment_and_names_its_reader(
    graph: FakeGraph, account: Instagram
) -> None:
    medium = graph.media()
    first = graph.ig_comment(medium, "un")
    answer = graph.ig_comment(first, "deux", by=("78", "leo"))
    found = {c.native_id: c for c in (await account.poll(None)).comments}

    outcome = await account.send_reply(outgoing("@leo merci", parent_id=answer, post_id=medium))

    assert account.mention_prefix(found[answer]) == "@leo "
    assert account.mention_prefix(found[first]) == ""
    assert graph.sent() == [("POST", f"{first}/replies")]
    assert isinstance(outcome, Sent)
    assert outcome.receipt.url.endswith(f"/c/{outcome.receipt.remote_id}/")


async def test_an_answer_to_the_post_is_a_first_level_comment(graph: FakeGraph, account: Instagram) -> None:
    medium = graph.media()

    assert isinstance(await account.send_reply(outgoing(parent_id=medium, post_id=medium)), Sent)
    assert graph.sent() == [("POST", f"{medium}/comments")]


def test_mentions_and_tags_are_marked_and_addresses_stay_words(account: Instagram) -> None:
    text = "@leo.b voir https://musee.example/#plan #épée"

    seen = account.appearance(text)

    assert [(mark.kind, text[mark.start : mark.end]) for mark in seen.marks] == [
        ("mention", "@leo.b"),
        ("tag", "#épée"),
    ]


async def test_a_hidden_comment_is_not_answered(graph: FakeGraph, account: Instagram) -> None:
    medium = graph.media()
    comment = graph.ig_comment(medium)
    graph.nodes[comment]["hidden"] = True

    outcome = await account.send_reply(outgoing(parent_id=comment, post_id=medium))

    assert isinstance(outcome, Rejected)
    assert outcome.hint == "show it again first"
    assert not graph.sent()


async def test_a_text_one_character_too_long_is_refused_before_it_is_sent(graph: FakeGraph, account: Instagram) -> None:
    medium = graph.media()

    fits = await account.send_reply(outgoing("é" * 300, parent_id=medium, post_id=medium))
    outcome = await account.send_reply(outgoing("é" * 301, parent_id=medium, post_id=medium))

    assert isinstance(fits, Sent)
    assert isinstance(outcome, Rejected)
    assert "301 of 300" in outcome.message
    assert len(graph.sent()) == 1


@pytest.mark.parametrize("late", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("level", ["comments", "replies"])
async def test_an_answer_lost_in_time_is_found_or_not_and_never_sent_twice(
    server: Server, hasty: Instagram, level: str, *, late: bool
) -> None:
    medium = server.graph.media()
    parent = medium if level == "comments" else server.graph.ig_comment(medium)
    reply = outgoing("Oui, à 10 h.", parent_id=parent, post_id=medium)
    server.fail("POST", f"/{level}", silent=True, late=late)

    outcome = await hasty.send_reply(reply)
    receipt = await hasty.read_back(reply)

    assert isinstance(outcome, Unknown)
    assert (receipt is not None) == late
    assert server.graph.words(IG).count("Oui, à 10 h.") == (1 if late else 0)


async def test_the_same_words_of_somebody_else_or_of_before_are_not_ours(graph: FakeGraph, account: Instagram) -> None:
    medium = graph.media()
    graph.ig_comment(medium, "Merci.", by=("88", "quelquun"))
    graph.ig_comment(medium, "Merci.", by=(IG, "musee.essai"), at=stamp(NOON - timedelta(hours=1)))

    assert await account.read_back(outgoing("Merci.", parent_id=medium, post_id=medium)) is None


@pytest.mark.parametrize(
    ("status", "body", "outcome", "word"),
    [
        (401, refusal(190, "expired", subcode=463), Rejected, "the token has expired"),
        (403, refusal(10, "Application does not have permission"), Rejected, "lacks a permission"),
        (403, refusal(200, "Permissions error"), Rejected, "MODERATE"),
        (400, refusal(100, "does not exist", subcode=33), Rejected, "may have been deleted"),
        (400, refusal(100, "Comment is too long", error_user_msg="Trop long."), Rejected, "Trop long."),
        (409, b"{}", Rejected, "409"),
        (400, refusal(80002, "There have been too many calls to this Instagram account"), NotSent, "too many"),
        (400, refusal(4, "limit"), NotSent, "limit"),
        (400, refusal(368, "blocked"), NotSent, "blocked"),
        (500, refusal(2, "down"), Unknown, "down"),
        (200, b'{"id": "1', Unknown, "cannot be read"),
        (200, b"[]", Unknown, "in place of a dict"),
        (200, b"{}", Unknown, "does not say where"),
    ],
)
async def test_each_refusal_becomes_an_honest_outcome(
    server: Server, account: Instagram, status: int, body: bytes, outcome: type[Outcome], word: str
) -> None:
    medium = server.graph.media()
    server.fail("POST", "/comments", status, body)

    found = await account.send_reply(outgoing(parent_id=medium, post_id=medium))

    assert isinstance(found, outcome)
    assert word in f"{found}"
    assert "t0ken" not in f"{found}"


@pytest.mark.parametrize(
    ("status", "body", "caught"),
    [
        (401, refusal(190, "expired", subcode=463), AuthenticationError),
        (403, refusal(10, "needs instagram_manage_comments"), AuthenticationError),
        (400, refusal(80002, "too many"), RateLimitedError),
        (503, b"<html>", UnreachableError),
        (200, b"{}", ProtocolError),
        (200, b'{"data": [', ProtocolError),
    ],
)
async def test_each_failing_read_becomes_our_error(
    server: Server, account: Instagram, status: int, body: bytes, caught: type[Exception]
) -> None:
    server.fail("GET", "/media", status, body)

    with pytest.raises(caught):
        await account.poll(None)


# -- publishing and moderating -------------------------------------------------------------------------


async def test_a_notice_stands_under_its_post_and_says_that_it_is_not_pinned(
    graph: FakeGraph, account: Instagram
) -> None:
    medium = graph.media()

    outcome = await account.pin_notice(outgoing("Restons calmes.", post_id=medium))

    assert isinstance(outcome, Sent)
    assert "not pinned" in outcome.receipt.warning
    assert isinstance(await account.pin_notice(outgoing("Restons calmes.")), Rejected)


async def test_hiding_locking_and_deleting_are_done(graph: FakeGraph, account: Instagram) -> None:
    medium = graph.media()
    comment = graph.ig_comment(medium)

    assert isinstance(await account.hide(comment, hidden=True), Sent)
    assert graph.nodes[comment]["hidden"]
    assert isinstance(await account.hide(comment, hidden=False), Sent)
    assert not graph.nodes[comment]["hidden"]
    assert isinstance(await account.lock(medium, locked=True), Sent)
    assert not graph.nodes[medium]["is_comment_enabled"]
    assert isinstance(await account.lock(medium, locked=False), Sent)
    assert isinstance(await account.delete(comment), Sent)
    assert comment not in graph.nodes


async def test_no_token_ever_stands_in_an_address(server: Server) -> None:
    account = server.connect(Instagram, app_id=APP, app_secret=Secret(APP_SECRET))
    assert isinstance(account, Instagram)
    medium = server.graph.media()
    for number in range(120):
        server.graph.ig_comment(medium, f"n{number}")
    await account.identify()
    _, cursor = await drained(account, None)
    await account.send_reply(outgoing(parent_id=medium, post_id=medium))
    await account.http.aclose()

    addresses = " ".join(asked.url for asked in server.graph.asked)
    for secret in (USER_TOKEN, PAGE_TOKEN, APP_SECRET, "access_token="):
        assert secret not in addresses
        assert secret not in cursor
