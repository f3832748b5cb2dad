"""`becalm` alone: the desk on the screen; on the very first run, a question about where to begin."""

import argparse
import asyncio
import os
import sys

from tui.cli._table import N_
from tui.i18n import _, language

TYPE_CHECKING = False
if TYPE_CHECKING:
    from inbox.desk import Desk
    from tui.cli._desk import Setting
    from tui.settings import Settings

EXAMPLES = (
    ("becalm", N_("the desk")),
    ("becalm --observer", N_("look on: nothing can be changed from here")),
    ("becalm --low-bandwidth", N_("over a thin line; ssh -C helps more still")),
    ("becalm --plain", N_("lines instead of a screen: for screen readers and simple terminals")),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--observer", action="store_true", help=_("look, but change nothing"))
    parser.add_argument("--plain", action="store_true", help=_("lines instead of a screen"))
    parser.add_argument("--low-bandwidth", action="store_true", help=_("16 colours and fewer repaints"))


def run(args: argparse.Namespace) -> int:
    """Open the desk."""
    from tui.cli import _desk

    setting = _desk.settle(args)
    if not args.plain:
        _desk.require_terminal()
    settings = _settings(args, setting)  # clashing keys are told before anything is opened
    if _is_first_run(setting):
        elsewhere = _first_run(args)
        if elsewhere is not None:
            return elsewhere
    who = _desk.known_operator(setting.config) if args.observer else _desk.operator(setting, no_input=args.no_input)
    desk = _open(setting, who, observer=args.observer)
    if args.plain:
        return asyncio.run(plain(desk))
    return show(desk, settings)


def _open(setting: "Setting", who: str, *, observer: bool) -> "Desk":
    from inbox.opening import look_on
    from inbox.paths import make_private
    from tui.cli._desk import open_live, wording

    if not observer:
        return open_live(setting, who)
    make_private(str(setting.folder))
    return look_on(setting.folder, operator=who, name=setting.desk, wording=wording(setting.config))


def show(desk: "Desk", settings: "Settings") -> int:
    """Run the screen on a desk."""
    from tui.app import run as run_app

    return run_app(desk, settings)


def _settings(args: argparse.Namespace, setting: "Setting") -> "Settings":
    from tui.cli._errors import CommandError
    from tui.keymap import Keymap, KeymapError
    from tui.settings import Settings

    config = setting.config
    try:
        Keymap.build(config.keys, config.path)
    except KeymapError as error:
        raise CommandError(os.EX_CONFIG, str(error), hint=_("see docs/keys.md, or ? in the desk")) from error
    return Settings(
        language=language(),
        low_bandwidth=args.low_bandwidth or config.screen.low_bandwidth,
        observer=args.observer,
        palette=config.screen.palette,
        keys=config.keys,
        keys_file=config.path,
    )


# -- the first run ---------------------------------------------------------------------------------


def _is_first_run(setting: "Setting") -> bool:
    """Nothing is configured and nothing was ever imported here."""
    from inbox.status import STATUS_FILE

    if setting.config.sources or (setting.folder / STATUS_FILE).exists():
        return False
    return not setting.folder.is_dir() or not any(setting.folder.glob("log-*"))


def _first_run(args: argparse.Namespace) -> int | None:
    """Offer where to begin; None goes on to the desk, which is empty."""
    from tui.cli._prompt import ask, can_ask
    from tui.cli._run import run as run_command

    if not can_ask(no_input=args.no_input):
        return None
    choices = {
        "1": (_("play the rehearsal storm: no account, nothing real"), ["demo"]),
        "2": (_("connect a Mastodon account"), ["connect", "mastodon"]),
        "3": (_("see what each platform can and cannot do"), ["connectors"]),
        "4": (_("open the desk, empty as it is"), None),
    }
    print(_("Welcome. Nothing is connected yet; where shall we begin?"), file=sys.stderr)
    for number, (what, _command) in choices.items():
        print(f"  {number}  {what}", file=sys.stderr)
    answer = ask(_("1 to 4"), no_input=False, instead="")
    command = choices.get(answer, choices["4"])[1]
    return None if command is None else run_command([*command, "--lang", language()])


# -- without a screen ------------------------------------------------------------------------------


async def plain(desk: "Desk") -> int:
    """Print a line for everything open, then for everything that arrives, until Ctrl-C."""
    from scoring.assessment import RiskLevel
    from tui.cli.watch import follow

    try:
        await follow(desk, RiskLevel.CALM)
    finally:
        await desk.aclose()
    return os.EX_OK
