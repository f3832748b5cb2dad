"""A model of a disk that loses power: what was not synced may be there, missing, half there, or garbage."""

import os
import random
import stat
from pathlib import Path

PAGE = 512


class PowerCut(BaseException):
    """The machine is off: nothing may be caught, nothing runs after."""


class Platter:
    """Injected file operations over a real folder that remember what is durable and cut the power at a chosen call.

    A file's bytes are durable as they were at its last sync, a folder's entries as they were at the folder's.
    """

    def __init__(self, folder: Path, chance: random.Random, calls: int) -> None:
        self._folder = folder
        self._chance = chance
        self._calls = calls
        self._content: dict[int, bytes] = {}
        self._entries: dict[str, int] = {}
        self._off = False
        if folder.exists():
            self._entries = {path.name: path.stat().st_ino for path in folder.iterdir()}
            self._content = {path.stat().st_ino: path.read_bytes() for path in folder.iterdir()}

    def write(self, fd: int, content: bytes, offset: int) -> int:
        if self._is_cut():
            os.pwrite(fd, content[: self._chance.randint(0, len(content))], offset)
            raise PowerCut
        return os.pwrite(fd, content, offset)

    def fsync(self, fd: int) -> None:
        if self._is_cut():
            if self._chance.random() < 0.5:
                self._keep(fd)
            raise PowerCut
        self._keep(fd)

    def _is_cut(self) -> bool:
        self._calls -= 1
        self._off = self._off or self._calls <= 0
        return self._off

    def _keep(self, fd: int) -> None:
        status = os.fstat(fd)
        if stat.S_ISDIR(status.st_mode):
            self._entries = {path.name: path.stat().st_ino for path in self._folder.iterdir()}
        else:
            self._content[status.st_ino] = Path(f"/proc/self/fd/{fd}").read_bytes()

    def wreck(self, after: Path) -> None:
        """Write to the new folder `after` one of the states the disk may be in once power is back."""
        after.mkdir(mode=0o700)
        now = {path.name: path for path in self._folder.iterdir()}
        inodes = {path.stat().st_ino: path for path in now.values()}
        for name in {*now, *self._entries}:
            durable = self._entries.get(name)
            current = now[name].stat().st_ino if name in now else None
            # Renames and removals that no folder sync has confirmed may or may not have happened.
            inode = durable if durable == current or self._chance.random() < 0.5 else current
            if inode is None:
                continue
            before = self._content.get(inode, b"")
            latest = inodes[inode].read_bytes() if inode in inodes else before
            (after / name).write_bytes(self._mix(before, latest))

    def _mix(self, before: bytes, latest: bytes) -> bytes:
        size = self._chance.choice(
            (len(before), len(latest), self._chance.randint(*sorted((len(before), len(latest)))))
        )
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
                choices.append(self._chance.randbytes(len(new)))
            pages.append(self._chance.choice(choices))
        return b"".join(pages)[:size]
