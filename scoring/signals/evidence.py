"""Dangers that no single phrase gives away: clues by group, and which groups together mean danger."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from scoring.assessment import RiskLevel, SignalKind
from scoring.signals._rule import Rule, clue, is_end

KNOWS, VEILED, HARM, WHEN, TARGET = "knows", "veiled", "harm", "when", "target"
TOGETHER, DISRUPT = "together", "disrupt"
PERSON, ADDRESS, ROUTINE = "person", "address", "routine"
ENDING, WORTHLESS, FAREWELL = "ending", "worthless", "farewell"
OTHERS, EXCLUDE = "others", "exclude"
HAZARD, VICTIM, URGENT, MISSING = "hazard", "victim", "urgent", "missing"

RULES: tuple[Rule, ...] = (
    clue(
        KNOWS,
        """
        finish|finishes|finit|finissent|sort|sortent|leaves|leave ..1 late|tard|seul*|alone|la_derniere|le_dernier|last
        very|so|poor|bad|no|mal|pas|peu ..1 lighting|lights|eclaire*|lumiere ..3 {word}|>
        parking|car_park|street|rue|alley|ruelle|sentier|towpath ..5 mal_eclaire*|sombre|poor|dark|unlit|desert*|empty
        gens|amis|copains|certains|plusieurs|quelques_uns|beaucoup ..5 savent|connaissent|habitent|prennent|passent|travaillent ..3 {word}
        certains|plusieurs|quelques_uns d entre nous
        people|friends|some|many|lots|plenty|few ..3 of_us|who_know|know_where|know_who|live_near|nearby|local
        i|we know which|whose|her|his|your ..4 gate|school|street|car|bus|train|door|shift|flat|pub|gym
        dans|in|into mon|le|un|the|my|a dossier|fichier|carnet|file|list|notebook
        liste|list of|des|de names|noms|addresses|adresses
        on|je vous|te|l|les|le a|ai ..1 a_l_oeil|dans_le_viseur|reperes|repere|identifie*|fiche*
        we_re|i_m|we_are|people_are watching|keeping ..1 you|him|her|them|track|an_eye|tabs
        screenshot*|capture* ..4 {word} employeur|employer|boss|patron|family|famille
        je|on|nous sais|sait|savons ..2 que|qui|ou|quand|comment|a_quelle ..1 vous|tu|il|elle|ils|etes|es
        je|on|j|nous ..2 connais|connait|connaissons|repere*|reconnu*|suivi*|croise* ..2 votre|ton|ta|vos|leur|sa|vous|t|l ..1 visage|tete|nom|noms|voiture|bureau|magasin|quartier|chemin
        j|on|ai|a|avons vu|note|photographie|filme|garde ..2 votre|ton|ta|vos|sa|son|leur visage|tete|nom|noms|plaque|adresse|profil
        facile*|simple a trouver|reconnaitre|reperer|retrouver|suivre
        pas|tout pres|loin|cote|proche de chez|ton|votre|son ..1 vous|toi|lui|elle|bureau|travail|appartement
        i|we know|knows|found|worked_out ..1 who|where|which|what_time|exactly ..2 you|he|she|they|your|his|her
        i|we|ve|have|ive|i_ve ..2 seen|got|saved|remember|know ..1 your|his|her|their face|faces|name|names|profile|address|car|photo
        easy|simple|not_hard|isn_t_hard to find|spot|recognise|follow
        i|we live|work|park ..2 near|round|opposite|behind|next ..2 you|him|her|corner|your
        i|we|ve counted|compte|compté ..3 guard*|agent*|camera*|gardien*|vigile*|cameras
        serrure*|lock|alarme|alarm|camera*|cctv|window ..4 ferme_pas|ferme_plus|broken|doesn_t_work|doesn_t_close|marche_pas|marche_plus|off|blind_spot|never_locked|coupee|hors_service
        """,
    ),
    clue(
        VEILED,
        """
        think|thinks|reflechi* ..2 carefully|twice|very_hard|bien|a_deux_fois|deux_fois
        remember|souviens|souvenez ..2 who|qui|this|ceci|de_ca|that_we|qu_on
        ne repondrai|reponds|repondrais plus? pas|plus|de
        apprendra|apprendrez|apprendras|will_learn|ll_learn|learns la|le|the|what|ce ..4 {word}
        ferait|ferais|feriez|feraient bien|mieux de|d
        un|une de ces soirs|jours|nuits|matins|quatre
        one of these days|nights|mornings|evenings
        would|d|might do well|be_wise|be_well_advised to
        dites|dis|tell|passez|transmettez ..2 votre|ton|au|a|la|le|your|the|him|her|message {staff}|{artist}|que|from|that|de
        continuez|continue|keep|go_on|carry_on ..2 posting|talking|writing|laughing|comme_ca|a_publier|a_parler|a_salir|a_rire|a_supprimer|like_that|like_this|deleting
        je ne? ..1 souhaite|veux|voudrais|menace ..3 mal|personne|malheur|pas
        i|we don_t|wouldn_t|not ..2 wish|want|threaten* ..4 harm|anyone|any|threat
        finira|finir|terminera|end|ends ..2 comme|like|up_like ..4 {word}
        faites|faire|do ..2 en|ce|what ..3 voulez|voudrez|bon_vous_semble|like|want|will
        just saying|mentioning|asking|wondering
        je dis|disais ca ..3 rien|>
        simple|petite|juste_une remarque|observation|question_de_securite
        derniere|ultime|premiere sommation|avertissement|chance|fois
        moins|less patient*|polite*|polis|gentil*|kind|forgiving|calm* que|than
        esper*|hope ..2 {word}|que ..3 apprenne*|teach*|learn*|show*|montre*|feel*|find* ..6 peur|fear|like|means|lesson|respect|hard_way|feels
        on|we va|allons|ll|will ..1 s_occuper|s_en_occuper|take_care|deal|handle|see_to ..2 de|of|with|to
        on|nous|quelqu_un|someone|we ..1 viendra|viendront|viendrons|passera|will_come|ll_come|come ..5 {word}
        a|at votre|sa|leur|your place|expense ..3 pas_seulement|not_just|not_only
        pas|not seulement|just|only le|la|the|your|votre ..2 {art}
        nor will|would ..3 {word}
        si|so|tellement vite|quickly|easily parti*|arrive*|casse*|done|broken|gone|lost
        rentrer|rentre|marcher|walk|walking|go|going ..2 seul*|alone ..3 {word}
        sleep|sleeping|dormir|dormez ..3 one_eye|one_ear|un_oeil|d_un_oeil|sur_ses|easy|easily|tranquille
        pay|paying|rendre ..6 a_visit|visite
        what|ce real|que|the ..3 fear|peur|pain|douleur
        serait|serais|ca_serait|quel dommage|domage|malheureux|bete|triste que|qu|si|s
        conseil|avis d|en ami|toute_amitie
        un|petit|simple|dernier conseil >
        a bon entendeur|entendeuse|entendeurs
        ne|n ..2 pourrai*|pourrais|peux|reponds|repondrai* ..2 repondre|responsable*|plus ..2 de ..2 ce|qui|rien|mes|nos
        dans|en cas|le_cas contraire
        sans quoi|cela
        faute de|d quoi
        sinon|autrement ..4 je|on|nous|vous|ca|c|il
        d_ici|avant|jusqu_a|vous_avez_jusqu ..2 {day}|vendredi|demain|# ..8 ou|sinon|pour|nous|on|je
        tant que vous|tu|qu ..1 pouvez|peux|est_temps
        riez|ris|rigolez|rigole|profitez|profite|souriez|savourez|amusez ..3 tant|pendant|bien|tant_que|encore
        vous|tu|on|ils verrez|verras|verra|verront|va_voir|allez_voir|vas_voir ..4 >
        on|nous|je n oublie*|oubliera*|oublierai*|oublions
        on|nous|je en_reparlera|en_recausera|va_s_expliquer|va_regler_ca|reglera_ca|regle_ca|reglerons_ca|va_regler_cela|s_expliquera|s_en_chargera|m_en_charge|m_en_occupe|s_en_occupe
        lui|leur|vous|t|te|m ..2 explique*|apprenne*|rappelle*|remette*|fasse_comprendre|fera_comprendre|montrer* ..4 histoire|vie|politesse|respect|place|idees|comment|ce_que
        remettre|remis|mettre ..2 les_idees_en_place|au_pas|a_sa_place|d_aplomb|du_plomb
        votre|ton|leur tour|heure|jour viendra|arrive|approche|sonn*
        finira|finit|finir ..2 par ..2 tomber|arriver|payer|craquer|se_faire
        fragile|fragiles ..6 nuit|soir|vite|feu|>
        vite|si_vite|tellement_vite arrive|casse*|brule*|perdu
        c_est|est fragile
        je vous|te prie ..2 d|de annul*|retir*|renonc*
        would|d|such|real|be ..2 shame|pity|tragedy if|for|were|to|that
        friendly|courteous|gentle|polite|neighbourly|neighborly|little|quick|kind|modest ..1 word|advice|warning|suggestion|reminder|tip
        word of|to ..1 advice|warning|wise
        purely|just|only|merely ..1 a? ..1 friendly|concerned|word|saying|observation
        or else
        otherwise|unless ..6 you|we|i|it|there|someone|i_ll
        by|before|until|til|till {day}|friday|midnight|end_of ..8 or|otherwise|and|no_one|nobody|we
        can|cannot|can_t|could|couldn_t|won_t|not ..2 be ..1 held|responsible|answerable ..3 for|what
        can|can_t|cannot|couldn_t answer|vouch|speak for what
        while|whilst|as_long_as|before you|he|she|they|it can|still|still_can|s_too_late
        laugh|enjoy|smile|gloat|party ..2 while|now|it
        you|they|he ll|will|are_going_to|re_going_to see|find_out|learn|understand soon|one_day|when|what|how
        we|i ll|will|shall|won_t|never|don_t settle|sort|finish|remember|forget|forgive|discuss ..2 this|it|that|you|your|what|faces|in_person
        your|his|her|their turn|time|day ..1 will|is|ll come*|coming|near
        rather|prefer ..2 avoid|not|if_it_didn_t
        need|needs|needn_t|wouldn_t_have_to|would_have_to ..2 be|get ..2 put_in|broken|hurt|harmed|damaged|involved
        someone|somebody|anyone ought|should|could|might|will|needs ..3 {word}
        until|till he|she|they|you ..2 understand*|learn*|get*|see*|listen*|stop*|apolog*
        thank|greet|visit|congratulate|talk_to|reason_with ..2 in_person|personally|at_home|face_to_face
        """,
    ),
    clue(
        HARM,
        """
        caillou*|projectile*|boulon*|parpaing*|jerrican*|bidon|fumigene*|petard*|mortier*
        stone*|rock|rocks|pebble*|wiring|can_of_petrol|matchbox|firework*|catapult
        peur|effroi|terreur|regret*|souffrir|saigner|fear|scared|bleed|suffer|pain|regret
        break*|brise*|broke|casse*|casser|tordre|twist|snap|smash* ..2 fingers|doigts|arms|bras|legs|jambes|windows|vitres|noses|nez|necks|bones|os
        animal|lapin|proie|rabbit|prey|dog|chien|pig|porc ..3 {artist}
        vitrine*|vitre*|fenetre*|carreaux|pneus|pneu|freins|pare_brise|boite_aux_lettres|devanture|facade|portail|portiere*
        genoux|rotule*|dents|machoire|gorge|cotes|crane|nez_casse|jambes|doigts|bras_casse*|mains_coupees
        brique*|pave|paves|pierre|pierres|essence|allumette*|incendie|feu|flamme*|marteau|couteau|cutter|batte|acide|hache
        hopital|hosto|urgences|ambulance|cercueil|cimetiere|morgue|fauteuil_roulant|platre|accident|escaliers
        taper|frapper|cogner|corriger|correction|raclee|lecon|bousculer|pousser ..1 {word}
        windows|window|windscreen|tyres|tires|brakes|letterbox|paintwork|shopfront
        knee|knees|kneecap*|teeth|jaw|throat|ribs|skull|nose|legs|fingers|neck|head_under|hold_his_head|hold_her_head|underwater
        brick|bricks|petrol|matches|fire|flame*|hammer|knife|bat|acid|axe|burn*|burnt
        hospital|a_and_e|ambulance|coffin|cemetery|morgue|plaster|accident|hurt|harm|bruise*|limp
        push*|shove*|drown*|trip*|fall|fell|hold ..2 him|her|you|stairs|under|over|down
        """,
    ),
    clue(
        WHEN,
        """
        {day}|nuit|soirs|matins|demain_soir|vernissage|gala|inauguration|sortie|parking|vestiaire|quai|ruelle|chemin|route|dehors|retour
        night|tonight|gala|opening|outside|cloakroom|car_park|alley|towpath|jetty|home|platform|bus_stop|closing
        # h|heures|pm|am|o_clock
        dawn|dusk|aube|fermeture|bientot|soon|later|prochaine|next
        """,
    ),
    clue(
        TARGET,
        """
        vous|tu|toi|votre|vos|ton|ta|tes|lui|elle|ceux|{staff}|{artist}|monsieur|madame
        you|your|him|her|his|them|those|anyone_who|whoever|{staff}|{artist}
        """,
    ),
    clue(
        TOGETHER,
        """
        tous|toutes|all|everyone|everybody ..2 rdv|rendez_vous|au|a_la|devant|dans|a|at|on|in|to ..2 {word}
        on|nous se donne|retrouve|rassemble|poste|met|couvre|chante|crie|tape|fait|assoit|couche|allonge
        we|who_s|whos|lets|let_s sit|lie|stand|block|chain|chant|drum|march|meet|don_t_move|in_for|refuse|all_go
        chaine|human|sit chain|humaine|in
        qui vient|est_partant*|est_chaud*|nous_rejoint
        who_s|whos|anyone|who_is in|up|coming|free|game|with_me for|on
        on|nous vient|sera|serons|viendra|viendrons|debarque|arrive|entre|rentre|monte|va|y_va|se_pointe|se_retrouve|se_rejoint|se_met|s_assoit|prend|investit|est_deja
        venez|rejoignez|soyons|retrouvons|rassemblons|amenez|ramenez|apportez|tous_ensemble|qui_vient|qui_est_chaud|je_cherche_du_monde|passez_le_mot|en_mp
        vient|venons|viendra|serons|sera|entre|entrera|debarque|arrive ..1 a trente|vingt|cinquante|quarante|cent|cents|deux_cents|dix|quinze|douze|plusieurs|#
        we|we_re|we_ll|everyone|all_of_us|lads|ladies|team|crew ..1 go|going|meet|meeting|gather|turn_up|show_up|walk|march|sit|enter|arrive|coming|come|stand|take|are_already|will_be|ll_be
        bring|come|meet|join|gather|assemble|turn_up|show_up|wear|dm_me|who_s_in|count_me_in|see_you|be_there|pass_it_on
        """,
    ),
    clue(
        DISRUPT,
        """
        couvr* ..2 sa|la|leur|his|her|voix|voice|discours
        tambour*|drum|drums|corne*|trompette*|vuvuzela*|sirene*|siren*|cloche*
        chaine humaine
        bike_lock*|antivol*|padlock*|cadenas|super_glue|colle_forte
        don_t|won_t|bouge*|move|bougera* ..2 move|pas|plus|until|till|tant|avant
        pas|aucun|not|no un|a|one|single? visiteur|visiteurs|visitor|visitors|client*|guest|personne ..4 passe*|entre*|rentre*|gets|get|goes|past|in|inside|>
        nobody|no_one|personne ..1 gets|get|goes|go|comes|come|leaves|enters|entre*|sort*|passe*
        cancel|cancels|annule*|annulent|ferme*|close|closes|shut ..1 >
        {disturb}
        plus fort|haut qu
        jusqu|jusqu_a a? ce|qu ..4 parte*|plie*|ferme*|arrete*|cede*|taise*|annule*|abandonne*|bagage
        parler|crier|chanter|taper|hurler ..2 plus|pendant|dessus|par_dessus|sur
        coup*|interromp*|sabot*|boycott*|chahut*|tache*|salir|badigeonn*|recouvr*|renvers*|coller|attacher|enchainer|allong*|bouch*|noyer ..6 {word}
        pas une|un visite|visiteur|discours|invite*
        stain*|paint|ink|dye|glue|eggs|flour|slurry|manure|scatter|leaflets_everywhere|red_stairs|ketchup|soup|fake_blood|smoke
        until|till she|he|they|it ..3 give*|leave*|stop*|close*|can_t|shut*|pack*
        shout|drown|talk|sing|scream|chant|boo|heckle ..3 over|down|out|her|him|them|louder
        interrupt*|sabotage|spoil|ruin|wreck|derail|hijack|invade|swarm|surround|sneak|slip|walk ..2 in|it|the|past|with
        no|not one|a|single guest*|visitor*|speech
        lie_down|lie_in|die_in|sit_in|block*|refuse_to_leave|won_t_leave|go_limp
        """,
    ),
    clue(
        PERSON,
        """
        girl|boy|fille|garcon|gars|lad|bloke|dame|lady|woman|man|homme|femme ..3 desk|accueil|caisse|guichet|door|vestiaire|salle|till|shop|boutique|room|bar
        his|her|son|sa|le|real|vrai name|nom|prenom is|est|c_est|s
        celui|celle|whoever|the_one|the_person qui|who ..4 ecrit|wrote|signed|signe|run*|gere|choisi|chose|decided|hung|approved
        il|elle|lui|dame|monsieur|madame|type|mec|bonhomme|{staff}|{artist}|s_appelle|son_nom|ce_pseudo
        he|she|him|her|guy|woman|bloke|man|lady|{staff}|{artist}|name_is|called|s_called|real_name
        """,
    ),
    clue(
        ADDRESS,
        """
        number|numero|no|n # ..2 the|rue|on|in|de|la|le|des|place
        at|au|a number|numero #
        habite|habitent|loge|lives|live|living|stays|reside*
        immeuble|maison|appart*|flat|house|building|cottage ..2 rose|bleu*|vert*|rouge|blanc*|blue|red|green|white|pink|yellow|a_cote|volets|with_the ..3 rue|place|street|square|door|>
        sonnez|sonner|ring|knock ..3 chez|donc|bell|door|her|his
        compte|profil|page|account|profile|insta|facebook|linkedin perso|personnel*|private|personal ..3 de|of|du
        drive*|roule*|gare*|parks ..3 skoda|clio|golf|mini|ford|bmw|audi|volvo|fiat|peugeot|renault|citroen|toyota|tesla|kia|honda|voiture|car|van|bike|scooter
        blue|red|green|white|black|silver|grey skoda|clio|golf|mini|ford|bmw|audi|volvo|fiat|peugeot|renault|citroen|toyota|tesla|kia|honda|estate|van
        # bis|ter|b? rue|avenue|boulevard|place|chemin|impasse|allee|quai|route|cours|square|ruelle
        habite*|loge|vit|creche|domicilie* ..4 rue|au|maison|immeuble|village|quartier|cote|residence|derriere|dessus|lotissement
        # ..3 street|road|lane|avenue|court|close|drive|crescent|terrace|gardens|place|way|mews|square|grove|hill|row
        lives|living|flat|house|cottage|bungalow ..4 on|in|at|with_the|above|next|opposite|behind|near ..3 {word}
        tient|tenez|tiens|possede ..3 boutique|mercerie|librairie|cafe|bar|magasin|commerce|pharmacie|galerie|boulangerie|salon|cabinet|atelier ..3 rue|place|de|avenue|a
        travaille*|bosse*|enseigne*|employe* ..3 a|au|chez|pour|dans ..5 rue|ecole|lycee|hopital|mairie|banque|magasin|garage|usine|cabinet|{word}
        works|teaches|manager|runs|owns ..4 at|in|on ..4 street|lane|road|school|shop|garage|bank|hospital|surgery|college|tyres|pub|cafe|salon
        """,
    ),
    clue(
        ROUTINE,
        """
        prend|prends|take*|catch*|attrape le|la|the|son|his|her ..2 tram|bus|metro|train|rer|ligne|tube|number|# ..5 #|soir*|matin*|every|arret|home|vers|>
        tram|bus|metro|ligne|train|line ..2 #|de|vers ..2 #
        finit|termine|sort|debauche|commence|finishes|leaves|starts|clocks ..2 a|vers|at|around #|midi|noon|six|five|seven|eight|nine
        school|college|ecole|lycee|creche|fac|gate|gym|church|yoga|marche ..2 gate|tuesdays|mondays|wednesdays|thursdays|fridays|saturdays|sundays|mornings|le_{word}|tous|every|le
        tuesdays|mondays|wednesdays|thursdays|fridays and|to tuesdays|thursdays|wednesdays|fridays
        tous|toutes les soirs|matins|jours|midis|lundis|mardis|mercredis|jeudis|vendredis|samedis|dimanches|semaines
        chaque soir|matin|jour|midi|{day}
        rentre|rentrer|part|sort|passe|promene|court|finit|quitte ..3 a_pied|seul|seule|par_le|par_la|vers|vers_#|tous|chaque|toujours|son_chien
        every day|night|morning|evening|dawn|weekend|{day}
        each morning|night|evening|day
        walks|jogs|runs|cycles|drives|gets|leaves|finishes|parks|drinks|posts ..4 home|alone|same|always|at_#|every|by_himself|by_herself|early|late
        same jetty|pub|cafe|bench|train|bus|route|time|spot|bar|gym
        up early|late
        back_door*|bins_go_out|alone_in|on_her_own|on_his_own|toute_seule|tout_seul
        """,
    ),
    clue(
        ENDING,
        """
        derniere|last|belle_derniere sortie|promenade|balade|outing|afternoon|walk|trip ..2 >
        stopped|no_longer|cesse|arrete ..2 seeing|see|feeling|de_voir|voir ..2 a|any|une|aucune|la|the ..1 reason|point|raison|interet|use
        by|before|d_ici|avant the|la|le|this? ..1 end_of|fin_de|week_s_out ..2 week|semaine|month|mois ..3 >
        ne|not|never ..2 plus|want|wake ..2 me_reveiller|to_wake|up_again
        n|ne ai|reste|y_a ..1 plus ..3 nulle_part|aller|attendre|prevu
        pour|a|until|till la|the fin|end
        plus|no|nothing|rien rien|plans|de|else ..2 prevu|planned|a_attendre|to_do|left|after
        ni demain|jamais ni|ou jamais|demain
        after tonight|today|tomorrow|this|that ..6 >
        une|one derniere|last fois|exposition|expo|exhibition|time|look|walk|visit
        then|apres|et|and i_m|je|c_est|i|im done|finished|fini|termine|m_en_vais|pars|gone|out
        need|besoin|aurai|ll ..3 anything|warm|it|coat|rien|tickets|them ..2 after|apres|where|la_ou|tomorrow|anymore|any_more
        je|i ne|won_t|wont|not ..2 serai|sera|be|reviendrai|see ..2 plus|la|here|back|around|spring|christmas|noel|next
        plus|pas tres|pour|bien? longtemps
        derniere|dernier chose|fois|visite|image|soiree|expo|message|automne|hiver|printemps|ete
        ne|n ..2 verrai|serai|aurai ..1 plus|pas ..3 >
        avant|apres de? partir|que_je_parte|que_tout_s_arrete|la_fin|moi
        last|final thing|time|night|look|show|visit|message|day
        not|won_t|wont|isn_t|don_t ..3 much|any|be_here|be_around|see ..2 longer|more|next|left|time
        before i ..1 go|leave|m_gone|am_gone
        """,
    ),
    clue(
        WORTHLESS,
        """
        no|any|aucune|pas ..1 reason|raison|point ..3 to_be|around|here|vivre|rester|rentrer|continuer|stay
        everyone|everybody|tout_le_monde|ils|they ..3 better|mieux|simple*|easier ..2 without_me|sans_moi|once_i|quand_je
        personne|nobody|no_one ne|n|would|will|d|s ..3 notice|remarqu*|apercev*|manqu*|cherch*|miss_me|attend
        fatigue*|tired|epuise*|exhausted ..6 reveiller|wake|lever|get_up|semblant|pretending
        sers|sert|servir|suis|vaux|vaut ..2 a? rien|un_poids|une_charge|de_trop|inutile|plus_rien
        fatigue*|epuise*|lasse*|marre de|d ..2 tout|vivre|etre|lutter|me_battre|faire_semblant|la_vie
        plus|aucun|rien|pas ..3 sens|gout|envie|espoir|force|la_force
        vide|seul|seule|tourne_en_rond|invisible ..5 depuis|mois|semaines|annees|toujours|tout
        i|i_m|im|am|feel|felt|being ..3 a? burden|useless|worthless|nothing|invisible|empty|numb|hopeless|broken|alone|in_the_way|no_use
        nothing|not_much|isn_t_much|no_one|nobody|little ..3 left|for_me|i_m_for|im_for|to_live|needs_me|i_m_good_for|would_notice|waiting_for_me|anymore|any_more
        tired|sick of|with living|everything|being|it_all|all_of_it|fighting|pretending|life|trying
        can_t|cant|cannot|couldn_t ..2 sleep|cope|see_a_way|go_on|feel_anything|face ..4 >
        """,
    ),
    clue(
        FAREWELL,
        """
        giving|given|gave|donne|distribu*|confie|vendu ..3 things|belongings|clothes|books|tools|affaires|livres|outils|costumes|vetements
        donne|confie|laisse|left|took|given ..2 le|la|mon|ma|the|my chat|chien|chats|cat|dog|canari|poules
        comptes|loyer|factures|bills|accounts|rent|debts|dettes ..3 faits|soldes|regle*|paye*|paid|settled|closed|a_jour
        j_ai|i|i_ve|ai ..1 fait|settled|regle*|paid|closed ..1 mes|my comptes|accounts|debts|dettes|affaires|bills
        mes|my papiers|papers|clefs|cles|keys ..2 sont|are ..3 table|enveloppe|envelope|drawer|tiroir|dessus
        dire|dit|say|saying|said|venu|venue|come|came ..2 au_revoir|adieu|goodbye*|farewell
        prenez|prends|take|look soin|care|after ..1 de_vous|of_yourselves|of_each|of_yourself|each_other|de_toi|les_uns
        cat|dog|chat|chien|plants|plantes|keys|cles|letters|lettres|affairs|papers ..2 rehomed|given|donne*|confie*|written|ecrites|left|sorted|rendues|done|cancelled|place*
        cancelled|annule|donne|given|sold|vendu|rehomed ..2 everything|tout|all|my|mes
        pardon|sorry|merci|thanks ..2 a_tous|everyone|pour_tout|for_everything|to_everyone ..2 >
        mes|mis|mettre|ranger|regle*|donne* ..3 affaires|papiers|choses ..2 en_ordre|ordre|a_tout_le_monde|>
        donne*|confie* ..2 mon|ma|mes chat|chien|livres|affaires|plantes
        adieu|adieux|pardonnez_moi|pardon_a_tous|ma_lettre|lettre_d_adieu|je_vous_laisse|dire_au_revoir
        autant voir|profiter|finir|partir
        quelque|un peu|chose|endroit? de? beau ..2 avant
        putting|put|getting|got|setting ..3 things|affairs|papers|house|everything in order
        gave|giving|given|give ..1 away my|all
        goodbye|farewell|say_sorry_to|forgive_me|my_note|last_words|said_my_goodbyes|written_letters|letters_to
        nice|beautiful|good|lovely|kind ..1 last|thing_to|way_to ..3 thing|look|see|leave|end|go
        """,
    ),
    clue(
        HAZARD,
        """
        chunk|piece|lump|bit|morceau*|bout|pan|plaque|dalle ..2 of|de|du ..1 plaster|ceiling|stone|glass|masonry|stucco|platre|plafond|verre|pierre|corniche|facade
        plaster|platre|ceiling|plafond|light|projecteur|panneau|panel|tile*|tuile*|lustre|chandelier|shelf|etagere|cadre|frame|beam|poutre ..6 come_down|came_down|fell|fallen|tomb*|vient_de|s_est|just_missed|ecroul*|effondr*|lach*|crash*
        fume|fumee|smoke|feu|fire|flamme*|sent_le ..5 salle|room|deuxieme|etage|floor|escalier|stair*|upstairs|projector|cuisine|local|basement|brule|burning
        film*|photograph*|suit|suivait|touch*|follow* ..3 enfants|children|kids|petites|fillettes|girls|little ..4 toilet*|wc|vestiaire*|changing|douche*|loo|seul*|alone
        couteau|cutter|knife|arme|blade|machete|pistolet|gun ..5 sort*|a_la_main|sac|dans|in_his|in_her|bag|waving|pulled|holding|brandi*
        masse|foule|crowd|crush|bousculade|panique ..5 escalier|stair*|exit|sortie|door*|porte*|etouff*|breathe|ecras*
        agress*|attacked|frapp*|bagarre|fight|punched|battent ..5 hall|room|salle|entree|entrance|file|queue|now|maintenant|devant
        deviss*|descell*|desserr*|mal_fixe*|pas_fixe*|instable*|bancal*|vermoulu*|fissur*|denud*|fils_a_nu|court_circuit|etincelle*|bouteille_de_gaz|verre_casse|bris_de_verre|eclats_de_verre|clou_qui|clous_qui|coupant*|brulant*|verglas|trou_dans|sans_rambarde|sans_garde_corps|sans_surveillance|grande_ouverte|vitrine_ouverte|s_est_ouvert*|s_est_detach*|se_detache*|se_decroche*|va_tomber|vient_de_tomber|amiante|moisissure*|rats|guepes|seringue*|allerg*
        unscrewed|unbolted|not_bolted|not_fixed|loose|wobbly|wobbling|unstable|rotten|cracked|bare_wire*|live_wire*|short_circuit|sparks|sparking|gas_bottle|broken_glass|shards|nails_sticking|sharp_edge*|razor_sharp|red_hot|hot_iron|slippery|icy|hole_in|no_railing|unattended|unguarded|case_is_open|come_undone|came_undone|come_loose|came_loose|come_off|hanging_off|about_to_fall|just_fell|gave_way|bulging|asbestos|mould|wasps|needle*|syringe*|allerg*|nuts_in|electric_shock
        """,
    ),
    clue(
        VICTIM,
        """
        enfant*|gosse*|gamin*|petit_garcon|petite_fille|fillette*|bebe*|tout_petits|poussette*|eleve*|dame_agee|vieille_dame|monsieur_age|personnes_agees|fauteuil_roulant|visiteur*|quelqu_un|mon_fils|ma_fille|ma_mere|mon_pere|les_gens
        child*|kid|kids|toddler*|little_boy|little_girl|baby|babies|pushchair*|pram*|buggy|pupils|old_lady|elderly|old_man|pensioner*|wheelchair*|visitor*|someone|somebody|people|my_son|my_daughter|my_mum|my_mother|my_dad
        """,
    ),
    clue(
        URGENT,
        """
        faites|do|please quelque_chose|something|hurry|viteee|depechez
        personnel|staff|agents|agent|guards|gardiens|nobody|personne ..3 nowhere|absent*|introuvable*|normal|fait_rien|doing_nothing|shrugged|refuse*|rien
        vient|has|have|just de|just|now ..1 tomber|fallen|come|collapsed|ceder|lacher
        urgent*|urgence|vite|tout_de_suite|maintenant|immediatement|en_ce_moment|a_l_instant|vient_de|alerte|au_secours|a_l_aide|prevenez|prevenir|qui_on_previent|envoyez|appelez|il_faut_intervenir|avant_qu_il|avant_un|avant_un_drame|il_n_y_a_personne|personne_ne_fait|aucun_gardien|aucun_agent|personne_en_salle
        urgent*|emergency|now|right_now|immediately|asap|just_now|at_once|help|please_send|send_someone|send_somebody|call_out|put_a_call|somebody_call|someone_call|before_someone|before_somebody|before_a|no_staff|nobody_around|nobody_here|no_one_here|can_t_find_a|cannot_find_a|no_steward|nobody_is_doing|is_there_anyone
        """,
    ),
    clue(
        MISSING,
        """
        perdu|perdue|disparu|disparue|introuvable|cherche|cherchons|parti_avec|partie_avec|echappe*|sorti_seul|sortie_seule
        missing|lost|wandered|walked_out|disappeared|looking_for|can_t_find|followed
        """,
    ),
    clue(
        OTHERS,
        """
        boatload*|clandestin*|minorit*|gay|gays|homos|homosexuel*|trans|lgbt*|trisomiques|handicapes|attardes|vagrants|refugees|asylum_seekers|chavs|benefits_lot|sans_papiers|sdf|mendiants|beggars
        they|them|ils|elles breed|pondent|envahissent|arrivent_par|debarquent|washes
        {group}|{those}|ces_gens_la|gens_comme_eux|etrangers|etranger|foreigners|foreign|that_lot|your_lot|them_lot|those_sorts|their_sort|these_countries|ces_pays|gitans|voiles|voilee*|banlieue*|banlieusard*|les_quartiers|des_cites|les_cites|tout_le_quartier|gens_du_quartier|cas_sociaux|cassos|assistes|basanes|famille_nombreuse_de|racailles|bamboulas|tribes|tribus|sauvages|savages|natives|immigration|migrants|roumains|chinois|arabes|gens_du_voyage|travellers
        """,
    ),
    clue(
        EXCLUDE,
        """
        premier|first|prochain|next avion|plane|bateau|boat|charter|train
        bebes|babies|enfants|children|brats|marmots ..1 compris|included|and_all|avec
        barbele*|barbed_wire|wire_fence|round_them_up|rafle*|marquer_au_fer|branded|dans_le_sang|in_their_blood|in_the_blood
        parquer|enfermer|ailleurs|loin_d_ici|de_force|soigner|guerir|interner|castrer|steriliser|camp|camps|ghetto|wagon*|train_retour|charter*|bateau_retour|mer
        our_people|our_own|people_like_us|proper_visitors|real_people|every_boatload|washes_up|washed_up|back_the_days|back_in_the_day|cure_them|locked_up|put_away|somewhere_else|elsewhere|their_own_museum|in_camps|boats_back|sea
        malades|anormaux|contre_nature|deviants|degeneres|pervertis|sick|unnatural|abnormal|perverts|deviant*
        comme_des_rats|like_rats|comme_des_lapins|like_rabbits|comme_des_betes|like_animals
        frontiere|trier|filtrer|cour_des_miracles|de_pere_en_fils|coups_de_pied|leur_place|rien_a_faire|ca_sent|dehors|chez_vous|chez_eux|chez_nous|on_est_chez|rien_bati|rien_construit|rien_invente|tout_apporte|reclam*|envahi*|invasion|remplac*|jacass*|baragouin*|puent|salissent|crachent|pullul*|s_integr*|civilis*|jour_separe|jours_separes|entre_nous|reserve_aux|interdire_l_entree|interdit_aux|pas_de_chez|plus_chez|vrais_francais|vrai_francais|de_souche|nos_traditions|a_part|separe*|infest*|degage*|virer|foutez|repart*|retourn*|renvoy*|expuls*|preferent_mendier|assist*|profiteurs|parasites|voleurs
        jabber*|gibberish|overrun|swarm*|flood*|invad*|separate|segregat*|go_home|go_back|send_them|not_welcome|keep_out|kept_out|our_own_kind|our_own_people|real_english|proper_english|speak_english|civilis*|civiliz*|primitive|backward|savage*|can_t_look_after|couldn_t_look_after|never_built|built_nothing|invented_nothing|sell_it|auction_site|steal*|smell|stink|filthy|dirty|breed*|infest*|ban_them|stop_letting|letting_in|let_in|used_to_be_nice|nice_class|a_better_class|class_of_visitor|shouldn_t_be_allowed|should_not_be_allowed|ought_to_be_kept|outnumbered|taking_over|replac*|deport*
        """,
    ),
)


class Danger(Struct, frozen=True):
    """A danger that groups of clues amount to together.

    Attributes:
        kind: the signal they give.
        all_of: groups that must all be there.
        close: whether they must stand in one sentence: what is wrong here and now is said in one breath.
        floor: critical where the clues leave little doubt, heated where somebody must look.
        spoken: groups whose words are shown as the reason.
    """

    kind: SignalKind
    all_of: frozenset[str]
    floor: RiskLevel
    spoken: tuple[str, ...]
    close: bool = False


def _dangers(kind: SignalKind, floor: RiskLevel, spoken: str, *combinations: str) -> list[Danger]:
    close = kind is SignalKind.DANGER
    return [Danger(kind, frozenset(groups.split()), floor, tuple(spoken.split()), close) for groups in combinations]


_CRITICAL, _HEATED = RiskLevel.CRITICAL, RiskLevel.HEATED
_MENACE = "knows veiled harm routine"
DANGERS = (
    *_dangers(
        SignalKind.THREAT,
        _CRITICAL,
        _MENACE,
        "knows veiled target",
        "knows harm when target",
        "knows routine target",
        "veiled harm target",
        "veiled routine person",
        "veiled routine target",
    ),
    *_dangers(SignalKind.RENDEZVOUS, _CRITICAL, "together disrupt", "together disrupt when"),
    *_dangers(
        SignalKind.DOXING,
        _CRITICAL,
        "address routine",
        "address person routine",
        "address person knows",
        "address person veiled",
    ),
    *_dangers(
        SignalKind.SELF_HARM,
        _CRITICAL,
        "ending worthless farewell",
        "ending worthless",
        "ending farewell",
        "worthless farewell",
    ),
    *_dangers(
        SignalKind.DANGER, _CRITICAL, "hazard missing victim", "hazard victim", "hazard urgent", "missing victim urgent"
    ),
    *_dangers(SignalKind.HATE, _CRITICAL, "others exclude", "others exclude"),
    *_dangers(SignalKind.THREAT, _HEATED, _MENACE, "veiled harm", "knows harm", "knows veiled", "veiled when target"),
    *_dangers(SignalKind.RENDEZVOUS, _HEATED, "together disrupt", "together disrupt"),
    *_dangers(SignalKind.DOXING, _HEATED, "address routine", "person routine when", "address routine"),
)


_FAR = 80  # words: in a long memory of the house the clues of many lives stand side by side


def dangers(
    groups: Mapping[str, tuple[int, int]], tokens: Sequence[str]
) -> list[tuple[SignalKind, RiskLevel, int, int]]:
    """Tell which dangers the clues found in a text amount to, with their level and the range of the words that say it.

    Args:
        groups: group -> range of tokens of its first clue.
        tokens: of the text.
    """
    found: dict[SignalKind, tuple[SignalKind, RiskLevel, int, int]] = {}
    for danger in DANGERS:  # the graver first
        if danger.all_of <= groups.keys() and not _apart(groups, danger, tokens):
            found.setdefault(danger.kind, (danger.kind, danger.floor, *_cover(groups, danger.spoken)))
    return list(found.values())


def _apart(groups: Mapping[str, tuple[int, int]], danger: Danger, tokens: Sequence[str]) -> bool:
    """Whether the clues stand too far apart to be about the same: by many words, or by the end of a sentence where that counts."""
    start, end = _cover(groups, tuple(danger.all_of))
    return end - start > _FAR or (danger.close and any(is_end(token) for token in tokens[start : end - 1]))


def _cover(groups: Mapping[str, tuple[int, int]], wanted: tuple[str, ...]) -> tuple[int, int]:
    spans = [groups[name] for name in wanted if name in groups]
    return min(start for start, _ in spans), max(end for _, end in spans)
