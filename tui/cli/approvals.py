"""`becalm approvals`: what waits for a second person's word, and what became of the latest others."""

import argparse
import asyncio
import os

from tui.cli._table import N_
from tui.i18n import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from inbox.approval import Pending

EXAMPLES = (
    ("becalm approvals", N_("what waits, oldest first")),
    ("becalm approvals --letter 4f2a", N_("one of them whole, to send by mail")),
)

SHOWN = 3
"""Ids named of a submission about many comments."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--letter", metavar="ID", help=_("one of them as a text to send by mail"))
    parser.add_argument("--json", action="store_true", help=_("one JSON object a line, versioned"))


def run(args: argparse.Namespace) -> int:
    """List them."""
    return asyncio.run(_run(args))


async def _run(args: argparse.Namespace) -> int:
    from tui.approval_words import letter
    from tui.cli._desk import ahead, operator, require_desk, settle
    from tui.cli._house import one_of

    setting = settle(args)
    require_desk(setting)
    async with ahead(setting, operator(setting, no_input=args.no_input)) as desk:
        found = await desk.submissions()
    if args.letter:
        ids = [each.submission.id for each in found]
        chosen = one_of(args.letter, ids, _("submission"))
        print(letter(found[ids.index(chosen)]), end="")
        return os.EX_OK
    for each in found:
        _write(each, json=args.json)
    return os.EX_OK


def _write(pending: "Pending", *, json: bool) -> None:
    from tui.approval_words import STANDS, WHATS, approved_by, whys
    from tui.cli._house import stamp
    from tui.cli._lines import emit
    from tui.cli._rows import one_line

    submission = pending.submission
    if json:
        emit({"v": 1, **_plain(pending)})
        return
    words = [_(STANDS[submission.stand]), _(WHATS.get(pending.what, pending.what)), submission.by, stamp(submission.at)]
    more = len(submission.keys) - SHOWN
    words += [", ".join(submission.keys[:SHOWN]) + (" " + _("and {n} more").format(n=more) if more > 0 else "")]
    words += [whys(pending)]
    words += [approved_by(submission.approval)] if submission.approval else []
    words += [_("conflict: another answer waits")] if pending.rivals else []
    print(one_line("  ".join([submission.id, *filter(None, words)])))
    for text in pending.words:
        print("  | " + one_line(text.text))


def _plain(pending: "Pending") -> dict[str, object]:
    submission, word = pending.submission, pending.submission.approval
    return {
        "id": submission.id,
        "stand": str(submission.stand),
        "what": pending.what,
        "by": submission.by,
        "at": submission.at,
        "keys": submission.keys,
        "why": [str(why) for why in submission.why],
        "heading": submission.heading,
        "reason": submission.reason,
        "words": {words.field: words.text for words in pending.words},
        "rivals": pending.rivals,
        "barred": pending.barred,
        "alone": pending.alone,
        "stale": pending.stale,
        "approval": None
        if word is None
        else {"by": word.by, "how": str(word.how), "at": word.at, "noted_by": word.noted_by, "note": word.note},
        "said": submission.said,
    }
