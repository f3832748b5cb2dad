"""`becalm delete`: visitors' comments deleted on their platform, with a reason of the house's charter."""

import argparse

from tui.cli import _acts
from tui.cli._table import N_
from tui.i18n import _

EXAMPLES = (
    (
        "becalm delete museum/1142 --reason 'private data of a person' --dry-run",
        N_("whether the platform can, and what would happen"),
    ),
    (
        "becalm delete --query 'is:hidden age>30d' --reason 'charter 5' --dry-run",
        N_("how many, and what it costs in calls"),
    ),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    _acts.arguments(parser, many=True, public=True)
    _acts.moderation_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Delete."""
    from inbox.moderation import Remove

    act = Remove(reason=args.reason, include_held_back=args.include_held_back)
    return _acts.moderate(args, act, _("delete: {n}"))
