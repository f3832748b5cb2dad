"""Classes of words that several families of rules share: who is meant, what is done, where, when."""

from importlib.resources import files

from scoring.folding import fold

COMMON = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "to",
        "in",
        "on",
        "at",
        "by",
        "for",
        "with",
        "and",
        "or",
        "not",
        "no",
        "do",
        "does",
        "did",
        "be",
        "is",
        "are",
        "was",
        "were",
        "been",
        "am",
        "have",
        "has",
        "had",
        "will",
        "would",
        "can",
        "could",
        "should",
        "may",
        "might",
        "it",
        "its",
        "this",
        "that",
        "these",
        "those",
        "i",
        "you",
        "he",
        "she",
        "they",
        "we",
        "me",
        "him",
        "her",
        "them",
        "us",
        "my",
        "your",
        "his",
        "their",
        "our",
        "what",
        "when",
        "where",
        "who",
        "how",
        "so",
        "just",
        "all",
        "any",
        "some",
        "if",
        "then",
        "than",
        "but",
        "as",
        "from",
        "up",
        "out",
        "off",
        "over",
        "get",
        "got",
        "go",
        "going",
        "there",
        "here",
        "one",
        "le",
        "la",
        "les",
        "l",
        "un",
        "une",
        "des",
        "de",
        "du",
        "d",
        "et",
        "ou",
        "est",
        "es",
        "sont",
        "ai",
        "as",
        "a",
        "avons",
        "avez",
        "ont",
        "je",
        "j",
        "tu",
        "il",
        "elle",
        "on",
        "nous",
        "vous",
        "ils",
        "elles",
        "ne",
        "n",
        "pas",
        "plus",
        "que",
        "qu",
        "qui",
        "mais",
        "donc",
        "par",
        "pour",
        "avec",
        "sans",
        "dans",
        "sur",
        "sous",
        "chez",
        "ce",
        "c",
        "cet",
        "cette",
        "ces",
        "ca",
        "mon",
        "ma",
        "mes",
        "ton",
        "ta",
        "tes",
        "son",
        "sa",
        "ses",
        "notre",
        "votre",
        "nos",
        "vos",
        "leur",
        "leurs",
        "au",
        "aux",
        "en",
        "y",
        "s",
        "se",
        "me",
        "m",
        "te",
        "t",
        "si",
        "tres",
        "trop",
        "bien",
        "tout",
        "tous",
        "toute",
        "toutes",
        "fait",
        "faire",
        "vais",
        "va",
        "allez",
        "allons",
        "etre",
        "avoir",
        "etes",
        "vas",
        "lui",
        "moi",
        "toi",
        "eux",
        "suis",
        "ete",
        "etait",
        "re",
        "ll",
        "ve",
        "d",
        "don",
        "can",
        "won",
    ]
)
"""Words too common to wake a rule when another word of the phrase is rarer."""

