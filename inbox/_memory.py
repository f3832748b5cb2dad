"""Memory given back to the system once a minute, where the C library can: loading and snapshots take some for a moment."""

import ctypes
import time
from collections.abc import Callable

EVERY = 60.0
"""Seconds between two times; each takes some milliseconds."""
HEAPS = 2
"""Heaps that all threads share. Each that there is keeps for itself what was freed in it, and glibc would make eight a core,
so that threads need not wait for one another; Python lets one of them allocate at a time anyway."""
_M_ARENA_MAX = -8  # of glibc's malloc.h


def _of_libc(name: str) -> Callable[..., int] | None:
    """Return a function of glibc's malloc; musl and macOS have none of them, and need none."""
    try:
        found: Callable[..., int] = getattr(ctypes.CDLL(None), name)
    except (OSError, AttributeError):
        return None
    return found


class Thrift:
    """Gives back what was freed."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Let the threads to come share `HEAPS` heaps, and begin at the next look; `clock` tells seconds."""
        if share := _of_libc("mallopt"):
            share(_M_ARENA_MAX, HEAPS)
        self._trim = _of_libc("malloc_trim")
        self._clock = clock
        self._next = clock()

    def look(self) -> bool:
        """Give back what was freed if it is time; tells whether it was."""
        if self._trim is None or self._clock() < self._next:
            return False
        self._next = self._clock() + EVERY
        self._trim(0)
        return True
