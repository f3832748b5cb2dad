"""Structure before tone: camps, a provoker who is answered calmly, cries for help, service rage, offences repeated."""

from datetime import timedelta

import pytest
from threads import CALM, CRITICAL, HEATED, START, TENSE, Line, begun, play, said, thread

from inbox.situations.detector import Detector
from inbox.situations.model import Stir
from scoring import SignalKind

CAMPS: dict[str, list[Line]] = {
    "fr": [
        ("ana", "La salle des voiliers me rappelle mon oncle, pêcheur", CALM, None),
        ("bo", "Un pêcheur, c'est-à-dire un vidangeur d'océan", CALM, 0),
        ("ana", "Il nourrissait le port, lui", CALM, 1),
        ("cy", "Sans lui vous mangeriez des cailloux", CALM, 1),
        ("di", "Et avec lui il ne restera que ça", CALM, 3),
        ("bo", "Voilà, une chorale de filets troués", TENSE, 3),
        ("cy", "Retourne à ton soja, gros malin", HEATED, 4),
        ("di", "Je préfère le soja aux imbéciles en ciré", HEATED, 6),
    ],
    "en": [
        ("ana", "My gran worked the loom in the third photograph", CALM, None),
        ("bo", "And voted to close the mill, like the rest of her street", CALM, 0),
        ("ana", "She was nine", CALM, 1),
        ("cy", "Nine or ninety, they all did", CALM, 2),
        ("di", "Says a man who has never held a job", TENSE, 3),
        ("cy", "Your lot never let anyone have one", TENSE, 4),
        ("bo", "Weavers. Always moaning, always wrong", HEATED, 5),
        ("di", "Pair of clowns, the two of you", HEATED, 6),
    ],
}
ANSWERED_CALMLY: list[Line] = [
    ("ana", "The tin theatre was my favourite thing as a child", CALM, None),
    ("zed", "That explains a great deal about you", TENSE, 0),
    ("ana", "It does, I turned out rather well", CALM, 1),
    ("bo", "We queued ten minutes and it flew by", CALM, None),
    ("zed", "Ten minutes of an empty life, well spent", CALM, 3),
    ("bo", "It was a good ten minutes", CALM, 4),
    ("zed", "Whatever you say, halfwit", HEATED, 5),
    ("cy", "Leave him be, he does this everywhere", CALM, 6),
    ("zed", "And who appointed you, matron", TENSE, 7),
    ("di", "Are the puppets lit from below?", CALM, None),
]


@pytest.mark.parametrize("lang", CAMPS)
def test_camps_are_a_feud_though_no_two_people_go_on_for_long(lang: str) -> None:
    assert set(begun(play(thread(CAMPS[lang])))) == {"feud"}


def test_a_provoker_whom_others_answer_calmly_is_no_feud_however_often() -> None:
    assert set(begun(play(thread(ANSWERED_CALMLY)))) == {"lone_troll"}


def test_many_who_scold_one_rude_answer_are_no_camps() -> None:
    lines: list[Line] = [
        ("ana", "The gate squeaks", CALM, None),
        ("zed", "So do you", HEATED, 0),
        ("bo", "Rude", TENSE, 1),
        ("cy", "That was uncalled for", CALM, 1),
        ("zed", "Fine", CALM, 2),
        ("di", "Say sorry", CALM, 1),
    ]
    assert not play(thread(lines))


def test_two_consoling_each_other_beside_a_quarrel_do_not_make_it_camps() -> None:
    lines: list[Line] = [
        ("ana", "I saw this with my sister, the last time", CALM, None),
        ("bo", "I am sorry, that is hard", CALM, 0),
        ("ana", "It is, she loved the blue one", CALM, 1),
        ("zed", "What a pompous label", TENSE, None),
        ("cy", "You have not even read it", TENSE, 3),
    ]
    assert not play(thread(lines))


def test_a_talker_whom_people_like_is_no_provoker() -> None:
    lines: list[Line] = []
    for i in range(6):
        lines.append((f"v{i}", "La grande roue vue d'en bas", CALM, None))
        lines.append(("papi", "Je l'ai vue tourner en mille neuf cent soixante", CALM, len(lines) - 1))
        lines.append((f"v{i}", "Oh, racontez ❤️", CALM, len(lines) - 1))
    assert not play(thread(lines))


