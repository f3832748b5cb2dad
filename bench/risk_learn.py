"""Learns the word weights that scoring ships, from the permissive sets only: `python bench/risk_learn.py` rewrites them."""

import json
import math
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from scored_sets import Row, read_set

from scoring.folding import fold
from scoring.signals import cut
from scoring.tone import tone_for_risk
from scoring.words import FAMILIES, SHAPES, Weights, WordModel, read_families, shapes_of

SETS: dict[str, dict[str, float]] = {
    "fr": {"fr_toxifrench": 3, "fr_jigsaw_mt": 3, "fr_mlma": 0.3, "fr_ftr_racism": 0.3, "fr_hatecheck": 0.3},
    "en": {"en_surge_toxicity": 3, "en_jigsaw_small": 3, "en_wiki_context": 2, "en_davidson": 0.3, "en_hatecheck": 0.3},
}
"""Set -> its weight in learning; those that were collected by topic weigh least."""
LICENCES = {
    "fr_toxifrench": "AxelDlv00/ToxiFrench, MIT",
    "fr_jigsaw_mt": "AxelDlv00/ToxiFrench, MIT, Wikipedia text CC BY-SA",
    "fr_mlma": "HKUST-KnowComp/MLMA_hate_speech, MIT",
    "fr_ftr_racism": "NataliaVanetik/FTR-dataset, MIT",
    "fr_hatecheck": "rewire-online/multilingual-hatecheck, CC BY 4.0",
    "en_surge_toxicity": "surge-ai/toxicity, MIT",
    "en_jigsaw_small": "AxelDlv00/ToxiFrench, MIT, Wikipedia text CC BY-SA",
    "en_wiki_context": "ipavlopoulos/context_toxicity, Apache-2.0",
    "en_davidson": "t-davidson/hate-speech-and-offensive-language, MIT",
    "en_hatecheck": "paul-rottger/hatecheck-data, CC BY 4.0",
}
_CAP = 1500  # rows of a set that count in full: larger sets do not drown the others
_MOST = 3000  # rows of a label of a set that are read
_COMMON = 4  # times a word must occur
_SEVERAL = 2  # sets it must occur in: names and topics go
_KEPT = 0  # learned words that ship
_EPOCHS = 25
_RATE = 0.15
_PENALTY_FAMILY = 0.002
_PENALTY_WORD = 0.3
_PLACEHOLDERS = re.compile(r"@user|http://url")


class Example(Struct, frozen=True):
    """One row made ready: sparse features, whether it is risky, and the set it came from."""

    words: tuple[str, ...]
    scale: float
    dense: tuple[float, ...]
    risky: bool
    source: str


def examples(language: str, name: str, rows: Iterable[Row]) -> list[Example]:
    """Turn rows into features, through the code that scores."""
    counter = WordModel(read_families(language), Weights({}, {}, {}))
    made = []
    for row in rows:
        text = _PLACEHOLDERS.sub(" ", row.text)
        tokens = cut(fold(text)).tokens
        counts = counter.counts(tokens)
        tone = tone_for_risk(text, language, subject=counts[-1] > 0)
        scale = 1 / math.sqrt(max(3, len(tokens)))
        dense = (*(count * scale for count in counts), *shapes_of(text, counts, len(tokens), tone))
        made.append(Example(tuple(tokens), scale, dense, row.risky, name))
    return made


def _vocabulary(sample: Sequence[Example]) -> set[str]:
    total: Counter[str] = Counter()
    sets: dict[str, set[str]] = {}
    for example in sample:
        for word in set(example.words):
            total[word] += 1
            sets.setdefault(word, set()).add(example.source)
    return {
        word
        for word, count in total.items()
        if count >= _COMMON and len(sets[word]) >= _SEVERAL and word[0] not in ".!?"
    }


