"""Views: lists whose order stands still while comments arrive, asked for by the screenful."""

from collections.abc import Callable, Iterable, Sequence
from itertools import count
from operator import attrgetter

from msgspec import structs

from inbox.fold import Inbox
from inbox.folds import Folds
from inbox.item import Item, written_at
from inbox.outbox import DeliveryState
from inbox.query import Predicate
from inbox.reach import Reaches
from inbox.rows import Order, Page, Row, View
from inbox.shelf import DANGER, OPEN, QUESTION, Hot
from inbox.situations.copies import common_text, difference

EXCERPT = 400
"""Code points of a text that a row carries: two lines of the widest sensible list."""
COMPARED = 40
"""Copies among which the text that stands for a wave is looked for."""
SMALLEST_WAVE = 3
"""Members from which near-identical comments are called a wave."""


SORTS: dict[Order, tuple[tuple[str, ...], bool]] = {
    Order.NEWEST: (("at",), True),
    Order.OLDEST: (("at",), False),
    Order.RISK: (("at",), True),
}
"""The columns an order sorts by, the weightiest last, and whether the greatest comes first; ties as they arrived."""


def arranged(items: Iterable[Hot], order: Order, reach: Reaches) -> list[Hot]:
    """Return items in an order; by risk it is the level first, then the risk with how far a comment itself carries."""
    found = list(items)
    columns, reverse = SORTS[order]
    for column in columns:  # sorting is stable, and one number is compared much faster than a tuple
        found.sort(key=attrgetter(column), reverse=reverse)
    if order is Order.RISK:
        found.sort(key=lambda item: 2 * item.level + item.risk + reach.weight(item.key), reverse=True)
    return found


class _Opened:
    """One opened list."""

    def __init__(self, number: int, query: str, order: Order, compiled: Callable[[], Predicate], fold: bool) -> None:
        self.compiled = compiled
        self.number = number
        self.query = query
        self.order = order
        self.matches = compiled()
        self.keys: list[str] = []
        self.members: set[str] = set()
        self.waiting: set[str] = set()
        self.index: dict[str, int] | None = None
        self.folds = Folds() if fold else None
        self.common: dict[str, tuple[int, str]] = {}

    def view(self) -> View:
        return View(self.number, len(self.keys), len(self.waiting), self.query, self.order, self.folds is not None)

    def show(self, chosen: Sequence[Hot]) -> View:
        """Become a list of these."""
        self.keys = [item.key for item in chosen]
        self.members = set(self.keys)
        if self.folds is not None:
            waves = {item.key: wave for item in chosen if item.wave and (wave := together(item))}
            self.keys = self.folds.arrange(self.keys, waves)
        self.waiting -= self.members
        self.index = None
        return self.view()


