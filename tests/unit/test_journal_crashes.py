"""Nothing acknowledged is lost: processes killed, power cut, disks full."""

import errno
import json
import os
import random
import resource
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from platter import Platter, PowerCut

from inbox.journal import FullError, HeldError, Journal, holder_of

SUPPORT = Path(__file__).parents[1] / "support"


def kill(folder: Path, *, trials: int, seed: int) -> dict[str, int]:
    command: list[str | Path] = [sys.executable, SUPPORT / "kills.py", folder, str(trials), str(seed)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder.parent)
    assert not done.returncode, done.stderr
    report: dict[str, int] = json.loads(done.stdout)
    return report


def test_a_hundred_and_twenty_kills_lose_nothing_acknowledged(tmp_path: Path) -> None:
    report = kill(tmp_path / "desk", trials=120, seed=1)
    assert (report["trials"], report["lost"], report["unreadable"]) == (120, 0, 0)
    assert report["torn"] > 0, "no kill hit a write: the trial proves nothing"


def live_until_the_power_goes(folder: Path, platter: Platter, first: int) -> set[int]:
    """Append numbers until the platter cuts the power; return those acknowledged."""
    acknowledged: set[int] = set()
    try:
        journal = Journal.open(
            folder, holder="the test", fsync=platter.fsync, write=platter.write, segment_bytes=1500, ballast_bytes=700
        )
    except PowerCut:
        return acknowledged
    try:
        for number in range(first, first + 40):
            seq = journal.submit(b'{"n":%d,"pad":"%b"}' % (number, b"y" * (number % 120)))
            if number % 3:
                journal.wait(seq)
                acknowledged |= {*range(number - (number % 3 == 1 and number > first), number + 1)}
    except PowerCut:
        pass
    try:
        journal.close()
    except PowerCut:
        return acknowledged
    return {*range(first, first + 40)}


def outlive_power_cuts(tmp_path: Path, *, trials: int, seed: int) -> int:
    """Cut the power `trials` times, three times over each desk; return how many numbers had been acknowledged."""
    chance = random.Random(seed)
    total = 0
    for trial in range(trials):
        if not trial % 3:
            folder = tmp_path / f"desk-{trial}-0"
            acknowledged: set[int] = set()
        platter = Platter(folder, chance, chance.randint(1, 90))
        acknowledged |= live_until_the_power_goes(folder, platter, trial * 1000)
        folder_after = tmp_path / f"desk-{trial}-1"
        platter.wreck(folder_after)
        folder = folder_after
        with Journal.open(folder, holder="the check", fsync=lambda _: None, ballast_bytes=700) as journal:
            found = [json.loads(payload)["n"] for _, payload in journal.replay()]
        assert acknowledged <= set(found), f"trial {trial}: {sorted(acknowledged - set(found))} lost"
        assert found == sorted(set(found))
        total += len(acknowledged)
    return total


def test_sixty_power_cuts_lose_nothing_acknowledged(tmp_path: Path) -> None:
    assert outlive_power_cuts(tmp_path, trials=60, seed=2) > 300


@pytest.fixture
def size_limit() -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.usefixtures("size_limit")
def test_a_file_size_limit_at_every_byte_of_a_line_changes_nothing(tmp_path: Path) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    segment = tmp_path / "desk" / "log-0000000000000001"
    with Journal.open(tmp_path / "desk", holder="the test", ballast_bytes=0) as journal:
        journal.append(b'{"n":0,"pad":"%b"}' % (b"z" * 10_000))
        before = segment.read_bytes()
        for room in range(70):
            resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + room, hard))
            with pytest.raises(FullError, match="nothing could be written"):
                journal.append(b'{"n":1,"pad":"%b"}' % (b"z" * 50))
            assert segment.read_bytes() == before
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        assert journal.append(b'{"n":2}') == 2
    with Journal.open(tmp_path / "desk", holder="the test", ballast_bytes=0) as journal:
        assert [json.loads(payload)["n"] for _, payload in journal.replay()] == [0, 2]


class SmallDisk:
    """A disk of `size` bytes that holds one folder."""

    def __init__(self, folder: Path, size: int) -> None:
        self.size = size
        self._folder = folder

    def write(self, fd: int, content: bytes, offset: int) -> int:
        used = sum(path.stat().st_size for path in self._folder.iterdir())
        room = self.size - used + max(0, os.fstat(fd).st_size - offset)
        if room <= 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return os.pwrite(fd, content[:room], offset)


def append_until_full(journal: Journal, payload: bytes) -> int:
    for number in count():
        try:
            journal.append(payload)
        except FullError:
            return number
    raise AssertionError


def test_when_the_disk_is_full_ingestion_waits_and_human_acts_still_fit(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    disk = SmallDisk(folder, 40_000)
    comment, act = b'{"comment":"%b"}' % (b"c" * 900), b'{"act":"done"}'
    with Journal.open(folder, holder="the test", write=disk.write, ballast_bytes=20_000, segment_bytes=4000) as journal:
        comments = append_until_full(journal, comment)
        acts = 0
        while acts < 100:
            journal.append(act, reserve=True)
            acts += 1
            with pytest.raises(FullError):
                journal.append(comment)
        disk.size += 40_000
        journal.append(comment)
        assert (folder / "ballast").stat().st_size == 20_000
    with Journal.open(folder, holder="the test", ballast_bytes=0) as journal:
        payloads = [payload for _, payload in journal.replay()]
    assert payloads == [comment] * comments + [act] * acts + [comment]


def test_a_desk_opens_on_a_full_disk(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    with Journal.open(folder, holder="the test", ballast_bytes=0) as journal:
        journal.append(b'{"n":0}')
    disk = SmallDisk(folder, 0)
    with Journal.open(folder, holder="the test", write=disk.write, ballast_bytes=5000) as journal:
        assert len(list(journal.replay())) == 1
        with pytest.raises(FullError):
            journal.append(b'{"n":1}')


def test_another_process_that_owns_the_folder_is_named_and_its_death_frees_it(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    program = (
        "import sys; from pathlib import Path; from inbox.journal import Journal\n"
        "journal = Journal.open(Path(sys.argv[1]), holder='becalm watch', ballast_bytes=0)\n"
        "print('ready', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=tmp_path
    ) as owner:
        assert owner.stdout
        assert owner.stdout.readline() == b"ready\n"
        with pytest.raises(HeldError, match=f"becalm watch .pid {owner.pid} on "):
            Journal.open(folder, holder="the test")
        holder = holder_of(folder)
        assert holder
        assert (holder.name, holder.pid) == ("becalm watch", owner.pid)
        owner.kill()
    assert holder_of(folder) is None
    Journal.open(folder, holder="the test", ballast_bytes=0).close()


def test_asking_who_holds_a_folder_imports_next_to_nothing(tmp_path: Path) -> None:
    program = (
        "import sys, json, fcntl, os; before = set(sys.modules); import inbox.holder\n"
        "inbox.holder.holder_of(sys.argv[1]); print(sorted(set(sys.modules) - before))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program, tmp_path], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert answer.stdout == "['inbox', 'inbox.holder']\n"
