"""The application: puts the screens over the desk, keeps keys in order, and decides nothing."""

import tui.environment  # noqa: F401, I001 - Textual reads the environment at its import

import asyncio
import contextlib
import os
import signal
from collections.abc import Callable
from datetime import datetime
from itertools import zip_longest
from typing import Any, ClassVar

from rich.console import RenderableType
from textual import events
from textual.app import App, SuspendNotSupported
from textual.screen import Screen

from inbox.desk import Desk
from tui.clipboard import put
from tui.driver import BecalmDriver
from tui.i18n import _, choose
from tui.keymap import Command, Keymap, canonical
from tui.outside import Edited, edit
from tui.screens.base import KeyScreen, Stroke
from tui.screens.inbox import InboxScreen
from tui.settings import Settings
from tui.themes import Theme, choose_palette

BURST_KEYS = 6
"""Different act keys that nobody presses at once: a paste without brackets, or a cat on the keyboard."""
BURST_SECONDS = 0.060
WRITES = frozenset({"reply", "reply-blank"})
"""Acts that open a place to write in: what comes with their key is type-ahead, and leaves only from a send bar."""
LINES = frozenset({"filter", "command"})
"""Commands that open a line to type in."""
LOOK_AHEAD = 0.012
"""Seconds an act waits for a burst to show itself; motions never wait."""


