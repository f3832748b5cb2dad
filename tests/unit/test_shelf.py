"""Items lie outside memory, in a spill file and then in a snapshot, and read the same wherever they lie."""

import gc
import os
import random
import resource
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest
from builders import NOON, comment, seen

from inbox import snapshot
from inbox._places import Spill
from inbox.events import AnyEvent, Claimed, Noted
from inbox.fold import Inbox
from inbox.item import Item
from inbox.shelf import Shelf


def arrivals(first: int, last: int) -> list[AnyEvent]:
    return [seen(comment(f"Salle {n} " + "très longue file " * 40, id=f"c{n}")) for n in range(first, last)]


def act_on_some(chance: random.Random, known: int) -> AnyEvent:
    key = f"museum/c{chance.randrange(known)}"
    made: list[AnyEvent] = [Noted(at=NOON, by="lou", key=key, text="vu"), Claimed(at=NOON, by="marta", keys=(key,))]
    return chance.choice(made)


def folded(events: list[AnyEvent], inbox: Inbox) -> Inbox:
    for event in events:
        inbox.apply(event)
    return inbox


def spilling(folder: Path) -> Inbox:
    return Inbox(items=Shelf(spill=Spill(folder)))


@contextmanager
def files_no_longer_than(size: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_what_is_put_is_out_of_memory_in_a_file_without_a_name(tmp_path: Path) -> None:
    inbox = folded(arrivals(0, 300), spilling(tmp_path))
    assert all(map(inbox.items.place, inbox.items.hot.rows()))
    assert not list(tmp_path.iterdir())
    assert dict(inbox.items) == dict(folded(arrivals(0, 300), Inbox()).items)


def test_on_a_full_disk_items_wait_in_memory_and_are_written_when_there_is_room(tmp_path: Path) -> None:
    spill = Spill(tmp_path)
    inbox = Inbox(items=Shelf(spill=spill))
    with files_no_longer_than(100_000):
        folded(arrivals(0, 300), inbox)
        assert os.fstat(spill.fd).st_size <= 100_000
        assert [item.comment.native_id for item in inbox.items.values()] == [f"c{n}" for n in range(300)]
    folded(arrivals(300, 301), inbox)
    assert os.fstat(spill.fd).st_size > 200_000
    assert [item.comment.native_id for item in inbox.items.values()] == [f"c{n}" for n in range(301)]


def test_an_item_too_long_to_have_a_place_stays_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("inbox._places.LONGEST", 100)
    inbox = folded(arrivals(0, 1), spilling(tmp_path))
    assert not inbox.items.place(0)
    assert inbox.items["museum/c0"].comment.text.startswith("Salle 0")


@pytest.mark.parametrize("seed", range(20))
def test_settling_in_any_snapshot_changes_nothing_that_can_be_read(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    events = arrivals(0, 30)
    events += [act_on_some(chance, 30) for _ in range(chance.randrange(20))]
    cut = chance.randint(1, len(events))
    path = snapshot.write(folded(events[:cut], Inbox()), cut, tmp_path, sync=lambda _: None)
    inbox = folded(events, spilling(tmp_path))
    before, rows = dict(inbox.items), inbox.items.hot.rows()
    file, lines = snapshot.items_in(path)
    inbox.items.settle(file, lines, Spill(tmp_path), nullcontext())
    assert dict(inbox.items) == before
    assert list(inbox.items) == list(before)
    assert [inbox.items.words(row).comment.text for row in rows] == [i.comment.text for i in before.values()]


def test_an_act_in_the_middle_of_settling_is_not_undone_by_it(tmp_path: Path) -> None:
    inbox = folded(arrivals(0, 3), spilling(tmp_path))
    path = snapshot.write(inbox, 3, tmp_path, sync=lambda _: None)
    file, lines = snapshot.items_in(path)
    acts = iter([Noted(at=NOON, by="lou", key="museum/c1", text="vu"), None])

    def between() -> Iterator[tuple[int, bytes]]:
        for line in lines:
            act = next(acts, None)
            if act:
                inbox.apply(act)
            yield line

    inbox.items.settle(file, between(), Spill(tmp_path), nullcontext())
    assert [len(item.notes) for item in inbox.items.values()] == [0, 1, 0]


def test_settling_lets_go_of_the_room_beside_the_snapshot(tmp_path: Path) -> None:
    spill = Spill(tmp_path)
    inbox = folded(arrivals(0, 200), Inbox(items=Shelf(spill=spill)))
    path = snapshot.write(inbox, 200, tmp_path, sync=lambda _: None)
    fd = spill.fd
    del spill
    file, lines = snapshot.items_in(path)
    inbox.items.settle(file, lines, Spill(tmp_path), nullcontext())
    gc.collect()
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(fd)


@pytest.mark.parametrize("spilled", [True, False])
def test_what_was_forgotten_meanwhile_says_nothing(tmp_path: Path, *, spilled: bool) -> None:
    inbox = folded(arrivals(0, 3), spilling(tmp_path) if spilled else Inbox())
    rows = inbox.items.hot.rows()  # a search that began before
    inbox.items.remove(["museum/c1"])
    assert [inbox.items.words(row).comment.text[:7] for row in rows] == ["Salle 0", "", "Salle 2"]


def test_who_comes_back_after_being_forgotten_is_a_new_item(tmp_path: Path) -> None:
    inbox = folded(arrivals(0, 3), spilling(tmp_path))
    inbox.items.remove(["museum/c1"])
    assert "museum/c1" not in inbox.items
    folded(arrivals(1, 2), inbox)
    assert list(inbox.items) == ["museum/c0", "museum/c2", "museum/c1"]
    assert inbox.items["museum/c1"].comment.text.startswith("Salle 1")


def test_items_are_the_same_read_or_put_again(tmp_path: Path) -> None:
    inbox = folded(arrivals(0, 2), spilling(tmp_path))
    item: Item = inbox.items["museum/c1"]
    inbox.items.put(item)
    assert inbox.items["museum/c1"] == item
