"""Facebook Pages against a Graph API on loopback: what arrives, what is sent once, and every way in which it refuses."""

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from graph_fake import APP, APP_SECRET, NOON, PAGE, PAGE_TOKEN, USER_TOKEN, FakeGraph, refusal, stamp
from graph_server import HASTY, Server, serving_graph
from msgspec import structs

from connectors._errors import (
    AuthenticationError,
    ChoiceError,
    ConnectorError,
    ProtocolError,
    RateLimitedError,
    RejectedError,
    UnreachableError,
)
from connectors._http import Timeouts
from connectors._model import Comment, Gone, NotSent, Outcome, Outgoing, Rejected, Sent, Unknown
from connectors._secret import Secret
from connectors.facebook import Facebook


@pytest.fixture
def server() -> Iterator[Server]:
    with serving_graph() as running:
        yield running


@pytest.fixture
def graph(server: Server) -> FakeGraph:
    return server.graph


@pytest.fixture
async def page(server: Server) -> AsyncIterator[Facebook]:
    connector = server.connect(Facebook)
    assert isinstance(connector, Facebook)
    yield connector
    await connector.http.aclose()


@pytest.fixture
async def hasty(server: Server) -> AsyncIterator[Facebook]:
    """The same, in a hurry: a sending that gets no answer ends soon."""
    connector = server.connect(Facebook, patience=HASTY)
    assert isinstance(connector, Facebook)
    yield connector
    await connector.http.aclose()


def outgoing(text: str = "Merci.", **more: Any) -> Outgoing:
    return Outgoing(client_id="c1", text=text, created_at=NOON, **more)


def texts(comments: Any) -> list[str]:
    return [comment.text for comment in comments]


async def drained(page: Facebook, cursor: str | None) -> tuple[list[str], str]:
    """Poll until nothing more waits; returns the texts and the last cursor."""
    found: list[str] = []
    for _ in range(200):
        batch = await page.poll(cursor)
        found += texts(batch.comments)
        cursor = batch.cursor
        if batch.complete:
            return found, batch.cursor
    raise AssertionError("it never ends")


# -- who we are ----------------------------------------------------------------------------------------


async def test_a_persons_token_acts_for_their_page(page: Facebook) -> None:
    identity = await page.identify()

    assert (identity.account_id, identity.handle, identity.name) == (PAGE, "musee.essai", "Musée d’Essai")
    assert identity.followers == 48_211
    assert identity.url == "https://www.facebook.com/musee.essai"


async def test_a_pages_own_token_acts_for_itself(server: Server) -> None:
    page = server.connect(Facebook, token=PAGE_TOKEN)

    identity = await page.identify()
    await page.http.aclose()

    assert identity.account_id == PAGE


async def test_the_page_is_spoken_for_with_its_own_token(server: Server, page: Facebook) -> None:
    post = server.graph.post()

    await page.send_reply(outgoing(parent_id=post, post_id=post))

    assert server.graph.asked[-1].token == PAGE_TOKEN


async def test_a_token_of_several_pages_asks_which_one(graph: FakeGraph, page: Facebook) -> None:
    graph._add("page", "1800", name="Café du musée", username="cafe", access_token="EAAcafe-t0ken")
    graph.pages.append("1800")

    with pytest.raises(ChoiceError) as caught:
        await page.identify()

    assert caught.value.option == "page"
    assert caught.value.choices == [(PAGE, "musee.essai"), ("1800", "cafe")]
    assert "EAA" not in f"{caught.value} {caught.value.hint} {caught.value.payload!r}"


@pytest.mark.parametrize("wanted", ["1800", "cafe", "CAFÉ DU MUSÉE"])
async def test_a_named_page_is_taken(server: Server, wanted: str) -> None:
    server.graph._add("page", "1800", name="Café du musée", username="cafe", access_token="EAAcafe-t0ken")
    server.graph.pages.append("1800")
    page = server.connect(Facebook, page=wanted)

    assert (await page.identify()).account_id == "1800"
    await page.http.aclose()


async def test_a_token_without_pages_says_how_to_make_one(graph: FakeGraph, page: Facebook) -> None:
    graph.pages.clear()

    with pytest.raises(AuthenticationError) as caught:
        await page.identify()

    assert "pages_show_list" in caught.value.hint


# -- the token -----------------------------------------------------------------------------------------


def watched(server: Server, **more: Any) -> Facebook:
    """Connect with the app's secret, so that the token can be inspected."""
    found = server.connect(Facebook, app_id=APP, app_secret=Secret(APP_SECRET), **more)
    assert isinstance(found, Facebook)
    return found


async def test_permissions_and_end_are_told(server: Server) -> None:
    end = int((NOON + timedelta(days=60)).timestamp())
    server.graph.expires_at, server.graph.data_until = 0, end
    page = watched(server)

    identity = await page.identify()
    await page.http.aclose()

    assert "pages_manage_engagement" in identity.scopes
    assert identity.expires_at == NOON + timedelta(days=60)
    assert page.warning() == ""


@pytest.mark.parametrize(
    ("field", "words"), [("expires_at", "the token ends on"), ("data_until", "the token's access to data ends on")]
)
async def test_a_fortnight_before_the_end_somebody_is_told(server: Server, field: str, words: str) -> None:
    setattr(server.graph, field, int((NOON + timedelta(days=10)).timestamp()))
    page = watched(server)

    await page.poll(None)
    await page.http.aclose()

    assert page.warning() == f"{words} 2026-11-30: make a new one before (becalm connect --replace)"


