"""Subjects before which nobody jokes: grief, minors, law, religion, colonial past, disability, staff, money back, strikes, press."""

from scoring.assessment import RiskLevel, SignalKind
from scoring.signals._rule import Rule, rule

CALM, TENSE = RiskLevel.CALM, RiskLevel.TENSE

RULES: tuple[Rule, ...] = (
    rule(
        SignalKind.GRIEF,
        CALM,
        -0.2,
        """
        {grief_fr}
        {grief_en}
        j|on|nous|ai|avons|a|ont|vient|viens|viennent|venons ..2 perdu|perdre|enterre|enterrer|inhume|veille|accompagne|incinere ..2 {mine_fr}|un ..2 {kin_fr}
        {mine_fr} ..2 {kin_fr} ..7 {gone_fr}
        < papa|maman|mamie|papi|papy|pepe|meme|mamy ..2 est|nous|etait ..2 mort|morte|decede*|quitte*|parti|partie
        < mum|dad|mam|mom|gran|nan|granny|grandad|grandma|grandpa would_have|would_ve|died|passed|loved_this_place
        {mine_fr} ..2 {kin_fr} ..4 est|etait|sont|etaient|soit ..2 {dead_fr}
        {mine_fr} ..2 {kin_fr} ..7 {ill_fr}
        {mine_fr} ..2 {kin_fr} ..5 aurait|auraient|aurais ..4 aime|aimee|adore|voulu|ri|pleure|apprecie|salue|souri|dit|vu|eu|ete|retrouve|fier|fiere
        l|la|le|de|du|apres|depuis|avant ..1 {death_fr} de|d|du ..2 {mine_fr} ..2 {kin_fr}
        depuis|sans|apres|quand ..3 {mine_fr} ..2 {kin_fr} ..5 n_est|plus_la|absence|manque
        il|elle|ils|tu|papa|maman|pere|mere ..1 me|nous|lui|leur ..1 manque|manques|manquent|manquait ..1 tant|tellement|tous|chaque|encore|terriblement|enormement|beaucoup|toujours|>
        sans|depuis lui|elle|eux >
        premier|premiere|premieres ..3 noel|visite|anniversaire|ete|expo|fois|sortie|dimanche ..3 sans ..1 lui|elle|mari|femme|pere|mere|papa|maman
        j|nous|on ..3 etais|suis|ai ..1 veuf|veuve|orphelin|orpheline|en_deuil
        il|elle nous|m ..1 a|ont quitte*
        we|i|she|he|they|just|my|who ..2 lost|losing|buried|bury|burying|cremated|scattered ..1 {mine_en} ..2 {kin_en}|him|her
        {mine_en} ..2 {kin_en} ..5 {gone_en}
        {mine_en} ..2 {kin_en} ..3 is|s|was|are|were|being ..1 {dead_en}
        {mine_en} ..2 {kin_en} ..5 {ill_en}
        {mine_en} ..2 {kin_en} ..4 would|d ..1 have|ve|a ..2 loved|liked|enjoyed|adored|been|cried|laughed|wanted|hated|smiled|recognised|turned
        {mine_en} late {kin_en}
        since|after|before|when|the ..2 {mine_en} ..2 {kin_en} ..1 s? {death_en}
        {death_en} of {mine_en} ..1 {kin_en}
        miss|missing|misses ..1 him|her|them|you|my|our ..2 every|so_much|terribly|dreadfully|still|mum|dad|mam|gran|nan|>
        i|we|still ..2 miss ..1 him|her|them|my ..1 >
        first ..3 christmas|visit|birthday|summer|time|trip|one ..2 without ..1 him|her|dad|mum|mom|them
        without him|her >
        lost|losing ..2 ones|loved_ones|child|baby|parent|parents|someone
        i|we ..2 mourn|grieve|grieving|mourning
        had|have a|my cry
        """,
        unless="""
        parti|partie|partis avant|sans|plus_tot|en_courant|a_la|au|chercher|faire|devant|content*|ravi*|rejoindre
        dead tired|keen|excited|chuffed|happy|proud|bored|serious|right|good
        enterrement|deuil|obseques de premiere|tortue|luxe|goût|vie
        wake|died|dying of|from|laughing ..1 laughter|boredom|laughing|cringe
        mort|morte|morts de rire|faim|trouille|honte|fatigue|ennui|soif
        """,
    ),
    rule(
        SignalKind.MINOR,
        CALM,
        0.0,
        """
        {young_fr}
        {young_en}
        pedo*|paedo*|inceste|molest*|grooming|sexualis*|sexualiz*
        j|ai|jai|g|a|avait|avais|ait|avoir ai? ..1 {age_fr} ans|piges|balais
        de|d|a|age|agee|ages|agees ..1 {age_fr} ans|mois
        on|si|que|sans a {age_fr} >|ans|mon|ma|pis
        en|suis|mes|ma|la|classe|eleve* ..1 de? 6e|5e|4e|3e|6eme|5eme|4eme|3eme|cp|ce1|ce2|cm1|cm2|sixieme|cinquieme|quatrieme|troisieme|seconde|maternelle|primaire|secondaire
        i|im|am|m|is|was|turned|she_s|he_s|aged|age|nearly|almost|only {age_en} year|years|yr|yrs|years_old|yrs_old|yo|year_old|yr_old|and|so|can|>
        {age_en} year|years|yr|yrs|y|month|months old|o|olds
        im|m|am|aged {age_en} >|can|is|and|so|what|do|how
        """,
        unless="""
        mineur|mineurs|mines de fond|charbon|la_mine
        tarif*|gratuit*|payant*|menu|menus|livret*|atelier*|audioguide*|portion*|prix|billet*|price*|tickets|discount|concession* ..2 pour|les|des|for? ..1 {young_fr}|{young_en}
        kids|children|enfant|enfants|child menu|portion|ticket|tickets|price|s_menu|go_free|free
        enfant|enfants de|du coeur|choeur|la_patrie|paris
        """,
    ),
    rule(
        SignalKind.LEGAL,
        CALM,
        0.6,
        """
        {legal_fr}
        {legal_en}
        justice|loi|droit ..2 tranchera|sera_saisie|saisie|porte|interdit|punit
        my|our|the|a|my_own rights ..3 {word}
        droit|droits ..1 a|de|d|sur l|mon|ma|mes|nos ..1 image|oeuvre|photo|photos
        """,
        unless="""
        pas|sans|aucun|no|not|without|won_t|don_t ..1 besoin|need ..2 avocat|lawyer
        avocat|avocats ..2 toast|crevettes|salade|saumon
        """,
    ),
    rule(
        SignalKind.RELIGION,
        CALM,
        0.1,
        """
        {religion_fr}
        {religion_en}
        saint|sainte|saints|ste la|le|les|vierge|pere|mere|esprit|famille|suaire|graal
        """,
        unless="""
        mon|oh|my|nom|omg|bon|grand|juste|swear_to|for_the_love_of|thank|love_of dieu|god|jesus|de_dieu
        dieu|god merci|knows|forbid|sait|awful|damn
        holy|jesus|christ cow|moly|crap|wept|almighty|shit|smoke
        """,
    ),
    rule(
        SignalKind.COLONIAL,
        CALM,
        0.1,
        """
        {colonial_fr}
        {colonial_en}
        {far_fr} ..8 {taken_fr}
        {taken_fr} ..6 {far_fr}
        {far_en} ..8 {taken_en}
        {taken_en} ..6 {far_en}
        rend*|rendre|retour|renvoy* ..4 pays|ancetre*|objets|peuple*|propriet*|villages|village|descendants|masque*|tete*|crane*|restes|communaut*|tribu*
        objets|masques|bronzes|pieces|collection|collections ..6 vole*|voles|pilles|arraches|pris|prises|butin|extorqu* ..6 {word}
        qui|who|whose|which ..4 hands|mains|slaves|paid|labour|labor|sueur|dos ..1 >
        give|send|giving|sending|return|returning|hand ..4 back|home|to ..4 {those}|where|country|people|owners|descendants|them|communit*|tribe|family|nation
        """,
        unless="""
        colonie|colonies|colony ..2 manchot*|fourmis|abeilles|vacances|penguin*|ants|bees
        ant|bee|penguin|seal|nudist colony|colonies
        en|train|vol|bus|avion provenance
        coloni* ..1 de|d|of ..1 vacances|ants|bees|fourmis|abeilles|manchots|penguins
        """,
    ),
    rule(
        SignalKind.DISABILITY,
        CALM,
        0.2,
        """
        {disability_fr}
        {disability_en}
        ascenseur|ascenseurs|elevateur|rampe ..4 panne|condamne|ferme|hs|hors|marche_pas|bloque|casse|inutilisable|encore|toujours
        lift|lifts|elevator|ramp ..5 broken|out|working|closed|fixed|mended|repaired|stuck|order|steep
        on|mes|des|mon roues|fauteuil ..4 acces|passer|entrer|salle|salles|etage|marche|marches|escalier|visite|{word}
        marches|escalier|escaliers ..6 canne|bequille*|fauteuil|genou|hanche|poussette_et|jambe|handicap
        stairs|steps ..6 stick|cane|crutch*|knee|knees|hip|wheelchair|frame
        """,
        unless="""
        fauteuil|fauteuils ..3 louis|empire|velours|cuir|design|voltaire
        blind|sourd|sourde|aveugle|aveugles date|spot|oreille|confiance
        """,
    ),
    rule(
        SignalKind.STAFF_CONDUCT,
        TENSE,
        0.8,
        """
        {worker_fr} ..8 {curt_fr}
        {someone_fr} ..3 {counter_fr} ..8 {curt_fr}
        {curt_fr} ..5 {worker_fr}
        {curt_fr} ..4 a|au|de|du|la|l|le ..1 {counter_fr}
        {counter_fr} ..4 {curt_fr}
        une|un|la|le|votre|cette {someone_fr} ..4 nous|m|me|lui|a|leur ..3 mal_parle|parle_mal|parle_comme|crie|hurle|engueule|insulte|rembarre|pousse|bouscule|tutoye|ri_au_nez
        on|qui|ils|il|elle|a ..1 nous|m|me|lui|leur|l ..1 a|ont ..1 parle|traite|recu|accueilli|envoye|reçus|traites|recus|accueillis|gueule|engueule|crie comme|balader|paitre|promener|bouler|mal|dessus
        recu*|accueilli*|traite*|parle|parlait|engueule* ..4 comme ..2 {roughly_fr}
        mal|tres_mal|si_mal recu*|accueilli*|traite*|renseigne*|parle|place*
        {worker_en} ..7 {curt_en}
        {someone_en} on|at|in|by|behind|from ..2 {counter_en} ..8 {curt_en}
        {curt_en} ..4 {worker_en}
        {curt_en} ..4 on|at|by|from|behind ..2 {counter_en}
        {counter_en} ..3 {curt_en}
        treated|spoke|spoken|talked|made_to_feel|addressed ..4 like|as|as_if ..3 {roughly_en}
        being|been|were|was|got ..1 shouted_at|yelled_at|barked_at|told_off|sneered_at|laughed_at|followed_round|followed_around|searched|patronised|ignored ..4 by|at|in ..3 {worker_en}|{counter_en}
        {worker_fr} ..3 trop|tres|un_peu tactile*
        """,
        unless="""
        pas|sans|aucune d? insult*|agressi*
        pas|jamais|aucunement|ni|plutot_pas desagreable*|agressi*|impoli*|malpoli*|arrogant*|condescendan*|hautain*
        not|never|wasn_t|weren_t|isn_t|aren_t|without ..2 rude|pushy|condescending|patronising|snooty|unhelpful|being
        {worker_fr}|{worker_en} ..3 adorable*|charmant*|formidable*|super|genial*|lovely|wonderful|brilliant|fantastic|patient*|passionn*
        """,
    ),
    rule(
        SignalKind.REFUND,
        CALM,
        0.9,
        """
        {refund_fr}
        {refund_en}
        {back_fr} ..3 mes|nos|mon|les|notre|le|la|# ..2 {money_fr}
        {money_fr} ..4 {back_fr}
        getting|get|want|have|like|claim|where|give|see ..3 {money_en}|# ..3 {back_en}
        like|want|give|get|have|need ..2 my|our|me ..3 back >|please|now|asap|then|or|and
        claim|claiming|recover|reclaim back? # ..1 >|pounds|quid|each|for|on|please
        who|how|where|when ..6 # ..1 quid|pounds|euros? {back_en}|refunded
        """,
        unless="""
        give|return|hand the money back
        """,
    ),
    rule(
        SignalKind.STAFF_CONDUCT,
        CALM,
        0.4,
        """
        {worker_fr}|{boss_fr} ..8 {dismissal_fr}
        {dismissal_fr} ..6 {worker_fr}
        {worker_en}|curator*|director* ..8 {dismissal_en}
        {dismissal_en} ..6 {worker_en}|curator*
        """,
    ),
    rule(
        SignalKind.STRIKE,
        CALM,
        0.5,
        """
        {strike_fr}
        {strike_en}
        {worker_fr} ..8 {sacked_fr}
        {sacked_fr} ..5 {worker_fr}
        {worker_en} ..8 {sacked_en}
        {sacked_en} ..5 {worker_en}
        {worker_fr}|{boss_fr} ..8 {dismissal_fr}
        {dismissal_fr} ..6 {worker_fr}
        {worker_en}|curator*|director* ..8 {dismissal_en}
        {dismissal_en} ..6 {worker_en}|curator*
        the|on|your|our|of strike|strikers|walkout >
        strike|strikes ..3 {worker_en}|monday|tuesday|wednesday|thursday|friday|saturday|sunday|weekend|today|tomorrow|over|continues
        mal|sous|si_peu pay*|payes
        paye*|pay|pays|paid ..2 vos|your|properly|decemment|correctement|fairly ..2 {worker_fr}|{worker_en}
        """,
        unless="""
        strike|strikes|striking ..2 me|us|balance|how|image*|chord|a_pose|pose|colour*|portrait*
        european|soviet|student|credit union
        """,
    ),
    rule(
        SignalKind.PRESS,
        CALM,
        0.3,
        """
        {press_fr}
        {press_en}
        je|nous|on prepare|preparons|ecris|realise|tourne|publie|boucle ..2 un|une|mon|notre|sur ..1 article|papier|sujet|reportage|enquete|documentaire|edition|dossier|chronique
        i|we|am|m|re ..1 writing|preparing|filing|covering|reporting|making|producing ..3 article|piece|story|feature|column|report|documentary|programme|segment|review|this_up
        pour|a|de|chez le|la|l|radio|france journal|quotidien|hebdo|magazine|gazette|tribune|matinale|depeche|monde|echo|telegramme
        """,
        unless="""
        lu|read|dans|in|seen|vu|selon|bonne|mauvaise ..2 la|le|the|your|my? presse|press|newspaper
        presse de|a|pour|d
        """,
    ),
)
