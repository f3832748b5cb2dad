"""A public thread of Bluesky, from the network's public view, which asks for no account."""

import re
from urllib.parse import unquote

from connectors._answer import Answer, parse_json
from connectors._bluesky_entities import author_of, comment_of, post_of, root_of, thread_views
from connectors._bluesky_ids import POST, post_uri
from connectors._errors import RejectedError
from connectors._fields import Fields, count, rows, table, text
from connectors._http import Http
from connectors._public_thread import PublicThread

PUBLIC_VIEW = "https://public.api.bsky.app"
"""Source: https://docs.bsky.app/docs/advanced-guides/api-directory"""

DEPTH = 400
"""Levels of answers asked for: each takes two of JSON, and readers of JSON give up at a thousand."""

_PAGE = re.compile(r"https?://[^/?#]+/profile/([^/?#]+)/post/([a-zA-Z0-9._:~-]+)(?:/[a-z-]*)?(?:[?#].*)?")
_ADDRESS = re.compile(
    rf"(?:https?://[^?#]+/)?(?:at://|embed/)([^/?#]+)/{re.escape(POST)}/([a-zA-Z0-9._:~-]+)/?(?:[?#].*)?"
)
"""The address of a record, by itself or on a page that shows records; and where other sites embed posts from."""
_MEMBERS_ONLY = "!no-unauthenticated"
"""The label by which an author asks not to be shown to people without an account (Settings > Privacy)."""


def is_bluesky(url: str) -> bool:
    """Whether an address has the form of a post's: of bsky.app, another client of the network, an embedded post, at://."""
    return (_PAGE.fullmatch(url) or _ADDRESS.fullmatch(url)) is not None


async def read_bluesky(url: str, http: Http, server: str = "") -> PublicThread:
    """Read the whole thread that a post belongs to.

    Raises:
        RejectedError: the post is gone, or its author shows it to members only.
    """
    view = _View(http, server.rstrip("/") or PUBLIC_VIEW)
    found = _PAGE.fullmatch(url) or _ADDRESS.fullmatch(url)
    assert found is not None
    who = unquote(found[1]).removeprefix("@")
    did = who if who.startswith("did:") else await view.did_of(who)
    asked = f"at://{did}/{POST}/{found[2]}"
    node = await view.thread(asked)
    root = root_of(table(table(node.get("post")).get("record"))) or asked
    if root != asked:
        node = await view.thread(root)
    return _thread(node, url)


class _View:
    """The network as anybody sees it."""

    def __init__(self, http: Http, base: str) -> None:
        self._http = http
        self._base = base

    async def did_of(self, handle: str) -> str:
        found = await self._ask("com.atproto.identity.resolveHandle", [("handle", handle)])
        return text(found.get("did"))

    async def thread(self, uri: str) -> Fields:
        if post_uri(uri) is None:
            raise RejectedError("this address names no post", status=404)
        params = [("uri", uri), ("depth", str(DEPTH)), ("parentHeight", "0")]
        node = table((await self._ask("app.bsky.feed.getPostThread", params)).get("thread"))
        if not table(node.get("post")):
            raise RejectedError("the post is gone, or its author blocks who asks", status=404)
        return node

    async def _ask(self, name: str, params: list[tuple[str, str]]) -> Fields:
        answer = await self._http.request(
            "GET", f"{self._base}/xrpc/{name}", params=params, judge=_nothing_there, urgent=True
        )
        return answer.json(dict)


def _nothing_there(answer: Answer, method: str) -> None:
    """Tell what is not there from what was asked wrongly: both are 400."""
    del method
    if answer.status != 400:
        return
    try:
        said = table(parse_json(answer.body))
    except ValueError:
        return
    if text(said.get("error")) == "NotFound" or "resolve handle" in text(said.get("message")).lower():
        raise RejectedError("nothing is there", status=404)


def _thread(node: Fields, url: str) -> PublicThread:
    view = table(node.get("post"))
    post, author = post_of(view), author_of(table(view.get("author")))
    if post is None or _hides(view):
        raise RejectedError(f"{url}: the author shows it to members only", status=403)
    views = {text(each.get("uri")): each for each in thread_views(node) if text(each.get("uri")) != post.native_id}
    shown = [each for each in views.values() if not _hides(each)]
    comments = [each for row in shown if (each := comment_of(row, own_id=author.native_id)) is not None]
    comments.sort(key=lambda comment: comment.created_at)
    missing = _unshown(node) + len(views) - len(shown)
    return PublicThread(platform="bluesky", post=post, author=author, comments=tuple(comments), missing=missing)


def _hides(view: Fields) -> bool:
    labels = rows(table(view.get("author")).get("labels"))
    return any(text(label.get("val")) == _MEMBERS_ONLY for label in labels)


def _unshown(node: Fields) -> int:
    """Count the answers that posts say they have and that are not below them: gone, blocked, or too deep."""
    missing, waiting = 0, [node]
    while waiting:
        here = waiting.pop()
        below = [each for each in rows(here.get("replies")) if table(each.get("post"))]
        missing += max(0, count(table(here.get("post")).get("replyCount")) - len(below))
        waiting += below
    return missing
