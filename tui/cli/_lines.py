"""Lines in, lines out: JSONL from a file or stdin, bad lines named on stderr and skipped."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TypeVar

import msgspec

from tui.cli._errors import CommandError
from tui.i18n import _, ngettext

_T = TypeVar("_T")
MAX_LINE = 16 * 1024 * 1024
"""Bytes read of one line; whatever is longer is not a comment."""


@contextmanager
def source(path: str) -> Iterator[BinaryIO]:
    """Open a file, or stdin for "-"; refuses to wait for somebody to type JSON."""
    if path == "-":
        if sys.stdin.isatty():
            raise CommandError(
                os.EX_NOINPUT, _("nothing to read: give a file, or send lines in"), hint=_("see the examples: --help")
            )
        yield sys.stdin.buffer
        return
    with Path(path).open("rb") as file:
        yield file


class Lines:
    """The good lines of a JSONL input, read as one type.

    Attributes:
        bad: how many lines were named on stderr and skipped.
    """

    def __init__(self, file: BinaryIO, name: str) -> None:
        """Read from `file`, called `name` in messages."""
        self.bad = 0
        self._file = file
        self._name = "stdin" if name == "-" else name

    def read(self, kind: type[_T]) -> Iterator[tuple[int, _T]]:
        """Yield each good line's number, from 1, and value; blank lines are passed over."""
        decoder = msgspec.json.Decoder(kind, strict=False)
        for number, line in enumerate(iter(lambda: self._file.readline(MAX_LINE), b""), 1):
            if not line.strip(b" \t\r\n\xef\xbb\xbf"):
                continue
            try:
                yield number, decoder.decode(line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line)
            except (msgspec.DecodeError, UnicodeDecodeError, ValueError) as error:
                self.refuse(number, str(error))

    def refuse(self, number: int, why: str) -> None:
        """Name a bad line."""
        self.bad += 1
        print(f"{self._name}:{number}: {why}", file=sys.stderr)

    @property
    def code(self) -> int:
        """The exit code that tells whether every line was good."""
        if self.bad:
            print(
                ngettext("{n} bad line was skipped", "{n} bad lines were skipped", self.bad).format(n=self.bad),
                file=sys.stderr,
            )
        return os.EX_DATAERR if self.bad else os.EX_OK


def emit(value: object) -> None:
    """Write one value as a line of JSON; a reader at the other end of a pipe has it at once."""
    sys.stdout.buffer.write(msgspec.json.encode(value) + b"\n")
    sys.stdout.buffer.flush()
