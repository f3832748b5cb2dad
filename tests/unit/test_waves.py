"""Copies are found, strangers are not, memory stays fixed."""

import random
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from inbox.situations.waves import Member, Waves, shingles

START = datetime(2031, 5, 4, 12, tzinfo=UTC)
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
        waves.add(str(i), text, f"author {i}", START)
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
    ids = {waves.add(f"{i}{j}", text, f"{j}", START) for i, text in enumerate(PROTESTS) for j in range(3)} - {None}
    assert len(ids) == len(PROTESTS)


def test_an_edited_copy_joins_the_wave_of_the_first() -> None:
    waves = Waves(capacity=100)
    assert waves.add("a", PROTESTS[0], "ana", START) is None
    wave = waves.add("b", f"Une amie m'a transmis ceci : {PROTESTS[0].upper()} !!! #comptes", "bo", START)
    assert wave is not None
    assert waves.members(wave) == (Member("a", "ana", START), Member("b", "bo", START))
    assert waves.wave_of("a") == wave


@pytest.mark.parametrize(
    "text", ["bravo", "Merci !", "Merci à toute l'équipe", "C'est une honte", "Take it down now", "👏👏👏", ""]
)
def test_short_texts_never_make_a_wave(text: str) -> None:
    waves = Waves(capacity=100)
    assert {waves.add(str(i), text, str(i), START) for i in range(30)} == {None}


def test_links_mentions_and_hashtags_alone_do_not_make_two_texts_alike() -> None:
    tail = " #a #b #c #d #e #f @g @h https://a.example/one/two/three/four/five/six/seven"
    assert shingles("bravo" + tail) == []


def test_authors_count_once_and_only_within_the_window() -> None:
    waves = Waves(capacity=100)
    wave = None
    for i, author in enumerate(["ana", "bo", "ana", "cy"]):
        wave = waves.add(str(i), PROTESTS[0], author, START + timedelta(hours=i))
    assert wave is not None
    assert waves.authors(wave) == 3
    assert waves.authors(wave, since=START + timedelta(hours=2)) == 2
    assert waves.authors(wave, since=START, until=START + timedelta(hours=1)) == 2


def test_the_same_comment_twice_counts_once() -> None:
    waves = Waves(capacity=100)
    waves.add("a", PROTESTS[0], "ana", START)
    assert waves.add("a", PROTESTS[0], "ana", START) is None


def test_an_unknown_wave_has_no_members() -> None:
    assert Waves(capacity=1).members("w0") == ()


def test_what_is_older_than_the_capacity_is_forgotten() -> None:
    waves = Waves(capacity=10)
    waves.add("a", PROTESTS[0], "ana", START)
    waves.add("b", PROTESTS[0], "bo", START)
    assert waves.wave_of("a") is not None
    for i in range(9):
        waves.add(str(i), f"{PROTESTS[3]} {i}", "cy", START)
    assert waves.wave_of("a") is None
    assert waves.wave_of("b") is None  # alone again


def test_the_first_text_after_a_forgotten_wave_starts_anew() -> None:
    waves = Waves(capacity=2)
    for key in ("a", "b"):
        old = waves.add(key, PROTESTS[0], key, START)
    for key in ("c", "d"):
        waves.add(key, PROTESTS[1], key, START)
    waves.add("e", PROTESTS[0], "e", START)
    new = waves.add("f", PROTESTS[0], "f", START)
    assert new not in {None, old}


def test_waves_need_room_for_one_comment() -> None:
    with pytest.raises(ValueError, match="capacity must be positive, not 0"):
        Waves(capacity=0)


@pytest.mark.parametrize("hashseed", ["1", "2"])
def test_another_process_finds_the_same_waves(hashseed: str) -> None:
    code = (
        "from datetime import datetime, UTC; from inbox.situations.waves import Waves; w = Waves(capacity=9);"
        f"[w.add(k, {PROTESTS[0]!r}, k, datetime(2031, 5, 4, tzinfo=UTC)) for k in 'abc']; print(w.wave_of('c'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": hashseed}
    )
    assert done.stdout.strip() == "w40f89e395b66422f"


def test_memory_stays_as_it_is_over_two_hundred_thousand_comments() -> None:
    waves = Waves(capacity=2_000)
    table = waves._table.buffer_info()
    dice = random.Random(7)
    texts = [" ".join(dice.choices(WORDS, k=7)) for _ in range(500)]
    for i in range(200_000):
        waves.add(str(i), texts[i % 500] if i % 2 else f"{i} {texts[i % 500]} {i * 7}", str(i % 900), START)
    assert waves._table.buffer_info() == table
    assert len(waves._ring) <= 2_000
    assert sum(len(g.members) for g in waves._groups.values()) == len(waves._ring)
    assert len(waves._groups) <= 2_000
    assert len(waves._by_id) == sum(len(g.members) > 1 or bool(g.id) for g in waves._groups.values())
