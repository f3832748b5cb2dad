"""Memory given back to the system, where the C library can: loading, snapshots and long answers take some for a moment."""

import ctypes
import time
from collections.abc import Callable

EVERY = 60.0
"""Seconds between two times; each takes some milliseconds."""
HEAPS = 2
"""Heaps that all threads share. Each that there is keeps for itself what was freed in it, and glibc would make eight a core,
so that threads need not wait for one another; Python lets one of them allocate at a time anyway."""
MAPPED = 256 * 1024
"""Bytes from which a block is mapped by itself, and given back the moment it is freed. glibc would raise this to 32 MB after
the first large answer of a platform, and keep room for as large a one between all that stays."""
_M_ARENA_MAX, _M_MMAP_THRESHOLD = -8, -3  # of glibc's malloc.h


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
        if tune := _of_libc("mallopt"):
            tune(_M_ARENA_MAX, HEAPS)
            tune(_M_MMAP_THRESHOLD, MAPPED)
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
