"""A public thread of Mastodon and its kin, from the server in the address, which shows it to anybody or says no."""

import re
from contextlib import suppress
from urllib.parse import urljoin, urlsplit

from connectors._answer import Answer
from connectors._errors import ConnectorError, ProtocolError, RejectedError
from connectors._fields import Fields, count, rows, table, text
from connectors._http import Http
from connectors._mastodon_entities import author_of, comment_of, post_of, visibility_of
from connectors._public_thread import PublicThread

_ID = r"(\d+|[0-9A-HJKMNP-TV-Z]{26})(?:/[a-z_]*)?"
"""A status's number, and what may be shown of it (embed, favourites, activity); GoToSocial's ids are ULIDs."""
_PATH = re.compile(
    rf"(?:/web|/deck)?/@[^/]+/(?:statuses/)?{_ID}"
    rf"|(?:/ap)?/users/[^/]+/statuses/{_ID}"
    rf"|(?:/web|/deck|/api/v1)/statuses/{_ID}"
    r"|/(?:notice|@[^/]+/posts)/([A-Za-z0-9]{6,40})/?"  # Pleroma, Akkoma and their other faces
)
_LOOSE = re.compile(rf"/statuses/{_ID}|/notes/([A-Za-z0-9]{{6,40}})/?|/p/[^/]+/(\d+)/?")
"""Addresses of other kin (Pixelfed, Iceshrimp), which a page of anything else may have as well."""
_FRONT = re.compile(
    r"https?://[^/?#]+/(?:#/)?(?P<host>(?:[a-z0-9-]+\.)+[a-z]{2,})/(?:@[^/?#]+|s)/(?P<id>\d+)/?(?:[?#].*)?"
)
"""Pages that show the statuses of any server (Elk, Phanpy), which stands in their path."""

_FEED = re.compile(r"\bdisplay/feed-item/(\d{1,19})\.atom\b")
_HEAD = 300_000
"""Bytes of a page in which its links are looked for; they stand in its head."""


def is_mastodon(path: str) -> bool:
    """Whether a path has the form of a status's page."""
    return _PATH.fullmatch(path) is not None


def may_be_mastodon(path: str) -> bool:
    """Whether a path has a form that a status's page may have, and others too."""
    return _LOOSE.fullmatch(path) is not None


def server_of(url: str) -> str:
    """Return the address of a status on its own server, where a page shows it that shows those of every server."""
    found = _FRONT.fullmatch(url)
    return f"https://{found['host']}/web/statuses/{found['id']}" if found else url


def status_of_page(page: Answer) -> str:
    """Return where the interface of Friendica shows the status that a page is about, as its head tells; else "".

    Source: displayHead in https://github.com/friendica/friendica/blob/develop/src/Module/Item/Display.php
    """
    found = _FEED.search(page.body[:_HEAD].decode("utf-8", "replace"))
    return urljoin(page.url, f"/api/v1/statuses/{found[1]}") if found else ""


async def read_mastodon(url: str, http: Http) -> PublicThread:
    """Read the whole conversation that a status belongs to, as far as a server shows it to strangers.

    Mastodon gives them 60 answers, 20 levels deep. Where the conversation began on another server, that one is asked
    first: it knows all the answers, the others those that reached them.
    Source: https://docs.joinmastodon.org/methods/statuses/#context

    Raises:
        RejectedError: the status is gone or not public, or no server of that kind is there.
    """
    thread, began = await _conversation(url, http)
    if began:
        with suppress(ConnectorError):
            thread, _ = await _conversation(began, http)
    return thread


async def _conversation(url: str, http: Http) -> tuple[PublicThread, str]:
    """Read a conversation as one server knows it; returns where it began as well, where that is elsewhere."""
    parts = urlsplit(url)
    found = _PATH.fullmatch(parts.path) or _LOOSE.fullmatch(parts.path)
    assert found is not None
    server = _Server(http, f"{parts.scheme}://{parts.netloc}")
    asked = next(filter(None, found.groups()))
    status, context = await server.status(asked), await server.context(asked)
    above = rows(context.get("ancestors"))
    if above:
        status = above[0]
        context = await server.context(text(status.get("id")))
    if not _public(status):  # a server that shows it to strangers all the same is no reason to
        raise RejectedError("not for everybody", status=404)
    below = [each for each in rows(context.get("descendants")) if _public(each)]
    post, author = post_of(status), author_of(table(status.get("account")))
    known = [comment_of(each, own_id=author.native_id, root_id=post.native_id) for each in below]
    comments = sorted((each for each in known if each is not None), key=lambda comment: comment.created_at)
    missing = _unshown([status, *below])
    thread = PublicThread(platform="mastodon", post=post, author=author, comments=tuple(comments), missing=missing)
    return thread, _elsewhere(status, parts.netloc)


def _elsewhere(status: Fields, server: str) -> str:
    """Return a status's address on the server of its author, where that is another one of a kind that can be asked."""
    is_remote = "@" in text(table(status.get("account")).get("acct"))
    try:
        parts = urlsplit(text(status.get("url")))
    except ValueError:
        return ""
    return parts.geturl() if is_remote and parts.netloc != server and is_mastodon(parts.path) else ""


class _Server:
    """One server, asked as anybody may."""

    def __init__(self, http: Http, base: str) -> None:
        self._http = http
        self._base = base

    async def status(self, native_id: str) -> Fields:
        status = await self._ask(f"/api/v1/statuses/{native_id}")
        if not text(status.get("id")) or not table(status.get("account")):
            raise self._unknown()
        return status

    async def context(self, native_id: str) -> Fields:
        return await self._ask(f"/api/v1/statuses/{native_id}/context")

    async def _ask(self, path: str) -> Fields:
        try:
            return (await self._http.request("GET", f"{self._base}{path}", urgent=True)).json(dict)
        except ProtocolError:
            raise self._unknown() from None

    def _unknown(self) -> RejectedError:
        host = urlsplit(self._base).netloc
        return RejectedError(
            f"{host} does not answer as Mastodon does",
            hint="threads of Bluesky, Mastodon and WordPress can be looked at",
        )


def _public(status: Fields) -> bool:
    return visibility_of(status) in {"public", "unlisted"}


def _unshown(statuses: list[Fields]) -> int:
    """Count the answers that statuses say they have and that are not among them."""
    told = sum(count(status.get("replies_count")) for status in statuses)
    return max(0, told - (len(statuses) - 1))
