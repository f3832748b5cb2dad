"""The table of situations and waves on the labelled threads, leaving one exhibition out at a time; speed and memory too."""

import itertools
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from random import Random

import msgspec
import planted_stream
from msgspec import Struct

from inbox.situations.batch import PostSituation, Row, situations
from inbox.situations.model import Situation
from inbox.situations.settings import Settings
from scoring import Assessment, RiskLevel, assess

MUSEUM = Path(__file__).resolve().parents[2] / "shared" / "data" / "museum"
SOON_COMMENTS = 5
SOON_MINUTES = 10.0
GRID = {
    "copies": (3, 4, 5, 6),
    "exchanges": (3, 4),
    "quarrel": (1, 2, 3),
    "barbs": (2.5, 3.0, 3.5, 4.0, 4.5),
    "acts": (2, 3, 4),
    "alone": (0.5, 2 / 3, 0.75),
}
"""Values tried, one setting at a time, to show how much hangs on each."""


class Comment(Struct, frozen=True):
    """One labelled comment; only what is measured is read."""

    id: str
    exhibition: str
    post: str
    author: str
    at: datetime
    text: str
    parent: str | None
    lang: str
    platform: str
    wave: str | None
    level: str
    question: bool

    def row(self) -> Row:
        """Return what the detector may see of it."""
        lang = self.lang if self.lang in {"fr", "en"} else None
        return Row(
            id=self.id,
            post=self.post,
            author=self.author,
            at=self.at,
            text=self.text,
            parent=self.parent,
            lang=lang,
            platform=self.platform,
        )


class Label(Struct, frozen=True):
    """One labelled thread."""

    post: str
    exhibition: str
    situation: str | list[str]
    since: str | None

    @property
    def situations(self) -> set[str]:
        """The situations that the reader saw."""
        names = [self.situation] if isinstance(self.situation, str) else self.situation
        return set(names) - {"none"}


class Outcome(Struct):
    """One thread: what was labelled, what was called, and how late."""

    label: Label
    answer: PostSituation
    comments_late: int | None = None
    minutes_late: float | None = None

    @property
    def soon(self) -> bool:
        """Whether it was called within five comments or ten minutes of the reader, before or after."""
        if self.comments_late is None or self.minutes_late is None:
            return False
        return abs(self.comments_late) <= SOON_COMMENTS or abs(self.minutes_late) <= SOON_MINUTES


def read(name: str, kind: type[Comment | Label]) -> list[Comment | Label]:
    """Read one labelled file."""
    lines = (MUSEUM / name).read_bytes().splitlines()
    return [msgspec.json.decode(line, type=kind) for line in lines]


Judge = Callable[[Row], Assessment]


def measure(
    comments: Sequence[Comment], labels: Sequence[Label], settings: Settings, judge: Judge | None = None
) -> list[Outcome]:
    """Compare the detector's answers with the labels."""
    found = situations((c.row() for c in comments), settings=settings, judge=judge)
    answers = {answer.post: answer for answer in found}
    return [_outcome(label, answers[label.post], [c for c in comments if c.post == label.post]) for label in labels]


def _outcome(label: Label, answer: PostSituation, comments: Sequence[Comment]) -> Outcome:
    outcome = Outcome(label, answer)
    if label.since is not None and answer.since is not None:
        order = {c.id: i for i, c in enumerate(sorted(comments, key=lambda c: (c.at, c.id)))}
        times = {c.id: c.at for c in comments}
        called = str(answer.since)
        outcome.comments_late = order[called] - order[label.since]
        outcome.minutes_late = (times[called] - times[label.since]).total_seconds() / 60
    return outcome


def scores(outcomes: Iterable[Outcome], situation: str) -> tuple[int, int, int]:
    """Count what was rightly called, wrongly called and missed."""
    right = wrong = missed = 0
    for outcome in outcomes:
        labelled, called = situation in outcome.label.situations, situation in outcome.answer.situation
        right += labelled and called
        wrong += called and not labelled
        missed += labelled and not called
    return right, wrong, missed


def f1(right: int, wrong: int, missed: int) -> float:
    """The harmonic mean of precision and recall."""
    return 2 * right / max(1, 2 * right + wrong + missed)


