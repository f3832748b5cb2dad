"""`becalm dossier`: a comment's particulars for the platform's report form or the police's portal, to copy out."""

import argparse
import asyncio
import os
import sys

from tui.cli._table import N_
from tui.i18n import _

EXAMPLES = (
    ("becalm dossier museum/1142", N_("for PHAROS, the French police's portal; kept as evidence first")),
    ("becalm dossier museum/1142 --for platform --out report.txt", N_("for the platform's own form, into a file")),
    ("becalm export --evidence id:museum/1142 --out folder", N_("the sealed copy with its chain")),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("comment", metavar="ID", help=_("SOURCE/ID as becalm list prints it"))
    parser.add_argument("--for", dest="form", choices=("pharos", "platform"), default="pharos", help=_("whose form"))
    parser.add_argument("--out", metavar="FILE", help=_("a new file instead of stdout, readable by you alone"))
    parser.add_argument("--dry-run", action="store_true", help=_("write the particulars, and keep nothing as evidence"))
    parser.add_argument("--json", action="store_true", help=_("one JSON object, versioned"))


def run(args: argparse.Namespace) -> int:
    """Keep the comment as evidence and write its particulars."""
    return asyncio.run(_run(args))


async def _run(args: argparse.Namespace) -> int:
    from inbox.desk import AddNote, Capture
    from tui.cli._acts import acting_desk, key_of
    from tui.cli._desk import now, operator, require_desk, settle
    from tui.cli._lines import emit
    from tui.dossier_words import FORMS, dossier

    setting = settle(args)
    require_desk(setting)
    who = operator(setting, no_input=args.no_input)
    async with acting_desk(setting, who, sources=False, dry=args.dry_run) as desk:
        key = await key_of(desk, args.comment)
        if not args.dry_run:
            await desk.act(Capture(reason=_(FORMS[args.form])), [key])  # refused where these words are kept already
            await desk.act(AddNote(_("particulars copied out for {form}").format(form=_(FORMS[args.form]))), [key])
        detail = await desk.detail(key)
    assert detail is not None  # the key was just found
    text = dossier(detail, args.form, by=who, desk=setting.desk, now=now())
    if args.out:
        _save(args.out, text)
    if args.json:
        emit({"v": 1, "dry_run": args.dry_run, "key": key, "form": args.form, "text": text, "file": args.out or ""})
    elif not args.out:
        sys.stdout.write(text)
    return os.EX_OK


def _save(path: str, text: str) -> None:
    from inbox.paths import write_private
    from tui.cli._errors import CommandError

    if os.path.lexists(path):
        raise CommandError(os.EX_CANTCREAT, _("{path} is there already").format(path=path))
    try:
        write_private(path, text.encode())
    except OSError as error:
        raise CommandError(os.EX_CANTCREAT, f"{path}: {error.strerror}") from error
