"""Memory given back to the system once a minute, where the C library can: loading and snapshots take some for a moment."""

import ctypes
import time
from collections.abc import Callable

EVERY = 60.0
"""Seconds between two times; each takes some milliseconds."""


def _trimmer() -> Callable[[int], int] | None:
    """Return glibc's malloc_trim(3); musl and macOS have none, and need none."""
    try:
        found: Callable[[int], int] = ctypes.CDLL(None).malloc_trim
    except (OSError, AttributeError):
        return None
    return found


class Thrift:
    """Gives back what was freed."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin at the next look; `clock` tells seconds."""
        self._trim = _trimmer()
        self._clock = clock
        self._next = clock()

    def look(self) -> bool:
        """Give back what was freed if it is time; tells whether it was."""
        if self._trim is None or self._clock() < self._next:
            return False
        self._next = self._clock() + EVERY
        self._trim(0)
        return True