def pairwise(comments: Sequence[Comment], outcomes: Sequence[Outcome]) -> tuple[int, int, int]:
    """Count pairs of comments in one labelled wave: found, wrongly joined, missed."""
    found = {str(key): wave.id for o in outcomes for wave in o.answer.waves for key in wave.comments}
    right = wrong = missed = 0
    for one, other in itertools.combinations(comments, 2):
        labelled = one.wave is not None and one.wave == other.wave
        joined = one.id in found and found[one.id] == found.get(other.id)
        right += labelled and joined
        wrong += joined and not labelled
        missed += labelled and not joined
    return right, wrong, missed


def summary(outcomes: Sequence[Outcome]) -> tuple[float, float, int]:
    """Return macro F1, the share called soon, and the false calls on quiet threads."""
    macro = sum(f1(*scores(outcomes, s)) for s in Situation) / len(Situation)
    loud = [o for o in outcomes if o.label.situations]
    soon = sum(o.soon for o in loud) / max(1, len(loud))
    false = sum(bool(o.answer.situation) for o in outcomes if not o.label.situations)
    return macro, soon, false


def show(comments: Sequence[Comment], outcomes: Sequence[Outcome]) -> None:
    """Print the tables for one setting."""
    print(
        f"{'situation':<12}{'labelled':>9}{'right':>7}{'wrong':>7}{'missed':>8}{'precision':>11}{'recall':>8}{'F1':>7}"
    )
    for situation in Situation:
        right, wrong, missed = scores(outcomes, situation)
        precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
        cells = f"{right + missed:>9}{right:>7}{wrong:>7}{missed:>8}{precision:>11.2f}{recall:>8.2f}"
        print(f"{situation:<12}{cells}{f1(right, wrong, missed):>7.2f}")
    macro, soon, false = summary(outcomes)
    quiet = sum(not o.label.situations for o in outcomes)
    print(f"macro F1 {macro:.2f} · called soon {soon:.0%} · false calls on {quiet} quiet threads: {false}")
    print("\npost      labelled           called             late: comments  minutes")
    for o in outcomes:
        if o.label.situations or o.answer.situation:
            late = "" if o.minutes_late is None else f"{o.comments_late:>15}{o.minutes_late:>9.1f}"
            soon_mark = "" if o.soon or not o.label.situations else "  not soon"
            labelled, called = ",".join(sorted(o.label.situations)) or "none", ",".join(o.answer.situation) or "none"
            print(f"{o.label.post:<10}{labelled:<19}{called:<19}{late}{soon_mark}")
    right, wrong, missed = pairwise(comments, outcomes)
    print(f"\nwaves, pairs: precision {right / max(1, right + wrong):.3f} recall {right / max(1, right + missed):.3f}")
    questions = [c for c in comments if c.question]
    held = {str(key) for o in outcomes for wave in o.answer.waves for key in wave.held}
    inside = [c for c in questions if any(c.id in w.comments for o in outcomes for w in o.answer.waves)]
    print(
        f"labelled questions: {len(questions)}, inside waves {len(inside)}, of these held back {sum(c.id in held for c in inside)}"
    )


def by_exhibition(comments: Sequence[Comment], labels: Sequence[Label]) -> None:
    """Choose each setting on all exhibitions but one and measure on that one."""
    tried = [Settings(), *(msgspec.structs.replace(Settings(), **{k: v}) for k, vs in GRID.items() for v in vs)]
    outcomes = {i: measure(comments, labels, settings) for i, settings in enumerate(tried)}
    left_out: list[Outcome] = []
    for exhibition in sorted({label.exhibition for label in labels}):
        known = {i: [o for o in outs if o.label.exhibition != exhibition] for i, outs in outcomes.items()}
        best = max(known, key=lambda i: (_worth(known[i]), -i))
        left_out.extend(o for o in outcomes[best] if o.label.exhibition == exhibition)
    macro, soon, false = summary(left_out)
    print(f"\none exhibition left out: macro F1 {macro:.2f} · called soon {soon:.0%} · false calls {false}")
    print("\none setting moved: macro F1, called soon, false calls")
    for settings, outs in zip(tried[1:], list(outcomes.values())[1:], strict=True):
        changed = {k: getattr(settings, k) for k in GRID if getattr(settings, k) != getattr(Settings(), k)}
        if changed:
            macro, soon, false = summary(outs)
            print(f"  {', '.join(f'{k}={v:.3g}' for k, v in changed.items()):<18}{macro:.2f}  {soon:>4.0%}  {false}")


