"""What the detector remembers is bounded, whatever comes: as much after many comments as after half of them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

import msgspec
import pytest
from held import held
from hypothesis import given, settings
from hypothesis import strategies as st
from threads import CALM, HEATED, START, TENSE, said

from inbox.situations import baseline, choir
from inbox.situations.baseline import Rhythm
from inbox.situations.choir import Choir, Choirs
from inbox.situations.detector import Detector
from inbox.situations.model import Chorus, Heard, Said
from inbox.situations.target import hear
from inbox.situations.waves import Waves

REMEMBERED = 1_500
PETITIONS = [
    f"We ask the museum to give the {what} back to the people of the square" for what in ("lamp", "lion", "well")
]


def flood(size: int) -> Iterator[Heard]:
    """Yield comments of ever new people under ever new posts: copies of petitions, answers, heat, each word said anew."""
    random = Random(5)
    latest: dict[str, str] = {}
    for i in range(size):
        post = f"post {i // 400}-{random.randrange(20)}"
        copy = random.random() < 0.2
        words = random.choice(PETITIONS) if copy else " ".join(f"{random.getrandbits(30):x}" for _ in range(8))
        answered = latest.get(post) if random.random() < 0.3 else None
        latest[post] = f"{i:07}"
        level = random.choice((CALM, CALM, TENSE, HEATED))
        yield said(f"{i:07}", f"visitor {i:07}", words, i / 50, level=level, to=answered, post=post)


def test_twice_as_many_comments_take_no_more_memory() -> None:
    detector = Detector(waves=Waves(capacity=REMEMBERED), remembered=REMEMBERED)
    sizes, counts = [], []
    for i, comment in enumerate(flood(16_000)):
        detector.add(comment)
        if i >= 8_000 and i % 500 == 499:
            sizes.append(held(detector))
            counts.append(len(detector._heard))
    assert max(counts) <= REMEMBERED
    half = len(sizes) // 2
    assert sum(sizes[half:]) / half < 1.03 * sum(sizes[:half]) / half
    assert max(sizes) < 1.1 * min(sizes)


def test_posts_are_forgotten_with_their_comments_before_there_are_too_many_in_all() -> None:
    detector = Detector(remembered=10)
    for i in range(20):
        detector.add(said(f"{i}", "ana", f"mot {i}", i, post=f"p{i // 2}"))
    assert list(detector._heard) == [f"{i}" for i in range(10, 20)]
    assert list(detector._threads) == [f"p{i}" for i in range(5, 10)]
    assert detector.remove("3") == ()


def test_one_busy_post_is_remembered_however_little_room_there_is() -> None:
    detector = Detector(remembered=10)
    for i in range(100):
        detector.add(said(f"{i}", f"v{i}", f"mot {i}", i))
    assert len(detector._threads["p"].said) == 100


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 700)), max_size=12))
@settings(max_examples=30, deadline=None)
def test_a_rhythm_that_tells_few_people_apart_learns_what_one_that_tells_all_would(
    hours: list[tuple[int, int]],
) -> None:
    frugal, complete = Rhythm(), Rhythm()
    at = START
    for wait, people in hours:
        at += timedelta(hours=wait)
        for i in range(people):
            frugal.hear(f"v{i}", at)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(baseline, "_ENOUGH", float("inf"))
            for i in range(people):
                complete.hear(f"v{i}", at)
    for hour in range(168):
        assert frugal.expected(at + timedelta(hours=hour)) == complete.expected(at + timedelta(hours=hour))


def test_an_hour_of_a_storm_is_remembered_by_few_of_its_people() -> None:
    rhythm = Rhythm()
    for i in range(5_000):
        rhythm.hear(f"v{i}", START)
    assert held(rhythm) < 60_000


def copy(at: datetime, author: str) -> Said:
    """Return one copy of a text."""
    return hear(msgspec.structs.replace(said("k", author, PETITIONS[0], 0), at=at))


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 6), st.integers(0, 3)), max_size=60))
def test_a_choir_counts_the_people_elsewhere_as_counting_them_all_would(acts: list[tuple[int, int, int]]) -> None:
    window, now = timedelta(minutes=60), START
    voices, sung = Choir(window), list[tuple[datetime, str, str]]()
    for wait, author, post in acts:
        now += timedelta(minutes=wait)
        sung.append((now, f"{author}", f"{post}"))
        chorus = voices.add(copy(now, f"{author}"), f"{post}")
        inside = [(who, where) for at, who, where in sung if at >= now - window]
        everybody, here = {who for who, _ in inside}, {who for who, where in inside if where == f"{post}"}
        elsewhere = sum(where != f"{post}" for _, _, where in sung)
        assert (chorus is None) == (elsewhere == 0)
        assert chorus is None or (chorus.people, chorus.tally.copies) == (len(everybody) - len(here), elsewhere)
        assert len(voices) == len(inside)


def test_the_text_silent_for_longest_is_forgotten_before_there_are_too_many_copies(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(choir, "COPIES", 10)
    choirs = Choirs(timedelta(hours=1))
    for number in range(9):
        choirs.add(f"w{number % 3}", copy(START, f"v{number}"), "p")
    choirs.add("w1", copy(START, "x"), "p")
    choirs.add("w2", copy(START, "x"), "p")
    assert [wave for wave in ("w0", "w1", "w2") if wave in choirs] == ["w1", "w2"]
    assert choirs.add("w1", copy(START, "y"), "q") == Chorus(4, choirs._choirs["w1"]._parts["p"].tally)


def test_a_choir_counts_so_many_copies_and_no_more() -> None:
    voices = Choir(timedelta(hours=1))
    for number in range(choir.IN_ONE + 300):
        voices.add(copy(START, f"v{number}"), f"p{number % 100}")
    assert len(voices) == len(voices._everywhere.people) == choir.IN_ONE
    assert len(voices._parts) == choir.PARTS
