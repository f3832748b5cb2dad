"""The chain of evidence: what was captured is told from what was changed, also by somebody who has only Python."""

import asyncio
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from builders import NOON, comment, seen
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from sitting import Room

from inbox.chronicle import chronicle
from inbox.desk import Capture
from inbox.events import AnyEvent, Captured, decode, encode
from inbox.evidence import verify
from inbox.evidence.chain import FIRST, part_of, redacted, seal
from inbox.evidence.dossier import dossier, facts_of, faults, records_of
from inbox.moderation import Hide


def journal(room: Room) -> list[AnyEvent]:
    assert room.ledger._store is not None
    return list(room.ledger._store.since(0))


async def captured(room: Room, *texts: str) -> list[Captured]:
    """Capture comments one after the other."""
    for key in room.arrive(*texts):
        done = await room.sit().act(Capture(reason="threat"), [key])
        assert not done.refused
    return records_of(journal(room))


async def test_a_record_says_who_wrote_what_where_when_and_why_it_was_kept(tmp_path: Path) -> None:
    [record] = await captured(Room(tmp_path), "On sait où vous garez la voiture")
    facts = facts_of(record)
    assert facts["comment"]["text"] == "On sait où vous garez la voiture"
    assert facts["author"]["id"] == "author0"
    assert facts["post"]["title"] == "Je suis innocent"
    assert (facts["capture"]["captured_by"], facts["capture"]["reason"]) == ("marta", "threat")


async def test_records_follow_each_other_from_the_first(tmp_path: Path) -> None:
    one, two, three = await captured(Room(tmp_path), "un", "deux", "trois")
    assert [one.previous, two.previous, three.previous] == [FIRST, one.seal, two.seal]
    assert faults([one, two, three]) == []


async def test_many_at_once_are_a_chain_too(tmp_path: Path) -> None:
    room = Room(tmp_path)
    await room.sit().act(Capture(reason="threat"), room.arrive("un", "deux", "trois"))
    assert faults(records_of(journal(room))) == []


async def test_the_chain_goes_on_after_a_restart(tmp_path: Path) -> None:
    room = Room(tmp_path)
    await captured(room, "un")
    room.ledger.close()
    records = await captured(Room(tmp_path), "deux")
    assert len(records) == 2
    assert faults(records) == []


async def test_the_same_words_are_captured_once_and_an_edit_again(tmp_path: Path) -> None:
    room = Room(tmp_path)
    desk = room.sit()
    room.ledger.record([seen(comment("un", id="c1"))])
    await desk.act(Capture(reason="threat"), ["museum/c1"])
    again = await desk.act(Capture(reason="threat"), ["museum/c1"])
    assert again.refused == "these words are captured already"
    room.ledger.record([seen(comment("deux", id="c1"))])
    await desk.act(Capture(reason="threat"), ["museum/c1"])
    assert [facts_of(r)["comment"]["text"] for r in records_of(journal(room))] == ["un", "deux"]


async def test_what_is_hidden_is_kept_first(tmp_path: Path) -> None:
    room = Room(tmp_path)
    keys = room.arrive("un", "deux")
    await room.sit().act(Hide(reason="private data of a person"), keys)
    records = records_of(journal(room))
    assert [record.key for record in records] == keys
    assert facts_of(records[0])["capture"]["reason"].startswith("private data of a person [")


async def test_taking_a_hide_back_leaves_the_record(tmp_path: Path) -> None:
    room = Room(tmp_path)
    desk = room.sit()
    await desk.act(Hide(reason="threat"), room.arrive("un"))
    assert (await desk.undo()).count == 1
    assert len(records_of(journal(room))) == 1


async def test_a_reason_is_needed(tmp_path: Path) -> None:
    room = Room(tmp_path)
    done = await room.sit().act(Capture(reason="  "), room.arrive("un"))
    assert done.refused == "say why this is kept as evidence"


# -- what a third party can tell -------------------------------------------------------------------


def change(made: dict[str, Any], path: str, value: object) -> None:
    """Change something deep in a dossier: "records/0/parts/comment/text"."""
    *way, last = path.split("/")
    place: Any = made
    for step in way:
        place = place[int(step)] if step.isdigit() else place[step]
    place[last] = value


async def a_dossier(folder: Path) -> dict[str, Any]:
    room = Room(folder)
    records = await captured(room, "un", "deux", "trois")
    made = dossier(records, frozenset({records[1].key}), chronicle(journal(room)), desk="main", by="marta", now=NOON)
    plain: dict[str, Any] = json.loads(json.dumps(made))
    return plain


async def test_a_dossier_shows_what_was_asked_for_and_only_digests_of_the_rest(tmp_path: Path) -> None:
    made = await a_dossier(tmp_path)
    assert verify.check(made) == ([], 4)
    assert "deux" in json.dumps(made)
    assert "trois" not in json.dumps(made)
    assert [act["what"] for act in made["acts"]] == ["captured"]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("records/1/parts/comment/text", '{"text":"rien"}'),
        ("records/1/parts/author/digest", "0" * 64),
        ("records/1/seal", "0" * 64),
        ("records/2/previous", "0" * 64),
        ("head", "0" * 64),
    ],
)
async def test_whatever_is_changed_is_noticed(tmp_path: Path, path: str, value: str) -> None:
    made = await a_dossier(tmp_path)
    change(made, path, value)
    assert verify.check(made)[0] != []


@pytest.mark.parametrize("left_out", [0, 1, 2])
async def test_a_record_that_is_left_out_is_noticed(tmp_path: Path, left_out: int) -> None:
    made = await a_dossier(tmp_path)
    del made["records"][left_out]
    assert verify.check(made)[0] != []


async def test_a_redacted_part_still_verifies(tmp_path: Path) -> None:
    one, two = await captured(Room(tmp_path), "un", "deux")
    blank = structs.replace(one, parts={**one.parts, "author": redacted(one.parts["author"])})
    assert faults([blank, two]) == []
    assert facts_of(blank)["author"] == {}


def test_the_check_runs_by_itself_with_nothing_but_python(tmp_path: Path) -> None:
    made = asyncio.run(a_dossier(tmp_path / "desk"))
    folder = tmp_path / "post"
    folder.mkdir()
    (folder / "verify.py").write_bytes(Path(verify.__file__).read_bytes())
    file = folder / "dossier.json"
    for expected in (0, 1):
        file.write_text(json.dumps(made))
        command = [sys.executable, "-I", "-S", "verify.py", "dossier.json"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == expected, done
        change(made, "records/1/parts/comment/text", "{}")


@given(st.dictionaries(st.text(), st.one_of(st.text(), st.integers(), st.none())))
def test_any_facts_can_be_digested_again_from_what_the_journal_keeps(facts: dict[str, Any]) -> None:
    part = part_of({"text": "x"} | facts)
    event = Captured(at=NOON, key="k", parts={"comment": part}, previous=FIRST, seal=seal(FIRST, {"comment": part}))
    again = decode(encode([event])[0])
    assert isinstance(again, Captured)
    assert faults([again]) == []
