"""`becalm hold`: nothing leaves the house until it is released; says how much of what was under way had left."""

import argparse
import asyncio
import os

from tui.cli._errors import CommandError
from tui.cli._table import N_
from tui.i18n import _
from tui.phrases import say

EXAMPLES = (
    ("becalm hold", N_("stop everything that is about to leave, at once")),
    ("becalm hold --dry-run", N_("what is under way, and who holds it")),
    ("becalm hold --release", N_("what waits leaves in its turn")),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--release", action="store_true", help=_("the other way: let it leave"))
    parser.add_argument("--dry-run", action="store_true", help=_("say what would happen, and do nothing"))
    parser.add_argument("--json", action="store_true", help=_("one JSON object, versioned"))


def run(args: argparse.Namespace) -> int:
    """Hold, or release."""
    return asyncio.run(_run(args))


async def _run(args: argparse.Namespace) -> int:
    from msgspec import to_builtins

    from inbox.progress import together
    from tui.cli._acts import acting_desk
    from tui.cli._desk import operator, require_desk, settle
    from tui.cli._lines import emit
    from tui.outbox_words import how_far

    setting = settle(args)
    require_desk(setting)
    who = operator(setting, no_input=args.no_input)
    async with acting_desk(setting, who, sources=False, dry=args.dry_run) as desk:
        if args.dry_run:
            progress = together(await desk.progress())
        else:
            done = await desk.hold(held=not args.release)
            if done.refused:
                raise CommandError(os.EX_UNAVAILABLE, say(done.refused), hint=say(done.hint))
            assert done.progress is not None  # a hold that was not refused tells it
            progress = done.progress
        held_by = (await desk.summary()).held_by
    if args.json:
        emit({"v": 1, "dry_run": args.dry_run, "held_by": held_by, "progress": to_builtins(progress)})
        return os.EX_OK
    print(_("held by {who}").format(who=held_by) if held_by else _("nothing is held"))
    print(how_far(progress) if progress.total else _("nothing was under way"))
    return os.EX_OK
