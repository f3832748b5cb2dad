"""Real visitors' questions, told from rhetorical ones sentence by sentence."""

import re
from itertools import pairwise, product

from scoring.signals._words import Words

_OPENERS_WORDS = """
est quand comment combien quel quelle quels quelles qui quoi quid pourquoi peut peux puis pouvez pourriez pourrait
pourrais avez savez sait faut faudra existe serait sera sont aurez auriez jusqu jusque quelqu faites proposez acceptez
prevoyez lequel laquelle pk ya what when where which who whose how is are was were do does did can could will would
may might should shall has have any anyone somebody someone whats wheres hows whens gibt darf kann konnen wann wo wie
ist haben sind kostet muss hay puede pueden cuando donde cuanto cual habra tienen quanto quando dove posso possiamo
avete mag kunnen wanneer waar hoe zijn heeft tem onde
"""
_OPENERS = frozenset(_OPENERS_WORDS.split())
_TOPICS_WORDS = """
horaire horaires ouvert ouverte ouvre ouvrez ouverts ouverture ferme fermez fermeture heure heures billet billets
ticket tickets tarif tarifs gratuit gratuite reduction reserver reservation reserve reserves resa entree entrer prix
cout coute payer paye visite visites visitent guidee commentee audioguide audioguides enfant enfants bebe bebes ados
ado ans photo photos flash parking garer gare stationner metro bus tram velo velos trottinette trottinettes acces
accessible fauteuil poussette poussettes ascenseur toilettes vestiaire boutique librairie catalogue livre livret
affiche affiches poster cafe restaurant buvette sandwich manger boire remboursement rembourser rembourse rembourses
echange echanger groupe groupes scolaire scolaires classe eleves nocturne nocturnes dimanche lundi mardi mercredi
jeudi vendredi samedi ferie feries noel paques vacances chien chiens duree dure longtemps banc bancs sieges asseoir
sac sacs valise consigne entrees casier casiers wifi musique titre date dates prolongee prolongation prolonge atelier
ateliers conference inscription inscrire sourd sourds lsf interprete braille anglais langue langues adhesion
abonnement pass etudiant etudiants chomeur chomeurs senior seniors retraite familles famille interdit deconseille age
vente vend vendez achete acheter disponible site lien contacter mail renseignement info infos sous-titres sous_titre
autorisation provenance prete stage benevole benevoles recrutez emploi poste candidature costume dessiner croquis
crayon revenir ressortir reprennent reprend complet places jauge affluence open opens opening close closes closing
hours hour time times book booking booked price prices cost costs discount concession entry admission kid kids child
children baby toddler teenager ages suitable scary photograph photography park car train station bike wheelchair lift
ramp pram pushchair buggy toilets loo cloakroom lockers locker bookshop prints postcards food drink bar refund refunds
exchange swap groups school schools pupils late lates sunday monday tuesday wednesday thursday friday saturday bank
holiday christmas easter dog dogs seating seats sit bench bag bags suitcase extended touring tour tours guided guide
workshop talk lecture tonight tomorrow subtitled subtitles captions deaf language bsl interpreter streamed stream
recorded membership member members student students family families beginners loan volunteer volunteering hiring
sketch draw pencil re-enter reenter available sale free sell brochure leaflet map quiet crowded busy heavy mended
repaired fixed eintritt offnungszeiten uhr karten kinder preis samstag sonntag deutsch fuhrung entradas ninos precio
abierto horario sabado domingo jueves textos espanol biglietti bambini orario aperta kaartjes kinderen kaarten prijs
ingressos criancas
"""
_TOPICS = frozenset(_TOPICS_WORDS.split())
_RHETORICAL_WORDS = """
honte croyez crois pensez prenez foutez moquez serieux serieusement normal osez oses comprenez contribuable
contribuables impots gueule fiers etonnez joke seriously ashamed dare kidding earth hell taxpayer taxes taxpayers
proud conscience oserez cerveau paie stupid insane pigeons idiot idiots honestly
"""
_RHETORICAL = frozenset(_RHETORICAL_WORDS.split())
_NO_QUESTION = re.compile(
    r"\b(?:pour qui|qui (?:paye|paie|a valide|a eu l idee|vous)|et alors|et apres|c est tout|ah bon|ca (?:va|vous (?:amuse|fait))|ou va|a quand|jusqu ou|depuis quand|"
    r"vous n avez pas|tu n as pas|vous n etes|pourquoi pas|a quoi bon|quel rapport|c est ca|who (?:cares|pays|paid|asked|do|does|needs|thought|on)|so what|since when|"
    r"what (?:is wrong|s wrong|kind of|sort of|next|did you|do you|were you|happened|about)|how (?:dare|many more|much more|could|can|stupid|do you sleep|is this|is that)|"
    r"why (?:do|are|is|don|should|would|not|can)|is (?:this|that|it) (?:what|really|art|a|supposed|any|all)|are you (?:serious|kidding|blind|all|people|so|that|really|proud|even|mad|insane|ok)|"
    r"do you (?:really|even|think|people|honestly|realise|realize|have any|want)|have you (?:no|ever|even|people|seen|lost|any)|isn|aren|don t you|didn|wasn|won t|can t you|couldn|shouldn|you (?:call|think|lot|people)|really|right)\b"
)
_STRONG_PHRASES = """
y a t il
y a til
c est quoi la|le|les|ce|cette
y aura
est ce qu|que
peut on
peut t on
puis je
pourrai
savez vous
sait si|ou|quand|a
savoir si|ou|quand|comment|combien|a|quel|pour|qui
a quelle heure
c est ouvert|combien|quand|ou|gratuit|payant|accessible|complet
jusqu a quand|quelle
faut il|reserver|prevoir
est|serait il
pourriez|pouvez|auriez|avez|aurez|proposez vous
quelqu un sait|peut|connait
petite|une|ma question
question bete|pratique|idiote|technique|toute
is|are there
will there|it
do you have|sell|know|take|do|offer|accept
did you settle
do i|we need
what time
how much is|are|for
how long
how do|can i|we
can we|i|you|kids|children|one|he|she
could you|i|we
may i|we
are you open
are dogs|kids|children|prams|bags
is it|the|this open|ok|okay|possible|free|suitable|accessible|heavy|too|step|mended|still|worth
anyone know
does anyone know
would it be
wondering if|whether|when|where|how
where can|is|are|do
when does|is|do|are|will
quick question
ask again|whether|if
gibt es
darf man
hay
habra
"""


