"""Raw answers of the Graph API turned into rows, each with the place it was found in: lists, maps, batches, webhooks."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Literal
from urllib.parse import urlsplit

import msgspec
from msgspec import structs

from connectors._answer import parse_json
from connectors._bodies import values_in
from connectors._fields import Fields, moment, table, text

Kind = Literal["", "comment", "post"]

COMMENT_EDGES = frozenset({"comments", "comment", "replies", "live_comments"})
POST_EDGES = frozenset(
    {"feed", "posts", "published_posts", "visitor_posts", "tagged", "promotable_posts", "ads_posts", "media", "medias"}
)
_DEPTH = 12
_NEXT = re.compile(r"/([0-9]+(?:_[0-9]+)*)/([a-z_]+)$")
_NO_ROWS = frozenset(
    {
        "from",
        "user",
        "owner",
        "attachment",
        "attachments",
        "message_tags",
        "paging",
        "summary",
        "error",
        "application",
    }
)
"""Objects inside a row that are no rows, whatever they hold."""
_WORDS = frozenset({"message", "text", "caption", "story", "comment_id"})
_TIMES = frozenset({"created_time", "timestamp"})
_WRITERS = frozenset({"from", "username"})


class Place(msgspec.Struct, frozen=True):
    """Where a row was found.

    Attributes:
        edge: the list's name, or "".
        node: the object that the list belongs to, or "".
        post: the post around it, or "".
        parent: the comment around it, or "".
        at: when the notification was sent that holds it, as it says.
    """

    edge: str = ""
    node: str = ""
    post: str = ""
    parent: str = ""
    at: Any = None

    @property
    def kind(self) -> Kind:
        """What the list holds, as far as its name tells."""
        return kind_of_edge(self.edge)


def kind_of_edge(name: str) -> Kind:
    """Return what a list of that name holds; "" where it does not tell."""
    edge = name.casefold().strip("/")
    return "comment" if edge in COMMENT_EDGES else "post" if edge in POST_EDGES else ""


def rows_in(body: bytes, kind: str) -> Iterator[tuple[Fields, Place]]:
    """Yield every object that may be a comment or a post, outer ones first.

    Args:
        body: as received.
        kind: the name of the edge or of the answer, in the platform's words; "" where the body tells.

    Raises:
        ValueError: nothing in it is JSON.
    """
    for value in values_in(body):
        yield from _walk(value, Place(edge=kind.casefold().strip("/")), 0)


def _walk(value: Any, place: Place, depth: int) -> Iterator[tuple[Fields, Place]]:
    if depth > _DEPTH:
        return
    if isinstance(value, list):
        for each in value:
            yield from _walk(each, place, depth + 1)
    elif isinstance(value, dict):
        yield from _inside(value, place, depth + 1)


def _inside(value: Fields, place: Place, depth: int) -> Iterator[tuple[Fields, Place]]:
    if isinstance(value.get("body"), str) and "code" in value:  # one answer of a batch
        try:
            yield from _walk(parse_json(value["body"].encode()), place, depth)
        except ValueError:
            return
        return
    if isinstance(value.get("value"), dict):  # one change of a webhook
        yield value["value"], structs.replace(place, edge=_edge_of(value), at=value.get("time", place.at))
        return
    if (
        isinstance(value.get("message"), dict) and "sender" in value
    ):  # a webhook's message: a story was answered or named
        yield _told(value, value["message"]), structs.replace(place, edge="messages")
        return
    if "data" in value and ("id" not in value or isinstance(value["data"], list)):
        yield from _walk(value["data"], _listed(value, place), depth)
    if not _WORDS.isdisjoint(value) or _is_wordless(value, place):
        yield value, place
    around = structs.replace(place, at=value.get("time", place.at))
    for key, inner in value.items():
        if key == "data" or not isinstance(inner, dict | list) or (key in _NO_ROWS and "data" not in inner):
            continue
        yield from _walk(inner, _below(key, value, around), depth)


def _is_wordless(value: Fields, place: Place) -> bool:
    """Whether it is a comment or a post without words: a picture, a sticker, or a field that nobody asked for."""
    if "id" not in value or _TIMES.isdisjoint(value):
        return False
    return place.kind == "comment" or not _WRITERS.isdisjoint(value) or "_" in text(value["id"])


def _told(event: Fields, message: Fields) -> Fields:
    """Return a message as a row that Facebook's and Instagram's readers understand."""
    words, sent = text(message.get("text")), event.get("timestamp")
    return {
        **message,
        "text": words,
        "message": words,
        "from": event["sender"],
        "timestamp": sent,
        "created_time": sent,
    }


def _edge_of(change: Fields) -> str:
    """Return what a webhook's change is about; Facebook's "feed" brings posts and comments alike."""
    value, field = table(change.get("value")), text(change.get("field"))
    if text(value.get("item")) == "comment" or text(value.get("comment_id")):
        return "comments"
    return field


def _listed(value: Fields, place: Place) -> Place:
    """Take from the next page's address whose list this is, unless it stands inside what tells."""
    if place.node:
        return place
    paging = table(value.get("paging"))
    for which in ("next", "previous"):
        try:
            found = _NEXT.search(urlsplit(text(paging.get(which))).path)
        except ValueError:
            continue
        if found:
            return structs.replace(place, node=found[1], edge=found[2])
    return place


def _below(key: str, value: Fields, place: Place) -> Place:
    """Return the place of what stands inside a row under `key`."""
    own = text(value.get("id"))
    if key in COMMENT_EDGES and own:
        return structs.replace(place, edge=key, node=own, post=_post_around(place, own))
    if key == "parent":
        return Place(edge="comments", post=place.post, at=place.at)
    return place


def _post_around(place: Place, native_id: str) -> str:
    """Return the post around a row, where the list it was found in is a post's."""
    if place.edge != "comments" or not place.node:
        return place.post
    is_posts = "_" not in native_id or place.node.rpartition("_")[2] == native_id.partition("_")[0]
    return place.node if is_posts else place.post


def time_of(*values: Any) -> datetime | None:
    """Read the first that is a time: ISO 8601, or seconds or milliseconds since the epoch."""
    for value in values:
        word = text(value)
        if word.isdecimal() and 9 <= len(word) <= 14:
            seconds = int(word) / (1000 if len(word) > 11 else 1)
            return datetime.fromtimestamp(seconds, UTC)
        if (at := moment(value)) is not None:
            return at
    return None
