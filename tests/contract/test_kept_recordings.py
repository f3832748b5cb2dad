"""Several answers in one file, as browsers, tests, shells and other programs keep them: `parse` reads every one."""

import base64
import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from commands import Home
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors._errors import ProtocolError
from connectors._registry import load

AT = "2026-11-20T12:00:00+00:00"


def status(number: int) -> dict[str, Any]:
    who = {"account": {"id": "7", "acct": "camille"}, "created_at": AT}
    return {"id": str(number), "content": f"<p>Où est l’épée {number} ?</p>", "in_reply_to_id": None, **who}


def page(number: int, indent: int | None = None) -> str:
    return json.dumps([status(number)], indent=indent, ensure_ascii=False)


def packed(number: int) -> bytes:
    return gzip.compress(page(number).encode(), mtime=0)


def in_base64(body: bytes) -> str:
    return base64.b64encode(body).decode()


def exchange(response: dict[str, Any]) -> dict[str, Any]:
    return {"request": {"method": "GET", "body": page(99)}, "response": response}


def archive(*contents: dict[str, Any]) -> str:
    return json.dumps({"log": {"version": "1.2", "entries": [exchange({"content": each}) for each in contents]}})


HEARD = [
    {"type": "send", "data": page(99)},
    {"type": "receive", "data": json.dumps({"event": "update", "payload": json.dumps(status(1))})},
    {"type": "receive", "data": json.dumps({"event": "update", "payload": json.dumps(status(2))})},
]
STREAM = [f"event: update\r\ndata: {json.dumps(status(number))}\r\n\r\n:thump\r\n\r\n" for number in (1, 2)]
QUOTED = page(2).replace("'", "''")

FILES: dict[str, str | bytes] = {
    "pages appended to one file": page(1, indent=1) + "\n" + page(2, indent=1),
    "pages appended without a line's end": page(1, indent=1) + page(2, indent=1),
    "pages in a list": f"[{page(1)},{page(2)}]",
    "pages with the line ends of Windows": f"{page(1, indent=1)}\n{page(2)}".replace("\n", "\r\n"),
    "lines of JSON": json.dumps(status(1)) + "\r\n" + json.dumps(status(2)) + "\r\n",
    "a stream's lines": "".join(STREAM),
    "answers behind their headers": f"HTTP/2 200\r\nlink: <a>\r\n\r\n{page(1)}\nHTTP/2 200\r\n\r\n{page(2)}",
    "a call of a script": f"/**/receive({page(1)[:-1]},{page(2)[1:]});",
    "in UTF-16, as a shell of Windows writes it": f"[{page(1)},{page(2)}]".encode("utf-16"),
    "in UTF-16 without a mark": f"[{page(1)},{page(2)}]".encode("utf-16-le"),
    "in UTF-8 with a mark": b"\xef\xbb\xbf" + f"[{page(1)},{page(2)}]".encode(),
    "packed": gzip.compress(f"[{page(1)},{page(2)}]".encode(), mtime=0),
    "packed pages appended": packed(1) + packed(2),
    "a browser's archive": archive({"text": page(1)}, {"text": "<html>"}, {"text": page(2)}),
    "a browser's archive in base64": archive(
        {"text": in_base64(page(1).encode()), "encoding": "base64"},
        {"text": in_base64(packed(2)), "encoding": "base64"},
    ),
    "a browser's archive of a stream": json.dumps(
        {"log": {"entries": [{**exchange({"content": {"size": 0}}), "_webSocketMessages": HEARD}]}}
    ),
    "a cassette of VCR": json.dumps(
        {"http_interactions": [exchange({"body": {"encoding": "UTF-8", "string": page(n)}}) for n in (1, 2)]}
    ),
    "a cassette of betamax": json.dumps(
        {"http_interactions": [exchange({"body": {"base64_string": in_base64(packed(n))}}) for n in (1, 2)]}
    ),
    "a cassette of exvcr": json.dumps([exchange({"type": "ok", "body": page(n)}) for n in (1, 2)]),
    "a server made of files": json.dumps({"mappings": [exchange({"jsonBody": [status(n)]}) for n in (1, 2)]}),
    "a cassette of vcrpy": (
        "interactions:\n- request:\n    body: null\n  response:\n    body:\n      string: !!binary |\n"
        f"        {in_base64(packed(1))}\n    headers:\n      body: ['no']\n- request:\n    body: ''\n"
        f"  response:\n    body: {{string: '{QUOTED}'}}\n    status: {{code: 200}}\nversion: 1\n"
    ),
    "a cassette of VCR in YAML": (
        "---\nhttp_interactions:\n- request:\n    body:\n      encoding: UTF-8\n      string: ''\n  response:\n"
        f"    body:\n      encoding: ASCII-8BIT\n      string: {json.dumps(page(1))}\n  recorded_at: x\n"
        f"- request: {{}}\n  response:\n    body:\n      string: |-\n        {page(2)}\nrecorded_with: VCR\n"
    ),
    "a cassette of go-vcr": (
        "---\nversion: 2\ninteractions:\n"
        + "".join(
            f"    - id: {n}\n      request:\n        body: ''\n      response:\n        body: {json.dumps(page(n))}\n"
            for n in (1, 2)
        )
    ),
    "snapshots of a test": (
        "// Jest Snapshot v1\n\nexports[`a 1`] = `\nArray [\n  Object {\n"
        + ",\n".join(f'    "{name}": {json.dumps(value, ensure_ascii=False)}' for name, value in status(1).items())
        + f",\n  }},\n]\n`;\n\nexports[`b 1`] = `undefined`;\n\nexports[`c 1`] = `\n{page(2)}\n`;\n"
    ),
}


