"""Mastodon's JSON into our values, and its way of counting: pure functions, tolerant of the servers that resemble it."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Literal

from msgspec import Struct

from connectors._answer import parse_json
from connectors._appearance import links_in, rewritten
from connectors._bodies import name_for, objects_in, values_in
from connectors._fields import Fields, count, moment, rows, table, text
from connectors._graphemes import grapheme_count
from connectors._html import html_to_text
from connectors._model import Appearance, Attachment, Author, Comment, Mark, Measure, Post, Receipt
from connectors._text import SafeText, one_line, sanitise

Visibility = Literal["public", "unlisted", "followers", "direct"]

_VISIBILITIES: dict[str, Visibility] = {
    "public": "public",
    "unlisted": "unlisted",
    "private": "followers",
    "mutuals_only": "followers",  # GoToSocial
    "local": "followers",  # Akkoma, Hometown
    "direct": "direct",
}
_STRICTNESS: list[Visibility] = ["public", "unlisted", "followers", "direct"]
_ATTACHMENTS: dict[str, Literal["image", "video", "audio"]] = {
    "image": "image",
    "gifv": "video",
    "video": "video",
    "audio": "audio",
}
_EPOCH = datetime.fromtimestamp(0, UTC)


class Rules(Struct, frozen=True):
    """What an instance allows.

    Attributes:
        max_characters: of one status.
        per_url: what each link counts, however long it is.
        max_pins: statuses pinned on one profile.
    """

    max_characters: int = 500
    per_url: int = 23
    max_pins: int = 5


def order(native_id: str) -> tuple[int, str]:
    """Return the key by which Mastodon's ids sort: they are opaque strings, by length first."""
    return len(native_id), native_id


def comments_in(body: bytes) -> list[Comment]:
    """Read every comment out of a raw answer: whatever holds statuses, a recorded stream, or the edits of one.

    Conversations are followed as far as the answer itself holds them. A status that comes twice, edited meanwhile, is
    two comments of one id.

    Raises:
        ValueError: nothing in it is JSON.
    """
    objects = [here for value in values_in(body) for here in _objects_in(value)]
    statuses = [_named(here) for here in objects if _is_status(here)]
    known = {text(status.get("id")): status for status in statuses}
    roots = {key: root for here in objects if "descendants" in here for key, root in _roots_of(here)}
    found: dict[tuple[str, ...], Comment] = {}
    for status in statuses:
        comment = comment_of(status, root_id=roots.get(text(status.get("id"))) or _root_among(status, known))
        if comment is not None:
            found.setdefault((comment.native_id, comment.version, comment.text), comment)
    return list(found.values())


_SIGNS = frozenset({"content", "text", "spoiler_text", "in_reply_to_id", "visibility"})
"""What statuses have and the other things do not that an account does: notifications, conversations, reports."""


def _is_status(here: Fields) -> bool:
    return isinstance(here.get("account"), dict) and not _SIGNS.isdisjoint(here)


def _named(status: Fields) -> Fields:
    """Give an edit, which has no id of its own, one by what it says."""
    if text(status.get("id")):
        return status
    return {**status, "id": name_for(text(status.get("content")), text(status.get("created_at")))}


def _objects_in(value: Any) -> Iterator[Fields]:
    """Yield every object, those of an event of the stream over WebSocket too, which come as JSON inside a string."""
    for here in objects_in(value):
        yield here
        if "event" in here and isinstance(here.get("payload"), str):
            try:
                yield from objects_in(parse_json(here["payload"].encode("utf-8", "replace")))
            except ValueError:
                continue


def _roots_of(context: Fields) -> Iterator[tuple[str, str]]:
    """Tell which statuses of a conversation stand under which: the first above, else the one it was asked for."""
    above, below = rows(context.get("ancestors")), rows(context.get("descendants"))
    asked = text(below[0].get("in_reply_to_id")) if below else ""
    root = text(above[0].get("id")) if above else asked
    for status in [*above[1:], *below]:
        yield text(status.get("id")), root


def _root_among(status: Fields, known: Mapping[str, Fields]) -> str:
    """Walk up as far as the answer goes; "" where it stands first, or what it answers is not there."""
    above, passed = status, {text(status.get("id"))}
    while (parent := text(above.get("in_reply_to_id"))) in known and parent not in passed:
        passed.add(parent)
        above = known[parent]
    return "" if above is status or parent else text(above.get("id"))