CLASSES: dict[str, str] = {
    # --- who ------------------------------------------------------------------------------------
    "you": "you u ya vous tu toi te t",
    "your": "your ur vos votre ton ta tes",
    "them": "le la les l lui leur him her them it eux",
    "whom": "{you} {them} you_all the_lot_of_you you_lot",
    "staff": """gardien* agent* hotesse* caissi* guide guides guicheti* mediat* vigile* personnel equipe* conservat* commissaire*
 directeur directrice direction stagiaire* moderat* responsable* patron patrons patronne employe* benevole* salarie* cm
 guard guards attendant* invigilator* staff curator* director* manager* receptionist* steward* volunteer* moderator* intern interns
 trustee* management admin admins vestiaire accueil securite security receptionist*""",
    "artist": """artiste* peintre* sculpteur* sculptrice* photographe* plasticien* realisateur* realisatrice* auteur* createur* creatrice* cineaste*
 artist* painter* sculptor* photographer* filmmaker* director_of_this author*""",
    "house": """musee* galerie* fondation* centre palais chateau institution* etablissement* museum* gallery galleries foundation*
 centre center institution* place building batiment* baraque boutique site hall""",
    "work": """oeuvre* tableau* toile* expo expos exposition* sculpture* statue* photo photos photographie* film films video* installation* affiche*
 peinture* salle salles vitrine* objet* piece pieces dessin* truc machin chose choses horreur horreurs saloperie* immondice* ca cela
 work works painting* picture* exhibit* exhibition* show shows installation* display* poster* film* thing artwork* portrait* it this that""",
    "art": """oeuvre* tableau* toile* expo expos exposition* sculpture* statue* photo photos film films video* installation* affiche* peinture* dessin*
 work works painting* exhibit* show picture* poster* artwork* canvas piece vitrine* portrait*""",
    "group": """juif* musulman* arabe* noirs blacks africain* immigr* migrant* refugie* etrangers gitan* roms tsigane* homos homosexuel* gays lesbienne* trans
 lgbt* asiatique* chinois maghreb* algerien* turcs handicape* trisomique* femmes feministes chretiens catholiques protestants
 jews jewish muslims arabs blacks africans immigrants migrants refugees foreigners gypsies travellers homosexuals asians
 chinese mexicans pakistanis indians disabled women christians catholics romanians polish indigenous aboriginal* natives natifs autochtones""",
    "those": "ces_gens ces_gens_la cette_engeance those_people these_people that_lot their_kind your_kind that_sort ces_individus ces_types_la cette_race",
    # --- insults ---------------------------------------------------------------------------------
    "rude_fr": """connard* connasse* conard* con cons conne connes cretin* abruti* imbecile* debile* idiot* salaud* salope* salopard* ordure* enfoire* encule*
 pourriture* batard* tocard* bouffon* clown* guignol* incapable* incompetent* minable* lache laches menteur* menteuse* voleur* voleuse* escroc*
 charlatan* parasite* larbin* pantin* ignare* imposteur* fumiste* rate rates ratee tare tares taree* vendu vendus collabo* hypocrite* inculte*
 pieds_nickeles tete_de_con trou_du_cul niaiseux niaiseuse* gros_epais tapon* baraki* pauvre_type pauvre_types pauvres_types sous_merde* dechet* raclure* andouille*
 branleur* branquignol* bras_casse* plouc* beauf* detraque* pervers* nullard* endoctrineur* donneur_de_lecon* donneurs_de_lecon* gourou* perroquet* pisse_froid grenouille_de_benitier rombiere* pondeuse* assiste assistes cassos moins_que_rien vaurien* voyou voyous pouilleux clochard* charognard* cloporte* cafard* vermine* rapace* vautour* snob snobs
 pedant* pretentieux pretentieuse* parvenu* cruche* dinde* bourrique* cancre* analphabete* demeure* cingle* fada* dingue* gredin* crapule* canaille* fripouille*
 truand* bandit* malfrat* mafieux mytho mythos mythoman* falsificateur* profiteur* magouilleur* planque planques faineant* feignant* feignasse* fainiasse* bon_a_rien bons_a_rien bonne_a_rien
 vieux_con vieille_peau vieux_debris sale_type boulet boulets blaireau* crevard* pecore* lavette* couille_molle couilles_molles lopette* carpette* paillasson* gogo gogos pigeon pigeons mouton moutons
 troll trolls rageux frustre frustres aigri* senile* gateux raciste* facho* fasciste* nazi* dictateur* tyran* tortionnaire* assassins criminel* bourreaux gros_malin petit_monsieur petit_malin""",
    "rude_en": """idiot* moron* imbecile* clown* fool fools coward* liar* thieves thief fraud frauds con_artist* crook* scum scumbag* vermin parasite*
 loser* muppet* pillock* prat prats tosser* wanker* twat* bellend* git gits cretin* halfwit* half_wit* dimwit* dunce* buffoon* bastard* arsehole* asshole*
 dickhead* shithead* jerk jerks creep creeps pig pigs rat rats snob snobs hypocrite* charlatan* hack hacks talentless incompetent* numpty numpties numbskull*
 nitwit* dumbass* retard* bitch* cunt* prick pricks douche* disgrace* waste_of_space waste_of_oxygen waste_of_skin poser* poseur* phony phonies bully bullies
 racist* fascist* nazi* pervert* weirdo* sicko* psycho* lunatic* maniac* nutter* nutcase* simpleton* ignoramus* philistine* pedant* windbag* gasbag* fossil dinosaur
 parasites leech* vulture* grifter* chancer* scammer* swindler* charlatans jobsworth* pencil_pusher* lackey* lapdog* bootlicker* shill* shills stooge* sheep snake snakes weasel* worm worms
 airhead* bimbo* pea_brain* brainless spineless gutless useless pathetic stupid dumb thick dense ignorant illiterate uncultured clueless deluded vile
 troll trolls crank cranks plonker* wally wallies melt weapon bozo* dolt* oaf* lout* yob* oik* peasant* cockwomble* fantasist* egotist* narcissist* monster monsters criminals murderers butchers""",
    "hurt_fr": """buter tuer crever defoncer egorger eclater exploser fracasser demolir cogner frapper gifler claquer tabasser lyncher pendre flinguer fumer demonter
 massacrer etrangler planter poignarder saigner bruler cramer corriger dresser casser_la_gueule casser_la_figure casser_la_tete casser_les_dents casser_les_jambes casser_les_genoux
 peter_la_gueule peter_les_dents faire_la_peau regler_son_compte regler_votre_compte regler_ton_compte regler_leur_compte mettre_une_balle mettre_un_pain mettre_une_droite mettre_une_claque
 foutre_une_claque foutre_un_pain coller_une_balle rentrer_dedans casser_en_deux sauter_dessus arracher_la_tete tordre_le_cou refaire_le_portrait faire_bouffer faire_avaler apprendre_la_vie apprendre_a_vivre rendre_visite faire_payer faire_regretter""",
    "hurt_en": """kill hurt smash stab shoot burn beat punch slap kick strangle choke bury gut batter knock hit thump deck clobber lamp slit break drown hang lynch
 whip run_over wring rip skin strike murder destroy flatten knife butcher headbutt cripple maim""",
    "wreck": """bruler cramer incendier foutre_le_feu mettre_le_feu faire_sauter dynamiter saccager vandaliser lacerer detruire demolir taguer asperger arroser dechirer fracasser exploser
 caillasser raser casser lacere brulera brulerons burn torch bomb smash trash wreck vandalise vandalize slash deface destroy firebomb paintbomb set_fire demolish flood raze""",
    "weapon": """batte batte_de_baseball couteau* cutter marteau* fusil carabine pistolet flingue essence bidon cocktail molotov allumettes briquet barre_de_fer hache machette acide cric pelle tronconneuse pioche
 knife knives hammer petrol gasoline bat baseball_bat gun rifle pistol matches lighter acid crowbar axe machete brick bricks molotov jerrycan stanley_knife boxcutter blade sledgehammer""",
    # --- places, times, disturbance ----------------------------------------------------------------
    "spot": """devant entree porte portes sortie parvis accueil guichet guichets vernissage inauguration hall perron place musee galerie marches grille grilles rond_point
 entrance door doors steps outside gate gates opening foyer lobby forecourt front museum gallery private_view preview launch square car_park""",
    "day": """lundi mardi mercredi jeudi vendredi samedi dimanche demain ce_soir weekend week_end soir matin midi
 monday tuesday wednesday thursday friday saturday sunday tomorrow tonight weekend noon morning evening""",
    "disturb": """bloqu* empech* sifflet* casserole* vacarme boucan perturb* envahi* fumigene* banderole* megaphone* cornes_de_brume boules_puantes oeufs tomates farine peinture faux_sang chaines cadenas
 sit_in die_in happening barricade* barrage* personne_n_entre personne_ne_rentre personne_ne_passe ne_laiss* foutre_le_bordel mettre_le_bordel foutre_la_merde gacher pourrir
 accueil_qu_ils_meritent accueil_qu_elle_merite faire_du_bruit bordel chahut* huer tarte* cagoul* masqu* intrusion
 block* disrupt* whistle* megaphone* noise shut_it_down shut_them_down shut_down nobody_gets_in no_one_gets_in chain* paint flour eggs smoke_bomb* stink_bomb* air_horn* airhorn* foghorn* barricad*
 storm occupy picket_line human_chain glue padlock* drown_out gatecrash* crash_the ruin superglue banner banners pots_and_pans saucepans drums balaclavas masks stop_it_opening stop_them nobody_enters""",
}


def _shipped() -> dict[str, str]:
    """Read the classes that are data (`classes.txt`), folded as texts are."""
    found: dict[str, list[str]] = {}
    words: list[str] = []
    for line in fold(files("scoring").joinpath("data", "classes.txt").read_text("utf-8")).splitlines():
        if line.startswith("["):
            words = found.setdefault(line.strip("[]"), [])
        elif not line.startswith("#"):
            words.extend(line.split())
    return {name: " ".join(dict.fromkeys(words)) for name, words in found.items()}


CLASSES |= _shipped()
