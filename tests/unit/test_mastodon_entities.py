"""Mastodon's JSON into our values: every recorded status, invented odd ones, and the instance's way of counting."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from recorded import exchanges, objects, recording, recordings

from connectors._errors import ProtocolError
from connectors._mastodon_entities import (
    Rules,
    comment_of,
    essence,
    measure,
    order,
    post_of,
    rules_of,
    streaming_base,
    stricter,
)
from connectors._text import sanitise
from connectors.mastodon import Mastodon

CASSETTES = recordings("mastodon/**/*.yaml")


def statuses_in(value: Any) -> list[dict[str, Any]]:
    """Find every status in a recorded body, whatever surrounds it."""
    if isinstance(value, list):
        return [status for item in value for status in statuses_in(item)]
    if isinstance(value, dict):
        own = [value] if {"in_reply_to_id", "account", "created_at"} <= value.keys() and "content" in value else []
        return own + [s for key in ("status", "ancestors", "descendants") for s in statuses_in(value.get(key))]
    return []


def recorded_statuses() -> list[dict[str, Any]]:
    bodies = [(headers, body) for path in CASSETTES for *_, headers, body in exchanges(path)]
    return [
        s for headers, body in bodies if "json" in headers.get("content-type", "") for s in statuses_in(objects(body))
    ]


def test_recorded_statuses_lose_nothing() -> None:
    if not CASSETTES:
        pytest.skip("recorded answers not present")
    statuses = recorded_statuses()

    assert statuses
    for status in statuses:
        comment = comment_of(status)
        assert comment is not None
        assert comment.native_id == status["id"]
        assert comment.author.native_id == status["account"]["id"]
        assert comment.author.handle == status["account"]["acct"]
        assert comment.author.name == (status["account"]["display_name"] or status["account"]["acct"])
        assert comment.parent_id == status["in_reply_to_id"]
        assert comment.created_at == datetime.fromisoformat(status["created_at"])
        assert comment.url == status["url"]
        assert comment.raw == status["content"]
        assert comment.language == status["language"]
        assert "<" not in comment.text


def test_a_recorded_mention_reads_as_a_person_sees_it() -> None:
    cassette = recording("mastodon/Mastodon.py/test_notifications_mentions_only.yaml")
    status = next(s for *_, b in exchanges(cassette) for s in statuses_in(objects(b)) if "hello" in s["content"])
    comment = comment_of(status)

    assert comment is not None
    assert comment.text == "@mastodonpy_test hello!"


@pytest.mark.parametrize("name", ["test_instance.yaml", "test_instance_v1.yaml"])
def test_a_recorded_instance_tells_its_rules(name: str) -> None:
    *_, body = exchanges(recording(f"mastodon/Mastodon.py/{name}"))[0]

    assert rules_of(objects(body)) == Rules(500, 23, 5)
    assert streaming_base(objects(body), "http://localhost:3000") == "http://localhost:4000"


@pytest.mark.parametrize("cassette", CASSETTES, ids=lambda path: path.name)
def test_every_recorded_answer_can_be_parsed(cassette: Path) -> None:
    for *_, headers, body in exchanges(cassette):
        if not body or not {"json", "event-stream"} & set(re.split("[/;]", headers["content-type"])):
            continue
        statuses = [] if body.startswith(b":") else statuses_in(objects(body))
        comments = Mastodon.parse(body)

        assert {c.native_id for c in comments} >= {s["id"] for s in statuses}
        assert body.count(b"event: update") <= len(comments) or statuses


def test_a_conversation_is_followed_to_its_root() -> None:
    def status(native_id: str, parent: str | None) -> dict[str, Any]:
        return {**STATUS, "id": native_id, "in_reply_to_id": parent}

    context = {"ancestors": [status("1", None)], "descendants": [status("3", "2"), status("4", "3")]}
    below_the_root = {"ancestors": [], "descendants": [status("2", "1"), status("3", "2")]}
    mentions = [{"id": "n", "type": "mention", "status": status("3", "2")}]

    def places(value: Any) -> list[tuple[str, str, str | None]]:
        return [(c.native_id, c.post_id, c.parent_id) for c in Mastodon.parse(msgspec.json.encode(value))]

    assert places(below_the_root) == [("2", "1", None), ("3", "1", "2")]
    assert places(mentions) == [("3", "", "2")]
    assert ("1", "", None) in places(context)


@pytest.mark.parametrize("body", [b"", b"<html>", b"{", b"data: nothing"])
def test_what_is_no_answer_is_a_protocol_error(body: bytes) -> None:
    with pytest.raises(ProtocolError):
        Mastodon.parse(body)


@pytest.mark.parametrize("body", [b"[]", b"{}", b"7", b"null", b'[{"status": null}, 3, "x"]'])
def test_what_holds_no_status_holds_no_comment(body: bytes) -> None:
    assert Mastodon.parse(body) == []


STATUS: dict[str, Any] = {
    "id": "2",
    "created_at": "2026-11-20T10:00:00.000Z",
    "in_reply_to_id": "1",
    "visibility": "public",
    "language": "fr",
    "url": "https://mastodon.example/@leo/2",
    "content": "<p>Bonjour</p>",
    "account": {"id": "9", "acct": "leo", "display_name": "Léo"},
}


@pytest.mark.parametrize(
    "around",
    [
        {"accounts": [], "statuses": [STATUS], "hashtags": []},
        {"accounts": [], "statuses": [STATUS], "notification_groups": [{"type": "mention", "status_id": "2"}]},
        [{"id": "c1", "unread": True, "accounts": [], "last_status": STATUS}],
        {"stream": ["user"], "event": "update", "payload": json.dumps(STATUS)},
    ],
    ids=["a search", "grouped notifications", "conversations", "an event over WebSocket"],
)
def test_a_status_is_found_whatever_holds_it(around: Any) -> None:
    assert [c.native_id for c in Mastodon.parse(msgspec.json.encode(around))] == ["2"]


@pytest.mark.parametrize("held", [{"quote": {"state": "accepted", "quoted_status": STATUS}}, {"reblog": STATUS}])
def test_what_a_status_quotes_or_boosts_is_found_beside_it(held: dict[str, Any]) -> None:
    found = Mastodon.parse(msgspec.json.encode({**STATUS, "id": "3", **held}))

    assert {comment.native_id for comment in found} == {"2", "3"}


@pytest.mark.parametrize("payload", ["", "{", "7", '"x"'])
def test_an_event_without_a_status_gives_none(payload: str) -> None:
    assert Mastodon.parse(msgspec.json.encode({"event": "delete", "payload": payload})) == []


def test_an_answer_to_the_post_itself_has_no_parent_comment() -> None:
    comment = comment_of(STATUS, root_id="1")

    assert comment is not None
    assert (comment.post_id, comment.parent_id) == ("1", None)


def test_an_answer_to_a_comment_keeps_its_parent() -> None:
    comment = comment_of(STATUS, root_id="0")

    assert comment is not None
    assert (comment.post_id, comment.parent_id) == ("0", "1")


def test_our_own_status_is_recognised() -> None:
    comment = comment_of(STATUS, own_id="9")

    assert comment is not None
    assert comment.author.is_self


def test_an_edit_changes_the_version() -> None:
    edited = comment_of({**STATUS, "edited_at": "2026-11-20T11:00:00.000Z"})

    assert edited is not None
    assert edited.version == "2026-11-20T11:00:00.000Z"


def test_warning_poll_pictures_and_card_are_part_of_what_was_said() -> None:
    comment = comment_of(
        {
            **STATUS,
            "spoiler_text": "Attention",
            "poll": {"options": [{"title": "Oui"}, {"title": "Non"}]},
            "media_attachments": [
                {"type": "image", "url": "https://x.example/1.png", "description": "Une épée"},
                {"type": "hologram", "url": None, "remote_url": "https://x.example/2"},
            ],
            "card": {"url": "https://x.example/", "title": "Un article"},
        }
    )

    assert comment is not None
    assert comment.text == "Attention\n\nBonjour\n\n☐ Oui\n☐ Non"
    assert [(a.kind, a.description) for a in comment.attachments] == [
        ("image", "Une épée"),
        ("other", ""),
        ("link", "Un article"),
    ]


@pytest.mark.parametrize(
    ("said", "understood"),
    [
        ("public", "public"),
        ("unlisted", "unlisted"),
        ("private", "followers"),
        ("direct", "direct"),
        ("mutuals_only", "followers"),
        ("something new", "followers"),
        (None, "public"),
    ],
)
def test_an_unknown_visibility_is_taken_for_a_private_one(said: str | None, understood: str) -> None:
    comment = comment_of({**STATUS, "visibility": said})

    assert comment is not None
    assert comment.visibility == understood


@pytest.mark.parametrize("missing", [{}, {"id": "1"}, {"account": {"id": "1"}}, {"id": None, "account": None}])
def test_what_has_no_id_or_author_is_no_comment(missing: dict[str, Any]) -> None:
    assert comment_of(missing) is None


@pytest.mark.parametrize("field", sorted(STATUS))
@pytest.mark.parametrize("value", [None, 7, "x", [], {}, [{}], True, -1.5])
def test_a_field_of_any_other_type_raises_nothing(field: str, value: Any) -> None:
    comment_of({**STATUS, field: value})


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(st.dictionaries(st.sampled_from([*STATUS, "poll", "card", "media_attachments", "edited_at"]), json_values))
def test_any_json_gives_safe_text_or_nothing(status: dict[str, Any]) -> None:
    comment = comment_of({**status, "id": "1", "account": {**STATUS["account"], "display_name": status.get("url")}})

    assert comment is not None
    assert sanitise(comment.text) == comment.text
    assert sanitise(comment.url) == comment.url
    assert sanitise(comment.author.name, single_line=True) == comment.author.name
    post_of(status)
    rules_of(status)
    streaming_base(status, "https://x.example")


def test_hostile_bytes_are_gone_from_every_visible_field() -> None:
    evil = "\x1b]52;c;eA==\x07\u202e\u200b\x9b[31m\x00"
    comment = comment_of(
        {
            **STATUS,
            "content": f"<p>a{evil}b</p>",
            "spoiler_text": evil,
            "url": evil,
            "media_attachments": [{"description": evil, "url": evil, "type": evil}],
            "card": {"url": evil, "title": evil},
            "account": {"id": "9", "acct": f"le{evil}o", "display_name": f"[@click=x]{evil}", "url": evil},
        }
    )

    assert comment is not None
    shown = [comment.text, comment.url, comment.author.handle, comment.author.name, comment.author.url]
    shown += [part for a in comment.attachments for part in (a.url, a.description)]
    assert not set("".join(shown)) & set("\x1b\x07\u202e\u200b\x9b\x00")


def test_ids_sort_by_length_first() -> None:
    assert sorted(["100", "99", "9a"], key=order) == ["99", "9a", "100"]


@pytest.mark.parametrize(
    ("one", "other", "result"), [("public", "direct", "direct"), ("unlisted", "public", "unlisted")]
)
def test_the_more_private_of_two_wins(one: Any, other: Any, result: str) -> None:
    assert stricter(one, other) == result


@pytest.mark.parametrize(
    ("text", "used"),
    [
        ("", 0),
        ("Bonjour", 7),
        ("é" * 500, 500),
        ("see https://example.org/a/very/long/path?with=query&and=more#end now", 4 + 23 + 4),
        ("https://example.org/.", 24),
        ("https://nodot", 13),
        ("@camille@far.away.example thanks", len("@camille thanks")),
        ("@camille thanks", 15),
        ("mail me@example.org", 19),
        ("👩🏽‍🎨", 1),
        ("🇫🇷🇧🇪", 2),
        ("❤️", 1),
        ("e\u0301", 1),
        ("a\r\nb", 3),
    ],
)
def test_a_status_is_counted_as_its_server_counts(text: str, used: int) -> None:
    assert measure(text, Rules()).used == used


def test_the_instances_own_rules_count() -> None:
    rules = rules_of({"configuration": {"statuses": {"max_characters": 5000, "characters_reserved_per_url": 30}}})

    found = measure("https://example.org/", rules)

    assert (found.used, found.limit) == (30, 5000)


def test_pleromas_limit_is_understood() -> None:
    assert rules_of({"max_toot_chars": 2000}).max_characters == 2000


@pytest.mark.parametrize(
    ("instance", "server", "base"),
    [
        ({"configuration": {"urls": {"streaming": "wss://s.m.example"}}}, "https://m.example", "https://s.m.example"),
        ({"urls": {"streaming_api": "wss://s.m.example/x"}}, "https://m.example", "https://s.m.example"),
        ({"configuration": {"urls": {"streaming": "ws://s.m.example"}}}, "https://m.example", "https://m.example"),
        ({"configuration": {"urls": {"streaming": "javascript:1"}}}, "https://m.example", "https://m.example"),
        ({}, "https://m.example", "https://m.example"),
    ],
)
def test_the_stream_is_where_the_server_says_but_never_in_the_clear(
    instance: dict[str, Any], server: str, base: str
) -> None:
    assert streaming_base(instance, server) == base


def test_our_text_is_recognised_after_publication() -> None:
    sent = "@leo@far.example Bonjour,\n\nvoyez  https://museum.example/charte"
    published = "@leo Bonjour,\n\nvoyez https://museum.example/charte"

    assert essence(sent) == essence(published)


def test_times_are_aware() -> None:
    comment = comment_of({**STATUS, "created_at": "2026-11-20T10:00:00"})

    assert comment is not None
    assert comment.created_at == datetime(2026, 11, 20, 10, tzinfo=UTC)
