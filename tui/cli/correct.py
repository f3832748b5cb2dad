"""`becalm correct`: comments that are riskier or calmer than shown; the desk learns only after a review (becalm learn)."""

import argparse

from tui.cli import _acts
from tui.cli._table import N_
from tui.i18n import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from inbox.desk import Act, Desk

EXAMPLES = (
    ("becalm correct museum/1142 --calmer", N_("one level less than shown")),
    ("becalm correct --query 'casino' --riskier --dry-run", N_("which ones would be shown riskier")),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    _acts.arguments(parser, many=True, public=False)
    way = parser.add_mutually_exclusive_group(required=True)
    way.add_argument("--calmer", action="store_true", help=_("calmer than shown"))
    way.add_argument("--riskier", action="store_true", help=_("riskier than shown"))


def run(args: argparse.Namespace) -> int:
    """Correct."""

    async def decide(desk: "Desk", keys: list[str]) -> "tuple[Act, list[str]]":
        from inbox.desk import Correct
        from tui.telling import after_colon

        del desk
        head = _("calmer than shown") if args.calmer else _("riskier than shown")
        return Correct(-1 if args.calmer else 1), [after_colon(head, str(len(keys)))]

    return _acts.perform(args, decide, public=False)
