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


_LOCKED_OUT = {
    "outside the authorized scopes": "make a new token with the scopes that becalm connect names",
    "login is currently disabled": "the server suspended the account: log in there in a browser to see why",
    "missing a confirmed e-mail": "log in there in a browser and confirm the account's e-mail address",
    "pending approval": "the server has not admitted the account yet: log in there in a browser to see",
}
"""What Mastodon says (403) of a token that is good for nothing, or not for this; it says so in English alone."""


def judge(answer: Answer, _: str) -> None:
    """Raise our error for a refusal that is of the account, and not of the one thing that was asked for."""
    if answer.status == 403:
        said = complain(answer)
        for words, hint in _LOCKED_OUT.items():
            if words in said:
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
        return (await self.send("POST", path, form, headers)).json(dict)

    async def send(
        self, method: str, path: str, form: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Do something, once; the answer's body does not matter."""
        return await self._http.request(
            method, self.base + path, token=self.token, form=form or {}, headers=headers, judge=judge
        )
