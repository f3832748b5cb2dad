"""TinyDB over the journal: resident tables for small things, and an event log whose documents stay on disk."""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, NoReturn, cast

import msgspec
from tinydb import TinyDB
from tinydb.queries import QueryLike
from tinydb.storages import Storage
from tinydb.table import Document, Table

from inbox._operations import (
    Merge,
    Operation,
    Put,
    Remove,
    Replace,
    Rows,
    Truncate,
    apply,
    copy,
    decode,
    decode_document,
    encode,
    encode_events,
    events_in,
    is_only_events,
)
from inbox.journal import Journal, StoreError

__all__ = ["EventLog", "Fields", "JournalDB", "JournalStorage", "JournalTable", "events_in"]

Fields = Mapping[str, Any] | Callable[[MutableMapping[str, Any]], None]

_INDEX_BITS = 20  # an event's document id is its transaction's sequence and its place in it
_MAX_EVENTS = 1 << _INDEX_BITS


class JournalStorage(Storage):
    """TinyDB's storage contract over a journal: `read` gives the resident tables, `commit` appends what changes them.

    Resident tables are read from the journal when they are first asked for, so that a desk that only uses event
    logs does not pay for them. Documents in memory are always those that a replay would give.

    Attributes:
        journal: the journal underneath.
    """

    def __init__(self, folder: Path | str, *, holder: str = "becalm", **options: Any) -> None:
        """Open the journal in `folder`; `options` and errors are those of `Journal.open`."""
        self.journal = Journal.open(Path(folder), holder=holder, **options)
        self.lock = threading.RLock()
        self._tables: dict[str, Rows] | None = None

    def read(self) -> dict[str, Rows]:
        """Return the resident tables by name, each a dict of documents by document id as text.

        The dict of tables is the caller's own, since TinyDB changes it before it writes; the tables are not.
        """
        return dict(self._resident())

    def _resident(self) -> dict[str, Rows]:
        with self.lock:
            if self._tables is None:
                tables: dict[str, Rows] = {}
                for _, payload in self.journal.replay():
                    if not is_only_events(payload):
                        apply(tables, decode(payload))
                self._tables = tables
            return self._tables

    def write(self, data: Mapping[str, Mapping[Any, Mapping[str, Any]]]) -> None:
        """Replace every resident table, in one transaction as long as all of them."""
        tables = {table: {str(key): dict(row) for key, row in rows.items()} for table, rows in data.items()}
        self.commit([Replace(tables)])

    def commit(self, operations: Sequence[Operation], *, reserve: bool = True) -> int:
        """Append the operations as one transaction, then change memory; return its sequence.

        Raises:
            StoreError: as `Journal.append`; memory is then as before.
        """
        payload = encode(operations)
        # What cannot be read back must not reach the disk.
        readable = decode(payload)
        with self.lock:
            tables = self._resident()
            seq = self.journal.append(payload, reserve=reserve)
            apply(tables, readable)
            return seq

    def close(self) -> None:
        """Close the journal."""
        self.journal.close()


