"""Answers: what an act, a taking back or an erasure came to."""

from datetime import datetime

from msgspec import Struct

from inbox.progress import Progress
from inbox.tolls import Toll


class Done(Struct, frozen=True, kw_only=True):
    """What came of an act.

    Attributes:
        act: its id, for `undo`; "" when nothing happened.
        keys: the items it reached.
        held_back: items it left alone, and why ("critical", "question", "claimed:lou", "answered:lou", "unsupported",
            "on its way", "kept away").
        refused: why nothing happened (one English sentence the interface translates), or "".
        hint: what to do about a refusal.
        due_at: when what was decided leaves the house, or None for private acts.
        sendings: how many things will leave.
        follows: how many waves were done whose later copies are done as well.
        tolls: what that costs each account, in calls, quota, money and time.
        progress: what was under way at that moment, for a hold or a release.
        submitted: id of its submission where it waits for a second person's word: then nothing has left; else "".
    """

    act: str = ""
    keys: tuple[str, ...] = ()
    held_back: tuple[tuple[str, str], ...] = ()
    refused: str = ""
    hint: str = ""
    due_at: datetime | None = None
    sendings: int = 0
    follows: int = 0
    tolls: tuple[Toll, ...] = ()
    progress: Progress | None = None
    submitted: str = ""


class TakenBack(Struct, frozen=True, kw_only=True):
    """What `undo` took back.

    Attributes:
        what: "sending", "submission", "claim", "correction", the state that a decision had set ("done"; "state" where the items
            stood differently), or "" when there was nothing.
        count: how many items or sendings.
        too_late: sendings of the same act that had already left, or may have.
        left: ids of those that are public and could be edited or deleted.
        refused: why nothing could be taken back although there is something, or "".
        hint: what can be done about it.
    """

    what: str = ""
    count: int = 0
    too_late: int = 0
    left: tuple[str, ...] = ()
    refused: str = ""
    hint: str = ""


class Erasure(Struct, frozen=True, kw_only=True):
    """What erasing a person came to.

    Attributes:
        accounts: accounts of theirs.
        comments: comments of theirs that were on the desk.
        files: files that were changed or removed.
        held: events kept as evidence although they name the person.
        left: files that still name the person; empty when all is well.
    """

    accounts: int
    comments: int
    files: int
    held: int
    left: tuple[str, ...]
