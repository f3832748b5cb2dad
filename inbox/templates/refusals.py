"""Refusals: what in a text itself forbids a joke, heading by heading, in French and in English.

Wider than scoring's signals on purpose: a joke not made costs nothing, one made beside a coffin is not forgotten. Words
that museums use of their works (blades, battles, the dead of 1423) are left alone.
"""

import re
from collections.abc import Iterator

from inbox.templates._phrases import as_written
from inbox.templates.headings import Heading
from scoring.folding import fold

_KIN = (
    r"(?:pere|mere|papa|maman|mari|femme|epoux|epouse|compagn(?:on|e)|frere|soeur|fils|fille|enfant|bebe|ami|amie|oncle|tante|cousine?|"
    r"grand[-\s]?(?:pere|mere|parents?)|mamie|papi|voisine?|collegue|chien(?:ne)?|chat(?:te)?|dad|father|mum|mom|mother|husband|wife|partner|brother|"
    r"sister|son|daughter|child|baby|friend|uncle|aunt|cousin|gran|nan|grandad|grandfather|grandmother|neighbour|colleague|dog|cat|boss|teacher)"
)
_STAFF = (
    r"(?:agente?s?|gardiene?s?|gardiennes?|surveillante?s?|vigiles?|guichetiere?s?|caissiere?s?|hotesses?|accueil|personnel|mediat\w+|"
    r"guards?|stewards?|staff|attendants?|invigilators?|cashiers?|receptionists?|ushers?|security|volunteers?|front desk|billetterie|caisse|ticket desk|security (?:men|man|team)|guides?|conferencier\w*)"
)
_RUDE = (
    r"(?:agressi\w+|impoli\w*|malpoli\w*|desagreable\w*|glacia\w+|meprisant\w*|mepris|insult\w+|crie\w*|hurl\w+|hautain\w*|odieu\w+|racistes?|claqu\w+|"
    r"mal parle\w*|engueul\w*|vire\w*|bouscul\w*|rudes?|rudely|shout(?:ed|ing|s)|snapp?\w*|swore|swear\w*|aggressive|sneer\w*|ignored|patroni\w+|barred|pushed|"
    r"shoved|yell\w*|hostile|racist|dismissive|humiliat\w+|laughed at|se moque\w*|comme (?:a )?(?:un|des) chiens?|like (?:dirt|a dog|cattle|an idiot))"
)
_MONTHS = r"(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre)"
_DAYS = r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"

