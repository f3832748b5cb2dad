"""A small Graph API in memory: a Page with posts, an Instagram account with media, comments, tokens and their rules."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from hmac import new as hmac
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from graph_fields import Wish, answer, wishes

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
PAGE, IG, APP = "1700", "17841400", "4400"
USER_TOKEN, PAGE_TOKEN, IG_TOKEN = "EAAuser-t0ken-of-the-museum", "EAApage-t0ken-of-the-museum", "IGAlogin-t0ken-museum"
APP_SECRET = "the-apps-own-s3cret"
SCOPES = [
    "pages_show_list",
    "pages_read_engagement",
    "pages_read_user_content",
    "pages_manage_engagement",
    "pages_manage_posts",
    "instagram_basic",
    "instagram_manage_comments",
]

KNOWN = {
    "user": frozenset({"id", "name"}),
    "page": frozenset(
        {"id", "name", "username", "link", "followers_count", "access_token", "tasks", "instagram_business_account"}
    ),
    "post": frozenset(
        {"id", "from", "message", "story", "created_time", "updated_time", "permalink_url", "is_hidden", "is_published"}
    ),
    "comment": frozenset(
        {"id", "parent", "from", "message", "created_time", "is_hidden", "can_comment", "can_hide", "comment_count"}
        | {"like_count", "permalink_url", "attachment", "message_tags", "can_remove", "user_likes"}
    ),
    "iguser": frozenset({"id", "user_id", "username", "name", "followers_count"}),
    "media": frozenset(
        {"id", "caption", "timestamp", "permalink", "comments_count", "media_product_type", "username"}
        | {"is_comment_enabled", "like_count", "media_type"}
    ),
    "igcomment": frozenset(
        {"id", "parent_id", "text", "timestamp", "username", "from", "hidden", "like_count", "media", "user"}
    ),
}
"""The fields of each kind of node that this fake knows; the vendor's own client knows every one of them."""


class Refused(Exception):  # noqa: N818 (it is an answer)
    """The API refuses."""

    def __init__(self, code: int, message: str, *, subcode: int = 0, status: int = 400, **more: Any) -> None:
        """Keep status and body."""
        super().__init__(message)
        self.status = status
        self.body = refusal(code, message, subcode=subcode, **more)


def refusal(code: int, message: str = "No.", *, subcode: int = 0, **more: Any) -> bytes:
    """Write a refusal as Meta does."""
    error = {"message": f"(#{code}) {message}", "type": "OAuthException", "code": code, "fbtrace_id": "Abc", **more}
    return json.dumps({"error": error | ({"error_subcode": subcode} if subcode else {})}).encode()


@dataclass
class Asked:
    """One request as it arrived."""

    method: str
    path: str
    query: dict[str, str]
    form: dict[str, str]
    token: str
    url: str = ""


