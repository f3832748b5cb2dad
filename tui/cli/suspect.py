"""`becalm suspect`: comments that may be unlawful, or are not after all; their clock runs from first sight."""

import argparse

from tui.cli import _acts
from tui.cli._table import N_
from tui.i18n import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from inbox.desk import Act, Desk

EXAMPLES = (
    (
        "becalm suspect museum/1142 --reason 'threat against the guards'",
        N_("it joins the queue: becalm list is:suspected"),
    ),
    ("becalm suspect museum/1142 --clear --reason 'a line from the film'", N_("somebody looked, and it is none")),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    _acts.arguments(parser, many=True, public=False)
    parser.add_argument("--reason", required=True, metavar="WHY", help=_("why; it stands in the record"))
    parser.add_argument("--clear", action="store_true", help=_("the other way: not suspected after all"))


def run(args: argparse.Namespace) -> int:
    """Suspect, or clear."""

    async def decide(desk: "Desk", keys: list[str]) -> "tuple[Act, list[str]]":
        from inbox.desk import Suspect

        del desk
        head = _("not suspected after all: {n}") if args.clear else _("suspected of being unlawful: {n}")
        return Suspect(args.reason, suspected=not args.clear), [head.format(n=len(keys)), *keys]

    return _acts.perform(args, decide, public=False)
