"""What the configuration says of a Mastodon account, and which addresses a token may be sent to."""

from collections.abc import Sequence
from typing import Annotated
from urllib.parse import urlsplit

import msgspec

from connectors._contract import Options
from connectors._guard import is_this_machine
from connectors._secret import Secret

SCOPES = (
    "read:accounts",
    "read:notifications",
    "read:statuses",
    "write:accounts",  # pinning
    "write:mutes",
    "write:reports",
    "write:statuses",
)
"""What the connector does, and no more."""

STEPS = (
    "in a browser, log in to your server as the museum: Preferences > Development > New application; name it becalm",
    "there, tick the permissions named below, no others, and leave the redirect address as it is",
    ", ".join(SCOPES),
    "submit, open the application again, and copy what stands beside “Your access token”: it has no end",
)
"""How a token is come by. Source: https://docs.joinmastodon.org/client/intro/, and the server's own pages."""


class MastodonOptions(Options, frozen=True, kw_only=True):
    """One account on one Mastodon-compatible server.

    Attributes:
        server: the server's address, "https://" may be left out; http only on this machine.
        token: an access token of the account (Preferences > Development, or `becalm connect mastodon`).
        forward_reports: also send reports to the moderators of the reported author's own server.
        stream: listen to the live stream beside polling.
    """

    server: Annotated[str, msgspec.Meta(description="the server's address", examples=["https://mastodon.example"])]
    token: Annotated[Secret, msgspec.Meta(description="an access token of the account")]
    forward_reports: bool = False
    stream: bool = True

    def __post_init__(self) -> None:
        """Refuse an address that would show the token to others."""
        check_server(self.server)

    @property
    def base(self) -> str:
        """The server's address without a slash at its end."""
        return base_of(self.server)


def base_of(server: str) -> str:
    """Complete a server's address: https unless it says otherwise, no path."""
    server = server.strip()
    parts = urlsplit(server if "://" in server else f"https://{server}")
    return f"{parts.scheme}://{parts.netloc}"


def check_server(server: str) -> None:
    """Check a server's address.

    Raises:
        ValueError: beginning with "server: ", as options complain.
    """
    try:
        parts = urlsplit(base_of(server))
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        host, parts = "", urlsplit("")
    if not host or parts.scheme not in {"http", "https"} or any(char.isspace() for char in server.strip()):
        raise ValueError(f"server: {server!r} is no address of a server; write https://mastodon.example")
    if "@" in parts.netloc:
        raise ValueError("server: write the server's address alone; the account follows from its token")
    if parts.scheme == "http" and not is_this_machine(host):
        raise ValueError(f"server: http would show the token to everyone on the way; write https://{parts.netloc}")


def lacking(granted: Sequence[str]) -> list[str]:
    """Return what a token with these permissions lacks: "read" holds every "read:...", and "follow" is an old name."""
    held = {*granted, *(["write:mutes"] if "follow" in granted else [])}
    return [scope for scope in SCOPES if granted and not held & {scope, scope.partition(":")[0]}]
