"""The journal's side file: the last durable sequence and where its line ends, in two slots written in turn."""

import os
import zlib
from pathlib import Path
from typing import NamedTuple

from inbox._disk import Sync

MARK_NAME = "durable"
_SLOT = 4096  # one page each: a torn write can spoil one slot, never both


class Mark(NamedTuple):
    """How far the journal is durable.

    Attributes:
        seq: the last durable sequence.
        segment: the first sequence of the segment that was current then.
        end: byte offset just after its last durable line.
    """

    seq: int
    segment: int
    end: int


def _encode(mark: Mark) -> bytes:
    body = b"%018d %018d %018d" % mark
    return b"%08x %b\n" % (zlib.crc32(body), body)


def _decode(slot: bytes) -> Mark | None:
    line = slot.partition(b"\n")[0] + b"\n"
    try:
        seq, segment, end = line[9:-1].split(b" ")
        mark = Mark(int(seq), int(segment), int(end))
    except ValueError:
        return None
    return mark if _encode(mark) == line else None


def _slots(folder: Path) -> tuple[bytes, bytes]:
    content = (folder / MARK_NAME).read_bytes()
    return content[:_SLOT], content[_SLOT:]


def read_mark(folder: Path) -> Mark | None:
    """Return the journal's mark, or None when the side file is missing or both its slots are damaged."""
    try:
        return max(filter(None, map(_decode, _slots(folder))), default=None)
    except FileNotFoundError:
        return None


def mark_is_intact(folder: Path) -> bool:
    """Tell whether the side file exists and every byte of it is as it was written."""
    try:
        slots = _slots(folder)
    except FileNotFoundError:
        return False
    return all((mark := _decode(slot)) and slot == _encode(mark).ljust(_SLOT, b"\0") for slot in slots)


class MarkFile:
    """The side file opened by the journal's owner."""

    def __init__(self, folder: Path, mark: Mark, sync: Sync) -> None:
        """Write `mark` to both slots, durably, and keep the file open."""
        self._sync = sync
        self._fd = os.open(folder / MARK_NAME, os.O_RDWR | os.O_CREAT, 0o600)
        self._turn = 0
        try:
            # One slot is made durable before the other is touched, so that a power cut leaves one whole.
            for _ in range(2):
                self._put(_encode(mark).ljust(_SLOT, b"\0"))
                sync(self._fd)
            os.ftruncate(self._fd, 2 * _SLOT)
        except BaseException:
            os.close(self._fd)
            raise

    def write(self, mark: Mark) -> None:
        """Note that everything up to `mark` is durable; the note itself survives the process, not the machine."""
        self._put(_encode(mark))

    def close(self) -> None:
        """Make the last note durable and let go of the file."""
        try:
            self._sync(self._fd)
        finally:
            os.close(self._fd)

    def abandon(self) -> None:
        """Let go of the file without making anything durable."""
        os.close(self._fd)

    def _put(self, content: bytes) -> None:
        os.pwrite(self._fd, content, self._turn * _SLOT)
        self._turn = 1 - self._turn