async def test_the_token_is_inspected_once_a_day(server: Server) -> None:
    page = watched(server)
    cursor = None
    for _ in range(3):
        cursor = (await page.poll(cursor)).cursor
    server.clock.now += 90_000
    await page.poll(cursor)
    await page.http.aclose()

    assert len([a for a in server.graph.asked if "batch" in a.form]) == 2


async def test_missing_permissions_to_write_are_a_warning(server: Server) -> None:
    server.graph.scopes = ["pages_read_engagement", "pages_read_user_content", "pages_manage_posts"]
    page = watched(server)

    await page.identify()
    await page.http.aclose()

    assert page.warning() == "the token lacks pages_manage_engagement: what needs them will be refused"


async def test_missing_permissions_to_read_are_an_error_that_names_them(server: Server) -> None:
    server.graph.scopes = ["pages_show_list", "pages_read_engagement"]
    page = watched(server)

    with pytest.raises(AuthenticationError, match="pages_read_user_content"):
        await page.identify()
    await page.http.aclose()


async def test_a_token_that_is_not_valid_any_more_is_told(server: Server) -> None:
    del server.graph.tokens[USER_TOKEN]
    page = watched(server)

    with pytest.raises(AuthenticationError, match="no longer valid"):
        await page.poll(None)
    await page.http.aclose()


async def test_without_the_apps_secret_a_persons_token_tells_its_permissions_and_not_its_end(page: Facebook) -> None:
    identity = await page.identify()

    assert "pages_manage_engagement" in identity.scopes
    assert "email" not in identity.scopes, "declined in Meta's window"
    assert identity.expires_at is None
    assert page.warning() == ""


async def test_without_the_apps_secret_missing_permissions_are_named_all_the_same(
    graph: FakeGraph, page: Facebook
) -> None:
    graph.scopes = ["pages_show_list", "pages_read_engagement"]

    with pytest.raises(AuthenticationError, match="pages_read_user_content"):
        await page.identify()


async def test_of_a_pages_own_token_nothing_is_known_and_all_works(server: Server) -> None:
    server.graph.comment(server.graph.post(), "bonjour")
    page = server.connect(Facebook, token=PAGE_TOKEN)

    identity = await page.identify()
    batch = await page.poll(None)
    await page.http.aclose()

    assert (identity.scopes, identity.expires_at) == ((), None)
    assert texts(batch.comments) == ["bonjour"]
    assert page.warning() == ""


async def test_every_call_proves_that_it_knows_the_apps_secret(server: Server) -> None:
    server.graph.needs_proof = True
    page = watched(server)
    post = server.graph.post()

    assert isinstance(await page.send_reply(outgoing(parent_id=post, post_id=post)), Sent)
    assert isinstance(await page.delete(server.graph.comment(post)), Sent)
    await page.http.aclose()


# -- reading -------------------------------------------------------------------------------------------


async def test_comments_answers_and_visitors_posts_arrive_with_their_place(graph: FakeGraph, page: Facebook) -> None:
    post = graph.post("L’épée dans la salle 3")
    first = graph.comment(post, "Ouvert lundi ?", by=("55", "Camille"))
    answer = graph.comment(first, "Non.", by=("56", "Léo"))
    visitor = graph.post("Bravo !", by=("57", "Zoé"))

    batch = await page.poll(None)

    found = {c.native_id: c for c in batch.comments}
    assert texts(batch.comments) == ["Ouvert lundi ?", "Non.", "Bravo !"]
    assert (found[first].post_id, found[first].parent_id, found[first].author.name) == (post, None, "Camille")
    assert (found[answer].post_id, found[answer].parent_id, found[answer].author.native_id) == (post, first, "56")
    assert (found[visitor].post_id, found[visitor].author.name) == (visitor, "Zoé")
    assert "L’épée dans la salle 3" in [p.title for p in batch.posts]


async def test_what_the_page_wrote_is_marked_as_its_own(graph: FakeGraph, page: Facebook) -> None:
    graph.comment(graph.post(), "Merci !", by=(PAGE, "Musée d’Essai"))

    assert [c.author.is_self for c in (await page.poll(None)).comments] == [True]


async def test_nothing_new_costs_two_requests_and_changes_no_cursor(graph: FakeGraph, page: Facebook) -> None:
    graph.comment(graph.post())
    first = await page.poll(None)
    before = len(graph.asked)
    second = await page.poll(first.cursor)

    assert not second.comments
    assert second.cursor == first.cursor
    assert len(graph.asked) == before + 2


async def test_a_first_visit_leaves_old_comments_alone(graph: FakeGraph, page: Facebook) -> None:
    post = graph.post()
    graph.comment(post, "il y a longtemps", at=stamp(NOON - timedelta(days=30)))
    graph.comment(post, "hier")

    assert texts((await page.poll(None)).comments) == ["hier"]


async def test_a_comment_under_an_old_post_is_found(graph: FakeGraph, page: Facebook) -> None:
    posts = [graph.post(f"n{number}") for number in range(60)]
    _, cursor = await drained(page, None)
    graph.comment(posts[0], "toujours là ?")
    found, cursor = await drained(page, cursor)
    page.http.clock.now += 700  # type: ignore[attr-defined]  # the clock of the tests

    later, _ = await drained(page, cursor)

    assert found + later == ["toujours là ?"]


