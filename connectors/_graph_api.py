"""Meta's Graph API as paths: one token, JSON in and out; a token stands in the header or a body, never in an address."""

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from hmac import new as hmac
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import msgspec

from connectors import _graph_errors
from connectors._answer import Answer
from connectors._errors import ProtocolError, RateLimitedError, RejectedError, UnreachableError
from connectors._fields import Fields, count, rows, table, text
from connectors._graph_errors import NotAllowedError
from connectors._graph_options import GraphOptions
from connectors._http import Http
from connectors._secret import Secret

Params = Sequence[tuple[str, str]]
Objects = dict[str, Fields | RejectedError | NotAllowedError]
"""What was asked for by id: the object, or why it may not be seen."""

AT_ONCE = 50
"""Objects asked for at once by id, the most: as many as a batch may hold."""

_OK = 200
_ID = re.compile(r"[0-9]+(?:_[0-9]+)*")
_PLACES = ("after", "until", "since", "offset", "page", "pagination_token", "__paging_token")
"""What tells one page from the next in Meta's own addresses; whatever else stands there, the token too, is left out."""


class Page(msgspec.Struct, frozen=True):
    """A part of a list.

    Attributes:
        rows: its objects.
        after: what to ask the next part with, as a query; "" behind the last.
        total: how many the whole list has, where that was asked for; None otherwise.
    """

    rows: list[Fields]
    after: str = ""
    total: int | None = None


def page_of(value: Fields) -> Page:
    """Read a part of a list."""
    total = table(value.get("summary")).get("total_count")
    return Page(
        rows(value.get("data")), _following(table(value.get("paging"))), total if isinstance(total, int) else None
    )


def _following(paging: Fields) -> str:
    """Return what leads to the next page, taken out of Meta's own address of it, which holds the token."""
    following = text(paging.get("next"))
    if not following:
        return ""
    try:
        query = dict(parse_qsl(urlsplit(following).query))
    except ValueError:
        query = {}
    place = {key: query[key] for key in _PLACES if key in query}
    place = place or {"after": text(table(paging.get("cursors")).get("after"))}
    return urlencode(place) if any(place.values()) else ""


def is_id(native_id: str) -> bool:
    """Whether it can be the id of an object: it becomes part of an address."""
    return _ID.fullmatch(native_id) is not None


def checked(native_id: str) -> str:
    """Return an id that can stand in an address.

    Raises:
        RejectedError: it cannot; nobody was asked.
    """
    if not is_id(native_id):
        raise RejectedError(f"{native_id!r} is no id of the Graph API")
    return native_id


