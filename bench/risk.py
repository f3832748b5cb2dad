"""The table of `make bench-risk`: how well the risk tells rough from civil, how fast, and how identical its English tone is."""

import bisect
import math
import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import msgspec
from msgspec import Struct
from risk_learn import SETS, Example, examples, fit
from risk_register import civil_learned
from scored_sets import SHARED, Row, read_set
from vaderSentiment.vaderSentiment import BOOSTER_DICT, NEGATE, SentimentIntensityAnalyzer

from scoring import Assessment, RiskLevel
from scoring.risk import Scorer, scorer
from scoring.vader import Vader, english
from scoring.words import WordModel, load, read_families

TARGETS = {"fr": ("fr_toxifrench", "fr_jigsaw_mt"), "en": ("en_surge_toxicity", "en_wiki_context", "en_jigsaw_small")}
_FOLDS = 4
_ROUND = 100  # comments judged in turn by each of those whose speed is compared
_FALSE_POSITIVES = 0.05
_IDENTITY_STRINGS = 200_000
_SUBJECTS = frozenset(
    [
        "violent",
        "violente",
        "violence",
        "mort",
        "morts",
        "terrible",
        "tuerie",
        "killer",
        "brutal",
        "deadly",
        "dead",
        "death",
        "murdered",
        "lethal",
    ]
)


class Comment(Struct, frozen=True):
    """One labelled comment of the museum set; the fields that are measured."""

    text: str
    lang: str
    level: str
    question: bool
    signals: tuple[str, ...]


class Ranking(Struct, frozen=True):
    """How well a score ranks risky above civil.

    Attributes:
        auc: the area under the ROC curve.
        recall: share of the risky found where 5 % of the civil are.
        risky: how many are risky.
        civil: how many are not.
    """

    auc: float
    recall: float
    risky: int
    civil: int


def ranking(labels: Sequence[bool], scores: Sequence[float]) -> Ranking:
    """Measure a ranking; ties count half."""
    risky = [score for score, label in zip(scores, labels, strict=True) if label]
    civil = sorted(score for score, label in zip(scores, labels, strict=True) if not label)
    below = sum((bisect.bisect_left(civil, score) + bisect.bisect_right(civil, score)) / 2 for score in risky)
    limit = civil[-max(1, math.floor(_FALSE_POSITIVES * len(civil)))]
    return Ranking(below / len(risky) / len(civil), sum(s > limit for s in risky) / len(risky), len(risky), len(civil))


def _scorer(language: str, learned_from: Sequence[Example]) -> Scorer:
    model = WordModel(read_families(language), fit(language, learned_from))
    return Scorer({**{code: load(code) for code in SETS}, language: model})


def _risks(judge: Scorer, language: str, rows: Sequence[Row]) -> list[float]:
    return [judge.assess(row.text, lang=language).risk for row in rows]


def everyday(language: str) -> None:
    """Print the everyday sets of a language: cross-validated, and with the scored set left out of the learning."""
    rows = {name: read_set(name) for name in SETS[language]}
    made = {name: examples(language, name, rows[name]) for name in rows}
    folds = {name: _folds(len(rows[name])) for name in rows}
    scores = {name: [0.0] * len(rows[name]) for name in TARGETS[language]}
    for fold_number in range(_FOLDS):
        kept = [e for name in made for e, f in zip(made[name], folds[name], strict=True) if f != fold_number]
        judge = _scorer(language, kept)
        for name in TARGETS[language]:
            for place, row in enumerate(rows[name]):
                if folds[name][place] == fold_number:
                    scores[name][place] = judge.assess(row.text, lang=language).risk
    crossed, left_out = [], []
    for name in TARGETS[language]:
        known = {row.text for row in civil_learned(name)}  # the register has learned from them
        unknown = [place for place, row in enumerate(rows[name]) if row.text not in known]
        labels = [rows[name][place].risky for place in unknown]
        crossed.append(ranking(labels, [scores[name][place] for place in unknown]))
        judge = _scorer(language, [e for other in made if other != name for e in made[other]])
        left_out.append(ranking(labels, _risks(judge, language, [rows[name][place] for place in unknown])))
        print(f"{name:20} {_cells(crossed[-1])}   left out: {_cells(left_out[-1])}")
    print(f"{language + ' macro':20} {_mean(crossed)}                        left out: {_mean(left_out)}")


def _folds(size: int) -> list[int]:
    places = [place % _FOLDS for place in range(size)]
    random.Random(5).shuffle(places)
    return places


def _cells(found: Ranking) -> str:
    return f"AUC {found.auc:.3f}  recall at 5 % {found.recall:.3f}  (risky {found.risky}, civil {found.civil})"


def _mean(found: Sequence[Ranking]) -> str:
    return f"AUC {_average(r.auc for r in found):.3f}  recall at 5 % {_average(r.recall for r in found):.3f}"


def _average(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed)


def museum() -> None:
    """Print the museum set; the learned words have never seen it, the thresholds have (see docs/scoring.md)."""
    path = SHARED / "museum" / "museum.comments.jsonl"
    if not path.exists():
        print(f"museum: skipped, {path.name} is not beside the repository")
        return
    rows = [msgspec.json.decode(line, type=Comment) for line in path.read_text("utf-8").splitlines()]
    judge = scorer()
    found = [judge.assess(row.text) for row in rows]
    levels = [RiskLevel[row.level.upper()] for row in rows]
    for name, chosen in (("all", {"fr", "en", "other"}), ("fr", {"fr"}), ("en", {"en"})):
        places = [i for i, row in enumerate(rows) if row.lang in chosen]
        hot = ranking([levels[i] >= RiskLevel.HEATED for i in places], [found[i].risk for i in places])
        print(f"museum {name:5} heated or worse against the rest: {_cells(hot)}")
    _shares(rows, levels, found)
    print("shown ->       " + "".join(f"{level.label:>10}" for level in RiskLevel))
    table = Counter(zip(levels, (a.level for a in found), strict=True))
    for level in RiskLevel:
        print(f"labelled {level.label:9}" + "".join(f"{table[level, shown]:10}" for shown in RiskLevel))


