"""The threads of our older posts, one at a time and slowly: replies that were dated back sink where no notification is read."""

from collections import OrderedDict
from datetime import UTC, datetime, timedelta

from msgspec import Struct

from connectors._bluesky_api import Api
from connectors._bluesky_entities import written_at
from connectors._fields import Fields, count, rows, table, text

POSTS = 300
"""Older posts whose threads are looked at, the latest ones."""
OLDEST = timedelta(days=365)
"""Age of a post from which nobody looks at its thread any more."""
PAGE = 100
"""Posts listed at a time, the most."""
LIST_EVERY = 900.0
"""Seconds between two ways through the list, of which each poll goes one page."""
LOOK_EVERY = 3600.0
"""Seconds between two looks at one thread, unless the number of its first-level replies tells of news."""
PLENTY = 0.5
"""Share of the budget that has to be left: this is what can wait."""


class Known(Struct):
    """One older post.

    Attributes:
        replies: how many the list told of.
        due: when its thread is looked at next, seconds since the epoch.
    """

    replies: int
    due: float


class Older:
    """Whose turn it is among our older posts; in memory only, for all of them have their turn after a start."""

    def __init__(self, api: Api) -> None:
        """Read through `api`; nothing is asked yet."""
        self._api = api
        self._posts: OrderedDict[str, Known] = OrderedDict()
        self._walk = ""
        self._walked: set[str] = set()
        self._listed_at = float("-inf")

    async def turn(self, now: float, before: datetime) -> str:
        """Return the post whose thread is to be read now, or "".

        Args:
            now: seconds since the epoch.
            before: what was written later is looked after elsewhere.

        Raises:
            ConnectorError: our posts cannot be listed.
        """
        if self._walk or now >= self._listed_at + LIST_EVERY:
            await self._list(now, before)
        due = min(self._posts, key=lambda uri: self._posts[uri].due, default="")
        if not due or self._posts[due].due > now:
            return ""
        self._posts[due].due = now + LOOK_EVERY
        return due

    async def _list(self, now: float, before: datetime) -> None:
        """Go one page on; behind the last one what was not met is forgotten, and the way is over."""
        me = await self._api.did()
        params = [("actor", me), ("filter", "posts_no_replies"), ("limit", str(PAGE))]
        params += [("cursor", self._walk)] if self._walk else []
        self._listed_at, came, self._walk = now, self._walk, ""
        self._walked = self._walked if came else set()
        feed = await self._api.query("app.bsky.feed.getAuthorFeed", params)
        oldest = datetime.fromtimestamp(now, UTC) - OLDEST
        found = [table(each.get("post")) for each in rows(feed.get("feed")) if not each.get("reason")]
        for post in found:
            if oldest <= written_at(post) < before and text(table(post.get("author")).get("did")) == me:
                self._meet(post, now)
        following = text(feed.get("cursor"))
        if following and following != came and found and len(self._walked) < POSTS:
            self._walk = following
            return
        for uri in self._posts.keys() - self._walked:
            del self._posts[uri]

    def _meet(self, post: Fields, now: float) -> None:
        uri, replies = text(post.get("uri")), count(post.get("replyCount"))
        known = self._posts.setdefault(uri, Known(replies, now))
        if known.replies != replies:
            known.replies, known.due = replies, min(known.due, now)
        self._walked.add(uri)
