"""Getting an application password in a terminal: the site's own page makes one, in any browser, to be pasted back."""

from urllib.parse import urlencode, urlsplit
from uuid import NAMESPACE_URL, uuid5

import msgspec

from connectors._errors import RejectedError
from connectors._fields import table, text
from connectors._http import Http
from connectors._secret import Secret
from connectors._wordpress_api import Api
from connectors._wordpress_options import base_of, check_server


class Login(msgspec.Struct, frozen=True, kw_only=True):
    """A login under way.

    Attributes:
        authorise_url: the address that the account's owner opens in a browser; holds no secret.
    """

    authorise_url: str


async def begin_login(http: Http, server: str) -> Login:
    """Ask a site where its account holders allow programs.

    Args:
        http: the client.
        server: its address, "https://" may be left out.

    Raises:
        RejectedError: the address is none, or the site makes no application passwords.
        ConnectorError: the site cannot be reached or is no WordPress.
    """
    try:
        check_server(server)
    except ValueError as error:
        raise RejectedError(str(error), hint="give the address of the site") from None
    base = base_of(server)
    index = await Api(http, base, None).index()
    offered = table(table(index.get("authentication")).get("application-passwords"))
    page = text(table(offered.get("endpoints")).get("authorization"))
    if not page:
        raise RejectedError(
            f"{base} makes no application passwords",
            hint="they need WordPress 5.6 and https, and a security plugin may have switched them off",
        )
    if urlsplit(page)[:2] != urlsplit(base)[:2]:
        raise RejectedError(f"{base} sends its users to {page} for that", hint="connect the site by that address")
    query = urlencode({"app_name": "becalm", "app_id": str(uuid5(NAMESPACE_URL, base))})
    return Login(authorise_url=f"{page}{'&' if '?' in page else '?'}{query}")


async def finish_login(http: Http, login: Login, code: str) -> Secret:
    """Take the password that the site showed; whether it is good is seen when it is used."""
    del http, login
    if not (password := "".join(code.split())):
        raise RejectedError("no password was pasted", hint="the site shows it once, after you allow becalm")
    return Secret(password)
