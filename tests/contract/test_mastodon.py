"""Mastodon against a running server: comments in, replies out exactly once, and every way the server can fail."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing, closing
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from mastodon_network import Network
from wire import serving

from connectors._errors import AuthenticationError, ProtocolError, RateLimitedError, RejectedError, UnreachableError
from connectors._http import Http, Timeouts
from connectors._mastodon_entities import Rules
from connectors._mastodon_login import begin_login, finish_login
from connectors._mastodon_options import MastodonOptions
from connectors._model import Capability, Comment, Gone, NotSent, Outgoing, Rejected, Sent, Unknown
from connectors._secret import Secret
from connectors.mastodon import Mastodon


def connect(network: Network, http: Http, token: str = "", **more: Any) -> Mastodon:
    token = token or network.token()
    return Mastodon("museum", MastodonOptions(server=network.url, token=Secret(token), **more), http)


@pytest.fixture
async def http() -> AsyncIterator[Http]:
    client = Http(attempts=1, timeouts=Timeouts(read=5))
    yield client
    await client.aclose()


@pytest.fixture
def museum(network: Network, http: Http) -> Mastodon:
    return connect(network, http)


def outgoing(text: str, parent: str | None = None, **more: Any) -> Outgoing:
    return Outgoing(client_id="key-1", text=text, created_at=datetime.now(UTC), parent_id=parent, **more)


def texts(comments: Any) -> list[str]:
    return [comment.text for comment in comments]


# -- reading -------------------------------------------------------------------------------------------


async def test_it_tells_who_we_are(museum: Mastodon) -> None:
    identity = await museum.identify()

    assert (identity.handle, identity.name) == ("museum", "Museum")
    assert identity.server.startswith("Mastodon Mock")


async def test_a_first_visit_takes_recent_mentions_with_their_post(network: Network, museum: Mastodon) -> None:
    post = network.write("museum", "L'Épée, from Friday")
    network.write("camille", "@museum is there a lift?", post["id"])

    batch = await museum.poll(None)

    assert texts(batch.comments) == ["@museum is there a lift?"]
    assert (batch.comments[0].post_id, batch.comments[0].parent_id) == (post["id"], None)
    assert [(p.native_id, p.text) for p in batch.posts] == [(post["id"], "L'Épée, from Friday")]
    assert batch.complete


async def test_the_next_poll_brings_only_what_is_new(network: Network, museum: Mastodon) -> None:
    network.write("camille", "@museum one")
    first = await museum.poll(None)
    network.write("leo", "@museum two")
    second = await museum.poll(first.cursor)
    third = await museum.poll(second.cursor)

    assert texts(second.comments) == ["@museum two"]
    assert not third.comments


async def test_a_connector_made_anew_goes_on_from_the_cursor(network: Network, museum: Mastodon, http: Http) -> None:
    network.write("camille", "@museum one")
    first = await museum.poll(None)
    network.write("leo", "@museum two")

    second = await connect(network, http).poll(first.cursor)

    assert texts(second.comments) == ["@museum two"]


async def test_catching_up_reads_every_page_in_order(network: Network, museum: Mastodon) -> None:
    network.write("anon", "@museum before")
    cursor = (await museum.poll(None)).cursor
    for number in range(95):
        network.write("anon", f"@museum copy {number}")

    batch = await museum.poll(cursor)

    assert texts(batch.comments) == [f"@museum copy {number}" for number in range(95)]
    assert batch.complete


async def test_an_empty_account_can_be_polled_until_the_first_mention(network: Network, museum: Mastodon) -> None:
    nothing = await museum.poll(None)
    network.write("leo", "@museum first ever")

    batch = await museum.poll(nothing.cursor)

    assert not nothing.comments
    assert texts(batch.comments) == ["@museum first ever"]


async def test_a_cursor_of_another_age_begins_anew(network: Network, museum: Mastodon) -> None:
    network.write("leo", "@museum hello")

    assert texts((await museum.poll('{"page": 3}')).comments) == ["@museum hello"]


async def test_favourites_and_boosts_are_no_comments(network: Network, museum: Mastodon) -> None:
    post = network.write("museum", "New rooms")
    network.call("POST", f"/api/v1/statuses/{post['id']}/favourite", "leo")
    network.call("POST", f"/api/v1/statuses/{post['id']}/reblog", "anon")

    assert not (await museum.poll(None)).comments


async def test_strangers_whom_the_server_files_away_are_seen(network: Network, museum: Mastodon) -> None:
    network.call("PATCH", "/api/v1/notifications/policy", for_not_following="filter")
    network.write("anon", "@museum shame on you")

    assert texts((await museum.poll(None)).comments) == ["@museum shame on you"]


async def test_a_deep_answer_finds_its_post_and_its_parent(network: Network, museum: Mastodon) -> None:
    post = network.write("museum", "L'Épée")
    one = network.write("camille", "@museum it is a copy", post["id"])
    two = network.write("leo", "@camille it is not", one["id"])
    network.write("camille", "@leo @museum it is", two["id"])

    deep = next(c for c in (await museum.poll(None)).comments if c.text.endswith("it is"))

    assert (deep.post_id, deep.parent_id) == (post["id"], two["id"])


async def test_a_flood_under_one_post_asks_for_its_conversation_once(network: Network, museum: Mastodon) -> None:
    post = network.write("museum", "Programme")
    for number in range(10):
        network.write("anon", f"@museum copy {number}", post["id"])
    network.fault("/api/v1/statuses/*/context", "latency", count=1)
    network.fault("/api/v1/statuses/*/context", "status", status=500)

    batch = await museum.poll(None)

    assert {comment.post_id for comment in batch.comments} == {post["id"]}


async def test_a_conversation_that_cannot_be_read_hides_no_comment(network: Network, museum: Mastodon) -> None:
    post = network.write("museum", "Programme")
    network.write("leo", "@museum lost?", post["id"])
    network.fault("/api/v1/statuses/*/context", "status", status=500)

    comment = (await museum.poll(None)).comments[0]

    assert (comment.text, comment.post_id, comment.parent_id) == ("@museum lost?", "", post["id"])


async def test_an_edit_is_a_new_version_of_the_same_comment(network: Network, museum: Mastodon) -> None:
    written = network.write("anon", "@museum nice")
    first = (await museum.poll(None)).comments[0]
    network.call("PUT", f"/api/v1/statuses/{written['id']}", "anon", status="@museum awful")

    second = (await museum.fetch([first.native_id]))[0]

    assert isinstance(second, Comment)
    assert second.native_id == first.native_id
    assert second.version != first.version
    assert second.text == "@museum awful"


async def test_only_fetch_says_that_a_comment_is_gone(network: Network, museum: Mastodon) -> None:
    kept = network.write("leo", "@museum kept")
    removed = network.write("anon", "@museum removed")
    network.call("DELETE", f"/api/v1/statuses/{removed['id']}", "anon")

    found = await museum.fetch([kept["id"], removed["id"]])

    assert [type(each) for each in found] == [Comment, Gone]


async def test_a_comment_fetched_again_unchanged_is_equal(network: Network, museum: Mastodon) -> None:
    post = network.write("museum", "Programme")
    network.write("leo", "@museum hello", post["id"])
    polled = (await museum.poll(None)).comments[0]

    assert await museum.fetch([polled.native_id]) == [polled]


async def test_a_second_look_never_gives_half_a_comment(network: Network, museum: Mastodon, http: Http) -> None:
    post = network.write("museum", "Programme")
    network.write("leo", "@museum hello", post["id"])
    polled = (await museum.poll(None)).comments[0]
    network.fault("/api/v1/statuses/*/context", "status", status=500)

    assert await connect(network, http).fetch([polled.native_id]) == []


async def test_servers_without_bulk_reading_are_asked_one_by_one(network: Network, museum: Mastodon) -> None:
    written = network.write("leo", "@museum hello")
    network.fault("/api/v1/statuses", "status", methods=["GET"], status=404)

    found = await museum.fetch([written["id"], "123"])

    assert [type(each) for each in found] == [Comment, Gone]


async def test_what_a_failing_server_does_not_show_is_not_called_gone(network: Network, museum: Mastodon) -> None:
    await museum.identify()
    network.fault("/api/v1/statuses/*", "status", status=503)

    with pytest.raises(UnreachableError):
        await museum.fetch(["123"])


async def test_a_thread_is_read_oldest_first(network: Network, museum: Mastodon) -> None:
    post = network.write("museum", "L'Épée")
    question = network.write("camille", "@museum really?", post["id"])
    network.write("museum", "@camille really", question["id"])
    comment = (await museum.poll(None)).comments[0]

    thread = await museum.thread(comment)

    assert texts(thread) == ["L'Épée", "@museum really?", "@camille really"]
    assert [c.author.is_self for c in thread] == [True, False, True]


# -- writing -------------------------------------------------------------------------------------------


async def mention(network: Network, museum: Mastodon, text: str = "@museum hello", **more: str) -> Comment:
    network.write("camille", text, **more)
    return (await museum.poll(None)).comments[0]


async def test_a_reply_arrives_once_however_often_it_is_sent(network: Network, museum: Mastodon) -> None:
    comment = await mention(network, museum)
    reply = outgoing(museum.mention_prefix(comment) + "welcome", comment.native_id, language="en")

    first, second = await museum.send_reply(reply), await museum.send_reply(reply)

    published = network.statuses()
    assert isinstance(first, Sent)
    assert isinstance(second, Sent)
    assert first.receipt.remote_id == second.receipt.remote_id == published[0]["id"]
    assert len(published) == 1
    assert published[0]["in_reply_to_id"] == comment.native_id
    assert "@camille welcome" in published[0]["content"]
    assert published[0]["language"] == "en"


async def test_the_mention_prefix_names_the_author_and_never_us(network: Network, museum: Mastodon) -> None:
    post = network.write("museum", "L'Épée")
    network.write("camille", "@museum hello", post["id"])
    comment = (await museum.poll(None)).comments[0]
    ours = next(c for c in await museum.thread(comment) if c.author.is_self)

    assert museum.mention_prefix(comment) == "@camille "
    assert not museum.mention_prefix(ours)


@pytest.mark.parametrize("known", [True, False], ids=["seen before", "after a restart"])
async def test_a_reply_to_a_direct_message_stays_direct(network: Network, http: Http, *, known: bool) -> None:
    museum = connect(network, http)
    comment = await mention(network, museum, visibility="direct")
    sender = museum if known else connect(network, http)

    await sender.send_reply(outgoing("@camille in private", comment.native_id, visibility="public"))

    assert network.statuses()[0]["visibility"] == "direct"


async def test_a_reply_may_be_more_private_than_its_parent(network: Network, museum: Mastodon) -> None:
    comment = await mention(network, museum)

    await museum.send_reply(outgoing("@camille in private", comment.native_id, visibility="followers"))

    assert network.statuses()[0]["visibility"] == "private"


async def test_a_refused_text_is_rejected_in_the_servers_words(network: Network, museum: Mastodon) -> None:
    comment = await mention(network, museum)
    museum._rules = Rules(max_characters=5000)  # the server is stricter than it says

    outcome = await museum.send_reply(outgoing("x" * 501, comment.native_id))

    assert isinstance(outcome, Rejected)
    assert "too long (maximum is 500 characters)" in outcome.message
    assert not network.statuses()


async def test_a_notice_is_public_and_pinned(network: Network, museum: Mastodon) -> None:
    outcome = await museum.pin_notice(outgoing("Let us stay civil"))

    assert isinstance(outcome, Sent)
    assert not outcome.receipt.warning
    notice = network.statuses()[0]
    assert (notice["id"], notice["pinned"], notice["visibility"]) == (outcome.receipt.remote_id, True, "public")


async def test_a_refused_pin_leaves_the_notice_published_with_a_warning(network: Network, museum: Mastodon) -> None:
    error = {"error": "Validation failed: You have already pinned the maximum number of posts"}
    network.fault("/api/v1/statuses/*/pin", "status", status=422, body=error)

    outcome = await museum.pin_notice(outgoing("Let us stay civil"))

    assert isinstance(outcome, Sent)
    assert "not pinned" in outcome.receipt.warning
    assert "maximum number" in outcome.receipt.warning
    assert len(network.statuses()) == 1


async def test_a_notice_sent_again_is_neither_doubled_nor_unpinned(network: Network, museum: Mastodon) -> None:
    await museum.pin_notice(outgoing("Let us stay civil"))
    network.fault("/api/v1/statuses/*/pin", "status", status=422, body={"error": "Duplicate record"})

    again = await museum.pin_notice(outgoing("Let us stay civil"))

    assert isinstance(again, Sent)
    assert not again.receipt.warning
    assert len(network.statuses()) == 1


async def test_where_a_notice_is_pinned_is_said_beforehand(museum: Mastodon) -> None:
    await museum.identify()

    assert museum.where_pinned() == "pinned on the profile of @museum (4 at most), not inside the conversation"


async def test_an_unpinned_notice_stays_public(network: Network, museum: Mastodon) -> None:
    outcome = await museum.pin_notice(outgoing("Let us stay civil"))
    assert isinstance(outcome, Sent)

    await museum.unpin_notice(outcome.receipt.remote_id)

    assert not network.statuses()[0]["pinned"]


async def test_a_thread_is_a_root_status_with_an_address(network: Network, museum: Mastodon) -> None:
    outcome = await museum.open_thread(outgoing("Talk to us here", visibility="direct"))

    assert isinstance(outcome, Sent)
    root = network.statuses()[0]
    assert (root["in_reply_to_id"], root["visibility"], root["url"]) == (None, "public", outcome.receipt.url)


async def test_a_thread_asked_to_stay_first_is_pinned(network: Network, museum: Mastodon) -> None:
    await museum.open_thread(outgoing("Talk to us here", pin=True))

    assert network.statuses()[0]["pinned"] is True


async def test_our_own_reply_reads_otherwise_after_an_edit(network: Network, museum: Mastodon) -> None:
    comment = await mention(network, museum)
    sent = await museum.send_reply(outgoing("@camille at ten", comment.native_id))
    assert isinstance(sent, Sent)

    edited = await museum.edit_own(sent.receipt.remote_id, outgoing("@camille at eleven"))

    assert isinstance(edited, Sent)
    assert edited.receipt.remote_id == sent.receipt.remote_id
    assert "at eleven" in network.statuses()[0]["content"]


async def test_a_visitors_status_cannot_be_edited(network: Network, museum: Mastodon) -> None:
    comment = await mention(network, museum)

    assert isinstance(await museum.edit_own(comment.native_id, outgoing("kinder words")), Rejected)


async def test_a_muted_author_can_be_heard_again(network: Network, museum: Mastodon) -> None:
    author = (await mention(network, museum)).author.native_id
    muting = [f"/api/v1/accounts/relationships?id[]={author}"]

    await museum.mute(author, seconds=3600)
    muted = network.call("GET", muting[0])[0]["muting"]
    await museum.mute(author, seconds=0)

    assert muted
    assert not network.call("GET", muting[0])[0]["muting"]


async def test_a_report_names_the_comment_and_the_reason(network: Network, museum: Mastodon) -> None:
    comment = await mention(network, museum)

    assert isinstance(await museum.report(comment, reason="a threat"), Sent)

    filed = network.call("GET", "/api/v1/admin/reports")[0]
    assert filed["comment"] == "a threat"
    assert [status["id"] for status in filed["statuses"]] == [comment.native_id]


async def test_our_own_can_be_deleted_and_others_cannot(network: Network, museum: Mastodon) -> None:
    ours = network.write("museum", "Oops")
    theirs = network.write("leo", "@museum hello")

    assert isinstance(await museum.delete(ours["id"]), Sent)
    assert isinstance(await museum.delete(theirs["id"]), Rejected)
    assert not network.statuses()


async def test_our_own_text_is_found_under_its_parent(network: Network, museum: Mastodon) -> None:
    comment = await mention(network, museum)
    reply = outgoing("@camille see https://museum.example/visit, welcome", comment.native_id)

    before = await museum.read_back(reply)
    sent = await museum.send_reply(reply)
    after = await museum.read_back(reply)

    assert before is None
    assert isinstance(sent, Sent)
    assert after == sent.receipt


async def test_an_older_twin_is_not_taken_for_ours(network: Network, museum: Mastodon) -> None:
    comment = await mention(network, museum)
    network.write("museum", "@camille welcome", comment.native_id)
    later = Outgoing(
        client_id="k",
        text="@camille welcome",
        created_at=datetime.now(UTC) + timedelta(hours=1),
        parent_id=comment.native_id,
    )

    assert await museum.read_back(later) is None


# -- a failing server ----------------------------------------------------------------------------------


async def test_a_wrong_token_says_so_and_what_to_do(network: Network, http: Http) -> None:
    with pytest.raises(AuthenticationError, match="answered 401") as caught:
        await connect(network, http, token="wrong-token-here").poll(None)

    assert "connect the account again" in caught.value.hint


@pytest.mark.parametrize(
    ("effect", "more", "error"),
    [
        ("status", {"status": 500}, UnreachableError),
        ("status", {"status": 503}, UnreachableError),
        ("malformed", {}, ProtocolError),
        ("ratelimit", {"headers": {"Retry-After": "77"}}, RateLimitedError),
        ("status", {"status": 403}, AuthenticationError),
        ("latency", {"delay_ms": 2000}, UnreachableError),
    ],
)
async def test_a_failing_server_breaks_a_poll_in_our_words_and_loses_nothing(
    network: Network, effect: str, more: dict[str, Any], error: type[Exception]
) -> None:
    http = Http(attempts=1, timeouts=Timeouts(read=1))
    museum = connect(network, http)
    cursor = (await museum.poll(None)).cursor
    network.write("leo", "@museum still here")
    network.fault("/api/v1/notifications", effect, count=1, **more)

    with pytest.raises(error) as caught:
        await museum.poll(cursor)
    again = connect(network, http := Http())

    assert texts((await again.poll(cursor)).comments) == ["@museum still here"]
    assert not isinstance(caught.value, RateLimitedError) or caught.value.retry_after == 77
    await http.aclose()
    await museum.http.aclose()


@pytest.mark.parametrize(
    ("effect", "more", "outcome"),
    [
        ("status", {"status": 500}, Unknown),
        ("malformed", {}, Unknown),
        ("latency", {"delay_ms": 2000}, Unknown),
        ("ratelimit", {"headers": {"Retry-After": "77"}}, NotSent),
        ("status", {"status": 401}, Rejected),
        ("status", {"status": 422}, Rejected),
    ],
)
async def test_a_doubtful_sending_is_never_called_unsent(
    network: Network, effect: str, more: dict[str, Any], outcome: type[object]
) -> None:
    http = Http(attempts=1, timeouts=Timeouts(read=1))
    museum = connect(network, http)
    comment = await mention(network, museum)
    network.fault("/api/v1/statuses", effect, methods=["POST"], count=1, **more)

    assert isinstance(await museum.send_reply(outgoing("@camille hello", comment.native_id)), outcome)
    await http.aclose()


async def test_a_doubt_is_settled_by_sending_again_under_the_same_key(network: Network) -> None:
    http = Http(attempts=1, timeouts=Timeouts(read=1))
    museum = connect(network, http)
    comment = await mention(network, museum)
    reply = outgoing("@camille hello", comment.native_id)
    network.fault("/api/v1/statuses", "latency", methods=["POST"], count=1, delay_ms=1500)

    doubtful = await museum.send_reply(reply)
    network.call("GET", "/api/v1/instance")
    again = await connect(network, http := Http()).send_reply(reply)

    assert isinstance(doubtful, Unknown)
    assert isinstance(again, Sent)
    assert len(network.statuses()) == 1
    await http.aclose()
    await museum.http.aclose()


async def test_nobody_there_is_unreachable(http: Http) -> None:
    museum = connect(Network("http://127.0.0.1:1"), http)

    with pytest.raises(UnreachableError, match=r"127\.0\.0\.1:1 cannot be reached"):
        await museum.poll(None)
    assert isinstance(await museum.send_reply(outgoing("hello")), NotSent)


# -- the live stream -----------------------------------------------------------------------------------


async def next_nudge(stream: AsyncIterator[None]) -> None:
    async with asyncio.timeout(10):
        await anext(stream)


async def test_a_mention_nudges_within_moments(network: Network, museum: Mastodon) -> None:
    async with aclosing(museum.stream()) as stream:
        await next_nudge(stream)
        await asyncio.to_thread(network.write, "leo", "@museum live")
        await next_nudge(stream)

    assert texts((await museum.poll(None)).comments) == ["@museum live"]


async def test_a_favourite_does_not_nudge(network: Network, museum: Mastodon) -> None:
    post = network.write("museum", "New rooms")
    async with aclosing(museum.stream()) as stream:
        await next_nudge(stream)
        await asyncio.to_thread(network.call, "POST", f"/api/v1/statuses/{post['id']}/favourite", "leo")
        await asyncio.to_thread(network.write, "leo", "@museum this does")
        await next_nudge(stream)
        following = asyncio.ensure_future(anext(stream))
        done, _ = await asyncio.wait({following}, timeout=0.3)
        following.cancel()
        await asyncio.wait({following})

    assert not done


async def test_a_cut_stream_nudges_again_after_reconnecting(network: Network) -> None:
    """A small relay stands before the server, so that the cut is a real one."""
    port = network.url.rpartition(":")[2]
    relayed: list[asyncio.StreamWriter] = []
    slept: list[float] = []

    async def relay(request: bytes, writer: asyncio.StreamWriter) -> None:
        reader, upstream = await asyncio.open_connection("127.0.0.1", int(port))
        relayed.append(writer)
        with closing(upstream):
            upstream.write(request.replace(b"keep-alive", b"close"))
            while chunk := await reader.read(65536):
                writer.write(chunk.replace(port.encode(), wire.url.rpartition(":")[2].encode()))
                await writer.drain()

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    async with serving(relay) as wire:
        http = Http(attempts=1, sleep=sleep)
        museum = Mastodon("m", MastodonOptions(server=wire.url, token=Secret(network.token())), http)
        async with aclosing(museum.stream()) as stream:
            await next_nudge(stream)
            relayed[-1].close()
            await next_nudge(stream)
        await http.aclose()

    assert len(slept) == 1


async def test_a_stream_switched_off_is_declared_so(network: Network, http: Http) -> None:
    museum = connect(network, http, stream=False)

    assert museum.capabilities[Capability.STREAM].can == "no"


# -- logging in ----------------------------------------------------------------------------------------


async def test_a_token_is_got_out_of_band(network: Network, http: Http) -> None:
    login = await begin_login(http, network.url)
    secret = login.client_secret.reveal()

    token = await finish_login(http, login, " mockcode_museum\n")

    assert (await connect(network, http, token=token.reveal()).identify()).handle == "museum"
    assert "read%3Anotifications" in login.authorise_url
    assert secret not in login.authorise_url + repr(login)
    assert login.verifier.reveal() not in login.authorise_url


async def test_a_wrong_code_is_refused_without_quoting_anything(network: Network, http: Http) -> None:
    login = await begin_login(http, network.url)

    with pytest.raises(RejectedError, match="invalid_grant") as caught:
        await finish_login(http, login, "guess-1234")

    assert "guess-1234" not in str(caught.value)
    assert "begin again" in caught.value.hint


@pytest.mark.parametrize("server", ["", "http://far.example", "two words"])
async def test_a_login_needs_the_address_of_a_server(http: Http, server: str) -> None:
    with pytest.raises(RejectedError, match="server"):
        await begin_login(http, server)


async def test_a_server_that_is_no_mastodon_is_named(http: Http) -> None:
    async def web_page(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<html>secret-body</html>")
        await writer.drain()

    async with serving(web_page) as wire:
        with pytest.raises(ProtocolError, match="a web page where JSON was expected") as caught:
            await begin_login(http, wire.url)

    assert not caught.value.payload
