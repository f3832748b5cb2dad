"""Bluesky against its own real servers: comments in, replies out exactly once, pins, gates, and what servers taught."""

import asyncio
import urllib.error
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from bluesky_network import Account, Network

from connectors._bluesky_options import BlueskyOptions
from connectors._errors import AuthenticationError
from connectors._http import Http
from connectors._model import Comment, Gone, Outgoing, Receipt, Rejected, Sent
from connectors._secret import Secret
from connectors.bluesky import Bluesky

pytestmark = pytest.mark.real

GATE = "app.bsky.feed.threadgate"
PROFILE = "app.bsky.actor.profile"


@pytest.fixture(scope="module")
def visitor(network: Network) -> Account:
    return network.account("camille")


@pytest.fixture(scope="module")
def other(network: Network) -> Account:
    return network.account("leo")


@pytest.fixture
def house(network: Network) -> Account:
    return network.account("museum")


@pytest.fixture
async def http() -> AsyncIterator[Http]:
    client = Http()
    yield client
    await client.aclose()


def connect(account: Account, http: Http, **more: Any) -> Bluesky:
    options = {"handle": account.handle, "password": Secret(account.password), "server": account.server, **more}
    return Bluesky("museum", BlueskyOptions(**options), http)


@pytest.fixture
def museum(house: Account, http: Http) -> Bluesky:
    return connect(house, http)


def outgoing(museum: Bluesky, text: str, parent: str | None = None, **more: Any) -> Outgoing:
    at = datetime.now(UTC).replace(microsecond=0)
    return Outgoing(client_id=museum.new_client_id(), text=text, created_at=at, parent_id=parent, **more)


def texts(comments: Any) -> list[str]:
    return sorted(comment.text for comment in comments)


def sent(outcome: object) -> Receipt:
    assert isinstance(outcome, Sent), outcome
    return outcome.receipt


# -- who we are ----------------------------------------------------------------------------------------


async def test_an_app_password_tells_who_we_are_and_where_we_live(house: Account, museum: Bluesky) -> None:
    identity = await museum.identify()

    assert (identity.account_id, identity.handle) == (house.did, house.handle)
    assert identity.scopes == ("com.atproto.appPass",)
    assert identity.server == house.server.partition("//")[2]


async def test_a_wrong_password_is_said_to_be_one(house: Account, http: Http) -> None:
    with pytest.raises(AuthenticationError) as caught:
        await connect(house, http, password=Secret("aaaa-bbbb-cccc-dddd")).identify()

    assert "App passwords" in caught.value.hint


async def test_tokens_that_no_longer_hold_are_renewed_on_the_way(house: Account, museum: Bluesky) -> None:
    await museum.identify()
    session = museum._api.session
    known = session.known
    assert known is not None
    bad = known.access[:-6] + "AAAAAA"
    session._tokens = type(known)(**{f: getattr(known, f) for f in known.__struct_fields__} | {"access": bad})

    identity = await museum.identify()

    assert identity.account_id == house.did
    assert session.known is not None
    assert session.known.access != bad


async def test_a_kept_session_needs_no_second_login(house: Account, http: Http, tmp_path: Path) -> None:
    path = tmp_path / "session.json"
    await connect(house, http, session=str(path)).identify()
    kept = path.read_bytes()

    identity = await connect(house, http, session=str(path)).identify()

    assert identity.account_id == house.did
    assert path.read_bytes() == kept, "another login would have brought other tokens"
    assert path.stat().st_mode & 0o777 == 0o600


async def test_a_kept_session_is_not_used_under_another_password(house: Account, http: Http, tmp_path: Path) -> None:
    path = tmp_path / "session.json"
    await connect(house, http, session=str(path)).identify()

    with pytest.raises(AuthenticationError):
        await connect(house, http, session=str(path), password=Secret("no longer known")).identify()


# -- reading -------------------------------------------------------------------------------------------


