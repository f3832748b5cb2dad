"""Text in, risk out: tone, words and named signals become an explained level; pure, no I/O, knows no Comment."""

from scoring.assessment import Assessment, RiskLevel, Signal, SignalKind

__all__ = ["Assessment", "RiskLevel", "Signal", "SignalKind"]
