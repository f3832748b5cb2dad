"""The pretended platform's memory: what was sent, hidden, pinned, muted and locked, shared through one JSON file."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct, field

from connectors._errors import ConnectorError
from connectors._model import Outgoing

KEY_TTL = 3600.0
"""Seconds for which the platform recognises a repeated client id."""
PIN_LIMIT = 2
"""Notices that may be pinned under one post."""

Kind = Literal["reply", "notice", "thread"]


class SentItem(Struct, frozen=True, kw_only=True):
    """One publication the platform carried out.

    Attributes:
        remote_id: the platform's id of it.
        kind: what it was sent as.
        outgoing: exactly what arrived.
        at: when it was carried out.
    """

    remote_id: str
    kind: Kind
    outgoing: Outgoing
    at: datetime


class Span(Struct, kw_only=True):
    """A time during which an author is muted or a post is locked; `until` is None while it lasts."""

    key: str
    since: datetime
    until: datetime | None = None


class Reported(Struct, frozen=True, kw_only=True):
    """One report to the platform's moderators."""

    native_id: str
    reason: str
    at: datetime


class Memory(Struct, kw_only=True):
    """Everything the platform remembers; this is the state file."""

    start: datetime | None = None
    sent: list[SentItem] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    edited: dict[str, str] = field(default_factory=dict)
    pinned: list[str] = field(default_factory=list)
    muted: list[Span] = field(default_factory=list)
    locked: list[Span] = field(default_factory=list)
    reports: list[Reported] = field(default_factory=list)


def sent_item(memory: Memory, remote_id: str) -> tuple[int, SentItem] | None:
    """Return a publication of ours and its index by its remote id ("own-3" is the third)."""
    head, _, tail = remote_id.partition("-")
    if head != "own" or not tail.isdecimal() or not 0 < int(tail) <= len(memory.sent):
        return None
    return int(tail) - 1, memory.sent[int(tail) - 1]


def within(spans: list[Span], key: str, at: datetime) -> bool:
    """Tell whether `at` falls into one of the spans of `key`."""
    return any(s.key == key and s.since <= at and (s.until is None or at < s.until) for s in spans)


class Platform:
    """The memory, alone or shared with other processes by a file that is written whole, durably, at each act."""

    def __init__(self, path: str = "") -> None:
        """Name the state file ("" keeps everything in memory); nothing is read yet."""
        self._path = Path(path).expanduser() if path else None
        self._memory = Memory()
        self._stamp: tuple[int, int] | None = None

    def read(self) -> Memory:
        """Return the present memory, read again when another process wrote the file.

        Raises:
            ConnectorError: the state file cannot be read.
        """
        if self._path is None:
            return self._memory
        try:
            stat = self._path.stat()
            if self._stamp != (stat.st_ino, stat.st_mtime_ns):
                self._memory = msgspec.json.decode(self._path.read_bytes(), type=Memory)
                self._stamp = (stat.st_ino, stat.st_mtime_ns)
        except FileNotFoundError:
            self._memory, self._stamp = Memory(), None
        except (OSError, msgspec.MsgspecError) as error:
            raise _unusable(self._path, error) from error
        return self._memory

    @contextmanager
    def write(self) -> Iterator[Memory]:
        """Change the memory; what was changed is on the disk when the block has ended without an error.

        Raises:
            ConnectorError: the state file cannot be read or written.
        """
        if self._path is None:
            yield self._memory
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.with_suffix(".lock").open("a") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                memory = self.read()
                self._stamp = None  # whatever happens in the block, the file is the truth afterwards
                yield memory
                self._save(self._path, memory)
        except OSError as error:
            raise _unusable(self._path, error) from error

    def _save(self, path: Path, memory: Memory) -> None:
        new = path.with_suffix(".new")
        handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(msgspec.json.encode(memory))
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)  # the rename itself must survive a power cut, not only the bytes
        finally:
            os.close(folder)

    def publish(self, kind: Kind, outgoing: Outgoing, *, now: datetime) -> SentItem:
        """Carry a publication out once, whatever the number of tries with the same client id within `KEY_TTL`.

        A notice is pinned in the same act, unless `PIN_LIMIT` of them are pinned under its post already.
        """
        with self.write() as memory:
            for item in memory.sent:
                same = item.outgoing.client_id == outgoing.client_id
                if same and now - item.at < timedelta(seconds=KEY_TTL):
                    return item
            item = SentItem(remote_id=f"own-{len(memory.sent) + 1}", kind=kind, outgoing=outgoing, at=now)
            memory.sent.append(item)
            pinned = {sent.remote_id: sent.outgoing.post_id for sent in memory.sent if sent.remote_id in memory.pinned}
            asked = kind == "notice" or (kind == "thread" and outgoing.pin)
            if asked and list(pinned.values()).count(outgoing.post_id) < PIN_LIMIT:
                memory.pinned.append(item.remote_id)
            return item


def _unusable(path: Path, error: Exception) -> ConnectorError:
    return ConnectorError(
        f"{path}: the rehearsal's state file cannot be used: {error}",
        hint="name another file in `state`, or remove this one to begin again",
    )
