"""WordPress's JSON into our values, and our text into its HTML: pure functions."""

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Any, Literal

from msgspec import Struct

from connectors import _wordpress_dotcom
from connectors._bodies import fullest, values_in
from connectors._fields import Fields, count, moment, rows, table, text
from connectors._html import html_to_text
from connectors._model import Author, Comment, Measure, Outgoing, Post, Receipt, Writing
from connectors._text import one_line, sanitise

MAX_BYTES = 65_525
"""Of one comment's HTML; the database's column holds ten more (wp_get_comment_fields_max_lengths)."""

MAX_POST_BYTES = 1_000_000
"""Of one post's HTML. Its column takes 4 GB; the least that a database takes at a time by default is 1 MiB
(max_allowed_packet of MySQL until 5.6)."""
MAX_TITLE_BYTES = 65_535
"""Of one title's HTML: its column's length."""

FIELDS = "id,post,parent,author,author_name,author_url,date,date_gmt,content,link,status,_links"
"""What is asked for of a comment: the author's e-mail, address and browser never leave the site."""

POST_FIELDS = "id,title,excerpt,link,date,date_gmt"
"""What is asked for of a post."""

_EPOCH = datetime.fromtimestamp(0, UTC)
_ROUTE = re.compile(r"[/=]wp/v2/([a-z0-9_-]+)/(\d+)$")
_EMAIL = re.compile(r"([^\s@<>]+)@[^\s@<>]+\.[^\s@<>.]+")
_LINK = re.compile(r"https?://[^\s<>&]*(?:&amp;[^\s<>&]*)*[^\s<>&.,;:!?)\]»”’\"']")
_POST = "post:"
_MODERATION: dict[str, Literal["held", "spam"]] = {"hold": "held", "unapproved": "held", "spam": "spam"}
"""WordPress's words for what the public does not see; what it calls "approved" is public."""
_COMMENT_SIGNS = frozenset({"content", "parent"})
_POST_SIGNS = frozenset({"title", "excerpt", "comment_status"})
_DEPTH = 12
_FARTHEST = timedelta(hours=14)
"""No clock on earth is farther from Greenwich's."""


# -- in ------------------------------------------------------------------------------------------------


def comments_in(body: bytes) -> list[Comment]:
    """Read every comment out of a raw answer: one, lists and maps of them, embedded in posts, deleted, several answers.

    Raises:
        ValueError: nothing in it is JSON.
    """
    found = (row for value in values_in(body) for row in _rows_in(value, _Around()))
    return fullest((row, comment_of(row)) for row in found)


class _Around(Struct, frozen=True):
    """What stands around a row tells of it.

    Attributes:
        post: the post it stands under, or "".
        ahead: how far the site's clock is ahead of Greenwich's.
    """

    post: str = ""
    ahead: timedelta = timedelta()


def _rows_in(value: Any, around: _Around, depth: int = 0) -> Iterator[Fields]:
    if depth > _DEPTH:
        return
    if isinstance(value, list):
        for each in value:
            yield from _rows_in(each, around, depth + 1)
    elif isinstance(value, dict):
        if _wordpress_dotcom.is_comment(value):
            yield _wordpress_dotcom.as_wordpress(value)
            return
        if is_comment := _is_comment(value):
            yield _placed(value, around)
        if is_comment or not _POST_SIGNS.isdisjoint(value):
            post = _post_in(value) if is_comment else id_of(value.get("id"))
            around = _Around(post or around.post, _ahead(value) or around.ahead)
        for each in value.values():
            yield from _rows_in(each, around, depth + 1)


def _is_comment(row: Fields) -> bool:
    return "author_name" in row or ("post" in row and not _COMMENT_SIGNS.isdisjoint(row))


def _placed(row: Fields, around: _Around) -> Fields:
    """Add to a comment what its surroundings tell: embedded ones name neither their post nor Greenwich's time."""
    local = None if row.get("date_gmt") else moment(row.get("date"))
    at = {"date_gmt": (local - around.ahead).isoformat()} if local and 1 < local.year < 9999 else {}
    return {**row, **at, "post": _post_in(row) or around.post}


def _post_in(row: Fields) -> str:
    found = _route_in(row)
    return id_of(row.get("post")) or (found[2] if found else "")


def _ahead(row: Fields) -> timedelta:
    local, greenwich = moment(row.get("date")), moment(row.get("date_gmt"))
    ahead = local - greenwich if local and greenwich else timedelta()
    return ahead if abs(ahead) <= _FARTHEST else timedelta()


def comment_of(row: Fields, own_id: str = "") -> Comment | None:
    """Read a comment; None when it has no id.

    A visitor without an account is known by name alone: whatever else WordPress knows of them is not kept, and where
    the name is an e-mail address, its first half only.

    Args:
        row: the JSON object.
        own_id: the account we act as; its own comments are marked `is_self`.
    """
    native_id = id_of(row.get("id"))
    if not native_id:
        return None
    raw = content_of(row)
    rendered = text(table(row.get("content")).get("rendered"))
    return Comment(
        native_id=native_id,
        post_id=id_of(row.get("post")),
        parent_id=id_of(row.get("parent")) or None,
        author=author_of(row, native_id, own_id),
        text=html_to_text(rendered or raw),
        created_at=time_of(row) or _EPOCH,
        url=one_line(text(row.get("link")), 2000),
        version=blake2b(raw.encode("utf-8", "replace"), digest_size=8).hexdigest(),
        raw=raw,
        moderation=_MODERATION.get(text(row.get("status")), ""),
    )


