"""How it is said: contempt, sarcasm, praise that may mean blame, thanks, advertising, capitals in anger."""

import re

from scoring.assessment import RiskLevel, SignalKind
from scoring.signals._rule import Rule, rule

CALM = RiskLevel.CALM

RULES: tuple[Rule, ...] = (
    rule(
        SignalKind.SARCASM,
        CALM,
        0.7,
        """
        mon|ma|mes|le|un ..1 neveu|niece|fils|fille|gamin|petit_fils|chien|chat|voisin|enfant ..8 mieux|pareil|autant|aussi_bien|meme_chose
        {art}|ca|truc ..4 enfant|gamin|gosse|maternelle|singe ..2 #|mieux|fait|ferait|aurait
        avec|et|paye*|finance* ..2 nos|mes|notre|vos impots|sous|deniers|argent|taxes
        argent public|du_contribuable|des_contribuables
        contribuable*|taxpayer*|tax_payer*|ratepayer*
        c_est_ca|c_est_cela|mais_oui|ben_voyons|ben_tiens|bien_sur_bien_sur|a_d_autres|tu_m_etonnes|on_aura_tout_vu|il_fallait_oser|fallait_oser|quelle_blague|la_bonne_blague|tout_va_bien|de_mieux_en_mieux|on_croit_rever|no_comment|sans_commentaire|je_me_marre|laissez_moi_rire|quel_scoop|n_importe_quoi|du_grand_n|bravo_l_artiste|encore_bravo|chapeau_l_artiste|quel_courage|quelle_audace
        ca|cela fait cher
        cher|cheres le|la|l|pour
        je|on propose|suggere ..2 oeuvre|une|un ..8 :|portefeuille|contribuable|vide
        pauvre|pauvres eleve*|visiteur*|gens|enfants|musee|france|art|artiste
        deja|deja_qu|deja_que qu|que|ils
        nul|nulle|nuls|lamentable|pitoyable|pathetique|ridicule|grotesque|minable|affligeant|consternant|honteux|scandaleux|degueulasse|mediocre|indigne|navrant|pretentieux|fumisterie|imposture|foutage_de_gueule|du_foutage|mascarade|escroquerie_intellectuelle|arnaque|attrape_nigaud*|attrape_touriste*|du_vent|masturbation|branlette|bobo*|jargon|entre_soi|snobisme|gogo*
        honte a|de|sur ..1 vous|eux|ce|cette|musee|direction|toi
        vous devriez|etes avoir_honte|la_honte|tombes_bien_bas
        quel|quelle|une|c_est_une|c_est_un|ce ..1 honte|mepris|scandale|gachis|arrogance|indecence|desastre|catastrophe|deception|farce|nullite
        vous vous foutez|fichez|moquez ..3 nous|monde|gens|gueule|visiteurs
        foutez|fiche|fichez|payez|moquez|prenez ..3 de_notre|de_nous|pour_des|de_qui|du_monde|nos_tetes|notre_tete|notre_gueule
        ne|n|arretez|arrete|cessez ..3 enseigner|mentir|raconter|parler|dire ..3 ce_que|betises|conneries|n_importe_quoi|mensonges
        si|quand on|c n est a? rien rien? a dire
        quelle|joli*|beau|belle|bel ..2 mentalite|exemple|mepris|idee_pour|image_de|lecon|facon_de
        degout*|ecoeur*|revolt*|indign*|consterne*|outre*|choquant*|scandalis*|honteu*
        on|vous|ils ..1 marche|touche|tombe ..2 sur_la_tete|le_fond|bien_bas|tete
        my|a|any ..3 five|six|four|three|5|6|4|3|two|year_old|toddler|kid|nephew|niece|dog|cat|child ..6 better|could_do|could_have|done_that|draw
        our|my|your|public|tax taxes|tax_money|taxpayer*|money ..5 work|pay*|spent|well_spent|wasted|waste|on_this|for_this
        money_well_spent|slow_clap|well_done_you|give_yourselves|pat_on_the_back|oh_lovely|oh_great|oh_good|oh_brilliant|how_brave|how_edgy|how_clever|how_original|how_convenient|sure_jan|yeah_right|give_me_a_break|you_couldn_t_make_it_up|thanks_for_nothing|cheers_for_nothing|nice_try|good_luck_with_that|ten_out_of_ten|bravo_i_suppose|congratulations_on|emperor_s_new|emperors_new|virtue_signal*|woke_nonsense|tone_deaf|pseud*|art_speak|artspeak|self_indulgent|pretentious*|navel_gazing|cash_grab|rip_off|ripoff|clickbait
        shame|shameful|disgrace*|disgust*|appall*|outrag*|despicable|pathetic|ridiculous|laughable|embarrass*|vile|abysmal|atrocious|garbage|rubbish|tripe|drivel|dross|piffle|crap|insulting|offensive|sickening|revolting|repulsive|shambles|farce|joke|monstrosity|eyesore|waste|trash|tosh|codswallop|cobblers
        shame on you|them|whoever|this
        you|they should ..2 be? ashamed
        how dare you|they
        who|what|how on|in earth|hell|the|god_s ..4 thought|approved|signed|is|are|did|possess*
        call|calls|calling|calls_itself ..1 this|that|itself|yourselves|yourself ..2 art|museum|gallery|curating|curator*
        ..1 is_this|is_that ..2 a_joke|art_now|what_we_pay
        maybe|perhaps|try|stay|keep|stick|clean|learn|read|get ..2 out_of_it|your_screen|to_read|a_book|to_spell|a_job|a_dictionary|to_plastic|some_glasses
        let|leave ..2 grown_ups|adults|experts
        bless ..2 heart|him|her|you
        who|nobody|no_one ..1 asked|cares ..2 >
        cheap|nasty|sad|dismal|dreadful ..2 trick|gimmick|stunt|excuse
        """,
        unless="""
        pas|ni|ne|rien|jamais|loin ..2 ridicule|nul|nulle|mediocre|pretentieux|honteux
        not|isn_t|wasn_t|never|nothing|hardly ..3 joke|pretentious|waste|rubbish|crap|shame|disgusting|boring
        what|such a shame i|we
        """,
    ),
    rule(
        SignalKind.IRONY,
        CALM,
        0.3,
        """
        bravo|merci|felicitations|chapeau|super|genial|magnifique|superbe|splendide|formidable|parfait|excellent|belle|quelle ..14 honte|mepris*|incompeten*|nul|nulle|ferme*|panne|attente|heures|rate*|gach*|aucun*|jamais|meme_pas|ni|debout|supprim*|censur*|pour_rien|avec_nos|avec_mes|nos_impots|pauvres|malheureux|terroris*|pollu*|mensonge*|argent|sponsor*|petrole
        quelle belle|bonne|brillante|merveilleuse|riche idee|initiative|lecon|facon|maniere
        sans faute >
        bravo|great|fantastic|brilliant|wonderful|lovely|thanks|thank_you|congratulations|congrats|well_done|marvellous|superb|nice|good_job|great_job|perfect|excellent|charming|delightful ..14 queue*|closed|broken|nothing|nobody|hours|rude|waste|wasted|money|taxes|oil|blood|dead|murder*|polluters|sponsor*|insult*|delet*|ignor*|standing|refus*|stolen|lies|lying|scared_to|ashamed|shame|terrified|suffering
        just what ..3 needed|need|wanted|missing|always
        exactly what ..3 needed|missing
        ten|10|five|5 out_of ..1 ten|10|five|5|for
        full marks|points for
        """,
        unless="""
        but|mais|malgre|despite|worth|valait|vaut ..6 amazing|magnifique|superbe|lovely|great|beautiful|sublime|worth|peine
        pas|not ..1 de_queue|queue*|closed|wasted
        """,
    ),
    rule(
        SignalKind.THANKS,
        CALM,
        -0.9,
        """
        merci|mercis|merciii*|mercii|remerci*|gratitude|bravo|felicitations|chapeau|respect|thanks|thank|thankyou|thx|ty|cheers|grateful|kudos|congratulations|congrats|well_done|hats_off|shout_out|shoutout|hate_d_y|trop_hate|vivement|bon_courage|beau_travail|belle_initiative|great_job|good_job|keep_up|lovely_staff|can_t_wait
        bravo_a|merci_a|merci_pour|un_grand_merci|mille_mercis|coup_de_coeur|coup_de_chapeau
        """,
        unless="""
        non|no merci|thanks|thank
        merci|thanks|cheers|thank_you ..1 pour_rien|for_nothing|but_no|mais_non|de_retirer|de_cesser|d_arreter|de_ne_pas|to_remove
        """,
    ),
    rule(
        SignalKind.SPAM,
        CALM,
        0.0,
        """
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
