"""Eight platforms under a flood, in a process of their own: four servers of Mastodon's kind and four WordPress sites.

Run as a program: load_server.py SECONDS RATE SEED. Prints one line of JSON with the ports, and at its end (a line on
stdin) another with what it was asked. Comments arrive by the clock from the first poll of a source on, RATE a second
over all of them; a request beyond a source's limit is refused with 429 and counted. Replies are published, and the
answer to some of them is lost: 504, after the work was done.
"""

import json
import random
import re
import sys
import threading
import time
from collections import Counter
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

SOURCES = 8
LIMIT, WINDOW = 30, 60.0
"""Requests that a server of Mastodon's kind allows in that many seconds: hardly more than the flood needs."""
LOST = 5
"""Of so many replies to a source the first is published and its answer lost."""
WORDS = re.findall(
    r"\w+",
    "salle lumière fontaine épée tableau gardien entrée billet enfants visite dimanche merci honte bravo magnifique "
    "fermé ouvert pourquoi quand file attente escalier ascenseur catalogue affiche artiste musée scandale superbe",
)


class Flood:
    """The comments of one source: how many there are follows from the time alone."""

    def __init__(self, number: int, rate: float, seconds: float, seed: int) -> None:
        """Let `rate` comments a second arrive for `seconds`."""
        self.number = number
        self.rate = rate
        self.total = int(rate * seconds)
        self.seed = seed
        self.began: float | None = None
        self.asked = 0
        self.refused = 0
        self.window = 0.0
        self.used = 0
        self.peak = 0
        self.rows: list[int | dict[str, Any]] = []
        self.said: dict[str, dict[str, Any]] = {}
        self.texts: Counter[str] = Counter()
        self.unheard = 0
        self.lock = threading.Lock()

    def count(self) -> int:
        """Tell how many have arrived; the first is there from the beginning."""
        now = time.time()
        if self.began is None:
            self.began = now
        return min(self.total, 1 + int(self.rate * (now - self.began)))

    def arrived(self) -> list[int | dict[str, Any]]:
        """Return what stands in a site's book by now, visitors' comments by number and the house's replies, in order."""
        with self.lock:
            visitors = sum(isinstance(row, int) for row in self.rows)
            self.rows += range(visitors, self.count())
            return self.rows

    def publish(self, text: str) -> bool:
        """Count a reply that was published; tells whether its answer is heard."""
        self.texts[text] += 1
        lost = self.texts.total() % LOST == 1
        self.unheard += lost
        return not lost

    def text(self, n: int) -> str:
        """Write the n-th comment; every tenth is a copy."""
        chance = random.Random(self.seed * 1_000_003 + n)
        if n % 10 == 0:
            return "Rendez la fontaine au square, et publiez le contrat signé avec la banque du port"
        return " ".join(chance.choices(WORDS, k=12)) + f" {self.number}-{n}"

    def at(self, n: int) -> str:
        """Say when the n-th was written."""
        return datetime.fromtimestamp((self.began or 0.0) + n / self.rate, UTC).isoformat()

    def allowed(self) -> tuple[bool, dict[str, str]]:
        """Count a request against the limit; return whether it is within, and the headers that tell."""
        with self.lock:
            now = time.time()
            if now >= self.window:
                self.window, self.used = now + WINDOW, 0
            self.used += 1
            self.asked += 1
            within = self.used <= LIMIT
            self.refused += not within
            self.peak = max(self.peak, self.used)
            reset = datetime.fromtimestamp(self.window, UTC).isoformat()
            told = {"X-RateLimit-Limit": LIMIT, "X-RateLimit-Remaining": max(0, LIMIT - self.used)}
            return within, {**{name: str(value) for name, value in told.items()}, "X-RateLimit-Reset": reset}


