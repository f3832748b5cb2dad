"""`becalm send-back`: what waits for a second person's word goes back to its author, with a word; or is withdrawn."""

import argparse

from tui.cli import _judging
from tui.cli._table import N_
from tui.i18n import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from inbox.desk import Desk, Done

EXAMPLES = (
    ("becalm send-back 4f2a --why 'the hours have changed'", N_("the author has the text again")),
    ("becalm send-back 4f2a --dry-run", N_("your own needs no reason")),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    _judging.arguments(parser, public=False)
    parser.add_argument("--why", metavar="TEXT", default="", help=_("what should be different; a colleague's needs it"))


def run(args: argparse.Namespace) -> int:
    """Send it back."""

    async def decide(desk: "Desk", submission: str, look: bool) -> "Done":
        return await desk.send_back(submission, args.why, look=look)

    return _judging.judge(args, decide, public=False)
