"""A platform on 127.0.0.1 that fails on demand and counts what it did: limits, silence, cut lines, and a kill at a chosen moment.

It takes what any platform takes: a comment hidden, a text published. Whether a repeated key is recognised and whether
its own publications can be read is what its kinds differ in.
"""

import json
import random
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from inbox.outbox import Kind, OutboxEntry

SILENCE = 5.0
"""Seconds for which an answer is kept back: longer than the desk under test waits."""


class Protection(StrEnum):
    """What a platform offers against doing something twice."""

    KEY = "key"
    READ_BACK = "read_back"
    NOTHING = "nothing"


class Fault(StrEnum):
    """What goes wrong with one request: BEFORE it is carried out, or AFTER."""

    LIMIT = "limit"
    SILENT_BEFORE = "silent before"
    SILENT_AFTER = "silent after"
    CUT_BEFORE = "cut before"
    CUT_AFTER = "cut after"
    KILL_BEFORE = "kill before"
    KILL_AFTER = "kill after"
    KILL_ANSWERED = "kill answered"
    GONE = "gone"
    REVOKED = "revoked"
    QUOTA = "quota"


BEFORE = frozenset({Fault.SILENT_BEFORE, Fault.CUT_BEFORE, Fault.KILL_BEFORE})
AFTER = frozenset({Fault.SILENT_AFTER, Fault.CUT_AFTER, Fault.KILL_AFTER})
REFUSALS = {
    Fault.LIMIT: (429, {"error": "slow down"}, {"Retry-After": "1"}),
    Fault.QUOTA: (429, {"error": "the quota of the day is used up"}, {"Retry-After": "7200"}),
    Fault.GONE: (404, {"error": "this comment was deleted"}, {}),
    Fault.REVOKED: (401, {"error": "the token was revoked"}, {}),
}


class Platform:
    """What the platform knows; everything it did is counted by what it was done for.

    Attributes:
        comments: ids of the visitors' comments.
        protection: what it offers against doubles.
        faults: what goes wrong with the n-th request (from 1) of each kind: "hide", or a text's own kind.
        done: how often each thing was done: ("hide", comment id) or ("say", client id).
        asked: how many requests of each kind arrived.
        said: what was published, in order.
        busy: requests that arrived and have not been carried out or refused yet.
    """

    def __init__(self, comments: int, protection: Protection, faults: dict[tuple[str, int], Fault]) -> None:
        """Let `comments` comments be there."""
        self.comments = [f"c{number}" for number in range(comments)]
        self.protection = protection
        self.faults = faults
        self.done: Counter[tuple[str, str]] = Counter()
        self.asked: Counter[str] = Counter()
        self.said: list[dict[str, Any]] = []
        self._kill: Callable[[], None] = lambda: None
        self.busy = 0
        self.over = threading.Event()
        self.lock = threading.Lock()
        self._hidden: set[str] = set()

    def aim(self, kill: Callable[[], None]) -> None:
        """Let `kill` end the desk under test at once."""
        self._kill = kill

    def end_the_desk(self) -> None:
        """Kill the desk under test."""
        self._kill()

    def arrive(self, kind: str) -> Fault | None:
        """Count a request; return what goes wrong with it."""
        with self.lock:
            self.asked[kind] += 1
            self.busy += 1
            if self.faults.get(("all", 0)) is Fault.REVOKED:
                return Fault.REVOKED
            return self.faults.get((kind, self.asked[kind]))

    def hide(self, id_: str, *, hidden: bool) -> dict[str, Any]:
        """Hide a comment, or show it again; what is so already changes nothing."""
        with self.lock:
            if hidden and id_ not in self._hidden:
                self._hidden.add(id_)
                self.done["hide", id_] += 1
            elif not hidden:
                self._hidden.discard(id_)
            return {"id": id_}

    def say(self, text: dict[str, Any]) -> dict[str, Any]:
        """Publish a text; a key that was seen before gives the first one again."""
        with self.lock:
            known = [s for s in self.said if s["key"] == text["key"]]
            if known and self.protection is Protection.KEY:
                return known[0]
            number = len(self.said) + 1
            published = {**text, "id": f"own{number}", "url": f"http://127.0.0.1/own/{number}"}
            self.said.append(published)
            self.done["say", text["key"]] += 1
            return published

    def deed(self, entry: OutboxEntry) -> tuple[str, str]:
        """Name what a sending does as it is counted here."""
        return ("hide", entry.native_id) if entry.kind is Kind.HIDE else ("say", entry.id)

    def address(self, entry: OutboxEntry) -> str:
        """Tell where a text that arrived can be seen."""
        return str(next(said["url"] for said in self.said if said["key"] == entry.id))

    def carried_out(self) -> dict[tuple[str, str], int]:
        """Return a copy of what was done so far."""
        with self.lock:
            return dict(self.done)


