"""Themes: what an exhibition declares sensitive, recognised in its visitors' words and in what the house posts."""

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from inbox.templates._phrases import as_written, phrases
from scoring.folding import fold


class Theme(Struct, frozen=True):
    """A sensitive subject.

    Attributes:
        name: in English.
        declared: how a house may name it among its themes.
        words: what visitors say when they speak of it.
        pervades: whether the whole exhibition is about it; a sponsor or a price is not in every room.
        always: whether jokes stop at its words even where no house declared it.
    """

    name: str
    declared: str
    words: str
    pervades: bool = True
    always: bool = False


def _theme(name: str, declared: str, words: str, *, pervades: bool = True, always: bool = False) -> Theme:
    return Theme(name, declared, words, pervades, always)


THEMES = (
    _theme(
        "restitution",
        "restitu\\w+|return of|retour des|provenance|repatriat\\w+|spolia\\w+|looted|pillage",
        r"""
        (?:restitu\w+|rapatri\w+|repatriat\w+|spoli\w+|pill(?:e|es|er|age|ages|ards?)|butin|looted|looting|plunder\w*|provenance)\b
        (?:rend(?:re|rez|rons|ons|us?)|rendez(?! vous)|renvoy\w+|redonn\w+|retourn\w+) (?:\w+ ){0,4}(?:proprietaires?|leur|leurs|chez eux|pays|communaute\w*|peuples?|villages?|familles?|descendants?|afrique|benin|objets?|masques?|statues?|tambours?)
        (?:send|give|hand|take) (?:it|them|those|these|everything|the \w+) (?:all )?back
        (?:belongs?|belonged) (?:to|in|at) (?:\w+ ){0,3}(?:people|community|communities|village|country|descendants|africa|home|them|us)
        (?:acquired|obtained|collected|taken|stolen|removed|purchased|bought) (?:\w+ ){0,3}(?:versus|vs|or|from (?:them|their|us)|under|at gunpoint|by force|with difficulty)
        (?:acquis\w*|achete\w*|donne\w*|obtenu\w*|collecte\w*|enleve\w*|vole\w*|pris) (?:\w+ ){0,4}(?:de gre|de force|sous la|aux? (?:peuples?|villages?|populations?)|d un autel|par nos|a leurs?)
        (?:never|not|isn t|wasn t) yours (?:to|anyway)
        (?:jamais ete|pas) (?:a vous|votre propriete)
        (?:appartien\w+|appartenai\w+) (?:\w+ ){0,2}(?:peuples?|familles?|communautes?|tribus?|ancetres?|pays|villages?|descendants?)
        (?:(?:un|leur|ce|mon|notre) peuple|my people|our people|my culture|ma culture|notre culture|my elders|cultural appropriation|appropriation culturelle|claimed back|ask(?:ed|ing)? for (?:it|them) back)
        (?:de gre a gre|registres? d achats?|trust deed|inventaire colonial)\b
        """,
        always=True,
    ),
    _theme(
        "colonial history",
        "coloni\\w+|empire|esclav\\w+|slave\\w*|traite|decoloni\\w+",
        r"""
        (?:coloni\w+|decoloni\w+|imperialis\w+|the empire|esclav\w+|slavery|slaves?|slave trade|traite negriere|negri(?:er|ere)s?|indigenes?|indigenous|autochtones?|native people|first nations?|sauvages?|savages?|repentance|mission(?:naire|aires?|aries|ary)|nos missions|explorateurs?|peuples? premiers?|zoos? humains?|exotis\w+)\b
        (?:demander|demande\w*|presenter) pardon
        (?:nos|our|mes|my|leurs|their) (?:anciens|ancetres|ancestors|forefathers)
        (?:my|our|mes|mon|ma|nos) (?:grand[-\s]?(?:mother|father|parents?|mere|pere)|great \w+|peuple|people|community|communaute|ancetres?) (?:\w+ ){0,6}(?:drum|tambour|photo\w*|panel|panneau|mask|masque|name|nom|ledger|registre|village|objet)
        (?:hand wringing|white guilt|guilt|lecons? de morale|culpabilis\w+|auto ?flagell\w+|wokis\w+|gone woke|woke (?:nonsense|rubbish|museum)|bien pensan\w+)\b
        """,
        always=True,
    ),
    _theme(
        "human remains",
        "human remains|restes humains|ossements?|bodies|momies?|mumm\\w+|corps",
        r"""
        (?:restes humains|human remains|cranes?|skulls?|ossements?|squelettes? (?:humains?|d un|de la|des)|momies?|mumm(?:ies|ified)|egyptian mumm\w+|depouilles?|cadavres?|corpses?|tetes? reduites?|shrunken heads?|scalps?|tetes? d (?:un )?(?:hommes?|femmes?|enfants?)|human heads?|momifie\w*|burial (?:goods|ground|site)|sepultures?|profan\w+|desecrat\w+|grave robb\w+)\b
        (?:respect (?:des|aux|pour les) morts|respect for the dead|joue\w* (?:pas |plus )?avec les morts|(?:ce|ces|le|les|this|these|their) (?:corps|bod(?:y|ies)) (?:en terre|au repos|to rest)|remettez (?:ce|ces|les|le) (?:corps|os|morts)|put (?:him|her|them|those bones) (?:back|to rest))
        """,
        always=True,
    ),
    _theme(
        "religion",
        "religi\\w+|sacre\\w*|sacred|foi|faith|islam\\w*|christ\\w*|juda\\w*|blasph\\w+|spiritu\\w+",
        r"""
        (?:religi\w+|croyan(?:t|te|ts|tes|ce|ces)|(?:la|notre|leur|ma) foi|reliqu\w+|objets? sacres?|sacrileg\w+|blasph\w+|jesus|christ|chretien\w*|catho\w*|eglise|pape|pretre|eveque|coran|islam\w*|allah|prophete|mosquee|crucifi\w*|(?:une|la) croix (?:dans|sur|avec)|synagogue|torah|bible|saint(?:e)? vierge|vierge marie|autels?|priere|prier|satan\w*|laicite|athee\w*)\b
        (?:religious|believers?|(?:our|my|their) faith|sacred|sacrileg\w+|christian\w*|catholic\w*|church|pope|priest|bishop|quran|koran|prophet|mosque|scripture\w*|creation(?:ists?|ism)|atheis\w+|altars?|pray\w*|pagan|voodoo|vaudou|ritual\w*|rituel\w*)\b
        (?:others?|other people|familles?|families) (?:\w+ ){0,2}(?:believe|croient)
        """,
        always=True,
    ),
    _theme(
        "animal suffering",
        "animal\\w*|animaux|chasse|hunting|corrida|bull ?fight\\w*|taxiderm\\w+|vivisection|fourrure|fur|elevage|abattoir",
        r"""
        (?:anim(?:al|aux|als|ale)|betes?|bestioles?|creatures?|proies?|prey|predat\w+|renards?|fox\w*|lapins?|rabbits?|bunn(?:y|ies)|lievres?|hares?|cerfs?|deer|taureaux?|bulls?|chevaux|cheval|horses?|oiseaux?|birds?|poules?|hens?|vaches?|cows?|cochons?|pigs?|poissons?|fish|singes?|monkeys?|loups?|wol(?:f|ves)|rats?|souris|mice|terriers?|bees|abeilles)\b
        (?:cruaute|cruel\w*|cruelty|maltrait\w+|souffr\w+|suffer\w*|abuse|tortur\w+|barbar\w+|sadi\w+|veterinaires?|vets?|spa\b|rspca|vegan\w*|vegetari\w+|chasseurs?|hunters?|hunting|abattoirs?|slaughter\w*|fourrures?|empaill\w+|taxiderm\w+|corridas?|eleveu(?:r|se)s?)\b
        """,
    ),
    _theme(
        "war and massacre",
        "guerre|war|massacre\\w*|genocid\\w+|shoah|holocaust|occupation|resistance|attentat\\w*|terror\\w*|conflict\\w*|conflit\\w*|armee|military|veteran\\w*|bomb\\w*|nucle\\w+|hiroshima",
        r"""
        (?:guerres?|wars?|massacres?\w*|genocid\w+|shoah|holocaust|occupation|collabo\w*|resistan(?:ts?|ce)|nazi\w*|deport\w+|soldats?|soldiers?|veterans?|anciens combattants|armees?|army|troops|bombes?|bombs?|bombard\w+|bombing|obus|tranchees?|trenches|victimes?|victims?|morts? pour|fusille\w*|exterminat\w+|camps?|refugie\w*|refugees?|nucle\w+|algeri\w*|harkis?|torture\w*|crimes? de guerre|atrocit\w+)\b
        """,
    ),
    _theme(
        "sexuality and nudity",
        "nud\\w+|nus?|sexu\\w+|sex|porn\\w*|erot\\w+|prostitu\\w+|genre|gender|lgbt\\w*|queer|trans",
        r"""
        (?:nus?|nue|nues|nudite\w*|nudes?|nudity|naked|sex\w*|porn\w*|erot\w+|obscen\w+|pervers\w*|prostitu\w+|indecen\w+|pudeur|modesty|seins?|breasts?|penis|vulv\w+|genital\w*|cochon\w*|lgbt\w*|queer\w*|trans|genre|gender|gays?|lesb\w+|homosex\w*|propagande|propaganda|drag)\b
        """,
    ),
    _theme(
        "violence against persons",
        "violen\\w+|feminicid\\w+|femicid\\w+|abus\\w*|abuse|assault|crime\\w*|murder\\w*|meurtr\\w+|police|prison\\w*|tortur\\w+|execution\\w*|peine de mort|death penalty|lynch\\w+",
        r"""
        (?:violen\w+|feminicid\w+|femicid\w+|battues?|coups|abus\w*|assault\w*|rape\w*|viol\w*|crimes?|criminel\w*|murder\w*|meurtr\w+|assassin\w*|killers?|tueurs?|victimes?|victims?|survivors?|survivant\w*|police|flics?|prisons?|prisonniers?|tortur\w+|execut\w+|guillotin\w*|lynch\w*|pendaison|hanging|sang|blood\w*)\b
        """,
    ),
    _theme(
        "death, illness and suicide",
        "mort|death|dying|deuil|grief|mourning|suicid\\w+|malad\\w+|illness|sida|aids|hiv|cancer|covid|pandemi\\w+|folie|psychiatr\\w+|mental|addiction\\w*|drog\\w+|drugs?|alcool\\w*",
        r"""
        (?:mort\w*|mourir|meurt|deuil|suicid\w*|death|dead|dying|died|dies|grie(?:f|v\w+)|mourn\w*|malad\w+|ill|illness|sick\w*|sida|aids|hiv|vih|cancer|covid|pandemi\w+|folie|fous?|folles?|asile|asylum|mad|madness|psychiatr\w+|depress\w+|mental\w*|addict\w*|drog\w+|drugs?|toxico\w*|junk(?:ie|ies)|alcool\w*|alcohol\w*|overdose)\b
        """,
    ),
    _theme(
        "racism and migration",
        "racis\\w+|racial|race|migra\\w+|immigra\\w+|exil\\w*|refugie\\w*|refugee\\w*|discriminat\\w+|identit\\w+|apartheid|black lives|antisemit\\w+|islamophob\\w+|frontier\\w*|borders?",
        r"""
        (?:racis\w+|racial|races?|migra\w+|immigr\w+|exil\w*|refugie\w*|refugees?|asylum|discriminat\w+|identit\w+|apartheid|antisemit\w+|islamophob\w+|blacks?|whites?|noirs?|blancs?|arabes?|minorit\w+|frontieres?|borders?|sans papiers|etrangers?|foreigners?|passeurs?|boats?|integration|communautar\w+|segregat\w+)\b
        """,
    ),
    _theme(
        "money and sponsors",
        "sponsor\\w*|mecen\\w*|oil|petrol\\w*|gas|gaz|tabac|tobacco|arms|armement|banque|bank|donor\\w*|donat\\w+|funding|financ\\w+|budget|subvention\\w*|argent|money|cost|cout|pharma\\w*|opioid\\w*",
        r"""
        (?:sponsor\w*|mecen\w*|partenaires?|partners?|partnership|donors?|donat\w+|dons?|funding|funded|funders?|financ\w+|argent|money|sale argent|dirty money|logo|marque|brand|petrol\w*|oil|drill\w*|wells|oil wells?|platforms?|plateformes?|rigs?|pipeline|fossil\w*|climat\w*|carbon\w*|greenwash\w*|blanchi\w+|launder\w*|actionnaires?|shareholders?|milliardaires?|billionaires?|fortunes?|benefices|profits?|artwash\w*|impots?|contribuables?|tax ?payers?|subvention\w*|grants?|budget)\b
        (?:qui|who) (?:paie|paye|is paying|pays|a paye|paid)
        """,
        pervades=False,
    ),
    _theme(
        "climate and environment",
        "climat\\w*|environ\\w*|ecolog\\w+|pollution|nuclear|pesticid\\w+|oil spill|maree noire|deforest\\w+",
        r"""
        (?:climat\w*|rechauffement|warming|ecolo\w*|environ\w*ment\w*|planet\w*|pollu\w+|pesticid\w+|carbon\w*|greta|militants? du climat|activists?|just stop|derniere renovation|soup|soupe|colle\w*|glue\w*)\b
        """,
    ),
    _theme(
        "politics",
        "polit\\w+|election\\w*|israel\\w*|palestin\\w+|gaza|russi\\w+|ukrain\\w+|chin\\w+|brexit|monument\\w*|statue\\w*|nationalis\\w+|dictat\\w+|regime|communis\\w+|fascis\\w+|revolution\\w*|propagand\\w+|censorship|censure",
        r"""
        (?:polit\w+|elections?|voter?|votes?|gauch\w+|droite|extreme droite|left|right wing|leftist\w*|fascis\w*|communis\w*|nationalis\w*|patriot\w*|dictat\w+|regimes?|propagand\w*|ideolog\w+|militant\w*|activis\w+|wok\w+|israel\w*|palestin\w*|gaza|hamas|russ\w+|ukrain\w*|poutine|putin|chin(?:e|a|ois\w*|ese)|trump|macron|gouvernement|government|brexit|boycott\w*|censur\w*|censor\w*)\b
        """,
    ),
    _theme(
        "the artist's conduct",
        "artist.?s? conduct|conduite de|accus\\w+|alleg\\w+|metoo|scandal\\w*|separer l homme|plagiar\\w+|plagi\\w+|forger\\w+|faux",
        r"""
        (?:separer|separate) (?:l homme|l artiste|the art|the man)
        (?:metoo|accus\w+|alleg\w+|victim\w*|predat\w+|agress\w+|abus\w+|viol\w*|rap(?:e|ist)|monstr\w+|monsters?|cancel\w*|innocen\w+|coupables?|guilty|convicted|condamne\w*|plagi\w+|copie\w*|copied|stole\w*|faux|fakes?|forg\w+|proces|trial|silence|celebr\w+)\b
        """,
    ),
    _theme(
        "childhood",
        "child\\w*|enfan\\w+|minors?|mineur\\w*|orphan\\w*|orphelin\\w*|school shoot\\w*|maternit\\w+|avortement|abortion",
        r"""
        (?:enfants?|gosses?|gamin\w*|petits|child\w*|kids?|minors?|mineur\w*|babies|baby|bebes?|orphan\w*|orphelin\w*|pedo\w*|paedo\w*|mother and baby|nonnes|nuns|avort\w+|abort\w+|foetus|fetus|pro life|pro choice|ivg)\b
        """,
    ),
)
"""Subjects we know words for, in both languages; a theme nobody foresaw is recognised by its own words."""

