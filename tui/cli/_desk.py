"""What most commands begin with: the configuration, the operator, and the desk to look at or to work on."""

import asyncio
import os
import sys
from argparse import Namespace
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from msgspec import Struct

from inbox.config import Config, is_operator_name, read
from inbox.config_edit import EditError, set_top
from inbox.paths import DEFAULT_DESK, config_file, config_folder, desk_folder, is_desk_name, make_private
from inbox.status import write_status
from tui import i18n
from tui.cli._errors import CommandError
from tui.cli._log import to_file
from tui.cli._prompt import ask
from tui.i18n import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from connectors._http import Http
    from inbox.alerts.alarm import Alarm
    from inbox.charter import Charter
    from inbox.desk import Desk
    from inbox.events import AnyEvent
    from inbox.fold import Inbox
    from inbox.local import LocalDesk
    from inbox.rules import Rules
    from inbox.templates.faults import Fault
    from inbox.wording import Wording


class Setting(Struct, frozen=True):
    """Where a command works.

    Attributes:
        config: the configuration.
        desk: the desk's name.
        folder: its folder, whether it exists or not.
        wording: the templates, when they are not those of the configuration.
    """

    config: Config
    desk: str
    folder: Path
    wording: Any = None


def now() -> datetime:
    """Return the present moment, aware."""
    return datetime.now(UTC)


def desk_name(args: Namespace) -> str:
    """Return the desk that is meant."""
    name: str = args.desk or os.environ.get("BECALM_DESK") or DEFAULT_DESK
    if not is_desk_name(name):
        raise CommandError(
            os.EX_USAGE,
            _("“{name}” cannot be a desk's name").format(name=name),
            hint=_("letters, digits, - and _, at most 64"),
        )
    return name


def settle(args: Namespace) -> Setting:
    """Read the configuration and speak its language, unless the command line said another."""
    name = desk_name(args)
    config = read(config_file())
    if config.lang and not getattr(args, "lang", None):
        i18n.choose(config.lang)
    return Setting(config, name, Path(desk_folder(name)))


def known_operator(config: Config) -> str:
    """Return who sits here as far as anybody said: BECALM_OPERATOR, then the configuration, else ""."""
    name = os.environ.get("BECALM_OPERATOR", "").strip()
    if name and not is_operator_name(name):
        raise CommandError(
            os.EX_CONFIG,
            _("BECALM_OPERATOR is not a name"),
            hint=_("one printable line of at most 40 characters"),
        )
    return name or config.operator


def operator(setting: Setting, *, no_input: bool) -> str:
    """Return who sits here, asking once and writing the answer down.

    Raises:
        CommandError: nobody said and nobody can be asked.
    """
    name = known_operator(setting.config)
    if name:
        return name
    name = ask(
        _("Your name, as colleagues will see it beside what you do"),
        no_input=no_input,
        instead=_('set BECALM_OPERATOR, or operator = "..." in {path}').format(path=setting.config.path),
    )
    if not is_operator_name(name):
        raise CommandError(os.EX_USAGE, _("a name is one printable line of at most 40 characters"))
    with suppress(EditError):  # an unusual configuration is not worth a refusal: it will be asked again
        set_top(setting.config.path, "operator", name)
    return name


def wording(config: Config) -> "Wording":
    """Read the templates and the facts of the house."""
    from inbox.wording import Wording

    rehearsing = config.sources and all(source.platform == "rehearsal" for source in config.sources)
    if rehearsing and house_files(config) == (None, None):
        return Wording.of_rehearsal(now)  # the invented museum has facts of its own
    packs, facts = house_files(config)
    return Wording.of_house(packs=packs, facts=facts, clock=now)


def rules(config: Config) -> "Rules":
    """Read what the house wants of its own."""
    from inbox.rules import Rules

    return Rules(four_eyes=config.four_eyes, charter=charter(config)[0])


def charter(config: Config) -> "tuple[Charter, Sequence[Fault]]":
    """Read the house's charter and what is wrong with it: as configured, else beside the configuration, else our example."""
    from inbox.charter import read, shipped

    beside = Path(config.house.charter) if config.house.charter else Path(config_folder()) / "charter.toml"
    return read(beside) if config.house.charter or beside.is_file() else (shipped(), ())


def house_files(config: Config) -> tuple[Path | None, Path | None]:
    """Return the folder of the house's packs and its facts file: as configured, else those beside the configuration."""
    beside = Path(config_folder())
    packs = Path(config.house.templates) if config.house.templates else beside / "templates"
    facts = Path(config.house.facts) if config.house.facts else beside / "facts.toml"
    return (
        packs if config.house.templates or packs.is_dir() else None,
        facts if config.house.facts or facts.is_file() else None,
    )


# -- looking ---------------------------------------------------------------------------------------


def require_desk(setting: Setting) -> None:
    """Refuse where no desk of that name was ever opened.

    Raises:
        CommandError: there is none.
    """
    if not setting.folder.is_dir():
        raise CommandError(
            os.EX_NOINPUT,
            _("there is no desk named “{name}” yet").format(name=setting.desk),
            hint=_("becalm opens it; becalm import FILE fills it; becalm demo shows one"),
        )


