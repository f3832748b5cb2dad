"""Every signal has its examples, positive and negative, in both languages."""

from collections.abc import Iterator

import pytest

from scoring import RiskLevel, SignalKind, assess
from scoring.folding import fold
from scoring.gate import Heading, joke_headings
from scoring.signals import Scanner, cut, scanner
from scoring.signals._rule import Phrase, Rule

SAID: dict[SignalKind, tuple[str, ...]] = {
    SignalKind.INSULT: (
        "Bande d'incapables",
        "Espèce de vieux crouton",
        "vous êtes vraiment des clowns",
        "You absolute muppets",
        "what a bunch of cowards",
        "you are a pathetic liar",
    ),
    SignalKind.INSULT_STAFF: (
        "Votre conservateur est un imposteur",
        "vos gardiens sont des larbins",
        "the curator is a fraud",
        "those useless stewards",
    ),
    SignalKind.INSULT_ARTIST: (
        "Ce pseudo artiste ferait mieux de se taire",
        "l'artiste est un charlatan",
        "so-called artist, zero talent",
        "the painter is a talentless fraud",
    ),
    SignalKind.SHOUTING: (
        "C'EST UNE HONTE ABSOLUE, RENDEZ-NOUS NOTRE MUSÉE",
        "THIS IS A DISGRACE AND YOU SHOULD BE ASHAMED",
    ),
    SignalKind.DANGER: (
        "Un enfant est coincé dans la porte tambour, envoyez quelqu'un vite",
        "La sortie de secours du deuxième est verrouillée",
        "ça sent le gaz près de l'escalier nord, odeur de gaz très forte",
        "The emergency exit by the cafe is chained shut",
        "there is a strong smell of burning in room 5",
        "my daughter wandered off near the stairs, please help now",
    ),
    SignalKind.THREAT: (
        "Vos agents finissent tard et le parking est mal éclairé, réfléchissez-y à deux fois.",
        "Je serai au vernissage avec le fusil de mon oncle.",
        "Your cleaners finish late and that alley has poor lighting, you should think twice.",
        "I'll be at your opening with my uncle's rifle.",
        "On sait où vous habitez.",
        "Dommage si quelque chose arrivait à votre jolie façade un soir.",
        "À votre place je vérifierais mes freins",
        "je vais te casser la figure",
        "quelqu'un devrait lui apprendre la politesse à coups de pelle",
        "We know where you live.",
        "It would be a shame if something happened to your windows",
        "you had better watch your back",
        "someone should smash his face in",
    ),
    SignalKind.DOXING: (
        "Le portable du gardien : 06 12 34 56 78",
        "The guard's mobile is 07700 900 555",
        "Il habite au 12 rue des Tanneurs, troisième étage",
        "Son numéro de portable est le 06 12 34 56 78, faites-en bon usage",
        "She lives at 4 Mill Road, the green door",
        "his home address is on Elm Street, pass it on",
    ),
    SignalKind.RENDEZVOUS: (
        "Rendez-vous samedi 14h devant l'entrée, on bloque tout",
        "Jeudi soir au vernissage, apportez vos sifflets et vos casseroles",
        "Meet Saturday noon at the front steps, bring megaphones and block the doors",
        "let's storm the private view on Thursday",
    ),
    SignalKind.CALL_TO_ACT: (
        "Boycottez ce musée !",
        "Signez la pétition, le lien circule",
        "résiliez tous vos abonnements ce soir",
        "Boycott this place",
        "cancel your memberships, all of you",
        "flood their inbox until they answer",
    ),
    SignalKind.CENSORSHIP: (
        "Vous supprimez tous les commentaires qui dérangent",
        "c'est de la censure",
        "you keep deleting our comments",
        "this is censorship",
    ),
    SignalKind.REMOVAL_DEMAND: (
        "Retirez cette toile",
        "nous exigeons le retrait de l'affiche",
        "Take it down now",
        "this painting should be removed",
    ),
    SignalKind.ACCUSATION: (
        "Le directeur a détourné les dons",
        "tout ça sent la corruption",
        "the director embezzled the funds",
        "this is money laundering, nothing else",
    ),
    SignalKind.SARCASM: (
        "mon neveu de cinq ans fait mieux",
        "ben voyons",
        "my five year old could have done better",
        "money well spent",
    ),
    SignalKind.IRONY: (
        "Bravo pour l'accueil, deux heures debout",
        "Quelle brillante idée de tout fermer",
        "Great, another two hours of queue",
        "just what we needed",
    ),
    SignalKind.HATE: (
        "Qu'on mette tous ces migrants dans le premier avion, enfants compris",
        "Put those foreigners on the first plane, babies and all",
        "Les femmes n'ont rien à faire à la tête d'un musée",
        "Women have no business running a museum",
        "Qu'ils rentrent chez eux, ces gens n'ont rien à faire ici",
        "Les réfugiés sont des parasites",
        "Go back to where you came from",
        "immigrants are vermin",
    ),
    SignalKind.GRIEF: (
        "Nous avons perdu notre mère en mars",
        "mon frère est décédé cet été",
        "we lost our dad in May",
        "my husband passed away last winter",
    ),
    SignalKind.SELF_HARM: (
        "Je ne vois plus aucune raison de rester, j'ai donné le chat à ma nièce",
        "Vas-y, saute, personne ne te pleurera",
        "There is no reason left for me to be here, I gave my books away",
        "Go on, jump, nobody will miss you",
        "je n'ai plus envie de vivre",
        "j'ai envie d'en finir",
        "I want to end my life",
        "nobody would notice if I was gone, I can't go on like this",
    ),
    SignalKind.MINOR: (
        "j'ai 11 ans et je dessine des épées",
        "ma fille de 6 ans peut entrer ?",
        "i'm 10 and I love dinosaurs",
        "is it fine for a 4 year old?",
    ),
    SignalKind.LEGAL: (
        "je vais porter plainte",
        "mon avocat vous écrira",
        "my solicitor will be in touch",
        "see you in court",
    ),
    SignalKind.RELIGION: (
        "c'est un blasphème",
        "pour une église, quel manque de respect",
        "this is blasphemy",
        "our parish is hurt",
    ),
    SignalKind.COLONIAL: (
        "rendez ces masques à leur pays",
        "des objets pillés pendant la colonisation",
        "give them back to their country",
        "looted during the empire",
    ),
    SignalKind.DISABILITY: (
        "rien n'est prévu en fauteuil roulant",
        "mon frère est malvoyant",
        "no wheelchair access anywhere",
        "my sister is deaf",
    ),
    SignalKind.STAFF_CONDUCT: (
        "le gardien nous a hurlé dessus",
        "on nous a parlé comme à des chiens, traités comme du bétail",
        "the guard was rude to my mother",
        "your steward shouted at us",
    ),
    SignalKind.REFUND: (
        "je demande le remboursement de mes billets",
        "débitée deux fois, j'attends d'être remboursée",
        "I want a refund",
        "I was charged twice",
    ),
    SignalKind.STRIKE: (
        "soutien aux agents en grève",
        "encore des licenciements",
        "solidarity with the strike",
        "you sacked half the team",
    ),
    SignalKind.PRESS: (
        "journaliste au quotidien du soir, je cherche un contact",
        "je suis conseillère municipale",
        "I'm a journalist writing on this",
        "speaking as ward councillor",
    ),
    SignalKind.QUESTION: (
        "Vous ouvrez à quelle heure le dimanche ?",
        "y a-t-il un tarif étudiant",
        "On peut venir avec une poussette ?",
        "C'est une honte, mais au fait, le vestiaire est-il gratuit ?",
        "What time do you close?",
        "can i bring my dog",
        "Is there a discount for students?",
        "Shambles as usual. Is the lift working again, at least?",
    ),
    SignalKind.THANKS: (
        "Merci pour cette belle soirée",
        "bravo à toute l'équipe",
        "thank you for a lovely evening",
        "well done everyone",
    ),
    SignalKind.SPAM: (
        "-70 % sur toutes les montres, lien en bio",
        "livraison offerte aujourd'hui",
        "free shipping today, tap the link in bio",
        "earn 500 a day, dm me",
    ),
}

