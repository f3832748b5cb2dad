"""A flood of 200 answered in a real terminal of 80x24, key by key: `make play` shows it, or writes it down for asciinema."""

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pexpect
import pyte
from storms import script

BECALM = Path(sys.executable).with_name("becalm")
WIDTH, HEIGHT = 80, 24
COPIES = 200
KEYS = (
    ("s", "situations", "suspected danger"),
    ("j", "past the danger, which comes first", "its play"),
    ("\r", "its play: everything it comes to", "type 198"),
    ("1", "the number, once", "1▏"),
    ("9", "", "19▏"),
    ("8", "", "o do it"),
    ("o", "done", "thread queued"),
)
"""What is pressed from the first alert on, why, and what the screen then shows."""
ALERT = "FLOOD"
"""What the first alert says, in the line under the list or in the header."""
CONFIG = """\
operator = "marta"
lang = "en"
[sources.museum]
platform = "rehearsal"
script = "{script}"
latency = 0.1
[outbox]
countdown = 2
batch_countdown = 4
"""
PATIENCE = 60.0
LONGEST_PAUSE = 1.2
"""Seconds of silence that a recording keeps."""


class Terminal:
    """The real program in a pty, what it wrote and when, and what a terminal makes of it."""

    def __init__(self, home: Path) -> None:
        """Start the desk in `home`."""
        env = {"PATH": os.environ["PATH"], "HOME": str(home), "BECALM_HOME": str(home / "becalm")}
        env |= {"TERM": "xterm-256color", "LANG": "C.UTF-8"}
        self.child = pexpect.spawn(
            str(BECALM), env=env, dimensions=(HEIGHT, WIDTH), encoding="utf-8", timeout=PATIENCE, cwd=str(home)
        )
        self.child.delaybeforesend = None
        self.written: list[tuple[float, str]] = []
        self._screen = pyte.Screen(WIDTH, HEIGHT)
        self._stream = pyte.Stream(self._screen)
        self._began = time.monotonic()

    @property
    def lines(self) -> list[str]:
        """The screen."""
        return [line.rstrip() for line in self._screen.display]

    def until(self, words: str) -> None:
        """Read until the screen shows these words.

        Raises:
            AssertionError: it never did; the message is the screen.
        """
        deadline = time.monotonic() + PATIENCE
        while not any(words in line for line in self.lines):
            assert time.monotonic() < deadline, f"never saw {words!r}:\n" + "\n".join(self.lines)
            try:
                data = self.child.read_nonblocking(65_536, timeout=1)
            except pexpect.TIMEOUT:
                continue
            self.written.append((time.monotonic() - self._began, data))
            self._stream.feed(data)

    def press(self, key: str) -> None:
        """Press one key."""
        self.child.send(key)

    def leave(self) -> None:
        """Leave the desk and wait for its end."""
        self.press("q")
        try:
            self.child.expect(pexpect.EOF, timeout=PATIENCE)
        finally:
            self.child.close(force=True)


def prepare(home: Path) -> None:
    """Write a configuration whose only source plays the flood a few seconds after the start."""
    (home / "becalm").mkdir(mode=0o700)
    scenario = home / "flood.jsonl"
    scenario.write_text(script(COPIES, every=0.02, begins=3.0), encoding="utf-8")
    config = home / "becalm" / "config.toml"
    config.write_text(CONFIG.format(script=scenario), encoding="utf-8")
    config.chmod(0o600)


def play(home: Path, show: Callable[[str, list[str]], None] = lambda _why, _lines: None) -> Terminal:
    """Wait for the alert, press the keys, wait until everything has left, leave.

    Args:
        home: an empty folder.
        show: called with what happened and the screen, at the alert and after every key.
    """
    prepare(home)
    terminal = Terminal(home)
    try:
        terminal.until(ALERT)
        terminal.until(f"{COPIES}/h")  # all of it is there: the number to type is known
        show("the first alert", terminal.lines)
        for number, (key, why, then) in enumerate(KEYS, 1):
            terminal.press(key)
            terminal.until(then)
            shown = "Enter" if key == "\r" else key
            show(f"key {number}: {shown}" + (f"  ({why})" if why else ""), terminal.lines)
        terminal.until("outbox empty")
        terminal.press("O")
        terminal.until("Outbox")
        show("everything has left: the outbox", terminal.lines)
        terminal.press("q")
    finally:
        terminal.leave()
    return terminal


def cast(terminal: Terminal) -> str:
    """Write what reached the terminal as an asciicast (version 2), long silences shortened."""
    head = {"version": 2, "width": WIDTH, "height": HEIGHT, "title": "becalm: a flood of 200 answered in seven keys"}
    lines, shown, before = [json.dumps(head)], 0.0, 0.0
    for at, data in terminal.written:
        shown += min(at - before, LONGEST_PAUSE)
        before = at
        lines.append(json.dumps([round(shown, 3), "o", data], ensure_ascii=True))
    return "\n".join(lines) + "\n"


def main() -> int:
    """Show it on this terminal, or write it down."""
    parser = argparse.ArgumentParser(description="a flood of 200 answered in seven keys, by the real program")
    parser.add_argument("--cast", type=Path, help="write an asciinema recording there as well")
    chosen = parser.parse_args()

    def show(why: str, lines: list[str]) -> None:
        print(f"\n=== {why}\n" + "\n".join(lines), flush=True)

    with tempfile.TemporaryDirectory(prefix="becalm-play-") as home:
        terminal = play(Path(home), show)
    if chosen.cast is not None:
        chosen.cast.write_text(cast(terminal), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
