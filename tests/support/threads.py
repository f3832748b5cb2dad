"""Threads written in a few lines: who says what, after how many minutes, to whom, how hot."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from inbox.situations.detector import Detector
from inbox.situations.model import Change, Heard
from scoring import Assessment, RiskLevel, Signal, SignalKind

START = datetime(2031, 5, 7, 14, tzinfo=UTC)
CALM, TENSE, HEATED, CRITICAL = RiskLevel


def judged(level: RiskLevel, *kinds: SignalKind) -> Assessment:
    """Return an assessment of that level with those signals."""
    signals = tuple(Signal(kind, 0, 1, "x", 1.0) for kind in kinds)
    return Assessment(0.0, (level + 0.5) / 4, level, "fr", signals=signals)


def said(
    key: str,
    author: str,
    text: str,
    minute: float,
    *kinds: SignalKind,
    level: RiskLevel = CALM,
    to: str | None = None,
    post: str = "p",
    page: str = "fb",
    own: bool = False,
) -> Heard:
    """Return one comment, `minute` minutes after START."""
    at = START + timedelta(minutes=minute)
    return Heard(
        key=key,
        post=post,
        author=author,
        at=at,
        text=text,
        assessment=judged(level, *kinds),
        parent=to,
        page=page,
        own=own,
    )


Line = tuple[str, str, RiskLevel, int | None]
"""Author, text, level, and the index of the line it answers (None: the post)."""


def thread(lines: Sequence[Line], *, every: float = 4.0, post: str = "p") -> list[Heard]:
    """Return a conversation, one line every `every` minutes; keys are "0", "1", ..."""
    return [
        said(f"{i}", who, text, i * every, level=level, to=None if to is None else f"{to}", post=post)
        for i, (who, text, level, to) in enumerate(lines)
    ]


def play(comments: Iterable[Heard], detector: Detector | None = None) -> list[Change]:
    """Feed a detector and return what it announced."""
    detector = detector or Detector()
    return [change for comment in comments for change in detector.add(comment)]


def begun(changes: Iterable[Change]) -> dict[str, str]:
    """Return situation -> key of the comment at which it began."""
    return {str(c.call.situation): c.call.since for c in changes if c.call.until is None}
