"""Danger to somebody: threats, addresses posted, rendezvous to disturb, self-harm, danger on site."""

from scoring.assessment import RiskLevel, SignalKind
from scoring.signals._rule import Rule, rule

CRITICAL = RiskLevel.CRITICAL

_THREAT = rule(
    SignalKind.THREAT,
    CRITICAL,
    4.0,
    """
    on|je|nous sait|sais|savons|connait|connais|connaissons tres? bien? ou|quand {you}|il|elle|ils|elles|vos|ton|ta|tes|votre|le|la ..2 habit*|travaill*|dor*|gar*|rentr*|sor*|viv*|log*|creche*|bosse*
    on|je|nous sait|sais|savons ..2 a_quelle_heure|par_ou|dans_quelle ..4 {you}|il|elle|ils|elles|vos
    on|je|nous connait|connais|connaissons|ai|a|avons ..2 votre|ton|vos|ta|son|sa|ses|tes|leur|leurs adresse|adresses|visage|tete|voiture|plaque|horaires|trajet|famille|enfants|ecole
    je|on|nous|j vais|va|allons|viens|vient|venons|passerai|irai ..2 {whom}|vous|nous ..1 {hurt_fr}
    je|on|nous|ils vais|va|allons|vont|viendra|viendrai ..5 {whom}|vous|nous|te|le|la|les {hurt_fr}
    je|on|nous|quelqu_un vais|va|allons|finira|saura {you} ..1 retrouver|choper|coincer >|!|et|un_jour|tous
    je|on {whom} ..1 bute|tue|creve|defonce|egorge|eclate|retrouve|retrouverai|retrouvera|fume|demonte|pete|casse|explose|cogne|frappe|buterai|tuerai|creverai|tabasse|plante
    envie|devrais|devrait|faudrait|faut|aimerais|aimerait|voudrais|merite|meriterait ..2 {whom} ..1 {hurt_fr}
    envie|devrais|devrait|faudrait|merite|meritent|meriterait|meriteraient de|d ..2 claque|claques|gifle|baffe|baffes|coups|raclee|balle|corde|lynch*|tabass*|bucher|guillotine|coup_de_poing|pendre|pendus
    quelqu|quelqu_un|il un? va|devrait|finira|finir ..3 {hurt_fr}
    on|je|nous va|vais|allons|vient|viens|viendra|viendrai|viendrons|passe|passera|passerons|passerai ..1 {you}|le|la|les ..1 chercher|cueillir|rendre_visite|dire_bonjour|dire_deux_mots|dire_ce_qu|apprendre|montrer|faire_comprendre
    on|je|nous|quelques|copains|potes {you}|l|le|la|les attend*|attendr* ..3 sortie|dehors|parking|coin|tournant|pied_ferme|vestiaire
    attend*|attendr*|attends ..4 sortie ..3 boulot|travail|service|bureau*|musee|parking|nuit
    a l attendre|vous_attendre|t_attendre ..2 sortie|dehors|parking
    {you} ..1 allez|vas|va ..2 regretter|payer|le_payer|morfler|prendre_cher|sentir_passer|comprendre_ta_douleur|comprendre_votre_douleur|crever|avoir_des_problemes|avoir_des_ennuis|souffrir|saigner|deguster|avoir_affaire
    {you}|il|elle|ils le|la|l regretter|regretterez|regretteras|regrettera|regretteront|paiera|paierez|paieras|paieront|payera|payerez|payeras
    {you}|ils|il ne? perd*|perdez rien pour attendre
    ca|cela|tout_ca|histoire va|risque|pourrait|finira|finir|risquerait ..3 mal_finir|mal_tourner|mal_se_terminer|mal|dans_le_sang|saigner|chauffer_pour|etre_votre_fete
    il|on y_aura|y_a|va_y_avoir|aura ..3 blesses|morts|du_sang|de_la_casse|un_drame|un_malheur|accident
    faites|fais|fait|faire bien? tres? attention|gaffe a|quand|en|ce ..1 {you}|vous|vos|toi|ta|tes|sortant|rentrant|soir|votre|soi|ou
    soyez|sois|restez tres? prudent*|vigilant* ..2 rentrant|sortant|soir|parking|rue|nuit|retour
    verifi*|surveill*|check|checks ..1 ses|sa|son|vos|votre|tes|ton|his|her|their|your ..1 freins|pneus|serrure*|extincteur*|brakes|tyres|tires|smoke_alarm*|locks|roues
    que|qu je|on t|te|vous|lui|le|la|les ..1 apprenne*|corrige*|dresse*|redresse*|casse*|mette*|attrape*|claque*|tape*|calme*|fume*
    repart*|rentr*|sortir*|finir*|repars ..3 dans|en|sur|entre|les ..1 brancard|ambulance|cercueil|fauteuil_roulant|civiere|poussette|quatre_planches|boite|sac|hopital|corbillard|morceaux|pieces_detachees|pieds_devant|bequilles
    leave|go_home|end_up|come_out|walk_out|carried_out ..2 in|on ..1 body_bag|ambulance|box|pieces|hospital|wheelchair|ditch|river|stretcher|coffin|crutches|pushchair
    a coups de pied|poing|batte|fourche|fusil|crosse|savate|pompes|latte|barre|pelle|fouet|trique
    apprendr*|apprend* ..1 a|les ..2 vivre|politesse|bonnes_manieres|respecter|parler|lire
    surveillez|surveille|verifiez|verifie|checkez bien? vos|votre|ton|tes|ta arriere|arrieres|freins|pneus|voiture|voitures|dos|serrure*|extincteur*|alarme*|porte*|enfants|boite
    dormez|dors|dormir bien|tranquille*|pendant_que|tant ..4 >
    ne|plus dormi* ..1 tranquille*
    a votre|ta place ..2 ferais|regarderais|verifierais|eviterais|dormirais|surveillerais|marcherais|sortirais|raserais|changerais|mefierais
    accident|malheur est|sont ..1 vite arrive*
    accident|malheur|quelque_chose|truc peut|pourrait|va|risque|risquerait ..2 {you}|leur|lui|d ..1 arriver
    arriver|arrive|arriverait quelque_chose|un_malheur|malheur|un_accident ..3 {you}|vos|votre|ta|directeur|directrice|equipe|gardien*
    dommage|triste|bete|malheureux qu|que|s|si ..5 brul*|prenne|prend_feu|arriv*|cass*|tomb*|flamb*|abim*|disparai*
    flambe*|brule|brulent|crame|prend_feu ..2 si_vite|tellement_vite|facilement
    si|que|jour|quand ..2 je|on {whom} ..1 crois*|attrap*|chope*|tomb*
    si|que je|on tomb* sur|dessus {them}|lui|eux|ce|cette|toi|vous
    qu|que il|elle|ils ..1 me|m croise*
    on|nous se_retrouvera|se_reverra|se_croisera|se_recroisera|va_se_voir|va_se_croiser|va_se_retrouver
    dire|redire|repeter|dis|redis|repete|repetez ..2 en_face|dans_les_yeux|devant_moi
    une|la|des|douze|deux balle|balles|bastos dans|entre|pour|et ..3 tete|yeux|nuque|peau|lui|eux|probleme|tempe
    au|a_la|aux bucher|guillotine|poteau|peloton|potence|lanterne|gibet ..2 {artist}|{staff}|tous|avec|ce|ces|les|vous|!
    merit*|devrai*|faudrait ..3 crever|mourir|creve|brule*|pende*|pendus|balle*|peloton|fusill*|abatt*|lynch*|lapid*
    faut|faudrait|devrait|devrions|allons|va|vais|viens|reste_qu_a ..2 {wreck} ..3 {house}|{art}|voiture*|bureau*|directeur|directrice|galerie
    < brulez|brulons|cramez|cramons|saccagez|incendiez|detruisez|lacerez|burn|torch|bomb|smash|trash|wreck|slash ..2 {house}|{art}|down|lot
    je|on|j|nous|vais|va|allons|viens|viendrai|quelqu_un|faut|faudrait ..3 {wreck} ..4 {work}|tout|{house}
    viens|viendrai|vient|viendra|reviens|reviendrai|passerai|venir|debarque ..2 avec ..5 {weapon}
    serai|sera|serons|present|presente|arrive|arriverai|be|coming|come ..6 avec|with|bringing ..6 carabine|fusil|revolver|pistolet|rifle|shotgun|gun|pistol|machete|hache|axe|jerrican|cocktail_molotov
    reponds|repondrai|repondrais ..1 plus|pas|rien? ..1 de ..2 moi|l_etat|mes_actes|la_suite
    won_t|can_t|cannot|not ..1 answer for ..4 state|safety|what_happens|what_i_do
    j|je|on ai|a|apporte|prends|amene ..2 {weapon} ..3 pour|et
    besoin d|de ..2 {weapon} pour|contre ..2 {them}|mon|ma|ce|cette|vous|toi|eux
    suicid*|pend*|tue|tuez|pendez|jetez|jette toi|vous_tous|vous donc?
    < crevez|mourez|va_crever|allez_crever|va_mourir|allez_mourir|qu_il_creve|qu_ils_crevent|qu_elle_creve ..3 >
    crevez|mourez|va_crever|allez_crever|va_mourir|allez_mourir tous|donc|bande|avec|sale
    esper*|souhaite ..3 {you}|il|elle|ils|leur|lui|qu_il|qu_ils|qu_elle ..2 crev*|mourr*|mour*|brul*|accident|cancer|malheur|arriv*
    prevenu*|averti*|avertissement ..3 dernier*|derniere_fois|apres|viendrez|prochain*|suite
    derniere|dernier avertissement|sommation|chance
    have|ve|got until {day}|midnight|noon
    vous|tu|vous_avez|on_vous_laisse|te_laisse ..3 jusqu_a|jusqu_au|d_ici {day}|midi|minuit ..2 >|sinon|ou|apres
    stop*|more|autre_chose|plus|pas than|being|que|seulement|que_des words|mots|paroles ..1 >
    ca|cela|tout_ca|vous|tu|il|elle|ils se paiera|paieront|le_paiera|le_paierez|paye_toujours
    si j_etais|j_etais_a ..4 {staff}|{artist}|vous|toi|lui|elle|place ..4 changerais|eviterais|mefierais|sortirais|prendrais|dormirais|ferais_attention
    if i_were|i_was ..4 {staff}|{artist}|you|him|her|them ..4 watch|avoid|lock|change|check|sleep|careful
    price|prix|prime on|sur ..2 his|her|their|your|sa|ta|votre|that|this|la ..3 head|hands|tete|tetes|mains|neck|artist
    very|more|most? careful ..4 alone|lock_up|lock_up_alone|at_night|going_home|in_the_dark
    on|nous|je viendra|viendrons|viendrai|va_venir|vais_venir ..2 {word} ..2 a_votre_place|a_sa_place|nous_memes|moi_meme|a_leur_place
    pense* a {your} enfant*|gosse*|famille|gamin*|mere|femme|mari
    jolie|joli|belle famille|voiture|maison|petite_fille|gamine ..3 {you}|vous|tu
    serez|seras|sera|seront|etes|restera ..1 pas|plus ..2 en_securite|toujours_protege*|a_l_abri|tranquille*
    you|we|i|people|some_of_us|someone|he|they all|do|already|now|exactly|also|bet? know|knows|knew|found exactly|full_well|fine|out|perfectly? where ..3 live|lives|work|works|park|parks|sleep|sleeps|drink|drinks|kids|children|goes_to_school|stay|stays
    we|i know|knows|seen|found|have|got ..1 what_time|which|your_address|her_address|his_address|your_face|your_car|your_shift*|his_shift*|her_shift* ..6 {you}|he|she|they|home|car|your|now|>
    i|we|id|ill|im|someone|somebody|he|they ll|will|m_going_to|re_going_to|am_going_to|m_gonna|gonna|are_gonna|shall|d_love_to|d_like_to|would_love_to|want_to|should|might_just|needs_to|oughta|ought_to|has_to ..2 {hurt_en} ..1 {you}|him|her|them|your|his|their|those|these|the|that|every
    i|we|ill ll|will|am_going_to|m_going_to? ..1 find|hunt|track you|him|her|them ..1 >|down|after|wherever|and|one_day|outside|when|before
    i|we|id|ill|im|someone|somebody ll|will|m|re|d|should|going|gonna|could|have ..3 teach ..3 lesson|manners|respect
    i|we|im|someone|people|friends|mates|lads|boys ll|will|m|re|are|be|am ..1 come|coming|comin for|after|round|to_find|to_get|down_there|to_see|looking_for ..2 {you}|him|her|them|your
    i|we|ill|someone|us|people|lads ll|will|be|would|is|are|going_to ..2 be? waiting|outside|there_when ..5 when_he|when_she|when_you|when_they|for_you|for_him|for_her|for_them|after_work|outside|clock|clocks|knock*|car_park
    pay|paying|drop|pop|swing|call ..1 {you}|him|her|them|by|round|in|on ..2 a_visit|visit|home|your_house|his_house|her_house|their_house
    minutes|seconds|moment|word ..1 alone ..1 with him|her|them|you|whoever|that
    only|just want|need|give|gimme ..2 five|two|ten|5|2|10 minutes with
    if|when|wait|until|till|once i|we ever|do|next? see|catch|find|meet|get_hold_of|get_my_hands ..2 {you}|him|her|them|that|on|whoever
    {you}|he|she|they ll|will|are_going_to|re_going_to|gonna|re_gonna|is_going_to ..2 regret|pay_for|be_sorry|get_what|get_yours|suffer|bleed|wish_you|wish_he|wish_they|wish_she|find_out_what
    {you}|he|she|they|youd|they d|had|ll|would? better ..1 hope|pray|watch|not_show|run|hide|sleep|check|lock|be_careful|get_security|stay
    what|has|have|had|got|get ..1 s|is|it|what coming ..1 {you}|him|her|them|to
    got|have|has it coming
    watch|mind|cover|check your|ya|ur back|backs|step|kneecaps|mouth|windows|brakes|tyres|tires|locks|mirrors|smoke_alarm*|fire_alarm*|insurance|fire_door*
    hope ..4 check* ..2 fire_door*|sprinkler*|extinguisher*|alarm*|insurance|locks|brakes|smoke
    hope|trust|wonder ..5 well_insured|insurance|sprinkler*|fireproof|good_locks|fire_exits
    look|looking|glance ..1 over your|her|his|their shoulder*
    sleep|rest ..2 one_eye_open|while_you_can
    days|time|hours|weeks are|is ..1 numbered|up|running_out
    be|been|was|have ..1 warned ..1 >
    final|last|only warning|chance_to
    would|be|hate|such|real ..2 shame|pity|hate|terrible_thing|tragedy|unfortunate if|for|to|that|were ..4 happen*|caught|went|burn*|break*|broke*|fire|hurt|lost|smashed|damaged|anything
    accidents|things|fires|stuff do? happen|happens ..4 >
    go*|goes|burns|catch*|light* ..1 up|fire|easily|well|fast ..1 so|very|quick*|fast|quickly|lovely
    deserve*|ought|should|need*|want* ..1 to|be|a|to_be ..1 be? shot|hanged|hung|stabbed|beaten|burned|burnt|die|killed|strung_up|lynched|bullet|kicking|beating|slap|hiding|whipped|flogged|put_down|punched|slapped|noose|smashed
    hang|shoot|lynch|string|burn|behead|kill|execute the|them|him|her|all ..2 lot|all|every|up|them|curator*|director*|artist*|staff|alive|of
    put|throw|chuck|lob ..2 brick*|bullet*|acid|petrol|molotov|fire|match|rock* ..2 through|in|at|over|on|between
    should|ought_to|let_s|lets|gonna|going_to|will|ll|we|needs_to|d ..1 {wreck} ..3 {house}|{art}|car|cars|office|lot|ground|windows
    bring*|brought|carry*|packing|got|with ..3 {weapon} ..3 next|time|for|when|to|and|>
    kill|hang|top yourself|yourselves|urself
    kys|go_and_die|go_die|hope_you_die|hope_he_dies|hope_she_dies|hope_they_die|drop_dead|die_in_a|rot_in_hell|hope_you_rot
    hope ..3 run_over|dies|die|cancer|burn*|crash*|hit_by|attacked|hurt|suffer*
    say ..2 to_my_face|to_his_face_when
    come|try ..2 say|saying|repeat ..3 face
    people|someone|somebody|you|they|he|she will|is_going_to|are_going_to|gonna|could|ll|s_going_to ..1 get hurt
    nice|lovely|pretty|cute car|house|family|kids|daughter|son|little_girl|place ..4 you|your|shame|have|got
    how|hows|say_hello|regards|hello|love ..2 your kids|children|family|wife|husband|daughter|son|mother
    drive|walk|travel|get|going|go home? safe|safely|carefully|careful ..3 tonight|tomorrow|now|dark|>
    it|this|that won|will|wont t|not|going_to? end well|badly|nicely
    not|never|won|wont|no_longer|t be|feel|sleep ..2 safe ..3 home|walking|there|again|anywhere|night|street
    """,
    unless="""
    se|s|me|m|nous cass*|casser ..2 gueule|figure|dents
    rat*|manqu*|loup*|miss ..3 expo|exposition|show|exhibition|it|this
    mour*|mort de rire
    avec|with mes|nos|my|our ..1 jeux|blagues|calembours|jokes|puns
    ne|n regrett* ..2 pas
    """,
)

