"""Rows: one comment as two lines (or one) of styled spans."""

from datetime import datetime

from inbox.item import CLOSED, TriageState
from inbox.networks import code_of
from inbox.rows import Row
from scoring.assessment import RiskLevel
from tui.i18n import _, ngettext
from tui.themes import risk_mark
from tui.widgets.paint import Line, Span, fit, pad, row_safe, spread, width_of
from tui.widgets.words import MODERATION, STATES, age, level_word

MARK = "▌"
"""The cursor: one cell, so that moving it costs next to nothing on the wire."""
SELECTED = "●"
ATTACHMENT = "▣"
GUTTER = 4
CARRIES = 10
"""Reactions, answers and shares from which a row says how far its comment carries."""
FOLDED, UNFOLDED = "▸", "▾"
DEDICATED = "§"
"""Before the title of a dedicated thread of ours."""


def gutter(row: Row, *, cursor: bool, selected: bool) -> list[Span]:
    """Return the four cells in front: cursor, selection, risk, space."""
    symbol, role = risk_mark(row.level, question=row.question, picture=row.picture)
    closed = row.state in CLOSED
    return [
        (MARK, "cursor") if cursor else (" ", ""),
        (SELECTED, "select") if selected else (" ", ""),
        (symbol, "faint" if closed else role),
        (" ", ""),
    ]


def _submitted(row: Row) -> Span:
    if row.submitted == 1:
        return _("waits for a second person"), "warn"
    return _("conflict: {n} wait for a word").format(n=row.submitted), "error"


def tag(row: Row) -> list[Span]:
    """Say the one thing to know before acting: gone, leaving, a hand, what was done, a wave."""
    if row.gone:
        return [(_("gone"), "faint")]
    if row.leaving:
        return [(_("leaving"), "warn")]
    if row.submitted:
        return [_submitted(row)]
    if row.hidden or row.moderation:
        return [(_("hidden"), "faint") if row.hidden else (_(MODERATION[row.moderation]), "warn")]
    if row.state in CLOSED or row.state in {TriageState.SNOOZED, TriageState.ESCALATED}:
        followed = " " + _("with its wave") if row.followed and row.state in CLOSED else ""
        return [("✓ " if row.state in CLOSED else "", "faint"), (_(STATES[row.state]) + followed, "faint")]
    if row.claimed_by:
        return [(_("{who} is on it").format(who=fit(row_safe(row.claimed_by), 12)), "hand")]
    if row.within:
        return []
    if row.wave_size > 1:
        return [(f"×{row.wave_size} " + _("wave"), "wave")]
    return []


def wave(row: Row) -> list[Span]:
    """Say how many a folded row stands for, and of how many people; the sign tells whether they are shown below."""
    people = ngettext("{n} person", "{n} people", row.people).format(n=row.people)
    return [(f"{UNFOLDED if row.unfolded else FOLDED} ×{row.folded} " + _("wave"), "wave"), (f" {people}", "faint")]


def own_words(row: Row) -> list[Span]:
    """Say what a copy has of its own and what it leaves out of the common text."""
    said: list[Span] = [("└ ", "faint")]
    said += [("+ " + row_safe(row.added) + "  ", "")] if row.added else []
    said += [("− " + row_safe(row.dropped), "dim")] if row.dropped else []
    return said if len(said) > 1 else [*said, (_("(the same text)"), "faint")]


def marks(row: Row) -> list[Span]:
    """Return the small marks: attachments and notes."""
    found: list[Span] = []
    if row.touches >= CARRIES:
        found.append((f"↗{row.touches} ", "warn" if row.level >= RiskLevel.HEATED else "dim"))
    if row.notes:
        found.append(("✎", "hand"))
    if row.attachments:
        found.append((f"{ATTACHMENT}{row.attachments if row.attachments > 1 else ''}", "picture"))
    return found


def words_of(row: Row, *, revealed: bool) -> list[Span]:
    """Return the text as a list may show it: dangerous words masked until a key, pictures said to be pictures."""
    closed = row.state in CLOSED
    if row.danger and not revealed:
        return [(_("(masked: {level}) V to read").format(level=level_word(row.level)), "faint")]
    if row.within:
        return own_words(row)
    if row.picture:
        return [(_("(a picture without words)"), "faint")]
    text: list[Span] = [("↳ ", "faint")] if row.reply else []
    strong = row.level is RiskLevel.CRITICAL and not closed
    return [*text, (row_safe(row.text), "faint" if closed else "strong" if strong else "")]


def title_of(row: Row) -> str:
    """Name what a comment stands under; a dedicated thread of ours is marked as such."""
    return (f"{DEDICATED} " if row.dedicated else "") + row_safe(row.title)


def _when(row: Row, now: datetime) -> Span:
    return (f" {age(row.at, now):>7} ", "faint")


def _author_role(row: Row) -> str:
    if row.state in CLOSED:
        return "faint"
    return risk_mark(row.level, question=row.question, picture=row.picture)[1] if row.level else "strong"


def paint_two(
    row: Row, width: int, now: datetime, *, cursor: bool, selected: bool, revealed: bool
) -> tuple[Line, Line]:
    """Paint a comment on two lines: who and where, then what."""
    closed = row.state in CLOSED
    right = _right(row, now, width)
    author_width = 16 if width >= 72 else 12
    room = width - GUTTER - author_width - 4 - width_of(right) - 1
    left: list[Span] = [
        *gutter(row, cursor=cursor, selected=selected),
        (pad(row_safe(row.author), author_width), _author_role(row)),
        (" ", ""),
        (pad(code_of(row.network), 3), "dim" if not closed else "faint"),
        (fit(title_of(row), max(0, room)), "title" if not closed else "faint"),
    ]
    first = spread(left, right, width)
    indent: Span = (MARK + "   ", "cursor") if cursor else ("    ", "")
    small = marks(row)
    second = spread([indent, *words_of(row, revealed=revealed)], [*small, (" ", "")] if small else [], width)
    return first, second


def _right(row: Row, now: datetime, width: int) -> list[Span]:
    said = tag(row)
    if row.folded > 1:
        done = said if row.state in CLOSED else []
        said = [*done, *([("  ", "")] if done else []), *(wave(row) if width >= 60 else wave(row)[:1])]
    when = _when(row, now)
    if width < 60 and said:
        return [*said, (f" {when[0].strip()} ", when[1])]
    return [*said, when]


def paint_one(row: Row, width: int, now: datetime, *, cursor: bool, selected: bool, revealed: bool) -> Line:
    """Paint a comment on one line."""
    closed = row.state in CLOSED
    author_width = 14 if width >= 72 else 10
    left: list[Span] = [
        *gutter(row, cursor=cursor, selected=selected),
        (pad(row_safe(row.author), author_width), _author_role(row)),
        (" ", ""),
        (pad(code_of(row.network), 3), "dim" if not closed else "faint"),
        *words_of(row, revealed=revealed),
    ]
    small = marks(row)
    return spread(left, [*small, *([(" ", "")] if small else []), *_right(row, now, width)], width)


def placeholder(width: int, *, cursor: bool) -> tuple[Line, Line]:
    """Paint a comment that is still on its way from the desk."""
    mark: Span = (MARK, "cursor") if cursor else (" ", "")
    return spread([mark, ("   …", "faint")], [], width), spread([mark], [], width)
