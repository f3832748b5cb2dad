"""As much of a WordPress site as a desk polls, with one blog under a flood."""

import json
from typing import Any

from flood.arrivals import Arrivals, iso, key_of
from flood.limits import PluginLimit
from flood.wire import Handler

USER, PASSWORD = "museum", "load password"
ME = 7
POST = 3


class WordPress(Handler):
    """One connection.

    Attributes:
        arrivals: the blog's.
        limit: of the plug-in that guards it.
    """

    arrivals: Arrivals
    limit: PluginLimit

    def get(self) -> None:
        """Answer."""
        within, told = self.limit.spend()
        if not within:
            self._refuse(429, "rest_too_many_requests", told)
            return
        path, query = self.asked_path.removeprefix("/wp-json"), dict(self.query())
        with self.arrivals.lock:
            self._read(path, query)

    def post(self) -> None:
        """Publish a reply; the same words under the same comment are a duplicate, as on every site."""
        body = json.loads(self.body())
        within, told = self.limit.spend()
        if not within:
            self._refuse(429, "rest_too_many_requests", told)
            return
        with self.arrivals.lock:
            once = f"{body['parent']} {body['content']}"
            if once in self.arrivals.said:
                self._refuse(409, "comment_duplicate", {})
                return
            key, heard = self.arrivals.publish(once, body["content"], parent=body["parent"])
        self.answer(201 if heard else 504, self._row(key) if heard else {}, {})

    def _refuse(self, status: int, code: str, told: dict[str, str]) -> None:
        self.answer(status, {"code": code, "message": "Non.", "data": {"status": status}}, told)

    def _read(self, path: str, query: dict[str, str]) -> None:
        if path == "/":
            self.answer(200, {"name": "flood"}, {})
        elif path.endswith("users/me"):
            self.answer(200, {"id": ME, "username": USER, "capabilities": {"moderate_comments": True}}, {})
        elif path.endswith("/comments"):
            self._comments(query)
        elif "/comments/" in path:
            self._comment(int(path.rpartition("/")[2]))
        else:
            self.answer(200, [{"id": POST, "title": {"rendered": "La fontaine"}, "link": "https://x.example/3"}], {})

    def _comment(self, key: int) -> None:
        if self.arrivals.is_there(key):
            self.answer(200, self._row(key), {})
        else:
            self._refuse(404, "rest_comment_invalid_id", {})

    def _comments(self, query: dict[str, str]) -> None:
        there = self.arrivals.now()
        if "author" in query:
            keys = [key for key, said in self.arrivals.own.items() if str(said["parent"]) == query["parent"]]
        elif "include" in query:
            keys = [key for each in query["include"].split(",") if self.arrivals.is_there(key := int(each))]
        else:
            end = max(0, len(there) - int(query.get("offset", 0)))
            keys = there[max(0, end - int(query["per_page"])) : end][::-1]
        self.answer(200, [self._row(key) for key in keys], {"X-WP-Total": str(len(there))})

    def _row(self, key: int) -> dict[str, Any]:
        n = self.arrivals.told(key)
        fields = {"id": key, "post": POST, "status": "approved", "link": f"https://x.example/3#comment-{key}"}
        if n is None:
            said = self.arrivals.own[key]
            mine = {"parent": said["parent"], "author": ME, "author_name": "Museum", "date_gmt": iso(said["at"])}
            return {**fields, **mine, "content": {"rendered": said["text"]}}
        above = self.arrivals.parent(n)
        who = {"parent": key_of(above) if above is not None else 0, "author": 0, "author_name": f"Visitor {n % 997}"}
        text = {"content": {"rendered": f"<p>{self.arrivals.text(n)}</p>"}, "date_gmt": iso(self.arrivals.at(n))}
        return {**fields, **who, **text}