def author_of(account: Fields, own_id: str = "") -> Author:
    """Read an Account."""
    native_id = text(account.get("id"))
    handle = one_line(text(account.get("acct")) or text(account.get("username")))
    return Author(
        native_id=native_id,
        handle=handle,
        name=one_line(text(account.get("display_name"))) or handle,
        url=one_line(text(account.get("url")), 2000),
        is_self=bool(own_id) and native_id == own_id,
        is_bot=account.get("bot") is True,
    )


def comment_of(status: Fields, *, own_id: str = "", root_id: str = "") -> Comment | None:
    """Read a Status as a comment; None when it has no id or no author.

    Args:
        status: the JSON object.
        own_id: the account we manage; its own statuses are marked `is_self`.
        root_id: the status that opened the conversation, where it is known. A status does not name it itself.
    """
    native_id, account = text(status.get("id")), table(status.get("account"))
    if not native_id or not text(account.get("id")):
        return None
    parent = text(status.get("in_reply_to_id"))
    raw = text(status.get("content"))
    return Comment(
        native_id=native_id,
        post_id=root_id,
        parent_id=None if not parent or parent == root_id else parent,
        author=author_of(account, own_id),
        text=_words(status, raw),
        created_at=moment(status.get("created_at")) or _EPOCH,
        url=one_line(text(status.get("url")) or text(status.get("uri")), 2000),
        language=_language(text(status.get("language"))),
        version=text(status.get("edited_at")),
        visibility=visibility_of(status),
        attachments=tuple(_attachments(status)),
        reactions=count(status.get("favourites_count")),
        replies=count(status.get("replies_count")),
        shares=count(status.get("reblogs_count")),
        raw=raw,
    )


def post_of(status: Fields) -> Post:
    """Read the status that opened a conversation."""
    words = _words(status, text(status.get("content")))
    return Post(
        native_id=text(status.get("id")),
        text=words,
        title=one_line(words, 80),
        url=one_line(text(status.get("url")) or text(status.get("uri")), 2000),
        created_at=moment(status.get("created_at")),
    )


def receipt_of(status: Fields, warning: str = "") -> Receipt:
    """Read the status that a publication answered with."""
    return Receipt(
        remote_id=text(status.get("id")),
        at=moment(status.get("created_at")) or datetime.now(UTC),
        url=one_line(text(status.get("url")) or text(status.get("uri")), 2000),
        warning=sanitise(warning),
    )


def visibility_of(status: Fields) -> Visibility:
    """Read who may see a status; a word we do not know is taken for a private one."""
    return _VISIBILITIES.get(text(status.get("visibility")) or "public", "followers")


def stricter(one: Visibility, other: Visibility) -> Visibility:
    """Return the more private of two."""
    return max(one, other, key=_STRICTNESS.index)


def _words(status: Fields, content: str) -> SafeText:
    """The content warning is part of what was said, and so are a poll's options."""
    parts = [
        sanitise(text(status.get("spoiler_text"))),
        html_to_text(content) if content else sanitise(_plain(status)),
        "\n".join(f"☐ {one_line(text(each.get('title')))}" for each in rows(table(status.get("poll")).get("options"))),
    ]
    return sanitise("\n\n".join(filter(None, parts)))


def _plain(status: Fields) -> str:
    """Return the words that stand beside the HTML: what was written, as Mastodon, Pixelfed or Pleroma keep it."""
    kept = table(table(status.get("pleroma")).get("content"))
    return text(status.get("text")) or text(status.get("content_text")) or text(kept.get("text/plain"))


def _language(declared: str) -> str:
    primary = re.split("[-_]", declared.strip().lower())[0]
    return primary if primary.isascii() and primary.isalpha() and len(primary) in {2, 3} else ""


def _attachments(status: Fields) -> list[Attachment]:
    found = [
        Attachment(
            kind=_ATTACHMENTS.get(text(each.get("type")), "other"),
            url=one_line(text(each.get("url")) or text(each.get("remote_url")), 2000),
            description=sanitise(text(each.get("description"))),
        )
        for each in rows(status.get("media_attachments"))
    ]
    card = table(status.get("card"))
    if text(card.get("url")):
        title = one_line(text(card.get("title")))
        found.append(Attachment(kind="link", url=one_line(text(card.get("url")), 2000), description=title))
    return found


