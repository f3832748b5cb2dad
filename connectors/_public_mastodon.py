"""A public thread of Mastodon and its kin, from the server in the address, which shows it to anybody or says no."""

import re
from urllib.parse import urlsplit

from connectors._errors import ProtocolError, RejectedError
from connectors._fields import Fields, count, rows, table, text
from connectors._http import Http
from connectors._mastodon_entities import author_of, comment_of, post_of, visibility_of
from connectors._public_thread import PublicThread

_PATH = re.compile(
    r"(?:/web|/deck)?/@[^/]+/(?:statuses/)?(\d+|[0-9A-HJKMNP-TV-Z]{26})/?"  # Mastodon; GoToSocial's ids are ULIDs
    r"|/users/[^/]+/statuses/(\d+|[0-9A-HJKMNP-TV-Z]{26})/?"
    r"|/notice/([A-Za-z0-9]{6,40})/?"  # Pleroma, Akkoma
)


def is_mastodon(path: str) -> bool:
    """Whether a path has the form of a status's page."""
    return _PATH.fullmatch(path) is not None


async def read_mastodon(url: str, http: Http) -> PublicThread:
    """Read the whole conversation that a status belongs to, as far as its server shows it to strangers.

    Mastodon gives them 60 answers, 20 levels deep. Source: https://docs.joinmastodon.org/methods/statuses/#context

    Raises:
        RejectedError: the status is gone or not public, or no server of that kind is there.
    """
    parts = urlsplit(url)
    found = _PATH.fullmatch(parts.path)
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
    return PublicThread(platform="mastodon", post=post, author=author, comments=tuple(comments), missing=missing)


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
