"""Laws of the detector: order, duplicates, edits, removals, memory, quiet streams."""

from datetime import timedelta
from random import Random

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from threads import CALM, HEATED, START, TENSE, play, said, thread

from inbox.situations import thread as thread_module
from inbox.situations.baseline import Rhythm
from inbox.situations.crowd import Crowd
from inbox.situations.detector import POSTS, Detector
from inbox.situations.model import Heard
from inbox.situations.target import hear
from scoring import RiskLevel, SignalKind

PETITION = "We ask the museum to give the fountain back to the people of the square and to publish its contract"


def mixed(seed: int, size: int = 60) -> list[Heard]:
    """Return a busy thread: people who answer each other, a petition, levels of every kind."""
    random = Random(seed)
    comments: list[Heard] = []
    for i in range(size):
        answers = comments and random.random() < 0.6
        copy = random.random() < 0.2
        comments.append(
            said(
                f"{i:03}",
                f"v{random.randrange(8)}" if not copy else f"w{i}",
                PETITION if copy else " ".join(random.choices(["ab", "cd", "ef", "gh", "ij", "kl", "mn", "op"], k=5)),
                i * 1.5,
                level=random.choice([CALM, CALM, TENSE, HEATED]),
                to=random.choice(comments[-5:]).key if answers and not copy else None,
            )
        )
    return comments


def outcome(detector: Detector, post: str = "p") -> list[tuple[str, str, bool]]:
    state = detector.post(post)
    return sorted((str(c.situation), c.since, c.until is None) for c in (*state.calls, *state.past))


@given(st.integers(0, 10_000))
@settings(max_examples=30, deadline=None)
def test_replaying_the_same_comments_gives_the_same_answer(seed: int) -> None:
    comments = mixed(seed)
    once, again = Detector(), Detector()
    assert play(comments, once) == play(comments, again)
    assert once.post("p") == again.post("p")


@given(st.integers(0, 10_000), st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_the_order_of_arrival_within_a_few_minutes_ends_in_the_same_situation(seed: int, random: Random) -> None:
    comments = mixed(seed)
    late = sorted(comments, key=lambda c: c.at + timedelta(minutes=random.uniform(0, 8)))
    straight, shuffled = Detector(), Detector()
    play(comments, straight)
    play(late, shuffled)
    assert {name for name, _, _ in outcome(straight)} == {name for name, _, _ in outcome(shuffled)}


@given(st.integers(0, 10_000), st.lists(st.integers(0, 59), max_size=30))
@settings(max_examples=25, deadline=None)
def test_comments_delivered_twice_count_once(seed: int, again: list[int]) -> None:
    comments = mixed(seed)
    straight, twice = Detector(), Detector()
    play(comments, straight)
    for i, comment in enumerate(comments):
        play([comment], twice)
        play([comments[j] for j in again if j <= i], twice)
    assert straight.post("p") == twice.post("p")


@given(st.integers(0, 10_000), st.sets(st.integers(0, 59), max_size=20))
@settings(max_examples=25, deadline=None)
def test_comments_taken_away_leave_the_quarrels_and_barbs_that_would_be_there_without_them(
    seed: int, gone: set[int]
) -> None:
    comments = [c for c in mixed(seed) if c.text != PETITION]
    keys = {comments[i].key for i in gone if i < len(comments)}
    removed, never = Detector(), Detector()
    play(comments, removed)
    for key in keys:
        removed.remove(key)
    play([c for c in comments if c.key not in keys], never)
    mine, theirs = removed.post("p"), never.post("p")
    assert [c for c in mine.calls if c.situation != "flood"] == [c for c in theirs.calls if c.situation != "flood"]


def test_an_edit_that_cools_a_quarrel_is_taken_into_account() -> None:
    lines = thread(
        [
            ("ana", "Ce n'est pas du bronze", CALM, None),
            ("bo", "Si, regarde la tranche", CALM, 0),
            ("ana", "Va te faire voir", HEATED, 1),
            ("bo", "Bien", CALM, 2),
            ("ana", "Bien", CALM, 3),
        ]
    )
    detector = Detector()
    play(lines, detector)
    assert detector.post("p").calls
    calm = msgspec.structs.replace(lines[2], text="Je regarde", assessment=lines[1].assessment)
    (end,) = play([calm], detector)
    assert (end.call.situation, end.call.until) == ("feud", lines[4].at)
    assert not detector.post("p").calls


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 40)), max_size=80))
def test_a_crowd_counts_the_people_of_its_window_as_counting_them_all_would(acts: list[tuple[int, int]]) -> None:
    crowd, heard = Crowd(timedelta(minutes=60)), []
    now = START
    for i, (wait, author) in enumerate(acts):
        now += timedelta(minutes=wait)
        heard.append((now, author))
        crowd.add(hear(msgspec.structs.replace(said(f"{i}", f"{author}", "bonjour", 0), at=now)))
        inside = [(at, who) for at, who in heard if at >= now - timedelta(minutes=60)]
        assert len(crowd) == len({who for _, who in inside})
        assert crowd.comments == len(inside)