class Mastodon(BaseHTTPRequestHandler):
    """As much of Mastodon as a desk polls."""

    protocol_version = "HTTP/1.1"
    flood: Flood

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Answer."""
        parts = urlsplit(self.path)
        within, headers = self.flood.allowed()
        status, body = (200, self._body(parts.path, parse_qs(parts.query))) if within else (429, {"error": "slow"})
        _send(self, status, body, headers)

    def do_POST(self) -> None:
        """Publish a reply, once under each key."""
        within, headers = self.flood.allowed()
        form = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
        if not within:
            _send(self, 429, {"error": "slow"}, headers)
            return
        key, heard = self.headers["Idempotency-Key"], True
        with self.flood.lock:
            if key not in self.flood.said:
                self.flood.said[key] = self._reply(form, 10**9 + len(self.flood.said))
                heard = self.flood.publish(form["status"])
        _send(self, 200 if heard else 504, self.flood.said[key] if heard else {}, headers)

    @staticmethod
    def _reply(form: dict[str, str], number: int) -> dict[str, Any]:
        me = {"id": "1", "acct": "museum", "username": "museum"}
        at = datetime.now(UTC).isoformat()
        text = {"content": f"<p>{form['status']}</p>", "created_at": at, "url": f"https://x.example/{number}"}
        return {"id": str(number), "in_reply_to_id": form["in_reply_to_id"], "account": me, **text}

    def _body(self, path: str, query: dict[str, list[str]]) -> Any:
        if path.endswith("verify_credentials"):
            return {"id": "1", "acct": "museum", "username": "museum", "display_name": "Museum", "scopes": ["read"]}
        if path.startswith("/api/v2/instance"):
            return {"title": "load", "version": "4.5.0"}
        if path.endswith("/context"):
            return {"ancestors": [self._root()], "descendants": []}
        if path == "/api/v1/notifications":
            return self._page(query)
        return [self._status(int(each) - 1000) for each in query.get("id[]", [])]

    def _page(self, query: dict[str, list[str]]) -> list[Any]:
        count, limit = self.flood.count(), int(query["limit"][0])
        above = query.get("min_id")
        first = int(above[0]) - 1000 + 1 if above else max(0, count - limit)
        numbers = range(first, min(count, first + limit))
        return [
            {"id": str(1000 + n), "type": "mention", "created_at": self.flood.at(n), "status": self._status(n)}
            for n in reversed(numbers)
        ]

    def _root(self) -> dict[str, Any]:
        me = {"id": "1", "acct": "museum", "username": "museum"}
        return {"id": "9", "account": me, "content": "<p>Ouvre demain</p>", "created_at": self.flood.at(0)}

    def _status(self, n: int) -> dict[str, Any]:
        who = {"id": str(5000 + n % 997), "acct": f"v{n % 997}", "username": f"v{n % 997}"}
        content = {"content": f"<p>{self.flood.text(n)}</p>", "created_at": self.flood.at(n)}
        return {"id": str(1000 + n), "in_reply_to_id": "9", "account": who, "visibility": "public", **content}


class WordPress(BaseHTTPRequestHandler):
    """As much of WordPress as a desk polls."""

    protocol_version = "HTTP/1.1"
    flood: Flood

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Answer."""
        parts = urlsplit(self.path)
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        self.flood.asked += 1
        path = parts.path.removeprefix("/wp-json")
        if path == "/":
            _send(self, 200, {"name": "load"}, {})
        elif path.endswith("users/me"):
            _send(self, 200, {"id": 7, "username": "museum", "capabilities": {"moderate_comments": True}}, {})
        elif path.endswith("/comments"):
            self._comments(query)
        else:
            _send(self, 200, [{"id": 3, "title": {"rendered": "La fontaine"}, "link": "https://x.example/3"}], {})

    def do_POST(self) -> None:
        """Publish a reply; the same words under the same comment are a duplicate, as on every site."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.flood.asked += 1
        self.flood.arrived()
        with self.flood.lock:
            key = f"{body['parent']} {body['content']}"
            if key in self.flood.said:
                _send(self, 409, {"code": "comment_duplicate", "message": "Duplicate", "data": {"status": 409}}, {})
                return
            at = datetime.now(UTC).isoformat()
            mine = {"parent": body["parent"], "author": 7, "author_name": "Museum", "date_gmt": at}
            self.flood.rows.append({**mine, "content": {"rendered": body["content"]}})
            self.flood.said[key] = self._row(len(self.flood.rows))
            heard = self.flood.publish(body["content"])
        _send(self, 201 if heard else 504, self.flood.said[key] if heard else {}, {})

    def _comments(self, query: dict[str, str]) -> None:
        count = len(self.flood.arrived())
        if "author" in query:
            numbers = [row["id"] for row in self.flood.said.values() if str(row["parent"]) == query["parent"]]
        elif "include" in query:
            numbers = [int(each) for each in query["include"].split(",")]
        else:
            newest = count - int(query.get("offset", 0))
            numbers = list(range(newest, max(0, newest - int(query["per_page"])), -1))
        _send(self, 200, [self._row(n) for n in numbers if 0 < n <= count], {"X-WP-Total": str(count)})

    def _row(self, number: int) -> dict[str, Any]:
        n = self.flood.rows[number - 1]
        if not isinstance(n, int):
            return {"id": number, "post": 3, "status": "approved", "link": f"https://x.example/3#{number}", **n}
        content = f"<p>{self.flood.text(n)}</p>"
        fields = {"id": number, "post": 3, "parent": 0, "author": 0, "author_name": f"Visitor {n % 997}"}
        return {**fields, "date_gmt": self.flood.at(n), "status": "approved", "content": {"rendered": content}}


def _send(handler: BaseHTTPRequestHandler, status: int, body: Any, headers: dict[str, str]) -> None:
    data = json.dumps(body).encode()
    handler.send_response(status)
    for name, value in {**headers, "Content-Type": "application/json", "Content-Length": str(len(data))}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(data)


def main(seconds: float, rate: float, seed: int) -> None:
    """Serve until a line is read."""
    floods = [Flood(number, rate / SOURCES, seconds, seed + number) for number in range(SOURCES)]
    ports = []
    for flood in floods:
        kind: type[BaseHTTPRequestHandler] = Mastodon if flood.number % 2 == 0 else WordPress
        handler = type("Handler", (kind,), {"flood": flood})
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        server.daemon_threads = True
        ports.append(server.server_address[1])
        threading.Thread(target=server.serve_forever, daemon=True).start()
    print(json.dumps({"ports": ports, "total": sum(flood.total for flood in floods)}), flush=True)
    sys.stdin.readline()
    asked = {
        "asked": sum(flood.asked for flood in floods),
        "refused": sum(flood.refused for flood in floods),
        "most in a window": max(flood.peak for flood in floods),
        "allowed in a window": LIMIT,
        "published": sum(flood.texts.total() for flood in floods),
        "published twice": sum(n > 1 for flood in floods for n in flood.texts.values()),
        "answers lost": sum(flood.unheard for flood in floods),
    }
    print(json.dumps(asked), flush=True)


if __name__ == "__main__":
    main(float(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]))