_ORDINARY = frozenset(
    [
        "avec",
        "dans",
        "pour",
        "entre",
        "leur",
        "leurs",
        "notre",
        "votre",
        "cette",
        "sont",
        "plus",
        "the",
        "and",
        "with",
        "from",
        "their",
        "this",
        "that",
        "exhibition",
        "exposition",
        "history",
        "histoire",
        "question",
        "questions",
        "theme",
        "themes",
        "subject",
        "sujet",
        "works",
        "oeuvres",
        "people",
        "gens",
        "museum",
        "musee",
        "about",
    ]
)


def _own_words(declared: str) -> str:
    """Make a table of a theme's own words, their endings aside ("opioid crisis" finds "opioids")."""
    stems = {w[:6] if len(w) > 6 else w for w in re.findall(r"[^\W\d_]{4,}", fold(declared)) if w not in _ORDINARY}
    return rf"(?:{'|'.join(sorted(stems))})\w*" if stems else ""


def declared_themes(themes: Iterable[str]) -> Iterator[Theme]:
    """Yield what a house declared sensitive: the subjects we know, and for each theme its own words."""
    for declared in themes:
        folded = fold(declared)
        known = [t for t in THEMES if phrases(t.declared).search(folded)]
        yield from known
        if own := _own_words(declared):
            yield Theme(declared, own, own, pervades=not any(not t.pervades for t in known))


