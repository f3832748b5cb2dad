"""Scenes in both languages: each situation, and what only looks like one."""

from collections.abc import Sequence

import pytest
from threads import CALM, HEATED, START, TENSE, Line, begun, play, said, thread

from inbox.situations.detector import Detector
from inbox.situations.model import Heard, Stir, Target
from scoring import RiskLevel, SignalKind

FEUDS: dict[str, list[Line]] = {
    "fr": [
        ("ana", "La vitrine des heaumes est ma préférée", CALM, None),
        ("bo", "Celui du milieu est une copie, tout le monde le sait", CALM, 0),
        ("ana", "Tout le monde, c'est-à-dire toi ?", CALM, 1),
        ("bo", "Moi et ceux qui ont ouvert un livre", TENSE, 2),
        ("ana", "Tu n'as jamais rien lu de ta vie, pauvre pomme", HEATED, 3),
        ("cy", "Le café est ouvert le lundi ?", CALM, None),
        ("bo", "Va jouer avec tes soldats de plomb", HEATED, 4),
    ],
    "en": [
        ("ana", "That kettle is Georgian", CALM, None),
        ("bo", "It is not, look at the spout", CALM, 0),
        ("ana", "Your expertise being what exactly", TENSE, 1),
        ("bo", "More than yours, you pompous teapot", HEATED, 2),
        ("ana", "Somebody take the keyboard off this fool", HEATED, 3),
    ],
}
IRONIC_FEUD: list[Line] = [
    ("ana", "Le bleu de ce vitrail est d'origine", CALM, None),
    ("bo", "Vous l'avez vu poser, sans doute", CALM, 0),
    ("ana", "Vous, vous n'avez visiblement rien vu du tout", CALM, 1),
    ("bo", "J'ai vu vos cinq derniers messages, c'était assez", CALM, 2),
    ("ana", "Ne me lisez plus, vous vivrez mieux", CALM, 3),
    ("bo", "C'est vous qui revenez chaque fois", CALM, 4),
    ("ana", "Et vous qui répondez", CALM, 5),
]
TROLLS: dict[str, list[Line]] = {
    "fr": [
        ("ana", "Les automates sont merveilleux", CALM, None),
        ("zed", "Merveilleux comme mon grille-pain", CALM, 0),
        ("bo", "Combien de temps dure la visite ?", CALM, None),
        ("zed", "Trop longtemps. Restez chez vous", TENSE, 2),
        ("cy", "Mon fils a adoré la danseuse", CALM, None),
        ("zed", "Votre fils n'est pas bien futé alors", HEATED, 4),
        ("di", "On y retourne dimanche", CALM, None),
    ],
    "en": [
        ("zed", "Paying to look at clocks. Marvellous", CALM, None),
        ("ana", "The moon dial is so lovely", CALM, None),
        ("zed", "So is the exit", TENSE, 1),
        ("bo", "Is there a cloakroom?", CALM, None),
        ("cy", "We stayed three hours", CALM, None),
        ("zed", "Only a simpleton would", HEATED, 4),
    ],
}
HARPING: list[Line] = [
    ("zed", "Tout est en carton", CALM, None),
    ("ana", "Le navire est immense", CALM, None),
    ("zed", "Immense et en carton", CALM, 1),
    ("bo", "Les voiles ont été recousues à la main", CALM, None),
    ("zed", "Recousues sur du carton", CALM, 3),
    ("cy", "Belle lumière le soir", CALM, None),
    ("zed", "Le carton prend bien la lumière", CALM, 5),
    ("di", "Y a-t-il un guide papier ?", CALM, None),
    ("zed", "Du carton, encore", CALM, None),
]
PETITIONS = {
    "fr": "Nous demandons au musée de rendre la fontaine du square aux habitants et de publier le contrat signé avec la banque",
    "en": "We ask the museum to give the fountain back to the people of the square and to publish its contract with the bank",
}
QUIET: dict[str, list[Line]] = {
    "an angry visitor, fr": [
        ("ana", "Deux heures debout, personne à l'accueil, c'est lamentable", HEATED, None),
        ("bo", "C'était calme jeudi matin", CALM, 0),
        ("ana", "Je ne parlais pas de jeudi", TENSE, 1),
        ("ana", "Et toujours pas de réponse de votre part, bande d'incapables", HEATED, None),
        ("ana", "Je demande le remboursement de mes trois billets", TENSE, None),
        ("cy", "Très belle exposition", CALM, None),
    ],
    "an angry visitor, en": [
        ("ana", "You lost my coat. Useless, the lot of you", HEATED, None),
        ("ana", "Third message about the coat", TENSE, None),
        ("bo", "the jellyfish room though", CALM, None),
        ("ana", "Is anybody going to answer about my coat?", HEATED, None),
        ("ana", "Still no coat", TENSE, None),
    ],
    "friends teasing, fr": [
        ("ana", "J'ai pleuré devant le phoque", CALM, None),
        ("bo", "Tu pleures devant les pubs de lessive, espèce de fontaine 😂", HEATED, 0),
        ("ana", "mdr parle pour toi gros nounours", HEATED, 1),
        ("bo", "tu dis ça parce que t'as peur des pigeons 😂😂", TENSE, 2),
        ("ana", "ils me regardent bizarre !! 😅", CALM, 3),
        ("bo", "idiote ❤️", HEATED, 4),
        ("ana", "crétin, à samedi ❤️", HEATED, 5),
    ],
    "friends teasing, en": [
        ("ana", "booked for saturday", CALM, None),
        ("bo", "don't get lost again you muppet lol", HEATED, 0),
        ("ana", "says the man who queued for the wrong museum haha", TENSE, 1),
        ("bo", "shut up 😂", HEATED, 2),
        ("ana", "never, you clown 😘", HEATED, 3),
        ("bo", "see you at ten xx", CALM, 4),
    ],
    "a helper": [
        line
        for i in range(9)
        for line in (
            (f"v{i}", "Bonjour, à quelle heure ferme la salle du haut ?", CALM, None),
            ("ana", "À dix-huit heures, et vingt heures le jeudi", CALM, 2 * i),
        )
    ],
    "a civil disagreement": [
        ("ana", "The frame is later than the canvas", CALM, None),
        ("bo", "I would have said the reverse, look at the nails", CALM, 0),
        ("ana", "The nails are from the 1950 repair", CALM, 1),
        ("bo", "Then the catalogue is wrong about them", CALM, 2),
        ("ana", "It is, there is an erratum on page nine", CALM, 3),
        ("bo", "Thank you, I had not seen it", CALM, 4),
        ("ana", "With pleasure", CALM, 5),
    ],
}


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_visitors_who_answer_each_other_back_with_insults_are_a_feud(lang: str) -> None:
    assert list(begun(play(thread(FEUDS[lang])))) == ["feud"]


