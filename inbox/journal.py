"""The journal: an append-only, checksummed log in a folder; what `append` returned for is never lost.

A transaction is one line of a segment: CRC-32, a blank, and JSON {"s": sequence, "d": the highest sequence already
durable when it was written, "t": Unix time, "o": payload}. The folder holds

    lock             who owns it, under flock
    log-<first seq>  segments; the first line of each names the format
    durable          the side file: how far the log is known to be durable
    ballast          room to free when the disk is full
    torn-*           ends of lines that a crash left behind and nobody had been promised

Names this module does not know are left alone.
"""

import errno
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Self

from inbox._disk import Ballast, Sync, Write, is_full, lock_folder, prepare_folder, sync_folder, write_all
from inbox._mark import Mark, MarkFile
from inbox._recovery import Tail, recover
from inbox._segments import encode_header, encode_line, first_of, read_lines, segment_name
from inbox.follower import Follower
from inbox.holder import Holder, holder_of
from inbox.store_errors import (
    DamagedError,
    FailedError,
    FolderError,
    FormatError,
    FullError,
    HeldError,
    StoreError,
)

__all__ = [
    "DamagedError",
    "FailedError",
    "FolderError",
    "Follower",
    "FormatError",
    "FullError",
    "HeldError",
    "Holder",
    "Journal",
    "StoreError",
    "holder_of",
]

SEGMENT_BYTES = 8 << 20
BALLAST_BYTES = 8 << 20
_FULL_HINT = "free some space; nothing is lost"


