"""The fake Graph API over real HTTP on loopback, with faults on demand: refusals, silence, cut and foreign answers."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from graph_fake import NOON, USER_TOKEN, Asked, FakeGraph
from wire import Clock

from connectors._contract import Connector
from connectors._http import Http, Timeouts
from connectors._secret import Secret

HASTY = Timeouts(sending=0.5)
"""Patience for tests in which a sending gets no answer; reads have all the time they need on a busy machine."""


@dataclass
class Fault:
    """What happens once in place of an answer.

    Attributes:
        method: of the request it waits for.
        part: of that request's path and query.
        status: of the answer.
        body: of the answer.
        headers: of the answer.
        late: whether the API does first what it was asked.
        silent: whether no answer comes at all.
        cut: whether the connection is cut in the middle of the body.
        times: how often it happens.
    """

    method: str
    part: str
    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    late: bool = False
    silent: bool = False
    cut: bool = False
    times: int = 1


@dataclass
class Server:
    """A running fake.

    Attributes:
        graph: what it serves.
        url: its address.
        faults: what goes wrong next; the first that fits is taken.
        ended: set when it is over, so that silent requests end too.
        clock: the time as the connectors under test see it.
    """

    graph: FakeGraph
    url: str = ""
    faults: list[Fault] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)
    clock: Clock = field(default_factory=lambda: Clock(NOON.timestamp() + 3600))

    def fail(self, method: str, part: str, status: int = 200, body: bytes = b"", **more: Any) -> None:
        """Let something go wrong with a coming request."""
        self.faults.append(Fault(method, part, status, body, **more))

    def connect(
        self, kind: type[Connector], *, token: str = USER_TOKEN, patience: Timeouts | None = None, **options: Any
    ) -> Connector:
        """Make a connector that talks to this server."""
        http = Http(timeouts=patience, attempts=1, clock=self.clock, sleep=self.clock.sleep)
        return kind("museum", kind.options_type(token=Secret(token), server=self.url, **options), http)

    def _fault(self, asked: Asked) -> Fault | None:
        for fault in self.faults:
            if fault.method == asked.method and fault.part in asked.url:
                fault.times -= 1
                if not fault.times:
                    self.faults.remove(fault)
                return fault
        return None

    def answer(self, asked: Asked) -> tuple[int, bytes, dict[str, str], Fault | None]:
        """Answer one request."""
        with self.lock:
            self.graph.asked.append(asked)
            fault = self._fault(asked)
            usage = {name: json.dumps(value) for name, value in self.graph.usage.items()}
            if fault is None:
                return *self.graph.do(asked), usage, None
            if fault.late:
                self.graph.do(asked)
            return fault.status, fault.body, usage | fault.headers, fault


@contextmanager
def serving_graph(graph: FakeGraph | None = None) -> Iterator[Server]:
    """Serve a museum until the block ends."""
    server = Server(graph or FakeGraph())

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: Any) -> None:
            pass

        def _serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            parts = urlsplit(self.path)
            query, form = dict(parse_qsl(parts.query, keep_blank_values=True)), dict(parse_qsl(body))
            bearer = self.headers.get("Authorization", "").removeprefix("Bearer ")
            token = bearer or query.get("access_token") or form.get("access_token", "")
            path = parts.path.lstrip("/").partition("/")[2].strip("/")
            asked = Asked(self.command, path, query, form, token, self.path)
            status, content, headers, fault = server.answer(asked)
            if fault is not None and fault.silent:
                server.ended.wait(30)
                self.close_connection = True
                return
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content) + (100 if fault is not None and fault.cut else 0)))
            self.end_headers()
            with suppress(OSError):
                self.wfile.write(content)
            self.close_connection = fault is not None and fault.cut

        do_GET = do_POST = do_DELETE = _serve  # noqa: N815 (http.server calls them so)

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    server.url = server.graph.base = f"http://127.0.0.1:{http.server_address[1]}"
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.ended.set()
        http.shutdown()
        http.server_close()
        thread.join()
