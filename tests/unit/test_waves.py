"""Copies are found, strangers are not, memory stays fixed."""

import random
import subprocess
import sys
from collections.abc import Iterator

import pytest
from held import held
from hypothesis import given
from hypothesis import strategies as st

from inbox.situations.waves import Waves, shingles

PROTESTS = (
    "Nous demandons à la maison de décrocher cette installation avant dimanche et de publier enfin les comptes du mécénat.",
    (
        "Le musée des Cordiers éteint ses vitrines tous les soirs à dix heures mais laisse tourner la climatisation de la boutique : "
        "que la direction vienne nous expliquer ce choix devant les abonnés."
    ),
    "Please take the stuffed lion out of the children's room, it is losing its mane and frightening nobody but its keepers.",
    (
        "We the undersigned ask Harbour House to keep the reading room open on Mondays, because it is warm, free and quiet, "
        "and because no other door on this street is open to everybody without buying a cup of coffee first."
    ),
)
WORDS = [
    "musée",
    "lumière",
    "salle",
    "bleu",
    "vert",
    "tableau",
    "cheval",
    "porte",
    "rue",
    "matin",
    "soir",
    "enfant",
    "marche",
    "escalier",
    "livre",
    "dessin",
    "couleur",
    "fenêtre",
    "jardin",
    "pierre",
    "bateau",
    "ville",
    "route",
    "café",
    "théâtre",
    "pont",
    "nuit",
    "museum",
    "light",
    "room",
    "blue",
    "green",
    "painting",
    "horse",
    "street",
    "morning",
    "evening",
    "garden",
    "stone",
    "boat",
    "town",
    "road",
    "river",
    "theatre",
    "bridge",
    "night",
    "chair",
    "table",
    "lamp",
    "coat",
    "winter",
    "summer",
    "visit",
    "ticket",
    "guard",
    "label",
    "wall",
]


