"""Views: lists whose order stands still while comments arrive, asked for by the screenful."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from copy import copy
from itertools import count

from msgspec import structs

from inbox.columns import DANGER, OPEN, QUESTION, Columns
from inbox.fold import Inbox
from inbox.folds import Folds
from inbox.item import Item, written_at
from inbox.outbox import DeliveryState
from inbox.query import Predicate
from inbox.rows import Order, Page, Row, View
from inbox.situations.copies import common_text, difference

EXCERPT = 400
"""Code points of a text that a row carries: two lines of the widest sensible list."""
COMPARED = 40
"""Copies among which the text that stands for a wave is looked for."""
SMALLEST_WAVE = 3
"""Members from which near-identical comments are called a wave."""
_NEITHER, _MEMBER, _WAITING = range(3)


def arranged(inbox: Inbox, rows: Iterable[int], order: Order) -> list[int]:
    """Return the rows of items in an order, ties as they arrived.

    By risk it is the level first, then the risk with how far a comment itself carries, then the newest.
    """
    hot, reach = inbox.items.hot, inbox.reach
    found = list(rows)
    # sorting is stable, and one number is compared much faster than a tuple
    found.sort(key=hot.at.__getitem__, reverse=order is not Order.OLDEST)
    if order is Order.RISK:
        level, risk, ids = hot.level, hot.risk, hot.ids
        if reach.of:
            found.sort(key=lambda row: 2 * level[row] + risk[row] + reach.weight(ids[row]), reverse=True)
        else:
            found.sort(key=lambda row: 2 * level[row] + risk[row], reverse=True)
    return found


class _Opened:
    """One opened list.

    Attributes:
        rows: what it shows, by row of `hot`.
        standing: for each row of `hot` whether its item is in the list, waits to be merged, or neither.
    """

    def __init__(self, number: int, query: str, order: Order, compiled: Callable[[], Predicate], fold: bool) -> None:
        self.compiled = compiled
        self.number = number
        self.query = query
        self.order = order
        self.matches = compiled()
        self.hot = Columns()
        self.rows = array("I")
        self.standing = bytearray()
        self.waiting = 0
        self.folds: Folds[int] | None = Folds() if fold else None
        self.common: dict[int, tuple[int, str]] = {}

    def view(self) -> View:
        return View(self.number, len(self.rows), self.waiting, self.query, self.order, self.folds is not None)

    def stands(self, row: int) -> int:
        """Tell whether an item is a member, waits, or neither."""
        return self.standing[row] if row < len(self.standing) else _NEITHER

    def stand(self, row: int, what: int) -> None:
        """Let an item be a member, wait, or neither."""
        self.standing.extend(bytes(max(0, row + 1 - len(self.standing))))
        self.waiting += (what == _WAITING) - (self.standing[row] == _WAITING)
        self.standing[row] = what

    def show(self, chosen: Sequence[int], waiting: Iterable[int], hot: Columns) -> View:
        """Become a list of these rows of `hot`; of what waits, what is not among them goes on waiting."""
        self.hot, self.standing, self.waiting = hot, bytearray(len(hot.ids)), 0
        for row in waiting:
            self.stand(row, _WAITING)
        for row in chosen:
            self.stand(row, _MEMBER)
        if self.folds is None:
            self.rows = array("I", chosen)
        else:
            waves = {row: wave for row in chosen if hot.waves.of[row] and (wave := together(hot, row))}
            self.rows = array("I", self.folds.arrange(chosen, waves))
        return self.view()

    def members(self) -> list[int]:
        """List the rows of all members, in the list's order."""
        folds = self.folds
        return list(self.rows) if folds is None else [each for row in self.rows for each in folds.stands_for(row)]

    def those_waiting(self) -> Iterator[int]:
        """Yield the rows of those that wait."""
        row = self.standing.find(_WAITING)
        while row >= 0:
            yield row
            row = self.standing.find(_WAITING, row + 1)


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
        hot = self._inbox.items.hot
        for opened in self._opened.values():
            opened.matches = opened.compiled()
            members, waiting = (
                hot.carried(opened.members(), opened.hot),
                hot.carried(opened.those_waiting(), opened.hot),
            )
            if opened.folds is not None and opened.hot is not hot:
                opened.folds = Folds()  # what was unfolded or peeled off is known by rows that are no more
            opened.show(members, waiting, hot)

    def close(self, number: int) -> None:
        """Forget a list."""
        self._opened.pop(number, None)

    def merge(self, number: int) -> Callable[[], Callable[[], View]]:
        """Bring what matches now into a list, in order, in three steps, so that a long search keeps nobody waiting.

        The first step is this call; what it returns searches, and may run without the lock; what that returns shows
        what was found, under the lock again. What arrives in between waits.
        """
        opened, inbox = self._opened[number], copy(self._inbox)  # as it stands, if everything is read anew meanwhile
        hot, matches = inbox.items.hot, opened.compiled()
        opened.matches = matches
        for row in opened.those_waiting():
            opened.stand(row, _NEITHER)
        rows = hot.rows()

        def search() -> Callable[[], View]:
            chosen = arranged(inbox, filter(matches, rows), opened.order)

            def show() -> View:
                now = self._inbox.items.hot
                return opened.show(now.carried(chosen, hot), list(opened.those_waiting()), now)

            return show

        return search

    def changed(self, keys: Iterable[str]) -> None:
        """Count what arrived and matches; nothing moves. Late copies join the row of their wave."""
        hot = self._inbox.items.hot
        rows = [row for key in keys if (row := hot.ids.find(key)) >= 0]
        for opened in self._opened.values():
            for row in rows:
                if opened.stands(row) == _MEMBER and not self._left(opened, row):
                    continue
                matches = opened.matches(row)
                joined = matches and self._joined(opened, row)
                opened.stand(row, _MEMBER if joined else _WAITING if matches else _NEITHER)

    def _left(self, opened: _Opened, row: int) -> bool:
        """Take an item out of its wave's row when an edit made it one that is held back: it is to be seen."""
        hot = self._inbox.items.hot
        if opened.folds is None or not hot.flags[row] & OPEN or together(hot, row) or not opened.folds.leave(row):
            return False
        opened.stand(row, _NEITHER)
        return True

    def _joined(self, opened: _Opened, row: int) -> bool:
        return opened.folds is not None and opened.folds.join(opened.rows, row, together(self._inbox.items.hot, row))

    def page(self, number: int, start: int, size: int) -> Page:
        """Return some rows."""
        opened = self._opened[number]
        start = max(0, start)
        rows = tuple(self._row(opened, row) for row in opened.rows[start : start + size])
        return Page(opened.view(), start, rows)

    def _row(self, opened: _Opened, row: int) -> Row:
        item, folds = self._inbox.items.at(row), opened.folds
        shown = row_of(self._inbox, item)
        if folds is not None and folds.is_head(row):
            return headed(shown, row, folds, self._inbox, self._common(opened, folds, row))
        if folds is not None and folds.is_within(row):
            return compared(shown, item, self._common(opened, folds, folds.head_of(row)))
        return shown

    def _common(self, opened: _Opened, folds: Folds[int], head: int) -> str:
        """Return the text that stands for a wave; looked for again when the wave has doubled."""
        group = folds.groups[head]
        known = opened.common.get(head)
        if known is None or len(group) >= 2 * known[0]:
            texts = [self._inbox.items.at(row).comment.text for row in group[:COMPARED]]
            known = opened.common[head] = len(group), common_text(texts)
        return known[1]

    def keys(self, number: int, start: int, stop: int) -> list[str]:
        """Return what rows stand for: whole waves where they are folded, with what a bulk act will hold back of them."""
        opened = self._opened[number]
        rows: Iterable[int] = opened.rows[max(0, start) : max(0, stop)]
        if opened.folds is not None:
            rows = dict.fromkeys(each for row in rows for each in self._meant(opened, opened.folds, row))
        return [self._inbox.items.hot.ids[row] for row in rows]

    def _meant(self, opened: _Opened, folds: Folds[int], row: int) -> list[int]:
        rows, hot = folds.stands_for(row), self._inbox.items.hot
        if not folds.is_folded(row):
            return rows
        wave = (each for each in hot.waves.rows(hot.waves.text(row)) if opened.stands(each) == _MEMBER)
        return [*rows, *(each for each in wave if not together(hot, each) and hot.flags[each] & OPEN)]

    def unfold(self, number: int, key: str, *, unfolded: bool) -> View:
        """Show the copies of a wave below its row, or no longer."""
        opened, row = self._opened[number], self._inbox.items.hot.ids.find(key)
        if opened.folds is not None:
            _ = opened.folds.unfold(opened.rows, row) if unfolded else opened.folds.fold(opened.rows, row)
        return opened.view()

    def peel(self, number: int, key: str) -> View:
        """Let one copy stand on its own."""
        opened = self._opened[number]
        if opened.folds is not None:
            opened.folds.peel(opened.rows, self._inbox.items.hot.ids.find(key))
        return opened.view()

    def locate(self, number: int, key: str) -> int | None:
        """Return where an item stands, in its wave's row if that is folded."""
        opened, row = self._opened[number], self._inbox.items.hot.ids.find(key)
        if row < 0 or opened.stands(row) != _MEMBER:
            return None
        if opened.folds is not None:
            row = opened.folds.shown_as(row)
        with suppress(ValueError):
            return opened.rows.index(row)
        return None

    def next_open(self, number: int, start: int, step: int) -> int | None:
        """Return the index of the next open item."""
        rows, flags = self._opened[number].rows, self._inbox.items.hot.flags
        i = start + step
        while 0 <= i < len(rows):
            if flags[rows[i]] & OPEN:
                return i
            i += step
        return None


