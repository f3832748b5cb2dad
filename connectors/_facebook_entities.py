"""Facebook's JSON into our values: pure functions, tolerant of what a token may not see."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any
from urllib.parse import parse_qs, urlsplit

import msgspec

from connectors._bodies import fullest, name_for
from connectors._fields import Fields, count, table, text
from connectors._graph_api import is_id
from connectors._graph_bodies import Kind, Place, kind_of_edge, rows_in, time_of
from connectors._model import Attachment, Author, Comment, Measure, Post, Writing
from connectors._text import SafeText, one_line, sanitise

MAX_LENGTH = 8000
"""Characters of one comment; what the platform's own pages take, nowhere documented for the API."""
MAX_POST = 63_206
"""Characters of one post."""

COMMENT_FIELDS = (
    "id,parent{id},from{id,name},message,created_time,is_hidden,can_comment,can_hide,comment_count,like_count,"
    "permalink_url,attachment"
)
POST_FIELDS = "id,from{id,name},message,story,created_time,updated_time,permalink_url"

EPOCH = datetime.fromtimestamp(0, UTC)
_SITE = "https://www.facebook.com"
_POST_PATH = re.compile(r"^/(?P<page>[^/]+)/(?:posts|videos|photos)(?:/[^/]+)*?/(?P<post>\d+)/?$")
_INSTAGRAMS = frozenset({"text", "caption", "timestamp"})
_FACEBOOKS = frozenset({"message", "created_time", "comment_id", "item", "story"})
_POST_SIGNS = frozenset(
    {"updated_time", "status_type", "story", "shares", "is_published", "full_picture", "attachments", "reactions"}
    | {"actions", "properties", "promotable_id", "timeline_visibility"}
)
_COMMENT_SIGNS = frozenset(
    {"comment_count", "like_count", "can_hide", "can_comment", "can_remove", "can_reply_privately", "user_likes"}
    | {"parent", "comment_id", "is_private"}
)
_KINDS = {
    "photo": "image",
    "sticker": "image",
    "animated_image": "image",
    "video": "video",
    "share": "link",
    "link": "link",
}


class Address(msgspec.Struct, frozen=True):
    """What a comment's or a post's own address tells.

    Attributes:
        page: whose post it is, where that is a number.
        post: the post's last number.
        comment: the first-level comment's, or "".
        reply: the answer's to it, or "".
    """

    page: str = ""
    post: str = ""
    comment: str = ""
    reply: str = ""

    @property
    def post_id(self) -> str:
        """The post's id as the API knows it, as far as the address tells."""
        return f"{self.page}_{self.post}" if self.page and self.post else self.post


def address_of(url: str) -> Address:
    """Read an address of Facebook's."""
    try:
        parts = urlsplit(url)
        query = {key: values[0] for key, values in parse_qs(parts.query).items() if values[0].isdecimal()}
    except ValueError:
        return Address()
    found = _POST_PATH.match(parts.path)
    page = found["page"] if found else query.get("id", "")
    return Address(
        page=page if page.isdecimal() else "",
        post=found["post"] if found else query.get("story_fbid") or query.get("fbid") or query.get("v", ""),
        comment=query.get("comment_id", ""),
        reply=query.get("reply_comment_id", ""),
    )


def comments_in(body: bytes, kind: str = "") -> list[Comment]:
    """Read every comment out of a raw answer, and every post: people write those on a Page as well.

    Args:
        body: as received.
        kind: the edge it answered, for that alone ("comments", "feed"); also where the body does not tell which.

    Raises:
        ValueError: it is no JSON.
    """
    wanted = kind_of_edge(kind)
    found = ((row, place, _kind_of(row, place)) for row, place in rows_in(body, kind) if not _is_instagrams(row))
    return fullest((row, _comment_in(row, place, what)) for row, place, what in found if wanted in {"", what})


def _is_instagrams(row: Fields) -> bool:
    """Whether a row says in Instagram's words what it says."""
    return not _INSTAGRAMS.isdisjoint(row) and _FACEBOOKS.isdisjoint(row)


def _comment_in(row: Fields, place: Place, what: Kind) -> Comment | None:
    post = post_as_comment(row) if what == "post" else None
    return post or comment_of(row, place=place)


def _kind_of(row: Fields, place: Place) -> Kind:
    address = address_of(text(row.get("permalink_url")))
    if address.comment or text(row.get("item")) == "comment" or place.edge in {"comments", "comment", "replies"}:
        return "comment"
    if not row.keys().isdisjoint(_POST_SIGNS) or place.kind == "post" or address.post:
        return "post"
    return "comment"


# -- comments ------------------------------------------------------------------------------------------


def comment_of(row: Fields, page_id: str = "", post_id: str = "", place: Place | None = None) -> Comment | None:
    """Read a comment; None when nothing tells its id, unless it is from a raw answer: there its words are kept.

    Args:
        row: the JSON object, of the API or of a webhook.
        page_id: the Page we act as; its own comments are marked `is_self`.
        post_id: the post it was read from, where that is known.
        place: where it was found in a raw answer.
    """
    message, url = text(row.get("message")), text(row.get("permalink_url"))
    address = address_of(url)
    native_id = _own_id(row, address) or (_name_in(row, message) if place else "")
    if not native_id:
        return None
    place = place or Place()
    post = post_id or _post_of(row, native_id, address, place, page_id)
    parent = _parent_of(row, native_id, address, place)
    attachments = tuple(_attachments(row))
    return Comment(
        native_id=native_id,
        post_id=post,
        parent_id=parent if parent and parent not in {native_id, post} else None,
        author=author_of(row, native_id, page_id),
        text=sanitise(message),
        created_at=time_of(row.get("created_time"), place.at) or EPOCH,
        url=one_line(url or (f"{_SITE}/{native_id}" if is_id(native_id) else ""), 2000),
        version=blake2b(message.encode("utf-8", "replace"), digest_size=8).hexdigest(),
        attachments=attachments,
        reactions=count(row.get("like_count"))
        or count(table(table(row.get("likes")).get("summary")).get("total_count")),
        replies=count(row.get("comment_count")),
        moderation="hidden" if is_hidden(row) else "",
        raw=message if message != sanitise(message) else "",
    )


