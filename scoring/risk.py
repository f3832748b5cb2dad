"""From text to Assessment: tone, words and signals become one risk and one level."""

import math
import re

from msgspec import Struct

from scoring.assessment import Assessment, RiskLevel, Signal, SignalKind
from scoring.folding import MAX_EXAMINED, fold, offsets
from scoring.language import vote

_WORD = re.compile(r"[a-z0-9]+")


class Thresholds(Struct, frozen=True):
    """From which probability of risk (0 to 1) the score alone shows a level; rules may raise it further.

    Attributes:
        tense: at and above it a text is at least tense.
        heated: at and above it a text is at least heated.
        critical: at and above it, and with a person or the house as target, a text is critical.
    """

    tense: float = 0.5
    heated: float = 0.8
    critical: float = 0.98


DEFAULT = Thresholds()


def assess(
    text: str,
    *,
    lang: str | None = None,
    flagged: bool = False,
    has_picture: bool = False,
    thresholds: Thresholds = DEFAULT,
) -> Assessment:
    """Judge one text.

    Any `str` is accepted; of a text longer than `MAX_EXAMINED` the beginning alone is read.

    Args:
        text: the comment as shown, plain text.
        lang: "fr", "en" or another ISO 639-1 code when known; None asks the text.
        flagged: the post is under fire: praise then never lowers a level below tense.
        has_picture: something is attached that no rule can read: never calm without words.
        thresholds: the house's own levels.

    Returns:
        level, risk, sentiment and the reasons, strongest first, spans in code points of `text`.
    """
    examined = text[:MAX_EXAMINED]
    folded = fold(examined)
    tokens = _WORD.findall(folded)
    code, sure = _language(lang, tokens)
    sentiment = _sentiment(examined, code, sure=sure)
    signals = _signals(examined, folded, tokens)
    logit = -2.2 - 2.0 * sentiment + sum(signal.weight for signal, _ in signals)
    score = 1 / (1 + math.exp(-logit))
    level = _level(score, signals, thresholds)
    if not tokens and has_picture:
        level = max(level, RiskLevel.TENSE)
    if flagged and level is RiskLevel.CALM and sentiment > 0 and any(s.kind is SignalKind.THANKS for s, _ in signals):
        level = RiskLevel.TENSE
    reasons = tuple(sorted((signal for signal, _ in signals), key=lambda s: -abs(s.weight)))
    return Assessment(sentiment, (level + score) / 4, level, code, sure, reasons)


def _language(lang: str | None, tokens: list[str]) -> tuple[str, bool]:
    if lang in {"fr", "en"}:
        return lang, True
    if lang is not None:
        return "other", True
    verdict = vote(tokens)
    return verdict.code, verdict.sure


def _sentiment(text: str, code: str, *, sure: bool) -> float:
    from scoring.french import french
    from scoring.vader import english

    if code == "fr" and sure:
        return french().tone(text).compound
    if code == "en" and sure:
        return english().tone(text).compound
    return min(french().tone(text).compound, english().tone(text).compound)


def _signals(text: str, folded: str, tokens: list[str]) -> list[tuple[Signal, RiskLevel]]:
    from scoring.signals import scanner

    hits = list(scanner().scan(folded, tokens))
    if not hits:
        return []
    places = offsets(text)
    found = []
    for rule, start, end in hits:
        first, last = places[start], places[end]
        found.append((Signal(rule.kind, first, last, text[first:last], rule.weight), rule.floor))
    return found


def _level(score: float, signals: list[tuple[Signal, RiskLevel]], thresholds: Thresholds) -> RiskLevel:
    floor = max((level for _, level in signals), default=RiskLevel.CALM)
    if score >= thresholds.heated:
        return max(floor, RiskLevel.HEATED)
    if score >= thresholds.tense:
        return max(floor, RiskLevel.TENSE)
    return floor
