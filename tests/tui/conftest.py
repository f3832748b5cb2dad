"""Rooms for the tests of the screen: a stored desk whose engine stands still."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sitting import Room


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    opened = Room(tmp_path / "desk")
    yield opened
    opened.ledger.close()


@pytest.fixture(autouse=True)
def _no_terminal_around(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests in tmux or screen keeps their own clipboard."""
    for name in ("TMUX", "TMUX_PANE", "STY"):
        monkeypatch.delenv(name, raising=False)