async def test_older_posts_that_cannot_be_listed_keep_no_new_comment_away(server: Server, page: Facebook) -> None:
    posts = [server.graph.post(f"n{number}") for number in range(60)]
    server.graph.comment(posts[-1], "bonjour")
    server.fail("GET", "after=", 500, refusal(1, "Please reduce the amount of data you're asking for"), times=9)

    assert texts((await page.poll(None)).comments) == ["bonjour"]


async def test_a_storm_under_one_post_arrives_whole_and_once(graph: FakeGraph, page: Facebook) -> None:
    post = graph.post()
    graph.comment(post, "avant")
    _, cursor = await drained(page, None)
    for number in range(1234):
        graph.comment(post, f"n{number}")

    found, _ = await drained(page, cursor)

    assert sorted(found) == sorted(f"n{number}" for number in range(1234))


async def test_a_storm_that_goes_on_while_we_read_loses_nothing(graph: FakeGraph, page: Facebook) -> None:
    post = graph.post()
    _, cursor = await drained(page, None)
    for number in range(900):
        graph.comment(post, f"n{number}")
    found: list[str] = []
    for number in range(900, 940):
        batch = await page.poll(cursor)
        cursor = batch.cursor
        found += texts(batch.comments)
        graph.comment(post, f"n{number}")

    rest, _ = await drained(page, cursor)

    assert sorted(found + rest) == sorted(f"n{number}" for number in range(940))


async def test_in_a_storm_a_poll_reads_what_is_new_and_one_page_more(graph: FakeGraph, page: Facebook) -> None:
    post = graph.post()
    for number in range(700):
        graph.comment(post, f"n{number}")
    _, cursor = await drained(page, None)
    cursor = (await page.poll(cursor)).cursor
    before = len(graph.asked)
    for number in range(30):
        graph.comment(post, f"plus {number}", is_hidden=number % 3 == 0)

    batch = await page.poll(cursor)

    assert [c.moderation for c in batch.comments].count("hidden") == 10
    assert len(batch.comments) == 30
    assert batch.complete
    assert len(graph.asked) - before <= 3


async def test_a_connector_made_anew_goes_on_from_the_cursor(server: Server, page: Facebook) -> None:
    post = server.graph.post()
    server.graph.comment(post, "un")
    cursor = (await page.poll(None)).cursor
    for number in range(800):
        server.graph.comment(post, f"n{number}")
    half = await page.poll(cursor)
    again = server.connect(Facebook)
    assert isinstance(again, Facebook)

    rest, _ = await drained(again, half.cursor)
    await again.http.aclose()

    assert not half.complete
    assert set(texts(half.comments) + rest) >= {f"n{number}" for number in range(800)}


async def test_a_batch_that_was_not_kept_comes_again(graph: FakeGraph, page: Facebook) -> None:
    post = graph.post()
    kept = await page.poll(None)
    graph.comment(post, "perdu ?")
    await page.poll(kept.cursor)

    assert texts((await page.poll(kept.cursor)).comments) == ["perdu ?"]


async def test_one_comment_gone_and_one_come_is_seen_in_its_turn(graph: FakeGraph, page: Facebook) -> None:
    post = graph.post()
    gone = graph.comment(post, "supprimé")
    cursor = (await page.poll(None)).cursor
    touched = graph.nodes[post]["updated_time"]
    graph.forget(gone)
    graph.comment(post, "nouveau")
    graph.nodes[post]["updated_time"] = touched

    assert texts((await page.poll(cursor)).comments) == ["nouveau"]


async def test_what_was_held_back_shows_up_late(graph: FakeGraph, page: Facebook) -> None:
    post = graph.post()
    late = graph.comment(post, "retenu par le filtre")
    row = graph.nodes.pop(late)
    for number in range(3):
        graph.comment(post, f"n{number}")
    _, cursor = await drained(page, None)
    graph.nodes[late] = row

    found, _ = await drained(page, cursor)

    assert found == ["retenu par le filtre"]


async def test_a_hidden_comment_arrives_and_says_so(graph: FakeGraph, page: Facebook) -> None:
    post = graph.post()
    graph.comment(post, "masqué", is_hidden=True)
    graph.comment(post, "visible")

    found = {comment.text: comment.moderation for comment in (await page.poll(None)).comments}

    assert found == {"masqué": "hidden", "visible": ""}


async def test_authors_that_the_token_may_not_see_are_strangers_to_each_other(graph: FakeGraph, page: Facebook) -> None:
    graph.sees_names = False
    post = graph.post()
    graph.comment(post, "un", by=("1", "A"))
    graph.comment(post, "deux", by=("2", "B"))

    authors = {c.author.native_id for c in (await page.poll(None)).comments}

    assert len(authors) == 2


async def test_an_unreadable_cursor_begins_anew(graph: FakeGraph, page: Facebook) -> None:
    graph.comment(graph.post(), "un")

    assert texts((await page.poll('{"top": 3}')).comments) == ["un"]


async def test_a_second_look_tells_edits_hidings_and_deletions(graph: FakeGraph, page: Facebook) -> None:
    post = graph.post()
    kept, hidden, gone = (graph.comment(post, word) for word in ("un", "deux", "trois"))
    visitor = graph.post("Bravo !", by=("57", "Zoé"))
    before = {c.native_id: c for c in (await page.poll(None)).comments}
    graph.nodes[hidden]["is_hidden"] = True
    graph.forget(gone)

    same = await page.fetch([kept, visitor])
    graph.nodes[kept]["message"] = "un, corrigé"
    found = {each.native_id: each for each in await page.fetch([kept, hidden, gone])}

    assert same == [before[kept], before[visitor]]
    edited = found[kept]
    assert isinstance(edited, Comment)
    assert edited.version != before[kept].version
    assert found[hidden] == structs.replace(before[hidden], moderation="hidden")
    assert found[gone] == Gone(native_id=gone, why="deleted")


