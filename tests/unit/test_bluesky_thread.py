"""A large thread read one post at a time: the same posts as when it is read as a whole, in a fraction of the memory."""

import tracemalloc
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors._answer import Answer
from connectors._bluesky_entities import thread_views
from connectors._bluesky_thread import posts_of
from connectors._errors import ProtocolError
from connectors._fields import table, text

posts = st.fixed_dictionaries({"uri": st.integers(0, 99).map(str), "record": st.dictionaries(st.text(), st.text())})
gone = st.just({"uri": "at://gone", "notFound": True})
nodes: Any = st.recursive(
    st.one_of(gone, st.fixed_dictionaries({"post": posts})),
    lambda below: st.fixed_dictionaries({"post": posts, "replies": st.lists(below, max_size=4)}),
    max_leaves=12,
)
odd = st.one_of(nodes, st.fixed_dictionaries({"post": posts, "replies": st.sampled_from([None, "none", [3, None]])}))


def answer(value: Any) -> Answer:
    body = msgspec.json.encode({"thread": value})
    return Answer(url="https://example.org/", status=200, headers={}, body=body)


def uris(views: Any) -> list[str]:
    return sorted(text(view.get("uri")) for view in views)


@given(st.one_of(nodes, odd))
def test_one_by_one_they_are_the_same_as_together(node: Any) -> None:
    assert uris(posts_of(answer(node))) == uris(thread_views(table(node)))


def test_half_a_character_hides_no_post() -> None:
    body = b'{"thread":{"post":{"uri":"1","text":"\\ud83d"},"replies":[{"post":{"uri":"2"}}]}}'
    said = Answer(url="https://example.org/", status=200, headers={}, body=body)
    assert uris(posts_of(said)) == ["1", "2"]


def test_what_is_no_thread_is_refused() -> None:
    with pytest.raises(ProtocolError):
        list(posts_of(Answer(url="https://example.org/", status=200, headers={}, body=b"<html>")))


def test_five_thousand_replies_take_less_than_the_answer_itself() -> None:
    record = {"text": "épée " * 20, "createdAt": "2026-11-20T10:00:00.000Z", "reply": {"root": {"uri": "at://root"}}}
    below = [{"post": {"uri": f"at://{n}", "cid": f"bafy{n}", "record": record}} for n in range(5000)]
    said = answer({"post": {"uri": "at://root"}, "replies": below})
    tracemalloc.start()
    found = sum(1 for _ in posts_of(said))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == 5001
    assert most < len(said.body)
