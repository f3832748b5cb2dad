"""How blame is dressed: mockery, praise that means blame, sharp words and complaints without an insult."""

from scoring.assessment import RiskLevel, SignalKind
from scoring.signals._rule import Rule, rule

TENSE = RiskLevel.TENSE

_PRAISED = """
        mais|but|malgre|despite|though|although|cependant|neanmoins|hormis|sauf|quand_meme ..8 {praise_fr}|{praise_en}|vaut|worth|peine
        vaut|valait|valent|worth ..4 detour|peine|it|wait|attente|coup|visit|every|queue
        """

RULES: tuple[Rule, ...] = (
    rule(
        SignalKind.SARCASM,
        TENSE,
        0.9,
        """
        {mock_fr}
        {mock_en}
        mon|ma|mes|le|un ..1 neveu|niece|fils|fille|gamin|petit_fils|chien|chat|voisin|enfant|poisson|mamie|grand_mere ..8 mieux|pareil|autant|aussi_bien|meme_chose|plus_vite
        {art}|ca|truc ..4 enfant|gamin|gosse|maternelle|singe ..2 #|mieux|fait|ferait|aurait
        my|a|any ..3 five|six|four|three|5|6|4|3|two|year_old|toddler|kid|nephew|niece|dog|cat|child|nan|gran ..6 better|could_do|could_have|done_that|draw|drawn|manage
        avec|et|paye*|finance* ..2 nos|mes|notre|vos impots|sous|deniers|argent|taxes
        our|my|your|public|tax taxes|tax_money|taxpayer* ..5 work|pay*|spent|well_spent|wasted|waste|on_this|for_this
        argent public|du_contribuable|des_contribuables
        ca|cela fait cher
        fait cher le|la|l|pour
        euros|balles|piasses|dollars|euro|francs|mille|millions ..1 pour ..2 ca|cela|rien|un_mur|une_salle|regarder|voir|rester|attendre|trois|un_clou|du_vent|du_vide
        quid|pounds|dollars|bucks|grand|million|euros ..1 for|on ..1 that|this|nothing|the_privilege|a_wall|a_room|an_empty|some|six
        merci|thanks|thank_you|cheers|thx pour|for ..1 cette_lecon|la_lecon|ce_cours|le_cours|rien|nothing|la_blague|ce_moment_de|the_lecture|the_sermon|the_lesson|le_sermon|la_morale|sharing_your|tuning_in|votre_mepris|l_attente|the_wait|le_spectacle|that_insight|playing
        merci qui|docteur|professeur|captain|sherlock|einstein|monsieur|madame|patron|la
        combien|how_much ..6 verse*|paie*|paye*|touche*|touchez|paying|pay|paid ..2 par|pour|per|you|vous|phrase
        vous|tu|you ..1 etes|es|are|re|get ..2 paye|payes|paid ..3 mot|commentaire|ligne|word|comment|line
        et_demain|et_apres|la_prochaine_fois|prochaine_etape|bientot|what_s_next|whats_next|next_up|next_week|and_next|next_time ..6 un|une|le|la|des|du|tartare|a|an|the|we ..6 .
        tant qu|que|que_vous|qu_a vous_y|on_y|faire|y_est|y_etes
        why_not|might_as_well|while_you_re|while_you_are|while_we_re|pourquoi_pas ..5 at_it|charge|aussi|also|un|une|too
        et|puis ..1 pourquoi_pas ..2 un|une|la|le|facturer
        le|la|un|une|des|les ..2 compte_est_bon|tour_est_joue|courage|culot|audace >
        oh|ah|awww|aww|bouh|snif|ouin ..1 you|les|le|la|pauvre|pauvres|poor|pauvret* ..1 poor|pauvre|brave|petit*|chou|chous|cheris|baby|babies|things|thing|lamb|lambs|soul|souls|dear|dears
        poor|pauvre|pauvres ..1 baby|lamb|lambs|didums|diddums|petit_pied|chou|choux|biquet|bichette|chaton|cherie|petits
        oh|ah|eh ..1 yes|oui|bah|ben ..1 the|les|la|le|l|un|une|bien_sur
        funny|curieux|curious|strange|drole|bizarre|etrange|marrant how|comme|that|que
        {praise_fr}|{praise_en} ..3 as|comme ..1 always|ever|d_habitude|toujours|per_usual|usual >
        toujours|always ..1 aussi|so ..1 charmant|charmante|aimable|delicat|delicate|helpful|charming|classy|gracious
        je|on propose|suggere ..2 oeuvre|une|un ..8 portefeuille|contribuable|vide
        deja|deja_qu|deja_que qu|que|ils
        dit|dixit|parle|ecrit|repond|said|says celui|celle|the ..2 qui|man|woman|one|person
        {word} voire|limite|on_dirait|tendance chef_d_oeuvre
        prix|palme|oscar|cesar|medaille|trophee|award|medal|prize|gold_star|nobel ..4 de_la|du|de_l|d|for ..1 mauvais*|hypocrisie|mepris|incompetence|mauvaise|bad|worst|most|effort|stating|trying|pire|betise|connerie
        on applaudit|ovationne|salue ..4 bien_fort|exploit|performance|courage|effort|bien_bas|des_deux_mains
        champion*|champions|roi|rois|king|queen|kings|masters ..2 de|du|of ..2 gaspillage|bullshit|excuse*|langue|ridicule|waste|nothing|vide|esquive|rien|spin|excuses
        even|meme ..2 my|mon|ma ..1 {word} ..4 laugh|laughed|better|rit|rigole|mieux
        ah|oh ..1 the|la|le|les|l famous|fameux|fameuse|legendary|legendaire|celebre
        si je renverse|pose|laisse|accroche|colle|gribouille ..9 art|expose|musee|million|millions|subvention
        if i spill|drop|leave|hang|put|glue|scribble|sneeze ..9 art|residency|grant|museum|worth|million|exhibited
        chef_d_oeuvre|masterpiece|monument de|of|d ..2 pensee|langue|communication|administration|understatement|evasion|bureaucracy|mauvaise_foi|hypocrisie|mepris|spin
        only {word}|# million|thousand|quid|pounds >
        quand|when ..2 ce_sera|it_s|it_is|il_y_aura|there_s ..2 art|de_l_art|du_talent|talent >
        la|next prochaine|time ..1 fois|time? ..6 un|une|a|an|the ..4 vide|nothing|rien|mur|wall|invisible|silence
        """,
        unless="""
        serieusement|genuinely|seriously merci|thank*
        what a surprise to|it|and
        ca|cela fait pas|plutot cher
        """,
    ),
    rule(
        SignalKind.IRONY,
        TENSE,
        0.7,
        """
        {praise_fr} ..14 {harm_fr}
        {praise_en} ..14 {harm_en}
        {harm_fr} ..10 {clap_fr}
        {harm_en} ..10 {clap_en}
        {word} . ..3 {clap_fr} >|a|pour|au|les
        quelle|quel|belle|joli|jolie ..1 {virtue_fr} ..2 de|d|que|choisir|envers|pour|a ..2 {word}
        how|such {virtue_en} of|to|that|you
        how {virtue_en} >
        such ..1 {virtue_en_noun} >|from
        quelle belle|bonne|brillante|merveilleuse|riche|excellente|superbe idee|initiative|lecon|facon|maniere|preuve|image
        lovely|nice|brilliant|great|charming|superb|genius|delightful touch|idea|planning|plan|move|timing|thinking|work|job ..8 {harm_en}|closing|shutting|hiding|removing|cutting|charging
        just what ..3 needed|need|wanted|missing|always|ordered
        exactly what ..3 needed|missing
        exactement|pile|justement ..1 ce_dont|ce_qu|ce_qui ..2 on|il|nous|manquait ..3 >
        ten|10|five|5|vingt|20|dix out_of|sur ..1 ten|10|five|5|vingt|20|dix ..1 for|pour|curators|a
        nothing|rien ..1 says|de_tel|beats|pairs|dit ..8 like|que|qu ..6 >
        full marks|points for
        on|you|one|we sent|can_tell|can_feel|can_see ..2 la_maison|le_souci|l_amour|le_respect|all_the|the_love|how_much
        une|an|a|un ..1 immersion|experience|immersive ..1 totale|complete|experience|unique|inoubliable|total ..3 dans|of|de|in ..4 {harm_fr}|{harm_en}
        very|tres|so immersif|immersive|interactive|conceptual|interactif|conceptuel >
        """,
        unless=f"""
        quelle|quel|how ..1 {{virtue_fr}}|{{virtue_en}} ..10 merci|bravo|thanks|thank|felicitations|congratulations
        {_PRAISED}
        pas|not|no|sans|without|ni|aucun|aucune|zero ..1 de|d|any|a? queue|queues|file|attente|closed|wasted|waiting
        {{praise_fr}}|{{praise_en}} ..6 mais|but|malgre|despite|dommage|pity|shame|hormis|sauf|although|though|even_with
        """,
    ),
    rule(
        SignalKind.TONE,
        TENSE,
        0.7,
        """
        {sharp_fr}
        {sharp_en}
        honte a|de|sur ..1 vous|eux|ce|cette|musee|direction|toi
        vous|tu|devriez|devrait|aucune|sans|pas|n_avez ..3 avoir_honte|la_honte|honte|tombes_bien_bas|vergogne|scrupule*|dignite
        quel|quelle|une|c_est_une|c_est_un|ce|un ..1 honte|mepris|scandale|gachis|arrogance|indecence|desastre|catastrophe|farce|nullite|mascarade|hypocrisie|lachete|cynisme|aveu|naufrage|manque_de_respect|insulte|gifle
        vous|on|ils ..1 vous|se|nous foutez|fichez|moquez|fout|fiche|moque|moquent|foutent|prend|prennent|prenez ..3 nous|monde|gens|gueule|visiteurs|poire|cons|pigeons|idiots|moutons
        foutez|fiche|fichez|moquez|prenez ..3 de_notre|de_nous|pour_des|de_qui|du_monde|nos_tetes|notre_tete|notre_gueule
        ne|n|arretez|arrete|cessez|cesse ..3 enseigner|mentir|raconter|parler|dire|prendre|nous ..3 ce_que|betises|conneries|n_importe_quoi|mensonges|pour|prendre
        si|quand on|c n est a? rien rien? a dire
        on|vous|ils ..1 marche|touche|tombe ..2 sur_la_tete|le_fond|bien_bas|tete
        shame on you|them|whoever|this
        you|they|ye should ..2 be? ashamed
        have|had|got you|ye|they no|any shame|decency|respect|pride|conscience
        how dare you|they
        who|what|how on|in earth|hell|the|god_s ..4 thought|approved|signed|is|are|did|possess*
        call|calls|calling|calls_itself ..1 this|that|itself|yourselves|yourself ..2 art|museum|gallery|curating|curator*
        # minutes|heures|min|mn|h|heure|mins|hours|hour ..4 attente|queue|file|debout|soleil|pluie|attendre|poireauter|queueing|queuing|waiting|wait|standing|rain|line|hold|harp
        {number_fr} ..1 minutes|heures|heure ..4 attente|queue|file|debout|soleil|pluie|attendre|poireauter|poireaute|patienter
        {number_en} ..1 minutes|hours|hour|mins ..5 queue|queueing|queuing|waiting|waited|standing|stood|rain|line|hold
        attendu|poireaute|patiente|waited|queued|stood ..4 #|{number_fr}|{number_en} minutes|heures|hours|mins|min|h|hour
        toujours|still|encore|jamais|never|no|aucune|pas|sans|zero ..3 reponse|reponses|reply|replied|answer|answered|response|repondu|excuses|apology
        troisieme|3e|quatrieme|4e|cinquieme|third|fourth|fifth|enieme|nth|umpteenth fois|time|relance|mail|email|message
        on|je|nous ne|n ..1 remet*|revien*|reviendr*|remettr* ..2 plus|jamais
        plus jamais|un_centime|un_euro|un_sou
        never ..2 again >|in|will
        won_t|wont|will_not|shan_t|not ..2 be? coming|renewing|returning|renew ..1 back|again|>|my|membership
        personne|on ne|n? t|vous a ..1 rien? ..1 demande|sonne|force
        nobody|no_one|who asked >|for|you|me|your
        people|gens|types|folk|someone like|comme|such_as you|vous|toi
        your|ton|votre|vos lot|genre|espece|kind|semblables >|who|are|always|qui|a|never|could
        c|that|it est|s|is ..1 petit|low|cheap|petty|mesquin|bas|lache|facile|degueulasse|moche ..2 >|de_votre_part|of_you|from_you
        assumez|redescendez|ressaisissez|rhabillez|reveillez|descendez_de|sortez_de|ouvrez_les_yeux|regardez_vous|wake_up|get_real|grow_up|get_over_it|get_a_grip|do_better|have_a_word|stay_out
        leave|let|laisse*|laissez ..2 grown_ups|adults|experts|grands|ceux_qui_savent
        it|c|cela|that|this est|s|is|was ..1 not|pas|no|isn ..1 a_joke|funny|une_blague|drole|a_game|un_jeu|serieux|digne
        va_falloir|faudra|faudrait|il_est_temps|high_time|about_time ..4 repondre|excuser|reveiller|expliquer|rendre_des_comptes|apologised|somebody|someone|answer
        honestly|franchement ..3 worst|pire|nul|nulle|mauvais
        the|le|la worst|pire ..4 museum|musee|visit|visite|expo|exhibition|experience|show|accueil|service|ever
        ..1 sick|tired|fed_up|marre|assez|ras_le_bol of|de|with|d|qu|que|>
        your|votre|vos|leur ..1 silence|excuses|excuse|mepris|hypocrisie|arrogance|contempt|hypocrisy|cowardice|lachete|suffisance|condescendance|discours|communique|jargon|propagande|betises|lies|mensonges|spin|pr
        vous devriez|auriez_du|pourriez ..3 avoir|au_moins|honte|excuser|presenter
        you|they should|could|ought ..2 at_least|have|apologise|apologize|be|know ..3 ashamed|apologised|asked|told|better|embarrassed
        bless your|their|its ..1 heart|hearts
        who|nobody|no_one ..1 asked|cares ..2 >
        cheap|nasty|sad|dismal|dreadful|petty ..2 trick|gimmick|stunt|excuse|shot|thing_to
        maybe|perhaps|try|go_and|clean|learn|read|get ..2 your_screen|to_read|a_book|to_spell|a_job|a_dictionary|some_glasses|your_facts|an_education
        {far_complaint}
        {decline}
        ruined|spoiled|spoilt|wrecked ..2 my|our|the ..2 {word}
        gach* ..3 notre|ma|mon|nos|leur|sa ..2 {word}
        visite|journee|sortie|soiree|anniversaire gache*|ratee|foutue|fichue
        drove|travelled|traveled|came|roule|venus|venu|venue|fait ..4 hours|heures|miles|km|kilometres|bornes ..7 closed|ferme*|porte_close|nothing|rien|shut|two_rooms
        compliments|praise|eloges ..6 critiques|criticism|complaints|reclamations
        not|pas one|une|la_moindre ..1 apology|excuse|word|reply|reponse|explication >
        < typical >|museum|of|isn
        encore|another ..1 une|un? expo|exposition|show|exhibition ..2 pour|for ..3 inities|elite|bobos|people|friends|copains|amis|cousin|happy_few
        stop lecturing|pretending|preaching|hiding|telling
        vous|vos ..4 fichez|foutez|moquez ..2 >|du|de|des|pas_mal
        quel|what|the mepris|contempt|disdain|arrogance for|pour|envers|de ..3 {word}
        """,
        unless="""
        pas|ni|ne|rien|jamais|loin ..2 ridicule|nul|nulle|mediocre|pretentieux|honteux|honte|scandale
        sans|ni ..2 lecon|lecons|haine|colere
        prepared|expected|came|used ..2 to ..1 be furious|angry|appalled
        not|isn_t|wasn_t|never|nothing|hardly ..3 joke|pretentious|waste|rubbish|crap|shame|disgusting|boring
        what|such|a shame i|we|that|it|to
        vaut|valait|valent|worth ..4 detour|peine|it|wait|attente|coup|visit|every|queue
        c_etait|etait|thought|expected|cru|croyais ..5 nul|rubbish ..8 mais|but|puis|then
        """,
    ),
    rule(
        SignalKind.TONE,
        TENSE,
        0.2,
        """
        {protest_fr}
        {protest_en}
        our|nos|notre|my|mes|leur|their ..3 is|are|isn|aren|n_est|ne_sont|sont|est ..1 not|t|pas ..1 your|yours|votre|vos|un|une|des|a|for
        nous|on|je demandons|demande ..1 le|la|l|les|son|sa|ses|un|une|que maintien|retour|respect|excuses|gratuite|reouverture|dialogue|explications|reponse|moratoire|transparence|verite|justice|report|concertation|debat|rencontre
        we|i ..1 ask|urge|request|call|are_asking|m_asking|am_asking|expect ..1 on? ..1 the|that|you|museum|gallery|trustees|council|director ..3 to|stop|end|return|reconsider|explain
        """,
        unless="""
        je demande|demandais ..1 juste|si|a_quelle
        """,
    ),
)