class Journal:
    """The log of one folder, opened by its owner; every method may be called from any thread.

    Attributes:
        folder: where it lives.
        torn: where a torn tail was set aside when it was opened, if there was one.
        notices: what opening repaired and the operator should know.
    """

    def __init__(
        self,
        folder: Path,
        lock_fd: int,
        tail: Tail,
        *,
        clock: Callable[[], float],
        sync: Sync,
        write: Write,
        ballast: Ballast,
        segment_bytes: int,
    ) -> None:
        """Continue at `tail`; call `Journal.open` instead."""
        self.folder = folder
        self.torn = tail.torn
        self.notices = tail.notices
        self._lock_fd = lock_fd
        self._clock = clock
        self._sync = sync
        self._write = write
        self._ballast = ballast
        self._segment_bytes = segment_bytes
        self._changed = threading.Condition()
        self._seq = self._durable = tail.seq
        self._first = first_of(tail.path)
        self._end = tail.end
        self._syncing = False
        self._failure: StoreError | None = None
        self._mark = MarkFile(folder, Mark(tail.seq, self._first, tail.end), sync)
        self._fd = os.open(tail.path, os.O_RDWR)

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        holder: str,
        clock: Callable[[], float] = time.time,
        fsync: Sync = os.fdatasync,
        write: Write = os.pwrite,
        segment_bytes: int = SEGMENT_BYTES,
        ballast_bytes: int = BALLAST_BYTES,
        allow_network: bool = False,
    ) -> Self:
        """Take `folder` (made if missing) for this process and make its journal ready to append.

        Args:
            folder: where the journal lives; made private to this account.
            holder: what others are told when they find the folder taken.
            clock: Unix time in seconds, for the lines' time stamps.
            fsync: makes one descriptor's bytes durable.
            write: writes bytes at an offset, as os.pwrite does.
            segment_bytes: size from which a new segment is begun.
            ballast_bytes: room kept for `reserve=True` when the disk is full; 0 keeps none.
            allow_network: trust a network file system all the same.

        Raises:
            HeldError: another process owns the folder.
            DamagedError: acknowledged data is damaged.
            FormatError: a newer becalm wrote it.
            FolderError: the folder cannot be used or trusted.
        """
        folder = Path(folder)
        prepare_folder(folder, allow_network=allow_network)
        lock_fd = lock_folder(folder, holder, clock())
        try:
            tail = recover(folder, sync=fsync, write=write) or _begin(folder, fsync, write)
            ballast = Ballast(folder, ballast_bytes, write)
            sync_folder(folder, fsync)
            return cls(
                folder,
                lock_fd,
                tail,
                clock=clock,
                sync=fsync,
                write=write,
                ballast=ballast,
                segment_bytes=segment_bytes,
            )
        except OSError as error:
            os.close(lock_fd)
            raise FolderError(f"{folder} cannot be used: {error.strerror}") from error
        except BaseException:
            os.close(lock_fd)
            raise

    @property
    def durable(self) -> int:
        """The highest sequence known to be durable; 0 for an empty journal."""
        return self._durable

    def append(self, payload: bytes, *, reserve: bool = False) -> int:
        """Write one transaction and return its sequence number once it is durable.

        Threads that append at the same time share one fsync.

        Args:
            payload: one JSON value without a line feed.
            reserve: whether it may use the room kept for a full disk: for what people decide, not for ingestion.

        Raises:
            FullError: no room; nothing was changed.
            FailedError: the disk did not confirm; whether the transaction survives is known after reopening.
            StoreError: the journal is closed.
        """
        seq = self.submit(payload, reserve=reserve)
        self.wait(seq)
        return seq

    def submit(self, payload: bytes, *, reserve: bool = False) -> int:
        """Write one transaction without waiting for it to be durable, as `append` does before it waits."""
        if not payload or b"\n" in payload:
            raise ValueError("a payload is one JSON value without a line feed")
        with self._changed:
            self._check()
            if not reserve and not self._ballast.load():
                raise FullError(
                    f"the disk of {self.folder} is full: new comments wait, what people decide is still kept",
                    hint=_FULL_HINT,
                )
            self._make_room(reserve=reserve)
            line = encode_line(self._seq + 1, self._durable, self._clock(), payload)
            self._attempt(lambda: self._put(line), reserve=reserve)
            self._end += len(line)
            self._seq += 1
            return self._seq

    def roll(self) -> None:
        """Close the current segment and begin a new one, unless nothing is in it; raises as `append` does."""
        with self._changed:
            self._check()
            while self._syncing:
                self._changed.wait()
            if self._durable < self._seq:
                self._sync_all()
            if self._seq >= self._first:
                self._attempt(self._roll, reserve=True)

    def wait(self, seq: int) -> None:
        """Return once transaction `seq`, which `submit` returned, is durable; raises as `append` does."""
        with self._changed:
            if seq > self._seq:
                raise ValueError(f"transaction {seq} has not been submitted")
            while self._durable < seq:
                self._check()
                if seq > self._seq:
                    raise FailedError(f"transaction {seq} did not survive a write that the disk did not confirm")
                if self._syncing:
                    self._changed.wait()
                else:
                    self._sync_all()

    def revive(self) -> bool:
        """Open the end of the log again after `FailedError`; tells whether there was a need.

        What had been written and not confirmed is confirmed now, or set aside: `replay` says which.

        Raises:
            FailedError: the disk is still not well; ask again later.
            StoreError: the journal is closed, or damaged.
        """
        with self._changed:
            while self._syncing:
                self._changed.wait()
            if not isinstance(self._failure, FailedError):
                self._check()
                return False
            try:
                # never the old descriptor: its next fsync may report success for pages that the kernel has dropped
                tail = recover(self.folder, sync=self._sync, write=self._write)
                assert tail is not None
                mark = MarkFile(self.folder, Mark(tail.seq, first_of(tail.path), tail.end), self._sync)
                fd = os.open(tail.path, os.O_RDWR)
            except OSError as error:
                raise self._fail(error) from error
            os.close(self._fd)
            self._mark.abandon()
            self._fd, self._mark = fd, mark
            self._seq = self._durable = tail.seq
            self._first, self._end = first_of(tail.path), tail.end
            self._failure = None
            return True

    def replay(self, after: int = 0, upto: int | None = None) -> Iterator[tuple[int, bytes]]:
        """Yield (sequence, payload) of every durable transaction after `after` (up to `upto`), in constant memory.

        Raises:
            DamagedError: at the first damaged line.
        """
        return read_lines(self.folder, after=after, upto=self._durable if upto is None else upto)

    def close(self) -> None:
        """Make everything durable and let go of the folder; closing twice is no error."""
        with self._changed:
            while self._syncing:
                self._changed.wait()
            if self._lock_fd < 0:
                return
            with ExitStack() as stack:
                stack.callback(self._changed.notify_all)
                stack.callback(os.close, self._lock_fd)
                stack.callback(os.ftruncate, self._lock_fd, 0)
                stack.callback(self._close_mark)
                stack.callback(os.close, self._fd)
                self._lock_fd = -1
                try:
                    if self._durable < self._seq and not self._failure:
                        self._sync_all()
                finally:
                    self._failure = self._failure or StoreError(f"the journal in {self.folder} is closed")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- under the lock -------------------------------------------------------------------------

    def _check(self) -> None:
        if self._failure:
            raise self._failure

    def _sync_all(self) -> None:
        """Make what is written so far durable, letting others write meanwhile."""
        target = Mark(self._seq, self._first, self._end)
        fd = self._fd
        self._syncing = True
        self._changed.release()
        failure: OSError | None = None
        try:
            self._sync(fd)
        except OSError as error:
            failure = error
        finally:
            self._changed.acquire()
            self._syncing = False
            self._changed.notify_all()
        if failure:
            # A second fsync on this descriptor may report success for pages that the kernel has dropped.
            raise self._fail(failure) from failure
        self._note(target)

    def _note(self, mark: Mark) -> None:
        try:
            self._mark.write(mark)
        except OSError as error:
            raise self._fail(error) from error
        self._durable = mark.seq

    def _fail(self, error: OSError) -> FailedError:
        failure = FailedError(
            f"the disk of {self.folder} did not confirm a write: {error.strerror or error}",
            hint="becalm writes nothing until the disk is well again, and then goes on by itself",
        )
        self._failure = failure
        self._changed.notify_all()
        return failure

    def _close_mark(self) -> None:
        try:
            self._mark.close()
        except OSError as error:
            if not isinstance(self._failure, FailedError):
                raise self._fail(error) from error

    def _put(self, line: bytes) -> None:
        try:
            write_all(self._write, self._fd, line, self._end)
        except BaseException:
            try:
                os.ftruncate(self._fd, self._end)
            except OSError as error:
                raise self._fail(error) from error
            raise

    def _attempt(self, step: Callable[[], None], *, reserve: bool) -> None:
        """Run `step`; when the disk is full and `reserve` allows, throw the ballast and run it again."""
        try:
            try:
                step()
            except OSError as error:
                if not (reserve and is_full(error) and self._ballast.drop()):
                    raise
                step()
        except OSError as error:
            kind = FullError if is_full(error) or error.errno == errno.EFBIG else StoreError
            raise kind(f"nothing could be written to {self.folder}: {error.strerror}", hint=_FULL_HINT) from error

    def _make_room(self, *, reserve: bool) -> None:
        """Begin a new segment when the current one has its size."""
        while self._end >= self._segment_bytes:
            self._check()
            if self._syncing:
                self._changed.wait()
            elif self._durable < self._seq:
                self._sync_all()
            else:
                self._attempt(self._roll, reserve=reserve)

    def _roll(self) -> None:
        path, end = _write_segment(self.folder, self._seq + 1, self._sync, self._write)
        try:
            _publish(path, self._sync)
            fd = os.open(path, os.O_RDWR)
        except OSError as error:
            # The new name may or may not survive: only a reopening can tell which segment is the last.
            raise self._fail(error) from error
        os.close(self._fd)
        self._fd, self._first, self._end = fd, self._seq + 1, end


def _begin(folder: Path, sync: Sync, write: Write) -> Tail:
    path, end = _write_segment(folder, 1, sync, write)
    # The side file comes first: a log without one is a log whose side file was taken away.
    MarkFile(folder, Mark(0, 1, end), sync).close()
    _publish(path, sync)
    return Tail(path, 0, end, None, ())


def _write_segment(folder: Path, first: int, sync: Sync, write: Write) -> tuple[Path, int]:
    """Write an empty segment under a temporary name and return its name to be, and its length."""
    path = folder / segment_name(first)
    header = encode_header(first)
    temporary = path.with_suffix(".tmp")
    try:
        fd = os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            write_all(write, fd, header, 0)
            sync(fd)
        finally:
            os.close(fd)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return path, len(header)


def _publish(path: Path, sync: Sync) -> None:
    """Give the segment its name, durably."""
    path.with_suffix(".tmp").rename(path)
    sync_folder(path.parent, sync)
