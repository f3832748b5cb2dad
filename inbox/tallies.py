"""Tallies: what the inbox counts as it goes: how often, whether still, and how heated each post is."""

from datetime import datetime
from typing import TypeVar

from msgspec import Struct

from inbox.columns import Hot
from scoring.assessment import RiskLevel

T = TypeVar("T")


class Heat(Struct):
    """What is heated or copied under one post, counted as it comes and goes.

    Attributes:
        since: when the first of them was written.
        heated: open items that are heated or critical.
        waves: open items of each wave.
        people: items of each author among both.
    """

    since: datetime
    heated: int = 0
    waves: dict[str, int] = {}
    people: dict[str, int] = {}

    def take(self, item: Hot, step: int) -> None:
        """Count an item in (1) or out (-1)."""
        self.heated += step * (item.level >= RiskLevel.HEATED)
        if item.wave:
            count(self.waves, item.wave, step)
        count(self.people, item.author, step)


def count(counts: dict[T, int], what: T, step: int) -> None:
    """Count up or down; what comes to nothing is not kept."""
    left = counts.get(what, 0) + step
    if left:
        counts[what] = left
    else:
        counts.pop(what, None)


def keep(keys: set[str], key: str, *, wanted: bool) -> None:
    """Let a key be among some, or not."""
    if wanted:
        keys.add(key)
    else:
        keys.discard(key)


def remind(moments: dict[str, float], key: str, at: float | None) -> None:
    """Let a key be among some with its moment, or not."""
    if at is None:
        moments.pop(key, None)
    else:
        moments[key] = at


def keep_in_order(keys: dict[str, None], key: str, *, wanted: bool) -> None:
    """Let a key stand at the end of some, or not among them."""
    if wanted:
        keys[key] = None
    else:
        keys.pop(key, None)


def drop(lists: dict[str, list[str]], name: str, member: str) -> None:
    """Take a member out of a list by name; an empty list is not kept."""
    left = [each for each in lists.get(name, ()) if each != member]
    if left:
        lists[name] = left
    else:
        lists.pop(name, None)
