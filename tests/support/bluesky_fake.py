"""A small data server of Bluesky in memory, under a transport, that fails where and how a test says."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import httpx
from wire import Clock

from connectors._bluesky_options import BlueskyOptions
from connectors._http import Http
from connectors._secret import Secret
from connectors.bluesky import Bluesky

ME = "did:plc:museum"
SERVER = "http://127.0.0.1:2583"
HOME = "https://home.example"
PASSWORD = "abcd-efgh-ijkl-mnop"

Fault = Callable[[httpx.Request], httpx.Response]


def refusal(status: int, name: str, message: str = "no", **headers: str) -> httpx.Response:
    """Refuse as an XRPC server does."""
    named = {key.replace("_", "-"): value for key, value in headers.items()}
    return httpx.Response(status, json={"error": name, "message": message}, headers=named)


def cid_of(value: Any) -> str:
    """Name a content; the same for the same, as real ones are."""
    return f"bafy{sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:24]}"


@dataclass
class Fake:
    """One server with one account of ours.

    Attributes:
        records: of our repository, by "collection/rkey".
        posts: post views that the network shows, by address.
        notes: notifications, newest first.
        faults: what the next calls of a procedure answer with instead, in order.
        late: procedures whose next call is carried out, and whose answer is lost.
        calls: every procedure called so far, in order.
        home: where our account lives.
        scarce: whether its headers say that a third of the requests is left.
    """

    records: dict[str, Any] = field(default_factory=dict)
    posts: dict[str, dict[str, Any]] = field(default_factory=dict)
    notes: list[dict[str, Any]] = field(default_factory=list)
    faults: dict[str, list[Fault]] = field(default_factory=dict)
    late: set[str] = field(default_factory=set)
    calls: list[str] = field(default_factory=list)
    requests: list[httpx.Request] = field(default_factory=list)
    clock: Clock = field(default_factory=Clock)
    session: int = 0
    home: str = HOME
    scarce: bool = False

    # -- for tests ---------------------------------------------------------------------------------

    def connect(self, **options: Any) -> Bluesky:
        """Make a connector that talks to this server."""
        given = {"handle": "museum.test", "password": Secret(PASSWORD), "server": SERVER, **options}
        http = Http(transport=httpx.MockTransport(self.answer), attempts=1, clock=self.clock, sleep=self.clock.sleep)
        return Bluesky("museum", BlueskyOptions(**given), http)

    def fail(self, name: str, *faults: Fault) -> None:
        """Let the next calls of a procedure fail."""
        self.faults.setdefault(name, []).extend(faults)

    def visitor_posts(self, key: str, text: str, root: str = "", **more: Any) -> str:
        """Let a visitor write, and notify us; return the address."""
        uri = f"at://did:plc:camille/app.bsky.feed.post/{key}"
        record = {"$type": "app.bsky.feed.post", "text": text, "createdAt": "2026-11-20T10:00:00.000Z", **more}
        if root:
            record["reply"] = {"root": {"uri": root, "cid": "c"}, "parent": {"uri": root, "cid": "c"}}
        author = {"did": "did:plc:camille", "handle": "camille.test"}
        at = "2026-11-20T10:00:00.000Z"
        self.posts[uri] = {"uri": uri, "cid": cid_of(record), "author": author, "record": record, "indexedAt": at}
        self.notes.insert(0, {**self.posts[uri], "reason": "reply"})
        return uri

    def count(self, name: str) -> int:
        """Tell how often a procedure was called."""
        return sum(1 for each in self.calls if each == name)

    # -- the server --------------------------------------------------------------------------------

    def answer(self, request: httpx.Request) -> httpx.Response:
        """Answer one request."""
        name = request.url.path.rpartition("/")[2].rpartition(".")[2]
        self.calls.append(name)
        self.requests.append(request)
        if self.faults.get(name):
            return self.faults[name].pop(0)(request)
        if name not in {"createSession", "refreshSession"} and not self._may(request):
            return refusal(400, "ExpiredToken", "Token has expired")
        done: httpx.Response = getattr(self, f"_{name}")(request)
        if self.scarce:
            reset = str(int(self.clock.now) + 300)
            done.headers.update({"RateLimit-Limit": "3000", "RateLimit-Remaining": "1000", "RateLimit-Reset": reset})
        if name in self.late:
            self.late.discard(name)
            raise httpx.ReadTimeout("late", request=request)
        return done

    def _may(self, request: httpx.Request) -> bool:
        return bool(request.headers.get("Authorization") == f"Bearer {self._jwt('access')}")

    def _jwt(self, kind: str) -> str:
        scope = urlsafe_b64encode(json.dumps({"scope": "com.atproto.appPass"}).encode()).decode().rstrip("=")
        return f"{kind}.{scope}.{self.session}"

    def _tokens(self) -> httpx.Response:
        self.session += 1
        service = [{"id": "#atproto_pds", "type": "AtprotoPersonalDataServer", "serviceEndpoint": self.home}]
        tokens = {"accessJwt": self._jwt("access"), "refreshJwt": self._jwt("refresh")}
        return httpx.Response(200, json={"did": ME, "handle": "museum.test", "didDoc": {"service": service}, **tokens})

    def _createSession(self, request: httpx.Request) -> httpx.Response:  # noqa: N802 (the procedure's name)
        if json.loads(request.content)["password"] != PASSWORD:
            return refusal(401, "AuthenticationRequired", "Invalid identifier or password")
        return self._tokens()

    def _refreshSession(self, request: httpx.Request) -> httpx.Response:  # noqa: N802 (the procedure's name)
        if request.headers.get("Authorization") != f"Bearer {self._jwt('refresh')}":
            return refusal(400, "ExpiredToken", "Token has expired")
        return self._tokens()

    def _getProfile(self, _: httpx.Request) -> httpx.Response:  # noqa: N802 (the procedure's name)
        return httpx.Response(200, json={"did": ME, "handle": "museum.test", "displayName": "The museum"})

    def _resolveHandle(self, request: httpx.Request) -> httpx.Response:  # noqa: N802 (the procedure's name)
        handle = request.url.params["handle"]
        if handle != "camille.test":
            return refusal(400, "InvalidRequest", "Unable to resolve handle")
        return httpx.Response(200, json={"did": "did:plc:camille"})

    def _listNotifications(self, request: httpx.Request) -> httpx.Response:  # noqa: N802 (the procedure's name)
        start, limit = int(request.url.params.get("cursor", 0)), int(request.url.params["limit"])
        page: dict[str, Any] = {"notifications": self.notes[start : start + limit]}
        if len(self.notes) > start + limit:
            page["cursor"] = str(start + limit)
        return httpx.Response(200, json=page)

    def _getAuthorFeed(self, request: httpx.Request) -> httpx.Response:  # noqa: N802 (the procedure's name)
        own = [view for uri, view in self.posts.items() if uri.startswith(f"at://{ME}/")]
        own.sort(key=lambda view: str(view["indexedAt"]), reverse=True)
        start, limit = int(request.url.params.get("cursor", 0)), int(request.url.params["limit"])
        page: dict[str, Any] = {"feed": [{"post": view} for view in own[start : start + limit]]}
        if len(own) > start + limit:
            page["cursor"] = str(start + limit)
        return httpx.Response(200, json=page)

    def _getPosts(self, request: httpx.Request) -> httpx.Response:  # noqa: N802 (the procedure's name)
        wanted = request.url.params.get_list("uris")
        ours = {uri: view for uri in wanted if uri not in self.posts and (view := self._own_post(uri))}
        self.posts |= ours
        return httpx.Response(200, json={"posts": [self._shown(uri) for uri in wanted if uri in self.posts]})

    def _own_post(self, uri: str) -> dict[str, Any] | None:
        """Show what we published ourselves, as the network does once it has heard of it."""
        value = self.records.get(uri.removeprefix(f"at://{ME}/"))
        if value is None or value.get("$type") != "app.bsky.feed.post":
            return None
        author = {"did": ME, "handle": "museum.test"}
        return {"uri": uri, "cid": cid_of(value), "author": author, "record": value, "indexedAt": value["createdAt"]}

    def _shown(self, uri: str) -> dict[str, Any]:
        """Show a post; one of ours together with the gate of its thread."""
        key = f"app.bsky.feed.threadgate/{uri.rpartition('/')[2]}"
        gate = self.records.get(key) if uri.startswith(f"at://{ME}/") else None
        view: dict[str, Any] = {"uri": f"at://{ME}/{key}", "cid": cid_of(gate), "record": gate, "lists": []}
        return self.posts[uri] | ({} if gate is None else {"threadgate": view})

    def _getPostThread(self, request: httpx.Request) -> httpx.Response:  # noqa: N802 (the procedure's name)
        view = self.posts.get(request.url.params["uri"])
        if view is None:
            return refusal(400, "NotFound", "Post not found")
        below = [
            v for v in self.posts.values() if v["record"].get("reply", {}).get("parent", {}).get("uri") == view["uri"]
        ]
        shown = self._shown(view["uri"])
        return httpx.Response(200, json={"thread": {"post": shown, "replies": [{"post": each} for each in below]}})

    def _getRecord(self, request: httpx.Request) -> httpx.Response:  # noqa: N802 (the procedure's name)
        at = f"{request.url.params['collection']}/{request.url.params['rkey']}"
        if at not in self.records:
            return refusal(400, "RecordNotFound", "Could not locate record")
        value = self.records[at]
        return httpx.Response(200, json={"uri": f"at://{ME}/{at}", "cid": cid_of(value), "value": value})

    def _putRecord(self, request: httpx.Request) -> httpx.Response:  # noqa: N802 (the procedure's name)
        body = json.loads(request.content)
        at, value = f"{body['collection']}/{body['rkey']}", body["record"]
        there = cid_of(self.records[at]) if at in self.records else None
        if there != cid_of(value) and there != body["swapRecord"]:
            return refusal(400, "InvalidSwap", f"Record was at {there}")
        self.records[at] = value
        return httpx.Response(200, json={"uri": f"at://{ME}/{at}", "cid": cid_of(value)})

    def _deleteRecord(self, request: httpx.Request) -> httpx.Response:  # noqa: N802 (the procedure's name)
        body = json.loads(request.content)
        self.records.pop(f"{body['collection']}/{body['rkey']}", None)
        return httpx.Response(200, json={})

    def _createReport(self, request: httpx.Request) -> httpx.Response:  # noqa: N802 (the procedure's name)
        return httpx.Response(200, json={"id": 7, **json.loads(request.content)})

    def _muteActor(self, _: httpx.Request) -> httpx.Response:  # noqa: N802 (the procedure's name)
        return httpx.Response(200, content=b"")

    _unmuteActor = _muteActor  # noqa: N815 (the procedure's name)
