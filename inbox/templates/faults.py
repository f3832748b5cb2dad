"""Fault: what is wrong in a pack or a facts file, by file and line, in one sentence a writer understands."""

import re
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

_HEADER = re.compile(r"""^\s*\[\s*["']?([^\]"']+?)["']?\s*\]""")
_KEY = re.compile(r"""^\s*["']?([A-Za-z0-9_-]+)["']?\s*=""")
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)$")
_PLAIN = str.maketrans({"\u00a0": " ", "\u202f": " ", "’": "'"})
_REDECLARED = re.compile(r"Cannot declare \('(.+?)',\) twice")


class Fault(Struct, frozen=True):
    """One thing to put right.

    Attributes:
        path: the file.
        line: the line in it, from 1.
        where: the table (the template) it is in; "" for the head of the file.
        message: what is wrong and what would be right.
        warning: whether the text may be used all the same.
    """

    path: Path
    line: int
    where: str
    message: str
    warning: bool = False

    def __str__(self) -> str:
        """Return it as compilers write theirs: file:line: where: message."""
        where = f"{self.where}: " if self.where else ""
        return f"{self.path}:{self.line}: {'warning: ' if self.warning else ''}{where}{self.message}"

    @classmethod
    def of(cls, path: Path, error: Exception) -> "Fault":
        """Make a fault of a file that cannot be read, or is no TOML."""
        text = getattr(error, "strerror", None) or str(error)
        at = _AT_LINE.search(text)
        twice = _REDECLARED.search(text)
        message = f"duplicate id {twice[1]!r}" if twice else f"cannot be read: {_AT_LINE.sub('', text).strip()}"
        line = int(at[1]) if at else 1
        if "(at end of document)" in message:
            message, line = message.removesuffix(" (at end of document)"), len(path.read_text("utf-8").splitlines())
        return cls(path, line, twice[1] if twice else "", message)


class _Line(Struct, frozen=True, gc=False):
    number: int
    table: str
    key: str
    content: str


def _lines(text: str) -> Iterator[_Line]:
    """Tell of every line which table and which key it belongs to, strings over several lines included."""
    table = key = inside = ""
    for number, content in enumerate(text.splitlines(), 1):
        if not inside:
            if header := _HEADER.match(content):
                table, key = header[1], ""
            elif named := _KEY.match(content):
                key = named[1]
        yield _Line(number, table, key, content.translate(_PLAIN))
        for quotes in ('"""', "'''"):
            if inside in {"", quotes} and content.count(quotes) % 2:
                inside = "" if inside else quotes


def locate(text: str, table: str, key: str = "", needle: str = "") -> int:
    """Find the line of a table, of a key in it, or of some words in the key's value.

    The standard parser keeps no positions; this reads only as much TOML as a pack uses (tables, keys, strings over
    several lines) and falls back to the nearest line it knows.

    Args:
        text: the file.
        table: the table's name; "" for what stands before the first one.
        key: a key of that table, or "".
        needle: words to look for in the key's value, typographic signs or not.

    Returns:
        A line number from 1.
    """
    own = [line for line in _lines(text) if line.table == table]
    field = [line for line in own if line.key == key] if key else []
    words = needle.translate(_PLAIN)
    for line in field:
        if words and words in line.content:
            return line.number
    nearest = field or own
    return nearest[0].number if nearest else 1
