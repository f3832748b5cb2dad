"""`becalm barometer`: how each exhibition is doing, calm to critical, now or hour by hour."""

import argparse
import os
import sys
from datetime import timedelta

from tui.cli._table import N_
from tui.i18n import _, ngettext

TYPE_CHECKING = False
if TYPE_CHECKING:
    from inbox.barometer import Gauge, Hour

EXAMPLES = (
    ("becalm barometer", N_("each exhibition: the last hour, and the seven before it")),
    ("becalm barometer --hours 24", N_("every hour of the last day in which anything was said")),
    ("becalm barometer --json", N_("for scripts and alerts")),
)
WIDEST_NAME = 32
MOST_HOURS = 24 * 366


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--hours", type=int, metavar="N", help=_("hour by hour, for the last N"))
    parser.add_argument("--json", action="store_true", help=_("one JSON object a line, versioned"))


def run(args: argparse.Namespace) -> int:
    """Read the barometer of what is durable, beside whoever runs the desk."""
    from inbox.barometer import gauges, hours
    from tui.cli._desk import now, read_inbox, settle
    from tui.cli._lines import emit

    inbox, _following = read_inbox(settle(args))
    moment = now()
    found: list[Gauge | Hour]
    if args.hours is None:
        found = list(gauges(inbox.quarters, inbox.posts, moment))
    else:
        back = timedelta(hours=max(0, min(args.hours, MOST_HOURS)) - 1)
        found = list(hours(inbox.quarters, inbox.posts, moment - back))
    for each in found:
        if args.json:
            emit(_record(each))
        else:
            print(_line(each))
    if not found and sys.stdout.isatty():
        print(_("nothing was said in that time"), file=sys.stderr)
    return os.EX_OK


def _record(each: "Gauge | Hour") -> dict[str, object]:
    from inbox.barometer import Gauge
    from scoring.assessment import RiskLevel

    common: dict[str, object] = {"v": 1, "exhibition": each.exhibition, "level": each.level.label}
    if isinstance(each, Gauge):
        return common | {"comments": each.comments, "trend": [level.label for level in each.trend]}
    counts = {level.label: each.counts[level] for level in RiskLevel}
    return common | {"hour": each.start.isoformat(), "comments": sum(each.counts)} | counts


def _line(each: "Gauge | Hour") -> str:
    from inbox.barometer import Gauge
    from scoring.assessment import RiskLevel
    from tui.cli._rows import SYMBOLS, one_line

    name = one_line(each.exhibition)
    name = name if len(name) <= WIDEST_NAME else name[: WIDEST_NAME - 1] + "…"
    word = f"{SYMBOLS[each.level]} {_(each.level.label)}"
    if isinstance(each, Gauge):
        trend = "".join(SYMBOLS[level] for level in each.trend)
        many = ngettext("{n} comment in the last hour", "{n} comments in the last hour", each.comments)
        return f"{name:<{WIDEST_NAME}}  {word:<11}  {trend}  {many.format(n=each.comments)}"
    counts = "  ".join(f"{SYMBOLS[level]} {each.counts[level]}" for level in reversed(RiskLevel) if each.counts[level])
    return f"{each.start.astimezone():%Y-%m-%d %H:%M}  {word:<11}  {name:<{WIDEST_NAME}}  {counts}"