class Handler(BaseHTTPRequestHandler):
    """Speaks for the platform."""

    protocol_version = "HTTP/1.1"
    platform: Platform

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Tell the comments, or our own publications."""
        with self.platform.lock:
            own = list(self.platform.said)
        self._answer(200, own if self.path == "/own" else self.platform.comments)

    def do_POST(self) -> None:
        """Do what is asked, unless something goes wrong."""
        platform = self.platform
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        fault = platform.arrive(asked["kind"])
        try:
            if fault in BEFORE or fault in REFUSALS:
                done: dict[str, Any] = {}
            elif self.path == "/hide":
                done = platform.hide(asked["id"], hidden=asked["hidden"])
            else:
                done = platform.say(asked)
        finally:
            with platform.lock:
                platform.busy -= 1
        self._end(fault, done)

    def _end(self, fault: Fault | None, done: dict[str, Any]) -> None:
        if fault in REFUSALS:
            self._answer(*REFUSALS[fault])
        elif fault in {Fault.KILL_BEFORE, Fault.KILL_AFTER}:
            self.platform.end_the_desk()
            self.close_connection = True
        elif fault in BEFORE or fault in AFTER:
            if fault in {Fault.SILENT_BEFORE, Fault.SILENT_AFTER}:
                self.platform.over.wait(SILENCE)
            self.close_connection = True
        else:
            self._answer(200, done)
            if fault is Fault.KILL_ANSWERED:
                self.platform.end_the_desk()

    def _answer(self, status: int, body: Any, headers: dict[str, str] | None = None) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        for name, value in {**(headers or {}), "Content-Length": str(len(data))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)
        self.wfile.flush()


class Server(ThreadingHTTPServer):
    """Does not complain of callers that are gone: they were killed."""

    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a line that broke."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def serving(platform: Platform) -> Iterator[str]:
    """Serve the platform until the block ends; gives its address."""
    handler = type("Bound", (Handler,), {"platform": platform})
    with Server(("127.0.0.1", 0), handler) as server:
        running = threading.Thread(target=server.serve_forever, daemon=True)
        running.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            platform.over.set()
            server.shutdown()
            running.join()


def bad_weather(seed: int, hides: int, invitations: int) -> dict[tuple[str, int], Fault]:
    """Choose what goes wrong: limits, silence and cut lines before and after the deed, and three kills, all over the act."""
    chance = random.Random(seed)
    ordinals = chance.sample(range(5, hides - 5), 7)
    faults = dict(
        zip(
            (("hide", n) for n in ordinals),
            (
                Fault.LIMIT,
                Fault.SILENT_BEFORE,
                Fault.SILENT_AFTER,
                Fault.CUT_BEFORE,
                Fault.CUT_AFTER,
                Fault.LIMIT,
                Fault.KILL_BEFORE,
            ),
            strict=True,
        )
    )
    doubts = [Fault.SILENT_AFTER, Fault.SILENT_BEFORE, Fault.CUT_AFTER, Fault.KILL_AFTER]
    chance.shuffle(doubts)
    faults["thread", 1], faults["house_comment", 1] = doubts[:2]
    for n, fault in zip(chance.sample(range(1, invitations + 1), 3), (*doubts[2:], Fault.LIMIT), strict=True):
        faults["invitation", n] = fault
    faults["hide", 3] = Fault.KILL_ANSWERED
    return faults
