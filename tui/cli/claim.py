"""`becalm claim`: your hand on comments, so that no colleague answers them too; or taken away."""

import argparse

from tui.cli import _acts
from tui.cli._table import N_
from tui.i18n import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from inbox.desk import Act, Desk

EXAMPLES = (
    ("becalm claim museum/1142 museum/1150", N_("they are yours")),
    ("becalm claim museum/1142 --release", N_("anybody's again")),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    _acts.arguments(parser, many=True, public=False)
    parser.add_argument("--release", action="store_true", help=_("the other way: take the hand away"))


def run(args: argparse.Namespace) -> int:
    """Claim, or release."""

    async def decide(desk: "Desk", keys: list[str]) -> "tuple[Act, list[str]]":
        from inbox.desk import Claim

        del desk
        head = _("release: {n}") if args.release else _("claim: {n}")
        return Claim(claim=not args.release), [head.format(n=len(keys))]

    return _acts.perform(args, decide, public=False)