def with_worse_scores(comments: Sequence[Comment], labels: Sequence[Label]) -> None:
    """Show how much hangs on scoring: with risky texts taken for calm ones or the reverse, and with the reader's levels."""
    print("\nscores made worse, or perfect: macro F1, called soon, false calls (means of 10 draws)")
    for share in (0.25, 0.5, 0.75, 1.0):
        results = [summary(measure(comments, labels, Settings(), _forgetful(share, seed))) for seed in range(10)]
        macro, soon, false = (sum(column) / 10 for column in zip(*results, strict=True))
        print(f"  {share:.0%} of risky texts unseen{macro:>8.2f}  {soon:>4.0%}  {false:.1f}")
    for share in (0.05, 0.2):
        results = [summary(measure(comments, labels, Settings(), _alarmist(share, seed))) for seed in range(10)]
        macro, soon, false = (sum(column) / 10 for column in zip(*results, strict=True))
        print(f"  {share:.0%} of calm texts heated{macro:>9.2f}  {soon:>4.0%}  {false:.1f}")
    levels = {c.id: RiskLevel[c.level.upper()] for c in comments}

    def reader(row: Row) -> Assessment:
        return msgspec.structs.replace(assess(row.text, lang=row.lang), level=levels[str(row.id)])

    macro, soon, false = summary(measure(comments, labels, Settings(), reader))
    print(f"  the reader's own levels    {macro:.2f}  {soon:>4.0%}  {false}")
    macro, soon, false = summary(measure(comments, labels, Settings(copies=10_000)))
    print(f"  waves not looked for       {macro:.2f}  {soon:>4.0%}  {false}")


def with_flat_threads(comments: Sequence[Comment], labels: Sequence[Label]) -> None:
    """Show how much hangs on knowing who answers whom: as platforms that flatten threads, or drop them, tell it."""
    by_id = {c.id: c for c in comments}

    def root(comment: Comment) -> str | None:
        while comment.parent is not None:
            comment = by_id[comment.parent]
        return comment.id

    def mention(comment: Comment) -> str:
        return f"@{by_id[comment.parent].author.rpartition(':')[2]} {comment.text}" if comment.parent else comment.text

    change = msgspec.structs.replace
    forms = {
        "answers hang on the first comment": [change(c, parent=root(c) if c.parent else None) for c in comments],
        "the same, and mention whom they answer": [
            change(c, parent=root(c) if c.parent else None, text=mention(c)) for c in comments
        ],
        "no answers known, mentions alone": [change(c, parent=None, text=mention(c)) for c in comments],
        "neither answers nor mentions": [change(c, parent=None) for c in comments],
    }
    print("\nthreads as other platforms tell them: macro F1, called soon, false calls")
    for name, changed in forms.items():
        macro, soon, false = summary(measure(changed, labels, Settings()))
        print(f"  {name:<40}{macro:.2f}  {soon:>4.0%}  {false}")


def _forgetful(share: float, seed: int) -> Judge:
    random = Random(seed)

    def judge(row: Row) -> Assessment:
        found = assess(row.text, lang=row.lang)
        if found.level is RiskLevel.CALM or random.random() >= share:
            return found
        return msgspec.structs.replace(found, level=RiskLevel.CALM, signals=())

    return judge


def _alarmist(share: float, seed: int) -> Judge:
    random = Random(seed)

    def judge(row: Row) -> Assessment:
        found = assess(row.text, lang=row.lang)
        if found.level is not RiskLevel.CALM or random.random() >= share:
            return found
        return msgspec.structs.replace(found, level=RiskLevel.HEATED)

    return judge


def _worth(outcomes: Sequence[Outcome]) -> float:
    macro, soon, false = summary(outcomes)
    return macro + soon - 0.1 * false


def main() -> int:
    """Print everything; the labelled threads lie beside the repository and may be absent."""
    if "--stream" in sys.argv:
        size = int(sys.argv[sys.argv.index("--stream") + 1])
        planted_stream.run(size)
        planted_stream.waves_only(size)
        return 0
    if not MUSEUM.exists():
        print(f"bench-situations: skipped, the labelled threads are not there ({MUSEUM})")
        return 0
    comments = [c for c in read("museum.comments.jsonl", Comment) if isinstance(c, Comment)]
    labels = [t for t in read("museum.threads.jsonl", Label) if isinstance(t, Label)]
    show(comments, measure(comments, labels, Settings()))
    if "--quick" not in sys.argv:
        by_exhibition(comments, labels)
        with_worse_scores(comments, labels)
        with_flat_threads(comments, labels)
    return 0


if __name__ == "__main__":
    sys.exit(main())
