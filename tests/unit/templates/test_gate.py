"""The joke gate: every heading, refused and welcome, in both languages."""

from datetime import UTC, datetime, timedelta
from time import process_time

import pytest

from inbox.templates import Context, Heading, Use, Verdict, rule
from scoring import assess

NOON = datetime(2031, 5, 4, 12, tzinfo=UTC)
RELICS = ("human remains", "restitution")


def ruled(text: str, **known: object) -> tuple[Verdict, list[Heading]]:
    ruling = rule(Context(text=text, assessment=assess(text), **known))  # type: ignore[arg-type]  # test helper
    return ruling.verdict, [r.heading for r in ruling.reasons]


REFUSED = [
    (Heading.THREATS, "Dites à votre directeur qu'on sera plusieurs à l'attendre à la sortie du personnel."),
    (Heading.THREATS, "Elle habite rue des Tonneliers, la porte verte, allez donc lui demander."),
    (Heading.THREATS, "Tell the curator I know where she parks and I will be waiting for her."),
    (Heading.THREATS, "Shame if his windows were smashed. He lives at 12 Harbour Lane, by the way."),
    (Heading.SELF_HARM, "Je n'ai plus la force, c'est sans doute ma dernière sortie avant d'en finir."),
    (Heading.SELF_HARM, "I can't go on like this, seeing your garden was a goodbye."),
    (Heading.SAFETY, "Il y a une forte odeur de gaz près du vestiaire, personne ne répond à l'accueil."),
    (Heading.SAFETY, "A ceiling panel has come off and is hanging over the stairs, please send someone."),
    (Heading.HATE, "Encore une expo pour ces gens-là, qu'ils retournent chez eux."),
    (Heading.HATE, "Too many foreigners in the rooms, those people should have their own day."),
    (Heading.MINORS, "L'animateur a eu des gestes déplacés envers ma fille pendant l'atelier."),
    (Heading.MINORS, "One of your volunteers keeps messaging my 12 year old since the workshop."),
    (Heading.GRIEF, "Nous avons perdu notre mère en mars, elle aimait tant cette salle."),
    (Heading.GRIEF, "My father died last week and this was his favourite painting."),
    (Heading.LEGAL, "Mon avocat vous écrira, et une plainte est prête."),
    (Heading.LEGAL, "You will be hearing from my solicitor about that photo."),
    (Heading.PRESS, "Bonsoir, journaliste pour un quotidien régional, puis-je joindre la direction ?"),
    (Heading.PRESS, "I am a reporter on deadline, could your press office ring me?"),
    (Heading.PRESS, "En tant que conseillère municipale je demande des explications."),
    (Heading.NAMED, "Le directeur, monsieur Talvac, a revendu les dessins, c'est un escroc."),
    (Heading.NAMED, "Your curator Agnes Pell is a thief and everyone in the trade knows it."),
    (Heading.DISABILITY, "Ma sœur est en fauteuil roulant et l'ascenseur est en panne depuis un mois."),
    (Heading.DISABILITY, "I am deaf and there was no hearing loop at the talk, again."),
    (Heading.STAFF, "Le gardien de la salle 3 a été franchement agressif avec ma grand-mère."),
    (Heading.STAFF, "We in the ticket office are on strike on Friday, underpaid for years."),
    (Heading.REFUND, "Visite annulée, j'attends toujours mon remboursement."),
    (Heading.REFUND, "I was charged twice and would like my money back."),
    (Heading.SENSITIVE, "Quand rendrez-vous ces masques à leurs propriétaires ?"),
    (Heading.SENSITIVE, "Those skulls were looted, send them back."),
    (Heading.THREATS, "Take it down or we'll take it down for you."),
    (Heading.THREATS, "Que personne ne s'étonne si la statue ne passe pas l'hiver."),
    (Heading.SELF_HARM, "Nobody would notice if I wasn't here tomorrow."),
    (Heading.SAFETY, "Un gamin s'est coincé le bras dans la grille, personne ne vient !"),
    (Heading.HATE, "On n'est plus chez nous, même au musée."),
    (Heading.MINORS, "Un surveillant suit les collégiennes jusque dans les toilettes."),
    (Heading.GRIEF, "We scattered her ashes by your lake."),
    (Heading.LEGAL, "Vous avez publié ma photo et je n'ai rien signé."),
    (Heading.PRESS, "Je prépare un reportage sur vos réserves, à qui m'adresser ?"),
    (Heading.NAMED, "Le régisseur, Paul Quentin, se sert dans la caisse."),
    (Heading.DISABILITY, "I can't climb the stairs, and nobody said there were forty of them."),
    (Heading.STAFF, "Your guard grabbed my arm in front of everybody."),
    (Heading.REFUND, "On m'a prélevé 48 euros au lieu de 24."),
    (Heading.SENSITIVE, "My ancestors are not a backdrop for selfies."),
    (Heading.FAULT, "Le vestiaire a déchiré ma veste et hausse les épaules."),
    (Heading.FAULT, "Vous avez perdu mon manteau au vestiaire et trois mails sans réponse."),
    (Heading.FAULT, "Your mistake, not mine: you cancelled our tour, and two emails without reply."),
]


