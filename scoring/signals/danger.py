"""Danger to somebody: threats, addresses posted, rendezvous to disturb, self-harm, danger on site."""

from scoring.assessment import RiskLevel, SignalKind
from scoring.signals._rule import Rule, rule

_THREAT_FR = r"""
    (?:on|je|nous) (?:sait|sais|savons|connait|connais) (?:tres bien |bien |tous )?(?:ou|quand) (?:vous|tu|il|elle|ils|elles|la|le) (?:\w+ ){0,2}(?:habit|travaill|dor|gar|rentr|sor|viv|log|cre[ch])\w*
    (?:je|on|nous|j')(?:vais|va|allons)? ?(?:\w+ ){0,2}(?:vous |te |le |la |les |lui |leur |t'|l')(?:\w+ ){0,1}(?:buter|tuer|crever|defoncer|egorger|eclater|exploser|fracasser|demolir|casser la (?:gueule|figure|tete)|peter la gueule|faire la peau|regler son compte|regler votre compte|trouver|retrouver|attendre)
    (?:je|on) (?:\w+ ){0,1}(?:te|vous|t'|le|la) (?:bute|tue|creve|defonce|egorge|eclate|retrouve|trouvera|retrouvera|attend|attends|attendra)\b
    (?:vous|tu) (?:allez|vas|va) (?:le |la |me |nous |tous )?(?:regretter|payer|crever|mourir|morfler|prendre cher|le sentir passer)
    (?:ca|tout ca) (?:va|pourrait|risque de) (?:tres )?mal (?:finir|se terminer|tourner)
    faites (?:bien |tres )?attention a (?:vous|vos|votre)
    fais (?:bien )?gaffe a (?:toi|ta|tes|ton)
    (?:faudrait|faudra|il faut|faut|faudrait pas|ne pas|pas) (?:\w+ ){0,2}(?:s'etonner|vous etonner|t'etonner|venir pleurer|venir vous plaindre) (?:\w+ ){0,2}(?:si|quand|apres)
    (?:vous|tu|ils) (?:meritez|merites|meritent) (?:de |d'|une |la |qu'on vous )(?:crever|mourir|brul\w+|balle|mort|pende|pendus?|raclee)
    (?:bruler|brulez|brulons|cramer|cramons|foutre le feu|mettre le feu|faire sauter|une bombe|dynamiter|saccager|vandaliser) (?:\w+ ){0,3}(?:musee|galerie|expo|exposition|oeuvre|tableau|toile|batiment|baraque|directeur|directrice|voiture|maison)
"""
_THREAT_EN = r"""
    (?:we|i) (?:all |do )?know (?:exactly |full well )?where (?:you|he|she|they|your \w+) (?:\w+ ){0,2}(?:live|work|park|sleep|drink|goe?s?)\w*
    (?:i|we)(?:'ll| will| am going to|'m going to|'re going to| shall) (?:\w+ ){0,2}(?:kill|hurt|find|smash|stab|shoot|burn|beat|break|bury|end|gut|batter|knock) (?:you|him|her|them|your|his|their)
    (?:you|they|he|she)(?:'ll| will| are going to|'re going to) (?:\w+ ){0,2}(?:regret (?:this|it)|pay for (?:this|it)|be sorry|get what)
    (?:i|we)(?:'ll| will) be (?:waiting|outside|there when) (?:\w+ ){0,4}(?:when|for|after|at)
    (?:watch|mind) your (?:back|step|kneecaps)
    (?:be a shame|be a pity|hate for|hate to see) (?:\w+ ){0,3}(?:if|something|anything) (?:\w+ ){0,2}(?:happen|caught|went)
    accidents (?:do )?happen
    (?:deserves?|ought|should|needs?) (?:\w+ ){0,1}(?:to be |to |be )(?:shot|hanged|hung|stabbed|beaten|burned|burnt|die|killed)
    (?:burn|torch|bomb|smash|trash|wreck) (?:\w+ ){0,3}(?:museum|gallery|place|building|exhibition|house|car|office)
    (?:sleep|drive|walk home) (?:safe|safely|carefully|well) ?(?:tonight|tomorrow)
"""
_DOXING = r"""
    0[1-9](?:[\s.-]?\d\d){4}\b
    (?:33|0033)[\s.]?[1-9](?:[\s.-]?\d\d){4}\b
    (?:44|0)7\d{3}\s?\d{3}\s?\d{3}\b
    (?:il|elle|ils) habite(?:nt)? (?:\w+ ){0,4}(?:\d{1,4}|rue|avenue|boulevard|place|chemin|impasse|quartier|maison|immeuble|appartement)
    (?:he|she|they) lives? (?:\w+ ){0,4}(?:\d{1,4}|street|road|lane|avenue|close|flat|house)
    (?:son|sa|leur|voici (?:son|sa|leur)|voila (?:son|sa|leur)) (?:adresse|numero|tel|telephone|portable)\b
    (?:his|her|their) (?:home |personal )?(?:address|phone number|number plate|mobile number) is\b
"""
_RENDEZVOUS = r"""
    (?:rdv|rendez vous|rassemblement|on se (?:retrouve|donne rdv|rejoint)|retrouvons nous|venez|soyons|tous) (?:\w+ ){0,6}(?:devant|entree|porte|portes|sortie|accueil|vernissage|musee|guichet) (?:\w+ ){0,10}(?:bloqu|empech|sifflet|casserole|bruit|perturb|personne n|foutre|bordel|envahir|fermer)\w*
    (?:bloquons|bloquer|on bloque|bloquez|envahissons|on envahit|empechons|perturbons|on perturbe) (?:\w+ ){0,3}(?:entree|entrees|porte|portes|vernissage|musee|expo|acces|billetterie|guichets?|inauguration|rampe)
    (?:meet|meeting|gather|see you|be there|everyone) (?:\w+ ){0,6}(?:entrance|doors?|steps|outside|gate|opening|foyer|lobby) (?:\w+ ){0,10}(?:block|disrupt|noise|whistles?|megaphones?|shut|stop|chain|paint|nobody gets)\w*
    (?:block|storm|occupy|blockade|shut down|disrupt) (?:\w+ ){0,2}(?:entrance|doors?|opening|private view|museum|gallery|preview|foyer|gates?)
"""
_SELF_HARM = r"""
    (?:me|m') ?(?:suicider|tuer|foutre en l'air|buter|pendre|flinguer)\b
    (?:envie|idee|idees) (?:de|d') (?:en finir|mourir|crever)
    (?:je|j') ?(?:veux|voudrais|vais|ai envie de) (?:mourir|en finir|disparaitre)
    (?:je|j') ?(?:ne )?(?:veux|peux|arrive|sers) plus (?:a )?(?:vivre|continuer|a rien|tenir)
    (?:plus|aucune) (?:envie|raison) de vivre
    (?:kill|hurt|hang|cut) myself
    (?:want|wanted|going|ready) to (?:die|end it|end it all|end my life|disappear)
    (?:no|any) (?:reason|point) (?:in |to )?(?:living|live|going on|go on)
    (?:suicidal|take my own life|better off without me|better off dead)
"""
_DANGER = r"""
    (?:enfants?|gosses?|gamins?|personnes?|gens|visiteurs?) (?:\w+ ){0,4}(?:en danger|blesses?|coinces?|tombes?|evanouis?)
    (?:sortie|issue)s? de secours (?:\w+ ){0,5}(?:bloqu|ferm|condamn|encombr|cadenas|verrouill)\w*
    (?:vitre|cable|rambarde|plafond|projecteur|lustre|dalle|marche|barriere|panneau|cimaise|echafaudage)s? (?:\w+ ){0,5}(?:menace|tomb|decroch|cass|denud|brise|effondr|va ceder|ne tient)\w*
    (?:ca|odeur|fuite) (?:\w+ ){0,3}(?:sent le gaz|de gaz|le brule|brule|fume|de fumee|feu)\b
    (?:fire|emergency) (?:exits?|doors?) (?:\w+ ){0,5}(?:blocked|locked|chained|jammed|shut)
    (?:smell|smells|leak) (?:\w+ ){0,2}(?:gas|burning|smoke)
    (?:child|children|kids?|toddlers?|someone|somebody|visitor|people|man|woman) (?:\w+ ){0,5}(?:hurt|injured|stuck|trapped|collapsed|fainted|bleeding|in danger)
    (?:glass|railing|ceiling|panel|cable|wire|light|rope|barrier|banister|step|tile)s? (?:\w+ ){0,4}(?:fallen|falling|exposed|loose|collapsed|cracked|hanging|about to|come down|came down|is down)
"""

