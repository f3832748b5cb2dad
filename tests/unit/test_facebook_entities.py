"""Facebook's JSON into our values: every recorded answer, webhooks, batches, and what a token may not see."""

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recorded import recording, recordings

from connectors._errors import ProtocolError
from connectors._facebook_entities import Address, address_of, essence, measure
from connectors._model import Comment
from connectors._text import sanitise
from connectors.facebook import Facebook

ROW: dict[str, Any] = {
    "id": "900_12",
    "parent": {"id": "900_11"},
    "from": {"id": "55", "name": "Camille\u202e"},
    "message": "Ouvert\u200b lundi ?",
    "created_time": "2026-11-20T12:00:00+0000",
    "comment_count": 3,
    "like_count": 4,
    "permalink_url": "https://www.facebook.com/1700/posts/900/?comment_id=11&reply_comment_id=12",
    "attachment": {"type": "photo", "media": {"image": {"src": "https://cdn.example/p.jpg"}}, "title": "Une photo"},
}


def parse(value: Any, kind: str = "") -> list[Comment]:
    return Facebook.parse(json.dumps(value).encode(), kind)


def place(comment: Comment) -> tuple[str, str, str | None]:
    return comment.native_id, comment.post_id, comment.parent_id


# -- recorded answers ----------------------------------------------------------------------------------


def test_recorded_comments_lose_nothing() -> None:
    body = recording("facebook/python-facebook/comments_comments_p1.json").read_bytes()
    said = json.loads(body)["data"]

    comments = Facebook.parse(body)

    assert len(comments) == len(said)
    for comment, row in zip(comments, said, strict=True):
        parts = urlsplit(row["permalink_url"])
        page, _, post = parts.path.strip("/").split("/")
        numbers = {key: value[0] for key, value in parse_qs(parts.query).items()}
        is_answer = "reply_comment_id" in numbers
        own = numbers["reply_comment_id" if is_answer else "comment_id"]
        assert place(comment) == (
            f"{post}_{own}",
            f"{page}_{post}",
            f"{post}_{numbers['comment_id']}" if is_answer else None,
        )
        assert comment.text == sanitise(row["message"])
        assert comment.created_at == datetime.fromisoformat(row["created_time"])
        assert (comment.replies, comment.url) == (row["comment_count"], row["permalink_url"])
    assert len({comment.author.native_id for comment in comments}) == len(comments)


@pytest.mark.parametrize("name", ["comments_comment_info.json", "comments_create_resp.json"])
def test_a_recorded_comment_loses_nothing(name: str) -> None:
    body = recording(f"facebook/python-facebook/{name}").read_bytes()
    row = json.loads(body)

    (comment,) = Facebook.parse(body)

    assert comment.native_id == row["id"]
    assert comment.post_id.endswith(f"_{row['id'].partition('_')[0]}")
    assert (comment.text, comment.url) == (row["message"], row["permalink_url"])
    assert comment.created_at == datetime.fromisoformat(row["created_time"])


def test_recorded_posts_lose_nothing() -> None:
    body = recording("facebook/python-facebook/posts_feed_fields_p1.json").read_bytes()
    rows = json.loads(body)["data"]

    posts = Facebook.parse(body)

    assert [(post.native_id, post.post_id) for post in posts] == [(row["id"], row["id"]) for row in rows]
    assert [post.text for post in posts] == [sanitise(row["message"]) for row in rows]


def test_every_recorded_answer_can_be_read() -> None:
    files = recordings("facebook/**/*.json")
    if not files:
        pytest.skip("recorded answers not present")

    assert [path.name for path in files if not isinstance(Facebook.parse(path.read_bytes()), list)] == []


@pytest.mark.parametrize(
    "name", ["base_error_data", "base_token_info", "base_user_accounts_token", "base_long_term_token"]
)
def test_recorded_answers_without_words_give_nothing(name: str) -> None:
    assert Facebook.parse(recording(f"facebook/python-facebook/{name}.json").read_bytes()) == []


# -- invented ones -------------------------------------------------------------------------------------


def test_a_comment_loses_nothing() -> None:
    (comment,) = parse(ROW)

    assert place(comment) == ("900_12", "1700_900", "900_11")
    assert comment.created_at == datetime(2026, 11, 20, 12, tzinfo=UTC)
    assert (comment.author.native_id, comment.author.name) == ("55", "Camille")
    assert comment.author.url == "https://www.facebook.com/55"
    assert (comment.reactions, comment.replies) == (4, 3)
    assert [(a.kind, a.url, a.description) for a in comment.attachments] == [
        ("image", "https://cdn.example/p.jpg", "Une photo")
    ]


def test_a_text_is_safe_and_its_original_kept_as_evidence() -> None:
    (comment,) = parse(ROW)

    assert comment.text == "Ouvert lundi ?"
    assert comment.raw == "Ouvert\u200b lundi ?"


@pytest.mark.parametrize("gone", ["from", "parent", "permalink_url", "created_time", "attachment", "message"])
@pytest.mark.parametrize("how", ["missing", "null", "odd"])
def test_what_is_missing_or_odd_loses_nothing_else(gone: str, how: str) -> None:
    row = {key: value for key, value in ROW.items() if key != gone}
    row |= {} if how == "missing" else {gone: None if how == "null" else [7]}
    row.setdefault("message", "")

    (comment,) = parse(row)

    assert comment.native_id == "900_12"
    assert gone == "message" or comment.text == "Ouvert lundi ?"
    assert comment.post_id in {"1700_900", "900"}
    assert comment.parent_id == "900_11"


