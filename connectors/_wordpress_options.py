"""What the configuration says of a WordPress site, and which addresses a password may be sent to."""

from typing import Annotated
from urllib.parse import urlsplit

import msgspec

from connectors._contract import Options
from connectors._guard import is_this_machine
from connectors._secret import BasicLogin, Secret

STEPS = (
    "in a browser, log in to the site's desk (/wp-admin) with an account that may moderate comments: Editor, or more",
    "there, Users > Profile > Application Passwords: name it becalm and add it",
    "copy the password: WordPress shows it once; it is not the one for logging in, and can be taken back there",
)
"""How an application password is come by."""


class WordPressOptions(Options, frozen=True, kw_only=True):
    """One account on one WordPress site.

    Attributes:
        server: the site's address, with its folder where it has one; "https://" may be left out, http only on this
            machine.
        user: the account's user name, as typed when logging in.
        password: an application password of that account (Users > Profile, or `becalm connect wordpress`); the
            password for logging in does not work here.
        spam: also read what the site's filter took for spam: in a storm it errs.
    """

    server: Annotated[str, msgspec.Meta(description="the site's address", examples=["https://blog.museum.example"])]
    user: Annotated[str, msgspec.Meta(description="the account's user name", examples=["museum"])]
    password: Annotated[Secret, msgspec.Meta(description="an application password of that account")]
    spam: Annotated[bool, msgspec.Meta(description="also read what was taken for spam")] = True

    def __post_init__(self) -> None:
        """Refuse an address that would show the password to others, and a name that no account has."""
        check_server(self.server)
        if not self.user.strip() or ":" in self.user:
            raise ValueError("user: write the account's user name, without its password")

    @property
    def base(self) -> str:
        """The site's address without a slash at its end."""
        return base_of(self.server)

    @property
    def login(self) -> BasicLogin:
        """The account's name and password; the blanks in which WordPress groups the password do not count."""
        return BasicLogin(self.user.strip(), "".join(self.password.reveal().split()))


def base_of(server: str) -> str:
    """Complete a site's address: https unless it says otherwise; a folder is kept, the API's or the desk's path is not."""
    server = server.strip()
    parts = urlsplit(server if "://" in server else f"https://{server}")
    folder = parts.path
    for inner in ("/wp-json", "/wp-admin", "/wp-login.php", "/index.php"):
        folder = folder.partition(inner)[0]
    return f"{parts.scheme}://{parts.netloc}{folder.rstrip('/')}"


def check_server(server: str) -> None:
    """Check a site's address.

    Raises:
        ValueError: beginning with "server: ", as options complain.
    """
    try:
        parts = urlsplit(base_of(server))
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        host, parts = "", urlsplit("")
    if not host or parts.scheme not in {"http", "https"} or any(char.isspace() for char in server.strip()):
        raise ValueError(f"server: {server!r} is no address of a site; write https://blog.museum.example")
    if "@" in parts.netloc:
        raise ValueError("server: write the site's address alone; user and password have their own places")
    if parts.scheme == "http" and not is_this_machine(host):
        raise ValueError(f"server: http would show the password to everyone on the way; write https://{parts.netloc}")
