"""`becalm threads`: the house's dedicated threads: who waits there, and for how long the house has said nothing."""

import argparse
import os
import sys

from tui.cli._house import SHORT, listed, stamp
from tui.cli._table import N_
from tui.i18n import _, ngettext
from tui.phrases import say

EXAMPLES = (
    ("becalm threads", N_("those that are open, or wait for somebody")),
    ("becalm threads --silent", N_("those in which visitors have waited for two hours; exit code 1 when there is one")),
    ("becalm threads --all --json", N_("every one with its history, for scripts")),
)
WAITS = 1
"""What --silent exits with when visitors wait, as `becalm status --exit-code` does."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--all", action="store_true", help=_("closed ones as well"))
    parser.add_argument("--silent", action="store_true", help=_("only those that wait for a word of the house"))
    parser.add_argument("--json", action="store_true", help=_("one JSON object a line, versioned"))


def run(args: argparse.Namespace) -> int:
    """List them."""
    from msgspec import to_builtins

    from inbox import threads
    from inbox.published import Thread, ThreadState
    from tui.cli._lines import emit
    from tui.cli._rows import one_line
    from tui.published_words import THREAD_STATES

    over = {ThreadState.CLOSED, ThreadState.ARCHIVED, ThreadState.TAKEN_BACK}
    silent = said = False
    for thread in listed(args, threads.listed):
        assert isinstance(thread, Thread)  # what was asked for
        silent |= thread.silent
        if (thread.state in over and not args.all) or (args.silent and not thread.silent):
            continue
        said = True
        if args.json:
            emit({"v": 1, **to_builtins(thread)})
            continue
        count = ngettext("{n} comment, {open} open", "{n} comments, {open} open", thread.comments)
        words = [
            thread.id[:SHORT],
            _(THREAD_STATES[thread.state]),
            thread.source,
            one_line(thread.title),
            count.format(n=thread.comments, open=thread.open),
            _("silent since {time}").format(time=stamp(thread.spoke_at)) if thread.silent else "",
            say(one_line(thread.message)),
            one_line(thread.url),
        ]
        print(" · ".join(word for word in words if word))
    if not said:
        print(_none(args), file=sys.stderr)
    return WAITS if args.silent and silent else os.EX_OK


def _none(args: argparse.Namespace) -> str:
    if args.silent:
        return _("no thread waits for a word of the house")
    return _("no thread was ever opened") if args.all else _("no thread is open (--all: closed ones as well)")
