"""Silence: when a source that usually brings comments has brought none for longer than it ever did of late."""

from collections import deque
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise

REMEMBERED = 40
"""Comments whose distances are compared; the latest of a source."""
ENOUGH = 10
"""Comments below which nothing can be said of a source's rhythm."""
LEAST = timedelta(hours=6)
"""No pause shorter than this is a silence, whatever the rhythm: nights and closing days are no fault."""
TIMES = 4
"""How many of the longest pauses of late make a silence."""


class Rhythm:
    """When the comments of one source were written, of late.

    Attributes:
        last: when the latest was, or None.
    """

    def __init__(self, moments: Iterable[datetime] = ()) -> None:
        """Begin with what is known."""
        self.last: datetime | None = None
        self._known: deque[datetime] = deque(maxlen=REMEMBERED)
        self.heard(moments)

    def heard(self, moments: Iterable[datetime]) -> None:
        """Take in when comments were written, in any order."""
        self._known = deque(sorted((*self._known, *moments))[-REMEMBERED:], maxlen=REMEMBERED)
        self.last = self._known[-1] if self._known else None

    def is_silent(self, now: datetime) -> bool:
        """Whether the present pause is much longer than every one among the latest comments.

        That may be a quiet week, and it may be a token that sees nothing any more, or comments switched off: somebody
        should look, which is all this says.
        """
        if self.last is None or len(self._known) < ENOUGH:
            return False
        known = list(self._known)
        longest = max(later - earlier for earlier, later in pairwise(known))
        return now - self.last > max(LEAST, TIMES * longest)
