"""Text in, risk out: tone, words and named signals become an explained level; pure, no I/O, knows no Comment."""

from scoring.assessment import DANGERS, Assessment, RiskLevel, Signal, SignalKind
from scoring.risk import Thresholds, assess

__all__ = ["DANGERS", "Assessment", "RiskLevel", "Signal", "SignalKind", "Thresholds", "assess"]
