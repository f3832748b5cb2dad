"""`becalm watch`: the engine without a screen, for servers, systemd and cron."""

import argparse
import asyncio
import contextlib
import os
import signal
import sys
from functools import partial
from pathlib import Path

from tui.cli._desk import wake
from tui.cli._table import N_
from tui.i18n import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from inbox.desk import Desk
    from inbox.glance import Announcement
    from inbox.rows import Row
    from scoring.assessment import RiskLevel

EXAMPLES = (
    ("becalm watch", N_("run until Ctrl-C or SIGTERM; prints what is heated or worse")),
    ("becalm watch --quiet", N_("the same, silent: for systemd")),
    ("becalm watch --once --quiet", N_("one round, for cron: prints only what is critical")),
    ("becalm watch --unit > ~/.config/systemd/user/becalm.service", N_("a systemd unit for this desk")),
)
ROUND = 60.0
"""Seconds that one round of every source may take with --once."""
SETTLED = frozenset({"ok", "limited", "unreachable", "auth", "broken", "storage"})
"""Health that says a source's first round is over, one way or the other."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "--once", action="store_true", help=_("one round of every source, then stop; exits 0, news or not")
    )
    parser.add_argument(
        "-q", "--quiet", action="store_true", help=_("print nothing, or with --once only what is critical")
    )
    parser.add_argument("--unit", action="store_true", help=_("print a systemd user unit that runs it, and stop"))


def run(args: argparse.Namespace) -> int:
    """Run the engine."""
    if args.unit:
        from tui.cli._desk import desk_name

        print(unit(desk_name(args)), end="")
        return os.EX_OK
    return asyncio.run(_run(args))


def unit(desk: str) -> str:
    """Return a systemd user unit for a desk, run by the becalm that is running now.

    Its home is named where BECALM_HOME names one: a service does not see the shell's environment. SIGTERM ends the
    engine in order within `STOP_WITHIN`; systemd waits twice that.
    """
    program = Path(sys.argv[0]).resolve()
    start = [str(program)] if os.access(program, os.X_OK) else [sys.executable, "-m", "becalm"]
    home = [f"Environment={_quoted('BECALM_HOME=' + home)}"] if (home := os.environ.get("BECALM_HOME")) else []
    lines = [
        "[Unit]",
        f"Description=becalm, the engine of the desk {desk}",
        "",
        "[Service]",
        "ExecStart="
        + " ".join(_quoted(word).replace("$", "$$") for word in (*start, "watch", "--quiet", "--desk", desk)),
        *home,
        "Restart=on-failure",
        "RestartSec=5",
        "RestartPreventExitStatus=64 78",
        "TimeoutStopSec=15",
        "UMask=0077",
        "NoNewPrivileges=yes",
        "",
        "[Install]",
        "WantedBy=default.target",
    ]
    return "\n".join(lines) + "\n"


def _quoted(word: str) -> str:
    """Write one word as systemd reads it (systemd.syntax(7)): % begins a specifier there."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"' if set(word) & set(" \t\\\"'") else escaped


async def _run(args: argparse.Namespace) -> int:
    from scoring.assessment import RiskLevel
    from tui.cli._desk import known_operator, live_desk, settle
    from tui.cli._errors import CommandError

    setting = settle(args)
    if not setting.config.sources:
        raise CommandError(os.EX_CONFIG, _("no source is configured"), hint="becalm connect")
    async with live_desk(setting, known_operator(setting.config) or "becalm watch", own=True) as desk:
        if args.once:
            # cron mails what is printed: with --quiet that is only what cannot wait
            await _once(desk, RiskLevel.CRITICAL if args.quiet else RiskLevel.HEATED)
        else:
            await follow(desk, None if args.quiet else RiskLevel.HEATED, old=False)
    return os.EX_OK


async def follow(desk: "Desk", floor: "RiskLevel | None", *, old: bool = True) -> None:
    """Print a line for each comment of at least `floor` (None: for none), until a signal or Ctrl-C.

    Args:
        desk: the desk.
        floor: the calmest level that is told.
        old: whether what is there already is told too.
    """
    stop, changed = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, stop.set)
    leave = desk.subscribe(partial(wake, loop, changed))
    told: set[str] = set()
    try:
        if floor is not None:
            await _tell(desk, told, floor, silent=not old)
        announced = (await desk.summary()).announced
        stopping = asyncio.ensure_future(stop.wait())
        while not stop.is_set():
            change = asyncio.ensure_future(changed.wait())
            await asyncio.wait({stopping, change}, return_when=asyncio.FIRST_COMPLETED)
            changed.clear()
            if floor is not None:
                await _tell(desk, told, floor)
                announced = await _announce(desk, announced)
    finally:
        leave()


async def _announce(desk: "Desk", known: "Announcement | None") -> "Announcement | None":
    """Print the situation that began or ended last, unless it was known; return it."""
    from tui.cli._rows import one_line
    from tui.telling import SITUATIONS

    last = (await desk.summary()).announced
    if last is not None and (known is None or last.number > known.number):
        words = _("{situation} is over: {title}") if last.ended else _("{situation} begins: {title}")
        print("s " + words.format(situation=_(SITUATIONS[last.situation]), title=one_line(last.title)), flush=True)
    return last


async def _once(desk: "Desk", floor: "RiskLevel") -> None:
    """Let every source have one round, tell what is new, and what went wrong on stderr."""
    told: set[str] = set()
    await _tell(desk, told, floor, silent=True)
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(ROUND):
            # health is asked for: its first "ok" tells nobody
            while any(source.state not in SETTLED for source in (await desk.summary()).sources):  # noqa: ASYNC110 - see above
                await asyncio.sleep(0.1)
    await _tell(desk, told, floor)
    for source in (await desk.summary()).sources:
        if source.state != "ok" or source.message:
            print(f"becalm watch: {source.name}: {source.message or source.state}", file=sys.stderr)


async def _tell(desk: "Desk", told: set[str], floor: "RiskLevel", *, silent: bool = False) -> None:
    view = await desk.open_view(f"risk>={floor.label}")
    rows = (await desk.page(view.id, 0, view.total)).rows
    await desk.close_view(view.id)
    for row in reversed(rows):
        if row.key not in told:
            told.add(row.key)
            if not silent:
                _print(row)


def _print(row: "Row") -> None:
    from inbox.networks import code_of
    from tui.cli._rows import mark, one_line

    words = _("(masked: becalm show {key})").format(key=row.key) if row.danger else one_line(row.text)
    print(
        f"{mark(row.level, question=row.question)} {code_of(row.network)} {one_line(row.author)}  {row.key}  {words}",
        flush=True,
    )