async def test_what_is_hidden_or_shown_again_arrives_again(graph: FakeGraph, page: Facebook) -> None:
    comment = graph.comment(graph.post(), "un")
    cursor = (await page.poll(None)).cursor
    cursor = (await page.poll(cursor)).cursor

    for hidden in (True, False):
        graph.nodes[comment]["is_hidden"] = hidden
        found: list[Comment] = []
        for _ in range(3):
            batch = await page.poll(cursor)
            found, cursor = [*found, *batch.comments], batch.cursor
        assert [each.moderation for each in found] == ["hidden" if hidden else ""]


async def test_likes_and_answers_of_a_comment_are_kept_up_to_date(graph: FakeGraph, page: Facebook) -> None:
    photo = {
        "type": "photo",
        "url": "https://www.facebook.com/photo/7",
        "media": {"image": {"src": "https://x.test/7"}},
    }
    comment = graph.comment(graph.post(), "un")
    await page.poll(None)
    graph.nodes[comment] |= {"like_count": 12, "attachment": photo}
    graph.comment(comment, "sous un")

    (found,) = await page.fetch([comment])

    assert isinstance(found, Comment)
    assert (found.reactions, found.replies, [each.kind for each in found.attachments]) == (12, 1, ["image"])


async def test_a_token_that_sees_nothing_makes_no_comment_gone(server: Server, page: Facebook) -> None:
    comment = server.graph.comment(server.graph.post())
    await page.poll(None)
    server.fail("GET", f"/{comment}", 400, refusal(100, "does not exist", subcode=33))
    server.fail("GET", "/feed", 403, refusal(10, "needs pages_read_user_content"), times=9)

    with pytest.raises(AuthenticationError):
        await page.fetch([comment])


async def test_a_comment_that_is_closed_to_us_hides_no_other_and_is_not_called_gone(
    server: Server, page: Facebook
) -> None:
    post = server.graph.post()
    closed, gone, kept = (server.graph.comment(post, word) for word in ("un", "deux", "trois"))
    await page.poll(None)
    server.graph.forget(gone)
    server.graph.closed.add(closed)
    asked = len(server.graph.asked)

    found = await page.fetch([closed, gone, kept])

    assert len(server.graph.asked) - asked == 3  # all at once, then each in one batch, and whether we see any at all
    assert {each.native_id: type(each) for each in found} == {gone: Gone, kept: Comment}


@pytest.mark.parametrize(
    "instead",
    [
        None,
        {"code": 400, "body": refusal(80001, "too many calls").decode()},
        {"code": 500, "body": refusal(2, "try again").decode()},
        {"code": 502, "body": "<html>"},
    ],
    ids=["no time", "a limit", "trouble", "a proxy's page"],
)
async def test_what_a_batch_does_not_tell_is_left_for_another_time(
    server: Server, page: Facebook, instead: dict[str, Any] | None
) -> None:
    post = server.graph.post()
    gone, cut, kept = (server.graph.comment(post, word) for word in ("un", "deux", "trois"))
    await page.poll(None)
    server.graph.forget(gone)
    server.graph.cut_short[cut] = instead

    found = await page.fetch([gone, cut, kept])

    assert {each.native_id: type(each) for each in found} == {gone: Gone, kept: Comment}


@pytest.mark.parametrize("answer", [b"[]", b"[null, 7]", b'[{"code": "x"}]', b"[{}, {}, {}, {}]"])
async def test_a_batch_that_makes_no_sense_tells_nothing(server: Server, page: Facebook, answer: bytes) -> None:
    post = server.graph.post()
    gone, kept = (server.graph.comment(post, word) for word in ("un", "deux"))
    await page.poll(None)
    server.graph.forget(gone)
    server.fail("POST", "", 200, answer)

    assert await page.fetch([gone, kept]) == []


async def test_an_inspection_that_fails_keeps_what_was_known_and_is_tried_again(server: Server) -> None:
    server.graph.expires_at = int((NOON + timedelta(days=10)).timestamp())
    page = watched(server)
    cursor = (await page.poll(None)).cursor
    server.clock.now += 90_000
    server.fail("POST", "/v25.0/", 500, b"<html>")
    await page.poll(cursor)
    known = page.warning()
    server.clock.now += 4000
    await page.poll(cursor)
    await page.http.aclose()

    assert known.startswith("the token ends on 2026-11-30")
    assert len([a for a in server.graph.asked if "batch" in a.form]) == 3


async def test_a_pages_token_that_was_replaced_is_asked_for_anew(graph: FakeGraph, page: Facebook) -> None:
    cursor = (await page.poll(None)).cursor
    graph.tokens["EAAa-newer-page-t0ken"] = graph.tokens.pop(PAGE_TOKEN)
    graph.nodes[PAGE]["access_token"] = "EAAa-newer-page-t0ken"
    graph.comment(graph.post(), "bonjour")

    with pytest.raises(AuthenticationError):
        await page.poll(cursor)

    assert texts((await page.poll(cursor)).comments) == ["bonjour"]


