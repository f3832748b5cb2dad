"""A snapshot is a shortcut: whatever it holds, it opens to what the log alone would have given, or not at all."""

import random
import sys
from pathlib import Path
from typing import get_args

import pytest
from anything import anything
from builders import assessed, comment, seen
from msgspec import structs

from inbox import snapshot
from inbox.columns import Hot
from inbox.events import AnyEvent, Seen, StateSet, decode, encode
from inbox.fold import Inbox
from inbox.item import TriageState
from inbox.store import Reader, Store
from inbox.store_errors import DamagedError
from scoring.assessment import RiskLevel, SignalKind

KINDS = get_args(AnyEvent)


def sensible(event: AnyEvent) -> AnyEvent:
    """Make a page one that a connector could have brought: an assessment for each comment, each comment once."""
    if not isinstance(event, Seen):
        return event
    comments = tuple({c.native_id: c for c in event.comments}.values())
    return structs.replace(event, comments=comments, assessments=tuple(assessed() for _ in comments))


def history_with(kind: type, chance: random.Random) -> list[AnyEvent]:
    """Make a history in which a kind of event occurs, among all others."""
    arrivals = [sensible(anything(Seen)(chance)) for _ in range(3)]
    rest = [sensible(anything(AnyEvent)(chance)) for _ in range(chance.randrange(8))]
    rest += [sensible(anything(kind)(chance)) for _ in range(2)]
    chance.shuffle(rest)
    return arrivals + rest


def folded(events: list[AnyEvent], inbox: Inbox | None = None) -> Inbox:
    inbox = inbox or Inbox()
    for event in events:
        inbox.apply(decode(encode([event])[0]))
    return inbox


def columns(inbox: Inbox) -> list[Hot]:
    return list(inbox.items.hot.values())


