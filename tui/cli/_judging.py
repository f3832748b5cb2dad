"""Judging what waits for a second person's word, from a command's arguments to its exit code."""

import argparse
import asyncio
import os
import sys
from collections.abc import Awaitable, Callable

from tui.cli import _acts
from tui.cli._errors import CommandError
from tui.i18n import _
from tui.phrases import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from inbox.approval import Pending
    from inbox.desk import Desk, Done

Judge = Callable[["Desk", str, bool], Awaitable["Done"]]
"""Given the desk, the submission's id and whether this is only a look: what comes of it."""


def arguments(parser: argparse.ArgumentParser, *, public: bool) -> None:
    """Declare which submission is meant, and how the outcome is told."""
    parser.add_argument("submission", metavar="ID", help=_("its id as becalm approvals prints it, or its beginning"))
    _acts.outcome_arguments(parser, public=public)


def judge(args: argparse.Namespace, decide: Judge, *, public: bool) -> int:
    """Find the submission, show it whole, ask, and do it."""
    return asyncio.run(_judge(args, decide, public=public))


async def _judge(args: argparse.Namespace, decide: Judge, *, public: bool) -> int:
    from tui.cli._desk import operator, require_desk, settle
    from tui.cli._house import one_of

    setting = settle(args)
    require_desk(setting)
    who = operator(setting, no_input=args.no_input)
    async with _acts.acting_desk(setting, who, sources=True, dry=args.dry_run) as desk:
        found = {each.submission.id: each for each in await desk.submissions()}
        chosen = one_of(args.submission, list(found), _("submission"))
        print("\n".join(_shown(found[chosen])), file=sys.stderr)
        planned = await decide(desk, chosen, True)  # noqa: FBT003 - the look of a Judge has no name to give
        _refuse(planned)
        if args.dry_run:
            return _acts.told(args, planned, [], dry=True)
        if public:
            await asyncio.to_thread(_acts.ask, args, planned)
        done = await decide(desk, chosen, False)  # noqa: FBT003 - as above
        _refuse(done)
        waits = public and done.sendings and not args.no_wait
        return _acts.told(args, done, await _acts.wait(desk, done) if waits else [], dry=False)


def _refuse(done: "Done") -> None:
    if done.refused:
        raise CommandError(os.EX_UNAVAILABLE, say(done.refused), hint=say(done.hint))


def _shown(pending: "Pending") -> list[str]:
    from tui.approval_words import WHATS, label, whys

    submission = pending.submission
    head = _("{what} by {who}, for {source}").format(
        what=_(WHATS.get(pending.what, pending.what)), who=submission.by, source=pending.source or "-"
    )
    lines = [head, whys(pending)]
    for words in pending.words:
        lines += [label(words.field), *_acts.quoted(words.text)]
    return lines
