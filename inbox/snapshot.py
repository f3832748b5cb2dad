"""Snapshots: the whole inbox in one file, so that opening reads only what was written since; a shortcut, never the truth.

    snap-<seq>       one JSON line a thing, each behind its CRC-32 as in the log:
        {"becalm":"snapshot","v":1,"seq":...,"code":...}     what the log says up to `seq`, folded by this code
        {...}                                                each item, whole
        ...                                                  each hot column (`inbox/columns.py`), as it lies in memory, in Base64
        [...]                                                the names in them, then the items' lengths
        ...                                                  each other field of the Inbox by its type, MessagePack in Base64
        {"items":...,"columns":...,"crc":...}                the trailer: how many items, where they end, CRC-32 of it all

Anything wrong with it, or another version of the code that folds: it is as if it were not there.
"""

import os
import re
import sys
import zlib
from array import array
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple, get_type_hints

import msgspec

import inbox
from connectors._model import Comment
from inbox._disk import Sync, sync_folder
from inbox._places import LONGEST, File, Spill
from inbox._segments import FRAME, frame, unframe
from inbox.columns import Columns
from inbox.fold import Inbox
from inbox.shelf import Shelf
from inbox.texts import Part
from scoring.assessment import Assessment

KEPT = 2
"""Snapshots kept: the newest, and one to fall back on."""
VERSION = 1
_NAME = re.compile(r"snap-([0-9]{16})")
_CHUNK = 1 << 20
_TRAILER = 200  # bytes, at most


class _Header(msgspec.Struct):
    becalm: str
    v: int
    seq: int
    code: str


class _Trailer(msgspec.Struct):
    items: int
    columns: int
    crc: int


class Restored(NamedTuple):
    """What a folder's snapshots gave.

    Attributes:
        inbox: the inbox of the newest good one; empty where there is none.
        seq: the last transaction it holds, 0 for none.
        damaged: snapshots that are not as they were written.
    """

    inbox: Inbox
    seq: int
    damaged: tuple[Path, ...]


class UnusableError(Exception):
    """This snapshot cannot be used.

    Attributes:
        damaged: whether it is not as it was written; else another version wrote it.
    """

    def __init__(self, *, damaged: bool) -> None:
        """Say which."""
        super().__init__()
        self.damaged = damaged


@cache
def code() -> str:
    """Return a fingerprint of the code that folds: what another version folded is folded again from the log."""
    total = zlib.crc32(f"{sys.byteorder} {array('I').itemsize}".encode())  # columns are kept as they lie in memory
    told = [Path(str(sys.modules[kind.__module__].__file__)) for kind in (Comment, Assessment)]
    for path in sorted([*Path(str(inbox.__file__)).parent.rglob("*.py"), *told]):
        total = zlib.crc32(path.read_bytes(), zlib.crc32(path.name.encode(), total))
    return f"{total:08x}"


# -- finding -----------------------------------------------------------------------------------------


def snapshots(folder: Path) -> list[Path]:
    """Return the folder's snapshots, newest first."""
    return sorted((path for path in folder.iterdir() if _NAME.fullmatch(path.name)), reverse=True)


def seq_of(path: Path) -> int:
    """Return the last transaction that a snapshot holds, from its name."""
    return int(path.name[len("snap-") :])


def restore(folder: Path, upto: int, spill: Spill | None = None) -> Restored:
    """Read the newest good snapshot that holds nothing after transaction `upto`; what comes after it goes to `spill`."""
    damaged: list[Path] = []
    for path in snapshots(folder) if folder.is_dir() else ():
        if seq_of(path) > upto:
            continue  # of another log: this one has not come as far
        try:
            return Restored(read(path, spill), seq_of(path), tuple(damaged))
        except UnusableError as error:
            if error.damaged:
                damaged.append(path)
        except OSError:  # replaced while we looked
            continue
    return Restored(Inbox(items=Shelf(spill=spill)), 0, tuple(damaged))


# -- reading -----------------------------------------------------------------------------------------


def read(path: Path, spill: Spill | None = None) -> Inbox:
    """Return the inbox of a snapshot, every byte of which has been checked; what is put into it goes to `spill`.

    Raises:
        UnusableError: it is damaged, or another version's.
        OSError: it cannot be read.
    """
    file = File(path)
    trailer, end = _check(file)
    try:
        return _laid_out(file, trailer, end, spill)
    except (ValueError, StopIteration):  # sound, and of nothing that this version knows
        raise UnusableError(damaged=False) from None


def _laid_out(file: File, trailer: _Trailer, end: int, spill: Spill | None) -> Inbox:
    lines = _lines(file, trailer.columns, end)
    hot = Columns()
    for part in hot.parts():
        _fill(part, b64decode(next(lines)))
    for name in msgspec.json.decode(next(lines), type=list[str]):
        hot.names.number(name)
    lengths = msgspec.json.decode(next(lines), type=list[int])
    offsets = accumulate(lengths, initial=trailer.columns - sum(lengths))
    if max(lengths, default=0) > LONGEST or len(lengths) != len(hot.ids):
        raise UnusableError(damaged=False)
    shelf = Shelf(hot, map(file.place, offsets, lengths), file, spill)
    fields = {name: _field(name, next(lines)) for name in _plain_fields()}
    return Inbox(items=shelf, **fields)


