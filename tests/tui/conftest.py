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
