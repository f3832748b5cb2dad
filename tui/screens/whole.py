"""A text shown whole, to be read or copied by hand where the terminal takes nothing from us."""

from collections.abc import Sequence
from typing import Any

from tui.i18n import _
from tui.screens.base import KeyScreen
from tui.screens.help import HelpScreen
from tui.themes import Theme
from tui.widgets.canvas import Scrolled
from tui.widgets.paint import Line, row_safe, wrapped


class WholeText(Scrolled):
    """One text, broken where the screen ends."""

    def __init__(self, theme: Theme, text: str) -> None:
        """Show `text`."""
        super().__init__(theme)
        self._text = text

    def lines(self, width: int) -> Sequence[Line]:
        """Return every line, without a margin: what is selected on the screen is the text alone."""
        return [line for part in self._text.split("\n") for line in wrapped(row_safe(part), max(1, width)) or [[]]]


class WholeScreen(HelpScreen):
    """A text to read, and why it is shown."""

    def __init__(self, why: str, text: str) -> None:
        """Show `text` because of `why`."""
        super().__init__()
        self._why = why
        self._whole = text

    def body(self, theme: Theme) -> Scrolled:
        """Return the text."""
        return WholeText(theme, self._whole)

    def around(self) -> tuple[str, str]:
        """Return why it is here."""
        return self._why, ""


def hand_over(screen: KeyScreen[Any], text: str, said: str) -> None:
    """Copy a text to the operator's own clipboard and say so; where the terminal has none, show it whole."""
    if screen.desk_app.copy(text):
        screen.notice(said, "dim")
    else:
        screen.desk_app.open_screen(WholeScreen(_("This terminal has no clipboard: copy this by hand"), text))
