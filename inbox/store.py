"""Store: a desk's events on disk, through TinyDB's event log over the journal; and a reader that needs no lock."""

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import Any

import msgspec

from inbox import snapshot
from inbox._mark import read_mark
from inbox._places import Spill
from inbox.erasure import KEY_FILE, Eraser, marks, mend_key
from inbox.events import AnyEvent, decode, encode
from inbox.fold import Inbox
from inbox.follower import Follower
from inbox.rewriting import Erasing, Rewritten, begin, give_up, rewrite, unfinished
from inbox.shelf import Shelf
from inbox.store_errors import FormatError, StoreError
from inbox.tables import JournalDB, events_in

LOG = "events"
"""The name of the event log; another table would hold anything that is not history."""


class Store:
    """The events of one desk, owned by this process.

    Attributes:
        notices: what opening repaired and the operator should know.
    """

    def __init__(self, folder: Path, *, holder: str, **options: Any) -> None:
        """Open the folder's journal, or make it.

        Args:
            folder: the desk's folder.
            holder: what others are told when they find the desk taken.
            options: more of `Journal.open`.

        Raises:
            StoreError: it is held by another process, damaged, newer, or cannot be trusted.
        """
        self._db = JournalDB(folder, holder=holder, **options)
        self._folder = folder
        self._told = 0
        self._journal = self._db.storage.journal
        self._log = self._db.log(LOG)
        self.notices: tuple[str, ...] = tuple(self._journal.notices)

    def append(self, events: Sequence[AnyEvent], *, human: bool) -> None:
        """Make events durable in one transaction.

        Args:
            events: what happened.
            human: whether a person decided it: such events may use the room kept for a full disk.

        Raises:
            ValueError: an event is not what it says (a connector's made-up types, a moment without a zone): what cannot
                be read back must not reach the disk, where it would keep the desk from opening ever again.
            StoreError: nothing was written, or nobody knows; see its subclasses.
        """
        documents = encode(events)
        for document in documents:
            decode(document)
        self._told = self._log.append(documents, reserve=human)

    def load(self) -> Inbox:
        """Return the inbox that all events add up to."""
        inbox, self._told = self.read()
        return inbox

    def read(self) -> tuple[Inbox, int]:
        """Return the inbox and the last transaction in it: the newest good snapshot's, and what was written since."""
        inbox, seq, damaged = snapshot.restore(self._folder, self._journal.durable, self._spill())
        if mend_key(self._folder):
            self.notices += (f"{KEY_FILE} was damaged and has been written anew",)
        for path in damaged:
            self.notices += (f"{path.name} was damaged and has been removed: it is written anew",)
            path.unlink(missing_ok=True)
        upto = self._journal.durable
        collecting = gc.isenabled()
        gc.disable()  # all of this is kept: looking through it for rubbish, again and again, finds none
        try:
            for event in self.since(seq, upto):
                inbox.apply(event)
        finally:
            if collecting:
                gc.enable()
        return inbox, upto

    def _spill(self) -> Spill | None:
        try:
            return Spill(self._folder)
        except OSError:  # no room for another file: then it stays in memory
            return None

    def settle(self, shelf: Shelf, alone: AbstractContextManager[object]) -> None:
        """Let the items of the newest snapshot lie there (`Shelf.settle`).

        Raises:
            DamagedError: an item cannot be read where it lay.
        """
        # with OSError or UnusableError something else came in between: the next snapshot will do
        with suppress(OSError, snapshot.UnusableError):
            for newest in snapshot.snapshots(self._folder)[:1]:
                file, lines = snapshot.items_in(newest)
                shelf.settle(file, lines, Spill(self._folder), alone)

    def since(self, seq: int, upto: int | None = None) -> Iterator[AnyEvent]:
        """Yield every event after transaction `seq` that is durable now (up to `upto`), in constant memory."""
        for _, payload in self._journal.replay(seq, upto):
            yield from _decoded(events_in(payload, LOG))

    def missed(self) -> Iterator[AnyEvent]:
        """Yield the events that turned out to be durable although `append` could not say so."""
        events = self.since(self._told)
        self._told = self._journal.durable
        return events

    def forget(self, eraser: Eraser) -> Rewritten:
        """Take a person out of every file but the events that are appended meanwhile.

        Raises:
            StoreError: a file is damaged or cannot be written; what is left is done at the next start.
        """
        self.roll()
        try:
            return rewrite(self._folder, eraser)
        except OSError as error:
            raise StoreError(f"{error.filename or self._folder} could not be rewritten: {error.strerror}") from error

    def roll(self) -> None:
        """Close the segment that is written: closed ones may be written again.

        Raises:
            StoreError: the disk refuses.
        """
        self._journal.roll()

    def intend(self, erasing: Erasing) -> None:
        """Keep a note of an erasure until it is done, or given up.

        Raises:
            StoreError: it could not be written; nothing was changed.
        """
        try:
            begin(self._folder, erasing)
        except OSError as error:
            raise StoreError(f"nothing could be written to {self._folder}: {error.strerror}") from error

    def give_up(self) -> None:
        """Take that note back."""
        give_up(self._folder)

    def unfinished(self) -> Erasing | None:
        """Return the erasure that a crash interrupted, if any.

        Raises:
            DamagedError: there is one, and its note cannot be read.
        """
        return unfinished(self._folder)

    def marks(self, accounts: Iterable[tuple[str, str]]) -> list[str]:
        """Return the keyed hashes of accounts, as (source, native id)."""
        return marks(self._folder, accounts)

    def revive(self) -> bool:
        """Open the journal again after the disk refused to confirm a write; tells whether there was a need.

        What that write held may be there or not: `missed` tells.

        Raises:
            StoreError: the disk is still not well.
        """
        return self._journal.revive()

    def close(self) -> None:
        """Make everything durable and let go of the folder."""
        self._db.close()


class Reader:
    """A read-only look at a desk that another process owns, or that nobody does."""

    def __init__(self, folder: Path) -> None:
        """Look at the desk in `folder`."""
        self._folder = folder
        self._follower = Follower(folder)

    def load(self) -> Inbox:
        """Return the inbox that everything durable adds up to; `new` goes on from there."""
        mark = read_mark(self._folder)
        inbox, seq, _ = snapshot.restore(self._folder, mark.seq if mark else 0)
        self._follower = Follower(self._folder, after=seq)
        for event in self.new():
            inbox.apply(event)
        return inbox

    def new(self) -> Iterator[AnyEvent]:
        """Yield the events that became durable since the last call, from the beginning before the first."""
        for _, payload in self._follower.read():
            yield from _decoded(events_in(payload, LOG))


def _decoded(documents: Iterator[bytes]) -> Iterator[AnyEvent]:
    for document in documents:
        try:
            yield decode(document)
        except msgspec.ValidationError as error:
            raise FormatError(
                f"this desk holds an event that this version does not know: {error}",
                hint="a newer becalm wrote it; update becalm on this machine",
            ) from error
