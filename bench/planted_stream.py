"""A long made-up stream with waves, feuds and trolls planted in it: what the detector finds, its speed and its memory."""

import resource
import time
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from msgspec import Struct, field

from inbox.situations.detector import Detector
from inbox.situations.model import Heard
from inbox.situations.waves import Waves
from scoring import Assessment, RiskLevel

START = datetime(2031, 3, 3, tzinfo=UTC)
PER_HOUR = 700
POSTS_A_DAY = 12
LIVELY_DAYS = 3
ANSWERS = 0.2
LEVELS = (*[RiskLevel.CALM] * 85, *[RiskLevel.TENSE] * 11, *[RiskLevel.HEATED] * 3, RiskLevel.CRITICAL)
JUDGED = {level: Assessment(0.0, (level + 0.5) / 4, level, "en") for level in RiskLevel}
SYLLABLES = [
    "ba",
    "ce",
    "di",
    "fo",
    "gu",
    "la",
    "me",
    "ni",
    "po",
    "ru",
    "sa",
    "te",
    "vi",
    "zo",
    "bel",
    "cor",
    "dan",
    "fin",
    "gal",
    "hor",
    "jur",
    "lam",
    "mon",
    "nor",
    "pal",
    "ris",
    "sol",
    "tur",
    "val",
]


class Planted(Struct):
    """What was hidden in the stream.

    Attributes:
        waves: wave number -> keys of its copies.
        feuds: posts with a feud.
        trolls: posts with a lone troll.
    """

    waves: dict[int, list[str]] = field(default_factory=dict)
    feuds: set[str] = field(default_factory=set)
    trolls: set[str] = field(default_factory=set)


def stream(size: int, planted: Planted, *, seed: int = 7) -> Iterator[Heard]:
    """Yield `size` comments in order of time; `planted` is filled on the way."""
    random = Random(seed)
    words = ["".join(random.choices(SYLLABLES, k=random.choice((1, 2, 2, 3)))) for _ in range(4000)]
    step = timedelta(hours=1) / PER_HOUR
    scenes = _scenes(size, random, words, planted)
    latest: dict[str, tuple[str, str]] = {}
    for number in range(size):
        at = START + number * step
        scene = scenes.pop(number, None)
        if scene is not None:
            yield Heard(at=at, **scene)
            continue
        day = int((at - START) / timedelta(days=1))
        post = f"p{max(0, day - int(random.random() * LIVELY_DAYS)) * POSTS_A_DAY + random.randrange(POSTS_A_DAY)}"
        author = f"a{int(300_000 * random.random() ** 1.5)}"  # the most faithful visitor writes every 4500th comment
        parent = latest.get(post) if random.random() < ANSWERS else None
        text = " ".join(random.choices(words, k=random.randrange(3, 25)))
        key = f"c{number}"
        if parent is None:
            latest[post] = (key, author)
        yield Heard(
            key=key,
            post=post,
            author=author,
            at=at,
            text=text,
            assessment=JUDGED[random.choice(LEVELS)],
            parent=parent[0] if parent else None,
            page="page",
        )


def _scenes(size: int, random: Random, words: list[str], planted: Planted) -> dict[int, dict[str, Any]]:
    """Place the planted comments: number in the stream -> what Heard wants to know but the time."""
    scenes: dict[int, dict[str, Any]] = {}

    def put(number: int, **comment: object) -> str:
        while number in scenes:
            number += 1
        scenes[number] = {"key": f"s{number}", "page": "page", **comment}
        return f"s{number}"

    for wave in range(50):
        first, text = random.randrange(size - 2000), random.choices(words, k=30)
        copies = sorted(random.sample(range(first, first + 600), 60))
        planted.waves[wave] = [
            put(
                n,
                post=f"w{wave}",
                author=f"w{wave}-{i}",
                text=_edited(text, random, words),
                assessment=JUDGED[RiskLevel.TENSE],
            )
            for i, n in enumerate(copies)
        ]
    for kind, posts in (("f", planted.feuds), ("t", planted.trolls)):
        for i in range(20):
            post = f"{kind}{i}"
            posts.add(post)
            _scene(kind, post, random.randrange(size - 2000), random, words, put)
    return scenes


