"""Dossier: the captured comments that somebody asks for, with the whole chain around them and what the house did."""

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

import msgspec

from inbox.chronicle import Chronicle, Deed
from inbox.events import AnyEvent, Captured
from inbox.evidence import verify
from inbox.evidence.chain import FIRST, Part, redacted

VERSION = 1


def records_of(events: Iterable[AnyEvent]) -> list[Captured]:
    """Pick the records out of a journal, in the order of the chain."""
    return [event for event in events if isinstance(event, Captured)]


def faults(records: Sequence[Captured]) -> list[str]:
    """Return what is wrong with a chain, with the same check that is given to others."""
    return verify.check({"records": [_whole(record) for record in records], "head": _head(records)})[0]


def dossier(
    records: Sequence[Captured],
    keys: frozenset[str],
    past: Chronicle,
    *,
    desk: str,
    by: str,
    now: datetime,
) -> dict[str, Any]:
    """Put a dossier together.

    Args:
        records: the whole chain.
        keys: the comments it is about; of all other records only digests go in, so that the chain can be checked.
        past: what happened on the desk.
        desk: its name.
        by: who makes the dossier.
        now: the moment.
    """
    return {
        "becalm": "evidence",
        "v": VERSION,
        "desk": desk,
        "made_at": now.isoformat(),
        "made_by": by,
        "head": _head(records),
        "records": [_whole(record) if record.key in keys else _withheld(record) for record in records],
        "acts": [_deed(deed, keys) for deed in past.deeds if deed.by and not keys.isdisjoint(deed.keys)],
    }


def _head(records: Sequence[Captured]) -> str:
    return records[-1].seal if records else FIRST


def _whole(record: Captured) -> dict[str, Any]:
    return _record(record, record.parts)


def _withheld(record: Captured) -> dict[str, Any]:
    return _record(record, {name: redacted(part) for name, part in record.parts.items()})


def _record(record: Captured, parts: dict[str, Part]) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(parts)
    return {"previous": record.previous, "seal": record.seal, "parts": plain}


def _deed(deed: Deed, keys: Collection[str]) -> dict[str, Any]:
    return {
        "at": deed.at.isoformat(),
        "by": deed.by,
        "what": str(deed.did),
        "kind": None if deed.kind is None else str(deed.kind),
        "comments": [key for key in deed.keys if key in keys],
        "text": deed.text,
    }


def facts_of(record: Captured) -> dict[str, dict[str, Any]]:
    """Read a record's parts; one that was redacted is empty."""
    return {name: json.loads(part.text) if part.text else {} for name, part in record.parts.items()}