async def test_a_conversation_is_read_whole(graph: FakeGraph, page: Facebook) -> None:
    first = graph.comment(graph.post(), "un")
    answer = graph.comment(first, "deux")
    graph.comment(first, "trois")
    found = {c.native_id: c for c in (await page.poll(None)).comments}

    assert texts(await page.thread(found[answer])) == ["un", "deux", "trois"]


# -- answering -----------------------------------------------------------------------------------------


async def test_an_answer_to_an_answer_stands_under_the_first_comment(graph: FakeGraph, page: Facebook) -> None:
    post = graph.post()
    first = graph.comment(post)
    answer = graph.comment(first)

    outcome = await page.send_reply(outgoing(parent_id=answer, post_id=post))

    assert graph.sent() == [("POST", f"{first}/comments")]
    assert isinstance(outcome, Sent)
    assert graph.nodes[outcome.receipt.remote_id]["parent_id"] == first
    assert outcome.receipt.url.startswith("https://www.facebook.com/")


async def test_what_we_sent_is_recognised_when_it_comes_back(graph: FakeGraph, page: Facebook) -> None:
    post = graph.post()
    cursor = (await page.poll(None)).cursor

    outcome = await page.send_reply(outgoing(parent_id=graph.comment(post), post_id=post))

    assert isinstance(outcome, Sent)
    assert outcome.receipt.remote_id in {c.native_id for c in (await page.poll(cursor)).comments}


async def test_a_text_one_character_too_long_is_refused_before_it_is_sent(graph: FakeGraph, page: Facebook) -> None:
    post = graph.post()

    fits = await page.send_reply(outgoing("é" * 8000, parent_id=post, post_id=post))
    outcome = await page.send_reply(outgoing("é" * 8001, parent_id=post, post_id=post))

    assert isinstance(fits, Sent)
    assert isinstance(outcome, Rejected)
    assert "8001 of 8000" in outcome.message
    assert len(graph.sent()) == 1


async def test_an_answer_to_what_is_gone_is_refused_before_it_is_sent(graph: FakeGraph, page: Facebook) -> None:
    post = graph.post()
    comment = graph.comment(post)
    graph.forget(comment)

    outcome = await page.send_reply(outgoing(parent_id=comment, post_id=post))

    assert isinstance(outcome, Rejected)
    assert outcome.message == "the comment is no longer there"
    assert not graph.sent()


async def test_where_the_page_may_not_answer_nothing_is_sent(graph: FakeGraph, page: Facebook) -> None:
    post = graph.post()
    comment = graph.comment(post, can_comment=False)

    assert isinstance(await page.send_reply(outgoing(parent_id=comment, post_id=post)), Rejected)
    assert not graph.sent()


@pytest.mark.parametrize("late", [False, True], ids=["before", "after"])
async def test_an_answer_lost_in_time_is_found_or_not_and_never_sent_twice(
    server: Server, hasty: Facebook, *, late: bool
) -> None:
    post = server.graph.post()
    comment = server.graph.comment(post, "Ouvert ?")
    reply = outgoing("Oui, à 10 h.", parent_id=comment, post_id=post)
    server.fail("POST", "/comments", silent=True, late=late)

    outcome = await hasty.send_reply(reply)
    receipt = await hasty.read_back(reply)

    assert isinstance(outcome, Unknown)
    assert (receipt is not None) == late
    assert server.graph.words().count("Oui, à 10 h.") == (1 if late else 0)
    assert len([a for a in server.graph.asked if a.method == "POST" and a.path.endswith("/comments")]) == 1


async def test_the_same_words_of_somebody_else_or_of_before_are_not_ours(graph: FakeGraph, page: Facebook) -> None:
    post = graph.post()
    comment = graph.comment(post)
    graph.comment(comment, "Merci.", by=("88", "Quelqu’un"))
    graph.comment(comment, "Merci.", by=(PAGE, "Musée d’Essai"), at=stamp(NOON - timedelta(hours=1)))

    assert await page.read_back(outgoing("Merci.", parent_id=comment, post_id=post)) is None


async def test_a_post_lost_on_its_way_back_is_found(server: Server, hasty: Facebook) -> None:
    thread = outgoing("Parlons-en ici.", title="Débat")
    server.fail("POST", "/feed", silent=True, late=True)

    outcome = await hasty.open_thread(thread)
    receipt = await hasty.read_back(thread)

    assert isinstance(outcome, Unknown)
    assert receipt is not None
    assert receipt.remote_id in server.graph.nodes


