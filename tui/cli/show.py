"""`becalm show`: one comment in full: its reasons, its thread, what was sent, the notes of colleagues."""

import argparse
import os

from tui.cli._table import N_
from tui.i18n import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from inbox.fold import Inbox
    from inbox.item import Item

EXAMPLES = (
    ("becalm show museum/1142", N_("the key that list prints")),
    ("becalm show 1142 --json", N_("the platform's own id will do where it is the only one")),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("id", metavar="ID", help=_("SOURCE/ID, or the platform's id alone"))
    parser.add_argument("--json", action="store_true", help=_("one JSON object, versioned"))


def run(args: argparse.Namespace) -> int:
    """Print one item."""
    from tui.cli._desk import read_inbox, say_how_fresh, settle
    from tui.cli._lines import emit

    setting = settle(args)
    inbox, _following = read_inbox(setting)
    item = find(inbox, args.id)
    if args.json:
        emit(_full(inbox, item))
    else:
        print("\n".join(_lines(inbox, item)))
    say_how_fresh(setting)
    return os.EX_OK


def find(inbox: "Inbox", word: str) -> "Item":
    """Find an item by its key, or by a platform's id that only one source knows.

    Raises:
        CommandError: there is none, or more than one.
    """
    from tui.cli._errors import CommandError

    item = inbox.items.get(word)
    if item is not None:
        return item
    same = [key for key in inbox.items if key.partition("/")[2] == word]
    if len(same) == 1:
        return inbox.items[same[0]]
    if same:
        keys = ", ".join(same)
        raise CommandError(os.EX_USAGE, _("{n} comments have this id").format(n=len(same)), hint=keys)
    raise CommandError(
        os.EX_NOINPUT, _("no comment {word} on this desk").format(word=word), hint=_("becalm list is:any")
    )


def _full(inbox: "Inbox", item: "Item") -> dict[str, object]:
    from msgspec import to_builtins

    from tui.cli._rows import record

    return record(inbox, item) | {
        "suspected": item.suspected,
        "reasons": to_builtins(item.assessment.signals),
        "thread": [other.key for other in _thread(inbox, item)],
        "sendings": [
            {
                "id": entry.id,
                "kind": str(entry.kind),
                "by": entry.by,
                "state": str(entry.state),
                "text": entry.outgoing.text if entry.outgoing else "",
                "url": entry.receipt.url if entry.receipt else "",
                "message": entry.message,
                "reason": entry.reason,
                "until": None if entry.until is None else entry.until.isoformat(),
                "approval": None if entry.approval is None else to_builtins(entry.approval),
                "settled_by": entry.settled_by,
                "settled_at": None if entry.settled_at is None else entry.settled_at.isoformat(),
            }
            for entry in inbox.sendings(item.key)
        ],
    }


def _thread(inbox: "Inbox", item: "Item") -> list["Item"]:
    from inbox.conversation import conversation

    return conversation(inbox, item)


def _lines(inbox: "Inbox", item: "Item") -> list[str]:
    from inbox.item import written_at
    from inbox.networks import label_of
    from tui.approval_words import approved_by
    from tui.cli._desk import now
    from tui.cli._rows import age, line, mark, one_line, title_of
    from tui.outbox_words import DELIVERIES, KINDS
    from tui.signal_words import SIGNALS
    from tui.telling import after_colon

    comment = item.comment
    head = [
        one_line(comment.author.name),
        label_of(item.network),
        age(written_at(item), now()),
        item.assessment.language,
    ]
    lines = [f"{mark(item.level, question=item.is_question)} {' · '.join(head)}", one_line(item.key)]
    lines += [after_colon(_("under"), title)] if (title := title_of(inbox, item)) else []
    lines += [one_line(comment.url)] if comment.url else []
    # every line of the comment is set in: none of it can pass for a line of ours
    lines += ["", *(f"  | {one_line(text)}" for text in comment.text.split("\n")), ""]
    why = [
        f"{_(SIGNALS[signal.kind])} " + _("“{words}”").format(words=one_line(signal.text))
        for signal in item.assessment.signals
    ]
    risk = after_colon(_("risk"), f"{_(item.level.label)} {item.risk:.2f}")
    lines.append(risk + " · " + after_colon(_("why"), ", ".join(why) or _("tone alone")))
    hand = f" · {one_line(item.claimed_by)}" if item.claimed_by else ""
    lines.append(after_colon(_("state"), f"{_(str(item.state))}{hand}"))
    for entry in inbox.sendings(item.key):
        hand = ""
        if entry.settled_at is not None:
            said = _("done by hand by {who}, {when}")
            hand = "· " + said.format(
                who=one_line(entry.settled_by), when=f"{entry.settled_at.astimezone():%Y-%m-%d %H:%M} "
            )
        state = f"{_(KINDS[entry.kind])} · {one_line(entry.by)} · {_(DELIVERIES[entry.state])} {hand}{one_line(entry.message)}"
        lines.append(state.rstrip())
        lines += [f"  {one_line(entry.reason)}"] if entry.reason else []
        lines += [f"  {one_line(approved_by(entry.approval))}"] if entry.approval else []
    lines += [after_colon(f"{_('note')} · {one_line(note.by)}", one_line(note.text)) for note in item.notes]
    others = [other for other in _thread(inbox, item) if other.key != item.key]
    if others:
        lines += ["", _("in the same thread:"), *(line(other, now()) for other in others)]
    return lines
