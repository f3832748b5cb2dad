"""`becalm approve`: your word for a colleague's act, or one that somebody gave elsewhere, written down."""

import argparse

from tui.cli import _judging
from tui.cli._table import N_
from tui.i18n import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from inbox.approval import Given
    from inbox.desk import Desk, Done

EXAMPLES = (
    ("becalm approve 4f2a --dry-run", N_("every word of it, and what would leave")),
    ("becalm approve 4f2a", N_("your own word; it leaves as its author's")),
    ("becalm approve 4f2a --by 'Claire D.' --how phone --when 21:40", N_("somebody's word by phone, written down")),
    ("becalm approve 4f2a --alone 'nobody answers at 23:00'", N_("alone on duty, where the house allows it")),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    _judging.arguments(parser, public=True)
    parser.add_argument("--by", metavar="NAME", help=_("whose word it is, where it was given elsewhere"))
    parser.add_argument("--how", choices=("phone", "mail", "person"), default="phone", help=_("how it was given"))
    parser.add_argument("--when", metavar="HH:MM", help=_("when it was given; now unless said otherwise"))
    parser.add_argument("--alone", metavar="WHY", help=_("nobody could be asked: go ahead with this reason"))
    parser.add_argument("--instead", action="store_true", help=_("another answer to the same comment goes back"))


def run(args: argparse.Namespace) -> int:
    """Approve."""
    word = _word(args)

    async def decide(desk: "Desk", submission: str, look: bool) -> "Done":
        return await desk.approve(submission, word, look=look)

    return _judging.judge(args, decide, public=True)


def _word(args: argparse.Namespace) -> "Given":
    import os

    from msgspec import structs

    from inbox.approval import Given, How
    from tui.approval_words import word_given
    from tui.cli._desk import now
    from tui.cli._errors import CommandError

    if args.alone is not None and args.by is not None:
        raise CommandError(os.EX_USAGE, _("either somebody said yes, or nobody could be asked"))
    if args.alone is not None:
        return Given(how=How.ALONE, note=args.alone, instead=args.instead)
    if args.by is None:
        return Given(instead=args.instead)
    try:
        said = word_given(f"x,{args.when or ''}", now().astimezone())
    except ValueError as error:
        raise CommandError(os.EX_USAGE, str(error)) from None
    return structs.replace(said, by=args.by, how=How(args.how), instead=args.instead)
