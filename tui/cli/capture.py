"""`becalm capture`: comments kept as evidence, in the words they have now."""

import argparse

from tui.cli import _acts
from tui.cli._table import N_
from tui.i18n import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from inbox.desk import Act, Desk

EXAMPLES = (
    ("becalm capture museum/1142 --reason 'threat against the staff'", N_("sealed into the chain of evidence")),
    ("becalm export --evidence id:museum/1142 --out dossier", N_("what a lawyer is given")),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    _acts.arguments(parser, many=True, public=False)
    parser.add_argument("--reason", required=True, metavar="WHY", help=_("why it is kept; it stands in the record"))


def run(args: argparse.Namespace) -> int:
    """Capture."""

    async def decide(desk: "Desk", keys: list[str]) -> "tuple[Act, list[str]]":
        from inbox.desk import Capture

        del desk
        return Capture(reason=args.reason), [_("keep as evidence: {n}").format(n=len(keys)), *keys]

    return _acts.perform(args, decide, public=False)
