"""An open desk calls its operator: once for what is new, with the note at the start of a watch."""

from pathlib import Path
from typing import Any

import pytest
from builders import NOON
from sitting import Room, Seat, seated

from inbox.alerts.model import Alert, Rule
from inbox.events import Alerted, OnWatch

TOLD = Alert(Rule.CRITICAL, "museum/n1", NOON)
BELL = "\a\x1b]9;becalm: 1 possible danger\a\x1b]777;notify;becalm;1 possible danger\a"


def heard(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Listen to what is written to the terminal from now on."""
    written: list[str] = []
    driver: Any = seat.app._driver
    monkeypatch.setattr(driver, "write", written.append)
    return written


async def test_what_is_told_rings_once_and_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    room = Room(tmp_path)
    async with seated(room) as seat:
        written = heard(seat, monkeypatch)
        room.ledger.record([Alerted(at=room.now, alerts=(TOLD,))])
        await seat.settle()
        await seat.settle()
        assert written == [BELL]
        assert "1 possible danger" in seat.text()


async def test_the_linux_console_gets_the_bell_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "linux")
    room = Room(tmp_path)
    async with seated(room) as seat:
        written = heard(seat, monkeypatch)
        room.ledger.record([Alerted(at=room.now, alerts=(TOLD,))])
        await seat.settle()
        assert written == ["\a"]


async def test_who_wants_silence_reads_it_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room = Room(tmp_path)
    async with seated(room, bell=False) as seat:
        written = heard(seat, monkeypatch)
        room.ledger.record([Alerted(at=room.now, alerts=(TOLD,))])
        await seat.settle()
        assert written == []
        assert "1 possible danger" in seat.text()


async def test_what_was_told_before_the_desk_was_opened_does_not_ring(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = Room(tmp_path)
    room.ledger.record([Alerted(at=room.now, alerts=(TOLD,))])
    async with seated(room) as seat:
        written = heard(seat, monkeypatch)
        await seat.settle()
        assert written == []


async def test_who_takes_the_watch_reads_what_was_left_for_them(tmp_path: Path) -> None:
    room = Room(tmp_path)
    room.ledger.record([OnWatch(at=room.now, by="lou", operator="marta", note="the thread on room 4 is ours")])
    async with seated(room) as seat:
        assert "handed over to you: the thread on room 4 is ours" in seat.text()
