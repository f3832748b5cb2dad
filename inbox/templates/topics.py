"""Topics: what a visitor's question is about, so that the right fact is offered first."""

import re

from inbox.templates.search import fold

# Folded words (no accents, no case) of both languages; order is the order of specificity.
_TOPICS = {
    "access": r"fauteuils?|handicap\w*|pmr|accessib\w+|ascenseurs?|malvoyant\w*|malentendant\w*|wheelchairs?|disab\w+|step.?free|lifts?|elevators?|hearing loop|hoist",
    "refund": r"rembours\w*|refund\w*|money back|avoir",
    "lost": r"objets? (?:trouves?|perdus?)|(?:perdu|oublie|laisse)\w*|lost property|(?:lost|left|forgot) (?:my|our|a|an)",
    "groups": r"groupes?|classes?|scolaires?|groups?|school (?:trip|visit|group)s?|year \d+",
    "children": r"enfants?|bebes?|poussettes?|ados?|mon fils|ma fille|des \d+ ans|children|kids?|toddlers?|bab(?:y|ies)|buggy|pushchairs?|prams?|year.olds?|my (?:son|daughter)",
    "photos": r"photos?|photograph\w*|selfies?|flash|filmer|film(?:ing)?|tripod|pictures?",
    "translation": r"tradu\w+|anglais|espagnol|allemand|langues?|sous.?titr\w*|audioguides?|translat\w+|subtitles?|languages?|in (?:english|french|spanish|german)|audio ?guides?",
    "tours": r"visites? (?:guidees?|commentees?)|conferenci\w+|guide|guided|tours?|talks?",
    "workshops": r"ateliers?|stages?|workshops?|classes",
    "late": r"nocturnes?|le soir|late opening|evenings?|after work",
    "closed": r"fermee?s?|ferme|lundi|closed|bank holiday|mondays?|jours? feries?",
    "last-entry": r"derniere entree|avant la fermeture|last (?:entry|admission|orders)",
    "hours": r"horaires?|heures?|ouv(?:re|ert|erte|rez|erture)\w*|quelle heure|opening|opens?|hours?|what time",
    "free": r"gratuit\w*|free (?:entry|admission|sunday)|for free|is it free",
    "tickets": r"billets?|reserv\w+|tickets?|book(?:ing|ed)?|sold out|complet|creneaux?|slots?|en ligne|online",
    "price": r"prix|tarifs?|combien|coute|payer|reduit|reductions?|price|prices|cost|how much|discounts?|concessions?|pay",
    "transport": r"metro|tram\w*|bus|parking|garer|gare|velos?|train|park(?:ing)?|station|bikes?|how (?:do|to) (?:i|we|you)? ?(?:get|come)",
    "dates": r"jusqu'a quand|jusqu'au|dates?|combien de temps|prolong\w+|until when|how long|extended|last day|when does it (?:end|close)",
    "bags": r"sacs?|valises?|vestiaires?|casiers?|bags?|suitcases?|lockers?|cloakroom|backpacks?",
    "contact": r"contact\w*|telephone|mail|courriel|appeler|joindre|phone|e-?mail|call",
}
_PATTERNS = {topic: re.compile(rf"\b(?:{words})\b") for topic, words in _TOPICS.items()}

_REQUEST = re.compile(
    r"\?|\b(?:je (?:cherche|voudrais|souhaite|n'arrive pas|ne trouve)|j'ai (?:perdu|oublie|laisse)|(?:de )?savoir si|dites[- ]moi|merci de me dire|"
    r"(?:please )?tell me|i(?:'d| would) like|looking for|(?:can't|cannot|couldn't) find|i(?:'ve)? (?:lost|left|forgot))\b"
)

TOPICS = frozenset(_TOPICS)
"""What a plain answer may be tagged with to be offered under a question."""


def topics(text: str) -> tuple[str, ...]:
    """List what a text asks about, the most specific first; empty when it asks nothing we have a fact for."""
    folded = fold(text)
    if not _REQUEST.search(folded):
        return ()
    return tuple(t for t, pattern in _PATTERNS.items() if pattern.search(folded))