def items_in(path: Path) -> tuple[File, Iterator[tuple[int, bytes]]]:
    """Return a sound snapshot, and the place and the body of each item in it, in order of first sight.

    Raises:
        UnusableError: it is damaged, or another version's.
        OSError: it cannot be read.
    """
    file = File(path)
    trailer, _ = _check(file)
    return file, _placed(file, trailer.columns)


def _placed(file: File, end: int) -> Iterator[tuple[int, bytes]]:
    offset = os.pread(file.fd, _TRAILER, 0).find(b"\n") + 1
    for body in _lines(file, offset, end):
        length = len(body) + FRAME
        yield file.place(offset, length), body
        offset += length


def verify(path: Path) -> None:
    """Check every byte of a snapshot.

    Raises:
        UnusableError: it is damaged, or another version's.
        OSError: it cannot be read.
    """
    _check(File(path))


def is_of_this_code(path: Path) -> bool:
    """Tell from its first line whether a snapshot was folded by this very code; says nothing of the rest."""
    with path.open("rb") as file:
        return code().encode() in file.readline(_TRAILER)


def _check(file: File) -> tuple[_Trailer, int]:
    """Return a sound snapshot's trailer and where that begins."""
    size = os.fstat(file.fd).st_size
    tail = os.pread(file.fd, _TRAILER, max(0, size - _TRAILER))
    last = tail[tail.rfind(b"\n", 0, -1) + 1 :]
    end = size - len(last)
    try:
        trailer = msgspec.json.decode(unframe(last) or b"", type=_Trailer)
        first = os.pread(file.fd, _TRAILER, 0)
        header = msgspec.json.decode(unframe(first[: first.find(b"\n") + 1]) or b"", type=_Header)
    except msgspec.DecodeError:
        raise UnusableError(damaged=True) from None
    if _crc(file, end) != trailer.crc or header.seq != seq_of(file.path):
        raise UnusableError(damaged=True)
    if header.v != VERSION or header.code != code():
        raise UnusableError(damaged=False)
    return trailer, end


def _crc(file: File, end: int) -> int:
    total = 0
    for offset in range(0, end, _CHUNK):
        total = zlib.crc32(os.pread(file.fd, min(_CHUNK, end - offset), offset), total)
    return total


def _lines(file: File, start: int, end: int) -> Iterator[bytes]:
    with os.fdopen(os.dup(file.fd), "rb") as stream:
        stream.seek(start)
        while start < end:
            line = stream.readline()
            start += len(line)
            yield line[9:-1]


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _fill(part: Part, content: bytes) -> None:
    if isinstance(part, bytearray):
        part[:] = content
    else:
        del part[:]
        part.frombytes(content)


def _plain_fields() -> list[str]:
    return [name for name in Inbox.__struct_fields__ if name != "items"]


def _field(name: str, line: bytes) -> Any:
    return msgspec.msgpack.decode(b64decode(line), type=_hints(Inbox)[name])


# -- writing -----------------------------------------------------------------------------------------


def write(inbox: Inbox, seq: int, folder: Path, *, sync: Sync = os.fdatasync) -> Path:
    """Write the snapshot of an inbox that holds everything up to transaction `seq`, durably, and return its path.

    Raises:
        OSError: it could not be written; nothing is there under its name.
    """
    path = folder / f"snap-{seq:016d}"
    temporary = path.with_suffix(".tmp")
    try:
        fd = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(fd, "wb", buffering=_CHUNK) as file:
            _write(inbox, seq, file.write)
            file.flush()
            sync(fd)
        temporary.rename(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(folder, sync)
    return path


def _write(inbox: Inbox, seq: int, write: Callable[[bytes], object]) -> None:
    crc = written = 0

    def put(body: bytes) -> int:
        nonlocal crc, written
        line = frame(body)
        write(line)
        crc = zlib.crc32(line, crc)
        written += len(line)
        return len(line)

    encode = msgspec.json.encode
    put(encode(_Header("snapshot", VERSION, seq, code())))
    lengths = [put(inbox.items.packed(row)) for row in inbox.items.hot.rows()]
    columns = written
    hot = inbox.items.hot.squeezed()
    for part in hot.parts():
        put(b64encode(part))
    put(encode(hot.names.known))
    put(encode(lengths))
    for name in _plain_fields():
        put(b64encode(msgspec.msgpack.encode(getattr(inbox, name))))  # JSON knows no pairs as keys
    write(frame(encode(_Trailer(len(hot), columns, crc))))


def prune(folder: Path) -> None:
    """Remove what is older than the snapshots kept; call it only when those are good."""
    for path in snapshots(folder)[KEPT:]:
        path.unlink(missing_ok=True)
