"""Catching up with mentions: forwards from a cursor, without gaps, and without trusting that they appear in order."""

from datetime import UTC, datetime, timedelta

import msgspec
from msgspec import structs

from connectors._fields import Fields, moment, table, text
from connectors._mastodon_api import Api
from connectors._mastodon_entities import order
from connectors._model import Cursor

PAGE = 80
"""Notifications asked for at a time; Mastodon's largest page."""
PAGES = 5
"""Pages read in one poll before what is there is handed over."""
SHORT_PAGE = 15
"""A page with fewer is the last for now: no server's page is this small. A wrong guess costs one poll, no comment."""
FIRST_PAGES = 50
"""Pages read at once after a visit that found nothing: two thousand mentions between two looks are a storm of their own."""
SETTLE = timedelta(seconds=30)
"""Notifications may still appear before ones as young as this: the next poll looks behind them again."""

LOOK_BEHIND_EVERY = 30.0
"""Seconds between two such looks where that takes pages: in a storm, when a stream calls for many polls."""
MOST_SEEN = 2000
"""Ids of unsettled notifications kept; of a storm that is larger still the cursor moves on at once."""


class Resume(msgspec.Struct, frozen=True):
    """The cursor.

    Attributes:
        min_id: everything up to here was delivered and nothing more will appear there; "" before the first mention.
        seen: delivered too, but so young that others may still appear between them.
        begun: whether there was a visit before: what comes after one that found nothing is all new.
        looked_behind: when what is `seen` was last read together with what may have appeared between, seconds since the
            epoch; 0 where nothing is.
    """

    min_id: str = ""
    seen: tuple[str, ...] = ()
    begun: bool = False
    looked_behind: float = 0.0


class Mentions(msgspec.Struct, frozen=True):
    """What one poll found.

    Attributes:
        notes: new notifications, oldest first, and those of late whose status was edited.
        cursor: where the next poll goes on.
        complete: False when more waits behind them.
    """

    notes: list[Fields]
    cursor: Cursor
    complete: bool


async def catch_up(api: Api, cursor: Cursor | None, now: float) -> Mentions:
    """Read the mentions since `cursor`, or the latest page of them on a first visit.

    Args:
        api: the account.
        cursor: from the last visit.
        now: seconds since the epoch.
    """
    resume = _resume(cursor)
    if len(resume.seen) >= PAGES * SHORT_PAGE and now < resume.looked_behind + LOOK_BEHIND_EVERY:
        return await _onwards(api, resume)
    if resume.min_id:
        notes, complete = await _upwards(api, resume.min_id)
    elif resume.begun:
        notes, complete = await _from_the_first(api), True
    else:
        notes, complete = (await _page(api, ""))[::-1], True
    seen = set(resume.seen)
    times = [at for note in notes if (at := moment(note.get("created_at"))) is not None]
    # the server's clock may be ahead of ours: then what it told last says what time it is there
    settled_before = max([datetime.fromtimestamp(now, UTC), *times]) - SETTLE
    following = _advance(resume, notes, settled_before, now)
    new = [n for n in notes if n.get("type") == "mention" and (_id(n) not in seen or _is_edited(n))]
    return Mentions(new, msgspec.json.encode(following).decode(), complete)


async def _onwards(api: Api, resume: Resume) -> Mentions:
    """Read what came behind all that was seen, and leave the look between it to a later poll."""
    notes, complete = await _upwards(api, max(resume.seen, key=order))
    following = _bounded(structs.replace(resume, seen=(*resume.seen, *map(_id, notes))))
    mentions = [note for note in notes if note.get("type") == "mention"]
    return Mentions(mentions, msgspec.json.encode(following).decode(), complete)


def _resume(cursor: Cursor | None) -> Resume:
    if not cursor:
        return Resume()
    try:
        return msgspec.json.decode(cursor, type=Resume)
    except msgspec.DecodeError:  # of another version of this connector: begin anew, delivering twice does no harm
        return Resume()


async def _upwards(api: Api, min_id: str) -> tuple[list[Fields], bool]:
    """Read pages upwards; oldest first, and whether the end was reached."""
    found: list[Fields] = []
    for _ in range(PAGES):
        # a server that knows no min_id gives the latest again and again: what is new among them is still new
        page = [note for note in await _page(api, min_id) if order(_id(note)) > order(min_id)]
        found.extend(reversed(page))
        if len(page) < SHORT_PAGE:
            return found, True
        min_id = _id(page[0])
    return found, False


async def _from_the_first(api: Api) -> list[Fields]:
    """Read every mention there is, oldest first: no id is known yet from which one could read upwards."""
    found: list[Fields] = []
    max_id = ""
    for _ in range(FIRST_PAGES):
        page = [note for note in await _page(api, "", max_id) if not max_id or order(_id(note)) < order(max_id)]
        found.extend(page)
        if len(page) < SHORT_PAGE:
            break
        max_id = _id(page[-1])
    return found[::-1]


async def _page(api: Api, min_id: str, max_id: str = "") -> list[Fields]:
    """Read one page, newest first; strangers whom the server's policy would file away are what we look for."""
    params = [("types[]", "mention"), ("include_filtered", "true"), ("limit", str(PAGE))]
    if min_id:
        params.append(("min_id", min_id))
    if max_id:
        params.append(("max_id", max_id))
    page = [note for note in await api.list("/api/v1/notifications", params) if _id(note)]
    return sorted(page, key=lambda note: order(_id(note)), reverse=True)


def _advance(resume: Resume, notes: list[Fields], settled_before: datetime, now: float) -> Resume:
    """Move the cursor over what has settled and keep the rest in mind."""
    if not notes:
        return Resume(resume.min_id, resume.seen, begun=True, looked_behind=resume.looked_behind)
    min_id = resume.min_id
    fresh: list[str] = []
    for note in notes:
        at = moment(note.get("created_at"))
        if not fresh and (at is None or at < settled_before):
            min_id = _id(note)
        else:
            fresh.append(_id(note))
    if not min_id:  # the first mention ever, just now
        min_id, *fresh = fresh
    seen = (*fresh, *(native_id for native_id in resume.seen if order(native_id) > order(_id(notes[-1]))))
    return _bounded(Resume(min_id, seen, begun=True, looked_behind=now if seen else 0.0))


def _bounded(resume: Resume) -> Resume:
    return resume if len(resume.seen) <= MOST_SEEN else Resume(max(resume.seen, key=order), begun=True)


def _is_edited(note: Fields) -> bool:
    """Whether what it tells of was edited: then it is delivered again, and is news or is not."""
    return bool(text(table(note.get("status")).get("edited_at")))


def _id(note: Fields) -> str:
    return text(note.get("id"))
