"""`becalm notices`: the house's calming notices: which stand, where, until when, and what became of the others."""

import argparse
import os
import sys

from tui.cli._house import SHORT, listed, stamp
from tui.cli._table import N_
from tui.i18n import _
from tui.phrases import say

EXAMPLES = (
    ("becalm notices", N_("those that stand, or wait for somebody")),
    ("becalm notices --all --json", N_("every one with its history, for scripts")),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--all", action="store_true", help=_("those that are over as well"))
    parser.add_argument("--json", action="store_true", help=_("one JSON object a line, versioned"))


def run(args: argparse.Namespace) -> int:
    """List them."""
    from msgspec import to_builtins

    from inbox import notices
    from inbox.published import Notice
    from tui.cli._lines import emit
    from tui.cli._rows import one_line
    from tui.published_words import NOTICE_STATES, WHERE

    said = False
    for notice in listed(args, notices.listed):
        assert isinstance(notice, Notice)  # what was asked for
        if not (notice.stands or args.all):
            continue
        said = True
        if args.json:
            emit({"v": 1, **to_builtins(notice)})
            continue
        until = _("until {time}").format(time=stamp(notice.until)) if notice.until else _("no end")
        words = [
            notice.id[:SHORT],
            _(NOTICE_STATES[notice.state]),
            notice.source,
            _(WHERE[notice.where]),
            until,
            notice.by,
            one_line(notice.text)[:60],
            say(one_line(notice.message)),
            one_line(notice.url),
        ]
        print(" · ".join(word for word in words if word))
    if not said:
        print(
            _("no notice was ever published") if args.all else _("no notice stands (--all: those that are over)"),
            file=sys.stderr,
        )
    return os.EX_OK
