"""Bluesky on a server that fails on demand: nothing sent twice, nothing claimed unsent, nothing lost, no secret shown."""

import asyncio
import json
from base64 import urlsafe_b64encode
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from bluesky_fake import HOME, ME, PASSWORD, SERVER, Fake, Fault, refusal
from hostile import CERTAIN, DOUBTFUL

from connectors._bluesky_inbox import KNOWN, PAGE, PAGES
from connectors._bluesky_options import BlueskyOptions
from connectors._bluesky_session import REFUSED_PAUSE
from connectors._bluesky_sweep import LARGE, REST
from connectors._errors import AuthenticationError, ConnectorError, ProtocolError, RateLimitedError
from connectors._model import Comment, Gone, NotSent, Outgoing, Rejected, Sent, Unknown
from connectors._secret import Secret
from connectors.bluesky import Bluesky

POST = "app.bsky.feed.post"
OWN = f"at://{ME}/{POST}/3jzfcijpj2z2a"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def fake() -> Fake:
    return Fake()


@pytest.fixture
def museum(fake: Fake) -> Bluesky:
    return fake.connect()


def outgoing(museum: Bluesky, text: str = "at ten", parent: str | None = None, **more: Any) -> Outgoing:
    return Outgoing(client_id=museum.new_client_id(), text=text, created_at=NOW, parent_id=parent, **more)


def own_post(fake: Fake, uri: str = OWN, at: str = "2020-01-01T00:00:00Z") -> str:
    record = {"$type": POST, "text": "Programme", "createdAt": at}
    author = {"did": ME, "handle": "museum.test"}
    fake.posts[uri] = {"uri": uri, "cid": "c", "author": author, "record": record, "indexedAt": at}
    return uri


def texts(comments: Any) -> list[str]:
    return [comment.text for comment in comments]


def nothing_until(at: str) -> Fault:
    """A page of nothing for us."""
    return lambda _: httpx.Response(200, json={"notifications": [], "cursor": at})


def silent(request: httpx.Request) -> httpx.Response:
    raise httpx.ReadTimeout("no answer", request=request)


# -- the session -------------------------------------------------------------------------------------


async def test_it_moves_to_where_the_account_lives(fake: Fake, museum: Bluesky) -> None:
    await museum.identify()

    assert [str(each.url.copy_with(path="/", query=None)) for each in fake.requests] == [f"{SERVER}/", f"{HOME}/"]


async def test_one_login_serves_everything(fake: Fake, museum: Bluesky) -> None:
    for _ in range(3):
        await museum.identify()

    assert fake.count("createSession") == 1


async def test_a_stale_token_is_renewed_once_and_the_call_repeated(fake: Fake, museum: Bluesky) -> None:
    await museum.identify()
    fake.fail("getProfile", lambda _: refusal(400, "InvalidToken", "Token could not be verified"))

    await museum.identify()

    assert fake.calls[-3:] == ["getProfile", "refreshSession", "getProfile"]
    assert fake.count("createSession") == 1


async def test_many_who_find_the_token_stale_at_once_renew_it_once(fake: Fake, museum: Bluesky) -> None:
    session = museum._api.session
    stale = await session.tokens()

    renewed = await asyncio.gather(*(session.renewed(stale) for _ in range(5)))

    assert {tokens.access for tokens in renewed} == {fake._jwt("access")}
    assert (fake.count("refreshSession"), fake.count("createSession")) == (1, 1)


async def test_a_token_refused_twice_is_an_authentication_error(fake: Fake, museum: Bluesky) -> None:
    fake.fail("getProfile", *[lambda _: refusal(400, "ExpiredToken")] * 2)

    with pytest.raises(AuthenticationError):
        await museum.identify()

    assert fake.count("refreshSession") == 1


async def test_a_session_that_ended_is_opened_again_with_the_password(fake: Fake, museum: Bluesky) -> None:
    await museum.identify()
    fake.session += 1  # both tokens are now of another time

    await museum.identify()

    assert fake.calls[-4:] == ["getProfile", "refreshSession", "createSession", "getProfile"]


