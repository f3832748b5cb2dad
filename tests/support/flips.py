"""Bits of a desk's files flipped one at a time: whoever opens the desk is told, or the check of its files says so.

The desk has closed and open segments, two snapshots, somebody erased and the side file; every file is taken in turn.
"""

import os
import random
from collections import Counter
from pathlib import Path

from builders import NOON, comment, seen

from inbox import compaction
from inbox.fold import Inbox
from inbox.ledger import Ledger
from inbox.store import Store
from inbox.store_errors import StoreError

SEGMENT_BYTES = 2048
PASSING = ("lock", "compacting", "ballast")
"""Files whose content says nothing of the desk: two locks, and room."""


def a_desk(folder: Path) -> Inbox:
    """Make a desk with every kind of file, and return its inbox."""
    ledger = _open(folder)
    for number in range(24):
        ledger.record([seen(comment(f"Salle {number}", id=f"c{number:03d}", author=f"visiteur{number:03d}"))])
        if number == 3:
            ledger.erase("visiteur002", by="lou", now=NOON)
        if number in {10, 20}:
            compaction.compact(folder)
    inbox = ledger.inbox
    ledger.close()
    return inbox


def _open(folder: Path) -> Ledger:
    return Ledger(Store(folder, holder="the check", segment_bytes=SEGMENT_BYTES, ballast_bytes=0))


def judged(folder: Path, expected: Inbox) -> str:
    """Open a desk after a flip; say who noticed it, or "unnoticed", or "wrong" when something else is read than was written."""
    try:
        store = Store(folder, holder="the check", segment_bytes=SEGMENT_BYTES, ballast_bytes=0)
        try:
            inbox, notices = store.load(), store.notices
        finally:
            store.close()
    except StoreError:
        return "refused"
    if inbox != expected:
        return "wrong"
    if notices:
        return "told at opening"
    return "found by the check" if compaction.check(folder) else "unnoticed"


def flip_everywhere(folder: Path, number: int, chance: random.Random) -> int:
    """Flip `number` bits, print the table, return how many went unnoticed or were read as something else."""
    expected = a_desk(folder)
    files = {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.name not in PASSING}
    rows: dict[str, Counter[str]] = {}
    columns = ("flips", "refused", "told at opening", "found by the check", "wrong", "unnoticed")
    for flip in range(number):
        name = list(files)[flip % len(files)]
        place, bit = _place(name, files[name], chance), chance.randrange(8)
        _write(folder / name, files[name][:place] + bytes([files[name][place] ^ 1 << bit]) + files[name][place + 1 :])
        found = judged(folder, expected)
        rows.setdefault(name.partition("-")[0], Counter()).update({"flips": 1, found: 1})
        _restore(folder, files)
    print(f"{'flipped bits':<34}" + "".join(f"{column:>20}" for column in columns))
    for name, row in rows.items():
        print(f"  {name:<32}" + "".join(f"{row[column]:>20,}" for column in columns))
    print(flush=True)
    return sum(row["wrong"] + row["unnoticed"] for row in rows.values())


def _place(name: str, content: bytes, chance: random.Random) -> int:
    """Choose a byte: anywhere, as often in the last line."""
    if chance.random() < 0.5 or name == "durable":
        return chance.randrange(len(content))
    return chance.randrange(content.rfind(b"\n", 0, -1) + 1, len(content))


def _restore(folder: Path, files: dict[str, bytes]) -> None:
    for path in folder.iterdir():
        if path.name not in files and path.name not in PASSING:
            path.unlink()
    for name, content in files.items():
        path = folder / name
        if not path.exists() or path.read_bytes() != content:
            _write(path, content)


def _write(path: Path, content: bytes) -> None:
    # in place: some file systems flush a file that was cut to nothing and written again
    fd = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    os.pwrite(fd, content, 0)
    os.ftruncate(fd, len(content))
    os.close(fd)
