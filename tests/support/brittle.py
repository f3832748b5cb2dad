"""A brittle disk under one real process: every call that changes files can be its last, lose power, or find no room.

`install()` puts itself before the calls of `os` and `open` that change files, for good, and is to be called before
what it watches is imported; without a `Disk` in use, and outside that disk's folder, they do what they always did.
"""

import builtins
import errno
import io
import os
import pickle
import random
import signal
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

PAGE = 512
KINDS = {
    "write": "write",
    "pwrite": "write",
    "fsync": "sync",
    "fdatasync": "sync",
    "ftruncate": "cut",
    "rename": "name",
    "replace": "name",
    "unlink": "name",
    "remove": "name",
    "open": "make",
}
REAL: dict[str, Callable[..., Any]] = {name: getattr(os, name) for name in KINDS}
_open = io.open


def moment(phase: str, kind: str, name: str) -> str:
    """Say in which part of the store a call is made."""
    if phase in {"open", "erase"}:
        return {"open": "while it opens", "erase": "while somebody is erased"}[phase]
    if name.startswith("snap-"):
        return "in a snapshot's rename" if kind == "name" else "in a snapshot's writing"
    if name.startswith("log-") and (name.endswith(".tmp") or kind in {"name", "make"}):
        return "in the roll of a segment"
    if name.startswith(("spill-", "ballast")):
        return "in a spill file or the ballast"
    if name == "durable":
        return "in the side file"
    return {"write": "in a write of the log", "sync": "in a sync"}.get(kind, "in another change")


MOMENTS = {
    "in a write of the log": 16,
    "in a sync": 16,
    "in the side file": 16,
    "in the roll of a segment": 6,
    "in a snapshot's writing": 6,
    "in a snapshot's rename": 2,
    "while it opens": 16,
    "while somebody is erased": 24,
}
"""The moments that are aimed at, and about how many calls of a life are in each."""


class Disk:
    """What one process does to the files of one folder.

    Attributes:
        phase: what the process is about, told by itself.
        room: bytes that fit into the folder; None for as many as there are.
        struck: whether the chosen call came.
    """

    def __init__(
        self,
        folder: Path,
        chance: random.Random,
        *,
        at: str = "",
        call: int = 0,
        note: Path | None = None,
        room: int | None = None,
        deaf: bool = False,
    ) -> None:
        """Watch `folder`.

        Args:
            folder: where the files are; may not be there yet.
            chance: decides what is left open.
            at: the moment (`moment`) of the last call; "" for none.
            call: which call of that moment it is, from 1.
            note: where to write what was durable, when the power goes; None is a mere kill.
            room: bytes that fit.
            deaf: keep nothing that is synced: a disk that lies.
        """
        self.folder = folder = folder.resolve()
        self.phase = ""
        self.room = room
        self.struck = False
        self._chance = chance
        self._at = at
        self._left = call
        self._note = note
        self._deaf = deaf
        self._content: dict[int, bytes] = {}
        self._entries: dict[str, int] = {}
        self._files: dict[int, int] = {}
        self._numbers = count(1)
        for path in folder.iterdir() if folder.exists() else ():
            self._entries[path.name] = self._file(path.stat().st_ino)
            self._content[self._file(path.stat().st_ino)] = path.read_bytes()

    def do(self, name: str, path: Path, *args: Any) -> Any:
        """Do one call, or half of it."""
        kind, real = KINDS[name], REAL[name]
        if kind == "make" and not path.exists():
            real = self._making(real)
        if self._is_now(kind, path):
            self._strike(kind, real, args)
        if kind == "write" and self.room is not None:
            return self._squeeze(real, args)
        result = real(*args)
        if kind == "sync":
            self._keep(args[0])
        return result

    def _is_now(self, kind: str, path: Path) -> bool:
        if not self._at or moment(self.phase, kind, path.name) != self._at:
            return False
        self._left -= 1
        return self._left == 0

    def _strike(self, kind: str, real: Callable[..., Any], args: tuple[Any, ...]) -> None:
        self.struck = True
        if kind == "write":
            fd, content, *offset = args
            real(fd, content[: self._chance.randint(0, len(content))], *offset)
        elif self._chance.random() < 0.5:
            real(*args)
            if kind == "sync":
                self._keep(args[0])
        self.end()

    def _making(self, real: Callable[..., int]) -> Callable[..., int]:
        """Make a file, and take it for a new one: the number of one that is gone is given out again."""

        def make(*args: Any) -> int:
            fd = real(*args)
            self._files.pop(os.fstat(fd).st_ino, None)
            return fd

        return make

    def end(self) -> None:
        """End this process here and now; with a note of what was durable, if the power went."""
        if self._note is not None:
            now = {path.name: self._file(path.stat().st_ino) for path in self.folder.iterdir()}
            with _open(self._note, "wb") as file:
                pickle.dump((self._content, self._entries, now), file)
        os.kill(os.getpid(), signal.SIGKILL)

    def _squeeze(self, real: Callable[..., Any], args: tuple[Any, ...]) -> Any:
        fd, content, *offset = args
        size = os.fstat(fd).st_size
        end = offset[0] if offset else os.lseek(fd, 0, os.SEEK_CUR)
        used = sum(entry.stat().st_size for entry in os.scandir(self.folder))
        assert self.room is not None
        room = self.room - used + max(0, size - end)
        if room <= 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(fd, content[:room], *offset)

    # -- what a power cut leaves -------------------------------------------------------------------

    def _file(self, inode: int) -> int:
        return self._files.setdefault(inode, next(self._numbers))

    def _keep(self, fd: int) -> None:
        if self._deaf:
            return
        if Path(f"/proc/self/fd/{fd}").is_dir():
            self._entries = {path.name: self._file(path.stat().st_ino) for path in self.folder.iterdir()}
        else:
            with _open(f"/proc/self/fd/{fd}", "rb") as file:
                self._content[self._file(os.fstat(fd).st_ino)] = file.read()


