"""Platforms at their worst: transports that fail in every way, and options made from what a connector declares."""

import typing
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
import msgspec
from msgspec import Meta

from connectors._contract import Connector, Options
from connectors._http import Http
from connectors._secret import Secret

TOKEN = "t0ken-of-the-contract-test"

Respond = Callable[[httpx.Request], httpx.Response]


def example_options(kind: type[Options]) -> Options:
    """Make options from what their type declares: defaults, else the first example of a field's `msgspec.Meta`."""
    hints = typing.get_type_hints(kind, include_extras=True)
    table: dict[str, Any] = {}
    for each in msgspec.structs.fields(kind):
        if each.required:
            table[each.name] = _example(hints[each.name], each.name)
    return kind(**table)


def _example(hint: Any, name: str) -> Any:
    plain = typing.get_args(hint)[0] if typing.get_origin(hint) is typing.Annotated else hint
    if plain is Secret:
        return Secret(TOKEN)
    for meta in getattr(hint, "__metadata__", ()):
        if isinstance(meta, Meta) and meta.examples:
            return meta.examples[0]
    raise AssertionError(f"option {name!r} needs a default or an example: Annotated[..., msgspec.Meta(examples=[...])]")


def _saying(status: int, content: bytes, **headers: str) -> Respond:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda _: httpx.Response(status, content=content, headers=named)


def _raising(error: type[httpx.TransportError]) -> Respond:
    def respond(request: httpx.Request) -> httpx.Response:
        raise error(f"Bearer {TOKEN}", request=request)

    return respond


DOUBTFUL: dict[str, Respond] = {
    "500": _saying(500, b'{"error": "oops"}', Content_Type="application/json"),
    "502 in HTML": _saying(502, b"<html>Bad gateway</html>", Content_Type="text/html"),
    "HTML in place of JSON": _saying(200, b"<!DOCTYPE html><title>Log in</title>", Content_Type="text/html"),
    "truncated JSON": _saying(200, b'{"id": "1", "content": "cut', Content_Type="application/json"),
    "deep JSON": _saying(200, b"[" * 200_000, Content_Type="application/json"),
    "empty 200": _saying(200, b"", Content_Type="application/json"),
    "no unicode": _saying(200, b'{"id": "\xff\xfe', Content_Type="application/json"),
    "a broken encoding": _saying(200, b"not gzip", Content_Encoding="gzip"),
    "a foreign redirect": _saying(302, b"", Location="https://evil.example/"),
    "no answer in time": _raising(httpx.ReadTimeout),
    "a cut connection": _raising(httpx.RemoteProtocolError),
    "a reset connection": _raising(httpx.ReadError),
}
"""What leaves open whether a sending was carried out."""

OPEN: dict[str, Respond] = {
    "a list": _saying(200, b"[]", Content_Type="application/json"),
    "an object": _saying(200, b"{}", Content_Type="application/json"),
    "null": _saying(200, b"null", Content_Type="application/json"),
    "a number": _saying(200, b"7", Content_Type="application/json"),
    "a list of everything": _saying(200, b'[null, 7, "x", [], {}, {"id": 1}]', Content_Type="application/json"),
    "an object of nothing": _saying(200, b'{"id": null, "account": 7, "items": {}, "comments": 1}'),
}
"""JSON that is none of what was promised; whether it acknowledges a sending is the connector's to judge."""

CERTAIN: dict[str, Respond] = {
    "401": _saying(401, b'{"error": "The access token is invalid"}', Content_Type="application/json"),
    "403 in HTML": _saying(403, b"<html>Forbidden</html>", Content_Type="text/html"),
    "404": _saying(404, b'{"error": "Record not found"}', Content_Type="application/json"),
    "422": _saying(422, b'{"error": "Validation failed"}', Content_Type="application/json"),
    "429": _saying(429, b'{"error": "Too many requests"}', Retry_After="600"),
    "connection refused": _raising(httpx.ConnectError),
    "no connection in time": _raising(httpx.ConnectTimeout),
}
"""What says for certain that a sending was not carried out."""

FAULTS = DOUBTFUL | OPEN | CERTAIN


class Asleep(Exception):  # noqa: N818 (it is no error: the code under test would wait now)
    """Raised in place of waiting."""


async def _no_sleep(_: float) -> None:
    raise Asleep


@dataclass
class Platform:
    """A platform that answers every request with one fault.

    Attributes:
        respond: the fault.
        only_sendings: whether reads are answered with an empty object instead.
        asked: what it was asked so far.
    """

    respond: Respond
    only_sendings: bool = False
    asked: list[httpx.Request] = field(default_factory=list)

    def connect(self, kind: type[Connector]) -> Connector:
        """Make a connector that talks to this platform."""
        http = Http(transport=httpx.MockTransport(self._answer), attempts=1, sleep=_no_sleep)
        return kind("contract", example_options(kind.options_type), http)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        if self.only_sendings and request.method == "GET":
            return httpx.Response(200, json={})
        return self.respond(request)

    @property
    def was_sent_something(self) -> bool:
        """Whether anything but a read arrived."""
        return any(request.method != "GET" for request in self.asked)