def _shares(rows: Sequence[Comment], levels: Sequence[RiskLevel], found: Sequence[Assessment]) -> None:
    both = list(zip(rows, levels, found, strict=True))
    _share(
        "critical shown heated or critical",
        [a.level >= RiskLevel.HEATED for _, n, a in both if n == RiskLevel.CRITICAL],
    )
    _share(
        "calm or tense shown heated or critical",
        [a.level >= RiskLevel.HEATED for _, n, a in both if n <= RiskLevel.TENSE],
    )
    _share("others shown critical", [a.level is RiskLevel.CRITICAL for _, n, a in both if n < RiskLevel.CRITICAL])
    _share("critical shown critical", [a.level is RiskLevel.CRITICAL for _, n, a in both if n == RiskLevel.CRITICAL])
    _share("real questions found", [a.is_question for row, _, a in both if row.question])
    _share("others shown as questions", [a.is_question for row, _, a in both if not row.question])
    calm = [
        a.level < RiskLevel.HEATED
        for row, n, a in both
        if n is RiskLevel.CALM and not _SUBJECTS.isdisjoint(row.text.lower().replace(",", " ").split())
    ]
    _share("calm with a subject word not shown heated", calm)
    for kind in sorted({kind for row in rows for kind in row.signals}):
        held = [any(s.kind == kind for s in a.signals) for row, _, a in both if kind in row.signals]
        _share(f"signal {kind}", held)


def _share(name: str, held: Sequence[bool]) -> None:
    if held:
        print(f"museum {name:48} {sum(held):4} of {len(held):4}  {100 * sum(held) / len(held):5.1f} %")


def speed() -> None:
    """Print the throughput of the whole scorer, cold, and of the tone against stock vaderSentiment, in one run (CPU time)."""
    texts = [
        row.text
        for name in ("fr_toxifrench", "fr_umsab_sentiment", "en_umsab_sentiment", "en_surge_toxicity", "fr_mlma")
        for row in read_set(name)
    ]
    random.Random(3).shuffle(texts)
    judge = Scorer({code: load(code) for code in SETS})
    judge.assess("Bonjour, hello")  # lexicons are loaded, nothing else is known
    source = english()
    fresh = Vader(source.lexicon, source.emojis, source.grammar)
    stock = SentimentIntensityAnalyzer()
    rounds = [texts[start : start + _ROUND] for start in range(0, len(texts), _ROUND)]
    # In turns, so that what else the machine does meets both alike; each round is met for the first time.
    pairs = [[_seconds(one, part) for one in (fresh.tone, stock.polarity_scores)] for part in rounds]
    ours, theirs = (statistics.median(column) / _ROUND for column in zip(*pairs[:-1], strict=True))
    whole = statistics.median([_seconds(judge.assess, part) for part in rounds[:-1]]) / _ROUND
    print(f"whole scorer, cold: {1 / whole:,.0f} comments/s on one core ({len(texts)} comments, median of rounds)")
    print(f"tone, cold: {1 / ours:,.0f}/s, stock vaderSentiment {1 / theirs:,.0f}/s: {theirs / ours:.1f} times")


def _seconds(judge: Callable[[str], object], texts: Sequence[str]) -> float:
    start = time.process_time()
    for text in texts:
        judge(text)
    return time.process_time() - start


def identity() -> None:
    """Count the differences to vaderSentiment over real texts and made-up sentences."""
    stock = SentimentIntensityAnalyzer()
    ours = english()
    texts = [row.text for sets in SETS.values() for name in sets for row in read_set(name)]
    differ = sum(ours.tone(text)._asdict() != stock.polarity_scores(text) for text in [*texts, *_made_up(stock)])
    print(f"differences to vaderSentiment 3.3.2: {differ} in {max(_IDENTITY_STRINGS, len(texts))} strings")


def _made_up(stock: SentimentIntensityAnalyzer) -> list[str]:
    rng = random.Random(11)
    lexicon = list(stock.lexicon)
    glue = [
        "the",
        "so",
        "this",
        "never",
        "without",
        "doubt",
        "at",
        "very",
        "least",
        "but",
        "BUT",
        "no",
        "or",
        "nor",
        "kind",
        "of",
        "sort",
        "just",
        "enough",
        "!",
        "??",
        ":)",
        "😀",
        "x❤y",
    ]
    glue += ["yeah right", "to die for", "kiss of death", "bus stop", "the shit", "isn't", *BOOSTER_DICT, *NEGATE]
    made = []
    for _ in range(_IDENTITY_STRINGS - 20_000):
        words = [rng.choice(lexicon if rng.random() < 0.35 else glue) for _ in range(rng.randint(0, 12))]
        words = [
            word.upper() if rng.random() < 0.12 else word + rng.choice(("", "", "", "!", ",", "?")) for word in words
        ]
        made.append(rng.choice((" ", " ", "  ", "\n")).join(words))
    return made


def main() -> int:
    """Print every table whose data is there."""
    if not read_set("fr_toxifrench"):
        print(f"skipped: the labelled sets are not beside the repository ({SHARED.parent.name}/{SHARED.name})")
        return 0
    speed()  # first: nothing is known yet, and the heap is small
    everyday("fr")
    everyday("en")
    museum()
    identity()
    return 0


if __name__ == "__main__":
    sys.exit(main())
