"""`becalm export`: every item written out, open and done, as JSONL, CSV or a readable report."""

import argparse
import csv
import os
import re
import sys
from collections.abc import Iterable
from typing import Any

from tui.cli._escape import cell, markdown
from tui.cli._table import N_
from tui.i18n import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from inbox.fold import Inbox
    from inbox.item import Item

EXAMPLES = (
    ("becalm export > all.jsonl", N_("everything; becalm import reads it back")),
    ("becalm export --format csv 'post:L’Épée' > week.csv", N_("for a spreadsheet")),
    ("becalm export --format md 'risk>=heated age<7d' > report.md", N_("to read and to print")),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "query", nargs="*", metavar="QUERY", help=_("which ones, in the words of becalm list; none: all")
    )
    parser.add_argument(
        "--format", choices=("jsonl", "csv", "md"), default="jsonl", help=_("jsonl unless said otherwise")
    )


def run(args: argparse.Namespace) -> int:
    """Write what matches, oldest first."""
    from inbox.query import compile_query
    from inbox.rows import Order
    from inbox.views import arranged
    from tui.cli._desk import known_operator, now, read_inbox, settle

    setting = settle(args)
    inbox, _following = read_inbox(setting)
    query = " ".join(args.query)
    # an export is a record: without a word about state it holds what is done as well
    if not re.search(r"(^|\s)-?(state:|is:(open|done|own|any))", query):
        query = f"{query} is:any".strip()
    matches = compile_query(query, inbox, now=now(), operator=known_operator(setting.config))
    chosen = arranged(filter(matches, inbox.items.hot.values()), Order.OLDEST, inbox.reach)
    items = (inbox.items[hot.key] for hot in chosen)
    {"jsonl": _jsonl, "csv": _csv, "md": _markdown}[args.format](inbox, items)
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
