"""Who asks to be forgotten is nowhere any more: not in memory, not in a file, and not taken in again."""

import random
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import msgspec
import pytest
from anything import anything
from builders import NOON, comment, seen
from msgspec import structs

from connectors._model import Batch
from inbox import compaction, rewriting
from inbox.erasure import Eraser, Person, UnknownPersonError, find
from inbox.events import AnyEvent, Captured, Claimed, Noted, StateSet, decode
from inbox.item import TriageState
from inbox.ledger import Ledger
from inbox.reception import Reception
from inbox.store import Store
from inbox.store_errors import DamagedError, FullError
from inbox.weather import Crisis, Weather
from scoring.thresholds import DEFAULT

TROLL = "troll-4711"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "desk"


def opened(folder: Path) -> Ledger:
    return Ledger(Store(folder, holder="marta", segment_bytes=5000, ballast_bytes=0))


@pytest.fixture
def ledger(folder: Path) -> Iterator[Ledger]:
    ledger = opened(folder)
    for n in range(30):
        author = TROLL if n % 5 == 0 else f"visitor{n}"
        ledger.record([seen(comment(f"Salle {n}", id=f"comment-{n}", author=author))])
    ledger.record([seen(comment(f"@{TROLL} vous exagérez", id="answer", author="lou", parent="comment-0"))])
    ledger.record([Claimed(at=NOON, by="lou", keys=("museum/comment-0", "museum/comment-1"))], human=True)
    ledger.record([Noted(at=NOON, by="lou", key="museum/comment-5", text="appeler la direction")], human=True)
    ledger.record([StateSet(at=NOON, by="lou", keys=("museum/comment-10",), state=TriageState.DONE)], human=True)
    compaction.compact(folder)
    compaction.compact(folder)
    (folder / "torn-0000000000000009-1").write_bytes(f"...{TROLL}...".encode())
    (folder / "becalm.log").write_text(f"one line\nconnector: {TROLL} is odd\n", encoding="utf-8")
    yield ledger
    ledger.close()


def names_in(folder: Path) -> list[str]:
    lost = (TROLL, "comment-5", "comment-25", "appeler la direction")
    return [f"{p.name}: {w}" for p in folder.iterdir() if p.is_file() for w in lost if w.encode() in p.read_bytes()]


def test_a_byte_search_over_every_file_finds_nothing_and_everybody_else_is_untouched(
    ledger: Ledger, folder: Path
) -> None:
    others = {k: v.comment.text for k, v in ledger.inbox.items.items() if v.comment.author.native_id != TROLL}
    assert names_in(folder)
    person, done = ledger.erase(TROLL, by="marta", now=NOON)
    assert (len(person.keys), done.left) == (6, ())
    assert names_in(folder) == []
    left = {k: v.comment.text for k, v in ledger.inbox.items.items()}
    assert left == others | {"museum/answer": "… vous exagérez"}
    assert ledger.inbox.items["museum/answer"].comment.parent_id is None
    assert ledger.inbox.items["museum/comment-1"].claimed_by == "lou"


def test_what_is_left_opens_again_as_it_is(ledger: Ledger, folder: Path) -> None:
    ledger.erase(f"@{TROLL.upper()}", by="marta", now=NOON)
    ledger.record([seen(comment(id="later"))])
    ledger.close()
    again = opened(folder)
    assert again.inbox == ledger.inbox
    again.close()


def test_the_event_holds_a_keyed_hash_only_and_the_key_is_private(ledger: Ledger, folder: Path) -> None:
    ledger.erase(TROLL, by="marta", now=NOON)
    (mark,) = ledger.inbox.erased
    assert len(mark) == 64
    assert stat.S_IMODE((folder / "erased.key").stat().st_mode) == 0o600


def test_who_was_erased_is_not_taken_in_again(ledger: Ledger) -> None:
    ledger.erase(TROLL, by="marta", now=NOON)
    reception = Reception(ledger, {}, clock=lambda: NOON, thresholds=DEFAULT)
    reception.ingest(
        "museum", Batch(comments=(comment(id="n1", author=TROLL), comment(id="n2", author="lou")), cursor="9")
    )
    assert "museum/n1" not in ledger.inbox.items
    assert "museum/n2" in ledger.inbox.items