class JournalTable(Table):
    """A resident table: TinyDB's own, except that each change is one line of the journal."""

    def __init__(self, storage: Storage, name: str, cache_size: int = 10, persist_empty: bool = False) -> None:
        """Take the table of that name; `persist_empty` makes it known even while it is empty."""
        super().__init__(storage, name, cache_size=cache_size)
        self._journaled = cast("JournalStorage", storage)
        self._last_id: int | None = None
        if persist_empty:
            self._commit([Truncate(name)])

    def insert(self, document: Mapping[str, Any]) -> int:
        """Insert a document and return its id, once durable."""
        return self.insert_multiple([document])[0]

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[int]:
        """Insert documents in one transaction and return their ids, once durable."""
        with self._journaled.lock:
            operations: dict[int, Put] = {}
            for document in documents:
                doc_id = self._id_for(document, operations)
                operations[doc_id] = Put(self.name, doc_id, dict(document))
            self._commit(list(operations.values()))
            return list(operations)

    def update(self, fields: Fields, cond: QueryLike | None = None, doc_ids: Iterable[int] | None = None) -> list[int]:
        """Update the matching documents in one transaction and return their ids; without a condition, all of them."""
        with self._journaled.lock:
            chosen = self._matching(cond, doc_ids)
            if not chosen:
                self.clear_cache()
            elif callable(fields):
                self._commit([Put(self.name, doc_id, self._changed(doc_id, fields)) for doc_id in chosen])
            else:
                self._commit([Merge(self.name, chosen, dict(fields))])
            return chosen

    def update_multiple(self, updates: Iterable[tuple[Fields, QueryLike]]) -> list[int]:
        """Apply every update whose condition a document meets, in turn, in one transaction; return the ids updated."""
        steps = list(updates)
        updated: list[int] = []
        changed: dict[int, Put] = {}
        with self._journaled.lock:
            for key, row in self._rows().items():
                document = copy(row)
                doc_id = int(key)
                for fields, cond in steps:
                    if cond(document):
                        fields(document) if callable(fields) else document.update(fields)
                        updated.append(doc_id)
                        changed[doc_id] = Put(self.name, doc_id, document)
            self._commit(list(changed.values()))
        return updated

    def remove(self, cond: QueryLike | None = None, doc_ids: Iterable[int] | None = None) -> list[int]:
        """Remove the matching documents in one transaction and return their ids."""
        if cond is None and doc_ids is None:
            raise RuntimeError("Use truncate() to remove all documents")
        with self._journaled.lock:
            chosen = list(dict.fromkeys(self._matching(cond, doc_ids)))
            self._commit([Remove(self.name, chosen)] if chosen else [])
            return chosen

    def truncate(self) -> None:
        """Remove every document in one transaction."""
        with self._journaled.lock:
            self._commit([Truncate(self.name)])
            self._last_id = None

    def _rows(self) -> Rows:
        return self._journaled.read().get(self.name, {})

    def _commit(self, operations: Sequence[Operation]) -> None:
        if operations:
            self._journaled.commit(operations)
        self.clear_cache()

    def _id_for(self, document: Mapping[str, Any], taken: Mapping[int, Put]) -> int:
        if not isinstance(document, Mapping):
            raise ValueError("Document is not a Mapping")  # noqa: TRY004 - TinyDB's own choice
        if self._last_id is None:
            self._last_id = max(map(int, self._rows()), default=0)
        if not isinstance(document, self.document_class):
            self._last_id += 1
            return self._last_id
        if str(document.doc_id) in self._rows() or document.doc_id in taken:
            raise ValueError(f"Document with ID {document.doc_id} already exists")
        self._last_id = max(self._last_id, document.doc_id)
        return int(document.doc_id)

    def _matching(self, cond: QueryLike | None, doc_ids: Iterable[int] | None) -> list[int]:
        rows = self._rows()
        if doc_ids is not None:
            return [doc_id for doc_id in doc_ids if str(doc_id) in rows]
        return [int(key) for key, row in rows.items() if cond is None or cond(row)]

    def _changed(self, doc_id: int, change: Callable[[MutableMapping[str, Any]], None]) -> dict[str, Any]:
        document = copy(self._rows()[str(doc_id)])
        change(document)
        return document


