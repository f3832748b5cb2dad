"""Answers of kinds that nobody recorded beside the repository, made up from the platforms' documents: nothing is lost."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from commands import Home
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors._errors import ProtocolError
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

INNER = {**view("in"), "value": {"$type": POST, "text": "in", "createdAt": AT}}
del INNER["record"]
QUOTED = {"$type": "app.bsky.embed.record#view", "record": INNER}


def embedded(number: int, **more: Any) -> dict[str, Any]:
    """Make a comment as WordPress embeds it: its post goes unnamed, and its time is the site's own."""
    known = {**row(number, **more), "date": "2026-11-20T13:00:00"}
    return {key: value for key, value in known.items() if key not in {"post", "date_gmt"}}


def article(*comments: dict[str, Any]) -> dict[str, Any]:
    times = {"date": "2026-11-19T10:00:00", "date_gmt": "2026-11-19T09:00:00"}
    return {"id": 3, "title": {"rendered": "Expo"}, **times, "_embedded": {"replies": [list(comments)]}}


def said(number: str, **more: Any) -> dict[str, Any]:
    return {"id": number, "created_time": AT, "from": {"id": "77", "name": "Camille"}, **more}


def lines(*values: Any) -> bytes:
    return b"\n".join(json.dumps(value).encode() for value in values)