def _scene(kind: str, post: str, first: int, random: Random, words: list[str], put: Callable[..., str]) -> None:
    def say(author: str, hot: float, parent: str | None, place: int) -> str:
        level = RiskLevel.HEATED if random.random() < hot else RiskLevel.CALM
        text = " ".join(random.choices(words, k=random.randrange(4, 20)))
        return put(first + place * 40, post=post, author=author, text=text, assessment=JUDGED[level], parent=parent)

    last = say(f"{post}-x", 0.0, None, 0)
    for place in range(1, 24):
        if kind == "f" and place % 3:
            last = say(f"{post}-{'y' if place % 2 else 'x'}", 0.4, last, place)
        elif kind == "t" and place % 3 == 0:
            say(f"{post}-troll", 0.4, last, place)
        else:
            visitor = say(f"{post}-v{place}", 0.0, None, place)
            last = visitor if kind == "t" else last


def _edited(text: list[str], random: Random, words: list[str]) -> str:
    copy = [word for word in text if random.random() > 0.06]
    copy = [random.choice(words) if random.random() < 0.04 else word for word in copy]
    if random.random() < 0.3:
        copy = [*random.choices(words, k=random.randrange(2, 9)), *copy]
    return " ".join(copy).upper() if random.random() < 0.2 else " ".join(copy)


def run(size: int) -> None:
    """Print what is found in a stream of `size` comments, how fast, and with how much memory."""
    planted, detector = Planted(), Detector()
    called: dict[str, set[str]] = {}
    spent = 0.0
    found: dict[str, str | None] = {}
    resident = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for comment in stream(size, planted):
        begin = time.process_time()
        changes = detector.add(comment)
        spent += time.process_time() - begin
        for change in changes:
            called.setdefault(str(change.call.situation), set()).add(change.post)
        if comment.post[0] == "w":
            found[comment.key] = None
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - resident) / 1024
    feuds, trolls, floods = (called.get(name, set()) for name in ("feud", "lone_troll", "flood"))
    waves = {f"w{i}" for i in planted.waves}
    print(f"stream of {size:,} comments: {spent / size * 1e6:.1f} us a comment, resident memory grew by {grown:.0f} MB")
    print(f"feuds {len(feuds & planted.feuds)}/20, elsewhere {len(feuds - planted.feuds)}")
    print(f"lone trolls {len(trolls & planted.trolls)}/20, elsewhere {len(trolls - planted.trolls)}")
    print(f"floods {len(floods & waves)}/50, elsewhere {len(floods - waves)}")
    print(f"posts beside the planted ones: {int(size / PER_HOUR / 24 + 1) * POSTS_A_DAY}")


def waves_only(size: int) -> None:
    """Print the pairs of planted copies found while they are fresh, and the cost of waves alone."""
    planted, waves = Planted(), Waves()
    spent = 0.0
    groups: dict[str, list[str]] = {}
    for comment in stream(size, planted):
        begin = time.process_time()
        wave = waves.add(comment.key, comment.text)
        spent += time.process_time() - begin
        if wave is not None:
            members = groups.setdefault(wave, [waves.first_of(comment.key) or comment.key])
            members.append(comment.key)
    home = {key: number for number, keys in planted.waves.items() for key in keys}
    wanted = sum(len(keys) * (len(keys) - 1) // 2 for keys in planted.waves.values())
    right = wrong = 0
    for members in groups.values():
        counts: dict[int | None, int] = {}
        for key in members:
            counts[home.get(key)] = counts.get(home.get(key), 0) + 1
        pairs = len(members) * (len(members) - 1) // 2
        same = sum(n * (n - 1) // 2 for number, n in counts.items() if number is not None)
        right, wrong = right + same, wrong + pairs - same
    print(
        f"waves: {spent / size * 1e6:.1f} us a comment, recall {right / wanted:.4f}, precision {right / max(1, right + wrong):.4f}"
    )


def memory(size: int) -> None:
    """Print the bytes the detector itself holds after `size` comments (slow: every allocation is traced)."""
    tracemalloc.start()
    detector, planted = Detector(), Planted()
    for comment in stream(size, planted):
        detector.add(comment)
    print(f"held after {size:,} comments: {tracemalloc.get_traced_memory()[0] / 1e6:.0f} MB traced")
    tracemalloc.stop()
