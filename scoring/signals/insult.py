"""Insults, aimed at a person, the staff or the artist, and hate against a group."""

from scoring.assessment import RiskLevel, SignalKind
from scoring.signals._rule import Rule, rule

_RUDE_FR = (
    r"(?:connards?|connasses?|conards?|cons?|conne?s?|cretins?|cretines?|abrutie?s?|imbeciles?|debiles?|idiote?s?|salauds?|salopes?|salopards?|"
    r"ordures?|enfoires?|encules?|pourritures?|batards?|tocards?|bouffons?|clowns?|guignols?|incapables?|incompetente?s?|minables?|laches?|"
    r"menteurs?|menteuses?|voleurs?|voleuses?|escrocs?|charlatans?|parasites?|larbins?|pantins?|ignares?|imposteurs?|fumistes?|ratee?s?|"
    r"taree?s?|malades?|vendus?|collabos?|hypocrites?|incultes?|pseudo artistes?|guignolos|pieds nickeles|tetes? de con|trous? du cul|"
    r"niaiseux|epais|caves?|tapons?|barakis?|pauvres? types?|gros cons?|sous merdes?|merdes?|dechets?|raclures?|andouilles?|branleurs?|branquignols?|ploucs?|beaufs?)"
)
_RUDE_EN = (
    r"(?:idiots?|morons?|imbeciles?|clowns?|fools?|cowards?|liars?|thieves|thief|frauds?|con artists?|crooks?|scum|scumbags?|vermin|parasites?|"
    r"losers?|muppets?|pillocks?|prats?|tossers?|wankers?|twats?|bellends?|gits?|cretins?|halfwits?|half-wits?|dimwits?|dunces?|buffoons?|"
    r"bastards?|arseholes?|assholes?|dickheads?|shitheads?|jerks?|creeps?|pigs|rats|snobs?|hypocrites?|charlatans?|hacks?|talentless|incompetents?|"
    r"numpt(?:y|ies)|numbskulls?|nitwits?|dumbass(?:es)?|retards?|bitch(?:es)?|cunts?|pricks?|douchebags?|pathetic (?:excuse|little)|waste of (?:space|oxygen))"
)

_INSULT_FR = rf"""
    (?:bande|tas|ramassis) (?:de |d'){_RUDE_FR}\b
    (?:espece|especes) (?:de |d')\w+
    (?:sale|sales|pauvre|pauvres|gros|grosse|petite?|vieux|vieille) (?:petite? )?{_RUDE_FR}\b
    (?:vous|tu|t'|ils|elles) ?(?:n')?(?:etes|es|sont|est) (?:\w+ ){{0,4}}{_RUDE_FR}\b
    (?:quels?|quelles?|tous|toutes) (?:des |les )?{_RUDE_FR}\b
    (?:ferme|fermez) (?:la|ta gueule|vos gueules|votre gueule)
    ta gueule|vos gueules|va te faire|allez vous faire (?:foutre|voir|cuire)|va chier|nique ta|fils de pute|casse toi
    (?:c'est|est|sont|ce) (?:vraiment )?(?:un|une|des) (?:\w+ ){{0,2}}{_RUDE_FR}\b
"""
_INSULT_EN = rf"""
    (?:you|you're|youre|ur|u|they|they're|he|she|he's|she's) (?:\w+ ){{0,4}}{_RUDE_EN}\b
    (?:bunch|pack|load|shower|gang) of (?:\w+ ){{0,2}}{_RUDE_EN}\b
    (?:what|such|absolute|total|utter|complete|stupid|bloody|little|sad|miserable|pathetic|pompous|lying) (?:an? )?(?:\w+ ){{0,1}}{_RUDE_EN}\b
    shut (?:the \w+ )?up\b|piss off|fuck (?:you|off)|go to hell|get stuffed|screw you|drop dead
"""

RULES: tuple[Rule, ...] = (
    rule(
        SignalKind.INSULT,
        2.6,
        RiskLevel.HEATED,
        """bande tas ramassis espece especes sale sales pauvre pauvres gros grosse petit petite vieux vieille vous tu t es sont quel quels quelle
         quelles tous toutes ferme fermez gueule gueules chier nique fils casse est ce""",
        _INSULT_FR,
    ),
    rule(
        SignalKind.INSULT,
        2.6,
        RiskLevel.HEATED,
        """idiot* moron* imbecile* clown* fool* coward* liar* thie* fraud* con crook* scum* vermin parasite* loser* muppet* pillock* prat prats tosser* wanker* twat* bellend*
         git gits cretin* half* dimwit* dunce* buffoon* bastard* arsehole* asshole* dickhead* shithead* jerk* creep* pigs rats snob* hypocrite* charlatan* hack* talentless
         incompetent* nump* numbskull* nitwit* dumbass* retard* bitch* cunt* prick* douche* pathetic waste shut piss fuck hell stuffed screw dead""",
        _INSULT_EN,
    ),
)
