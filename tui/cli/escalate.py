"""`becalm escalate`: a comment handed over to somebody, with a note that says to whom."""

import argparse
import os

from tui.cli import _acts
from tui.cli._errors import CommandError
from tui.cli._table import N_
from tui.i18n import _
from tui.phrases import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from inbox.desk import Act, Desk

EXAMPLES = (("becalm escalate museum/1142 --to 'the curator'", N_("marked, and noted for colleagues")),)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    _acts.arguments(parser, many=False, public=False)
    parser.add_argument("--to", required=True, metavar="NAME", help=_("to whom"))


def run(args: argparse.Namespace) -> int:
    """Hand over: the note first, so that nothing is handed over to nobody."""

    async def decide(desk: "Desk", keys: list[str]) -> "tuple[Act, list[str]]":
        from inbox.desk import AddNote, SetState
        from inbox.item import TriageState

        said = _("handed over to {who}").format(who=args.to)
        if not args.dry_run:
            noted = await desk.act(AddNote(said), keys)
            if noted.refused:
                raise CommandError(os.EX_UNAVAILABLE, say(noted.refused), hint=say(noted.hint))
        return SetState(TriageState.ESCALATED), [said]

    return _acts.perform(args, decide, public=False)
