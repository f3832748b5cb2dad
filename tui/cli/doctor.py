"""`becalm doctor`: is everything sound? Packages, folders, configuration, secrets, store, terminal, each in a line."""

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from tui.cli._table import N_
from tui.i18n import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from inbox.config import Config

EXAMPLES = (
    ("becalm doctor", N_("every check, offline; 69 when something is wrong")),
    ("becalm doctor --report", N_("the same, redacted, to paste into a question")),
)
PACKAGES = ("becalm", "connectors", "inbox", "scoring", "tui")


class Finding(NamedTuple):
    """What one check found.

    Attributes:
        sign: "ok", "warn" or "bad".
        what: what was looked at.
        said: what was found, and what to do.
    """

    sign: str
    what: str
    said: str


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--report", action="store_true", help=_("redacted: no secret, address or home folder"))
    parser.add_argument("--json", action="store_true", help=_("one JSON object a check, versioned"))


def run(args: argparse.Namespace) -> int:
    """Run every check; one that fails to run is a finding too."""
    from inbox.config import ConfigError
    from tui.cli._crash import redact, versions

    findings = [Finding("ok", "versions", versions())]
    for check in CHECKS:
        try:
            findings += check(args)
        except ConfigError:
            continue  # the check of the configuration says it, once; what needs one has nothing to look at
        except Exception as error:  # noqa: BLE001 - a check must not keep the others from being made
            findings.append(Finding("bad", check.__name__.strip("_"), f"{type(error).__name__}: {error}"))
    if args.report:
        findings = [Finding(sign, what, redact(said)) for sign, what, said in findings]
    for finding in findings:
        _show(finding, as_json=args.json)
    return os.EX_UNAVAILABLE if any(finding.sign == "bad" for finding in findings) else os.EX_OK


def _show(finding: Finding, *, as_json: bool) -> None:
    if as_json:
        from tui.cli._lines import emit

        emit({"v": 1, **finding._asdict()})
        return
    sign = {"ok": "✓", "warn": "!", "bad": "✗"}[finding.sign]
    first, *more = finding.said.splitlines() or [""]
    print("\n".join([f"{sign} {finding.what:<14} {first}", *(f"  {'':<14} {line}" for line in more)]))


# -- checks ----------------------------------------------------------------------------------------


def _packages(args: argparse.Namespace) -> Iterator[Finding]:
    """Our packages have common names: make sure that nobody else's stand in their place."""
    del args
    from importlib.metadata import distribution
    from importlib.util import find_spec

    from tui.telling import after_colon

    root = os.path.realpath(str(distribution("becalm").locate_file("")))
    strangers = []
    for name in PACKAGES:
        spec = find_spec(name)
        origin = os.path.realpath(spec.origin) if spec and spec.origin else ""
        if not origin.startswith(root + os.sep):
            strangers.append(after_colon(name, origin or _("missing")))
    if strangers:
        hint = _("install becalm in a place of its own: pipx install becalm")
        yield Finding("bad", "packages", "\n".join([*strangers, hint]))
    else:
        yield Finding("ok", "packages", root)


def _folders(args: argparse.Namespace) -> Iterator[Finding]:
    from inbox.paths import config_folder, desk_folder, state_folder
    from tui.cli._desk import desk_name

    for what, folder in (
        ("configuration", config_folder()),
        ("state", state_folder()),
        ("desk", desk_folder(desk_name(args))),
    ):
        path = Path(folder)
        if not path.is_dir():
            yield Finding("ok", what, _("{path} (not made yet)").format(path=folder))
        elif path.stat().st_mode & 0o077:
            yield Finding("warn", what, _("{path} can be read by others: chmod 700 it").format(path=folder))
        elif not os.access(folder, os.W_OK):
            yield Finding("bad", what, _("{path} cannot be written to").format(path=folder))
        else:
            free = os.statvfs(folder)
            megabytes = free.f_bavail * free.f_frsize // 1_000_000
            sign = "ok" if megabytes > 200 else "warn"
            yield Finding(sign, what, _("{path} ({n} MB free)").format(path=folder, n=megabytes))


def _keys(config: "Config") -> Iterator[Finding]:
    from tui.keymap import Keymap, KeymapError

    try:
        Keymap.build(config.keys, config.path)
    except KeymapError as error:
        yield Finding("bad", "[keys]", str(error))


