"""Bluesky's JSON into our values, and its two ways of counting: pure functions, tolerant of what strangers publish."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Literal
from urllib.parse import quote

from connectors._bluesky_facets import links_in
from connectors._bluesky_ids import POST, AtUri, parse_uri, post_uri
from connectors._bodies import objects_in, values_in
from connectors._fields import Fields, count, moment, rows, table, text
from connectors._graphemes import grapheme_count
from connectors._model import Attachment, Author, Comment, Measure, Post
from connectors._text import SafeText, one_line, sanitise

MAX_GRAPHEMES = 300
MAX_BYTES = 3000
"""Both limits hold of a post; source: lexicon app.bsky.feed.post."""

_EPOCH = datetime.fromtimestamp(0, UTC)
_INVALID = "handle.invalid"
_DEEPEST = 1200
"""Levels of a thread that are followed; the server gives 1,000 at most."""


def measure(words: str) -> Measure:
    """Count a post: 300 graphemes and 3,000 bytes; whichever of the two is nearer its end is told."""
    graphemes = Measure(grapheme_count(words), MAX_GRAPHEMES, "graphemes")
    size = Measure(len(words.encode("utf-8", "replace")), MAX_BYTES, "bytes")
    return max(graphemes, size, key=lambda each: each.used / each.limit)


def web_url(uri: AtUri) -> SafeText:
    """Return where a post can be read in a browser; by DID, for handles change hands."""
    return one_line(f"https://bsky.app/profile/{uri.did}/post/{uri.rkey}", 2000)


def author_of(profile: Fields, own_id: str = "") -> Author:
    """Read a profile view; a handle that no longer proves itself gives way to the DID."""
    did, handle = text(profile.get("did")), text(profile.get("handle"))
    shown = one_line(did if not handle or handle == _INVALID else handle)
    return Author(
        native_id=did,
        handle=shown,
        name=one_line(text(profile.get("displayName"))) or shown,
        url=one_line(f"https://bsky.app/profile/{quote(did, safe=':')}", 2000) if did else SafeText(""),
        is_self=bool(own_id) and did == own_id,
        is_bot=any(text(label.get("val")) == "bot" for label in rows(profile.get("labels"))),
    )


def root_of(record: Fields, own_id: str = "") -> str:
    """Return the post a record stands under: the thread's root, or the post of ours that it quotes; else ""."""
    reply = table(record.get("reply"))
    if reply:
        return text(table(reply.get("root")).get("uri")) or text(table(reply.get("parent")).get("uri"))
    quoted = post_uri(quoted_by(record))
    return str(quoted) if quoted is not None and quoted.did == own_id else ""


def quoted_by(record: Fields) -> str:
    """Return the address of what a record quotes, or ""."""
    embed = table(record.get("embed"))
    inner = table(embed.get("record"))
    return text(inner.get("uri")) or text(table(inner.get("record")).get("uri"))


def comment_of(view: Fields, *, own_id: str = "", hidden: bool = False) -> Comment | None:
    """Read a post view, or a notification that carries one; None when it is no post, or has no address or author.

    Args:
        view: the JSON object.
        own_id: the account we manage; its own posts are marked `is_self`, and quotes of them stand under them.
        hidden: whether the post it stands under hides it.
    """
    native_id, record = text(view.get("uri")), table(view.get("record"))
    author = author_of(table(view.get("author")), own_id)
    uri = parse_uri(native_id)
    kind = uri.collection if uri is not None else text(record.get("$type"))
    if not native_id or not author.native_id or kind != POST:
        return None
    parent = text(table(table(record.get("reply")).get("parent")).get("uri"))
    root = root_of(record, own_id)
    raw = text(record.get("text"))
    words = sanitise(raw)
    return Comment(
        native_id=native_id,
        post_id=root,
        parent_id=None if not parent or parent == root else parent,
        author=author,
        text=words,
        created_at=written_at(view),
        url=web_url(uri) if uri is not None else SafeText(""),
        language=_language(record.get("langs")),
        version=text(view.get("cid")),
        attachments=tuple(_attachments(view, record)),
        reactions=count(view.get("likeCount")),
        replies=count(view.get("replyCount")),
        shares=count(view.get("repostCount")) + count(view.get("quoteCount")),
        raw=raw if raw != words else "",
        moderation="hidden" if hidden else "",
    )


def written_at(view: Fields) -> datetime:
    """Return when a post was written: the author claims it, the network saw it, and the earlier counts.

    Source: "createdAt is client-claimed", https://docs.bsky.app/docs/advanced-guides/timestamps
    """
    claimed, seen = moment(table(view.get("record")).get("createdAt")), moment(view.get("indexedAt"))
    return min((at for at in (claimed, seen) if at is not None), default=_EPOCH)


def post_of(view: Fields) -> Post | None:
    """Read a post that comments stand under."""
    uri = post_uri(text(view.get("uri")))
    if uri is None:
        return None
    words = sanitise(text(table(view.get("record")).get("text")))
    return Post(
        native_id=str(uri), text=words, title=one_line(words, 80), url=web_url(uri), created_at=written_at(view)
    )


