"""Footer: the rule with the latest notice and the place in the list, what the next key acts on, outbox and sources."""

from collections.abc import Sequence
from datetime import datetime

from rich.cells import cell_len

from inbox.desk import Summary
from inbox.glance import SourceHealth
from inbox.networks import code_of
from tui.i18n import _, ngettext
from tui.themes import Theme
from tui.vitals import HEALTH
from tui.widgets.canvas import Canvas
from tui.widgets.paint import Line, Span, fit, last_cells, rule, spread, width_of
from tui.widgets.words import source_word, span

__all__ = ["Bar", "Footer", "fit_in_two", "hint", "outbox_words", "parted", "source_words"]


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
LEAST = 24
"""Cells below which quiet words say nothing any more: they are left out."""
SEPARATOR = " · "
"""What stands between the parts of a notice."""
QUIET = frozenset({"", "dim", "faint"})
"""Roles of words that give way to keys."""


def hint(key: str, words: str) -> list[Span]:
    """Return one hint of the footer."""
    return [(key, "key"), (f" {words}{' ' * GAP}", "")]


def parted(words: str, width: int) -> tuple[str, str]:
    """Part a notice at its dots: what fits into one line, and what is left for another.

    Where both are too little, the first of what is left goes unsaid: the last tells when it leaves and how to take it back.
    """
    parts = words.split(SEPARATOR)
    many = next((n for n in range(len(parts), 1, -1) if cell_len(SEPARATOR.join(parts[:n])) <= width), 1)
    first, rest = parts[:many], parts[many:]
    while len(rest) > 1 and cell_len(SEPARATOR.join(rest)) > width:
        del rest[0]
    return SEPARATOR.join(first), SEPARATOR.join(rest)


def fit_in_two(line: Line, width: int) -> bool:
    """Whether all hints of a line find room in the footer's two lines."""
    _first, rest = _filled(_closer(_hints_of(line)), width)
    return not _filled(rest, width - 1)[1]


def _filled(hints: Sequence[Line], width: int) -> tuple[list[Span], Sequence[Line]]:
    """Put as many hints into a line as fit whole; returns the line and the hints that it has no room for."""
    line: list[Span] = []
    for number, each in enumerate(hints):
        if width_of(_trimmed([*line, *each])) > width:
            return line, hints[number:]
        line.extend(each)
    return line, ()


def _trimmed(line: Line) -> list[Span]:
    """Return a line without the blanks at its end."""
    kept = list(line)
    while kept and not kept[-1][0].strip():
        kept.pop()
    return [*kept[:-1], (kept[-1][0].rstrip(), kept[-1][1])] if kept else kept


def _hints_of(line: Line) -> list[list[Span]]:
    """Take a line apart into what must not be: words that stand before the keys, then each key with its words."""
    hints: list[list[Span]] = []
    for span_ in line:
        if span_[1] == "key" or not hints:
            hints.append([])
        hints[-1].append(span_)
    return hints


def _closer(hints: Sequence[Line]) -> list[list[Span]]:
    """Let hints stand one blank apart less."""
    return [[(text[:-1] if text.endswith(" " * GAP) else text, role) for text, role in hint_] for hint_ in hints]


def _around_caret(line: Line, width: int) -> list[Span]:
    """Show as much of a line being typed as fits, its end or its caret always; its label gives way."""
    before = sum(cell_len(text) for text, _role in line[: next(i for i, s in enumerate(line) if s[1] == "cursor") + 1])
    over = min(before - 1, max(0, before - width))
    kept: list[Span] = []
    for text, role in line:
        gone = min(over, cell_len(text))
        over -= gone
        kept.append((last_cells(text, cell_len(text) - gone), role) if gone else (text, role))
    return kept


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
        """Return the two lines: never a key without its words, nor words without their key.

        Hints that the first line has no room for go to the second, where quiet words give way to them.
        """
        if any(role == "cursor" for _text, role in self.first):
            return [_around_caret(self.first, width), self._second(self.second_left, self.second_right, width)][:height]
        hints = _hints_of(self.first)
        first, rest = _filled(hints, width)
        if rest:
            hints = _closer(hints)
            first, rest = _filled(hints, width)
        if not first:  # one hint alone that is wider than the terminal
            first, rest = list(rest[0]) if rest else [], rest[1:]
        left, right = self.second_left, self.second_right
        if rest and all(role in QUIET for _text, role in left):
            begun, _left_out = _filled(rest, width - 1)
            left, right = [(" ", ""), *begun, *left], ()
            if width_of(begun) + LEAST > width < width_of(left):
                left = left[: len(begun) + 1]
        elif rest:
            begun, _left_out = _filled(rest, width - 2 - width_of(left))
            right = _trimmed(begun) or right
        return [spread(first, (), width), self._second(left, right, width)][:height]

    @staticmethod
    def _second(left: Line, right: Line, width: int) -> list[Span]:
        return spread(left, right if width_of(left) + width_of(right) + 2 <= width else (), width)
