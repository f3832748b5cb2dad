"""What the five platforms have in common on the wire: a handler that reads requests and writes JSON."""

import json
from abc import abstractmethod
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qsl, urlsplit

Headers = dict[str, str]


class Handler(BaseHTTPRequestHandler):
    """One connection of a client."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    @abstractmethod
    def get(self) -> None:
        """Answer a request that reads."""

    @abstractmethod
    def post(self) -> None:
        """Answer a request that writes."""

    def do_GET(self) -> None:
        """Answer a request that reads."""
        self.get()

    def do_POST(self) -> None:
        """Answer a request that writes."""
        self.post()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    @property
    def asked_path(self) -> str:
        """The path without its query."""
        return urlsplit(self.path).path

    def query(self) -> list[tuple[str, str]]:
        """Return the query, in order; a name may come twice."""
        return parse_qsl(urlsplit(self.path).query, keep_blank_values=True)

    def body(self) -> bytes:
        """Return what was sent along."""
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def form(self) -> dict[str, str]:
        """Return a form that was sent along."""
        return dict(parse_qsl(self.body().decode(), keep_blank_values=True))

    def answer(self, status: int, value: Any, headers: Headers) -> None:
        """Answer with JSON."""
        self.send(status, json.dumps(value).encode(), headers)

    def send(self, status: int, data: bytes, headers: Headers) -> None:
        """Answer with what is JSON already."""
        self.send_response(status)
        for name, text in {**headers, "Content-Type": "application/json", "Content-Length": str(len(data))}.items():
            self.send_header(name, text)
        self.end_headers()
        self.wfile.write(data)