@pytest.mark.parametrize(("heading", "text"), REFUSED, ids=[f"{h.id}-{i}" for i, (h, _) in enumerate(REFUSED)])
def test_a_hard_heading_is_recognised_with_its_words(heading: Heading, text: str) -> None:
    ruling = rule(Context(text=text, assessment=assess(text)))
    assert ruling.verdict is Verdict.HARD
    words = next(r.words for r in ruling.reasons if r.heading is heading)
    assert words.rstrip("…") in text


WELCOME = [
    "Mort de rire devant cette armure, on dirait mon oncle au mariage.",
    "Une tuerie, cette salle des épées, j'y retourne samedi avec les copains.",
    "Ma fille trouve que le dragon a l'air gentil, elle veut lui écrire.",
    "Franchement, mon neveu peint mieux que ça les yeux fermés.",
    "Trois heures de queue pour voir une théière. Une théière !",
    "C'est nul, rendez-nous les tableaux, les vrais, avec des bateaux.",
    "Peut-on venir avec un perroquet ? Il est calme.",
    "Nous sommes restés bloqués à l'entrée dix minutes, le portique n'aimait pas mon chapeau.",
    "Killer show, the axes are to die for and so is the gift shop.",
    "My toddler could have made that, and with better colours.",
    "So the king just stabs everyone in every single tapestry? Relatable.",
    "Absolutely hated it, will be back on Thursday to hate it again.",
    "The brush stroke on that wave is unbelievable.",
    "Is the teapot for sale, asking for my flat.",
    "We all meet outside at ten for the tour, come with us!",
    "The lighting is dreadful and the labels are written for ants.",
    "That sort of thing is why I love museums.",
    "Le cadre doré a tapé dans l'œil de ma femme, on l'adopte.",
    "Les guides sont passionnants, même mon ado a levé le nez.",
    "Mon chat peint mieux et il coûte moins cher en croquettes.",
    "We never made it past the gift shop, send snacks.",
    "My wife wants the curtains, I want the chair, the guard wants us to leave.",
    "Bit pretentious, no? It's a bucket. With a light in it.",
    "You lost me at room three, but the café found me again.",
]


@pytest.mark.parametrize("text", WELCOME)
def test_museum_talk_and_grumbling_leave_room_for_a_joke(text: str) -> None:
    assert ruled(text) == (Verdict.OK, [])


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        (Heading.YOUNG, "bonjour jai 9 ans est ce que le dragon il existe"),
        (Heading.YOUNG, "hi im 10 and i like the stone cat"),
        (Heading.TOLD, "Pas la peine de me resservir votre blague de mardi."),
        (Heading.TOLD, "Please not another pun, I would like an answer."),
        (Heading.IRONY, "C'était juste une blague, pardon si cela a blessé."),
        (Heading.IRONY, "It was only a joke, calm heads please."),
        (Heading.UNSURE, "T'es qu'un gros con prétentieux."),
        (Heading.UNSURE, "¿Hay que reservar entrada para los niños el domingo por la tarde?"),
    ],
)
def test_a_soft_heading_suggests_a_plain_reply(heading: Heading, text: str) -> None:
    verdict, headings = ruled(text)
    assert verdict is Verdict.SOFT
    assert heading in headings


def test_more_than_twenty_comments_an_hour_is_too_busy_for_a_joke() -> None:
    assert ruled("Une théière, vraiment ?", rate=20.0)[0] is Verdict.OK
    assert ruled("Une théière, vraiment ?", rate=21.0) == (Verdict.SOFT, [Heading.BUSY])