_DOXING = rule(
    SignalKind.DOXING,
    CRITICAL,
    4.0,
    """
    il|elle|ils|elles|dame|type|mec|homme|femme|monsieur|madame|directeur|directrice|gardien|conservateur|conservatrice|commissaire|artiste ..3 habite*|loge|logent|vit|vivent|creche ..6 rue|avenue|boulevard|place|chemin|impasse|maison|immeuble|residence|allee|numero|quai|appartement|appart|lotissement|hameau|volets|etage|#
    habite*|domicile*|demeure ..2 #|au ..3 rue|avenue|boulevard|place|chemin|impasse|allee|quai
    son|sa|ses|leur|leurs|voici|voila|donne|l ..2 adresse|numero|portable|telephone|tel|plaque|immatriculation|06|07|domicile ..4 #|rue|est|c_est|:
    chez lui|elle|eux ..3 #|rue|avenue|boulevard|impasse
    ses|leurs|sa|son|leur enfant*|gosse*|fille|fils|gamin*|femme|mari|mere ..3 ecole|college|creche|lycee|maternelle|travaille|scolaris*|va_a
    il|elle|ils|on_peut|le|la|dame|type ..3 travaille*|bosse*|finit|sort|termine|debauche|embauche ..4 a|au|chez|vers|tous_les ..3 #|soirs|heures|rue|midi|{day}
    on|vous le|la|les|l trouve*|trouver*|trouverez|croise*|peut_trouver|pouvez_trouver ..4 tous_les|chaque|rue|au|chez|bar|cafe|salle|gym|marche|boulot|travail|parking ..4 #|soir*|matin*|{day}|rue|heures
    il|elle|ils|dame|directrice|directeur|gardien roule*|conduit|se_gare|gare|garee* ..6 plaque|grise|noire|rouge|bleue|blanche|clio|golf|peugeot|renault|citroen|audi|bmw|mini|scooter|velo|parking|rue
    runs|run|gere|tient|behind|derriere ..3 account|page|compte ..3 called|is|s_appelle|c_est ..8 drinks|lives|works|habite|boit|travaille|street|rue|bar|pub
    vrai nom|s_appelle ..6 habit*|travail*|rue|facebook|linkedin|ecole|06|07
    s_appelle ..8 habit*|travaill*|rue|numero|06|07|tel|adresse
    he|she|they|who|that|curator|director|artist|guy|woman|man|manager|guard lives|live|stays ..6 street|st|road|rd|lane|avenue|ave|close|flat|house|drive|crescent|terrace|court|square|number|no|opposite|behind|above|next_door|village|gardens|estate|#|corner
    lives|living ..2 at|on|in|near|round|behind ..3 #|street|road|lane|avenue|close|drive|crescent|terrace
    his|her|their|here_s|heres|here_is|got|this_is ..1 home_address|address|phone_number|mobile_number|number_plate|licence_plate|license_plate|postcode|cell|landline ..3 #|is|:|if_anyone|for
    works|working|clocks|finishes|knocks|leaves|manager|shift ..5 at|from|till|until|on|off ..4 street|lane|road|avenue|tyres|garage|every|#|six|five|four|seven|eight|nine|ten|noon|monday|tuesday|wednesday|thursday|friday|saturday|sunday
    his|her|their|your kid|kids|child|children|daughter|son|wife|husband|mother|mum|mom|family ..2 go|goes|work*|attend*|live*|at ..3 school|nursery|academy|primary|college|church|street|road|lane
    he|she|her|his|who drives|drive|driving|parks|parked ..5 estate|car|plate|reg|registration|golf|mini|volvo|bmw|audi|ford|tesla|van|range_rover|outside|street|school|pick_up|pickup
    pick_up|pickup|school_run|school_gate* ..8 past|at|#|every|st|primary
    real|full|actual name is|s ..8 live*|work*|facebook|linkedin|street|road|lane|address
    lots|some|few|many|plenty|anyone|one of? us|local* live|lives|based ..2 near|nearby|local*|close|round|next ..6 chat|visit|word|knock|popping|pop|him|her
    you|anyone can|could|ll? find|catch|meet him|her|them ..4 at|in|on|outside ..5 every|most|street|road|lane|pub|cafe|gym|#|evenings|mornings|nights
    """,
    unless="""
    samaritans|lifeline|helpline|hotline|sos_amitie|crisis_line|childline
    works|working from_home
    work|working from home
    """,
)

