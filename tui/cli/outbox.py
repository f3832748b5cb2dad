"""`becalm outbox`: what is leaving, left or failed, one by one or act by act; and what a human decides about it."""

import argparse
import asyncio
import os
import sys
from typing import Any

from tui.cli._errors import CommandError
from tui.cli._table import N_
from tui.i18n import _
from tui.phrases import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime

    from inbox.desk import Desk
    from inbox.outbox import OutboxEntry
    from inbox.progress import Progress

EXAMPLES = (
    ("becalm outbox", N_("what waits, is in doubt, or was refused")),
    ("becalm outbox --acts", N_("how far each act has come: left, waiting, refused, unknown")),
    ("becalm outbox --all --json", N_("what left as well, for scripts")),
    ("becalm outbox --retry 3f2a91bc", N_("send one again: a refused one, or a doubtful one once you have looked")),
    ("becalm outbox --retry-all 3f2a91bc", N_("and everything that the same act was refused")),
    (
        "becalm outbox --by-hand 3f2a91bc --url https://…",
        N_("you saw it there, or did it yourself; what waits for its address goes on"),
    ),
)
SHORT = 8
"""Letters of an id that a list prints; any beginning that only one has will do."""
CHOICES = {
    "retry": "retry",
    "retry_all": "retry-all",
    "by_hand": "sent",
    "drop": "drop",
    "drop_all": "drop-all",
    "now": "now",
}
"""What the options mean to `Desk.settle`."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--acts", action="store_true", help=_("act by act, instead of one by one"))
    way.add_argument("--retry", metavar="ID", help=_("send a refused or doubtful one again"))
    way.add_argument("--retry-all", metavar="ID", help=_("and everything that its act was refused"))
    way.add_argument("--by-hand", metavar="ID", help=_("note that it was done by hand, or did arrive"))
    way.add_argument("--drop", metavar="ID", help=_("give it up, or take it back before it leaves"))
    way.add_argument("--drop-all", metavar="ID", help=_("and everything of its act that has not left"))
    way.add_argument("--now", metavar="ID", help=_("do not wait for the time somebody chose"))
    parser.add_argument("--url", metavar="URL", default="", help=_("with --by-hand: where it is"))
    parser.add_argument("--act", metavar="ID", default="", help=_("only the sendings of one act"))
    parser.add_argument("--all", action="store_true", help=_("what left as well"))
    parser.add_argument("--dry-run", action="store_true", help=_("say what would happen, and do nothing"))
    parser.add_argument("--json", action="store_true", help=_("one JSON object a line, versioned"))


def run(args: argparse.Namespace) -> int:
    """List, or decide."""
    chosen = next((name for name in CHOICES if getattr(args, name)), "")
    return asyncio.run(_decide(args, chosen)) if chosen else _list(args)


# -- looking ---------------------------------------------------------------------------------------


def _list(args: argparse.Namespace) -> int:
    from inbox.progress import acts_of, leaves_at
    from tui.cli._desk import now, read_inbox, settle

    inbox, _steps = read_inbox(settle(args))
    if args.acts:
        _tell_acts(acts_of(inbox), as_json=args.json)
        return os.EX_OK
    entries = [e for e in inbox.outbox.values() if e.act.startswith(args.act)]
    leaves = leaves_at(entries)
    shown = [e for e in entries if args.all or args.act or e.is_pending or e.id in inbox.rejected]
    for entry in shown:
        _tell(entry, leaves.get(entry.id), now(), held_by=inbox.held_by, as_json=args.json)
    if not shown and not args.json:
        print(_("nothing waits, is in doubt, or was refused (--all: what left as well)"), file=sys.stderr)
    return os.EX_OK


def _tell_acts(acts: "list[Progress]", *, as_json: bool) -> None:
    from msgspec import to_builtins

    from tui.cli._lines import emit
    from tui.outbox_words import how_far, pause_of, what_it_sends

    for act in acts:
        if as_json:
            emit({"v": 1, **to_builtins(act)})
            continue
        said = [act.act[:SHORT], act.by, what_it_sends(act), how_far(act), pause_of(act)]
        print(" · ".join(words for words in said if words))
    if not acts and not as_json:
        print(_("no act is under way, and none was refused in part"), file=sys.stderr)


def _tell(
    entry: "OutboxEntry",
    leaves_at: "datetime | None",
    now: "datetime",
    *,
    held_by: str,
    as_json: bool,
    dry: bool = False,
) -> None:
    from tui.cli._lines import emit
    from tui.cli._rows import one_line
    from tui.outbox_words import DELIVERIES, KINDS

    if as_json:
        emit(_plain(entry, leaves_at, held_by) | ({"dry_run": True} if dry else {}))
        return
    state = _(DELIVERIES[entry.state])
    if leaves_at is not None:
        wait = max(0, round((leaves_at - now).total_seconds()))
        state = _("held by {who}").format(who=held_by) if held_by else _("leaves in {n} s").format(n=wait)
    said = [
        entry.id[:SHORT],
        state,
        _(KINDS[entry.kind]),
        entry.source,
        entry.target or one_line(entry.outgoing.text if entry.outgoing else ""),
        say(one_line(entry.message)) if entry.message else "",
        say(one_line(entry.hint)) if entry.hint else "",
        one_line(entry.receipt.url) if entry.receipt else "",
    ]
    print(" · ".join(words for words in said if words))


def _plain(entry: "OutboxEntry", leaves_at: "datetime | None", held_by: str) -> dict[str, Any]:
    return {
        "v": 1,
        "id": entry.id,
        "act": entry.act,
        "kind": str(entry.kind),
        "state": str(entry.state),
        "source": entry.source,
        "target": entry.target,
        "by": entry.by,
        "queued_at": entry.queued_at.isoformat(),
        "leaves_at": leaves_at.isoformat() if leaves_at else None,
        "held_by": held_by if leaves_at else "",
        "attempts": entry.attempts,
        "text": entry.outgoing.text if entry.outgoing else "",
        "reason": entry.reason,
        "message": entry.message,
        "hint": entry.hint,
        "url": entry.receipt.url if entry.receipt else "",
    }


# -- deciding --------------------------------------------------------------------------------------


async def _decide(args: argparse.Namespace, option: str) -> int:
    from tui.cli._acts import acting_desk
    from tui.cli._desk import operator, require_desk, settle
    from tui.cli._house import one_of
    from tui.cli._lines import emit

    setting = settle(args)
    require_desk(setting)
    who = operator(setting, no_input=args.no_input)
    async with acting_desk(setting, who, sources=True, dry=args.dry_run) as desk:
        ids = [entry.id for entry in await desk.outbox()]
        meant = one_of(getattr(args, option), ids, _("sending"))
        if args.dry_run:
            print(_("nothing was done: this was a look"), file=sys.stderr)
            await _answer(desk, [meant], args, dry=True)
            return os.EX_OK
        done = await desk.settle(meant, CHOICES[option], args.url)
        if done.refused:
            raise CommandError(os.EX_UNAVAILABLE, say(done.refused), hint=say(done.hint))
        again = [e.id for e in await desk.outbox(done.act) if e.is_pending] if done.sendings else []
        if again:
            await _last_words(desk, done.act, {*again})
        if args.json:
            emit({"v": 1, "id": meant, "act": done.act, "choice": CHOICES[option], "sendings": done.sendings})
        return await _answer(desk, again or [meant], args)


async def _last_words(desk: "Desk", act: str, ids: set[str]) -> None:
    """Wait until what goes out again has its last word, or is held."""
    from functools import partial

    from tui.cli._desk import wake

    changed = asyncio.Event()
    leave = desk.subscribe(partial(wake, asyncio.get_running_loop(), changed))
    try:
        while not (await desk.summary()).held_by:
            changed.clear()
            mine = [e for e in await desk.outbox(act) if e.id in ids]
            if not any(e.is_pending and e.state != "unknown" for e in mine):
                return
            await changed.wait()
    finally:
        leave()


async def _answer(desk: "Desk", ids: list[str], args: argparse.Namespace, *, dry: bool = False) -> int:
    from inbox.progress import leaves_at
    from tui.cli._desk import now

    entries = await desk.outbox()
    held_by = (await desk.summary()).held_by
    leaves = leaves_at(entries)
    chosen = [entry for entry in entries if entry.id in ids]
    for entry in chosen:
        _tell(entry, leaves.get(entry.id), now(), held_by=held_by, as_json=args.json, dry=dry)
    states = {str(entry.state) for entry in chosen}
    return os.EX_UNAVAILABLE if "rejected" in states else os.EX_TEMPFAIL if "unknown" in states else os.EX_OK
