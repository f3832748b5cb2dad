"""Learns the register of danger and of anger from examples of our own: `python bench/risk_register.py` rewrites it."""

import json
import math
import random
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from scored_sets import read_set

from scoring.folding import fold
from scoring.register import stem_of
from scoring.signals import cut

_EVERYDAY = {"fr_umsab_sentiment": "cardiffnlp/xlm-t, Apache-2.0", "en_umsab_sentiment": "cardiffnlp/xlm-t, Apache-2.0"}
_CIVIL = 200  # of each: everyday talk that is nothing to worry about
_EXAMPLES = Path(__file__).with_name("own_examples.tsv")
_SHIPPED = Path(__file__).resolve().parents[1] / "scoring" / "data" / "register.json"
_EPOCHS = 60
_RATE = 0.1
_PENALTY = 0.3
_TWICE = 2  # a stem met once is chance
_WORTH = 0.12  # smaller weights are left out


def learn() -> dict[str, object]:
    """Fit both heads on the examples; the result is what ships."""
    lines = [line.split("\t") for line in _EXAMPLES.read_text("utf-8").splitlines() if line and line[0] != "#"]
    everyday = [row.text for name in _EVERYDAY for row in [r for r in read_set(name) if not r.risky][:_CIVIL]]
    lines += [["civil", text] for text in everyday]
    labels = [label for label, _ in lines]
    rows = [[stem_of(token) for token in set(cut(fold(text)).tokens)] for _, text in lines]
    counts = Counter(stem for row in rows for stem in set(row))
    known = [sorted(stem for stem in row if stem and counts[stem] >= _TWICE) for row in rows]
    danger, danger_bias = _fit(known, [label == "danger" for label in labels])
    anger, anger_bias = _fit(known, [label != "civil" for label in labels])
    return {
        "about": "log-odds learned by bench/risk_register.py; see docs/scoring.md",
        "learned from": {"bench/own_examples.tsv": "written for becalm, MIT", **_EVERYDAY},
        "bias": [danger_bias, anger_bias],
        "danger": danger,
        "anger": anger,
    }


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
    _SHIPPED.write_text(json.dumps(learn(), ensure_ascii=False, indent=0) + "\n", "utf-8")
    print(_SHIPPED.name, _SHIPPED.stat().st_size, "bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
