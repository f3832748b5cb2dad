"""WordPress's REST API as paths: one site, one login, with pretty addresses or without, JSON in and out."""

from collections.abc import Sequence
from typing import Any

import msgspec

from connectors._answer import Answer, complain, parse_json
from connectors._errors import AuthenticationError, ConnectorError, ProtocolError, RejectedError, UnreachableError
from connectors._fields import Fields, count, rows, table, text
from connectors._http import Http
from connectors._secret import BasicLogin

Params = Sequence[tuple[str, str]]


_ROLE = frozenset({"rest_forbidden_context", "rest_forbidden_param", "rest_forbidden"})
"""What an account hears whose role may not see comments as a moderator does."""


_DROPPED = "check user name and application password; if both are right, the host drops the login before WordPress"
_MAKE_ANOTHER = "make a new application password in the account's profile, and connect it (becalm connect --replace)"
_SWITCHED_OFF = "application passwords are switched off there, by a plugin or by whoever runs the site: ask them"
_UNKNOWN_NAME = "the site knows no such user: check the user name"
_LOGINS = {
    "incorrect_password": _MAKE_ANOTHER,
    "invalid_username": _UNKNOWN_NAME,
    "invalid_email": _UNKNOWN_NAME,
    "application_passwords_disabled": _SWITCHED_OFF,
    "application_passwords_disabled_for_user": _SWITCHED_OFF,
}
"""What WordPress says (401) of a login that reached it; of one that did not it says what it says to any visitor.

Source: WordPress/WordPress, wp-includes/user.php (`wp_authenticate_application_password`) and wp-includes/rest-api.php
(`rest_application_password_check_errors`, `rest_authorization_required_code`).
"""


def judge(answer: Answer, _: str) -> None:
    """Raise our error for a login that is refused, with what there is to do about it."""
    if answer.status == 401:
        raise AuthenticationError(complain(answer), hint=_LOGINS.get(_code_in(answer.body), _DROPPED))


class Page(msgspec.Struct, frozen=True):
    """A part of a list.

    Attributes:
        rows: what we may read of it.
        total: how many entries the whole list has, those we may not read included; None where that is not said.
    """

    rows: list[Fields]
    total: int | None


def code_of(error: RejectedError) -> str:
    """Return WordPress's own name of a refusal ("comment_flood"), or ""."""
    return _code_in(error.payload)


def _code_in(body: bytes) -> str:
    try:
        return text(table(parse_json(body)).get("code"))
    except ValueError:
        return ""


class Api:
    """One account's view of one site."""

    def __init__(self, http: Http, base: str, login: BasicLogin | None) -> None:
        """Speak to the site at `base` through `http`; without a login as any visitor."""
        self._base = base
        self._login = login
        self._http = http
        self._pretty: bool | None = None

    async def index(self) -> Fields:
        """Read what the site says of itself, and learn where its API is: sites without pretty addresses have it apart.

        Raises:
            UnreachableError: no API answers there, for now.
            ConnectorError: any other refusal.
        """
        refused: ConnectorError | None = None
        for pretty in (True, False):
            try:
                found = (await self._ask("GET", "", pretty=pretty)).json(dict)
            except (RejectedError, ProtocolError) as error:
                refused = refused or error
            else:
                self._pretty = pretty
                return found
        assert refused is not None
        hint = "is it a WordPress site? write the address of its front page; a plugin may have closed its REST API"
        raise UnreachableError(f"no WordPress answers at {self._base}: {refused.message}", hint=hint)

    async def get(self, path: str, params: Params = ()) -> Fields:
        """Read one object."""
        return (await self._request("GET", path, params)).json(dict)

    async def page(self, path: str, params: Params) -> Page:
        """Read a part of a list."""
        answer = await self._request("GET", path, params)
        total = answer.headers.get("x-wp-total")
        return Page(rows(answer.json(list)), None if total is None else count(total))

    async def look(self, path: str, params: Params) -> list[Fields]:
        """Read a list on the way to a sending: an answer that makes no sense means that nothing was sent yet.

        Raises:
            UnreachableError: it makes no sense.
            ConnectorError: as for any other read.
        """
        try:
            return (await self.page(path, params)).rows
        except ProtocolError as error:
            raise UnreachableError(error.message, hint=error.hint) from None

    async def post(self, path: str, body: dict[str, Any]) -> Fields:
        """Do something, once, and read the object it answers with."""
        return (await self._request("POST", path, json=body)).json(dict)

    async def delete(self, path: str) -> Fields:
        """Put something into the bin, once, and read it as it is there."""
        return (await self._request("DELETE", path)).json(dict)

    async def _request(self, method: str, path: str, params: Params = (), json: Any = None) -> Answer:
        if self._pretty is None:
            await self.index()
        try:
            return await self._ask(method, f"wp/v2/{path}", params, json, pretty=bool(self._pretty))
        except RejectedError as error:
            if code_of(error) in _ROLE:  # the rights were there when the account was connected
                hint = "give the account a role that may moderate comments (Editor)"
                raise AuthenticationError(error.message, hint=hint) from None
            raise

    async def _ask(self, method: str, path: str, params: Params = (), json: Any = None, *, pretty: bool) -> Answer:
        if pretty:
            url, asked = f"{self._base}/wp-json/{path}", list(params)
        else:
            url, asked = f"{self._base}/index.php", [("rest_route", f"/{path}"), *params]
        judged = judge if self._login is not None else None
        return await self._http.request(method, url, token=self._login, params=asked, json=json, judge=judged)
