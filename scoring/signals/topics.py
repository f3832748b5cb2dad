"""Subjects before which nobody jokes: grief, minors, law, religion, colonial past, disability, staff, money back, strikes, press."""

from scoring.assessment import RiskLevel, SignalKind
from scoring.signals._rule import Rule, rule

CALM = RiskLevel.CALM

RULES: tuple[Rule, ...] = (
    rule(
        SignalKind.GRIEF,
        CALM,
        -0.2,
        """
        j|on|nous|ai|avons|a|vient|viens|viennent ..2 perdu|perdre|enterre|enterrer|inhume ..2 mon|ma|mes|notre|son|sa|nos|un ..2 mari|femme|pere|mere|papa|maman|frere|soeur|fils|fille|enfant*|ami|amie|grand_pere|grand_mere|chien|chienne|chat|chatte|epoux|epouse|bebe|compagnon|compagne|cousin*|oncle|tante|neveu|niece|collegue
        mon|ma|mes|notre|son|sa mari|femme|pere|mere|papa|maman|frere|soeur|fils|fille|ami|amie|grand_pere|grand_mere|mamie|papi|epoux|epouse|oncle|tante|collegue ..5 mort|morte|decede*|disparu*|quitte*|partie|parti|parti_trop|nous_a_quitte*|enterr*|suicide*|n_est_plus
        deuil|obseques|enterrement|funerailles|condoleance*|veuf|veuve|decede*|deces|orphelin*|incinerat*|repose_en_paix|rip|paix_a_son_ame|hommage_a|minute_de_silence|attentat*|fausse_couche|cancer|chimio|palliatif*|ehpad
        nous|a ..1 a|ont quitte*|quittes
        we|i|she|he|they|my ..2 lost|buried|bury|cremated|scattered ..3 my|our|her|his|him|their|mum|dad|mom ..2 husband|wife|father|mother|dad|mum|mom|brother|sister|son|daughter|child|friend|grandfather|grandmother|gran|nan|dog|cat|baby|partner|him|her|uncle|aunt
        my|our|her|his ..2 husband|wife|father|mother|dad|mum|mom|brother|sister|son|daughter|friend|grandfather|grandmother|gran|nan|grandad|dog|cat|partner|uncle|aunt|colleague|late ..4 died|passed|passed_away|dead|death|gone|funeral|buried|killed|ashes|husband|wife|father|mother
        funeral*|bereave*|mourning|condolence*|widow*|grief|grieving|rest_in_peace|passed_away|in_memory_of|memorial_for|cremat*|hospice|stillborn|miscarriage|terminal_cancer|chemo|we_buried|buried_him|buried_her|late_husband|late_wife|late_father|late_mother
        """,
    ),
    rule(
        SignalKind.MINOR,
        CALM,
        0.0,
        """
        j|ai|jai|g ai? 7|8|9|10|11|12|13|14|15|16|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze ans
        fils|fille|enfant*|gamin*|garcon|petit_fils|petite_fille|neveu|niece|eleve*|gosse*|petit|petite|classe ..3 de ..1 #|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze ans|mois
        mineur*|pedo*|pedophil*|inceste|enfants ..3 nus|nue|abus*|viol*|sexual*|sexuel*|protection|danger
        je suis en sixieme|cinquieme|quatrieme|troisieme|cm1|cm2|ce1|ce2|cp|6e|5e|4e|3e|6eme|5eme
        ma_maitresse|mon_maitre|mes_parents_veulent|mes_parents_disent|mon_college
        i|im|am|m 7|8|9|10|11|12|13|14|15|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen years_old|yrs_old|yo|year_old|yr_old|and|is|so|can|>
        # year|years|yr|yrs|y|month|months old|o
        aged #|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen
        im|m|am #
        my_teacher|my_mum_says|my_mom_says|my_dad_says|my_mum_said|im_in_year|i_m_in_year|in_my_class|year_six|year_5|year_6
        minors|underage|child_abuse|paedo*|pedo*|sexualis*|sexualiz*|molest*|grooming
        """,
    ),
    rule(
        SignalKind.LEGAL,
        CALM,
        0.6,
        """
        plainte|avocat|avocate|avocats|tribunal|tribunaux|proces|procureur|diffamation|diffamatoire*|rgpd|cnil|droit_a_l_image|huissier|mise_en_demeure|juridique*|poursuites|porter_plainte|assign*_en_justice|justice|prejudice|dommages_et_interets|droit_d_auteur|droits_d_auteur|saisir|defenseur_des_droits|prud_hommes|mediateur_de|article_l|code_penal|code_du_patrimoine|refere
        lawsuit*|lawyer*|solicitor*|barrister|attorney*|sue|suing|sued|legal_action|defamation|defamatory|libel*|slander*|gdpr|data_protection|ico|court|tribunal|copyright|infring*|prosecut*|injunction|small_claims|ombudsman|subpoena|cease_and_desist|litigation|take_legal|legal_advice|see_you_in_court|freedom_of_information|foi
        """,
    ),
    rule(
        SignalKind.RELIGION,
        CALM,
        0.1,
        """
        dieu|christ|jesus|vierge|eglise|eglises|catholique*|chretien*|blaspheme*|blasphemat*|sacrilege|musulman*|islam|islamique|coran|prophete|allah|juif|juive|juifs|torah|synagogue|mosquee|religion*|religieu*|croyant*|sacre|sacree|sacres|priere*|prier|crucifix|croix|pretre*|eveque|bible|bouddh*|hindou*|saint|sainte|messe|relique*|foi|profan*|satan*|antechrist|bapteme|moine|moines
        god|christ|jesus|virgin_mary|church|churches|catholic*|christian*|blasphem*|sacrileg*|muslim*|islam|islamic|quran|koran|prophet|allah|jew|jews|jewish|torah|synagogue|mosque|religion*|religious|believer*|sacred|holy|prayer*|pray|praying|crucifix|priest*|bishop|bible|buddh*|hindu*|saint|mass|relic*|faith|desecrat*|satan*|antichrist|parish|vicar|monk|monks
        """,
        unless="""
        mon|oh|my|nom|omg|bon dieu|god|de
        sacre|sacree coup|bon|belle|bonne|soiree|surprise|boulot|travail|file|queue|monde|farce
        """,
    ),
    rule(
        SignalKind.COLONIAL,
        CALM,
        0.1,
        """
        colonial*|colonialis*|coloni*|decoloni*|restitu*|spoli*|pille*|pillage*|esclavage|esclave*|esclavagis*|traite_negriere|traite_des_noirs|imperialis*|restes_humains|ossements|crane|cranes|momie*|ancetre*|indigene*|autochtone*|neocolonial*|empire_colonial|butin|zoo_humain|zoos_humains|apartheid|genocide*|provenance
        rend*|rendre|retour|renvoy* ..4 pays|ancetre*|objets|afrique|peuple*|propriet*|villages|descendants|masque*|tete*|crane*|restes
        colonial*|colonialis*|coloniz*|colonis*|decoloni*|restitut*|repatriat*|looted|looting|plunder*|slavery|slave*|slave_trade|imperialis*|human_remains|skull*|bones|mummy|mummies|ancestor*|indigenous|empire|stolen_from|stolen_objects|stolen_artefacts|stolen_artifacts|genocide*|benin_bronzes|elgin|provenance|shrunken
        give|send|giving|sending|return|returning|hand ..4 back|home|to ..4 {those}|where|country|people|owners|descendants|ghana|nigeria|benin|egypt|greece|them|africa|communit*
        """,
    ),
    rule(
        SignalKind.DISABILITY,
        CALM,
        0.1,
        """
        handicap*|fauteuil_roulant|en_fauteuil|fauteuils|pmr|mobilite_reduite|carte_mobilite|malvoyant*|non_voyant*|aveugle*|malentendant*|sourd|sourde|sourds|lsf|langue_des_signes|boucle_magnetique|audiodescription|autis*|accessibil*|trisomi*|dyslexi*|bequille*|deambulateur|braille|ascenseur_en_panne|accessible_aux|invalidite|epilep*|amput*
        wheelchair*|disab*|accessib*|mobility|blind|deaf|hearing_loop|hearing_aid*|sign_language|bsl|autis*|audio_description|step_free|crutches|braille|visually_impaired|hard_of_hearing|mobility_scooter|blue_badge|guide_dog|assistance_dog|walking_frame|walking_stick|sensory|adhd|epilep*|amput*|special_needs|neurodiver*
        """,
    ),
    rule(
        SignalKind.STAFF_CONDUCT,
        CALM,
        0.6,
        """
        {staff}|dame_de|monsieur_de|jeune_homme|personnel ..6 desagreable*|impoli*|agressi*|aboi*|aboy*|hurl*|cri*_dessus|mal_eleve*|insult*|humili*|m_a_parle|nous_a_parle|meprisant*|raciste*|pousse*|bouscul*|rembarr*|malpoli*|odieu*|insupportable*|hautain*|leve_les_yeux|soupir*|refuse*|regarde_de_haut|engueul*|mis_dehors|jete_dehors|vire*|suivi*|fouill*|harcel*|touche*
        desagreable*|impoli*|agressi*|malpoli*|mal_recu*|mal_accueilli*|odieu* ..5 {staff}|caisse|guichet
        recu*|accueilli*|traite*|parle|engueule* comme des_chiens|du_betail|des_voleurs|un_chien|de_la_merde|des_moins|des_malpropres
        {staff}|woman_on|man_on|lad_on|lady_at|girl_on|desk|bloke_on ..6 rude|rudely|aggressive|shouted|shouting|yelled|barked|snapped|insult*|humiliat*|unhelpful|hostile|racist|pushed|shoved|rolled_eyes|rolled_her|rolled_his|condescending|patronis*|sneer*|refused|followed_us|followed_my|threw_us|kicked_us|barred|manhandled|grabbed|hissed|surly|dismissive|harass*|groped|ignored
        rude|surly|hostile|aggressive|unprofessional|unhelpful|appalling ..3 {staff}|desk|service
        treated|spoke|spoken ..2 to? us|me|my|him|her|like ..2 like? ..2 criminals|dirt|thieves|idiots|rubbish|an_idiot|a_criminal|cattle|children
        """,
    ),
    rule(
        SignalKind.REFUND,
        CALM,
        0.3,
        """
        rembours*|geste_commercial|avoir_sur|double_debit|debite*_deux_fois|paye*_deux_fois|preleve*_deux_fois|rendez_l_argent|revoir_mon_argent|billet*_non_utilise*|dedommag*
        revoi*|recuper*|rend*|retrouv* ..3 mes|nos|mon|les|# ..1 euros|argent|sous|fric|billets|€
        refund*|money_back|reimburse*|charged_twice|double_charged|chargeback|voucher_instead|want_my_money|compensat*|overcharged|credit_note
        like|want|give|get|have ..2 my|our|me ..4 back ..2 >
        """,
    ),
    rule(
        SignalKind.STRIKE,
        CALM,
        0.3,
        """
        greve|greves|greviste*|syndicat*|cgt|preavis|debrayage|licenci*|intersyndicale|piquet_de|sous_effectif|precaire*|precarite|plan_social|externalis*|sous_trait*|vacataire*|mouvement_social
        mal|sous pay*|payes
        strike|strikes|striking|on_strike|union|unions|picket*|layoff*|laid_off|redundan*|dismiss*|sacked|zero_hours|underpaid|understaff*|walkout|industrial_action|outsourc*|living_wage|unpaid_intern*
        """,
        unless="""
        strike|strikes|striking ..2 me|balance|how|image*|chord|a_pose
        """,
    ),
    rule(
        SignalKind.PRESS,
        CALM,
        0.3,
        """
        journalis*|redaction|pigiste|reporter|presse|article_sur|interview*|attache_de_presse|relations_presse|je_boucle|bouclage|radio_france|france_inter|ouest_france|liberation|le_monde|le_figaro|mediapart|telerama|rtbf|radio_canada|la_presse|bfm|reportage|documentariste
        depute*|senat*|conseiller*_municipal*|conseiller*_regional*|adjoint*_au_maire|adjointe_a_la|maire_de|elu|elue|elus|prefet*|ministre*|echevin*
        journalist*|reporter|newsroom|press_officer|press_office|press_enquiries|for_an_article|writing_a_piece|on_deadline|on_the_record|for_comment|right_of_reply|bbc|the_guardian|the_times|daily_mail|channel_4|freelance_writer|columnist|correspondent|my_editor|podcast*|newspaper|broadcast*
        councillor*|councilor*|mp_for|member_of_parliament|ward|mayor_of|senator*|assembly_member|congress*|alderman|my_constituents|constituent*
        """,
        unless="""
        lu|read|dans|in|seen|vu|selon ..2 la|le|the|your|my? presse|press|newspaper
        presse de|a|pour|d
        """,
    ),
)