def _sample(sample: Sequence[Example], rng: random.Random) -> list[Example]:
    groups: dict[tuple[str, bool], list[Example]] = {}
    for example in sample:
        groups.setdefault((example.source, example.risky), []).append(example)
    kept: list[Example] = []
    for group in groups.values():
        rng.shuffle(group)
        kept.extend(group[:_MOST])
    return kept


def _row_weights(sample: Sequence[Example], sets: Mapping[str, float]) -> dict[tuple[str, bool], float]:
    """Each label of a set counts alike, and sets count by their weight."""
    counts = Counter((example.source, example.risky) for example in sample)
    sizes = Counter(example.source for example in sample)
    raw = {key: sets[key[0]] * min(sizes[key[0]], _CAP) / 2 / count for key, count in counts.items()}
    mean = sum(raw[key] * count for key, count in counts.items()) / len(sample)
    return {key: value / mean for key, value in raw.items()}


def fit(language: str, learned_from: Sequence[Example], *, kept: int = _KEPT) -> Weights:
    """Fit a logistic regression by AdaGrad; families are hardly penalised, single words are.

    Args:
        language: "fr" or "en".
        learned_from: the rows.
        kept: how many learned words, strongest first.
    """
    rng = random.Random(7)
    sample = _sample(learned_from, rng)
    vocabulary = _vocabulary(sample) if kept else set()
    weigh = _row_weights(sample, SETS[language])
    size = len(FAMILIES) + len(SHAPES)
    dense, dense_sum = [0.0] * size, [1e-6] * size
    words = dict.fromkeys(vocabulary, 0.0)
    words_sum = dict.fromkeys(vocabulary, 1e-2)
    ready = [(e, [w for w in e.words if w in vocabulary], weigh[e.source, e.risky]) for e in sample]
    for _ in range(_EPOCHS):
        rng.shuffle(ready)
        for example, known, weight in ready:
            total = sum(map(float.__mul__, dense, example.dense)) + example.scale * sum(words[w] for w in known)
            slope = (1 / (1 + math.exp(-max(-30.0, min(30.0, total)))) - example.risky) * weight
            for place, value in enumerate(example.dense):
                step = slope * value + _PENALTY_FAMILY * dense[place] * weight
                if step:
                    dense_sum[place] += step * step
                    dense[place] -= _RATE * step / math.sqrt(dense_sum[place])
            for word in known:
                step = slope * example.scale + _PENALTY_WORD * words[word] * example.scale * weight
                words_sum[word] += step * step
                words[word] -= 0.5 * _RATE * step / math.sqrt(words_sum[word])
    strongest = sorted(words, key=lambda word: -abs(words[word]))[:kept]
    named = dict(zip((*FAMILIES, *SHAPES), (round(value, 2) for value in dense), strict=True))
    return Weights(
        {name: named[name] for name in FAMILIES},
        {name: named[name] for name in SHAPES},
        {word: round(words[word], 2) for word in sorted(strongest) if round(words[word], 2)},
    )


def load_all(language: str) -> dict[str, list[Example]]:
    """Read every set of a language as examples."""
    return {name: examples(language, name, read_set(name)) for name in SETS[language]}


def main() -> int:
    """Learn from every set and write the weights beside the lexicons."""
    for language, sets in SETS.items():
        learned_from = [example for made in load_all(language).values() for example in made]
        if not learned_from:
            print("the labelled sets are not beside the repository: nothing learned", file=sys.stderr)
            return 1
        weights = fit(language, learned_from)
        shipped = {
            "about": "log-odds learned by bench/risk_learn.py; see docs/scoring.md",
            "learned from": {name: LICENCES[name] for name in sets},
            "families": weights.families,
            "shapes": weights.shapes,
            "words": weights.words,
        }
        path = Path(__file__).resolve().parents[1] / "scoring" / "data" / f"weights_{language}.json"
        path.write_text(json.dumps(shipped, ensure_ascii=False, indent=0) + "\n", "utf-8")
        print(path.name, path.stat().st_size, "bytes", len(weights.words), "words")
    return 0


if __name__ == "__main__":
    sys.exit(main())
