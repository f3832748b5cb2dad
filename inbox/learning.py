"""Learning: what a desk's reviewed corrections say of its levels; kept in one readable file, undone by removing it."""

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice, product
from pathlib import Path

import msgspec
from msgspec import Struct, structs

from inbox.columns import OWN, STATES
from inbox.fold import Inbox
from inbox.item import CLOSED, Item
from inbox.paths import write_private
from scoring.assessment import RiskLevel
from scoring.thresholds import DEFAULT, Thresholds

FILE = "learned.json"
TENSE = tuple(n / 100 for n in range(10, 45, 5))
HEATED = tuple(n / 100 for n in range(40, 80, 5))
"""Levels a desk may learn: near ours, because a few corrections are a few corrections."""
CONFIRMED = 0.25
"""Weight of a comment that was handled and left as scored, beside 1 for a correction."""
MOST = 400
"""Corrections, and handled comments, that are looked at: the latest ones."""


class Learned(Struct, frozen=True, kw_only=True):
    """What a review came to.

    Attributes:
        tense: the learned threshold.
        heated: the same.
        corrections: how many corrections it rests on.
        by: who reviewed them.
        at: when.
    """

    tense: float
    heated: float
    corrections: int
    by: str
    at: datetime


class Lesson(Struct, frozen=True, kw_only=True):
    """What learning would change, before anybody agreed.

    Attributes:
        thresholds: the levels that fit best.
        corrections: corrections looked at.
        agreed: how many of them today's levels show as corrected.
        would_agree: how many the new levels would.
        changed: handled comments whose level would move although nobody corrected them.
    """

    thresholds: Thresholds
    corrections: int
    agreed: int
    would_agree: int
    changed: int


def corrections(inbox: Inbox) -> list[Item]:
    """List the items whose level an operator corrected, oldest first; rules that speak louder are not learned from."""
    said = (
        i
        for i in _latest(inbox, inbox.items.hot.rows())
        if i.corrected is not None and i.corrected != i.assessment.level
    )
    return list(islice(said, MOST))[::-1]


def _latest(inbox: Inbox, rows: Iterable[int]) -> Iterator[Item]:
    return map(inbox.items.at, reversed(list(rows)))


def learn(accepted: Sequence[Item], inbox: Inbox, present: Thresholds) -> Lesson:
    """Find the levels that agree best with accepted corrections without moving what was handled as it stood.

    Args:
        accepted: the corrections that the review let through.
        inbox: where the handled comments are.
        present: the levels in force.
    """
    hot = inbox.items.hot
    closed = (row for row in hot.rows() if STATES[hot.state[row]] in CLOSED and not hot.flags[row] & OWN)
    handled = list(islice((i for i in _latest(inbox, closed) if i.corrected is None), MOST))[::-1]
    wanted = [(i, i.corrected, 1.0) for i in accepted if i.corrected is not None]
    wanted += [(i, i.assessment.level, CONFIRMED) for i in handled]

    def agreement(thresholds: Thresholds) -> float:
        return sum(weight for item, level, weight in wanted if _level(item, thresholds) == level)

    def distance(thresholds: Thresholds) -> float:
        return abs(thresholds.tense - present.tense) + abs(thresholds.heated - present.heated)

    offered = [structs.replace(present, tense=t, heated=h) for t, h in product(TENSE, HEATED) if t < h]
    best = max([present, *offered], key=lambda t: (agreement(t), -distance(t)))
    return Lesson(
        thresholds=best,
        corrections=len(accepted),
        agreed=sum(_level(i, present) == i.corrected for i in accepted),
        would_agree=sum(_level(i, best) == i.corrected for i in accepted),
        changed=sum(_level(i, best) != i.assessment.level for i in handled),
    )


def _level(item: Item, thresholds: Thresholds) -> RiskLevel:
    from scoring import assess  # the desk opens without it

    comment = item.comment
    return assess(comment.text, has_picture=bool(comment.attachments), thresholds=thresholds).level


def read_learned(folder: Path) -> Learned | None:
    """Return what a desk learned, or None; an unreadable file counts as none."""
    try:
        return msgspec.json.decode((folder / FILE).read_bytes(), type=Learned)
    except (OSError, msgspec.DecodeError):
        return None


def write_learned(folder: Path, learned: Learned) -> None:
    """Keep what was learned, for people to read too."""
    text = json.dumps(msgspec.to_builtins(learned), indent=2)
    write_private(os.fspath(folder / FILE), text.encode() + b"\n")


def forget(folder: Path) -> bool:
    """Go back to the levels that ship; tells whether anything had been learned."""
    known = (folder / FILE).exists()
    (folder / FILE).unlink(missing_ok=True)
    return known


def thresholds_of(folder: Path, tense: float | None, heated: float | None) -> Thresholds:
    """Return a desk's levels: what its configuration says, else what it learned, else ours."""
    learned = read_learned(folder)
    base = structs.replace(DEFAULT, tense=learned.tense, heated=learned.heated) if learned else DEFAULT
    return structs.replace(
        base,
        tense=base.tense if tense is None else tense,
        heated=base.heated if heated is None else heated,
    )