# What Mastodon replaces before it counts. Both patterns match no more than Mastodon's own do, so that a text which
# fits here fits there: a host needs a dot, a path holds Latin and Cyrillic letters only.
_URL = re.compile(
    r"https?://[a-z0-9\u00c0-\u024f_-]+(?:\.[a-z0-9\u00c0-\u024f_-]+)*\.[a-z]{2,24}(?::\d{1,5})?"
    r"(?:[/?#][a-z0-9\u00c0-\u024f\u0400-\u04ff!*';:=+,.$/%#\[\]\-_~@|&()?]*[a-z0-9\u00c0-\u024f\u0400-\u04ff=_#/+\-]|/)?",
    re.IGNORECASE,
)
_LOCAL_MENTION = re.compile(r"(?<![=/\w@])@[a-z0-9_]+(?![\w@])", re.IGNORECASE)
_TAG = re.compile(r"(?<![=/)\w])#\w*[^\W\d]\w*")
_REMOTE_MENTION = re.compile(r"(?<![=/\w])@([a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?)@\w+(?:[.-]\w+)*", re.IGNORECASE)


def measure(words: str, rules: Rules) -> Measure:
    """Count a status as its instance will: graphemes, links at a fixed weight, mentions without their domain."""
    counted = _REMOTE_MENTION.sub(r"@\1", words)
    links = len(_URL.findall(counted))
    used = grapheme_count(_URL.sub("", counted)) + links * rules.per_url
    return Measure(used, rules.max_characters)


SHORTENED = 30
"""Characters of an address, its scheme and "www." left out, before Mastodon cuts it with an ellipsis."""
_SCHEME = re.compile(r"https?://(?:www\.)?")


def appearance(words: str) -> Appearance:
    """Show a status as readers see it: addresses shortened, mentions without their server, tags marked.

    Mastodon hides an address's scheme and what follows its first 30 characters (its TextFormatter's `invisible`
    spans), and the domain of whom it mentions.
    """
    marks = links_in(words)
    taken = [(mark.start, mark.end) for mark in marks]
    others = [Mark("mention", m.start(), m.end()) for m in _REMOTE_MENTION.finditer(words)]
    others += [Mark("mention", m.start(), m.end()) for m in _LOCAL_MENTION.finditer(words)]
    others += [Mark("tag", m.start(), m.end()) for m in _TAG.finditer(words)]
    marks += [mark for mark in others if not any(start <= mark.start < end for start, end in taken)]
    return rewritten(words, marks, _shown)


def _shown(mark: Mark, words: str) -> str:
    if mark.kind == "mention":
        return _REMOTE_MENTION.sub(r"@\1", words)
    if mark.kind == "tag":
        return words
    bare = words[match.end() :] if (match := _SCHEME.match(words)) else words
    return bare if len(bare) <= SHORTENED else bare[:SHORTENED] + "…"


def essence(words: str) -> str:
    """Reduce a text to what survives publication, to recognise our own: no white space, case, or domains of mentions."""
    return "".join(_REMOTE_MENTION.sub(r"@\1", words).split()).casefold()


def rules_of(instance: Fields) -> Rules:
    """Read an Instance, of version 2, of version 1, or of a server with its own names (Pleroma)."""
    configuration = table(instance.get("configuration"))
    statuses, accounts = table(configuration.get("statuses")), table(configuration.get("accounts"))
    default = Rules()
    return Rules(
        count(statuses.get("max_characters")) or count(instance.get("max_toot_chars")) or default.max_characters,
        count(statuses.get("characters_reserved_per_url")) or default.per_url,
        count(accounts.get("max_pinned_statuses")) or default.max_pins,
    )


def streaming_base(instance: Fields, server: str) -> str:
    """Return where the stream is, as http(s); never less protected than the server itself."""
    urls = table(table(instance.get("configuration")).get("urls"))
    announced = text(urls.get("streaming")) or text(table(instance.get("urls")).get("streaming_api"))
    scheme, _, rest = announced.partition("://")
    scheme = {"wss": "https", "ws": "http"}.get(scheme, scheme)
    if not rest or scheme not in {"http", "https"} or (scheme == "http" and server.startswith("https://")):
        return server
    return f"{scheme}://{rest.partition('/')[0]}"
