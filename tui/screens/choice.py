"""Choice: a list of lines to take one from: a reason, a post, a comment of a thread or of an author."""

from collections.abc import Sequence

from msgspec import Struct
from textual.app import ComposeResult

from tui.i18n import _
from tui.screens.base import KeyScreen, Stroke
from tui.themes import Theme
from tui.widgets.canvas import Scrolled
from tui.widgets.footer import Bar, Footer, hint
from tui.widgets.paint import Line, Span, row_safe


class Choice(Struct, frozen=True):
    """One line to take.

    Attributes:
        key: what taking it answers.
        line: how it looks.
        below: a second line, or nothing.
    """

    key: str
    line: Sequence[Span]
    below: Sequence[Span] = ()


class Choices(Scrolled):
    """The lines, the present one marked."""

    def __init__(self, theme: Theme, choices: Sequence[Choice], at: int) -> None:
        """Mark the line `at`."""
        super().__init__(theme)
        self.choices = choices
        self.at = at

    def lines(self, width: int) -> Sequence[Line]:
        """Return every line."""
        lines: list[Line] = []
        for index, choice in enumerate(self.choices):
            here = index == self.at
            lines.append([(" ▌ " if here else "   ", "cursor"), *choice.line])
            if choice.below:
                lines.append([(" ▌ " if here else "   ", "cursor"), *choice.below])
        return lines

    def move(self, step: int) -> bool:
        """Mark another line; tell whether that moved."""
        at = max(0, min(len(self.choices) - 1, self.at + step))
        if at == self.at:
            return False
        self.at = at
        heights = [2 if choice.below else 1 for choice in self.choices]
        y, height = sum(heights[:at]), self.size.height
        if y < self.offset_y or y + heights[at] > self.offset_y + height - 1:
            self.offset_y = max(0, y - height // 2)
        self.repaint()
        return True


class ChoiceScreen(KeyScreen[str | None]):
    """Takes one of a few lines; Esc takes none."""

    PLACE = "choice"

    def __init__(self, title: str, choices: Sequence[Choice], *, at: int = 0, foot: str = "", empty: str = "") -> None:
        """Offer `choices` under a title."""
        super().__init__()
        self._title_text = title
        self._choices = choices
        self._at = at
        self._foot = foot
        self._empty = empty
        self._notice: Span | None = None

    def compose(self) -> ComposeResult:
        """Put the widgets in their places."""
        theme = self.desk_app.palette
        self.top = Bar(theme)
        self.listed = Choices(theme, self._choices, self._at)
        self.bar = Bar(theme)
        self.footer = Footer(theme)
        yield self.top
        yield self.listed
        yield self.bar
        yield self.footer

    def on_mount(self) -> None:
        """Paint once the sizes are known."""
        self.call_after_refresh(self.paint_all)

    def on_resize(self) -> None:
        """Paint for the new size."""
        self.call_after_refresh(self.paint_all)

    def paint_all(self) -> None:
        """Paint what changed."""
        self.top.say([(row_safe(self._title_text), "strong")], [(str(len(self._choices) or ""), "dim")])
        self.listed.repaint()
        self.bar.say([self._notice] if self._notice else [], [])
        foot: list[Span] = [
            (" " + (self._foot or ("" if self._choices else self._empty)), "warn" if self._foot else "dim")
        ]
        self.footer.say([(" ", ""), *hint("Enter", _("take this one")), *hint("Esc", _("back"))], foot)

    def notice(self, text: str, role: str = "notice") -> None:
        """Say something in the rule above the keys."""
        self._notice = (row_safe(text), role)
        self.paint_all()

    async def take(self, stroke: Stroke) -> None:
        """Take one key; the notice of the last one goes."""
        self._notice = None
        await super().take(stroke)
        if self.is_current:
            self.paint_all()

    async def do_choice_down(self) -> None:
        """Next line."""
        if not self.listed.move(1):
            self.notice(_("This is the end"), "dim")

    async def do_choice_up(self) -> None:
        """Previous line."""
        if not self.listed.move(-1):
            self.notice(_("This is the top"), "dim")

    async def do_choose(self) -> None:
        """Take the marked line."""
        if self._choices:
            self.dismiss(self._choices[self.listed.at].key)
        else:
            self.notice(_("There is nothing to take"), "dim")

    async def do_choice_back(self) -> None:
        """Take none."""
        self.dismiss(None)

    async def do_cancel(self) -> None:
        """Ctrl-C takes none."""
        self.dismiss(None)