class Views:
    """All lists opened on one inbox; not thread-safe, its owner locks."""

    def __init__(self, inbox: Inbox) -> None:
        """Watch `inbox`."""
        self._inbox = inbox
        self._numbers = count(1)
        self._opened: dict[int, _Opened] = {}

    def open(self, query: str, order: Order, compiled: Callable[[], Predicate], *, fold: bool = False) -> int:
        """Begin a list of the items that match; the query is compiled anew at each merge, since ages count from now.

        With `fold`, the open copies of a wave are one row; what a bulk act holds back stands on its own.
        """
        opened = _Opened(next(self._numbers), query, order, compiled, fold)
        self._opened[opened.number] = opened
        return opened.number

    def forget(self) -> None:
        """Let go of items that are no longer there: forgotten for good, as nothing else makes one disappear."""
        for opened in self._opened.values():
            if not all(key in self._inbox.items for key in opened.members):
                opened.show([self._inbox.items.hot[key] for key in opened.keys if key in self._inbox.items])
            opened.waiting &= self._inbox.items.keys()

    def close(self, number: int) -> None:
        """Forget a list."""
        self._opened.pop(number, None)

    def merge(self, number: int) -> Callable[[], Callable[[], View]]:
        """Bring what matches now into a list, in order, in three steps, so that a long search keeps nobody waiting.

        The first step is this call; what it returns searches, and may run without the lock; what that returns shows
        what was found, under the lock again. What arrives in between waits.
        """
        opened = self._opened[number]
        matches = opened.matches = opened.compiled()
        opened.waiting = set()
        items = list(self._inbox.items.hot.values())

        def search() -> Callable[[], View]:
            chosen = arranged(filter(matches, items), opened.order, self._inbox.reach)
            return lambda: opened.show(chosen)

        return search

    def changed(self, keys: Iterable[str]) -> None:
        """Count what arrived and matches; nothing moves. Late copies join the row of their wave."""
        for opened in self._opened.values():
            for key in keys:
                item = self._inbox.items.hot.get(key)
                if item is None or (key in opened.members and not self._left(opened, item)):
                    continue
                if not opened.matches(item) or self._joined(opened, item):
                    opened.waiting.discard(key)
                else:
                    opened.waiting.add(key)

    @staticmethod
    def _left(opened: _Opened, item: Hot) -> bool:
        """Take an item out of its wave's row when an edit made it one that is held back: it is to be seen."""
        if opened.folds is None or not item.is_open or together(item) or not opened.folds.leave(item.key):
            return False
        opened.members.discard(item.key)
        return True

    @staticmethod
    def _joined(opened: _Opened, item: Hot) -> bool:
        if opened.folds is None or not opened.folds.join(opened.keys, item.key, together(item)):
            return False
        opened.members.add(item.key)
        opened.index = None
        return True

    def page(self, number: int, start: int, size: int) -> Page:
        """Return some rows."""
        opened = self._opened[number]
        start = max(0, start)
        rows = tuple(self._row(opened, k) for k in opened.keys[start : start + size])
        return Page(opened.view(), start, rows)

    def _row(self, opened: _Opened, key: str) -> Row:
        item = self._inbox.items[key]
        row = row_of(self._inbox, item)
        if opened.folds is None:
            return row
        if opened.folds.is_head(key):
            return headed(row, opened.folds, self._inbox, self._common(opened, key))
        if opened.folds.is_within(key):
            return compared(row, item, self._common(opened, opened.folds.head_of(key)))
        return row

    def _common(self, opened: _Opened, head: str) -> str:
        """Return the text that stands for a wave; looked for again when the wave has doubled."""
        assert opened.folds is not None
        group = opened.folds.groups[head]
        known = opened.common.get(head)
        if known is None or len(group) >= 2 * known[0]:
            texts = [self._inbox.items[key].comment.text for key in group[:COMPARED]]
            known = opened.common[head] = len(group), common_text(texts)
        return known[1]

    def keys(self, number: int, start: int, stop: int) -> list[str]:
        """Return what rows stand for: whole waves where they are folded, with what a bulk act will hold back of them."""
        opened = self._opened[number]
        rows = opened.keys[max(0, start) : max(0, stop)]
        if opened.folds is None:
            return rows
        return list(dict.fromkeys(key for row in rows for key in self._meant(opened, opened.folds, row)))

    def _meant(self, opened: _Opened, folds: Folds, row: str) -> list[str]:
        keys = folds.stands_for(row)
        if not folds.is_folded(row):
            return keys
        hot = self._inbox.items.hot
        wave = self._inbox.by_wave.get(hot[row].wave, ())
        return [*keys, *(k for k in wave if k in opened.members and not together(hot[k]) and hot[k].is_open)]

    def unfold(self, number: int, key: str, *, unfolded: bool) -> View:
        """Show the copies of a wave below its row, or no longer."""
        opened = self._opened[number]
        if opened.folds is not None:
            _ = opened.folds.unfold(opened.keys, key) if unfolded else opened.folds.fold(opened.keys, key)
            opened.index = None
        return opened.view()

    def peel(self, number: int, key: str) -> View:
        """Let one copy stand on its own."""
        opened = self._opened[number]
        if opened.folds is not None and opened.folds.peel(opened.keys, key):
            opened.index = None
        return opened.view()

    def locate(self, number: int, key: str) -> int | None:
        """Return where an item stands, in its wave's row if that is folded."""
        opened = self._opened[number]
        if opened.index is None:
            opened.index = {k: i for i, k in enumerate(opened.keys)}
        found = opened.index.get(key)
        if found is None and opened.folds is not None:
            found = opened.index.get(opened.folds.head_of(key))
        return found

    def next_open(self, number: int, start: int, step: int) -> int | None:
        """Return the index of the next open item."""
        keys = self._opened[number].keys
        i = start + step
        while 0 <= i < len(keys):
            if self._inbox.items.hot[keys[i]].is_open:
                return i
            i += step
        return None


def wave_of(inbox: Inbox, item: Item) -> list[str]:
    """List the keys of an item's wave, oldest first; empty when it is in none."""
    members = inbox.by_wave.get(item.wave, []) if item.wave else []
    return members if len(members) >= SMALLEST_WAVE else []


def together(item: Hot) -> str:
    """Name what an item is folded with: the open copies of its wave in the same hands; "" when it stands alone."""
    if not item.wave or item.flags & (OPEN | DANGER | QUESTION) != OPEN:
        return ""
    return f"{item.wave} {item.claimed_by}"


def headed(row: Row, folds: Folds, inbox: Inbox, common: str) -> Row:
    """Let a row stand for its wave: with the common text, how many people, under how many posts."""
    items = [inbox.items.hot[key] for key in folds.groups[row.key]]
    if len(items) < 2:
        return row
    return structs.replace(
        row,
        text=" ".join(common[:EXCERPT].split()),
        folded=len(items),
        unfolded=not folds.is_folded(row.key),
        people=len({item.author for item in items}),
        places=len({item.post for item in items}),
    )


def compared(row: Row, item: Item, common: str) -> Row:
    """Show of a copy what it has of its own and what it leaves out."""
    text = item.comment.text
    found = difference(common, text)
    added = " … ".join(" ".join(text[start:stop].split()) for start, stop in found.added)
    return structs.replace(row, within=True, added=added[:EXCERPT], dropped=" ".join(found.dropped)[:EXCERPT])


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
        moderation=comment.moderation,
        gone=bool(item.gone),
        leaving=any(e.state is DeliveryState.QUEUED for e in inbox.sendings(item.key)),
        notes=len(item.notes),
        followed=item.key in inbox.weather.inherited,
        touches=inbox.reach.touches(item.key),
        dedicated=(item.source, comment.post_id) in inbox.thread_posts,
        submitted=len(inbox.approvals.about(item.key)),
    )


def _thread_title(inbox: Inbox, item: Item) -> str:
    """Name the dedicated thread of ours that a comment stands in, before its platform told of it."""
    thread = inbox.outbox.get(inbox.thread_posts.get((item.source, item.comment.post_id), ""))
    return thread.outgoing.title if thread is not None and thread.outgoing is not None else ""
