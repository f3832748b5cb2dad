"""Facts: what the house says of itself once (hours, address, links) to fill the `$placeholders` of its texts."""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from msgspec import Struct, structs

from connectors._text import sanitise
from inbox.templates.faults import Fault, locate
from inbox.templates.template import LANGUAGES

_NAME = re.compile(r"[a-z_][a-z0-9_]*")


class Field(Struct, frozen=True):
    """One placeholder every house is expected to know.

    Attributes:
        name: as written in English texts and in the facts file.
        french: the same in French texts; either works anywhere.
        meaning: what to write there.
        example: what it may look like, in English and in French; also measures lengths while the value is unknown.
    """

    name: str
    french: str
    meaning: str
    example: tuple[str, str]


def _same(text: str) -> tuple[str, str]:
    return text, text


FIELDS = tuple(
    Field(*row)
    for row in (
        ("house", "maison", "the museum's name", _same("Musée du Vieux-Port")),
        ("hours", "horaires", "opening hours", ("10 a.m. to 6 p.m.", "de 10 h à 18 h")),
        ("closed_day", "jour_de_fermeture", "the weekly closing day", ("Tuesday", "le mardi")),
        ("late_opening", "nocturne", "the late evening", ("Thursday, until 9 p.m.", "le jeudi jusqu’à 21 h")),
        ("last_entry", "derniere_entree", "time of the last entry", ("5.15 p.m.", "17 h 15")),
        ("quiet_time", "heure_calme", "when the rooms are emptiest", ("Wednesday at 10 a.m.", "le mercredi à 10 h")),
        ("address", "adresse", "street and town", _same("3, quai des Cordiers")),
        ("transport", "transports", "how to come", ("tram B, Vieux-Port", "tram B, arrêt Vieux-Port")),
        ("phone", "telephone", "the switchboard", _same("01 99 00 12 34")),
        ("email", "courriel", "the address that answers visitors", _same("bonjour@musee.example")),
        ("website", "site", "the site's address", _same("https://musee.example")),
        ("exhibition", "exposition", "the exhibition's title", _same("L’Heure bleue")),
        ("dates", "dates", "first and last day", ("4 March to 6 July", "du 4 mars au 6 juillet")),
        ("last_day", "dernier_jour", "the last day", ("6 July", "6 juillet")),
        ("room", "salle", "where the work hangs", ("room 7", "salle 7")),
        ("work", "oeuvre", "the work's title", _same("Le Phare éteint")),
        ("artist", "artiste", "who made it", _same("Solveig Aubrac")),
        ("year", "annee", "when it was made", _same("1908")),
        ("price", "tarif", "full price", ("€12", "12 €")),
        ("reduced", "tarif_reduit", "reduced price and for whom", ("€8 under 26", "8 € pour les moins de 26 ans")),
        ("free_entry", "gratuite", "who enters free, and when", ("under 18s", "les moins de 18 ans")),
        ("tickets_link", "lien_billets", "where tickets are sold", _same("https://musee.example/billets")),
        ("access_link", "lien_accessibilite", "page on access", _same("https://musee.example/acces")),
        ("refund_link", "lien_remboursement", "page on refunds", _same("https://musee.example/aide")),
        ("groups_contact", "contact_groupes", "who books groups", _same("groupes@musee.example")),
        ("lost_contact", "contact_objets_trouves", "who keeps lost things", _same("accueil@musee.example")),
        ("press_contact", "contact_presse", "who answers journalists", _same("presse@musee.example")),
        ("age", "age", "from what age the show is meant", ("10", "10 ans")),
        ("photos", "photos", "how photographs are allowed", ("without flash or tripod", "sans flash ni pied")),
        ("bags", "sacs", "how large a bag may be, where to leave it", ("up to 40 cm", "jusqu’à 40 cm")),
        (
            "languages",
            "langues",
            "languages of the texts",
            ("French, English and Spanish", "français, anglais, espagnol"),
        ),
        ("tours", "visites_guidees", "when guides lead", ("Saturdays at 3 p.m.", "le samedi à 15 h")),
        ("step_free", "acces_de_plain_pied", "the entrance without steps", ("rue Basse", "rue Basse")),
        ("helpline", "ligne_d_ecoute", "where somebody listens, day and night", _same("3114")),
        ("workshop_link", "lien_ateliers", "page on workshops", _same("https://musee.example/ateliers")),
        ("learn_link", "lien_pour_en_savoir_plus", "page on the show", _same("https://musee.example/bleue")),
        ("charter_link", "lien_charte", "the comment charter", _same("https://musee.example/charte")),
        ("rival", "confrere", "a museum one likes", ("the Fine Arts Museum", "le musée des Beaux-Arts")),
        ("department", "service", "the department concerned", ("conservation", "la conservation")),
        ("delay", "delai", "when an answer comes", ("within two days", "sous deux jours")),
        ("back_at", "retour", "when the house reads again", ("tomorrow at 9 a.m.", "demain à 9 h")),
        ("link", "lien", "the thread's address, known when it is open", _same("https://musee.example/parlons-en")),
        ("signature", "signature", "who signs", ("the museum’s team", "l’équipe du musée")),
    )
)
"""What the shipped packs ask of a house; a house may add names of its own."""

