"""Public threads without an account: which platform an address belongs to, and what it shows to anybody who asks."""

import re
from collections.abc import Awaitable, Callable
from urllib.parse import SplitResult, urlsplit

from connectors._errors import AuthenticationError, ConnectorError, RejectedError
from connectors._guard import host_of, is_this_machine
from connectors._http import Http
from connectors._public_bluesky import is_bluesky, read_bluesky
from connectors._public_mastodon import is_mastodon, may_be_mastodon, read_mastodon, server_of, status_of_page
from connectors._public_thread import PublicThread
from connectors._public_wordpress import is_wordpress, read_wordpress

_CLOSED = frozenset({401, 403, 451})
_GONE = frozenset({404, 410})
_BARE = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?:[/?#].*)?", re.IGNORECASE)
"""An address as people type it or a telephone shows it, without its scheme."""
_PROFILE = re.compile(r"/@[^/]+/?|/profile/[^/]+/?|/users/[^/]+/?")


def client_for(url: str) -> Http:
    """Make the client to read a public thread through: no private network, this machine only where `url` names it."""
    return Http(public_only=True, here=names_this_machine(url), attempts=2)


def names_this_machine(url: str) -> bool:
    """Whether an address names this machine itself (localhost, 127.0.0.1, [::1])."""
    try:
        return is_this_machine(urlsplit(url).hostname or "")
    except ValueError:
        return False


async def read_public(url: str, http: Http, *, server: str = "") -> PublicThread:
    """Read the public thread at an address.

    Args:
        url: of a post or of a comment in its thread, as a browser shows it; Bluesky's at:// too.
        http: the client, as `client_for` makes it.
        server: which view of Bluesky's network to ask in place of the public one.

    Raises:
        RejectedError: it is no address, belongs to no platform that shows threads to anybody, or shows nothing.
        ConnectorError: whatever else the way there brings.
    """
    url = completed(url)
    try:
        read = _reader(url, server)
        return await (read(http) if read is not None else _read_page(url, http, server))
    except AuthenticationError:
        raise _closed(url) from None
    except RejectedError as error:
        if error.status in _CLOSED:
            raise _closed(url) from None
        if error.status in _GONE:
            raise RejectedError(
                f"nothing is there: {url}", status=error.status, hint="it may be deleted, or never was public"
            ) from None
        raise


def completed(url: str) -> str:
    """Write an address as a browser would: with its scheme, in lower case; on another's pages, where its server is."""
    url = url.strip().strip("<>")
    url = f"https://{url}" if _BARE.fullmatch(url) else url
    scheme, separator, rest = url.partition("://")
    return server_of(f"{scheme.lower()}{separator}{rest}")


def _reader(url: str, server: str) -> Callable[[Http], Awaitable[PublicThread]] | None:
    """Return how a thread is read whose address tells its platform; None where only the page itself can."""
    if is_bluesky(url):
        return lambda http: read_bluesky(url, http, server)
    parts = _address(url)
    if is_mastodon(parts.path):
        return lambda http: read_mastodon(url, http)
    return None


async def _read_page(url: str, http: Http, server: str) -> PublicThread:
    """Read the thread that a page leads to: by a redirect to an address that tells, or by what its head says."""
    path = urlsplit(url).path
    try:
        page = await http.request("GET", url, headers={"Accept": "text/html"}, urgent=True)
    except RejectedError:
        if not may_be_mastodon(path):
            raise
        return await read_mastodon(url, http)
    if urlsplit(page.url).path != path and (read := _reader(page.url, server)) is not None:
        return await read(http)
    if is_wordpress(page):
        return await read_wordpress(page, http)
    if told := status_of_page(page):
        return await read_mastodon(told, http)
    if may_be_mastodon(urlsplit(page.url).path):
        return await read_mastodon(page.url, http)
    if _PROFILE.fullmatch(urlsplit(page.url).path):
        raise RejectedError(f"{url} is somebody's page, not a post", hint="open a post there, and copy its address")
    raise RejectedError(
        f"{urlsplit(url).netloc}: no thread that becalm can read without an account",
        hint="threads of Bluesky, Mastodon and WordPress can be looked at",
    )


def _address(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError:
        host, parts = "", urlsplit("")
    if not host or parts.scheme not in {"http", "https"} or any(char.isspace() for char in url):
        raise RejectedError(f"{url!r} is no address of a page", hint="copy it from the browser, https:// included")
    if "@" in parts.netloc:
        raise RejectedError(f"{host_of(url)}: an address with a name or a password in it is not asked")
    return parts


def _closed(url: str) -> ConnectorError:
    return RejectedError(
        f"{host_of(url)} shows this to nobody without an account", hint="connect an account there: becalm connect"
    )
