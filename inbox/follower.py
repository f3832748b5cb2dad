"""Reading a journal that another process owns: new durable transactions since the last look, without its lock."""

from collections.abc import Iterator
from pathlib import Path

from inbox._mark import read_mark
from inbox._segments import decode_line, first_of, header_end, read_segment, segment_name, segments
from inbox.store_errors import DamagedError


class Follower:
    """A read-only reader that remembers how far it has read; rolls and torn tails do not concern it.

    Attributes:
        seq: the last sequence it has yielded.
    """

    def __init__(self, folder: Path, after: int = 0) -> None:
        """Start after sequence `after`; nothing is read or required to exist yet."""
        self.seq = after
        self._folder = folder
        self._path: Path | None = None
        self._offset = 0
        self._next = 0

    def read(self) -> Iterator[tuple[int, bytes]]:
        """Yield (sequence, payload) of every transaction that has become durable since the last call.

        Raises:
            DamagedError: at a damaged line.
            FormatError: a newer becalm writes the journal.
        """
        mark = read_mark(self._folder)
        upto = mark.seq if mark else 0
        while self.seq < upto:
            if self._path is None:
                self._find()
            yield from self._read_segment(upto)
            if self.seq < upto:
                self._advance()

    def _find(self) -> None:
        """Start in the segment that holds the next transaction."""
        paths = [path for path in segments(self._folder) if first_of(path) <= self.seq + 1]
        if not paths:
            raise DamagedError(self._folder / segment_name(self.seq + 1), 0, "the segment is missing")
        self._enter(paths[-1])

    def _advance(self) -> None:
        following = self._folder / segment_name(self._next)
        if self._path is None or following == self._path or not following.exists():
            raise DamagedError(following, 0, f"transaction {self._next} had been acknowledged and is missing")
        self._enter(following)

    def _enter(self, path: Path) -> None:
        self._offset = header_end(path)
        self._path = path
        self._next = first_of(path)

    def _read_segment(self, upto: int) -> Iterator[tuple[int, bytes]]:
        assert self._path is not None
        for offset, raw in read_segment(self._path, self._offset):
            line = decode_line(raw)
            if line is None or line.seq != self._next:
                raise DamagedError(self._path, offset, f"transaction {self._next} is damaged")
            self._offset = offset + len(raw)
            self._next += 1
            if line.seq > self.seq:
                self.seq = line.seq
                yield line.seq, line.payload
            if line.seq >= upto:
                return