@pytest.mark.parametrize(("hour", "late"), [(21, False), (22, True), (3, True), (6, False)])
def test_the_house_does_not_joke_at_night(hour: int, late: bool) -> None:
    verdict, _ = ruled("A teapot, really?", at=NOON.replace(hour=hour))
    assert (verdict is Verdict.SOFT) is late


def test_one_joke_to_one_person_in_thirty_days() -> None:
    told = (Use(template="le-clou.fr", thread="t1", author="kim", at=NOON - timedelta(days=29)),)
    assert ruled("Une théière ?", author="kim", at=NOON, uses=told) == (Verdict.SOFT, [Heading.TOLD])
    assert ruled("Une théière ?", author="kim", at=NOON + timedelta(days=2), uses=told)[0] is Verdict.OK
    assert ruled("Une théière ?", author="lou", at=NOON, uses=told)[0] is Verdict.OK


@pytest.mark.parametrize("state", [{"rung": 3}, {"situations": ("flood",)}])
def test_a_flood_or_the_third_rung_is_a_crisis(state: dict[str, object]) -> None:
    assert ruled("Une théière ?", **state) == (Verdict.HARD, [Heading.CRISIS])


def test_a_declared_theme_silences_what_speaks_of_it_but_not_the_cloakroom() -> None:
    bull = {"themes": ("corrida",), "post_text": "Notre exposition sur l'arène ouvre ce soir."}
    assert ruled("Un taureau qui souffre, et on applaudit.", **bull) == (Verdict.HARD, [Heading.SENSITIVE])
    assert ruled("Le vestiaire prend les casques de moto ?", **bull)[0] is Verdict.OK


def test_a_theme_nobody_foresaw_is_known_by_its_own_words() -> None:
    dam = {"themes": ("the Glenmorven dam",), "post_text": "Plan your visit: tickets and late opening."}
    assert ruled("Ask the farmers below Glenmorven how they liked it.", **dam)[1] == [Heading.SENSITIVE]
    assert ruled("Is the cafe open late too?", **dam)[0] is Verdict.OK


def test_a_sponsor_is_a_sensitive_subject_only_where_it_is_named() -> None:
    oil = {"themes": ("oil sponsorship",), "post_text": "A hundred hats, open today."}
    assert ruled("Who is paying for these hats, the oil people?", **oil)[1] == [Heading.SENSITIVE]
    assert ruled("That hat looks like my aunt at Easter.", **oil)[0] is Verdict.OK


def test_under_bad_news_of_its_own_making_the_house_does_not_joke() -> None:
    news = {"post_text": "À partir de mars, la nocturne gratuite est supprimée."}
    assert ruled("C'était le seul soir où l'on pouvait venir.", **news) == (Verdict.HARD, [Heading.FAULT])
    assert ruled("Et le jeudi, c'est encore possible ?", **news)[0] is Verdict.OK


def test_whoever_answers_a_mourner_is_not_joked_with_either() -> None:
    above = ("Ma femme nous a quittés hier, elle vous suivait ici.",)
    assert ruled("Oh, encore du mélodrame.", above=above) == (Verdict.HARD, [Heading.GRIEF])


def test_a_hard_refusal_is_lifted_by_a_second_person_only() -> None:
    ruling = rule(Context(text=REFUSED[0][1], assessment=assess(REFUSED[0][1])))
    assert not ruling.permits("Marta")
    assert not ruling.permits("Marta", "marta")
    assert ruling.permits("Marta", "Lou")


def test_a_soft_refusal_is_the_operator_s_own_decision() -> None:
    text = "A teapot?"
    assert rule(Context(text=text, assessment=assess(text), rate=99.0)).permits("Marta")


@pytest.mark.parametrize("sign", ["_", "'", "a ", "a-", "a.", "0 ", "je ", "the ", "«", "\n", "12 A"])
def test_no_text_keeps_the_gate_busy(sign: str) -> None:
    before = process_time()
    rule(Context(text=sign * 40_000, assessment=assess("a"), themes=("war",)))
    assert process_time() - before < 2


def test_the_gravest_heading_comes_first() -> None:
    text = "Mon avocat est prévenu, et on vous attend à la sortie : mon père est mort hier."
    assert ruled(text)[1][0] is Heading.THREATS
