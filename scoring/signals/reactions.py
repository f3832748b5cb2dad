"""How it is said: thanks, advertising, capitals in anger."""

import re

from scoring.assessment import RiskLevel, SignalKind
from scoring.signals._rule import Rule, rule

CALM = RiskLevel.CALM

RULES: tuple[Rule, ...] = (
    rule(
        SignalKind.THANKS,
        CALM,
        -0.9,
        """
        merci|mercis|merciii*|mercii|remerci*|gratitude|bravo|felicitations|chapeau|respect|thanks|thank|thankyou|thx|ty|cheers|grateful|kudos|congratulations|congrats|well_done|hats_off|shout_out|shoutout|hate_d_y|trop_hate|vivement|bon_courage|beau_travail|belle_initiative|great_job|good_job|keep_up|lovely_staff|can_t_wait|felicitez|dites_lui_merci|est_un_amour|est_une_perle|sont_des_amours|gracias|danke|danke_schon|vielen_dank|grazie|obrigado|obrigada|dziekuje|bedankt|dank_je|tack
        bravo_a|merci_a|merci_pour|un_grand_merci|mille_mercis|coup_de_coeur|coup_de_chapeau
        """,
        unless="""
        non|no merci|thanks|thank
        merci|mercis|thanks|thank_you|cheers|ty|thx ..1 d_avance|par_avance|de_me|de_nous|de_bien|de_confirmer|de_repondre|de_votre_reponse|pour_votre_reponse|in_advance|for_nothing
        respect que|i|pour|for|our|the|nos|les|la|du
        avec|sauf|with tout|all ..3 respect
        merci|thanks|cheers|thank_you ..1 pour_rien|for_nothing|but_no|mais_non|de_retirer|de_cesser|d_arreter|de_ne_pas|to_remove
        """,
    ),
    rule(
        SignalKind.SPAM,
        CALM,
        0.0,
        """
        {advert_fr}
        {advert_en}
        lien|link|tap|click|clique*|cliquez ..3 en_bio|in_bio|bio|the_link|ci_dessous|below|ici|here ..3
        promo|code_promo|livraison|shipping|soldes|discount|sale|follow_me|follow_back|followers|crypto|bitcoin|forex|giveaway|casino|onlyfans|gratuit_dm|dm_me|investissement|gagnez|earn ..4 gratuit*|free|today|only|weekend|premiers|now|#|offert*|par_jour|a_day|per_day|bio|lien|link
        free shipping|gift|iphone|followers
        #|70|50 sur|off ..2 toutes|tous|all|everything|les
        """,
    ),
)

# The border is asked for after the first letter: a pattern that begins with a class of letters is searched quicker.
_SHOUTED = re.compile(r"[A-ZÀ-ÖØ-Þ](?<!\w.)[A-ZÀ-ÖØ-Þ'’\-]{2,}(?!\w)")
_ENOUGH_LETTERS = 14
_SHARE = 0.45


def shouting(text: str) -> tuple[int, int] | None:
    """Find capitals that make up much of a text or a run of three words of it; joy in capitals is told by the tone.

    Returns:
        the span from the first to the last capital word, in the text as written, or None.
    """
    words = list(_SHOUTED.finditer(text))
    if len(words) < 2:
        return None
    loud = sum(match.end() - match.start() for match in words)
    letters = sum(map(str.isalpha, text))
    if loud < _ENOUGH_LETTERS and not (text.count("!") > 2 and loud >= 8):
        return None
    return (words[0].start(), words[-1].end()) if loud >= _SHARE * letters or loud >= 30 else None
