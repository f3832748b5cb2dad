"""The levels' thresholds, which a house may move."""

from msgspec import Struct


class Thresholds(Struct, frozen=True):
    """From which probability of risk (0 to 1) the score alone shows a level; rules may raise it further.

    Calibrated by cross-validation on the museum set and the everyday sets (docs/scoring.md).

    Attributes:
        tense: at and above it a text is at least tense.
        heated: at and above it a text is at least heated.
        danger: at and above these log-odds the register of danger alone shows a text as heated.
        critical: at and above it, and with a person or the house as target, a text is critical.
    """

    tense: float = 0.2
    heated: float = 0.55
    critical: float = 0.995
    danger: float = 0.8


DEFAULT = Thresholds()
