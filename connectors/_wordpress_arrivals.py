"""Catching up with comments: newest number first, so that neither a claimed date nor a deletion hides one."""

from collections.abc import Callable, Sequence

import msgspec
from msgspec import structs

from connectors._errors import ProtocolError
from connectors._fields import Fields, count
from connectors._model import Cursor
from connectors._wordpress_api import Api
from connectors._wordpress_entities import FIELDS

FIRST = 100
"""Comments taken on a first visit."""
NEWEST = 20
"""Comments asked for where little is new."""
PAGE = 100
"""Comments asked for at a time in a storm; WordPress's largest page."""
OVERLAP = 10
"""Comments asked for twice between two pages: where some are deleted for good meanwhile, the rest moves up."""
PAGES = 5
"""Pages read in one poll before what is there is handed over."""


class Walk(msgspec.Struct, frozen=True):
    """A way through the list that did not reach what is known yet.

    Attributes:
        offset: where it goes on.
        total: how long the list was.
        low: the lowest number it came to; what is not lower was looked at. 0 where it only begins.
        top: the newest number when it began.
        seen: what the next `Resume` will have seen.
    """

    offset: int = 0
    total: int = 0
    low: int = 0
    top: int = 0
    seen: tuple[int, ...] = ()


class Resume(msgspec.Struct, frozen=True):
    """The cursor.

    Attributes:
        top: everything up to this number was looked at.
        seen: the newest that were delivered; what shows up among them later (restored from the bin, or numbered before
            and stored after them) is new.
        walk: where a long way goes on.
        begun: whether there was a visit before: what comes after one that found nothing is all new.
        aside: the newest that lay in the bin, or elsewhere out of sight, at the last look there.
    """

    top: int = 0
    seen: tuple[int, ...] = ()
    walk: Walk | None = None
    begun: bool = False
    aside: tuple[int, ...] = ()


class Arrivals(msgspec.Struct, frozen=True):
    """What one poll found.

    Attributes:
        rows: new comments, in the order in which they arrived.
        known: comments that were read on the way and are not new.
        cursor: where the next poll goes on.
        complete: False when more waits behind them.
    """

    rows: list[Fields]
    known: list[Fields]
    cursor: Cursor
    complete: bool


async def catch_up(api: Api, cursor: Cursor | None, is_wanted: Callable[[Fields], bool]) -> Arrivals:
    """Read the comments since `cursor` whatever their status, or the latest page of them on a first visit.

    WordPress numbers comments as they arrive and lets their date be claimed (imports, plugins, editors), and it filters
    by the site's local time, which goes back once a year: only the number tells what is new.

    Args:
        api: the site.
        cursor: from the last visit.
        is_wanted: whether a comment's status is one to deliver.
    """
    resume = _resume(cursor)
    first = not resume.top and not resume.begun
    walk = resume.walk or Walk()
    found: dict[int, Fields] = {}
    passed: dict[int, Fields] = {}
    before: list[int] = []
    for _ in range(PAGES):
        size = FIRST if first else PAGE if walk.offset else NEWEST
        rows, is_last, walk = await _next(api, walk, size)
        numbers = [count(row.get("id")) for row in rows]
        if numbers and numbers == before and len(numbers) == size:
            raise ProtocolError("the site gives the same page of comments again and again", hint="a cache may do that")
        before = numbers
        wanted = {count(row.get("id")): row for row in rows if is_wanted(row)}
        found |= {n: row for n, row in wanted.items() if _is_new(n, resume) and not 0 < walk.low <= n}
        passed |= wanted
        if not walk.low:
            walk = structs.replace(walk, top=max(numbers, default=resume.top), seen=tuple(sorted(wanted)))
        walk = structs.replace(walk, low=min(numbers, default=walk.low))
        known = min(numbers, default=resume.top + 1) <= resume.top
        if first or known or is_last:
            return _arrivals(found, passed, Resume(walk.top, walk.seen, begun=True, aside=resume.aside), complete=True)
        walk = structs.replace(walk, offset=walk.offset + size - OVERLAP)
    return _arrivals(found, passed, structs.replace(resume, walk=walk, begun=True), complete=False)


def _is_new(number: int, resume: Resume) -> bool:
    oldest = min(resume.seen, default=resume.top)
    return number > resume.top or (number > oldest and number not in resume.seen)


async def _next(api: Api, walk: Walk, size: int) -> tuple[list[Fields], bool, Walk]:
    """Read the walk's next page, from further up where the list became shorter than the overlap covers.

    Returns:
        The comments, whether they are the list's last, and the walk as it is now.
    """
    while True:
        params = [("context", "edit"), ("status", "any"), ("orderby", "id"), ("order", "desc")]
        params += [("offset", str(walk.offset)), ("per_page", str(size)), ("_fields", FIELDS)]
        page = await api.page("comments", params)
        if page.total is None:  # a proxy keeps it to itself: only a short page tells the end, and the overlap must do
            return page.rows, len(page.rows) < size, walk
        gone, walk = walk.total - page.total, structs.replace(walk, total=page.total)
        if walk.offset == 0 or gone <= OVERLAP:
            return page.rows, walk.offset + size >= page.total, walk
        walk = structs.replace(walk, offset=max(0, walk.offset - gone))


async def come_back(
    api: Api, arrivals: Arrivals, aside: Sequence[str], is_wanted: Callable[[Fields], bool]
) -> Arrivals:
    """Add what was taken out of the bin since the last look there: it may be older than what `catch_up` reads.

    Args:
        api: the site.
        arrivals: what was found beside it.
        aside: the statuses that are not delivered.
        is_wanted: as for `catch_up`.
    """
    resume, lying = _resume(arrivals.cursor), set[int]()
    for status in aside:
        lying |= {count(row.get("id")) for row in await _newest(api, ("status", status)) if not is_wanted(row)}
    taken = [number for number in resume.aside if number not in lying]
    left, later = taken[:PAGE], taken[PAGE:]
    asked = await _newest(api, ("status", "any"), ("include", ",".join(map(str, left)))) if left else []
    here = {count(row.get("id")) for row in arrivals.rows}
    back = [row for row in asked if is_wanted(row) and count(row.get("id")) in set(left) - here]
    cursor = msgspec.json.encode(structs.replace(resume, aside=tuple(sorted(lying.union(later))))).decode()
    return structs.replace(arrivals, rows=[*arrivals.rows, *back], cursor=cursor)


async def _newest(api: Api, *which: tuple[str, str]) -> list[Fields]:
    params = [("context", "edit"), ("orderby", "id"), ("order", "desc"), ("per_page", str(PAGE))]
    return (await api.page("comments", [*params, ("_fields", FIELDS), *which])).rows


def _arrivals(found: dict[int, Fields], passed: dict[int, Fields], resume: Resume, *, complete: bool) -> Arrivals:
    rows = [found[number] for number in sorted(found) if number]
    known = [row for number, row in passed.items() if number not in found]
    return Arrivals(rows, known, msgspec.json.encode(resume).decode(), complete)


def _resume(cursor: Cursor | None) -> Resume:
    if not cursor:
        return Resume()
    try:
        return msgspec.json.decode(cursor, type=Resume)
    except msgspec.DecodeError:  # of another version of this connector: begin anew, delivering twice does no harm
        return Resume()
