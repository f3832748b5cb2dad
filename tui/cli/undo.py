"""`becalm undo`: what you decided last and what has not left is taken back, wherever you decided it."""

import argparse
import asyncio
import os

from tui.cli._errors import CommandError
from tui.cli._table import N_
from tui.i18n import _
from tui.phrases import say

EXAMPLES = (
    ("becalm undo --dry-run", N_("which act that would be")),
    ("becalm undo", N_("all of that act that has not left; the outbox takes back others")),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--dry-run", action="store_true", help=_("say what would happen, and do nothing"))
    parser.add_argument("--json", action="store_true", help=_("one JSON object, versioned"))


def run(args: argparse.Namespace) -> int:
    """Take back."""
    return asyncio.run(_run(args))


async def _run(args: argparse.Namespace) -> int:
    from msgspec import to_builtins

    from tui.cli._acts import acting_desk
    from tui.cli._desk import operator, require_desk, settle
    from tui.cli._lines import emit

    setting = settle(args)
    require_desk(setting)
    who = operator(setting, no_input=args.no_input)
    async with acting_desk(setting, who, sources=False, dry=args.dry_run) as desk:
        back = await desk.undo(look=args.dry_run)
    if back.refused:
        raise CommandError(os.EX_UNAVAILABLE, say(back.refused), hint=say(back.hint))
    if args.json:
        emit({"v": 1, "dry_run": args.dry_run, **to_builtins(back)})
    elif back.what:
        said = _("would be taken back: {n}") if args.dry_run else _("taken back: {n}")
        print(said.format(n=back.count))
    else:
        print(_("nothing of yours waits to leave; private acts are taken back on the screen (z)"))
    return os.EX_OK
