"""What is hidden under our own posts is said to be so, whoever of the house hid it and with whichever app."""

from datetime import UTC, datetime

import pytest
from bluesky_fake import ME, Fake

from connectors._bluesky_hidden import REMEMBERED
from connectors._model import Comment
from connectors.bluesky import Bluesky

POST = "app.bsky.feed.post"
ROOT = f"at://{ME}/{POST}/3jzfcijpj2z2a"
GATE = "app.bsky.feed.threadgate/3jzfcijpj2z2a"


@pytest.fixture
def fake() -> Fake:
    fake = Fake()
    now = datetime.fromtimestamp(fake.clock(), UTC).isoformat()
    record = {"$type": POST, "text": "Programme", "createdAt": now}
    us = {"did": ME, "handle": "museum.test"}
    fake.posts[ROOT] = {"uri": ROOT, "cid": "c", "author": us, "record": record, "indexedAt": now}
    return fake


@pytest.fixture
def museum(fake: Fake) -> Bluesky:
    return fake.connect()


def hide(fake: Fake, *uris: str) -> None:
    """Let a colleague hide these with an app, and show all others."""
    fake.records[GATE] = {"post": ROOT, "hiddenReplies": list(uris)}


async def moderation(museum: Bluesky, uri: str) -> str:
    (found,) = await museum.fetch([uri])
    assert isinstance(found, Comment)
    return found.moderation


async def test_a_second_look_tells_what_was_hidden_and_shown_again_elsewhere(fake: Fake, museum: Bluesky) -> None:
    reply, other = fake.visitor_posts("one", "rude", ROOT), fake.visitor_posts("two", "kind", ROOT)

    before = await moderation(museum, reply)
    hide(fake, reply)
    hidden, beside = await moderation(museum, reply), await moderation(museum, other)
    hide(fake)
    shown = await moderation(museum, reply)
    hide(fake, reply)
    await moderation(museum, reply)
    del fake.records[GATE]
    freed = await moderation(museum, reply)

    assert [before, hidden, beside, shown, freed] == ["", "hidden", "", "", ""]


async def test_what_is_hidden_elsewhere_arrives_with_the_next_sweep_and_only_once(fake: Fake, museum: Bluesky) -> None:
    reply = fake.visitor_posts("one", "rude", ROOT)
    cursor = (await museum.poll(None)).cursor
    hide(fake, reply)
    fake.notes.clear()  # the network notifies of it no more

    changes = []
    for _ in range(3):
        batch = await museum.poll(cursor)
        cursor = batch.cursor
        changes.append([(each.text, each.moderation) for each in batch.comments])
    hide(fake)
    shown = await museum.poll(cursor)

    assert changes == [[("rude", "hidden")], [], []]
    assert [(each.text, each.moderation) for each in shown.comments] == [("rude", "")]


async def test_a_connector_made_anew_does_not_take_the_hidden_for_public(fake: Fake, museum: Bluesky) -> None:
    reply = fake.visitor_posts("one", "rude", ROOT)
    hide(fake, reply)
    fake.notes.clear()
    cursor = (await museum.poll(None)).cursor

    again = await fake.connect().poll(cursor)

    assert [each.moderation for each in again.comments] == ["hidden"]


async def test_only_our_own_gates_are_asked_for_and_each_once(fake: Fake, museum: Bluesky) -> None:
    elsewhere = f"at://did:plc:other/{POST}/3kelsewhere"
    uris = [fake.visitor_posts(f"own{number}", "hm", ROOT) for number in range(3)]
    uris.append(fake.visitor_posts("foreign", "hm", elsewhere))
    fake.requests.clear()

    await museum.fetch(uris)

    asked = [r.url.params.get_list("uris") for r in fake.requests if r.url.path.endswith("getPosts")]
    assert asked == [uris, [ROOT]]


async def test_no_more_gates_are_kept_in_mind_than_a_storm_needs(museum: Bluesky) -> None:
    hidden = museum._hidden
    for number in range(REMEMBERED + 5):
        hidden.saw({"uri": f"at://{ME}/{POST}/{number}", "threadgate": {"record": {"hiddenReplies": ["at://x/y/z"]}}})

    assert len(hidden._under) == REMEMBERED
