"""Looks: what the keys that only show something do on the inbox, and the command line."""

import os
import webbrowser
from difflib import get_close_matches
from typing import TYPE_CHECKING

from inbox.desk import Summary
from inbox.networks import code_of
from inbox.rows import Order, Row
from tui.i18n import _, ngettext
from tui.screens.approvals import ApprovalsScreen
from tui.screens.choice import Choice, ChoiceScreen
from tui.screens.help import HelpScreen
from tui.screens.house import HouseScreen
from tui.screens.outbox import OutboxScreen
from tui.screens.whole import WholeScreen, hand_over
from tui.themes import risk_mark
from tui.widgets.paint import Span, fit, pad, row_safe, safe
from tui.widgets.prompt import Prompt
from tui.widgets.words import ORDERS, age

if TYPE_CHECKING:
    from tui.screens.inbox import InboxScreen

AUTHOR_LISTED = 200


class Looks:
    """Commands that show something and change nothing."""

    def __init__(self, screen: "InboxScreen") -> None:
        """Look from this screen."""
        self._screen = screen
        self._list = screen.list

    async def _detail(self) -> bool:
        """Load the comment under the cursor; tell whether there is one."""
        await self._list.loaded()
        await self._screen.load_detail()
        if self._screen.detail is None:
            self._screen.notice(_("There is no comment here"), "warn")
            return False
        return True

    # -- one comment -------------------------------------------------------------------------------

    async def reveal(self) -> None:
        """Show or mask dangerous words, in the list and in the detail."""
        revealed = not self._list.revealed
        self._list.set_revealed(revealed=revealed)
        for pane in (self._screen.below, self._screen.beside):
            pane.revealed = revealed
            pane.repaint()
        self._screen.notice(_("Dangerous words are shown") if revealed else _("Dangerous words are masked"), "dim")

    async def context(self) -> None:
        """The thread around the comment."""
        if await self._detail() and self._screen.detail is not None:
            detail = self._screen.detail
            title = _("Thread under {title}").format(title=row_safe(detail.post_title) or _("(untitled)"))
            self._choose_comment(title, detail.thread, detail.row.key)

    async def author(self) -> None:
        """Everything this author wrote on our pages."""
        if not await self._detail() or self._screen.detail is None:
            return
        detail = self._screen.detail
        name = detail.item.comment.author.name or detail.item.comment.author.handle
        desk = self._screen.desk
        view = await desk.open_view(f'is:any author:"{name.replace(chr(34), "")}"', Order.NEWEST)
        page = await desk.page(view.id, 0, AUTHOR_LISTED)
        await desk.close_view(view.id)
        count = ngettext("{n} comment of {who}", "{n} comments of {who}", view.total)
        self._choose_comment(count.format(n=view.total, who=row_safe(name)), page.rows, detail.row.key)

    def _choose_comment(self, title: str, rows: tuple[Row, ...], current: str) -> None:
        now = self._screen.settings.now()
        choices = [Choice(key=row.key, line=self._line(row), below=self._below(row, age(row.at, now))) for row in rows]
        at = next((i for i, row in enumerate(rows) if row.key == current), 0)
        self._screen.desk_app.open_screen(ChoiceScreen(title, choices, at=at), self._chosen)

    def _line(self, row: Row) -> list[Span]:
        symbol, role = risk_mark(row.level, question=row.question, picture=row.picture)
        return [
            (symbol + " ", role),
            (pad(row_safe(row.author), 18), "strong"),
            (pad(code_of(row.network), 4), "dim"),
            (row_safe(row.title), "title"),
        ]

    def _below(self, row: Row, when: str) -> list[Span]:
        text = _("(masked)") if row.danger and not self._list.revealed else row_safe(row.text)
        return [(("  ↳ " if row.reply else "  ") + text, ""), (f"  {when}", "faint")]

    def _chosen(self, key: str | None) -> None:
        if key is not None:
            self._screen.run_worker(self._show(key), group="show")

    async def _show(self, key: str) -> None:
        if not await self._list.show(key):
            self._screen.notice(_("This comment is not in the present list: /is:any shows all"), "dim")

    # -- addresses and the clipboard ---------------------------------------------------------------

    async def _url(self) -> str:
        if not await self._detail() or self._screen.detail is None:
            return ""
        detail = self._screen.detail
        url = safe(detail.item.comment.url or detail.post_url)
        if not url.startswith(("https://", "http://")):
            self._screen.notice(_("The platform gave no address for this comment"), "warn")
            return ""
        return url

    async def address(self) -> None:
        """Open in the browser; over SSH or without one show the address."""
        url = await self._url()
        if not url:
            return
        remote = any(os.environ.get(name) for name in ("SSH_CONNECTION", "SSH_TTY"))
        graphical = (
            any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")) or os.name != "posix"
        )
        if not remote and graphical and webbrowser.open(url):
            self._screen.notice(_("Opened in the browser"), "dim")
        elif fit(url, self._screen.size.width - 1) == url:
            self._screen.notice(url)
        else:
            self._screen.desk_app.open_screen(WholeScreen(_("The address of this comment"), url))

    async def copy_link(self) -> None:
        """Copy the address to the operator's own clipboard."""
        url = await self._url()
        if url:
            hand_over(self._screen, url, _("Address copied: {url}").format(url=url))

    async def copy_text(self) -> None:
        """Copy the text to the operator's own clipboard."""
        if await self._detail() and self._screen.detail is not None:
            hand_over(self._screen, safe(self._screen.detail.item.comment.text), _("Text copied"))

    # -- the whole desk ----------------------------------------------------------------------------

    async def sort(self, wanted: str = "") -> None:
        """Another order; the cursor stays on its comment."""
        view = self._list.view
        if view is None:
            return
        orders = list(Order)
        order = Order(wanted) if wanted in orders else orders[(orders.index(view.order) + 1) % len(orders)]
        self._list.following = False
        self._screen.moves.lend_order(None)
        await self._list.open(view.query, order)
        if order is Order.NEWEST:  # the other orders are named at the right of the rule
            self._screen.notice(_(ORDERS[order]), "dim")
        self._screen.say()

    async def density(self) -> None:
        """One or two lines a comment."""
        self._list.set_dense(dense=not self._list.dense)
        self._screen.say()

    async def merge(self) -> None:
        """Bring the arrivals in; the cursor stays on its comment, the new ones come into sight above it."""
        self._list.following = False
        count = await self._list.merge(show=True)
        if count:
            said = ngettext("{n} new comment came in", "{n} new comments came in", count).format(n=count)
        else:
            said = _("Nothing new")
        self._screen.notice(said, "dim")
        await self._screen.flush()

    async def approvals(self) -> None:
        """What waits for a second person's word."""
        self._screen.desk_app.open_screen(ApprovalsScreen(self._screen.desk), self._queried)

    async def notices(self) -> None:
        """The notices of the house."""
        self._screen.desk_app.open_screen(HouseScreen(self._screen.desk, "notices"), self._queried)

    async def threads(self) -> None:
        """The dedicated threads of the house; taking one shows its comments."""
        self._screen.desk_app.open_screen(HouseScreen(self._screen.desk, "threads"), self._queried)

    def _queried(self, query: str | None) -> None:
        if query:
            self._list.following = False
            self._screen.run_worker(self._screen.moves.show_query(query), group="show")
        else:
            self._back(None)

    async def outbox(self) -> None:
        """What is leaving, left or failed."""
        self._screen.desk_app.open_screen(OutboxScreen(self._screen.desk), self._back)

    async def help(self) -> None:
        """The keys."""
        self._screen.desk_app.open_screen(HelpScreen(("desk", "reply", "editor", "bar", "outbox")), self._back)

    def _back(self, _result: None) -> None:
        self._screen.run_worker(self._screen.flush(), group="flush", exclusive=True)

    async def quit(self) -> None:
        """Back one level; from the inbox leave, and ask when something is about to leave the house."""
        screen = self._screen
        marks = self._list.selection or self._list.range_start is not None
        filtered = self._list.view is not None and self._list.view.query
        if screen.reading or screen.has_class("opened") or marks or filtered:
            await screen.moves.back()
            return
        summary = await screen.desk.summary()
        if summary.outbox_pending and not summary.read_only:
            screen.question(leave_words, summary, self._leave)
        else:
            self._leave()

    def _leave(self) -> None:
        self._screen.app.exit(0)

    # -- the command line --------------------------------------------------------------------------

    async def command(self) -> None:
        """Every command by its name, with completion."""
        self._screen.ask(Prompt(":", complete=self._complete), self.run_line)

    def _names(self) -> list[str]:
        return sorted([c.name for c in self._screen.desk_app.keymap.at("desk")] + ["select-all", "q"])

    def _complete(self, text: str) -> list[str]:
        return [name for name in self._names() if name.startswith(text)]

    async def _with_words(self, name: str, words: str) -> None:
        if name == "select":
            await self._screen.moves.select_query(words)
        elif name == "filter":
            await self._screen.moves.show_query(words)
        else:
            await self.sort(words)

    async def run_line(self, line: str) -> None:
        """Carry out what was typed after `:`."""
        name, _space, rest = line.partition(" ")
        if not name:
            return
        if rest and name in {"select", "filter", "sort"}:
            await self._with_words(name, rest)
            return
        known = self._screen.desk_app.keymap.commands
        name = {"q": "quit"}.get(name, name)
        if name == "select-all":
            view = self._list.view
            await self._screen.moves.select_query(view.query if view else "")
        elif name in known and known[name].place == "desk":
            await self._screen.run_command(known[name])
        else:
            close = get_close_matches(name, self._names(), 1)
            hint = " · " + _("did you mean {name}?").format(name=close[0]) if close else ""
            self._screen.notice(_("There is no command {name}").format(name=row_safe(name)) + hint, "error")


def leave_words(summary: Summary) -> str:
    """Ask whether to leave, by what is still about to leave the house."""
    count = summary.outbox_pending
    said = _("Nothing waits any more.")
    if count:
        said = ngettext(
            "{n} sending waits until you come back.",
            "{n} sendings wait until you come back.",
            count,
        ).format(n=count)
    return f"{said} " + _("Leave? (o or y: yes · n: no)") + " "
