"""The interface in a real terminal: the bytes that reach it, and what it shows."""

import os
import re
import signal
import sys
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest
from watching import Watched

SUPPORT = Path(__file__).parents[1] / "support"
# Everything that may reach the terminal: colours, cursor moves, erasing the screen, modes and queries of Textual's
# set-up, the pointer's shape, line ends; nothing else begins with ESC or lies in C0 or C1.
OURS = re.compile(
    r"\x1b\[[0-9;]*[mHC]|\x1b\[2J|\x1b\[\?[0-9;]+[hl]|\x1b\[\?[0-9]+\$p|\x1b\[[<>][0-9]*u|\x1b\]22;[a-z]*(?:\x07|\x1b\\)|\r?\r\n"
)
UNOWNED = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]")


@pytest.fixture
def child(tmp_path: Path, request: pytest.FixtureRequest) -> "Iterator[pexpect.spawn[str]]":
    term = getattr(request, "param", "xterm-256color")
    env = os.environ | {"TERM": term, "LANG": "C.UTF-8", "PYTHONPATH": str(SUPPORT)}
    command = [str(SUPPORT / "hostile_desk.py"), str(tmp_path / "desk")]
    started = pexpect.spawn(sys.executable, command, env=env, dimensions=(24, 80), encoding="utf-8", timeout=30)
    started.delaybeforesend = None
    yield started
    started.close(force=True)


def test_hostile_comments_reach_the_terminal_harmless(child: "pexpect.spawn[str]") -> None:
    terminal = Watched(child)
    terminal.until("1/4")
    for key, shows in (("j", "2/4"), ("j", "3/4"), ("j", "4/4"), ("\r", "nothing stands out"), ("t", "Thread under")):
        child.send(key)
        terminal.until(shows)
    child.send("\x1b")
    terminal.until("reply")
    assert "ZXZpbA" in terminal.raw  # the words are shown, the escape in front of them is not
    rest = OURS.sub("", terminal.raw)
    found = UNOWNED.findall(rest)
    assert not found, [hex(ord(char)) for char in found]
    assert "[@click=app.bell]click" in rest


def test_q_restores_the_terminal_and_ends_well(child: "pexpect.spawn[str]") -> None:
    child.expect("1/4")
    child.send("q")
    child.expect(pexpect.EOF)
    child.wait()
    assert child.exitstatus == 0
    assert "\x1b[?1049l" in child.before
    assert "\x1b[?25h" in child.before


@pytest.mark.parametrize("last", ["q", "Q", ":q\r", "/un\rqq", signal.SIGTERM])
def test_whichever_way_one_leaves_the_cursor_is_seen_again(
    child: "pexpect.spawn[str]", last: str | signal.Signals
) -> None:
    terminal = Watched(child)
    terminal.until("1/4")
    assert terminal.screen.cursor.hidden
    if last == "Q":
        child.send("Q")
        terminal.until("No question waits")
        child.sendline("qq")
    elif isinstance(last, str):
        child.send(last)
    else:
        child.kill(last)
    child.expect(pexpect.EOF)
    switched = re.findall(r"\x1b\[\?(?:25|1049|2004|1004|7)[hl]", terminal.raw + child.before)
    assert {mode[3:-1]: mode[-1] for mode in switched} == {
        "25": "h",
        "1049": "l",
        "2004": "l",
        "1004": "l",
        "7": "h",
    }


def test_the_screen_comes_where_standard_output_is_a_terminal_whatever_standard_error_is(tmp_path: Path) -> None:
    env = os.environ | {"TERM": "xterm-256color", "LANG": "C.UTF-8", "PYTHONPATH": str(SUPPORT)}
    shell = 'exec "$0" "$1" "$2" 2>"$3"'
    words = [sys.executable, str(SUPPORT / "hostile_desk.py"), str(tmp_path / "desk"), str(tmp_path / "errors")]
    child = pexpect.spawn("/bin/sh", ["-c", shell, *words], env=env, dimensions=(24, 80), encoding="utf-8", timeout=30)
    terminal = Watched(child)
    terminal.until("1/4")
    child.send("q")
    child.expect(pexpect.EOF)
    child.wait()
    assert child.exitstatus == 0
    assert (tmp_path / "errors").read_text() == ""


def test_a_copied_text_leaves_as_one_harmless_sequence(child: "pexpect.spawn[str]") -> None:
    terminal = Watched(child)
    terminal.until("1/4")
    child.send("Y")
    terminal.until("Text copied")
    (sent,) = re.findall(r"\x1b\]52;c;([A-Za-z0-9+/]+=*)\x07", terminal.raw)
    copied = b64decode(sent).decode()
    assert copied.startswith("]52;c;ZXZpbA== osc")
    assert not UNOWNED.findall(copied.replace("\n", ""))
    assert terminal.raw.count("\x1b]52") == 1, "the comment's own sequence never gets there"


@pytest.mark.parametrize("child", ["linux"], indirect=True)
def test_a_terminal_without_a_clipboard_is_told_the_text_instead(child: "pexpect.spawn[str]") -> None:
    terminal = Watched(child)
    terminal.until("1/4")
    child.send("Y")
    terminal.until("This terminal has no clipboard")
    terminal.until("ZXZpbA== osc")
    assert "\x1b]52" not in terminal.raw
    child.send("q")
    terminal.until("1/4")
