"""Hate against a group of people, with or without rude words."""

from scoring.assessment import RiskLevel, SignalKind
from scoring.signals._rule import Rule, rule

RULES: tuple[Rule, ...] = (
    rule(
        SignalKind.HATE,
        RiskLevel.CRITICAL,
        3.6,
        """
        rentr*|retourn*|repart*|renvoy*|renvoi*|expuls*|deport*|foutre|foutez|dehors|virez|virer|remigr* ..4 chez_vous|chez_eux|chez_toi|votre_pays|leur_pays|ton_pays|au_bled|en_afrique|au_pays|dans_vos_pays|brousse|la_bas_d
        {group}|{those} ..4 dehors|au_four|chambre_a_gaz|exterminer|eradiquer|a_gazer|a_pendre|au_trou|au_bucher
        dehors|mort|marre|assez|trop|vire* ..2 aux|les|des|de|d {group}
        {group}|{those} sont|est|c_est|etes|ne_sont|vous_etes ..3 vermine*|cafards|rats|parasite*|animaux|betes|singes|chiens|porcs|sous_hommes|maladie|cancer|fleau|peste|sauvages|inferieur*|degeneres|nuisible*|voleurs|violeurs|terroristes|malades|erreur|dechets|moins_que|race
        vermine|cafards|rats|parasites|singes|sous_hommes|sous_race|sauvages|racaille*|engeance|invasion|invasifs ..2 de|d|ces {group}
        sous_race|sous_hommes|race_inferieure|races_inferieures|race_superieure|race_pure|grand_remplacement|sang_impur|sang_pur|purification|nettoyage_ethnique|peuple_inferieur
        {group}|{those} ..5 rien_a_faire|pas_leur_place|pas_sa_place|pas_a_leur|ne_devraient_pas|devraient_pas|devrait_interdire|devrait_les_interdire ..3 ici|chez|dans|en|la|musee*|nos|notre|pays|venir|avoir|entrer|voter|exister|sortir|>
        on n|est est|plus plus|chez chez|nous nous?
        ces_gens_la|ces_gens|cette_engeance|cette_race|ces_individus|ces_types_la ..5 comprendr*|savent|apportent|respectent|integr*|vivent|volent|salissent|pondent|envahi*|profitent|crasse|civilis*|meritent|sont_tous|tous_les_memes|pas_comme_nous|pas_leur_place|dehors|chez_eux|infest*
        trop|plein|infeste*|envahi*|rempli* de|d|par ..1 {group}|{those}
        place|role ..2 femme*|bonne_femme ..3 cuisine|maison|fourneaux
        femme*|bonnes_femmes ..3 cuisine|fourneaux|a_la_maison|retourn*
        {group} ..2 tous|toutes ..1 les_memes|pareil*|pourris|des_voleurs|feignants|terroristes|menteurs|malades
        propagande|lobby|complot|mafia|finance|dictature ..2 {group}|juive|lgbt*|islamique|homosexuelle|sioniste*
        hitler|adolf|nazis|fuhrer ..6 raison|fini|termine|bien|manque|boulot|travail
        go|goes|get|send|ship|move|crawl|back ..3 back ..3 where ..2 came_from|come_from|belong
        go|send|ship|get|deport|kick|throw ..3 back_to ..2 country|africa|asia|home|mexico|jungle|own_country|caves
        deport|exterminate|gas|eradicate|sterilise|sterilize|castrate|shoot|ban|expel|lock_up|get_rid_of|round_up|wipe_out|burn|behead ..2 all? ..1 {group}|{those}|them_all
        {group}|{those} are|re|is ..4 vermin|cockroach*|rats|parasite*|animals|apes|monkeys|dogs|pigs|subhuman*|disease*|cancer|plague|savages|inferior|degenerate*|filth*|thieves|rapists|terrorists|sick|scum|evil|mistake|trash|not_human|less_than|a_problem|the_problem|ruining|taking_over|invading|everywhere_now|all_the_same|disgusting|dirty|primitive
        vermin|rats|parasites|apes|savages|scum|filth|invasion|plague|swarm*|hordes ..2 of ..1 {group}|those_people
        {group}|{those} ..4 don_t_belong|do_not_belong|dont_belong|not_welcome|aren_t_welcome|should_not_be_allowed|shouldn_t_be_allowed|should_be_banned|should_be_shot|should_be_deported|should_all|have_no_place|have_no_right|should_stay|need_to_go|must_go|out_of_our|should_never_have|should_know_their
        {those}|people_like_them|people_like_that|your_lot|their_lot ..5 breed*|civilis*|civiliz*|dirty|steal*|never_built|don_t_understand|can_t_read|belong*|overrun|infest*|animals|filth*|smell*|ruin*|wash|never_learn|born_liars|inferior
        subhuman*|untermensch*|master_race|race_mixing|racially_pure|white_genocide|great_replacement|ethnic_cleansing|inferior_race*|lesser_race*|pure_blood
        kill|death_to|gas|hang|lynch ..1 all? ..1 {group}
        hate|despise|loathe|sick_of|tired_of|fed_up_with ..2 all? ..1 {group}
        je|on hais|deteste|hait|supporte_pas|supporte_plus|peux_pas_saquer les|ces|tous_les {group}
        overrun|infested|crawling|flooded|swamped with|by ..2 {group}|{those}
        woman*|women belong* ..2 kitchen|home
        women|woman|femmes|femme have|has|got|n_ont|ont no_business|no_right|no_place|rien_a_faire|pas_a|aucun_droit ..8 {word}
        women|femmes|girls|filles|sex ..14 back_of_the_hand|bonne_correction|une_correction
        hitler ..5 right|job|finished|should_have|idea
        no|keep|our {group}|country ..3 allowed|white|pure|christian
        """,
    ),
)