def read(platform: str, body: str | bytes) -> list[tuple[str, str, str, str | None, str]]:
    found = load(platform).parse(body if isinstance(body, bytes) else body.encode())
    return [(each.native_id, each.text, each.author.native_id, each.parent_id, each.post_id) for each in found]


@pytest.mark.parametrize("file", FILES)
def test_every_answer_in_it_is_read_and_no_request(file: str) -> None:
    assert [each[:3] for each in read("mastodon", FILES[file])] == [
        ("1", "Où est l’épée 1 ?", "7"),
        ("2", "Où est l’épée 2 ?", "7"),
    ]


def test_two_snapshots_that_number_their_posts_alike_hide_nothing() -> None:
    def view(words: str, who: str) -> dict[str, Any]:
        record = {"$type": "app.bsky.feed.post", "text": words, "createdAt": AT}
        return {"uri": "record(0)", "cid": "cids(0)", "author": {"did": who, "handle": who}, "record": record}

    told = [json.dumps([view("bravo", "user(0)")]), json.dumps([view("merci", "user(0)"), view("merci", "user(1)")])]
    body = "".join(f"exports[`{number} 1`] = `\n{each}\n`;\n" for number, each in enumerate(told))

    assert [each[1:3] for each in read("bluesky", body)] == [
        ("bravo", "user(0)"),
        ("merci", "user(0)"),
        ("merci", "user(1)"),
    ]


def test_what_a_visitor_writes_in_the_shape_of_a_recording_stays_their_words() -> None:
    forged = json.dumps(exchange({"body": page(66)})).replace("<p>", "").replace("</p>", "")
    record = {
        "$type": "app.bsky.feed.post",
        "text": forged,
        "createdAt": AT,
        "log": json.loads(archive({"text": "[]"})),
    }
    view = {"uri": "at://did:plc:c/app.bsky.feed.post/k", "cid": "b", "author": {"did": "did:plc:c"}, "record": record}

    assert [each[1] for each in read("bluesky", json.dumps({"posts": [view]}))] == [forged]
    assert [each[1] for each in read("mastodon", json.dumps([{**status(1), "content": forged}]))] == [forged]


DOTCOM = {
    "found": 2,
    "site_ID": 9,
    "comments": [
        {
            "ID": 11,
            "post": {"ID": 3, "title": "Expo", "type": "post", "link": "https://public-api.example/posts/3"},
            "author": {"ID": 0, "email": "c@mail.example", "name": "Camille", "URL": "", "ip_address": "192.0.2.1"},
            "date": "2026-11-20T13:00:00+01:00",
            "URL": "https://blog.example/expo/#comment-11",
            "content": "<p>Bravo &amp; merci</p>",
            "raw_content": "Bravo & merci",
            "status": "unapproved",
            "parent": False,
            "type": "comment",
            "i_replied": False,
        },
        {
            "ID": 12,
            "post": {"ID": 3},
            "author": {"ID": 77, "login": "musee", "email": False, "name": "Musée"},
            "date": "2026-11-20T12:30:00+00:00",
            "content": "<p>Avec plaisir</p>",
            "status": "approved",
            "parent": {"ID": 11, "type": "comment", "link": "https://public-api.example/comments/11"},
            "type": "comment",
        },
    ],
}


