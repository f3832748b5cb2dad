"""The inbox: header, list, detail and footer; keeps them fresh, lays them out for the size, and routes keys."""

import asyncio
from collections.abc import Awaitable, Callable
from contextvars import Context, copy_context
from datetime import datetime
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.timer import Timer

from inbox.alerts.model import Rule
from inbox.desk import Desk, Detail, Summary
from tui.alerts import say_alerts
from tui.i18n import _, ngettext
from tui.screens.acts import Acts
from tui.screens.base import KeyScreen, Stroke
from tui.screens.corridor import Corridor
from tui.screens.hints import NARROW, Hints
from tui.screens.looks import Looks
from tui.screens.moves import Moves
from tui.screens.plays import Plays
from tui.settings import Settings
from tui.themes import Theme
from tui.widgets.detail import DetailPane
from tui.widgets.footer import Bar, Footer, Upright, outbox_words, parted, source_words
from tui.widgets.header import Header
from tui.widgets.heat import HeatPane
from tui.widgets.inbox_list import InboxList
from tui.widgets.paint import Span, row_safe
from tui.widgets.prompt import Prompt
from tui.widgets.words import announced, clock

WIDE, HUGE, LOW = 120, 180, 18
"""Columns from which the detail stands beside the list, the hottest posts beside both; below which one thing is shown."""
REST = 0.12
"""Seconds the cursor rests before the detail follows: holding a key down costs no more than the moves."""
ACTIVE = 5.0
"""Seconds after a key in which counts are refreshed four times a second, once a second otherwise."""
FOLLOW_EVERY = 30.0
"""Seconds between two merges while the list follows arrivals and already fills the screen."""

Accept = Callable[[str], Awaitable[None]]


