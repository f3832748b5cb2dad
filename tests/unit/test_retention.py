"""What is older than its source is kept for leaves memory and every file; announced first, and never what is still needed."""

import json
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
from anything import anything
from builders import NOON, assessed, comment, seen

from connectors._model import Batch, Outgoing, Post
from connectors._text import sanitise
from inbox import compaction, snapshot, sweeping
from inbox.events import (
    AnyEvent,
    Captured,
    Delivery,
    Noted,
    Queued,
    StateSet,
    Suspected,
    TextKept,
    decode,
    encode,
)
from inbox.evidence.chain import FIRST, part_of
from inbox.fold import Inbox
from inbox.forgetting import AT_ONCE, Stays, announced, due, portions, without
from inbox.item import TriageState
from inbox.ledger import Ledger
from inbox.outbox import DeliveryState, Kind, OutboxEntry
from inbox.reception import Reception
from inbox.retention import DEFAULT, NOTICE, is_stricter
from inbox.store import Reader, Store
from inbox.upkeep import Upkeep, forget_old
from scoring.assessment import RiskLevel, SignalKind
from scoring.thresholds import DEFAULT as THRESHOLDS

NOW = NOON + timedelta(days=100)
MONTH = {DEFAULT: 30}
YOUNG = NOW - timedelta(days=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "desk"


@pytest.fixture
def ledger(folder: Path) -> Iterator[Ledger]:
    ledger = Ledger(Store(folder, holder="marta", segment_bytes=5000, ballast_bytes=0))
    yield ledger
    ledger.close()


def done(ledger: Ledger, *ids: str) -> None:
    keys = tuple(f"museum/{each}" for each in ids)
    ledger.record([StateSet(at=NOON, by="lou", keys=keys, state=TriageState.DONE, act="a1")], human=True)


def old(ledger: Ledger, *ids: str, **more: object) -> None:
    """Take in comments of a hundred days ago and close them."""
    for each in ids:
        ledger.record([seen(comment(f"secret {each}", id=each, author=f"author-of-{each}", **more))])  # type: ignore[arg-type]  # comment's own keywords
    done(ledger, *ids)


def entry(key: str, id_: str, **more: object) -> OutboxEntry:
    outgoing = Outgoing(client_id=id_, text=f"answer {id_}", created_at=NOON)
    fields = {"kind": Kind.REPLY, "source": "museum", "by": "lou", "queued_at": NOON, "due_at": NOON} | more
    return OutboxEntry(id=id_, act="a2", target=key, outgoing=outgoing, **fields)  # type: ignore[arg-type]  # as above


def stays(inbox: Inbox) -> dict[Stays, int]:
    return due(inbox, MONTH, NOW).stays.get("museum", {})


def going(inbox: Inbox) -> set[str]:
    return {key.partition("/")[2] for key in due(inbox, MONTH, NOW).keys}


# -- what goes, and what stays -----------------------------------------------------------------------


def test_what_is_old_and_done_with_goes_and_what_is_young_or_open_stays(ledger: Ledger) -> None:
    old(ledger, "gone-1", "gone-2")
    ledger.record([seen(comment(id="open")), seen(comment(id="young", at=YOUNG), at=NOW)])
    done(ledger, "young")
    assert going(ledger.inbox) == {"gone-1", "gone-2"}
    assert stays(ledger.inbox) == {Stays.OPEN: 1}


def test_each_source_has_its_own_number_and_nought_keeps_everything(ledger: Ledger) -> None:
    old(ledger, "c1")
    assert due(ledger.inbox, {DEFAULT: 30, "museum": 0}, NOW).keys == ()
    assert due(ledger.inbox, {DEFAULT: 0, "museum": 99}, NOW).keys == ("museum/c1",)
    assert due(ledger.inbox, {DEFAULT: 1, "museum": 101}, NOW).keys == ()
    assert due(ledger.inbox, {DEFAULT: 0}, NOW).keys == ()


def test_what_was_captured_is_under_legal_hold(ledger: Ledger) -> None:
    old(ledger, "c1")
    facts = part_of({"text": "secret"})
    ledger.record([Captured(at=NOON, by="lou", key="museum/c1", parts={"comment": facts}, previous=FIRST, seal="s")])
    assert (going(ledger.inbox), stays(ledger.inbox)) == (set(), {Stays.EVIDENCE: 1})


def test_a_suspected_danger_stays_until_somebody_says_that_it_is_none(ledger: Ledger) -> None:
    ledger.record([seen(comment(id="c1"), assessments=(assessed(RiskLevel.CRITICAL, SignalKind.THREAT),))])
    done(ledger, "c1")
    assert (going(ledger.inbox), stays(ledger.inbox)) == (set(), {Stays.DANGER: 1})
    ledger.record(
        [Suspected(at=NOON, by="lou", keys=("museum/c1",), suspected=False, reason="a quotation of the play")],
        human=True,
    )
    assert going(ledger.inbox) == {"c1"}


@pytest.mark.parametrize("state", [DeliveryState.QUEUED, DeliveryState.UNKNOWN, DeliveryState.REJECTED])
def test_what_is_not_settled_keeps_its_comment(ledger: Ledger, state: DeliveryState) -> None:
    old(ledger, "c1")
    ledger.record([Queued(at=NOON, by="lou", entries=(entry("museum/c1", "e1"),))], human=True)
    ledger.record([Delivery(at=NOON, entry="e1", state=state)])
    assert stays(ledger.inbox) == {Stays.PENDING: 1}
    ledger.record([Delivery(at=NOON, entry="e1", state=DeliveryState.TAKEN_BACK)])
    assert going(ledger.inbox) == {"c1"}


def test_somebody_who_is_still_kept_away_keeps_the_comment_that_says_until_when(ledger: Ledger) -> None:
    old(ledger, "c1")
    block = entry("museum/c1", "e1", kind=Kind.BLOCK, state=DeliveryState.SENT, until=NOW + timedelta(days=9))
    ledger.record([Queued(at=NOON, by="lou", entries=(block,))], human=True)
    assert stays(ledger.inbox) == {Stays.PENDING: 1}
    assert due(ledger.inbox, MONTH, NOW + timedelta(days=10)).keys == ("museum/c1",)


def test_a_text_that_somebody_began_keeps_its_comment(ledger: Ledger) -> None:
    old(ledger, "c1")
    ledger.record([TextKept(at=NOON, by="lou", key="museum/c1", kind="reply", texts={"text": "Dear"})], human=True)
    assert stays(ledger.inbox) == {Stays.PENDING: 1}


def test_a_conversation_is_as_old_as_the_last_thing_said_in_it(ledger: Ledger) -> None:
    old(ledger, "top", "other")
    old(ledger, "middle", parent="top")
    ledger.record([seen(comment(id="last", parent="middle", at=YOUNG), at=NOW)])
    done(ledger, "last")
    assert (going(ledger.inbox), stays(ledger.inbox)) == ({"other"}, {Stays.TALK: 2})


def test_an_answer_of_ours_that_is_young_keeps_what_it_answers(ledger: Ledger) -> None:
    old(ledger, "c1")
    sent = entry("museum/c1", "e1", queued_at=YOUNG, state=DeliveryState.SENT)
    ledger.record([Queued(at=YOUNG, by="lou", entries=(sent,))], human=True)
    assert stays(ledger.inbox) == {Stays.TALK: 1}


# -- announced first ---------------------------------------------------------------------------------


def test_a_rule_that_would_take_something_is_announced_for_a_week(ledger: Ledger) -> None:
    old(ledger, "c1", "c2")
    clock = [NOW]
    upkeep = Upkeep(ledger, MONTH, lambda: clock[0])
    upkeep.look()
    known = ledger.inbox.retention
    assert (known.waiting, known.begins, len(ledger.inbox.items)) == (2, NOW + NOTICE, 2)
    clock[0] = NOW + NOTICE - timedelta(seconds=1)
    upkeep.look()
    assert len(ledger.inbox.items) == 2
    clock[0] = NOW + NOTICE
    upkeep.look()
    assert (len(ledger.inbox.items), ledger.inbox.retention.counts) == (0, {"museum": 2})


def test_a_restart_does_not_begin_the_week_again_and_a_stricter_rule_does(ledger: Ledger) -> None:
    old(ledger, "c1")
    ledger.record(announced(ledger.inbox, MONTH, NOW))
    later = NOW + timedelta(days=3)
    assert announced(ledger.inbox, MONTH, later) == []
    (longer,) = announced(ledger.inbox, {DEFAULT: 60}, later)
    (shorter,) = announced(ledger.inbox, {DEFAULT: 20}, later)
    (none,) = announced(ledger.inbox, {DEFAULT: 0}, later)
    begins = [event.begins for event in (longer, shorter, none)]  # type: ignore[union-attr]  # it is all that is announced
    assert begins == [NOW + NOTICE, later + NOTICE, None]


def test_a_rule_that_takes_nothing_holds_at_once(ledger: Ledger) -> None:
    ledger.record([seen(comment(id="young", at=YOUNG), at=NOW)])
    forget_old(ledger, MONTH, NOW)
    assert ledger.inbox.retention.begins == NOW


def test_it_is_looked_at_once_a_day(ledger: Ledger) -> None:
    clock = [NOW]
    upkeep = Upkeep(ledger, MONTH, lambda: clock[0])
    upkeep.look()
    old(ledger, "c1")
    clock[0] += timedelta(hours=23)
    upkeep.look()
    assert "museum/c1" in ledger.inbox.items
    clock[0] += timedelta(hours=1)
    upkeep.look()
    assert "museum/c1" not in ledger.inbox.items


@pytest.mark.parametrize(
    ("new", "known", "expected"),
    [
        ({DEFAULT: 30}, {}, True),
        ({DEFAULT: 30}, {DEFAULT: 20}, False),
        ({DEFAULT: 30}, {DEFAULT: 30}, False),
        ({DEFAULT: 0}, {DEFAULT: 30}, False),
        ({DEFAULT: 30, "blog": 0}, {DEFAULT: 30}, False),
        ({DEFAULT: 30, "blog": 5}, {DEFAULT: 30}, True),
        ({DEFAULT: 30}, {DEFAULT: 30, "blog": 0}, True),
    ],
)
def test_stricter_is_what_takes_from_any_source(new: dict[str, int], known: dict[str, int], *, expected: bool) -> None:
    assert is_stricter(new, known) is expected


# -- gone from every file ----------------------------------------------------------------------------


def full(ledger: Ledger) -> None:
    """Fill a desk with what is forgotten and what stays, in every kind of event that an operator makes."""
    for n in range(40):
        old(ledger, f"gone-{n}", post=f"visitor-{n % 3}")
        ledger.record([seen(comment(f"kept {n}", id=f"kept-{n}", at=YOUNG), at=NOW)])
    ledger.record([Noted(at=NOON, by="lou", key="museum/gone-3", text="secret note")], human=True)
    sent = entry("museum/gone-4", "e1", state=DeliveryState.SENT)
    ledger.record([Queued(at=NOON, by="lou", entries=(sent, entry("museum/kept-4", "e2")))], human=True)
    done(ledger, "gone-5", "kept-5")
    ledger.record(
        [
            seen(
                comment("secret", id="root", post="root"),
                posts=(Post(native_id="root", text=sanitise("secret root")), Post(native_id="p1")),
            )
        ]
    )
    done(ledger, "root")


def found_in(folder: Path) -> list[str]:
    words = (b"secret", b"gone-", b"author-of", b"answer e1", b"root")
    return [f"{p.name}: {w!r}" for p in folder.rglob("*") if p.is_file() for w in words if w in p.read_bytes()]


def test_a_byte_search_over_every_file_finds_nothing_and_the_rest_is_as_it_was(ledger: Ledger, folder: Path) -> None:
    full(ledger)
    compaction.compact(folder)
    compaction.compact(folder)
    (folder / "torn-0000000000000009-1").write_bytes(b"...secret...")
    (folder / "becalm.log").write_text("one line\nabout museum/gone-7, it is odd\n", encoding="utf-8")
    kept = {key: item for key, item in ledger.inbox.items.items() if "kept" in key}
    assert found_in(folder)
    assert forget_old(ledger, MONTH, NOW, at_once=True) == {"museum": 41}
    assert dict(ledger.inbox.items) == kept
    assert ledger.close_files()
    assert sweeping.sweep(folder)
    assert found_in(folder) == []
    assert (folder / "becalm.log").read_text() == "one line\n"
    before = ledger.inbox.retention
    ledger.reload()
    assert dict(ledger.inbox.items) == kept
    assert set(ledger.inbox.outbox) == {"e2"}
    assert ledger.inbox.retention.counts == before.counts == {"museum": 41}
    assert not ledger.inbox.retention.unwritten
    assert not ledger.close_files()


def test_memory_and_the_files_say_the_same_before_and_after(ledger: Ledger, folder: Path) -> None:
    full(ledger)
    forget_old(ledger, MONTH, NOW, at_once=True)
    before = msgspec.structs.replace(ledger.inbox.retention, unwritten=False)
    memory = {name: getattr(ledger.inbox, name) for name in Inbox.__struct_fields__ if name != "retention"}
    assert Reader(folder).load() == ledger.inbox  # the log still holds them, and says that they are gone
    ledger.close_files()
    sweeping.sweep(folder)
    assert Reader(folder).load() == Inbox(**memory, retention=before)
    assert compaction.compact(folder) > 0
    assert Reader(folder).load() == Inbox(**memory, retention=before)


def test_what_comes_again_after_it_was_forgotten_is_not_taken_out_a_second_time(ledger: Ledger, folder: Path) -> None:
    old(ledger, "c1", "c2")
    forget_old(ledger, MONTH, NOW, at_once=True)
    ledger.record([seen(comment("imported again", id="c1"))])
    ledger.close_files()
    sweeping.sweep(folder)
    ledger.reload()
    assert list(ledger.inbox.items) == ["museum/c1"]


def test_a_damaged_segment_is_left_alone_with_the_snapshot_that_covers_it(ledger: Ledger, folder: Path) -> None:
    full(ledger)
    compaction.compact(folder)
    forget_old(ledger, MONTH, NOW, at_once=True)
    ledger.close_files()
    log = min(folder.glob("log-*"))
    log.write_bytes(log.read_bytes().replace(b"secret gone-1", b"secret_gone-1"))
    said = subprocess.run([sys.executable, "-m", "inbox.sweeping", folder], capture_output=True, check=True).stdout
    report = msgspec.json.decode(said, type=compaction.Report)
    assert "damaged" in report.damaged[0]
    assert snapshot.snapshots(folder)


def test_an_opened_list_forgets_with_the_desk(ledger: Ledger) -> None:
    from inbox.rows import Order

    full(ledger)
    view = ledger.open_view("", Order.OLDEST, lambda: lambda _: True, fold=False)
    forget_old(ledger, MONTH, NOW, at_once=True)
    with ledger.reading():
        page = ledger.views.page(view.id, 0, 100)
    assert {row.key.partition("-")[0] for row in page.rows} == {"museum/kept"}


def test_many_comments_are_forgotten_a_portion_at_a_time() -> None:
    keys = [str(n) for n in range(2 * AT_ONCE + 1)]
    assert [len(portion) for portion in portions(keys)] == [AT_ONCE, AT_ONCE, 1]


@pytest.mark.parametrize("kind", [k for k in get_args(AnyEvent) if k is not Captured], ids=lambda kind: kind.__name__)
def test_no_kind_of_event_names_what_is_forgotten(kind: type) -> None:
    gone, entries = frozenset({"museum/c1"}), frozenset({"e1"})
    for seed in range(40):
        event = anything(kind)(random.Random(seed))
        if hasattr(event, "comments"):
            pairs = list(zip(event.comments, event.assessments, strict=False))
            pairs = [(msgspec.structs.replace(c, parent_id=None), a) for c, a in pairs]
            event = msgspec.structs.replace(
                event, source="museum", comments=tuple(c for c, _ in pairs), assessments=tuple(a for _, a in pairs)
            )
        if isinstance(event, Queued):
            left = tuple(e for e in event.entries if e.id == "e1" or "museum/c1" not in encode([event])[0].decode())
            event = msgspec.structs.replace(event, entries=left)
        left_of_it = without(event, gone, entries)
        if left_of_it is None:
            continue
        (document,) = encode([left_of_it])
        assert decode(document) == left_of_it
        assert "museum/c1" not in named_in(msgspec.json.decode(document))
        assert "e1" not in {getattr(each, "id", each) for each in getattr(left_of_it, "entries", ())}
        assert getattr(left_of_it, "entry", "") != "e1"
        for name in ("comments", "posts"):
            assert all(getattr(each, "native_id", "") != "c1" for each in getattr(left_of_it, name, ()))


FREE = {
    *("e", "at", "by", "act", "kind", "state", "level", "until", "source", "cursor", "held", "hidden", "step", "done"),
    *("text", "note", "why", "operator", "outgoing", "receipt", "message", "hint", "due_at", "failed", "entry", "over"),
    *(
        "comments",
        "assessments",
        "entries",
        "counts",
        "days",
        "marks",
        "topics",
        "situation",
        "code",
        "authors",
        "wave",
    ),
    *("id", "submission", "approval", "heading", "said"),
}
"""Fields that hold no key of a comment, or that are looked at by themselves; made-up texts are the same words as keys."""
WHERE: dict[str, Callable[[Any], Any]] = {
    "before": lambda stood: [each[0] for each in stood],
    "alerts": lambda told: [each[1] for each in told],
    "waves": list,  # by key where a page says them
    "posts": lambda posts: [each for each in posts if isinstance(each, str)],
}
"""Where a key stands in fields that are more than keys."""


def named_in(value: Any) -> set[str]:
    """Return every text of a plain event that may be a key: a field that nobody thought of is among them."""
    if isinstance(value, dict):
        left = {name: WHERE.get(name, lambda each: each)(each) for name, each in value.items() if name not in FREE}
        texts = {"wave.followed": "waves", "text.kept": "texts", "submitted": "reason", "suspected": "reason"}.get(
            value.get("e", "")
        )
        left.pop(texts or "", None)
        return {word for each in left.values() for word in named_in(each)}
    if isinstance(value, list):
        return {word for each in value for word in named_in(each)}
    return {value} if isinstance(value, str) else set()


# -- not again ---------------------------------------------------------------------------------------


def reception(ledger: Ledger, **networks: str) -> Reception:
    return Reception(ledger, networks, clock=lambda: NOW, thresholds=THRESHOLDS)


def test_a_poll_that_meets_a_forgotten_comment_again_makes_no_work_of_it(ledger: Ledger) -> None:
    old(ledger, "c1")
    forget_old(ledger, MONTH, NOW, at_once=True)
    batch = Batch(comments=(comment(id="c1"), comment(id="new", at=YOUNG)), cursor="7")
    assert reception(ledger, museum="mastodon").ingest("museum", batch) == 1
    assert (list(ledger.inbox.items), ledger.inbox.cursors["museum"]) == (["museum/new"], "7")


def test_an_old_comment_that_is_still_there_is_heard_of_when_it_changes(ledger: Ledger) -> None:
    ledger.record([seen(comment("first", id="c1"))])
    forget_old(ledger, MONTH, NOW, at_once=True)
    reception(ledger, museum="mastodon").ingest("museum", Batch(comments=(comment("then", id="c1"),), cursor="7"))
    assert ledger.inbox.items["museum/c1"].comment.text == "then"


def test_nothing_is_refused_before_the_rule_holds_and_an_import_never(ledger: Ledger) -> None:
    old(ledger, "c1")
    forget_old(ledger, MONTH, NOW)
    batch = Batch(comments=(comment(id="c2"),), cursor="")
    assert reception(ledger, museum="mastodon").ingest("museum", batch) == 1
    forget_old(ledger, MONTH, NOW, at_once=True)
    assert reception(ledger, museum="mastodon").ingest("import:mastodon", batch) == 1


# -- kills -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("trials", "seed"), [(25, 1), pytest.param(200, 2, marks=pytest.mark.torture)])
def test_killed_at_any_moment_what_is_forgotten_stays_so_and_nothing_else_is_lost(
    tmp_path: Path, trials: int, seed: int
) -> None:
    program = Path(__file__).parents[1] / "support" / "retention_kills.py"
    command = [sys.executable, str(program), str(tmp_path / "desks"), str(trials), str(seed)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert not run.returncode, run.stderr
    found = json.loads(run.stdout)
    print(found)  # make torture shows it
    wrong = {name: found[name] for name in ("lost", "back", "unreadable", "left")}
    assert wrong == {"lost": 0, "back": 0, "unreadable": 0, "left": 0}, run.stderr
    assert found["trials"] == trials
    assert found["interrupted"] > trials // 4
