"""`becalm situations`: comments in, what goes on under each post out; no desk, no network."""

import argparse
from collections.abc import Sequence

from msgspec import Struct

from inbox.situations.batch import Id, PostWave, Row, situations
from tui.cli._lines import Lines, emit, source
from tui.cli._table import N_
from tui.i18n import _

EXAMPLES = (
    ("becalm situations comments.jsonl", N_("one object a line: id, post, parent, author, at, text")),
    ("becalm export --format jsonl | becalm situations", N_("your own last storm")),
)


class Answer(Struct, frozen=True, gc=False):
    """One line of output."""

    v: int
    post: Id
    situation: Sequence[str]
    since: Id | None
    why: str
    waves: Sequence[PostWave]


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("file", nargs="?", default="-", metavar="FILE", help=_("JSONL; - or nothing reads stdin"))


def run(args: argparse.Namespace) -> int:
    """Read every line, then say of each post what was called there."""
    with source(args.file) as file:
        lines = Lines(file, args.file)
        rows = [row for _number, row in lines.read(Row)]
    for found in situations(rows):
        emit(Answer(1, found.post, found.situation, found.since, found.why, found.waves))
    return lines.code
