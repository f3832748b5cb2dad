"""Snapshots are written by another process, from closed segments, while the desk goes on; everything is checked there."""

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from builders import NOON, comment, seen

from inbox import compaction, snapshot
from inbox._places import number_of
from inbox._segments import segments
from inbox.compaction import Keeper, Report
from inbox.events import Claimed
from inbox.ledger import Ledger
from inbox.rows import Order
from inbox.store import Store
from inbox.store_errors import DamagedError, FailedError

SEGMENT = 4000


class Disk:
    """An fsync that can be told to fail."""

    broken = False

    def fsync(self, fd: int) -> None:
        if self.broken:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        os.fdatasync(fd)


@pytest.fixture
def disk() -> Disk:
    return Disk()


@pytest.fixture
def ledger(tmp_path: Path, disk: Disk) -> Iterator[Ledger]:
    ledger = Ledger(Store(tmp_path / "desk", holder="marta", segment_bytes=SEGMENT, ballast_bytes=0, fsync=disk.fsync))
    for n in range(20):
        ledger.record([seen(comment(f"Salle {n}", id=f"c{n}"))])
    yield ledger
    ledger.close()


def again(folder: Path) -> Ledger:
    return Ledger(Store(folder, holder="the check", segment_bytes=SEGMENT))


def test_a_snapshot_covers_exactly_the_closed_segments(ledger: Ledger, tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    seq = compaction.compact(folder)
    assert 0 < seq < 20
    assert len(snapshot.read(snapshot.snapshots(folder)[0]).items) == seq
    assert compaction.compact(folder) == 0
    ledger.close()
    reopened = again(folder)
    assert reopened.inbox == ledger.inbox
    reopened.close()


def test_the_next_snapshot_builds_on_the_last(ledger: Ledger, tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    first = compaction.compact(folder)
    log = segments(folder)[0]
    log.write_bytes(log.read_bytes().replace(b"Salle 1", b"Salle 9"))  # damaged, but covered
    for n in range(20, 40):
        ledger.record([seen(comment(f"Salle {n}", id=f"c{n}"))])
    assert compaction.compact(folder) > first
    assert "acknowledged and is damaged" in compaction.check(folder)[0]


def test_after_an_update_the_snapshot_is_made_again(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "desk"
    compaction.compact(folder)
    del ledger
    monkeypatch.setattr(compaction, "SMALLEST", 1)
    assert not compaction.is_due(folder)
    path = snapshot.snapshots(folder)[0]
    path.write_bytes(path.read_bytes().replace(snapshot.code().encode(), b"00000000"))
    assert compaction.is_due(folder)
    assert compaction.compact(folder) > 0
    assert not compaction.is_due(folder)


def test_the_process_says_what_it_did_and_found(ledger: Ledger, tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    compaction.compact(folder)
    newest = snapshot.snapshots(folder)[0]
    newest.write_bytes(newest.read_bytes().replace(b"Salle 3", b"Salle 7"))
    del ledger
    said = subprocess.run([sys.executable, "-m", "inbox.compaction", folder], capture_output=True, check=True).stdout
    report = msgspec.json.decode(said, type=Report)
    assert newest.name in report.damaged[0]


def test_what_came_after_a_snapshot_lies_there_and_nothing_else_changes(ledger: Ledger, tmp_path: Path) -> None:
    view = ledger.open_view("", Order.OLDEST, lambda: lambda _: True, fold=False)
    before = dict(ledger.inbox.items)
    seq = compaction.compact(tmp_path / "desk")
    ledger.record([Claimed(at=NOON, by="lou", keys=("museum/c19", "museum/c2"))])
    ledger.settle()
    items = ledger.inbox.items
    files = {items.hot.ids[row]: number_of(items.place(row)) for row in items.hot.rows() if items.place(row)}
    there = [key for key, number in files.items() if number == files["museum/c1"]]
    assert there == [f"museum/c{n}" for n in range(seq) if n != 2]
    claimed = {"museum/c19", "museum/c2"}
    assert {k: v for k, v in ledger.inbox.items.items() if k not in claimed} == {
        k: v for k, v in before.items() if k not in claimed
    }
    assert {ledger.inbox.items[key].claimed_by for key in claimed} == {"lou"}
    assert ledger.views.page(view.id, 0, 50).view.total == 20


def test_an_item_that_rotted_where_it_lay_is_read_again_from_the_log(ledger: Ledger, tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    compaction.compact(folder)
    ledger.settle()
    for n in range(20, 40):
        ledger.record([seen(comment(f"Salle {n}", id=f"c{n}"))])
    old = snapshot.snapshots(folder)[0]
    compaction.compact(folder)
    with old.open("r+b") as file:
        file.seek(file.read().index(b"Salle 3"))
        file.write(b"Sall?")
    with pytest.raises(DamagedError):
        ledger.inbox.items["museum/c3"]
    ledger.settle()
    assert ledger.inbox.items["museum/c3"].comment.text == "Salle 3"
    assert len(ledger.inbox.items) == 40


def test_the_keeper_checks_once_after_a_start_and_tells(ledger: Ledger, tmp_path: Path) -> None:
    heard: list[Report] = []
    log = segments(tmp_path / "desk")[0]
    content = log.read_bytes()
    log.write_bytes(content.replace(b"Salle 1", b"Salle 9"))
    del ledger
    keeper = Keeper(tmp_path / "desk", heard.append)
    keeper.look()
    run = keeper._running
    assert run is not None
    run.wait()
    keeper.look()
    keeper.look()
    keeper.close()
    assert [report.damaged[0].startswith(str(log)) for report in heard] == [True]


def test_a_desk_goes_on_by_itself_once_the_disk_is_well_again(ledger: Ledger, disk: Disk, tmp_path: Path) -> None:
    disk.broken = True
    for n in range(3):
        with pytest.raises(FailedError):
            ledger.record([seen(comment(id=f"lost{n}"))])
    assert "did not confirm" in ledger.trouble
    disk.broken = False
    ledger.transact(lambda _: ((), None), human=True)  # as the engine's clock does every few seconds
    assert ledger.trouble == ""
    ledger.record([seen(comment(id="next"))])
    ledger.close()
    reopened = again(tmp_path / "desk")
    assert reopened.inbox == ledger.inbox
    assert "museum/next" in reopened.inbox.items
    reopened.close()


def test_what_turned_out_to_be_kept_is_folded_in_when_the_disk_is_well_again(ledger: Ledger, disk: Disk) -> None:
    disk.broken = True
    with pytest.raises(FailedError):
        ledger.record([seen(comment(id="kept"))])
    assert "museum/kept" not in ledger.inbox.items
    disk.broken = False
    ledger.transact(lambda _: ((), None), human=True)
    assert "museum/kept" in ledger.inbox.items  # its line had been written whole, and is confirmed now