class Api:
    """One token's view of the Graph API."""

    def __init__(self, http: Http, options: GraphOptions, base: str, token: Secret) -> None:
        """Speak to the API at `base` with `token`."""
        self.base = base
        self._http = http
        self._options = options
        self._token = token

    def with_token(self, token: Secret) -> "Api":
        """Return the same API as another token sees it."""
        return Api(self._http, self._options, self.base, token)

    async def get(self, path: str, params: Params = ()) -> Fields:
        """Read one object."""
        return (await self._request("GET", path, params=params)).json(dict)

    async def get_confidential(self, path: str, params: Params = ()) -> Fields:
        """Read an object that holds a token: nothing of the answer is kept in an error."""
        try:
            return await self.get(path, params)
        except ProtocolError as error:
            raise ProtocolError(error.message, hint=error.hint) from None

    async def look(self, path: str, params: Params = ()) -> Fields:
        """Read on the way to a sending: an answer that makes no sense means that nothing was sent yet.

        Raises:
            UnreachableError: it makes no sense.
            ConnectorError: as for any other read.
        """
        try:
            return (await self._request("GET", path, params=params, urgent=True)).json(dict)
        except ProtocolError as error:
            raise UnreachableError(error.message, hint=error.hint) from None

    async def page(self, path: str, params: Params, after: str = "") -> Page:
        """Read a part of a list.

        Args:
            path: the edge.
            params: what is asked of every part.
            after: `Page.after` of the part before.
        """
        value = await self.get(path, [*params, *parse_qsl(after)])
        if not isinstance(value.get("data"), list):
            raise ProtocolError(f"{self.base}/{path} answers with no list", hint="check the server's address")
        return page_of(value)

    async def objects(self, ids: Sequence[str], fields: str) -> Objects:
        """Read several objects; each is there, refused, or left out where nothing is said of it.

        One that is not there, or not for us, spoils the whole answer: each is then asked for by itself, in one batch.

        Args:
            ids: of at most `AT_ONCE` objects; what is no id is left out.
            fields: which of theirs.
        """
        wanted = [native_id for native_id in ids if is_id(native_id)]
        try:
            if len(wanted) == 1:
                return {wanted[0]: await self.get(wanted[0], [("fields", fields)])}
            found = await self.get("", [("ids", ",".join(wanted)), ("fields", fields)]) if wanted else {}
        except (RejectedError, NotAllowedError) as error:
            return {wanted[0]: error} if len(wanted) == 1 else await self._each(wanted, fields)
        return {native_id: table(found[native_id]) for native_id in wanted if native_id in found}

    async def _each(self, ids: Sequence[str], fields: str) -> Objects:
        query = urlencode({"fields": fields, **self._proof()})
        answers = await self._batch([f"{native_id}?{query}" for native_id in ids])
        found: Objects = {}
        for native_id, answer in zip(ids, answers, strict=False):
            if answer is None:  # they had no time for it
                continue
            try:
                self._judge(answer, "GET")
            except (RejectedError, NotAllowedError) as error:
                found[native_id] = error
            except (RateLimitedError, UnreachableError):  # what was heard is kept, the others have their turn again
                continue
            else:
                found |= {native_id: answer.json(dict)} if answer.status == _OK else {}
        return found

    async def _batch(self, asked: Sequence[str]) -> list[Answer | None]:
        """Read several things by one request; those that came to nothing are None.

        Source: developers.facebook.com/docs/graph-api/batch-requests (50 at most, each of which counts as a call).

        Args:
            asked: path and query of each.
        """
        parts = msgspec.json.encode([{"method": "GET", "relative_url": each} for each in asked]).decode()
        form = {"batch": parts, "include_headers": "false", "access_token": self._token.reveal()}
        try:
            told = (await self._request("POST", "", form=form)).json(list)
        except UnreachableError as error:  # it changed nothing, whatever became of it
            raise UnreachableError(error.message, retry_after=error.retry_after, hint=error.hint) from None
        return [self._part(each) if isinstance(each, dict) else None for each in told]

    def _part(self, told: Fields) -> Answer:
        body = text(told.get("body")).encode("utf-8", "replace")
        return Answer(url=self.base, status=count(told.get("code")), headers={}, body=body)

    async def post(self, path: str, form: Mapping[str, str]) -> Fields:
        """Do something, once, and read what it answers with."""
        return (await self._request("POST", path, form=form)).json(dict)

    async def delete(self, path: str) -> Fields:
        """Delete something, once."""
        return (await self._request("DELETE", path)).json(dict)

    async def inspect(self, inspected: Secret) -> Fields:
        """Ask what Meta knows of a token, which is named in the body of a batch and not in an address.

        Only an app, and who developed it, may inspect a token. A person's and a system user's may list its permissions
        all the same, and is asked for them by the same request; a Page's may not.
        Source: developers.facebook.com/docs/graph-api/reference/debug_token and /reference/user/permissions

        Returns:
            What `debug_token` says, or its `scopes` alone.

        Raises:
            RejectedError: this token may ask neither.
            ConnectorError: as for any other read.
        """
        proof = urlencode(self._proof())
        asked = [f"debug_token?{urlencode({'input_token': inspected.reveal()})}&{proof}".rstrip("&")]
        if not self._is_apps:
            asked.append(f"me/permissions?{proof}".rstrip("?"))
        try:
            parts = [part.json(dict) if part else {} for part in await self._batch(asked)]
        except (ProtocolError, ValueError):
            raise ProtocolError(f"{self.base} does not say what this token may do") from None
        told, granted = (table(each).get("data") for each in [*parts, {}, {}][:2])
        if isinstance(told, dict):
            return told
        if isinstance(granted, list):
            return {"scopes": [text(row.get("permission")) for row in rows(granted) if row.get("status") == "granted"]}
        raise RejectedError("the token's end and permissions cannot be inspected")

    @property
    def _is_apps(self) -> bool:
        """Whether the token is an app's own, which holds the app's secret itself."""
        return "|" in self._token.reveal()

    def _proof(self) -> dict[str, str]:
        """Return the proof that we know the app's secret, where we do."""
        secret = self._options.app_secret
        if not secret or self._is_apps:
            return {}
        return {"appsecret_proof": hmac(secret.reveal().encode(), self._token.reveal().encode(), sha256).hexdigest()}

    async def _request(
        self,
        method: str,
        path: str,
        params: Params = (),
        form: Mapping[str, str] | None = None,
        *,
        urgent: bool = False,
    ) -> Answer:
        proof = self._proof()
        url = f"{self.base}/{self._options.version}/{path}"
        if method == "POST":
            form = {**(form or {}), **proof}
        else:
            params = [*params, *proof.items()]

        return await self._http.request(
            method, url, token=self._token, params=params, form=form, judge=self._judge, urgent=urgent
        )

    def _judge(self, answer: Answer, method: str) -> None:
        _graph_errors.judge(answer, method, self._http.clock())

    def confirm(self, value: Fields, what: str) -> None:
        """Check that a change was acknowledged.

        Raises:
            ProtocolError: it was not.
        """
        if value.get("success") is not True:
            raise ProtocolError(f"{self.base} does not confirm that {what}")

    @staticmethod
    def form(**fields: Any) -> dict[str, str]:
        """Write a form as the API reads it: truth as a word."""
        return {key: str(value).lower() if isinstance(value, bool) else str(value) for key, value in fields.items()}