def read_inbox(setting: Setting) -> "tuple[Inbox, Iterator[list[AnyEvent]]]":
    """Fold everything that is durable on a desk, without its lock, beside whoever runs it.

    Returns:
        The inbox, and an endless iterator whose every step folds in and returns what was written since the last one.
    """
    from inbox.store import Reader

    require_desk(setting)
    reader = Reader(setting.folder)
    inbox = reader.load()

    def steps() -> Iterator[list["AnyEvent"]]:
        while True:
            events = list(reader.new())
            for event in events:
                inbox.apply(event)
            yield events

    return inbox, steps()


def say_how_fresh(setting: Setting) -> None:
    """Say on stderr how fresh what was printed is: to a person always, into a pipe when something is stale."""
    from tui.cli.status import freshness

    said = freshness(str(setting.folder), i18n.language(), all_is_well=sys.stdout.isatty())
    if said:
        sys.stdout.flush()
        print(said, file=sys.stderr)


# -- working ---------------------------------------------------------------------------------------


def publish_status(folder: Path, desk: "LocalDesk") -> None:
    """Write the status file; called from a thread without a loop of its own, and a disk that refuses stops nothing."""
    summary = asyncio.run(desk.summary())
    with suppress(OSError):
        write_status(str(folder), summary, now())


def open_live(setting: Setting, who: str, *, sources: bool = True, own: bool = False) -> "Desk":
    """Sit down at the desk: run its engine, or attach to the one that runs, or look on.

    Args:
        setting: which desk.
        who: the operator.
        sources: whether the platforms are needed; private acts do without.
        own: run the engine or fail.

    Raises:
        HeldError: another process holds the desk, and `own`.
    """
    from connectors._http import Http
    from inbox.accounts import bring_to_life
    from inbox.learning import thresholds_of
    from inbox.opening import join_desk, open_desk
    from inbox.outbox import Countdown

    make_private(str(setting.folder))
    to_file(setting.folder)
    outbox = setting.config.outbox
    http = Http()
    return (open_desk if own else join_desk)(
        setting.folder,
        bring_to_life(setting.config, http) if sources else {},
        operator=who,
        name=setting.desk,
        wording=setting.wording or wording(setting.config),
        countdown=Countdown(outbox.countdown, outbox.batch_countdown),
        thresholds=thresholds_of(setting.folder, setting.config.risk.tense, setting.config.risk.heated),
        rules=rules(setting.config),
        on_tick=partial(publish_status, setting.folder),
        alarm=_alarm(setting, http) if sources else None,
        retention=setting.config.retention if sources else None,
    )


def _alarm(setting: Setting, http: "Http") -> "Alarm":
    from inbox.alerts.alarm import Alarm
    from tui.alerts import say_alerts

    return Alarm(setting.config.alerts, desk=setting.desk, say=say_alerts, http=http, clock=now)


@asynccontextmanager
async def live_desk(setting: Setting, who: str, *, sources: bool = True, own: bool = False) -> "AsyncIterator[Desk]":
    """Sit down at the desk as `open_live` does, able to act, and leave it in order.

    Raises:
        CommandError: it can only be looked at.
        HeldError: another process holds the desk, and `own`.
    """
    desk = open_live(setting, who, sources=sources, own=own)
    try:
        why = (await desk.summary()).read_only
        if why:
            from tui.phrases import say

            raise CommandError(
                os.EX_TEMPFAIL,
                _("the desk “{name}” is {held}").format(name=setting.desk, held=say(why)),
                hint=_("do it there, or leave it there first; becalm list and export work beside it"),
            )
        yield desk
    finally:
        await desk.aclose()


@asynccontextmanager
async def ahead(setting: Setting, who: str) -> "AsyncIterator[Desk]":
    """Ask what an act would do, of whoever runs the engine, else of the journal: nothing is written, nobody is called."""
    from connectors._http import Http
    from inbox.accounts import bring_to_life
    from inbox.opening import look_ahead, socket_of
    from inbox.outbox import Countdown
    from inbox.remote import LostError, RemoteDesk

    desk: Any
    try:
        desk = await RemoteDesk.attach(socket_of(setting.folder), who)
    except LostError:
        outbox = setting.config.outbox
        desk = look_ahead(
            setting.folder,
            bring_to_life(setting.config, Http()),
            operator=who,
            name=setting.desk,
            wording=setting.wording or wording(setting.config),
            rules=rules(setting.config),
            countdown=Countdown(outbox.countdown, outbox.batch_countdown),
        )
    try:
        yield desk
    finally:
        await desk.aclose()


def wake(loop: asyncio.AbstractEventLoop, event: asyncio.Event, _keys: frozenset[str]) -> None:
    """Set an event of `loop` from the thread that changed something."""
    loop.call_soon_threadsafe(event.set)


def require_terminal() -> None:
    """Refuse a terminal that cannot show a screen.

    Raises:
        CommandError: no terminal, or a dumb one; with what would work.
    """
    dumb = os.environ.get("TERM", "") in {"", "dumb", "unknown"}
    if sys.stdin.isatty() and sys.stdout.isatty() and not dumb:
        return
    what = _("this terminal (TERM={term}) cannot show the desk").format(term=os.environ.get("TERM", ""))
    raise CommandError(
        os.EX_UNAVAILABLE,
        what if dumb else _("the desk needs a terminal, and here is none"),
        hint=_("without a screen: becalm list, becalm list --watch, becalm status, becalm watch"),
    )