def test_a_crash_in_the_middle_is_finished_at_the_next_start(
    ledger: Ledger, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(path: Path, names: object) -> bool:
        raise KeyboardInterrupt(path, names)

    monkeypatch.setattr(rewriting, "scrub", crash)
    with pytest.raises(KeyboardInterrupt):
        ledger.erase(TROLL, by="marta", now=NOON)
    monkeypatch.undo()
    ledger.close()
    assert names_in(folder)
    again = opened(folder)
    again.finish_erasing()
    assert names_in(folder) == []
    again.close()


def test_a_crash_before_the_first_file_is_finished_at_the_next_start_too(
    ledger: Ledger, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(ledger: Ledger, store: Store, person: Person) -> None:
        raise KeyboardInterrupt(ledger, store, person)

    monkeypatch.setattr(Ledger, "_forget", crash)
    with pytest.raises(KeyboardInterrupt):
        ledger.erase(TROLL, by="marta", now=NOON)
    monkeypatch.undo()
    ledger.close()
    again = opened(folder)
    again.finish_erasing()
    assert names_in(folder) == []
    again.close()


def test_an_erasure_that_could_not_begin_is_not_done_behind_anybodys_back(
    ledger: Ledger, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise FullError("the disk is full")

    monkeypatch.setattr(Store, "append", refuse)
    with pytest.raises(FullError):
        ledger.erase(TROLL, by="marta", now=NOON)
    monkeypatch.undo()
    ledger.close()
    again = opened(folder)
    again.finish_erasing()
    assert names_in(folder)
    again.close()


def test_the_key_mends_itself_and_without_a_good_copy_the_desk_says_so(ledger: Ledger, folder: Path) -> None:
    ledger.erase(TROLL, by="marta", now=NOON)
    ledger.close()
    path = folder / "erased.key"
    content = path.read_bytes()
    path.write_bytes(b"?" + content[1:])
    again = opened(folder)
    assert path.read_bytes() == content
    assert "erased.key" in again._own().notices[0]
    assert again.is_erased("museum", TROLL)
    again.close()
    path.write_bytes(b"?" * len(content))
    with pytest.raises(DamagedError, match=r"erased\.key"):
        opened(folder)


def test_a_damaged_note_of_whom_to_erase_is_refused(ledger: Ledger, folder: Path) -> None:
    (folder / "erasing").write_bytes(b"nobody")
    with pytest.raises(DamagedError, match="erasing"):
        ledger.finish_erasing()


def test_evidence_under_legal_hold_is_kept_and_said(ledger: Ledger) -> None:
    person = find(ledger.inbox, TROLL)
    held = b'[["events","events",[{"e":"captured","at":"2026-11-20T12:00:00Z","key":"museum/comment-5","by":"lou"}]]]'
    eraser = Eraser(person)
    assert msgspec.json.decode(eraser.erase(held)) == msgspec.json.decode(held)
    assert (eraser.held, eraser.is_held(held)) == (1, True)


def test_nobody_and_several_are_refused(ledger: Ledger) -> None:
    with pytest.raises(UnknownPersonError, match="nobody"):
        find(ledger.inbox, "nobody at all")
    twin = comment(id="t1", author="twin-1")
    for n in (1, 2):
        author = structs.replace(twin.author, native_id=f"twin-{n}", handle=f"twin-{n}", name="The Twins")
        ledger.record([seen(structs.replace(twin, native_id=f"t{n}", author=author))])
    with pytest.raises(UnknownPersonError, match="several"):
        find(ledger.inbox, "The Twins")


@pytest.mark.parametrize("kind", [k for k in get_args(AnyEvent) if k is not Captured], ids=lambda kind: kind.__name__)
def test_every_kind_of_event_can_still_be_read_and_names_nobody_after_erasing(kind: type) -> None:
    person = Person(frozenset({("museum", "marta")}), frozenset({"marta"}), frozenset({"museum/c1"}))
    for seed in range(30):
        event = anything(kind)(random.Random(seed))
        if hasattr(event, "comments"):
            event = structs.replace(event, comments=event.comments[:1], assessments=event.assessments[:1])
            event = structs.replace(event, comments=event.comments[: len(event.assessments)])
            event = structs.replace(event, assessments=event.assessments[: len(event.comments)])
        payload = b'[["events","events",[%b]]]' % msgspec.json.encode(event)
        erased = Eraser(person).erase(payload)
        assert b"museum/c1" not in erased
        assert not re.search(rb'"marta"(?!:)', erased)  # but as a name for something of ours
        for operation in msgspec.json.decode(erased) or ():
            for document in operation[2]:
                decode(msgspec.json.encode(document))


def test_thousands_of_addresses_with_the_same_handle_are_looked_for_as_one_name() -> None:
    urls = {f"https://example.social/@{TROLL}/{n}" for n in range(3000)}
    eraser = Eraser(Person(frozenset(), frozenset({TROLL, f"{TROLL}s", *urls}), frozenset()))
    for content in (f"x {TROLL} y", f"see https://example.social/@{TROLL}/17.", f"the {TROLL}s"):
        assert eraser.names(content.encode())
    assert not eraser.names(f"a{TROLL} https://example.social/@{TROLL}x/17".encode())


def test_what_is_packed_is_not_taken_for_text_in_which_a_name_may_stand() -> None:
    weather = Weather()
    weather.inherited.add((f"museum/{chr(0xFFF)}{number}{chr(0xFFF)}" for number in range(3_000)), "a1")
    packed = msgspec.to_builtins(weather.inherited.of)["said"]
    words = frozenset(word for word in re.findall(r"(?<![0-9A-Za-z])[0-9A-Za-z]{3,5}(?![0-9A-Za-z])", packed))
    weather.crisis = Crisis(by=f"avec {min(words)}", since=NOON, until=NOON)
    cleaned = Eraser(Person(frozenset(), words, frozenset())).cleaned(weather, Weather)
    assert cleaned.inherited.under("a1") == weather.inherited.under("a1")
    assert len(cleaned.inherited.under("a1")) == 3_000
    assert cleaned.crisis is not None
    assert cleaned.crisis.by == "avec …"


def test_what_somebody_wrote_before_their_platform_named_them_is_erased_as_well(tmp_path: Path) -> None:
    ledger = Ledger(Store(tmp_path, holder="marta"))
    ledger.record([seen(comment("Le guichet est fermé", id="c1", author="nobody yet"))])
    ledger.record([seen(comment("Le guichet est fermé", id="c1", author="zoé-lambert"))])
    ledger.erase("zoé-lambert", by="marta", now=NOON)
    assert not ledger.inbox.items

    ledger.reload()

    assert not ledger.inbox.items
    ledger.close()
    assert not [path for path in tmp_path.iterdir() if path.is_file() and b"guichet" in path.read_bytes()]