UNSAID: dict[SignalKind, tuple[str, ...]] = {
    SignalKind.INSULT: (
        "une espèce de grenouille très rare",
        "je suis trop bête, j'ai raté l'entrée",
        "the fool in this painting is a jester",
        "I'm such an idiot, I missed the last day",
    ),
    SignalKind.INSULT_STAFF: ("vos gardiens ne sont pas des larbins", "the stewards were lovely"),
    SignalKind.INSULT_ARTIST: ("une artiste immense", "not a bad artist at all"),
    SignalKind.SHOUTING: ("ON VOUS ADORE, MERCI POUR TOUT", "WE LOVE IT SO MUCH THANK YOU ALL"),
    SignalKind.DANGER: (
        "une dame a fait un malaise hier soir, merci aux agents formidables",
        "un tableau dangereusement beau",
        "the danger in this portrait is breathtaking",
        "thank you to the staff who found my umbrella",
    ),
    SignalKind.THREAT: (
        "j'ai failli me casser la figure dans votre escalier de pierre",
        "Le fusil de mon oncle est dans la vitrine 3, quelle surprise",
        "L'allée du musée est mal éclairée, un lampadaire serait utile",
        "my uncle's rifle is in case 3, what a surprise",
        "the path to the museum has poor lighting, a lamp would help",
        "D'une violence inouïe, une tuerie",
        "je tuerais pour avoir ce chapeau",
        "on mourait de rire devant la vitrine",
        "a killer show, absolutely lethal",
        "I'd kill for that sofa",
        "we will be waiting for the next show with joy",
    ),
    SignalKind.DOXING: (
        "J'ai perdu mes gants, mon numéro est le 06 12 34 56 78",
        "I lost my gloves, my number is 07700 900 555",
        "le musée est au 12 rue des Tanneurs",
        "le peintre a vécu à Bruges",
        "the museum is on Mill Road",
        "she lived in Bath as a child",
    ),
    SignalKind.RENDEZVOUS: (
        "on se retrouve samedi devant l'entrée avec les enfants",
        "rendez-vous dimanche pour la visite",
        "meet you at the entrance on Sunday",
        "see you at the opening!",
    ),
    SignalKind.CALL_TO_ACT: (
        "je suis contre le boycott",
        "partagez vos photos préférées dans l'album de famille",
        "I'm against any boycott",
        "never boycott art",
    ),
    SignalKind.CENSORSHIP: ("le film n'est pas en version longue", "the film is not the long version"),
    SignalKind.REMOVAL_DEMAND: (
        "surtout ne retirez pas cette toile",
        "on retire les billets où ?",
        "please don't remove this painting",
        "we took our coats off",
    ),
    SignalKind.ACCUSATION: (
        "il n'y a pas de corruption ici",
        "le vol des oies est superbe",
        "a stolen kiss in oil paint",
    ),
    SignalKind.SARCASM: ("loin d'être ridicule", "this is not a joke, it is moving"),
    SignalKind.IRONY: ("bravo, superbe soirée", "great evening, thank you"),
    SignalKind.HATE: (
        "Les femmes n'avaient aucun droit à l'Académie, rappelle le premier panneau",
        "women had no right to sign their work, says the first panel",
        "les réfugiés racontent leur voyage, c'est bouleversant",
        "une histoire des femmes peintres",
        "the refugees in these portraits look back at us",
        "a fine show on women painters",
    ),
    SignalKind.GRIEF: ("j'ai perdu mon ticket", "I lost my umbrella"),
    SignalKind.SELF_HARM: (
        "J'ai donné mes livres à votre bibliothèque",
        "I gave my old tools to your collection",
        "the children jumped on the trampoline and nobody fell",
        "j'étais mort de rire",
        "I nearly died laughing",
        "on n'en peut plus de la file",
    ),
    SignalKind.MINOR: ("une œuvre de 1912", "a work from 1912"),
    SignalKind.LEGAL: ("très belle lumière", "a beautiful light"),
    SignalKind.RELIGION: ("mon dieu que c'est beau", "oh my god this is lovely"),
    SignalKind.COLONIAL: ("une belle salle de bal", "a beautiful ballroom"),
    SignalKind.DISABILITY: ("un café très agréable", "a nice cafe"),
    SignalKind.STAFF_CONDUCT: ("les gardiens sont adorables", "the guards are lovely"),
    SignalKind.REFUND: ("le prix est juste", "the price is fair"),
    SignalKind.STRIKE: ("une pose qui marque", "what strikes me is the light"),
    SignalKind.PRESS: ("une belle affiche", "a nice poster"),
    SignalKind.QUESTION: (
        "Vous n'avez pas honte ?",
        "Pour qui vous prenez-vous ?",
        "How dare you?",
        "Who do you think you are?",
    ),
    SignalKind.THANKS: ("non merci", "thanks for nothing"),
    SignalKind.SPAM: ("le lien entre les deux salles est très beau", "the link between the rooms is clever"),
}


