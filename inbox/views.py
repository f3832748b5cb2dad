"""Views: lists whose order stands still while comments arrive, asked for by the screenful."""

from collections.abc import Callable, Iterable
from itertools import count

from inbox.fold import Inbox
from inbox.item import Item, written_at
from inbox.outbox import DeliveryState
from inbox.query import Predicate
from inbox.rows import Order, Page, Row, View

EXCERPT = 400
"""Code points of a text that a row carries: two lines of the widest sensible list."""
SMALLEST_WAVE = 3
"""Members from which near-identical comments are called a wave."""


SORT_KEYS: dict[Order, tuple[Callable[[Item], object], bool]] = {
    Order.NEWEST: (lambda item: (written_at(item), item.key), True),
    Order.OLDEST: (lambda item: (written_at(item), item.key), False),
    Order.RISK: (lambda item: (item.risk, written_at(item), item.key), True),
}


class _Opened:
    """One opened list."""

    def __init__(self, number: int, query: str, order: Order, compiled: Callable[[], Predicate]) -> None:
        self.compiled = compiled
        self.number = number
        self.query = query
        self.order = order
        self.matches = compiled()
        self.keys: list[str] = []
        self.members: set[str] = set()
        self.waiting: set[str] = set()
        self.index: dict[str, int] | None = None

    def view(self) -> View:
        return View(self.number, len(self.keys), len(self.waiting), self.query, self.order)


class Views:
    """All lists opened on one inbox; not thread-safe, its owner locks."""

    def __init__(self, inbox: Inbox) -> None:
        """Watch `inbox`."""
        self._inbox = inbox
        self._numbers = count(1)
        self._opened: dict[int, _Opened] = {}

    def open(self, query: str, order: Order, compiled: Callable[[], Predicate]) -> View:
        """Open a list of the items that match; the query is compiled anew at each merge, since ages count from now."""
        opened = _Opened(next(self._numbers), query, order, compiled)
        self._opened[opened.number] = opened
        return self._sort(opened)

    def close(self, number: int) -> None:
        """Forget a list."""
        self._opened.pop(number, None)

    def merge(self, number: int) -> View:
        """Bring waiting arrivals in, drop what no longer matches, sort again."""
        opened = self._opened[number]
        opened.matches = opened.compiled()
        return self._sort(opened)

    def _sort(self, opened: _Opened) -> View:
        sort_key, reverse = SORT_KEYS[opened.order]
        chosen = [item for item in self._inbox.items.values() if opened.matches(item)]
        chosen.sort(key=sort_key, reverse=reverse)  # type: ignore[arg-type]  # tuples of one shape compare
        opened.keys = [item.key for item in chosen]
        opened.members = set(opened.keys)
        opened.waiting = set()
        opened.index = None
        return opened.view()

    def changed(self, keys: Iterable[str]) -> None:
        """Count what arrived and matches; nothing moves."""
        for opened in self._opened.values():
            for key in keys:
                item = self._inbox.items.get(key)
                if item is None or key in opened.members:
                    continue
                if opened.matches(item):
                    opened.waiting.add(key)
                else:
                    opened.waiting.discard(key)

    def page(self, number: int, start: int, size: int) -> Page:
        """Return some rows."""
        opened = self._opened[number]
        start = max(0, start)
        rows = tuple(row_of(self._inbox, self._inbox.items[k]) for k in opened.keys[start : start + size])
        return Page(opened.view(), start, rows)

    def keys(self, number: int, start: int, stop: int) -> list[str]:
        """Return keys of rows."""
        return self._opened[number].keys[max(0, start) : max(0, stop)]

    def locate(self, number: int, key: str) -> int | None:
        """Return where an item stands."""
        opened = self._opened[number]
        if opened.index is None:
            opened.index = {k: i for i, k in enumerate(opened.keys)}
        return opened.index.get(key)

    def next_open(self, number: int, start: int, step: int) -> int | None:
        """Return the index of the next open item."""
        keys = self._opened[number].keys
        i = start + step
        while 0 <= i < len(keys):
            if self._inbox.items[keys[i]].is_open:
                return i
            i += step
        return None


def wave_of(inbox: Inbox, item: Item) -> list[str]:
    """List the keys of an item's wave, oldest first; empty when it is in none."""
    members = inbox.by_wave.get(item.wave, []) if item.wave else []
    return members if len(members) >= SMALLEST_WAVE else []


def row_of(inbox: Inbox, item: Item) -> Row:
    """Build an item's hot columns."""
    comment = item.comment
    post = inbox.post_of(item)
    title = (post.title or post.text[:60]) if post else _thread_title(inbox, item)
    return Row(
        key=item.key,
        level=item.level,
        question=item.is_question,
        danger=item.is_danger,
        picture=item.is_picture_only,
        attachments=len(comment.attachments),
        network=item.network,
        author=comment.author.name or comment.author.handle,
        title=title.split("\n", 1)[0],
        at=written_at(item),
        text=" ".join(comment.text[:EXCERPT].split()),
        state=item.state,
        claimed_by=item.claimed_by,
        wave_size=len(wave_of(inbox, item)),
        reply=comment.parent_id is not None,
        hidden=item.hidden,
        gone=bool(item.gone),
        leaving=any(e.state is DeliveryState.QUEUED for e in inbox.sendings(item.key)),
        notes=len(item.notes),
        dedicated=(item.source, comment.post_id) in inbox.thread_posts,
    )


def _thread_title(inbox: Inbox, item: Item) -> str:
    """Name the dedicated thread of ours that a comment stands in, before its platform told of it."""
    thread = inbox.outbox.get(inbox.thread_posts.get((item.source, item.comment.post_id), ""))
    return thread.outgoing.title if thread is not None and thread.outgoing is not None else ""
