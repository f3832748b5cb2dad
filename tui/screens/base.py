"""KeyScreen: takes keys one by one in the order they were pressed, each meant by the keymap or explained."""

from abc import abstractmethod
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, ClassVar, TypeVar

from msgspec import Struct
from textual.screen import Screen

from tui.i18n import _
from tui.keymap import Command, shown

if TYPE_CHECKING:
    from inbox.desk import Desk
    from tui.app import BecalmApp

Result = TypeVar("Result")
Handler = Callable[[], Awaitable[None]]


class Stroke(Struct, frozen=True):
    """One key as pressed.

    Attributes:
        key: its canonical name ("j", "ctrl-d", "escape").
        character: what it types, or "".
        at: when it arrived, in the event loop's seconds.
    """

    key: str
    character: str
    at: float


class KeyScreen(Screen[Result]):
    """A screen whose keys go through the keymap.

    Attributes:
        PLACE: the keymap's place while nothing else takes the keys.
        controllers: who carries commands out for this screen, each by methods of their names.
    """

    PLACE: ClassVar[str] = "reader"
    DEFAULT_CSS = "KeyScreen { background: ansi_default; layout: vertical; }"
    AUTO_FOCUS = ""

    def __init__(self) -> None:
        """Start without a begun sequence."""
        super().__init__()
        self.prefix = ""
        self.controllers: tuple[object, ...] = ()

    @property
    def desk_app(self) -> "BecalmApp":
        """The application, with its own type."""
        from tui.app import BecalmApp

        assert isinstance(self.app, BecalmApp)
        return self.app

    @property
    def place(self) -> str:
        """The keymap's place for the next key."""
        return self.PLACE

    async def ready(self) -> None:
        """Wait until the screen can take keys; those typed ahead wait with it."""

    async def take(self, stroke: Stroke) -> None:
        """Take one key."""
        await self.ready()
        if await self.type(stroke):
            return
        keymap = self.desk_app.keymap
        keys = f"{self.prefix} {stroke.key}" if self.prefix else stroke.key
        begun, self.prefix = self.prefix, ""
        command = keymap.find(self.place, keys)
        if command is not None:
            await self.run_command(command)
        elif not begun and keymap.is_prefix(self.place, stroke.key):
            self.prefix = stroke.key
            self.prefix_changed()
        elif begun and stroke.key in {"escape", "ctrl-c"}:
            self.prefix_changed()
        else:
            self.notice(_("{key} does nothing here: ? shows the keys").format(key=shown(keys)), "warn")
        if begun:
            self.prefix_changed()

    async def type(self, stroke: Stroke) -> bool:
        """Give an editor the key first; tell whether it took it."""
        return False

    async def paste(self, text: str) -> None:
        """Take a bracketed paste; where nothing is being written it is swallowed, and said so."""
        if not await self.type_text(text):
            self.notice(_("A paste was swallowed: nothing is being written here"), "warn")

    async def type_text(self, text: str) -> bool:
        """Give an editor a pasted text; tell whether it took it."""
        return False

    async def run_command(self, command: Command) -> None:
        """Carry a command out, or say why not."""
        why = self.desk_app.why_not(command)
        if why:
            self.notice(why, "warn")
            return
        if command.name == "redraw":
            self.desk_app.redraw()
            return
        await self.handler(command.name)()

    def handler(self, name: str) -> Handler:
        """Return what carries a command out, wherever it lives: a controller's method of its name, or one's own."""
        method = name.replace("-", "_")
        for controller in self.controllers:
            theirs: Handler | None = getattr(controller, method, None)
            if theirs is not None:
                return theirs
        found: Handler = getattr(self, "do_" + method)
        return found

    async def do_help(self) -> None:
        """Show the keys of this place first."""
        from tui.screens.help import HelpScreen

        self.desk_app.open_screen(HelpScreen(tuple(dict.fromkeys((self.place, self.PLACE, "desk")))))

    async def do_cancel(self) -> None:
        """Ctrl-C with nothing running: back out one level."""
        self.notice(_("Nothing to cancel"), "dim")

    def prefix_changed(self) -> None:
        """Show how a begun sequence can go on; called when it begins and ends."""

    def notice(self, text: str, role: str = "notice") -> None:
        """Tell the operator something; every screen has its line for it."""


class FollowingScreen(KeyScreen[Result]):
    """A screen that shows how a part of the desk stands, and follows it.

    Attributes:
        desk: what it looks at.
    """

    def __init__(self, desk: "Desk") -> None:
        """Look at a desk."""
        super().__init__()
        self.desk = desk

    def on_mount(self) -> None:
        """Ask once the sizes are known, and every time something changed."""
        self._leave = self.desk.subscribe(lambda _keys: self.app.call_later(self.reload))
        self.call_after_refresh(self.reload)

    def on_unmount(self) -> None:
        """Stop listening."""
        self._leave()

    def on_resize(self) -> None:
        """Paint for the new size."""
        self.call_after_refresh(self.paint_all)

    @abstractmethod
    async def reload(self) -> None:
        """Ask the desk again."""

    @abstractmethod
    def paint_all(self) -> None:
        """Paint what changed."""