@dataclass
class FakeGraph:
    """One museum behind the Graph API.

    Attributes:
        nodes: everything by id; `kind` says what it is.
        asked: every request, oldest first; those inside a batch are not listed again.
        tokens: who each token is: "user", "page" or "iguser".
        expires_at: when the tokens end, seconds since the epoch; 0 for never.
        scopes: what they may do.
        sees_names: whether the token may see who wrote a comment.
        usage: the usage headers of every answer.
        needs_proof: whether calls must prove that they know the app's secret.
        pages: the Pages of the person.
        closed: ids of what the token may not see.
        cut_short: what a batch answers in place of some of its parts, by id.
        base: the server's address.
    """

    nodes: dict[str, dict[str, Any]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    tokens: dict[str, str] = field(
        default_factory=lambda: {
            USER_TOKEN: "user",
            PAGE_TOKEN: "page",
            IG_TOKEN: "iguser",
            f"{APP}|{APP_SECRET}": "app",
        }
    )
    expires_at: int = 0
    data_until: int = 0
    scopes: list[str] = field(default_factory=lambda: list(SCOPES))
    sees_names: bool = True
    usage: dict[str, Any] = field(default_factory=dict)
    needs_proof: bool = False
    pages: list[str] = field(default_factory=lambda: [PAGE])
    closed: set[str] = field(default_factory=set)
    cut_short: dict[str, dict[str, Any] | None] = field(default_factory=dict)
    base: str = ""
    now: datetime = NOON
    last: int = 9000

    def __post_init__(self) -> None:
        """Found the museum."""
        self._add(
            "page",
            PAGE,
            name="Musée d’Essai",
            username="musee.essai",
            link="https://www.facebook.com/musee.essai",
            followers_count=48_211,
            access_token=PAGE_TOKEN,
            tasks=["MODERATE", "CREATE_CONTENT"],
            instagram_business_account={
                "id": IG,
                "username": "musee.essai",
                "name": "Musée d’Essai",
                "followers_count": 9120,
            },
        )
        self._add("iguser", IG, user_id=IG, username="musee.essai", name="Musée d’Essai", followers_count=9120)

    # -- for tests ---------------------------------------------------------------------------------

    def _add(self, kind: str, native_id: str, **fields: Any) -> str:
        self.nodes[native_id] = {"id": native_id, "kind": kind, **fields}
        return native_id

    def _next(self) -> str:
        self.last += 1
        return str(self.last)

    def _tick(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def post(self, message: str = "L’épée dans la salle 3", *, by: tuple[str, str] | None = None, **more: Any) -> str:
        """Let the Page, or a visitor, publish a post on the Page; returns its id."""
        number, at = self._next(), stamp(self._tick())
        native_id = f"{PAGE}_{number}"
        who = {"id": by[0], "name": by[1]} if by else {"id": PAGE, "name": "Musée d’Essai"}
        link = f"https://www.facebook.com/{PAGE}/posts/{number}"
        fields = {"from": who, "message": message, "created_time": at, "updated_time": at, "permalink_url": link}
        return self._add("post", native_id, **fields, is_hidden=False, is_published=True, **more)

    def comment(
        self,
        under: str,
        message: str = "bonjour",
        *,
        by: tuple[str, str] = ("55", "Camille"),
        at: str = "",
        **more: Any,
    ) -> str:
        """Let somebody comment under a post or answer a comment, as Facebook files it; returns its id."""
        above = self.nodes[under]
        if above["kind"] == "comment":
            above = self.nodes.get(above["parent_id"] or "", above)  # two levels: an answer's answer joins the first
        post = self.nodes[above["post"]] if above["kind"] == "comment" else above
        parent = above["id"] if above["kind"] == "comment" else None
        number, now = self._next(), stamp(self._tick())
        root = post["id"].partition("_")[2]
        link = f"{post['permalink_url']}?comment_id={(parent or '_' + number).partition('_')[2]}"
        link += f"&reply_comment_id={number}" if parent else ""
        post["updated_time"] = now
        fields = {
            "from": {"id": by[0], "name": by[1]},
            "message": message,
            "created_time": at or now,
            "permalink_url": link,
            "parent": {"id": parent, "message": above.get("message")} if parent else None,
        }
        flags = {"is_hidden": False, "can_comment": True, "can_hide": True, "like_count": 0, "can_remove": True}
        place = {"post": post["id"], "parent_id": parent}
        return self._add("comment", f"{root}_{number}", **(fields | flags | place | more))

    def media(self, caption: str = "L’épée, de près") -> str:
        """Let the account publish a picture; returns its id."""
        native_id = f"1790{self._next()}"
        fields = {
            "caption": caption,
            "timestamp": stamp(self._tick()),
            "media_type": "IMAGE",
            "username": "musee.essai",
        }
        link = f"https://www.instagram.com/p/{native_id}/"
        return self._add("media", native_id, **fields, permalink=link, is_comment_enabled=True)

    def ig_comment(
        self, under: str, text: str = "bonjour", *, by: tuple[str, str] = ("77", "camille.b"), at: str = "", **more: Any
    ) -> str:
        """Let somebody comment under a picture or answer a first-level comment; returns its id."""
        above = self.nodes[under]
        parent = above["id"] if above["kind"] == "igcomment" else None
        medium = above["media"]["id"] if parent else above["id"]
        fields = {"text": text, "timestamp": at or stamp(self._tick()), "username": by[1], "hidden": False}
        who = {"from": {"id": by[0], "username": by[1]}, "parent_id": parent, "like_count": 0}
        place = {"id": medium, "permalink": self.nodes[medium]["permalink"]}
        return self._add("igcomment", f"1788{self._next()}", **fields, **who, media=place, **more)

    def forget(self, native_id: str) -> None:
        """Let a comment's author delete it, with the answers to it."""
        self.nodes.pop(native_id)
        for each in [n["id"] for n in self.nodes.values() if n.get("parent_id") == native_id]:
            self.nodes.pop(each)

    def sent(self) -> list[tuple[str, str]]:
        """Return method and path of everything that changes something."""
        return [(a.method, a.path) for a in self.asked if a.method != "GET" and a.path]

    def words(self, author: str = PAGE) -> list[str]:
        """Return what an account wrote in comments and posts, in order."""
        return [
            n.get("message") or n.get("text", "")
            for n in self.nodes.values()
            if n.get("from", {}).get("id") == author and n["kind"] in {"comment", "igcomment", "post"}
        ]

    # -- as an API ---------------------------------------------------------------------------------

    def do(self, asked: Asked) -> tuple[int, bytes]:
        """Answer one request with status and body."""
        try:
            value = self._do(asked)
        except Refused as refused:
            return refused.status, refused.body
        return 200, json.dumps(value).encode()

    def _do(self, asked: Asked) -> Any:
        actor = self.tokens.get(asked.token)
        if actor is None:
            raise Refused(190, "Error validating access token: it is invalid.", subcode=467, status=401)
        self._check_proof(asked)
        given = asked.query | asked.form
        if asked.path == "" and "batch" in given:
            return [self._of_batch(part, asked) for part in json.loads(given["batch"])]
        if asked.path == "debug_token":
            return self._debugged(given["input_token"], actor)
        if actor == "app":
            raise Refused(15, "This method must be called with a user or page token")
        if asked.path == "me/permissions":
            return self._permitted(actor)
        if asked.path == "":
            return {each: self._node(each, given, actor) for each in given["ids"].split(",")}
        node_id, _, edge = asked.path.partition("/")
        node_id = {"user": "me", "page": PAGE, "iguser": IG}[actor] if node_id == "me" else node_id
        if asked.method == "GET":
            return self._edge(node_id, edge, given, actor) if edge else self._node(node_id, given, actor)
        if asked.method == "DELETE":
            self._node(node_id, {}, actor)
            self.forget(node_id)
            return {"success": True}
        return self._write(node_id, edge, given) if edge else self._change(node_id, given)

    def _check_proof(self, asked: Asked) -> None:
        given = (asked.query | asked.form).get("appsecret_proof")
        right = hmac(APP_SECRET.encode(), asked.token.encode(), sha256).hexdigest()
        if (self.needs_proof and "|" not in asked.token and not given) or (given and given != right):
            raise Refused(100, "API calls from the server require an appsecret_proof argument")

    def _of_batch(self, part: dict[str, str], asked: Asked) -> dict[str, Any] | None:
        parts = urlsplit(part["relative_url"])
        if parts.path in self.cut_short:
            return self.cut_short[parts.path]
        query = dict(parse_qsl(parts.query))
        status, body = self.do(Asked(part["method"], parts.path, query, {}, asked.token))
        return {"code": status, "body": body.decode()}

    def _debugged(self, inspected: str, actor: str) -> dict[str, Any]:
        if actor != "app":
            raise Refused(100, "You must provide an app access token, or a token of an owner or developer of the app")
        kind = self.tokens.get(inspected)
        if kind is None:
            return {"data": {"is_valid": False, "error": {"code": 190, "message": "expired"}, "scopes": []}}
        ends = {"expires_at": self.expires_at, "data_access_expires_at": self.data_until}
        return {"data": {"app_id": APP, "type": kind.upper(), "is_valid": True, "scopes": self.scopes, **ends}}

    def _permitted(self, actor: str) -> dict[str, Any]:
        if actor != "user":
            raise Refused(100, f"Tried accessing nonexisting field (permissions) on node type ({actor})")
        declined = [{"permission": "email", "status": "declined"}]
        return {"data": [*({"permission": scope, "status": "granted"} for scope in self.scopes), *declined]}

    def _found(self, native_id: str) -> dict[str, Any]:
        if native_id == "me":
            return {"id": "55000", "kind": "user", "name": "The person"}
        if native_id in self.closed:
            raise Refused(10, "This content is not available to you", status=403)
        node = self.nodes.get(native_id)
        if node is None:
            message = f"Unsupported get request. Object with ID '{native_id}' does not exist, or cannot be loaded"
            raise Refused(100, message, subcode=33)
        return node

    def _node(self, native_id: str, given: dict[str, str], actor: str) -> dict[str, Any]:
        return self._shown(self._found(native_id), wishes(given.get("fields", "id")), actor)

    def _shown(self, node: dict[str, Any], wanted: list[Wish], actor: str) -> dict[str, Any]:
        edges = {
            "post": {"comments": lambda n, w: self._listed_inside(n, "comments", w, actor)},
            "comment": {"comments": lambda n, w: self._listed_inside(n, "comments", w, actor)},
            "media": {"comments": lambda n, w: self._listed_inside(n, "comments", w, actor)},
            "igcomment": {"replies": lambda n, w: self._listed_inside(n, "replies", w, actor)},
        }.get(node["kind"], {})
        seen = dict(node)
        if node["kind"] == "comment":
            seen["comment_count"] = len(self._below(node))
        if node["kind"] == "media":
            seen["comments_count"] = len(self._under_media(node["id"]))
        if not self.sees_names:
            seen.pop("from", None)
            seen.pop("username", None)
        if node["kind"] == "comment" and not seen.get("parent"):
            seen.pop("parent")
        try:
            shown = answer(seen, wanted, KNOWN[node["kind"]], edges)
        except KeyError as error:
            raise Refused(
                100, f"Tried accessing nonexisting field ({error.args[0]}) on node type ({node['kind']})"
            ) from None
        return shown

    def _below(self, node: dict[str, Any]) -> list[dict[str, Any]]:
        return [n for n in self.nodes.values() if n.get("parent_id") == node["id"]]

    def _under_media(self, native_id: str) -> list[dict[str, Any]]:
        return [n for n in self.nodes.values() if n["kind"] == "igcomment" and n["media"]["id"] == native_id]

    def _members(self, node: dict[str, Any], edge: str, given: dict[str, str]) -> list[dict[str, Any]]:
        """Return what a list holds, in its order."""
        kind = node["kind"]
        if (kind, edge) == ("user", "accounts"):
            return [self.nodes[each] for each in self.pages]
        if (kind, edge) in {("page", "feed"), ("page", "published_posts"), ("page", "visitor_posts")}:
            posts = [n for n in self.nodes.values() if n["kind"] == "post" and n["id"].startswith(f"{node['id']}_")]
            return sorted(posts, key=lambda n: n["created_time"], reverse=True)
        if (kind, edge) == ("iguser", "media"):
            return sorted((n for n in self.nodes.values() if n["kind"] == "media"), key=_at, reverse=True)
        if (kind, edge) == ("media", "comments"):
            return sorted((n for n in self._under_media(node["id"]) if not n["parent_id"]), key=_at, reverse=True)
        if (kind, edge) == ("igcomment", "replies"):
            return sorted(self._below(node), key=_at, reverse=True)
        if edge == "comments" and kind in {"post", "comment"}:
            key = "post" if kind == "post" else "parent_id"
            found = [n for n in self.nodes.values() if n["kind"] == "comment" and n.get(key) == node["id"]]
            if given.get("filter", "toplevel") != "stream" and kind == "post":
                found = [n for n in found if not n["parent_id"]]
            return sorted(found, key=_at, reverse=given.get("order") == "reverse_chronological")
        raise Refused(100, f"Tried accessing nonexisting field ({edge}) on node type ({kind})")

    def _listed_inside(self, node: dict[str, Any], edge: str, wish: Wish, actor: str) -> dict[str, Any]:
        return self._part(node, edge, wish.modifiers, wish.inner or wishes("id"), actor)

    def _edge(self, native_id: str, edge: str, given: dict[str, str], actor: str) -> dict[str, Any]:
        return self._part(self._found(native_id), edge, given, wishes(given.get("fields", "id")), actor)

    def _part(
        self, node: dict[str, Any], edge: str, given: dict[str, str], wanted: list[Wish], actor: str
    ) -> dict[str, Any]:
        members = self._members(node, edge, given)
        size = min(int(given.get("limit", 25)), 100)
        ids = [n["id"] for n in members]
        start = ids.index(given["after"]) + 1 if given.get("after") in ids else 0
        page = members[start : start + size] if size else []
        part: dict[str, Any] = {"data": [self._shown(n, wanted, actor) for n in page]}
        if page:
            part["paging"] = {"cursors": {"before": page[0]["id"], "after": page[-1]["id"]}}
            if start + size < len(members):
                query = {"access_token": next(t for t, a in self.tokens.items() if a == actor), "after": page[-1]["id"]}
                query |= {"limit": str(size), "fields": given.get("fields", "id")}
                part["paging"]["next"] = f"{self.base}/v25.0/{node['id']}/{edge}?{urlencode(query)}"
        if given.get("summary") in {"true", "total_count", "1"}:
            part["summary"] = {"total_count": len(members), "order": "chronological"}
        return part

    # -- writing -----------------------------------------------------------------------------------

    def _write(self, native_id: str, edge: str, given: dict[str, str]) -> dict[str, Any]:
        node = self._found(native_id)
        message = given.get("message", "")
        if not message:
            raise Refused(100, "The parameter message is required")
        kind = node["kind"]
        house = (PAGE, "Musée d’Essai")
        if (kind, edge) == ("page", "feed"):
            new = self.post(message)
        elif edge == "comments" and kind in {"post", "comment"}:
            new = self.comment(native_id, message, by=house)
        elif (kind, edge) == ("media", "comments") or (
            (kind, edge) == ("igcomment", "replies") and not node["parent_id"]
        ):
            if kind == "igcomment" and node["hidden"]:
                raise Refused(100, "A hidden comment cannot be replied to", subcode=2207045)
            if not self.nodes[node.get("media", node)["id"]]["is_comment_enabled"]:
                raise Refused(10, "Comments are disabled on this media")
            new = self.ig_comment(native_id, message, by=(IG, "musee.essai"))
        else:
            raise Refused(100, f"Unsupported post request on {kind}/{edge}", subcode=33)
        return self._shown(self.nodes[new], wishes(given.get("fields", "id")), "page")

    def _change(self, native_id: str, given: dict[str, str]) -> dict[str, Any]:
        node = self._found(native_id)
        names = {"is_hidden": "is_hidden", "hide": "hidden", "comment_enabled": "is_comment_enabled"}
        changes = {names[key]: value in {"true", "1", "True"} for key, value in given.items() if key in names}
        if not changes and "message" not in given:
            raise Refused(100, "Invalid parameter")
        if "message" in given:
            changes["message"] = given["message"]  # type: ignore[assignment]  # the other changes are flags
        node |= changes
        return {"success": True}


def _at(node: dict[str, Any]) -> tuple[str, str]:
    return node.get("created_time") or node["timestamp"], node["id"]


def stamp(at: datetime) -> str:
    """Write a time as Meta does."""
    return at.strftime("%Y-%m-%dT%H:%M:%S+0000")