REFUSALS: list[tuple[int, bytes, dict[str, str], type[Outcome], str]] = [
    (401, refusal(190, "Session has expired", subcode=463), {}, Rejected, "the token has expired"),
    (400, refusal(190, "The user changed the password", subcode=460), {}, Rejected, "the password was changed"),
    (400, refusal(190, "App not installed", subcode=458), {}, Rejected, "the app was removed"),
    (400, refusal(190, "Checkpointed", subcode=459), {}, Rejected, "has to confirm something"),
    (400, refusal(190, "Logged out", subcode=467), {}, Rejected, "taken back"),
    (400, refusal(190, "No role", subcode=492), {}, Rejected, "no role on this Page"),
    (400, refusal(102, "Session key invalid"), {}, Rejected, "make a new token"),
    (403, refusal(10, "Application does not have permission"), {}, Rejected, "lacks a permission"),
    (403, refusal(200, "Permissions error"), {}, Rejected, "needs MODERATE"),
    (403, refusal(210, "A page access token is required"), {}, Rejected, "own token is needed"),
    (403, refusal(220, "Not visible"), {}, Rejected, "may not be seen"),
    (403, refusal(230, "Requires pages_messaging"), {}, Rejected, "messages"),
    (403, refusal(240, "Only the owner"), {}, Rejected, "only the account itself"),
    (403, refusal(270, "Development mode"), {}, Rejected, "in development"),
    (403, refusal(283, "Requires pages_read_engagement"), {}, Rejected, "pages_read_engagement"),
    (403, refusal(299, "Something else"), {}, Rejected, "lacks a permission"),
    (400, refusal(3, "Unknown method"), {}, Rejected, "no such capability"),
    (403, b"<html>Forbidden</html>", {"Content-Type": "text/html"}, Rejected, "403"),
    (404, refusal(803, "Some of the aliases do not exist"), {}, Rejected, "aliases"),
    (400, refusal(100, "Object does not exist", subcode=33), {}, Rejected, "may have been deleted"),
    (409, refusal(506, "Duplicate status message"), {}, Rejected, "vary them"),
    (400, refusal(506, "Duplicate status message"), {}, Rejected, "vary them"),
    (400, refusal(4, "Application request limit reached"), {}, NotSent, "limit reached"),
    (400, refusal(17, "User request limit reached"), {}, NotSent, "limit reached"),
    (400, refusal(32, "Page request limit reached"), {}, NotSent, "limit reached"),
    (400, refusal(613, "Calls to this api have exceeded the rate limit"), {}, NotSent, "exceeded"),
    (400, refusal(80001, "Too many calls to this Page"), {}, NotSent, "Too many calls"),
    (429, b"{}", {"Retry-After": "90"}, NotSent, "429"),
    (400, refusal(368, "Temporarily blocked"), {}, NotSent, "blocked"),
    (500, refusal(1, "An unknown error occurred"), {}, Unknown, "unknown error"),
    (400, refusal(2, "Service temporarily unavailable", is_transient=True), {}, Unknown, "unavailable"),
    (503, b"<html>maintenance</html>", {"Content-Type": "text/html"}, Unknown, "503"),
    (200, b"<html>log in</html>", {"Content-Type": "text/html"}, Unknown, "web page"),
    (200, b'{"id": "9001_1", "mess', {}, Unknown, "cannot be read"),
    (200, b"[]", {}, Unknown, "in place of a dict"),
    (200, b"{}", {}, Unknown, "does not say where"),
    (302, b"", {"Location": "https://evil.example/"}, Unknown, "evil.example"),
]


@pytest.mark.parametrize(("status", "body", "headers", "outcome", "word"), REFUSALS)
async def test_each_refusal_becomes_an_honest_outcome(
    server: Server, page: Facebook, status: int, body: bytes, headers: dict[str, str], outcome: type[Outcome], word: str
) -> None:
    post = server.graph.post()
    server.fail("POST", "/comments", status, body, headers=headers)

    found = await page.send_reply(outgoing(parent_id=post, post_id=post))

    assert isinstance(found, outcome)
    assert word in f"{found}"
    assert "t0ken" not in f"{found}"
    assert not server.graph.words().count("Merci.")


async def test_an_answer_cut_short_is_in_doubt(server: Server, page: Facebook) -> None:
    post = server.graph.post()
    server.fail("POST", "/comments", 200, b'{"id": "9001_1"}', cut=True)

    assert isinstance(await page.send_reply(outgoing(parent_id=post, post_id=post)), Unknown)


READS: list[tuple[int, bytes, dict[str, str], type[ConnectorError], str]] = [
    (401, refusal(190, "expired", subcode=463), {}, AuthenticationError, "expired"),
    (400, refusal(190, "revoked", subcode=467), {}, AuthenticationError, "revoked"),
    (403, refusal(10, "needs pages_read_user_content"), {}, AuthenticationError, "pages_read_user_content"),
    (400, refusal(200, "Requires pages_read_engagement"), {}, AuthenticationError, "pages_read_engagement"),
    (404, refusal(100, "does not exist", subcode=33), {}, RejectedError, "does not exist"),
    (409, b"{}", {}, RejectedError, "409"),
    (429, b"{}", {"Retry-After": "90"}, RateLimitedError, "429"),
    (400, refusal(4, "limit"), {}, RateLimitedError, "limit"),
    (403, refusal(32, "limit"), {}, RateLimitedError, "limit"),
    (500, refusal(2, "down"), {}, UnreachableError, "down"),
    (502, b"<html>", {"Content-Type": "text/html"}, UnreachableError, "502"),
    (200, b"<html>log in</html>", {"Content-Type": "text/html"}, ProtocolError, "web page"),
    (200, b'{"data": [{"id": "1', {}, ProtocolError, "cannot be read"),
    (200, b'{"data": {"id": "1"}}', {}, ProtocolError, "no list"),
    (200, b"[1, 2]", {}, ProtocolError, "in place of a dict"),
    (302, b"", {"Location": "https://evil.example/x"}, ProtocolError, "evil.example"),
]


@pytest.mark.parametrize(("status", "body", "headers", "caught", "word"), READS)
async def test_each_failing_read_becomes_our_error(
    server: Server,
    page: Facebook,
    status: int,
    body: bytes,
    headers: dict[str, str],
    caught: type[Exception],
    word: str,
) -> None:
    server.fail("GET", "/feed", status, body, headers=headers)

    with pytest.raises(caught, match=word) as raised:
        await page.poll(None)

    assert "t0ken" not in f"{raised.value} {raised.value.__dict__}"


