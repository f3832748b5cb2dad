"""The inbox list: comments by the screenful on the Line API, its cursor pinned to a comment."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from inbox.desk import Desk
from inbox.rows import Order, Row, View
from tui.i18n import _
from tui.themes import Theme
from tui.widgets.canvas import Canvas
from tui.widgets.paint import Line, strip
from tui.widgets.row import paint_one, paint_two, placeholder
from tui.widgets.window import AROUND, Window

MOST_PAINTED = 400
"""Painted rows kept; a move repaints two."""


class InboxList(Canvas):
    """A view of the desk: only ids and the rows around the viewport are here, whatever the desk holds.

    Attributes:
        view: the opened view, or None before the first answer.
        cursor: index of the row the next key acts on.
        top: index of the first row shown.
        selection: keys of the selected comments, in the order they were chosen.
        range_start: where a range began, or None.
        following: whether the cursor keeps to the newest comment (until the first key that moves or acts).
        dense: one line a comment.
        revealed: whether dangerous words are shown.
    """

    class Moved(Message):
        """The cursor is on another comment, or the view changed."""

    def __init__(self, desk: Desk, theme: Theme, now: datetime, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        """Start empty; `open` asks the desk."""
        super().__init__(theme, id=id)
        self.desk = desk
        self.view: View | None = None
        self.cursor = 0
        self.top = 0
        self.selection: dict[str, None] = {}
        self.range_start: int | None = None
        self.following = True
        self.dense = False
        self.revealed = False
        self._now = now
        self._window = Window()
        self._painted: dict[tuple[int, bool, bool], tuple[Row | None, list[Strip]]] = {}
        self._order = asyncio.Lock()
        self._fetching: asyncio.Task[None] | None = None

    # -- what is where -----------------------------------------------------------------------------

    @property
    def total(self) -> int:
        """Rows in the view."""
        return self.view.total if self.view else 0

    @property
    def waiting(self) -> int:
        """Arrivals not merged in yet."""
        return self.view.waiting if self.view else 0

    @property
    def row_height(self) -> int:
        """Lines of one comment."""
        return 1 if self.dense else 2

    @property
    def rows_shown(self) -> int:
        """Whole comments that fit."""
        return max(1, self.size.height // self.row_height)

    @property
    def row(self) -> Row | None:
        """The comment under the cursor, unless it is still on its way."""
        return self._window.get(self.cursor)

    @property
    def key(self) -> str:
        """The key of the comment under the cursor, or ""."""
        return self.row.key if self.row else ""

    def row_of(self, key: str) -> Row | None:
        """Return a comment's row where it is known here."""
        index = self._window.find(key)
        return None if index is None else self._window.get(index)

    def shown_rows(self) -> list[Row]:
        """Return the comments on the screen."""
        rows = (self._window.get(i) for i in range(self.top, min(self.total, self.top + self.rows_shown)))
        return [row for row in rows if row is not None]

    # -- moving: never waits -----------------------------------------------------------------------

    def move(self, step: int) -> bool:
        """Move the cursor; at the edge the list jumps half a page, so that most moves repaint two rows."""
        return self.go(self.cursor + step)

    def page(self, pages: float) -> bool:
        """Move by pages, the cursor keeping its line on the screen."""
        step = round(self.rows_shown * pages)
        target = max(0, min(self.total - 1, self.cursor + step))
        if target == self.cursor:
            return False
        top = max(0, min(self.top + step, self.total - self.rows_shown))
        return self._put(target, top)

    def go(self, index: int) -> bool:
        """Put the cursor on a row; tell whether it moved."""
        index = max(0, min(self.total - 1, index))
        if index == self.cursor:
            return False
        top, shown = self.top, self.rows_shown
        if not top <= index < top + shown:
            top = max(0, min(index - shown // 2, self.total - shown))
        return self._put(index, top)

    def _put(self, cursor: int, top: int) -> bool:
        before, self.cursor = self.cursor, cursor
        scrolled, self.top = top != self.top, top
        ranged = self.range_start is not None
        if scrolled or ranged:
            self.repaint()
        else:
            self._repaint_rows(before, cursor)
        self._fetch_ahead()
        self.post_message(self.Moved())
        return True

    def _repaint_rows(self, *indexes: int) -> None:
        height, width = self.row_height, self.size.width
        for index in indexes:
            y = (index - self.top) * height
            if y >= 0 and y + height <= len(self._strips):
                self._strips[y : y + height] = self._strips_of(index, width)
                self.refresh(Region(0, y, 1, height))

    # -- selecting ---------------------------------------------------------------------------------

    def select(self, keys: Sequence[str]) -> None:
        """Add comments to the selection; when all are in it already, take them out."""
        if all(key in self.selection for key in keys):
            for key in keys:
                del self.selection[key]
        else:
            self.selection.update(dict.fromkeys(keys))
        self.repaint()

    def clear_selection(self) -> bool:
        """Select nothing; tell whether anything was selected."""
        had = bool(self.selection) or self.range_start is not None
        self.selection.clear()
        self.range_start = None
        self.repaint()
        return had

    @property
    def chosen(self) -> int:
        """How many comments are selected, those of a running range with them."""
        if self.range_start is None:
            return len(self.selection)
        first, last = sorted((self.range_start, self.cursor))
        known = sum(row.key in self.selection for i in range(first, last + 1) if (row := self._window.get(i)))
        return len(self.selection) + last + 1 - first - known

    async def chosen_keys(self) -> list[str]:
        """Return the keys of the selected comments, those of a running range behind them."""
        if self.range_start is None or self.view is None:
            return list(self.selection)
        first, last = sorted((self.range_start, self.cursor))
        keys = await self.desk.keys(self.view.id, first, last + 1)
        return list(self.selection | dict.fromkeys(keys))

    async def end_range(self) -> None:
        """Turn a running range into selected comments."""
        if self.range_start is None:
            return
        keys = await self.chosen_keys()
        self.range_start = None
        self.selection.update(dict.fromkeys(keys))
        self.repaint()

    # -- asking the desk ---------------------------------------------------------------------------

    async def open(self, query: str = "", order: Order = Order.NEWEST) -> None:
        """Show another view; the cursor stays on its comment where that is in it.

        Raises:
            QueryError: the query is not understood; the old view stays.
        """
        async with self._order:
            view = await self.desk.open_view(query, order, fold=True)
            old = self.view
            await self._adopt(view)
            if old is not None:
                await self.desk.close_view(old.id)

    async def merge(self, *, show: bool = False) -> int:
        """Bring waiting arrivals in; the cursor stays on its comment and, unless `show`, on its line.

        Returns:
            How many came in.
        """
        if self.view is None:
            return 0
        async with self._order:
            count = self.view.waiting
            await self._adopt(await self.desk.merge(self.view.id), show=show)
        return count

    async def _adopt(self, view: View, *, show: bool = False) -> None:
        line = self.cursor - self.top
        cursor = 0 if self.following else await self._find_again(view)
        top = cursor - (self.rows_shown - 1 if show else line)
        top = max(0, min(top, view.total - self.rows_shown))
        window = Window()
        height = self.rows_shown
        start = max(0, top - AROUND * height)
        page = await self.desk.page(view.id, start, (2 * AROUND + 1) * height)
        window.put(page)
        self.view, self._window, self.cursor, self.top, self.range_start = page.view, window, cursor, top, None
        self.repaint()
        self.post_message(self.Moved())

    async def _find_again(self, view: View) -> int:
        """Find the comment under the cursor in a new order, or its nearest neighbour that is still there."""
        last = min(self.total, self.cursor + 40)
        for index in (*range(self.cursor, last), *range(self.cursor - 1, max(-1, self.cursor - 40), -1)):
            row = self._window.get(index)
            found = await self.desk.locate(view.id, row.key) if row else None
            if found is not None:
                return found
        return max(0, min(self.cursor, view.total - 1))

    async def unfold(self, *, unfolded: bool) -> bool:
        """Show the copies of the wave under the cursor below it, or fold them; tell whether that changed anything."""
        row = self.row
        if self.view is None or row is None or not ((row.folded > 1 and row.unfolded != unfolded) or row.within):
            return False
        if unfolded and row.within:
            return False
        async with self._order:
            view = await self.desk.unfold(self.view.id, row.key, unfolded=unfolded)
            await self._adopt(view)
        return True

    async def peel(self) -> bool:
        """Let the copy under the cursor stand on its own; tell whether it was one of a wave."""
        row = self.row
        if self.view is None or row is None or not (row.folded > 1 or row.within):
            return False
        async with self._order:
            await self._adopt(await self.desk.peel(self.view.id, row.key))
        return True

    async def meant(self) -> list[str]:
        """Return the comments that the row under the cursor stands for: a whole wave where it is folded."""
        row = self.row
        if self.view is None or row is None:
            return []
        if row.folded < 2 or row.unfolded:
            return [row.key]
        return await self.desk.keys(self.view.id, self.cursor, self.cursor + 1)

    async def show(self, key: str) -> bool:
        """Put the cursor on a comment; tell whether it is in this view."""
        if self.view is None:
            return False
        async with self._order:
            index = await self.desk.locate(self.view.id, key)
        if index is None:
            return False
        self.following = False
        self.go(index)
        await self.loaded()
        return True

    async def next_open(self, step: int) -> bool:
        """Put the cursor on the next comment nobody dealt with."""
        if self.view is None:
            return False
        index = await self.desk.next_open(self.view.id, self.cursor, step)
        return index is not None and self.go(index)

    async def refresh_rows(self, changed: frozenset[str]) -> None:
        """Ask again for what is on the screen after comments changed; nothing moves."""
        if self.view is None:
            return
        async with self._order:
            page = await self.desk.page(self.view.id, self.top, self.rows_shown)
            self._window.forget(changed - {row.key for row in page.rows})
            self.view = page.view
            if self._window.put(page):
                self.repaint()
        self._fetch_ahead()

    async def loaded(self) -> None:
        """Wait until the rows around the cursor are here."""
        self._fetch_ahead()
        while self._fetching is not None:
            await asyncio.shield(self._fetching)

    def _fetch_ahead(self) -> None:
        if self._fetching is None and self._missing() is not None:
            self._fetching = asyncio.create_task(self._fetch())

    def _missing(self) -> tuple[int, int] | None:
        if self.view is None:
            return None
        return self._window.missing(self.top, min(self.total, self.top + self.rows_shown), self.total)

    async def _fetch(self) -> None:
        try:
            while (wanted := self._missing()) is not None and self.view is not None:
                async with self._order:
                    page = await self.desk.page(self.view.id, wanted[0], wanted[1] - wanted[0])
                    if not page.rows:
                        return
                    known = self.row is not None
                    self._window.put(page)
                    self._window.trim(self.top)
                self.repaint()
                if not known and self.row is not None:
                    self.post_message(self.Moved())
        finally:
            self._fetching = None

    # -- painting ----------------------------------------------------------------------------------

    def tick(self, now: datetime) -> None:
        """Let the ages grow; called once a minute."""
        self._now = now
        self._painted.clear()
        self.repaint()

    def set_dense(self, *, dense: bool) -> None:
        """Switch between one and two lines a comment; the cursor keeps its comment."""
        self.dense = dense
        self._painted.clear()
        self._keep_cursor_visible()
        self._fetch_ahead()
        self.repaint()

    def set_revealed(self, *, revealed: bool) -> None:
        """Show or mask dangerous words."""
        self.revealed = revealed
        self._painted.clear()
        self.repaint()

    def on_resize(self) -> None:
        """Keep the cursor in sight at the new size."""
        self._painted.clear()
        self._keep_cursor_visible()
        self._fetch_ahead()
        super().on_resize()

    def _keep_cursor_visible(self) -> None:
        shown = self.rows_shown
        if self.cursor >= self.top + shown or self.cursor < self.top:
            self.top = self.cursor - shown // 2
        self.top = max(0, min(self.top, self.total - shown))

    def strips(self, width: int, height: int) -> list[Strip]:
        """Return the rows on the screen as cells."""
        if self.view is None:
            return []
        if self.total == 0:
            said = _("nothing matches this filter (Esc)") if self.view.query else _("all quiet: nothing to look at")
            return [strip([], width, self.theme), strip([("    " + said, "dim")], width, self.theme)]
        lines: list[Strip] = []
        for index in range(self.top, min(self.total, self.top + -(-height // self.row_height))):
            lines.extend(self._strips_of(index, width))
        return lines[:height]

    def _strips_of(self, index: int, width: int) -> list[Strip]:
        row = self._window.get(index)
        cursor = index == self.cursor
        selected = row is not None and (row.key in self.selection or self._in_range(index))
        if row is None:
            return [strip(line, width, self.theme) for line in placeholder(width, cursor=cursor)[: self.row_height]]
        known = self._painted.get((index, cursor, selected))
        if known is not None and known[0] is row and known[1][0].cell_length == width:
            return known[1]
        if len(self._painted) > MOST_PAINTED:
            self._painted.clear()
        painted = [strip(line, width, self.theme) for line in self._lines_of(row, width, cursor, selected)]
        self._painted[index, cursor, selected] = (row, painted)
        return painted

    def _lines_of(self, row: Row, width: int, cursor: bool, selected: bool) -> Sequence[Line]:
        paint = {"cursor": cursor, "selected": selected, "revealed": self.revealed}
        if self.dense:
            return [paint_one(row, width, self._now, **paint)]
        return paint_two(row, width, self._now, **paint)

    def _in_range(self, index: int) -> bool:
        if self.range_start is None:
            return False
        first, last = sorted((self.range_start, self.cursor))
        return first <= index <= last
