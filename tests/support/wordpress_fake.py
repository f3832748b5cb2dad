"""A small WordPress in memory behind httpx's transport: as much of its REST API as a desk uses, and faults on demand."""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx
import msgspec

from connectors._http import Http
from connectors._secret import Secret
from connectors._wordpress_options import WordPressOptions
from connectors.wordpress import WordPress

URL = "https://blog.museum.example"
PASSWORD = "abcd EFGH ijkl MNOP qrst UVWX"
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
ME = 7

Answer = httpx.Response | Callable[[httpx.Request], httpx.Response] | Exception


def error(status: int, code: str, message: str = "Non.") -> httpx.Response:
    """Answer as WordPress refuses."""
    return httpx.Response(status, json={"code": code, "message": message, "data": {"status": status}})


@dataclass
class FakeSite:
    """One site.

    Attributes:
        comments: by number, as its database has them; those of the status "unreadable" are counted and not shown.
        posts: by number.
        asked: every request, oldest first.
        faults: (method, part of the path, answer): the first that fits is answered once in place of the site.
        late: whether faults hit only after the site has done what it was asked.
        pretty: whether the site has pretty addresses.
        tells_total: whether it says how long its lists are.
        rights: the capabilities of the account.
        base: the site's address.
    """

    comments: dict[int, dict[str, Any]] = field(default_factory=dict)
    posts: dict[int, dict[str, Any]] = field(default_factory=dict)
    asked: list[httpx.Request] = field(default_factory=list)
    faults: list[tuple[str, str, Answer]] = field(default_factory=list)
    late: bool = False
    pretty: bool = True
    tells_total: bool = True
    rights: dict[str, bool] = field(default_factory=lambda: {"moderate_comments": True, "publish_posts": True})
    base: str = URL
    last: int = 0

    def connect(self, **more: Any) -> WordPress:
        """Make a connector that talks to this site."""
        options = WordPressOptions(server=URL, user="museum", password=Secret(PASSWORD), **more)
        http = Http(transport=httpx.MockTransport(self.answer), attempts=1, clock=NOON.timestamp)
        return WordPress("blog", options, http)

    def write(self, content: str = "bonjour", *, author: int = 0, **more: Any) -> int:
        """Let somebody comment; returns the comment's number."""
        self.last += 1
        row = {"post": 3, "parent": 0, "author": author, "author_name": "Camille", "status": "approved", **more}
        dates = {"date": "2026-11-20T13:00:00", "date_gmt": "2026-11-20T12:00:00"}
        self.comments[self.last] = dates | row | {"id": self.last, "raw": content}
        return self.last

    def fail(self, method: str, path: str, answer: Answer, *, late: bool = False) -> None:
        """Answer the next fitting request like this; `late`: after having done what it asked."""
        self.faults.append((method, path, answer))
        self.late = late

    def sent(self) -> list[tuple[str, str]]:
        """Return method and path of everything but reads."""
        return [(r.method, r.url.path.partition("/wp/v2/")[2]) for r in self.asked if r.method != "GET"]

    # -- as a server -------------------------------------------------------------------------------

    def answer(self, request: httpx.Request) -> httpx.Response:
        """Answer one request."""
        self.asked.append(request)
        for fault in self.faults:
            method, path, answer = fault
            if method == request.method and path in str(request.url):
                self.faults.remove(fault)
                if self.late:
                    self._do(request)
                if isinstance(answer, Exception):
                    raise answer
                return answer(request) if callable(answer) else answer
        return self._do(request)

    def _do(self, request: httpx.Request) -> httpx.Response:
        query = dict(request.url.params)
        if not self.pretty and "rest_route" not in query:
            return httpx.Response(404, html="<html>Page introuvable</html>")
        path = query.get("rest_route", request.url.path.removeprefix("/wp-json"))
        kind, _, number = path.removeprefix("/wp/v2/").partition("/")
        if path == "/":
            return httpx.Response(200, json={"name": "Le blog", "namespaces": ["wp/v2"]})
        if kind == "users":
            return httpx.Response(
                200, json={"id": ME, "name": "Musée", "username": "museum", "capabilities": self.rights}
            )
        body = msgspec.json.decode(request.content) if request.content else {}
        return {"comments": self._comments, "posts": self._posts}[kind](request.method, number, query, body)

    def _comments(self, method: str, number: str, query: dict[str, str], body: dict[str, Any]) -> httpx.Response:
        if not number and method == "GET":
            return self._listed(query)
        if not number:
            return self._commented(body)
        row = self.comments.get(int(number))
        if row is None:
            return error(404, "rest_comment_invalid_id")
        if method == "DELETE":
            if row["status"] == "trash":
                return error(410, "rest_already_trashed")
            row["status"] = "trash"
        elif method == "POST" and "content" in body:
            row["raw"] = body["content"]
        elif method == "POST":
            if row["status"] == body["status"]:
                return error(500, "rest_comment_failed_edit")
            row["status"] = body["status"]
        return httpx.Response(200, json=self._shown(row))

    def _listed(self, query: dict[str, str]) -> httpx.Response:
        rows = sorted(self.comments.values(), key=lambda row: row["id"], reverse=True)
        for key, mine in (("include", "id"), ("post", "post"), ("parent", "parent"), ("author", "author")):
            if key in query:
                rows = [row for row in rows if str(row[mine]) in query[key].split(",")]
        if query.get("status", "any") != "any":
            rows = [row for row in rows if row["status"] == query["status"]]
        offset, size = int(query.get("offset", 0)), int(query["per_page"]) if "per_page" in query else 10
        headers = {"X-WP-Total": str(len(rows))} if self.tells_total else {}
        page = [self._shown(row) for row in rows[offset : offset + size] if row["status"] != "unreadable"]
        return httpx.Response(200, json=page, headers=headers)

    def _commented(self, body: dict[str, Any]) -> httpx.Response:
        for row in self.comments.values():
            same = (row["post"], row["parent"], row["author"], row["raw"])
            if same == (body["post"], body["parent"], ME, body["content"]) and row["status"] != "trash":
                return error(409, "comment_duplicate")
        number = self.write(body["content"], author=ME, post=body["post"], parent=body["parent"])
        return httpx.Response(201, json=self._shown(self.comments[number]))

    def _posts(self, method: str, number: str, query: dict[str, str], body: dict[str, Any]) -> httpx.Response:
        if method == "GET":
            wanted = query.get("include", "").split(",")
            rows = [p for p in self.posts.values() if p["slug"] == query.get("slug") or str(p["id"]) in wanted]
            return httpx.Response(200, json=rows)
        if not number:
            new = len(self.posts) + 100
            self.posts[new] = {"id": new, "link": f"{self.base}/{body['slug']}/", "date_gmt": "2026-11-20T12:00:00"}
            number = str(new)
        row = self.posts[int(number)]
        row |= body if isinstance(body.get("title"), str | None) else {}
        row["title"] = {"rendered": row["title"]} if isinstance(row.get("title"), str) else row.get("title")
        return httpx.Response(200, json=row)

    def _shown(self, row: dict[str, Any]) -> dict[str, Any]:
        shown = "<p>" + re.sub("\n", "<br />\n", row["raw"]) + "</p>\n"
        up = [{"href": f"{self.base}/wp-json/wp/v2/posts/{row['post']}", "post_type": "post"}]
        link = f"{self.base}/lepee/#comment-{row['id']}"
        known = {key: value for key, value in row.items() if key != "raw"}
        extra = {"author_email": "camille@example.test", "author_ip": "192.0.2.9", "author_url": ""}
        return known | extra | {"content": {"rendered": shown, "raw": row["raw"]}, "link": link, "_links": {"up": up}}


def publish(site: FakeSite, number: int = 3, title: str = "L&#8217;Épée") -> None:
    """Put a post on the site."""
    row = {"id": number, "slug": html.unescape(title), "title": {"rendered": title}, "link": f"{site.base}/lepee/"}
    site.posts[number] = row
