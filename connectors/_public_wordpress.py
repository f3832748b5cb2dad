"""A public thread of a WordPress site: its own page says where its comments are kept, and anybody may read those."""

import re
from html import unescape
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from connectors._answer import Answer
from connectors._errors import ProtocolError, RejectedError
from connectors._fields import Fields, count, rows
from connectors._http import Http
from connectors._model import Author, Comment
from connectors._public_thread import PublicThread
from connectors._text import one_line
from connectors._wordpress_entities import FIELDS, comment_of, id_of, post_of

PAGE = 100
MOST_PAGES = 20
"""Comments read at most: 2,000, the newest."""

_LINKED = re.compile(r"<([^<>]{1,2000})>([^<>]{0,500})")
_TAGGED = re.compile(r"<link\b([^<>]{0,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\b([a-z]{1,20})\s{0,9}=\s{0,9}(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_ROUTE = re.compile(r"/wp/v2/(?!comments/)([a-z0-9_-]+)/(\d+)/?")
_BODY = re.compile(r"<body\b[^<>]{0,2000}\b(post|page)-?id-(\d{1,19})\b", re.IGNORECASE)
"""Of a post and a page: themes write it as the body's class."""
_API = "https://api.w.org/"
"""How a site says where its interface is. Source: https://developer.wordpress.org/rest-api/using-the-rest-api/discovery/"""
_HEAD = 300_000
"""Bytes of a page in which its links are looked for; they stand in its head."""


def is_wordpress(page: Answer) -> bool:
    """Whether a page is that of a WordPress post, or of anything of its kind that takes comments."""
    return _post_api(page) is not None


async def read_wordpress(page: Answer, http: Http) -> PublicThread:
    """Read the comments that stand under a page of a WordPress site.

    Raises:
        RejectedError: the site keeps its comments from strangers.
    """
    where = _post_api(page)
    assert where is not None
    api = _Api(http, where)
    row = await api.post()
    post, own_id = post_of(row), id_of(row.get("author"))
    comments, missing = await _comments(api, post.native_id, own_id)
    writer = next((each.author for each in comments if each.author.is_self), None)
    site = one_line(urlsplit(page.url).netloc)
    author = writer or Author(native_id=own_id or site, handle=site, name=site)
    return PublicThread(platform="wordpress", post=post, author=author, comments=tuple(comments), missing=missing)


async def _comments(api: "_Api", post: str, own_id: str) -> tuple[list[Comment], int]:
    """Read the latest pages of comments; returns them oldest first, and how many there are beyond."""
    found: dict[str, Comment] = {}
    total = 0
    for number in range(1, MOST_PAGES + 1):
        page, told = await api.comments(post, number)
        total = max(total, told)
        before = len(found)
        found |= {each.native_id: each for row in page if (each := comment_of(row, own_id)) is not None}
        if len(page) < PAGE or len(found) == before:
            break
    ordered = sorted(found.values(), key=lambda comment: (comment.created_at, int(comment.native_id)))
    return ordered, max(0, total - len(found))


class _Api:
    """A site's interface, at the place where its page says it is."""

    def __init__(self, http: Http, post_url: str) -> None:
        self._http = http
        self._post_url = post_url

    async def post(self) -> Fields:
        row = (await self._ask(self._post_url, [])).json(dict)
        if not id_of(row.get("id")):
            raise ProtocolError(f"{urlsplit(self._post_url).netloc} tells nothing of this post")
        return row

    async def comments(self, post: str, number: int) -> tuple[list[Fields], int]:
        """Return a page of comments, newest first, and how many there are in all."""
        params = [
            ("post", post),
            ("per_page", str(PAGE)),
            ("page", str(number)),
            ("order", "desc"),
            ("_fields", FIELDS),
        ]
        try:
            answer = await self._ask(_route(self._post_url, "/wp/v2/comments"), params)
        except RejectedError as error:
            if number > 1 and error.status == 400:  # a page past the end, where one was deleted meanwhile
                return [], 0
            raise
        return rows(answer.json(list)), count(answer.headers.get("x-wp-total"))

    async def _ask(self, url: str, params: list[tuple[str, str]]) -> Answer:
        kept = [*parse_qsl(urlsplit(url).query), *params]
        return await self._http.request("GET", url.partition("?")[0], params=kept, urgent=True)


def _post_api(page: Answer) -> str | None:
    """Return where the interface shows the post that a page is about, as its headers or its head tell; else None."""
    if _ROUTE.search(urlsplit(page.url).path):  # the interface's own address of it
        return page.url
    links = [(urljoin(page.url, unescape(target)), told) for target, told in _links(page)]
    for url, told in links:
        if told.get("rel") == "alternate" and "json" in told.get("type", "") and _ROUTE.search(_path_of(url)):
            return _asked(url)
    return _older(page, links)


def _older(page: Answer, links: list[tuple[str, dict[str, str]]]) -> str | None:
    """Put together what a site of WordPress before 5.5 tells: where its interface is, and the number of its post."""
    root = next((url for url, told in links if told.get("rel") == _API), "")
    short = next((dict(parse_qsl(urlsplit(url).query)) for url, told in links if told.get("rel") == "shortlink"), {})
    body = _BODY.search(page.body.decode("utf-8", "replace"))
    kind, number = body.groups() if body else ("page" if "page_id" in short else "post", short.get("p", ""))
    number = number or short.get("page_id", "")
    if not root or not number.isdecimal():
        return None
    return _asked(f"{root.rstrip('/')}/wp/v2/{kind.lower()}s/{number}")


def _asked(url: str) -> str | None:
    return url if urlsplit(url).scheme in {"http", "https"} else None


def _links(page: Answer) -> list[tuple[str, dict[str, str]]]:
    return [*_linked(page.headers.get("link", "")), *_tagged(page.body[:_HEAD].decode("utf-8", "replace"))]


def _linked(header: str) -> list[tuple[str, dict[str, str]]]:
    return [
        (target, {name.lower(): a or b for name, a, b in _ATTRIBUTE.findall(told)})
        for target, told in _LINKED.findall(header[:20_000])
    ]


def _tagged(page: str) -> list[tuple[str, dict[str, str]]]:
    tags = ({name.lower(): a or b for name, a, b in _ATTRIBUTE.findall(tag)} for tag in _TAGGED.findall(page))
    return [(tag["href"], tag) for tag in tags if "href" in tag]


def _path_of(url: str) -> str:
    """Return the route an address means, for sites with pretty addresses or without."""
    parts = urlsplit(url)
    return dict(parse_qsl(parts.query)).get("rest_route", parts.path)


def _route(post_url: str, path: str) -> str:
    """Return where the same interface has another path."""
    parts = urlsplit(post_url)
    query = dict(parse_qsl(parts.query))
    if "rest_route" in query:
        return urlunsplit(parts._replace(query=urlencode({"rest_route": path})))
    return urlunsplit(parts._replace(path=parts.path[: parts.path.index("/wp/v2/")] + path, query=""))
