"""Stages: each platform as the fault server's tests need it, a visitor who writes and an eye on what became public.

A newcomer's connector joins every one of those tests by one line in STAGES.
"""

import html
import re
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

import httpx
from bluesky_fake import ME as DID
from bluesky_fake import PASSWORD as APP_PASSWORD
from bluesky_fake import Fake as FakeBluesky
from graph_fake import PAGE, USER_TOKEN, FakeGraph
from graph_server import graph_platform
from mastodon_network import Network
from wordpress_fake import PASSWORD, FakeSite, error, publish

from connectors._contract import Connector
from connectors._http import Http
from connectors._registry import load


class Stage(Protocol):
    """One platform with a house and a visitor on it.

    Attributes:
        name: of its connector.
        secrets: what must not be seen anywhere.
    """

    name: str
    secrets: tuple[str, ...]

    def options(self, url: str) -> dict[str, Any]:
        """Return what the configuration says of the house's account, on a server at `url`."""

    def answer(self, request: httpx.Request) -> httpx.Response:
        """Answer one request."""

    def visitor_writes(self, text: str) -> str:
        """Let a visitor comment on what the house published; returns the comment's id."""

    def public(self) -> list[str]:
        """Return the texts of everything the house published."""

    def is_hidden(self, native_id: str) -> bool:
        """Tell whether a comment is hidden from the public."""

    def moves_on(self, native_id: str) -> dict[str, Any]:
        """Let time pass over a comment: liked, answered, edited, hidden, as far as the platform tells of that.

        Returns:
            What a second look must find, by the names of `Comment`; attachments by their kinds.
        """

    def is_introduction(self, request: httpx.Request, /) -> bool:
        """Tell whether a request only asks what the platform is, and opens a session: faults leave it alone."""

    def led_on(self, request: httpx.Request, body: Any, *, circling: bool) -> Any:
        """Make of an honest answer one that leads on for ever, or in a circle; what is no list stays as it is."""


def connected(stage: Stage, url: str, http: Http) -> Connector:
    """Make the connector of a stage that is served at `url`."""
    kind = load(stage.name)
    return kind("museum", kind.options_type(**_read(kind, stage.options(url))), http)


def _read(kind: type[Connector], table: dict[str, Any]) -> dict[str, Any]:
    """Turn the texts of secrets into secrets, as reading the configuration does."""
    from typing import get_type_hints

    from connectors._secret import Secret

    hints = get_type_hints(kind.options_type)
    return {name: Secret(value) if hints[name] is Secret else value for name, value in table.items()}


@dataclass
class MastodonStage:
    """A server of its own (mastodon-mock), to which every request is carried."""

    network: Network
    name: str = "mastodon"
    secrets: tuple[str, ...] = ("token-of-museum",)
    _post: str = ""

    def options(self, url: str) -> dict[str, Any]:
        return {"server": url, "token": self.secrets[0], "stream": False}

    def answer(self, request: httpx.Request) -> httpx.Response:
        headers = {
            n: v for n, v in request.headers.items() if n in {"authorization", "content-type", "idempotency-key"}
        }
        url = self.network.url + request.url.raw_path.decode()
        with httpx.Client(verify=False, timeout=20) as carrier:  # no TLS on the way: nothing to load for it
            said = carrier.request(request.method, url, headers=headers, content=request.content)
        kept = {name: said.headers[name] for name in ("content-type", "link") if name in said.headers}
        return httpx.Response(said.status_code, headers=kept, content=said.content)

    def visitor_writes(self, text: str) -> str:
        self._post = self._post or self.network.write("museum", "L’épée dans la salle 3")["id"]
        return str(self.network.write("camille", f"@museum {text}", self._post)["id"])

    def public(self) -> list[str]:
        return [_plain(status["content"]) for status in self.network.statuses()]

    def is_hidden(self, native_id: str) -> bool:
        raise AssertionError(f"nothing hides {native_id} here")

    def moves_on(self, native_id: str) -> dict[str, Any]:
        self.network.call("POST", f"/api/v1/statuses/{native_id}/favourite", "leo")
        self.network.call("POST", f"/api/v1/statuses/{native_id}/reblog", "leo")
        self.network.write("leo", "@camille moi aussi", native_id)
        self.network.call("PUT", f"/api/v1/statuses/{native_id}", "camille", status="@museum corrigé")
        return {"reactions": 1, "shares": 1, "replies": 1, "text": "@museum corrigé"}

    def is_introduction(self, _: httpx.Request) -> bool:
        return False

    def led_on(self, request: httpx.Request, body: Any, *, circling: bool) -> Any:
        del circling  # it has no cursors of its own: ids lead on, and these repeat
        if request.url.path != "/api/v1/notifications" or not body:
            return body
        return body * int(request.url.params["limit"])


