"""Retention: for how many days each source's comments are kept, since when that holds, and what it has taken so far."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from msgspec import Struct, structs

from inbox.events import Forgotten, RetentionSet

DEFAULT = ""
"""The name under which `Days` holds what every source without a number of its own is kept for."""
NOTICE = timedelta(days=7)
"""How long a rule that would take something is announced before it takes it: a typing error shows in a week."""

Days = Mapping[str, int]
"""Days by source, `DEFAULT` for every other one; 0 keeps everything."""


def days_of(days: Days, source: str) -> int:
    """Return for how many days a source's comments are kept; 0 for ever."""
    return days.get(source, days.get(DEFAULT, 0))


def is_stricter(new: Days, old: Days) -> bool:
    """Tell whether some source would lose what it kept under the old rule."""
    sources = {DEFAULT, *new, *old}
    return any(0 < days_of(new, each) < (days_of(old, each) or days_of(new, each) + 1) for each in sources)


class Retention(Struct, frozen=True):
    """What the events of retention add up to.

    Attributes:
        days: the rule as it was announced last.
        begins: from when on it takes anything, or None where there is no rule.
        waiting: how many comments it would have taken when it was announced.
        counts: how many comments were forgotten so far, by source.
        last: when that happened last.
        unwritten: whether files may still hold what was forgotten.
    """

    days: dict[str, int] = {}
    begins: datetime | None = None
    waiting: int = 0
    counts: dict[str, int] = {}
    last: datetime | None = None
    unwritten: bool = False

    def after(self, event: RetentionSet | Forgotten) -> "Retention":
        """Return what it is after one more event."""
        if isinstance(event, RetentionSet):
            return structs.replace(self, days=event.days, begins=event.begins, waiting=event.waiting)
        counts = {
            source: self.counts.get(source, 0) + event.counts.get(source, 0) for source in self.counts | event.counts
        }
        unwritten = self.unwritten or bool(event.keys or event.entries)
        return structs.replace(self, counts=counts, last=event.at, unwritten=unwritten)

    @property
    def forgotten(self) -> int:
        """How many comments were forgotten in all."""
        return sum(self.counts.values())

    def oldest(self, source: str, now: datetime) -> datetime | None:
        """Return the moment before which nothing of a source is kept; None for ever, and as long as no rule holds."""
        days = days_of(self.days, source)
        return now - timedelta(days=days) if days and self.begins is not None and self.begins <= now else None
