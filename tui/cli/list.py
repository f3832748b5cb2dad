"""`becalm list`: the inbox as lines, for pipes, screen readers and terminals that show no screen."""

import argparse
import os
import shutil
import sys
import time

from tui.cli._parser import at_least_one
from tui.cli._table import N_
from tui.i18n import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from inbox.events import AnyEvent
    from inbox.fold import Inbox
    from inbox.item import Item

EXAMPLES = (
    ("becalm list", N_("everything open, newest first")),
    ("becalm list 'risk>=heated source:ma'", N_("the same words as / in the desk")),
    ("becalm list is:question --json", N_("for scripts: one object a line")),
    ("becalm list --watch", N_("go on: a line for each new comment")),
)
LOOK_EVERY = 1.0
"""Seconds between two looks at the journal with --watch."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "query", nargs="*", metavar="QUERY", help=_("words, author:, source:, risk>=tense, is:question, age<2h")
    )
    parser.add_argument("--json", action="store_true", help=_("one JSON object a line, versioned"))
    parser.add_argument("--limit", type=at_least_one, metavar="N", help=_("at most N, the newest"))
    parser.add_argument("--watch", action="store_true", help=_("then follow what arrives, until Ctrl-C"))


def run(args: argparse.Namespace) -> int:
    """Print the items that match."""
    from inbox.query import compile_query
    from inbox.rows import Order
    from inbox.views import arranged
    from tui.cli._desk import known_operator, now, read_inbox, say_how_fresh, settle

    setting = settle(args)
    inbox, following = read_inbox(setting)
    query, who = " ".join(args.query), known_operator(setting.config)
    matches = compile_query(query, inbox, now=now(), operator=who)
    found = arranged(inbox, filter(matches, inbox.items.hot.rows()), Order.NEWEST)
    if args.limit is not None:
        found = found[: args.limit]
    if args.watch:
        found.reverse()  # what comes next belongs below
    for row in found:
        _print(inbox, inbox.items.at(row), as_json=args.json)
    if not args.watch:
        if not found and sys.stdout.isatty():
            print(_("nothing matches") if query else _("nothing is open"), file=sys.stderr)
        say_how_fresh(setting)
        return os.EX_OK
    seen = set(found)
    for events in following:
        matches = compile_query(query, inbox, now=now(), operator=who)  # ages count from now
        for row in map(inbox.items.hot.ids.find, _touched(events)):
            if row >= 0 and row not in seen and matches(row):
                seen.add(row)
                _print(inbox, inbox.items.at(row), as_json=args.json)
        sys.stdout.flush()
        time.sleep(LOOK_EVERY)
    return os.EX_OK


def _touched(events: "Sequence[AnyEvent]") -> list[str]:
    from inbox.events import Seen
    from inbox.item import key_of

    arrivals = (event for event in events if isinstance(event, Seen))
    return [key_of(event.source, comment.native_id) for event in arrivals for comment in event.comments]


def _print(inbox: "Inbox", item: "Item", *, as_json: bool) -> None:
    from tui.cli._desk import now
    from tui.cli._lines import emit
    from tui.cli._rows import line, record

    if as_json:
        emit(record(inbox, item))
        return
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0
    print(line(item, now(), width=width))
