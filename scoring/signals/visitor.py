"""What visitors come for: real questions, and thanks."""

from scoring.assessment import RiskLevel, SignalKind
from scoring.signals._rule import Rule, rule

_TOPIC = (
    r"(?:horaire|ouvert|ouvre|ferme|heure|billet|tarif|gratuit|reduction|reserv|entree|expo|visite|enfant|ans|photo|parking|gare|metro|bus|acces|fauteuil|"
    r"poussette|vestiaire|boutique|catalogue|cafe|rembours|echange|groupe|scolaire|nocturne|dimanche|chien|duree|salle|livre|affiche|"
    r"open|close|hour|time|ticket|book|price|free|discount|entry|kid|child|age|photograph|parking|wheelchair|lift|pram|buggy|cloakroom|shop|cafe|refund|group|school|late|"
    r"sunday|dog|long|room|catalogue|poster|seat|toilet|museum|exhibition|tour|guide|student|member|senior)"
)

RULES: tuple[Rule, ...] = (
    rule(
        SignalKind.QUESTION,
        0.0,
        RiskLevel.CALM,
        "*",
        rf"""
         (?:(?:est[\s-]ce|y a|combien|ou|quand|comment|quel\w*|qui|peut[\s-]on|puis[\s-]je|pouvez|avez|faut|savez|c'est|a quelle|jusqu|on peut|je peux|quelqu)[^?.!\n]{{0,200}}?\?)
         (?:(?:what|when|where|which|who|how|is|are|do|does|can|could|will|may|should|any|anyone|has|have)[^?.!\n]{{0,200}}?\?)
         (?:[^?.!\n]{{0,80}}\b{_TOPIC}\w*[^?.!\n]{{0,120}}?\?)
         """,
    ),
    rule(
        SignalKind.THANKS,
        -1.0,
        RiskLevel.CALM,
        "merci* thanks thank thx bravo felicitations cheers remerci*",
        r"merci(?:s|i+)?\b|thanks?(?: you)?\b|thx|bravo|felicitations|well done|je (?:vous|te) remercie",
    ),
)