def test_a_feud_all_in_irony_is_called_by_its_many_answers() -> None:
    assert list(begun(play(thread(IRONIC_FEUD)))) == ["feud"]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_one_who_goes_up_to_strangers_with_barbs_is_a_lone_troll(lang: str) -> None:
    assert begun(play(thread(TROLLS[lang]))) == {"lone_troll": "5"}


def test_one_who_harps_at_everybody_is_a_lone_troll_though_no_word_is_hot() -> None:
    assert begun(play(thread(HARPING))) == {"lone_troll": "8"}


def wave(text: str, *, people: int, level: RiskLevel = CALM, every: float = 2.0, post: str = "p") -> list[Heard]:
    return [said(f"{post}{i}", f"v{i}", text, i * every, level=level, post=post) for i in range(people)]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_civil_petition_pasted_by_four_people_within_minutes_is_a_flood(lang: str) -> None:
    (change,) = play(wave(PETITIONS[lang], people=6))
    assert (change.call.situation, change.call.since) == ("flood", "p3")
    assert (change.call.reason.code, change.call.reason.people) == ("copies", 4)


def test_a_heated_text_counts_though_it_demands_nothing() -> None:
    text = "Ce vernissage insulte les pêcheurs de la côte et tous ceux que la tempête a pris cet hiver"
    assert list(begun(play(wave(text, people=5, level=HEATED)))) == ["flood"]


def test_one_person_pasting_a_petition_everywhere_is_no_flood() -> None:
    comments = [said(f"{i}", "ana", PETITIONS["en"], i, level=TENSE) for i in range(12)]
    assert not play(comments)


def test_copies_that_come_in_over_days_are_no_flood() -> None:
    assert not play(wave(PETITIONS["fr"], people=12, every=180))


def test_a_text_that_goes_round_the_page_is_a_flood_where_two_people_bring_it() -> None:
    places = ["a", "b", "c", "c"]
    comments = [said(f"{i}", f"v{i}", PETITIONS["en"], i, post=post) for i, post in enumerate(places)]
    (change,) = play(comments)
    assert change.post == "c"


def test_a_crowd_in_its_own_words_is_a_flood_when_it_is_heated() -> None:
    comments = [said(f"{i}", f"v{i}", f"honte numéro {i}", i, level=HEATED if i % 2 else TENSE) for i in range(20)]
    (change,) = play(comments)
    assert (change.call.situation, change.call.reason.code) == ("flood", "crowd")


