"""Protest, which is opinion however heated: calls to act, demands to remove a work, claims of censorship, accusations."""

from scoring.assessment import RiskLevel, SignalKind
from scoring.signals._rule import Rule, rule

RULES: tuple[Rule, ...] = (
    rule(
        SignalKind.CALL_TO_ACT,
        2.2,
        RiskLevel.HEATED,
        "boycott* petition* partag* inond* spam* signe* signez appel* ecriv* flood* share ring email write cancel note* etoile star* review* resili*",
        r"""
         boycott(?!\w*age|er ou|s? never)(?:ez|ons|er|eurs|age)?\b
         (?:signez|signons|signer|sign) (?:\w+ ){0,3}petition
         (?:partagez|faites tourner|relayez|inondez|inondons|spammez|harcelez|saturez|appelez|ecrivez) (?:\w+ ){0,3}(?:massivement|tous|leur|les|page|standard|boite|mairie|ministere|partout|un max)
         (?:flood|bombard|spam|swamp|jam|ring|email|phone|write to) (?:\w+ ){0,2}(?:their|them|the|his|her) (?:\w+ ){0,2}(?:inbox|page|switchboard|phones?|line|lines|office|sponsors?|trustees|council|reviews?)
         cancel your (?:membership|subscription|booking|ticket|donation)s?
         (?:mettez|mettons|laissez) (?:\w+ ){0,3}(?:une|1) (?:seule )?etoile
         (?:leave|give) (?:\w+ ){0,3}(?:one|1) star
         """,
    ),
    rule(
        SignalKind.REMOVAL_DEMAND,
        1.4,
        RiskLevel.TENSE,
        "retir* retrait decroch* enlev* remove* removal take* taken annul* ferm* cancel* withdraw* deprogramm*",
        r"""
         (?:retirez|enlevez|decrochez|retirer|decrocher|enlever|deprogrammez|annulez|fermez) (?:\w+ ){0,3}(?:ca|cela|expo|exposition|oeuvre|oeuvres|tableau|toile|video|film|photo|photos|sculpture|installation|affiche|horreur|chose|salle)\b
         (?:demande|demandons|exige|exigeons|reclame|reclamons|obtenir) (?:\w+ ){0,3}(?:retrait|fermeture|annulation|decrochage)
         (?:take|taking) (?:it|this|that|them|the \w+|\w+ \w+) down\b
         (?:remove|withdraw|cancel|pull) (?:this|that|the|these|it|your) ?(?:\w+ ){0,3}(?:work|works|show|exhibition|exhibit|painting|film|video|piece|photo|photos|sculpture|installation|display|poster|room|now|immediately)\b
         """,
    ),
    rule(
        SignalKind.CENSORSHIP,
        1.2,
        RiskLevel.TENSE,
        "censur* censor* supprim* effac* delet* hid* mask* bloqu* block* remov*",
        r"""
         censur\w+|censor(?:s|ed|ing|ship)?\b
         (?:vous|ils) (?:\w+ ){0,3}(?:supprim|effac|masqu|cach|bloqu)\w+ (?:\w+ ){0,3}(?:message|messages|commentaire|commentaires|avis|critiques?|gens|com|coms)
         (?:mon|mes|nos|les) (?:message|messages|commentaire|commentaires|avis) (?:\w+ ){0,3}(?:supprim|effac|disparu|masqu|cach|bloqu)\w*
         (?:you|they|they've|you've|keep) (?:\w+ ){0,3}(?:delet|hid|remov|block)\w* (?:\w+ ){0,3}(?:comments?|posts?|mine|messages?|reviews?|people|critics|criticism)
         my (?:comment|post|message|review)s? (?:\w+ ){0,3}(?:deleted|removed|hidden|vanished|disappeared|gone)
         """,
    ),
    rule(
        SignalKind.ACCUSATION,
        1.8,
        RiskLevel.HEATED,
        "vol* voleur* escroq* detourn* corrup* crim* illegal* fraud* stol* steal* launder* blanchi* pedo* maltrait* abus* complic* embezzl* plagi* theft pillage* pille*",
        r"""
         (?:escroquerie|detournement|corruption|corrompus?|blanchiment|maltraitance|plagiat|recel|pedophil\w+|complices?|prise illegale)\b
         (?:c'est|est) (?:un |une |de la |du )?(?:vol|fraude|crime|delit|illegal)\b
         (?:argent|fonds|subventions?) (?:\w+ ){0,2}(?:detourne|vole|blanchi)\w*
         (?:a|ont|avez) (?:\w+ ){0,1}(?:vole|detourne|pille|falsifie)\w*
         (?:corruption|corrupt|fraud|embezzl\w+|money laundering|animal abuse|child abuse|criminal offen[cs]e|plagiaris\w+|complicit|backhanders?|bribe\w*)\b
         (?:stole|stolen from|stealing from|looted)\b
         """,
    ),
)
