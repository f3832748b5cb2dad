"""`becalm thread`: a dedicated discussion thread, its link under the post, and at most ten invitations."""

import argparse
import os
import sys

from tui.cli import _acts
from tui.cli._errors import CommandError
from tui.cli._house import later_argument, when
from tui.cli._table import N_
from tui.i18n import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from inbox.desk import Act, Desk, Suggestion

EXAMPLES = (
    ("becalm thread museum/1142 --dry-run", N_("with the house's own texts: title, opening, rules, announcement")),
    ("becalm thread museum/1142 --invite museum/1150 --invite museum/1163", N_("and invite two people")),
    (
        "becalm thread museum/1142 --on blog --invite-askers",
        N_("on the house's own site, and invite who asked something"),
    ),
    ("becalm thread museum/1142 --title T --opening - < opening.txt", N_("with words of your own")),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    _acts.arguments(parser, many=False, public=True)
    parser.add_argument("--title", metavar="T", help=_("the thread's title; the house's own otherwise"))
    parser.add_argument("--opening", metavar="T", help=_("its opening text; - reads stdin"))
    parser.add_argument("--comment", metavar="T", help=_("the comment under the post; holds $link"))
    parser.add_argument("--invite", action="append", default=[], metavar="ID", help=_("invite its author; ten at most"))
    parser.add_argument("--invite-askers", action="store_true", help=_("invite those who asked something and wait"))
    parser.add_argument(
        "--on", metavar="SOURCE", default="", help=_("open it on this account; the comment's own otherwise")
    )
    parser.add_argument("--no-pin", action="store_true", help=_("do not keep it first where that could be"))
    later_argument(parser)
    parser.add_argument("--invitation", metavar="T", help=_("what the invited read; holds $link"))


def run(args: argparse.Namespace) -> int:
    """Open it."""

    async def decide(desk: "Desk", keys: list[str]) -> "tuple[Act, list[str]]":
        from inbox.desk import OpenThread

        opening = _first(await desk.drafts(keys[0], "thread"), args.opening, "--opening")
        comment = _first(await desk.drafts(keys[0], "house_comment"), args.comment, "--comment")
        invite = [await _acts.key_of(desk, word) for word in args.invite]
        if args.invite_askers:
            invite += [row.key for row in await desk.askers(keys[0]) if row.key not in invite]
        invitation = (
            _first(await desk.drafts(keys[0], "invitation"), args.invitation, "--invitation") if invite else None
        )
        text = sys.stdin.read() if args.opening == "-" else args.opening or opening.text
        act = OpenThread(
            title=args.title or opening.label,
            text=text,
            house_comment=args.comment or comment.text,
            invite=tuple(invite),
            invitation=(args.invitation or invitation.text) if invitation else "",
            template="" if args.opening else opening.template,
            on=args.on,
            pin=not args.no_pin,
            later=when(args.at),
        )
        shown = [_("a new thread: {title}").format(title=act.title), *_acts.quoted(act.text)]
        shown += [_("under the post:"), *_acts.quoted(act.house_comment)]
        if invite:
            shown += [_("to {n} people:").format(n=len(invite)), *_acts.quoted(act.invitation)]
        return act, shown

    return _acts.perform(args, decide, public=True)


def _first(offered: "tuple[Suggestion, ...]", given: str | None, option: str) -> "Suggestion":
    if offered:
        return offered[0]
    from connectors._model import Measure
    from inbox.desk import Suggestion

    if given is None:
        raise CommandError(
            os.EX_USAGE, _("the house has no text for this"), hint=_("give {option}").format(option=option)
        )
    return Suggestion(template="", label="", text="", missing=(), offbeat=False, measure=Measure(0, 0))
