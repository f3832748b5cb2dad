"""`becalm templates`: the replies a house has: listed, searched, checked, suggested for a text, or written."""

import argparse
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec import Struct

from tui.cli._lines import Lines, emit, source
from tui.cli._table import N_
from tui.i18n import _, language

EXAMPLES = (
    ("becalm templates list", N_("ours and the house's own, in the language of the interface")),
    ("becalm templates lint ./templates", N_("every fault of a pack, with file and line")),
    ("becalm templates search billets", N_("by what one remembers: in the body, the tags, the situation")),
    ("becalm templates new parking --text 'Le parking est $adresse.' --tag parking", N_("one of the house's own")),
    ("becalm templates suggest comments.jsonl", N_("what could be answered, and whether a joke is welcome")),
)


KINDS = ("offbeat", "plain", "sober", "forwarded", "appeal", "invitation", "notice", "thread")


class Asked(Struct, frozen=True, kw_only=True):
    """One line of input of `suggest`; what is not given counts for nothing."""

    id: Any
    text: str
    lang: str = ""
    post_text: str = ""
    platform: str = ""
    themes: tuple[str, ...] = ()
    situations: tuple[str, ...] = ()
    at: datetime | None = None
    rate: float | None = None
    author: str = ""
    thread: str = ""


class Suggested(Struct, frozen=True):
    """One line of output of `suggest`."""

    v: int
    id: Any
    joke: str
    reason: str
    words: tuple[str, ...]
    suggestions: tuple[str, ...]


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    whats = ("list", "search", "lint", "suggest", "new")
    parser.add_argument("what", choices=whats, metavar="|".join(whats))
    parser.add_argument(
        "words",
        nargs="*",
        metavar="WORDS",
        help=_("lint: a folder or a pack; suggest: JSONL, - reads stdin; search: words; new: its name"),
    )
    parser.add_argument(
        "--json", action="store_true", help=_("list, search, new: one JSON object a template, versioned")
    )
    own = parser.add_argument_group(_("one of the house's own (new)"))
    own.add_argument("--kind", choices=KINDS, default="plain", help=_("what it is for"))
    own.add_argument("--text", metavar="T", help=_("its text; - reads stdin; without one your editor opens"))
    own.add_argument("--register", metavar="R", help=_("how an offbeat reply is offbeat"))
    own.add_argument("--title", metavar="T", help=_("the title of a notice or a thread"))
    own.add_argument("--tag", action="append", default=[], metavar="TAG", help=_("what it is about; repeatable"))
    own.add_argument(
        "--situation", action="append", default=[], metavar="S", help=_("lone_troll, feud, flood, question")
    )
    own.add_argument("--dry-run", action="store_true", help=_("show it and judge it, and write nothing"))


def run(args: argparse.Namespace) -> int:
    """Do one of them."""
    from tui.cli._template_new import new

    args.file = args.words[0] if args.words else None
    doing = {"list": _list, "search": _list, "lint": _lint, "suggest": _suggest, "new": new}
    return doing[args.what](args)


def _house(args: argparse.Namespace) -> tuple[Path | None, Path | None]:
    """Return the folder of the house's packs and its facts file."""
    from tui.cli._desk import house_files, settle

    return house_files(settle(args).config)


def _list(args: argparse.Namespace) -> int:
    from msgspec import to_builtins

    from inbox.templates import find, load, load_facts

    packs, facts = _house(args)
    library = load(packs, load_facts(facts)[0] if facts else None)
    for template in find(" ".join(args.words), library.templates.values()):
        if args.json:
            emit({"v": 1, **to_builtins(template)})
        elif template.language == (args.lang or language()):
            first = " ".join(template.body.split())
            kind = f"{template.kind} {template.register}" if template.register else str(template.kind)
            print(f"{template.id:<32} {kind:<24} {first}")
    return os.EX_OK


def _lint(args: argparse.Namespace) -> int:
    from inbox.templates import Facts, load, load_facts
    from tui.cli._errors import CommandError

    packs, facts_file = _house(args)
    folder = Path(args.file) if args.file else packs
    if folder is not None and not folder.exists():
        raise CommandError(os.EX_NOINPUT, _("{path} is not there").format(path=folder))
    facts, faults = load_facts(facts_file) if facts_file else (Facts(), [])
    only = folder if folder is not None and folder.is_file() else None
    found = [*faults, *load(folder.parent if only and folder else folder, facts).faults]
    found = [fault for fault in found if only is None or fault.path == only]
    for fault in found:
        print(fault)
    grave = sum(not fault.warning for fault in found)
    print(_("{n} faults, {m} warnings").format(n=grave, m=len(found) - grave), file=sys.stderr)
    return os.EX_DATAERR if grave else os.EX_OK


def _suggest(args: argparse.Namespace) -> int:
    from inbox.templates import Context, load, load_facts, suggest
    from scoring import assess

    packs, facts_file = _house(args)
    facts = load_facts(facts_file)[0] if facts_file else None
    library = load(packs, facts)
    path = args.file or "-"
    with source(path) as file:
        lines = Lines(file, path)
        for _number, asked in lines.read(Asked):
            context = Context(
                text=asked.text,
                assessment=assess(asked.text, lang=asked.lang or None),
                language=asked.lang if asked.lang in {"fr", "en"} else "",
                platform=asked.platform,
                post_text=asked.post_text,
                themes=asked.themes,
                situations=asked.situations,
                at=_aware(asked.at),
                rate=asked.rate,
                thread=asked.thread,
                author=asked.author,
            )
            found = suggest(context, library, facts)
            reason = found.reason.value if found.reason else ""
            emit(Suggested(1, asked.id, str(found.verdict), reason, found.words, found.ids))
        return lines.code


def _aware(moment: datetime | None) -> datetime | None:
    """Take a time without a zone for the house's own."""
    return moment.astimezone() if moment is not None and moment.tzinfo is None else moment
