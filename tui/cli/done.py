"""`becalm done`: comments closed, or opened again; threats and questions are held back from a bulk."""

import argparse

from tui.cli import _acts
from tui.cli._table import N_
from tui.i18n import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from inbox.desk import Act, Desk

EXAMPLES = (
    ("becalm done museum/1142", N_("close one")),
    ("becalm done --query 'risk:calm age>2d -is:question' --dry-run", N_("what a bulk would close, and what it keeps")),
    ("becalm done museum/1142 --reopen", N_("open it again")),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    _acts.arguments(parser, many=True, public=False)
    parser.add_argument("--reopen", action="store_true", help=_("the other way: open them again"))


def run(args: argparse.Namespace) -> int:
    """Close, or reopen."""

    async def decide(desk: "Desk", keys: list[str]) -> "tuple[Act, list[str]]":
        from inbox.desk import SetState
        from inbox.item import TriageState

        del desk
        head = _("open again: {n}") if args.reopen else _("close: {n}")
        return SetState(TriageState.NEW if args.reopen else TriageState.DONE), [head.format(n=len(keys))]

    return _acts.perform(args, decide, public=False)
