"""Crowds that are no storm, read from the texts as scoring sees them: called nothing, and said for what they are."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from inbox.situations.batch import PostSituation, Row, situations

NOON = datetime(2031, 6, 1, 12, tzinfo=UTC)
GLAD = {
    "fr": [
        "Merci !!! Quel dimanche ❤️",
        "ON REVIENDRA, MERCI À TOUS",
        "Les enfants ont adoré, merci",
        "Mille mercis 🙏",
    ],
    "en": [
        "THANK YOU for the free Sunday!",
        "What a day, thanks all 🎉",
        "We loved every room, thank you",
        "Bless you ❤️",
    ],
}
CIVIL = {
    "fr": [
        "Très déçue de ce choix",
        "Expliquez-nous cette décision",
        "Dommage, vraiment dommage",
        "Je ne suis pas convaincu",
        "Un peu triste pour vous",
    ],
    "en": [
        "Disappointed by this choice",
        "Please explain the decision",
        "A pity, really",
        "I am not convinced",
        "Rather sad for you",
    ],
}
HOMEWORK = {
    "fr": "La barque peinte traverse la rivière et personne ne rame, parce que le courant connaît le chemin de la maison",
    "en": "The painted boat crosses the river and nobody rows, because the current knows its own way to the house",
}


def read(texts: Sequence[str], *, every: float = 20.0) -> PostSituation:
    """Let each text be written by somebody else, `every` seconds apart."""
    rows = [
        Row(id=n, post="p", author=f"v{n}", at=NOON + timedelta(seconds=every * n), text=text, platform="facebook")
        for n, text in enumerate(texts)
    ]
    (answer,) = situations(rows)
    return answer


def one_after_another(texts: Sequence[str], people: int) -> list[str]:
    return [f"{texts[n % len(texts)]}{'' if n < len(texts) else ' ' + '!' * (n % 3)}" for n in range(people)]


@pytest.mark.parametrize("lang", GLAD)
def test_a_joyful_flood_is_many_people_who_are_glad(lang: str) -> None:
    answer = read(one_after_another(GLAD[lang], 60))
    assert (answer.situation, answer.why) == ((), "many people are glad; nothing to fear")


@pytest.mark.parametrize("lang", CIVIL)
def test_an_angry_crowd_that_stays_civil_is_no_flood(lang: str) -> None:
    answer = read(one_after_another(CIVIL[lang], 40))
    assert answer.situation == ()
    assert answer.why in {"many people are cross and stay civil", "many people talk"}


@pytest.mark.parametrize("lang", HOMEWORK)
def test_a_class_that_posts_the_same_homework_is_many_people_with_a_harmless_text(lang: str) -> None:
    random = Random(3)
    words = HOMEWORK[lang].split()
    copies = [" ".join(w for w in words if random.random() > 0.05) + f" (groupe {n})" * (n % 2) for n in range(28)]
    answer = read(copies)
    assert (answer.situation, answer.why) == ((), "many people post the same harmless text")
    assert len(answer.waves) == 1


def test_a_lively_hour_is_still_named_once_the_thread_is_quiet_again() -> None:
    texts = one_after_another(GLAD["fr"], 40)
    rows = [
        Row(id=n, post="p", author=f"v{n}", at=NOON + timedelta(seconds=20 * n), text=text, platform="facebook")
        for n, text in enumerate(texts)
    ]
    late = Row(id="x", post="p", author="x", at=NOON + timedelta(days=2), text="Belle salle", platform="facebook")
    (answer,) = situations([*rows, late])
    assert answer.why == "many people are glad; nothing to fear"