NAMES = {f.french: f.name for f in FIELDS} | {f.name: f.name for f in FIELDS}
"""Every spelling of a placeholder to its one name."""


class Facts(Struct, frozen=True):
    """A house's facts.

    Attributes:
        values: by language ("" for what both share), then by name in its English spelling.
    """

    values: Mapping[str, Mapping[str, str]] = {}

    def of(self, language: str) -> dict[str, str]:
        """Return what may be filled in, in one language: the shared facts, then the language's own over them."""
        return {**self.values.get("", {}), **self.values.get(language, {})}

    def given(self, language: str = "", **values: str) -> "Facts":
        """Return these facts with some known only now (the link of a thread, the post's exhibition) over them.

        Args:
            language: the one language they are for; "": for both, over whatever the file says in either.
            values: name to text; either spelling of a name.
        """
        new = {canonical(k): str(sanitise(v, single_line=True)) for k, v in values.items()}
        tables = {language: {}, **{k: dict(v) for k, v in self.values.items()}}
        for name, table in tables.items():
            if name == language:
                table.update(new)
            elif not language:
                tables[name] = {k: v for k, v in table.items() if k not in new}
        return structs.replace(self, values=tables)

    def names(self) -> set[str]:
        """Return every name that has a value in some language."""
        return {name for table in self.values.values() for name in table}


def canonical(name: str) -> str:
    """Return a placeholder's one name, whichever language it is spelled in."""
    return NAMES.get(name, name)


def examples() -> Facts:
    """Return an invented house's facts, used to preview and to measure what a house has not told yet."""
    return Facts(
        {
            "en": {f.name: f.example[0] for f in FIELDS},
            "fr": {f.name: f.example[1] for f in FIELDS},
        }
    )


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Say which known name was probably meant, as the end of a message; "" when none is near."""
    near = get_close_matches(name, list(known), n=1, cutoff=0.7)
    return f"; did you mean {near[0]!r}?" if near else ""


def _read_table(table: Mapping[str, Any], path: Path, text: str, where: str) -> tuple[dict[str, str], list[Fault]]:
    values: dict[str, str] = {}
    faults: list[Fault] = []
    for name, value in table.items():
        line = locate(text, where, name)
        if not _NAME.fullmatch(name):
            faults.append(Fault(path, line, where, f"{name!r} cannot be a placeholder: use a-z, 0-9 and _"))
        elif isinstance(value, (dict, list, bool)):
            faults.append(Fault(path, line, where, f"{name!r} must be a text"))
        elif not str(value).strip():
            continue  # an empty fact is a missing one: it blocks sending, as it should
        else:
            values[canonical(name)] = sanitise(str(value), single_line=True)
            if name not in NAMES and (hint := did_you_mean(name, NAMES)):
                faults.append(Fault(path, line, where, f"{name!r} is no fact we know{hint}", warning=True))
    return values, faults


def load_facts(path: Path) -> tuple[Facts, list[Fault]]:
    """Read a facts file: names and texts, those of one language under `[fr]` or `[en]`.

    Returns:
        The facts that could be read, and what is wrong with the rest. A file that is not there gives no facts and no
        fault: every placeholder is then missing, and says so.
    """
    import tomllib

    try:
        text = path.read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except FileNotFoundError:
        return Facts(), []
    except (OSError, ValueError) as error:
        return Facts(), [Fault.of(path, error)]
    values: dict[str, dict[str, str]] = {}
    faults: list[Fault] = []
    common = {k: v for k, v in data.items() if not isinstance(v, dict)}
    for where, table in [("", common), *((k, v) for k, v in data.items() if isinstance(v, dict))]:
        if where and where not in LANGUAGES:
            faults.append(
                Fault(path, locate(text, where), where, f"[{where}] is no language we write: use [fr] or [en]")
            )
            continue
        values[where], found = _read_table(table, path, text, where)
        faults += found
    return Facts(values), faults
