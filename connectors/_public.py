"""Public threads without an account: which platform an address belongs to, and what it shows to anybody who asks."""

from collections.abc import Awaitable, Callable
from urllib.parse import SplitResult, urlsplit

from connectors._errors import AuthenticationError, ConnectorError, RejectedError
from connectors._guard import host_of, is_this_machine
from connectors._http import Http
from connectors._public_bluesky import is_bluesky, read_bluesky
from connectors._public_mastodon import is_mastodon, read_mastodon
from connectors._public_thread import PublicThread
from connectors._public_wordpress import read_wordpress

_CLOSED = frozenset({401, 403, 451})
_GONE = frozenset({404, 410})


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
    read = _reader(url, server)
    try:
        return await read(http)
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


def _reader(url: str, server: str) -> Callable[[Http], Awaitable[PublicThread]]:
    if is_bluesky(url):
        return lambda http: read_bluesky(url, http, server)
    parts = _address(url)
    if is_mastodon(parts.path):
        return lambda http: read_mastodon(url, http)
    return lambda http: read_wordpress(url, http)


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