_TABLES: dict[Heading, str] = {
    Heading.THREATS: r"""
        where (?:the|your|that|this) (?:\w+ )?(?:curator|director|artist|boss|board|manager|chair\w*) (?:drinks?|lives?|parks?|shops?|eats?|sleeps?)
        (?:que personne ne s etonne|faudra pas s etonner|don t (?:be|act) surprised) (?:if|when|si|quand)
        (?:ne passe(?:ra)? pas|won t (?:last|survive|see)) (?:l hiver|la nuit|la semaine|the (?:night|week|winter|weekend))
        (?:avec|with) (?:des |de |our |some |a few )?(?:barres?|battes?|pierres|cailloux|cagoules|bats|bricks|stones|hammers|iron bars)
        numeros? (?:perso\w*|personnels?|portable|de telephone) (?:de|du|d)
        (?:personal|home|private) (?:number|address|phone)
        adresse (?:perso\w*|personnelle|du directeur|de la directrice|de ce|de cette)
        dire deux mots
        on (?:sera|viendra|debarque\w*) (?:\w+ ){0,2}(?:vingt|trente|quarante|cinquante|cent|dizaines|centaines)
        (?:twenty|thirty|forty|fifty|sixty|hundreds|dozens) of us (?:turn|show|will|walk|come|are)
        (?:inauguration|vernissage|ouverture|visite|conference|opening|launch|preview|talk) (?:\w+ ){0,2}(?:n aura pas lieu|won t (?:happen|go ahead)|will not (?:happen|go ahead))
        (?:vos|ses|leurs) (?:gosses|familles?)
        (?:votre|ta|sa) famille
        your (?:kids|children|family|wife|husband)\b
        (?:allumettes?|briquet|essence|bidon|one match|a match|petrol|lighter) (?:\w+ ){0,4}(?:suffi\w+|regl\w+|resoud\w*|solve|fix|sort|enough|do it)
        (?:or|sinon|ou bien|ou alors) (?:we|on|nous) (?:ll|will|va|allons|viendr\w+|decroch\w+|prendr\w+|ferons|fera)
        (?:moins (?:les malins?|le malin|fiers?|de gueule)|how brave (?:you|he|she|they|the))
        (?:he|she) (?:cycles|walks|runs|jogs|drives|leaves|arrives|swims|eats|drinks) (?:\w+ ){0,6}(?:every|each) (?:morning|evening|night|day|\w+day)
        (?:il|elle) (?:passe|sort|rentre|court|part|finit|dejeune|promene) (?:\w+ ){0,5}(?:tous les (?:matins|soirs|jours)|chaque (?:matin|soir|jour))
        (?:l|les|la|le|vous|t|te|leur) attend\w* (?:\w+ ){0,4}(?:a la sortie|dehors|au coin|sur le parking|au tournant)
        (?:je|on|nous) (?:sais|sait|savons|connais|connait|connaissons) (?:\w+ ){0,4}(?:habit\w+|travaill\w+|gare\w*|voiture|rentre\w*|ecole|rue|adresse|tene?z|enfants|plaque)
        (?:verifi\w+|surveill\w+|regard\w+) (?:bien )?(?:vos|tes|ses|leurs|votre|ton|son) (?:freins?|dos|pneus|voiture|arrieres|boulons)
        (?:ce )?serait (?:vraiment |bien )?(?:dommage|bete|triste) (?:que|qu|si|pour)
        repond\w* (?:de rien|de ce qui|de mes actes|plus de rien)
        (?:viens|venez|revenez|reviens) (?:\w+ ){0,3}(?:re)?dire en face
        (?:on|je) (?:va |vais )?regler\w* (?:ca|cela|cette|nos|vos|ton|votre)
        que je (?:t|vous|lui|leur) apprenn\w+
        (?:lui|leur|vous|t|te) (?:apprendr\w+|apprenn\w+|explique\w*|montr\w+) (?:\w+ ){0,2}(?:a vivre|a parler|le respect|la vie|l histoire)
        (?:on|nous|venez|allons|faut|va|vais|pour) bloqu(?:e|ons|ez|er|era|erons) (?:\w+ ){0,3}(?:entree|porte|rampe|acces|vernissage|musee|rue|grille)s?
        personne n entre
        (?:rdv|rendez vous) (?:\w+ ){0,8}(?:se )?repartir
        (?:rdv|rendez vous|on se retrouve|retrouvons nous|on vient|venez|soyons|soyez) (?:\w+ ){0,10}(?:sifflets?|casseroles?|bagage|perturb\w+|empech\w+|oeufs|peinture|bloquer|cagoul\w+|taise|taisent)
        on (?:parle|crie|chante|siffle|hurle)\w* (?:\w+ )?(?:plus fort|jusqu a)
        0[1-9](?:[\s.-]?\d\d){4}\b
        (?:il|elle|ils) (?:habite|creche|loge|vit|se gare|finit|sort) (?:\w+ ){0,4}(?:rue|avenue|place|quai|maison|immeuble|tous les soirs|a \d+)
        (?:elle|il|commissaire|direct(?:rice|eur)|conservat(?:rice|eur)|guide|agente?|gardienn?e?|dame|petite) rentre (?:\w+ ){0,3}(?:a pied|seule?|tous les soirs)
        \d+(?: bis)? (?:rue|avenue|boulevard|impasse|chemin|allee) (?:de|du|des|d|la|le)
        (?:une balle (?:dans|pour)|coups? de (?:poing|couteau|batte|fusil) (?:dans|a|pour|au)|kalach\w*|molotov|(?:poser|pose|mettre|met) une bombe|alerte a la bombe|attaque au couteau)\b
        (?:faut|faudrait|devrait|merite\w*|mort) (?:\w+ ){0,3}(?:brul\w+|pend\w+|fusill\w+|frapp\w+|tabass\w+|cogn\w+|gifl\w+|but(?:er|e)|raclee|baffes?)
        (?:casser|briser|bruler|cramer|brulons|cassons|saccag\w+|vandalis\w+|detrui\w+|exploser) (?:\w+ ){0,3}(?:vitrines?|musee|expo\w*|tableaux?|oeuvres?|baraque|statues?|salle)
        vitrines? (?:c est|ca|ce serait) (?:si |tres |bien )?(?:fragiles?|se casse|vite casse\w*)
        (?:hache|couteau|fusil|marteau|epee|corde|axe|knife|hammer|sword|rope) (?:pour|for) (?:mon|ma|mes|le|la|my|the|his|her) (?:ex|femme|mari|chef|patron|voisin\w*|boss|wife|husband|neighbour|mother in law)
        (?:serrure|alarme|camera|badge|verrou|lock|alarm|cctv) (?:\w+ ){0,4}(?:ferme pas|marche pas|cassee?|hors service|ne ferme|broken|doesn t|not working)
        (?:je|tu|il|elle|on|vous) (?:\w+ )?(?:allez?|vas?|vais|va|vont) (?:le |la |les )?(?:regretter|payer|pleurer|morfler)
        (?:i|we|they|he)(?: will|ll) (?:all )?be (?:waiting|outside|there|ready) (?:for|when|at|until)
        (?:laugh|smile|enjoy it|joke) while you can
        (?:seen|know|got|remember) (?:your|his|her|their) (?:face|car|address|number plate|street|school|shift)
        know where (?:you|she|he|they|your|his|her|their)
        settle (?:it|this|that|things) (?:outside|by|in person|face|properly|there|like)
        (?:say|tell|repeat) (?:that|it|this|me) (?:again )?(?:to my face|in person)
        (?:five|ten|two) minutes (?:alone )?with (?:him|her|them|you)\b
        (?:check|checked|watch|mind|mend) (?:your|his|her|its|the|their) (?:brakes|back|fire doors|tyres|smoke alarms?|step|windows|insurance)
        (?:buildings?|place|roofs?|house|museums?|barns?|cars?) go(?:es)? up (?:so |very |awfully )?(?:quick\w*|fast|easily|in flames|like)
        (?:friendly|gentle|free) (?:word of |piece of )?(?:word|warning|advice)
        (?:hold|shove|push|put) (?:his|her|their|your) (?:head|face)
        (?:someone|somebody|one of us) (?:ought to|should|needs to|will|might|could) (?:\w+ )?(?:(?:hold|break|burn|slap|hit|hurt|smash|punch|bury|drown) |teach (?:him|her|them|you))
        (?:he|she|they) (?:s |is |are )?(?:so )?easy to find
        (?:he|she) (?:parks?|walks? home|cycles? home|works? nights?|finish(?:es)? at|clocks? off|gets? off at|does? the (?:school run|pick up|drop off))
        (?:he|she|they|who) (?:lives?|is living) (?:at|on|in the (?:flat|house)|opposite|next to|near)
        pay(?:ing)? (?:him|her|them|you) a (?:little )?visit
        (?:popp?ing|dropp?ing|call(?:ing)?|stopp?ing|pop|drop) (?:in|by|round) (?:\w+ ){0,4}(?:with|on) (?:him|her|them)\b
        love a (?:little )?(?:chat|word) with (?:her|him|them)
        bring (?:(?:something|anything) (?:\w+ )?(?:stains?|to throw|heavy|loud|sticks)|whistles|megaphones?|eggs|flares|smoke|pots and pans)
        we (?:all )?(?:go|charge|rush|storm) in (?:with|through|behind) the
        (?:staff|stage|delivery) (?:door|entrance) (?:\w+ ){0,4}(?:on|at|unlocked)
        (?:block|storm|disrupt|shut down|occupy|blockade|invade) (?:\w+ ){0,2}(?:entrance|doors?|opening|preview|gala|museum|gallery|talk|gates?|launch)
        (?:windows?|cars?|tyres?) (?:\w+ ){0,3}(?:put in|smashed|keyed|slashed)|(?:vitres?|voitures?|pneus) (?:\w+ ){0,2}(?:rayees?|cassees?|brisees?|creves?)
        (?:gunman|molotov|petrol bomb|firebomb|bomb threat|bullet (?:in|for)|(?:bring|get|grab) (?:a|my|the) (?:gun|knife))\b
        (?:shoot|stab|lynch|beat|smash|punch|kill|slap) (?:up |down )?(?:you|him|her|them|these|those|the (?:curator|director|artist|staff|lot))
        (?:burn|smash|wreck|torch|trash) (?:it|this|that|the) (?:place|museum|gallery|down|building|lot of you)
        (?:you|he|she|they)(?: will|ll) (?:regret|pay for|be sorry|live to)
    """,
    Heading.SELF_HARM: r"""
        (?:je )?(?:ne )?sers a rien
        (?:derangerai|generai|embeterai) plus
        how (?:quick|easy|simple) it (?:would|d|could) be
        (?:sauter (?:du|dans le vide|par)|jump(?:ing)? (?:off|from)|par dessus la rambarde)
        (?:ma|une) derniere (?:expo\w*|visite|sortie|fois|balade|promenade)
        debarrass\w+ (?:le plancher|tout le monde)
        nobody (?:would|will|d) (?:notice|miss|care)
        (?:wasn t|weren t|won t be|not being|not be) here (?:tomorrow|any ?more|next)
        (?:written (?:the|my) letters|said my goodbyes|ecrit (?:les|mes) lettres|fait mes adieux)
        (?:fatiguee? de (?:vivre|tout)|tired of (?:living|being here|being alive|it all)|a quoi bon (?:vivre|continuer)|ne plus (?:me reveiller|souffrir|etre la))
        (?:avale\w*|swallow\w*|pris) (?:\w+ ){0,2}(?:cachets|medicaments|pills|tablets)
        suicid\w+
        (?:me|m) (?:suicider|foutre en l air|pendre|flinguer|jeter sous)
        (?:en finir|envie de mourir|plus envie de vivre|plus la force|plus le courage|marre de vivre)
        (?:je )?(?:ne )?(?:vais|veux|peux|crois|sais) (?:pas|plus) (?:\w+ ){0,3}continuer
        (?:tourne|tourner) en rond depuis
        (?:manquer\w*|regrett\w+) a personne
        personne ne (?:me |s )?(?:regrettera|remarquera|manquera|en apercevra)
        (?:derniere?s?|belle|beau) (?:\w+ ){0,4}avant (?:de partir|de m en aller|d en finir|la fin)
        avant (?:de partir|de m en aller|d en finir) (?:pour de bon|pour toujours|definitivement)
        (?:adieu a (?:tous|toutes)|c etait mon dernier)
        (?:kill|hurt|hang|harm|cut) myself
        (?:end it all|end my life|ending it|take my own life|self harm\w*|want to die|ready to die|don t want to be here)
        (?:putting|put|getting) (?:all )?(?:my )?(?:things|affairs|papers) in order
        (?:isn t|not|nothing) (?:much )?(?:left )?(?:i m|i am) for
        (?:nothing|no reason|not much) (?:left )?(?:to live for|to stay for|to wake up for|for me (?:here|any ?more))
        (?:can t|cannot|don t want to) (?:go on|carry on|keep going|do this any ?more)
        (?:last|final) (?:nice |good |beautiful |lovely )?thing (?:i|to look|to see|i ll)
        better off without me
        (?:please )?(?:talk|speak) to someone (?:today|now|tonight|please)
        (?:parle|parlez|appelle|appelez) (?:\w+ ){0,2}(?:a quelqu un|le 3114|sos amitie|tout de suite)
    """,
    Heading.SAFETY: r"""
        (?:vitrine|statue|oeuvre|cadre|tableau|cloison|showcase|cabinet|sculpture|frame|shelf|etagere) (?:\w+ ){0,4}(?:vient de tomber|est tombee?|fell|has fallen|basculee?|tipped over)
        (?:verre|glass|debris|clous|nails) (?:partout|everywhere|all over)
        (?:escalator|ascenseur|lift|elevator|tourniquet) (?:\w+ ){0,3}(?:bloque\w*|stuck|jammed) (?:avec|with)
        (?:escalator|ascenseur|lift|elevator) (?:bloque|stuck|jammed)
        (?:has|have|just|s est|vient de s) (?:fainted|evanoui\w*|passed out|collapsed|effondre\w*)
        (?:water|eau) (?:\w+ ){0,3}(?:pouring|leaking|dripping|running down|coule|fuit|ruisselle|inonde\w*)
        (?:gone|went) missing
        (?:son|daughter|fils|fille|enfant|child|boy|girl|gamine?|gosse|toddler) (?:\w+ ){0,3}(?:missing|disparue?|introuvable|coincee?|stuck|fell|tombee?)\b
        coincee? (?:le|la|les|son|sa|dans|entre)
        (?:personne ne vient|no one is coming|nobody (?:is coming|comes))
        (?:trip(?:ped)?|slip(?:ped)?) (?:on|over)
        (?:incendie|flammes|on fire|electrocut\w*|court circuit|electric shock|bousculade|mouvement de foule|stampede|crush(?:ed|ing) (?:at|against|by)|alarme sonne|alarm is)\b
        (?:odeur|fuite|sent|ca sent) (?:\w+ ){0,2}(?:de |du |le )?(?:gaz|brule|fumee|roussi)
        (?:gas leak|smell of (?:gas|burning|smoke)|smells? of (?:gas|burning|smoke)|smoke coming|sparks (?:are|were|flying|landing))
        (?:pompiers?|evacu\w+|fire brigade|fire alarm|paramedics?|first aid|premiers secours|samu|ambulance)
        (?:urgent|urgence|emergency|au secours)\b
        (?:perdu|cherche|retrouve\w*|disparu\w*) (?:mon|ma|notre|un|une|sa|son) (?:petite? )?(?:fils|fille|enfant|garcon|gamine?)
        (?:can t|cannot|couldn t) (?:find|see) (?:my|our|her|his|a|any) (?:\w+ )?(?:son|daughter|child|boy|girl|kid|steward|guard|member of staff|toddler)
        (?:lost|missing) (?:child|boy|girl|toddler|kid|my (?:son|daughter))
        found (?:she s|he s|him|her) (?:at|in|safe|with)
        (?:devisse|descelle|decroche|detache|casse|brise|rompu|arrache|effondre|bancal|branlant)\w* (?:\w+ ){0,6}(?:enfants?|passe|toucher|tomber|public|visiteurs?|dessous|file)
        (?:barriere|rambarde|garde corps|vitre|plafond|panneau|projecteur|marche|escalier|cable|corde|dalle|echafaudage|mat)s? (?:\w+ ){0,6}(?:devisse\w*|descelle\w*|decroche\w*|casse\w*|brise\w*|tomb\w+|bouge\w*|lache\w*|coupe\w*|denude\w*|menace\w*)
        (?:pole|banner|rope|barrier|railing|rail|glass|panel|light|step|ceiling|cable|sign|beam|tile|wire|floorboard)s? (?:\w+ ){0,6}(?:come off|came off|is down|loose|swinging|hanging|fell|falling|broken|cracked|exposed|sharp|collapsed)
        (?:swinging|hanging|dangling|leaning) (?:\w+ ){0,2}(?:over|above) (?:\w+ ){0,3}(?:children|people|heads?|queue|visitors)
        (?:hot iron|burning hot|bare wires?|broken glass|verre brise|eclats de verre|fils denudes|sol glissant|slippery)
        (?:qui (?:on )?previent|qui prevenir|prevenez (?:quelqu un|vite|la)|envoyez quelqu un|il n y a personne dans|send (?:someone|somebody|help)|please (?:someone|somebody)|(?:someone|somebody) (?:please )?(?:ring|call) (?:your|the|security|an|999|911|112)|put a call out|nobody picks up)
        (?:saigne\w*|(?:est|ete|sont|un|une|enfant|personne|visiteu(?:r|se)) blessee?s?|s est evanouie?|s est coince\w*|est coince\w*|chute dans|tombee? dans|bleeding|injur\w+|concussion|trapped in|stuck in the lift|fell (?:down|off|over|into)|got hurt)
    """,
    Heading.HATE: r"""
        (?:barbus|voilees|femmes voilees|burqas?|burkas?|hijabs?|niqabs?|communautaris\w+|globalis(?:tes?|ts?)|degener\w+|consanguin\w*|inbred|invasion|on n est plus chez nous)\b
        (?:meme|certaine|cette|same|certain) (?:communaute|community|tribe|caste)
        (?:tient|tiennent|controle\w*|dirige\w*|run|runs|own|owns|control) (?:\w+ ){0,3}(?:banques|medias|banks|media|the world|le monde entier)
        (?:trans|gay|jewish|muslim|black|feminist|juif|noir|feministe|gay|musulman) (?:lobby|agenda|mafia|ideology)
        (?:lobby|mafia|ideologie) (?:trans|gay|lgbt\w*|juif|juive|noir|feministe|musulman\w*)
        (?:our|your|their) (?:own )?kind\b
        (?:(?:old|dead|stale) white (?:men|males?)|vieux (?:males? )?blancs?)
        (?:ces|ce genre de|cette) (?:gens|types?|engeance|race|individus?|populations?)(?: la)?\b
        (?:(?:these|those) (?:people|types)|you people|that lot)\b
        (?:foreigners|immigr\w+|migrants?|les etrangers|clandestins?|sans papiers|envahisseurs?|invaders|remigration|grand remplacement|great replacement)
        (?:(?:les|des|ces|sales?) (?:juifs?|arabes?)|musulman\w*|islamis\w+|negr\w+|gitans?|roms?|romanichels?|chinetoques?|the jews?|jews|muslims?|islamists?|arabs|gypsies|gypsy)\b
        (?:pedes?|tapettes?|tarlouzes?|gouines?|lobby lgbt|lgbt\w*|trans(?:genres?)?|drag queens?|homos?|homosexuel\w*|queers?|gays?|lesb\w+|trannies|gay agenda)\b
        (?:bonnes femmes|feminaz\w+|hysteriques|gonzesses|feminazis?|man hating|bimbos?|wenches)
        (?:sous hommes?|sous race|race inferieure|parasites|vermine|racaille|cassos|scum|subhuman|sub human|riff raff|chavs?|white trash|bougnoul\w*|kikes?|pakis?)\b
        (?:retourne\w*|rentre\w*|racont\w+|renvoy\w+|raccompagn\w+|go back|send (?:them|you)) (?:\w+ ){0,3}(?:chez (?:vous|eux|toi|elle)|dans (?:votre|ton|leur) pays|a la frontiere|to where|home where|to your own)
        (?:rien a faire|pas leur place|don t belong|no business being) (?:\w+ ){0,3}(?:ici|chez nous|musee|france|pays|here|museum|country)
        (?:separate|own) day for (?:us|them|people)
        (?:nicer?|better|proper|right|wrong) (?:class|sort|kind|type) of (?:visitor|people|person|public)
        (?:voleurs|assistes|delinquants|feignants) de pere en fils
        (?:handicapes?|mongols?|mongolien\w*|debiles? mentaux|triso\w*|retards?|retarded|spastics?)\b
    """,
    Heading.MINORS: r"""
        (?:couche|couchait|slept|sleeping) (?:avec|with) (?:des |de |the )?(?:gamine?s?|enfants?|mineure?s?|ados?|children|minors|teenagers|underage)
        (?:collegien\w*|lyceen\w*|eleves|fillettes?|gamines?|(?:petite|ma) fille|mon fils|les enfants) (?:\w+ ){0,6}(?:deshabill\w*|nues?|toilettes|seules? avec|genoux|caresse\w*)
        (?:suit|suivait|filme|filmait|photographie|mate|matait|drague|draguait) (?:\w+ ){0,2}(?:collegien\w*|lyceen\w*|eleves|fillettes?|gamines?|filles|enfants|ados)
        (?:girls?|boys?|daughter|son|kids?|child|children|pupils) (?:\w+ ){0,6}(?:take (?:her|his|their) (?:\w+ )?off|undress\w*|changing room|alone with|naked)
        (?:pervers|pervert\w*|voyeur\w*|stalk(?:er|ing|ed))\b
        (?:pedo\w*|paedo\w*|pedophil\w+|inceste?\w*|attouche\w*|viol(?:s|e|ee|er|eur|eurs)?|agress(?:ion|ions|eur|e|ee) sexuel\w*|abus (?:sexuel|sur)\w*|abuse\w* sexuel\w*|harcel\w+|predat\w+)\b
        (?:main|mains) aux fesses
        (?:petites? filles?|petits? garcons?|fillettes?|gamines?|mineure?s?|mon fils|ma fille|les enfants) (?:\w+ ){0,8}(?:genoux|tactile|deshabill\w*|toucher|caress\w+|seule? avec|mal a l aise|photographi\w+ sans)
        tres tactile
        (?:gestes?|propos|messages?|mains?) (?:\w+ ){0,2}(?:deplaces?|deplacees?|baladeuses?|inapproprie\w*|sexuel\w*)
        c est (?:un|une|juste un|qu un) (?:enfant|gosse|gamine?|mineure?) (?:laisse\w*|enfin|voyons|arrete\w*)
        (?:child abuse|sexual\w*|sexually|groom(?:ing|ed)|molest(?:ed|ing|er|s)?|raped?|rapist|grop\w+|indecent|inappropriate(?:ly)? (?:touch\w*|behavio\w*|messages?|comments?|contact|with)|harass\w+|assaulted|upskirt\w*|predator)\b
        (?:messag|text|follow|touch|film|contact|photograph)(?:ed|ing|s)? (?:my|our|a|the|her|these|little) (?:\w+ ){0,2}(?:1[0-7]|girls?|boys?|daughter|son|child|children|teenager|year old)
        (?:how did|who gave) (?:\w+ ){0,3}(?:get )?(?:her|his|my daughter s|my son s) number
        (?:(?:touched|touching|stroked) (?:her|him|the girl|the boy|my daughter|my son)|sit on (?:his|her) (?:lap|knees?))
        (?:she|he) (?:s|is) (?:a|only a|just a) (?:child|kid|minor)
    """,
    Heading.GRIEF: rf"""
        (?:her|his|their|mum s|dad s|ses|les) (?:ashes|cendres)
        (?:le )?(?:13 novembre|11 septembre|september 11|7 octobre)\b
        (?:perdu|enterre\w*|incinere\w*|lost|buried) {_KIN}
        (?:day|week|month|year|jour|semaine|mois|an) (?:after|since|apres|depuis) (?:my|our|his|her|mon|ma|le|la|sa|son) (?:diagnosis|funeral|death|loss|deces|enterrement|diagnostic|obseques|mort)
        (?:diagnosis|diagnostic|biopsy|biopsie|remission|terminal|incurable|greffe|transplant|soins intensifs|icu|care home|ehpad)\b
        (?:il|elle|he|she) (?:ne (?:la|le) verra (?:jamais|plus)|never got to see|would have loved|aurait (?:tant |tellement )?(?:aime|adore))
        (?:j ai|nous avons|on a|elle a|il a|avons|ayant|viens? de|venons de) (?:\w+ )?(?:perdu|perdre|enterre\w*) (?:mon|ma|mes|notre|nos|un|une|son|sa) (?:\w+ )?{_KIN}
        {_KIN}(?: \w+)? (?:\w+ )?(?:nous a quittes?|nous ont quittes?|est (?:mort|decede|parti)e?|vient de (?:mourir|partir|nous)|s est eteinte?|n est plus)
        nous a(?:vait|vaient)? quittes?
        (?:est|il est|elle est) partie? (?:\w+ )?(?:{_DAYS}|{_MONTHS}|trop tot|en paix|dernier|cette nuit|ce matin|en (?:{_MONTHS}|20\d\d))
        (?:deces|decedee?s?|defunte?|deuil|condoleances|obseques|funerailles|cremation|veufs?|veuves?|orphelin\w*)\b
        (?:repose en paix|paix a son ame|rendre hommage|hommage aux (?:victimes|morts|disparus)|a la memoire|en memoire|minute de silence|commemor\w+|anniversaire de (?:sa|la|leur) mort)
        (?:cancer|chimio\w*|tumeur|metastas\w+|leucemie|avc|infarctus|crise cardiaque|alzheimer|parkinson|soins palliatifs|fin de vie|reanimation|hopital|hospitalis\w+|urgences|coma|fausse couche)\b
        (?:fait un|eu un|fait une) (?:malaise|arret cardiaque|accident|chute)
        (?:attentats?|terroris(?:tes?|mes?)|bataclan|charlie hebdo|shoah|genocid\w+|deport(?:e|es|ee|ees|ation)|camp de concentration|victimes de|massacre de|la guerre (?:en|a|au|du|de)|ukraine|gaza|israel\w*|palestin\w+|seisme|tsunami)\b
        (?:my|our|his|her|their) (?:\w+ )?{_KIN}(?: \w+)? (?:just )?(?:died|passed|was killed|has died|didn t make it|lost (?:his|her) (?:life|fight|battle))
        (?:lost|buried|burying|losing|scattered) (?:my|our|his|her|him|them|a|dear|old)(?: \w+)? {_KIN}
        (?:we|i) (?:have )?(?:just )?(?:buried|cremated) (?:him|her|them|my|our)
        (?:passed away|passed on|late (?:husband|wife|father|mother|brother|sister)|funeral|bereave\w*|mourn(?:ing|ed|ers?)|condolences|rest in peace|r i p|rip|in loving memory|in memory of|widow(?:ed|er|s)?|orphan\w*|miscarriage|stillb\w+)\b
        (?:cancer|chemo\w*|tumou?r|leukaemia|(?:had|his|her|my|after) (?:a )?stroke|heart attack|dementia|alzheimer s?|hospice|palliative|hospital|intensive care|terminal(?:ly)? ill\w*|diagnos(?:ed|is)|seizure)\b
        (?:collapsed|fainted) (?:near|by|in|at|on) (?:the|your|my|our)
        (?:terrorists?|terrorism|terror attack|(?:car|road|bad) (?:accident|crash)|the (?:attack|attacks|bombing|massacre|shooting)s? (?:in|on|at|of)|holocaust|genocide|the war (?:in|on)|remembrance|armistice day|war dead|the fallen|earthquake)\b
        (?:sincerely |so |very )?sorry for your loss
    """,
    Heading.LEGAL: r"""
        (?:asked for a licen[cs]e|unlicensed|protection juridique|royalties|(?:image|photo|picture|dessin) (?:is|est) (?:mine|a moi|de moi)|without credit|sans (?:me )?crediter)\b
        (?:publi\w+|diffus\w+|utilis\w+|mis|poste) (?:ma|mon|nos|sa|son) (?:photos?|image|visage|video|nom|portrait|dessin)
        (?:posted|published|used|put|printed) (?:my|our|his|her) (?:\w+ ){0,2}(?:photo|picture|face|image|video|name|drawing)
        (?:rien signe|never signed|signed nothing|(?:pas|aucun) (?:le )?droit de (?:publier|utiliser|diffuser|photographier|filmer)|no right to (?:publish|use|post|film|print))
        (?:(?:rupture|respect) de contrat|breach of|terms and conditions|conditions generales de vente|against the law|contraire a la loi|hors la loi|legal team|my legal|dgccrf|repression des fraudes|defenseur des droits|ombuds\w+)\b
        (?:porter|porte|portez|deposer|depose|deposee|deposons) (?:\w+ )?plaintes?
        plaintes?\b
        (?:avocate?s?|huissiers?|tribunal|tribunaux|proces|procureur|juridique\w*|(?:en|la|devant la) justice|judiciaire|contentieux|prud hommes|prudhomm\w+|poursuites?|assign\w+|assignation|mise en demeure|mettre en demeure|en recommande|lettre recommandee)\b
        (?:diffam\w+|calomni\w+|rgpd|cnil|droit a l image|droits d auteur|propriete intellectuelle|vie privee|donnees personnelles|contrefacon|code penal|article \d+|illegal\w*|delit)\b
        (?:la police|gendarme\w*|commissariat|main courante|signale (?:a|aux) (?:la )?(?:police|autorites|pharos))
        (?:lawsuit|lawyers?|solicitors?|attorneys?|barrister|(?:ll|will|to|could|should) sue|sued|suing|litigation|tribunal|in court|to court|court order|small claims|prosecut\w+|legal (?:action|advice|team|department|proceedings|letter)|ombudsman|trading standards|statutory)\b
        (?:gdpr|defam\w+|libel(?:led|lous|s)?|slander\w*|cease and desist|copyright\w*|image rights|data protection|subject access|privacy|freedom of information|unlawful\w*|illegal\w*)\b
        (?:reported|report (?:this|it|you|them)|call(?:ed|ing)?|told|informed) (?:\w+ ){0,3}(?:to )?(?:the )?(?:police|authorities)
        (?:photos?|images?|videos?|visage|face|picture|portrait|name|nom) (?:\w+ ){0,6}(?:without|sans) (?:asking|permission|consent|demander|autorisation|mon accord|notre accord)
    """,
    Heading.PRESS: r"""
        (?:may|can|could) (?:we|i) quote
        (?:puis je|peut on|pouvons nous) vous citer
        (?:from|with|for|pour|de|a) (?:the |le |la |l )?(?:\w+ ){0,2}(?:herald|gazette|tribune|courier|chronicle|depeche|parisien|quotidien|hebdo)\b
        (?:prepare|realise|tourne|ecris|redige|preparons|tournons) (?:\w+ ){0,4}(?:reportage|article|sujet|documentaire|papier|emission|chronique|podcast)
        (?:writing|preparing|researching|filming|making|producing|working on) (?:\w+ ){0,3}(?:article|piece|news story|report|documentary|segment|feature|podcast)
        (?:council s?|county|borough|city|town) (?:\w+ ){0,2}(?:committee|leader|cabinet|chamber)
        (?:committee|commission|comite) (?:chair\w*|de la culture|culture)
        (?:vice president\w*|president\w*|adjointe?|delegue\w*|charge\w*) (?:\w+ ){0,3}(?:culture|region|departement|metropole|agglomeration|conseil)
        (?:journalistes?|pigistes?|redaction|redact(?:eur|rice)|reporters?|correspondante?|la presse|agence de presse|bouclage|je boucle|(?:demande d|pour une) interview|vous interviewer|emission de radio|documentariste)\b
        (?:journalists?|(?:for|from|at) (?:a|the|our) (?:\w+ )?(?:news)?paper|newsroom|news ?desk|columnist|on deadline|my deadline|editor (?:at|of)|broadcast\w*|producer (?:at|for|with)|documentary maker|interview (?:you|the director|the curator)|press (?:office|officer|request|enquiry|contact)|for (?:a )?(?:comment|statement)|bbc|itv|channel 4|the guardian|daily mail)\b
        (?:elue?s?|deputee?s?|senat(?:eur|rice)s?|conseill(?:er|ere)s? (?:municipal|regional|departemental|d arrondissement|general)\w*|adjointe? (?:au|a la|du) maire|maires?|ministres?|prefete?|parlementaires?|eurodepute\w*|conseil (?:municipal|regional|departemental)|municipalite|oppositions? municipale)\b
        (?:councillors?|councilman|councilwoman|mayors?|mps?|msps?|senators?|congress(?:man|woman)|members? of parliament|ministers?|constituen\w+|ward|select committee|parliament\w*|city council|borough council|alderman)\b
    """,
    Heading.DISABILITY: r"""
        (?:captioned|closed captions?|lip ?read\w*|lis sur les levres|sous titrage pour)\b
        (?:ma canne|sa canne|avec une canne|walking stick|walking frame|zimmer|prothese|arthrose|sclerose en plaques|multiple sclerosis|arthritis|non verbal|neuroatypi\w*|audio ?descri\w+|braille|power ?chairs?|fauteuils? electriques?|tactile tour|easy read|falc)\b
        (?:ne voit|n entend|ne voyant|n entendant) (?:plus|pas|presque|rien)
        (?:can t|cannot|can no longer) (?:see|hear|stand|walk|climb|manage) (?:\w+ ){0,2}(?:stairs|steps|long|well|any|unaided)
        (?:ne (?:peux|peut|puis|tiens|tient)) (?:pas|plus) (?:marcher|monter|rester debout|debout)
        (?:handicap\w*|fauteuils? roulants?|en fauteuil|mon fauteuil|pmr|mobilite reduite|a mobilite|carte mobilite|sourde?s?|malentendant\w*|aveugles?|malvoyant\w*|non voyant\w*|autis\w+|tsa|tdah|lsf|langue des signes|boucle magnetique|accessibilite|accessible (?:aux? |en |pour )?(?:les )?(?:fauteuils?|handicap\w*|personnes|pmr)|inaccessib\w+|acces (?:pmr|handicap\w*)|dyslex\w+|trisom\w+|epilep\w+|bequilles|chien guide|canne blanche|hypersensibl\w+|plan incline|monte escalier|surdite|cecite)\b
        (?:wheel ?chairs?|disab\w+|deaf\w*|bsl|sign language|partially sighted|visually impaired|hard of hearing|hearing (?:loop|aids?|impaired)|autis\w+|adhd|neurodiver\w+|sensory|accessibility|wheelchair accessible|inaccessib\w+|mobility (?:scooter|aid|issues|badge)|blue badge|hoist|changing places?|crutches|guide dog|assistance dog|dyslex\w+|epilep\w+|step free|ear defenders|down s syndrome|carer s?|with (?:ms|cfs|cp)|chronic (?:pain|illness|fatigue)|blind (?:person|people|visitor|visitors|friend|husband|wife|son|daughter))\b
        (?:ramp|stairlift|disabled toilet|accessible toilet|acces(?:sible)? aux? (?:fauteuils?|handicap\w*))\b
        (?:m|i m|she s|he s|(?:my|our) \w+ is|(?:mon|ma) \w+ est) (?:blind|deaf|aveugle|sourde?|paralys\w+|amputee?)
    """,
    Heading.STAFF: rf"""
        (?:collegues|salaries|personnels?) (?:en lutte|mobilises?|en colere)
        (?:guard|agente?|gardiene?|gardienne|guide|vigile|surveillante?|attendant|invigilator|usher)s? (?:\w+ ){{0,3}}(?:grabbed|touched|followed|searched|threatened|attrapee?|empoignee?|suivie?|fouillee?|menacee?)\b
        (?:cdd|contrats? (?:precaires?|courts?)|got (?:their|our|my) notice|notice (?:this morning|by email|period)|job cuts|jobs? at risk|suppressions? de postes?|postes supprimes|restructur\w+|externalis\w+|sous traitan\w+|chantage a l emploi)\b
        (?:manque de respect|mal recue?s?|mal accueillie?s?|traitee?s? comme|prise?s? de haut|looked down on|talked down to|spoken to like)
        (?:en greve|la greve|greves?|grevistes?|faire greve|debray\w+|preavis|syndicats?|syndicales?|syndicalis\w+|cgt|cfdt|fsu|sud culture|piquet)\b
        (?:licenci\w+|vacataires?|precaires?|precarite|intermittents?|prestataires?|sous payes?|sous paye\w*|sous effectif|heures sup\w*|conditions de travail|non paye\w*|impaye\w*|burn ?out|souffrance au travail|plan social|demission\w*|renvoye\w*|mis a la porte|harcelement (?:moral|au travail))\b
        payes? (?:\w+ ){{0,4}}(?:retard|au lance|une misere)
        (?:sans|pas de) pause
        (?:on strike|strike (?:action|day|on)|the strike|striking|picket\w*|trade unions?|our union|the union|unionis\w+|walk(?:ing|ed)? out|walkout|industrial action|zero hours?|laid off|lay offs?|redundanc\w+|made redundant|sacked|was fired|got fired|dismiss(?:ed|al)|understaffed|short staffed|underpaid|unpaid|low paid|wages|living wage|overtime|no breaks?|toxic workplace|outsourc\w+|casual staff)\b
        {_STAFF} (?:\w+ ){{0,9}}{_RUDE}
        {_RUDE} (?:\w+ ){{0,6}}{_STAFF}
        (?:told|shouted at|snapped at|sworn at|followed|searched) (?:\w+ ){{0,5}}by (?:a|an|the|your|one of your) {_STAFF}
    """,
    Heading.REFUND: r"""
        (?:no|not a|instead of a?|pas de|pas un|au lieu d un) (?:vouchers?|bon d achat)
        vouchers? (?:no thanks|instead|is no|won t)
        (?:recuperer|recupere) (?:le prix|mon argent|mes sous|la somme)
        (?:preleve\w*|debite\w*|facture\w*|charged|billed) (?:\w+ ){0,3}(?:au lieu|instead|le double|en trop|too much|\d+)
        (?:overcharged|surfactur\w*|trop percu|wrong (?:amount|price)|mauvais (?:prix|montant)|(?:me|us) the difference|rendre la difference)
        (?:paid|paye\w*|regle\w*) (?:\w+ ){0,5}(?:jamais recu|rien recu|never (?:came|arrived|got|received)|only (?:\w+ ){0,3}came)
        (?:billets?|tickets?|confirmation|commande|order) (?:\w+ ){0,2}(?:jamais (?:recue?s?|arrivee?s?)|never (?:came|arrived|turned up))
        (?:rembours\w+|un avoir|dedommag\w+|indemnis\w+|geste commercial)\b
        (?:rend\w*|revoi\w*|revoir|recuper\w+|recredit\w+) (?:\w+ ){0,3}(?:argent|euros|€|sous|fric|billets?)
        (?:paye\w*|debite\w*|preleve\w*|facture\w*) (?:deux|2|trois|3|plusieurs) fois
        double (?:debit|paiement|prelevement|charged?|payment|charge)
        (?:refund\w*|money back|reimburs\w+|compensat\w+|chargeback)\b
        (?:like|want|give|get|have) (?:me |us )?(?:my|our|the) (?:[£€$]?\d+(?:[.,]\d\d)?|money|cash) ?(?:euros?|pounds?|quid)? ?back
        (?:charged|billed|debited|paid|took (?:my|our) money) (?:me |us |my card )?(?:twice|two times|three times|again)
    """,
    Heading.FAULT: r"""
        (?:m|nous) avez vendu (?:un|des|deux) (?:billets?|places?)
        (?:e ?mail|newsletter|message) (?:\w+ ){0,4}(?:went|sent|envoyee?|partie?) (?:to|a) (?:\w+ ){0,3}(?:hundreds?|people|everyone|tout le monde|cents?|personnes)
        (?:all our|tous nos) (?:names|noms|mails|emails|addresses|adresses)
        (?:publie\w*|divulgue\w*|partage\w*|shared|leaked|published) (?:mon|nos|mes|my|our) (?:adresses?|e ?mails?|mails?|donnees|numeros?|address\w*|data|details)
        (?:dechire|abime|casse|raye|tache|perdu|egare|vole)\w* (?:mon|ma|mes|notre|nos) (?!temps|patience|telephone a|habitudes)
        (?:nobody|no one) (?:even )?apologi\w+
        (?:personne ne s est|sans la moindre|aucune?|meme pas d|pas une?) excuses?\w*
        (?:wrong (?:building|date|day|address|tickets?)|mauvaise? (?:adresse|date|jour|billet))
        (?:never (?:replied|answered|called back)|jamais (?:repondu|rappele\w*))
        (?:turned (?:us |me )?away|laisses? dehors|locked out|porte close|grille fermee)
        (?:votre|vos) (?:\w+ )?(?:faute|erreur|oubli|bug|bogue|negligence|incompetence)
        (?:vous avez|vous m avez|vous nous avez|on m a|ils ont) (?:\w+ )?(?:perdu|casse|abime|egare|rendu|donne|envoye|annule|oublie|vendu|confondu|divulgue) (?:mon|ma|mes|notre|nos|le|la|les|un|une|mauvais\w*|sans)
        (?:trois|deux|quatre|cinq|dix|\d+) (?:mails?|courriels?|messages?|appels?|relances?) (?:\w+ )?(?:sans|aucune|zero) reponse
        (?:annule\w*|ferme\w*|reporte\w*) (?:\w+ ){0,3}(?:sans prevenir|au dernier moment|le matin meme|a la derniere minute|sans explication)
        (?:fuite|vol) de donnees
        (?:en copie visible|en clair|destinataires? visibles?|liste de diffusion)
        your (?:\w+ )?(?:fault|mistake|error|negligence|incompetence|blunder)
        (?:you|you ve|you have|your \w+) (?:just |have |has |then )*(?:lost|broke|broken|gave away|handed|cancelled|leaked|deleted|damaged) (?:\w+ ){0,2}(?:my|our|us)\b
        (?:two|three|four|five|ten|\d+) (?:e ?mails?|messages?|calls?|letters?) (?:and )?(?:no|without|zero|still no|not one) (?:reply|answer|response)
        (?:sent|emailed|copied) (?:\w+ ){0,6}(?:all|everyone|everybody) (?:\w+ )?(?:of us|address\w*|names?)
        in the (?:to|cc) (?:line|field)
        (?:data breach|data leak|cancelled (?:without|on the day|last minute)|no warning|without (?:warning|notice|telling))
    """,
}
_CHARGE = r"""
    (?:voleu(?:r|rs|se)|escrocs?|escroquerie|menteu(?:r|rs|se)|corromp\w+|corruption|ordures?|pourris?|pourriture|faussaires?|detourn\w+|plagi\w+|pots? de vin|magouill\w+|fraud\w+|blanchi\w+|favoritisme|complice|criminels?|harcel\w+|collabos?|nazi\w*|fascistes?|traitre\w*)\b
    a (?:revendu|vendu|vole|touche|detourne|menti|truque|denonce|couvert|copie|pille|frappe|agresse)
    (?:vendait|denoncait|volait|touchait|couvrait|revendait|frappait|trichait)
    mains? aux fesses
    (?:se sert|tape|pioche|puise|main) (?:\w+ )?dans la caisse
    (?:a fait payer|aux frais (?:du|de la|des)|on expenses|at the museum s expense)
    (?:couche avec|pistonn\w*|nepotis\w+|a plagie|a falsifie|a etouffe|est (?:un|une) (?:alcoolique|ivrogne|dealer|harceleur|pervers))
    (?:sleeps? with|having an affair|nepotism|drunk on|where the (?:\w+ )?(?:money|donations?|cash|fund\w*) went|covered (?:it )?up|turned a blind eye)
    (?:thie(?:f|ves)|crooks?|liars?|corrupt\w*|bribe\w*|brib(?:ed|ery)|embezzl\w+|plagiari\w+|stole|stolen|fraud\w*|forger(?:y|s)?|faker?|grop\w+|harass\w*|criminals?|nazis?|fascists?|traitors?|collaborat(?:or|ed)|launder\w*|fiddl\w+|pocketed|conman|con man|swindl\w+|lied|cheat\w*|abuser?)\b
"""
_WHO = re.compile(
    r"\b(?:monsieur|madame|mme|mr|mrs|ms|dr|sieur|directeur|directrice|conservateur|conservatrice|commissaire|president|presidente|patron|mecene|curator|director|"
    r"chairman|chairwoman|trustee|donor|head of)\b"
)
_NAME = re.compile(r"(?<=[^\W\d_][ ,])(?:[A-ZÉÈÀÂÎÔÇ][a-zà-ÿ]{2,})(?:[- ][A-ZÉÈ][a-zà-ÿ]+)?")
_ADDRESS = re.compile(
    r"\b\d{1,4}[a-z]?,? (?:[A-Z]\w+ ){1,2}(?:Street|St|Road|Rd|Lane|Court|Close|Avenue|Ave|Drive|Terrace|Gardens|Crescent|Mews|Row|Square)\b"
)
_AGE = r"""
    (?:j ai|jai|g) (?:[4-9]|1[0-5]) ans\b(?! (?:de|d|que|sans|et demi))
    (?:i m|im|i am|aged?|me is) (?:[4-9]|1[0-5])(?: years?| yrs?| and|$)?\b(?! (?:euros?|pounds?|h|minutes?|times?|hours?|of|people|weeks?|months?|days?|st|nd|rd|th|miles?))
    (?:ma maitresse|mon maitre|ma prof|my teacher|ma classe de c[epm]\d|je suis en (?:c[pem]\d?|6e|5e|sixieme|cinquieme)|i m in year [1-9]\b)
"""
_TOLD = r"""
    (?:ressers?|resservir|refai\w+|encore|deja|derniere?) (?:\w+ ){0,8}(?:vannes?|blagues?|plaisanteries?|bons? mots?|traits? d esprit|jeux? de mots?|humour|coup du)
    (?:vannes?|blagues?|plaisanteries?|bons? mots?|jeux? de mots?|humour) (?:\w+ ){0,5}(?:derniere?|deja|encore|l autre jour|hier|semaine)
    (?:deja|me l avez|nous l avez) (?:\w+ ){0,2}servie?
    (?:last time|another|again|isn t|no|spare (?:me|us)) (?:\w+ ){0,4}(?:puns?|jokes?|comeback|witt\w+|one liners?|quips?|banter)
    (?:puns?|jokes?|quips?|comeback) (?:\w+ ){0,4}(?:last time|again|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|last week|already)
"""
_MISREAD = r"""
    (?:c etait|ce n etait qu|juste) (?:une |de l |du |un )?(?:plaisanterie|blague|ironie|humour|second degre|joke)
    (?:c est ca|allez y|bien) (?:rigolez|riez|moquez vous|marrez vous)
    (?:it was|was only|was just|only) (?:a joke|joking|kidding|meant as a joke|irony|sarcasm)
    (?:vous trouvez ca|tu trouves ca|very|think (?:that s|this is|it s)|pas) (?:drole|funny|amusant)
    (?:not|isn t|nothing) (?:\w+ )?funny
    (?:moqu\w+ de (?:moi|nous|ma|mon)|mocking (?:me|us|people)|laughing at (?:me|us))
"""


def _named(text: str, folded: str) -> str:
    """Find an accusation in a text that also says of whom."""
    charge = as_written(text, _CHARGE, folded)
    return charge if charge and (_WHO.search(folded) or _NAME.search(text)) else ""


def refusals(text: str) -> Iterator[tuple[Heading, str]]:
    """Yield every heading under which a text itself refuses a joke, with the words that do."""
    folded = fold(text)
    for heading, table in _TABLES.items():
        if words := as_written(text, table, folded):
            yield heading, words
    if address := _ADDRESS.search(text):
        yield Heading.THREATS, address[0]
    if words := _named(text, folded):
        yield Heading.NAMED, words
    for heading, table in ((Heading.YOUNG, _AGE), (Heading.TOLD, _TOLD), (Heading.IRONY, _MISREAD)):
        if words := as_written(text, table, folded):
            yield heading, words
