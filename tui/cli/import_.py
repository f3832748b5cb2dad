"""`becalm import`: comments from JSONL into the inbox; what `export` wrote comes back with its states."""

import argparse
import queue
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TypeVar

from msgspec import Struct

from tui.cli._lines import Lines, source
from tui.cli._table import N_
from tui.i18n import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from connectors._model import Comment, Post
    from inbox.engine import Engine
    from inbox.events import AnyEvent
    from inbox.ledger import Ledger
    from tui.cli._desk import Setting

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
    from inbox.engine import Engine
    from inbox.ledger import Ledger
    from inbox.paths import make_private
    from inbox.store import Store
    from tui.cli._desk import known_operator, settle

    setting = settle(args)
    make_private(str(setting.folder))
    who = known_operator(setting.config) or "becalm import"
    with source(args.file) as file:
        ledger = Ledger(Store(setting.folder, holder=who))
        engine = Engine(ledger, {})
        try:
            lines = Lines(file, args.file)
            taken = 0
            for batch in _as_they_come(_checked(lines)):
                _take_in(engine, [entry for _line, entry in batch], who)
                taken += len(batch)
                if args.ack:
                    print("\n".join(str(line.id) for line, _entry in batch), flush=True)
        finally:
            _leave_status(setting, ledger, who)
            ledger.close()
    if not args.ack:
        print(_("{n} comments are on the desk “{desk}”").format(n=taken, desk=setting.desk), file=sys.stderr)
    return lines.code


def _leave_status(setting: "Setting", ledger: "Ledger", who: str) -> None:
    """Let the quick check know of what came in."""
    from contextlib import suppress

    from inbox.status import write_status
    from inbox.summary import summarise

    now = datetime.now(UTC)
    with ledger.reading() as inbox, suppress(OSError):
        summary = summarise(inbox, now=now, operator=who, desk=setting.desk, sources=())
        write_status(str(setting.folder), summary, now)


class Entry(Struct, frozen=True):
    """One line, judged and made safe."""

    source: str
    comment: "Comment"
    post: "Post | None"
    line: Line


def _checked(lines: Lines) -> Iterator[tuple[Line, Entry]]:
    for number, line in lines.read(Line):
        try:
            yield line, _entry(line)
        except ValueError as error:
            lines.refuse(number, str(error))


def _entry(line: Line) -> Entry:
    from connectors._model import Author, Comment, Post
    from connectors._text import sanitise
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
        created_at=line.at if line.at.tzinfo else line.at.replace(tzinfo=UTC),
        url=sanitise(line.url, single_line=True),
        network=platform,
        language=_id(line.lang)[:8],
        raw="" if text == line.text else line.text,
    )
    title = sanitise(line.post_title, single_line=True) or sanitise(comment.post_id)
    post = Post(native_id=comment.post_id, title=title) if comment.post_id else None
    return Entry(f"import:{platform}", comment, post, line)


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


def _take_in(engine: "Engine", entries: list[Entry], who: str) -> None:
    """Make a batch durable: comments first, then what had already been decided about them."""
    from connectors._model import Batch

    by_source: dict[str, list[Entry]] = {}
    for entry in entries:
        by_source.setdefault(entry.source, []).append(entry)
    for name, group in by_source.items():
        latest = {entry.comment.native_id: entry.comment for entry in group}
        posts = {entry.post.native_id: entry.post for entry in group if entry.post is not None}
        engine.ingest(name, Batch(comments=tuple(latest.values()), posts=tuple(posts.values()), cursor=""))
    events = list(_decided(engine, entries, who))
    if events:
        engine.ledger.record(events, human=True)


def _decided(engine: "Engine", entries: list[Entry], who: str) -> "Iterator[AnyEvent]":
    from connectors._text import sanitise
    from inbox.events import Claimed, Corrected, StateSet
    from inbox.item import TriageState, key_of
    from inbox.query import LEVELS

    now = datetime.now(UTC)
    items = engine.ledger.inbox.items
    moved: dict[tuple[TriageState, datetime | None], list[str]] = {}
    for entry in entries:
        line, key = entry.line, key_of(entry.source, entry.comment.native_id)
        if line.claimed_by and items[key].claimed_by != line.claimed_by:
            yield Claimed(at=now, by=sanitise(line.claimed_by, single_line=True), keys=(key,))
        if line.state and items[key].state != line.state:
            # one that was put off and does not say until when is simply open: nobody would ever see it again
            lost = line.state == TriageState.SNOOZED and line.snoozed_until is None
            state = TriageState.NEW if lost else TriageState(line.state)
            moved.setdefault((state, line.snoozed_until), []).append(key)
        if line.corrected and items[key].corrected != LEVELS[line.corrected]:
            yield Corrected(at=now, by=who, keys=(key,), level=LEVELS[line.corrected])
    for (state, until), keys in moved.items():
        yield StateSet(at=now, by=who, keys=tuple(keys), state=state, until=until)
