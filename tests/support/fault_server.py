"""The fault server: any platform behind real HTTP on 127.0.0.1, and whatever can go wrong between it and a desk."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeVar

import httpx

Platform = Callable[[httpx.Request], httpx.Response]
"""What stands behind the server: answers one request; called by one thread at a time."""

ALWAYS = 1_000_000
_DRIP = 0.02
"""Seconds between two bytes of an answer in drops."""


class End(Enum):
    """How an answer ends."""

    WHOLE = "as it should"
    CUT = "in the middle of its body"
    DROPPED = "before it began: the connection is closed"
    SILENT = "never: it does not begin either"
    DRIP = "never: it comes in drops"
    CHUNK = "in the middle of a chunk"


class Door(Enum):
    """What a connection meets."""

    OPEN = "somebody who listens"
    SHUT = "nobody: it is refused"
    JAMMED = "a full queue: it never stands"


@dataclass(frozen=True)
class Fault:
    """What happens in place of an answer.

    Attributes:
        status: of the answer.
        body: of the answer.
        headers: of the answer.
        late: whether the platform does first what it was asked, and is then not heard.
        end: how the answer ends.
        method: of the requests it happens to; "" for any.
        part: of their path and query.
        times: how often it happens.
        encoding: what its body claims to be packed with, or "".
    """

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    late: bool = False
    end: End = End.WHOLE
    method: str = ""
    part: str = ""
    times: int = 1
    encoding: str = ""

    def fits(self, request: httpx.Request) -> bool:
        """Whether it happens to this request."""
        return self.method in {"", request.method} and self.part in request.url.raw_path.decode()


@dataclass
class FaultServer:
    """A platform on the wire.

    Attributes:
        platform: what it serves.
        url: its address.
        asked: every request, oldest first.
        spared: tells which requests no fault happens to.
        only_changes: whether no fault happens to reads.
        tls: the certificate it shows; None where it speaks in the clear.
    """

    platform: Platform
    url: str = ""
    asked: list[httpx.Request] = field(default_factory=list)
    spared: Callable[[httpx.Request], bool] = lambda _: False
    only_changes: bool = False
    tls: ssl.SSLContext | None = None
    _faults: list[Fault] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _over: threading.Event = field(default_factory=threading.Event)
    _http: ThreadingHTTPServer | None = None
    _jam: list[socket.socket] = field(default_factory=list)

    def fail(self, method: str = "", part: str = "", status: int = 200, body: bytes = b"", **more: Any) -> None:
        """Let something go wrong with coming requests; the first fault that fits is taken."""
        self.plan(Fault(status, body, method=method, part=part, **more))

    def plan(self, *faults: Fault) -> None:
        """Let these happen."""
        with self._lock:
            self._faults += faults

    def heal(self) -> None:
        """Let everything go well again."""
        with self._lock:
            self._faults.clear()
        self.door(Door.OPEN)

    @property
    def sendings(self) -> list[httpx.Request]:
        """Everything that asked for a change, whether or not it was carried out."""
        return [request for request in self.asked if request.method != "GET" and not self.spared(request)]

    # -- the door ----------------------------------------------------------------------------------

    def door(self, door: Door) -> None:
        """Open or shut; connections that stand are let go first."""
        port = int(self.url.rpartition(":")[2] or 0)
        self.leave()
        if door is Door.OPEN:
            self._listen(port)
        elif door is Door.JAMMED:
            self._jam_up(port)

    def _listen(self, port: int) -> None:
        http = ThreadingHTTPServer(("127.0.0.1", port), _handler(self))
        http.daemon_threads = True
        if self.tls is not None:
            http.socket = self.tls.wrap_socket(http.socket, server_side=True)
        self.url = f"{'http' if self.tls is None else 'https'}://127.0.0.1:{http.server_address[1]}"
        self._over.clear()
        self._http = http
        threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def _jam_up(self, port: int) -> None:
        """Fill the queue of a socket that nobody accepts from: whoever comes then waits until they give up."""
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        listener.listen(0)
        self._jam = [listener, socket.create_connection(("127.0.0.1", port))]  # a queue of none takes one

    def leave(self) -> None:
        """Let go of the address; answers that never come end."""
        self._over.set()
        http, self._http = self._http, None
        if http is not None:
            http.shutdown()
            http.server_close()
        for each in self._jam:
            each.close()
        self._jam = []

    # -- answering ---------------------------------------------------------------------------------

    def answer(self, request: httpx.Request) -> tuple[httpx.Response, End]:
        """Answer one request, well or not."""
        with self._lock:
            self.asked.append(request)
            spared = self.spared(request) or (self.only_changes and request.method == "GET")
            fault = None if spared else next((f for f in self._faults if f.fits(request)), None)
            if fault is None:
                return self.platform(request), End.WHOLE
            place = self._faults.index(fault)
            self._faults[place : place + 1] = [replace(fault, times=fault.times - 1)] if fault.times > 1 else []
            done = self.platform(request) if fault.late else None
            if done is not None and not fault.body and fault.end is End.CUT:
                return done, fault.end
            packed = {"packed": fault.encoding} if fault.encoding else {}
            return httpx.Response(fault.status, headers=fault.headers, content=fault.body, extensions=packed), fault.end

    def wait(self, seconds: float) -> bool:
        """Wait for the end of the server; False when it has not come by then."""
        return self._over.wait(seconds)


S = TypeVar("S", bound=FaultServer)


@contextmanager
def opened(server: S) -> Iterator[S]:
    """Put a platform on the wire until the block ends."""
    server.door(Door.OPEN)
    try:
        yield server
    finally:
        server.leave()


def _handler(server: FaultServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: Any) -> None:
            pass

        def _serve(self) -> None:
            self.close_connection = True
            content = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = list(self.headers.items())
            response, end = server.answer(
                httpx.Request(self.command, server.url + self.path, headers=headers, content=content)
            )
            with suppress(OSError):
                self._say(response, end)

        def _say(self, response: httpx.Response, end: End) -> None:
            if end is End.SILENT:
                server.wait(30)
            if end in {End.SILENT, End.DROPPED}:
                return
            self.send_response_only(response.status_code)  # no date: the desk's clock is the test's
            for name, value in _headers(response, end):
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(_beginning(response.content, end))
            while end is End.DRIP and not server.wait(_DRIP):
                self.wfile.write(b" ")

        do_GET = do_POST = do_PUT = do_DELETE = _serve  # noqa: N815 (http.server calls them so)

    return Handler


def _headers(response: httpx.Response, end: End) -> Iterator[tuple[str, str]]:
    for name, value in response.headers.items():
        if name not in {"content-length", "transfer-encoding", "content-encoding", "date"}:
            yield name, value
    if "content-type" not in response.headers:
        yield "Content-Type", "application/json"
    if "packed" in response.extensions:
        yield "Content-Encoding", response.extensions["packed"]
    whole = {End.CUT: len(response.content) + 100, End.DRIP: 10**6}.get(end, len(response.content))
    yield ("Transfer-Encoding", "chunked") if end is End.CHUNK else ("Content-Length", str(whole))
    yield "Connection", "close"


def _beginning(body: bytes, end: End) -> bytes:
    if end is End.CHUNK:
        return f"{len(body) + 100:x}\r\n".encode() + body
    return body[: len(body) // 2] if end is End.CUT else body
