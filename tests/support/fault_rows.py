"""A row of the fault table: what goes wrong, and what must come of it on a desk, in state, outcome and words."""

import json
from typing import NamedTuple

from fault_desk import BACKOFF
from fault_server import ALWAYS, Door, End, Fault

from connectors._model import NotSent, Rejected, Unknown
from inbox.sources import AUTH_PAUSE

EVIL = "http://evil.example"
"""Stands for the address of another server on the same host, another port of it."""
ELSEWHERE = "http://elsewhere.example"
"""Stands for the address of another host."""


class Row(NamedTuple):
    """What goes wrong, and what must come of it.

    Attributes:
        what: the fault, or what a connection meets.
        state: the source's health then.
        pause: seconds until the next poll.
        sending: what a sending that meets it is said to be.
        says: a part of what the operator reads.
        blind: what a sending is said to be where nothing else can be asked either; `sending` where that is the same.
        source: the platform's own file or page that the words are from; "" for what goes wrong everywhere.
    """

    what: Fault | Door
    state: str
    pause: float
    sending: type
    says: str
    blind: type | None = None
    source: str = ""

    @property
    def hurried(self) -> bool:
        """Whether waiting for an answer is in vain."""
        return self.what is Door.JAMMED or (isinstance(self.what, Fault) and self.what.end in {End.SILENT, End.DRIP})

    @property
    def is_late(self) -> bool:
        """Whether the platform does what it was asked and is not heard."""
        return isinstance(self.what, Fault) and self.what.late


Rows = dict[str, Row]


def sourced(source: str, rows: Rows) -> Rows:
    """Name where the words of some rows are from."""
    return {what: row._replace(source=source) for what, row in rows.items()}


def said(status: int, body: object, **headers: str) -> Fault:
    """Answer with JSON; header names with "_" for "-"."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Fault(status, json.dumps(body).encode(), {"Content-Type": "application/json", **named}, times=ALWAYS)


def page(status: int, title: str, *, late: bool = False) -> Fault:
    """Answer with a web page."""
    body = f"<!DOCTYPE html><title>{title}</title>".encode()
    return Fault(status, body, {"Content-Type": "text/html; charset=utf-8"}, late=late, times=ALWAYS)


def raw(body: bytes = b"", end: End = End.WHOLE, *, late: bool = False, encoding: str = "") -> Fault:
    """Answer with these bytes, and end like this."""
    return Fault(200, body, {"Content-Type": "application/json"}, late=late, end=end, times=ALWAYS, encoding=encoding)


def to(status: int, place: str) -> Fault:
    """Redirect."""
    return Fault(status, b"", {"Location": place} if place else {}, times=ALWAYS)


def auth(what: Fault, says: str) -> Row:
    """The token is no good, or not for this."""
    return Row(what, "auth", AUTH_PAUSE, Rejected, says)


def limited(what: Fault, pause: float, says: str = "") -> Row:
    """We ask too much."""
    return Row(what, "limited", pause, NotSent, says)


def refused(what: Fault, says: str) -> Row:
    """It will not."""
    return Row(what, "broken", BACKOFF, Rejected, says)


def away(what: Fault | Door, says: str, sending: type = Unknown, *, pause: float = BACKOFF) -> Row:
    """It does not answer, for now."""
    return Row(what, "unreachable", pause, sending, says)


def nonsense(what: Fault, says: str) -> Row:
    """What it answers is none of what was promised."""
    return Row(what, "broken", BACKOFF, Unknown, says)