class InboxScreen(KeyScreen[None]):
    """The screen one lives in."""

    PLACE = "desk"
    DEFAULT_CSS: ClassVar[str] = """
    InboxScreen #body { height: 1fr; }
    InboxScreen #left { width: 1fr; }
    InboxScreen #detail { height: 5; }
    InboxScreen #beside { width: 45%; display: none; }
    InboxScreen #heat { width: 44; display: none; }
    InboxScreen .upright { display: none; }
    InboxScreen.wide #beside, InboxScreen.wide #rule-beside { display: block; }
    InboxScreen.wide #detail, InboxScreen.wide #bottom-rule { display: none; }
    InboxScreen.huge #heat, InboxScreen.huge #rule-heat { display: block; }
    InboxScreen.narrow #detail, InboxScreen.narrow #bottom-rule { display: none; }
    InboxScreen.opened #list { display: none; }
    InboxScreen.opened #detail { display: block; height: 1fr; }
    InboxScreen.opened #bottom-rule { display: none; }
    InboxScreen.wide.opened #list { display: block; }
    InboxScreen.wide.opened #detail { display: none; }
    """

    def __init__(self, desk: Desk, settings: Settings, theme: Theme) -> None:
        """Compose the screen over a desk."""
        super().__init__()
        self.desk = desk
        self.settings = settings
        now = settings.now()
        self.header = Header(theme, now)
        self.header.observer = settings.observer
        self.list = InboxList(desk, theme, now, id="list")
        self.below = DetailPane(theme, now, id="detail")
        self.beside = DetailPane(theme, now, id="beside")
        self.heat = HeatPane(theme, now, id="heat")
        self.bar = Bar(theme, id="bar")
        self.bottom = Bar(theme, id="bottom-rule")
        self.footer = Footer(theme)
        self.prompt: Prompt | None = None
        self.reading = False
        self.summary: Summary | None = None
        self.detail: Detail | None = None
        self._accept: Accept | None = None
        self._change: Callable[[str], None] | None = None
        self._cancel: Callable[[], Awaitable[None]] | None = None
        self._hints = Hints(self)
        self.moves = Moves(self)
        acts = Acts(self)
        self.controllers = (self.moves, acts, Looks(self), Plays(self, acts), Corridor(self, acts))
        self._asked: Callable[[], None] | None = None
        self._words: Callable[[Summary], str] | None = None
        self._notice: Span | None = None
        self._renewed: Callable[[], str] | None = None
        self._announced: int | None = None
        self._announcement: Span | None = None
        self._changed: set[str] = set()
        self._flushing: Timer | None = None
        self._resting: Timer | None = None
        self._counting: Timer | None = None
        self._last_key = 0.0
        self._last_flush = 0.0
        self._last_merge = 0.0
        self._opened = asyncio.Event()

    # -- life --------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Put the widgets in their places."""
        theme = self.list.theme
        yield self.header
        with Horizontal(id="body"):
            with Vertical(id="left"):
                yield self.list
                yield self.bar
                yield self.below
                yield self.bottom
            yield Upright(theme, id="rule-beside").add_class("upright")
            yield self.beside
            yield Upright(theme, id="rule-heat").add_class("upright")
            yield self.heat
        yield self.footer

    async def on_mount(self) -> None:
        """Open the inbox, then follow the desk's changes."""
        loop = asyncio.get_running_loop()
        keymap = self.desk_app.keymap
        self.header.keys = {name: keymap.key(name) for name in self.header.keys}
        context = copy_context()  # timers belong to this screen, whichever thread brings the news
        self._leave = self.desk.subscribe(lambda keys: _soon(loop, context, self._on_change, keys))
        self.call_after_refresh(self._open)

    async def _open(self) -> None:
        await self.list.open()
        await self.flush()
        self._opened.set()
        self._set_minute_timer()
        if self.summary is not None and self.summary.drafts:
            said = ngettext(
                "{n} text of yours is not sent: /is:draft",
                "{n} texts of yours are not sent: /is:draft",
                self.summary.drafts,
            )
            self.notice(said.format(n=self.summary.drafts), "notice")

    def on_unmount(self) -> None:
        """Stop listening."""
        self._leave()

    async def ready(self) -> None:
        """Wait for the first rows: keys typed ahead of them are kept."""
        await self._opened.wait()

    @property
    def pane(self) -> DetailPane:
        """The detail pane of the present layout."""
        return self.beside if self.has_class("wide") else self.below

    @property
    def place(self) -> str:
        """The list, or the line being typed."""
        return self.PLACE if self.prompt is None else "question" if self._asked is not None else "prompt"

    @property
    def detail_shown(self) -> bool:
        """Whether a detail pane is on the screen."""
        return not self.has_class("narrow") or self.has_class("opened")

    def on_resize(self, event: events.Resize) -> None:
        """Choose the layout for the size; cursor, selection, drafts and places in texts stay."""
        width, height = event.size
        self.set_class(width >= WIDE and height >= LOW, "wide")
        self.set_class(width >= HUGE and height >= LOW, "huge")
        self.set_class(width < NARROW or height < LOW, "narrow")
        self.call_after_refresh(self._rested)

    # -- staying fresh -----------------------------------------------------------------------------

    def _on_change(self, keys: frozenset[str]) -> None:
        self._changed |= keys
        if self._flushing is None and self.is_running:
            now = self.app_time()
            often = 5.0 if self.settings.low_bandwidth else 0.25 if now - self._last_key < ACTIVE else 1.0
            wait = max(0.01, self._last_flush + often - now)
            self._flushing = self.set_timer(wait, self.flush)

    @staticmethod
    def app_time() -> float:
        """Return the event loop's clock, in seconds."""
        return asyncio.get_running_loop().time()

    async def flush(self) -> None:
        """Ask the desk for what changed and paint it, once for many changes."""
        self._flushing = None
        self._last_flush = self.app_time()
        self._keep_time()
        changed, self._changed = frozenset(self._changed), set()
        before, self.summary = self.summary, await self.desk.summary()
        self._announce(self.summary)
        self._ring(before, self.summary)
        await self.list.refresh_rows(changed)
        if self._may_follow():
            self._last_merge = self._last_flush
            await self.list.merge()
        if self._asked is not None and self._words is not None:
            self.prompt = Prompt(self._words(self.summary))
        self.header.show(self.summary, self.list.waiting)
        self.heat.show(self.summary)
        if self.detail is not None and self.detail.row.key in changed:
            await self.load_detail()
        self.say()
        self._count_down()

    def _ring(self, before: Summary | None, after: Summary) -> None:
        """Call the operator when something was told since the last look; at the start, say what was handed over."""
        if before is None and after.handover and after.watch == after.operator:
            self.notice(_("handed over to you: {note}").format(note=row_safe(after.handover)), "notice")
        if before is not None and after.alerted_at is not None and after.alerted_at != before.alerted_at:
            words = say_alerts(after.alerts)
            self.desk_app.ring(words)
            told = self._notice is not None and self._notice is self._announcement
            if not told or any(alert.rule is not Rule.FLOOD for alert in after.alerts):
                self.notice(words, "warn")  # a flood just announced by its post needs no second, vaguer word

    def _announce(self, summary: Summary) -> None:
        """Say once that a situation began or ended; what was announced before somebody sat down is in the header."""
        known, last = self._announced, summary.announced
        self._announced = last.number if last is not None else 0
        if last is not None and known is not None and last.number > known:
            self._renewed = None
            self._notice = self._announcement = (
                announced(last, self.desk_app.keymap.key("situations")),
                "dim" if last.ended else "warn",
            )

    def _may_follow(self) -> bool:
        if not (self.list.following and self.list.waiting) or self.list.selection or self.prompt:
            return False
        filling = self.list.total < self.list.rows_shown
        return filling or self._last_flush - self._last_merge >= FOLLOW_EVERY

    def _count_down(self) -> None:
        """Repaint the footer once a second while something is about to leave."""
        pending = self.summary is not None and self.summary.next_due is not None and not self.summary.held_by
        if pending and self._counting is None:
            self._counting = self.set_interval(1.0, self.say)
        elif not pending and self._counting is not None:
            self._counting.stop()
            self._counting = None

    def _set_minute_timer(self) -> None:
        now = self.settings.now()
        self.set_timer(60.05 - now.second - now.microsecond / 1e6, self._minute)

    def _minute(self) -> None:
        self._keep_time()
        self._set_minute_timer()

    def _keep_time(self) -> None:
        """Let clock and ages go on where the minute has changed: by its timer, or late, at the first news after a delay."""
        now = self.settings.now()
        if clock(now) != clock(self.header.now):
            self.tick(now)

    def tick(self, now: datetime) -> None:
        """Let clock and ages go on; the only thing an idle screen ever sends."""
        for pane in (self.below, self.beside, self.heat):
            pane.now = now
            pane.repaint()
        self.header.tick(now)
        self.list.tick(now)

    @on(InboxList.Moved)
    def _on_moved(self) -> None:
        if self.list.range_start is not None:  # the count follows at once, what it would reach when the cursor rests
            self._hints.forget()
            self.say()
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(REST, self._rested)

    async def _rested(self) -> None:
        self._resting = None
        if self.detail_shown and not (self.settings.low_bandwidth and not self.has_class("opened")):
            await self.load_detail()
        await self.refresh_hints()

    async def load_detail(self) -> None:
        """Show the comment under the cursor whole."""
        key = self.list.key
        detail = await self.desk.detail(key) if key else None
        if key == self.list.key:
            self.detail = detail
            self.pane.show(detail)

    async def refresh_hints(self) -> None:
        """Ask what the next act would reach, and say it."""
        await self._hints.ask()
        self.say()

    # -- footer ------------------------------------------------------------------------------------

    def say(self) -> None:
        """Paint rule and footer."""
        if self._notice is not None and self._renewed is not None:
            text = self._renewed()
            self._notice = (row_safe(text), self._notice[1]) if text else None
        said, role = self._notice or ("", "")
        said, left_to_say = parted(said, self.size.width - 3)
        self.bar.say([(said, role)] if said else [], self._hints.place())
        if self.prompt is not None:
            self.footer.say(self.prompt.line(), self.prompt.below())
            return
        if self.prefix:
            self.footer.say(self._hints.continuations(self.prefix), [])
            return
        first = self._hints.line()
        summary = self.summary
        if summary is None:
            self.footer.say(first, [])
            return
        if left_to_say:
            self.footer.say(first, [(" " + left_to_say, role)])
            return
        undo = self.desk_app.keymap.key("undo")
        right = source_words(summary.sources, self.size.width)
        self.footer.say(first, outbox_words(summary, self.settings.now(), undo), right)

    def notice(self, text: str, role: str = "notice", *, renewed: Callable[[], str] | None = None) -> None:
        """Say something in the rule under the list; the next key takes it away.

        Args:
            text: what is said.
            role: how it is painted.
            renewed: says it anew at every painting, for words with a time in them; "" once they hold no longer.
        """
        self._notice, self._renewed = (row_safe(text), role), renewed
        self.say()

    def prefix_changed(self) -> None:
        """Show how a begun sequence can go on."""
        self.say()

    # -- keys --------------------------------------------------------------------------------------

    async def take(self, stroke: Stroke) -> None:
        """Take one key; the notice of the last one goes."""
        await self.ready()
        self._last_key = self.app_time()
        had, self._notice = self._notice, None
        await super().take(stroke)
        if had is not None and self._notice is None:
            self.say()

    async def type(self, stroke: Stroke) -> bool:
        """Give a prompt its keys; nothing typed there ever acts on the list."""
        prompt = self.prompt
        if prompt is None:
            return False
        if self._asked is not None:
            await self._answer(stroke)
            return True
        if stroke.key in {"escape", "ctrl-c"} or (stroke.key == "backspace" and not prompt.text):
            await self._end_prompt(accepted=False)
        elif stroke.key == "enter":
            await self._end_prompt(accepted=True)
        elif prompt.take(stroke.key, stroke.character):
            self._prompt_changed()
        else:
            self.say()
        return True

    async def type_text(self, text: str) -> bool:
        """Let a paste into the prompt, if one is open."""
        if self.prompt is None:
            return False
        self.prompt.insert(text)
        self._prompt_changed()
        return True

    def _prompt_changed(self) -> None:
        if self._change is not None and self.prompt is not None:
            self._change(self.prompt.text)
        self.say()

    def ask(
        self,
        prompt: Prompt,
        accept: Accept,
        change: Callable[[str], None] | None = None,
        cancel: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        """Open a prompt in the footer; `accept` gets the text on Enter."""
        self.prompt, self._accept, self._change, self._cancel = prompt, accept, change, cancel
        self.say()

    def question(self, words: Callable[[Summary], str], summary: Summary, yes: Callable[[], None]) -> None:
        """Ask something that only `o` or `y` affirm, in both languages; never Enter, never the key that asked.

        Args:
            words: words the question by the desk's latest word, which it follows.
            summary: that word.
            yes: what to do when it is affirmed.
        """
        self._asked, self._words = yes, words
        self.prompt = Prompt(words(summary))
        self.say()

    async def _answer(self, stroke: Stroke) -> None:
        command = self.desk_app.keymap.find("question", stroke.key)
        yes = self._asked
        if command is None:
            self.notice(_("o or y say yes, n says no"), "warn")
            return
        self._asked = self.prompt = None
        self.say()
        if command.name == "yes" and yes is not None:
            yes()

    async def _end_prompt(self, *, accepted: bool) -> None:
        prompt, accept, cancel = self.prompt, self._accept, self._cancel
        self.prompt = self._accept = self._change = self._cancel = None
        self.say()
        if accepted and prompt is not None and accept is not None:
            await accept(prompt.text.strip())
        elif not accepted and cancel is not None:
            await cancel()


def _soon(
    loop: asyncio.AbstractEventLoop,
    context: Context,
    callback: Callable[[frozenset[str]], None],
    keys: frozenset[str],
) -> None:
    """Hand keys over from the engine's thread; a loop that has ended needs no news."""
    if not loop.is_closed():
        try:
            loop.call_soon_threadsafe(callback, keys, context=context)
        except RuntimeError:
            return