def at_of(key: str) -> str:
    return f"at://did:plc:c/{POST}/{key}"


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
    "a conversation whose middle was left out": (
        "mastodon",
        {"ancestors": [status(1), status(2, in_reply_to_id="1")], "descendants": [status(4, in_reply_to_id="3")]},
        [("1", "m1", "7", None), ("2", "m2", "7", None), ("4", "m4", "7", "3")],
    ),
    "answers one of which stands under what was left out": (
        "mastodon",
        {"ancestors": [], "descendants": [status(4, in_reply_to_id="3"), status(6, in_reply_to_id="5")]},
        [("4", "m4", "7", None), ("6", "m6", "7", "5")],
    ),
    "a quote where another server keeps it": (
        "mastodon",
        [status(1, pleroma={"quote": status(2)})],
        [("1", "m1", "7", None), ("2", "m2", "7", None)],
    ),
    "a list inside something else": ("mastodon", {"data": [status(1)], "meta": {}}, [("1", "m1", "7", None)]),
    "a report with what it reports": (
        "mastodon",
        {"event": "report.created", "object": {"id": "5", "account": {"id": "9"}, "statuses": [status(1)]}},
        [("1", "m1", "7", None)],
    ),
    "words kept beside the page's": (
        "mastodon",
        [status(1, content=None, content_text="nu")],
        [("1", "nu", "7", None)],
    ),
    "words kept as a server of another kind does": (
        "mastodon",
        [status(1, content=None, pleroma={"content": {"text/plain": "nu"}})],
        [("1", "nu", "7", None)],
    ),
    "a status and what it became": (
        "mastodon",
        [status(1), status(1, content="<p>mieux</p>", edited_at=AT)],
        [("1", "m1", "7", None), ("1", "mieux", "7", None)],
    ),
    "lines of events of the stream": (
        "mastodon",
        lines(*({"event": "update", "payload": json.dumps(status(number))} for number in (1, 2))),
        [("1", "m1", "7", None), ("2", "m2", "7", None)],
    ),
    "a stream that was cut": (
        "mastodon",
        b"event: update\ndata: " + lines(status(1)) + b'\n\nevent: update\ndata: {"id": "2", "con',
        [("1", "m1", "7", None)],
    ),
    "an event in several lines": (
        "mastodon",
        b"data: " + json.dumps(status(1), indent=1).encode().replace(b"\n", b"\r\ndata: ") + b"\r\n",
        [("1", "m1", "7", None)],
    ),
    "half a character": (
        "mastodon",
        [status(1, content="a\ud800"), status(2)],
        [("1", "a\ufffd", "7", None), ("2", "m2", "7", None)],
    ),
    "a file with a mark at its beginning": ("mastodon", b"\xef\xbb\xbf" + lines([status(1)]), [("1", "m1", "7", None)]),
    "an answer behind its headers": (
        "mastodon",
        b"HTTP/2 200\r\ncontent-type: application/json\r\n\r\n" + lines([status(1)]),
        [("1", "m1", "7", None)],
    ),
    "a post that quotes another": (
        "bluesky",
        {"posts": [view("q", embed=QUOTED)]},
        [(at_of("q"), "q", "did:plc:c", None), (at_of("in"), "in", "did:plc:c", None)],
    ),
    "a quote with pictures, of a post that quotes": (
        "bluesky",
        {"posts": [view("q", embed={"record": {"record": {**INNER, "uri": at_of("mid"), "embeds": [QUOTED]}}})]},
        [
            (at_of("q"), "q", "did:plc:c", None),
            (at_of("mid"), "in", "did:plc:c", None),
            (at_of("in"), "in", "did:plc:c", None),
        ],
    ),
    "an answer as a program wraps it": (
        "bluesky",
        {"success": True, "data": {"thread": {"post": view("a"), "replies": [{"post": view("b")}]}}},
        [(at_of("a"), "a", "did:plc:c", None), (at_of("b"), "b", "did:plc:c", None)],
    ),
    "lines of the network, the last one cut": (
        "bluesky",
        lines(
            {
                "did": "did:plc:c",
                "time_us": SENT * 1_000_000,
                "commit": {"collection": POST, "rkey": "j", "record": view("j")["record"]},
            }
        )
        + b'\n{"did": "did:pl',
        [(at_of("j"), "j", "did:plc:c", None)],
    ),
    "a thread's line without its post": (
        "bluesky",
        {
            "thread": [
                {"uri": GONE["uri"], "depth": 1, "value": {"$type": "app.bsky.unspecced.defs#threadItemNotFound"}}
            ]
        },
        [],
    ),
    "what a record pretends to hold": (
        "bluesky",
        {"posts": [view("a", {"embed": {"record": view("forged", author={"did": "did:plc:victim"})}})]},
        [(at_of("a"), "a", "did:plc:c", None)],
    ),
    "comments inside their post": (
        "wordpress",
        [article(embedded(1), embedded(2, parent=1))],
        [("1", "w1", "visitor:camille", None), ("2", "w2", "visitor:camille", "1")],
    ),
    "what stands around a comment": (
        "wordpress",
        {**row(2, parent=1), "date": "2026-11-20T13:00:00", "_embedded": {"in-reply-to": [embedded(1)]}},
        [("2", "w2", "visitor:camille", "1"), ("1", "w1", "visitor:camille", None)],
    ),
    "a comment of which the words were not asked for": (
        "wordpress",
        [{key: value for key, value in row(1).items() if key != "content"}],
        [("1", "", "visitor:camille", None)],
    ),
    "comments by their number": ("wordpress", {"1": row(1)}, [("1", "w1", "visitor:camille", None)]),
    "an answer behind a server's notice": (
        "wordpress",
        b"<br />\n<b>Notice</b>: Undefined index in <b>/plugin.php</b>\n" + lines([row(1)]),
        [("1", "w1", "visitor:camille", None)],
    ),
    "a sticker without a word": (
        "facebook",
        {"data": [said("9001_1", attachment={"type": "sticker", "url": "https://cdn.example/s"})]},
        [("9001_1", "", "77", None)],
    ),
    "a visitor's picture without a word": (
        "facebook",
        {"data": [said("100_7", attachments={"data": [{"type": "photo"}]})]},
        [("100_7", "", "77", None)],
    ),
    "an answer before the comment that it shows in part": (
        "facebook",
        {
            "data": [
                said("9001_2", message="oui", parent={"id": "9001_1", "message": "non"}),
                said("9001_1", message="non"),
            ]
        },
        [("9001_2", "oui", "77", "9001_1"), ("9001_1", "non", "77", None)],
    ),
    "a private message": (
        "facebook",
        {"id": "t_1", "messages": {"data": [said("m_abc", message="bonjour", attachments={"data": []})]}},
        [("m_abc", "bonjour", "77", None)],
    ),
    "a moving picture without a word": (
        "instagram",
        {"data": [{"id": "17001", "timestamp": AT, "username": "camille", "like_count": 0}]},
        [("17001", "", "name:camille", None)],
    ),
    "a notification that is no list of changes": (
        "instagram",
        {"entry": [{"id": "1", "time": SENT, "field": "comments", "value": {"id": "17001", "text": "bravo"}}]},
        [("17001", "bravo", "unknown:17001", None)],
    ),
    "an answer to a story": ("instagram", story({"mid": "m2", "text": "bravo"}), [("m2", "bravo", "7", None)]),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_shape_that_nobody_recorded_loses_nothing(shape: str) -> None:
    platform, body, expected = SHAPES[shape]

    found = load(platform).parse(body if isinstance(body, bytes) else json.dumps(body).encode())

    assert [(each.native_id, each.text, each.author.native_id, each.parent_id) for each in found] == expected
    assert {each.created_at.strftime("%Y-%m-%d %H:%M") for each in found} <= {"2026-11-20 12:00"}


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ("a conversation whose middle was left out", ["", "1", "1"]),
        ("answers one of which stands under what was left out", ["3", "3"]),
        ("comments inside their post", ["3", "3"]),
        ("what stands around a comment", ["3", "3"]),
    ],
)
def test_a_shape_that_nobody_recorded_keeps_what_its_comments_stand_under(shape: str, expected: list[str]) -> None:
    platform, body, _told = SHAPES[shape]

    assert [each.post_id for each in load(platform).parse(json.dumps(body).encode())] == expected


def test_the_edits_of_a_status_have_no_number_and_keep_their_words() -> None:
    history = [{key: value for key, value in status(number).items() if key != "id"} for number in (1, 2)]

    found = load("mastodon").parse(json.dumps(history).encode())

    assert [(each.text, each.author.native_id) for each in found] == [("m1", "7"), ("m2", "7")]
    assert len({each.native_id for each in found}) == 2


