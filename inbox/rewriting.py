"""Rewriting: closed files of a desk written again without somebody; the only time that what was written changes.

Every file is replaced in one step and keeps its transactions' numbers, so that a crash in the middle leaves old files
and new ones side by side, all of them whole. A note of what is being done is kept until it is done.
"""

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from inbox import snapshot
from inbox._disk import sync_folder
from inbox._segments import decode_line, encode_line, frame, read_segment, segments, unframe
from inbox.compaction import LOCK, alone
from inbox.erasure import KEY_FILE, Eraser, Person
from inbox.holder import LOCK_NAME
from inbox.paths import write_private
from inbox.store_errors import DamagedError

NOTE = "erasing"
_UNTOUCHED = frozenset({LOCK, LOCK_NAME, KEY_FILE, NOTE, "durable", "ballast"})


class Rewritten(Struct, frozen=True):
    """What rewriting came to.

    Attributes:
        files: how many files were changed or removed.
        held: events kept as evidence although they name the person.
        left: files that still name the person; empty when all is well.
    """

    files: int
    held: int
    left: tuple[str, ...]


class Erasing(Struct, frozen=True):
    """An erasure that was decided.

    Attributes:
        person: whom to forget.
        by: the operator who asked for it.
        at: when.
    """

    person: Person
    by: str
    at: datetime


def begin(folder: Path, erasing: Erasing) -> None:
    """Keep a note of an erasure, so that a crash cannot leave it half done.

    Raises:
        OSError: it could not be written.
    """
    write_private(os.fspath(folder / NOTE), frame(msgspec.json.encode(erasing)))


def give_up(folder: Path) -> None:
    """Take the note back: nothing was done, and whoever asked was told so."""
    (folder / NOTE).unlink()


def unfinished(folder: Path) -> Erasing | None:
    """Return whom a crash kept a desk from forgetting, if anybody.

    Raises:
        DamagedError: somebody, but the note cannot be read.
    """
    path = folder / NOTE
    try:
        return msgspec.json.decode(unframe(path.read_bytes()) or b"", type=Erasing)
    except FileNotFoundError:
        return None
    except msgspec.DecodeError:
        raise DamagedError(path, 0, "somebody was to be erased, and the note of whom is damaged") from None


def rewrite(folder: Path, eraser: Eraser) -> Rewritten:
    """Take a person out of every closed file of a desk; the segment that is being written must not name them.

    Raises:
        DamagedError: a segment cannot be read.
        OSError: a file cannot be written; what is done is done, and begun again the next time.
    """
    lock = alone(folder)
    try:
        changed = 0
        for path in [*snapshot.snapshots(folder), *folder.glob("torn-*"), *folder.glob("*.tmp")]:
            path.unlink()  # what a snapshot holds is in the log; what was torn had been promised to nobody
            changed += 1
        changed += sum(_segment(path, eraser) for path in segments(folder)[:-1])
        changed += sum(scrub(path, eraser.names_plainly) for path in others(folder))
        sync_folder(folder, os.fdatasync)
        left = tuple(path.name for path in sorted(folder.rglob("*")) if path.is_file() and _still(path, eraser))
        if not left:
            (folder / NOTE).unlink(missing_ok=True)
        return Rewritten(changed, eraser.held, left)
    finally:
        os.close(lock)


def _segment(path: Path, eraser: Eraser) -> bool:
    if not eraser.names(path.read_bytes()):
        return False
    write_private(os.fspath(path), b"".join(_lines(path, eraser)))
    return True


def _lines(path: Path, eraser: Eraser) -> Iterator[bytes]:
    for _, raw in read_segment(path, 0):
        line = decode_line(raw) if eraser.names(raw) else None
        if line is None:
            yield raw  # a header, or nothing of theirs; or damaged, and then not ours to hide
        else:
            yield encode_line(line.seq, line.durable, line.when, eraser.erase(line.payload))


def others(folder: Path) -> list[Path]:
    """List the other files that may name somebody: logs, the status, what a colleague's feature keeps here."""
    journal = {*segments(folder), *snapshot.snapshots(folder)}
    return [p for p in sorted(folder.rglob("*")) if p.is_file() and p not in journal and p.name not in _UNTOUCHED]


def scrub(path: Path, names: Callable[[bytes], bool]) -> bool:
    """Take the lines that name somebody out of a text; tells whether there were any."""
    content = path.read_bytes()
    if not names(content):
        return False
    kept = b"".join(line for line in content.splitlines(keepends=True) if not names(line))
    with path.open("r+b") as file:  # in place: a log goes on being written
        file.write(kept)
        file.truncate()
        os.fdatasync(file.fileno())
    return True


def _still(path: Path, eraser: Eraser) -> bool:
    if path.name in _UNTOUCHED:
        return False
    content = path.read_bytes()
    if not path.name.startswith("log-"):
        return eraser.names_plainly(content)
    if not eraser.names(content):
        return False
    lines = [raw for _, raw in read_segment(path, 0) if eraser.names(raw)]
    return not all((line := decode_line(raw)) and eraser.is_held(line.payload) for raw in lines)
