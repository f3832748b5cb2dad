"""Learns the register of danger and of anger from bench/own_examples.tsv: `python bench/risk_register.py` rewrites it."""

import json
import math
import random
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from scoring.folding import fold
from scoring.register import Register, stems_of
from scoring.signals import cut

_EXAMPLES = Path(__file__).with_name("own_examples.tsv")
_SHIPPED = Path(__file__).resolve().parents[1] / "scoring" / "data" / "register.json"
_EPOCHS = 60
_RATE = 0.1
_PENALTY = 0.3
_TWICE = 2  # a stem met once is chance
_WORTH = 0.05  # smaller weights are left out


def learn() -> Register:
    """Fit both heads on the examples."""
    lines = [line.split("\t") for line in _EXAMPLES.read_text("utf-8").splitlines() if line and line[0] != "#"]
    labels = [label for label, _ in lines]
    rows = [stems_of(cut(fold(text)).tokens) for _, text in lines]
    counts = Counter(stem for row in rows for stem in row)
    known = [sorted(stem for stem in row if counts[stem] >= _TWICE) for row in rows]
    danger, danger_bias = _fit(known, [label == "danger" for label in labels])
    anger, anger_bias = _fit(known, [label != "civil" for label in labels])
    return Register(danger, anger, (danger_bias, anger_bias))


def _fit(rows: Sequence[Sequence[str]], labels: Sequence[bool]) -> tuple[dict[str, float], float]:
    """Fit a logistic regression by AdaGrad, both labels weighing alike."""
    share = sum(labels) / len(labels)
    weights: dict[str, float] = {}
    squares: dict[str, float] = {}
    order = list(range(len(rows)))
    rng = random.Random(13)
    for _ in range(_EPOCHS):
        rng.shuffle(order)
        for i in order:
            row = ["", *rows[i]]
            total = sum(weights.get(stem, 0.0) for stem in row)
            error = (1 / (1 + math.exp(-total)) - labels[i]) * (0.5 / (share if labels[i] else 1 - share))
            for stem in row:
                step = error + (_PENALTY * weights.get(stem, 0.0) if stem else 0.0)
                squares[stem] = squares.get(stem, 0.5) + step * step
                weights[stem] = weights.get(stem, 0.0) - _RATE * step / math.sqrt(squares[stem])
    bias = round(weights.pop(""), 2)
    return {stem: round(weights[stem], 2) for stem in sorted(weights) if abs(weights[stem]) >= _WORTH}, bias


def main() -> int:
    """Learn and write the register beside the lexicons."""
    learned = learn()
    shipped = {
        "about": "log-odds learned by bench/risk_register.py from bench/own_examples.tsv, all written for becalm; MIT",
        "bias": learned.bias,
        "danger": learned.danger,
        "anger": learned.anger,
    }
    _SHIPPED.write_text(json.dumps(shipped, ensure_ascii=False, indent=0) + "\n", "utf-8")
    print(_SHIPPED.name, _SHIPPED.stat().st_size, "bytes", len(learned.danger), len(learned.anger), "stems")
    return 0


if __name__ == "__main__":
    sys.exit(main())