async def test_replies_mentions_and_quotes_arrive_with_their_post(
    network: Network, house: Account, visitor: Account, museum: Bluesky
) -> None:
    post = house.post("L'Épée, from Friday")
    reply = visitor.post("Is there a lift?", post, langs=["en-GB"])
    nested = visitor.post("I mean on Friday", reply)
    facet = {
        "index": {"byteStart": 0, "byteEnd": len(house.handle) + 1},
        "features": [{"$type": "app.bsky.richtext.facet#mention", "did": house.did}],
    }
    visitor.post(f"@{house.handle} are you open?", facets=[facet])
    embed = {"$type": "app.bsky.embed.record", "record": {"uri": post["uri"], "cid": post["cid"]}}
    visitor.post("Look at this", embed=embed)
    network.settle()

    batch = await museum.poll(None)
    found = {str(comment.text): comment for comment in batch.comments}

    assert found.keys() == {"Is there a lift?", "I mean on Friday", f"@{house.handle} are you open?", "Look at this"}
    first = found["Is there a lift?"]
    assert (first.native_id, first.version) == (reply["uri"], reply["cid"])
    assert (first.post_id, first.parent_id, first.language) == (post["uri"], None, "en")
    assert (first.author.native_id, first.author.handle) == (visitor.did, visitor.handle)
    assert (found["I mean on Friday"].parent_id, found["I mean on Friday"].post_id) == (reply["uri"], post["uri"])
    assert (found["Look at this"].post_id, found[f"@{house.handle} are you open?"].post_id) == (post["uri"], "")
    assert nested["uri"] == found["I mean on Friday"].native_id
    assert [(each.native_id, each.text) for each in batch.posts] == [(post["uri"], "L'Épée, from Friday")]
    assert batch.complete


async def test_the_next_poll_brings_only_what_is_new(
    network: Network, house: Account, visitor: Account, museum: Bluesky, http: Http
) -> None:
    post = house.post("Programme")
    visitor.post("one", post)
    network.settle()
    first = await museum.poll(None)
    visitor.post("two", post)
    network.settle()

    second = await museum.poll(first.cursor)
    third = await museum.poll(second.cursor)
    anew = await connect(house, http).poll(third.cursor)

    assert (texts(first.comments), texts(second.comments), texts(third.comments)) == (["one"], ["two"], [])
    assert texts(anew.comments) in ([], ["one", "two"])  # the sweep of a new process may deliver again


async def test_a_batch_that_was_not_kept_comes_again(
    network: Network, house: Account, visitor: Account, museum: Bluesky
) -> None:
    post = house.post("Programme")
    network.settle()
    cursor = (await museum.poll(None)).cursor
    visitor.post("lost?", post)
    network.settle()

    await museum.poll(cursor)
    again = await museum.poll(cursor)

    assert texts(again.comments) == ["lost?"]


async def test_a_reply_dated_back_by_years_is_not_missed(
    network: Network, house: Account, visitor: Account, museum: Bluesky
) -> None:
    post = house.post("Programme")
    for number in range(3):
        visitor.post(f"now {number}", post)
    network.settle()
    cursor = (await museum.poll(None)).cursor
    visitor.post("from the past", post, at="2019-05-01T10:00:00.000Z")
    network.settle()

    comment = next(c for c in (await museum.poll(cursor)).comments if c.text == "from the past")

    assert comment.created_at == datetime(2019, 5, 1, 10, tzinfo=UTC)


async def test_a_time_in_the_future_is_not_believed(
    network: Network, house: Account, visitor: Account, museum: Bluesky
) -> None:
    post = house.post("Programme")
    visitor.post("from tomorrow", post, at=(datetime.now(UTC) + timedelta(days=1)).isoformat())
    network.settle()

    comment = (await museum.poll(None)).comments[0]

    assert comment.created_at < datetime.now(UTC) + timedelta(minutes=1)


async def test_a_flood_of_one_single_moment_loses_none(
    network: Network, house: Account, visitor: Account, http: Http
) -> None:
    """Pages are cut by time: what shares a moment with the last of a page falls through the seam."""
    museum = connect(house, http)
    old = house.post("long ago", at="2020-01-01T00:00:00.000Z")  # not swept: only notifications tell of it
    network.settle()
    cursor = (await museum.poll(None)).cursor
    writes = [("moment", "2026-01-01T00:00:00.000Z")] * 90 + [("next", "2026-01-02T00:00:00.000Z")] * 40
    for number, (word, at) in enumerate(writes):
        visitor.post(f"{word} {number}", old, at=at)
    await asyncio.to_thread(network.settle)

    batch = await museum.poll(cursor)

    assert len({comment.native_id for comment in batch.comments}) == 130


async def test_a_conversation_that_nobody_is_notified_of_is_swept(
    network: Network, house: Account, visitor: Account, other: Account, museum: Bluesky
) -> None:
    at = house.post("L'Épée")
    for depth in range(8):
        at = (visitor if depth % 2 else other).post(f"level {depth}", at)
    network.settle()

    assert "level 7" in texts((await museum.poll(None)).comments)


async def test_a_comment_fetched_again_unchanged_is_equal(
    network: Network, house: Account, visitor: Account, museum: Bluesky
) -> None:
    visitor.post("hello", house.post("Programme"))
    network.settle()
    polled = (await museum.poll(None)).comments[0]

    assert await museum.fetch([polled.native_id]) == [polled]


