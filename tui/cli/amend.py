"""`becalm amend`: our own answer to a comment, made to read otherwise after it is public, where the platform can."""

import argparse
import sys

from tui.cli import _acts
from tui.cli._house import nothing_named, our_comment
from tui.cli._table import N_
from tui.i18n import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from inbox.desk import Act, Desk

EXAMPLES = (
    ("becalm amend museum/1142 'Nous ouvrons à 11 h.' --dry-run", N_("how it would read, all of it")),
    ("becalm amend museum/1142 - --yes < answer.txt", N_("from a script")),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("comment", metavar="ID", help=_("the comment that was answered, or the id of the sending"))
    parser.add_argument("text", metavar="TEXT", help=_("all of it, the mention included; - reads stdin"))
    _acts.outcome_arguments(parser, public=True)


def run(args: argparse.Namespace) -> int:
    """Let it read otherwise."""

    async def decide(desk: "Desk", _keys: list[str]) -> "tuple[Act, list[str]]":
        from inbox.published import EditOwn

        said = await our_comment(desk, args.comment)
        text = sys.stdin.read() if args.text == "-" else args.text
        before = said.outgoing.text if said.outgoing else ""
        shown = [_("it reads now:"), *_acts.quoted(before), _("it will read:"), *_acts.quoted(text)]
        return EditOwn(said.id, text), shown

    return _acts.perform(args, decide, public=True, find=nothing_named)