RULES: tuple[Rule, ...] = (
    rule(
        SignalKind.THREAT,
        4.0,
        RiskLevel.CRITICAL,
        """sait sais savons connait connais buter tuer crev* defonc* egorg* eclate* explos* fracass* demolir casser peter peau regler
         trouver retrouv* attend* bute tue regretter payer mourir morfler cher passer finir terminer tourner attention gaffe etonner plaindre
         pleurer merit* brul* cram* feu sauter bombe dynamit* saccag* vandalis*""",
        _THREAT_FR,
        unless=r"mourir de rire",
    ),
    rule(
        SignalKind.THREAT,
        4.0,
        RiskLevel.CRITICAL,
        """where kill hurt find smash stab shoot burn* beat* break bury end gut batter knock regret pay sorry get waiting outside back step
         kneecaps shame pity hate accidents shot hanged hung stabbed die killed torch bomb trash wreck sleep drive walk there""",
        _THREAT_EN,
    ),
    rule(
        SignalKind.DOXING,
        4.0,
        RiskLevel.CRITICAL,
        "habite habitent lives live adresse numero tel telephone portable address phone plate mobile 0*",
        _DOXING,
    ),
    rule(
        SignalKind.RENDEZVOUS,
        4.0,
        RiskLevel.CRITICAL,
        "rdv rendez rassemblement retrouve retrouvons venez soyons tous donne rejoint bloqu* envahi* empech* perturb* meet meeting gather see be everyone block* storm occupy shut disrupt",
        _RENDEZVOUS,
    ),
    rule(
        SignalKind.SELF_HARM,
        4.0,
        RiskLevel.CRITICAL,
        "suicid* tuer air buter pendre flinguer finir mourir crever disparaitre vivre continuer rien tenir myself die end disappear living live going go life better",
        _SELF_HARM,
    ),
    rule(
        SignalKind.DANGER,
        4.0,
        RiskLevel.CRITICAL,
        "danger bless* coinc* tomb* evanoui* secours menace decroch* cass* denud* bris* effondr* ceder tient gaz brule fume fumee feu exits exit door doors gas burning smoke hurt injured stuck trapped collapsed fainted bleeding fallen falling exposed loose cracked hanging about down",
        _DANGER,
    ),
)
