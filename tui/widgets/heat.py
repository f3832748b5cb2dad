"""Heat: the third column of a very wide screen: the posts that are not quiet, and how each source is doing."""

from collections.abc import Sequence
from datetime import datetime

from inbox.desk import Summary
from tui.i18n import _, ngettext
from tui.phrases import say
from tui.telling import reason_words
from tui.themes import RISK_ROLES, RISK_SYMBOLS, Theme
from tui.vitals import HEALTH, is_worrying, vital_words
from tui.widgets.canvas import Scrolled
from tui.widgets.header import sparkline
from tui.widgets.paint import Line, Span, fit, row_safe, rule, spread, wrapped
from tui.widgets.words import LEVELS, age, level_word, situation_names, source_word


def barometer_lines(summary: Summary, width: int) -> list[Line]:
    """Return one line an exhibition: its last eight hours in symbols, the level of the last one in a word."""
    lines: list[Line] = [rule(width, [(_("barometer: the last eight hours"), "dim")])]
    if not summary.barometer:
        lines.append([(_("nothing was said"), "faint")])
    for gauge in summary.barometer:
        trend: list[Span] = [(RISK_SYMBOLS[level], RISK_ROLES[level]) for level in gauge.trend]
        word = (f" {level_word(gauge.level)}", RISK_ROLES[gauge.level])
        name = fit(row_safe(gauge.exhibition), max(4, width - 20))
        lines.append(spread([(name, "title")], [*trend, word], width))
    return lines


class HeatPane(Scrolled):
    """The barometer of the house."""

    def __init__(self, theme: Theme, now: datetime, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        """Start before the first answer of the desk."""
        super().__init__(theme, id=id)
        self.summary: Summary | None = None
        self.now = now

    def show(self, summary: Summary) -> None:
        """Take the desk's latest word."""
        self.summary = summary
        self.repaint()

    def lines(self, width: int) -> Sequence[Line]:
        """Return posts, levels and sources."""
        if self.summary is None:
            return []
        inner = width - 2
        blocks = [*self._posts(self.summary, inner), [], *barometer_lines(self.summary, inner), []]
        blocks += [*self._levels(self.summary, inner), []]
        return [[(" ", ""), *line] for line in [*blocks, *self._sources(self.summary, inner)]]

    def _posts(self, summary: Summary, width: int) -> list[Line]:
        lines: list[Line] = [rule(width, [(_("posts that are not quiet"), "dim")])]
        if not summary.hottest:
            lines.append([(_("no post stands out"), "faint")])
        for heat in summary.hottest:
            lines.append(
                spread(
                    [(fit(row_safe(heat.title), width - 10), "title")], [(age(heat.since, self.now), "faint")], width
                )
            )
            if called := situation_names(heat.situations):
                lines.append([("  " + called, RISK_ROLES[2])])
            if heat.reason is not None:
                lines += [[("  ", ""), *line] for line in wrapped(reason_words(heat.reason), width - 2, "dim")]
            facts = [ngettext("{n} open", "{n} open", heat.open).format(n=heat.open)]
            facts += [_("{n} heated").format(n=heat.heated)] if heat.heated else []
            facts += [ngettext("{n} copy", "{n} copies", heat.copies).format(n=heat.copies)] if heat.copies > 1 else []
            facts += [ngettext("{n} person", "{n} people", heat.people).format(n=heat.people)] if heat.people else []
            lines += [[("  " + " · ".join(facts), "dim")]]
        return lines

    def _levels(self, summary: Summary, width: int) -> list[Line]:
        pulse: list[Span] = [(sparkline(summary.spark), "dim"), (" " + _("{n}/h").format(n=summary.per_hour), "dim")]
        lines: list[Line] = [rule(width, [(_("open comments"), "dim")], pulse)]
        most = max(1, *summary.open_by_level)
        for level in (3, 2, 1, 0):
            count = summary.open_by_level[level]
            bar = "█" * round(count * (width - 22) / most) or ("▏" if count else "")
            role = RISK_ROLES[level]
            lines.append(
                [
                    (f"{RISK_SYMBOLS[level]} ", role),
                    (f"{_(LEVELS[level]):<10}", ""),
                    (f"{count:>6}  ", "strong"),
                    (bar, role),
                ]
            )
        questions: list[Span] = [
            ("? ", "question"),
            (_("questions").ljust(10), ""),
            (f"{summary.questions:>6}", "strong"),
        ]
        return [*lines, questions]

    def _sources(self, summary: Summary, width: int) -> list[Line]:
        lines: list[Line] = [rule(width, [(_("sources"), "dim")])]
        for source in summary.sources:
            role = {"ok": "ok", "starting": "dim"}.get(source.state, "error")
            when = age(source.last_at, self.now) if source.last_at else ""
            state: list[Span] = [(_(HEALTH.get(source.state, source.state)), role), (f"  {when:>6}", "faint")]
            lines.append(spread([(source_word(source.name, source.network), "")], state, width))
            worry = "warn" if is_worrying(source, self.now) else "faint"
            lines += [[("  " + fit(words, width - 2), worry)] for words in vital_words(source, self.now)]
            if source.message:
                grave = "warn" if source.state == "ok" else "error"
                lines.append([("  " + fit(say(row_safe(source.message)), width - 2), grave)])
            if source.hint:
                lines.append([("  " + fit(say(row_safe(source.hint)), width - 2), "dim")])
        return lines
