"""Sweeping: another process takes forgotten comments out of every closed file of a desk, and writes its next snapshot.

Run as `python -m inbox.sweeping FOLDER`; prints one `compaction.Report` as JSON. What to take out stands in the log
(`Forgotten`), and so does, last of all, that it was done: whatever moment it is killed at, the log says the same before
and after, and the next run goes on.
"""

import os
import re
import sys
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import msgspec

from inbox import snapshot
from inbox._disk import sync_folder
from inbox._operations import encode_events, events_in
from inbox._segments import decode_line, encode_line, read_segment, segments
from inbox.compaction import LOG, Report, alone, compact, damaged_segments
from inbox.erasure import is_telling
from inbox.events import Forgotten, decode, encode
from inbox.forgetting import without
from inbox.paths import write_private
from inbox.rewriting import others, scrub
from inbox.store_errors import DamagedError

_WORDS = re.compile(rb"[\s\"',;()\[\]{}]+")
_MARK = b'"e":"forgotten"'


class Gone:
    """What the log says is forgotten, and up to which transaction: what came again after that is there."""

    def __init__(self, folder: Path) -> None:
        """Read it from the closed segments."""
        self._until: dict[str, int] = {}
        self._sets: dict[int, frozenset[str]] = {}
        entries: set[str] = set()
        for path in segments(folder)[:-1]:
            for seq, event in _forgotten_in(path):
                self._until |= dict.fromkeys(event.keys, seq)
                entries.update(event.entries)
        self.entries = frozenset(entries)
        self._seqs = sorted(set(self._until.values()))
        natives = [key.partition("/")[2] for key in self._until]
        self._tokens = frozenset(msgspec.json.encode(each)[1:-1] for each in (*self._until, *natives, *entries))
        self._telling = frozenset(map(str.encode, [*filter(is_telling, natives), *self._until, *entries]))
        self._quoted = any(b'"' in token for token in self._tokens)

    def __bool__(self) -> bool:
        return bool(self._tokens)

    def may_be_in(self, raw: bytes) -> bool:
        """Tell whether a line may name any of it."""
        return self._quoted or not self._tokens.isdisjoint(raw.split(b'"'))

    def names_plainly(self, content: bytes) -> bool:
        """Tell whether any other text names any of it."""
        return not self._telling.isdisjoint(_WORDS.split(content))

    def keys(self, seq: int) -> frozenset[str]:
        """Return the comments that transaction `seq` must not name any more."""
        later = bisect_left(self._seqs, seq)
        if later not in self._sets:
            self._sets[later] = frozenset(key for key, until in self._until.items() if until >= seq)
        return self._sets[later]


def _forgotten_in(path: Path) -> Iterator[tuple[int, Forgotten]]:
    for _, raw in read_segment(path, 0):
        line = decode_line(raw) if _MARK in raw else None
        for document in events_in(line.payload, LOG) if line is not None else ():
            event = decode(document)
            if line is not None and isinstance(event, Forgotten):
                yield line.seq, event


def sweep(folder: Path) -> bool:
    """Take what is forgotten out of every closed file; tells whether there was anything.

    Raises:
        OSError: a file cannot be written; what is done is done, and the rest is done the next time.
    """
    gone = Gone(folder)
    if not gone:
        return False
    for path in [*snapshot.snapshots(folder), *folder.glob("torn-*"), *folder.glob("log-*.new")]:
        path.unlink()  # what a snapshot holds is in the log; the others had been promised to nobody
    for path in segments(folder)[:-1]:  # in order: what names the comments as forgotten comes after them
        lines = list(_lines(path, gone))
        if any(changed for _, changed in lines):
            write_private(os.fspath(path), b"".join(line for line, _ in lines))
    for path in others(folder):
        scrub(path, gone.names_plainly)
    sync_folder(folder, os.fdatasync)
    return True


def _lines(path: Path, gone: Gone) -> Iterator[tuple[bytes, bool]]:
    """Yield each line as it is to be, and whether it was another."""
    for _, raw in read_segment(path, 0):
        line = decode_line(raw) if gone.may_be_in(raw) else None
        documents = list(events_in(line.payload, LOG)) if line is not None else []
        if line is None or not documents:
            yield raw, False  # a header, or nothing of theirs
            continue
        events = [decode(document) for document in documents]
        left = [each for event in events if (each := without(event, gone.keys(line.seq), gone.entries)) is not None]
        if left == events:
            yield raw, False
        else:
            payload = encode_events(LOG, encode(left)) if left else b"null"
            yield encode_line(line.seq, line.durable, line.when, payload), True


def main(folder: Path) -> None:
    """Check, sweep, write a snapshot, and say so; where a segment is damaged, a snapshot may be all that covers it."""
    os.nice(10)
    lock = alone(folder)
    try:
        damaged = damaged_segments(folder)
        report = Report(0 if damaged or not sweep(folder) else compact(folder), damaged)
    except (DamagedError, OSError) as error:
        report = Report(0, (str(error),))
    finally:
        os.close(lock)
    with suppress(BrokenPipeError):  # whoever asked is gone; what was done is done
        os.write(sys.stdout.fileno(), msgspec.json.encode(report) + b"\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
