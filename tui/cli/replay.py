"""`becalm replay`: what happened, once more, in the order it happened: comments by the minute, and every act of ours."""

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from tui.cli import _past
from tui.cli._errors import CommandError
from tui.cli._table import N_
from tui.i18n import _, ngettext

TYPE_CHECKING = False
if TYPE_CHECKING:
    from inbox.chronicle import Case, Deed

EXAMPLES = (
    ("becalm replay --since 24h", N_("the last day, a minute of it each second")),
    ("becalm replay --post 'Je suis innocent' --speed 600", N_("one exhibition, ten minutes a second")),
    ("becalm replay wave:w1f9c33a0d2e4b516 --speed 0", N_("one wave, all at once")),
    ("becalm replay --json", N_("for scripts: one object a line, at once")),
)
LONGEST_PAUSE = 5.0
"""Seconds that a replay waits at most where nothing happened."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    _past.arguments(parser)
    parser.add_argument(
        "--speed", type=float, default=60.0, metavar="X", help=_("seconds of then in a second of now; 0: all at once")
    )
    parser.add_argument("--json", action="store_true", help=_("one JSON object a line, versioned"))
    parser.add_argument("--anonymous", action="store_true", help=_("colleagues as letters, and none of our own words"))


def run(args: argparse.Namespace) -> int:
    """Play the past."""
    from inbox.retrospect import deeds_of
    from tui.telling import Names

    if args.speed < 0:
        raise CommandError(os.EX_USAGE, _("the speed cannot be negative"), hint=_("0 shows all at once"))
    past = _past.read(args)
    scope = past.scope
    cases = [c for c in past.chronicle.cases.values() if scope.since <= c.at <= scope.until and scope.chosen(c)]
    deeds = deeds_of(past.chronicle, cases, scope)
    if not cases and not deeds:
        raise CommandError(
            os.EX_NOINPUT, _("nothing happened there and then"), hint=_("becalm list is:any shows what there is")
        )
    names = Names(hidden=args.anonymous)
    if args.json:
        _emit(cases, deeds, names, texts=not args.anonymous)
    else:
        _play(cases, deeds, past, names, args)
    return os.EX_OK


def _emit(cases: "list[Case]", deeds: "list[Deed]", names: Any, *, texts: bool) -> None:
    from tui.cli._lines import emit

    for _at, _order, each in sorted(
        [*((c.at, 0, _comment(c)) for c in cases), *((d.at, 1, _deed(d, names, texts=texts)) for d in deeds)],
        key=lambda entry: entry[:2],
    ):
        emit(each)


def _comment(case: "Case") -> dict[str, object]:
    return {
        "v": 1,
        "at": case.at.isoformat(),
        "what": "comment",
        "keys": [case.key],
        "posts": [case.post],
        "level": case.level.label,
        "question": case.question,
        "danger": case.danger,
        "wave": case.wave,
    }


def _deed(deed: "Deed", names: Any, *, texts: bool) -> dict[str, object]:
    return {
        "v": 1,
        "at": deed.at.isoformat(),
        "what": str(deed.did),
        "by": names(deed.by),
        "keys": list(deed.keys),
        "posts": list(deed.posts),
        "act": deed.act,
        "kind": None if deed.kind is None else str(deed.kind),
        "situation": None if deed.situation is None else str(deed.situation),
        "held_back": deed.held,
        "template": deed.template,
        "text": deed.text if texts else "",
    }


# -- at speed ------------------------------------------------------------------------------------------


def _play(cases: "list[Case]", deeds: "list[Deed]", past: _past.Past, names: Any, args: argparse.Namespace) -> None:
    last: datetime | None = None
    day = ""
    for at, line in _lines(cases, deeds, past, names, texts=not args.anonymous):
        if args.speed and last is not None and sys.stdout.isatty():
            time.sleep(min(LONGEST_PAUSE, max(0.0, (at - last).total_seconds()) / args.speed))
        last = at
        local = at.astimezone()
        if f"{local:%Y-%m-%d}" != day:
            day = f"{local:%Y-%m-%d}"
            print(day)
        print(f"{local:%H:%M:%S}  {line}", flush=True)


def _lines(
    cases: "list[Case]", deeds: "list[Deed]", past: _past.Past, names: Any, *, texts: bool
) -> Iterator[tuple[datetime, str]]:
    """Yield a line for each minute's comments under a post, and one for each deed, in order of time."""
    from tui.cli._rows import one_line
    from tui.telling import after_colon, deed_words

    lines: list[tuple[datetime, int, str]] = []
    minutes: dict[tuple[datetime, str], list[Case]] = {}
    for case in cases:
        minutes.setdefault((case.at.replace(second=0, microsecond=0), case.post), []).append(case)
    lines += [(minute, 0, after_colon(past.title(post), _arrived(under))) for (minute, post), under in minutes.items()]
    for deed in deeds:
        who = f"{one_line(names(deed.by))} · " if deed.by else ""
        where = ", ".join(dict.fromkeys(past.title(post) for post in deed.posts[:2]))
        lines.append((deed.at, 1, f"  → {who}{after_colon(where, one_line(deed_words(deed, texts=texts)))}"))
    for at, _order, line in sorted(lines):
        yield at, line


def _arrived(cases: "list[Case]") -> str:
    """Count a minute's comments: all, by what is not calm, questions and copies."""
    from scoring.assessment import RiskLevel
    from tui.cli._rows import SYMBOLS

    levels = Counter(case.level for case in cases)
    said = ngettext("{n} comment", "{n} comments", len(cases)).format(n=len(cases))
    said += "".join(f"  {SYMBOLS[level]} {levels[level]}" for level in reversed(RiskLevel) if level and levels[level])
    questions = sum(case.question for case in cases)
    copies = sum(bool(case.wave) for case in cases)
    said += f"  ? {questions}" if questions else ""
    return said + (f"  {ngettext('{n} copy', '{n} copies', copies).format(n=copies)}" if copies else "")
