"""The public face: complete, typed, and free until a name is asked for."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import becalm


def loaded_by(code: str) -> set[str]:
    command = [
        sys.executable,
        "-c",
        f"import sys; before = set(sys.modules); {code}; print(*set(sys.modules) - before)",
    ]
    return set(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())


def test_importing_it_imports_nothing_else_of_weight() -> None:
    heavy = {"msgspec", "httpx", "textual", "rich", "tinydb", "asyncio", "connectors", "inbox", "tui", "scoring"}

    assert not heavy & loaded_by("import becalm")


def test_a_connector_is_written_without_loading_the_network_or_the_screen() -> None:
    heavy = {"httpx", "stamina", "selectolax", "asyncio", "ssl", "textual", "rich", "tinydb", "inbox", "tui", "scoring"}

    assert not heavy & loaded_by("from becalm import Comment, Connector, sending")


@pytest.mark.parametrize("name", becalm.__all__)
def test_every_name_is_there(name: str) -> None:
    assert getattr(becalm, name) is not None


def test_what_type_checkers_see_is_what_is_there() -> None:
    tree = ast.parse(Path(becalm.__file__).read_text())
    imported = [alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names]

    assert sorted(set(imported) - {"import_module", "TYPE_CHECKING", "Any"}) == sorted(becalm.__all__)


def test_it_lists_what_it_offers_and_nothing_else() -> None:
    assert dir(becalm) == sorted(becalm.__all__)
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        _ = becalm.Nothing


def test_it_says_that_it_is_typed() -> None:
    assert (Path(becalm.__file__).parent / "py.typed").exists()
