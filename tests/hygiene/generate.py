"""Writes what is generated: parts of docs/architecture.md and docs/connectors.md, docs/cli.md, docs/keys.md,
docs/replies.md, the catalogues.

`python tests/hygiene/generate.py` writes, `--check` names what is stale and exits 1.
"""

import ast
import io
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[2]
PACKAGES = ("becalm", "connectors", "inbox", "scoring", "tui")
BEGIN, END = "<!-- generated: make docs -->\n", "<!-- end of what is generated -->\n"
FRENCH = Path("tui/locale/fr/LC_MESSAGES/becalm.po")
# `fault` and `_plain` are how inbox/config.py says what is wrong
KEYWORDS = {"_": 1, "N_": 1, "ngettext": 2, "fault": 1, "_plain": 1}
"""Calls whose first text, or first two, are messages."""
NEVER = datetime(2026, 1, 1, tzinfo=UTC)
"""The date in the catalogues: a real one would make every run a change."""


# -- the map ---------------------------------------------------------------------------------------


def modules() -> Iterator[Path]:
    """Every module of ours, in the order of the map."""
    for package in PACKAGES:
        yield from sorted((ROOT / package).rglob("*.py"), key=lambda path: (path.parent, path.name))


def sentence_of(path: Path) -> str:
    """The first line of a module's docstring, or ""."""
    return (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").partition("\n")[0]


def the_map() -> str:
    """One line a file, folder by folder."""
    lines: list[str] = []
    folder = None
    for path in modules():
        if path.parent != folder:
            folder = path.parent
            own = folder / "__init__.py"
            about = sentence_of(own) if own.exists() else ""
            lines += (
                ["", f"### {folder.relative_to(ROOT)}/", "", about, ""]
                if about
                else ["", f"### {folder.relative_to(ROOT)}/", ""]
            )
            lines += ["| file | what it is |", "|---|---|"]
        if path.name != "__init__.py":
            lines.append(f"| `{path.name}` | {sentence_of(path).replace('|', chr(92) + '|')} |")
    return "\n".join(lines).strip() + "\n"


def between(text: str, generated: str) -> str:
    """Put what is generated between its marks."""
    head, _, rest = text.partition(BEGIN)
    _, _, tail = rest.partition(END)
    return f"{head}{BEGIN}\n{generated}\n{END}{tail}"


def architecture() -> str:
    """docs/architecture.md with a fresh map."""
    return between((ROOT / "docs/architecture.md").read_text(encoding="utf-8"), the_map())


# -- the command line ------------------------------------------------------------------------------


def cli() -> str:
    """docs/cli.md: the help of every command, as it is printed 100 columns wide."""
    os.environ["COLUMNS"] = "100"
    from tui.cli._parser import overview, parser_of, speak_argparse
    from tui.cli._table import COMMANDS, DESK
    from tui.i18n import choose

    speak_argparse(choose("en"))
    parts = [f"```text\n{overview()}\n```\n"]
    for command in (DESK, *COMMANDS):
        title = "becalm" if command == DESK else f"becalm {command}"
        parts.append(f"## {title}\n\n```text\n{parser_of(command).format_help().rstrip()}\n```\n")
    return between((ROOT / "docs/cli.md").read_text(encoding="utf-8"), "\n".join(parts))


def keys() -> str:
    """docs/keys.md from the one table that feeds dispatch, footer and help."""
    from tui.i18n import choose
    from tui.keymap import markdown

    choose("en")
    return markdown()


# -- what platforms can do -------------------------------------------------------------------------


def connectors() -> str:
    """docs/connectors.md: every capability of every platform, each with its reason."""
    from connectors._model import Capability
    from connectors._registry import load, names

    kinds = [load(name) for name in names()]
    signs = {"yes": "✓", "partly": "~", "no": "✗"}
    head = ["capability", *(kind.traits.label for kind in kinds)]
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    for capability in Capability:
        shown = [signs[kind.capabilities[capability].can] for kind in kinds]
        lines.append(f"| {capability} | {' | '.join(shown)} |")
    for kind in kinds:
        lines += ["", f"**{kind.traits.label}**", ""]
        for capability, support in kind.capabilities.items():
            lines.append(f"- {signs[support.can]} {capability}: {support.reason}")
    return between((ROOT / "docs/connectors.md").read_text(encoding="utf-8"), "\n".join(lines) + "\n")


# -- every text ------------------------------------------------------------------------------------


def replies() -> str:
    """docs/replies.md: every text that ships, filled with an invented house's facts."""
    from inbox.templates import load
    from inbox.templates.facts import examples
    from inbox.templates.page import page

    return page(load(), examples())


# -- the catalogues --------------------------------------------------------------------------------


def said(path: Path) -> Iterator[str | tuple[str, str]]:
    """Every literal message in a module; read from its syntax tree, which sees inside f-strings too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name not in KEYWORDS:
            continue
        words = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        count = KEYWORDS[name]
        if len(words) >= count:
            yield (words[0], words[1]) if count == 2 else words[0]


def messages() -> Catalog:
    """Every message of the interface, without its translations."""
    found = Catalog(project="becalm", version="1", charset="utf-8", creation_date=NEVER, fuzzy=False)
    for path in modules():
        file = str(path.relative_to(ROOT))
        if file.startswith(("inbox/", "tui/")):
            for message in said(path):
                found.add(message, locations=[(file, 0)])
    return found


def french() -> Catalog:
    """The French catalogue: today's messages, with the translations there are, set as printers set them."""
    known = (
        read_po(io.BytesIO((ROOT / FRENCH).read_bytes()), locale="fr") if (ROOT / FRENCH).exists() else Catalog("fr")
    )
    fresh = Catalog(
        locale="fr",
        project="becalm",
        version="1",
        charset="utf-8",
        creation_date=NEVER,
        revision_date=NEVER,
        last_translator="the becalm developers",
        language_team="fr",
        fuzzy=False,
    )
    for message in messages():
        if message.id:
            old = known.get(message.id)
            files = sorted({file for file, _line in message.locations})
            fresh.add(message.id, _typeset(old.string) if old else "", locations=[(file, 0) for file in files])
    return fresh


def _typeset(strings: str | Sequence[str] | None) -> str | tuple[str, ...]:
    from french import typeset

    return typeset(strings or "") if strings is None or isinstance(strings, str) else tuple(map(typeset, strings))


def po() -> bytes:
    """The catalogue as translators read it."""
    written = io.BytesIO()
    write_po(written, french(), sort_output=True, width=0, include_lineno=False, ignore_obsolete=True)
    return written.getvalue()


def mo() -> bytes:
    """The catalogue as gettext reads it."""
    written = io.BytesIO()
    write_mo(written, french())
    return written.getvalue()


# -- all of it -------------------------------------------------------------------------------------

GENERATED: dict[Path, Callable[[], str | bytes]] = {
    Path("docs/architecture.md"): architecture,
    Path("docs/cli.md"): cli,
    Path("docs/connectors.md"): connectors,
    Path("docs/keys.md"): keys,
    Path("docs/replies.md"): replies,
    FRENCH: po,
    FRENCH.with_suffix(".mo"): mo,
}


def main(words: list[str]) -> int:
    """Write, or with --check only compare."""
    stale = []
    for name, make in GENERATED.items():
        made = make()
        content = made if isinstance(made, bytes) else made.encode()
        path = ROOT / name
        if not path.exists() or path.read_bytes() != content:
            stale.append(str(name))
            if "--check" not in words:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
    if stale:
        print("stale, run make docs:" if "--check" in words else "written:", *stale)
    return int(bool(stale) and "--check" in words)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "tests/support"))
    sys.path.insert(0, str(ROOT))  # the tree's own modules, not those installed a while ago
    sys.exit(main(sys.argv[1:]))
