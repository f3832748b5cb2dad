"""No damage goes unnoticed: flips of single bits everywhere, missing files, and what salvage brings back."""

import json
import os
import random
from collections.abc import Iterable
from pathlib import Path

import pytest

from inbox._disk import file_system_of, prepare_folder
from inbox.follower import Follower
from inbox.journal import DamagedError, FolderError, HeldError, Journal
from inbox.salvage import salvage

COUNT = 12


def payload(number: int) -> bytes:
    return b'{"n":%d,"text":"caf\xc3\xa9 {\\"s\\":"}' % number


def opened(folder: Path) -> Journal:
    return Journal.open(folder, holder="the test", fsync=lambda _: None, ballast_bytes=0, segment_bytes=400)


def numbers(folder: Path) -> list[int | None]:
    with opened(folder) as journal:
        return [(json.loads(payload) or {"n": None})["n"] for _, payload in journal.replay()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "desk"
    with opened(folder) as journal:
        for number in range(COUNT):
            journal.append(payload(number))
    return folder


def restore(folder: Path, files: dict[str, bytes]) -> None:
    for path in folder.iterdir():
        if path.name not in files:
            path.unlink()
    for name, content in files.items():
        # In place: ext4 flushes a file that was cut to nothing and written again.
        fd = os.open(folder / name, os.O_WRONLY | os.O_CREAT, 0o600)
        os.pwrite(fd, content, 0)
        os.ftruncate(fd, len(content))
        os.close(fd)


def is_noticed(folder: Path) -> bool:
    """Open and read a desk after a flip; tell whether it said so. Wrong or missing transactions fail the test."""
    try:
        with opened(folder) as journal:
            found = [payload for _, payload in journal.replay()]
            notices = journal.notices
    except DamagedError as error:
        return error.path.parent == folder and 0 <= error.offset <= 10_000 and "becalm salvage" in error.hint
    assert found == [payload(number) for number in range(COUNT)]
    return bool(notices)


def flip_and_look(folder: Path, name: str, places: Iterable[tuple[int, int]]) -> None:
    files = {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "lock"}
    for place, bit in places:
        content = bytearray(files[name])
        content[place] ^= 1 << bit
        restore(folder, {**files, name: bytes(content)})
        assert is_noticed(folder), f"bit {bit} of byte {place} of {name}"
    restore(folder, files)


def data_files(folder: Path) -> list[Path]:
    return [*sorted(folder.glob("log-*")), folder / "durable"]


def test_a_flipped_bit_in_any_byte_of_any_segment_is_noticed(folder: Path) -> None:
    chance = random.Random(4)
    for path in sorted(folder.glob("log-*")):
        flip_and_look(folder, path.name, [(place, chance.randrange(8)) for place in range(path.stat().st_size)])


def test_a_flipped_bit_in_the_side_file_is_noticed(folder: Path) -> None:
    chance = random.Random(5)
    places = [*range(80), *range(4090, 4180), *chance.sample(range(8192), 100)]
    flip_and_look(folder, "durable", [(place, chance.randrange(8)) for place in places])


def test_every_flip_in_the_last_line_is_noticed(folder: Path) -> None:
    last = max(folder.glob("log-*"))
    size = last.stat().st_size
    length = len(last.read_bytes().splitlines()[-1]) + 1
    flip_and_look(folder, last.name, [(place, bit) for place in range(size - length, size) for bit in range(8)])


def test_the_last_lines_cut_off_are_noticed(folder: Path) -> None:
    last = max(folder.glob("log-*"))
    content = last.read_bytes()
    for size in range(len(content)):
        last.write_bytes(content[:size])
        with pytest.raises(DamagedError):
            numbers(folder)


def test_a_missing_segment_is_noticed_first_middle_or_last(folder: Path) -> None:
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    for path in sorted(folder.glob("log-*")):
        path.unlink()
        with pytest.raises(DamagedError, match="missing"):
            numbers(folder)
        restore(folder, files)


def test_losing_the_side_file_is_told_and_survived(folder: Path) -> None:
    (folder / "durable").unlink()
    with opened(folder) as journal:
        assert "side file" in journal.notices[0]
        assert len(list(journal.replay())) == COUNT
    with opened(folder) as journal:
        assert journal.notices == ()


def test_a_bad_end_without_the_side_file_is_damage_since_nobody_can_tell(folder: Path) -> None:
    (folder / "durable").unlink()
    last = max(folder.glob("log-*"))
    last.write_bytes(last.read_bytes()[:-3])
    with pytest.raises(DamagedError):
        opened(folder)


def test_a_later_line_that_vouches_for_a_bad_one_proves_damage_even_beyond_the_side_file(tmp_path: Path) -> None:
    """After a power cut the side file may lag behind; then the lines themselves say what had been durable."""
    folder = tmp_path / "desk"
    with Journal.open(folder, holder="the test", ballast_bytes=0) as journal:
        early = (folder / "durable").read_bytes()
        for number in range(3):
            journal.append(payload(number))
    (folder / "durable").write_bytes(early)
    segment = folder / "log-0000000000000001"
    content = bytearray(segment.read_bytes())
    content[content.index(b'"n":1') + 4] ^= 1
    segment.write_bytes(content)
    with pytest.raises(DamagedError, match="transaction 2 "):
        opened(folder)


def test_a_refused_desk_is_left_exactly_as_it_was(folder: Path) -> None:
    last = max(folder.glob("log-*"))
    last.write_bytes(last.read_bytes()[:-3])
    before = {path.name: path.read_bytes() for path in data_files(folder)}
    for _ in range(2):
        with pytest.raises(DamagedError):
            opened(folder)
    assert {path.name: path.read_bytes() for path in data_files(folder)} == before


def test_a_follower_stops_at_damage(folder: Path) -> None:
    segment = folder / "log-0000000000000001"
    content = bytearray(segment.read_bytes())
    content[content.index(b'"n":1') + 4] ^= 1
    segment.write_bytes(content)
    with pytest.raises(DamagedError):
        list(Follower(folder).read())


@pytest.mark.parametrize("bit", range(8))
def test_salvage_brings_back_every_line_but_the_damaged_one(folder: Path, tmp_path: Path, bit: int) -> None:
    segment = folder / "log-0000000000000001"
    content = bytearray(segment.read_bytes())
    content[content.index(b'"n":1') + 4] ^= 1 << bit
    segment.write_bytes(content)
    report = salvage(folder, tmp_path / "out")
    assert (report.copied, report.lost) == (COUNT - 1, (2,))
    assert [(damage.path, damage.offset < len(content)) for damage in report.damages][:1] == [(segment, True)]
    assert numbers(tmp_path / "out") == [0, None, *range(2, COUNT)]


def test_salvage_separates_lines_whose_line_feed_was_lost(folder: Path, tmp_path: Path) -> None:
    segment = folder / "log-0000000000000001"
    lines = segment.read_bytes().splitlines(keepends=True)
    segment.write_bytes(lines[0] + lines[1][:-1] + b"\x0b" + b"".join(lines[2:]))
    report = salvage(folder, tmp_path / "out")
    assert (report.copied, report.lost) == (COUNT, ())


def test_salvage_survives_a_lost_header_and_a_lost_segment(folder: Path, tmp_path: Path) -> None:
    first, second, *_ = sorted(folder.glob("log-*"))
    in_second = len(second.read_bytes().splitlines()) - 1
    first.write_bytes(b"x" * 20 + first.read_bytes()[20:])
    second.unlink()
    report = salvage(folder, tmp_path / "out")
    assert report.copied == COUNT - in_second
    assert len(report.lost) == in_second


def test_salvage_keeps_the_time_of_each_transaction(folder: Path, tmp_path: Path) -> None:
    salvage(folder, tmp_path / "out")

    def times(where: Path) -> list[float]:
        lines = [line for path in sorted(where.glob("log-*")) for line in path.read_bytes().splitlines()]
        return [json.loads(line[9:])["t"] for line in lines if b'"t":' in line]

    assert times(tmp_path / "out") == times(folder)


def test_salvage_changes_nothing_and_needs_an_empty_target_and_an_idle_desk(folder: Path, tmp_path: Path) -> None:
    before = {path.name: path.read_bytes() for path in data_files(folder)}
    salvage(folder, tmp_path / "out")
    assert {path.name: path.read_bytes() for path in data_files(folder)} == before
    with pytest.raises(FolderError, match="not empty"):
        salvage(folder, tmp_path / "out")
    with opened(folder), pytest.raises(HeldError):
        salvage(folder, tmp_path / "other")
    with pytest.raises(FolderError, match="no journal"):
        salvage(tmp_path / "nothing", tmp_path / "other")
    assert not (tmp_path / "nothing").exists()


MOUNTS = """\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:45 / /home rw,relatime shared:2 - nfs4 server:/home rw
31 30 0:46 / /home/local\\040disk rw - xfs /dev/sdb1 rw
32 22 0:47 / /media/share rw - fuse.sshfs museum: rw
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/lib", "ext4"),
        ("/home/ana/desk", "nfs4"),
        ("/home/local disk/desk", "xfs"),
        ("/homework", "ext4"),
        ("/media/share/desk", "fuse.sshfs"),
    ],
)
def test_the_file_system_of_a_folder_is_that_of_the_nearest_mount(tmp_path: Path, path: str, kind: str) -> None:
    (tmp_path / "mounts").write_text(MOUNTS)
    assert file_system_of(Path(path), tmp_path / "mounts") == kind


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "fuse.sshfs", "9p"])
def test_a_network_file_system_is_refused_unless_told_otherwise(tmp_path: Path, kind: str) -> None:
    (tmp_path / "mounts").write_text(f"30 22 0:45 / {tmp_path} rw - {kind} server:/share rw\n")
    with pytest.raises(FolderError, match="network file system"):
        prepare_folder(tmp_path / "desk", allow_network=False, mounts=tmp_path / "mounts")
    prepare_folder(tmp_path / "desk", allow_network=True, mounts=tmp_path / "mounts")
    assert os.access(tmp_path / "desk", os.W_OK)


def test_this_machines_own_table_of_mounts_can_be_read(tmp_path: Path) -> None:
    assert file_system_of(tmp_path)
