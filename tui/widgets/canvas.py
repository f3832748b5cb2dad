"""Canvas: a widget that is a list of painted lines and repaints only those that changed."""

from abc import abstractmethod
from collections.abc import Sequence

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tui.i18n import ngettext
from tui.themes import Theme
from tui.widgets.paint import Line, strip


class Canvas(Widget):
    """Lines of spans on the screen; subclasses say what they are in `paint`.

    Attributes:
        theme: the palette the lines are painted with.
    """

    DEFAULT_CSS = "Canvas { height: 1fr; width: 1fr; }"

    def __init__(self, theme: Theme, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        """Start with nothing painted."""
        super().__init__(id=id)
        self.theme = theme
        self._strips: list[Strip] = []

    def paint(self, width: int, height: int) -> Sequence[Line]:
        """Return the lines to show, `height` at most; nothing unless a subclass says so."""
        return ()

    def strips(self, width: int, height: int) -> list[Strip]:
        """Return the lines as cells; override to cache."""
        return [strip(line, width, self.theme) for line in self.paint(width, height)[:height]]

    def repaint(self) -> None:
        """Compare with what is shown and refresh the lines that differ; nothing happens when none does."""
        width, height = self.size
        if not width or not height:
            return
        new, old = self.strips(width, height), self._strips
        self._strips = new
        longest = max(len(new), len(old))
        changed = [
            y
            for y in range(min(longest, height))
            if y >= len(new) or y >= len(old) or (new[y] is not old[y] and new[y] != old[y])
        ]
        if changed:
            self.refresh(*(Region(0, y, width, 1) for y in changed))

    def on_resize(self) -> None:
        """Lay the lines out for the new size."""
        self._strips = []
        self.repaint()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return one line to the compositor."""
        return self._strips[y] if y < len(self._strips) else Strip.blank(self.size.width)


class Scrolled(Canvas):
    """A canvas longer than its place; keeps its offset through repaints and resizes."""

    def __init__(self, theme: Theme, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        """Start at the top."""
        super().__init__(theme, id=id)
        self.offset_y = 0
        self.total = 0
        self.more_hint = ""

    @abstractmethod
    def lines(self, width: int) -> Sequence[Line]:
        """Return every line; subclasses say what they are."""

    def paint(self, width: int, height: int) -> Sequence[Line]:
        """Show the part that the offset points at; the last line counts what is below."""
        lines = self.lines(width)
        self.total = len(lines)
        self.offset_y = max(0, min(self.offset_y, self.total - height))
        shown = list(lines[self.offset_y : self.offset_y + height])
        below = self.total - self.offset_y - height
        if below > 0 and height > 2:
            more = ngettext("↓ {n} more line", "↓ {n} more lines", below + 1).format(n=below + 1)
            shown[-1] = [(f" {more}{self.more_hint}", "faint")]
        return shown

    def scroll_lines(self, step: int) -> bool:
        """Move by some lines; tell whether anything moved."""
        before = self.offset_y
        self.offset_y = max(0, min(self.offset_y + step, max(0, self.total - self.size.height)))
        if self.offset_y == before:
            return False
        self.repaint()
        return True