async def test_a_read_that_takes_too_long_is_unreachable(server: Server) -> None:
    page = server.connect(Facebook, patience=Timeouts(read=0.5))
    server.fail("GET", "/feed", silent=True)

    with pytest.raises(UnreachableError, match="did not answer in time"):
        await page.poll(None)
    await page.http.aclose()


async def test_a_long_way_that_breaks_off_keeps_no_other_post_away(server: Server, page: Facebook) -> None:
    other, post = server.graph.post("un autre"), server.graph.post()
    server.graph.comment(other, "a")
    for number in range(800):
        server.graph.comment(post, f"n{number}")
    batch = await page.poll(None)
    server.fail("GET", f"/{post}/comments", 200, b"<html>", times=99)

    broken_off = await page.poll(batch.cursor)
    others = await page.poll(broken_off.cursor)

    assert not batch.complete
    assert broken_off.complete
    assert texts(others.comments) == ["a"]


async def test_a_redirect_elsewhere_takes_no_token_along(server: Server, page: Facebook) -> None:
    with serving_graph() as elsewhere:
        server.fail("GET", "/me/accounts", 302, headers={"Location": f"{elsewhere.url}/v25.0/me/accounts"})

        with pytest.raises(ProtocolError, match="does not follow"):
            await page.poll(None)

        assert not elsewhere.graph.asked


async def test_what_arrived_before_a_limit_is_not_lost(server: Server, page: Facebook) -> None:
    first, second = server.graph.post("un"), server.graph.post("deux")
    for number in range(3):
        server.graph.comment(first, f"a{number}")
        server.graph.comment(second, f"b{number}")
    server.fail("GET", f"/{first}/comments", 400, refusal(32, "limit"))

    batch = await page.poll(None)
    rest, _ = await drained(page, batch.cursor)

    assert sorted(texts(batch.comments) + rest) == ["a0", "a1", "a2", "b0", "b1", "b2"]


async def test_one_post_that_makes_no_sense_hides_no_other(server: Server, page: Facebook) -> None:
    first, second = server.graph.post("un"), server.graph.post("deux")
    server.graph.comment(first, "a")
    server.graph.comment(second, "b")
    server.fail("GET", f"/{second}/comments", 200, b"<html>", times=99)

    batch = await page.poll(None)

    assert texts(batch.comments) == ["a"]
    with pytest.raises(ProtocolError):
        await page.poll(batch.cursor)


def endless(server: Server, post: str, row: dict[str, Any] | None) -> None:
    """Let a list of comments have no end: the same page under ever new addresses."""
    server.graph.comment(post, "un")
    for number in range(300):
        paging = {"cursors": {"after": f"x{number}"}, "next": f"https://evil.example/x?after=x{number}&access_token=y"}
        body = json.dumps({"data": [row] if row else [], "paging": paging}).encode()
        server.fail("GET", f"/{post}/comments", 200, body)


async def test_a_page_that_comes_again_and_again_is_the_last_one(server: Server, page: Facebook) -> None:
    endless(server, server.graph.post(), {"id": "9001_5", "message": "encore", "created_time": stamp(NOON)})

    found, _ = await drained(page, None)

    assert found == ["encore"]
    assert len(server.graph.asked) < 20


async def test_a_list_without_an_end_is_told_and_keeps_no_other_away(server: Server, page: Facebook) -> None:
    other = server.graph.post("un autre")
    endless(server, server.graph.post(), None)
    server.graph.comment(other, "bonjour")

    found, cursor = await drained(page, None)
    asked = len(server.graph.asked)
    warned = page.warning()
    server.graph.comment(other, "toujours là")
    later, _ = await drained(page, cursor)

    assert (found, later) == (["bonjour"], ["toujours là"])
    assert asked < 60
    assert "round in circles" in warned
    assert {each.path.partition("/")[2] for each in server.graph.asked} <= {"", "accounts", "feed", "comments"}


# -- the limits ----------------------------------------------------------------------------------------


USAGES: list[tuple[dict[str, Any], float]] = [
    ({"X-App-Usage": {"call_count": 100, "total_cputime": 5, "total_time": 5}}, 600),
    ({"X-Page-Usage": {"call_count": 12, "total_cputime": 104, "total_time": 5}}, 600),
    (
        {
            "X-Business-Use-Case-Usage": {
                PAGE: [{"type": "pages", "call_count": 97, "estimated_time_to_regain_access": 19}]
            }
        },
        19 * 60,
    ),
]


@pytest.mark.parametrize(("usage", "wait"), USAGES, ids=["app", "page", "business use case"])
async def test_a_budget_that_is_used_up_is_left_alone(
    server: Server, page: Facebook, usage: dict[str, Any], wait: float
) -> None:
    post = server.graph.post()
    await page.poll(None)
    server.graph.usage = usage
    with suppress(RateLimitedError):
        await page.fetch(["9001_1"])
    before = len(server.graph.asked)

    outcome = await page.send_reply(outgoing(parent_id=post, post_id=post))
    with pytest.raises(RateLimitedError):
        await page.poll(None)

    assert isinstance(outcome, NotSent)
    assert outcome.retry_after == pytest.approx(wait)
    assert len(server.graph.asked) == before

    server.graph.usage = {}
    server.clock.now += wait + 1
    assert isinstance(await page.send_reply(outgoing(parent_id=post, post_id=post)), Sent)


