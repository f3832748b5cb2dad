"""Instagram's JSON into our values: pure functions, tolerant of both logins and of what a token may not see."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Literal

from connectors._appearance import links_in
from connectors._bodies import fullest, name_for
from connectors._fields import Fields, count, rows, table, text
from connectors._graph_api import is_id
from connectors._graph_bodies import Kind, Place, kind_of_edge, rows_in, time_of
from connectors._model import Appearance, Attachment, Author, Comment, Mark, Measure, Post, Writing
from connectors._text import SafeText, one_line, sanitise

MAX_LENGTH = 300
"""Characters of a comment written through an API; people may write 2,200."""
MAX_TAGS = 4
MAX_LINKS = 1
"""Of such a comment, which must not be in capitals alone either; source: Instagram's rules for comments by an API, in force
since July 2014. The Graph API's pages do not repeat them, and nowhere take them back."""
MAX_CAPTION = 2200
"""Characters of a caption, which nothing here publishes, but people do by hand."""

REPLY_FIELDS = "id,parent_id,text,timestamp,username,from{id,username},hidden,like_count"
COMMENT_FIELDS = f"{REPLY_FIELDS},replies.limit(50){{{REPLY_FIELDS}}}"
"""The list of a medium's comments holds the first level only, and the answers inside it."""
ANSWERED_FIELDS = f"id,replies.limit(50){{{REPLY_FIELDS}}}"
LONE_FIELDS = f"{REPLY_FIELDS},media{{id,permalink}},replies.limit(50){{id}}"
MEDIA_FIELDS = "id,caption,timestamp,permalink,comments_count,media_product_type,username"

_MEDIA_SIGNS = frozenset({"caption", "comments_count", "media_type", "media_product_type", "media_url", "permalink"})
"""What media have and comments do not."""
_KINDS: dict[str, Literal["image", "video", "other"]] = {"image": "image", "story_mention": "image", "video": "video"}
"""What a message brings along; a story is a picture or a film, and only its address tells which."""
_EPOCH = datetime.fromtimestamp(0, UTC)
_SITE = "https://www.instagram.com"
_MENTION = re.compile(r"(?<![\w@])@[A-Za-z0-9_](?:[A-Za-z0-9_.]*[A-Za-z0-9_])?")
_TAG = re.compile(r"(?<![\w#&/])#\w*[^\W\d]\w*")


def comments_in(body: bytes, kind: str = "") -> list[Comment]:
    """Read every comment out of a raw answer, and every medium's caption, which people comment on.

    Args:
        body: as received.
        kind: the edge it answered, for that alone ("comments", "media"); also where the body does not tell which.

    Raises:
        ValueError: it is no JSON.
    """
    wanted = kind_of_edge(kind)
    found = ((row, place, _kind_of(row, place)) for row, place in rows_in(body, kind))
    return fullest((row, _comment_in(row, place, what)) for row, place, what in found if wanted in {"", what})


def _comment_in(row: Fields, place: Place, what: Kind) -> Comment | None:
    return comment_of(row, place=place) if what == "comment" else _medium_as_comment(row)


def _kind_of(row: Fields, place: Place) -> Kind:
    if not {"text", "comment_id"}.isdisjoint(row):
        return "comment"
    return "post" if place.kind == "post" or not _MEDIA_SIGNS.isdisjoint(row) else "comment"


def _name_in(row: Fields, words: str) -> str:
    """Name a row of a raw answer that has no number: a message by its own id, any other words by themselves."""
    said = one_line(text(row.get("mid")) or text(row.get("id")))
    return said or (name_for(words, text(row.get("timestamp"))) if words else "")


def comment_of(
    row: Fields,
    me: frozenset[str] = frozenset(),
    post: Post | None = None,
    parent: str = "",
    place: Place | None = None,
) -> Comment | None:
    """Read a comment; None when it has no id, unless it is from a raw answer: there its words are kept.

    Args:
        row: the JSON object, of the API or of a webhook.
        me: our own ids and our name; our own comments are marked `is_self`.
        post: the medium it was read from, where that is known.
        parent: the comment inside which it was found.
        place: where it was found in a raw answer.
    """
    words = text(row.get("text"))
    native_id = next((text(row.get(key)) for key in ("id", "comment_id") if is_id(text(row.get(key)))), "")
    native_id = native_id or (_name_in(row, words) if place else "")
    if not native_id:
        return None
    place = place or Place()
    medium = table(row.get("media"))
    post_id = post.native_id if post else text(medium.get("id")) or text(row.get("media_id")) or _medium_at(place)
    above = text(row.get("parent_id")) or text(table(row.get("parent")).get("id")) or parent or _comment_at(place)
    link = (post.url if post else "") or one_line(text(medium.get("permalink")), 2000)
    return Comment(
        native_id=native_id,
        post_id=post_id,
        parent_id=above if above and above not in {native_id, post_id} else None,
        author=author_of(row, native_id, me),
        text=sanitise(words),
        created_at=time_of(row.get("timestamp"), row.get("created_time"), place.at) or _EPOCH,
        url=one_line(f"{link.rstrip('/')}/c/{native_id}/", 2000) if link else SafeText(""),
        version=blake2b(words.encode("utf-8", "replace"), digest_size=8).hexdigest(),
        reactions=count(row.get("like_count")),
        replies=len(rows(table(row.get("replies")).get("data"))),
        attachments=tuple(_attachments(row)),
        moderation="hidden" if is_hidden(row) else "",
        raw=words if words != sanitise(words) else "",
    )


