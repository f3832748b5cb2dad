"""Writing one of the house's own texts: from a name and a few words, or in one's editor; shown, judged, then kept."""

import argparse
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tui.cli._errors import CommandError
from tui.i18n import _, language

TYPE_CHECKING = False
if TYPE_CHECKING:
    from inbox.templates import Facts, Fault, Template


def new(args: argparse.Namespace) -> int:
    """Write a template, show how it reads, judge it, and keep it when it is sound.

    Raises:
        CommandError: its name cannot be one, or is taken in the house's own folder.
    """
    from inbox.paths import config_folder, make_private, write_private
    from inbox.templates import load_facts
    from tui.cli._desk import house_files, settle

    packs, facts_file = house_files(settle(args).config)
    name = _name(args)
    chosen = args.lang or language()
    path = (packs or Path(config_folder()) / "templates") / f"{name}.{chosen}.toml"
    if path.exists():
        raise CommandError(
            os.EX_CANTCREAT, _("{path} is there already").format(path=path), hint=_("edit it, then lint it")
        )
    source = _source(args, name, chosen)
    facts = load_facts(facts_file)[0] if facts_file else None
    template, faults = judged(source, name, facts)
    _show(args, template, faults, facts)
    if template is None:
        print(source, file=sys.stderr)
        return os.EX_DATAERR
    if args.dry_run:
        print(source, file=sys.stderr)
        print(_("nothing was done: this was a look"), file=sys.stderr)
        return os.EX_OK
    make_private(str(path.parent))
    write_private(str(path), source.encode())
    print(_("written: {path}").format(path=path), file=sys.stderr)
    return os.EX_OK


def _name(args: argparse.Namespace) -> str:
    import re

    name = args.words[0] if len(args.words) == 1 else ""
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,63}", name):
        raise CommandError(
            os.EX_USAGE,
            _("a new text needs a name: small letters, digits and -"),
            hint=_("a name of ours replaces ours: becalm templates list"),
        )
    return name


def _source(args: argparse.Namespace, name: str, chosen: str) -> str:
    """Return the TOML of the new text: from the arguments, or from the operator's editor."""
    from inbox.templates import Kind
    from inbox.templates.starter import starter

    fields: dict[str, str | tuple[str, ...]] = {
        key: value for key, value in (("register", args.register), ("title", args.title)) if value
    }
    fields |= {key: tuple(value) for key, value in (("tags", args.tag), ("situation", args.situation)) if value}
    body = sys.stdin.read().strip() if args.text == "-" else (args.text or "")
    source = starter(name, Kind(args.kind), chosen, body, **fields)
    if body or args.no_input or not sys.stdin.isatty():
        return source
    return _edited(source)


def _edited(source: str) -> str:
    from inbox.config_secrets import environment
    from tui.outside import editor

    command = editor()
    if not command:
        return source
    with TemporaryDirectory() as folder:
        path = Path(folder) / "template.toml"
        path.write_text(source, encoding="utf-8")
        subprocess.run([*command, str(path)], check=False, env=environment())  # noqa: S603 - the operator's own editor
        return path.read_text(encoding="utf-8", errors="replace")


def judged(source: str, name: str, facts: "Facts | None") -> "tuple[Template | None, list[Fault]]":
    """Read a pack of one text; None where it is not sound."""
    from inbox.templates import Facts
    from inbox.templates.packs import read_folder

    with TemporaryDirectory() as folder:
        (Path(folder) / f"{name}.toml").write_text(source, encoding="utf-8")
        found, _withdrawn, faults = read_folder(Path(folder), facts or Facts())
    return next(iter(found.values()), None), faults


def _show(args: argparse.Namespace, template: "Template | None", faults: "list[Fault]", facts: "Facts | None") -> None:
    """Show how it reads with the house's facts, and what is wrong with it."""
    from msgspec import to_builtins

    from inbox.templates import Facts, load, render
    from tui.cli._acts import quoted
    from tui.cli._lines import emit

    for fault in faults:
        print(f"{fault.path.name}:{fault.line}: {fault.message}", file=sys.stderr)
    if template is None:
        return
    if template.id in load().templates:
        print(_("it takes the place of ours: {id}").format(id=template.id), file=sys.stderr)
    shown = render(template, facts or Facts())
    print("\n".join(quoted(shown.text)), file=sys.stderr)
    if shown.missing:
        words = ", ".join("$" + name for name in shown.missing)
        print(_("{words} is empty: fill it in before sending").format(words=words), file=sys.stderr)
    if args.json:
        emit({"v": 1, "dry_run": args.dry_run, **to_builtins(template)})
