"""`becalm erase`: a person who asks to be forgotten is taken out of every file of the desk."""

import argparse
import asyncio
import os
import sys

from tui.cli._lines import emit
from tui.cli._table import N_
from tui.i18n import _, ngettext

EXAMPLES = (
    ("becalm erase @camille", N_("by handle, by the platform's id, or by a name only one person has")),
    ("becalm erase 109348 --yes --json", N_("for scripts: no question, one object")),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("author", metavar="AUTHOR", help=_("a handle, an id, or a name only one person has"))
    parser.add_argument("--yes", action="store_true", help=_("do not ask"))
    parser.add_argument("--json", action="store_true", help=_("one JSON object, versioned"))


def run(args: argparse.Namespace) -> int:
    """Ask, erase, and say what is left."""
    return asyncio.run(_run(args))


async def _run(args: argparse.Namespace) -> int:
    from inbox.erasure import find
    from tui.cli._desk import known_operator, live_desk, read_inbox, settle
    from tui.cli._prompt import ask

    setting = settle(args)
    if not args.yes:
        inbox, _following = read_inbox(setting)
        person = find(inbox, args.author)
        count, held = len(person.keys), len(person.keys & inbox.evidence.words.keys())
        if held:
            print(_kept(held), file=sys.stderr)
        question = ngettext(
            "{n} comment of {who} will be gone for good; type “yes” to go on",
            "{n} comments of {who} will be gone for good; type “yes” to go on",
            count,
        ).format(n=count, who=args.author)
        said = ask(question, no_input=args.no_input, instead=_("add --yes"))
        if said.strip().casefold() not in {"yes", "oui"}:
            print(_("nothing was erased"), file=sys.stderr)
            return os.EX_OK
    async with live_desk(setting, known_operator(setting.config) or "becalm erase", sources=False) as desk:
        done = await desk.erase(args.author)
    if args.json:
        emit({"v": 1, "comments": done.comments, "files": done.files, "held": done.held, "left": done.left})
    else:
        said = ngettext("{n} comment is gone", "{n} comments are gone", done.comments).format(n=done.comments)
        print(said, ngettext("{n} file rewritten", "{n} files rewritten", done.files).format(n=done.files), sep=" · ")
        if done.held:
            print(_kept(done.held))
        for name in done.left:
            print(_("still named in {file}").format(file=name), file=sys.stderr)
    return os.EX_SOFTWARE if done.left else os.EX_OK


def _kept(count: int) -> str:
    """Say what stays although it names the person: whoever captured it may have to prove it."""
    many = ngettext(
        "{n} record captured as evidence stays as it is: only what was captured is exempt",
        "{n} records captured as evidence stay as they are: only what was captured is exempt",
        count,
    )
    return many.format(n=count)
