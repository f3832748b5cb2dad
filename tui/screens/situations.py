"""Situations: the posts that are not quiet, why, since when, what was done there, and the play of each."""

import asyncio
from collections.abc import Sequence

from msgspec import Struct
from textual.app import ComposeResult

from inbox.desk import Desk, Summary
from inbox.glance import PostHeat
from inbox.item import key_of
from inbox.play import PostPlays
from tui.i18n import _, ngettext
from tui.screens.base import KeyScreen, Stroke
from tui.screens.play import Chosen, PlayScreen
from tui.themes import RISK_ROLES, RISK_SYMBOLS, Theme
from tui.widgets.canvas import Scrolled
from tui.widgets.footer import Bar, Footer, hint
from tui.widgets.heat import barometer_lines
from tui.widgets.paint import Line, Span, row_safe
from tui.widgets.play_words import CRITICAL, done_so_far, heading, offered, standing, why, witnesses

DANGERS = "is:danger"


class Entry(Struct, frozen=True, kw_only=True):
    """One thing to take: a post, or the dangers, which come before every post.

    Attributes:
        query: what the inbox would show of it.
        post: the post, or None.
    """

    query: str
    post: PostPlays | None = None


class Entries(Scrolled):
    """The posts in blocks of lines, the present one marked."""

    def __init__(self, theme: Theme) -> None:
        """Start with nothing."""
        super().__init__(theme)
        self.blocks: list[list[Line]] = []
        self.below: list[Line] = []
        self.at = 0

    def lines(self, width: int) -> Sequence[Line]:
        """Return every line, a mark before those of the present block, and what stands below them all."""
        marked = [
            [(" ▌ " if index == self.at else "   ", "cursor"), *line]
            for index, block in enumerate(self.blocks)
            for line in block
        ]
        return [*marked, *([("   ", ""), *line] for line in self.below)]

    def go(self, at: int) -> bool:
        """Mark another block and bring it into sight; tell whether that moved."""
        at = max(0, min(len(self.blocks) - 1, at))
        moved, self.at = at != self.at, at
        y, height = sum(len(block) for block in self.blocks[:at]), self.size.height
        if y < self.offset_y or y + len(self.blocks[at]) > self.offset_y + height - 1:
            self.offset_y = y
        self.repaint()
        return moved


