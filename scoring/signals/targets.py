"""Whom an insult means: the staff, the artist, or whoever is spoken to, told by the words of roles beside it."""

from collections.abc import Sequence

from scoring.assessment import SignalKind
from scoring.signals._vocabulary import CLASSES

_NEAR = 8  # words on either side of an insult that may say whom it means


def _words(*names: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the single words of classes, and their beginnings."""
    words = " ".join(CLASSES[name] for name in names).split()
    whole = frozenset(word for word in words if "_" not in word and not word.endswith("*"))
    return whole, tuple(word.rstrip("*") for word in words if word.endswith("*"))


_ROLES = (
    (SignalKind.INSULT_STAFF, *_words("boss_fr", "boss_en", "worker_fr", "worker_en")),
    (SignalKind.INSULT_ARTIST, *_words("maker_fr", "maker_en")),
)


def targets(tokens: Sequence[str], start: int, end: int) -> list[SignalKind]:
    """Return whom an insult that stands at a range of tokens means besides the one it is said to."""
    around = tokens[max(0, start - _NEAR) : end + _NEAR]
    return [
        kind
        for kind, whole, stems in _ROLES
        if not whole.isdisjoint(around) or any(token.startswith(stems) for token in around)
    ]
