"""Opening a journal after whatever happened: confirm the tail, set a torn one aside, refuse damage."""

import os
import time
from pathlib import Path
from typing import NamedTuple

from inbox._disk import Sync, Write, write_all
from inbox._mark import Mark, mark_is_intact, read_mark
from inbox._segments import decode_line, find_lines, first_of, header_end, read_segment, segment_name, segments
from inbox.store_errors import DamagedError


class Tail(NamedTuple):
    """Where a journal ends.

    Attributes:
        path: its last segment.
        seq: the last sequence in it.
        end: byte offset just after the last line.
        torn: where a torn tail was set aside, if there was one.
        notices: what the operator should know, in English.
    """

    path: Path
    seq: int
    end: int
    torn: Path | None
    notices: tuple[str, ...]


def recover(folder: Path, *, sync: Sync, write: Write) -> Tail | None:
    """Find the end of the journal in `folder`, leaving only whole and durable lines; None for a new folder.

    Every line up to the side file's mark has been acknowledged and is read (and checked) by replay. What follows
    was promised to nobody unless a later line says so: whole lines are kept, a torn end is set aside.

    Raises:
        DamagedError: acknowledged data is damaged or missing.
        FormatError: a newer becalm wrote the folder.
    """
    for leftover in folder.glob("log-*.tmp"):
        leftover.unlink()
    paths = segments(folder)
    mark = read_mark(folder)
    if not paths:
        if mark and mark.seq:
            raise DamagedError(folder, 0, f"{mark.seq} transactions had been acknowledged and every segment is missing")
        return None
    path = paths[-1]
    start, seq = _confirmed(path, mark)
    end, seq = _last_whole_line(path, start, seq)
    torn = _set_torn_aside(path, end, seq, known=mark is not None, sync=sync)
    _confirm(path, start, end, sync, write)
    notices = () if mark_is_intact(folder) else ("the side file was damaged or missing and has been written anew",)
    return Tail(path, seq, end, torn, notices)


def _confirmed(path: Path, mark: Mark | None) -> tuple[int, int]:
    """Return the offset from which the last segment needs a look, and the sequence before it."""
    header = header_end(path)
    if mark is None or mark.segment < first_of(path):
        return header, first_of(path) - 1
    if mark.segment > first_of(path):
        raise DamagedError(path.with_name(segment_name(mark.segment)), 0, "the last segment is missing")
    with path.open("rb") as file:
        file.seek(mark.end - 1)
        if file.read(1) != b"\n":
            raise DamagedError(path, mark.end - 1, f"transaction {mark.seq} had been acknowledged and is damaged")
    return mark.end, mark.seq


def _last_whole_line(path: Path, start: int, seq: int) -> tuple[int, int]:
    """Return (end, sequence) of the last whole line in order, looking from `start`, where `seq` is the last before."""
    for offset, raw in read_segment(path, start):
        line = decode_line(raw)
        if line is None or line.seq != seq + 1:
            return offset, seq
        start, seq = offset + len(raw), line.seq
    return start, seq


def _set_torn_aside(path: Path, end: int, seq: int, *, known: bool, sync: Sync) -> Path | None:
    """Move what follows the last whole line into a file of its own, unless it proves that acknowledged data is gone."""
    with path.open("r+b") as file:
        file.seek(end)
        rest = file.read()
        if not rest:
            return None
        # Each line says what was durable when it was written: a later one vouching for more than we have is proof.
        if not known or any(line.durable > seq for line in find_lines(rest)):
            raise DamagedError(path, end, f"transaction {seq + 1} had been acknowledged and is damaged")
        torn = path.with_name(f"torn-{seq + 1:016d}-{time.time_ns()}")
        with open(torn, "xb", opener=_private) as evidence:
            evidence.write(rest)
            evidence.flush()
            sync(evidence.fileno())
        file.truncate(end)
        file.flush()
        sync(file.fileno())
    return torn


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _confirm(path: Path, start: int, end: int, sync: Sync, write: Write) -> None:
    """Make the lines that were never confirmed durable.

    They are written again in place: after a failed fsync the kernel may hold them in memory as if they were on disk.
    """
    if start == end:
        return
    fd = os.open(path, os.O_RDWR)
    try:
        write_all(write, fd, os.pread(fd, end - start, start), start)
        sync(fd)
    finally:
        os.close(fd)
