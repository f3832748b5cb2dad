"""A newcomer's connector: one file, listed, loaded and put to the contract test with no other line changed."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import connectors

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "connectors.md"


def from_the_page() -> str:
    """Return the connector that docs/connectors.md shows."""
    shown: list[str] = re.findall(r"^```python\n(.*?)^```", PAGE.read_text(), re.DOTALL | re.MULTILINE)
    return next(code for code in shown if "CONNECTOR = " in code)


def as_a_file_of_ours(code: str, folder: Path) -> None:
    """Put the file into a copy of the package."""
    shutil.copytree(Path(connectors.__file__).parent, folder / "connectors")
    (folder / "connectors" / "guestbook.py").write_text(code)


def as_a_strangers_package(code: str, folder: Path, name: str = "guestbook") -> None:
    """Install the file as another distribution with an entry point."""
    (folder / f"becalm_{name}.py").write_text(code)
    info = folder / f"becalm_{name}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: becalm-{name}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[becalm.connectors]\n{name} = becalm_{name}:GuestBook\n")


def contract_test(folder: Path, only: str) -> "subprocess.CompletedProcess[str]":
    """Run the contract test on the newcomers alone, in a Python that sees `folder` first."""
    test = ROOT / "tests" / "contract" / "test_contract.py"
    command = [sys.executable, "-m", "pytest", str(test), "-c", str(ROOT / "pyproject.toml"), "-k", only, "-q"]
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    environment.pop("PYTEST_ADDOPTS", None)
    return subprocess.run(
        [*command, "-p", "no:cacheprovider", "-p", "no:xdist", "--basetemp", str(folder / "pytest")],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("install", [as_a_file_of_ours, as_a_strangers_package])
def test_the_pages_connector_is_taken_in_by_the_contract_test(
    install: Callable[[str, Path], None], tmp_path: Path
) -> None:
    install(from_the_page(), tmp_path)

    run = contract_test(tmp_path, "guestbook")

    assert run.returncode == 0, run.stdout[-3000:]
    passed = re.search(r"(\d+) passed", run.stdout)
    assert passed
    assert int(passed[1]) > 50


DISHONEST = {
    "liar": ("return Sent(", "return str(", "test_a_sending_ends_in_an_honest_outcome[{}-send_reply-"),
    "mute": ('"a guest book is paper"', '"no"', "test_every_capability_has_its_reason[{}-hide]"),
    "boaster": (
        '"written under the others")',
        '"as it is written"), hide=Support("yes", "we say so")',
        "declared_is_there[{}-hide]",
    ),
    "thrower": ("int(cursor or 0)", "int(cursor or 'x')", "test_a_read_ends_in_its_result_or_in_our_error[{}-poll]"),
    "namesake": ('code="gb"', 'code="ma"', "test_its_code_is_its_own[{}]"),
    "spendthrift": (
        "def _comments",
        "def __init__(self, *a):\n        raise OSError\n\n    def _comments",
        "nobody_anything[{}]",
    ),
}
"""What each breaks, how, and which test says so."""


def test_connectors_that_break_the_contract_are_caught(tmp_path: Path) -> None:
    for name, (honest, broken, _) in DISHONEST.items():
        code = from_the_page()
        assert honest in code
        renamed = code.replace('name = "guestbook"', f'name = "{name}"')
        as_a_strangers_package(renamed.replace(honest, broken), tmp_path, name)

    run = contract_test(tmp_path, " or ".join(DISHONEST))

    assert run.returncode == 1
    failed = [line for line in run.stdout.splitlines() if line.startswith("FAILED")]
    for name, (*_, complaint) in DISHONEST.items():
        assert [line for line in failed if complaint.format(name) in line], f"{name} got away: {failed}"