def thread_views(node: Fields) -> Iterator[Fields]:
    """Walk a thread view: what it answers, itself, what answers it; posts that are gone or blocked have no text."""
    above = table(node.get("parent"))
    while text(table(above.get("post")).get("uri")):
        yield table(above.get("post"))
        above = table(above.get("parent"))
    waiting = [(node, 0)]
    while waiting:
        here, depth = waiting.pop()
        if text(table(here.get("post")).get("uri")):
            yield table(here.get("post"))
        if depth < _DEEPEST:
            waiting += [(each, depth + 1) for each in rows(here.get("replies"))]


def comments_in(body: bytes) -> list[Comment]:
    """Read every comment out of a raw answer: posts wherever they stand, quoted ones too, records, or Jetstream's lines.

    Raises:
        ValueError: nothing in it is JSON.
    """
    found: dict[tuple[str, ...], Fields] = {}
    for here in (each for value in values_in(body) for each in objects_in(value, _inside)):
        view = _view_in(here)
        words, who = text(table(view.get("record")).get("text")), text(table(view.get("author")).get("did"))
        key = text(view.get("uri")), text(view.get("cid")), who, words  # snapshots number each answer anew
        if "record" in here or key not in found:  # a quoted view tells less than the post's own
            found[key] = view
    return [comment for view in found.values() if (comment := comment_of(view)) is not None]


def _inside(here: Fields) -> list[Any]:
    """Look into everything but records: those are what strangers wrote, whatever it looks like."""
    unread = {"record", "value"} if ("uri" in here and "depth" not in here) or "collection" in here else set()
    return [each for key, each in here.items() if key not in unread]


def _view_in(here: Fields) -> Fields:
    """Read an object as a post's view, whoever gives it; empty where it is none."""
    if "author" in here and "record" in here:
        return here
    if "author" in here and "value" in here:  # as it is quoted
        return {**here, "record": here["value"], "embed": next(iter(rows(here.get("embeds"))), {})}
    if "commit" in here:
        return _from_stream(here)
    return _from_repository(here) if "text" in table(here.get("value")) else {}


def _from_stream(line: Fields) -> Fields:
    """Read one line of Jetstream; it knows no handle and no time of its own but the moment it passed."""
    commit, did = table(line.get("commit")), text(line.get("did"))
    if not table(commit.get("record")):
        return {}
    at = count(line.get("time_us"))
    seen = datetime.fromtimestamp(at / 1_000_000, UTC).isoformat() if 0 < at < 253_402_300_799_000_000 else ""
    uri = AtUri(did, text(commit.get("collection")), text(commit.get("rkey")))
    record = {"cid": commit.get("cid"), "record": commit.get("record")}
    return {"uri": str(uri), "author": {"did": did}, "indexedAt": seen, **record}


def _from_repository(row: Fields) -> Fields:
    """Read a record as a repository gives it: its author is in its address, or beside it as a moderator sees it."""
    uri = parse_uri(text(row.get("uri")))
    author = table(row.get("repo")) or {"did": uri.did if uri is not None else ""}
    return {**row, "author": author, "record": row.get("value")}


def _language(langs: object) -> str:
    declared = next((each for each in langs if isinstance(each, str)), "") if isinstance(langs, list) else ""
    primary = re.split("[-_]", declared.strip().lower())[0]
    return primary if primary.isascii() and primary.isalpha() and len(primary) in {2, 3} else ""


def _attachments(view: Fields, record: Fields) -> Iterator[Attachment]:
    """Read what stands beside the words: media and cards, quoted posts, and links whose words hide where they lead."""
    shown, stored = table(view.get("embed")), table(record.get("embed"))
    media, kept = table(shown.get("media")) or shown, table(stored.get("media")) or stored
    pictures = rows(media.get("images")) or rows(kept.get("images"))
    for picture in pictures:
        yield _beside("image", picture.get("fullsize"), picture.get("alt"))
    if "playlist" in media or "video" in kept:
        yield _beside("video", media.get("playlist"), text(media.get("alt")) or kept.get("alt"))
    card = table(media.get("external")) or table(kept.get("external"))
    if card:
        yield _beside("link", card.get("uri"), card.get("title"))
    quoted = post_uri(quoted_by(record))
    if quoted is not None:
        yield _beside("link", web_url(quoted), _quoted_words(shown))
    for words, target in links_in(record):
        if target.rstrip("/") not in {words.rstrip("/"), f"https://{words}".rstrip("/")}:
            yield _beside("link", target, words)


def _beside(kind: Literal["image", "video", "link"], url: object, description: object) -> Attachment:
    return Attachment(kind=kind, url=one_line(text(url), 2000), description=sanitise(text(description)))


def _quoted_words(embed: Mapping[str, Any]) -> str:
    inner = table(embed.get("record"))
    inner = inner if "value" in inner else table(inner.get("record"))
    return text(table(inner.get("value")).get("text"))
