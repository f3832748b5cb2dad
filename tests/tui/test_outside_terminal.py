"""One's own editor on a real terminal: it gets the screen and the keys, the desk comes back with its text."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest
from watching import Watched

SUPPORT = Path(__file__).parents[1] / "support"
EDITOR = """
import os, pathlib, signal, sys
path = pathlib.Path(sys.argv[1])
print("EDITOR OPEN", flush=True)
word = input()
if word == "die":
    path.write_text("half written")
    os.kill(os.getpid(), signal.SIGKILL)
path.write_text(path.read_text().rstrip() + " " + word)
"""


@pytest.fixture
def child(tmp_path: Path) -> "Iterator[pexpect.spawn[str]]":
    editor = tmp_path / "editor.py"
    editor.write_text(EDITOR)
    env = os.environ | {
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(SUPPORT),
        "BECALM_HOME": str(tmp_path / "home"),
        "EDITOR": f"{sys.executable} {editor}",
    }
    env.pop("VISUAL", None)
    command = [str(SUPPORT / "hostile_desk.py"), str(tmp_path / "desk")]
    started = pexpect.spawn(sys.executable, command, env=env, dimensions=(24, 80), encoding="utf-8", timeout=30)
    started.delaybeforesend = None
    yield started
    started.close(force=True)


@pytest.fixture
def writing(child: "pexpect.spawn[str]") -> Watched:
    """Somebody who has written "Hello" and opened an editor."""
    terminal = Watched(child)
    terminal.until("1/4")
    child.send("R")
    terminal.until("to the send bar")
    child.send("Hello\x18")
    terminal.until("EDITOR OPEN")
    return terminal


def test_the_editor_gets_the_terminal_and_the_desk_comes_back_with_its_text(writing: Watched) -> None:
    writing.child.send("world\r")
    writing.until("Hello world")
    writing.child.send("\t")
    writing.until("Send?")


def test_ctrl_c_is_the_editors_and_an_editor_that_dies_loses_nothing(writing: Watched) -> None:
    os.kill(writing.child.pid, signal.SIGINT)
    writing.child.send("die\r")
    writing.until("half written")
    writing.until("the editor was ended")


def test_a_line_that_drops_while_the_editor_is_open_leaves_what_it_had(writing: Watched, tmp_path: Path) -> None:
    writing.child.kill(signal.SIGKILL)
    (kept,) = (tmp_path / "home" / "editing").iterdir()
    assert kept.read_text() == "Hello\n"