async def test_only_a_deleted_post_is_called_gone(
    network: Network, house: Account, visitor: Account, museum: Bluesky
) -> None:
    post = house.post("Programme")
    kept, removed = visitor.post("kept", post), visitor.post("removed", post)
    visitor.delete(removed["uri"])
    network.settle()

    found = await museum.fetch([kept["uri"], removed["uri"]])

    assert [type(each) for each in found] == [Comment, Gone]


async def test_who_blocks_us_takes_their_posts_out_of_sight(network: Network, house: Account, museum: Bluesky) -> None:
    stranger = network.account("anon")
    written = stranger.post("goodbye", house.post("Programme"))
    stranger.put("app.bsky.graph.block", "3jzfcijpj2z2a", {"subject": house.did, "createdAt": "2026-01-01T00:00:00Z"})
    network.settle()

    found = await museum.fetch([written["uri"]])

    assert found == [Gone(native_id=written["uri"], why="hidden")]


async def test_a_thread_is_read_oldest_first(
    network: Network, house: Account, visitor: Account, museum: Bluesky
) -> None:
    post = house.post("L'Épée")
    question = visitor.post("really?", post)
    house.post("really", question)
    network.settle()
    comment = next(c for c in (await museum.poll(None)).comments if c.text == "really?")

    thread = await museum.thread(comment)

    assert [each.text for each in thread] == ["L'Épée", "really?", "really"]
    assert [each.author.is_self for each in thread] == [True, False, True]


# -- writing -------------------------------------------------------------------------------------------


async def test_a_reply_arrives_once_however_often_it_is_sent(
    network: Network, house: Account, visitor: Account, museum: Bluesky, http: Http
) -> None:
    post = house.post("Programme")
    question = visitor.post("when?", visitor.post("hello", post))
    network.settle()
    reply = outgoing(
        museum, f"@{visitor.handle} été: https://museum.example/visite #Épée", question["uri"], language="fr"
    )

    first = sent(await museum.send_reply(reply))
    second = sent(await museum.send_reply(reply))
    elsewhere = sent(await connect(house, http).send_reply(reply))

    assert first == second == elsewhere
    written = [each for each in house.posts() if each["uri"] != post["uri"]]
    assert [each["uri"] for each in written] == [first.remote_id]
    value = written[0]["value"]
    assert (value["reply"]["root"]["uri"], value["reply"]["parent"]["uri"]) == (post["uri"], question["uri"])
    assert value["langs"] == ["fr"]
    kinds = [each["features"][0]["$type"].partition("#")[2] for each in value["facets"]]
    assert kinds == ["mention", "link", "tag"]
    assert value["facets"][0]["features"][0]["did"] == visitor.did


async def test_the_same_key_never_overwrites_another_text(
    network: Network, house: Account, visitor: Account, museum: Bluesky
) -> None:
    question = visitor.post("when?", house.post("Programme"))
    network.settle()
    reply = outgoing(museum, "at ten", question["uri"])
    await museum.send_reply(reply)

    other_text = house.posts()[0]["value"] | {"text": "at eleven"}
    written = await museum._api.put("app.bsky.feed.post", reply.client_id, other_text, swap=None)

    assert written is None
    assert house.posts()[0]["value"]["text"] == "at ten"


async def test_our_reply_is_found_under_its_key(
    network: Network, house: Account, visitor: Account, museum: Bluesky
) -> None:
    question = visitor.post("when?", house.post("Programme"))
    network.settle()
    reply = outgoing(museum, "at ten", question["uri"])

    before = await museum.read_back(reply)
    receipt = sent(await museum.send_reply(reply))

    assert before is None
    assert await museum.read_back(reply) == receipt


async def test_the_longest_text_is_taken_and_one_more_is_not_sent(house: Account, museum: Bluesky) -> None:
    family = "👩\u200d👩\u200d👧\u200d👦"

    assert isinstance(await museum.open_thread(outgoing(museum, "é" * 300)), Sent)
    assert isinstance(await museum.open_thread(outgoing(museum, family * 120)), Sent)  # 3,000 bytes exactly
    assert isinstance(await museum.open_thread(outgoing(museum, "é" * 301)), Rejected)
    assert isinstance(await museum.open_thread(outgoing(museum, family * 120 + "e")), Rejected)
    assert len(house.posts()) == 2


async def test_a_reply_to_what_is_gone_is_refused(
    network: Network, house: Account, visitor: Account, museum: Bluesky
) -> None:
    question = visitor.post("when?", house.post("Programme"))
    visitor.delete(question["uri"])
    network.settle()

    outcome = await museum.send_reply(outgoing(museum, "at ten", question["uri"]))

    assert isinstance(outcome, Rejected)
    assert "no longer there" in outcome.message