def test_a_cry_for_help_and_the_answers_to_it_are_no_quarrel() -> None:
    lines = [
        said("0", "ana", "je n'en peux plus", 0, SignalKind.SELF_HARM, level=CRITICAL),
        said("1", "bo", "Restez avec nous", 1, to="0"),
        said("2", "ana", "à quoi bon", 2, SignalKind.SELF_HARM, level=CRITICAL, to="1"),
        said("3", "bo", "Appelez quelqu'un ce soir", 3, to="2"),
        said("4", "ana", "non", 4, SignalKind.SELF_HARM, level=CRITICAL, to="3"),
    ]
    assert not play(lines)


def test_many_who_report_the_same_danger_are_no_flood() -> None:
    alarm = [said(f"{i}", f"v{i}", "de la fumée au sous-sol", i, SignalKind.DANGER, level=CRITICAL) for i in range(9)]
    assert not play(alarm)


def test_copies_in_which_an_address_is_suspected_are_no_protest_by_that_alone() -> None:
    text = "Le petit renard rentre toujours par le même sentier et connaît chaque pierre de la cour"
    copies = [said(f"{i}", f"v{i}", text, i, SignalKind.DOXING, level=HEATED) for i in range(8)]
    assert not play(copies)
    angry = [said(c.key, c.author, text, i, SignalKind.INSULT, level=HEATED) for i, c in enumerate(copies)]
    assert set(begun(play(angry))) == {"flood"}


@pytest.mark.parametrize("text", ["Cette file est une honte", "No toilets, you clowns"])
def test_people_furious_about_the_queue_are_named_and_no_flood(text: str) -> None:
    detector = Detector()
    rage = [said(f"{i}", f"v{i}", text, i, level=HEATED) for i in range(14)]
    assert not play(rage, detector)
    assert detector.post("p").stir is Stir.SERVICE


def test_as_many_grievances_as_people_are_no_flood_when_few_are_heated() -> None:
    levels = (HEATED, TENSE, TENSE, HEATED, TENSE, TENSE, TENSE, HEATED, TENSE)
    assert not play(said(f"{i}", f"v{i}", f"grief numéro {i}", i, level=level) for i, level in enumerate(levels))


@pytest.mark.parametrize(
    "text",
    [
        "Ce marché couvert a nourri nos familles. Que la direction rende les halles aux maraîchers avant la fin du mois",
        "A bank has no place above the door of a hall that our grandparents paid for brick by brick, penny by penny",
    ],
)
def test_a_civil_petition_counts_in_whatever_words_it_asks(text: str) -> None:
    assert set(begun(play(said(f"{i}", f"v{i}", text, 2 * i) for i in range(5)))) == {"flood"}


def offence(post: str, day: int, *, author: str = "zed", page: str = "fb") -> list[str]:
    """One heated line at a stranger under a post of its own; returns what was called."""
    minute = day * 1440.0
    lines = [
        said(f"{post}a", f"v{post}", "Les ombres sont très belles", minute, post=post, page=page),
        said(
            f"{post}b",
            author,
            "Comme ta figure, andouille",
            minute + 5,
            level=HEATED,
            to=f"{post}a",
            post=post,
            page=page,
        ),
    ]
    return [str(c.call.reason.code) for c in play(lines, DETECTORS[-1]) if c.call.until is None]


DETECTORS: list[Detector] = []


@pytest.fixture(autouse=True)
def _fresh() -> None:
    DETECTORS[:] = [Detector()]


def test_the_third_stranger_insulted_under_a_third_post_makes_a_lone_troll() -> None:
    assert offence("p", 0) == []
    assert offence("q", 1) == []
    assert offence("r", 2) == ["barbs_again"]
    (call,) = DETECTORS[-1].post("r").calls
    assert call.reason.elsewhere == 2


def test_offences_of_several_people_or_on_another_page_do_not_add_up() -> None:
    assert offence("p", 0, author="yan") == []
    assert offence("q", 1, page="ig") == []
    assert offence("r", 2) == []
    assert offence("s", 3) == []


def test_offences_of_last_year_are_forgotten() -> None:
    assert [offence(post, day) for post, day in (("p", 0), ("q", 200), ("r", 400))] == [[], [], []]


def test_anger_at_the_house_under_many_posts_is_no_offence_against_anybody() -> None:
    detector = Detector()
    at_the_house = [
        said(f"{i}", "ana", "Encore fermé, bravo les incapables", i * 1440.0, level=HEATED, post=f"p{i}")
        for i in range(6)
    ]
    assert not play(at_the_house, detector)
    assert not detector.tick(START + timedelta(days=9))
