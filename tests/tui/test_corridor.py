"""The corridor by key: suspecting, particulars to copy out, and a person kept away by the palette alone."""

import base64

import pytest
from builders import assessed
from sitting import Room, Seat, seated

from inbox.outbox import Kind
from scoring.assessment import RiskLevel, SignalKind
from tui.app import BecalmApp
from tui.keymap import COMMANDS

THREAT = assessed(RiskLevel.CRITICAL, SignalKind.THREAT)


def clipboard(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Collect what the interface hands to the terminal's clipboard."""
    copied: list[str] = []
    driver = seat.app._driver
    assert driver is not None
    write = driver.write

    def heard(data: str) -> None:
        if data.startswith("\x1b]52;c;"):
            copied.append(base64.b64decode(data[7:-1]).decode())
        write(data)

    monkeypatch.setattr(driver, "write", heard)
    return copied


async def test_suspecting_asks_for_a_reason_and_the_header_counts_it(room: Room) -> None:
    (key,) = room.arrive("Une phrase ambiguë")
    async with seated(room) as seat:
        await seat.press("m", "i")
        assert "Suspect 1 comment of being unlawful: why?" in seat.text()
        await seat.press("escape")
        assert "Nothing was done" in seat.text()
        await seat.press("m", "i", "j", "j", "enter")
        assert "suspected: its clock runs from first sight" in seat.text()
        assert "suspected 1," in seat.lines()[1]
        await seat.press("m", "i", *"a line of the film", "enter")
        assert "not suspected after all" in seat.text()
        assert "suspected 1" not in seat.lines()[1]
    assert room.ledger.inbox.items[key].suspected is False


async def test_particulars_are_copied_and_kept_as_evidence_first(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    (key,) = room.arrive("Je vais vous tuer", assessment=THREAT)
    async with seated(room) as seat:
        copied = clipboard(seat, monkeypatch)
        await seat.press("m", "r", "enter")
        assert "Kept as evidence; the particulars are copied" in seat.text()
    (text,) = copied
    assert "https://www.internet-signalement.gouv.fr" in text
    assert "threats or incitement to violence" in text
    assert "> Je vais vous tuer" in text
    assert "author0" in text
    assert set(room.ledger.inbox.evidence.words) == {key}


async def test_no_key_keeps_a_person_away(room: Room) -> None:
    room.arrive("Honte à vous")
    assert [command.keys for command in COMMANDS if command.name in {"block", "unblock"}] == [(), ()]
    async with seated(room) as seat:
        await seat.press(":", *"block", "enter")
        assert "Keep Author0 away: why?" in seat.text()
        await seat.press("enter", *"yesterday", "enter")
        assert room.outbox() == []
        await seat.press(":", *"block", "enter", "enter", "enter")
        assert "kept away" in seat.text()
        await seat.press(":", *"unblock", "enter")
        assert "this block has not left yet" in seat.text()
    assert [entry.kind for entry in room.outbox()] == [Kind.BLOCK]


async def test_the_authors_of_many_comments_are_named_and_counted_before_they_are_kept_away(room: Room) -> None:
    room.arrive("Honte à vous", "Bande de clowns", "Minables")
    async with seated(room) as seat:
        await seat.press("v", "G", ":", *"block", "enter")
        assert "Keep 3 people away: why?" in seat.text()
        await seat.press("enter", "enter")
        assert "Keep 3 people away? Their number: " in seat.lines()[-2]
        assert "Author2, Author1, Author0" in seat.lines()[-1]
        await seat.press("2", "enter")
        assert "that is not their number" in seat.text()
        assert room.outbox() == []
        await seat.press(":", *"block", "enter", "enter", "enter", "3", "enter")
        assert "kept away · 3 people" in seat.text()
        assert "z takes it back" in seat.text()
    assert [entry.kind for entry in room.outbox()] == [Kind.BLOCK] * 3


async def test_french_at_80_columns(room: Room) -> None:
    room.arrive("Je vais vous tuer", assessment=THREAT)
    async with seated(room, language="fr") as seat:
        assert "suspects" in seat.lines()[1]
        await seat.press("m")
        assert "i suspecter" in seat.text().replace("\n", " ")
    assert isinstance(seat.app, BecalmApp)