def _name_in(row: Fields, message: str) -> str:
    """Name a row of a raw answer that has no number: a message by its own id, any other words by themselves."""
    said = one_line(text(row.get("mid")) or text(row.get("id")))
    return said or (name_for(message, text(row.get("created_time"))) if message else "")


def _own_id(row: Fields, address: Address) -> str:
    for said in (text(row.get("id")), text(row.get("comment_id"))):
        if is_id(said):
            return said
    own = address.reply or address.comment
    return f"{address.post}_{own}" if own and address.post else own


def _post_of(row: Fields, native_id: str, address: Address, place: Place, page_id: str) -> str:
    said = (row.get("post_id"), table(row.get("post")).get("id"), table(row.get("object")).get("id"), place.post)
    found = next((text(each) for each in said if is_id(text(each))), "")
    prefix = native_id.rpartition("_")[0]
    if found or not prefix:
        return found or address.post_id or _if_post(place, "")
    if "_" in prefix:  # page_post_comment: how older versions number
        return prefix
    if address.post == prefix and address.page:
        return address.post_id
    return _if_post(place, prefix) or (f"{page_id}_{prefix}" if page_id else prefix)


def _if_post(place: Place, prefix: str) -> str:
    """Return the object whose list a comment was found in, where that is the post and no comment."""
    is_post = place.edge == "comments" and (not prefix or place.node.rpartition("_")[2] == prefix)
    return place.node if is_post else ""


def _parent_of(row: Fields, native_id: str, address: Address, place: Place) -> str:
    for said in (table(row.get("parent")).get("id"), row.get("parent_id"), place.parent):
        if is_id(text(said)):
            return text(said)
    if address.reply and address.comment:
        return f"{address.post}_{address.comment}" if "_" in native_id else address.comment
    around = place.node
    is_comment = place.edge in {"comments", "replies"} and around.partition("_")[0] == native_id.partition("_")[0]
    return around if is_comment and "_" in around else ""


def author_of(row: Fields, native_id: str, page_id: str) -> Author:
    """Read who wrote it; a token that may not see it leaves each author a stranger of their own."""
    by = table(row.get("from"))
    author = text(by.get("id")) or text(row.get("sender_id"))
    name = one_line(text(by.get("name")) or text(row.get("sender_name")) or text(by.get("username")))
    return Author(
        native_id=author or (f"name:{name.casefold()}" if name else f"unknown:{native_id}"),
        handle=one_line(text(by.get("username"))) or name,
        name=name,
        url=one_line(f"{_SITE}/{author}") if author.isdecimal() else SafeText(""),
        is_self=bool(page_id) and author == page_id,
    )


def _attachments(row: Fields) -> Iterator[Attachment]:
    found = table(row.get("attachment"))
    media = table(table(found.get("media")).get("image"))
    url = text(found.get("url")) or text(media.get("src")) or text(row.get("photo")) or text(row.get("video"))
    if not url:
        return
    said = text(found.get("type")) or ("photo" if row.get("photo") else "video" if row.get("video") else "")
    kind: Any = next((known for word, known in _KINDS.items() if word in said), "other")
    description = text(found.get("title")) or text(found.get("description"))
    yield Attachment(kind=kind, url=one_line(url, 2000), description=one_line(description, 500))


# -- posts ---------------------------------------------------------------------------------------------


def post_of(row: Fields) -> Post:
    """Read a post."""
    words = sanitise(text(row.get("message")) or text(row.get("story")))
    return Post(
        native_id=text(row.get("id")),
        text=words,
        title=one_line(words, 80),
        url=one_line(text(row.get("permalink_url")) or f"{_SITE}/{text(row.get('id'))}", 2000),
        created_at=time_of(row.get("created_time")),
    )


def post_as_comment(row: Fields, page_id: str = "") -> Comment | None:
    """Read a post as something to answer: what visitors write on a Page are posts; None when it has no id."""
    native_id = next((text(row.get(key)) for key in ("id", "post_id") if is_id(text(row.get(key)))), "")
    if not native_id:
        return None
    message = text(row.get("message")) or text(row.get("story"))
    owner = page_id or native_id.partition("_")[0]
    author = author_of(row, native_id, owner)
    return Comment(
        native_id=native_id,
        post_id=native_id,
        author=author,
        text=sanitise(message),
        created_at=time_of(row.get("created_time")) or EPOCH,
        url=one_line(text(row.get("permalink_url")) or f"{_SITE}/{native_id}", 2000),
        version=blake2b(message.encode("utf-8", "replace"), digest_size=8).hexdigest(),
        raw=message if message != sanitise(message) else "",
        moderation="hidden" if is_hidden(row) else "",
    )


def is_hidden(row: Fields) -> bool:
    """Whether only its author and their friends still see it."""
    return row.get("is_hidden") is True


def measure(words: str, writing: Writing = Writing.COMMENT) -> Measure:
    """Count a comment or a post; what we name a thread is never published."""
    return Measure(len(words), MAX_LENGTH if writing is Writing.COMMENT else MAX_POST)


def essence(words: str) -> str:
    """Reduce a text to what survives publication, to recognise our own: no white space, no case."""
    return "".join(sanitise(words).split()).casefold()