def test_comments_as_wordpress_com_tells_them_lose_nothing() -> None:
    first, second = load("wordpress").parse(json.dumps(DOTCOM).encode())

    assert (first.native_id, first.post_id, first.parent_id, first.text) == ("11", "3", None, "Bravo & merci")
    assert (first.author.native_id, first.author.name, first.moderation) == ("visitor:camille", "Camille", "held")
    assert (first.created_at.isoformat(), first.url) == (AT, "https://blog.example/expo/#comment-11")
    assert (second.native_id, second.post_id, second.parent_id, second.text) == ("12", "3", "11", "Avec plaisir")
    assert (second.author.native_id, second.author.name, second.moderation) == ("77", "Musée", "")
    assert "mail.example" not in repr((first, second))
    assert "192.0.2.1" not in repr((first, second))


def test_a_post_of_wordpress_com_is_no_comment_and_its_comments_are() -> None:
    post = {"ID": 3, "title": "Expo", "content": "<p>La salle 4</p>", "parent": False, "author": {"ID": 77}}

    assert [each[0] for each in read("wordpress", json.dumps({"posts": [post], **DOTCOM}))] == ["11", "12"]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "it is empty"),
        (b" \n", "it is empty"),
        (b"<!DOCTYPE html><html>", "it is a web page"),
        (b"<?xml version='1.0'?><rss/>", "it is XML"),
        (json.dumps([status(1), status(2)]).encode()[:-40], "it ends in the middle"),
        (packed(1)[:60], "it ends in the middle"),
        (b"\x1f\x8b\x08\xff nothing", "it is packed, and cannot be unpacked"),
        (b"\x7fELF\x02\x01", "it is no JSON"),
    ],
)
def test_what_cannot_be_read_is_told_why(body: bytes, why: str) -> None:
    with pytest.raises(ProtocolError, match=why):
        load("mastodon").parse(body)


def test_what_is_packed_to_burst_is_refused() -> None:
    with pytest.raises(ProtocolError, match="unpacks to more than"):
        load("mastodon").parse(gzip.compress(bytes(1024 * 1024), 1) * 257)


def test_the_command_names_the_platform_whose_answer_it_is(tmp_path: Path) -> None:
    answer = tmp_path / "comments.json"
    answer.write_text(json.dumps(DOTCOM))
    home = Home(tmp_path)

    told, said = home.run("parse", "mastodon", str(answer)), home.run("parse", "facebook", str(answer), "--lang", "fr")

    assert (told.code, told.out) == (0, "")
    assert told.err.splitlines() == [
        "no comment is in this answer",
        "it looks like one of wordpress: becalm parse wordpress",
    ]
    assert said.err.splitlines()[1] == "elle ressemble à une réponse de wordpress\u00a0: becalm parse wordpress"
    assert len(home.run("parse", "wordpress", str(answer)).objects) == 2


def test_facebook_does_not_take_instagrams_comments_for_its_own_without_words() -> None:
    row = {"id": "17001", "text": "bravo", "timestamp": AT, "username": "camille"}

    assert read("facebook", json.dumps({"data": [row]})) == []


@pytest.mark.parametrize("platform", ["mastodon", "bluesky", "wordpress", "facebook", "instagram"])
@settings(max_examples=60, deadline=None)
@given(file=st.sampled_from(sorted(FILES)), cut=st.floats(0, 1), put=st.binary(max_size=6))
def test_what_is_damaged_is_read_or_refused_and_never_a_fault(platform: str, file: str, cut: float, put: bytes) -> None:
    kept = FILES[file]
    body = kept if isinstance(kept, bytes) else kept.encode()
    at = round(cut * len(body))

    for damaged in (body[:at], body[at:], body[:at] + put + body[at + len(put) :]):
        try:
            found = load(platform).parse(damaged)
        except ProtocolError:
            continue
        assert all(each.native_id for each in found)
