"""`becalm look`: a public thread without an account: read, scored, its copies folded, its situation called."""

import argparse
import asyncio
import os
import shutil
import sys
from collections.abc import Iterator
from typing import Any

from tui.cli._parser import at_least_one
from tui.cli._table import N_
from tui.i18n import _, ngettext

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime

    from connectors._public_thread import PublicThread
    from inbox.looked import Judged, Looked
    from scoring.assessment import RiskLevel

EXAMPLES = (
    ("becalm look https://bsky.app/profile/museum.example/post/3kabc", N_("a thread of Bluesky")),
    ("becalm look https://mastodon.example/@museum/112233", N_("of Mastodon and its kin")),
    ("becalm look https://blog.example/an-opening/ --json", N_("of a WordPress site; one JSON object a line")),
)
_TINTS = ("32", "33", "1;33", "1;31")
"""How a terminal shows each level, as the desk does with 16 colours; the symbol says the same without colour."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("url", metavar="URL", help=_("of a post or a comment of Bluesky, Mastodon or WordPress"))
    parser.add_argument("--json", action="store_true", help=_("one JSON object a line: the thread, then each comment"))
    parser.add_argument("--limit", type=at_least_one, metavar="N", help=_("at most N, the newest"))
    parser.add_argument("--all", action="store_true", help=_("every copy of a wave, not one for all"))
    parser.add_argument(
        "--server", default="", metavar="URL", help=_("another view of Bluesky's network than the public one")
    )


def run(args: argparse.Namespace) -> int:
    """Read it, judge it, print it."""
    from inbox.learning import thresholds_of
    from inbox.looked import judge
    from tui.cli._desk import now, settle

    setting = settle(args)
    levels = thresholds_of(setting.folder, setting.config.risk.tense, setting.config.risk.heated)
    looked = judge(asyncio.run(_read(args.url.strip(), args.server.strip())), levels)
    if args.json:
        _tell(looked, args.limit)
    else:
        _show(looked, now(), limit=args.limit, every=args.all)
    return os.EX_OK


async def _read(url: str, server: str) -> "PublicThread":
    from connectors._public import client_for, read_public

    http = client_for(server or url)
    try:
        return await read_public(url, http, server=server)
    finally:
        await http.aclose()


def _newest(found: "list[Judged]", limit: int | None) -> "list[Judged]":
    return found[::-1] if limit is None else found[::-1][:limit]


# -- for scripts -----------------------------------------------------------------------------------


def _tell(looked: "Looked", limit: int | None) -> None:
    from tui.cli._lines import emit

    thread, situation = looked.thread, looked.situation
    emit(
        {
            "v": 1,
            "kind": "thread",
            "platform": thread.platform,
            "post": thread.post.native_id,
            "url": thread.post.url,
            "title": thread.post.title,
            "author_name": thread.author.name,
            "comments": len(thread.comments),
            "missing": thread.missing,
            "situation": situation.situation,
            "since": situation.since,
            "why": situation.why,
            "waves": situation.waves,
        }
    )
    for each in _newest(list(looked.comments), limit):
        emit(_record(thread, each))


def _record(thread: "PublicThread", each: "Judged") -> dict[str, Any]:
    comment, assessment = each.comment, each.assessment
    return {
        "v": 1,
        "kind": "comment",
        "id": comment.native_id,
        "platform": thread.platform,
        "post": thread.post.native_id,
        "parent": comment.parent_id,
        "author": comment.author.native_id,
        "author_name": comment.author.name,
        "at": comment.created_at.isoformat(),
        "text": comment.text,
        "url": comment.url,
        "lang": assessment.language,
        "level": assessment.level.label,
        "risk": round(assessment.risk, 4),
        "sentiment": round(assessment.sentiment, 4),
        "signals": [str(signal.kind) for signal in assessment.signals],
        "question": assessment.is_question,
        "own": comment.author.is_self,
        "wave": each.wave or None,
    }


# -- for people ------------------------------------------------------------------------------------


def _show(looked: "Looked", now: "datetime", *, limit: int | None, every: bool) -> None:
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0
    colours = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    for line in _heading(looked, width):
        print(line)
    found = list(looked.comments) if every else looked.folded()
    for each in _newest(found, limit):
        line = _line(each, looked.thread.platform, now, width=width, folded=not every)
        print(_tinted(line, each.assessment.level) if colours else line)


def _tinted(line: str, level: "RiskLevel") -> str:
    return f"\x1b[{_TINTS[level]}m{line[:1]}\x1b[m{line[1:]}"


def _heading(looked: "Looked", width: int) -> Iterator[str]:
    from tui.cli._rows import fitted, one_line
    from tui.telling import SITUATIONS, after_colon, reason_words

    thread = looked.thread
    yield fitted(f"{one_line(thread.author.name)} · {one_line(thread.post.title or thread.post.text)[:120]}", width)
    if thread.post.url:
        yield one_line(thread.post.url)
    for call in looked.situation.calls:
        yield after_colon(_(SITUATIONS[call.situation]), reason_words(call.reason))
    n = len(thread.comments)
    said = ngettext("{n} comment", "{n} comments", n).format(n=n)
    if thread.missing:
        said += " · " + _("{n} more counted, and not shown to strangers").format(n=thread.missing)
    yield said


def _line(each: "Judged", platform: str, now: "datetime", *, width: int, folded: bool) -> str:
    from inbox.networks import code_of
    from tui.cli._rows import WIDEST_NAME, age, fitted, mark, one_line, padded

    comment, assessment = each.comment, each.assessment
    name = padded(one_line(comment.author.name), WIDEST_NAME, width)
    marks = "▣ " if comment.attachments else ""
    copies = f"×{each.copies + 1} " if folded and each.copies else ""
    words = _("(masked: --json shows it)") if assessment.is_danger else one_line(comment.text)
    sign = mark(assessment.level, question=assessment.is_question)
    text = f"{sign} {code_of(platform)} {name} {age(comment.created_at, now):>6}  {copies}{marks}{words}"
    return fitted(text, width)
