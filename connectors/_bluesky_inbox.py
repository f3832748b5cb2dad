"""Catching up with notifications: newest first only, sorted by a time that authors choose, so what is known is kept."""

from base64 import urlsafe_b64encode
from collections.abc import Iterable
from datetime import timedelta
from hashlib import blake2b

import msgspec

from connectors._bluesky_api import Api
from connectors._errors import ProtocolError
from connectors._fields import Fields, moment, rows, text
from connectors._model import Cursor

PAGE = 100
"""Notifications asked for at a time, the most; pages lose items that share a time, and large pages have few seams."""
PAGES = 5
"""Pages read in one poll before what is there is handed over."""
KNOWN = 1000
"""Notifications remembered in the cursor, latest first; what is older is found by its place behind them."""
LOOKED_EVERY = 1800.0
"""Seconds for which a cursor stays the same while nothing comes; every other one is written down."""
REASONS = ("reply", "mention", "quote")
MARGIN = 3600.0
"""Seconds before the last look up to which pages without anything for us are turned."""
LONGEST_WALK = 2000
"""Pages of one catching up, two hundred thousand notifications; a server that never ends is left there."""
_MARK = 8


class Resume(msgspec.Struct, frozen=True):
    """The cursor.

    Attributes:
        known: eight letters for each notification that was delivered, latest first.
        floor: what the network saw before this moment (seconds since the epoch) was there before our first visit.
        walk: the server's own cursor, where an unfinished catching up goes on; "" when it is finished.
        walked: polls that this catching up took so far.
        looked_at: when the last finished catching up began, seconds since the epoch.
        turn: grows with every batch that brings something, so that each such cursor is a new one.
    """

    known: str = ""
    floor: float = 0.0
    walk: str = ""
    walked: int = 0
    looked_at: float = 0.0
    turn: int = 0

    @property
    def marks(self) -> list[str]:
        """What is known, one mark each."""
        return [self.known[at : at + _MARK] for at in range(0, len(self.known), _MARK)]


class News(msgspec.Struct, frozen=True):
    """What one look found.

    Attributes:
        notes: new notifications, newest first.
        resume: where the next look goes on.
        complete: False when more waits behind them.
    """

    notes: list[Fields]
    resume: Resume
    complete: bool


def resume_of(cursor: Cursor | None) -> Resume | None:
    """Read a cursor; None on a first visit, or where another version of this connector wrote it."""
    if not cursor:
        return None
    try:
        return msgspec.json.decode(cursor, type=Resume)
    except msgspec.MsgspecError:
        return None


def cursor_of(resume: Resume) -> Cursor:
    """Write a cursor."""
    return msgspec.json.encode(resume).decode()


async def catch_up(api: Api, resume: Resume | None, now: float, *, deep: bool) -> News:
    """Read what is new, page by page backwards until a whole page is known.

    Args:
        api: the account.
        resume: from the last visit; None takes the latest page only.
        now: seconds since the epoch.
        deep: go on through all `PAGES`, in search of replies whose authors dated them back.
    """
    if resume is None:
        return await _first_look(api, now)
    known, found, at, complete = set(resume.marks), dict[str, Fields](), resume.walk, False
    for _ in range(PAGES):
        notes, following = await _page(api, at)
        new = {mark: note for note in notes if (mark := _mark(note)) not in known and seen_at(note) >= resume.floor}
        fresh = new.keys() - found.keys()
        found |= new
        complete = not following or (not new if notes else _is_behind(following, resume.looked_at - MARGIN))
        if not following or following == at or (complete and (resume.walk or not deep)):
            break
        at = _overlapping(following) if fresh else following
    return News(_wanted(found.values()), *_advance(resume, list(found), now, "" if complete else at))


def _advance(resume: Resume, found: list[str], now: float, walk: str) -> tuple[Resume, bool]:
    """Return where the next look goes on, and whether this one is finished."""
    if resume.walked * PAGES >= LONGEST_WALK:
        walk = ""
    looked = not resume.walk and (found or now >= resume.looked_at + LOOKED_EVERY)
    after = msgspec.structs.replace(
        resume,
        known=_joined([*resume.marks, *found] if resume.walk else [*found, *resume.marks]),
        walk=walk,
        walked=resume.walked + 1 if walk else 0,
        looked_at=now if looked else resume.looked_at,
    )
    return after, not walk


async def _first_look(api: Api, now: float) -> News:
    """Take the latest page; what lies behind it was there before us."""
    notes, following = await _page(api, "")
    floor = min(map(seen_at, notes), default=0.0) if following else 0.0
    resume = Resume(known=_joined(map(_mark, notes)), floor=floor, looked_at=now)
    return News(_wanted(notes), resume, complete=True)


async def _page(api: Api, cursor: str) -> tuple[list[Fields], str]:
    """Read one page, newest first, and the cursor of the next."""
    page = await api.query("app.bsky.notification.listNotifications", _params(cursor))
    if not isinstance(page.get("notifications"), list):
        raise ProtocolError("the server was asked for notifications and answered without any")
    return [note for note in rows(page.get("notifications")) if text(note.get("uri"))], text(page.get("cursor"))


def _wanted(notes: Iterable[Fields]) -> list[Fields]:
    return [note for note in notes if note.get("reason") in REASONS]


def seen_at(note: Fields) -> float:
    """Return when the network saw it; the author has no say in that. What does not tell is taken for new."""
    at = moment(note.get("indexedAt"))
    return at.timestamp() if at is not None else float("inf")


def _params(cursor: str) -> list[tuple[str, str]]:
    """Ask for the three reasons; of everybody, for an account may have asked its app for those it follows only."""
    params = [("reasons", reason) for reason in REASONS]
    params += [("limit", str(PAGE)), ("priority", "false")]
    return [*params, ("cursor", cursor)] if cursor else params


def _is_behind(cursor: str, seconds: float) -> bool:
    """Whether a page of nothing for us leads to before that time; a cursor that tells no time leads nowhere."""
    at = moment(cursor)
    return at is None or at.timestamp() < seconds


def _overlapping(cursor: str) -> str:
    """Begin the next page a moment earlier where the cursor is a time: items that share it are else lost at the seam.

    Not after a page that brought nothing fresh: one full of a single time would else come for ever.
    """
    at = moment(cursor)
    if at is None:
        return cursor
    return (at + timedelta(milliseconds=1)).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _mark(note: Fields) -> str:
    digest = blake2b(text(note.get("uri")).encode("utf-8", "replace"), digest_size=6).digest()
    return urlsafe_b64encode(digest).decode()


def _joined(marks: Iterable[str]) -> str:
    return "".join(list(dict.fromkeys(marks))[:KNOWN])
