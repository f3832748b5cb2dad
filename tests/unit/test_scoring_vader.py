"""The tone is vaderSentiment's, bit for bit, in English."""

import random
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st
from vaderSentiment.vaderSentiment import BOOSTER_DICT, NEGATE, SentimentIntensityAnalyzer

from scoring.french import french
from scoring.vader import english


@cache
def stock() -> SentimentIntensityAnalyzer:
    return SentimentIntensityAnalyzer()


@cache
def pieces() -> list[str]:
    line = "the so this never without doubt at very least but no or nor kind of sort just enough yeah right bus stop"
    grammar = line.split()
    phrases = [
        "to die for",
        "kiss of death",
        "bad ass",
        "beating heart",
        "😀",
        "x❤y",
        "isn't",
        "\x00",
        "İ",
        "ß",
        "!!",
        "??",
        ":)",
    ]
    lexicon = list(stock().lexicon)
    return [*grammar * 8, *phrases * 8, *BOOSTER_DICT, *NEGATE, *lexicon[:: len(lexicon) // 400]]


def same(text: str) -> bool:
    return bool(english().tone(text)._asdict() == stock().polarity_scores(text))


@given(st.lists(st.integers(0, 10**6), max_size=14), st.randoms(use_true_random=False))
@settings(max_examples=1500, deadline=None)
def test_english_is_identical_to_vadersentiment_on_made_up_sentences(places: list[int], rng: random.Random) -> None:
    words = [pieces()[place % len(pieces())] for place in places]
    words = [word.upper() if rng.random() < 0.15 else word + rng.choice(["", "", "!", ",", "?"]) for word in words]
    assert same(" ".join(words))


@given(st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_english_is_identical_to_vadersentiment_on_any_signs(text: str) -> None:
    assert same(text)


def compound(text: str) -> float:
    return french().tone(text).compound


def test_french_sees_praise_and_blame_with_and_without_accents() -> None:
    assert compound("C'est génial, bravo") > 0.3
    assert compound("c'est genial bravo") == compound("c'est génial bravo")
    assert compound("Une honte, quel gâchis") < -0.3


def test_french_negation_stands_before_or_after_the_word() -> None:
    assert compound("ce n'est pas beau") < 0
    assert compound("j'aime pas") < 0
    assert compound("rien de bien là-dedans") < 0
    assert compound("pas mal du tout") > 0
    assert compound("pas mauvais du tout, cet éclairage") > 0


def test_french_reads_elision_and_drawn_out_letters() -> None:
    assert compound("quelle horreur") < 0
    assert compound("l'horreur") < 0
    assert compound("c'est nuuuuul") < -0.2


def test_what_a_work_is_about_is_no_mood_in_french() -> None:
    assert compound("d'une violence inouïe, la mort partout, une tuerie") == 0