def kinds(text: str) -> set[SignalKind]:
    return {signal.kind for signal in assess(text).signals}


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in SAID.items() for text in texts])
def test_a_signal_is_given(kind: SignalKind, text: str) -> None:
    assert kind in kinds(text)


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in UNSAID.items() for text in texts])
def test_a_signal_is_withheld(kind: SignalKind, text: str) -> None:
    assert kind not in kinds(text)


def test_every_kind_of_signal_has_examples_on_both_sides() -> None:
    assert set(SAID) == set(UNSAID) == set(SignalKind) - {SignalKind.TONE}


@pytest.mark.parametrize("text", [text for texts in SAID.values() for text in texts])
def test_no_rule_sleeps_that_would_have_held(text: str) -> None:
    tokens = cut(fold(text)).tokens
    senses = scanner().senses_of(tokens)
    woken = {id(rule) for rule, _, _ in scanner().scan(tokens)}
    for rule in scanner().rules:
        held = any(phrase.search(tokens, senses) for phrase in rule.phrases)
        silenced = any(phrase.search(tokens, senses) for phrase in rule.unless)
        if held and not silenced and not rule.clue:
            assert id(rule) in woken


SPOKEN = {"#": "7", "{word}": "anything", "<": ".", ">": "."}


def sentences(phrase: Phrase) -> Iterator[list[str]]:
    """Say a phrase, each alternative of each element once at least: endings and gaps are left out."""
    sayings = [
        [*(SPOKEN[sign] for sign in step.element.signs)]
        + [" ".join([first, *rest]).replace("*", "") for first, rest in step.element.alternatives]
        for step in phrase.steps
        if not step.optional
    ]
    for turn in range(max(map(len, sayings))):
        yield cut(" ".join(saying[turn % len(saying)] for saying in sayings)).tokens