@dataclass
class BlueskyStage:
    """A data server in memory."""

    network: FakeBluesky = field(default_factory=FakeBluesky)
    name: str = "bluesky"
    secrets: tuple[str, ...] = (APP_PASSWORD, *(FakeBluesky()._jwt(kind)[:-2] for kind in ("access", "refresh")))
    _written: int = 0

    def options(self, url: str) -> dict[str, Any]:
        return {"handle": "museum.test", "password": APP_PASSWORD, "server": url}

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.network.home = _origin(request)
        return self.network.answer(request)

    def visitor_writes(self, text: str) -> str:
        root = f"at://{DID}/app.bsky.feed.post/3kroot"
        if root not in self.network.posts:
            record = {"$type": "app.bsky.feed.post", "text": "L’épée", "createdAt": "2026-11-20T09:00:00.000Z"}
            us = {"did": DID, "handle": "museum.test"}
            view = {"uri": root, "cid": "c", "author": us, "record": record, "indexedAt": record["createdAt"]}
            self.network.posts[root] = view
        self._written += 1
        return self.network.visitor_posts(f"3kvisitor{self._written}", text, root)

    def public(self) -> list[str]:
        posts = (value for at, value in self.network.records.items() if at.startswith("app.bsky.feed.post/"))
        return [value["text"] for value in posts]

    def is_hidden(self, native_id: str) -> bool:
        gates = (value for at, value in self.network.records.items() if at.startswith("app.bsky.feed.threadgate/"))
        return any(native_id in gate.get("hiddenReplies", ()) for gate in gates)

    def moves_on(self, native_id: str) -> dict[str, Any]:
        picture = {"fullsize": "https://img.example/1", "alt": "une épée"}
        shown = {"embed": {"$type": "app.bsky.embed.images#view", "images": [picture]}}
        self.network.posts[native_id] |= {"likeCount": 12, "replyCount": 3, "repostCount": 2, "quoteCount": 1, **shown}
        gate = {"post": f"at://{DID}/app.bsky.feed.post/3kroot", "hiddenReplies": [native_id]}
        self.network.records["app.bsky.feed.threadgate/3kroot"] = {**gate, "createdAt": "2026-11-20T09:00:00.000Z"}
        return {"reactions": 12, "replies": 3, "shares": 3, "attachments": ["image"], "moderation": "hidden"}

    def is_introduction(self, request: httpx.Request) -> bool:
        return request.url.path.endswith(("createSession", "refreshSession"))

    def led_on(self, request: httpx.Request, body: Any, *, circling: bool) -> Any:
        lists = request.url.path.endswith(("listNotifications", "getAuthorFeed"))
        return body | {"cursor": "0" if circling else f"{len(self.network.calls)}"} if lists else body


@dataclass
class WordPressStage:
    """A site in memory."""

    site: FakeSite = field(default_factory=FakeSite)
    name: str = "wordpress"
    secrets: tuple[str, ...] = (PASSWORD, PASSWORD.replace(" ", ""))

    def options(self, url: str) -> dict[str, Any]:
        return {"server": url, "user": "museum", "password": PASSWORD}

    @property
    def _login(self) -> str:
        return f"Basic {b64encode(f'museum:{self.secrets[1]}'.encode()).decode()}"

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.site.base = _origin(request)
        if "authorization" in request.headers and request.headers["authorization"] != self._login:
            return error(401, "incorrect_password")
        return self.site.answer(request)

    def visitor_writes(self, text: str) -> str:
        if not self.site.posts:
            publish(self.site)
        return str(self.site.write(text))

    def public(self) -> list[str]:
        rows = (row for row in self.site.comments.values() if row["author"] and row["status"] != "trash")
        posts = (row for row in self.site.posts.values() if row.get("status") == "publish")
        return [str(row["raw"]) for row in rows] + [_plain(str(row["content"])) for row in posts]

    def is_hidden(self, native_id: str) -> bool:
        return bool(self.site.comments[int(native_id)]["status"] != "approved")

    def moves_on(self, native_id: str) -> dict[str, Any]:
        self.site.comments[int(native_id)] |= {"raw": "corrigé", "status": "hold"}
        return {"text": "corrigé", "moderation": "held"}

    def is_introduction(self, request: httpx.Request) -> bool:
        return request.url.path == "/wp-json/"

    def led_on(self, request: httpx.Request, body: Any, *, circling: bool) -> Any:
        del circling  # pages have numbers, and bring the same
        if not request.url.path.endswith("/comments") or not body:
            return body
        return body * int(request.url.params.get("per_page", 10))