@given(st.lists(st.integers(0, 400), min_size=1, max_size=60))
def test_a_rhythm_stays_within_what_it_heard_and_the_first_guess(people: list[int]) -> None:
    rhythm = Rhythm()
    for hour, count in enumerate(people):
        for i in range(count):
            rhythm.hear(f"v{i}", START + timedelta(hours=hour))
    for hour in range(168):
        assert 0 <= rhythm.expected(START + timedelta(hours=hour)) <= max(4, *people)


def test_one_storm_does_not_become_the_rhythm() -> None:
    rhythm = Rhythm()
    for hour in range(24 * 21):
        for i in range(2000 if hour == 24 * 14 else 5):
            rhythm.hear(f"v{i}", START + timedelta(hours=hour))
    assert rhythm.expected(START + timedelta(weeks=3)) < 15


def test_a_page_learns_its_busy_evening_within_a_month() -> None:
    rhythm = Rhythm()
    for day in range(28):
        for i in range(100):
            rhythm.hear(f"v{i}", START + timedelta(days=day))
    assert rhythm.expected(START + timedelta(days=28)) > 50
    assert rhythm.expected(START + timedelta(days=28, hours=9)) < 5


@given(
    st.lists(
        st.tuples(st.integers(0, 400), st.sampled_from(["thanks", "question", "calm"]), st.floats(0.1, 240)),
        max_size=150,
    )
)
@settings(max_examples=30, deadline=None)
def test_nothing_is_called_in_streams_where_nobody_is_hostile(acts: list[tuple[int, str, float]]) -> None:
    kinds = {"thanks": [SignalKind.THANKS], "question": [SignalKind.QUESTION], "calm": []}
    minute, comments = 0.0, []
    for i, (author, mood, wait) in enumerate(acts):
        minute += wait
        comments.append(said(f"{i}", f"v{author}", f"{mood} {i}", minute, *kinds[mood]))
    assert not play(comments)


def test_what_is_remembered_of_a_thread_is_bounded_and_a_situation_outlives_it() -> None:
    detector = Detector()
    flood = [said(f"f{i}", f"w{i}", PETITION, i) for i in range(6)]
    (change,) = play(flood, detector)
    more = [said(f"m{i}", f"x{i}", f"encore {i}", 6 + i / 60, level=RiskLevel.TENSE) for i in range(2000)]
    play(more, detector)
    (call,) = detector.post("p").calls
    assert call.since == change.call.since
    remembered = detector._threads["p"].said
    assert len(remembered) <= thread_module.REMEMBERED
    assert len(detector._heard) == len(remembered)


def test_posts_long_silent_are_forgotten_with_everything_about_them() -> None:
    detector = Detector()
    for i in range(1500):
        play([said(f"{i}", "ana", f"mot {i}", i, post=f"p{i}")], detector)
    assert len(detector._threads) == POSTS
    assert len(detector._heard) == POSTS
    assert detector.post("p0").calls == ()
