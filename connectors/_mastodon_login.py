"""Getting a Mastodon token in a terminal: register, open the address in any browser, paste the code back."""

import hashlib
from base64 import urlsafe_b64encode
from secrets import token_urlsafe
from urllib.parse import urlencode

import msgspec

from connectors._errors import AuthenticationError, ProtocolError, RejectedError
from connectors._fields import Fields, text
from connectors._http import Http
from connectors._mastodon_options import SCOPES, base_of, check_server
from connectors._secret import Secret

OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"
"""The redirect address that makes the server show the code to a person instead."""


class Login(msgspec.Struct, frozen=True, kw_only=True):
    """A login under way; keep it in memory until the code is pasted.

    Attributes:
        server: the server's address.
        client_id: of the application that was registered there.
        client_secret: of the application.
        verifier: proves that who pastes the code is who asked for it (PKCE; servers before 4.3 ignore it).
    """

    server: str
    client_id: str
    client_secret: Secret
    verifier: Secret

    @property
    def authorise_url(self) -> str:
        """The address that the account's owner opens in a browser; holds no secret."""
        challenge = urlsafe_b64encode(hashlib.sha256(self.verifier.reveal().encode()).digest()).rstrip(b"=").decode()
        query = {
            "client_id": self.client_id,
            "redirect_uri": OUT_OF_BAND,
            "response_type": "code",
            "scope": " ".join(SCOPES),
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        return f"{self.server}/oauth/authorize?{urlencode(query)}"


async def begin_login(http: Http, server: str) -> Login:
    """Register becalm on a server.

    Args:
        http: the client.
        server: its address, "https://" may be left out.

    Raises:
        RejectedError: the address is none, or the server refused.
        ConnectorError: the server cannot be reached or is no Mastodon.
    """
    try:
        check_server(server)
    except ValueError as error:
        raise RejectedError(str(error), hint="give the address of the server where the account lives") from None
    form = {"client_name": "becalm", "redirect_uris": OUT_OF_BAND, "scopes": " ".join(SCOPES)}
    base = base_of(server)
    said = await _confidential(http, f"{base}/api/v1/apps", form)
    client_id, secret = text(said.get("client_id")), text(said.get("client_secret"))
    if not client_id or not secret:
        raise ProtocolError(f"{base} registered no application", hint="is it a Mastodon server?")
    return Login(server=base, client_id=client_id, client_secret=Secret(secret), verifier=Secret(token_urlsafe(48)))


async def finish_login(http: Http, login: Login, code: str) -> Secret:
    """Exchange the code that the server showed for the account's token.

    Raises:
        RejectedError: the code is wrong, used or too old.
        ConnectorError: the server cannot be reached or makes no sense.
    """
    form = {
        "grant_type": "authorization_code",
        "code": code.strip(),
        "client_id": login.client_id,
        "client_secret": login.client_secret.reveal(),
        "redirect_uri": OUT_OF_BAND,
        "code_verifier": login.verifier.reveal(),
        "scope": " ".join(SCOPES),
    }
    try:
        said = await _confidential(http, f"{login.server}/oauth/token", form)
    except (AuthenticationError, RejectedError) as error:
        raise RejectedError(error.message, hint="a code works once and for minutes: begin again") from None
    token = text(said.get("access_token"))
    if not token:
        raise ProtocolError(f"{login.server} gave no token")
    return Secret(token)


async def _confidential(http: Http, url: str, form: dict[str, str]) -> Fields:
    """Post, and keep what comes back out of any error: it may hold a secret."""
    try:
        return (await http.request("POST", url, form=form)).json(dict)
    except ProtocolError as error:
        raise ProtocolError(error.message, hint=error.hint) from None
