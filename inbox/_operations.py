"""What one line of the journal says to TinyDB's tables: a JSON array of operations, each an array led by its name."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import msgspec

Rows = dict[str, dict[str, Any]]


class Put(msgspec.Struct, frozen=True, array_like=True, tag="put"):
    """Set one whole document."""

    table: str
    doc_id: int
    document: dict[str, Any]


class Merge(msgspec.Struct, frozen=True, array_like=True, tag="merge"):
    """Set some fields of some documents."""

    table: str
    doc_ids: list[int]
    fields: dict[str, Any]


class Remove(msgspec.Struct, frozen=True, array_like=True, tag="remove"):
    """Remove some documents."""

    table: str
    doc_ids: list[int]


class Truncate(msgspec.Struct, frozen=True, array_like=True, tag="truncate"):
    """Empty a table, or make an empty one."""

    table: str


class Replace(msgspec.Struct, frozen=True, array_like=True, tag="replace"):
    """Replace every resident table at once."""

    tables: dict[str, Rows]


class Events(msgspec.Struct, frozen=True, array_like=True, tag="events"):
    """Append documents to an event log."""

    table: str
    documents: list[msgspec.Raw]


_EVENTS = b'[["events",'

Operation = Put | Merge | Remove | Truncate | Replace | Events

_decode = msgspec.json.Decoder(list[Operation] | None).decode
_check = msgspec.json.Decoder(msgspec.Raw).decode
_decode_events = msgspec.json.Decoder(list[Events]).decode
_decode_document = msgspec.json.Decoder(dict[str, Any]).decode


def encode(operations: Sequence[Operation]) -> bytes:
    """Return the payload of a transaction."""
    return msgspec.json.encode(operations)


def decode(payload: bytes) -> list[Operation]:
    """Return what a transaction does; nothing when salvage could not read it."""
    return _decode(payload) or []


def decode_document(encoded: bytes) -> dict[str, Any]:
    """Return one encoded JSON object as a dict."""
    return _decode_document(encoded)


def apply(tables: dict[str, Rows], operations: Iterable[Operation]) -> None:
    """Change the resident tables as the operations say."""
    for operation in operations:
        match operation:
            case Put(table, doc_id, document):
                tables.setdefault(table, {})[str(doc_id)] = document
            case Merge(table, doc_ids, fields):
                rows = tables[table]
                for doc_id in doc_ids:
                    rows[str(doc_id)] = {**rows[str(doc_id)], **fields}
            case Remove(table, doc_ids):
                for doc_id in doc_ids:
                    del tables[table][str(doc_id)]
            case Truncate(table):
                tables.setdefault(table, {}).clear()
            case Replace(replacement):
                tables.clear()
                tables.update(replacement)
            case Events():
                pass


def copy(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a copy that shares nothing with `row`."""
    return _decode_document(msgspec.json.encode(row))


def encode_events(name: str, documents: Sequence[bytes]) -> bytes:
    """Return the payload that appends encoded JSON objects to the event log `name`.

    Raises:
        ValueError: a document is not one JSON object without line feeds.
    """
    payload = b"%b%b]]]" % (_opening(name), b",".join(documents))
    # What cannot be read back must not reach the disk.
    if b"\n" in payload or not all(map(_is_object, documents)):
        raise ValueError("an event is one JSON object without line feeds")
    return payload


def is_only_events(payload: bytes) -> bool:
    """Tell at a glance whether a transaction leaves the resident tables alone."""
    return payload.startswith(_EVENTS)


def events_in(payload: bytes, name: str) -> Iterator[bytes]:
    """Yield the encoded documents that a transaction appends to the event log `name`: none if it does something else.

    For readers of a journal that another process owns (`Follower`).
    """
    if payload.startswith(_opening(name)):
        for events in _decode_events(payload):
            yield from map(bytes, events.documents)


def _is_object(document: bytes) -> bool:
    try:
        _check(document)
    except msgspec.DecodeError:
        return False
    return document[:1] == b"{"


@cache
def _opening(name: str) -> bytes:
    return b"%b%b,[" % (_EVENTS, msgspec.json.encode(name))
