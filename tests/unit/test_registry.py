"""The registry: every connector by name without importing it, and a stranger's failure that stays the stranger's."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from connectors import _registry
from connectors._contract import API_VERSION


def install(folder: Path, name: str, code: str, target: str = "CONNECTOR") -> None:
    """Install a stranger's distribution that offers one connector."""
    (folder / f"stranger_{name}.py").write_text(code)
    info = folder / f"stranger_{name}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: stranger-{name}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[becalm.connectors]\n{name} = stranger_{name}:{target}\n")


def in_a_new_python(code: str, folder: Path) -> Any:
    command = [sys.executable, "-c", f"import json, sys; sys.path.insert(0, {str(folder)!r}); {code}"]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def test_ours_are_listed_in_order_and_private_modules_are_not() -> None:
    names = _registry.names()

    assert {"mastodon", "rehearsal"} <= set(names)
    assert names == sorted(names)
    assert not [name for name in names if name.startswith("_")]


def test_listing_imports_no_connector_ours_or_strangers(tmp_path: Path) -> None:
    install(tmp_path, "loud", "raise SystemExit('imported')")
    code = (
        "from connectors._registry import names; found = names();"
        "print(json.dumps([found, [m for m in sys.modules if m in ('connectors.mastodon', 'connectors.rehearsal',"
        " 'stranger_loud', 'httpx', 'selectolax')]]))"
    )

    found, imported = in_a_new_python(code, tmp_path)

    assert {"loud", "mastodon", "rehearsal"} <= set(found)
    assert not imported


def test_loading_one_imports_no_other_and_no_network(tmp_path: Path) -> None:
    code = (
        "from connectors._registry import load; load('mastodon');"
        "print(json.dumps([m for m in ('connectors.rehearsal', 'httpx', 'stamina', 'selectolax') if m in sys.modules]))"
    )

    assert in_a_new_python(code, tmp_path) == []


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    with pytest.raises(_registry.UnknownConnectorError, match="no connector is named 'mastodn'") as caught:
        _registry.load("mastodn")

    assert "mastodon" in caught.value.hint


@pytest.mark.parametrize(
    ("code", "complaint"),
    [
        ("raise RuntimeError('no luck')", "RuntimeError: no luck"),
        ("import a_module_that_is_not_there", "ModuleNotFoundError"),
        ("def broken(:", "SyntaxError"),
        ("raise SystemExit(3)", "SystemExit"),
        ("CONNECTOR = 7", "which is not a Connector"),
        ("class CONNECTOR: pass", "which is not a Connector"),
        ("pass", "AttributeError"),
        (
            "from becalm import Connector\nclass CONNECTOR(Connector):\n    api = 99",
            f"contract version 99; this is version {API_VERSION}",
        ),
        ("raise RuntimeError('\\x1b]52;c;eA==\\x07')", "RuntimeError: ]52;c;eA=="),
    ],
)
def test_a_broken_stranger_is_named_and_breaks_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, complaint: str
) -> None:
    install(tmp_path, "broken", code)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "stranger_broken", raising=False)

    with pytest.raises(_registry.BrokenConnectorError) as caught:
        _registry.load("broken")

    assert "'broken'" in caught.value.message
    assert complaint in caught.value.message
    assert caught.value.hint
    assert _registry.load("mastodon").name == "mastodon"
