"""Packs: our TOML files and the house's own beside them become one library of templates, and a list of faults."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from inbox.templates.facts import Facts, did_you_mean
from inbox.templates.faults import Fault, locate
from inbox.templates.lint import check
from inbox.templates.template import Kind, Template

OURS = Path(__file__).with_name("data")
"""The folder of the packs that ship."""

_FIELDS = tuple(f for f in Template.__struct_fields__ if f != "id")
_KNOWN = (*_FIELDS, "withdrawn")
_RATIONS: dict[str, dict[str, int]] = {
    Kind.OFFBEAT: {"per_thread": 1, "per_day": 3, "per_author": 1},
    Kind.APPEAL: {"per_thread": 1},
    Kind.INVITATION: {"per_author": 1},
    Kind.NOTICE: {"lasts": 48},
}
"""What a pack need not say: how often each kind may be used, and how long a notice stays up."""


class Library(Struct, frozen=True):
    """Every template that may be used.

    Attributes:
        templates: by id.
        faults: what is wrong in the files; a template with a fault that is no warning is not in `templates`.
    """

    templates: Mapping[str, Template]
    faults: tuple[Fault, ...] = ()

    def of(self, *kinds: Kind, language: str = "") -> list[Template]:
        """List templates of some kinds (none named: all) in one language ("": every), in the order of their files."""
        return [
            t
            for t in self.templates.values()
            if (not kinds or t.kind in kinds) and (not language or t.language == language)
        ]

    def counterpart(self, template: Template, language: str) -> Template | None:
        """Find what a text becomes when the language is switched.

        The same stem in the other language; for a joke, which does not travel, one of the same register.
        """
        same = self.templates.get(f"{template.stem}.{language}")
        if same or not template.register:
            return same
        return next((t for t in self.of(template.kind, language=language) if t.register is template.register), None)


def _entries(path: Path) -> tuple[str, dict[str, Any], list[Fault]]:
    import tomllib

    try:
        text = path.read_text(encoding="utf-8")
        return text, tomllib.loads(text), []
    except (OSError, ValueError) as error:
        return "", {}, [Fault.of(path, error)]


def _convert(entry: Mapping[str, Any], name: str, path: Path, text: str) -> tuple[Template | None, list[Fault]]:
    language, kind = str(entry.get("language", "")), str(entry.get("kind", ""))
    values = {**_RATIONS.get(kind, {}), **entry, "id": f"{name}.{language}"}
    values.pop("withdrawn", None)
    try:
        return msgspec.convert(values, Template), []
    except msgspec.ValidationError as error:
        message, _, at = str(error).partition(" - at `$.")
        key = at.rstrip("`").split("[")[0]
        return None, [Fault(path, locate(text, name, key), name, f"{key}: {message}" if key else message)]


def _read(path: Path, facts: Facts) -> tuple[dict[str, Template], set[str], list[Fault]]:
    """Read one file into its templates, the ids it withdraws, and its faults."""
    text, data, faults = _entries(path)
    head = {k: v for k, v in data.items() if not isinstance(v, dict)}
    tables = {k: v for k, v in data.items() if isinstance(v, dict)}
    found: dict[str, Template] = {}
    withdrawn: set[str] = set()
    for where, table in [("", head), *tables.items()]:
        faults += [
            Fault(path, locate(text, where, key), where, f"unknown field {key!r}{did_you_mean(key, _KNOWN)}")
            for key in table
            if key not in _KNOWN
        ]
    head = {k: v for k, v in head.items() if k in _KNOWN}
    for name, table in tables.items():
        entry = head | {k: v for k, v in table.items() if k in _KNOWN}
        if entry.get("withdrawn") is True:
            withdrawn.add(f"{name}.{entry.get('language', '')}")
            continue
        template, wrong = _convert(entry, name, path, text)
        if template is not None:
            wrong = check(template, path, text, name, facts)
        faults += wrong
        if template is not None and all(f.warning for f in wrong):
            found[template.id] = template
    return found, withdrawn, faults


def _files(folder: Path) -> Iterable[Path]:
    return sorted(p for p in folder.glob("*.toml") if p.name != "facts.toml")


def read_folder(folder: Path, facts: Facts) -> tuple[dict[str, Template], set[str], list[Fault]]:
    """Read every pack of one folder, in the order of their names.

    Returns:
        The templates by id, the ids withdrawn, and the faults; an id given twice in one folder is a fault, and its
        first text stays.
    """
    templates: dict[str, Template] = {}
    origin: dict[str, Path] = {}
    withdrawn: set[str] = set()
    faults: list[Fault] = []
    for path in _files(folder):
        found, gone, wrong = _read(path, facts)
        faults += wrong
        withdrawn |= gone
        for id_, template in found.items():
            if id_ in templates:
                line = locate(path.read_text(encoding="utf-8"), template.stem)
                faults.append(Fault(path, line, template.stem, f"duplicate id {id_!r}: {origin[id_].name} has it too"))
            else:
                templates[id_], origin[id_] = template, path
    return templates, withdrawn, faults


@cache
def _ours() -> tuple[dict[str, Template], list[Fault]]:
    templates, _, faults = read_folder(OURS, Facts())
    return templates, faults


def load(house: Path | None = None, facts: Facts | None = None) -> Library:
    """Load our packs and, over them, a house's own.

    A house's template with one of our ids replaces ours, one with a new id is added, and `withdrawn = true` takes one
    of ours away.

    Args:
        house: the folder of the house's packs; a folder that is not there holds none.
        facts: the house's facts, for names of its own and for measuring; None: only the known names.
    """
    templates, faults = _ours()
    if house is None or not house.is_dir():
        return Library(dict(templates), tuple(faults))
    own, withdrawn, wrong = read_folder(house, facts or Facts())
    kept = {k: v for k, v in templates.items() if k not in withdrawn} | own
    return Library(kept, (*faults, *wrong))
