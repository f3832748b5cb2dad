"""`becalm reply`: one answer to one person, through the outbox and its checks."""

import argparse

from tui.cli import _acts
from tui.cli._house import later_argument, when
from tui.cli._table import N_
from tui.i18n import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from inbox.desk import Act, Desk

EXAMPLES = (
    ("becalm reply museum/1142 --template hours.fr --dry-run", N_("what would be public, without doing it")),
    ("becalm reply museum/1142 'Nous ouvrons à 10 h.'", N_("asks, then leaves after ten seconds")),
    ("becalm reply museum/1142 - --yes < answer.txt", N_("from a script")),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    _acts.arguments(parser, many=False, public=True)
    _acts.text_argument(parser, _("the answer, without the mention; - reads stdin"))
    later_argument(parser)
    parser.add_argument(
        "--despite", metavar="WHY", help=_("a joke that is refused here, and why to tell it: a second person decides")
    )
    parser.add_argument("--again", action="store_true", help=_("although it was answered or somebody is on it"))


def run(args: argparse.Namespace) -> int:
    """Answer."""

    async def decide(desk: "Desk", keys: list[str]) -> "tuple[Act, list[str]]":
        from inbox.desk import Reply

        offered = (await desk.picker(keys[0])).suggestions if args.template else ()
        offered = await desk.drafts(keys[0], "joke") if args.template and args.despite else offered
        text, template = _acts.chosen_text(args, offered)
        picker = await desk.picker(keys[0])
        measure = await desk.measure(keys[0], text)
        detail = await desk.detail(keys[0])
        assert detail is not None
        head = _("to {author}, as {account}: {used} of {limit}").format(
            author=detail.row.author, account=detail.account, used=measure.used, limit=measure.limit
        )
        act = Reply(text=text, template=template, again=args.again, later=when(args.at), despite=args.despite or "")
        return act, [head, *_acts.quoted(picker.prefix + text)]

    return _acts.perform(args, decide, public=True)
