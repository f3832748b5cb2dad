"""`becalm demo`: the desk on a rehearsed storm, in a throwaway home; nothing real is read or sent."""

import argparse
import asyncio
import getpass
import os
import shutil
import tempfile
from pathlib import Path

from tui.cli._table import N_
from tui.i18n import _, language

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tui.cli._desk import Setting

EXAMPLES = (
    ("becalm demo", N_("the opening week of a controversial exhibition")),
    ("becalm demo --speed 4", N_("four times as fast")),
    ("becalm demo --scenarios", N_("what else can be rehearsed")),
    ("becalm demo --scenario pile-on", N_("another storm; a debrief follows when you leave")),
    (
        "becalm demo --comments 5000 --rate 20 --seed 7",
        N_("5,000 there already, 20 a second arriving, always the same"),
    ),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--scenario", default="", metavar="NAME", help=_("which storm; see --scenarios"))
    parser.add_argument("--scenarios", action="store_true", help=_("list them, and what each is about"))
    parser.add_argument("--seed", type=int, default=1, metavar="N", help=_("the same seed plays the same storm"))
    parser.add_argument("--speed", type=float, default=1.0, metavar="X", help=_("the script's clock; 0 stops arrivals"))
    parser.add_argument("--comments", type=int, metavar="N", help=_("how many are there at the start"))
    parser.add_argument(
        "--rate", type=float, default=0.0, metavar="R", help=_("arrivals a second, in place of the clock")
    )
    parser.add_argument("--low-bandwidth", action="store_true", help=_("16 colours and fewer repaints"))
    parser.add_argument("--plain", action="store_true", help=_("lines instead of a screen"))


def run(args: argparse.Namespace) -> int:
    """Play."""
    from inbox.config import Config, SourceConfig, is_operator_name
    from inbox.engine import utc_now
    from inbox.wording import Wording
    from tui.cli._desk import Setting, require_terminal

    if args.scenarios:
        return _list()
    scenario = _known(args.scenario)
    if not args.plain:
        require_terminal()
    options: dict[str, object] = {"scenario": scenario, "seed": args.seed, "speed": args.speed, "rate": args.rate}
    if args.comments is not None:
        options["comments"] = args.comments
    name = os.environ.get("BECALM_OPERATOR", "").strip() or _login_name()
    home = tempfile.mkdtemp(prefix="becalm-demo-")
    try:
        source = SourceConfig(name="rehearsal", platform="rehearsal", options=options)
        config = Config(path=str(Path(home, "config.toml")), sources=(source,))
        setting = Setting(config, "demo", Path(home, "desks", "demo"), Wording.of_rehearsal(utc_now))
        code = _play(args, setting, name if is_operator_name(name) else "demo")
        if scenario:
            from tui.cli.debrief import tell

            tell(setting, setting.wording)
        return code
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _list() -> int:
    from connectors._rehearsal.script import read_script, scenario_names

    for name in scenario_names():
        about = read_script(scenario=name).abouts
        print(f"{name:<12}  {about.get(language(), about.get('en', ''))}")
    return os.EX_OK


def _known(scenario: str) -> str:
    from connectors._rehearsal.script import scenario_names
    from tui.cli._errors import CommandError

    if scenario and scenario not in scenario_names():
        raise CommandError(
            os.EX_USAGE,
            _("there is no scenario “{name}”").format(name=scenario),
            hint=_("there are: {names}").format(names=", ".join(scenario_names())),
        )
    return scenario


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account without a name, as in some containers
        return "demo"


def _play(args: argparse.Namespace, setting: "Setting", who: str) -> int:
    from tui.cli._desk import open_live

    desk = open_live(setting, who)
    if args.plain:
        from tui.cli.desk import plain

        return asyncio.run(plain(desk))
    from tui.app import run as run_app
    from tui.settings import Settings

    return run_app(desk, Settings(language=language(), low_bandwidth=args.low_bandwidth))