async def test_a_notice_is_pinned_and_the_rest_of_the_profile_kept(house: Account, museum: Bluesky) -> None:
    house.put(PROFILE, "self", {"displayName": "The museum", "description": "Open daily", "x-ours": {"kept": [1]}})

    first = sent(await museum.pin_notice(outgoing(museum, "Let us stay civil")))
    profile = house.record(PROFILE, "self")
    second = sent(await museum.pin_notice(outgoing(museum, "Let us stay very civil")))

    assert profile is not None
    assert profile["pinnedPost"]["uri"] == first.remote_id
    assert (profile["displayName"], profile["description"], profile["x-ours"]) == (
        "The museum",
        "Open daily",
        {"kept": [1]},
    )
    assert not first.warning
    assert str(first.url) in second.warning


async def test_an_unpinned_notice_stays_public(house: Account, museum: Bluesky) -> None:
    notice = sent(await museum.pin_notice(outgoing(museum, "Let us stay civil")))

    await museum.unpin_notice(notice.remote_id)

    profile = house.record(PROFILE, "self")
    assert profile is not None
    assert "pinnedPost" not in profile
    assert [each["uri"] for each in house.posts()] == [notice.remote_id]


async def test_a_thread_for_those_we_mention_only(house: Account, http: Http) -> None:
    museum = connect(house, http, repliers="mentioned")

    thread = sent(await museum.open_thread(outgoing(museum, "Talk to us here")))

    gate = house.record(GATE, thread.remote_id.rpartition("/")[2])
    assert gate is not None
    assert gate["allow"] == [{"$type": f"{GATE}#mentionRule"}]
    assert gate["post"] == thread.remote_id


async def test_a_hidden_reply_is_hidden_and_shown_again(
    network: Network, house: Account, visitor: Account, museum: Bluesky
) -> None:
    post = house.post("Programme")
    one, two = visitor.post("one", post), visitor.post("two", post)
    network.settle()
    key = post["uri"].rpartition("/")[2]

    for each in (one, two, one):  # hiding twice is hiding once
        assert isinstance(await museum.hide(each["uri"], hidden=True), Sent)
    hidden = house.record(GATE, key)
    await museum.hide(one["uri"], hidden=False)
    shown = house.record(GATE, key)

    assert hidden is not None
    assert hidden["hiddenReplies"] == [one["uri"], two["uri"]]
    assert shown is not None
    assert shown["hiddenReplies"] == [two["uri"]]


async def test_what_a_colleague_hides_elsewhere_is_said_to_be_hidden_until_it_is_shown(
    network: Network, house: Account, visitor: Account, museum: Bluesky, http: Http
) -> None:
    reply = visitor.post("boo", house.post("Programme"))
    network.settle()
    cursor = (await museum.poll(None)).cursor
    colleague = connect(house, http)

    told = []
    for hidden in (True, False):
        await colleague.hide(reply["uri"], hidden=hidden)
        network.settle()
        (looked_at,) = await museum.fetch([reply["uri"]])
        batch = await museum.poll(cursor)
        cursor = batch.cursor
        told += [each.moderation for each in (looked_at, *batch.comments) if isinstance(each, Comment)]

    assert told == ["hidden", "hidden", "", ""]


async def test_a_hidden_reply_is_notified_no_more_and_still_stands_in_the_thread(
    network: Network, house: Account, visitor: Account, museum: Bluesky
) -> None:
    post = house.post("Programme")
    reply = visitor.post("boo", post)
    network.settle()
    (seen,) = (await museum.poll(None)).comments
    await museum.hide(reply["uri"], hidden=True)
    network.settle()

    notes = house.call("GET", "app.bsky.notification.listNotifications", params=[("limit", "100")])["notifications"]
    again = await museum.fetch([reply["uri"]])

    assert reply["uri"] not in [note["uri"] for note in notes], "its absence from the list says nothing of the post"
    assert reply["uri"] in [each.native_id for each in await museum.thread(seen)]
    assert [each.native_id for each in again if isinstance(each, Comment)] == [reply["uri"]]


