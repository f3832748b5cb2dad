"""`becalm appeal`: an appeal for calm in a comment's thread, as a reply to it."""

import argparse

from tui.cli import _acts
from tui.cli._house import later_argument, when
from tui.cli._table import N_
from tui.i18n import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from inbox.desk import Act, Desk

EXAMPLES = (
    ("becalm appeal museum/1142 --template keep-talking.fr --dry-run", N_("what would stand in the thread")),
    ("becalm appeal museum/1142 'Restons courtois, merci.'", N_("asks, then leaves after ten seconds")),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    _acts.arguments(parser, many=False, public=True)
    _acts.text_argument(parser, _("the appeal, without the mention; - reads stdin"))
    later_argument(parser)


def run(args: argparse.Namespace) -> int:
    """Appeal."""

    async def decide(desk: "Desk", keys: list[str]) -> "tuple[Act, list[str]]":
        from inbox.desk import Reply

        offered = await desk.drafts(keys[0], "appeal") if args.template else ()
        text, template = _acts.chosen_text(args, offered)
        prefix = (await desk.picker(keys[0])).prefix
        act = Reply(text=text, template=template, again=True, later=when(args.at))
        return act, _acts.quoted(prefix + text)

    return _acts.perform(args, decide, public=True)
