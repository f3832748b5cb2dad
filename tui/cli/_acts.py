"""Acts from the command line: which comments, a look at what would happen, a question, the act, and what came of it."""

import argparse
import asyncio
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial

from tui.cli._desk import wake
from tui.cli._errors import CommandError
from tui.cli._prompt import confirm
from tui.i18n import _
from tui.phrases import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from inbox.desk import Act, Desk, Done, Suggestion
    from inbox.moderation import Hide, Remove, Spam
    from inbox.outbox import OutboxEntry
    from tui.cli._desk import Setting

MANY = 20
"""Comments from which a public act asks for their number, typed."""

Decide = Callable[["Desk", list[str]], Awaitable["tuple[Act, list[str]]"]]
"""Given the desk and the keys: the act, and the lines that show it before it is done."""


def arguments(parser: argparse.ArgumentParser, *, many: bool, public: bool) -> None:
    """Declare what every act understands."""
    parser.add_argument("ids", nargs="*" if many else 1, metavar="ID", help=_("SOURCE/ID as becalm list prints it"))
    if many:
        parser.add_argument(
            "--query", metavar="QUERY", help=_("every comment that matches, in the words of becalm list")
        )
    outcome_arguments(parser, public=public)


def outcome_arguments(parser: argparse.ArgumentParser, *, public: bool) -> None:
    """Declare how an act is looked at, confirmed and told."""
    parser.add_argument("--dry-run", action="store_true", help=_("say what would happen, and do nothing"))
    parser.add_argument("-y", "--yes", action="store_true", help=_("do not ask"))
    parser.add_argument("--json", action="store_true", help=_("what came of it as one JSON object, versioned"))
    if public:
        parser.add_argument(
            "--no-wait", action="store_true", help=_("leave it in the outbox: it goes when the engine runs")
        )