async def test_a_server_that_cannot_renew_costs_no_login(fake: Fake, museum: Bluesky) -> None:
    await museum.identify()
    fake.fail("getProfile", lambda _: refusal(400, "ExpiredToken"))
    fake.fail("refreshSession", lambda _: httpx.Response(502, html="<h1>Bad gateway</h1>"))

    with pytest.raises(ConnectorError):
        await museum.identify()

    assert fake.count("createSession") == 1


async def test_a_wrong_password_is_not_tried_again_at_once(fake: Fake) -> None:
    museum = fake.connect(password=Secret("wrong-password"))

    for _ in range(3):
        with pytest.raises(AuthenticationError):
            await museum.poll(None)
    fake.clock.now += REFUSED_PAUSE
    with pytest.raises(AuthenticationError) as caught:
        await museum.poll(None)

    assert fake.count("createSession") == 2
    assert "App passwords" in caught.value.hint


async def test_a_login_limit_is_handed_on_with_its_time(fake: Fake, museum: Bluesky) -> None:
    spent = {"RateLimit_Limit": "30", "RateLimit_Remaining": "0", "RateLimit_Reset": "1790000600"}
    fake.fail("createSession", lambda _: refusal(429, "RateLimitExceeded", **spent))

    with pytest.raises(RateLimitedError) as caught:
        await museum.poll(None)

    assert caught.value.retry_after == 600


async def test_a_home_without_protection_is_not_moved_to(fake: Fake) -> None:
    service = [{"id": "#atproto_pds", "serviceEndpoint": "http://home.example"}]
    tokens = {"accessJwt": "a", "refreshJwt": "r", "did": ME, "handle": "museum.test"}
    fake.fail("createSession", lambda _: httpx.Response(200, json={**tokens, "didDoc": {"service": service}}))
    fake.fail("getProfile", lambda _: httpx.Response(200, json={"did": ME}))

    await fake.connect().identify()

    assert fake.requests[-1].url.host == "127.0.0.1"


async def test_a_password_in_a_refusal_is_not_repeated(fake: Fake, museum: Bluesky) -> None:
    fake.fail("createSession", lambda _: refusal(401, "AuthenticationRequired", f"no account for {PASSWORD}"))

    with pytest.raises(AuthenticationError) as caught:
        await museum.identify()

    assert PASSWORD not in f"{caught.value!r} {caught.value.__dict__}"


async def test_a_session_file_that_others_may_read_is_not_used(fake: Fake, tmp_path: Path) -> None:
    path = tmp_path / "session"
    await fake.connect(session=str(path)).identify()
    path.chmod(0o640)

    await fake.connect(session=str(path)).identify()

    assert fake.count("createSession") == 2
    assert path.stat().st_mode & 0o777 == 0o600


async def test_a_session_is_kept_for_the_password_that_opened_it(fake: Fake, tmp_path: Path) -> None:
    path = str(tmp_path / "session")
    await fake.connect(session=path).identify()
    await fake.connect(session=path).identify()
    assert fake.count("createSession") == 1

    with pytest.raises(AuthenticationError):
        await fake.connect(session=path, password=Secret("another-one")).identify()


@pytest.mark.parametrize(
    "handle",
    ["@museum.test", " museum.test ", "https://bsky.app/profile/museum.test", "https://bsky.app/profile/museum.test/"],
)
def test_a_handle_is_taken_as_people_paste_it(handle: str) -> None:
    assert BlueskyOptions(handle=handle, password=Secret("x")).identifier == "museum.test"


@pytest.mark.parametrize("handle", ["museum", "me@museum.example", "did:", "https://bsky.app/profile/"])
def test_what_is_no_handle_is_refused_before_it_is_tried(handle: str) -> None:
    with pytest.raises(ValueError, match="handle: "):
        BlueskyOptions(handle=handle, password=Secret("x"))


async def test_the_audience_is_told(fake: Fake, museum: Bluesky) -> None:
    fake.fail("getProfile", lambda _: httpx.Response(200, json={"did": ME, "followersCount": 812}))

    assert (await museum.identify()).followers == 812


@pytest.mark.parametrize(("scope", "warned"), [("com.atproto.appPass", False), ("com.atproto.access", True)])
async def test_the_accounts_own_password_is_warned_of(fake: Fake, museum: Bluesky, scope: str, *, warned: bool) -> None:
    access = f"a.{urlsafe_b64encode(json.dumps({'scope': scope}).encode()).decode()}.c"
    tokens = {"accessJwt": access, "refreshJwt": "r", "did": ME}
    fake.fail("createSession", lambda _: httpx.Response(200, json=tokens))
    fake.fail("getProfile", lambda _: httpx.Response(200, json={"did": ME}))

    await museum.identify()

    assert ("own password" in museum.warning()) is warned