def test_the_artist_is_named_as_the_target_where_the_insults_say_so() -> None:
    comments = [said(f"{i}", f"v{i}", f"texte {i}", i, SignalKind.INSULT_ARTIST, level=HEATED) for i in range(20)]
    (change,) = play(comments)
    assert change.call.reason.target is Target.ARTIST


@pytest.mark.parametrize("name", list(QUIET))
def test_near_misses_stay_quiet(name: str) -> None:
    comments = thread(QUIET[name])
    if name == "a helper":
        comments = [
            said(c.key, c.author, c.text, float(i), *([SignalKind.QUESTION] if i % 2 == 0 else []), to=c.parent)
            for i, c in enumerate(comments)
        ]
    assert play(comments) == []


def crowd(text: str, *kinds: SignalKind, level: RiskLevel = CALM, people: int = 30) -> list[Heard]:
    return [said(f"{i}", f"v{i}", f"{text} {i}", i / 2, *kinds, level=level) for i in range(people)]


@pytest.mark.parametrize(
    ("comments", "stir"),
    [
        (crowd("Merci pour le dimanche gratuit ❤️", SignalKind.THANKS), Stir.THANKS),
        (crowd("WHAT A DAY, THANK YOU 🎉", SignalKind.THANKS), Stir.THANKS),
        (crowd("Ouvert demain ?", SignalKind.QUESTION), Stir.QUESTIONS),
        (crowd("entrée ratée, quel dommage", level=TENSE), Stir.CRITICISM),
        (
            wave(
                "Bonjour, nous sommes la classe de cinquième, on nous demande de décrire le cavalier rouge de la salle trois",
                people=25,
                every=0.5,
            ),
            Stir.COPIES,
        ),
        (
            wave(
                "We were asked by our teacher to write about the red rider in room three and what his horse may be thinking",
                people=25,
                every=0.5,
            ),
            Stir.COPIES,
        ),
        (
            wave(
                "Win two seats for the night at the harbour with our partner, link in the profile, good luck",
                people=25,
                every=0.5,
            ),
            Stir.COPIES,
        ),
        (crowd("la baleine au plafond"), Stir.TALK),
    ],
    ids=["thanks fr", "thanks en", "questions", "civil criticism", "homework fr", "homework en", "advert", "talk"],
)
def test_a_lively_thread_that_harms_nobody_is_no_situation_and_is_named(comments: Sequence[Heard], stir: Stir) -> None:
    detector = Detector()
    assert play(comments, detector) == []
    assert detector.post("p").stir is stir


def test_a_wave_of_questions_is_no_flood() -> None:
    text = "Est-ce que le musée rouvre la salle des marées avant les vacances et faut-il réserver une place"
    assert not play([said(f"{i}", f"v{i}", text, i, SignalKind.QUESTION) for i in range(12)])


def test_a_slow_trickle_of_anger_is_no_situation() -> None:
    assert not play([said(f"{i}", f"v{i}", f"nul {i}", i * 90, level=HEATED) for i in range(60)])


def test_a_page_that_is_shouted_at_every_day_is_not_flooded_by_it() -> None:
    detector = Detector()
    for day in range(28):
        for i in range(120):
            play([said(f"{day}.{i}", f"v{i}", "non", day * 1440 + i / 4, level=HEATED, post=f"d{day}")], detector)
    evening = [said(f"x{i}", f"v{i}", f"non {i}", 28 * 1440 + i / 4, level=HEATED, post="x") for i in range(100)]
    assert not play(evening, detector)
    assert list(begun(play(crowd("non", level=HEATED)))) == ["flood"]


def test_a_flood_and_a_feud_may_hold_at_once() -> None:
    flood = [said(f"w{i}", f"v{i}", PETITIONS["en"], 3.0 * i) for i in range(5)]
    both = sorted([*thread(FEUDS["en"]), *flood], key=lambda c: c.at)
    assert set(begun(play(both))) == {"flood", "feud"}


def test_a_provoker_whom_somebody_comes_to_fight_is_one_side_of_a_feud() -> None:
    detector = Detector()
    lines = [*TROLLS["fr"], *[("cy", "Vous êtes un goujat", HEATED, 5), ("zed", "Et toi une oie", HEATED, 7)]]
    lines += [("cy", "Taisez-vous donc", HEATED, 8), ("zed", "Viens me le dire, la volaille", HEATED, 9)]
    play(thread(lines), detector)
    state = detector.post("p")
    assert [c.situation for c in state.calls] == ["feud"]
    assert [(c.situation, c.absorbed) for c in state.past] == [("lone_troll", True)]


