"""`becalm hide`: comments out of the public's sight, with a reason of the house's charter."""

import argparse

from tui.cli import _acts
from tui.cli._table import N_
from tui.i18n import _

EXAMPLES = (
    (
        "becalm hide museum/1142 --reason 'threat: against the guards' --dry-run",
        N_("whether the platform can, and what would happen"),
    ),
    ("becalm hide museum/1142 --show --reason 'mistake'", N_("show it again")),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    _acts.arguments(parser, many=True, public=True)
    _acts.moderation_arguments(parser)
    parser.add_argument("--show", action="store_true", help=_("the other way: show them again, or approve them"))


def run(args: argparse.Namespace) -> int:
    """Hide, or show again."""
    from inbox.moderation import Hide

    act = Hide(reason=args.reason, hidden=not args.show, include_held_back=args.include_held_back)
    return _acts.moderate(args, act, _("show again: {n}") if args.show else _("hide: {n}"))
