"""The same thread ends in the same situation: whatever the order within a minute, twice, with duplicates, edits, deletions."""

from collections.abc import Sequence
from random import Random

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from threads import CALM, HEATED, TENSE, said

from inbox.situations.detector import Detector
from inbox.situations.model import Call, Heard, PostState

PETITION = "We ask the museum to give the fountain back to the people of the square and to publish its contract"
WORDS = ["ab", "cd", "ef", "gh", "ij", "kl", "mn", "op"]


def storm(random: Random, size: int) -> list[Heard]:
    """Return a busy thread whose comments are dated to the minute, as some platforms do."""
    comments: list[Heard] = []
    for i in range(size):
        copy = random.random() < 0.3
        answers = comments and not copy and random.random() < 0.6
        comments.append(
            said(
                f"{i:03}",
                f"w{i}" if copy else f"v{random.randrange(6)}",
                PETITION if copy else " ".join(random.choices(WORDS, k=5)),
                i // 4,
                level=random.choice([CALM, CALM, TENSE, HEATED]),
                to=random.choice(comments[-5:]).key if answers else None,
            )
        )
    return comments


def shuffled_within_minutes(comments: Sequence[Heard], random: Random) -> list[Heard]:
    return sorted(comments, key=lambda c: (c.at, random.random()))


def outcome(detector: Detector) -> list[tuple[str, str, bool]]:
    state: PostState = detector.post("p")
    calls: tuple[Call, ...] = (*state.calls, *state.past)
    return sorted((str(call.situation), call.since, call.until is None) for call in calls)


def play(comments: Sequence[Heard], random: Random, changes: Sequence[tuple[Heard, bool]]) -> Detector:
    """Deliver comments with duplicates among them, then edit some and take others away."""
    detector = Detector()
    delivered: list[Heard] = []
    for comment in comments:
        detector.add(comment)
        delivered.append(comment)
        if random.random() < 0.3:
            detector.add(random.choice(delivered))
    for comment, gone in changes:
        if gone:
            detector.remove(comment.key)
        else:
            detector.add(comment)
    return detector


@given(st.integers(0, 100_000), st.integers(0, 100_000), st.integers(20, 90))
@settings(max_examples=60, deadline=None)
def test_any_order_of_equal_minutes_ends_in_the_same_situation(seed: int, order: int, size: int) -> None:
    comments = storm(Random(seed), size)
    changed = Random(seed + 1).sample(comments, 8)
    edits = [(msgspec.structs.replace(c, text=f"{c.text} encore"), False) for c in changed[:4]]
    changes = [*edits, *((c, True) for c in changed[4:])]
    straight = play(comments, Random(0), changes)
    random = Random(order)
    mixed = play(shuffled_within_minutes(comments, random), random, sorted(changes, key=lambda _: random.random()))
    assert outcome(mixed) == outcome(straight)


@given(st.integers(0, 100_000), st.integers(0, 100_000))
@settings(max_examples=60, deadline=None)
def test_delivering_the_whole_thread_twice_changes_nothing(seed: int, order: int) -> None:
    comments = storm(Random(seed), 60)
    once = play(comments, Random(1), ())
    before = once.post("p")
    for comment in shuffled_within_minutes(comments, Random(order)):
        assert once.add(comment) == ()
    assert once.post("p") == before


def test_a_thread_dated_to_one_minute_is_called_the_same_whoever_comes_first() -> None:
    flood = [said(f"f{i}", f"w{i}", PETITION, 0, level=HEATED) for i in range(8)]
    calls = set()
    for seed in range(20):
        detector = Detector()
        for comment in Random(seed).sample(flood, 8):
            detector.add(comment)
        calls.add(tuple(outcome(detector)))
    assert len(calls) == 1
