"""The tracked files: nothing of one machine in them, nothing unreadable, nothing too long."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MINE = re.compile(r"/(?:Users|work|root)/\w|/tmp/(?!becalm|x\b|y\b)\w|/opt/\w")
REGISTRY = re.compile(
    r"(?:pypi\.org/simple|files\.pythonhosted|registry\.npmjs|proxy\.golang|index-url|[\w.-]+/artifactory)"
)
LONGEST = 500
"""Lines of a module; 400 is the habit."""
TABLES = {"scoring/signals/question.py": "phrases of visitors' questions, one a line: a table, not logic"}
"""Modules that may be longer, and why."""


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout: nothing is tracked")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).exists()]


def texts() -> list[tuple[Path, str]]:
    own = Path(__file__)
    return [
        (path, path.read_text(encoding="utf-8"))
        for path in tracked()
        if path.suffix not in {".mo", ".png"} and path != own
    ]


def test_no_path_of_one_machine_is_in_any_file() -> None:
    found = [f"{path.relative_to(ROOT)}: {hit[0]}" for path, text in texts() if (hit := MINE.search(text))]
    assert found == []


def test_no_address_of_a_package_registry_is_in_any_file() -> None:
    found = [f"{path.relative_to(ROOT)}: {hit[0]}" for path, text in texts() if (hit := REGISTRY.search(text))]
    assert found == []


def test_modules_stay_short_enough_to_be_read() -> None:
    long = [
        f"{path.relative_to(ROOT)}: {text.count(chr(10))}"
        for path, text in texts()
        if path.suffix == ".py"
        and path.relative_to(ROOT).parts[0] != "tests"
        and str(path.relative_to(ROOT)) not in TABLES
        and text.count("\n") > LONGEST
    ]
    assert long == []


def test_every_exception_from_a_rule_says_why() -> None:
    bare = []
    for path, text in texts():
        if path.suffix == ".py":
            bare += [
                f"{path.relative_to(ROOT)}:{number}"
                for number, line in enumerate(text.splitlines(), 1)
                if re.search(r"#\s*(?:noqa(?::\s*[A-Z0-9, ]+)?|type: ignore(?:\[[\w, -]+\])?)\s*$", line)
            ]
    assert bare == []
