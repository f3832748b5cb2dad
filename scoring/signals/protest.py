"""Protest, which is opinion however heated: calls to act, demands to remove a work, claims of censorship, accusations."""

from scoring.assessment import RiskLevel, SignalKind
from scoring.signals._rule import Rule, rule

TENSE, HEATED = RiskLevel.TENSE, RiskLevel.HEATED

RULES: tuple[Rule, ...] = (
    rule(
        SignalKind.CALL_TO_ACT,
        HEATED,
        2.4,
        """
        tout_le_monde|chacun|tous|everyone|everybody ..2 appelle|signe|poste|note|leave|leaves
        tout_le_monde|chacun|tous|everyone|everybody ..2 met|mettez|mettons|mets|put|give|post ..2 etoile|etoiles|star|stars|1|une_etoile|zero|avis|review|reviews
        let_s|lets|time_to ..2 bury|drown|hit|swamp|flood|jam|bombard|overwhelm|shame|expose|crash
        nobody|no_one|personne ..1 should|must|ne? ..2 buy|go|visit|pay|attend|achete|achetez|va|vienne|paye|a_l_inauguration|au_vernissage|in|near
        unfollow|cancel|boycott|share ..4 tell ..2 friends|everyone|people|family
        stay|keep|steer away|clear ..5 until|place|museum|gallery|everyone
        ne|n ..1 payez|achetez|mettez|cotisez|donnez|adherez|allez ..1 plus
        {act_fr} ..6 {mass_fr}
        {mass_fr} ..4 {act_fr}
        {act_en} ..6 {mass_en}
        {mass_en} ..5 {act_en}
        until|till ..1 they|he|she|it|you|the|museum|gallery ..3 {yield_en}
        jusqu|tant ..1 a|au|que ..2 ce? ..1 qu|que|leur|la|le|du ..2 ils|elle|il|elles|ne|musee|direction? ..1 {yield_fr}
        qui|who|whos ..1 est|s|is|vient|me_suit|m_accompagne|en_est partant|partante|in|with_me|coming|up_for|avec_moi|chaud >
        we|on ..1 copie|colle|inonde|sature|spamme|envahit|flood|spam|copy|paste ..4 tous|all|together|ici|leur|their|page|the|le
        pas|plus|not un|une|a|one|another sou|euro|centime|visite|penny|cent|pound|visit|ticket ..3 {word}
        hand|give|send|bring|return ..1 back|in ..1 your pass|passes|card|cards|membership*|season|ticket*|badge*
        une|1|one|zero etoile|etoiles|star chacun|each|tous|partout|sur|everywhere|on
        comment|like|tag ..1 tag|comment|repeat|share
        boycottez|boycottons|boycottons_les|boycottez_les|boycottera|a_boycotter|faut_boycotter|boycott|boycotte|je_boycotte|boycotter
        appel|appelons|appelle|lance|lancons ..2 boycott*|manif*|mobilis*|greve
        signez|signons|signer|sign|signed|faites_signer|signature* ..5 petition*
        petition ..4 sign*|lance*|ligne|circule|lien|link|here|change
        partag*|relay*|diffus*|repost*|retweet*|rt|share|spread tous|massiv*|partout|au_max|un_max|ecri*|max|autour|widely|everywhere|this_everywhere|before_they|avant_qu*|your_friends|please|svp|far_and_wide|the_word|tant_que|<
        relayez|faites_tourner|faites_passer|diffusez|copiez_collez|copiez_et_collez|pass_it_on|copy_and_paste_this|share_share|make_this_viral|make_it_viral|rendez_viral
        inond*|submerg*|satur*|spamm*|harcel*|bombard*|noy*|mitrail* ..4 page|standard|boite|boites|mail*|messagerie|compte|avis|commentaires|telephone|mairie|ministere|google|tripadvisor|leur|leurs|les|direction
        < appelez|telephonez|saturez|ecrivez|ecrivons|appelons|inondez|protestez ..2 saturez|ecrivez|appelez|inondez|protestez|telephonez
        appelez|telephonez|ecrivez|contactez|interpellez|envoyez|ecrivons|appelons|alertez ..3 leur|tous|massiv*|standard|mairie|maire|ministere|ministre|mecen*|sponsor*|prefet*|direction|elus|elu|depute*|region|partenaires|journaux
        ecrivez leur|tous
        exig*|demand*|reclam*|obten* ..2 tous|toutes|ensemble|demission
        mettez|mettons|laissez|laissons|donnez|collez|mets ..4 etoile|une_etoile|1_etoile|zero_etoile|note|mauvais_avis|avis_negatif*
        resili*|annul*|rendez|dechir* ..3 abonnement*|adhesion*|carte*|reservation*|billets ..3 tous|ce_soir|maintenant|>|et
        n_allez_pas|n_allez_plus|n_y_allez|y_allez_pas|allez_pas|evitez|fuyez|ne_mettez_plus|ne_donnez ..4 voir|expo*|musee|pied|pieds|un_sou|centime|un_euro|argent|lieu|galerie|>
        plus|pas|ne un sou|centime|euro|rond ..3 {house}|eux|gens|pour
        mobilis*|manifest*|rassembl*|levez|levons|tous_a|tous_au|tous_devant|descend* ..3 nous|vous|contre|devant|rue|musee|tous|ensemble|samedi|place
        faites|fais|faisons ..1 passer|tourner|du_bruit|pression|savoir
        boycott*
        tous|toutes ..1 au|a_la|sur|dans standard|page|mairie|accueil|telephone|messagerie|commentaires|caisse
        rendez|rendons|dechirez|brulez ..1 vos|nos|votre|les carte*|abonnement*|adhesion*
        clog|jam|sink|crash|tank ..1 their|them|the|his|her|it|this
        qu|que ils|elle|il|elles ..2 ne|n ..2 puisse*|ait|aient|sachent ..2 plus
        until|till|jusqu_a_ce|tant_qu ..3 resign*|demission*|quit|quits|cede*|apologi*|s_excuse*|gives_in|give_in|backs_down
        on|venez|allons|nous ..1 met|paye|paie|ecrit|appelle|note|laisse|signe|mettra|ecrira ..1 tous|toutes|massivement|en_masse|chacun
        desabonn*|resiliez|desabonnez|unsubscrib*|boycot ..4 tous|all|{word}
        centime*|pieces_rouges|petites_pieces|pennies|pence|coppers ..6 caisse|till|guichet|desk|payer|pay
        let_s|lets|we_should|we_can|everyone|we ..2 all ..1 turn_up|show_up|pay|write|ring|leave|cancel|email|complain|post|report|refuse|descend|go_down|queue|ask_for|demand
        cancel|tear_up|return|withdraw|pull|stop ..2 your|all ..1 membership*|subscription*|booking*|ticket*|donation*|sponsorship|funding|support
        don_t|dont|do_not|never|stop ..1 give|giving|spend|go|visit*|buy|pay*|fund*|support* ..3 penny|money|cent|this_place|museum|gallery|this_show|tickets
        flood|bombard|spam|swamp|jam|ring|email|phone|call|write|tweet|message|complain|overwhelm|clog|drown to|up? their|them|the|his|her ..2 inbox*|page|switchboard|phone*|line*|office|sponsor*|trustee*|council*|review*|mp|mps|mayor|minister|director|board|funders|patron*|comments|mentions|dm|dms|until
        leave|give|drop|post ..3 one|1|bad|zero|negative star|stars|star_review*|review*|one_star
        one|1 star|stars|star_review* ..4 google|tripadvisor|everyone|all|now|them|everywhere
        join|come_to|attend|organise|organize|support ..3 protest*|demonstration|demo|march|picket|petition|boycott|campaign
        make|let_s|lets|get ..2 noise|this_trending|trending|them_pay_attention|them_listen|them_feel|heads_roll|her_sacked|him_sacked|them_sacked|him_fired|her_fired|defunded|shut_down
        everyone|everybody|all|please|people|friends|tout_le_monde ..3 boycott*|complain|write_to|report|signal*|email|unfollow|share_this|report_this|partag*
        report|signalez|signalons|unfollow ..2 page|account|compte|post|them|en_masse|everyone|publication ..3 mass*|all|tous|masse|now|everyone|>
        """,
        unless="""
        pas|contre|sans|jamais|ni|not|against|won_t|never|why|pourquoi|ridicule|instead ..2 boycott*
        """,
    ),
    rule(
        SignalKind.REMOVAL_DEMAND,
        TENSE,
        1.4,
        """
        laissez|laisser|let|leave ..3 reposer|dormir|rest|sleep|in_peace|en_paix|tranquilles ..3 >|morts|dead|the
        rendez|remettez|rapportez|ramenez|give|put|bring|send ..1 le|la|les|it|them|him|her|the|this|that ..3 terre|eglise|chapelle|tombe|ground|church|chapel|grave
        get|getting rid of ..2 {shown_en}|it|this|that
        pull|call|stop|shut the? plug|it|show|this ..1 off|down|now|on
        debarrass*|foutez|foutre|balancez|balancer ..3 ca|ce|cette|benne|poubelle|la ..2 {shown_fr}|>
        je|on|nous veux|veut|voulons|souhaite|souhaitons ..2 que|qu ..4 retire*|enleve*|decroche*|ferme*|disparaisse|parte
        qu|que ..1 on|ils|vous ..2 retire|retirent|retiriez|enleve|enlevent|decroche|demonte|range|ferme|ferment ..2 ce|cette|ca|la|le|les|>
        {remove_fr} moi|nous|le|la|les? ..1 ce|cette|ces|cet|ca|cela|tout_ca|votre|vos {word}
        {remove_fr} ..1 le|la|les|l|votre|vos|cette|ce|ces|cet|du|de|des ..3 {shown_fr}
        < {remove_fr} moi|nous? ..1 le|la|les|ca|cela? >|svp|avant|immediatement|vite|tout_de_suite|maintenant
        {shown_fr} ..6 doit|devrait|devraient|doivent|aurait_du|merite ..1 etre? ..1 {removed_fr}
        {shown_fr} ..4 a retirer|enlever|decrocher|demonter|fermer|annuler|supprimer|interdire|jeter|bruler
        should|ought ..1 never ..1 have ..1 been? ..1 shown|hung|opened|allowed|displayed|exhibited|built|put_up|installed|made|screened|printed
        n|ne|jamais|never|pas ..2 aurait|auraient|should|ought ..2 jamais|have|pas|to? ..1 du|been|have? ..1 etre|been? ..1 expose*|montre*|accroche*|programme*|ouvert*|autorise*|shown|hung|opened|allowed|displayed|exhibited|built|put_up|installed
        demand*|exig*|reclam*|obten*|souhait*|attend*|vivement|veu*|voul*|immediat|appel*|pour ..3 retrait|fermeture|annulation|decrochage|deprogrammation|interdiction|suppression|demontage|restitution|report
        hors|dehors de|d ..1 notre|nos|chez_nous|ici|la_ville
        take|pull|get|bring|tear|rip|strip ..6 down|off_the|out_of_there|out_of_our|out_of_the
        {remove_en} ..1 of? ..1 this|that|the|these|those|your|such ..4 {shown_en}
        < ..1 {remove_en} it|this|that|them|these >|now|down|immediately|please|at_once|today|before|or
        < please|just|kindly|so? {remove_en} it|this|that|them|these >|now|down|immediately|please|at_once|today|before
        {shown_en}|it|this|that ..5 should|must|needs|need|has|have|ought ..2 be|to|to_be? ..1 {removed_en}|close|come_down|go_now|go|never_open
        ask*|call*|demand*|petition*|want*|request* ..2 for|you_to|the|that ..5 removal|withdrawal|closure|cancellation|removed|withdrawn|closed|cancelled|remove|withdraw|close|cancel|taken_down|take_down
        pending|until ..3 answer|review|inquiry|investigation|consultation
        retirez|retirer|enlevez|enlever|decroch*|deprogramm*|annulez|fermez|interdisez|virez|degagez|remballez|retrait ..3 {art}|cette|ce|ces|ca|cela|le_tableau|horreur*|torchon|ordure*|saloperie*|abomination|immondice*|croute*
        retirez|decrochez|enlevez|deprogrammez|annulez|retirez_la|retirez_le|retirez_les|decrochez_la|enlevez_moi|otez|virez_moi
        demand*|exig*|reclam*|obten*|souhait*|attend*|vivement|veu*|voul*|pour|immediat|petition ..4 retrait|fermeture|annulation|decrochage|deprogrammation|interdiction|suppression
        retrait|fermeture|annulation|decrochage ..2 immediat*|pur_et_simple|de_cette|de_l|du|tout_de_suite|des_maintenant
        doit|devrait|devraient|doivent|devriez|faudrait|faut|merite|exigeons|aurait_du|devez|decision ..6 retir*|decroch*|enlev*|deprogramm*|annule*|interdit*|disparaitre|etre_ferme*|fermer_cette|poubelle|jete*|la_benne|remis*
        poubelle|benne|dechetterie|feu|incinerateur ..4 {art}|ca|tout_ca|horreur*
        {art}|ca|cette_chose|tout_ca ..3 poubelle|benne|dechetterie|incinerateur
        n_a_rien_a_faire|na_rien_a_faire|n_ont_rien_a_faire|pas_sa_place|n_a_pas_sa_place|pas_leur_place ..5 {house}|ici|public|enfants|dans|lieu|la|>
        honte ..4 expos*|montr* ..2 ca|cela|ce|cette|une_telle
        take|taking|took|bring|get|tear|pull ..1 it|this|that|them|the|these|those ..3 down|off_the_wall*|out_of_there
        remove|withdraw|cancel|pull|scrap|ban|dismantle|destroy|bin|axe|shut|close|drop|end|removing|removal|withdrawal|cancellation|closure ..1 of? this|that|the|these|it|your|them|such ..4 {art}|room|now|immediately|at_once|filth|monstrosity|garbage|abomination|thing|today|from|down|nonsense|rubbish|disgrace
        < please? remove|withdraw|cancel|scrap it|this|them now|immediately|please|at_once|today|>
        should|must|needs|need|ought|demand|demanding|asking|ask|calling|call|want|deserve* ..2 be|to|for|to_be|being ..1 removed|remove|removal|withdrawn|withdraw|cancelled|canceled|cancel|banned|ban|taken_down|take_down|closed|shut_down|destroyed|pulled|scrapped|binned|taken_off|closure|cancellation
        the_bin|a_bin|the_skip|a_skip|bonfire|landfill|dustbin|incinerator ..4 {art}|belongs|where|>
        belongs|belong ..2 bin|skip|bonfire|landfill|dustbin|sewer|tip|trash
        no|not|has_no place|fit|suitable|acceptable|right in|for|to_be ..3 public|museum|gallery|children|on_display|shown|exhibited
        """,
        unless="""
        {remove_fr} ..1 vos|votre|ton|tes|mon|sa|son|leur manteau|manteaux|sac|sacs|chaussures|masque|abonnement*|reservation*|billet*|question|doigts|lunettes|valise
        closed|close|shut|cancel ..2 my|door|doors|window|tab|account|eyes|membership*|subscription*|booking*|ticket*
        quand|heure|when|what_time ..2 fermez|fermer|ferme|close|closing
        fermez|ferme|fermer|ouvrez ..3 porte|portes|heure|heures|lundi|mardi|dimanche|quand|vos|yeux|a
        pas|ne|n|jamais|ni|surtout|contre ..3 retir*|decroch*|enlev*|annul*|interdi*|retrait
        peut|peuvent|pouvez|peux|pourrait|pourraient retirer|fermer|annuler|interdire si|quand|s
        don_t|not|never|please_don_t|against|dont ..3 remove|take|withdraw|cancel|ban|removing
        """,
    ),
    rule(
        SignalKind.CENSORSHIP,
        TENSE,
        1.2,
        """
        {gag_fr}
        {gag_en}
        mon|mes|nos|ma|notre|nombreux|plusieurs|certains|quelques ..2 {comment_fr} ..6 {vanish_fr}
        my|our|mine|ours|honest|critical|negative|several|other ..2 {comment_en}? ..5 {vanish_en}
        vous|ils|on|qui|vos ..3 supprim*|effac*|masqu*|cach*|bloqu*|censur* ..5 {comment_fr}|gens|critiques|ceux|personnes|nous|voix
        can_t|cannot|couldn_t|where ..3 find|see|did|is|has ..1 my|our comment|post|message|reply|review ..1 gone|go|>
        censure|censurez|censurer|censures|censured|censeurs|censorship|censoring|liberte_d_expression|freedom_of_speech|free_speech|muzzled|muzzling|museler|baillonner|pensee_unique|orwellian|orwellien|stasi|omerta
        vous|ils|ca|on|qui|quand|la_moderation|moderateur*|moderation ..4 supprim*|efface*|effac*|masqu*|cach*|bloqu*|vir* ..4 message*|commentaire*|avis|critique*|gens|com|coms|ceux|tout_ce|post|posts|nos|les|mon|qui
        mon|mes|nos|les|des|ses|leurs|un|ce|tous message*|commentaire*|avis|critiques|post|posts|com|coms|comm|comms ..5 supprim*|effac*|disparu*|disparait|disparaiss*|masqu*|cache*|bloqu*|vire*|envole*|retire*|invisible*
        vous|ils m|me|l|nous ..1 avez|ont|a bloque*|banni*|vire*|supprime*
        bloque*|banni*|efface*|supprime* ..3 parce_que|pour_avoir|car|des_que|juste
        you|they|you_ve|they_ve|keep|who|mods|moderators|someone|stop|admin|admins|why ..3 delet*|hid|hiding|hide|remov*|block*|eras* ..4 comment*|post|posts|mine|message*|review*|people|critic*|everyone|anyone|negative|us|me|dissent|it_again
        my|our|all|every|any|the|two|three|these|his|her ..1 comment*|post|posts|message*|review*|question ..4 deleted|removed|hidden|vanished|disappear*|gone|erased|wiped|taken_down|scrubbed
        you|they|gallery|museum ..2 blocked|banned|muted me|us|my
        i ..2 blocked|banned|muted for|because ..6 comment*|criticis*|asking|saying|opinion|question*
        """,
        unless="""
        pourquoi|qui|comment ..3 supprimeraient|effaceraient|masqueraient|cacheraient|bloqueraient|censureraient
        why|who ..2 would ..3 delete|hide|remove|block|erase
        """,
    ),
    rule(
        SignalKind.ACCUSATION,
        HEATED,
        1.9,
        """
        {shown_fr} ..2 est|sont ..1 un|des|tous? faux ..1 >|et|grossier|manifeste
        {shown_en}|vase|painting|collection ..2 is|are ..1 a|all? fake|fakes|forgery|forgeries|counterfeit
        contract|tender|marche|contrat|poste|job|grant|subvention|commande ..5 wife|brother|cousin|nephew|mate|femme|frere|neveu|copain|copine|beau_frere|belle_soeur|maitresse|mistress
        se sert|servent|servait ..2 caisse|caisses|dans|largement >|la|les
        directeur|directrice|president|tresorier|maire ..2 se sert|gave|goinfre|remplit
        {crime_fr}
        {crime_en}
        {crime_verb_fr} ..6 {loot_fr}
        {loot_fr} ..4 {crime_verb_fr}
        {crime_verb_en} ..6 {loot_en}
        {loot_en} ..2 was|were|been|being|got ..2 {crime_verb_en}
        beau_frere|cousin|neveu|femme|copain|pote|ami|brother_in_law|cousin|nephew|mate ..5 mairie|contrat|marche|contract|council|tender|subvention|grant|poste|jury
        du|un|une|que vol|delit|fraude|escroquerie ..1 ni_plus|pur|pure|point|organise|en_bande|manifeste
        ceci|ca|cela|ce|that|this|it ..5 delit|crime|assault|fraud|theft ..1 >|point|where|and|et
        {staff}|il|elle|ils|directeur|conservateur|vous|on ..6 detourn*|escroqu*|vole|volent|vol|revend*|revendu*|falsifi*|touch*_des|pots_de_vin|corromp*|corrompu*|graiss*|blanchi|magouill*|fraude|fraudent|maltrait*
        escroquerie|detournement*|corruption|corrompu*|blanchiment|maltraitance|plagiat|recel|receleur*|pedophil*|pedocriminel*|pots_de_vin|conflit_d_interet*|prise_illegale|favoritisme|copinage|nepotisme|abus_de_biens|fraude*|faussaire*|pillage|pilleur*|spoliation|complice*|complicite|malversation*
        c|ce est|sont ..2 du|un|une|de|des|purement? ..1 vol|escroquerie|crime|delit|fraude|voleurs|recel|pillage|harcelement|blanchiment|pur_vol
        acte|actes ..1 de cruaute|barbarie|maltraitance|torture|vandalisme
        puni|punie|reprime|interdit|passible|condamnable|illegal*|contraire ..2 par|a ..1 la? loi
        argent|fonds|subvention*|dons|collections|objets|oeuvres|impots|caisse ..4 detourn*|vole*|vol|blanchi*|poche*|disparu*|evapore*|sale|revendu*
        achet*|soudoy*|arros*|trafiqu*|truqu*|bought|rigged|fixed|bribed ..2 jury|juges|elus|elu|conseil|vote|judges|panel|council|voix|marche|concours
        traced|copied|ripped_off|plagiarised|plagie*|recopie*|pompe ..4 work|someone|another|oeuvre*|autre*|artiste*|collegue
        tout_le_monde|everyone|everybody|on ..2 le|sait|knows ..1 sait|ici|it ..4 voleur*|thief|crook|vendu*|pourri*|corrompu*
        dans|plein|mis|met|mettre ..2 les|leurs|ses|vos poches
        main|mains ..2 fesses|culotte|sein|seins|cuisse*
        harcel*|agress*|attouch*|viol*|denonc* ..5 stagiaire*|femmes|eleves|filles|collaboratrice*|employe*|concurrent*|sexuel*
        asseoir|asseye*|assis|assises|assied ..3 genoux
        trop|tres|un_peu tactile*
        animateur*|guide|gardien*|mediateur*|bloke|man|guy|volunteer|presenter|guard ..8 petites_filles|fillettes|enfants|year_old|children|girls|daughter|son|kids ..8 genoux|touch*|caress*|messag*|texting|photo*|number|alone|lap|hug*|kiss*|bisou*|embrass*|cabine|seul*
        messag*|texting|texted|dm|snapchat ..3 my|her|his|ma|mon|a ..2 #
        groped|harassed|assaulted|molested|touched_up ..4 women|staff|interns|girls|committee|colleagues|employees|assistant*
        blanchir|argent_sale|mains_sales|sang_sur_les_mains|sang_sur_vos_mains|blood_on_your_hands|blood_money|dirty_money|tax_dodge*|tax_evasion|money_laundering|laundering
        {staff}|he|she|they|you|your|museum|gallery|these_people|director ..6 stole|stolen|stealing|steal|embezzl*|fiddl*|pocket*|bribe*|launder*|lied|cover*_up|covering_up|faked|forged|sold_off|plundered|looted
        corruption|fraudulent|embezzl*|animal_abuse|animal_cruelty|child_abuse|criminal_offence|criminal_offense|complicit|complicity|backhander*|bribe*|bribery|nepotism|cronyism|theft|thieves|grooming|paedophil*|pedophil*|cover_up|coverup|forgery|fakes|scam|racket|con_trick|extortion
        this|that|it|is|s|which is|s|are|was ..2 theft|fraud|illegal|a_crime|criminal|abuse|robbery|plagiarism|against_the_law
        stolen|looted|plundered ..3 goods|property|objects|artefacts|collection|from
        someone|somebody|director|people ..3 should|ought|belongs|go ..3 jail|prison|arrested|prosecuted|behind_bars|charged
        {staff}|il|elle|ils|vous|ca|direction ..4 prison|en_taule|derriere_les_barreaux|au_tribunal|en_garde_a_vue|cabane
        """,
        unless="""
        pas|ni|ne|not|no|isn_t|jamais ..2 corruption|fraude|fraud|theft|vol|escroquerie
        film|livre|salle|histoire|expo|room|show|story|book|documentaire|raconte|about|sur ..4 vol|fraude|fraud|theft|thieves|voleurs|faussaires|forger*|forgery
        made|peint|represente*|portraits|paintings ..4 thieves|voleurs
        journalis*|reporter|reagir|respond|comment|commentaire ..12 accusation*|allegation*|maltraitance|corruption|fraud
        """,
    ),
)