async def test_a_session_renewed_by_another_process_is_taken_over(fake: Fake, tmp_path: Path) -> None:
    path = str(tmp_path / "session")
    one, two = fake.connect(session=path), fake.connect(session=path)
    await one.identify()
    await two.identify()
    fake.fail("getProfile", lambda _: refusal(400, "ExpiredToken"))
    await one.identify()

    await two.identify()

    assert (fake.count("createSession"), fake.count("refreshSession")) == (1, 1)


# -- reading -----------------------------------------------------------------------------------------


async def test_catching_up_reads_every_page_and_hands_over_in_parts(fake: Fake, museum: Bluesky) -> None:
    fake.visitor_posts("before", "before")
    cursor = (await museum.poll(None)).cursor
    total = PAGE * PAGES + 30
    for number in range(total):
        fake.visitor_posts(f"k{number}", f"copy {number}")

    first = await museum.poll(cursor)
    second = await museum.poll(first.cursor)
    third = await museum.poll(second.cursor)

    assert (first.complete, second.complete) == (False, True)
    assert len({c.native_id for c in (*first.comments, *second.comments)}) == total
    assert not third.comments


async def test_a_first_visit_never_digs_up_the_past(fake: Fake, museum: Bluesky) -> None:
    for number in range(PAGE * 3):
        fake.visitor_posts(f"k{number}", f"old {number}")
    for number, note in enumerate(reversed(fake.notes)):
        note["indexedAt"] = f"2026-11-{1 + number // 24:02}T{number % 24:02}:00:00.000Z"

    first = await museum.poll(None)
    fake.clock.now += 3600  # a deep look is due
    second = await museum.poll(first.cursor)

    assert len(first.comments) == PAGE
    assert not second.comments