def spoken_of(text: str, themes: Iterable[Theme]) -> str:
    """Return the first words of a text that speak of one of these subjects; "" when none does."""
    folded = fold(text)
    for theme in themes:
        if words := as_written(text, theme.words, folded):
            return words
    return ""


_PRACTICAL = r"""
    (?:horaires?|billets?|billetterie|tarifs?|reservations?|reserver|reservez|creneaux?|guichets?|files?|queue|attente|vestiaires?|toilettes?|wc|cafe|cafeteria|buvette|restaurant|sandwichs?|gouter|pique nique|boutiques?|librairie|catalogues?|affiches?|posters?|cartes? postales?|parking|metro|tram|bus|train|poussettes?|bancs?|assises?|chaises?|banquette|trottinettes?|parapluies?|audioguides?|nocturnes?|visites? (?:commentees?|guidees?|libres?)|sous titr\w*|newsletter|abonnements?|carte de membre|wifi|eclairage|parquet|lumiere)\b
    (?:opening (?:hours|times)|tickets?|booking|queue\w*|cloakroom|toilets?|loos?|cafe|coffee|tea|cake|restaurant|sandwich\w*|shop|bookshop|catalogues?|posters?|postcards?|parking|bus|train|tram|buggy|pram|bench\w*|seats?|seating|stools?|chairs?|umbrellas?|audio ?guides?|late opening|guided tour|subtitl\w*|stream(?:ed|ing)?|members?hip|wifi|row|bar|gin|front row|how long|what time|cello|locker)\b
    (?:a quelle heure|c est ouvert|est ouvert|combien de temps|ou se gare|peut on (?:venir|entrer|revenir|payer)|on peut (?:venir|entrer)|can we bring|do you sell|vous vendez|is it open|are you open|en vente|for sale)
"""
_MERRY = re.compile(
    r"[\U0001f600-\U0001f607\U0001f60a-\U0001f60d\U0001f618\U0001f61c-\U0001f61d\U0001f923\U0001f929\U0001f970\U0001f973\u2764\u263a]|"
    r"\b(?:mdr+|ptdr|lol|haha\w*|hihi|hehe\w*|xd|lmao|rofl)\b|(?:\s|^)[:;]-?[)dp](?:\s|$)"
)
_LOOKING_FORWARD = r"""
    (?:hate (?:de|d y)|trop hate|on (?:viendra|arrive|vient)|j y (?:serai|vais|cours)|j arrive|vivement|merci|bravo|superbe|magnifique|sublime|splendide|genial\w*|adore\w*|hilarant|can t wait|so excited|see you|on my way|looking forward|thank you|thanks|loved|lovely|brilliant|wonderful|gorgeous|well done|fantastic|delightful|here for it|made me (?:laugh|smile)|m a fait (?:rire|sourire)|mort de rire|enfin)\b
"""
_EARNEST = r"""
    (?:terribl\w+|insoutenable\w*|insupportable\w*|bouleversa\w*|boulevers\w+|eprouvant\w*|dure? a regarder|souffle coupe|sans voix|angoiss\w+|horri\w+|atroce\w*|affreu\w+|choqu\w+|choc|heurt\w+|degou\w+|ecoeur\w+|revolt\w+|indign\w+|honte\w*|scandal\w+|colere|furieu\w+|desaccord|ethique|moral\w*|respect\w*|dignit\w+|pleur\w+|larmes|peur|violen\w+|brutal\w*|deranger?|deplace|propagande|argent public|nos impots)\b
    (?:terribl\w+|unbearable|horrif\w+|harrow\w+|devastat\w+|disturb\w+|upset\w*|shock\w*|appall\w+|disgust\w+|sicken\w*|outrag\w+|shame\w*|asham\w+|ang(?:er|ry)|furious|disagree\w*|dissatisf\w+|offen(?:ce|d|ded|sive)|ethic\w*|moral\w*|respect\w*|dignity|wept|tears|cried|sobb\w+|frighten\w*|scared|brutal\w*|relentless|bleak|murdered me|broke me|taxpayers?|propaganda)\b
"""