async def test_a_used_key_is_a_failure_for_a_new_record_and_no_change_for_the_identical_one(
    network: Network, house: Account, visitor: Account, museum: Bluesky
) -> None:
    question = visitor.post("when?", house.post("Programme"))
    network.settle()
    reply = outgoing(museum, "at ten", question["uri"])
    await museum.send_reply(reply)
    record = house.posts()[0]["value"]
    body = {"repo": house.did, "collection": "app.bsky.feed.post", "rkey": reply.client_id, "record": record}

    with pytest.raises(urllib.error.HTTPError) as refused:
        house.call("POST", "com.atproto.repo.createRecord", body)
    house.call("POST", "com.atproto.repo.putRecord", body)

    assert refused.value.code == 500, "it says nothing of why"
    refused.value.close()
    assert [each["value"]["text"] for each in house.posts()].count("at ten") == 1


def test_a_bad_token_and_a_missing_profile_are_both_400(house: Account) -> None:
    me = [("repo", house.did), ("collection", PROFILE), ("rkey", "self")]
    stranger = replace(house, token=house.token[:-6] + "AAAAAA")

    for who, name, params in (
        (stranger, "com.atproto.server.getSession", []),
        (house, "com.atproto.repo.getRecord", me),
    ):
        with pytest.raises(urllib.error.HTTPError) as refused:
            who.call("GET", name, params=params)
        assert refused.value.code == 400
        refused.value.close()


async def test_two_who_hide_at_once_lose_nothing(
    network: Network, house: Account, visitor: Account, museum: Bluesky, http: Http
) -> None:
    post = house.post("Programme")
    replies = [visitor.post(f"reply {number}", post) for number in range(4)]
    network.settle()
    colleague = connect(house, http)

    hiders = [museum, colleague, museum, colleague]
    await asyncio.gather(*(who.hide(each["uri"], hidden=True) for who, each in zip(hiders, replies, strict=True)))

    gate = house.record(GATE, post["uri"].rpartition("/")[2])
    assert gate is not None
    assert set(gate["hiddenReplies"]) == {each["uri"] for each in replies}


async def test_replies_under_others_posts_cannot_be_hidden(
    network: Network, visitor: Account, other: Account, museum: Bluesky
) -> None:
    reply = other.post("rude", visitor.post("My own page"))
    network.settle()

    outcome = await museum.hide(reply["uri"], hidden=True)

    assert isinstance(outcome, Rejected)
    assert "our own posts" in outcome.message


async def test_a_locked_post_keeps_what_is_hidden_and_can_be_opened(
    network: Network, house: Account, visitor: Account, other: Account, museum: Bluesky
) -> None:
    post = house.post("Programme")
    reply = visitor.post("rude", post)
    network.settle()
    await museum.hide(reply["uri"], hidden=True)

    await museum.lock(post["uri"], locked=True)
    network.settle()
    locked = other.call("GET", "app.bsky.feed.getPosts", params=[("uris", post["uri"])])["posts"][0]
    await museum.lock(post["uri"], locked=False)
    network.settle()
    opened = other.call("GET", "app.bsky.feed.getPosts", params=[("uris", post["uri"])])["posts"][0]

    assert locked["viewer"]["replyDisabled"] is True
    assert not opened["viewer"].get("replyDisabled")
    gate = house.record(GATE, post["uri"].rpartition("/")[2])
    assert gate is not None
    assert gate["hiddenReplies"] == [reply["uri"]]


async def test_a_muted_author_is_not_heard_until_taken_back(network: Network, house: Account, museum: Bluesky) -> None:
    loud = network.account("loud")
    post = house.post("Programme")
    network.settle()
    cursor = (await museum.poll(None)).cursor

    warned = sent(await museum.mute(loud.did, seconds=3600))
    loud.post("hey", post)
    network.settle()
    muted = await museum.poll(cursor)
    await museum.mute(loud.did, seconds=0)
    network.settle()
    heard = await museum.poll(muted.cursor)

    assert "without an end" in warned.warning
    assert not muted.comments
    assert texts(heard.comments) == ["hey"]


async def test_a_report_is_taken(network: Network, house: Account, visitor: Account, museum: Bluesky) -> None:
    visitor.post("a threat", house.post("Programme"))
    network.settle()
    comment = (await museum.poll(None)).comments[0]

    assert isinstance(await museum.report(comment, reason="a threat"), Sent)


async def test_our_own_can_be_deleted_and_others_cannot(
    network: Network, house: Account, visitor: Account, museum: Bluesky
) -> None:
    post = house.post("Programme")
    question = visitor.post("when?", post)
    network.settle()
    reply = sent(await museum.send_reply(outgoing(museum, "at ten", question["uri"])))

    assert isinstance(await museum.delete(reply.remote_id), Sent)
    assert isinstance(await museum.delete(reply.remote_id), Sent)  # gone is gone
    assert isinstance(await museum.delete(question["uri"]), Rejected)
    assert [each["uri"] for each in house.posts()] == [post["uri"]]