class EventLog(JournalTable):
    """An append-only table whose documents stay on disk and are streamed from there whenever they are asked for.

    A document's id tells its transaction and its place in it and never changes; ids grow, with gaps.
    """

    def append(self, documents: Sequence[bytes], *, reserve: bool = False) -> int:
        """Append encoded JSON objects in one transaction and return its sequence, once durable.

        Args:
            documents: each one JSON object; at least one.
            reserve: as in `Journal.append`.

        Raises:
            ValueError: a document is not one JSON object without line feeds, or there are none or too many of them.
            StoreError: as `Journal.append`.
        """
        if not 0 < len(documents) < _MAX_EVENTS:
            raise ValueError(f"a transaction holds 1 to {_MAX_EVENTS - 1} events")
        payload = encode_events(self.name, documents)
        return self._journaled.journal.append(payload, reserve=reserve)

    def since(self, seq: int) -> Iterator[tuple[int, list[bytes]]]:
        """Yield (sequence, encoded documents) of each transaction after `seq`, streamed from disk."""
        for number, payload in self._journaled.journal.replay(seq):
            if documents := list(events_in(payload, self.name)):
                yield number, documents

    def encoded(self) -> Iterator[bytes]:
        """Yield each encoded document in order, streamed from disk."""
        return chain.from_iterable(documents for _, documents in self.since(0))

    def __iter__(self) -> Iterator[Document]:
        return self._from(0)

    def __len__(self) -> int:
        return sum(len(documents) for _, documents in self.since(0))

    def all(self) -> list[Document]:
        """Return every document: a list as large as the log."""
        return list(self)

    def search(self, cond: QueryLike) -> list[Document]:
        """Return the documents that meet `cond`."""
        return [document for document in self if cond(document)]

    def get(  # type: ignore[override]  # TinyDB's overloads, told apart by the same arguments
        self, cond: QueryLike | None = None, doc_id: int | None = None, doc_ids: Iterable[int] | None = None
    ) -> Document | list[Document] | None:
        """Return one document by condition or id, or None; or a list of documents by ids."""
        if doc_id is not None:
            return next(self._with({doc_id}), None)
        if doc_ids is not None:
            return list(self._with(set(doc_ids)))
        if cond is not None:
            return next((document for document in self if cond(document)), None)
        raise RuntimeError("You have to pass either cond or doc_id or doc_ids")

    def contains(self, cond: QueryLike | None = None, doc_id: int | None = None) -> bool:
        """Tell whether there is a document that meets `cond` or has that id."""
        return self.get(cond, doc_id) is not None

    def count(self, cond: QueryLike) -> int:
        """Count the documents that meet `cond`."""
        return sum(1 for document in self if cond(document))

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[int]:
        """Append documents in one transaction and return their ids, once durable."""
        encoded = [msgspec.json.encode(_mapping(document)) for document in documents]
        if not encoded:
            return []
        first = self.append(encoded) << _INDEX_BITS
        return list(range(first, first + len(encoded)))

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        """Refuse: what happened has happened."""
        raise StoreError(f"the event log {self.name!r} can only be appended to")

    update = update_multiple = upsert = remove = truncate = _refuse

    def _from(self, seq: int) -> Iterator[Document]:
        for number, documents in self.since(seq):
            for doc_id, encoded in enumerate(documents, number << _INDEX_BITS):
                yield self.document_class(decode_document(encoded), doc_id)

    def _with(self, doc_ids: set[int]) -> Iterator[Document]:
        """Yield the documents with these ids, starting at the first one's segment."""
        first = min(doc_ids, default=0) >> _INDEX_BITS
        last = max(doc_ids, default=0)
        for document in self._from(max(0, first - 1)):
            if document.doc_id > last:
                return
            if document.doc_id in doc_ids:
                yield document


def _mapping(document: Mapping[str, Any]) -> dict[str, Any]:
    if not isinstance(document, Mapping):
        raise ValueError("Document is not a Mapping")  # noqa: TRY004 - TinyDB's own choice
    return dict(document)


class JournalDB(TinyDB):
    """A TinyDB whose tables live in a journal."""

    table_class = JournalTable
    default_storage_class = JournalStorage  # type: ignore[assignment]  # TinyDB infers its own default as the type

    def log(self, name: str) -> EventLog:
        """Return the event log of that name; it shares the journal with the resident tables, not their names."""
        return EventLog(self.storage, name)

    @property
    def storage(self) -> JournalStorage:
        """The storage underneath, with its journal."""
        return cast("JournalStorage", super().storage)
