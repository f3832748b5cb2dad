"""`becalm crisis`: the one switch for the worst hours: how it stands, on, off; everybody at the desk sees it."""

import argparse
import asyncio
import os
import sys
from typing import Any

from tui.cli._errors import CommandError
from tui.cli._parser import hours
from tui.cli._table import N_
from tui.i18n import _, ngettext
from tui.phrases import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from inbox.crisis import CrisisView, Step
    from inbox.desk import Summary

EXAMPLES = (
    ("becalm crisis", N_("how it stands, and what the ladder asks for")),
    ("becalm crisis --begin --hours 6", N_("hold everything, jokes off, for six hours or until --end")),
    ("becalm crisis --end", N_("over; what is held stays held until somebody releases it")),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--begin", action="store_true", help=_("switch it on, or prolong it"))
    way.add_argument("--end", action="store_true", help=_("switch it off"))
    way.add_argument("--tick", metavar="STEP", help=_("note that a step of the checklist was done by hand"))
    way.add_argument("--untick", metavar="STEP", help=_("not done after all"))
    parser.add_argument("--dry-run", action="store_true", help=_("say what would happen, and do nothing"))
    parser.add_argument("--hours", type=hours, metavar="N", help=_("hours until it ends by itself; 4 otherwise"))
    parser.add_argument("-y", "--yes", action="store_true", help=_("do not ask"))
    parser.add_argument("--json", action="store_true", help=_("one JSON object, versioned"))


def run(args: argparse.Namespace) -> int:
    """Show it, or switch it."""
    return asyncio.run(_run(args))


async def _run(args: argparse.Namespace) -> int:
    from inbox.crisis import HOURS, LONGEST
    from tui.cli._acts import acting_desk
    from tui.cli._desk import known_operator, operator, require_desk, settle
    from tui.cli._prompt import confirm

    setting = settle(args)
    require_desk(setting)
    if args.begin and args.hours is not None and args.hours > LONGEST:
        raise CommandError(os.EX_USAGE, say(f"crisis mode lasts up to {LONGEST:.0f} hours"))
    changes = args.begin or args.end or args.tick or args.untick
    who = operator(setting, no_input=args.no_input) if changes else known_operator(setting.config) or "becalm crisis"
    async with acting_desk(setting, who, sources=False, dry=args.dry_run) as desk:
        if args.dry_run:
            print(_("nothing was done: this was a look"), file=sys.stderr)
            _tell(await desk.summary(), as_json=args.json, dry=True)
            return os.EX_OK
        if args.begin:
            words = _("everything about to leave is held and jokes are off: go on?")
            sure = _("give --yes once you are sure")
            await asyncio.to_thread(confirm, words, yes=args.yes, no_input=args.no_input, instead=sure)
        if changes:
            done = await desk.crisis(on=args.begin, hours=HOURS if args.hours is None else args.hours)
            if done.refused:
                raise CommandError(os.EX_USAGE, say(done.refused), hint=say(done.hint))
        if args.tick or args.untick:
            done = await desk.tick(_step(args.tick or args.untick), done=bool(args.tick))
            if done.refused:
                raise CommandError(os.EX_UNAVAILABLE, say(done.refused), hint=say(done.hint))
        _tell(await desk.summary(), as_json=args.json)
    return os.EX_OK


def _step(word: str) -> "Step":
    from inbox.crisis import SEEN_BY_THE_DESK, Step

    ticked = [step for step in Step if step not in SEEN_BY_THE_DESK]
    if word not in ticked:
        raise CommandError(os.EX_USAGE, _("no step is called {word}").format(word=word), hint=", ".join(ticked))
    return Step(word)


def _tell(summary: "Summary", *, as_json: bool, dry: bool = False) -> None:
    from tui.cli._lines import emit

    view = summary.crisis
    if as_json:
        emit(_plain(summary) | ({"dry_run": True} if dry else {}))
        return
    if view.on and view.until is not None:
        until = view.until.astimezone().strftime("%Y-%m-%d %H:%M")
        print(_("crisis mode is on until {time} ({who})").format(time=until, who=view.by))
        for check in view.checks:
            left = f" ({check.left})" if check.left else ""
            print(f"{'✓' if check.done else '·'} {check.step}{left} {check.by}".rstrip())
    else:
        flooded = ngettext("{n} post is flooded", "{n} posts are flooded", view.flooded).format(n=view.flooded)
        print(_("crisis mode is off") + f" · {flooded}")
    if view.advice:
        print(_advice(view))


def _advice(view: "CrisisView") -> str:
    if view.on:
        return _("calm has returned: no post is flooded any more; it is proposed to end it")
    return _("several posts are flooded at once: crisis mode is proposed (--begin)")


def _plain(summary: "Summary") -> dict[str, Any]:
    from msgspec import to_builtins

    plain: dict[str, Any] = to_builtins(summary.crisis)
    return {"v": 1, **plain, "held_by": summary.held_by}
