"""`becalm` alone: the desk on the screen; on the very first run, a question about where to begin."""

import argparse
import asyncio
import os

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
    who = "" if args.observer else _desk.known_operator(setting.config)
    if not args.plain and not args.observer and _is_first_run(setting):
        answers = _first_run(settings, setting, who)
        if answers is None:
            return os.EX_OK
        who, elsewhere = answers
        if elsewhere:
            from tui.cli._run import run as run_command

            return run_command([*elsewhere, "--lang", language()])
    who = who if args.observer else who or _desk.operator(setting, no_input=args.no_input)
    desk = _sit_down(setting, who, observer=args.observer)
    if args.plain:
        return asyncio.run(plain(desk))
    from tui.app import run as run_app

    return run_app(desk, settings)


def _sit_down(setting: "Setting", who: str, *, observer: bool) -> "Desk":
    from inbox.opening import look_on
    from inbox.paths import make_private
    from tui.cli._desk import open_live, wording

    if not observer:
        return open_live(setting, who)
    make_private(str(setting.folder))
    # an observer never runs the engine: nothing that happens here may end with this session
    return look_on(setting.folder, operator=who, name=setting.desk, wording=wording(setting.config))


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
        bell=config.screen.bell,
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


def _first_run(settings: "Settings", setting: "Setting", name: str) -> tuple[str, list[str]] | None:
    """Ask who sits here and where to begin.

    Returns:
        The operator's name, written down, and the command to go on with (none: the desk); None when the person left.
    """
    from getpass import getuser

    from inbox.config_edit import set_top
    from tui.welcome import welcome

    answers = welcome(settings, name or getuser())
    if answers is None:
        return None
    if answers.operator != name:
        set_top(setting.config.path, "operator", answers.operator)
    # the rehearsal asks nothing more, an account does: who it is for is known by now
    commands = {"rehearsal": ["demo"], "connect": ["connect"]}
    return answers.operator, commands.get(answers.choice, [])


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
