"""The operator's own editor: whatever it gives back, however it ends, no text is lost."""

import os
import signal
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tui import outside
from tui.i18n import choose

BEFORE = "Bonjour Camille,\nà demain."


@contextmanager
def away() -> Iterator[None]:
    """Give the terminal away; there is none."""
    yield


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    choose("en")
    monkeypatch.setenv("BECALM_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("VISUAL", raising=False)
    return tmp_path


@pytest.fixture
def script(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An editor that a test writes."""
    path = home / "editor.py"
    monkeypatch.setenv("EDITOR", f"{sys.executable} {path}")
    return path


def does(script: Path, body: str) -> None:
    """Write an editor that does `body` with `path`."""
    script.write_text(f"import os, pathlib, signal, sys\npath = pathlib.Path(sys.argv[1])\n{body}\n")


async def edited(script: Path, body: str) -> outside.Edited:
    """Let an editor do `body` with `path`."""
    does(script, body)
    return await outside.edit(BEFORE, outside.name_of("museum/1", "reply", "text"), away)


async def test_what_the_editor_wrote_stands_and_no_file_is_left(script: Path) -> None:
    assert await edited(script, "path.write_text('Autre chose\\n')") == outside.Edited("Autre chose")
    assert list(outside.folder().iterdir()) == []


async def test_the_file_is_the_operators_alone(script: Path, home: Path) -> None:
    await edited(script, f"pathlib.Path({str(home / 'mode')!r}).write_text(oct(path.stat().st_mode))")
    assert (home / "mode").read_text().endswith("600")
    assert stat.S_IMODE(outside.folder().stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("path.write_bytes(b'\\x00\\x01nonsense')", "no text"),
        ("path.write_bytes(b'\\xff\\xfe\\x00')", "no text"),
        ("path.write_bytes(b'x' * (1 << 21))", "no text"),
        ("path.unlink()", "no file"),
        ("path.write_text('')", "nothing back"),
    ],
)
async def test_nonsense_leaves_the_text_as_it_was_and_says_so(script: Path, body: str, says: str) -> None:
    found = await edited(script, body)
    assert found.text == BEFORE
    assert says in found.trouble


async def test_an_editor_that_is_killed_gives_what_it_had_written(script: Path) -> None:
    found = await edited(script, "path.write_text('à moitié')\nos.kill(os.getpid(), signal.SIGKILL)")
    assert found.text == "à moitié"
    assert "was ended" in found.trouble


async def test_an_editor_left_with_a_no_changes_nothing_and_keeps_what_was_written_within_reach(script: Path) -> None:
    found = await edited(script, "path.write_text('jamais')\nsys.exit(1)")
    assert found.text == BEFORE
    (kept,) = outside.folder().iterdir()
    assert str(kept) in found.trouble
    assert kept.read_text() == "jamais"


async def test_what_an_editor_writes_is_made_harmless(script: Path) -> None:
    found = await edited(script, "path.write_bytes('\\ufeffbon\\x1b[2Jjour\\u202e\\r\\n'.encode())")
    assert found.text == "bon[2Jjour"


async def test_an_editor_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "no-such-editor-anywhere")
    found = await outside.edit(BEFORE, "name", away)
    assert found.text == BEFORE
    assert "no-such-editor-anywhere" in found.trouble


async def test_ctrl_c_in_the_editor_does_not_end_the_desk(script: Path) -> None:
    before = signal.getsignal(signal.SIGINT)
    found = await edited(script, "os.kill(os.getppid(), signal.SIGINT)\npath.write_text('encore là')")
    assert found.text == "encore là"
    assert signal.getsignal(signal.SIGINT) is before


def test_what_an_editor_had_when_its_desk_died_is_found_once() -> None:
    name = outside.name_of("museum/1", "reply", "text")
    (outside.folder() / f"{name}.{2**22 + 1}.txt").write_text("sauvé\n")  # no process has this number
    (outside.folder() / f"{name}.{os.getpid()}.txt").write_text("encore ouvert")
    assert outside.rescued(name) == "sauvé"
    assert outside.rescued(name) == ""