_RENDEZVOUS = rule(
    SignalKind.RENDEZVOUS,
    CRITICAL,
    4.0,
    """
    rdv|rendez_vous|rassemblement|retrouv*|rejoi*|venez|soyons|soyez|tous|viens|viendrons|sera|serons|donne ..8 {spot}|{day}|# ..12 {disturb}
    {day}|# ..8 {spot} ..10 {disturb}
    {day}|#|{spot} ..8 {disturb} ..6 {spot}|{day}|vernissage|inauguration|opening|#
    {disturb} ..5 entree|entrees|porte|portes|vernissage|acces|billetterie|guichet*|inauguration|rampe|parvis|entrance*|doors|opening|private_view|museum|gallery|preview|foyer|gates|launch|ceremony ..6 {day}|#|tous|together|ensemble|venez|come|join|us|>
    soud*|weld*|supergl*|glue|glues|gluing|coll*|chain*|enchain*|cadenass*|padlock* ..3 grille*|serrure*|turnstile*|lock|locks|gate*|portail|portique*|doors|tourniquet*
    s_allonge*|s_assoit|s_asseoir|allonger|lie_down|drop_to|sit_down ..6 jusqu_a|tant_que|until|till|no_one|personne|fermeture
    bloquons|bloque|bloquera|bloquer|envahissons|envahit|empechons|perturbons|occupons|assiegeons|squattons|cernons|barricadons ..4 {spot}|musee|acces|rampe|livraison*|camion*|rue
    personne n|ne entre|entrera|rentre|rentrera|passe|passera|ouvrira ..5 >
    on|nous ne|les|va|n ..3 laiss*|empech* ..3 entrer|ouvrir|passer|rentrer
    rdv|rendez_vous|retrouve*|on_sera|on_est|groupe ..8 repartir|partager|portes|sorties|acces|positions|roles
    declench*|tirer|sonner|set_off|pull|trigger ..2 alarme*|alarm*|fire_alarm*|sprinkler*
    meet|meeting|gather*|assemble|see_you|be_there|everyone|come|bring|join|we_re|lets|let_s|let_us|who_s|protest ..8 {spot}|{day}|# ..12 {disturb}
    {disturb} ..3 the|their|its|that|this ..2 entrance*|doors?|opening|private_view|preview|foyer|gates|launch|ceremony|lobby|loading_bay|talk|event|locks
    let_s|lets|we_ll|we_re|we_will|we_are|we|going ..2 {disturb} ..3 {spot}|them|museum|gallery
    no|nobody|not one|single? person? gets|get|getting|goes|going|comes|walks in|inside|through|past ..5 >
    """,
    unless="""
    parking|trottoir|ascenseur|poussette*|fauteuil|wheelchair|pram|buggy|lift ..6 bloqu*|block*
    """,
)

