"""Welcome: the first run asks who sits here and what to begin with, before there is any desk."""

import tui.environment  # noqa: F401, I001 - Textual reads the environment at its import

from typing import Any, ClassVar

from msgspec import Struct
from rich.console import RenderableType
from textual import events
from textual.app import App, ComposeResult
from textual.screen import Screen

from tui.driver import BecalmDriver
from tui.i18n import _, choose
from tui.keymap import canonical
from tui.settings import Settings
from tui.themes import Theme, choose_palette
from tui.widgets.canvas import Canvas
from tui.widgets.paint import Line, row_safe, rule, wrapped
from tui.widgets.prompt import Prompt
from tui.i18n import N_

CHOICES = (
    ("rehearsal", N_("rehearse a storm"), N_("an invented museum, no account, nothing leaves this machine")),
    ("connect", N_("connect an account"), N_("becalm says first what the platform can do and what it cannot")),
    ("desk", N_("look at the empty desk"), N_("the keys are behind ?")),
)


class Welcome(Struct, frozen=True):
    """What was answered.

    Attributes:
        operator: the name that colleagues will see.
        choice: "rehearsal", "connect" or "desk".
    """

    operator: str
    choice: str


class _Page(Canvas):
    """The questions, one after the other."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme)
        self.prompt: Prompt = Prompt(_("your name: "), name, suggested=True)
        self.naming = True
        self.at = 0

    def paint(self, width: int, height: int) -> list[Line]:
        """Return the page."""
        lines: list[Line] = [
            [],
            [("  becalm", "brand")],
            [("  " + _("a desk for the comments of stormy days"), "dim")],
            [],
        ]
        if self.naming:
            lines.append([("  " + _("Who are you? Colleagues see this name beside what you do."), "")])
            lines += [[], [(" ", ""), *self.prompt.line()]]
        else:
            lines.append([("  " + _("Welcome, {name}. Where to begin?").format(name=row_safe(self.prompt.text)), "")])
            for index, (_key, title, why) in enumerate(CHOICES):
                here = index == self.at
                lines += [
                    [],
                    [
                        (" ▌ " if here else "   ", "cursor"),
                        (f"{index + 1} ", "key"),
                        (_(title), "strong" if here else ""),
                    ],
                ]
                lines += [
                    [(" ▌   " if here else "     ", "cursor"), *line] for line in wrapped(_(why), width - 6, "dim")
                ]
        keys = (
            _("Enter goes on   Esc leaves")
            if self.naming
            else _("j k choose   Enter begins   Esc changes the name   q leaves")
        )
        fill: list[Line] = [[]] * max(0, height - len(lines) - 2)
        return [*lines, *fill, rule(width), [(" " + keys, "dim")]]


class _WelcomeScreen(Screen[None]):
    """The only screen of the first run."""

    DEFAULT_CSS = "_WelcomeScreen { background: ansi_default; }"
    AUTO_FOCUS = ""

    def __init__(self, page: _Page) -> None:
        super().__init__()
        self._page = page

    def compose(self) -> ComposeResult:
        """Show the page."""
        yield self._page


class WelcomeApp(App[Welcome]):
    """Asks for a name, then for a beginning."""

    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[Any]] = []

    def __init__(self, settings: Settings, name: str = "") -> None:
        """Suggest a name."""
        choose(settings.language)
        super().__init__(driver_class=BecalmDriver, ansi_color=True)
        self.theme = "ansi-dark"
        self.page = _Page(Theme(choose_palette(settings.palette, low_bandwidth=settings.low_bandwidth)), name)

    def get_default_screen(self) -> Screen[Any]:
        """Open on the questions."""
        return _WelcomeScreen(self.page)

    async def on_event(self, event: events.Event) -> None:
        """Take keys and pastes."""
        if isinstance(event, events.Key):
            event.stop()
            character = event.character if event.is_printable and event.character else ""
            self._take(canonical(event.key), character)
        elif isinstance(event, events.Paste):
            event.stop()
            if self.page.naming:
                self.page.prompt.insert(event.text)
            self.page.repaint()
        else:
            await super().on_event(event)

    def _take(self, key: str, character: str) -> None:
        page = self.page
        if key in {"escape", "ctrl-c"} and (page.naming or key == "ctrl-c"):
            self.exit(None)
        elif page.naming:
            if key == "enter" and page.prompt.text.strip():
                page.naming = False
            elif key != "enter":
                page.prompt.take(key, character)
        elif key == "escape":
            page.naming = True
        elif character in {"1", "2", "3"} or key == "enter":
            index = int(character) - 1 if character in {"1", "2", "3"} else page.at
            self.exit(Welcome(page.prompt.text.strip(), CHOICES[index][0]))
        elif key in {"j", "down", "k", "up"}:
            page.at = max(0, min(len(CHOICES) - 1, page.at + (1 if key in {"j", "down"} else -1)))
        elif character == "q":
            self.exit(None)
        page.repaint()

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """Give frames to our driver."""
        driver = self._driver
        if not (isinstance(driver, BecalmDriver) and renderable is not None and self._running) or not driver.show(
            renderable, (self.size.width, self.size.height)
        ):
            super()._display(screen, renderable)


def welcome(settings: Settings, name: str = "") -> Welcome | None:
    """Ask the questions of a first run.

    Args:
        settings: the person's choices.
        name: the name to suggest.

    Returns:
        The answers, or None when the person left.
    """
    return WelcomeApp(settings, name).run(mouse=False)