def wreck(folder: Path, note: Path, after: Path, chance: random.Random) -> None:
    """Write to `after` one of the states in which the disk may be once power is back.

    A file's bytes are durable as they were at its last sync, a folder's entries as they were at the folder's; of what
    came later each page and each entry may be there or not, half there, or anything.
    """
    content, entries, now = pickle.loads(note.read_bytes())
    after.mkdir(mode=0o700)
    latest = {file: (folder / name).read_bytes() for name, file in now.items()}
    for name in sorted({*now, *entries}):
        file = chance.choice((entries.get(name), now.get(name)))
        if file is not None:
            before = content.get(file, b"")
            (after / name).write_bytes(_mixed(before, latest.get(file, before), chance))


def _mixed(before: bytes, latest: bytes, chance: random.Random) -> bytes:
    low, high = sorted((len(before), len(latest)))
    size = chance.choice((len(before), len(latest), chance.randint(low, high)))
    pages = []
    for start in range(0, size, PAGE):
        old, new = before[start : start + PAGE], latest[start : start + PAGE]
        if old == new:
            pages.append(old)
            continue
        # Sectors are whole; bytes never synced and beyond the old end may also be anything.
        grown = old + new[len(old) :] if len(new) > len(old) else old
        choices = [new, grown, old.ljust(len(new), b"\0")]
        if not old:
            choices.append(chance.randbytes(len(new)))
        pages.append(chance.choice(choices))
    return b"".join(pages)[:size]


# -- in front of the system's calls ------------------------------------------------------------------

_in_use: list[Disk] = []


def use(disk: Disk | None) -> None:
    """Let the calls of this process go to `disk`, or do what they always did."""
    _in_use[:] = [disk] if disk else []


def _standing_before(name: str) -> Callable[..., Any]:
    real, watched = REAL[name], KINDS[name]

    def call(*args: Any, **more: Any) -> Any:
        if not _in_use or more:
            return real(*args, **more)
        if watched == "make" and not args[1] & os.O_CREAT:
            return real(*args)
        target = args[0]
        path = Path(f"/proc/self/fd/{target}").readlink() if isinstance(target, int) else Path(os.fsdecode(target))
        disk = _in_use[0]
        return disk.do(name, path, *args) if path.is_relative_to(disk.folder) else real(*args)

    return call


class _Raw(io.FileIO):
    """A file whose writes are the system's calls, in sight."""

    def write(self, content: Any, /) -> int:
        written: int = os.write(self.fileno(), bytes(content))
        return written

    def truncate(self, size: int | None = None, /) -> int:
        wanted = self.tell() if size is None else size
        os.ftruncate(self.fileno(), wanted)
        return wanted


def _opened(file: Any, mode: str = "r", buffering: int = -1, *args: Any, **more: Any) -> Any:
    if not _in_use or "b" not in mode or not set(mode) & set("wxa+") or args or set(more) - {"closefd", "opener"}:
        return _open(file, mode, buffering, *args, **more)
    if not isinstance(file, int):
        more.setdefault("opener", lambda path, flags: os.open(path, flags, 0o666))
    raw = _Raw(file, mode.replace("b", ""), **more)
    size = buffering if buffering > 1 else io.DEFAULT_BUFFER_SIZE
    return io.BufferedRandom(raw, size) if "+" in mode else io.BufferedWriter(raw, size)


def install() -> None:
    """Stand before the system's calls from now on."""
    for name in KINDS:
        setattr(os, name, _standing_before(name))
    builtins.open = io.open = _opened
