"""`becalm block`: a comment's author kept away until a time, with a reason of the charter; or let back in."""

import argparse
import os

from tui.cli import _acts
from tui.cli._house import when
from tui.cli._table import N_
from tui.i18n import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from inbox.desk import Act, Desk

EXAMPLES = (
    (
        "becalm block museum/1142 --reason threat --until +7d --dry-run",
        N_("what the platform can do, and for how long"),
    ),
    ("becalm block museum/1142 --lift", N_("let back in before the time")),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    _acts.arguments(parser, many=False, public=True)
    parser.add_argument(
        "--reason", metavar="WHY", help=_("a reason of the charter (becalm charter), and after a colon what you add")
    )
    parser.add_argument(
        "--until", metavar="WHEN", help=_("when they are let back in: +7d, “tomorrow 9:00”; a year at most")
    )
    parser.add_argument("--lift", action="store_true", help=_("let them back in now"))


def run(args: argparse.Namespace) -> int:
    """Block, or let back in."""
    from tui.cli._errors import CommandError

    if args.lift == bool(args.reason or args.until) or (not args.lift and not (args.reason and args.until)):
        raise CommandError(os.EX_USAGE, _("give --reason and --until, or --lift alone"))

    async def decide(desk: "Desk", keys: list[str]) -> "tuple[Act, list[str]]":
        from connectors._model import Capability
        from inbox.desk import Block
        from tui.cli._rows import one_line
        from tui.phrases import say

        detail = await desk.detail(keys[0])
        assert detail is not None  # the key was just found
        support = detail.support.get(Capability.MUTE)
        head = _("let back in: {who}") if args.lift else _("keep away: {who}")
        said = [one_line(head.format(who=detail.row.author)), *([say(support.reason)] if support else [])]
        return Block(reason=args.reason or "", until=when(args.until), blocked=not args.lift), said

    return _acts.perform(args, decide, public=True)
