"""`becalm export`: every item written out, open and done, as JSONL, CSV or a readable report."""

import argparse
import csv
import os
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tui.cli._errors import CommandError
from tui.cli._escape import cell, markdown
from tui.cli._table import N_
from tui.i18n import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from inbox.fold import Inbox
    from inbox.item import Item
    from tui.cli._desk import Setting

EXAMPLES = (
    ("becalm export > all.jsonl", N_("everything; becalm import reads it back")),
    ("becalm export --format csv 'post:L’Épée' > week.csv", N_("for a spreadsheet")),
    ("becalm export --format md 'risk>=heated age<7d' > report.md", N_("to read and to print")),
    ("becalm export --author @camille > camille.json", N_("everything held of one person, for a right of access")),
    ("becalm export --evidence --out dossier 'is:danger'", N_("what was captured, for a lawyer, with its check")),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "query", nargs="*", metavar="QUERY", help=_("which ones, in the words of becalm list; none: all")
    )
    parser.add_argument(
        "--format", choices=("jsonl", "csv", "md"), default="jsonl", help=_("jsonl unless said otherwise")
    )
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--author", metavar="WHO", help=_("all that is held of one person: SOURCE/ID, handle or name"))
    kind.add_argument(
        "--evidence", action="store_true", help=_("a dossier of what was captured, into the folder of --out")
    )
    parser.add_argument("--out", metavar="DIR", help=_("a new folder, for --evidence"))


def run(args: argparse.Namespace) -> int:
    """Write what matches, oldest first."""
    from inbox.query import compile_query
    from inbox.rows import Order
    from inbox.views import arranged
    from tui.cli._desk import known_operator, now, read_inbox, say_how_fresh, settle

    if args.evidence != (args.out is not None):
        raise CommandError(os.EX_USAGE, _("--evidence and --out DIR belong together"))
    setting = settle(args)
    inbox, _following = read_inbox(setting)
    if args.author is not None:
        return _person(setting, inbox, args.author)
    query = " ".join(args.query)
    # an export is a record: without a word about state it holds what is done as well
    if not re.search(r"(^|\s)-?(state:|is:(open|done|own|any))", query):
        query = f"{query} is:any".strip()
    matches = compile_query(query, inbox, now=now(), operator=known_operator(setting.config))
    chosen = arranged(inbox, filter(matches, inbox.items.hot.rows()), Order.OLDEST)
    if args.evidence:
        from tui.cli._dossier import write

        print(write(setting, frozenset(map(inbox.items.hot.ids.__getitem__, chosen)), Path(args.out)), file=sys.stderr)
        return os.EX_OK
    items = map(inbox.items.at, chosen)
    {"jsonl": _jsonl, "csv": _csv, "md": _markdown}[args.format](inbox, items)
    say_how_fresh(setting)
    return os.EX_OK


def _person(setting: "Setting", inbox: "Inbox", wanted: str) -> int:
    """Write everything the desk holds of one person, colleagues' notes included."""
    import msgspec

    from inbox.people import find
    from tui.cli._person import kept_of
    from tui.cli._rows import one_line

    people = find(inbox, wanted)
    if not people:
        raise CommandError(os.EX_NOINPUT, _("nobody of that name wrote here: {name}").format(name=one_line(wanted)))
    if len(people) > 1:
        raise CommandError(
            os.EX_USAGE,
            _("several people are called so: {names}").format(names=", ".join(one_line(p.address) for p in people)),
            hint=_("say which: SOURCE/ID"),
        )
    (person,) = people
    said = kept_of(inbox, person, setting.folder)
    sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(said), indent=1) + b"\n")
    return os.EX_OK


def _jsonl(inbox: "Inbox", items: Iterable["Item"]) -> None:
    import msgspec

    from tui.cli._rows import record

    encoder = msgspec.json.Encoder()
    for item in items:
        sys.stdout.buffer.write(encoder.encode(record(inbox, item)) + b"\n")


def _csv(inbox: "Inbox", items: Iterable["Item"]) -> None:
    from tui.cli._rows import record

    writer: Any = None
    sys.stdout.reconfigure(newline="")  # type: ignore[union-attr]  # RFC 4180 wants its own line ends
    for item in items:
        fields = record(inbox, item)
        if writer is None:
            writer = csv.writer(sys.stdout, lineterminator="\r\n")
            writer.writerow(fields)
        writer.writerow([cell(value) for value in fields.values()])


def _markdown(inbox: "Inbox", items: Iterable["Item"]) -> None:
    from tui.cli._rows import mark, one_line, title_of

    by_post: dict[str, list[Item]] = {}
    for item in items:
        by_post.setdefault(title_of(inbox, item) or _("without a post"), []).append(item)
    print(f"# {_('Comments')}\n")
    for title, group in by_post.items():
        print(f"## {markdown(title)} ({len(group)})\n")
        for item in group:
            when = item.comment.created_at.astimezone().strftime("%Y-%m-%d %H:%M")
            print(
                f"- {mark(item.level, question=item.is_question)} **{markdown(one_line(item.comment.author.name))}** · {when} · {_(str(item.state))}"
            )
            for text in item.comment.text.split("\n"):
                print(f"  > {markdown(one_line(text))}".rstrip())
        print()
