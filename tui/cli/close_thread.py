"""`becalm close-thread`: a dedicated thread closed with a last word, locked where the platform can; or opened again."""

import argparse
import sys

from tui.cli import _acts
from tui.cli._house import nothing_named, one_of
from tui.cli._table import N_
from tui.i18n import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from inbox.desk import Act, Desk

EXAMPLES = (
    ("becalm close-thread 5f2c --dry-run", N_("what would happen; becalm threads prints the ids")),
    ("becalm close-thread 5f2c --words 'Merci à toutes et à tous.'", N_("with a last word of the house")),
    ("becalm close-thread 5f2c --reopen", N_("open it again")),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("thread", metavar="THREAD", help=_("the beginning of its id, as becalm threads prints it"))
    parser.add_argument("--words", metavar="T", default="", help=_("the house's last comment in it; - reads stdin"))
    parser.add_argument("--reopen", action="store_true", help=_("open a closed one again"))
    _acts.outcome_arguments(parser, public=True)


def run(args: argparse.Namespace) -> int:
    """Close it, or open it again."""

    async def decide(desk: "Desk", _keys: list[str]) -> "tuple[Act, list[str]]":
        from inbox.published import CloseThread

        known = {thread.id: thread for thread in await desk.threads()}
        thread = known[one_of(args.thread, list(known), _("thread"))]
        words = sys.stdin.read() if args.words == "-" else args.words
        head = _("the thread opens again: {title}") if args.reopen else _("the thread closes: {title}")
        shown = [head.format(title=thread.title), *(_acts.quoted(words) if words else [])]
        return CloseThread(thread=thread.id, closed=not args.reopen, words=words), shown

    return _acts.perform(args, decide, public=True, find=nothing_named)
