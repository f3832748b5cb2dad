"""Moves: what the keys for moving and selecting do on the inbox."""

from typing import TYPE_CHECKING

from inbox.query import QueryError
from inbox.rows import Order
from tui.i18n import _, ngettext
from tui.phrases import say
from tui.widgets.prompt import Prompt
from tui.widgets.words import comments

if TYPE_CHECKING:
    from tui.screens.inbox import InboxScreen

FILTER_KEYS = ("is:question", "is:danger", "is:wave", "is:mine", "is:picture", "is:done", "is:any", "risk>=heated")


class Moves:
    """Commands that put the cursor somewhere or choose comments; none of them changes anything."""

    def __init__(self, screen: "InboxScreen") -> None:
        """Move on this screen's list."""
        self._screen = screen
        self._list = screen.list
        self._lent: Order | None = None

    # -- the cursor --------------------------------------------------------------------------------

    async def down(self) -> None:
        """Next comment, or a line down in the text being read."""
        self._step(1)

    async def up(self) -> None:
        """Previous comment, or a line up."""
        self._step(-1)

    def _step(self, step: int) -> None:
        screen = self._screen
        moved = screen.pane.scroll_lines(step) if screen.reading else self._pinned(self._list.move(step))
        if not moved:
            self._at_the_end(step)

    def _at_the_end(self, step: int) -> None:
        if step > 0:
            self._screen.notice(_("This is the end"), "dim")
        elif self._list.waiting and not self._screen.reading:
            key = self._screen.desk_app.keymap.key("merge")
            waiting = ngettext("{n} new above ({key})", "{n} new above ({key})", self._list.waiting)
            self._screen.notice(waiting.format(n=self._list.waiting, key=key), "dim")
        else:
            self._screen.notice(_("This is the top"), "dim")

    def _pinned(self, moved: bool) -> bool:
        """A key that moves puts the cursor on a comment: from now on it stays there."""
        self._list.following = False
        return moved

    async def page_down(self) -> None:
        """A page down."""
        self._page(1.0)

    async def page_up(self) -> None:
        """A page up."""
        self._page(-1.0)

    async def half_down(self) -> None:
        """Half a page down."""
        self._page(0.5)

    async def half_up(self) -> None:
        """Half a page up."""
        self._page(-0.5)

    def _page(self, pages: float) -> None:
        screen = self._screen
        if screen.reading or screen.has_class("opened"):
            moved = screen.pane.scroll_lines(round((screen.pane.size.height - 1) * pages))
        else:
            moved = self._pinned(self._list.page(pages))
        if not moved:
            self._at_the_end(1 if pages > 0 else -1)

    async def top(self) -> None:
        """To the newest; the list follows arrivals from there."""
        self._list.range_start = None
        moved = self._list.go(0)
        self._list.following = not self._list.selection
        if self._list.waiting and self._list.following:
            await self._list.merge()
        elif not moved:
            self._screen.notice(_("This is the top: the list follows arrivals here"), "dim")
        await self._screen.flush()

    async def bottom(self) -> None:
        """To the end."""
        if not self._pinned(self._list.go(self._list.total - 1)):
            self._at_the_end(1)

    async def next_open(self) -> None:
        """To the next comment nobody dealt with."""
        await self._to_open(1)

    async def previous_open(self) -> None:
        """To the previous comment nobody dealt with."""
        await self._to_open(-1)

    async def _to_open(self, step: int) -> None:
        self._list.following = False
        if not await self._list.next_open(step):
            self._screen.notice(_("Nothing left to deal with in this direction"), "dim")

    # -- panes -------------------------------------------------------------------------------------

    async def open(self) -> None:
        """Open the comment: in its own pane on a wide screen, in the list's place elsewhere."""
        screen = self._screen
        self._list.following = False
        if screen.has_class("opened") or (screen.has_class("wide") and screen.reading):
            screen.notice(_("It is open: Tab scrolls its text, Esc goes back"), "dim")
            return
        screen.reading = screen.has_class("wide")
        screen.set_class(not screen.reading, "opened")
        await screen.load_detail()
        self._say_reading()

    async def unfold(self) -> None:
        """Unfold the wave under the cursor; elsewhere open the comment."""
        self._list.following = False
        await self._list.loaded()
        if self._screen.reading or not await self._list.unfold(unfolded=True):
            await self.open()
        else:
            await self._screen.refresh_hints()

    async def fold(self) -> None:
        """Fold the wave under the cursor; elsewhere back one level."""
        await self._list.loaded()
        opened = self._screen.reading or self._screen.has_class("opened")
        if opened or not await self._list.unfold(unfolded=False):
            await self.back()
        else:
            await self._screen.refresh_hints()

    async def peel(self) -> None:
        """Let the copy under the cursor stand on its own."""
        self._list.following = False
        await self._list.loaded()
        if await self._list.peel():
            self._screen.notice(_("This copy stands on its own now"), "dim")
            await self._screen.refresh_hints()
        else:
            self._screen.notice(_("This comment is in no wave"), "dim")

    async def pane(self) -> None:
        """To the other pane and back."""
        screen = self._screen
        if not screen.detail_shown:
            await self.open()
            return
        screen.reading = not screen.reading
        if screen.detail is None:
            await screen.load_detail()
        self._say_reading()

    def _say_reading(self) -> None:
        if self._screen.reading:
            self._screen.notice(_("reading: j k scroll the text, Tab goes back to the list"), "dim")

    async def back(self) -> None:
        """Back one level: reading, opened comment, range, selection, filter."""
        screen = self._screen
        if screen.reading:
            screen.reading = False
        elif screen.has_class("opened"):
            screen.remove_class("opened")
        elif self._list.clear_selection():
            await screen.refresh_hints()
        elif self._list.view is not None and self._list.view.query:
            await self._list.open("", self._lent or self._order())
            self._lent = None
            await screen.flush()
        else:
            key = screen.desk_app.keymap.key("quit")
            screen.notice(_("This is the inbox: {key} leaves").format(key=key), "dim")
        screen.say()

    def lend_order(self, order: Order | None) -> None:
        """Remember the order that comes back with the whole list, the first of several; None: the present one is chosen."""
        self._lent = None if order is None else self._lent or order

    # -- selecting ---------------------------------------------------------------------------------

    async def select(self) -> None:
        """Select, and on to the next."""
        self._list.following = False
        await self._list.loaded()
        self._list.select(await self._list.meant())
        self._list.move(1)
        await self._screen.refresh_hints()

    async def range(self) -> None:
        """Begin a range, or end it."""
        self._list.following = False
        if self._list.range_start is None:
            self._list.range_start = self._list.cursor
            self._list.repaint()
        else:
            await self._list.end_range()
        await self._screen.refresh_hints()

    async def wave(self) -> None:
        """Select every open copy of this text."""
        self._list.following = False
        await self._list.loaded()
        keys = await self._screen.desk.wave(self._list.key) if self._list.key else []
        if len(keys) < 2:
            self._screen.notice(_("This comment is in no wave"), "dim")
            return
        self._list.select(keys)
        await self._screen.refresh_hints()

    async def select_query(self, query: str) -> None:
        """Select everything a query finds."""
        desk = self._screen.desk
        try:
            view = await desk.open_view(query, Order.NEWEST)
        except QueryError as error:
            self._screen.notice(say(str(error)), "error")
            return
        keys = await desk.keys(view.id, 0, view.total)
        await desk.close_view(view.id)
        if not keys:
            self._screen.notice(_("Nothing matches"), "dim")
            return
        self._list.following = False
        self._list.selection.update(dict.fromkeys(keys))
        self._list.repaint()
        self._screen.notice(ngettext("{n} selected", "{n} selected", len(keys)).format(n=len(keys)))
        await self._screen.refresh_hints()

    async def filter(self) -> None:
        """Filter while it is typed; Enter keeps it, Esc goes back to what was."""
        view = self._list.view
        before = view.query if view else ""
        self._list.following = False

        async def restore() -> None:
            await self.show_query(before)

        async def keep(query: str) -> None:
            if not await self.show_query(query):
                await self._list.open(before, self._order())

        self._screen.ask(Prompt("/", before, self._complete_filter), keep, self._filter_soon, restore)

    @staticmethod
    def _complete_filter(text: str) -> list[str]:
        head, _space, word = text.rpartition(" ")
        lead = f"{head} " if head else ""
        return [lead + found for found in FILTER_KEYS if found.startswith(word)]

    def _filter_soon(self, text: str) -> None:
        self._screen.run_worker(self._filter_live(text), group="filter", exclusive=True)

    async def _filter_live(self, text: str) -> None:
        try:
            await self._list.open(text, self._order())
        except QueryError:
            return  # half a word is not a mistake yet; Enter says what is wrong
        self._screen.say()

    async def show_query(self, query: str) -> bool:
        """Show what a query finds; tell whether it was understood."""
        self._screen.workers.cancel_group(self._screen, "filter")
        try:
            await self._list.open(query, self._order())
        except QueryError as error:
            self._screen.notice(say(str(error)), "error")
            return False
        await self._screen.flush()
        if query and not self._screen.has_class("opened"):
            self._screen.notice(comments(self._list.total), "dim")
        return True

    def _order(self) -> Order:
        return self._list.view.order if self._list.view else Order.NEWEST