_BAD_NEWS = r"""
    (?:devien\w+ (?:payant\w*|a prix libre|« ?dimanche a prix)|prix libre|(?:ne|n) (?:sera|seront|est|sont|aura) plus|plus (?:gratuite?|acces|de nocturne)|payante?s?|hausse|augment\w+|nouveaux tarifs)\b
    (?:fermeture(?! eclair)|ferm(?:e|era|ee|ons|erons) (?:ses portes|exceptionnellement|definitivement|plus tot|pour travaux|jusqu)|annul\w+|report(?:e|ee|es|ees|ons)|suspend\w+|suspension|supprim\w+|suppression|fin (?:de|des|du) (?:la gratuite|nocturnes?|tarifs?))\b
    (?:excuses|desolee?s?|regrett\w+|panne|incident|une erreur|nos erreurs|dysfonctionn\w+|mise au point|rectificati\w+|malheureusement)\b
    (?:no longer|price (?:rise|increase|change)|new prices|going up|will (?:now )?(?:charge|cost|close)|charging|closure|closing (?:early|down|our|the)|closed (?:until|due|for|today)|cancel\w*|postpon\w*|suspend\w*|scrapp\w*|end of free|pay what you)\b
    (?:apolog\w+|(?:so|very|deeply|truly|we re|we are) sorry|sorry (?:for|that|to)|unfortunately|technical (?:fault|problem|issue)s?|outage|our (?:mistake|error|fault)|regret to)\b
"""


