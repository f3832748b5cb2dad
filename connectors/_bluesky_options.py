"""What the configuration says of a Bluesky account, and which server its app password may be sent to."""

import re
from typing import Annotated, Literal
from urllib.parse import urlsplit

import msgspec

from connectors._contract import Options
from connectors._guard import is_this_machine
from connectors._secret import Secret

Repliers = Literal["everyone", "mentioned", "followers", "followed", "nobody"]
"""Who may reply in a thread that we open."""


STEPS = (
    "on bsky.app, logged in as the museum: Settings > Privacy and security > App passwords > Add; name it becalm",
    "leave the access to direct messages off: becalm reads none",
    "copy the password (xxxx-xxxx-xxxx-xxxx): Bluesky shows it once, and it cannot change the account",
)
"""How an app password is come by."""

_PROFILE = re.compile(r"https?://[^/?#]+/profile/([^/?#]+).*")
_HANDLE = re.compile(r"[^\s/@:?#]+(?:\.[^\s/@:?#.]+)+")
_DID = re.compile(r"did:[a-z]+:[a-zA-Z0-9._:%-]+")


class BlueskyOptions(Options, frozen=True, kw_only=True):
    """One account on the AT Protocol network.

    Attributes:
        handle: the account's handle, or its DID.
        password: an app password (Settings > Privacy and security > App passwords), not the account's own.
        server: where to log in; only who runs a server of their own changes it. http only on this machine.
        session: a file (0600, made when it is missing) that keeps the session over restarts; "" keeps it in memory.
            Logging in is limited to 300 times a day; `becalm connect` writes one in.
        repliers: who may reply in a dedicated thread that we open.
    """

    handle: Annotated[str, msgspec.Meta(description="the account's handle", examples=["museum.example.org"])]
    password: Annotated[Secret, msgspec.Meta(description="an app password of the account")]
    server: str = "https://bsky.social"
    session: Annotated[str, msgspec.Meta(extra={"private_file": True})] = ""
    repliers: Repliers = "everyone"

    def __post_init__(self) -> None:
        """Refuse what would show the password to others, or is no account."""
        if not self.handle.strip("@ ") or any(char.isspace() for char in self.handle.strip()):
            raise ValueError(f"handle: {self.handle!r} is no handle; write museum.bsky.social")
        if "@" in self.handle.strip().lstrip("@"):
            raise ValueError("handle: write the handle or the DID, not an e-mail address")
        if not _HANDLE.fullmatch(self.identifier) and not _DID.fullmatch(self.identifier):
            raise ValueError(f"handle: {self.handle!r} is no handle; write museum.bsky.social")
        if not safe_server(self.base):
            raise ValueError(f"server: {self.server!r} would show the password to others; write https://bsky.social")

    @property
    def base(self) -> str:
        """The server's address without a slash at its end."""
        return base_of(self.server)

    @property
    def identifier(self) -> str:
        """The handle without a leading "@"; of a profile's address, the handle in it."""
        found = _PROFILE.fullmatch(self.handle.strip())
        return (found[1] if found else self.handle.strip()).lstrip("@")


def base_of(server: str) -> str:
    """Complete a server's address: https unless it says otherwise, no path."""
    server = server.strip()
    try:
        parts = urlsplit(server if "://" in server else f"https://{server}")
    except ValueError:  # half an IPv6 address
        return server
    return f"{parts.scheme}://{parts.netloc}"


def safe_server(base: str) -> bool:
    """Whether a secret may be sent to this address: https, or http that stays on this machine."""
    try:
        parts = urlsplit(base)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    if not host or "@" in parts.netloc or any(char.isspace() for char in base):
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and is_this_machine(host))