def _attachments(row: Fields) -> Iterator[Attachment]:
    """Read what a message brings along; comments have nothing beside their words."""
    for each in rows(row.get("attachments")):
        url, said = text(table(each.get("payload")).get("url")), text(each.get("type"))
        if url:
            kind = _KINDS.get(said, "other")
            yield Attachment(kind=kind, url=one_line(url, 2000), description=one_line(said.replace("_", " ")))


def _medium_at(place: Place) -> str:
    return place.post or (place.node if place.edge == "comments" else "")


def _comment_at(place: Place) -> str:
    return place.parent or (place.node if place.edge == "replies" else "")


def author_of(row: Fields, native_id: str, me: frozenset[str]) -> Author:
    """Read who wrote it; a token that may not see it leaves each author a stranger of their own."""
    by, user = table(row.get("from")), table(row.get("user"))
    author = text(by.get("id")) or text(user.get("id"))
    handle = one_line(text(row.get("username")) or text(by.get("username")) or text(user.get("username")))
    return Author(
        native_id=author or (f"name:{handle.casefold()}" if handle else f"unknown:{native_id}"),
        handle=handle,
        name=one_line(text(by.get("full_name"))) or handle,
        url=one_line(f"{_SITE}/{handle}/") if handle else SafeText(""),
        is_self=author in me or (handle in me and bool(handle)),
    )


def post_of(row: Fields) -> Post:
    """Read a medium."""
    words = sanitise(text(row.get("caption")))
    return Post(
        native_id=text(row.get("id")),
        text=words,
        title=one_line(words, 80),
        url=one_line(text(row.get("permalink")), 2000),
        created_at=time_of(row.get("timestamp")),
    )


def _medium_as_comment(row: Fields) -> Comment | None:
    """Read a medium's caption, for debugging; None when it has no id."""
    post = post_of(row)
    if not is_id(post.native_id):
        return None
    author = author_of({"username": row.get("username"), "from": row.get("owner")}, post.native_id, frozenset())
    return Comment(
        native_id=post.native_id,
        post_id=post.native_id,
        author=author,
        text=post.text,
        created_at=post.created_at or _EPOCH,
        url=post.url,
        reactions=count(row.get("like_count")),
        replies=count(row.get("comments_count")),
    )


def is_hidden(row: Fields) -> bool:
    """Whether only its author still sees it."""
    return row.get("hidden") is True


def measure(words: str, writing: Writing = Writing.COMMENT) -> Measure:
    """Count a comment, and look whether it keeps Instagram's rules; or count a caption."""
    if writing is not Writing.COMMENT:
        return Measure(len(words), MAX_CAPTION)
    return Measure(len(words), MAX_LENGTH, "characters", *_against_the_rules(words))


def _against_the_rules(words: str) -> tuple[str, str]:
    """Say which rule for comments a text breaks, and what to do about it; two empty texts where none."""
    links = links_in(words)
    tags = sum(not any(link.start < tag.start() < link.end for link in links) for tag in _TAG.finditer(words))
    if tags > MAX_TAGS:
        return f"{tags} hashtags: Instagram takes {MAX_TAGS} in a comment", "take some out"
    if len(links) > MAX_LINKS:
        return f"{len(links)} links: Instagram takes {MAX_LINKS} in a comment", "take some out"
    if words.isupper():
        return "Instagram takes no comment in capitals alone", "write it in small letters"
    return "", ""


def appearance(words: str) -> Appearance:
    """Mark what Instagram makes of a comment: mentions and tags, but no addresses."""
    marks = [Mark("mention", m.start(), m.end()) for m in _MENTION.finditer(words)]
    marks += [Mark("tag", m.start(), m.end()) for m in _TAG.finditer(words)]
    return Appearance(words, tuple(sorted(marks, key=lambda mark: mark.start)))


def essence(words: str) -> str:
    """Reduce a text to what survives publication, to recognise our own: no white space, no case."""
    return "".join(sanitise(words).split()).casefold()
