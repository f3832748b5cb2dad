"""Detail: one comment whole, with the words that weigh, the reasons, the thread, what we sent and what colleagues noted."""

from collections.abc import Sequence
from datetime import datetime

from inbox.approval import Stand
from inbox.desk import Detail
from inbox.item import CLOSED, Item
from inbox.rows import Row
from scoring.assessment import RiskLevel, Signal
from tui.approval_words import STANDS, approved_by
from tui.i18n import _, ngettext
from tui.outbox_words import DELIVERIES, KINDS
from tui.phrases import say
from tui.signal_words import SIGNALS
from tui.telling import after_colon
from tui.themes import RISK_SYMBOLS, Theme, risk_mark
from tui.widgets.canvas import Scrolled
from tui.widgets.paint import Line, Span, fit, highlighted, row_safe, rule, safe, spread, wrapped
from tui.widgets.words import (
    MINUTE,
    MODERATION,
    STATES,
    age,
    clock,
    level_word,
    network_word,
    quoted,
)

ROOMY = 12
"""Lines from which sections get air and headings."""
MOST_SIGNALS = 6


class DetailPane(Scrolled):
    """Everything about the comment under the cursor."""

    def __init__(self, theme: Theme, now: datetime, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        """Start with nothing to show."""
        super().__init__(theme, id=id)
        self.detail: Detail | None = None
        self.now = now
        self.revealed = False
        self.more_hint = " · Tab"

    def show(self, detail: Detail | None) -> None:
        """Show another comment, or the same one anew; the place in the text is kept for the same one."""
        if detail is None or self.detail is None or detail.row.key != self.detail.row.key:
            self.offset_y = 0
        self.detail = detail
        self.repaint()

    def lines(self, width: int) -> Sequence[Line]:
        """Return every line about the comment."""
        if self.detail is None:
            return []
        roomy = self.size.height >= ROOMY
        inner = width - 2
        text, why = self._text(self.detail, inner), self._why(self.detail, inner)
        blocks = [
            self._meta(self.detail, inner),
            *((text, why) if roomy else (why[:1], text)),  # in few lines the reasons must not drop out of sight
            self._beside(self.detail, inner),
            self._sendings(self.detail, inner),
            self._notes(self.detail, inner),
            self._thread(self.detail, inner, roomy=roomy),
            self._post(self.detail, inner),
        ]
        lines: list[Line] = []
        for block in blocks:
            if block and lines and roomy:
                lines.append([])
            lines.extend([(" ", ""), *line] for line in block)
        return lines

    def _meta(self, detail: Detail, width: int) -> list[Line]:
        item, row = detail.item, detail.row
        symbol, role = risk_mark(row.level, question=row.question, picture=row.picture)
        facts = [network_word(item.network), *_out_of_sight(item)]  # what is cut off at the end matters less
        if detail.author_seen <= 1:
            facts.append(_("first comment on our pages"))
        facts.append(age(row.at, self.now))
        facts.append(item.comment.language or item.assessment.language)
        if item.comment.reactions:
            count = item.comment.reactions
            facts.append(ngettext("{n} reaction", "{n} reactions", count).format(n=count))
        if detail.per_hour >= 1:
            facts.append(_("reach +{n}/h").format(n=round(detail.per_hour)))
        if item.state in CLOSED and item.changed_by:
            facts.append(_("{state} by {who}").format(state=_(STATES[item.state]), who=row_safe(item.changed_by)))
        elif item.claimed_by:
            facts.append(_("{who} is on it").format(who=row_safe(item.claimed_by)))
        first: list[Span] = [(row_safe(row.author), "strong"), (" · " + " · ".join(facts), "dim")]
        mark: list[Span] = [(f"{symbol} {level_word(row.level)}", role)]
        return [spread(first, mark if width >= 60 else [(symbol, role)], width)]

    def _text(self, detail: Detail, width: int) -> list[Line]:
        row = detail.row
        if row.danger and not self.revealed:
            return [[(_("(masked: {level}) V to read").format(level=level_word(row.level)), "faint")]]
        if row.picture:
            return [[(_("(a picture without words)"), "faint")], *self._pictures(detail, width)]
        spans = [(s.start, s.end) for s in detail.item.assessment.signals if s.weight > 0 and s.end > s.start]
        text = detail.item.comment.text
        shown = safe(text)
        if shown != text:
            spans = []  # the offsets would point elsewhere
        lines: list[Line] = [*highlighted(shown, spans, min(width, 96))]
        return [*lines, *self._pictures(detail, width)]

    @staticmethod
    def _pictures(detail: Detail, width: int) -> list[Line]:
        return [
            [("▣ ", "picture"), (fit(row_safe(a.description or a.url or a.kind), width - 2), "dim")]
            for a in detail.item.comment.attachments
        ]

    def _why(self, detail: Detail, width: int) -> list[Line]:
        item = detail.item
        reasons = [self._reason(s, masked=detail.row.danger and not self.revealed) for s in item.assessment.signals]
        said = list(dict.fromkeys(reasons))[:MOST_SIGNALS]
        if detail.row.wave_size > 1:
            said.append(
                ngettext("copied {n} time", "copied {n} times", detail.row.wave_size).format(n=detail.row.wave_size)
            )
        if item.corrected is not None:
            said.append(_("corrected by hand, was {level}").format(level=level_word(item.assessment.level)))
        if not said:
            said = [_("nothing stands out")]
        # the sign of a calm comment is the dot that parts the words: beside a colon it would say nothing
        symbol = "" if item.level is RiskLevel.CALM else RISK_SYMBOLS[item.level]
        asked = _("why {symbol}").format(symbol=symbol).rstrip()
        return [*wrapped(after_colon(asked, " · ".join(said)), width, "dim")]

    @staticmethod
    def _reason(signal: Signal, *, masked: bool) -> str:
        words = "" if masked or not signal.text else " " + quoted(fit(row_safe(signal.text), 40))
        return _(SIGNALS[signal.kind]) + words

    def _beside(self, detail: Detail, width: int) -> list[Line]:
        said: list[Line] = []
        if detail.author_seen > 1:
            seen = ngettext("{n} comment of this author here", "{n} comments of this author here", detail.author_seen)
            said.append([(seen.format(n=detail.author_seen), "dim")])
        if detail.author_answered is not None:
            when, who = detail.author_answered
            recent = (self.now - when).total_seconds() < MINUTE
            said_so = _("{who} answered this person just now") if recent else _("{who} answered this person {age} ago")
            words = said_so.format(who=row_safe(who), age=age(when, self.now))
            said.append([("↩ " + words, "hand")])
        return [line for line in said if width]

    @staticmethod
    def _sendings(detail: Detail, width: int) -> list[Line]:
        lines: list[Line] = []
        for entry in detail.sendings:
            state = _(DELIVERIES[entry.state])
            words = after_colon(_(KINDS[entry.kind]), f"{state} · {row_safe(entry.by)} {clock(entry.queued_at)}")
            text = row_safe(entry.outgoing.text) if entry.outgoing else row_safe(entry.reason)
            role = {"sent": "ok", "by_hand": "ok", "rejected": "error", "unknown": "error"}.get(entry.state, "warn")
            lines.append([("→ ", role), (words, role), (fit(f"  {text}", max(0, width - len(words) - 2)), "dim")])
            if entry.approval is not None:
                lines.append([("  ✓ " + fit(row_safe(approved_by(entry.approval)), width - 4), "dim")])
            if entry.message:
                lines.append([("  " + fit(say(row_safe(entry.message)), width - 2), "error")])
        for each in detail.submissions:
            if each.stand in {Stand.WAITING, Stand.SENT_BACK}:
                words = after_colon(_(STANDS[each.stand]), f"{row_safe(each.by)} {clock(each.at)}")
                text = say(row_safe(each.said)) if each.said else row_safe(str(each.act.get("text", "")))
                lines.append(
                    [("⧖ ", "warn"), (words, "warn"), (fit(f"  {text}", max(0, width - len(words) - 2)), "dim")]
                )
        return lines

    @staticmethod
    def _notes(detail: Detail, width: int) -> list[Line]:
        lines: list[Line] = []
        for note in detail.item.notes:
            words = after_colon(f"✎ {row_safe(note.by)} {clock(note.at)}", safe(note.text))
            lines.extend(wrapped(words, width, "hand"))
        return lines

    def _thread(self, detail: Detail, width: int, *, roomy: bool) -> list[Line]:
        others = [row for row in detail.thread if row.key != detail.row.key]
        if not others:
            return []
        if not roomy:
            count = len(others)
            said = ngettext("{n} other comment in this thread (t)", "{n} other comments in this thread (t)", count)
            return [[(said.format(n=count), "dim")]]
        heading: list[Line] = [rule(width, [(_("thread"), "dim")], [(str(len(detail.thread)), "dim")])]
        index = next((i for i, row in enumerate(detail.thread) if row.key == detail.row.key), 0)
        around = detail.thread[max(0, index - 4) : index + 7]
        return [*heading, *(self._thread_line(row, detail.row.key, width) for row in around)]

    def _thread_line(self, row: Row, current: str, width: int) -> Line:
        symbol, role = risk_mark(row.level, question=row.question, picture=row.picture)
        masked = row.danger and not self.revealed
        text = _("(masked)") if masked else row_safe(row.text)
        here = row.key == current
        left: list[Span] = [
            ("▸" if here else " ", "cursor"),
            (symbol + " ", role),
            (fit(row_safe(row.author), 14) + "  ", "strong" if here else "dim"),
            (text, "" if here else "dim"),
        ]
        return spread(left, [(age(row.at, self.now), "faint")], width)

    @staticmethod
    def _post(detail: Detail, width: int) -> list[Line]:
        if not detail.post_title and not detail.post_text:
            return []
        title = row_safe(detail.post_title)
        lines: list[Line] = [[(_("under: "), "dim"), (fit(title, width - 8), "title")]]
        text = row_safe(detail.post_text)
        if text and text != title:
            lines.extend(wrapped(text, width, "faint")[:3])
        return lines


def _out_of_sight(item: Item) -> list[str]:
    """Say why the public does not see it."""
    facts = [_("gone from the platform")] if item.gone else []
    if item.comment.moderation and not (item.hidden and item.comment.moderation == "hidden"):
        facts.append(_("not public: {why}").format(why=_(MODERATION[item.comment.moderation])))
    return [*facts, _("hidden by us")] if item.hidden else facts