class SituationsScreen(KeyScreen[Chosen | None]):
    """What goes on, gravest first; Enter leads to what fits."""

    PLACE = "situations"

    def __init__(self, desk: Desk, hottest: Sequence[PostHeat], *, at: str = "") -> None:
        """List the posts of `hottest`; begin at the post `at` ("SOURCE/POST") unless danger comes first."""
        super().__init__()
        self.desk = desk
        self.entries: list[Entry] = []
        self._hottest = hottest
        self._begin = at
        self._dangers = 0
        self._summary: Summary | None = None
        self._notice: Span | None = None
        self._loaded = asyncio.Event()

    def compose(self) -> ComposeResult:
        """Put the widgets in their places."""
        theme = self.desk_app.palette
        self.top = Bar(theme)
        self.listed = Entries(theme)
        self.bar = Bar(theme)
        self.footer = Footer(theme)
        yield self.top
        yield self.listed
        yield self.bar
        yield self.footer

    def on_mount(self) -> None:
        """Load what the desk knows; keys typed meanwhile wait."""
        self.call_after_refresh(self._load)

    async def _load(self) -> None:
        self._dangers = await self._count(DANGERS)
        self._summary = await self.desk.summary()
        found = [await self.desk.plays(key_of(heat.source, heat.post_id)) for heat in self._hottest]
        posts = [post for post in found if post is not None]
        first = [Entry(query=DANGERS)] if self._dangers else []
        self.entries = [*first, *(Entry(query=query_of(post), post=post) for post in posts)]
        wanted = [
            i for i, e in enumerate(self.entries) if e.post and key_of(e.post.source, e.post.post_id) == self._begin
        ]
        self._lay_out()
        if self.entries:
            self.listed.go(0 if self._dangers else next(iter(wanted), 0))
        self._loaded.set()
        self.paint_all()

    async def _count(self, query: str) -> int:
        view = await self.desk.open_view(query)
        await self.desk.close_view(view.id)
        return view.total

    async def ready(self) -> None:
        """Wait for the posts."""
        await self._loaded.wait()

    def on_resize(self) -> None:
        """Lay out for the new size."""
        self.call_after_refresh(self._lay_out)

    def _lay_out(self) -> None:
        self.listed.blocks = [self._block(entry, self.size.width - 4) for entry in self.entries]
        if self._summary is not None and self._summary.barometer:
            self.listed.below = barometer_lines(self._summary, self.size.width - 5)
        self.paint_all()

    def _block(self, entry: Entry, width: int) -> list[Line]:
        post, now = entry.post, self.desk_app.now()
        if post is None:
            many = ngettext("{n} suspected danger", "{n} suspected dangers", self._dangers).format(n=self._dangers)
            words = _("first of all, before any play")
            return [[(f"{RISK_SYMBOLS[CRITICAL]} {many}", RISK_ROLES[CRITICAL]), ("  " + words, "warn")], []]
        lines = [heading(post, now, width), *why(post, width), *standing(post, now, width)]
        lines += witnesses(post, width, most=2 if self.size.height >= 30 else 1)
        lines += done_so_far(post, width)
        lines += [offered(post.options[0])] if post.options else []
        return [*lines, []]

    def paint_all(self) -> None:
        """Paint what changed."""
        posts = sum(entry.post is not None for entry in self.entries)
        self.top.say([(_("Situations"), "strong")], [(str(posts or ""), "dim")])
        self.listed.repaint()
        self.bar.say([self._notice] if self._notice else [], [])
        entry = self._here
        play = entry is not None and entry.post is not None and bool(entry.post.options)
        key = self.desk_app.keymap.key
        line: list[Span] = [(" ", "")]
        if entry is not None:
            line += hint(key("open-situation"), _("its play") if play else _("show them"))
            line += hint(key("show-post"), _("its comments")) if play else []
        line += hint(key("situations-back"), _("back"))
        quiet = self._loaded.is_set() and not self.entries
        self.footer.say(line, [(" " + (_("no post stands out") if quiet else ""), "dim")])

    @property
    def _here(self) -> Entry | None:
        return self.entries[self.listed.at] if self.listed.at < len(self.entries) else None

    def notice(self, text: str, role: str = "notice") -> None:
        """Say something in the rule above the keys."""
        self._notice = (row_safe(text), role)
        self.paint_all()

    async def take(self, stroke: Stroke) -> None:
        """Take one key; the notice of the last one goes."""
        await self.ready()
        self._notice = None
        await super().take(stroke)
        if self.is_current:
            self.paint_all()

    # -- commands ----------------------------------------------------------------------------------

    async def do_situation_down(self) -> None:
        """Next post."""
        if not (self.entries and self.listed.go(self.listed.at + 1)):
            self.notice(_("This is the end"), "dim")

    async def do_situation_up(self) -> None:
        """Previous post."""
        if not (self.entries and self.listed.go(self.listed.at - 1)):
            self.notice(_("This is the top"), "dim")

    async def do_open_situation(self) -> None:
        """The play of the marked post; where there is none, its comments."""
        entry = self._here
        if entry is None:
            self.notice(_("There is nothing to take"), "dim")
        elif entry.post is not None and entry.post.options:
            post = entry.post
            self.desk_app.open_screen(PlayScreen(self.desk, key_of(post.source, post.post_id)), self._played)
        else:
            self.dismiss(Chosen(query=entry.query))

    def _played(self, result: Chosen | None) -> None:
        if result is not None:
            self.dismiss(result)

    async def do_show_post(self) -> None:
        """Show the marked post's comments in the inbox."""
        if self._here is not None:
            self.dismiss(Chosen(query=self._here.query))

    async def do_situations_back(self) -> None:
        """Back to the inbox."""
        self.dismiss(None)

    async def do_cancel(self) -> None:
        """Ctrl-C goes back."""
        self.dismiss(None)


def query_of(post: PostPlays) -> str:
    """Find the open comments under a post."""
    return f'post:"{post.post_id.replace(chr(34), "")}"'