async def test_the_larger_a_thread_the_less_often_it_is_read(fake: Fake, museum: Bluesky) -> None:
    root = own_post(fake, at=datetime.fromtimestamp(fake.clock(), UTC).isoformat())
    cursor = (await museum.poll(None)).cursor
    fake.clock.now += 15
    for number in range(LARGE // 2 - 1):
        fake.visitor_posts(f"k{number}", f"copy {number}", root)
    fake.notes.clear()

    read = []
    for _ in range(5):
        cursor = (await museum.poll(cursor)).cursor
        read.append(fake.count("getPostThread"))
        fake.clock.now += REST / 4

    assert read == [2, 2, 3, 3, 4]


async def test_a_reply_that_sank_to_the_bottom_is_found_by_the_deep_look(fake: Fake, museum: Bluesky) -> None:
    for number in range(PAGE * 3):
        fake.visitor_posts(f"k{number}", f"copy {number}")
    fake.notes[:], cut = [], fake.notes[:]
    cursor = (await museum.poll(None)).cursor
    fake.notes[:] = cut
    batch = await museum.poll(cursor)
    assert len(batch.comments) == PAGE * 3
    fake.visitor_posts("sunk", "dated back")
    fake.notes.append(fake.notes.pop(0))

    soon = await museum.poll(batch.cursor)
    fake.clock.now += 3600
    later = await museum.poll(soon.cursor)

    assert not soon.comments
    assert texts(later.comments) == ["dated back"]


# -- replies under older posts ------------------------------------------------------------------------


def seen(fake: Fake, uri: str, at: float) -> None:
    """Let the network have seen a post then, whatever its author claims; notifications tell nothing of it."""
    fake.posts[uri]["indexedAt"] = datetime.fromtimestamp(at, UTC).isoformat()
    fake.notes[:] = [note for note in fake.notes if note["uri"] != uri]


def older_posts(fake: Fake, many: int) -> list[str]:
    """Publish posts of ours, a week old and older, latest first."""
    days = (datetime.fromtimestamp(fake.clock.now - 86400 * (7 + age / 10), UTC) for age in range(many))
    return [own_post(fake, f"at://{ME}/{POST}/3kold{n}", at.isoformat()) for n, at in enumerate(days)]


async def polled(fake: Fake, museum: Bluesky, cursor: str | None, times: int) -> tuple[list[str], str | None]:
    found: list[str] = []
    for _ in range(times):
        batch = await museum.poll(cursor)
        found, cursor = [*found, *texts(batch.comments)], batch.cursor
        fake.clock.now += 15
    return found, cursor


async def test_a_reply_dated_back_under_an_old_post_is_found_although_no_notification_tells(
    fake: Fake, museum: Bluesky
) -> None:
    posts = older_posts(fake, 40)
    before, cursor = await polled(fake, museum, None, 50)
    seen(fake, fake.visitor_posts("sunk", "dated back", posts[33], createdAt="2024-01-01T00:00:00Z"), fake.clock.now)

    after, cursor = await polled(fake, museum, cursor, 250)
    once_more, _ = await polled(fake, museum, cursor, 250)

    assert (before, after, once_more) == ([], ["dated back"], [])


async def test_a_number_of_replies_that_grew_brings_the_turn_of_an_old_post_forward(
    fake: Fake, museum: Bluesky
) -> None:
    posts = older_posts(fake, 40)
    _, cursor = await polled(fake, museum, None, 60)
    seen(fake, fake.visitor_posts("sunk", "dated back", posts[33]), fake.clock.now)
    fake.posts[posts[33]]["replyCount"] = 1

    found, _ = await polled(fake, museum, cursor, 62)  # the list is looked through every quarter of an hour

    assert found == ["dated back"]


async def test_what_stood_under_old_posts_before_the_first_visit_is_left_alone(fake: Fake, museum: Bluesky) -> None:
    (post,) = older_posts(fake, 1)
    seen(fake, fake.visitor_posts("before", "long ago", post), fake.clock.now - 86400 * 5)

    found, _ = await polled(fake, museum, None, 300)

    assert found == []


async def test_after_an_absence_old_posts_are_looked_at_for_what_came_meanwhile(fake: Fake, museum: Bluesky) -> None:
    (post,) = older_posts(fake, 1)
    _, cursor = await polled(fake, museum, None, 5)
    seen(fake, fake.visitor_posts("meanwhile", "dated back", post), fake.clock.now + 3600)
    fake.clock.now += 86400 * 20

    found, _ = await polled(fake, fake.connect(), cursor, 10)

    assert found == ["dated back"]


async def test_old_posts_cost_a_poll_one_thread_and_now_and_then_a_page_and_nothing_of_a_scarce_budget(
    fake: Fake, museum: Bluesky
) -> None:
    older_posts(fake, 400)
    _, cursor = await polled(fake, museum, None, 20)
    fake.calls.clear()
    _, cursor = await polled(fake, museum, cursor, 100)

    assert fake.count("getPostThread") <= 100
    assert fake.count("getAuthorFeed") <= 100 * 15 / 120 + 2 * 4 + 1
    fake.scarce = True
    _, cursor = await polled(fake, museum, cursor, 2)
    fake.calls.clear()
    await polled(fake, museum, cursor, 20)
    assert fake.count("getPostThread") == 0


async def test_a_quiet_account_keeps_its_cursor(fake: Fake, museum: Bluesky) -> None:
    fake.visitor_posts("one", "hello")
    first = await museum.poll((await museum.poll(None)).cursor)
    fake.clock.now += 600  # a deep look is due

    assert (await museum.poll(first.cursor)).cursor == first.cursor


async def test_pages_of_nothing_for_us_are_turned_back_to_the_last_look(fake: Fake, museum: Bluesky) -> None:
    """What we do not ask for may fill the pages above a reply: the server leaves it out after it has cut the page."""
    cursor = (await museum.poll(None)).cursor
    for minutes in (1, 2, 3):
        at = datetime.fromtimestamp(fake.clock() - 60 * minutes, UTC).isoformat()
        fake.fail("listNotifications", nothing_until(at))
    fake.visitor_posts("one", "beneath")
    fake.fail("listNotifications", lambda _: httpx.Response(200, json={"notifications": fake.notes}))

    assert texts((await museum.poll(cursor)).comments) == ["beneath"]


@pytest.mark.parametrize("following", ["2019-01-01T00:00:00.000Z", "opaque"])
async def test_a_past_without_anything_for_us_is_not_walked(fake: Fake, museum: Bluesky, following: str) -> None:
    cursor = (await museum.poll(None)).cursor
    fake.calls.clear()
    fake.fail("listNotifications", nothing_until(following))

    batch = await museum.poll(cursor)

    assert batch.complete
    assert fake.count("listNotifications") == 1


async def test_a_server_without_end_is_left_in_the_end(fake: Fake, museum: Bluesky) -> None:
    cursor, polls, complete = (await museum.poll(None)).cursor, 0, False

    def endless(request: httpx.Request) -> httpx.Response:
        number = int(request.url.params.get("cursor", "0"))
        note = {"uri": f"at://did:plc:x/{POST}/{number}", "author": {"did": "did:plc:x"}, "reason": "reply"}
        return httpx.Response(200, json={"notifications": [note], "cursor": str(number + 1)})

    while not complete and polls < 1000:
        fake.faults["listNotifications"] = [endless] * PAGES
        batch = await museum.poll(cursor)
        cursor, complete, polls = batch.cursor, batch.complete, polls + 1

    assert complete


async def test_a_long_absence_is_caught_up_with_once_and_the_cursor_stays_small(fake: Fake, museum: Bluesky) -> None:
    for number in range(50):
        fake.visitor_posts(f"before{number}", "before")
    cursor, delivered, complete = (await museum.poll(None)).cursor, list[str](), False
    for number in range(KNOWN * 2):
        fake.visitor_posts(f"k{number}", "copy")

    while not complete:
        batch = await museum.poll(cursor)
        delivered += texts(batch.comments)
        cursor, complete = batch.cursor, batch.complete

    assert delivered == ["copy"] * KNOWN * 2
    assert len(cursor) < KNOWN * 8 + 200


async def test_a_cursor_of_another_age_begins_anew(fake: Fake, museum: Bluesky) -> None:
    fake.visitor_posts("one", "hello")

    assert texts((await museum.poll('{"known": 3}')).comments) == ["hello"]


async def test_a_post_that_cannot_be_looked_up_is_told_from_its_notification(fake: Fake, museum: Bluesky) -> None:
    uri = fake.visitor_posts("one", "hello")
    del fake.posts[uri]

    assert texts((await museum.poll(None)).comments) == ["hello"]


async def test_a_thread_that_cannot_be_read_hides_no_notification(fake: Fake, museum: Bluesky) -> None:
    own_post(fake, at=datetime.fromtimestamp(fake.clock(), UTC).isoformat())
    fake.visitor_posts("one", "hello")
    fake.fail("getPostThread", lambda _: httpx.Response(500))

    assert texts((await museum.poll(None)).comments) == ["hello"]


async def test_a_reply_that_was_never_notified_is_swept_up_once(fake: Fake, museum: Bluesky) -> None:
    root = own_post(fake, at=datetime.fromtimestamp(fake.clock(), UTC).isoformat())
    fake.visitor_posts("one", "unheard", root)
    fake.notes.clear()

    first = await museum.poll(None)
    second = await museum.poll(first.cursor)

    assert texts(first.comments) == ["unheard"]
    assert [each.native_id for each in first.posts] == [root]
    assert not second.comments


@pytest.mark.parametrize("fault", DOUBTFUL)
async def test_a_failing_server_breaks_a_poll_in_our_words_and_loses_nothing(fake: Fake, fault: str) -> None:
    museum = fake.connect()
    cursor = (await museum.poll(None)).cursor
    fake.visitor_posts("one", "still here")
    fake.fail("listNotifications", DOUBTFUL[fault])

    with pytest.raises(ConnectorError):
        await museum.poll(cursor)

    assert texts((await museum.poll(cursor)).comments) == ["still here"]


async def test_a_proxys_page_is_called_one(fake: Fake, museum: Bluesky) -> None:
    fake.fail("listNotifications", lambda _: httpx.Response(200, html="<h1>Please log in</h1>"))

    with pytest.raises(ProtocolError, match="a web page"):
        await museum.poll(None)


async def test_only_not_found_is_gone(fake: Fake, museum: Bluesky) -> None:
    uri = fake.visitor_posts("one", "hello")
    view = fake.posts.pop(uri)
    gone = await museum.fetch([uri])
    fake.fail("getPostThread", lambda _: refusal(400, "InvalidRequest"))
    odd = await museum.fetch([uri])
    fake.fail("getPostThread", lambda _: httpx.Response(200, json={"thread": {"uri": uri, "blocked": True}}))
    blocked = await museum.fetch([uri])
    fake.fail("getPostThread", lambda _: httpx.Response(200, json={"thread": {"post": view}}))
    there = await museum.fetch([uri])

    assert gone == [Gone(native_id=uri)]
    assert odd == []
    assert blocked == [Gone(native_id=uri, why="hidden")]
    assert [type(each) for each in there] == [Comment]


async def test_an_id_that_is_no_address_is_left_out(fake: Fake, museum: Bluesky) -> None:
    assert await museum.fetch(["1", "at://did:plc:x/app.bsky.feed.like/3jzfcijpj2z2a"]) == []
    assert not fake.count("getPosts")


# -- writing -----------------------------------------------------------------------------------------


async def test_a_reply_lost_on_the_way_back_is_found_under_its_key(fake: Fake, museum: Bluesky) -> None:
    parent = fake.visitor_posts("one", "when?", OWN)
    fake.late.add("putRecord")

    outcome = await museum.send_reply(outgoing(museum, parent=parent))

    assert isinstance(outcome, Sent)
    assert fake.count("putRecord") == 1
    assert len(fake.records) == 1


async def test_a_reply_that_nobody_can_tell_of_is_unknown_and_sending_it_again_sends_it_once(
    fake: Fake, museum: Bluesky
) -> None:
    reply = outgoing(museum, parent=fake.visitor_posts("one", "when?", OWN))
    fake.late.add("putRecord")
    fake.fail("getRecord", lambda _: refusal(400, "RecordNotFound"), silent)

    doubtful = await museum.send_reply(reply)
    again = await museum.send_reply(reply)

    assert isinstance(doubtful, Unknown)
    assert isinstance(again, Sent)
    assert (fake.count("putRecord"), len(fake.records)) == (1, 1)


async def test_a_reply_that_did_not_arrive_stays_unknown_for_it_may_be_on_its_way(fake: Fake, museum: Bluesky) -> None:
    fake.fail("putRecord", silent)

    outcome = await museum.send_reply(outgoing(museum, parent=fake.visitor_posts("one", "when?", OWN)))

    assert isinstance(outcome, Unknown)
    assert not fake.records


async def test_the_record_is_the_same_on_every_try(fake: Fake, museum: Bluesky) -> None:
    parent = fake.visitor_posts("one", "when?", OWN)
    reply = outgoing(museum, "@camille.test at ten", parent, language="en")
    for each in (museum, fake.connect()):
        fake.fail("putRecord", silent)
        await each.send_reply(reply)

    one, two = (json.loads(each.content) for each in fake.requests if each.url.path.endswith("putRecord"))

    assert one == two
    assert one["swapRecord"] is None
    assert one["rkey"] == reply.client_id


async def test_a_slow_first_try_that_wins_is_the_one_that_counts(fake: Fake, museum: Bluesky) -> None:
    """The first try arrives while the second is about to be written, and looked a little different."""
    reply = outgoing(museum, parent=fake.visitor_posts("one", "when?", OWN))

    def arrived_meanwhile(_: httpx.Request) -> httpx.Response:
        fake.records[f"{POST}/{reply.client_id}"] = {
            "$type": POST,
            "text": reply.text,
            "createdAt": "2026-11-20T12:00:00Z",
        }
        return refusal(400, "InvalidSwap", "Record was at another")

    fake.fail("putRecord", arrived_meanwhile)

    outcome = await museum.send_reply(reply)

    assert isinstance(outcome, Sent)
    assert outcome.receipt.at == NOW


@pytest.mark.parametrize("fault", DOUBTFUL)
async def test_a_doubtful_writing_is_never_called_unsent(fake: Fake, fault: str) -> None:
    museum = fake.connect()
    fake.fail("putRecord", DOUBTFUL[fault])

    outcome = await museum.send_reply(outgoing(museum, parent=fake.visitor_posts("one", "when?", OWN)))

    assert isinstance(outcome, Unknown)


@pytest.mark.parametrize("fault", [each for each in CERTAIN if each != "401"])
async def test_a_writing_that_certainly_failed_is_called_so(fake: Fake, fault: str) -> None:
    museum = fake.connect()
    fake.fail("putRecord", CERTAIN[fault])

    outcome = await museum.send_reply(outgoing(museum, parent=fake.visitor_posts("one", "when?", OWN)))

    assert isinstance(outcome, Rejected | NotSent)
    assert not isinstance(outcome, NotSent) or fault != "429" or outcome.retry_after == 600


async def test_a_writing_with_a_stale_token_is_repeated_with_a_fresh_one(fake: Fake, museum: Bluesky) -> None:
    fake.fail("putRecord", lambda _: refusal(400, "ExpiredToken"))

    outcome = await museum.send_reply(outgoing(museum, parent=fake.visitor_posts("one", "when?", OWN)))

    assert isinstance(outcome, Sent)
    assert len(fake.records) == 1


async def test_a_thread_that_does_not_let_us_reply_is_not_written_to(fake: Fake, museum: Bluesky) -> None:
    parent = fake.visitor_posts("one", "when?", OWN)
    fake.posts[parent]["viewer"] = {"replyDisabled": True}

    outcome = await museum.send_reply(outgoing(museum, parent=parent))

    assert isinstance(outcome, Rejected)
    assert not fake.count("putRecord")


@pytest.mark.parametrize("text", ["e" * 301, "👩\u200d👩\u200d👧\u200d👦" * 121, "  \n"])
async def test_what_does_not_fit_is_refused_before_anything_is_asked(fake: Fake, museum: Bluesky, text: str) -> None:
    assert isinstance(await museum.send_reply(outgoing(museum, text, OWN)), Rejected)
    assert not fake.calls


async def test_a_name_that_nobody_has_stays_words(fake: Fake, museum: Bluesky) -> None:
    await museum.open_thread(outgoing(museum, "@nobody.test and @camille.test"))

    (value,) = fake.records.values()
    assert [each["features"][0]["did"] for each in value["facets"]] == ["did:plc:camille"]


# -- pins, gates and the rest ------------------------------------------------------------------------


async def test_a_profile_changed_meanwhile_keeps_that_change(fake: Fake, museum: Bluesky) -> None:
    fake.records["app.bsky.actor.profile/self"] = {"displayName": "Museum"}

    def changed_meanwhile(request: httpx.Request) -> httpx.Response:
        fake.records["app.bsky.actor.profile/self"] = {"displayName": "The museum", "description": "Open daily"}
        return fake._putRecord(request)

    notice = outgoing(museum, "Let us stay civil")
    fake.records[f"{POST}/{notice.client_id}"] = {
        "$type": POST,
        "text": notice.text,
        "createdAt": "2026-11-20T12:00:00Z",
    }
    fake.fail("putRecord", changed_meanwhile)

    outcome = await museum.pin_notice(notice)

    assert isinstance(outcome, Sent)
    profile = fake.records["app.bsky.actor.profile/self"]
    assert (profile["displayName"], profile["description"]) == ("The museum", "Open daily")
    assert profile["pinnedPost"]["uri"] == outcome.receipt.remote_id


@pytest.mark.parametrize(
    ("fault", "pinned"),
    [(silent, False), (lambda _: httpx.Response(500), False), (None, True)],
    ids=["silence", "500", "late"],
)
async def test_a_pin_that_fails_leaves_the_notice_published_with_a_warning(
    fake: Fake, museum: Bluesky, fault: Fault | None, *, pinned: bool
) -> None:
    notice = outgoing(museum, "Let us stay civil")
    await museum.open_thread(notice)
    if fault is None:
        fake.late.add("putRecord")
    else:
        fake.fail("putRecord", fault)

    outcome = await museum.pin_notice(notice)

    assert isinstance(outcome, Sent)
    assert ("not pinned" in outcome.receipt.warning) is not pinned
    assert len([each for each in fake.records if each.startswith(POST)]) == 1


async def test_a_notice_pinned_again_is_neither_doubled_nor_warned_of(fake: Fake, museum: Bluesky) -> None:
    notice = outgoing(museum, "Let us stay civil")

    first, second = await museum.pin_notice(notice), await museum.pin_notice(notice)

    assert first == second
    assert fake.count("putRecord") == 2  # the post and the profile, once each
    assert isinstance(first, Sent)
    assert not first.receipt.warning


async def test_another_notice_is_not_unpinned(fake: Fake, museum: Bluesky) -> None:
    outcome = await museum.pin_notice(outgoing(museum, "Let us stay civil"))
    assert isinstance(outcome, Sent)

    await museum.unpin_notice(OWN)

    assert fake.records["app.bsky.actor.profile/self"]["pinnedPost"]["uri"] == outcome.receipt.remote_id


async def test_where_a_notice_is_pinned_is_said_beforehand(museum: Bluesky) -> None:
    await museum.identify()

    assert museum.where_pinned() == (
        "pinned on the profile of @museum.test, in place of what is pinned there now, not inside the conversation"
    )


async def test_a_gate_that_fails_leaves_the_thread_open_with_a_warning(fake: Fake) -> None:
    museum = fake.connect(repliers="followers")
    thread = outgoing(museum, "Talk to us")
    await fake.connect().open_thread(thread)
    fake.fail("putRecord", lambda _: httpx.Response(500))

    outcome = await museum.open_thread(thread)

    assert isinstance(outcome, Sent)
    assert "everybody may reply" in outcome.receipt.warning


async def test_hiding_stops_where_the_gate_is_full(fake: Fake, museum: Bluesky) -> None:
    reply = fake.visitor_posts("one", "rude", OWN)
    full = {"post": OWN, "hiddenReplies": [f"at://did:plc:x/{POST}/{number}" for number in range(300)]}
    fake.records["app.bsky.feed.threadgate/3jzfcijpj2z2a"] = full

    outcome = await museum.hide(reply, hidden=True)

    assert isinstance(outcome, Rejected)
    assert "300" in outcome.message
    assert "lock" in outcome.hint


async def test_what_is_hidden_already_is_not_written_again(fake: Fake, museum: Bluesky) -> None:
    reply = fake.visitor_posts("one", "rude", OWN)
    await museum.hide(reply, hidden=True)

    assert isinstance(await museum.hide(reply, hidden=True), Sent)
    assert fake.count("putRecord") == 1


async def test_a_hiding_whose_answer_is_lost_is_looked_up(fake: Fake, museum: Bluesky) -> None:
    reply = fake.visitor_posts("one", "rude", OWN)
    fake.late.add("putRecord")
    found = await museum.hide(reply, hidden=True)
    fake.fail("putRecord", silent)
    lost = await museum.hide(reply, hidden=False)

    assert isinstance(found, Sent)
    assert isinstance(lost, Unknown)


async def test_a_gate_that_never_stands_still_is_given_up(fake: Fake, museum: Bluesky) -> None:
    reply = fake.visitor_posts("one", "rude", OWN)
    fake.fail("putRecord", *[lambda _: refusal(400, "InvalidSwap")] * 10)

    outcome = await museum.hide(reply, hidden=True)

    assert isinstance(outcome, NotSent)
    assert fake.count("putRecord") == 5


async def test_no_secret_is_sent_anywhere_but_home(fake: Fake, museum: Bluesky) -> None:
    fake.fail("listNotifications", lambda _: httpx.Response(302, headers={"Location": "https://evil.example/"}))

    with pytest.raises(ProtocolError):
        await museum.poll(None)

    assert {each.url.host for each in fake.requests} == {"127.0.0.1", "home.example"}


# -- accounts that are closed ----------------------------------------------------------------------------


async def test_an_account_that_was_taken_down_is_not_logged_in_again_and_again(fake: Fake, museum: Bluesky) -> None:
    await museum.identify()
    taken_down = refusal(401, "AccountTakedown", "Account has been taken down")
    fake.fail("listNotifications", lambda _: taken_down)

    with pytest.raises(AuthenticationError) as refused:
        await museum.poll(None)

    assert "to appeal" in refused.value.hint
    assert (fake.count("refreshSession"), fake.count("createSession")) == (0, 1)


async def test_a_login_that_mails_a_code_is_tried_once_a_day(fake: Fake, museum: Bluesky) -> None:
    fake.faults["createSession"] = [lambda _: refusal(401, "AuthFactorTokenRequired", "A sign in code was sent")] * 9

    for _ in range(24):
        with pytest.raises(AuthenticationError) as refused:
            await museum.identify()
        fake.clock.now += 3500

    assert "an app password" in refused.value.hint
    assert fake.count("createSession") == 1
