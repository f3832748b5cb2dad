"""What the configuration says of an account behind Meta's Graph API, and which addresses its token may be sent to."""

import re
from typing import Annotated
from urllib.parse import urlsplit

import msgspec

from connectors._contract import Options
from connectors._guard import is_this_machine
from connectors._secret import Secret

FACEBOOK = "https://graph.facebook.com"
INSTAGRAM = "https://graph.instagram.com"
VERSION = "v25.0"
"""Of the Graph API that this was written for; Meta keeps each for at least two years."""

_VERSION = re.compile(r"v\d{1,3}\.\d{1,2}")


class GraphOptions(Options, frozen=True, kw_only=True):
    """One account behind the Graph API.

    Attributes:
        token: a long-lived token of the account, its Page, or a system user of the business.
        app_id: the app's number; together with `app_secret` it lets becalm see when the token ends.
        app_secret: the app's secret; every call is then proven to come from the app's owner (appsecret_proof).
        server: where the API is; only tests and proxies change it. http only on this machine.
        version: of the API.
    """

    token: Annotated[Secret, msgspec.Meta(description="a long-lived or system user's token")]
    app_id: str = ""
    app_secret: Secret | None = None
    server: str = ""
    version: str = VERSION

    def __post_init__(self) -> None:
        """Refuse what would show the token to others, or is no number of a version or an app."""
        if self.server and not safe_server(base_of(self.server)):
            raise ValueError(f"server: {self.server!r} would show the token to others; write {FACEBOOK}")
        if not _VERSION.fullmatch(self.version):
            raise ValueError(f"version: {self.version!r} is no version of the Graph API; write {VERSION}")
        if self.app_id and not self.app_id.isdecimal():
            raise ValueError("app_id: write the app's number, as its page on developers.facebook.com shows it")

    @property
    def base(self) -> str:
        """The API's address without a slash at its end."""
        return base_of(self.server) if self.server else FACEBOOK


def base_of(server: str) -> str:
    """Complete an address: https unless it says otherwise, no path."""
    server = server.strip()
    try:
        parts = urlsplit(server if "://" in server else f"https://{server}")
    except ValueError:  # half an IPv6 address
        return server
    return f"{parts.scheme}://{parts.netloc}"


def safe_server(base: str) -> bool:
    """Whether a token may be sent to this address: https, or http that stays on this machine."""
    try:
        parts = urlsplit(base)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    if not host or "@" in parts.netloc or any(char.isspace() for char in base):
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and is_this_machine(host))
