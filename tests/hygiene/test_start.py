"""The quick ways in stay quick: what a start may import."""

import subprocess
import sys
from pathlib import Path

import pytest
from commands import BECALM

HEAVY = {"textual", "rich", "httpx", "tinydb", "click", "msgspec", "vaderSentiment", "selectolax", "asyncio"}
QUICK = {"argparse", "pathlib", "typing", "datetime", "dataclasses", "logging", "gettext"}


def imported(*words: str, home: Path) -> set[str]:
    """The top-level modules that a run of `becalm` imports."""
    env = {"HOME": str(home), "LANG": "C.UTF-8", "PATH": ""}
    command = [sys.executable, "-X", "importtime", str(BECALM), *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=env)
    lines = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    assert len(lines) > 5
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in lines}


@pytest.mark.parametrize("words", [["--version"], ["--help"], ["status"], ["status", "--json"], ["nonsense"]])
def test_nothing_heavy_is_imported_for_a_quick_answer(words: list[str], tmp_path: Path) -> None:
    assert imported(*words, home=tmp_path) & HEAVY == set()


def test_status_imports_not_even_argparse(tmp_path: Path) -> None:
    assert imported("status", home=tmp_path) & (HEAVY | QUICK) == set()


@pytest.mark.parametrize(
    "words", [["score", "--help"], ["connectors"], ["templates", "list"], ["list"], ["doctor", "-h"]]
)
def test_commands_without_a_screen_need_no_terminal_library(words: list[str], tmp_path: Path) -> None:
    assert imported(*words, home=tmp_path) & {"textual", "rich", "click"} == set()


def test_the_domain_can_be_imported_without_a_terminal_library() -> None:
    code = "import sys, inbox.opening, inbox.triage; print({'textual', 'rich'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