@dataclass
class _GraphStage:
    """A Page and an Instagram account in memory."""

    graph: FakeGraph = field(default_factory=FakeGraph)
    secrets: tuple[str, ...] = (USER_TOKEN, "EAApage-t0ken-of-the-museum")

    def options(self, url: str) -> dict[str, Any]:
        return {"token": USER_TOKEN, "server": url}

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.graph.base = _origin(request)
        return graph_platform(self.graph)(request)

    def is_introduction(self, request: httpx.Request) -> bool:
        return request.method == "POST" and request.url.path.strip("/").count("/") == 0  # a batch that inspects a token

    def led_on(self, request: httpx.Request, body: Any, *, circling: bool) -> Any:
        if not request.url.path.endswith(("/comments", "/feed", "/media", "/replies", "/accounts")):
            return body
        after = "same" if circling else f"on{len(self.graph.asked)}-{request.url.params.get('after', '')[-9:]}x"
        paging = {"cursors": {"after": after}, "next": f"https://evil.example/x?after={after}&access_token=y"}
        return body | {"paging": paging}


@dataclass
class FacebookStage(_GraphStage):
    name: str = "facebook"

    def visitor_writes(self, text: str) -> str:
        posts = [native_id for native_id, node in self.graph.nodes.items() if node["kind"] == "post"]
        return self.graph.comment(posts[0] if posts else self.graph.post(), text)

    def public(self) -> list[str]:
        return self.graph.words(PAGE)

    def moves_on(self, native_id: str) -> dict[str, Any]:
        photo = {"type": "photo", "url": "https://img.example/1", "media": {"image": {"src": "https://img.example/1"}}}
        self.graph.nodes[native_id] |= {"like_count": 12, "message": "corrigé", "is_hidden": True, "attachment": photo}
        self.graph.comment(native_id, "moi aussi", by=(PAGE, "Musée"))
        facts = {"text": "corrigé", "moderation": "hidden", "attachments": ["image"]}
        return {"reactions": 12, "replies": 1, **facts}

    def is_hidden(self, native_id: str) -> bool:
        return bool(self.graph.nodes[native_id]["is_hidden"])


@dataclass
class InstagramStage(_GraphStage):
    name: str = "instagram"

    def visitor_writes(self, text: str) -> str:
        media = [native_id for native_id, node in self.graph.nodes.items() if node["kind"] == "media"]
        return self.graph.ig_comment(media[0] if media else self.graph.media(), text)

    def public(self) -> list[str]:
        return self.graph.words("17841400")

    def moves_on(self, native_id: str) -> dict[str, Any]:
        self.graph.nodes[native_id] |= {"like_count": 12, "hidden": True}
        self.graph.ig_comment(native_id, "moi aussi", by=("17841400", "musee.essai"))
        return {"reactions": 12, "replies": 1, "moderation": "hidden"}

    def is_hidden(self, native_id: str) -> bool:
        return bool(self.graph.nodes[native_id]["hidden"])


def _origin(request: httpx.Request) -> str:
    return f"{request.url.scheme}://{request.url.netloc.decode()}"


def _plain(content: str) -> str:
    return html.unescape(re.sub("<[^>]*>", "", content))


STAGES: dict[str, Callable[[Callable[[], Network]], Stage]] = {
    "mastodon": lambda network: MastodonStage(network()),
    "bluesky": lambda _: BlueskyStage(),
    "wordpress": lambda _: WordPressStage(),
    "facebook": lambda _: FacebookStage(),
    "instagram": lambda _: InstagramStage(),
}
"""Who takes part; each is made anew for every test, and starts a Mastodon server only where it needs one."""