def moderation_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare why comments are moderated, and that a batch reaches what it leaves alone otherwise."""
    parser.add_argument(
        "--reason",
        required=True,
        metavar="WHY",
        help=_("a reason of the charter (becalm charter), and after a colon what you add"),
    )
    parser.add_argument(
        "--include-held-back",
        action="store_true",
        help=_("what a batch leaves alone too: threats, questions, what a colleague has in hand"),
    )


def text_argument(parser: argparse.ArgumentParser, what: str) -> None:
    """Declare a text that is written down, read from stdin, or taken from a template."""
    parser.add_argument("text", nargs="?", metavar="TEXT", help=what)
    parser.add_argument("--template", metavar="ID", help=_("a template's id instead; becalm templates list"))


Find = Callable[["Desk", argparse.Namespace], Awaitable[list[str]]]
"""Given the desk and the arguments: the keys that are meant."""


def perform(args: argparse.Namespace, decide: Decide, *, public: bool, find: Find | None = None) -> int:
    """Do one act from its arguments to its exit code; `find` says what is meant where that is no list of comments."""
    return asyncio.run(_perform(args, decide, find or _named, public=public))


def moderate(args: argparse.Namespace, act: "Hide | Remove | Spam", head: str) -> int:
    """Do one act of moderation; `head` counts what is meant, for a dry run."""

    async def decide(desk: "Desk", keys: list[str]) -> "tuple[Act, list[str]]":
        del desk
        return act, [head.format(n=len(keys)), *keys]

    return perform(args, decide, public=True)


async def _perform(args: argparse.Namespace, decide: Decide, find: Find, *, public: bool) -> int:
    from tui.cli._desk import operator, require_desk, settle

    setting = settle(args)
    require_desk(setting)
    who = operator(setting, no_input=args.no_input)
    async with acting_desk(setting, who, sources=public, dry=args.dry_run) as desk:
        keys = await find(desk, args)
        act, shown = await decide(desk, keys)
        planned = await desk.preview(act, keys)
        _refuse(planned)
        print("\n".join([*shown, *_held_back(planned), *_costs(planned), *_awaited(planned)]), file=sys.stderr)
        if args.dry_run:
            return told(args, planned, [], dry=True)
        if public and planned.keys and not planned.submitted:
            await asyncio.to_thread(ask, args, planned)
        done = await desk.act(act, keys)
        _refuse(done)
        sent = await wait(desk, done) if done.sendings and not args.no_wait and not getattr(args, "at", None) else []
        return told(args, done, sent, dry=False)


@asynccontextmanager
async def acting_desk(setting: "Setting", who: str, *, sources: bool, dry: bool) -> "AsyncIterator[Desk]":
    """Sit down to act; a dry run asks whoever runs the engine, or looks ahead without one: nothing leaves, nothing is written."""
    from tui.cli._desk import ahead, live_desk

    async with ahead(setting, who) if dry else live_desk(setting, who, sources=sources) as desk:
        yield desk


# -- which comments --------------------------------------------------------------------------------


async def _named(desk: "Desk", args: argparse.Namespace) -> list[str]:
    return await _keys(desk, args.ids, getattr(args, "query", None))


async def _keys(desk: "Desk", words: Sequence[str], query: str | None) -> list[str]:
    keys = [await key_of(desk, word) for word in words]
    if query is not None:
        view = await desk.open_view(query)
        keys += [row.key for row in (await desk.page(view.id, 0, view.total)).rows]
        await desk.close_view(view.id)
    if not keys:
        raise CommandError(os.EX_NOINPUT, _("no comment is meant"), hint=_("name ids, or a --query that matches some"))
    return list(dict.fromkeys(keys))


async def key_of(desk: "Desk", word: str) -> str:
    """Return the key of the comment that `word` means.

    Raises:
        CommandError: there is none, or more than one.
    """
    if await desk.detail(word) is not None:
        return word
    view = await desk.open_view(f'id:"{word}" is:any')
    rows = (await desk.page(view.id, 0, view.total)).rows
    await desk.close_view(view.id)
    same = [row.key for row in rows if row.key.partition("/")[2] == word]
    if len(same) == 1:
        return same[0]
    if same:
        raise CommandError(os.EX_USAGE, _("{n} comments have this id").format(n=len(same)), hint=", ".join(same))
    raise CommandError(
        os.EX_NOINPUT, _("no comment {word} on this desk").format(word=word), hint=_("becalm list is:any")
    )


# -- what to say -----------------------------------------------------------------------------------


def chosen_text(args: argparse.Namespace, offered: "Sequence[Suggestion]") -> tuple[str, str]:
    """Return the text and the template it came from.

    Args:
        args: with `text` ("-" reads stdin) or `template`.
        offered: what the desk offers for this comment.

    Raises:
        CommandError: neither or both are given, or the template is not offered here.
    """
    if (args.text is None) == (args.template is None):
        raise CommandError(os.EX_USAGE, _("give a text, - for stdin, or --template"))
    if args.template is None:
        return (sys.stdin.read() if args.text == "-" else args.text), ""
    fitting = [s for s in offered if args.template in {s.template, s.template.partition("#")[0]}]
    if not fitting:
        names = ", ".join(dict.fromkeys(s.template for s in offered if s.template))
        raise CommandError(
            os.EX_USAGE,
            _("template {name} is not offered here").format(name=args.template),
            hint=_("offered: {names}").format(names=names or "-"),
        )
    return fitting[0].text, fitting[0].template


def quoted(text: str) -> list[str]:
    """Show a text that is about to be public, each line set in."""
    from tui.cli._rows import one_line

    return [f"  | {one_line(line)}" for line in text.split("\n")]


# -- before and after ------------------------------------------------------------------------------


def _refuse(done: "Done") -> None:
    if done.refused:
        raise CommandError(os.EX_UNAVAILABLE, say(done.refused), hint=say(done.hint))


def _held_back(done: "Done") -> list[str]:
    return [_("left alone: {key} ({why})").format(key=key, why=say(why)) for key, why in done.held_back]


def _costs(done: "Done") -> list[str]:
    from tui.outbox_words import costs

    return [_("cost: {cost}").format(cost=cost) for cost in costs(done.tolls)]


def _awaited(done: "Done") -> list[str]:
    return [_("this waits for a second person's word: becalm approvals")] if done.submitted else []


def ask(args: argparse.Namespace, done: "Done") -> None:
    """Ask whether to go on; above twenty, by their number."""
    from tui.cli import _prompt

    reached = max(done.sendings, len(done.keys))
    if reached <= MANY or args.yes:
        confirm(_("this will be public, or change what is: go on?"), yes=args.yes, no_input=args.no_input)
        return
    typed = _prompt.ask(
        _("this reaches {n} comments: type their number").format(n=reached),
        no_input=args.no_input,
        instead=_("give --yes once you are sure, or --dry-run to look"),
    )
    if typed != str(reached):
        raise CommandError(os.EX_USAGE, _("nothing was done"))


async def wait(desk: "Desk", done: "Done") -> "list[OutboxEntry]":
    """Wait until everything that this act sends has its last word; Ctrl-C takes back what has not left."""
    changed = asyncio.Event()
    loop = asyncio.get_running_loop()
    leave = desk.subscribe(partial(wake, loop, changed))
    print(_("it leaves in a few seconds; Ctrl-C takes it back"), file=sys.stderr)
    said = ""
    try:
        while True:
            changed.clear()
            mine = await desk.outbox(done.act)
            said = _tell_progress(mine, said)
            if all(not entry.is_pending or entry.state == "unknown" for entry in mine):
                return mine
            if (await desk.summary()).held_by:
                print(_("everything is held: it stays in the outbox"), file=sys.stderr)
                return mine
            await changed.wait()
    except asyncio.CancelledError:
        taken = await desk.undo()
        print(_("taken back: {n}; already gone: {m}").format(n=taken.count, m=taken.too_late), file=sys.stderr)
        raise
    finally:
        leave()


def told(args: argparse.Namespace, done: "Done", sent: "list[OutboxEntry]", *, dry: bool) -> int:
    """Tell what came of an act; returns the exit code."""
    _answer(args, done, sent, dry=dry)
    return _code(sent)


def _tell_progress(mine: "list[OutboxEntry]", said: str) -> str:
    """Say how far a batch has come, whenever twenty more have left or something went wrong; returns what was said."""
    from inbox.progress import progress_of
    from tui.outbox_words import how_far

    far = progress_of(mine)
    step = f"{far.left // MANY} {far.refused} {far.unknown} {far.pause}"
    if far.total > MANY and step != said:
        print(how_far(far) + (f" · {say(far.pause)}" if far.pause else ""), file=sys.stderr)
    return step


def _answer(args: argparse.Namespace, done: "Done", sent: "list[OutboxEntry]", *, dry: bool) -> None:
    from msgspec import to_builtins

    from inbox.progress import progress_of
    from tui.cli._lines import emit
    from tui.outbox_words import DELIVERIES, how_far
    from tui.telling import after_colon

    if args.json:
        states = [
            {
                "id": e.id,
                "kind": str(e.kind),
                "target": e.target,
                "state": str(e.state),
                "message": e.message,
                "url": e.receipt.url if e.receipt else "",
            }
            for e in sent
        ]
        held = [{"key": key, "why": why} for key, why in done.held_back]
        told = {"v": 1, "dry_run": dry, "act": done.act, "keys": done.keys, "held_back": held, "sendings": states}
        emit({**told, "submitted": done.submitted, "leaves": done.sendings, "costs": to_builtins(done.tolls)})
        return
    if dry:
        print(_("nothing was done: this was a look"), file=sys.stderr)
    elif done.submitted:
        print(_("submitted: {id}").format(id=done.submitted))
    elif not sent:
        print(_("done: {n}").format(n=len(done.keys)))
    if len(sent) > MANY:
        print(how_far(progress_of(sent)))
    for entry in sent:
        where = entry.receipt.url if entry.receipt else say(entry.message)
        if len(sent) <= MANY or entry.state != "sent":
            words = f"{_(DELIVERIES[entry.state])} {entry.target if not entry.receipt else ''}".rstrip()
            print(after_colon(_(str(entry.kind)), f"{words} {where}".rstrip()))


def _code(sent: "list[OutboxEntry]") -> int:
    states = {str(entry.state) for entry in sent}
    if "rejected" in states:
        return os.EX_UNAVAILABLE
    return os.EX_TEMPFAIL if "unknown" in states else os.EX_OK
