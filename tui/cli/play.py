"""`becalm play`: the answer that fits what goes on under a post, looked at and decided as one act."""

import argparse
import asyncio
import os
import sys

from tui.cli import _acts
from tui.cli._errors import CommandError
from tui.cli._table import N_
from tui.i18n import _, ngettext
from tui.phrases import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from inbox.desk import Act, Desk
    from inbox.play import PlayOption, PostPlays

EXAMPLES = (
    ("becalm play", N_("the posts under which a situation is called, and the answer that fits each")),
    ("becalm play museum/film --dry-run", N_("what goes on under a post, and everything the fitting answer comes to")),
    ("becalm play museum/1142", N_("the same for the post that a comment stands under; asks before anything leaves")),
    ("becalm play museum/film --answer notice", N_("another answer than the first")),
)
WAYS = ("thread", "wave", "appeal", "notice", "silence", "offbeat")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "post", nargs="?", metavar="POST", help=_("SOURCE/POST as becalm play alone lists it, or a comment")
    )
    parser.add_argument("--answer", choices=WAYS, help=_("which answer; the first that fits otherwise"))
    parser.add_argument(
        "--danger-seen", action="store_true", help=_("the suspected dangers under the post have been looked at")
    )
    _acts.outcome_arguments(parser, public=True)


def run(args: argparse.Namespace) -> int:
    """Show the answer, ask, decide; without a post, list those where there is something to decide."""
    if args.post is None:
        return asyncio.run(_list(args))

    async def find(desk: "Desk", args: argparse.Namespace) -> list[str]:
        return [await _post(desk, args.post)]

    async def decide(desk: "Desk", keys: list[str]) -> "tuple[Act, list[str]]":
        plays = await desk.plays(keys[0])
        if plays is None or not plays.options:
            raise CommandError(os.EX_UNAVAILABLE, _("no situation is called under this post: there is nothing to play"))
        option = _option(plays, args.answer)
        if plays.dangers and not (args.danger_seen or args.dry_run):
            many = ngettext(
                "{n} comment under this post may be a danger to somebody: it comes first",
                "{n} comments under this post may be a danger to somebody: they come first",
                len(plays.dangers),
            )
            hint = _("becalm list 'is:danger post:{post}', then --danger-seen").format(post=plays.post_id)
            raise CommandError(os.EX_UNAVAILABLE, many.format(n=len(plays.dangers)), hint=hint)
        if option.refused and not args.dry_run:
            raise CommandError(os.EX_UNAVAILABLE, say(option.refused), hint=_("--answer chooses another"))
        return option.play, _shown(plays, option)

    return _acts.perform(args, decide, public=True, find=find)


async def _list(args: argparse.Namespace) -> int:
    from tui.cli._desk import known_operator, live_desk, require_desk, settle
    from tui.cli._lines import emit
    from tui.cli._rows import one_line
    from tui.telling import SITUATIONS

    setting = settle(args)
    require_desk(setting)
    async with live_desk(setting, known_operator(setting.config), sources=False) as desk:
        await desk.plays("")  # waits until an engine that has just been started has read what went on before
        said = False
        for heat in (await desk.summary()).hottest:
            plays = await desk.plays(f"{heat.source}/{heat.post_id}")
            if plays is None or not plays.options:
                continue
            said = True
            answers = [str(option.play.answer) for option in plays.options]
            post, names = f"{heat.source}/{heat.post_id}", [str(call.situation) for call in plays.calls]
            if args.json:
                emit({"v": 1, "post": post, "title": plays.title, "situations": names, "answers": answers})
                continue
            called = " + ".join(_(SITUATIONS[name]) for name in names)
            danger = f"‼ {len(plays.dangers)}  " if plays.dangers else ""
            print(f"{danger}{called} · {one_line(plays.title)}  {one_line(post)}  {', '.join(answers)}")
    if not said:
        print(_("no situation is called: there is nothing to play"), file=sys.stderr)
    return os.EX_OK


async def _post(desk: "Desk", word: str) -> str:
    """Return the "SOURCE/POST" that a word means: a post's own, or that of a comment."""
    if await desk.plays(word) is not None:
        return word
    detail = await desk.detail(await _acts.key_of(desk, word))
    assert detail is not None
    return f"{detail.item.source}/{detail.item.comment.post_id}"


def _option(plays: "PostPlays", answer: str | None) -> "PlayOption":
    for option in plays.options:
        if str(option.play.answer) == answer or (answer is None and not option.refused):
            return option
    if answer is None:
        return plays.options[0]
    ways = ", ".join(dict.fromkeys(str(option.play.answer) for option in plays.options))
    raise CommandError(
        os.EX_USAGE,
        _("“{answer}” does not fit here").format(answer=answer),
        hint=_("offered: {names}").format(names=ways),
    )


def _shown(plays: "PostPlays", option: "PlayOption") -> list[str]:
    """Say what goes on and what would leave, before the held-back ones and the question."""
    from tui.cli._rows import one_line
    from tui.telling import SITUATIONS, after_colon, reason_words

    play = option.play
    lines = []
    for call in plays.calls:
        why = reason_words(call.reason)
        lines.append(after_colon(f"{_(SITUATIONS[call.situation])} · {one_line(plays.title)}", why))
    if plays.dangers:
        many = ngettext("‼ {n} suspected danger comes first", "‼ {n} suspected dangers come first", len(plays.dangers))
        lines.append(many.format(n=len(plays.dangers)))
    if play.title:
        lines.append(_("a new thread: {title}").format(title=one_line(play.title)))
    if play.text:
        lines += [say(option.where), *_acts.quoted(option.mention + play.text)]
    if play.house_comment:
        lines += [_("under the post:"), *_acts.quoted(play.house_comment)]
        lines += [_("pinned, {where}").format(where=say(option.pin_where))] if play.pin else []
    if play.close:
        lines.append(_("close: {n}").format(n=len(play.close)))
    return lines
