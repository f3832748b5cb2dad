"""`becalm retract`: our own answer to a comment, deleted after it is public, where the platform can."""

import argparse

from tui.cli import _acts
from tui.cli._house import nothing_named, our_comment
from tui.cli._table import N_
from tui.i18n import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from inbox.desk import Act, Desk

EXAMPLES = (
    ("becalm retract museum/1142 --dry-run", N_("which words of ours would go")),
    ("becalm retract museum/1142", N_("asks, then leaves after ten seconds")),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("comment", metavar="ID", help=_("the comment that was answered, or the id of the sending"))
    _acts.outcome_arguments(parser, public=True)


def run(args: argparse.Namespace) -> int:
    """Delete it; the comment it answered is open again then."""

    async def decide(desk: "Desk", _keys: list[str]) -> "tuple[Act, list[str]]":
        from inbox.published import DeleteOwn

        said = await our_comment(desk, args.comment)
        shown = [_("our own words, to be deleted:"), *_acts.quoted(said.outgoing.text if said.outgoing else "")]
        return DeleteOwn(said.id), shown

    return _acts.perform(args, decide, public=True, find=nothing_named)