def indexes(inbox: Inbox) -> list[dict[str, list[str]]]:
    hot = inbox.items.hot
    groups = (hot.posts, hot.authors, hot.answers, hot.waves)
    return [{text: sorted(hot.ids[row] for row in each.rows(text)) for text in each.all()} for each in groups]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_snapshot_anywhere_and_the_rest_of_the_log_give_what_the_whole_log_gives(kind: type, tmp_path: Path) -> None:
    for seed in range(20):
        chance = random.Random(seed)
        events = history_with(kind, chance)
        cut = chance.randint(0, len(events))
        path = snapshot.write(folded(events[:cut]), 7, tmp_path, sync=lambda _: None)
        resumed = folded(events[cut:], snapshot.read(path))
        whole = folded(events)
        assert resumed == whole
        assert (columns(resumed), indexes(resumed)) == (columns(whole), indexes(whole))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A desk of 30 comments, some done, with two snapshots."""
    folder = tmp_path / "desk"
    store = Store(folder, holder="the test", segment_bytes=6000)
    inbox = Inbox()
    for n in range(30):
        events: list[AnyEvent] = [
            seen(
                comment(f"Salle {n}", id=f"c{n}", author=f"a{n % 4}"),
                assessments=(assessed(RiskLevel.TENSE, SignalKind.QUESTION),),
            )
        ]
        if n % 3 == 0:
            events.append(StateSet(at=events[0].at, by="lou", keys=(f"museum/c{n}",), state=TriageState.DONE))
        store.append(events, human=False)
        for event in events:
            inbox.apply(event)
        if n in {9, 19}:
            snapshot.write(inbox, n + 1, folder)
    store.close()
    return folder


def opened(folder: Path) -> tuple[Inbox, tuple[str, ...]]:
    store = Store(folder, holder="the check")
    try:
        return store.load(), store.notices
    finally:
        store.close()


def without_snapshots(folder: Path) -> Inbox:
    for path in snapshot.snapshots(folder):
        path.unlink()
    return opened(folder)[0]


def test_opening_reads_the_newest_snapshot_and_only_what_came_after(folder: Path) -> None:
    log = folder / "log-0000000000000001"
    content = bytearray(log.read_bytes())
    content[300] ^= 1  # long before the snapshot: a reader of the whole log would stop here
    log.write_bytes(content)
    inbox, notices = opened(folder)
    assert (len(inbox.items), notices) == (30, ())
    assert len(Reader(folder).load().items) == 30


def test_the_inbox_is_the_same_with_and_without_snapshots(folder: Path) -> None:
    inbox, _ = opened(folder)
    texts = [item.comment.text for item in inbox.items.values()]
    assert texts == [f"Salle {n}" for n in range(30)]
    assert inbox == without_snapshots(folder)


@pytest.mark.parametrize("seed", range(60))
def test_a_flipped_bit_anywhere_in_a_snapshot_is_noticed_and_the_other_one_serves(folder: Path, seed: int) -> None:
    chance = random.Random(seed)
    newest = snapshot.snapshots(folder)[0]
    content = bytearray(newest.read_bytes())
    place = chance.choice([chance.randrange(len(content)), len(content) - 1 - seed, seed])
    content[place] ^= 1 << chance.randrange(8)
    newest.write_bytes(content)
    inbox, notices = opened(folder)
    assert newest.name in notices[0]
    assert not newest.exists()
    assert inbox == without_snapshots(folder)


def test_with_both_snapshots_damaged_the_log_serves(folder: Path) -> None:
    for path in snapshot.snapshots(folder):
        path.write_bytes(path.read_bytes()[:-10])
    inbox, notices = opened(folder)
    assert len(notices) == 2
    assert inbox == without_snapshots(folder)


def test_a_snapshot_folded_by_other_code_is_left_alone(folder: Path) -> None:
    newest = snapshot.snapshots(folder)[0]
    content = newest.read_bytes()
    newest.write_bytes(content.replace(snapshot.code().encode(), b"00000000"))
    assert len(opened(folder)[0].items) == 30


@pytest.mark.parametrize("field", [b"gA==", b"!", b""], ids=["another type", "no Base64", "nothing"])
def test_a_sound_snapshot_of_fields_that_are_unknown_here_is_left_alone(
    folder: Path, monkeypatch: pytest.MonkeyPatch, field: bytes
) -> None:
    newest = snapshot.snapshots(folder)[0]
    monkeypatch.setattr(snapshot, "b64encode", lambda _: field)
    snapshot.write(Inbox(), snapshot.seq_of(newest), folder)
    monkeypatch.undo()
    assert len(opened(folder)[0].items) == 30
    assert newest.exists()


def test_columns_of_a_machine_with_the_other_end_first_are_another_version_s(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = snapshot.code.__wrapped__()
    monkeypatch.setattr("sys.byteorder", "big" if sys.byteorder == "little" else "little")
    assert snapshot.code.__wrapped__() != ours


def test_a_snapshot_from_the_future_of_another_log_is_not_used(folder: Path) -> None:
    newest = snapshot.snapshots(folder)[0]
    newest.rename(folder / "snap-0000000000000099")
    inbox, _ = opened(folder)
    assert inbox == without_snapshots(folder)


def test_an_item_that_rots_while_the_desk_is_open_is_refused_when_it_is_read(folder: Path) -> None:
    inbox, _ = opened(folder)
    newest = snapshot.snapshots(folder)[0]
    with newest.open("r+b") as file:
        content = file.read()
        file.seek(content.index(b"Salle 3"))
        file.write(b"Sall?")
    with pytest.raises(DamagedError, match="start becalm again"):
        inbox.items["museum/c3"]
    assert inbox.items["museum/c4"].comment.text == "Salle 4"


def test_only_two_snapshots_are_kept(folder: Path) -> None:
    snapshot.write(opened(folder)[0], 30, folder)
    snapshot.prune(folder)
    assert [snapshot.seq_of(path) for path in snapshot.snapshots(folder)] == [30, 20]