def _by_opening(lines: str) -> dict[tuple[str, ...], list[list[str]]]:
    """Spell phrases out: their first two words, or their only one -> what follows."""
    openings: dict[tuple[str, ...], list[list[str]]] = {}
    for line in lines.split("\n"):
        for phrase in product(*(element.split("|") for element in line.split())) if line else ():
            openings.setdefault(phrase[:2], []).append(list(phrase[2:]))
    return openings


_STRONG = _by_opening(_STRONG_PHRASES)
_STRONG_ALONE = frozenset(opening[0] for opening in _STRONG if len(opening) == 1)
_FIRST = frozenset({"is", "are", "do", "does", "can", "will", "y", "est", "question", "wondering", "savoir"})
_HINTS = _TOPICS | _FIRST
_INVERTED_OPENINGS = _by_opening("""
is|are|do|does|will the
do you
does it
can i|we
is it
is|are there
""")
_INVERTED = re.compile(
    rf"(?:(?:so|hi|hello|sorry|and|but|ok|also) )*(?:{'|'.join(map(' '.join, _INVERTED_OPENINGS))}) (?:[a-z0-9]+ ){{2,}}$"
)
_OPENINGS = _STRONG.keys() | _INVERTED_OPENINGS.keys()  # of all questions without a mark
_ASKED_LONG = 40  # words; a sentence that long asks at its end or not at all


def question(words: Words, *, angry: bool) -> tuple[int, int] | None:
    """Find the first sentence that asks something a house can answer.

    Args:
        words: of the text.
        angry: whether anger or mockery was found in it: then a question must look like one in more than its mark.

    Returns:
        the range of the sentence's tokens, or None.
    """
    tokens = words.tokens
    if "?" not in words.folded and (_HINTS.isdisjoint(tokens) or not _may_ask(tokens)):
        return None
    marks = [i for i, token in enumerate(tokens) if token[0] in ".!?"]
    for before, end in pairwise(marks):
        if end > before + 1 and _asks(tokens[before + 1 : end], marked="?" in tokens[end], angry=angry):
            return before + 1, end + 1
    return None


def _may_ask(tokens: list[str]) -> bool:
    """Whether words stand side by side without which nothing asks but by its mark."""
    return not (_OPENINGS.isdisjoint(pairwise(tokens)) and _STRONG_ALONE.isdisjoint(tokens))


def _strong_places(words: list[str]) -> list[int]:
    """Return where phrases begin that only someone who asks says."""
    alone = [place for place, word in enumerate(words) if word in _STRONG_ALONE]
    openings = [(place, opening) for place, opening in enumerate(pairwise(words)) if opening in _STRONG]
    return alone + [place for place, opening in openings if _follows(_STRONG[opening], words[place + len(opening) :])]


def _follows(any_of: list[list[str]], words: list[str]) -> bool:
    return any(words[: len(rest)] == rest for rest in any_of)


def _asks(words: list[str], *, marked: bool, angry: bool) -> bool:
    words = words[-_ASKED_LONG:]
    topics = len(_TOPICS.intersection(words))
    if not marked and not topics and words[0] not in _FIRST:
        return False
    places = _strong_places(words)
    strong = bool(places)
    if not (strong and topics) and not _RHETORICAL.isdisjoint(words):
        return False
    sentence = f"{' '.join(words)} "
    if not marked:
        return (strong and (topics > 0 or 0 in places)) or _INVERTED.match(sentence) is not None
    if strong or (topics > 1 and _NO_QUESTION.search(sentence) is None):
        return True
    if (len(words) < 3 and not topics) or _NO_QUESTION.search(sentence):
        return False
    asked = not _OPENERS.isdisjoint(words[:3]) or not _OPENERS.isdisjoint(words[-2:])
    return not angry or asked or topics > 0
