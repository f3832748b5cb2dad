"""What is copied reaches the clipboard of the terminal that somebody sits at: bare, through tmux, through screen, over SSH."""

import os
import re
import shutil
import subprocess
import sys
from base64 import b64decode, b64encode
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest
from watching import Watched

from tui import clipboard

SUPPORT = Path(__file__).parents[1] / "support"
SENT = re.compile(r"\x1b\]52;[a-z]*;([A-Za-z0-9+/]+=*)(?:\x07|\x1b\\)")
WORDS = "L’épée est de retour, salle 3\nOù ça ? 🗡️"


def heard(raw: str) -> list[str]:
    """Return what a terminal that reads these bytes would have on its clipboard, each time."""
    return [b64decode(each).decode() for each in SENT.findall(raw)]


def through_screen(raw: str) -> str:
    """Return what screen passes on: what stands in its strings, each of 256 bytes at most."""
    pieces = re.findall(r"\x1bP(.*?)\x1b\\", raw, re.DOTALL)
    assert max(map(len, pieces)) < 256
    assert "".join(f"\x1bP{piece}\x1b\\" for piece in pieces) == raw
    return "".join(pieces)


def through_tmux(raw: str) -> str:
    """Return what tmux passes on where that is allowed."""
    (inside,) = re.findall(r"\x1bPtmux;((?:[^\x1b]|\x1b\x1b)*)\x1b\\", raw)
    return str(inside).replace("\x1b\x1b", "\x1b")


def copied(text: str, **env: str) -> str:
    """Return what is written to the terminal, in an environment where there is no tmux to be run."""
    written: list[str] = []
    assert clipboard.put(text, written.append, {"TERM": "xterm-256color", "PATH": "", **env})
    return "".join(written)


def test_a_terminal_is_told_the_text_once() -> None:
    assert copied(WORDS) == f"\x1b]52;c;{b64encode(WORDS.encode()).decode()}\a"


def test_screen_passes_it_on_in_pieces() -> None:
    long = WORDS * 50

    assert heard(through_screen(copied(long, STY="123.pts-0", TERM="screen"))) == [long]


def test_an_older_tmux_passes_it_on_as_it_is_asked() -> None:
    assert heard(through_tmux(copied(WORDS, TMUX="/nowhere,1,0", TERM="tmux-256color"))) == [WORDS]


def test_a_tmux_at_the_other_end_of_the_line_is_asked_both_ways() -> None:
    raw = copied(WORDS, TERM="tmux-256color")

    assert heard(raw.partition("\x1bPtmux;")[0]) == [WORDS]
    assert heard(through_tmux(raw)) == [WORDS]


@pytest.mark.parametrize("term", ["linux", "dumb"])
def test_a_terminal_without_a_clipboard_is_written_nothing(term: str) -> None:
    written: list[str] = []

    assert not clipboard.put(WORDS, written.append, {"TERM": term, "TMUX": "/nowhere,1,0"})
    assert written == []


def test_tmux_is_told_nothing_of_our_environment_but_what_it_needs(tmp_path: Path) -> None:
    spy = tmp_path / "tmux"
    spy.write_text(f'#!/bin/sh\nenv > "{tmp_path}/env"\ncat > "{tmp_path}/text"\necho "$@" > "{tmp_path}/arguments"\n')
    spy.chmod(0o755)
    env = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "TMUX": "/s,1,0", "TERM": "tmux", "MUSEUM_TOKEN": "s3cret"}
    written: list[str] = []

    assert clipboard.put(WORDS, written.append, env)

    assert written == []
    assert (tmp_path / "text").read_text() == WORDS
    assert (tmp_path / "arguments").read_text() == "load-buffer -w -\n"
    assert "s3cret" not in (tmp_path / "env").read_text()


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[list[str]]:
    """A tmux of its own, as it is without a configuration."""
    if shutil.which("tmux") is None:
        pytest.skip("not installed: tmux (apt install tmux)")
    command = ["tmux", "-S", str(tmp_path / "t"), "-f", "/dev/null"]
    yield command
    subprocess.run([*command, "kill-server"], check=False, capture_output=True)


def test_in_tmux_as_it_is_the_text_reaches_the_terminal_around_it_and_can_be_pasted(
    tmux: list[str], tmp_path: Path
) -> None:
    env = os.environ | {"TERM": "xterm-256color", "LANG": "C.UTF-8", "PYTHONPATH": str(SUPPORT)}
    desk = [sys.executable, str(SUPPORT / "hostile_desk.py"), str(tmp_path / "desk")]
    words = [*tmux[1:], "new-session", *desk]
    around = pexpect.spawn("tmux", words, env=env, dimensions=(25, 80), encoding="utf-8", timeout=30)
    terminal = Watched(around, rows=25)
    terminal.until("1/4")
    around.send("Y")
    terminal.until("Text copied")
    if not heard(terminal.raw):  # the screen may be drawn before it
        around.expect(SENT)
        terminal.raw += str(around.after)
    (text,) = heard(terminal.raw)
    pasted = subprocess.run([*tmux, "show-buffer"], check=True, capture_output=True, text=True).stdout
    around.send("q")
    around.close(force=True)

    assert text.startswith("]52;c;ZXZpbA== osc")
    assert pasted == text
