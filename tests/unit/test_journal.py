"""The journal's promises one by one: order, durability, one owner, refusals, rolls and followers."""

import errno
import json
import os
import stat
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from inbox._segments import frame
from inbox.holder import holder_of
from inbox.journal import (
    DamagedError,
    FailedError,
    FolderError,
    Follower,
    FormatError,
    FullError,
    HeldError,
    Journal,
    StoreError,
)


def opened(
    folder: Path,
    *,
    fsync: Callable[[int], None] = os.fdatasync,
    write: Callable[[int, bytes, int], int] = os.pwrite,
    segment_bytes: int = 1 << 20,
    ballast_bytes: int = 0,
) -> Journal:
    return Journal.open(
        folder,
        holder="the test",
        clock=lambda: 1_800_000_000.0,
        fsync=fsync,
        write=write,
        segment_bytes=segment_bytes,
        ballast_bytes=ballast_bytes,
    )


def numbers(journal: Journal) -> list[int]:
    return [json.loads(payload)["n"] for _, payload in journal.replay()]


def payload(number: int) -> bytes:
    return b'{"n":%d}' % number


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "desk"


def test_what_was_appended_is_replayed_in_order_after_reopening(folder: Path) -> None:
    with opened(folder) as journal:
        assert [journal.append(payload(n)) for n in range(5)] == [1, 2, 3, 4, 5]
    with opened(folder) as journal:
        assert list(journal.replay()) == [(n + 1, payload(n)) for n in range(5)]
        assert journal.append(payload(5)) == 6
        assert [seq for seq, _ in journal.replay(after=4)] == [5, 6]


def test_append_returns_only_after_fsync(folder: Path) -> None:
    synced: list[int] = []
    with opened(folder, fsync=lambda fd: synced.append(os.fstat(fd).st_size)) as journal:
        synced.clear()
        journal.append(payload(1))
        assert synced == [(folder / "log-0000000000000001").stat().st_size]


def test_a_line_says_sequence_durable_time_and_payload_under_its_checksum(folder: Path) -> None:
    with opened(folder) as journal:
        journal.append(payload(1))
        journal.append(payload(2))
    line = (folder / "log-0000000000000001").read_bytes().splitlines()[2]
    assert json.loads(line[9:]) == {"s": 2, "d": 1, "t": 1_800_000_000.0, "o": {"n": 2}}


def test_many_threads_share_fsyncs_and_every_append_keeps_its_place(folder: Path) -> None:
    # The first commit is held until all the others are written, so that they must share the second.
    syncs: list[int] = []
    written = threading.Semaphore(0)
    armed = threading.Event()

    def fsync(fd: int) -> None:
        if armed.is_set():
            if not syncs:
                for _ in range(20):
                    assert written.acquire(timeout=10)
            syncs.append(fd)
        os.fdatasync(fd)

    sequences: dict[int, int] = {}
    with opened(folder, fsync=fsync) as journal:

        def work(number: int) -> None:
            seq = journal.submit(payload(number))
            written.release()
            journal.wait(seq)
            sequences[seq] = number

        armed.set()
        threads = [threading.Thread(target=work, args=(number,)) for number in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=20)
        assert len(syncs) <= 2
        assert numbers(journal) == [sequences[seq] for seq in range(1, 21)]


def test_segments_roll_and_replay_goes_through_them(folder: Path) -> None:
    with opened(folder, segment_bytes=200) as journal:
        for n in range(40):
            journal.append(payload(n))
        assert len(list(folder.glob("log-*"))) > 5
    with opened(folder, segment_bytes=200) as journal:
        assert numbers(journal) == list(range(40))
        assert [seq for seq, _ in journal.replay(after=33)] == list(range(34, 41))


def test_a_second_owner_is_told_who_holds_the_folder(folder: Path) -> None:
    with opened(folder):
        with pytest.raises(HeldError) as caught:
            opened(folder)
        assert (caught.value.holder.name, caught.value.holder.pid) == ("the test", os.getpid())
        assert "the test" in str(caught.value)
        assert str(holder_of(folder)) == str(caught.value.holder)


def test_nobody_holds_a_folder_that_was_closed_or_never_was(folder: Path) -> None:
    assert holder_of(folder) is None
    opened(folder).close()
    assert holder_of(folder) is None
    opened(folder).close()


def test_folder_and_files_are_private(folder: Path) -> None:
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)
    with opened(folder, segment_bytes=100, ballast_bytes=10) as journal:
        for n in range(3):
            journal.append(payload(n))
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_a_newer_format_is_refused_by_name(folder: Path) -> None:
    opened(folder).close()
    segment = folder / "log-0000000000000001"
    segment.write_bytes(frame(b'{"becalm":"log","v":2,"something":"new"}'))
    with pytest.raises(FormatError, match="newer becalm"):
        opened(folder)


