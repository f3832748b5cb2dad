"""The fake Graph API on the wire, with a connector's patience and clock in the test's hands."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import httpx
from fault_server import End, FaultServer, Platform, opened
from graph_fake import NOON, USER_TOKEN, Asked, FakeGraph
from wire import Clock

from connectors._contract import Connector
from connectors._http import Http, Timeouts
from connectors._secret import Secret

HASTY = Timeouts(sending=0.5)
"""Patience for tests in which a sending gets no answer; reads have all the time they need on a busy machine."""


def asked_of(request: httpx.Request) -> Asked:
    """Read a request as the API does: the token from the header, the address or the form."""
    query = dict(parse_qsl(request.url.query.decode(), keep_blank_values=True))
    form = dict(parse_qsl(request.content.decode()))
    bearer = request.headers.get("Authorization", "").removeprefix("Bearer ")
    token = bearer or query.get("access_token") or form.get("access_token", "")
    path = request.url.path.lstrip("/").partition("/")[2].strip("/")
    return Asked(request.method, path, query, form, token, request.url.raw_path.decode())


@dataclass
class Server(FaultServer):
    """A running fake.

    Attributes:
        graph: what it serves.
        clock: the time as the connectors under test see it.
    """

    graph: FakeGraph = field(default_factory=FakeGraph)
    clock: Clock = field(default_factory=lambda: Clock(NOON.timestamp() + 3600))

    def connect(
        self, kind: type[Connector], *, token: str = USER_TOKEN, patience: Timeouts | None = None, **options: Any
    ) -> Connector:
        """Make a connector that talks to this server."""
        http = Http(timeouts=patience, attempts=1, clock=self.clock, sleep=self.clock.sleep)
        return kind("museum", kind.options_type(token=Secret(token), server=self.url, **options), http)

    def fail(
        self,
        method: str = "",
        part: str = "",
        status: int = 200,
        body: bytes = b"",
        *,
        silent: bool = False,
        cut: bool = False,
        **more: Any,
    ) -> None:
        """Let something go wrong with a coming request; `silent` and `cut` say how the answer ends."""
        end = End.SILENT if silent else End.CUT if cut else End.WHOLE
        super().fail(method, part, status, body, end=end, **more)

    def answer(self, request: httpx.Request) -> tuple[httpx.Response, End]:
        """Answer, well or not, with what the API tells of its limits."""
        self.graph.asked.append(asked_of(request))
        response, end = super().answer(request)
        for name, value in self.graph.usage.items():
            response.headers.setdefault(name, json.dumps(value))
        return response, end


def graph_platform(graph: FakeGraph) -> Platform:
    """Return the API as something to put on the wire."""

    def answer(request: httpx.Request) -> httpx.Response:
        status, body = graph.do(asked_of(request))
        return httpx.Response(status, content=body)

    return answer


@contextmanager
def serving_graph(graph: FakeGraph | None = None) -> Iterator[Server]:
    """Serve a museum until the block ends."""
    graph = graph or FakeGraph()
    with opened(Server(graph_platform(graph), graph=graph)) as server:
        graph.base = server.url
        yield server
