"""Items as lines of text and as plain values: what list, show, export and watch have in common."""

import re
from datetime import datetime
from typing import Any

from connectors._text import sanitise
from inbox.fold import Inbox
from inbox.item import Item, written_at
from inbox.networks import code_of
from scoring.assessment import RiskLevel
from tui.i18n import _

SYMBOLS = {RiskLevel.CALM: "·", RiskLevel.TENSE: "▪", RiskLevel.HEATED: "▲", RiskLevel.CRITICAL: "‼"}
WIDEST_NAME = 18
_ONE_CELL = re.compile("[\x20-\x7e\xa0-\u02ff\u2010-\u2027\u2030-\u203b·▪▲‼▣×☐•]*")
"""Text of which every character takes one cell; what measures any other loads the screen's libraries."""


def mark(level: RiskLevel, *, question: bool) -> str:
    """Return the mark that tells a risk without colour; a question shows only where nothing graver does."""
    return "?" if question and level <= RiskLevel.TENSE else SYMBOLS[level]


def title_of(inbox: Inbox, item: Item) -> str:
    """Return the title of the post an item stands under, or its first words, or ""."""
    post = inbox.post_of(item)
    return one_line((post.title or post.text)[:60]) if post else ""


def one_line(text: str) -> str:
    """Make text from the journal fit for one line of a terminal, whoever wrote it there."""
    return sanitise(text, single_line=True)


def age(moment: datetime, now: datetime) -> str:
    """Say how long ago something was, in the shortest words."""
    seconds = max(0, int((now - moment).total_seconds()))
    if seconds < 60:
        return _("now")
    if seconds < 3600:
        return _("{n} min").format(n=seconds // 60)
    if seconds < 172_800:
        return _("{n} h").format(n=seconds // 3600)
    return _("{n} d").format(n=seconds // 86_400)


def line(item: Item, now: datetime, *, width: int = 0) -> str:
    """Write an item as one line: risk, network, author, age, key, text; cut to `width` cells unless that is 0."""
    name = padded(one_line(item.comment.author.name), WIDEST_NAME, width)
    marks = "▣ " if item.comment.attachments else ""
    hand = f" ({one_line(item.claimed_by)})" if item.claimed_by else ""
    words = _("(masked: becalm show {key})").format(key=item.key) if item.is_danger else one_line(item.comment.text)
    text = (
        f"{mark(item.level, question=item.is_question)} {code_of(item.network):<2} {name} {age(written_at(item), now):>6}"
        f"  {one_line(item.key)}{hand}  {marks}{words}"
    )
    return fitted(text, width)


def fitted(text: str, width: int) -> str:
    """Cut text to `width` cells, an ellipsis telling that it was cut; 0 leaves it whole."""
    if not width:
        return text
    if _ONE_CELL.fullmatch(text):
        return text if len(text) <= width else text[: width - 1].rstrip() + "…"
    from tui.widgets.paint import fit, row_safe

    return fit(re.sub(r"\S+", lambda word: row_safe(word[0]), text), width)  # blanks keep columns apart


def padded(text: str, size: int, width: int) -> str:
    """Cut or fill text to `size` cells where lines are fitted to a terminal, else to as many characters."""
    if not width or _ONE_CELL.fullmatch(text):
        return f"{text[:size]:<{size}}"
    from tui.widgets.paint import pad, row_safe

    return pad(row_safe(text), size)


def record(inbox: Inbox, item: Item) -> dict[str, Any]:
    """Put an item into plain values: `list --json`, `show --json` and `export` write this, `import` reads it."""
    comment = item.comment
    return {
        "v": 1,
        "id": comment.native_id,
        "key": item.key,
        "source": item.source,
        "platform": item.network,
        "post": comment.post_id,
        "post_title": title_of(inbox, item),
        "parent": comment.parent_id,
        "author": comment.author.native_id,
        "author_name": comment.author.name,
        "at": comment.created_at.isoformat(),
        "text": comment.text,
        "url": comment.url,
        "lang": item.assessment.language,
        "level": item.level.label,
        "corrected": None if item.corrected is None else item.corrected.label,
        "risk": round(item.risk, 4),
        "sentiment": round(item.assessment.sentiment, 4),
        "signals": [str(signal.kind) for signal in item.assessment.signals],
        "question": item.is_question,
        "reach": inbox.reach.touches(item.key),
        "state": str(item.state),
        "snoozed_until": None if item.snoozed_until is None else item.snoozed_until.isoformat(),
        "claimed_by": item.claimed_by,
        "changed_at": None if item.changed_at is None else item.changed_at.isoformat(),
        "changed_by": item.changed_by,
        "first_seen": item.first_seen.isoformat(),
        "own": item.own,
        "hidden": item.hidden,
        "moderation": comment.moderation,
        "gone": item.gone,
        "wave": item.wave,
        "attachments": len(comment.attachments),
        "notes": [{"at": note.at.isoformat(), "by": note.by, "text": note.text} for note in item.notes],
    }
