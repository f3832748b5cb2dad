"""`becalm spam`: visitors' comments marked as spam, where the platform learns from it."""

import argparse

from tui.cli import _acts
from tui.cli._table import N_
from tui.i18n import _

EXAMPLES = (
    ("becalm spam museum/1142 --reason spam", N_("mark one")),
    (
        "becalm spam --query 'casino is:open' --reason spam --dry-run",
        N_("how many, and what it costs in calls"),
    ),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    _acts.arguments(parser, many=True, public=True)
    _acts.moderation_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Mark as spam."""
    from inbox.moderation import Spam

    act = Spam(reason=args.reason, include_held_back=args.include_held_back)
    return _acts.moderate(args, act, _("mark as spam: {n}"))
