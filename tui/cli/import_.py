"""`becalm import`: comments from JSONL into the inbox; what `export` wrote comes back with its states."""

import argparse
import asyncio
import queue
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TypeVar

from msgspec import Struct

from tui.cli._lines import Lines, source
from tui.cli._table import N_
from tui.i18n import _, ngettext

TYPE_CHECKING = False
if TYPE_CHECKING:
    from inbox.desk import Arrival

EXAMPLES = (
    ("becalm import comments.jsonl", N_("id, post, parent, author, author_name, at, text[, lang, platform]")),
    ("becalm export > all.jsonl; becalm import all.jsonl", N_("what export wrote, states included")),
    ("producer | becalm import --ack -", N_("prints each id once it is safe on the disk")),
)
BATCH = 500
"""Comments in one transaction, at most; fewer when they come slower than the disk."""
_T = TypeVar("_T")


class Line(Struct, frozen=True, kw_only=True):
    """One line of input."""

    id: str | int
    text: str
    at: datetime
    author: str | int = ""
    author_name: str = ""
    post: str | int | None = ""
    post_title: str = ""
    parent: str | int | None = None
    lang: str | None = ""
    platform: str = ""
    url: str = ""
    state: str = ""
    snoozed_until: datetime | None = None
    corrected: str | None = None
    claimed_by: str = ""
    own: bool = False


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("file", nargs="?", default="-", metavar="FILE", help=_("JSONL; - or nothing reads stdin"))
    parser.add_argument("--ack", action="store_true", help=_("print each id, one a line, once it is durable"))


def run(args: argparse.Namespace) -> int:
    """Take every good line in."""
    return asyncio.run(_run(args))


async def _run(args: argparse.Namespace) -> int:
    from tui.cli._desk import known_operator, live_desk, settle

    setting = settle(args)
    with source(args.file) as file:
        lines = Lines(file, args.file)
        # beside an open desk the comments go through its engine; without one this process is the engine
        async with live_desk(setting, known_operator(setting.config) or "becalm import", sources=False) as desk:
            taken = new = 0
            coming = _as_they_come(_checked(lines))
            while batch := await asyncio.to_thread(next, coming, None):
                new += await desk.take_in([arrival for _line, arrival in batch])
                taken += len(batch)
                if args.ack:
                    print("\n".join(str(line.id) for line, _arrival in batch), flush=True)
    if not args.ack:
        said = ngettext("{n} comment read for the desk “{desk}”", "{n} comments read for the desk “{desk}”", taken)
        changed = ngettext("{n} new or changed", "{n} new or changed", new)
        print(said.format(n=taken, desk=setting.desk), changed.format(n=new), sep=" · ", file=sys.stderr)
    return lines.code


def _checked(lines: Lines) -> "Iterator[tuple[Line, Arrival]]":
    for number, line in lines.read(Line):
        try:
            yield line, _arrival(line)
        except ValueError as error:
            lines.refuse(number, str(error))


def _arrival(line: Line) -> "Arrival":
    from connectors._model import Author, Comment, Post
    from connectors._text import sanitise
    from inbox.desk import Arrival
    from inbox.item import TriageState
    from inbox.query import LEVELS

    native = _id(line.id)
    if not native:
        raise ValueError("`id` is empty")
    if line.state and line.state not in set(TriageState):
        raise ValueError(f"`state` is one of {', '.join(TriageState)}")
    if line.corrected and line.corrected not in LEVELS:
        raise ValueError(f"`corrected` is one of {', '.join(LEVELS)}")
    platform = _id(line.platform).lower() or "file"
    author = _id(line.author) or sanitise(line.author_name, single_line=True) or "?"
    name = sanitise(line.author_name, single_line=True) or sanitise(author)
    text = sanitise(line.text)
    comment = Comment(
        native_id=native,
        post_id=_id(line.post),
        parent_id=_id(line.parent) or None,
        author=Author(native_id=author, handle=sanitise(author), name=name, is_self=line.own),
        text=text,
        created_at=_aware(line.at),
        url=sanitise(line.url, single_line=True),
        network=platform,
        language=_id(line.lang)[:8],
        raw="" if text == line.text else line.text,
    )
    title = sanitise(line.post_title, single_line=True) or sanitise(comment.post_id)
    post = Post(native_id=comment.post_id, title=title) if comment.post_id else None
    return Arrival(
        source=f"import:{platform}",
        comment=comment,
        post=post,
        state=TriageState(line.state) if line.state else None,
        snoozed_until=_aware(line.snoozed_until) if line.snoozed_until else None,
        corrected=LEVELS[line.corrected] if line.corrected else None,
        claimed_by=sanitise(line.claimed_by, single_line=True),
    )


def _aware(moment: datetime) -> datetime:
    """Read a moment without a zone as UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _id(value: str | float | None) -> str:
    """Make an id fit to be typed and shown: it becomes part of a key."""
    from connectors._text import sanitise

    return "" if value is None else sanitise(str(value), single_line=True).replace(" ", "_")


class _End(Struct, frozen=True):
    """Nothing more comes; or the reading failed."""

    error: Exception | None


def _as_they_come(entries: Iterator[_T]) -> Iterator[list[_T]]:
    """Group what has arrived meanwhile: one transaction for many when they come fast, no waiting when they are slow."""
    arrived: queue.Queue[_T | _End] = queue.Queue(maxsize=4 * BATCH)
    threading.Thread(target=_pump, args=(entries, arrived), name="becalm-import", daemon=True).start()
    while True:
        batch, end = _gather(arrived)
        if batch:
            yield batch
        if end is not None and end.error is not None:
            raise end.error
        if end is not None:
            return


def _pump(entries: Iterator[_T], arrived: "queue.Queue[_T | _End]") -> None:
    error: Exception | None = None
    try:
        for entry in entries:
            arrived.put(entry)
    except Exception as caught:  # noqa: BLE001 - raised again by whoever waits for the entries
        error = caught
    arrived.put(_End(error))


def _gather(arrived: "queue.Queue[_T | _End]") -> tuple[list[_T], _End | None]:
    """Wait for one entry, then take those that are there already."""
    batch: list[_T] = []
    while not batch or (len(batch) < BATCH and not arrived.empty()):
        entry = arrived.get()
        if isinstance(entry, _End):
            return batch, entry
        batch.append(entry)
    return batch, None
