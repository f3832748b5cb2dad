"""Places: where an item lies while it is not in memory: in a snapshot, or in a nameless file of what came since."""

import os
import tempfile
from contextlib import suppress
from itertools import count
from pathlib import Path

from inbox._segments import frame, unframe
from inbox.store_errors import DamagedError

_FILE_BITS = 5  # files open at a time are few; a place is one integer, and below 2**60 Python keeps it in 32 bytes
_LENGTH_BITS = 25
LONGEST = (1 << _LENGTH_BITS) - 1
"""Bytes of the longest line that has a place."""
_UNWRITTEN = 1 << 16  # bytes gathered before they are written
_numbers = count(1)


def number_of(place: int) -> int:
    """Return the number of the file that a place is in."""
    return place & ((1 << _FILE_BITS) - 1)


class File:
    """A snapshot held open, to read items from; it may be replaced or removed meanwhile.

    Attributes:
        path: what it is called, or was.
        fd: its descriptor.
        number: tells places in it from those in the other files of its time.
    """

    def __init__(self, path: Path, fd: int | None = None) -> None:
        """Open it, unless `fd` is the open file."""
        self.path = path
        self.fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC) if fd is None else fd
        self.number = next(_numbers) % (1 << _FILE_BITS)

    def place(self, offset: int, length: int) -> int:
        """Return a line's offset, its length (up to `LONGEST`) and this file as one number."""
        return (offset << _LENGTH_BITS | length) << _FILE_BITS | self.number

    def read(self, place: int) -> bytes:
        """Return the body of the line at `place`.

        Raises:
            DamagedError: it is not as it was written.
        """
        offset, length = place >> _FILE_BITS + _LENGTH_BITS, place >> _FILE_BITS & LONGEST
        body = unframe(self._line(offset, length))
        if body is None:
            raise DamagedError(self.path, offset, "an item lies here damaged: start becalm again")
        return body

    def _line(self, offset: int, length: int) -> bytes:
        return os.pread(self.fd, length, offset)

    def __del__(self) -> None:
        os.close(self.fd)


class Spill(File):
    """Items out of memory for as long as this process lives: a file without a name, which nobody else can open.

    It is no part of what is durable. One thread adds at a time; any thread reads.
    """

    def __init__(self, folder: Path) -> None:
        """Make one on the disk of `folder`.

        Raises:
            OSError: the folder takes no file.
        """
        fd, name = tempfile.mkstemp(prefix="spill-", suffix=".tmp", dir=folder)
        Path(name).unlink(missing_ok=True)  # a compaction may have cleared it up
        super().__init__(Path(name), fd)
        self._tail = 0, bytearray()

    def add(self, body: bytes) -> int | bytes:
        """Keep a body; returns its place, or the body itself where it is too long to have one."""
        line = frame(body)
        if len(line) > LONGEST:
            return body
        start, tail = self._tail
        place = self.place(start + len(tail), len(line))
        tail += line
        if len(tail) >= _UNWRITTEN:
            self._write_out(start, tail)
        return place

    def _write_out(self, start: int, tail: bytearray) -> None:
        with suppress(OSError):  # a full disk: it waits in memory, and is tried again with the next
            if os.pwrite(self.fd, tail, start) == len(tail):
                self._tail = start + len(tail), bytearray()  # a new one: somebody may be reading the old one

    def _line(self, offset: int, length: int) -> bytes:
        start, tail = self._tail
        return (
            bytes(tail[offset - start : offset - start + length]) if offset >= start else super()._line(offset, length)
        )
