"""As much of a Mastodon server as a desk polls and listens to, with one account under a flood."""

import json
import threading
import time
from collections.abc import Iterator
from typing import Any

from flood.arrivals import FIRST, STEP, Arrivals, iso, key_of
from flood.limits import MastodonLimit, Told
from flood.wire import Handler

ROOT = "9"
ME = {"id": "1", "acct": "museum", "username": "museum", "display_name": "Museum"}
TOKEN = "load-token"
PAGE = 80
ANNOUNCED_EVERY = 0.25
"""Seconds between two looks at what the stream announces."""

_never = threading.Event()


class Mastodon(Handler):
    """One connection.

    Attributes:
        arrivals: the account's.
        limit: on its requests.
        streams: whether the server has a live stream.
    """

    arrivals: Arrivals
    limit: MastodonLimit
    streams: bool

    def get(self) -> None:
        """Answer."""
        path, query = self.asked_path, self.query()
        if path == "/api/v1/streaming/user":  # a server of its own, with no part in the limit on requests
            self._stream()
            return
        within, told = self._spend()
        if not within:
            return
        with self.arrivals.lock:
            status, value = self._read(path, query)
        self.answer(status, value, told)

    def post(self) -> None:
        """Publish a reply, once under each key."""
        form = self.form()
        within, told = self._spend()
        if not within:
            return
        with self.arrivals.lock:
            once, above = self.headers["Idempotency-Key"], form["in_reply_to_id"]
            key, heard = self.arrivals.publish(once, form["status"], parent=above)
        self.answer(200 if heard else 504, self._status(key) if heard else {}, told)

    def _spend(self) -> Told:
        within, told = self.limit.spend()
        if not within:
            self.answer(429, {"error": "Too many requests"}, told)
        return within, told

    def _read(self, path: str, query: list[tuple[str, str]]) -> tuple[int, Any]:
        if path.endswith("verify_credentials"):
            return 200, ME
        if path.startswith("/api/v2/instance"):
            return 200, {"title": "flood", "version": "4.5.0"}
        if path == "/api/v1/notifications":
            return 200, self._notifications(dict(query))
        asked = [value for name, value in query if name == "id[]"]
        if asked:
            return 200, [self._status(int(each)) for each in asked if self.arrivals.is_there(int(each))]
        return self._one(path)

    def _one(self, path: str) -> tuple[int, Any]:
        """Answer about one status, or what stands around it."""
        number, _, what = path.removeprefix("/api/v1/statuses/").partition("/")
        if not number.isdecimal() or not self.arrivals.is_there(int(number)):
            return 404, {"error": "Record not found"}
        if what != "context":
            return 200, self._status(int(number))
        above = self.arrivals.parent(int(number) // STEP - FIRST)
        return 200, {"ancestors": [self._root(), *([self._status(key_of(above))] if above else [])], "descendants": []}

    def _notifications(self, query: dict[str, str]) -> list[Any]:
        self.arrivals.now()
        limit = min(int(query.get("limit", 40)), PAGE)
        if "min_id" in query:
            keys = self.arrivals.above(int(query["min_id"]), limit)[::-1]
        else:
            keys = self.arrivals.below(int(query.get("max_id", 10**12)), limit)
        return [self._note(key) for key in keys if key not in self.arrivals.own]

    def _note(self, key: int) -> dict[str, Any]:
        status = self._status(key)
        return {"id": str(key), "type": "mention", "created_at": status["created_at"], "status": status}

    def _root(self) -> dict[str, Any]:
        return {"id": ROOT, "account": ME, "content": "<p>Ouvre demain</p>", "created_at": iso(self.arrivals.at(0))}

    def _status(self, key: int) -> dict[str, Any]:
        """Tell the desk of a status."""
        n = self.arrivals.told(key)
        return self._visitors(n) if n is not None else self._own(key)

    def _own(self, key: int) -> dict[str, Any]:
        said = self.arrivals.own[key]
        text = {"content": f"<p>{said['text']}</p>", "created_at": iso(said["at"])}
        place = {"in_reply_to_id": said["parent"], "url": f"https://x.example/{key}"}
        return {"id": str(key), "account": ME, **place, **text}

    def _visitors(self, n: int) -> dict[str, Any]:
        above, edited = self.arrivals.parent(n), self.arrivals.edited_at(n)
        who = {"id": str(5000 + n % 997), "acct": f"v{n % 997}", "username": f"v{n % 997}"}
        text = {"content": f"<p>{self.arrivals.text(n)}</p>", "created_at": iso(self.arrivals.at(n))}
        text |= {"edited_at": iso(edited)} if edited else {}
        place = {"in_reply_to_id": ROOT if above is None else str(key_of(above)), "visibility": "public"}
        return {"id": str(key_of(n)), "account": who, "mentions": [ME], **place, **text}

    # -- live --------------------------------------------------------------------------------------

    def _stream(self) -> None:
        """Announce mentions and edits of them as they come, until the listener leaves."""
        if not self.streams:
            self.answer(404, {"error": "Not found"}, {})
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        try:
            for name, payload in self._events():
                line = f"event: {name}\ndata: {json.dumps(payload)}\n\n" if name else ":thump\n\n"
                self.wfile.write(line.encode())
        except OSError:
            return

    def _events(self) -> Iterator[tuple[str, Any]]:
        announced = self.arrivals.came()
        beat = looked = time.time()
        while True:
            _never.wait(ANNOUNCED_EVERY)
            with self.arrivals.lock:
                came, now = self.arrivals.came(), time.time()
                events = [
                    ("notification", {"type": "mention", "status": self._visitors(n)}) for n in range(announced, came)
                ]
                edited = [
                    n for n in range(max(0, came - 1000), came) if looked < (self.arrivals.edited_at(n) or 0.0) <= now
                ]
                events += [("status.update", self._visitors(n)) for n in edited]
            yield from events
            if now >= beat + 15.0:
                beat = now
                yield "", None
            announced, looked = came, now
