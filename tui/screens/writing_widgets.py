"""The pieces of a writing screen: what is answered at the top, the texts on offer, and the chosen one as readers will see it."""

from collections.abc import Callable, Sequence

from connectors._model import Appearance
from tui.themes import Theme
from tui.widgets.canvas import Canvas, Scrolled
from tui.widgets.editor import PLACEHOLDER
from tui.widgets.paint import Line, Span, fit, highlighted, pad, row_safe, safe

Paint = Callable[[int], Sequence[Line]]
WIDEST = 96
"""Columns of a text that is read comfortably."""


class Head(Canvas):
    """Lines at the top that the screen words."""

    DEFAULT_CSS = "Head { height: 2; }"

    def __init__(self, theme: Theme, words: Paint) -> None:
        """Show what `words` says."""
        super().__init__(theme)
        self._words = words

    def paint(self, width: int, height: int) -> Sequence[Line]:
        """Ask for the lines."""
        return self._words(width)


class Offers(Scrolled):
    """The texts to choose from, the chosen one marked."""

    DEFAULT_CSS = "Offers { height: 6; }"

    def __init__(self, theme: Theme, words: Paint) -> None:
        """Show what `words` says."""
        super().__init__(theme)
        self._words = words

    def lines(self, width: int) -> Sequence[Line]:
        """Ask for the lines."""
        return self._words(width)

    def follow(self, index: int) -> None:
        """Keep the chosen line in sight."""
        height = self.size.height
        if height and not self.offset_y <= index < self.offset_y + max(1, height - 1):
            self.offset_y = max(0, index - height // 2)


class Preview(Scrolled):
    """A text as the platform will show it: its links, mentions and tags marked, what is still empty marked."""

    DEFAULT_CSS = "Preview { height: 1fr; }"

    def __init__(self, theme: Theme) -> None:
        """Start with nothing to show."""
        super().__init__(theme)
        self._shown = Appearance("")

    def show(self, shown: Appearance) -> None:
        """Show a text."""
        self._shown = shown
        self.repaint()

    def lines(self, width: int) -> Sequence[Line]:
        """Break the text into lines."""
        text = self._shown.text
        if safe(text) != text:  # marks count code points of the text as it is: without them rather than beside them
            return _indented(highlighted(safe(text), (), min(WIDEST, width - 4)))
        spans = [(mark.start, mark.end) for mark in self._shown.marks]
        spans += [match.span() for match in PLACEHOLDER.finditer(text)]
        return _indented(highlighted(text, spans, min(WIDEST, width - 4), mark="key"))


def _indented(lines: Sequence[Line]) -> list[Line]:
    return [[("  ", ""), *line] for line in lines]


def offer_line(label: str, text: str, width: int, *, here: bool) -> Line:
    """Paint one text on offer on one line."""
    wide = width >= 72
    spans: list[Span] = [
        (" › " if here else "   ", "cursor"),
        (pad(label, 20 if wide else 12) + "  ", "strong" if here else ""),
        (fit(row_safe(text), max(0, width - (27 if wide else 19))), "dim"),
    ]
    return spans
