"""`becalm snooze`: comments put off: they are open again at a time."""

import argparse

from tui.cli import _acts
from tui.cli._house import when
from tui.cli._table import N_
from tui.i18n import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from inbox.desk import Act, Desk

EXAMPLES = (
    ("becalm snooze museum/1142 --until 'tomorrow 9:00'", N_("not before the morning")),
    ("becalm snooze --query 'risk:calm' --until +2h --dry-run", N_("what a bulk would put off, and what it keeps")),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    _acts.arguments(parser, many=True, public=False)
    parser.add_argument(
        "--until", required=True, metavar="WHEN", help=_("when they are open again: +2h, “tomorrow 9:00”")
    )


def run(args: argparse.Namespace) -> int:
    """Put off."""

    async def decide(desk: "Desk", keys: list[str]) -> "tuple[Act, list[str]]":
        from inbox.desk import SetState
        from inbox.item import TriageState

        del desk
        return SetState(TriageState.SNOOZED, until=when(args.until)), [_("put off: {n}").format(n=len(keys))]

    return _acts.perform(args, decide, public=False)
