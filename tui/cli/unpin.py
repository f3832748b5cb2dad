"""`becalm unpin`: a calming notice taken down before its time."""

import argparse

from tui.cli import _acts
from tui.cli._house import nothing_named, one_of
from tui.cli._table import N_
from tui.i18n import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from inbox.desk import Act, Desk

EXAMPLES = (
    ("becalm unpin 5f2c --dry-run", N_("what would happen; becalm notices prints the ids")),
    ("becalm unpin 5f2c --yes", N_("from a script")),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("notice", metavar="NOTICE", help=_("the beginning of its id, as becalm notices prints it"))
    _acts.outcome_arguments(parser, public=True)


def run(args: argparse.Namespace) -> int:
    """Take it down."""

    async def decide(desk: "Desk", _keys: list[str]) -> "tuple[Act, list[str]]":
        from inbox.published import Unpin

        known = {notice.id: notice for notice in await desk.notices()}
        notice = known[one_of(args.notice, list(known), _("notice"))]
        head = _("a notice on {account} comes down").format(account=notice.source)
        return Unpin(notice.id), [head, *_acts.quoted(notice.text)]

    return _acts.perform(args, decide, public=True, find=nothing_named)