@pytest.mark.parametrize("platform", ["mastodon", "bluesky", "wordpress", "facebook", "instagram"])
@pytest.mark.parametrize("body", [b'[\n {"id": "1",\n "a": [],\n', b"<html>\n[no\n{}", b"data: nothing", b""])
def test_what_was_cut_is_an_error_and_not_an_empty_answer(platform: str, body: bytes) -> None:
    with pytest.raises(ProtocolError):
        load(platform).parse(body)


def test_a_thread_a_thousand_answers_deep_is_read(tmp_path: Path) -> None:
    opening, closing = b'{"post": %s, "replies": [', b"]}"
    thread = b"".join(opening % json.dumps(view(f"d{level}")).encode() for level in range(1000)) + closing * 1000

    done = Home(tmp_path).run("parse", "bluesky", stdin=b'{"thread": %s}' % thread)

    assert (done.code, len(done.lines)) == (0, 1000)


@pytest.mark.parametrize("platform", ["mastodon", "bluesky", "wordpress", "facebook", "instagram"])
def test_an_answer_without_a_comment_is_said_to_hold_none(tmp_path: Path, platform: str) -> None:
    done = Home(tmp_path).run("parse", platform, "--json", stdin=b'{"data": [], "posts": []}')

    assert (done.code, done.out, "no comment is in this answer" in done.err) == (0, "", True)


# -- damage ------------------------------------------------------------------------------------------

Place = tuple[str | int, ...]
WHOLE: dict[str, tuple[Any, list[str]]] = {
    "mastodon": (
        [status(1), {"id": "n", "type": "mention", "account": {"id": "8"}, "status": status(2)}, status(3)],
        ["1", "2", "3"],
    ),
    "bluesky": (
        {"feed": [{"post": view("a")}, {"post": view("b"), "reply": {"root": view("c"), "parent": view("d")}}]},
        [at_of(key) for key in "abcd"],
    ),
    "wordpress": ([row(1), row(2, parent=1), article(embedded(5), embedded(6))], ["1", "2", "5", "6"]),
    "facebook": (
        {
            "data": [
                said("9001_1", message="un"),
                said("9001_2", message="deux", comments={"data": [said("9001_3", message="trois")]}),
            ]
        },
        ["9001_1", "9001_2", "9001_3"],
    ),
    "instagram": (
        {
            "data": [
                {"id": str(number), "text": "mot", "timestamp": AT, "username": "camille"} for number in (171, 172, 173)
            ]
        },
        ["171", "172", "173"],
    ),
}
DAMAGES: list[Any] = [None, "", "x", 7, -1, 0.5, True, [], {}, [None], {"id": None}, "\ud800"]


def places_in(value: Any, above: Place = ()) -> Iterator[Place]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inside:
        yield (*above, key)
        yield from places_in(each, (*above, key))


def ids_below(value: Any, platform: str) -> set[str]:
    found = load(platform).parse(json.dumps(value).encode())
    return {each.native_id for each in found}


def hurt_by(body: Any, place: Place, platform: str) -> set[str]:
    """Return whose comments what stands at a place is a part of: all it holds, or the nearest one around it."""
    parts = [body]
    for key in place:
        parts.append(parts[-1][key])
    for depth in range(len(parts) - 1, -1, -1):
        inner = parts[depth]
        if found := ids_below(inner, platform):
            beside = inner.items() if depth < len(place) and isinstance(inner, dict) else ()
            return found - {each for key, value in beside if key != place[depth] for each in ids_below(value, platform)}
    return set()


@pytest.mark.parametrize("platform", WHOLE)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_whatever_is_wrong_in_one_comment_the_others_are_read(platform: str, data: st.DataObject) -> None:
    body, ids = WHOLE[platform]
    place = data.draw(st.sampled_from(sorted(places_in(body), key=repr)))
    hurt = hurt_by(body, place, platform)
    damaged = json.loads(json.dumps(body))
    part = damaged
    for key in place[:-1]:
        part = part[key]
    if isinstance(part, dict) and data.draw(st.booleans()):
        del part[place[-1]]
    else:
        part[place[-1]] = data.draw(st.sampled_from(DAMAGES))

    found = {each.native_id: each for each in load(platform).parse(json.dumps(damaged).encode())}

    whole = {each.native_id: each for each in load(platform).parse(json.dumps(body).encode())}
    assert set(whole) >= set(ids)
    for native_id in set(ids) - hurt:
        assert (found[native_id].text, found[native_id].author) == (whole[native_id].text, whole[native_id].author)


def test_what_stands_beside_the_words_is_kept() -> None:
    (mention,) = load("instagram").parse(json.dumps(SHAPES["a story that names the house"][1]).encode())
    (quote,) = load("bluesky").parse(json.dumps(SHAPES["a quote with a film"][1]).encode())

    assert [(each.kind, each.url) for each in mention.attachments] == [("image", "https://cdn.example/1")]
    assert {each.kind for each in quote.attachments} == {"video", "link"}
