"""SecondLook: which open comments of a source are asked for again, how many at a time, and in whose turn."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import chain, islice

from connectors._limits import Budget
from inbox.columns import OPEN
from inbox.fold import Inbox

EVERY = timedelta(minutes=2)
"""How often open comments are asked for again, to see edits and deletions."""
LATEST = 20
"""How many of the latest are among them each time; the others each have their turn."""
FIRST = 10
"""Comments asked for while nobody knows what that costs."""
SHARE = 0.5
"""The part of what is left of a budget that all looks until it begins anew may use up."""
JUST_READ = 60.0
"""Seconds for which a comment was read lately enough as it is: in a storm the latest are always of the last poll."""


class SecondLook:
    """One source's open comments: the latest each time, and the others in turn.

    What a look costs differs: some platforms tell of a hundred comments by one request, others count a call for each.
    What was used up of the budget by the looks before says how many the next may ask for.
    """

    def __init__(self, source: str, *, most: int, inbox: Inbox, now: datetime) -> None:
        """Begin now; the first look comes a while later.

        Args:
            source: whose comments.
            most: how many the platform takes at a time.
            inbox: what the desk knows.
            now: the time.
        """
        self._source = source
        self._most = max(1, most)
        self._inbox = inbox
        self._looked_at = now
        self._price: float | None = None
        self._reached = -1

    def is_due(self, now: datetime) -> bool:
        """Whether it is time for a look; if so, the next one is a while later."""
        if now < self._looked_at + EVERY:
            return False
        self._looked_at = now
        return True

    def affordable(self, budget: Budget | None, now: datetime) -> int:
        """Return how many comments may be asked for; all that one look takes where nobody tells of a budget."""
        if budget is None or self._price == 0:
            return self._most
        if self._price is None:
            return min(FIRST, self._most)
        looks = max(1.0, (budget.until - now.timestamp()) / EVERY.total_seconds())
        count = int(SHARE * budget.left / looks / self._price)
        if not count:  # maybe others used the budget up beside that look: a price that nobody can pay is tried anew
            self._price /= 2
        return min(self._most, count)

    def paid(self, asked: int, before: Budget | None, after: Budget | None) -> None:
        """Hear what was left of the budget before and after a look for so many comments."""
        if before is not None and after is not None and after.left <= before.left:
            self._price = (before.left - after.left) / asked

    def chosen(self, count: int, now: datetime) -> list[str]:
        """Return the native ids of the comments to ask for: the latest, and others in their turn, oldest first.

        Safe in a thread of its own.
        """
        hot, before = self._inbox.items.hot, now.timestamp() - JUST_READ
        source, cut, rows = hot.names.find(self._source), len(self._source) + 1, len(hot.ids)

        def open_among(some: Iterable[int]) -> Iterator[int]:
            return (
                row for row in some if hot.flags[row] & OPEN and hot.source[row] == source and hot.at[row] <= before
            )

        latest = list(islice(open_among(range(rows - 1, -1, -1)), min(LATEST, count // 2)))
        known = set(latest)
        start = min(self._reached + 1, rows)
        others = (row for row in open_among(chain(range(start, rows), range(start))) if row not in known)
        in_turn = list(islice(others, count - len(latest)))
        if in_turn:
            self._reached = in_turn[-1]
        return [hot.ids[row][cut:] for row in latest + in_turn]