def is_earnest(text: str) -> bool:
    """Tell whether a comment is moved, shocked or indignant."""
    return bool(phrases(_EARNEST).search(fold(text)))


def names_practical(text: str) -> bool:
    """Tell whether a text names anything of a visit: hours, tickets, the café, a bench."""
    return bool(phrases(_PRACTICAL).search(fold(text)))


def is_aside(text: str) -> bool:
    """Tell whether a comment is about the visit or merry, rather than about what the exhibition is about."""
    folded = fold(text)
    if phrases(_EARNEST).search(folded) or len(text) > 400:
        return False
    return bool(phrases(_PRACTICAL).search(folded) or _MERRY.search(folded) or phrases(_LOOKING_FORWARD).search(folded))


def is_merry(text: str) -> bool:
    """Tell whether a comment laughs or looks forward to coming."""
    folded = fold(text)
    return bool(_MERRY.search(folded) or phrases(_LOOKING_FORWARD).search(folded))


def announces_bad_news(post: str) -> str:
    """Return the words by which a post of the house takes something away or admits a failure; "" for other posts."""
    return as_written(post, _BAD_NEWS)


def is_practical(text: str) -> bool:
    """Tell whether a text, a post of the house mostly, is about coming and not about what is shown."""
    folded = fold(text)
    return bool(phrases(_PRACTICAL).search(folded)) and not phrases(_EARNEST).search(folded)