def content_of(row: Fields) -> str:
    """Return a comment's HTML as it was written where we may see that, else as it is shown."""
    content = table(row.get("content"))
    return text(content.get("raw")) or text(content.get("rendered")) or text(row.get("content"))


def author_of(row: Fields, native_id: str, own_id: str) -> Author:
    """Read who wrote a comment."""
    account = id_of(row.get("author"))
    name = one_line(_EMAIL.sub(r"\1@…", html.unescape(text(row.get("author_name")))))
    url = one_line(text(row.get("author_url")), 2000)
    return Author(
        native_id=account or f"visitor:{name.casefold() or native_id}",
        handle=name,
        name=name,
        url=url if url.startswith(("http://", "https://")) else sanitise(""),
        is_self=bool(own_id) and account == own_id,
    )


def id_of(value: Any) -> str:
    """Return a positive number as the text it is known by, else ""."""
    return str(count(value) or "")


def number(native_id: str) -> int:
    """Return a comment's or a post's id as WordPress writes it; 0 where it is none."""
    return count(native_id.removeprefix(_POST))


def time_of(row: Fields) -> datetime | None:
    """Return when a comment or a post says it was written."""
    return moment(row.get("date_gmt")) or moment(row.get("date"))


def route_of(row: Fields) -> str:
    """Return under which path a comment's post is found ("posts", "pages", a type of the house's own), or ""."""
    found = _route_in(row)
    return found[1] if found else ""


def _route_in(row: Fields) -> re.Match[str] | None:
    links = rows(table(row.get("_links")).get("up"))
    return _ROUTE.search(text(links[0].get("href")).replace("%2F", "/")) if links else None


def post_of(row: Fields) -> Post:
    """Read a post."""
    words = html_to_text(text(table(row.get("excerpt")).get("rendered")))
    title = one_line(html_to_text(text(table(row.get("title")).get("rendered"))))
    return Post(
        native_id=id_of(row.get("id")),
        text=words,
        title=title or one_line(words, 80),
        url=one_line(text(row.get("link")), 2000),
        created_at=time_of(row),
    )


def post_by_comment(row: Fields) -> Post:
    """Tell of a comment's post what the comment itself tells: where it is."""
    return Post(native_id=id_of(row.get("post")), url=one_line(text(row.get("link")).partition("#")[0], 2000))


def receipt_of(row: Fields, warning: str = "", *, is_post: bool = False) -> Receipt:
    """Read what a publication answered with; posts and comments are numbered apart, so a post's id says what it is."""
    native_id = id_of(row.get("id"))
    return Receipt(
        remote_id=f"{_POST}{native_id}" if is_post else native_id,
        at=time_of(row) or datetime.now(UTC),
        url=one_line(text(row.get("link")), 2000),
        warning=sanitise(warning),
        post_id=native_id if is_post else "",
    )


# -- out -----------------------------------------------------------------------------------------------


def comment_html(words: str) -> str:
    r"""Write a text as a comment's HTML, so that it is read as it was written.

    A backslash becomes an entity: WordPress strips bare ones before it looks for a duplicate, and so would miss it.
    """
    return html.escape(words, quote=False).replace("\\", "&#92;")


def post_html(words: str) -> str:
    """Write a text as a post's HTML: square brackets are no shortcodes, and addresses are links."""
    shown = comment_html(words)
    linked = _LINK.sub(lambda link: f'<a href="{link[0]}">{link[0]}</a>', shown)
    return linked.replace("[", "&#91;").replace("]", "&#93;")


def measure(words: str, writing: Writing = Writing.COMMENT) -> Measure:
    """Count as WordPress does: the bytes of the HTML."""
    most = {Writing.COMMENT: MAX_BYTES, Writing.POST: MAX_POST_BYTES, Writing.TITLE: MAX_TITLE_BYTES}[writing]
    written = comment_html(words) if writing is Writing.COMMENT else post_html(words)
    return Measure(len(written.encode("utf-8", "replace")), most, "bytes")


def essence(content: str) -> str:
    """Reduce HTML or text to what survives publication, to recognise our own: no tags, entities, white space or case."""
    return "".join(html_to_text(content).split()).casefold()


def slug_of(outgoing: Outgoing) -> str:
    """Return the address's last part for a new post: the same on every try, and nobody else's."""
    title = re.sub("[^a-z0-9]+", "-", outgoing.title.casefold())[:40].strip("-")
    mark = blake2b(outgoing.client_id.encode("utf-8", "replace"), digest_size=6).hexdigest()
    return f"{title}-{mark}" if title else f"becalm-{mark}"


def title_of(outgoing: Outgoing) -> str:
    """Return a new post's title: its own, or its first words."""
    return outgoing.title.strip() or one_line(outgoing.text, 80)
