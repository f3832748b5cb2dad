"""`becalm report`: a storm looked back on, for the lawyer and the director: what came, how fast the house answered, what then."""

import argparse
import os
import sys

from tui.cli import _past
from tui.cli._errors import CommandError
from tui.cli._table import N_
from tui.i18n import _

EXAMPLES = (
    ("becalm report --since 7d > monday.md", N_("the week, on a page or two")),
    ("becalm report --post 'Je suis innocent' --anonymous", N_("one exhibition, without anybody's name")),
    ("becalm report --since 24h --format csv > day.csv", N_("for a spreadsheet")),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    _past.arguments(parser)
    parser.add_argument("--format", choices=("md", "csv"), default="md", help=_("md unless said otherwise"))
    parser.add_argument(
        "--anonymous", action="store_true", help=_("colleagues as letters, and none of our own words or addresses")
    )


def run(args: argparse.Namespace) -> int:
    """Write the report."""
    from inbox.retrospect import look_back
    from tui.cli import _report_csv, _report_md
    from tui.telling import Names

    past = _past.read(args)
    found = look_back(past.chronicle, past.scope)
    if found is None:
        raise CommandError(
            os.EX_NOINPUT, _("nothing happened there and then"), hint=_("becalm list is:any shows what there is")
        )
    names = Names(hidden=args.anonymous)
    if args.format == "csv":
        _report_csv.write(found, past, names, sys.stdout, texts=not args.anonymous)
    else:
        sys.stdout.write(_report_md.page(found, past, names, texts=not args.anonymous))
    return os.EX_OK
