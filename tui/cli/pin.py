"""`becalm pin`: a calming notice, published and pinned where the platform can."""

import argparse

from tui.cli import _acts
from tui.cli._table import N_
from tui.i18n import _
from tui.phrases import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from inbox.desk import Act, Desk

EXAMPLES = (
    ("becalm pin museum/1142 --template notice.fr --dry-run", N_("where it would stand, and how it would read")),
    ("becalm pin museum/1142 - < notice.txt", N_("for the post that this comment stands under")),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    _acts.arguments(parser, many=False, public=True)
    _acts.text_argument(parser, _("the notice; - reads stdin"))


def run(args: argparse.Namespace) -> int:
    """Publish and pin."""

    async def decide(desk: "Desk", keys: list[str]) -> "tuple[Act, list[str]]":
        from connectors._model import Capability
        from inbox.desk import PinNotice

        offered = await desk.drafts(keys[0], "notice") if args.template else ()
        text, template = _acts.chosen_text(args, offered)
        detail = await desk.detail(keys[0])
        assert detail is not None
        support = detail.support.get(Capability.PIN_NOTICE)
        where = say(support.reason) if support else _("this source is not connected")
        head = _("a notice from {account}: {where}").format(account=detail.account, where=where)
        return PinNotice(text=text, template=template), [head, *_acts.quoted(text)]

    return _acts.perform(args, decide, public=True)