def test_a_comment_whose_id_may_not_be_seen_keeps_its_words() -> None:
    rows = [{"message": "un", "created_time": "2026-11-20T12:00:00+0000"}, {"message": "deux"}]

    comments = parse({"data": rows}, "comments")

    assert [comment.text for comment in comments] == ["un", "deux"]
    assert len({comment.native_id for comment in comments}) == 2


def test_the_next_pages_address_tells_whose_list_it_is() -> None:
    def listed(node: str, native_id: str) -> Comment:
        url = f"https://graph.facebook.com/v19.0/{node}/comments?access_token=s3cret&after=x"
        (found,) = parse({"data": [{"id": native_id, "message": "un"}], "paging": {"next": url}})
        return found

    assert place(listed("1700_900", "900_12")) == ("900_12", "1700_900", None)
    assert place(listed("900_11", "900_12")) == ("900_12", "900", "900_11")


def test_comments_inside_posts_and_answers_inside_comments_know_their_place() -> None:
    answer = {"id": "900_12", "message": "deux"}
    first = {"id": "900_11", "message": "un", "comments": {"data": [answer]}}
    post = {
        "id": "1700_900",
        "message": "L’épée",
        "updated_time": "2026-11-20T12:00:00+0000",
        "comments": {"data": [first]},
    }

    found = {each.native_id: place(each) for each in parse({"data": [post]})}

    assert found.pop("1700_900") == ("1700_900", "1700_900", None)
    assert found == {"900_11": ("900_11", "1700_900", None), "900_12": ("900_12", "1700_900", "900_11")}


def test_objects_asked_for_by_id_are_read() -> None:
    found = parse({"900_11": {"id": "900_11", "message": "un"}, "900_12": {**ROW}})

    assert [each.native_id for each in found] == ["900_11", "900_12"]


def test_every_answer_of_a_batch_is_read() -> None:
    parts = [
        {"code": 200, "body": json.dumps({"data": [ROW]})},
        {"code": 400, "body": '{"error": {"message": "no"}}'},
        None,
    ]

    assert [each.native_id for each in parse(parts)] == ["900_12"]


def test_a_webhook_of_a_page_is_read() -> None:
    value = {
        "from": {"id": "55", "name": "Camille"},
        "post": {"status_type": "mobile_status_update", "id": "1700_900", "permalink_url": "https://facebook.com/x"},
        "message": "Ouvert ?",
        "post_id": "1700_900",
        "comment_id": "900_12",
        "created_time": 1795176000,
        "item": "comment",
        "parent_id": "900_11",
        "verb": "add",
    }
    top = {**value, "comment_id": "900_13", "parent_id": "1700_900"}
    changes = [{"field": "feed", "value": value}, {"field": "feed", "value": top}]

    found = parse({"object": "page", "entry": [{"id": "1700", "time": 1795176003, "changes": changes}]})

    assert [place(each) for each in found] == [("900_12", "1700_900", "900_11"), ("900_13", "1700_900", None)]
    assert {each.created_at for each in found} == {datetime(2026, 11, 20, 12, tzinfo=UTC)}
    assert {each.author.name for each in found} == {"Camille"}


def test_a_visitors_post_told_by_a_webhook_is_read() -> None:
    value = {"item": "status", "verb": "add", "post_id": "1700_901", "message": "Bravo", "created_time": 1795176000}

    (found,) = parse({"object": "page", "entry": [{"changes": [{"field": "feed", "value": value}]}]})

    assert (found.native_id, found.text) == ("1700_901", "Bravo")


def test_a_kind_decides_where_the_body_does_not() -> None:
    body = {"data": [{"id": "1700_900", "message": "un", "created_time": "2026-11-20T12:00:00+0000"}]}

    assert place(parse(body, "feed")[0]) == ("1700_900", "1700_900", None)
    assert place(parse(body, "comments")[0]) == ("1700_900", "1700", None)


def test_what_is_no_json_is_told_so() -> None:
    with pytest.raises(ProtocolError, match="no answer of Facebook"):
        Facebook.parse(b"<html>")


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://www.facebook.com/17/posts/90/?comment_id=1&reply_comment_id=2", Address("17", "90", "1", "2")),
        ("https://www.facebook.com/17/posts/90?comment_id=1", Address("17", "90", "1")),
        ("https://www.facebook.com/musee/posts/les-epees/90/", Address("", "90")),
        ("https://www.facebook.com/17/videos/90/?comment_id=1", Address("17", "90", "1")),
        ("https://www.facebook.com/17/photos/a.1.2/90/?comment_id=1", Address("17", "90", "1")),
        ("https://www.facebook.com/permalink.php?story_fbid=90&id=17&comment_id=1", Address("17", "90", "1")),
        ("https://www.facebook.com/photo.php?fbid=90&comment_id=1", Address("", "90", "1")),
        ("https://www.facebook.com/permalink.php?story_fbid=pfbid02&id=17", Address("17")),
        ("https://[", Address()),
        ("", Address()),
    ],
)
def test_an_address_tells_page_post_comment_and_answer(url: str, address: Address) -> None:
    assert address_of(url) == address


def test_a_comment_holds_eight_thousand_characters() -> None:
    assert measure("é" * 8000).fits
    assert not measure("é" * 8001).fits


def test_our_own_text_is_recognised_whatever_became_of_its_white_space() -> None:
    assert essence("Merci,\r\n  Camille !") == essence("merci, camille\u00a0!")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.sampled_from([*ROW, "data", "comments", "body", "code", "value"]), inner)
    ),
    max_leaves=25,
)


@given(json_values)
def test_no_answer_whatever_it_is_breaks_the_reading(value: Any) -> None:
    for comment in parse(value):
        assert comment.native_id
        assert comment.parent_id != comment.native_id
        assert comment.text == sanitise(comment.text)
