"""TinyDB over the journal: tables that survive, one line a change, and an event log that stays on disk."""

import errno
import json
import os
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tinydb import where

from inbox.journal import Follower, FullError, StoreError
from inbox.tables import EventLog, JournalDB, JournalTable, events_in


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "desk"


@pytest.fixture
def db(folder: Path) -> Iterator[JournalDB]:
    with JournalDB(folder, ballast_bytes=0) as db:
        yield db


def log_lines(folder: Path) -> int:
    return len((folder / "log-0000000000000001").read_bytes().splitlines()) - 1


def test_tables_are_there_after_reopening(folder: Path) -> None:
    with JournalDB(folder, ballast_bytes=0) as db:
        table = db.table("drafts")
        table.insert_multiple([{"text": "a"}, {"text": "b"}, {"text": "c"}])
        table.update({"sent": True}, where("text") == "b")
        table.remove(where("text") == "a")
        table.upsert({"text": "d"}, where("text") == "d")
    with JournalDB(folder, ballast_bytes=0) as db:
        assert db.table("drafts").all() == [{"text": "b", "sent": True}, {"text": "c"}, {"text": "d"}]
        assert [document.doc_id for document in db.table("drafts")] == [2, 3, 4]


def test_each_change_is_one_line_however_many_documents(db: JournalDB, folder: Path) -> None:
    db.insert_multiple({"n": n} for n in range(100))
    assert log_lines(folder) == 1
    db.update({"seen": True})
    assert log_lines(folder) == 2
    db.update_multiple([({"low": True}, where("n") < 50), ({"high": True}, where("n") >= 50)])
    assert log_lines(folder) == 3
    db.remove(where("low").exists())
    assert log_lines(folder) == 4


def test_memory_holds_what_a_replay_would_give(db: JournalDB) -> None:
    inner = ["mutable"]
    db.insert({"inner": inner, "pair": (1, 2)})
    inner.append("changed afterwards")
    assert db.all() == [{"inner": ["mutable"], "pair": [1, 2]}]


def test_a_failed_append_leaves_memory_as_it_was(folder: Path) -> None:
    full = [False]

    def write(fd: int, content: bytes, offset: int) -> int:
        if full[0]:
            raise OSError(errno.ENOSPC, "full")
        return os.pwrite(fd, content, offset)

    with JournalDB(folder, ballast_bytes=0, write=write) as db:
        db.insert({"n": 1})
        full[0] = True
        for change in (
            lambda: db.insert({"n": 2}),
            lambda: db.update({"n": 3}),
            lambda: db.update(lambda document: document.pop("n")),
            lambda: db.remove(where("n") == 1),
            db.truncate,
            db.drop_tables,
            lambda: db.drop_table("_default"),
        ):
            with pytest.raises(FullError):
                change()
            assert db.all() == [{"n": 1}]


def test_dropped_tables_stay_dropped(folder: Path) -> None:
    with JournalDB(folder, ballast_bytes=0) as db:
        db.table("one").insert({"n": 1})
        db.table("two").insert({"n": 2})
        db.drop_table("one")
    with JournalDB(folder, ballast_bytes=0) as db:
        assert db.tables() == {"two"}


def test_events_come_back_as_they_went_in(db: JournalDB) -> None:
    log = db.log("events")
    assert log.append([b'{"kind":"seen","n":1}', b'{"n": 1e2, "kind":"spaces kept"}']) == 1
    assert log.append([b'{"kind":"done"}']) == 2
    assert list(log.encoded()) == [b'{"kind":"seen","n":1}', b'{"n": 1e2, "kind":"spaces kept"}', b'{"kind":"done"}']
    assert list(log.since(1)) == [(2, [b'{"kind":"done"}'])]


def test_event_logs_and_tables_share_a_journal_and_nothing_else(db: JournalDB) -> None:
    db.log("events").append([b'{"n":1}'])
    db.table("events").insert({"n": 2})
    db.log("other").append([b'{"n":3}'])
    assert [document["n"] for document in db.log("events")] == [1]
    assert [document["n"] for document in db.table("events")] == [2]
    assert [document["n"] for document in db.log("other")] == [3]


def test_an_event_log_answers_tinydb_reading_methods_from_disk(db: JournalDB) -> None:
    log = db.log("events")
    ids = log.insert_multiple([{"n": n, "even": n % 2 == 0} for n in range(10)])
    ids.append(log.insert({"n": 10, "even": True}))
    assert len(log) == 11
    assert [document.doc_id for document in log.all()] == ids
    assert [document["n"] for document in log.search(where("even") == True)] == [0, 2, 4, 6, 8, 10]  # noqa: E712 - TinyDB's query language
    assert log.count(where("n") > 7) == 3
    assert log.get(where("n") == 3) == {"n": 3, "even": False}
    assert log.get(doc_id=ids[10]) == {"n": 10, "even": True}
    assert log.get(doc_ids=[ids[2], ids[10]]) == [{"n": 2, "even": True}, {"n": 10, "even": True}]
    assert log.get(doc_id=12345) is None
    assert log.contains(where("n") == 9)
    assert not log.contains(doc_id=1)


@pytest.mark.parametrize("method", ["update", "update_multiple", "upsert", "remove", "truncate"])
def test_an_event_log_refuses_to_change_the_past(db: JournalDB, method: str) -> None:
    with pytest.raises(StoreError, match="only be appended"):
        getattr(db.log("events"), method)()


@pytest.mark.parametrize(
    "wrong", [b"", b'{"a":', b'{"a":1},{"b":2}', b'{"a":1}]],[["events","x",[{}', b'{"a":\n1}', b"[1]"]
)
def test_an_event_that_is_not_one_json_object_never_reaches_the_disk(db: JournalDB, folder: Path, wrong: bytes) -> None:
    with pytest.raises(ValueError, match="JSON"):
        db.log("events").append([b'{"fine":true}', wrong])
    assert log_lines(folder) == 0


def test_a_follower_reads_events_without_the_lock(db: JournalDB, folder: Path) -> None:
    follower = Follower(folder)
    db.log("events").append([b'{"n":1}', b'{"n":2}'])
    db.insert({"not": "an event"})
    assert [event for _, payload in follower.read() for event in events_in(payload, "events")] == [
        b'{"n":1}',
        b'{"n":2}',
    ]


def test_resident_tables_and_event_logs_are_tinydb_tables(db: JournalDB) -> None:
    assert type(db.table("drafts")) is JournalTable
    assert isinstance(db.log("events"), EventLog)


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.dictionaries(st.text(), json_values, max_size=4), min_size=1, max_size=6))
def test_any_json_object_survives_as_a_document_and_as_an_event(
    tmp_path_factory: pytest.TempPathFactory, documents: list[dict[str, object]]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    with JournalDB(folder, ballast_bytes=0) as db:
        db.insert_multiple(documents)
        db.log("events").append([msgspec.json.encode(document) for document in documents])
    with JournalDB(folder, ballast_bytes=0) as db:
        assert db.all() == documents
        assert [json.loads(event) for event in db.log("events").encoded()] == documents
