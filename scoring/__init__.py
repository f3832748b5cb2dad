"""Text in, risk out: tone, words and named signals become an explained level; pure, no I/O, knows no Comment."""

from scoring.assessment import DANGERS, Assessment, RiskLevel, Signal, SignalKind
from scoring.thresholds import DEFAULT, Thresholds

__all__ = ["DANGERS", "Assessment", "RiskLevel", "Signal", "SignalKind", "Thresholds", "assess"]


def assess(
    text: str,
    *,
    lang: str | None = None,
    flagged: bool = False,
    has_picture: bool = False,
    thresholds: Thresholds = DEFAULT,
) -> Assessment:
    """Judge one text; lexicons and models are loaded by the first call.

    Any `str` is accepted; of a text longer than `scoring.folding.MAX_EXAMINED` code points the beginning alone is read.

    Args:
        text: the comment as shown, plain text.
        lang: "fr", "en" or another ISO 639-1 code when known; None or "auto" asks the text.
        flagged: the post is under fire: praise then never makes a comment calm.
        has_picture: something is attached that no rule can read: without words never calm.
        thresholds: the house's own levels.

    Returns:
        level, risk, sentiment and the reasons, strongest first, spans in code points of `text`.
    """
    from scoring.risk import scorer

    return scorer().assess(text, lang=lang, flagged=flagged, has_picture=has_picture, thresholds=thresholds)