def _configuration(args: argparse.Namespace) -> Iterator[Finding]:
    from inbox.config import ConfigError, connector_of
    from tui.cli._desk import known_operator, settle
    from tui.cli._errors import explain

    try:
        config = settle(args).config
    except ConfigError as error:
        known = explain(error)
        yield Finding("bad", "config.toml", known.message if known else str(error))
        return
    yield from _keys(config)
    yield Finding("ok", "config.toml", config.path if Path(config.path).exists() else _("none yet"))
    who = known_operator(config)
    yield Finding("ok" if who else "warn", "operator", who or _("nobody said who sits here: BECALM_OPERATOR"))
    for source in config.sources:
        try:
            connector_of(source)
        except ConfigError as error:
            known = explain(error)
            yield Finding("bad", source.name, known.message if known else str(error))
        else:
            yield Finding("ok", source.name, source.platform)


def _connectors(args: argparse.Namespace) -> Iterator[Finding]:
    del args
    from connectors._registry import BrokenConnectorError, load, names

    sound = []
    for name in names():
        try:
            load(name)
            sound.append(name)
        except BrokenConnectorError as error:
            yield Finding("bad", name, f"{error.message}\n{error.hint}")
    yield Finding("ok", "connectors", ", ".join(sound))


def _store(args: argparse.Namespace) -> Iterator[Finding]:
    """Read the whole journal, as a start would, without its lock."""
    from inbox.compaction import check
    from inbox.holder import holder_of
    from inbox.store_errors import StoreError
    from tui.cli._desk import read_inbox, settle

    setting = settle(args)
    if not setting.folder.is_dir():
        return
    holder = holder_of(setting.folder)
    yield Finding("ok", "engine", _("run by {who}").format(who=holder) if holder else _("not running"))
    try:
        inbox, _following = read_inbox(setting)
    except StoreError as error:
        yield Finding("bad", "store", f"{error.message}\n{error.hint}")
        return
    faults = check(setting.folder)
    for fault in faults:
        yield Finding("bad", "store", fault)
    if not faults:
        yield Finding("ok", "store", _("{n} comments, every line sound").format(n=len(inbox.items)))


def _sources(args: argparse.Namespace) -> Iterator[Finding]:
    """Tell how the running engine finds each source: asked of its status file, of no platform."""
    from inbox.holder import holder_of
    from inbox.status import read_status
    from tui.cli._desk import now, settle
    from tui.phrases import say
    from tui.vitals import HEALTH, health_of, is_worrying, vital_words

    folder = str(settle(args).folder)
    status = read_status(folder) if holder_of(Path(folder)) else None
    for source in map(health_of, (status or {}).get("sources", ())):
        words = [_(HEALTH.get(source.state, source.state)), say(source.message), *vital_words(source, now())]
        grave = source.state not in {"ok", "starting"}
        sign = "bad" if grave else "warn" if source.message or is_worrying(source, now()) else "ok"
        yield Finding(sign, source.name, " · ".join(filter(None, words)))


def _templates(args: argparse.Namespace) -> Iterator[Finding]:
    from inbox.templates import Facts, load, load_facts
    from tui.cli._desk import settle

    house = settle(args).config.house
    facts, faults = load_facts(Path(house.facts)) if house.facts else (Facts(), [])
    library = load(Path(house.templates) if house.templates else None, facts)
    wrong = [str(fault) for fault in (*faults, *library.faults) if not fault.warning]
    said = _("{n} templates").format(n=len(library.templates))
    yield Finding("bad" if wrong else "ok", "templates", "\n".join([said, *wrong]))


def _terminal(args: argparse.Namespace) -> Iterator[Finding]:
    del args
    term = os.environ.get("TERM", "")
    encoding = (sys.stdout.encoding or "").lower()
    size = os.get_terminal_size() if sys.stdout.isatty() else None
    said = f"TERM={term or '?'} {encoding}" + (f" {size.columns}x{size.lines}" if size else "")
    if term in {"", "dumb", "unknown"}:
        yield Finding("warn", "terminal", said + "\n" + _("no screen here; becalm list and status work"))
    elif encoding.replace("-", "") != "utf8":
        yield Finding("warn", "terminal", said + "\n" + _("not UTF-8: accents and symbols will be missing"))
    else:
        yield Finding("ok", "terminal", said)
    if os.environ.get("SSH_CONNECTION"):
        yield Finding("ok", "ssh", _("over SSH: ssh -C makes the desk send 8 to 20 times fewer bytes"))


CHECKS: tuple[Callable[[argparse.Namespace], Iterator[Finding]], ...] = (
    _packages,
    _folders,
    _configuration,
    _connectors,
    _store,
    _sources,
    _templates,
    _terminal,
)
"""Every check, in the order it is told."""
