"""Footer: the rule with the latest notice and the place in the list, what the next key acts on, outbox and sources."""

from collections.abc import Sequence
from datetime import datetime

from inbox.desk import Summary
from inbox.glance import SourceHealth
from inbox.networks import code_of
from tui.i18n import _, ngettext
from tui.themes import Theme
from tui.vitals import HEALTH
from tui.widgets.canvas import Canvas
from tui.widgets.paint import Line, Span, fit, rule, spread, strip, width_of
from tui.widgets.words import source_word, span

__all__ = ["Bar", "Footer", "hint", "in_two", "outbox_words", "source_words"]


class Bar(Canvas):
    """A one-line rule that carries a notice and the place in the list."""

    DEFAULT_CSS = "Bar { height: 1; }"

    def __init__(self, theme: Theme, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        """Start as a plain rule."""
        super().__init__(theme, id=id)
        self.left: Line = ()
        self.right: Line = ()

    def say(self, left: Line, right: Line) -> None:
        """Put words into the rule."""
        self.left, self.right = left, right
        self.repaint()

    def paint(self, width: int, height: int) -> Sequence[Line]:
        """Return the rule."""
        return [rule(width, self.left, self.right if width_of(self.left) + width_of(self.right) + 6 <= width else ())]


class Upright(Canvas):
    """A vertical rule between two panes."""

    DEFAULT_CSS = "Upright { width: 1; height: 1fr; }"

    def paint(self, width: int, height: int) -> Sequence[Line]:
        """Return a line of one cell for each row."""
        return [[("│"[:width], "rule")]] * height


GAP = 3
"""Blanks between two hints."""


def hint(key: str, words: str) -> list[Span]:
    """Return one hint of the footer."""
    return [(key, "key"), (f" {words}{' ' * GAP}", "")]


def in_two(hints: Sequence[Line], width: int) -> tuple[Line, Line]:
    """Put hints into the footer's two lines, each of them whole: what the first has no room for begins the second."""
    first: list[Span] = []
    second: list[Span] = []
    for each in hints:
        fits = width_of([*first, *each]) - GAP <= width
        (first if fits and not second else second).extend(each)
    return first, [(" ", ""), *second] if second else second


def outbox_words(summary: Summary, now: datetime, undo_key: str) -> list[Span]:
    """Say what is about to leave, and what went wrong on the way."""
    said: list[Span] = [(" ", "")]
    if summary.to_approve:
        many = ngettext("{n} to approve (A)", "{n} to approve (A)", summary.to_approve)
        said.append((many.format(n=summary.to_approve) + "  ", "warn"))
    if summary.submitted:
        many = ngettext("{n} of yours waits for a word", "{n} of yours wait for a word", summary.submitted)
        said.append((many.format(n=summary.submitted) + "  ", "dim"))
    if summary.outbox_unknown:
        many = ngettext("{n} sending of unknown fate (O)", "{n} sendings of unknown fate (O)", summary.outbox_unknown)
        said.append((many.format(n=summary.outbox_unknown) + "  ", "error"))
    if summary.outbox_rejected:
        many = ngettext("{n} sending refused (O)", "{n} sendings refused (O)", summary.outbox_rejected)
        said.append((many.format(n=summary.outbox_rejected) + "  ", "error"))
    if not summary.outbox_pending:
        return said if len(said) > 1 else [(" " + _("outbox empty"), "faint")]
    said.append((_("outbox {n}").format(n=summary.outbox_pending), "warn"))
    if summary.held_by:
        said.append((", " + _("held back"), "error"))
    elif summary.next_due is not None:
        left = (summary.next_due - now).total_seconds()
        words = _("next in {time} ({key})").format(time=span(left), key=undo_key) if left > 0 else _("leaving now")
        said.append((", " + words, "warn"))
    return said


def source_words(sources: Sequence[SourceHealth], width: int) -> list[Span]:
    """Say how the sources are doing: those in trouble first, the healthy ones as short as can be."""
    said: list[Span] = []
    troubled = [s for s in sources if s.state not in {"ok", "starting"}]
    for source in troubled:
        said += [
            (source_word(source.name, source.network) + " ", "strong"),
            (_(HEALTH.get(source.state, source.state)), "error"),
            ("  ", ""),
        ]
    fine = [s for s in sources if s not in troubled]
    if len(fine) > 2 or width < 60:
        if fine:
            many = ngettext("{n} source ok", "{n} sources ok", len(fine)).format(n=len(fine))
            said += [(many, "ok"), (" ", "")]
    else:
        for source in fine:
            name = fit(source_word(source.name, source.network), 18) or code_of(source.network)
            said += [
                (name + " ", "dim"),
                (_(HEALTH[source.state]), "ok" if source.state == "ok" else "dim"),
                (" !" if source.message or source.silent else "", "warn"),  # the sources' own panel says what
                ("  ", ""),
            ]
    return said


class Footer(Canvas):
    """The last two lines: keys or the line being typed, then outbox and sources or completions."""

    DEFAULT_CSS = "Footer { height: 2; }"

    def __init__(self, theme: Theme) -> None:
        """Start empty."""
        super().__init__(theme)
        self.first: Line = ()
        self.second_left: Line = ()
        self.second_right: Line = ()

    def say(self, first: Line, second_left: Line, second_right: Line = ()) -> None:
        """Show two lines."""
        self.first, self.second_left, self.second_right = first, second_left, second_right
        self.repaint()

    def paint(self, width: int, height: int) -> Sequence[Line]:
        """Return the two lines."""
        right = self.second_right
        if width_of(self.second_left) + width_of(right) + 2 > width:
            right = ()
        return [spread(self.first, (), width), spread(self.second_left, right, width)][:height]


def strip_text(line: Line, width: int, theme: Theme) -> str:
    """Return the plain words of a line as painted; for tests and the plain mode."""
    return strip(line, width, theme).text.rstrip()
