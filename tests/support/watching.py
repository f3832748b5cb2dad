"""A real terminal watched: what a child wrote to it, byte for byte, and what it shows."""

import time

import pexpect
import pyte


class Watched:
    """What a child wrote, and what a terminal makes of it."""

    def __init__(self, child: "pexpect.spawn[str]", rows: int = 24) -> None:
        self.child = child
        self.raw = ""
        self.screen = pyte.Screen(80, rows)
        self._stream = pyte.Stream(self.screen)

    def until(self, words: str) -> None:
        """Read until the screen shows these words."""
        deadline = time.monotonic() + 30
        while not any(words in line for line in self.screen.display):
            assert time.monotonic() < deadline, "\n".join(self.screen.display)
            try:
                data = self.child.read_nonblocking(65_536, timeout=1)
            except pexpect.TIMEOUT:
                continue
            self.raw += data
            self._stream.feed(data)
