"""Instagram's JSON into our values: every recorded answer, webhooks, both logins, and what a token may not see."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recorded import recording, recordings

from connectors._errors import ProtocolError
from connectors._instagram_entities import measure
from connectors._model import Comment
from connectors._text import sanitise
from connectors.instagram import Instagram

ROW: dict[str, Any] = {
    "id": "1788",
    "parent_id": "1787",
    "text": "Où est-ce\u200b ?",
    "timestamp": "2026-11-20T12:00:00+0000",
    "username": "camille.b",
    "from": {"id": "77", "username": "camille.b"},
    "hidden": False,
    "like_count": 2,
    "media": {"id": "1790", "permalink": "https://www.instagram.com/p/Abc/"},
}


def parse(value: Any, kind: str = "") -> list[Comment]:
    return Instagram.parse(json.dumps(value).encode(), kind)


def place(comment: Comment) -> tuple[str, str, str | None]:
    return comment.native_id, comment.post_id, comment.parent_id


# -- recorded answers ----------------------------------------------------------------------------------


def test_recorded_comments_lose_nothing() -> None:
    body = recording("instagram/python-facebook/medias_comments_p1.json").read_bytes()
    said = json.loads(body)
    medium = said["paging"]["next"].split("/")[4]

    comments = Instagram.parse(body)

    assert [place(each) for each in comments] == [(row["id"], medium, None) for row in said["data"]]
    assert [each.text for each in comments] == [row["text"] for row in said["data"]]
    assert [each.created_at for each in comments] == [datetime.fromisoformat(row["timestamp"]) for row in said["data"]]


@pytest.mark.parametrize("name", ["comments_comment_fields.json", "comments_replies.json"])
def test_a_recorded_comment_loses_nothing(name: str) -> None:
    body = recording(f"instagram/python-facebook/{name}").read_bytes()
    said = json.loads(body)

    (comment,) = Instagram.parse(body)

    row = said["data"][0] if "data" in said else said
    assert (comment.native_id, comment.text) == (row["id"], row["text"])
    assert comment.author.handle == row.get("username", "")
    assert comment.created_at == datetime.fromisoformat(row["timestamp"])


def test_recorded_captions_lose_nothing() -> None:
    body = recording("instagram/python-facebook/medias_medias_fields.json").read_bytes()
    said = json.loads(body)

    media = Instagram.parse(body)

    assert {each.native_id: each.text for each in media} == {key: row["caption"] for key, row in said.items()}


def test_every_recorded_answer_can_be_read() -> None:
    files = recordings("instagram/**/*.json")
    if not files:
        pytest.skip("recorded answers not present")

    assert [path.name for path in files if not Instagram.parse(path.read_bytes())] == []


# -- invented ones -------------------------------------------------------------------------------------


def test_a_comment_loses_nothing() -> None:
    (comment,) = parse(ROW)

    assert place(comment) == ("1788", "1790", "1787")
    assert comment.created_at == datetime(2026, 11, 20, 12, tzinfo=UTC)
    assert (comment.author.native_id, comment.author.handle) == ("77", "camille.b")
    assert comment.url == "https://www.instagram.com/p/Abc/c/1788/"
    assert (comment.text, comment.raw) == ("Où est-ce ?", "Où est-ce\u200b ?")
    assert comment.reactions == 2


@pytest.mark.parametrize("gone", ["from", "parent_id", "username", "timestamp", "media", "like_count"])
@pytest.mark.parametrize("how", ["missing", "null", "odd"])
def test_what_is_missing_or_odd_loses_nothing_else(gone: str, how: str) -> None:
    row = {key: value for key, value in ROW.items() if key != gone}
    row |= {} if how == "missing" else {gone: None if how == "null" else [7]}

    (comment,) = parse(row)

    assert (comment.native_id, comment.text) == ("1788", "Où est-ce ?")
    assert gone == "media" or comment.post_id == "1790"
    assert gone == "parent_id" or comment.parent_id == "1787"
    assert gone in {"from", "username"} or comment.author.native_id == "77"


def test_authors_that_are_not_named_are_strangers_to_each_other() -> None:
    found = parse({"data": [{"id": "1", "text": "un"}, {"id": "2", "text": "deux"}]})

    assert len({each.author.native_id for each in found}) == 2


def test_answers_inside_comments_inside_media_know_their_place() -> None:
    first = {"id": "1787", "text": "un", "replies": {"data": [{"id": "1788", "text": "deux"}]}}
    medium = {"id": "1790", "caption": "L’épée", "comments": {"data": [first]}}

    found = {each.native_id: place(each) for each in parse({"data": [medium]})}

    assert found["1787"] == ("1787", "1790", None)
    assert found["1788"] == ("1788", "1790", "1787")
    assert found["1790"] == ("1790", "1790", None)


def test_the_next_pages_address_of_answers_tells_what_they_answer() -> None:
    url = "https://graph.facebook.com/v19.0/1787/replies?access_token=s3cret&after=x"

    (found,) = parse({"data": [{"id": "1788", "text": "deux"}], "paging": {"next": url}})

    assert found.parent_id == "1787"


@pytest.mark.parametrize("field", ["comments", "live_comments"])
def test_a_webhook_is_read(field: str) -> None:
    value = {
        "from": {"id": "77", "username": "camille.b", "self_ig_scoped_id": "78"},
        "media": {"id": "1790", "media_product_type": "FEED"},
        "id": "1788",
        "parent_id": "1787",
        "text": "Où est-ce ?",
    }
    entry = {"id": "1784", "time": 1795176000, "changes": [{"field": field, "value": value}]}

    (found,) = parse({"object": "instagram", "entry": [entry]})

    assert place(found) == ("1788", "1790", "1787")
    assert found.author.handle == "camille.b"
    assert found.created_at == datetime(2026, 11, 20, 12, tzinfo=UTC)


def test_what_is_no_json_is_told_so() -> None:
    with pytest.raises(ProtocolError, match="no answer of Instagram"):
        Instagram.parse(b"<html>")


def test_a_comment_holds_three_hundred_characters() -> None:
    assert measure("é" * 300).fits
    assert not measure("é" * 301).fits


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.sampled_from([*ROW, "data", "replies", "caption", "value"]), inner)
    ),
    max_leaves=25,
)


@given(json_values)
def test_no_answer_whatever_it_is_breaks_the_reading(value: Any) -> None:
    for comment in parse(value):
        assert comment.native_id
        assert comment.parent_id != comment.native_id
        assert comment.text == sanitise(comment.text)
