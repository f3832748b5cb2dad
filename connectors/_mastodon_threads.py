"""Which conversation a status belongs to: Mastodon never says, so its ancestors are asked for, once, and remembered."""

from collections import OrderedDict
from typing import TypeVar

from connectors._fields import Fields, rows, text
from connectors._mastodon_api import Api, part
from connectors._mastodon_entities import post_of
from connectors._model import Post

V = TypeVar("V")

REMEMBERED = 20_000
"""Entries kept of each kind; a storm's worth."""


class Conversations:
    """The roots of statuses and the posts that are roots, as far as they were seen."""

    def __init__(self, api: Api) -> None:
        """Ask through `api` for what is not known."""
        self._api = api
        self._roots: OrderedDict[str, str] = OrderedDict()
        self._posts: OrderedDict[str, Post] = OrderedDict()

    async def root_of(self, status: Fields) -> str:
        """Return the id of the status that opened the conversation; "" where it stands alone or the chain is broken.

        A whole flood under one post costs one request: everything on a known chain is known.
        """
        native_id, parent = text(status.get("id")), text(status.get("in_reply_to_id"))
        if not parent:
            return ""
        if parent not in self._roots:
            context = await self._api.get(f"/api/v1/statuses/{part(native_id)}/context")
            self.learn(rows(context.get("ancestors")))
        root = self._roots.get(parent, "")
        if root:
            remember(self._roots, native_id, root)
        return root

    def learn(self, ancestors: list[Fields]) -> str:
        """Take in a chain of ancestors, root first; return the root's id, or ""."""
        if not ancestors:
            return ""
        root = text(ancestors[0].get("id"))
        for status in ancestors:
            remember(self._roots, text(status.get("id")), root)
        remember(self._posts, root, post_of(ancestors[0]))
        return root

    def post(self, native_id: str) -> Post | None:
        """Return a root that was seen."""
        return self._posts.get(native_id)


def remember(where: OrderedDict[str, V], key: str, value: V) -> None:
    """Put a value into a memory that forgets its oldest."""
    where[key] = value
    where.move_to_end(key)
    if len(where) > REMEMBERED:
        where.popitem(last=False)
