"""Backup: a whole, consistent copy of a desk beside whoever runs it; a desk of its own wherever it is put."""

import os
import shutil
from pathlib import Path

from msgspec import Struct

from inbox._disk import sync_folder
from inbox._mark import MARK_NAME, MarkFile, read_mark
from inbox._segments import first_of, read_lines, segments
from inbox.compaction import LOCK, alone
from inbox.holder import LOCK_NAME
from inbox.paths import make_private
from inbox.store_errors import FolderError

_LEFT = frozenset({LOCK, LOCK_NAME, MARK_NAME, "ballast", "status.json"})
_LEFT_LIKE = ("log-*", "snap-*", "torn-*", "*.tmp", "*.new", "*.sock", "*.log*")


class Copied(Struct, frozen=True):
    """What a backup holds.

    Attributes:
        transactions: how many, all of them read again in the copy.
        files: how many files besides the journal's.
    """

    transactions: int
    files: int


def backup(folder: Path, out: Path) -> Copied:
    """Copy the desk in `folder` into the new folder `out`: every transaction that is durable now, and what lies beside.

    Snapshots stay behind: they are made again from the log. The copy is read back, line by line, before this returns.

    Raises:
        FolderError: there is no desk in `folder`, or `out` holds something already.
        DamagedError: a line cannot be read; the copy is not to be trusted.
    """
    mark = read_mark(folder)
    if mark is None:
        raise FolderError(f"{folder} holds no journal", hint="name the folder of a desk: the one with log-* files")
    if out.exists() and any(out.iterdir()):
        raise FolderError(f"{out} is not empty", hint="name a folder that does not exist yet")
    make_private(os.fspath(out))
    lock = alone(folder)  # nobody may rewrite closed segments while they are copied
    try:
        for path in segments(folder):
            if first_of(path) <= mark.segment:
                _copy(path, out / path.name, mark.end if first_of(path) == mark.segment else None)
        others = [
            p for p in folder.iterdir() if p.is_file() and p.name not in _LEFT and not any(map(p.match, _LEFT_LIKE))
        ]
        for path in others:
            _copy(path, out / path.name)
    finally:
        os.close(lock)
    MarkFile(out, mark, os.fdatasync).close()
    sync_folder(out, os.fsync)
    return Copied(sum(1 for _ in read_lines(out, after=0, upto=mark.seq)), len(others))


def copy_settings(folder: Path, out: Path, left: frozenset[str], private: frozenset[Path]) -> int:
    """Copy what lies in the configuration's folder; returns how many files.

    Args:
        folder: the configuration's.
        out: where the copy goes, which may lie in `folder`.
        left: what is left out of its first level (secrets, desks).
        private: files that are left out wherever they lie, resolved: those that the configuration names as secrets.
    """
    count = 0
    within = out.resolve()
    for path in sorted(folder.rglob("*")):
        relative, real = path.relative_to(folder), path.resolve()
        if real in private or real.is_relative_to(within):
            continue
        if path.is_file() and relative.parts[0] not in left:
            make_private(os.fspath((out / relative).parent))
            _copy(path, out / relative)
            count += 1
    return count


def _copy(source: Path, target: Path, size: int | None = None) -> None:
    fd = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with source.open("rb") as read, os.fdopen(fd, "wb") as written:
        if size is None:
            shutil.copyfileobj(read, written)
        else:
            written.write(read.read(size))
        written.flush()
        os.fdatasync(written.fileno())
