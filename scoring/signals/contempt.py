"""Contempt by its frames: what people are called, compared with and told they cannot do, whoever the target is."""

from scoring.assessment import RiskLevel, SignalKind
from scoring.signals._rule import Rule, rule

TENSE, HEATED = RiskLevel.TENSE, RiskLevel.HEATED

_MILD = """
        pas|ni|loin ..2 un|une|des|de|d ..1 {fool_fr}|{rude_fr}
        not|no|never|isn_t|aren_t|wasn_t ..2 a|an|the|all ..1 {fool_en}|{rude_en}
        portrait*|figure|figures|role|costume*|salle|room|sculpture*|peinture*|painting*|drawing*|histoire|story|film|adore|aime|love|loved|liked|favourite*|favori*|imit*|joue|jouait|represent*|plays|played|raconte*|told ..6 {fool_fr}|{fool_en}|{rude_fr}|{rude_en}
        {fool_fr}|{fool_en} ..3 salle|room|empaille*|vitrine|painting*|peint*|fresque*|photographies|photo|photos|plague
        je|j|moi|suis|sommes|nous ..2 suis|sommes|comme ..3 {fool_fr}
        i|m|am|we|me|myself ..1 m|am|are|re|was|feel|felt|like ..3 {fool_en}
        """

RULES: tuple[Rule, ...] = (
    rule(
        SignalKind.INSULT,
        HEATED,
        2.4,
        """
        <|vous|toi|toi_t|tas|votre|vos|cette|c_est|ce_sont|direction|voila|etes|sont|quelle|que_des ..2 une|des|un|de|la|les? {crowd_fr} ..1 de|d {word}
        des|un|une|bande|tas|vrai|vraie|vrais|sacre|sacree|espece|especes|quel|quelle|quels|quelles|tous|toutes ..2 {fool_fr} >|va|vous|au|a|en|de|qui|et|sans|du|d|mal
        {silly_adj_fr} ..1 {fool_fr}
        autant de ..1 {mind_fr} ..1 qu|que un|une ..1 {word}
        faut|fallait|faudrait|il_faut etre ..3 bouche|bouchee|limite|demeure|gonfle|tordu|bete|con|debile|aveugle|inculte|borne|derange|malade pour
        c|ce|il|elle|ils|elles|vous|tu|t|on|sont|es|etes est|sont|es|etes|n_est|n_etes ..1 qu|que|bien|tous|vraiment|franchement|decidement? un|une|des|de ..1 {fool_fr}
        vous|tu|t|il|elle|ils|elles etes|es|est|sont ..2 {fool_fr}
        < {fool_fr} >
        < {fool_fr} et|va|vous|en|au|d|de
        {word} voila|c_est ce_que|tout_ce_que vous|tu|ils|il|elle etes|es|sont|est
        vous|tu|t|il|elle|ils|elles ..1 etes|es|est|sont ..1 vraiment|qu|que|tous|trop|franchement|tellement|juste|bien? {bad_adj_fr}
        tu|t|vous|il|elle|ils ..1 me|nous? fais|faites|fait|font ..1 pitie|honte|gerber|vomir|peine_a
        vous|tu|t|il|elle|ils etes|es|est|sont ..2 aussi {word} qu|que un|une ..1 {word}
        plus malin*|intelligent*|vif|vifs|fin|fins|aimable*|utile*|doue* que toi|vous|lui|elle|eux
        gere*|dirige*|tenu*|organise*|pense*|fait|ecrit|monte*|redige* ..1 par|pour des|une ..1 bande|tas|equipe? ..1 de? {unfit_fr}
        tu|t|vous|il|elle|ils ..4 jamais ..1 bosse|travaille|lu|ouvert|touche|tenu|cree|rien_foutu|rien_fait ..5 vie|livre|mains|doigts|pinceau|musee
        {go_away}
        aussi {word} qu|que un|une ..1 {dull_fr}
        devrait|devraient|devriez|ferait|feraient|feriez ..3 elever|garder|planter|vendre|cultiver ..2 chevres|moutons|vaches|choux|patates|poulets|frites|carottes|navets|cochons
        quel|quelle|quels|quelles ..1 {rude_fr} >|ma_parole|celui|celle|ce|cette|ces
        un|une|des ..1 {fool_fr}|{rude_fr} ..1 oui|rien_de_plus|point|rien_d_autre|c_est_tout|subventionne*|diplome*
        hire|hired|hiring|employ|employs|recrutez|embauchez|recrute|embauche ..2 {fool_fr}|{rude_fr}|{fool_en}|{rude_en}
        niveau d|de ..1 un|une? ce1|ce2|cm1|cm2|cp|maternelle|sixieme|huitre|moule|bac_moins
        avis|opinion|commentaire vaut|worth|vaux|is ..4 zero|rien|nothing|spelling|orthographe
        {fool_fr}|{rude_fr} que toi|vous|lui|elle
        ma|mon pauvre|brave|vieux|vieille ..2 {word} >
        brave|pauvre|grosse|gros|sale|vieille|vieux bete|pomme|cloche|tache|nouille|andouille|truffe|courge|patate|cruche|bique|chouette|carne|rosse|peau|branche|machin|type|mec|naze|fille|clown
        a|as|avez|ayant|avec l|le|la|un|une ..1 {mind_fr} d un|une ..1 {word}
        {mind_fr} ..1 d|de un|une|cette|ta|votre|la ..1 huitre|moule|bulot|eponge|limace|paillasson|poireau|navet|concombre|moineau|poisson|poulpe|bigorneau|serpillere|parpaing|caillou|pointure|taille|meduse|brique|enclume|pigeon|dindon|lampadaire|porte|taille_crayon|grille_pain
        a|en la|guise place|de d|du|de cerveau|cervelle|coeur|tete|ame|neurones
        n|ne ..1 a|as|avez|ont pas|rien|aucun|aucune ..3 crane|caboche|tete|cerveau|cervelle
        qui|elle|il|vous|tu|t|ils se|vous|te|t prend|prends|prenez|prennent|croit|crois|croyez|croient pour ..3 {word}
        {word} ..1 rate|ratee|rates|ratees >
        {artist}|cuisinier|cuisiniers|prof|profs|historien|historiens|acteur|poete|ecrivain|intellectuel* rate*|de_pacotille|du_dimanche|de_bac_a_sable|de_supermarche|de_salon|de_prefecture|a_deux_balles|en_carton|de_mes_deux|de_bas_etage|d_operette|au_rabais
        {word} de pacotille|bas_etage|mes_deux|mes_fesses|comptoir|operette|sous_prefecture|prefecture|seconde_zone|troisieme_zone|quatre_sous
        tu|t|vous beles|belez|aboies|aboyez|braies|braillez|caquetes|caquetez|bavez|baves|pleurniches|pleurnichez|couines|jappes|jacasses|jacassez|radotes|radotez|vomissez|degoulines|puez|pues
        ne|n|pas|meme ..1 savent|sauraient|saurait|sait|savez|sais|sauriez|saurais|foutu*|fichu*|capable* ..2 pas|meme_pas|plus? ..1 de|d? {simple_task_fr} ..1 un|une|deux|trois|sa|leur|ses|vos|leurs|correctement|>
        incapable*|infichu*|infoutu* ..2 de|d|du|comme|bons|premier|dernier
        changez|change|changer ..1 de metier|boulot|job|vocation
        retourne*|apprends|apprenez|va|allez|rentre*|file ..2 a|ton|votre|tes|vos|lire|ecrire|te|vous|classer|jouer|dormir|niche|bac|ecole ..2 l|ton|votre|ta|tes|vos|avant|d_abord|ecole|cave|niche|fiches|coucher
        on|qui|te|vous|t|t_a ..1 a|ont berce|berces|bercee ..3 mur
        de|a|avec|sent|sens|sentez|pue|pues ..1 la naphtaline|moisi|renferme|formol|rance
        {house}|direction|equipe|maison|bureau|etage ..4 {fool_fr}
        du|de premier|haut|bureau|directeur|direction|sommet ..1 au|en|jusqu_au|a ..1 dernier|bas|concierge|vestiaire|stagiaire
        degage*|barre_toi|barrez_vous|casse_toi|tire_toi|fous_le_camp|fichez_le_camp|foutez_le_camp|va_voir_ailleurs|allez_voir_ailleurs|du_balai|du_vent_les
        """,
        unless=f"""
        {{crowd_fr}} de|d ..2 {{harmless_crowd}}
        aussi gentil*|patient*|adorable*|belle*|beau*|talentueu*|bon|bons|bonne*|grand*|emouvant*|fascinant* que|qu
        bande dessinee|son|annonce|organisatrice|originale
        {_MILD}
        a|as|avez|avec ..2 {{mind_fr}} d un|une ..1 {{great_fr}}
        """,
    ),
    rule(
        SignalKind.INSULT,
        HEATED,
        2.4,
        """
        <|you|this|that|what|such|just|absolute|complete|total|right|bloody|by|re|are|is|s|like|it_s|that_s ..1 a|an|the? {crowd_en} of ..1 {word}
        you|ye|yous|u|ya {silly_adj_en}|big|little|old|fat|great ..3 {word} >
        you|ye|yous|u|ya {silly_adj_en}|big|little|old|fat|great ..2 {fool_en}|{rude_en}
        {silly_adj_en} ..2 {fool_en}
        you|ye|they|he|she|it|we|lot|who|curator|artist|director|management|board|trustees|museum|gallery|staff|re|are|is|s|was|were|being|be are|re|is|s|was|were|being|be ..1 just|nothing_but|all|both|such|really|actually|truly|only? a|an|the|one|complete|absolute|total|pair_of|set_of|couple_of|bunch_of|lot_of ..2 {fool_en}
        they|you|people|all|lot|these|those are|re|were ..2 {fool_en} >|with|who|in|running|and|hiding|behind
        you|ur|he|she|they ..1 are|re|is|s|r ..1 just|all|such|really|truly|actually|so|absolutely|honestly|a_bit? {bad_adj_en}
        you|he|she|they|it are|re|is|s ..2 as {word} as a|an ..1 {word}
        i ve|have ..1 met|seen|known smarter|brighter|cleverer|sharper|wiser|livelier {word}
        wouldn_t|wouldnt|would_not know ..2 {word} ..1 if it
        sit|pipe|calm down ..1 grandad|love|karen|boomer|sweetheart|darling|grandma|princess|sunshine
        run|managed|staffed|led|curated|organised|designed|written|hung by ..1 a_bunch_of|a_load_of|actual? {unfit_en}
        typical|classic {fool_en}
        as {word} as a|an ..1 {dull_en}
        {word} for a brain|heart|head
        you|he|she|they ..1 sound|sounds|write|writes|talk|talks ..1 like a|an ..1 toddler|drunk|bot|robot|parrot|teenager|{fool_en}
        nobody_cares|who_cares|no_one_cares|oh_please ..1 {fool_en}|{rude_en}
        a|an|you {silly_adj_en} ..1 {silly_adj_en}|old|little ..1 man|woman|person|boy|girl|creature
        {silly_adj_en}|{bad_adj_en} the|all|every ..1 lot|one ..1 of ..1 you|ye|them
        < {silly_adj_en} ..1 {fool_en}|nobodies|babysitters|wasters
        < {fool_en} in|with|and ..1 {word}
        what|such|another|some|little|big|great|total|right|absolute|real|stupid|old|sad a|an? {fool_en}
        {fool_en} in ..2 {suit_en}
        < {fool_en} >
        < {fool_en} ..1 the|and|with|all|in|every lot|of|bunch|bunting|in
        {fool_en} ..3 lot_of_you|pair_of_you|both_of_you|all_of_you|every_last_one|every_one_of_you|each_and_every
        you|your|lot|sorry|sad|pathetic|shower|excuse excuse for a|an {word}
        {mind_en} of ..1 a|an ..1 {word} >|and|with|who|left
        {word} ..1 for brains
        where ..2 your|his|her|their|its brain|brains|heart|manners|spine|soul|backbone ..1 should|ought|used
        thick|dim|dense|slow|daft|dumb|bright|useful|sharp|subtle|charming|welcome|interesting|talented as ..1 a|an|two|the|mud|muck|monday|pigshit|mince ..2 >
        {lead_en} ..1 even|properly|possibly? {simple_task_en} ..1 a|an|their|his|her|your|its|water
        {lead_en} ..1 even? find|tell|spot|see|smell ..1 your|his|her|their|its ..1 own|arse|backside|elbow|nose|feet|left
        not|hardly|barely|wouldn_t fit|trust|let ..2 to|them|you|him|her ..2 run|mind|feed|hold|clean|lick|organise|open ..1 a|an|the|my
        a|an|some|another|those|these|two|just ..1 failed ..1 {word} >|with|and|who|running
        wannabe|washed_up|third_rate|second_rate|two_bit|talentless|self_appointed|self_styled|jumped_up|glorified|overpaid ..1 {word}
        so_called|self_proclaimed|supposed|pretend ..1 artist*|expert*|curator*|professional*|historian*|journalist*|team|museum|gallery|painter*|intellectual*|designer*
        who|thinks|think|reckons|fancies he|she|they|he_s|she_s|himself|herself|themselves|you|you_re|yourself ..3 picasso|god|genius|banksy|duchamp|important|something_special|better_than|clever|gods_gift|god_s_gift
        scraped|wiped|stepped|trodden ..4 off|in|on ..2 boot|shoe|shoes|boots
        you_d|you_would|you fit ..1 right in
        polish|shove|stick|take ..2 your|it|that halo|up|where
        hang|bow ..1 your|their|yer heads|head
        crawl|slither|scuttle|run|trot|toddle back|off|along ..2 to|under|into|home|>
        go ..2 away|home|back ..4 your|yer|the cave|bridge|hole|swamp|tinfoil|mum|mummy|bedroom|basement|kennel
        disgrace ..1 to ..2 profession|yourselves|your_family|the_name|humanity
        grow_a_spine|grow_a_pair|grow_a_backbone|get_a_spine|get_a_grip_you|get_over_yourself|get_over_yourselves|get_in_the_bin|get_tae|do_us_a_favour_and
        never done|worked|had|held|read|lifted|owned|made a|an ..3 in|of your|their|his|her|your_lives life|lives
        """,
        unless=f"""
        {{crowd_en}} of ..2 {{harmless_crowd}}
        {{mind_en}} of a|an ..2 {{great_en}}
        you lovely|absolute|complete|total|utter|little|old|big|great|silly ..1 star|stars|legend|legends|angel|angels|gem|gems|treasure|treasures|hero|heroes|genius|geniuses|beauty|beauties|darling|darlings|people|gang
        {_MILD}
        """,
    ),
    rule(
        SignalKind.INSULT_STAFF,
        HEATED,
        2.6,
        """
        {boss_fr} ..4 est|sont|etait|n_est|n_es|reste|restent|c_est|quel|quelle|bande|tas|ramassis|tous|toutes|vraiment ..4 {fool_fr}|{rude_fr}|incapable*|incompetent*|bras_casses|bande_de|tas_de|ramassis|bon_qu_a|bons_qu_a|ne_savent_pas|ne_sauraient
        {fool_fr}|{rude_fr}|bande_de|tas_de|gang_de|ramassis_de|pauvres|petits_marquis ..5 en|du|de|au|derriere|qui|a|des ..1 {suit_fr}|{boss_fr}|bureau*|com|comm|etage
        vos|votre|ces|cette|leur|leurs ..1 {boss_fr} ..7 {fool_fr}|minable*|pitoyable*|honteux|ridicules|nuls|nulle|lamentable*|mal_eleves|bons_a_rien
        incapable*|incompetent*|larbin*|fumiste*|guignol*|clown*|charlot*|marionnette*|lache*|vendu*|menteur*|amateurs|planque*|nuls ..4 du_premier|jusqu_au|du_bureau|du_haut_en_bas|tous_autant|musee|direction|etage|que_vous_etes|de_la_culture
        ceux|celui|celle qui|ont|a ..3 pondu|pense|signe|valide|concu|ecrit|decide|organise|monte|choisi|imagine|redige ..10 {fool_fr}|{rude_fr}|cerveau|cervelle|foin|honte|virer|virez|vires|se_cacher|soigner|esprit
        vous|votre|vos ..3 {crowd_fr} ..1 de|d {word}
        nuls|nul|nulle|nulles a_chier|a_pleurer ..4 {boss_fr}
        {boss_fr}|stagiaire ..3 qi|niveau|charisme|finesse|amabilite d|de un|une ..1 {word}
        {boss_fr}|stagiaire|com ..3 aussi {word} qu|que un|une ..1 {dull_fr}
        celui|celle|ceux qui ..5 invente l|la|le eau_chaude|poudre|fil|eau_tiede
        person|people|whoever|idiot|intern ..4 running|who_runs|behind|manning ..3 account|page|place|museum|desk ..5 brain|marble|illiterate|idiot|moron|sacked
        {boss_fr} ..3 est|sont|c_est ..1 vraiment|que|tous|juste? ..1 des|un|une|de? ..1 {bad_adj_fr}|amateurs|amateur|une_honte|honte_pour|nuls|planques
        {house}|expo|visite|billetterie|accueil ..3 gere*|dirige*|tenu*|organise*|pense* ..1 par des ..2 {unfit_fr}
        planques|payes|paye|payee ..2 a|pour dormir|rien_faire|rien_foutre|bailler|glander
        croque_mort*|petits_marquis|ronds_de_cuir|rond_de_cuir|gratte_papier|technocrate*|bureaucrate*|apparatchik*
        {boss_en}|whoever ..5 is|are|s|re|was|were|must|bunch|gang|pack|such|all|you|absolute|just|being ..4 {fool_en}|{rude_en}|spineless|useless|clueless|cannot_even|couldn_t_organise
        {fool_en}|{rude_en}|{silly_adj_en} ..5 in|at|behind|running|on|of|from|who_run|with|upstairs ..2 {suit_en}|{boss_en}|desk|office|boardroom|place|building|management|charge|front_desk|social
        {crowd_en} of ..3 {fool_en}|{rude_en}|{silly_adj_en} ..4 {suit_en}|running|building|museum|gallery|charge|office|place|here
        {boss_en} ..2 is|are|s ..1 just|all|such|really|truly|so|absolutely? {bad_adj_en}|a_joke|cowards|a_coward
        whoever ..4 needs|should|ought|must ..4 eyes_tested|head_examined|sacked|ashamed|be_fired|shot
        overeducated|overpaid|glorified|posh ..1 babies|idiots|babysitters|children|nobodies|interns
        you_people|you_lot|your_lot|ye ..3 {fool_en}|{rude_en}|{silly_adj_en}|couldn_t_organise|have_a_lanyard
        run|managed|staffed|led|curated|organised|designed|written by|for ..3 {fool_en}|{rude_en}|{silly_adj_en}|children|monkeys|interns_who
        overpaid|jumped_up|failed|self_appointed|spineless|gutless|useless|clueless|smug ..2 {boss_en}|bureaucrat*|penpusher*|yes_men|social_climbers|parasites|half_wits|bakers|managers
        """,
        unless=f"""
        {{boss_fr}} ..1 ne|n sont|est|etes pas|jamais
        {{boss_en}} is|are|was|were|isn|aren not|t
        {_MILD}
        """,
    ),
    rule(
        SignalKind.INSULT_ARTIST,
        HEATED,
        2.6,
        """
        {maker_fr}|cet_individu|ce_monsieur|cette_dame|cette_madame|cette_bonne_femme|votre_madame|votre_monsieur ..4 est|n_est|etait|c_est|quel|quelle|vraiment|reste|sont ..4 {fool_fr}|{rude_fr}|de_pacotille|du_dimanche|se_prend_pour|sans_talent|aucun_talent|zero_talent
        {fool_fr}|{rude_fr} ..4 votre|ce|cette|l|le|la ..1 {maker_fr}|madame|monsieur
        {maker_fr} de_pacotille|du_dimanche|sans_talent|rate|ratee|de_salon|de_merde|de_supermarche
        {maker_fr}|il|elle ..3 se_prend_pour|se_croit|se_prenait ..3 {word}
        {fool_fr}|{rude_fr} qui_se_prend_pour|qui_se_croit|qui_se_dit
        {maker_fr} ..4 ferait mieux d|de apprendre|changer|arreter|se_taire|poser
        failed|some|another ..1 art? student|school with|who|reject
        n|elle|il|ils|qui ..2 jamais|pas|rien su|appris ..1 a? dessiner|peindre|sculpter|filmer|cadrer|composer
        talent|genie tient|tiendrait|loge ..2 dans|sur
        {fool_en}|{rude_en} with ..2 spray|brush|paintbrush|grant|camera|chisel|projector|canvas|easel
        couldn_t|can_t|cannot|could_not paint|draw|sculpt|carve ..1 a|an|to {word}
        sans|aucun|zero|pas_le_moindre|pas_une_once_de|nul talent >
        {maker_en}|so_called_artist|whoever_made|whoever_painted|whoever_composed|whoever_wrote|whoever_sculpted|whoever_built ..4 is|s|was|are|must|a|an|such|just ..4 {fool_en}|{rude_en}|talentless|con_merchant|no_talent|zero_talent|can_t_draw|can_t_paint|couldn_t_draw|couldn_t_paint
        {fool_en}|{rude_en}|talentless|overrated|so_called|failed|pretentious ..2 {maker_en}
        calls|call|calling|fancies|thinks ..1 himself|herself|themselves|he|she ..2 {maker_en}|art|genius|picasso
        """,
        unless=f"""
        je|j|moi|i ..5 dessiner|peindre|sculpter|paint|draw|sculpt
        pas|not|no|never mauvais|bad|a? {{maker_fr}}|{{maker_en}}
        {_MILD}
        """,
    ),
)
