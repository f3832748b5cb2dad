"""A fresh home for every test of the command line."""

from pathlib import Path

import pytest
from commands import Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)