async def test_a_refused_call_waits_as_long_as_the_header_says(server: Server, page: Facebook) -> None:
    post = server.graph.post()
    use = {PAGE: [{"type": "pages", "call_count": 100, "estimated_time_to_regain_access": 42}]}
    headers = {"X-Business-Use-Case-Usage": json.dumps(use)}
    server.fail("POST", "/comments", 400, refusal(80001, "too many"), headers=headers)

    outcome = await page.send_reply(outgoing(parent_id=post, post_id=post))

    assert isinstance(outcome, NotSent)
    assert outcome.retry_after == 42 * 60


async def test_near_the_limit_reading_slows_down_and_answering_does_not(server: Server, page: Facebook) -> None:
    post = server.graph.post()
    comment = server.graph.comment(post)
    cursor = (await page.poll(None)).cursor
    server.graph.usage = {"X-App-Usage": {"call_count": 90}}

    with pytest.raises(RateLimitedError):
        await page.poll(cursor)

    assert isinstance(await page.send_reply(outgoing(parent_id=comment, post_id=post)), Sent)


# -- publishing and moderating -------------------------------------------------------------------------


async def test_a_notice_stands_under_its_post_and_says_that_it_is_not_pinned(graph: FakeGraph, page: Facebook) -> None:
    post = graph.post()

    outcome = await page.pin_notice(outgoing("Restons calmes.", post_id=post))

    assert isinstance(outcome, Sent)
    assert "not pinned" in outcome.receipt.warning
    assert graph.sent() == [("POST", f"{post}/comments")]
    assert isinstance(await page.unpin_notice(outcome.receipt.remote_id), Rejected)


async def test_a_thread_is_a_new_post_with_an_address(graph: FakeGraph, page: Facebook) -> None:
    outcome = await page.open_thread(outgoing("Parlons-en ici."))

    assert isinstance(outcome, Sent)
    assert outcome.receipt.url == graph.nodes[outcome.receipt.remote_id]["permalink_url"]


async def test_a_post_one_character_too_long_is_refused_before_it_is_sent(graph: FakeGraph, page: Facebook) -> None:
    fits, refused = [await page.open_thread(outgoing("é" * length)) for length in (63_206, 63_207)]

    assert isinstance(fits, Sent)
    assert isinstance(refused, Rejected)
    assert len(graph.sent()) == 1


async def test_a_thread_that_should_stay_first_says_that_it_is_not_pinned(page: Facebook) -> None:
    outcome = await page.open_thread(outgoing("Parlons-en ici.", pin=True))

    assert isinstance(outcome, Sent)
    assert "not pinned" in outcome.receipt.warning


async def test_what_the_page_wrote_can_be_written_anew(graph: FakeGraph, page: Facebook) -> None:
    comment = graph.comment(graph.post(), "Ouvert.", by=(PAGE, "Musée d’Essai"))

    assert isinstance(await page.edit_own(comment, outgoing("Fermé le lundi.")), Sent)
    assert graph.nodes[comment]["message"] == "Fermé le lundi."


async def test_hiding_showing_and_deleting_are_done(graph: FakeGraph, page: Facebook) -> None:
    comment = graph.comment(graph.post())

    assert isinstance(await page.hide(comment, hidden=True), Sent)
    assert graph.nodes[comment]["is_hidden"]
    assert isinstance(await page.hide(comment, hidden=False), Sent)
    assert not graph.nodes[comment]["is_hidden"]
    assert isinstance(await page.delete(comment), Sent)
    assert comment not in graph.nodes


async def test_a_deletion_whose_answer_was_lost_is_done_when_repeated(
    server: Server, page: Facebook, hasty: Facebook
) -> None:
    post = server.graph.post()
    server.graph.comment(post)
    comment = server.graph.comment(post)
    await page.poll(None)
    server.fail("DELETE", comment, silent=True, late=True)

    assert isinstance(await hasty.delete(comment), Unknown)
    assert isinstance(await page.delete(comment), Sent)


async def test_a_change_that_is_not_confirmed_is_in_doubt(server: Server, page: Facebook) -> None:
    comment = server.graph.comment(server.graph.post())
    server.fail("POST", comment, 200, b'{"success": false}')

    assert isinstance(await page.hide(comment, hidden=True), Unknown)


@pytest.mark.parametrize("native_id", ["../me", "me", "1?fields=access_token", "", "1/2", "１"])
async def test_what_is_no_id_is_asked_of_nobody(graph: FakeGraph, page: Facebook, native_id: str) -> None:
    await page.identify()
    before = len(graph.asked)

    assert isinstance(await page.delete(native_id), Rejected)
    assert isinstance(await page.hide(native_id, hidden=True), Rejected)
    assert await page.fetch([native_id]) == []
    assert len(graph.asked) == before


# -- the secret ----------------------------------------------------------------------------------------


async def test_no_token_ever_stands_in_an_address(server: Server) -> None:
    page = watched(server)
    post = server.graph.post()
    for number in range(150):
        server.graph.comment(post, f"n{number}")
    await page.identify()
    _, cursor = await drained(page, None)
    await page.send_reply(outgoing(parent_id=post, post_id=post))
    await page.fetch([f"9001_{number}" for number in range(3)])
    await page.http.aclose()

    addresses = " ".join(asked.url for asked in server.graph.asked)
    assert "access_token=" not in addresses
    assert "input_token" not in addresses
    for secret in (USER_TOKEN, PAGE_TOKEN, APP_SECRET):
        assert secret not in addresses
        assert secret not in cursor
