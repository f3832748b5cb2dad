"""Answers of kinds that nobody recorded beside the repository, made up from the platforms' documents: nothing is lost."""

import json
from typing import Any

import pytest

from connectors._registry import load

AT = "2026-11-20T12:00:00+0000"
SENT = 1_795_176_000
POST = "app.bsky.feed.post"


def status(number: int, **more: Any) -> dict[str, Any]:
    who = {"account": {"id": "7", "acct": "camille"}, "created_at": AT}
    return {"id": str(number), "content": f"<p>m{number}</p>", "in_reply_to_id": None, **who, **more}


def view(key: str, record: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    who = {"author": {"did": "did:plc:c", "handle": "c.test"}, "indexedAt": AT}
    words = {"$type": POST, "text": key, "createdAt": AT, **(record or {})}
    return {"uri": f"at://did:plc:c/{POST}/{key}", "cid": "b", "record": words, **who, **more}


def row(number: int, **more: Any) -> dict[str, Any]:
    who = {"author": 0, "author_name": "Camille", "date_gmt": "2026-11-20T12:00:00", "type": "comment"}
    return {"id": number, "post": 3, "parent": 0, "content": {"rendered": f"<p>w{number}</p>"}, **who, **more}


def story(message: dict[str, Any]) -> dict[str, Any]:
    event = {"sender": {"id": "7"}, "recipient": {"id": "1"}, "timestamp": SENT * 1000, "message": message}
    return {"object": "instagram", "entry": [{"id": "1", "time": SENT, "messaging": [event]}]}


GONE = {"uri": f"at://did:plc:z/{POST}/gone", "cid": "g"}
ROOT = {"uri": f"at://did:plc:m/{POST}/root", "cid": "r"}
BLOCKED = {"$type": "app.bsky.feed.defs#blockedPost", "uri": GONE["uri"], "blocked": True}
MISSING = {"$type": "app.bsky.feed.defs#notFoundPost", "uri": GONE["uri"], "notFound": True}
QUOTE = {"$type": "app.bsky.embed.recordWithMedia", "record": {"record": ROOT}, "media": {"video": {}}}

SHAPES: dict[str, tuple[str, Any, list[tuple[str, str, str, str | None]]]] = {
    "a parent that is blocked, a reply that is gone": (
        "bluesky",
        {
            "thread": {
                "parent": BLOCKED,
                "post": view("a", {"reply": {"root": ROOT, "parent": GONE}}),
                "replies": [MISSING],
            }
        },
        [(f"at://did:plc:c/{POST}/a", "a", "did:plc:c", GONE["uri"])],
    ),
    "a quote with a film": (
        "bluesky",
        {"posts": [view("q", {"embed": QUOTE})]},
        [(f"at://did:plc:c/{POST}/q", "q", "did:plc:c", None)],
    ),
    "quotes of a post": (
        "bluesky",
        {"uri": ROOT["uri"], "cid": "r", "posts": [view("q")]},
        [(f"at://did:plc:c/{POST}/q", "q", "did:plc:c", None)],
    ),
    "an edited status with a warning and a poll": (
        "mastodon",
        [status(1, spoiler_text="CW", edited_at=AT, poll={"options": [{"title": "oui"}, {"title": "non"}]})],
        [("1", "CW\n\nm1\n\n☐ oui\n☐ non", "7", None)],
    ),
    "a quoted status": (
        "mastodon",
        [status(1, quote={"state": "accepted", "quoted_status": status(2)})],
        [("1", "m1", "7", None), ("2", "m2", "7", None)],
    ),
    "a reply to what is not there": ("mastodon", [status(1, in_reply_to_id="404")], [("1", "m1", "7", "404")]),
    "an edit on the stream": (
        "mastodon",
        {"stream": ["user"], "event": "status.update", "payload": json.dumps(status(1))},
        [("1", "m1", "7", None)],
    ),
    "a pingback, and a reply to what is gone": (
        "wordpress",
        [row(1, type="pingback", author_name="Un blog"), row(2, parent=99)],
        [("1", "w1", "visitor:un blog", None), ("2", "w2", "visitor:camille", "99")],
    ),
    "a comment that was deleted": (
        "wordpress",
        {"deleted": True, "previous": row(1)},
        [("1", "w1", "visitor:camille", None)],
    ),
    "a comment whose words are plain, of nobody": (
        "wordpress",
        [{"id": 1, "post": 3, "parent": 2, "date_gmt": "2026-11-20T12:00:00", "content": "<p>nu</p>"}],
        [("1", "nu", "visitor:1", "2")],
    ),
    "a reply without its author": (
        "facebook",
        {"data": [{"id": "9001_2", "message": "sans nom", "parent": {"id": "9001_1"}, "created_time": AT}]},
        [("9001_2", "sans nom", "unknown:9001_2", "9001_1")],
    ),
    "a mention that tells its numbers alone": (
        "instagram",
        {
            "entry": [
                {
                    "id": "1",
                    "time": SENT,
                    "changes": [{"field": "mentions", "value": {"media_id": "17", "comment_id": "18"}}],
                }
            ]
        },
        [("18", "", "unknown:18", None)],
    ),
    "a story that names the house": (
        "instagram",
        story({"mid": "m1", "attachments": [{"type": "story_mention", "payload": {"url": "https://cdn.example/1"}}]}),
        [("m1", "", "7", None)],
    ),
    "an answer to a story": ("instagram", story({"mid": "m2", "text": "bravo"}), [("m2", "bravo", "7", None)]),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_shape_that_nobody_recorded_loses_nothing(shape: str) -> None:
    platform, body, expected = SHAPES[shape]

    found = load(platform).parse(json.dumps(body).encode())

    assert [(each.native_id, each.text, each.author.native_id, each.parent_id) for each in found] == expected
    assert {each.created_at.strftime("%Y-%m-%d %H:%M") for each in found} == {"2026-11-20 12:00"}


def test_what_stands_beside_the_words_is_kept() -> None:
    (mention,) = load("instagram").parse(json.dumps(SHAPES["a story that names the house"][1]).encode())
    (quote,) = load("bluesky").parse(json.dumps(SHAPES["a quote with a film"][1]).encode())

    assert [(each.kind, each.url) for each in mention.attachments] == [("image", "https://cdn.example/1")]
    assert {each.kind for each in quote.attachments} == {"video", "link"}
