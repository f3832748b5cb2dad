"""How far a look through one post's comments has come, and when it is done: the cursor of Facebook and Instagram."""

import msgspec

from connectors._model import Cursor

BEYOND = 10
"""Pages in a row read of what is known where the count says that more is new: an answer to an old comment, mostly."""
DOUBT = 2.0
"""Seconds before the counting from which on it is not certain that a comment was counted: Meta tells whole seconds."""
LONGEST_WALK = 4000
"""Pages of one post, two hundred thousand comments; a list that goes back in time and never ends is left there."""


class Known(msgspec.Struct, frozen=True, array_like=True):
    """A post as it stood when it was last looked through.

    Attributes:
        count: as `Standing.count`, and what was found that had come since; -1 for None.
        touched: as `Standing.touched`.
        at: when the newest known comment was written, seconds since the epoch.
    """

    count: int = -1
    touched: float = 0.0
    at: float = 0.0


class Way(msgspec.Struct, frozen=True):
    """A way through one post's comments, from the newest backwards.

    Attributes:
        post: the post's id.
        url: its address.
        aim: what is known of it once the way is done.
        counted_at: when its comments were counted, seconds since the epoch.
        floor: the way ends at comments older than this, or at a page of known ones, unless more are missing.
        missing: how many new comments the count promises beyond those found that were surely counted.
        late: how many were found that came after the counting, or about then.
        after: where it goes on.
        pages: how many were read.
        beyond: how many of them were wholly older than `floor`.
        reached: when the oldest comment so far was written, seconds since the epoch.
        still: how many pages in a row came no further back.
        known: how many pages in a row held nothing new.
        routine: whether nothing seems new; then the pages it may take.
    """

    post: str
    url: str
    aim: Known
    floor: float
    counted_at: float = 1e12
    missing: int = 0
    late: int = 0
    after: str = ""
    pages: int = 0
    beyond: int = 0
    reached: float = 1e12
    still: int = 0
    known: int = 0
    routine: int = 0


class Resume(msgspec.Struct, frozen=True):
    """The cursor.

    Attributes:
        since: comments older than this were there before our first visit, and are left alone.
        posts: what is known of each post.
        way: where an unfinished way goes on.
        turn: grows with every batch that brings something, so that each such cursor is a new one.
    """

    since: float
    posts: dict[str, Known] = {}
    way: Way | None = None
    turn: int = 0


def resume_of(cursor: Cursor | None) -> Resume | None:
    """Read a cursor; None on a first visit, or where another version of this connector wrote it."""
    if not cursor:
        return None
    try:
        return msgspec.json.decode(cursor, type=Resume)
    except msgspec.MsgspecError:
        return None


def is_done(way: Way, enough: int) -> bool:
    """Whether the rest of a way's comments is known, or too much to be worth it.

    Args:
        way: so far.
        enough: pages in a row without anything new that say that what follows is known.
    """
    if way.routine:
        return way.pages >= way.routine
    is_behind = way.beyond > 0 or way.known >= enough
    is_enough = way.pages >= LONGEST_WALK or max(way.beyond, way.known) > BEYOND
    return is_enough or (is_behind and way.missing <= way.late)


def counted(way: Way) -> int:
    """Return how many comments of a post are accounted for once a way is done; -1 where nobody says.

    Those that came after the counting were found and not counted: unless they are remembered as if they had been, the
    next count promises them again, and what is known would be read as far back as it goes. Which of those that came about
    then were counted shows in what is missing otherwise.
    """
    if way.aim.count < 0:
        return -1
    return way.aim.count + way.late - min(way.late, max(0, way.missing))
