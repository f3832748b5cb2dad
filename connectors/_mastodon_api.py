"""Mastodon's API as paths: one server, one token, JSON in and out."""

from collections.abc import Mapping
from urllib.parse import quote

from connectors._answer import Answer, complain
from connectors._errors import AuthenticationError
from connectors._fields import Fields, rows
from connectors._http import Http
from connectors._secret import Secret


def part(native_id: str) -> str:
    """Quote an id for use in a path; ids come from other people's servers."""
    return quote(native_id, safe="")


_SCOPES_LACK = "make a new token with the scopes that becalm connect names"
_LOCKED_OUT = {
    "outside the authorized scopes": _SCOPES_LACK,
    "insufficient scope": _SCOPES_LACK,
    "login is currently disabled": "the server suspended the account: log in there in a browser to see why",
    "missing a confirmed e-mail": "log in there in a browser and confirm the account's e-mail address",
    "pending approval": "the server has not admitted the account yet: log in there in a browser to see",
    "requires two-factor authentication": "log in there in a browser and set up two-factor authentication",
    "requires an authenticated user": "the token belongs to an application and to no account: make one for the account",
}
"""What a server says (403, 422) of a token that is good for nothing, or not for this.

Sources: mastodon/mastodon, app/controllers/api/base_controller.rb and application_controller.rb (`require_functional!`);
superseriousbusiness/gotosocial, internal/api/util/auth.go ("token has insufficient scope permission").
"""
_SCOPE = 'error="insufficient_scope"'
"""How WWW-Authenticate names a missing scope, whatever language the server speaks; source: RFC 6750, section 3.1."""
_OWN = ("/api/v1/accounts/verify_credentials", "/api/v1/notifications")
"""What every account may read of itself: a refusal here is of the account, in whatever words (forks translate them)."""
_LOOK = "log in there in a browser to see why, or make a new token with the scopes that becalm connect names"


def judge(answer: Answer, _: str) -> None:
    """Raise our error for a refusal that is of the account, and not of the one thing that was asked for."""
    if answer.status not in {403, 422}:
        return
    said = complain(answer)
    hint = next((hint for words, hint in _LOCKED_OUT.items() if words in said), "")
    if not hint and _SCOPE in answer.headers.get("www-authenticate", ""):
        hint = _SCOPES_LACK
    if not hint and answer.status == 403 and answer.url.endswith(_OWN) and answer.is_json:  # no firewall's page
        hint = _LOOK
    if hint:
        raise AuthenticationError(said, hint=hint)


class Api:
    """One account's view of one server.

    Attributes:
        base: the server's address.
        token: of the account.
    """

    def __init__(self, http: Http, base: str, token: Secret) -> None:
        """Speak to `base` through `http`."""
        self.base = base
        self.token = token
        self._http = http

    async def get(self, path: str) -> Fields:
        """Read one object."""
        return (await self._http.request("GET", self.base + path, token=self.token, judge=judge)).json(dict)

    async def list(self, path: str, params: list[tuple[str, str]]) -> list[Fields]:
        """Read a list of objects."""
        answer = await self._http.request("GET", self.base + path, token=self.token, params=params, judge=judge)
        return rows(answer.json(list))

    async def post(
        self, path: str, form: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
    ) -> Fields:
        """Do something, once, and read the object it answers with."""
        return (await self.send("POST", path, form, headers)).confirmation()

    async def send(
        self, method: str, path: str, form: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Do something, once."""
        return await self._http.request(
            method, self.base + path, token=self.token, form=form or {}, headers=headers, judge=judge
        )
