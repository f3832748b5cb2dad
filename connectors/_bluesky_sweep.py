"""Sweeping the threads of our own recent posts: replies that were never notified, or were dated back, are found here."""

import logging
from array import array
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from connectors._bluesky_api import Api, Pairs
from connectors._bluesky_entities import thread_views, written_at
from connectors._bluesky_hidden import Hidden
from connectors._bluesky_ids import post_uri
from connectors._bluesky_inbox import seen_at
from connectors._bluesky_older import PLENTY, Older
from connectors._bluesky_thread import posts_of
from connectors._errors import AuthenticationError, ConnectorError, RateLimitedError
from connectors._fields import Fields, rows, table, text
from connectors._model import Comment
from connectors._remembered import Remembered

log = logging.getLogger(__name__)

RECENT = timedelta(days=3)
"""How long a post of ours is swept; under older ones notifications tell, and now and then a look (`Older`)."""
POSTS = 20
"""Our posts swept in turn, at most."""
AT_ONCE = 2
"""Threads read in one poll."""
REST = 60.0
"""Seconds between two looks at a thread of `LARGE` posts; smaller ones are looked at sooner in proportion."""
LARGE = 5000
"""Posts of a thread from which it is a large one: reading it takes a tenth of a second and megabytes."""
LIST_EVERY = 120.0
"""Seconds between two looks for new posts of ours."""
REMEMBERED = 20_000
"""Delivered replies kept in mind; a storm's worth. What is forgotten is delivered again, which does no harm."""


class Sweep:
    """Our recent threads, taken in turn.

    What a poll finds counts as delivered only once the next poll shows that its cursor was kept.
    """

    def __init__(self, api: Api, hidden: Hidden) -> None:
        """Read through `api`, and tell `hidden` what our posts hide."""
        self._api = api
        self._hidden = hidden
        self._turn: list[str] = []
        self._listed_at = float("-inf")
        self._rests: dict[str, float] = {}
        self._delivered = Remembered(array("q", bytes(8 * REMEMBERED)))  # the hashed state of each
        self._handed: tuple[int, dict[str, str]] = (0, {})
        self._older = Older(api)
        self._since: float | None = None

    def kept(self, turn: int) -> None:
        """Hear which turn's cursor came back: if it is that of the last batch, what was in it is delivered."""
        handed_in, states = self._handed
        if turn == handed_in:
            for uri, state in states.items():
                self._delivered.put(uri, hash(state))
        self._handed = (0, {})

    def handed(self, turn: int, comments: Sequence[Comment]) -> None:
        """Hear what is about to be delivered, and with which turn."""
        self._handed = (turn, {each.native_id: f"{each.version}{each.moderation}" for each in comments})

    async def look(self, now: float, *, since: float, budget: float) -> list[Fields]:
        """Read the next threads in turn and return the posts of others that were not delivered as they are now.

        Args:
            now: seconds since the epoch.
            since: what the network saw before is left alone under older posts; the first time counts until a restart.
            budget: the share of requests that is left, 0 to 1.

        Raises:
            AuthenticationError: and RateLimitedError; other failures cost one thread one turn.
        """
        found: dict[str, Fields] = {}
        try:
            await self._list(now)
        except (AuthenticationError, RateLimitedError):
            raise
        except ConnectorError as error:
            log.info("our own posts cannot be listed: %s", error.message)
        rested = [root for root in self._turn if self._rests.get(root, now) <= now]
        for root in rested[:AT_ONCE]:
            self._turn.remove(root)
            self._turn.append(root)
            found |= {text(view.get("uri")): view for view in await self._thread(root, now)}
        self._since = since if self._since is None else self._since
        if budget >= PLENTY:
            found |= {text(view.get("uri")): view for view in await self._old(now) if seen_at(view) >= self._since}
        return list(found.values())

    async def _old(self, now: float) -> list[Fields]:
        """Read the thread of an older post, if one is due."""
        try:
            root = await self._older.turn(now, datetime.fromtimestamp(now, UTC) - RECENT)
        except (AuthenticationError, RateLimitedError):
            raise
        except ConnectorError as error:
            log.info("our older posts cannot be listed: %s", error.message)
            return []
        return await self._thread(root, now) if root else []

    def _state(self, view: Fields) -> str:
        """Return what changes when a post is edited, hidden or shown again; as `handed` keeps it."""
        return f"{text(view.get('cid'))}{'hidden' if self._hidden.is_hidden(view) else ''}"

    async def _list(self, now: float) -> None:
        if now < self._listed_at + LIST_EVERY:
            return
        me = await self._api.did()
        params = [("actor", me), ("filter", "posts_no_replies"), ("limit", "50")]
        feed = await self._api.query("app.bsky.feed.getAuthorFeed", params)
        since = datetime.fromtimestamp(now, UTC) - RECENT
        posts = [table(each.get("post")) for each in rows(feed.get("feed")) if not each.get("reason")]
        own = [post for post in posts if text(table(post.get("author")).get("did")) == me]
        recent = [text(post.get("uri")) for post in own if written_at(post) >= since][:POSTS]
        new = [uri for uri in recent if uri not in self._turn]
        self._turn = new + [uri for uri in self._turn if uri in recent]
        self._rests = {uri: at for uri, at in self._rests.items() if uri in recent}
        self._listed_at = now

    async def _thread(self, root: str, now: float) -> list[Fields]:
        """Return what is news in a thread; the larger it is the longer it rests afterwards."""
        size, news, me = 0, list[Fields](), await self._api.did()
        try:
            said = await self._api.asked("app.bsky.feed.getPostThread", _around(root, depth=100, height=0))
            for view in posts_of(said):
                size += 1
                if text(view.get("uri")) == root:
                    self._hidden.saw(view)
                elif _concerns_us(view, me) and self._is_news(view):
                    news.append(view)
        except (AuthenticationError, RateLimitedError):
            raise
        except ConnectorError as error:
            log.info("the thread of %s cannot be read: %s", root, error.message)
        self._rests[root] = now + int(REST * min(size / LARGE, 1.0))  # whole seconds: a small thread does not rest
        return news

    def _is_news(self, view: Fields) -> bool:
        return self._delivered.get(text(view.get("uri"))) != hash(self._state(view))


async def thread_of(api: Api, uri: str, *, depth: int, height: int) -> list[Fields]:
    """Read the posts around one, in no order; posts that are gone or blocked are left out.

    Args:
        api: the account.
        uri: the post.
        depth: levels of answers below it.
        height: levels above it.
    """
    said = await api.query("app.bsky.feed.getPostThread", _around(uri, depth=depth, height=height))
    return list(thread_views(table(said.get("thread"))))


def _around(uri: str, *, depth: int, height: int) -> Pairs:
    return [("uri", uri), ("depth", str(depth)), ("parentHeight", str(height))]


def _concerns_us(view: Fields, me: str) -> bool:
    """Whether it is a stranger's post; whom we muted is not heard here either."""
    author = table(view.get("author"))
    muted = table(author.get("viewer")).get("muted") is True
    return post_uri(text(view.get("uri"))) is not None and text(author.get("did")) != me and not muted
