"""The journal's lines and segments: how one transaction looks on disk and how lines are read back in order."""

import re
import zlib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from inbox.store_errors import DamagedError, FormatError

FORMAT_VERSION = 1
FRAME = 10
"""Bytes of a line around its body."""
_PREFIX = "log-"
_HEAD = re.compile(rb'\{"s":([0-9]{1,18}),"d":([0-9]{1,18}),"t":([0-9]{1,18}\.[0-9]{3}),"o":')
_HEADER = re.compile(rb'\{"becalm":"log","v":([0-9]{1,9})(?:,"first":([0-9]{1,18}))?')
_START = re.compile(rb'[0-9a-f]{8} \{"s":')
_BUFFER = 1 << 20
_NAME = re.compile(r"log-([0-9]{16})")


class Line(NamedTuple):
    """One transaction as read from a segment.

    Attributes:
        seq: its sequence number, counted from 1 without gaps.
        durable: the highest sequence already durable when the line was written.
        when: Unix time of writing, in seconds.
        payload: the transaction itself, JSON.
    """

    seq: int
    durable: int
    when: float
    payload: bytes


def frame(body: bytes) -> bytes:
    """Return `body` as a line: CRC-32 in eight lower-case hexadecimal digits, a space, the body, a line feed."""
    return b"%08x %b\n" % (zlib.crc32(body), body)


def unframe(line: bytes) -> bytes | None:
    """Return the body of a line, or None when the line is torn or damaged in any byte."""
    body = line[9:-1]
    # The checksum's text is compared, not its value: a flip from "a" to "A" would otherwise go unnoticed.
    return body if line[-1:] == b"\n" and line[:9] == b"%08x " % zlib.crc32(body) else None


def encode_line(seq: int, durable: int, when: float, payload: bytes) -> bytes:
    """Return the line of one transaction; `when` is in Unix seconds."""
    return frame(b'{"s":%d,"d":%d,"t":%.3f,"o":%b}' % (seq, durable, max(0.0, when), payload))


def decode_line(line: bytes) -> Line | None:
    """Return what a line holds, or None when it is torn or damaged."""
    body = unframe(line)
    head = _HEAD.match(body) if body else None
    if body is None or head is None:
        return None
    return Line(int(head[1]), int(head[2]), float(head[3]), body[head.end() : -1])


def find_lines(damaged: bytes) -> Iterator[Line]:
    """Yield the whole lines that can still be made out in damaged bytes, even where line feeds were lost."""
    starts = [found.start() for found in _START.finditer(damaged)]
    for start, following in pairwise([*starts, len(damaged)]):
        piece = damaged[start:following]
        if line := decode_line(piece) or decode_line(piece + b"\n") or decode_line(piece[:-1] + b"\n"):
            yield line


def encode_header(first: int) -> bytes:
    """Return the first line of a segment whose first transaction is `first`; every format keeps this line's form."""
    return frame(b'{"becalm":"log","v":%d,"first":%d}' % (FORMAT_VERSION, first))


def header_end(path: Path) -> int:
    """Check a segment's header and return the offset just after it.

    Raises:
        FormatError: a newer becalm wrote it.
        DamagedError: the header is damaged.
    """
    with path.open("rb") as file:
        line = file.readline()
    body = unframe(line)
    header = _HEADER.match(body) if body else None
    if header is None:
        raise DamagedError(path, 0, "the segment's header is damaged")
    version = int(header[1])
    if version > FORMAT_VERSION:
        raise FormatError(
            f"{path.parent} was written by a newer becalm (format {version}; this one reads up to {FORMAT_VERSION})",
            hint="update becalm on this machine",
        )
    if int(header[2] or 0) != first_of(path):
        raise DamagedError(path, 0, "the segment's header does not match its name")
    return len(line)


def is_header(line: bytes) -> bool:
    """Tell whether a raw line is an undamaged segment header of any format."""
    body = unframe(line)
    return bool(body and _HEADER.match(body))


def segment_name(first: int) -> str:
    """Return the file name of the segment that starts with transaction `first`."""
    return f"{_PREFIX}{first:016d}"


def first_of(path: Path) -> int:
    """Return the sequence number of a segment's first transaction, from its name."""
    return int(path.name[len(_PREFIX) :])


def segments(folder: Path) -> list[Path]:
    """Return the folder's segments in order."""
    return sorted(path for path in folder.iterdir() if _NAME.fullmatch(path.name))


def read_segment(path: Path, start: int) -> Iterator[tuple[int, bytes]]:
    """Yield (offset, raw line) of a segment from byte `start` on, unchecked."""
    with path.open("rb", buffering=_BUFFER) as file:
        file.seek(start)
        for line in file:
            yield start, line
            start += len(line)


def read_lines(folder: Path, *, after: int, upto: int) -> Iterator[tuple[int, bytes]]:
    """Yield (sequence, payload) of every transaction in `after` < sequence <= `upto`, all known to be durable.

    Memory is constant: one line at a time.

    Raises:
        DamagedError: a line in the asked range, or before it in the same segment, is damaged or missing.
    """
    paths = [path for path in segments(folder) if first_of(path) <= upto]
    while len(paths) > 1 and first_of(paths[1]) <= after + 1:
        del paths[0]
    expected = first_of(paths[0]) if paths else 1
    if after < upto and (not paths or expected > after + 1):
        raise DamagedError(folder / segment_name(after + 1), 0, "the segment is missing")
    for path in paths:
        if first_of(path) != expected:
            raise DamagedError(path, 0, f"transaction {expected} to {first_of(path) - 1} are missing before it")
        for offset, raw in read_segment(path, header_end(path)):
            line = decode_line(raw)
            if line is None or line.seq != expected:
                raise DamagedError(path, offset, f"transaction {expected} had been acknowledged and is damaged")
            expected += 1
            if line.seq > after:
                yield line.seq, line.payload
            if line.seq == upto:
                return
    if expected <= upto:
        size = paths[-1].stat().st_size
        raise DamagedError(paths[-1], size, f"transactions {expected} to {upto} had been acknowledged and are missing")
