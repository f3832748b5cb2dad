"""Insults: at a person, at the staff, at the artist, at the house."""

from scoring.assessment import RiskLevel, SignalKind
from scoring.signals._rule import Rule, rule

HEATED = RiskLevel.HEATED

RULES: tuple[Rule, ...] = (
    rule(
        SignalKind.INSULT_STAFF,
        HEATED,
        2.6,
        """
        {staff}|community_manager|service_com|bureaucrate* ..1 est|sont|etes|es|sont_tous|sont_des|est_un|est_une|vraiment|tous|bande|de|d ..3 {rude_fr}
        {rude_fr}|bande_de|ramassis_de|tas_de|gros|grosse ..2 de|du|des|a|au|qui ..2 {staff}|service_com|community_manager|caisse|guichet
        votre|vos|cette|ce|le|la|les|l ..1 {staff} ..6 {rude_fr}|honte|minable*|debile*|abruti*|incapable*|imbecile*|odieu*|infect*|dindon*|chef*_de_gare
        lache*|incapable*|incompetent*|larbin*|menteur*|voleur*|fonctionnaire*|faineant*|planque*|feignant* ..3 bureau|service_com|communication|direction|accueil|caisse|moderation|musee|administration
        {staff}|whoever|social_media_team|social_media_intern|whoever_runs_this ..5 is|are|was|were|s|re|must_be|being ..4 {rude_en}
        {rude_en} ..3 at|on|in|behind|running|who_runs|who_run|who_signed|who_approved|of_a|as_a ..3 {staff}|desk|front_desk|ticket_office|door|this_page|this_account|charge|front_of_house|social_media|museum
        your|this|these|the|that|those ..2 {rude_en} ..2 {staff}|social_media_team
        """,
        unless="""
        imit*|joue|jouait|told|raconte*|story|histoire|portrait* ..6 {rude_fr}|{rude_en}
        {staff} ..1 ne|n sont|est|etes pas|jamais
        {staff} is|are|was|were|isn|aren not|t
        """,
    ),
    rule(
        SignalKind.INSULT_ARTIST,
        HEATED,
        2.6,
        """
        {artist}|cet_individu|pseudo_artiste|soi_disant_artiste|ce_type ..4 est|sont|un|une|es|etes|n_est_qu ..4 {rude_fr}|imposture|arnaque
        {rude_fr}|pseudo|soi_disant|pretendu*|petit|pauvre|sinistre|minable|miserable d|de|l|ce|cet|cette|le|la? {artist}
        pseudo|soi_disant|pretendu|pretendue|petit|petite|minable|sinistre|simili ..1 {artist}
        {artist} ..2 de|du|a|au|en mes_couilles|mes_deux|pacotille|mes_fesses|merde|bas_etage|supermarche|rate*|carton|salon
        {artist} ..5 soigner|interner|faire_soigner|psychiatr*|asile|psy|enfermer|camisole
        faut|fallait|il_faut etre ..2 {rude_fr}|derange*|malade|tordu*|psychopathe pour ..2 filmer|peindre|faire|creer|exposer|pondre|imaginer|sculpter|photographier
        {artist}|so_called|so_called_artist|this_guy|this_woman|whoever_made_this|whoever_painted_this ..3 is|s|was|are|must_be ..5 {rude_en}|no_talent|hack|sick_in_the_head|con
        {rude_en}|so_called|wannabe|self_proclaimed|pretend|talentless|overrated|untalented|failed|third_rate ..1 {artist}
        {artist} ..4 needs|should|belongs|ought ..4 locked|sectioned|psychiatr*|asylum|therapy|help|jail|prison|head_examined
        who|man|woman|someone who ..3 calls|call it|himself|herself|that courage|art|artist
        """,
        unless="""
        pas|not|no mauvais|bad {artist}
        """,
    ),
    rule(
        SignalKind.INSULT,
        HEATED,
        2.6,
        """
        bande|tas|ramassis|brochette|clique|equipe|troupeau|assemblee de|d ..1 {rude_fr}|bobos|gogos|naifs|bras_casses|charlots|rigolos|fous_furieux|sauvages|degeneres|racistes|hypocrites
        <|vous|tu|va|pauvre|sale|grosse|quelle espece|especes de|d sale|gros|grosse|petit*|vieux|vieille? {word}
        <|vous|tu|toi|va|et|tous bande|bandes de|d {word} >
        <|vous|tu|toi|quelle|sacree bande|tas|ramassis|brochette de|d {word}
        sale|sales|pauvre|pauvres|gros|grosse|petite|petit|vieux|vieille|vieilles|sinistre|triste|foutu|maudit|maudits|maudite|satané* ..1 {rude_fr}|type|con|conne|coucou|crouton|bonhomme|fille|femme
        < quel|quelle|quels|quelles|tous|toutes bande|des|tas|d|de|les|ces|une|un? ..1 {rude_fr} >
        vous|tu|t|ils|elles|il|elle|on n|ne|m|nous? etes|es|sont|est|etiez ..1 vraiment|tous|que|qu|bien|tout|franchement|decidement|quand_meme|meme|juste|rien|trop|tellement|sacrement|carrement|totalement|completement|pas_mieux|toutes? ..1 des|un|une|d|de|du|les? ..2 {rude_fr}|odieux|odieuse|infect|infecte|puants|pitoyable*|detestable*|ignoble*|immonde*|a_vomir|la_honte|honte_de
        {rude_fr} que|qu tu|vous es|etes|es_la
        faut|fallait|faudrait|il_faut etre ..3 {rude_fr} pour
        < {rude_fr} >
        < bande_de|gros|sale|pauvre|espece|va|allez|sacre|petit ..1 {rude_fr}
        continue*|arrete*|tais|taisez|va|allez|parle*|dit|disait|retourne*|bravo|merci ..6 {rude_fr} >
        ferme|boucle|fermes la|ta_gueule|vos_gueules|votre_gueule|ton_clapet|votre_clapet|la_un_peu
        fermez_la|bouclez_la >|un|donc|bande|espece
        ta_gueule|vos_gueules|va_te_faire|allez_vous_faire|va_chier|allez_chier|nique_ta|niquez_vous|nique_vos|fils_de_pute|casse_toi|cassez_vous|allez_au_diable|va_au_diable|mange_ta_main|va_crever_la|allez_vous_faire_cuire|je_t_emmerde|je_vous_emmerde|vous_emmerdez|tg|ntm|fdp
        zero|pas_un_gramme|manque|vide|petit|petits|aucun|pas|rien|demi ..3 neurone*|cerveau|cervelle|jugeote|cerveaux|culture|honneur|couilles
        cerveau|cervelle|qi|neurone*|jugeote ..4 huitre|poule|moineau|petit_pois|bulot|moule|mouche|chambre|perdu*|absent*|vide|grille*|negatif|oublie*
        honte|regarde*|apprend*|retourne*|va|allez ..4 a_l_ecole|jouer_aux_billes|soigner|te_faire_soigner|vous_faire_soigner|consulter|te_cacher|vous_cacher|lire_un_livre|te_coucher|vous_coucher|bac_a_sable|te_pendre
        {house}|institution|direction ..3 est|sont|de|d|tenu*|gere*|dirige* ..2 par? ..2 {rude_fr}
        {them}|vous|tu me|nous|te ..2 donn*|fai*|degout* ..3 vomir|gerber|la_nausee|pitie|envie_de_vomir
        you|you_re|youre|ur|u|you_are|y_all|yall|they|they_re|he|she|he_s|she_s|you_lot|he_is|she_is|they_are|re|s ..1 are|is|re|s|all|such|an|a|just|really|absolute|complete|total|utter|nothing|the|always|being|clearly|truly|so|bloody|actual|one|some|sound|look|must_be ..3 {rude_en}
        bunch|pack|load|shower|gang|collection|parade|herd|circus|crowd|nest|cabal|lot of ..3 {rude_en}|hypocrites|cretins|elitists|luvvies|wasters|amateurs|perverts|degenerates
        what|such|absolute|total|utter|complete|bloody|little|sad|miserable|pathetic|pompous|lying|stupid|fat|old|silly|smug|arrogant|poor|daft|dirty|ignorant|spineless|jumped_up|self_righteous|stuck_up ..1 a|an|of? ..1 {rude_en}
        you {rude_en}
        you absolute|utter|complete|total|sanctimonious|miserable|pompous|sad|silly|stupid|horrible|pathetic|arrogant|ignorant|smug|spineless|ridiculous|nasty|vile|overgrown|jumped_up|self_important|ghastly|dreary|dismal|daft|bitter|pretentious|entitled|little|old|fat|dim|thick ..2 {word} >
        you|such|being ..1 a|an|this_much_of_a|absolute|such_a ..2 {rude_en}
        drama_queen|pearl_clutcher*|keyboard_warrior*|attention_seeker*|know_it_all|killjoy*|brat|brats|foghorn|harpy|harpies|busybody|busybodies|snowflake*|crybaby|crybabies|man_baby|manchild
        give it|us a rest|break ..3 {word}
        too|so|that soft|thick|dim|slow|stupid|dense|blind|daft i_m|to|even|surprised ..6 >
        donneur*|donneuse* de lecon*
        sans|aucune|zero education|cervelle|scrupule*|coeur|ame|dignite|vergogne|honneur|cerveau >
        pondre|pondu|pondent ..3 des|gosses|marmots|mioches|lardons|comme
        {word} sans education|cervelle|culture|honneur
        paye*|paid ..2 a|to|pour repeter|mentir|lie|parrot|rien_faire|dormir
        sont|est|etes|sommes des|un|une|que_des perroquet*|moutons|singes|poules|dindes|chevres|anes|vaches|cochons|toutous|chiens|rats|veaux|huitres
        you|they|you_lot are|re|is|s a|all|just|like? ..1 sheep|parrots|monkeys|dogs|pigs|rats|vultures|donkeys|cows|hyenas|lapdogs
        espece|especes de|d ..1 {word} >
        vous|tu|ils|elles etes|es|sont la|le|les {word} de|du|des|d ..1 {word} >
        peau|tete|gueule|face|langue|cervelle de|d vache|con|pioche|noeud|cul|rat|pute|moineau|vipere|linotte|enclume|fouine|cochon|fromage
        commentaire|message|discours|raisonnement|avis|reponse|idee|remarque|humour|logique|vision de|d {rude_fr}
        quel|quelle|quels|quelles|sacre|sacree|parfait|parfaite|vrai|vraie|gros|beau|bel ramassis|tas|bande|equipe de|d {word}
        barbouilleur*|tartuffe*|goujat*|gougnafier*|mufle*|cuistre*|faquin*|jean_foutre|foutriquet*|bouseux|peigne_zizi|bulot*|buse*|triple_buse|nouille*|courge*|quiche*|patate*|ane_bate|anes_bates|margoulin*|arriviste*|opportuniste*|lecheur*|lecheuse*|leche_bottes|precieuses_ridicules|petits_marquis|pleutre*|couard*|veule|veules|girouette*|marionnette*|carpettes|sangsue*|goinfre*|engraiss*|se_goinfre*|gavez|vous_goinfrez|vous_gavez
        apprendre|apprends|apprenez ..2 orthographe|a_lire|a_ecrire|grammaire|francais ..4 avant|d_abord|>
        being|be|how|how_can_you_be|anyone_be this|that|so dim|thick|stupid|dense|ignorant|gullible|pathetic|petty|daft|clueless
        you|such_a|what_a|another|a {word} little|old man|woman|person|boy|girl|creature|twerp|toad|weasel|worm|snob|prig
        back|crawl|go ..2 under|to|into your bridge|rock|cave|hole|mummy|mother|village|swamp|sewer
        jumped_up|two_bit|tinpot|tin_pot|half_baked|third_rate|second_rate|bargain_basement|puffed_up|self_styled {word}
        thick_as|dumb_as|daft_as|bete_a|beta_comme|con_comme|bete_comme|conne_comme ..2 {word}
        toad*|twerp*|prig*|vandals|barbarians|hyena*|ghoul*|leeches|bloodsucker*|sycophant*|toady|toadies|dullard*|dimbulb*|nincompoop*|halfwits|blowhard*|gobshite*|gasbags|pipsqueak*|nonentity|nonentities|lickspittle*|two_faced|scrounger*|freeloader*|shyster*|con_men|conmen|crook
        harpie*|megere*|mufle*|goujat*|pimbeche*|petasse*|butor*|rustre*|malotru*|peigne_cul|vieille_bique|vieille_chouette|langue_de_vipere|sac_a_vin|poivrot*|pochetron*|illumine*|enrage*|hysterique*|frustre*|grincheux|chialeuse*|gueulard*|mal_baise*|pleurnichard*|bobonne
        retourne*|range*|va|allez|rentre*|remballe* ..2 a|dans|ton|ta|tes|vos|votre|faire|jouer ..2 bouquins|livres|cave|grotte|niche|trou|ehpad|sieste|dodo|poubelle|maman|mere|tricot|playstation|bac_a_sable|legos|poupees|etudes|bistrot|cuisine|de|caniveau
        en guise|lieu_et_place de cervelle|cerveau|tete
        ne|n vaut|valez|valent|vaux guere|pas|rien mieux|plus|cher|tripette
        etait|est|c_etait|c_est une|un|qu_une|qu_un ordure*|salaud*|pourriture*|collabo*|traitre*|crapule*|fumier*|lache*|raclure*|balance*
        < {rude_en} >
        < {rude_en} ..1 {rude_en} >
        shut ..2 up|it|your_mouth|your_face|your_trap|your_gob
        piss_off|fuck_you|fuck_off|f_off|sod_off|bugger_off|go_to_hell|get_stuffed|screw_you|eff_off|up_yours|bite_me|naff_off|do_one|jog_on|get_lost|get_a_life|go_fuck_yourself|eat_shit|kiss_my|sit_down_and_shut|suck_my|stfu
        brain|brains|braincell*|brain_cell*|iq|neurons ..4 pea|goldfish|between|missing|single|lost|amoeba|size|single_digit|low|room_temperature|absent|washed|rot|rotted|dead
        nobody|no_one|everyone ..4 takes_you_seriously|likes_you|respects_you|laughs_at_you|laughing_at_you|can_stand_you|cares_what_you|asked_you
        {house}|institution|management ..3 is|are|run|managed|full|led|staffed ..2 by|of|a? ..2 {rude_en}
        should|ought ..1 be|feel? ..1 ashamed_of_yourself|ashamed_of_yourselves|sacked_in_disgrace|nowhere_near
        make|makes|made me|us|you ..1 sick|vomit|puke|want_to_vomit
        not|isn_t|aren_t|barely fit_to|fit|worthy|qualified ..2 run|shine|lick|be_called|clean|curate
        """,
        unless="""
        {crowd_fr} de|d ..2 {harmless_crowd}
        {crowd_en} of ..2 {harmless_crowd}
        moi|i|je|j ..2 suis|am|m ..3 {rude_fr}|{rude_en}
        you lovely|absolute|complete|total|utter|little|old|big|great|silly ..1 star|stars|legend|legends|angel|angels|gem|gems|treasure|treasures|hero|heroes|genius|geniuses|beauty|beauties|darling|darlings|people|gang
        portrait*|figure|figures|role|costume*|salle|room|sculpture*|peinture*|painting*|told|story|histoire|adore|love|loved|favourite*|favori*|imit*|raconte* ..4 {rude_fr}|{rude_en}|marionnette*
        marionnette*|clown* ..3 salle|room|vitrine|painting*|peint*
        """,
    ),
)
