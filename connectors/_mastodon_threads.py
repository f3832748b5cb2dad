"""Which conversation a status belongs to: Mastodon never says, so its ancestors are asked for, once, and remembered."""

from collections import OrderedDict

from connectors._fields import Fields, rows, text
from connectors._mastodon_api import Api, part
from connectors._mastodon_entities import post_of
from connectors._model import Post
from connectors._remembered import Remembered

REMEMBERED = 20_000
"""Statuses whose conversation is kept in mind; a storm's worth. A root that is forgotten costs one request."""
POSTS = 2000
"""Posts kept in mind: one is handed over with the poll that hears of it first, and again where that could not be kept."""


class Conversations:
    """The roots of statuses and the posts that are roots, as far as they were seen."""

    def __init__(self, api: Api) -> None:
        """Ask through `api` for what is not known."""
        self._api = api
        self._roots: Remembered[str] = Remembered([""] * REMEMBERED)
        self._posts: OrderedDict[str, Post] = OrderedDict()

    async def root_of(self, status: Fields) -> str:
        """Return the id of the status that opened the conversation; "" where it stands alone or the chain is broken.

        A whole flood under one post costs one request: everything on a known chain is known.
        """
        native_id, parent = text(status.get("id")), text(status.get("in_reply_to_id"))
        if not parent:
            return ""
        if self._roots.get(parent) is None:
            context = await self._api.get(f"/api/v1/statuses/{part(native_id)}/context")
            self.learn(rows(context.get("ancestors")))
        root = self._roots.get(parent) or ""
        if root:
            self._place(native_id, root)
        return root

    def learn(self, ancestors: list[Fields]) -> str:
        """Take in a chain of ancestors, root first; return the root's id, or ""."""
        if not ancestors:
            return ""
        root = text(ancestors[0].get("id"))
        for status in ancestors:
            self._place(text(status.get("id")), root)
        self._posts[root] = post_of(ancestors[0])
        self._posts.move_to_end(root)
        while len(self._posts) > POSTS:
            self._posts.popitem(last=False)
        return root

    def _place(self, native_id: str, root: str) -> None:
        if self._roots.get(native_id) != root:
            self._roots.put(native_id, root)

    def post(self, native_id: str) -> Post | None:
        """Return a root that was seen."""
        return self._posts.get(native_id)
