"""A conftest for TinyDB's own tests: puts the journal's storage and tables where they expect TinyDB's."""

import itertools
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import tinydb
import tinydb.storages

from inbox.tables import JournalStorage, JournalTable

_counter = itertools.count()


class Storage(JournalStorage):
    """Takes the arguments that TinyDB's own storages take: a path or none, and how to encode."""

    def __init__(self, path: str | None = None, *, ensure_ascii: bool = True) -> None:
        assert ensure_ascii in {True, False}
        folder = path or Path(os.environ["BECALM_SUITE_FOLDER"]) / f"desk-{next(_counter)}"
        super().__init__(folder, ballast_bytes=0)


# Assignments rather than a subclass of TinyDB: one of its tests looks at the class's name.
tinydb.storages.MemoryStorage = tinydb.storages.JSONStorage = Storage  # type: ignore[assignment,misc]  # that is the point
tinydb.TinyDB.default_storage_class = Storage  # type: ignore[assignment]  # the same
tinydb.TinyDB.table_class = JournalTable


@pytest.fixture
def db() -> Iterator[tinydb.TinyDB]:
    with tinydb.TinyDB() as database:
        database.insert_multiple({"int": 1, "char": char} for char in "abc")
        yield database