class BecalmApp(App[int]):
    """The terminal interface of one desk.

    Attributes:
        desk: what is shown and asked.
        settings: the person's choices.
        keymap: what the keys mean.
        palette: the colours.
    """

    ENABLE_COMMAND_PALETTE = False
    CSS: ClassVar[str] = "Screen { background: ansi_default; color: ansi_default; overflow: hidden hidden; }"
    BINDINGS: ClassVar[list[Any]] = []

    def __init__(self, desk: Desk, *, settings: Settings | None = None) -> None:
        """Show `desk` as `settings` say.

        Raises:
            KeymapError: the keys of the settings clash.
        """
        self.settings = settings or Settings()
        choose(self.settings.language)
        self.keymap = Keymap.build(self.settings.keys, self.settings.keys_file)
        self.palette = Theme(choose_palette(self.settings.palette, low_bandwidth=self.settings.low_bandwidth))
        self.desk = desk
        self._strokes: asyncio.Queue[Stroke | str] = asyncio.Queue()
        self._ahead: list[Stroke | str] = []
        self._busy: asyncio.Task[None] | None = None
        self._interrupted = False
        super().__init__(driver_class=BecalmDriver, ansi_color=True)
        self.theme = "ansi-dark"

    # -- life --------------------------------------------------------------------------------------

    def get_default_screen(self) -> Screen[Any]:
        """Open on the inbox."""
        return InboxScreen(self.desk, self.settings, self.palette)

    def on_mount(self) -> None:
        """Begin taking keys; a vanished terminal ends the interface, never the engine."""
        self.run_worker(self._take_strokes(), exit_on_error=True)
        if not isinstance(self._driver, BecalmDriver):
            return
        with contextlib.suppress(ValueError, RuntimeError):  # not in the main thread: somebody else owns the signals
            asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, self.exit, 0)
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, self.exit, 0)

    @property
    def fault(self) -> Exception | None:
        """What broke the interface, or None."""
        return self._exception

    def _fatal_error(self) -> None:
        """Leave quietly on a fault of ours: Textual would print every local, comments and tokens among them."""
        self._close_messages_no_wait()

    def now(self) -> datetime:
        """Return the time by the settings' clock."""
        return self.settings.now()

    # -- keys: one after the other -----------------------------------------------------------------

    async def on_event(self, event: events.Event) -> None:
        """Queue keys and pastes in the order they came; all else is Textual's."""
        if isinstance(event, events.Key):
            event.stop()
            character = event.character if event.is_printable and event.character else ""
            stroke = Stroke(
                character if character and character != " " else canonical(event.key), character, self._time()
            )
            if stroke.key == "ctrl-c" and self._busy is not None:
                self._interrupted = True
                self._busy.cancel()
                return
            self._strokes.put_nowait(stroke)
        elif isinstance(event, events.Paste):
            event.stop()
            self._strokes.put_nowait(event.text)
        else:
            await super().on_event(event)

    @staticmethod
    def _time() -> float:
        return asyncio.get_running_loop().time()

    async def settled(self) -> None:
        """Wait until every key pressed so far has been taken."""
        await self._strokes.join()

    async def _take_strokes(self) -> None:
        while True:
            taken = [await self._strokes.get()]
            if isinstance(taken[0], Stroke) and self._may_be_burst(taken[0]):
                taken += await self._look_ahead(taken[0])
            try:
                if self._is_burst(taken):
                    self._screen.notice(_("Many keys at once were swallowed: that looked like a paste"), "warn")
                else:
                    for stroke in taken:
                        await self._take(stroke)
            finally:
                for _stroke in taken:
                    self._strokes.task_done()

    @property
    def _screen(self) -> KeyScreen[Any]:
        assert isinstance(self.screen, KeyScreen)
        return self.screen

    async def _take(self, stroke: Stroke | str) -> None:
        screen = self._screen
        self._busy = asyncio.create_task(screen.take(stroke) if isinstance(stroke, Stroke) else screen.paste(stroke))
        try:
            await self._busy
        except asyncio.CancelledError:
            if not self._interrupted:  # the interface itself is ending, perhaps by this very key
                raise
            screen.notice(_("Cancelled"), "warn")
        finally:
            self._busy = None
            self._interrupted = False

    def _may_be_burst(self, stroke: Stroke) -> bool:
        """Only an act on the inbox is worth waiting for what follows; `:` `/` and begun sequences take type-ahead."""
        screen = self._screen
        if screen.place != "desk" or screen.prefix:
            return False
        command = self.keymap.find("desk", stroke.key)
        if command is None:
            return bool(stroke.character) and not self.keymap.is_prefix("desk", stroke.key)
        return command.acts and command.name not in WRITES

    async def _look_ahead(self, first: Stroke) -> list[Stroke | str]:
        """Collect what arrived together with a key: until a gap of LOOK_AHEAD, for BURST_SECONDS at most."""
        found: list[Stroke | str] = []
        while True:
            try:
                async with asyncio.timeout(LOOK_AHEAD):
                    stroke = await self._strokes.get()
            except TimeoutError:
                return found
            found.append(stroke)
            if isinstance(stroke, str) or stroke.at - first.at > BURST_SECONDS:
                return found

    def _is_burst(self, taken: list[Stroke | str]) -> bool:
        """Count the keys meant for the list: from one that opens something to type in, they are type-ahead."""
        keys: set[str] = set()
        strokes = [s.key for s in taken if isinstance(s, Stroke)]
        for key, following in zip_longest(strokes, strokes[1:]):
            command = self.keymap.find("desk", key)
            name = command.name if command else ""
            if name in LINES or self.keymap.is_prefix("desk", key) or (name in WRITES and following == "enter"):
                break
            if command is None or command.category != "Moving":
                keys.add(key)
        return len(keys) >= BURST_KEYS

    def why_not(self, command: Command) -> str:
        """Say why a command may not be used now, or ""."""
        if command.acts and self.settings.observer:
            return _("You are observing: nothing can be changed here")
        return ""

    # -- painting ----------------------------------------------------------------------------------

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """Give frames to our driver, which sends only what differs; anything else goes Textual's way."""
        driver = self._driver
        ours = isinstance(driver, BecalmDriver) and renderable is not None and self._running and not self._batch_count
        if ours and isinstance(driver, BecalmDriver) and driver.show(renderable, (self.size.width, self.size.height)):
            driver.set_sync(available=self._sync_available)
            self.post_display_hook()
        else:
            super()._display(screen, renderable)

    def redraw(self) -> None:
        """Draw everything again: something else wrote on the terminal."""
        if isinstance(self._driver, BecalmDriver):
            self._driver.redraw()
        self.screen.refresh(layout=True)

    def copy(self, text: str) -> bool:
        """Put text on the clipboard of the operator's own terminal; returns whether it may have one."""
        return self._driver is not None and put(text, self._driver.write)

    def ring(self, text: str) -> None:
        """Call the operator to the terminal: its bell, and a desktop notification where the terminal makes one.

        OSC 9 is iTerm2's and Windows Terminal's, OSC 777 urxvt's and foot's; others pass over both. The Linux console
        would print them.
        """
        if self._driver is None or not self.settings.bell:
            return
        words = "".join(char for char in text if char.isprintable() and char != ";")
        desktop = (
            "" if os.environ.get("TERM") == "linux" else f"\x1b]9;becalm: {words}\a\x1b]777;notify;becalm;{words}\a"
        )
        self._driver.write("\a" + desktop)

    async def edit_outside(self, text: str, name: str) -> Edited:
        """Give the terminal to the operator's own editor for one text; see `tui.outside.edit`."""
        try:
            edited = await edit(text, name, self.suspend)
        except SuspendNotSupported:
            return Edited(text, _("your own editor cannot be opened on this terminal"))
        self.redraw()
        return edited

    def open_screen(self, screen: KeyScreen[Any], then: Callable[[Any], None] | None = None) -> None:
        """Put a screen on top; the next key is already its own."""
        self.push_screen(screen, then)


def run(desk: Desk, settings: Settings | None = None) -> int:
    """Show a desk until its operator leaves.

    Returns:
        The exit code.

    Raises:
        Exception: a fault of ours, once the terminal is as it was; the command line makes a report of it.
    """
    app = BecalmApp(desk, settings=settings)

    async def show() -> int | None:
        try:
            return await app.run_async(mouse=False)
        finally:
            await desk.aclose()  # in the loop that a connection to another process belongs to

    result = asyncio.run(show())
    if app.fault is not None:
        raise app.fault
    return result or app.return_code or 0
