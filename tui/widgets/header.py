"""Header: three lines that say how the house is doing: the exhibition, the inbox, the hottest post or what is wrong."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from inbox.crisis import Advice
from inbox.desk import Summary
from inbox.glance import PostHeat
from scoring.assessment import RiskLevel
from tui.i18n import _, ngettext
from tui.phrases import say
from tui.themes import RISK_ROLES, RISK_SYMBOLS, Theme
from tui.widgets.canvas import Canvas
from tui.widgets.paint import Line, Span, fit, row_safe, spread, width_of
from tui.widgets.words import age, clock, level_word, situation_names

BARS = "▁▂▃▄▅▆▇█"
NARROW = 64
_MOST = frozenset({"word", "tense", "suspected for", "question"})
"""What of the counts may give way where there is little room: the word before the first, the tense ones, how long the
oldest suspected comment and the oldest question have waited."""
_LESS, _LEAST = frozenset({"word"}), frozenset[str]()


def sparkline(counts: Sequence[int]) -> str:
    """Draw counts as bars, the tallest full; all zero is a flat line."""
    most = max(counts, default=0)
    return "".join(BARS[round(count * (len(BARS) - 1) / most) if most else 0] for count in counts)


def heat_of(summary: Summary) -> RiskLevel:
    """Return the level the header shows: the barometer of the exhibition that is doing worst."""
    return summary.barometer[0].level if summary.barometer else RiskLevel.CALM


def situation(heat: PostHeat, now: datetime, key: str) -> list[Span]:
    """Say what goes on under a post: the situation where one is called, and simple counts."""
    facts: list[str] = []
    if heat.copies > 1:
        facts.append(ngettext("{n} near-identical text", "{n} near-identical texts", heat.copies).format(n=heat.copies))
    if heat.heated:
        facts.append(_("{n} heated").format(n=heat.heated))
    if heat.people:  # a situation outlives its open comments
        facts.append(ngettext("{n} person", "{n} people", heat.people).format(n=heat.people))
    facts.append(age(heat.since, now))
    called = situation_names(heat.situations)
    name: list[Span] = [(called, RISK_ROLES[2]), (" · ", "faint")] if called else []
    return [
        (f" {key} ", "key"),
        *name,
        (row_safe(heat.title) or _("(untitled)"), "title"),
        (" · ", "faint"),
        (", ".join(facts), ""),
    ]


def crisis(summary: Summary, key: str) -> list[Span]:
    """Say for everybody that crisis mode is on, what it holds, and when it ends or could."""
    view = summary.crisis
    until = clock(view.until) if view.until is not None else ""
    said = _("CRISIS MODE until {time} ({who})").format(time=until, who=row_safe(view.by))
    facts = [_("everything held") if summary.held_by else _("released")]
    facts.append(_("calm again: end it?") if view.advice is Advice.END else _("jokes off"))
    return [(f" {key} ", "key"), (said, "error"), (" · " + ", ".join(facts), "warn")]


def silent(summary: Summary) -> list[Span]:
    """Warn of dedicated threads in which visitors have waited for two hours."""
    count = len(summary.silent_threads)
    if not count:
        return []
    said = ngettext("our thread waits for a word: {title}", "{n} of our threads wait for a word", count)
    return [(" § " + said.format(n=count, title=fit(row_safe(summary.silent_threads[0]), 24)) + " ", "warn")]


class Header(Canvas):
    """The three lines at the top."""

    DEFAULT_CSS = "Header { height: 3; }"

    def __init__(self, theme: Theme, now: datetime) -> None:
        """Start before the first answer of the desk."""
        super().__init__(theme)
        self.summary: Summary | None = None
        self.waiting = 0
        self.now = now
        self.observer = False
        self.keys = {"merge": "p", "situations": "s", "hold": "H", "crisis": "c x"}

    def show(self, summary: Summary, waiting: int) -> None:
        """Take the desk's latest word."""
        self.summary = summary
        self.waiting = waiting
        self.repaint()

    def tick(self, now: datetime) -> None:
        """Let the clock go on; called once a minute."""
        self.now = now
        self.repaint()

    def paint(self, width: int, height: int) -> Sequence[Line]:
        """Return the three lines."""
        summary = self.summary
        if summary is None:
            return [[(" becalm", "brand")], [(" " + _("opening the desk…"), "dim")], []][:height]
        return [self._title(summary, width), self._counts(summary, width), self._third(summary, width)][:height]

    def _title(self, summary: Summary, width: int) -> Line:
        level = heat_of(summary)
        left: list[Span] = [(" becalm", "brand"), ("  ", "")]
        if summary.rehearsal:
            left += [(_("rehearsal"), "warn"), ("  ", "")]
        right: list[Span] = [(f"{RISK_SYMBOLS[level]} {level_word(level)} ", RISK_ROLES[level])]
        right += [(sparkline(summary.spark), "dim"), (" " + _("{n}/h").format(n=summary.per_hour), "")]
        if width >= NARROW:
            title = summary.hottest[0].title if summary.hottest else summary.desk
            left.append((row_safe(title), "title"))
            here = dict.fromkeys(filter(None, (summary.operator, *summary.hands)))  # oneself first, always
            hands = ", ".join(row_safe(name) for name in here)
            right += [("   ", ""), (fit(hands, width // 4), "hand")]
            right += [("  " + _("observer"), "warn")] if self.observer else []
        right += [("   " if width >= NARROW else " ", ""), (clock(self.now) + " ", "dim")]
        return spread(left, right, width)

    def _counts(self, summary: Summary, width: int) -> Line:
        """Count what is open, as fully as the terminal has room for: what is suspected is never what gives way."""
        lines = (
            spread(left, right, width) if width_of(left) + width_of(right) < width else None
            for left, right in self._ways(summary)
        )
        return next(filter(None, lines), None) or spread(self._count_line(summary, " ", _LEAST), (), width)

    def _ways(self, summary: Summary) -> Iterator[tuple[Line, Line]]:
        """Yield the counts and the arrivals beside them, ever shorter."""
        long, short = self._arrivals(brief=False), self._arrivals(brief=True)
        yield self._count_line(summary, "  ", _MOST), long
        for parts in (_MOST, _MOST - {"question"}, _MOST - {"question", "suspected for"}, _LESS, _LEAST):
            for gap in ("  ", " "):
                yield self._count_line(summary, gap, parts), short

    def _count_line(self, summary: Summary, gap: str, parts: frozenset[str]) -> Line:
        """Count with some of `_MOST`."""
        words = _("Open {n}") if "word" in parts else "{n}"
        line: list[Span] = [(" " + words.format(n=summary.open), "strong")]
        for level in (RiskLevel.CRITICAL, RiskLevel.HEATED, RiskLevel.TENSE):
            count = summary.open_by_level[level]
            if level is not RiskLevel.TENSE or "tense" in parts:
                line += [(gap, ""), (f"{RISK_SYMBOLS[level]} {count}", RISK_ROLES[level] if count else "faint")]
        line += [(gap, ""), (f"? {summary.questions}", "question" if summary.questions else "faint")]
        if summary.oldest_danger is not None:
            known = {"n": summary.dangers, "age": age(summary.oldest_danger, self.now)}
            words = _("suspected {n}, {age}") if "suspected for" in parts else _("suspected {n}")
            line += [(gap, ""), (words.format(**known), "error")]
        if summary.oldest_question is not None and "question" in parts:
            waited = age(summary.oldest_question, self.now)
            line += [(gap, ""), (_("oldest question {age}").format(age=waited), "dim")]
        return line

    def _arrivals(self, *, brief: bool) -> Line:
        if not self.waiting:
            return []
        many = ngettext("{n} new above ({key})", "{n} new above ({key})", self.waiting)
        words = _("+{n} ({key})") if brief else many
        return [(words.format(n=self.waiting, key=self.keys["merge"]) + " ", "notice")]

    def _third(self, summary: Summary, width: int) -> Line:
        if summary.storage:
            return spread([(" ‼ " + say(row_safe(summary.storage)), "error")], [], width)
        if summary.read_only:
            said = _("Read only: {why}").format(why=say(row_safe(summary.read_only)))
            return spread([(" " + said, "warn")], [], width)
        if summary.crisis.on:
            return spread(crisis(summary, self.keys["crisis"]), [], width)
        if summary.held_by:
            said = _("HELD by {who}: nothing leaves the house ({key} releases)")
            said = said.format(who=row_safe(summary.held_by), key=self.keys["hold"])
            return spread([(" ■ " + said, "error")], [], width)
        if not summary.hottest:
            return spread([(" " + _("no post stands out"), "faint")], silent(summary), width)
        if summary.crisis.advice is Advice.BEGIN:
            posts = ngettext("{n} post is flooded", "{n} posts are flooded", summary.crisis.flooded)
            said = _("{posts}: crisis mode?").format(posts=posts.format(n=summary.crisis.flooded))
            line = situation(summary.hottest[0], self.now, self.keys["situations"])
            return spread(line, [(f" {said} ", "warn"), (self.keys["crisis"] + " ", "key")], width)
        more = len(summary.hottest) - 1
        right: list[Span] = [(_("+{n} more").format(n=more) + " ", "faint")] if more and width >= NARROW else []
        right = silent(summary) or right
        return spread(situation(summary.hottest[0], self.now, self.keys["situations"]), right, width)
