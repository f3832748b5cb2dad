"""The story's clock: which comment is the n-th to arrive, and when; a pure function of the options."""

from bisect import bisect_left, bisect_right
from math import floor, inf

from connectors._rehearsal.script import Line, Rewrite, Scene, Script
from connectors._rehearsal.variations import Variations

PACE = 3.0
"""Seconds of the story's clock between two variations once the script is over."""

EPSILON = 1e-6
"""Seconds by which floating point may miss a due moment."""

HISTORY_GAP = 6.0
HISTORY_MIN = 6 * 3600.0
"""What `comments` puts there already spreads over at least six hours, and over six seconds each when they are many."""


class Plan:
    """An endless numbered sequence of arrivals; nothing is made before it is asked for.

    Attributes:
        history: how many arrivals were there before the story's start.
    """

    def __init__(self, script: Script, *, seed: int, speed: float, comments: int | None, rate: float) -> None:
        """Lay the script out in time.

        Args:
            script: what is played first.
            seed: chooses the variations played after it.
            speed: scales the script's clock after the start; 0 lets nothing arrive.
            comments: how many comments are there at the start; None leaves it to the script.
            rate: arrivals a second instead of the script's clock; 0 keeps the clock.
        """
        self._scenes: list[Scene] = script.scenes
        self._variations = Variations(script, seed)
        self._speed = speed
        self._rate = rate
        self._endless = comments is not None or rate > 0
        self._spread = comments is not None
        self._times = [scene.at for scene in script.scenes]
        self.history = bisect_left(self._times, 0.0) if comments is None else self._arrivals_for(comments)
        self._live = self._live_clock()
        self._changes: dict[str, list[int]] = {}
        for index, scene in enumerate(self._scenes):
            if isinstance(scene.event, Rewrite):
                self._changes.setdefault(scene.event.id, []).append(index)
        self._index = {scene.event.id: i for i, scene in enumerate(self._scenes) if isinstance(scene.event, Line)}

    def _live_clock(self) -> list[float]:
        """Lay out what the script still has to play from 0 on; what was meant for the hours before comes at PACE."""
        squeezed = max(0, bisect_left(self._times, 0.0) - self.history)
        base = max(0.0, self._times[self.history - 1]) if 0 < self.history <= len(self._times) else 0.0
        head = [PACE * (i + 1) for i in range(squeezed)]
        return head + [at - base + PACE * squeezed for at in self._times[self.history + squeezed :]]

    def _arrivals_for(self, comments: int) -> int:
        """Count how many arrivals leave exactly `comments` comments standing (edits add none, deletions take one)."""
        standing = 0
        for index, scene in enumerate(self._scenes):
            if standing == comments:
                return index
            if isinstance(scene.event, Line):
                standing += 1
            elif scene.event.text is None:
                standing -= 1
        return len(self._scenes) + comments - standing

    def due(self, n: int) -> float:
        """Return when arrival `n` happens, in seconds after the start; `inf` when it never will."""
        if n < self.history:
            if not self._spread:
                return self._times[n]
            span = max(HISTORY_MIN, HISTORY_GAP * self.history)
            return -span * (1 - (n + 1) / (self.history + 1))
        if self._speed == 0:
            return inf
        if self._rate > 0:
            return (n - self.history + 1) / self._rate
        k = n - self.history
        if k < len(self._live):
            return self._live[k] / self._speed
        if not self._endless:
            return inf
        return (self._end() + (k - len(self._live) + 1) * PACE) / self._speed

    def _end(self) -> float:
        return self._live[-1] if self._live else 0.0

    def count(self, elapsed: float) -> int:
        """Return how many arrivals there are `elapsed` seconds after the start."""
        if self._speed == 0 or elapsed < 0:
            return self.history
        if self._rate > 0:
            return self.history + floor(elapsed * self._rate + EPSILON)
        clock = elapsed * self._speed + EPSILON
        played = bisect_right(self._live, clock)
        if self._endless and played == len(self._live):
            played += max(0, floor((clock - self._end()) / PACE))
        return self.history + played

    def event(self, n: int) -> Line | Rewrite:
        """Return what arrival `n` is."""
        return self._scenes[n].event if n < len(self._scenes) else self._variations.line(n - len(self._scenes))

    def scripted(self, native_id: str) -> tuple[Line, float]:
        """Return a comment of the script, and when it is due; `native_id` must be one that the script has."""
        index = self._index[native_id]
        event = self._scenes[index].event
        assert isinstance(event, Line)
        return event, self.due(index)

    def find(self, native_id: str) -> tuple[Line, float] | None:
        """Return a comment of the story and when it is due, by its native id; None when it is not of this story."""
        if native_id in self._index:
            return self.scripted(native_id)
        head, _, tail = native_id.partition("-")
        if not (head.startswith("v") and tail.isdecimal()):
            return None
        line = self._variations.line(int(tail))
        return (line, self.due(len(self._scenes) + int(tail))) if line.id == native_id else None

    def changes(self, native_id: str, elapsed: float) -> list[Rewrite]:
        """Return what its author did to a comment up to `elapsed` seconds, oldest first."""
        done = [self._scenes[i].event for i in self._changes.get(native_id, ()) if self.due(i) <= elapsed]
        return [event for event in done if isinstance(event, Rewrite)]