_SELF_HARM = rule(
    SignalKind.SELF_HARM,
    CRITICAL,
    4.0,
    """
    me|m suicider|tuer|foutre_en_l_air|buter|pendre|flinguer|supprimer|jeter_sous|jeter_du|ouvrir_les_veines|tailler_les_veines|faire_du_mal
    envie|idee|idees|pense|penser|songe|songer ..1 a|de|d|suicidaire* ..1 en_finir|mourir|crever|suicide|disparaitre|plus_etre_la|ne_plus_etre
    je|j ne? veux|voudrais|vais|ai_envie_de|prefere|prefererais|aimerais mourir|en_finir|disparaitre|m_endormir_et|ne_plus_me_reveiller|etre_mort|etre_morte
    je|j ne? veux|peux|arrive|sers|tiens|supporte|vois plus ..1 vivre|continuer|a_rien|etre_la|exister|me_lever|me_reveiller|l_interet|de_raison|aucune_raison
    je|j ne? vais|vois|crois|pense|peux|veux ..3 pas|plus ..3 continuer ..2 longtemps|comme_ca|vivre
    plus|aucune|pas envie|raison|gout de|a|d|la vivre|vie|etre_la|me_reveiller|me_lever
    pills|tablets|cachets|medicaments|comprimes|somniferes|rasoir|lame|corde ..4 bag|sac|poche|pocket|hand|main|tous|all|avales|swallowed
    marre|fatigue*|plus ..3 faire_semblant
    tired_of|can_t_keep|sick_of ..1 pretending
    need|be|see|wake|feel|matter|want ..4 after tonight|tomorrow|today
    ni demain|apres ni jamais|apres|demain
    plus rien de prevu|important|grave ..4 jamais|ni|apres|>
    venu|venue|viens|come|came ..2 dire|to_say|say au_revoir|adieu|goodbye ..6 >
    ne|n|je vois|sais|comprends plus ..3 pourquoi|a_quoi_bon ..2 continu*|vivre|vivrais|me_lever|me_leve|rester
    i don_t|dont|can_t|no_longer ..2 see|know why ..3 go_on|keep_going|continue|carry_on|bother|stay
    monde|vie|famille|gens ..3 mieux sans_moi
    personne|nul ne|me|n ..3 regretterait|manquerai*|remarquerait|s_en_rendra*|pleurer* ..1 moi|mon|ma|me|>
    derniere|dernier chose|fois|visite|message|jour|nuit|soir|image ..3 avant ..2 en_finir|partir_pour|de_partir|la_fin|disparaitre|mourir
    autant voir ..4 avant
    a|de bout ..4 plus ..2 force|la_force|envie
    j|je ai plus|meme_plus ..2 la_force|force ..2 vivre|continuer|me_lever|faire_semblant
    kill|hurt|harm|cut|hang|end|drown|shoot|off myself
    vas_y|va|go_on|go ..3 saute|jump|au_bout|do_it|fais_le ..8 personne|nobody|no_one|de_moins|one_less|one_fewer|debarras*|miss_you
    i|id|im|ive want|wanted|going|ready|rather|plan*|thinking|thought|wish|need ..2 to_die|of_dying|die|end_it|end_it_all|end_my_life|ending_it|ending_my|disappear|be_dead|was_dead|were_dead|not_wake_up|wouldn_t_wake|never_wake|stop_existing
    i don_t|dont|do_not|can_t|cant|cannot|didn_t ..2 want|see|feel|be ..2 be_here|live|exist|wake_up|any_reason|a_reason|the_point|point|alive ..3 anymore|any_more|any_longer|much_longer|going|living|go_on|>
    i can_t|cant|cannot|won_t|wont ..2 go_on|keep_going|carry_on|be_around|be_here|take_living ..3 anymore|like_this|much_longer|any_longer|any_more|long
    no|any|without ..1 reason|point|will in|to|of? living|live|life|going_on|go_on|carry_on|left_to_live
    suicidal|take_my_own_life|taking_my_life|better_off_without_me|better_off_dead|better_without_me|end_my_own_life|my_suicide
    nobody|no_one|noone would|will|d|ll ..1 notice|miss|care ..2 if_i|me|when_i ..3 gone|me|disappear*|die*|>
    last thing|place|time|night|day ..4 i ..2 see|do|ever|wanted_to ..3 before ..3 go|gone|end|leave_this
    won_t|wont|not be_around|be_here much|for|very|to longer|long|see|next
    """,
    unless="""
    mort*|mour*|die|dying de|of rire|laughter|laughing
    """,
)

