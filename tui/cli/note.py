"""`becalm note`: a note beside a comment, for colleagues."""

import argparse

from tui.cli import _acts
from tui.cli._table import N_
from tui.i18n import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from inbox.desk import Act, Desk

EXAMPLES = (("becalm note museum/1142 'the curator calls back at six'", N_("colleagues read it beside the comment")),)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    _acts.arguments(parser, many=False, public=False)
    parser.add_argument("text", metavar="TEXT", help=_("what colleagues should know"))


def run(args: argparse.Namespace) -> int:
    """Leave it."""

    async def decide(desk: "Desk", keys: list[str]) -> "tuple[Act, list[str]]":
        from inbox.desk import AddNote

        del desk, keys
        return AddNote(args.text), _acts.quoted(args.text)

    return _acts.perform(args, decide, public=False)
