"""`becalm charter`: the reasons for which the house hides and blocks; a charter of one's own begun and checked."""

import argparse
import os
import sys

from tui.cli._table import N_
from tui.i18n import _, language

EXAMPLES = (
    ("becalm charter", N_("the reasons a hide may name")),
    ("becalm charter --example > charter.toml", N_("ours, to be made yours; beside config.toml")),
    ("becalm charter --lint charter.toml", N_("what is wrong in it, by file and line")),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "--lint", nargs="?", const="", metavar="FILE", help=_("check a file; the house's own by default")
    )
    parser.add_argument("--example", action="store_true", help=_("write the one that becalm ships"))
    parser.add_argument("--json", action="store_true", help=_("one JSON object, versioned"))


def run(args: argparse.Namespace) -> int:
    """Tell, check, or give an example."""
    from pathlib import Path

    from inbox.charter import SHIPPED, plain, read
    from tui.cli._desk import charter, settle
    from tui.cli._lines import emit

    if args.example:
        sys.stdout.write(SHIPPED.read_text("utf-8"))
        return os.EX_OK
    found, faults = read(Path(args.lint)) if args.lint else charter(settle(args).config)
    if args.lint is not None:
        for fault in faults:
            print(fault)
        return os.EX_DATAERR if faults else os.EX_OK
    if args.json:
        emit(plain(found))
        return os.EX_OK
    print(
        f"{found.name} {found.version} {found.url}".rstrip()
        + ("" if found.own else f" ({_('an example: write your own')})")
    )
    for reason in found.reasons:
        place = _("art. {number}").format(number=reason.article) if reason.article else ""
        unlawful = _("likely unlawful") if reason.unlawful else ""
        print("  ".join(filter(None, (f"{reason.id:12}", reason.words(language()), place, unlawful))))
    for fault in faults:
        print(fault, file=sys.stderr)
    return os.EX_OK
