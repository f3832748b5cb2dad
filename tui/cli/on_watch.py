"""`becalm on-watch`: who is on watch, and what the one before hands over; alerts go to them."""

import argparse
import asyncio
import os
import sys

from tui.cli._table import N_
from tui.i18n import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from inbox.events import OnWatch

EXAMPLES = (
    ("becalm on-watch", N_("who is, since when, and the note left for them")),
    ("becalm on-watch lou --note 'the thread on room 4 is ours'", N_("hand over")),
    ("becalm on-watch --nobody", N_("nobody until somebody says so")),
)
LONGEST_NOTE = 2000
"""Characters of a note: a page is read at a hand-over, a novel is not."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    who = parser.add_mutually_exclusive_group()
    who.add_argument("name", nargs="?", metavar="NAME", help=_("who takes the watch; without it, who has it is told"))
    who.add_argument("--nobody", action="store_true", help=_("the watch ends"))
    parser.add_argument("--note", metavar="TEXT", default="", help=_("what they should know; - reads it from stdin"))
    parser.add_argument("--dry-run", action="store_true", help=_("say what would happen, and do nothing"))
    parser.add_argument("--json", action="store_true", help=_("one JSON object, versioned"))


def run(args: argparse.Namespace) -> int:
    """Tell, or hand over."""
    from inbox.config import is_operator_name
    from tui.cli._errors import CommandError

    if not args.name and not args.nobody:
        if args.note:
            raise CommandError(os.EX_USAGE, _("a note needs a name: whom is it for?"))
        return _tell(args)
    if args.name and not is_operator_name(args.name):
        raise CommandError(os.EX_USAGE, _("a name is one printable line of at most 40 characters"))
    note = sys.stdin.read(LONGEST_NOTE + 1) if args.note == "-" else args.note
    if len(note) > LONGEST_NOTE:
        raise CommandError(os.EX_USAGE, _("a note has at most {n} characters").format(n=LONGEST_NOTE))
    if args.dry_run:
        print(_("nothing was done: this was a look"), file=sys.stderr)
        return _tell(args)
    return asyncio.run(_hand_over(args, note.strip()))


async def _hand_over(args: argparse.Namespace, note: str) -> int:
    from tui.cli._desk import live_desk, operator, settle
    from tui.cli._errors import CommandError
    from tui.phrases import say

    setting = settle(args)
    async with live_desk(setting, operator(setting, no_input=args.no_input), sources=False) as desk:
        done = await desk.stand_watch(args.name or "", note)
        if done.refused:
            raise CommandError(os.EX_TEMPFAIL, say(done.refused), hint=say(done.hint))
    return _tell(args)


def _tell(args: argparse.Namespace) -> int:
    from tui.cli._desk import read_inbox, settle

    inbox, _following = read_inbox(settle(args))
    if args.json:
        _write_json(inbox.duty.watch, dry=args.dry_run)
    elif inbox.duty.watch is None:
        print(_("nobody is on watch"))
    else:
        _print(inbox.duty.watch)
    return os.EX_OK


def _write_json(watch: "OnWatch | None", *, dry: bool) -> None:
    from tui.cli._lines import emit

    looked = {"dry_run": True} if dry else {}

    if watch is None:
        emit({"v": 1, "watch": "", "since": None, "note": "", "by": ""} | looked)
    else:
        emit({"v": 1, "watch": watch.operator, "since": watch.at, "note": watch.note, "by": watch.by} | looked)


def _print(watch: "OnWatch") -> None:
    since = watch.at.astimezone().strftime("%Y-%m-%d %H:%M")
    print(_("{who} is on watch since {since}").format(who=watch.operator, since=since))
    for line in watch.note.splitlines():
        print("  " + "".join(char for char in line if char.isprintable()))