def test_the_house_is_nobody_s_opponent() -> None:
    lines = [
        said("0", "ana", "Vos cartels sont illisibles", 0, level=TENSE),
        said("1", "museum", "Nous les changeons en mars", 2, to="0", own=True),
        said("2", "ana", "En mars, c'est une plaisanterie", 4, level=HEATED, to="1"),
        said("3", "museum", "Nous sommes désolés", 6, to="2", own=True),
        said("4", "ana", "Vous êtes des incapables", 8, level=HEATED, to="3"),
        said("5", "museum", "Écrivez-nous", 10, to="4", own=True),
        said("6", "ana", "Jamais", 12, level=HEATED, to="5"),
    ]
    assert not play(lines)


def test_a_mention_tells_whom_a_message_speaks_to_where_the_platform_flattens_threads() -> None:
    flat = [
        said("0", "yt:root", "Quelle belle armure", 0),
        said("1", "yt:bo", "Elle est fausse", 2, to="0"),
        said("2", "yt:cy", "@bo encore toi", 4, level=TENSE, to="0"),
        said("3", "yt:bo", "@cy toujours moi", 6, to="0"),
        said("4", "yt:cy", "@bo quel âne", 8, level=HEATED, to="0"),
        said("5", "yt:bo", "@cy quelle dinde", 10, level=HEATED, to="0"),
    ]
    (change,) = play(flat)
    assert change.call.situation == "feud"
    assert set(change.call.reason.authors) == {"yt:bo", "yt:cy"}


def test_answers_under_one_s_own_comment_speak_to_who_spoke_there_last() -> None:
    branch = [
        said("0", "ana", "Le carrosse est trop doré", 0),
        said("1", "bo", "Comme votre langue", 2, level=TENSE, to="0"),
        said("2", "ana", "La vôtre est en plomb", 4, level=TENSE, to="0"),
        said("3", "bo", "Grande gourde", 6, level=HEATED, to="0"),
        said("4", "ana", "Petit monsieur", 8, level=HEATED, to="0"),
    ]
    (change,) = play(branch)
    assert change.call.situation == "feud"


def test_a_flood_ends_after_a_quiet_hour_and_is_announced_once() -> None:
    detector = Detector()
    changes = play(wave(PETITIONS["en"], people=30), detector)
    assert len(changes) == 1
    (end,) = detector.tick(START.replace(hour=23))
    assert end.call.until is not None
    assert (end.call.until - START).total_seconds() / 60 == pytest.approx(58 + 60)
    assert detector.tick(START.replace(hour=23)) == ()
    assert detector.post("p").calls == ()


def test_a_flood_does_not_flap_around_its_threshold() -> None:
    slow = [said(f"{i}", f"v{i}", PETITIONS["en"], i * 20, level=TENSE) for i in range(40)]
    changes = play([*wave(PETITIONS["en"], people=4, post="p"), *(c for c in slow if c.at > START)])
    assert [c.call.situation for c in changes] == ["flood"]


def test_two_who_provoke_together_are_named_together() -> None:
    lines: list[Line] = [
        ("ana", "Les marionnettes sont superbes", CALM, None),
        ("zed", "Superbes pour les aveugles", TENSE, 0),
        ("yan", "Et pour les sourds, cruche", HEATED, 0),
        ("bo", "On y va mardi", CALM, None),
        ("zed", "Restez au lit, gourde", HEATED, 3),
        ("yan", "Au lit ou au zoo", TENSE, 3),
        ("cy", "Le spectacle de cinq heures est le plus drôle", CALM, None),
        ("zed", "Drôle comme vous, patate", HEATED, 6),
        ("yan", "Patate et demie", HEATED, 6),
    ]
    detector = Detector()
    play(thread(lines), detector)
    (call,) = detector.post("p").calls
    assert (call.situation, call.reason.code) == ("lone_troll", "barbs_of_two")
    assert set(call.reason.authors) == {"zed", "yan"}


def test_cross_visitors_who_agree_with_each_other_are_no_trolls() -> None:
    lines: list[Line] = [
        ("ana", "Trois heures de queue, quelle honte", HEATED, None),
        ("bo", "Pareil, une organisation de pieds nickelés", HEATED, 0),
        ("cy", "Personne à la caisse, des incapables", HEATED, None),
        ("bo", "Tout à fait, des incapables", HEATED, 2),
        ("di", "Et pas une chaise, c'est nul", TENSE, None),
        ("bo", "Pas une seule, quelle bande de nuls", HEATED, 4),
    ]
    assert not play(thread(lines))