def edited(text: str, dice: random.Random) -> str:
    """Copy a text as people do: a first line of one's own, words lost and doubled, capitals, accents off, typos, hashtags."""
    words = text.split()
    for _ in range(dice.randint(0, max(1, len(words) // 12))):
        at = dice.randrange(len(words))
        change = dice.choice(("drop", "double", "typo", "swap"))
        if change == "drop":
            del words[at]
        elif change == "double":
            words.insert(at, dice.choice(WORDS))
        elif change == "typo":
            words[at] = words[at][:-1]
        else:
            words[at] = words[at].upper()
    copy = " ".join(words)
    if dice.random() < 0.3:
        copy = "".join(c for c in copy if c.isascii())
    if dice.random() < 0.2:
        copy = copy.upper()
    if dice.random() < 0.4:
        copy = f"{' '.join(dice.choices(WORDS, k=dice.randint(3, 15)))}. {copy}"
    if dice.random() < 0.4:
        copy = f"{copy} #{dice.choice(WORDS)} @{dice.choice(WORDS)} https://a.example/{dice.random()}"
    return copy


def chatter(dice: random.Random) -> str:
    return " ".join(dice.choices(WORDS, k=dice.randint(3, 40)))


def stream(dice: random.Random, *, copies: int, noise: int) -> Iterator[tuple[str, str]]:
    """Yield (truth, text): copies of each protest mixed into chatter; truth is "" for chatter."""
    rows = [(str(i), edited(text, dice)) for i, text in enumerate(PROTESTS) for _ in range(copies)]
    rows += [("", chatter(dice)) for _ in range(noise)]
    dice.shuffle(rows)
    yield from rows


@pytest.mark.parametrize("seed", range(5))
def test_edited_copies_are_found_and_nothing_else(seed: int) -> None:
    waves = Waves(capacity=20_000)
    rows = list(stream(random.Random(seed), copies=60, noise=3_000))
    for i, (_, text) in enumerate(rows):
        waves.add(str(i), text)
    found = {i: waves.wave_of(str(i)) for i in range(len(rows))}
    caught = 0
    for truth in map(str, range(len(PROTESTS))):
        mine = [found[i] for i, (t, _) in enumerate(rows) if t == truth]
        biggest = max((w for w in mine if w), key=mine.count)
        caught += mine.count(biggest)
    strangers = sum(found[i] is not None for i, (t, _) in enumerate(rows) if not t)
    assert caught / (60 * len(PROTESTS)) >= 0.97  # recall
    assert strangers <= 3  # of 3,000


def test_two_protests_are_two_waves() -> None:
    waves = Waves(capacity=100)
    ids = {waves.add(f"{i}{j}", text) for i, text in enumerate(PROTESTS) for j in range(3)} - {None}
    assert len(ids) == len(PROTESTS)


def test_an_edited_copy_joins_the_wave_of_the_first() -> None:
    waves = Waves(capacity=100)
    assert waves.add("a", PROTESTS[0]) is None
    wave = waves.add("b", f"Une amie m'a transmis ceci : {PROTESTS[0].upper()} !!! #comptes")
    assert wave is not None
    assert waves.wave_of("a") == waves.wave_of("b") == wave
    assert waves.first_of("b") == waves.first_of("a") == "a"


@pytest.mark.parametrize(
    "text", ["bravo", "Merci !", "Merci à toute l'équipe", "C'est une honte", "Take it down now", "👏👏👏", ""]
)
def test_short_texts_never_make_a_wave(text: str) -> None:
    waves = Waves(capacity=100)
    assert {waves.add(str(i), text) for i in range(30)} == {None}


def test_links_mentions_and_hashtags_alone_do_not_make_two_texts_alike() -> None:
    tail = " #a #b #c #d #e #f @g @h https://a.example/one/two/three/four/five/six/seven"
    assert shingles("bravo" + tail) == []


def test_the_same_comment_twice_counts_once() -> None:
    waves = Waves(capacity=100)
    waves.add("a", PROTESTS[0])
    assert waves.add("a", PROTESTS[0]) is None


def test_an_unknown_comment_has_no_wave_and_no_first() -> None:
    waves = Waves(capacity=1)
    assert (waves.wave_of("a"), waves.first_of("a")) == (None, None)


def test_what_is_older_than_the_capacity_is_forgotten() -> None:
    waves = Waves(capacity=10)
    waves.add("a", PROTESTS[0])
    waves.add("b", PROTESTS[0])
    assert waves.wave_of("a") is not None
    for i in range(9):
        waves.add(str(i), f"{PROTESTS[3]} {i}")
    assert waves.wave_of("a") is None
    assert waves.wave_of("b") is None  # alone again


def test_the_first_text_after_a_forgotten_wave_starts_anew() -> None:
    waves = Waves(capacity=2)
    for key in ("a", "b"):
        old = waves.add(key, PROTESTS[0])
    for key in ("c", "d"):
        waves.add(key, PROTESTS[1])
    waves.add("e", PROTESTS[0])
    new = waves.add("f", PROTESTS[0])
    assert new not in {None, old}


def test_waves_need_room_for_one_comment() -> None:
    with pytest.raises(ValueError, match="capacity must be positive, not 0"):
        Waves(capacity=0)


@pytest.mark.parametrize("hashseed", ["1", "2"])
def test_another_process_finds_the_same_waves(hashseed: str) -> None:
    code = (
        "from inbox.situations.waves import Waves; w = Waves(capacity=9);"
        f"[w.add(k, {PROTESTS[0]!r}) for k in 'abc']; print(w.wave_of('c'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": hashseed}
    )
    assert done.stdout.strip() == "w40f89e395b66422f"


@given(st.integers(1, 12), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 3)), max_size=120))
def test_a_wave_is_what_is_remembered_of_a_text_and_begins_with_the_oldest(
    capacity: int, comments: list[tuple[int, int]]
) -> None:
    waves = Waves(capacity=capacity)
    remembered: list[tuple[str, int]] = []
    for number, text in comments:
        key = f"souvenir/é{number}"
        waves.add(key, PROTESTS[text])
        if key not in dict(remembered):
            remembered = [*remembered, (key, text)][-capacity:]
    for key, text in remembered:
        copies = [other for other, said in remembered if said == text]
        assert waves.first_of(key) == copies[0]
        assert (waves.wave_of(key) is None) == (len(copies) == 1)
        assert len({waves.wave_of(copy) for copy in copies}) == 1


def test_memory_stays_as_it_is_over_two_hundred_thousand_comments() -> None:
    waves = Waves(capacity=2_000)
    dice = random.Random(7)
    texts = [" ".join(dice.choices(WORDS, k=7)) for _ in range(500)]
    sizes = []
    for i in range(200_000):
        waves.add(f"{i:06}", texts[i % 500] if i % 2 else f"{i} {texts[i % 500]} {i * 7}")
        if i % 50_000 == 49_999:
            sizes.append(held(waves))
    assert max(sizes) < 1.01 * min(sizes)
    assert max(sizes) < 2_000 * 350
