"""`becalm salvage`: copy what can still be read of a damaged desk into a new folder."""

import argparse
from pathlib import Path
from typing import Any

from tui.cli._lines import emit
from tui.cli._table import N_
from tui.i18n import _, ngettext

EXAMPLES = (
    (
        "becalm salvage ~/.local/state/becalm/desks/main rescued",
        N_("a new desk in rescued; the damaged one is left as it is"),
    ),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("folder", metavar="FOLDER", type=Path, help=_("the damaged desk's folder"))
    parser.add_argument("out", metavar="NEW-FOLDER", type=Path, help=_("where the copy goes; must be new or empty"))
    parser.add_argument("--json", action="store_true", help=_("one JSON object, versioned"))


def run(args: argparse.Namespace) -> int:
    """Copy, and say what was lost and where."""
    from inbox.salvage import salvage

    report = salvage(args.folder, args.out)
    if args.json:
        places: list[dict[str, Any]] = [
            {"file": str(damage.path), "offset": damage.offset, "length": damage.length} for damage in report.damages
        ]
        emit({"v": 1, "copied": report.copied, "lost": report.lost, "damages": places})
        return 0
    for damage in report.damages:
        print(
            _("{path}, byte {offset}: {length} bytes damaged").format(
                path=damage.path, offset=damage.offset, length=damage.length
            )
        )
    copied = ngettext("{n} record copied to {out}", "{n} records copied to {out}", report.copied)
    lost = ngettext("{n} lost", "{n} lost", len(report.lost))
    print(copied.format(n=report.copied, out=args.out), lost.format(n=len(report.lost)), sep=" · ")
    return 0
