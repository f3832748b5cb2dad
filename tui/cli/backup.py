"""`becalm backup`: a copy of the desk and its configuration that another machine can open."""

import argparse
import os
import tomllib
from pathlib import Path
from typing import Any

from tui.cli._lines import emit
from tui.cli._table import N_
from tui.i18n import _, ngettext

EXAMPLES = (
    ("becalm backup /media/stick/monday", N_("beside an open desk; nothing stops meanwhile")),
    ("BECALM_HOME=/media/stick/monday becalm", N_("on any machine: the desk as it was")),
)
LEFT = frozenset({"secrets", "desks", "crashes", "cache"})
"""What the copy of the configuration leaves out: secrets belong to their machine, desks are copied by themselves."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("folder", metavar="DIR", type=Path, help=_("where the copy goes; must be new or empty"))
    parser.add_argument("--json", action="store_true", help=_("one JSON object, versioned"))


def run(args: argparse.Namespace) -> int:
    """Copy, and say how much."""
    from inbox.backup import backup, copy_settings
    from inbox.config_secrets import files_of
    from inbox.paths import config_folder, make_private
    from tui.cli._desk import require_desk, settle
    from tui.cli._errors import CommandError

    setting = settle(args)
    require_desk(setting)
    out: Path = args.folder.expanduser().absolute()
    if out.exists() and any(out.iterdir()):
        raise CommandError(
            os.EX_CANTCREAT,
            _("{folder} is not empty").format(folder=out),
            hint=_("name a folder that does not exist yet"),
        )
    make_private(os.fspath(out))
    copied = backup(setting.folder, out / "desks" / setting.desk)
    folder = Path(config_folder())
    files = copied.files + copy_settings(folder, out, LEFT, files_of(_written(Path(setting.config.path)), folder))
    if args.json:
        emit({"v": 1, "transactions": copied.transactions, "files": files})
        return os.EX_OK
    said = ngettext("{n} record copied to {out}", "{n} records copied to {out}", copied.transactions)
    print(said.format(n=copied.transactions, out=out))
    print(_("passwords and tokens are not in it: connect the accounts again on the other machine"))
    return os.EX_OK


def _written(config: Path) -> dict[str, Any]:
    """Read the configuration as it is written: what it names as a secret is one, whatever else is wrong with it."""
    try:
        return tomllib.loads(config.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