@pytest.mark.parametrize("kind", sorted({rule.kind for rule in scanner().rules}))
def test_a_phrase_is_found_where_it_is_said_whatever_of_its_words_is_taken(kind: SignalKind) -> None:
    for rule in scanner().rules:
        for phrase in (*rule.phrases, *rule.unless) if rule.kind is kind else ():
            alone = Scanner((Rule(kind, rule.floor, rule.weight, (phrase,)),))
            held = 0
            for tokens in sentences(phrase):
                place = phrase.search(tokens, alone.senses_of(tokens))
                assert [tuple(span) for _, *span in alone.scan(tokens)] == ([place] if place else []), tokens
                held += place is not None
            assert held, "no words make it hold"


@pytest.mark.parametrize(
    "text",
    [
        "Mes deux heures de queue sous la pluie et des toilettes sales, je suis furieuse",
        "Two hours in the rain and filthy toilets, I am furious",
        "Il a crié « je vais te tuer » dans le film, quelle scène",
        'The man beside me muttered "burn the place down" about the coffee',
        "C'est terrible, insoutenable, magnifique",
        "ON VIENT DEMAIN ON A TROP HÂTE MERCI",
        "Honestly not bad at all, I cried",
    ],
)
def test_strong_words_without_a_target_are_never_critical(text: str) -> None:
    assert assess(text).level < RiskLevel.CRITICAL


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("On sait où vous habitez", Heading.VIOLENCE),
        ("Immigrants are vermin", Heading.HATE),
        ("j'ai envie d'en finir", Heading.SELF_HARM),
        ("The emergency exit is chained shut", Heading.SAFETY),
        ("Nous avons perdu notre mère en mars", Heading.GRIEF),
        ("the director embezzled the funds", Heading.ACCUSATION),
        ("mon avocat vous écrira", Heading.LEGAL),
        ("I'm a journalist writing on this", Heading.PRESS),
        ("rendez ces masques à leur pays", Heading.MEMORY),
        ("no wheelchair access anywhere", Heading.DISABILITY),
        ("soutien aux agents en grève", Heading.STAFF),
        ("I want a refund", Heading.REFUND),
        ("they messaged my 13 year old, this is child abuse", Heading.MINORS),
    ],
)
def test_a_joke_is_refused_under_its_heading(text: str, heading: Heading) -> None:
    assert heading in joke_headings(assess(text))


def test_a_joke_is_welcome_where_no_signal_speaks_against_it() -> None:
    assert joke_headings(assess("Onze nuits pour filmer une bestiole, et moi je dors au bout de dix minutes")) == ()
    assert joke_headings(assess("All that armour and not a single can opener in the shop")) == ()


def test_a_childs_question_alone_is_no_reason_to_refuse_a_joke() -> None:
    assert Heading.MINORS not in joke_headings(assess("my daughter is 6 years old, can she try the helmet?"))
