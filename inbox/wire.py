"""The wire: what a desk's calls and answers look like on a socket, read off the Desk protocol itself."""

import inspect
from collections.abc import Callable
from functools import cache
from typing import Any, get_type_hints

import msgspec
from msgspec import Struct

from inbox.desk import Desk

VERSION = 1
"""The wire's version; both ends must speak the same."""
MAX_LINE = 64 << 20
"""Bytes of one message, at most: a page of the longest texts fits many times."""

LOCAL_ONLY = frozenset({"subscribe", "aclose"})
"""Methods that are not calls: news are pushed, and leaving is hanging up."""


class Hello(Struct, frozen=True, tag="hello"):
    """The first word of a client.

    Attributes:
        version: the wire's version.
        operator: who sits at the other end; every act carries the name.
    """

    version: int
    operator: str


class Welcome(Struct, frozen=True, tag="welcome"):
    """The answer to it.

    Attributes:
        owner: who holds the desk.
    """

    owner: str


class Call(Struct, frozen=True, tag="call"):
    """One call of a method; `args` are its arguments as a JSON object."""

    id: int
    method: str
    args: msgspec.Raw


class Answer(Struct, frozen=True, tag="answer"):
    """What a call returned."""

    id: int
    result: msgspec.Raw


class Failure(Struct, frozen=True, tag="failure"):
    """What a call raised: "query", "store", "key" or "other", and its message."""

    id: int
    kind: str
    message: str


class News(Struct, frozen=True, tag="news"):
    """Items that changed since the last news; sent when there are any, several changes at once."""

    keys: tuple[str, ...]


class Refusal(Struct, frozen=True, tag="refusal"):
    """Why the other end hangs up."""

    message: str


Message = Hello | Welcome | Call | Answer | Failure | News | Refusal

encode: Callable[[Message], bytes] = msgspec.json.Encoder().encode
decode = msgspec.json.Decoder(Message).decode


@cache
def methods() -> dict[str, tuple[type[Struct], Any]]:
    """Return every method of the Desk that may be called: its arguments as a struct, and its result's type.

    Reading them off the protocol keeps the wire from ever saying anything else than the desk does.
    """
    found: dict[str, tuple[type[Struct], Any]] = {}
    for name, function in inspect.getmembers(Desk, inspect.iscoroutinefunction):
        if name in LOCAL_ONLY or name.startswith("_"):
            continue
        hints = get_type_hints(function)
        fields: list[Any] = []
        for parameter in list(inspect.signature(function).parameters.values())[1:]:
            hint = hints[parameter.name]
            required = parameter.default is inspect.Parameter.empty
            fields.append((parameter.name, hint) if required else (parameter.name, hint, parameter.default))
        found[name] = (msgspec.defstruct(name, fields, frozen=True, kw_only=True), hints["return"])
    return found


def bind(method: str, *args: Any, **kwargs: Any) -> bytes:
    """Encode a call's arguments by the names the protocol gives them."""
    arguments, _ = methods()[method]
    named = dict(zip(arguments.__struct_fields__, args, strict=False)) | kwargs
    return msgspec.json.encode(arguments(**named))