_DANGER = rule(
    SignalKind.DANGER,
    CRITICAL,
    4.0,
    """
    enfant*|gosse*|gamin*|personne|personnes|gens|visiteur*|visiteuse*|dame|monsieur|femme|homme|bebe|fille|garcon|vieille|vieux ..5 en_danger|blesse*|coince*|evanoui*|malaise|saigne*|electrocut*|s_etouffe*|inconscient*|par_terre|ecras*|brule
    enfant*|gosse*|gamin*|poussette*|bebe*|fille|garcon|fils|visiteur*|gens ..6 failli|manque|a_portee|risque* ..4 tomb*|bless*|ecras*|brul*|recevoir|prendre|de|main|passer
    sortie*|issue* de secours ..6 bloqu*|ferm*|condamn*|encombr*|cadenas*|verrouill*|chaine*|obstru*
    vitre*|cable*|rambarde*|plafond*|projecteur*|lustre*|dalle*|marche*|barriere*|panneau*|cimaise*|echafaudage*|etagere*|socle*|cadre*|spot*|verriere*|balustrade*|corde*|fil*|prise*|escalator*|ascenseur*|grille*|statue*|porte* ..5 menace*|tomb*|decroch*|denud*|bris*|effondr*|va_ceder|ne_tient|chancel*|branl*|dangereu*|electrique*|s_ouvre*|eclat*|arrach*|penche*
    odeur|fuite|sent|senti|vapeurs ..2 de|le|d|la gaz|brule|fumee|cramer|solvant*|chlore|monoxyde
    fumee|flammes|incendie|feu|etincelles|braises ..5 salle|sort|sortent|escalier|cuisine|reserve*|poussette*|sous-sol|local|toilettes|tableau|urgent|vite|compteur
    c|ca est|devient|reste|tres|vraiment ..2 dangereu* ..5 enfant*|public|gens|visiteurs|ici|salle|escalier|monde|poussette*
    envoyez|appelez|prevenez|faites_venir ..2 quelqu_un|secours|samu|securite|15|18|112|ambulance|secouriste* ..5 salle|vite|urgent*|maintenant|ici|tout_de_suite|escalier|>
    quelqu_un|monsieur|dame|homme|femme|enfant ..5 tombe*|s_est_effondre*|fait_un_malaise|convuls*|ne_respire
    trop|beaucoup_trop de_monde ..5 ecras*|etouff*|pieti*|danger*|malaise*|issue|sortie|bouscul*|panique
    bagarre|couteau|arme|agress*|sac_abandonne|colis|suspect ..4 salle|hall|entree|file|accueil|musee|devant|maintenant|en_ce_moment
    fire|emergency exit*|door*|escape* ..5 blocked|locked|chained|jammed|shut|padlocked|wedged|obstructed|bolted
    smell*|leak*|reek*|stink* ..3 gas|burning|smoke|petrol|fumes|chlorine
    smoke|sparks|flames|fire|embers ..5 coming|pouring|room|stair*|basement|landing|from|everywhere|ceiling|kitchen|pushchair*|pram*
    child*|kid|kids|toddler*|baby|babies|someone|somebody|visitor*|man|woman|lady|boy|girl|person|daughter|son|pensioner ..6 hurt|injured|stuck|trapped|collapsed|fainted|bleeding|in_danger|unconscious|electrocuted|crushed|burned|burnt|scalded|seizure|choking|concuss*
    child*|kid|kids|toddler*|baby|babies|pushchair*|pram*|daughter|son|grandson|granddaughter|visitor*|people ..6 nearly|almost|within|about_to|could_have|could_be|inches|reach|arm_s ..5 hit|fell|fallen|crushed|killed|burn*|hurt|hot|reach|from|falling|impaled|electrocuted
    glass|railing*|ceiling|panel*|cable*|wire*|wiring|light*|rope*|barrier*|banister*|step|steps|tile*|shelf|plinth|frame*|scaffold*|handrail*|socket*|beam*|statue*|sculpture*|case|lift|escalator|floor|balcony|bannister* ..5 fallen|falling|exposed|loose|collapsed|collapsing|cracked|hanging|come_down|came_down|is_down|are_down|gave_way|giving_way|wobbl*|shattered|live_wire*|sparking|swaying|dropped|unsafe|come_off|came_off|came_away
    send|call|get|need* ..2 someone|somebody|help|ambulance|999|911|112|paramedic*|security|first_aid*|fire_brigade|police ..2 now|quick*|please|urgent*|asap|here|to_room|upstairs|immediately|>
    dangerous|unsafe|hazard|death_trap|accident_waiting ..6 kids|children|public|visitors|stairs|room|someone|people|toddler*|floor|step|>
    fille|fils|enfant|petit|petite|gamin*|garcon|bebe|fillette|neveu|niece|mere|grand_mere|papi|mamie ..14 perdu|perdue|disparu|disparue|introuvable|ne_le_trouve|ne_la_trouve|plus_le_trouver|plus_la_trouver|echappe|a_suivi_un|partie_avec|parti_avec
    daughter|son|child|kid|toddler|boy|girl|little_one|grandson|granddaughter|mother|nan|mum|dad ..14 missing|lost|can_t_find|cannot_find|wandered_off|wandered_away|walked_out|walked_off|disappeared|gone_missing|nowhere_to|followed_another|lost_sight
    mere|pere|mari|femme|fils|fille|dame|monsieur|homme|visiteur|enfant ..8 ne_repond_plus|ne_respire|ne_bouge_plus|inconscient*|saigne
    dad|mum|mom|wife|husband|son|daughter|man|woman|lady|child|visitor|friend ..2 s|has|is|just? collapsed|unconscious|not_responding|bleeding|choking
    water|eau ..8 socket*|prise*|tableau_electrique|compteur|electric*|wiring|fuse*
    lustre|chandelier|plafonnier|projecteur|sculpture|panneau|cadre ..3 bouge|balance|oscille|penche|vibre ..10 enfant*|gamin*|gosse*|gens|visiteur*|jouent|dessous
    overcrowd*|crush|packed|crammed ..6 dangerous|exit*|panic|breathe|stairs|crush*|unsafe
    """,
    unless="""
    remerci*|merci ..1 a|aux|au|pour|infiniment
    formidable*|va_mieux|va_bien|s_est_bien|plus_de_peur|nouvelles|hier_soir|l_an_dernier|l_annee_derniere|il_y_a_un_an
    fine_now|all_right_now|ok_now|recovered|feeling_better|thanks_to|thank_you_to|last_year|no_harm_done|found_him|found_her|retrouve_sain
    objet*|lost_property|parapluie|umbrella|echarpe|scarf ..4 perdu*|trouve*|lost|found|retrouve*
    """,
)

RULES: tuple[Rule, ...] = (_THREAT, _DOXING, _RENDEZVOUS, _SELF_HARM, _DANGER)
