"""The posts that comments stand under: pages and types of the house's own as well, asked for once and remembered."""

import logging
from collections.abc import Iterable

from connectors._errors import AuthenticationError, ConnectorError
from connectors._fields import Fields
from connectors._model import Post
from connectors._wordpress_api import Api
from connectors._wordpress_entities import FIELDS, POST_FIELDS, id_of, post_by_comment, post_of, route_of

log = logging.getLogger(__name__)

REMEMBERED = 2000
"""Posts kept in memory; a site's whole season."""
AT_ONCE = 100
"""Posts asked for at a time; WordPress's largest page."""


class Posts:
    """What is known of a site's posts."""

    def __init__(self, api: Api) -> None:
        """Ask through `api` for what is not known."""
        self._api = api
        self._known: dict[str, Post] = {}
        self._routes: dict[str, str] = {}

    async def under(self, comments: Iterable[Fields]) -> tuple[Post, ...]:
        """Return the posts under which `comments` stand; of one that cannot be read, its address alone."""
        posts = {post_id: row for row in comments if (post_id := id_of(row.get("post")))}
        if len(self._known) > REMEMBERED:
            self._known.clear()
            self._routes.clear()
        self._routes |= {post_id: route for post_id, row in posts.items() if (route := route_of(row))}
        missing = [post_id for post_id in posts if post_id not in self._known]
        for route in dict.fromkeys(self._routes[post_id] for post_id in missing if post_id in self._routes):
            await self._learn(route, [post_id for post_id in missing if self._routes.get(post_id) == route])
        return tuple(self._known.get(post_id) or post_by_comment(row) for post_id, row in posts.items())

    async def _learn(self, route: str, post_ids: list[str]) -> None:
        for start in range(0, len(post_ids), AT_ONCE):
            some = ",".join(post_ids[start : start + AT_ONCE])
            params = [("include", some), ("per_page", str(AT_ONCE)), ("status", "any"), ("_fields", POST_FIELDS)]
            try:
                page = await self._api.page(route, params)
            except AuthenticationError:
                raise
            except ConnectorError as error:  # the comments matter more than the title of what they stand under
                log.info("no titles from %s: %s", route, error.message)
                return
            self._known |= {post.native_id: post for row in page.rows if (post := post_of(row)).native_id}

    async def path_of(self, post_id: str) -> str:
        """Return the path of a post that is about to be changed."""
        if post_id not in self._routes:
            params = [("context", "edit"), ("status", "any"), ("post", post_id), ("per_page", "1"), ("_fields", FIELDS)]
            found = await self._api.look("comments", params)
            self._routes[post_id] = next(filter(None, map(route_of, found)), "posts")
        return f"{self._routes[post_id]}/{post_id}"
