"""`becalm retention`: for how long comments are kept, what would go now, when, and what went."""

import argparse
import asyncio
import os
import sys
from datetime import datetime

from inbox.forgetting import Due, Stays
from inbox.retention import DEFAULT, Retention, days_of, is_stricter
from tui.cli._lines import emit
from tui.cli._table import N_
from tui.i18n import _, ngettext
from tui.telling import after_colon

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tui.cli._desk import Setting

EXAMPLES = (
    ("becalm retention", N_("what is configured, what would go, when, and what stays although it is older")),
    ("becalm retention --json", N_("the same for scripts: an object a source, then one for the desk")),
    ("becalm retention --forget", N_("do it now, after a question, instead of when it was announced for")),
)
REASONS = {
    Stays.OPEN: N_("open"),
    Stays.PENDING: N_("being answered"),
    Stays.EVIDENCE: N_("captured as evidence"),
    Stays.DANGER: N_("suspected danger"),
    Stays.TALK: N_("answered since"),
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--forget", action="store_true", help=_("forget now, in every file, what is older"))
    parser.add_argument("--dry-run", action="store_true", help=_("with --forget: only say what would go"))
    parser.add_argument("--yes", action="store_true", help=_("do not ask"))
    parser.add_argument("--json", action="store_true", help=_("JSON, one object a line, versioned"))


def run(args: argparse.Namespace) -> int:
    """Look, and forget when that is asked for."""
    return asyncio.run(_run(args))


async def _run(args: argparse.Namespace) -> int:
    from inbox.forgetting import due
    from tui.cli._desk import now, read_inbox, settle
    from tui.cli._errors import CommandError

    setting = settle(args)
    days = setting.config.retention
    inbox, _following = read_inbox(setting)
    found = due(inbox, days, now())
    if args.forget and not any(days.values()):
        raise CommandError(
            os.EX_CONFIG,
            _("nothing says for how long comments are kept"),
            hint=f"retention_days: {setting.config.path}",
        )
    if args.forget and not args.dry_run:
        return await _forget(args, setting, len(found.keys))
    sources = list(dict.fromkeys([*(s.name for s in setting.config.sources), *found.counts, *found.stays]))
    if args.json:
        _emit(sources, days, found, inbox.retention)
    else:
        _print(sources, days, found, inbox.retention, now())
    return os.EX_OK


async def _forget(args: argparse.Namespace, setting: "Setting", count: int) -> int:
    from tui.cli._desk import known_operator, live_desk
    from tui.cli._prompt import ask

    if not args.yes:
        question = ngettext(
            "{n} comment will be gone for good; type its number to go on",
            "{n} comments will be gone for good; type their number to go on",
            count,
        ).format(n=count)
        if ask(question, no_input=args.no_input, instead=_("add --yes")).strip() != str(count):
            print(_("nothing was forgotten"), file=sys.stderr)
            return os.EX_OK
    async with live_desk(setting, known_operator(setting.config) or "becalm retention", sources=False) as desk:
        counts = await desk.forget(setting.config.retention)
    total = sum(counts.values())
    if args.json:
        emit({"v": 1, "forgotten": total, "by_source": counts})
    else:
        print(ngettext("{n} comment is gone", "{n} comments are gone", total).format(n=total))
    return os.EX_OK


# -- words -------------------------------------------------------------------------------------------


def _emit(sources: list[str], days: dict[str, int], found: Due, known: Retention) -> None:
    for name in sources:
        emit(
            {
                "v": 1,
                "source": name,
                "days": days_of(days, name) or None,
                "due": found.counts.get(name, 0),
                "stays": {str(reason): n for reason, n in found.stays.get(name, {}).items()},
                "forgotten": known.counts.get(name, 0),
            }
        )
    emit(
        {
            "v": 1,
            "source": None,
            "days": days.get(DEFAULT) or None,
            "due": len(found.keys),
            "announced": known.days == days and known.begins is not None,
            "begins": known.begins,
            "forgotten": known.forgotten,
            "last": known.last,
        }
    )


def _print(sources: list[str], days: dict[str, int], found: Due, known: Retention, now: datetime) -> None:
    if not any(days.values()):
        print(_("everything is kept: no retention_days in the configuration"))
    for name in sources:
        kept = days_of(days, name)
        if not kept:
            print(after_colon(name, _("kept for ever")))
            continue
        parts = [ngettext("kept for {n} day", "kept for {n} days", kept).format(n=kept)]
        parts.append(_("{n} older and done with").format(n=found.counts.get(name, 0)))
        stays = [f"{n} {_(REASONS[reason])}" for reason, n in found.stays.get(name, {}).items()]
        if stays:
            parts.append(_("older and kept: {what}").format(what=", ".join(stays)))
        print(after_colon(name, " · ".join(parts)))
    if any(days.values()):
        print(_when(days, found, known, now))
    if known.last is not None:
        said = ngettext("{n} comment forgotten so far", "{n} comments forgotten so far", known.forgotten)
        print(said.format(n=known.forgotten) + " · " + _("last on {date}").format(date=_date(known.last)))


def _when(days: dict[str, int], found: Due, known: Retention, now: datetime) -> str:
    if known.days != days or known.begins is None:
        if not found.keys or (known.begins is not None and not is_stricter(days, known.days)):
            return _("the rule holds as soon as the engine starts again")
        return _("announced when the engine next starts; begins a week later, or with --forget")
    if now < known.begins:
        return _("announced; begins on {date}, or with --forget").format(date=_date(known.begins))
    return _("in force since {date}: once a day, while the engine runs").format(date=_date(known.begins))


def _date(moment: datetime) -> str:
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")