def wave_of(inbox: Inbox, item: Item) -> list[str]:
    """List the keys of an item's wave, oldest first; empty when it is in none."""
    return inbox.items.in_wave(item.wave) if wave_size(inbox, item) else []


def wave_size(inbox: Inbox, item: Item) -> int:
    """Count an item's wave; 0 when it is in none."""
    size = inbox.items.hot.waves.size(item.wave) if item.wave else 0
    return size if size >= SMALLEST_WAVE else 0


def together(hot: Columns, row: int) -> str:
    """Name what an item is folded with: the open copies of its wave in the same hands; "" when it stands alone."""
    if not hot.waves.of[row] or hot.flags[row] & (OPEN | DANGER | QUESTION) != OPEN:
        return ""
    return f"{hot.waves.of[row]} {hot.claimed_by[row]}"


def headed(shown: Row, row: int, folds: Folds[int], inbox: Inbox, common: str) -> Row:
    """Let a row stand for its wave: with the common text, how many people, under how many posts."""
    hot, group = inbox.items.hot, folds.groups[row]
    if len(group) < 2:
        return shown
    return structs.replace(
        shown,
        text=" ".join(common[:EXCERPT].split()),
        folded=len(group),
        unfolded=not folds.is_folded(row),
        people=len({hot.authors.of[each] for each in group}),
        places=len({hot.posts.of[each] for each in group}),
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
        wave_size=wave_size(inbox, item),
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
