"""Help: the keys of this place, from the live table."""

from collections.abc import Sequence

from textual.app import ComposeResult

from tui.i18n import _
from tui.keymap import PLACE_TITLES, Keymap, groups
from tui.screens.base import KeyScreen
from tui.themes import RISK_ROLES, RISK_SYMBOLS, Theme
from tui.widgets.canvas import Scrolled
from tui.widgets.footer import Bar, Footer, hint
from tui.widgets.paint import Line, Span, pad, row_safe, width_of, wrapped
from tui.widgets.words import LEVELS

COLUMN = 58
"""Columns of one group; two stand side by side where they fit."""


class HelpText(Scrolled):
    """The keys, group by group."""

    def __init__(self, theme: Theme, keymap: Keymap, places: Sequence[str]) -> None:
        """Show the keys of some places."""
        super().__init__(theme)
        self._keymap = keymap
        self._places = places

    def lines(self, width: int) -> Sequence[Line]:
        """Return every line, in two columns where the screen is wide."""
        blocks = [self._legend()]
        for place in self._places:
            for category, rows in groups(self._keymap, place):
                title = category if place == self._places[0] else f"{_(PLACE_TITLES[place])} · {category}"
                block: list[Line] = [[(" " + title, "title")]]
                for keys, _name, words in rows:
                    block += _entry(keys, words, min(width, COLUMN))
                blocks.append([*block, []])
        if width < 2 * COLUMN:
            return [line for block in blocks for line in block]
        half = sum(len(block) for block in blocks) // 2
        left: list[Line] = []
        right: list[Line] = []
        for block in blocks:
            (left if len(left) + len(block) // 2 <= half else right).extend(block)
        return [_beside(left, right, index) for index in range(max(len(left), len(right)))]

    @staticmethod
    def _legend() -> list[Line]:
        marks: list[Span] = [(" ", "")]
        for symbol, role, word in zip(RISK_SYMBOLS, RISK_ROLES, LEVELS, strict=True):
            marks += [(f" {symbol} ", role), (_(word) + "  ", "")]
        more: list[Span] = [
            ("  ? ", "question"),
            (_("visitor's question") + "  ", ""),
            ("▣ ", "picture"),
            (_("a picture without words"), ""),
        ]
        return [[(" " + _("Symbols"), "title")], marks, more, []]


def _entry(keys: str, words: str, width: int) -> list[Line]:
    """Say what keys do, in as many lines as that takes."""
    said = wrapped(words, max(8, width - 20))
    return [[("  " + pad(keys if n == 0 else "", 16), "key"), (" ", ""), *line] for n, line in enumerate(said)]


def _beside(left: Sequence[Line], right: Sequence[Line], index: int) -> Line:
    first = list(left[index]) if index < len(left) else []
    second = list(right[index]) if index < len(right) else []
    return [*first, (" " * max(0, COLUMN - width_of(first)), ""), *second]


class HelpScreen(KeyScreen[None]):
    """A text to read about the keys."""

    PLACE = "reader"

    def __init__(self, places: Sequence[str] = ("desk",)) -> None:
        """Show the keys of some places, the present one first."""
        super().__init__()
        self._places = places

    def compose(self) -> ComposeResult:
        """Put the widgets in their places."""
        theme = self.desk_app.palette
        self.top = Bar(theme)
        self.text = self.body(theme)
        self.bar = Bar(theme)
        self.footer = Footer(theme)
        yield self.top
        yield self.text
        yield self.bar
        yield self.footer

    def body(self, theme: Theme) -> Scrolled:
        """Return what there is to read."""
        return HelpText(theme, self.desk_app.keymap, self._places)

    def on_mount(self) -> None:
        """Paint once the sizes are known."""
        title, aside = self.around()
        self.top.say([(title, "strong")], [])
        self.footer.say([(" ", ""), *hint("j k", _("scroll")), *hint("q", _("back"))], [(" " + aside, "dim")])

    def around(self) -> tuple[str, str]:
        """Return what stands above the text, and what is said below it."""
        return _("Keys"), _("every key can be bound otherwise in the configuration")

    def notice(self, text: str, role: str = "notice") -> None:
        """Say something in the rule above the keys."""
        self.bar.say([(row_safe(text), role)], [])

    async def do_read_down(self) -> None:
        """A line down."""
        self._scroll(1)

    async def do_read_up(self) -> None:
        """A line up."""
        self._scroll(-1)

    async def do_read_page_down(self) -> None:
        """A page down."""
        self._scroll(self.text.size.height - 1)

    async def do_read_page_up(self) -> None:
        """A page up."""
        self._scroll(1 - self.text.size.height)

    def _scroll(self, step: int) -> None:
        if self.text.scroll_lines(step):
            self.bar.say([], [])
        else:
            self.notice(_("This is the end") if step > 0 else _("This is the top"), "dim")

    async def do_read_back(self) -> None:
        """Back."""
        self.dismiss(None)

    async def do_cancel(self) -> None:
        """Ctrl-C goes back."""
        self.dismiss(None)
