"""Store: a desk's events on disk, through TinyDB's event log over the journal; and a reader that needs no lock."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from inbox.events import AnyEvent, decode, encode
from inbox.follower import Follower
from inbox.store_errors import FormatError
from inbox.tables import JournalDB, events_in

LOG = "events"
"""The name of the event log; another table would hold anything that is not history."""


class Store:
    """The events of one desk, owned by this process.

    Attributes:
        notices: what opening repaired and the operator should know.
    """

    def __init__(self, folder: Path, *, holder: str) -> None:
        """Open the folder's journal, or make it.

        Args:
            folder: the desk's folder.
            holder: what others are told when they find the desk taken.

        Raises:
            StoreError: it is held by another process, damaged, newer, or cannot be trusted.
        """
        self._db = JournalDB(folder, holder=holder)
        self._log = self._db.log(LOG)
        self.notices: tuple[str, ...] = tuple(self._db.storage.journal.notices)

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
        self._log.append(documents, reserve=human)

    def replay(self) -> Iterator[AnyEvent]:
        """Yield every event from the beginning, in constant memory."""
        return _decoded(self._log.encoded())

    def close(self) -> None:
        """Make everything durable and let go of the folder."""
        self._db.close()


class Reader:
    """A read-only look at a desk that another process owns, or that nobody does."""

    def __init__(self, folder: Path) -> None:
        """Look at the desk in `folder`, from its beginning."""
        self._follower = Follower(folder)

    def new(self) -> Iterator[AnyEvent]:
        """Yield the events that became durable since the last call."""
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
