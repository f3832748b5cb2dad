"""What the signals are and are not, over a table of sentences of our own in both languages (`signals.tsv`)."""

from collections import Counter
from pathlib import Path

import pytest

from scoring import SignalKind, assess
from scoring.assessment import DANGERS

_LINES = (Path(__file__).with_name("signals.tsv")).read_text("utf-8").splitlines()
EXAMPLES = [tuple(line.split("\t")) for line in _LINES if not line.startswith("#")]


@pytest.mark.parametrize(("kind", "held", "text"), EXAMPLES)
def test_a_signal_is_told_from_what_resembles_it(kind: str, held: str, text: str) -> None:
    found = {signal.kind for signal in assess(text).signals}
    assert (SignalKind(kind) in found) == (held == "yes")


def test_every_signal_but_dangers_has_examples_on_both_sides() -> None:
    counts = Counter((kind, held) for kind, held, _ in EXAMPLES)
    for kind in set(SignalKind) - DANGERS - {SignalKind.TONE}:
        assert min(counts[kind, "yes"], counts[kind, "no"]) >= 2, kind
