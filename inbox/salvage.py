"""Salvage: copy every readable transaction of a damaged journal into a new one that opens."""

import os
from collections.abc import Iterator
from pathlib import Path

import msgspec

from inbox._disk import lock_folder
from inbox._segments import Line, decode_line, find_lines, is_header, read_segment, segments
from inbox.journal import Journal
from inbox.store_errors import FolderError

LOST = b"null"


class Damage(msgspec.Struct, frozen=True):
    """Bytes that hold no readable transaction, or not only.

    Attributes:
        path: the file.
        offset: where they begin.
        length: how many bytes.
    """

    path: Path
    offset: int
    length: int


class SalvageReport(msgspec.Struct, frozen=True):
    """What salvage found.

    Attributes:
        copied: number of transactions copied.
        lost: sequences that could not be read; the copy holds `null` in their place.
        damages: where the damage lies.
    """

    copied: int
    lost: tuple[int, ...]
    damages: tuple[Damage, ...]


def salvage(folder: Path, out: Path) -> SalvageReport:
    """Copy every readable transaction of the journal in `folder` into a new journal in `out`; `folder` is not changed.

    Sequences keep their numbers: what cannot be read is replaced by the transaction `null`, which says nothing.

    Raises:
        HeldError: another process owns `folder`.
        FolderError: `folder` holds no journal, or `out` holds something already.
    """
    if not (folder.is_dir() and segments(folder)):
        raise FolderError(f"{folder} holds no journal", hint="name the folder of a desk: the one with log-* files")
    if out.exists() and any(out.iterdir()):
        raise FolderError(f"{out} is not empty", hint="name a folder that does not exist yet")
    lock_fd = lock_folder(folder, "becalm salvage", 0.0)
    try:
        damages: list[Damage] = []
        return _copy(_readable(folder, damages), out, damages)
    finally:
        os.ftruncate(lock_fd, 0)
        os.close(lock_fd)


def _readable(folder: Path, damages: list[Damage]) -> Iterator[Line]:
    """Yield every readable line, in order of files, noting what is not."""
    for path in segments(folder):
        for offset, raw in read_segment(path, 0):
            line = decode_line(raw)
            if line:
                yield line
            elif offset or not is_header(raw):
                damages.append(Damage(path, offset, len(raw)))
                yield from find_lines(raw)


def _copy(lines: Iterator[Line], out: Path, damages: list[Damage]) -> SalvageReport:
    copied = 0
    lost: list[int] = []
    when = 0.0
    last = 0
    with Journal.open(out, holder="becalm salvage", clock=lambda: when) as journal:
        for line in lines:
            if line.seq <= last:
                continue
            when = line.when
            for missing in range(last + 1, line.seq):
                journal.submit(LOST, reserve=True)
                lost.append(missing)
            last = journal.submit(line.payload, reserve=True)
            copied += 1
    return SalvageReport(copied, tuple(lost), tuple(damages))
