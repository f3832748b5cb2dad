"""Pace: how soon a source may be asked again when something calls for it, so that what is left of its budget lasts."""

from datetime import datetime, timedelta

AT_LEAST = 1.0
"""Seconds between two looks on call, however much is left."""
SHARE = 0.5
"""The part of what is left that looks on call may use up; the rest is for sendings, and for looking again."""
STORM = 50
"""Comments that come with one look from which there is a storm."""
STORM_EVERY = 15.0
"""Seconds between two looks in a storm, where the platform says that plenty is left."""
PLENTY = 0.5
"""The share of a budget above which plenty is left."""
_SAME = timedelta(seconds=2)
"""How far apart two answers may tell the same end of a window."""


class Pace:
    """What a look costs of a platform's budget, and how often that can be afforded.

    A live stream calls for a look with every comment. In a storm that is many a second, and looks that followed each
    other at once would use up the budget that sendings need.
    """

    def __init__(self) -> None:
        """Begin without knowing any budget."""
        self._told = False
        self._left = 1.0
        self._until: datetime | None = None
        self._gap = AT_LEAST

    def looked(self, left: float | None, until: datetime | None, now: datetime) -> None:
        """Hear what is left after a look.

        Args:
            left: the share of the budget that is left, 0 to 1; None where nobody says.
            until: when it begins anew, aware.
            now: the time, aware.
        """
        self._told = left is not None
        if left is None or until is None:
            self._gap = AT_LEAST
            return
        begun = self._until is None or until - self._until > _SAME  # all that is missing of a new window is this look's
        cost = max(0.0, (1.0 if begun else self._left) - left)
        self._left, self._until = left, until
        lasts = max(0.0, (until - now).total_seconds())
        self._gap = max(AT_LEAST, lasts * cost / (SHARE * left) if left else lasts)

    def gap(self, most: float) -> float:
        """Return the seconds to leave before a look on call, at most `most`."""
        return min(self._gap, most)

    def pause(self, usual: float, arrived: int) -> float:
        """Return the seconds until the next look that nothing calls for: fewer in a storm, while plenty is left.

        Args:
            usual: the platform's own interval, in seconds.
            arrived: comments that came with the look before, page after page until there were no more.
        """
        is_plenty = self._told and self._left > PLENTY
        return min(usual, STORM_EVERY) if arrived >= STORM and is_plenty else usual