def test_a_torn_tail_is_set_aside_and_work_goes_on(folder: Path) -> None:
    with opened(folder) as journal:
        journal.append(payload(0))
    torn = b'1234abcd {"s":2,"d":1,"t":18000' + b"0" * 500
    segment = folder / "log-0000000000000001"
    size = segment.stat().st_size
    with segment.open("ab") as file:
        file.write(torn)
    with opened(folder) as journal:
        assert journal.torn
        assert journal.torn.read_bytes() == torn
        assert segment.stat().st_size == size
        assert journal.append(payload(1)) == 2
    with opened(folder) as journal:
        assert journal.torn is None
        assert numbers(journal) == [0, 1]


def test_a_full_disk_changes_nothing_and_appends_go_on_once_there_is_room(folder: Path) -> None:
    room = [10**6]

    def write(fd: int, content: bytes, offset: int) -> int:
        if not room[0]:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        written = os.pwrite(fd, content[: room[0]], offset)
        room[0] -= written
        return written

    with opened(folder, write=write) as journal:
        journal.append(payload(0))
        for left in range(40):
            room[0] = left
            with pytest.raises(FullError):
                journal.append(payload(1))
        room[0] = 10**6
        assert journal.append(payload(2)) == 2
    with opened(folder) as journal:
        assert journal.torn is None
        assert numbers(journal) == [0, 2]


def test_a_failed_fsync_is_never_repeated_and_reopening_finds_what_was_acknowledged(folder: Path) -> None:
    calls: list[int] = []
    broken = [False]

    def fsync(fd: int) -> None:
        calls.append(fd)
        if broken[0]:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        os.fdatasync(fd)

    journal = opened(folder, fsync=fsync)
    journal.append(payload(0))
    broken[0] = True
    calls.clear()
    for _ in range(3):
        with pytest.raises(FailedError):
            journal.append(payload(1))
    journal.close()
    assert calls.count(calls[0]) == 1
    with opened(folder) as journal:
        assert numbers(journal)[:1] == [0]


def test_what_an_fsync_refused_is_written_again_before_it_counts(folder: Path) -> None:
    """The kernel may keep unwritten pages readable after a failed fsync: reading them back proves nothing."""
    broken = [False]

    def fsync(_: int) -> None:
        if broken[0]:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    journal = opened(folder, fsync=fsync)
    broken[0] = True
    with pytest.raises(FailedError):
        journal.append(payload(7))
    journal.close()
    rewritten: list[bytes] = []

    def write(fd: int, content: bytes, offset: int) -> int:
        rewritten.append(content)
        return os.pwrite(fd, content, offset)

    with opened(folder, write=write) as journal:
        assert numbers(journal) == [7]
    assert any(b'{"n":7}' in content for content in rewritten)


def test_a_closed_journal_says_so_and_closing_twice_is_no_error(folder: Path) -> None:
    journal = opened(folder)
    journal.close()
    journal.close()
    with pytest.raises(StoreError, match="closed"):
        journal.append(payload(0))


def test_waiting_for_what_was_never_submitted_is_refused(folder: Path) -> None:
    with opened(folder) as journal, pytest.raises(ValueError, match="not been submitted"):
        journal.wait(1)


@pytest.mark.parametrize("wrong", [b"", b'{"a":\n1}'])
def test_a_payload_that_would_break_its_line_is_refused(folder: Path, wrong: bytes) -> None:
    with opened(folder) as journal, pytest.raises(ValueError, match="line feed"):
        journal.append(wrong)


def test_a_follower_sees_only_what_is_durable_and_survives_rolls(folder: Path) -> None:
    follower = Follower(folder)
    assert list(follower.read()) == []
    with opened(folder, segment_bytes=150) as journal:
        seen: list[int] = []
        for n in range(20):
            journal.append(payload(n))
            seen += [seq for seq, _ in follower.read()]
        assert seen == list(range(1, 21))
        journal.submit(payload(20))
        assert list(follower.read()) == []
        journal.wait(21)
        assert list(follower.read()) == [(21, payload(20))]


def test_a_follower_may_start_in_the_middle(folder: Path) -> None:
    with opened(folder, segment_bytes=150) as journal:
        for n in range(20):
            journal.append(payload(n))
        assert [seq for seq, _ in Follower(folder, after=13).read()] == list(range(14, 21))


def test_a_folder_that_is_a_file_is_refused_in_our_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(FolderError, match="cannot be used"):
        opened(tmp_path / "file")


def test_losing_every_segment_is_noticed(folder: Path) -> None:
    with opened(folder) as journal:
        journal.append(payload(0))
    (folder / "log-0000000000000001").unlink()
    with pytest.raises(DamagedError, match="missing"):
        opened(folder)
