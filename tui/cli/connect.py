"""`becalm connect`: an account set up: asked for, verified, and written to the configuration; its secret apart."""

import argparse
import asyncio
import os
import sys
import tomllib
from pathlib import Path
from shutil import get_terminal_size
from textwrap import fill
from typing import Any

from tui.cli._connect_secrets import secret_references
from tui.cli._errors import CommandError
from tui.cli._table import N_
from tui.cli._wanted import fields_of, private_files_of, question_of, required_of, texts_of
from tui.i18n import _
from tui.phrases import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from connectors._contract import Connector
    from connectors._model import Identity
    from inbox.config import SourceConfig
    from tui.cli._desk import Setting

EXAMPLES = (
    ("becalm connect mastodon", N_("asks for the server and a token, or logs in with a browser")),
    ("becalm connect mastodon --name museum --server mastodon.example --secret-from env:TOKEN", N_("nothing is asked")),
    (
        "pass show museum | becalm connect mastodon --server mastodon.example --secret-from stdin",
        N_("from a password manager"),
    ),
    (
        "becalm connect mastodon --server mastodon.example --secret-from 'command:pass show museum'",
        N_("asked anew at each start"),
    ),
    (
        "becalm connect facebook --set app_id=123 --secret-from token=ask --secret-from app_secret=ask",
        N_("says where to click; with the app's secret it knows when the token ends"),
    ),
    ("becalm connect --replace --name museum", N_("another token for the same account: all else stays as it is")),
)

_TRIES = 3
"""How often a secret may be typed: platforms lock out who guesses."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("platform", nargs="?", metavar="PLATFORM", help=_("one of becalm connectors; asked otherwise"))
    parser.add_argument(
        "--name", metavar="NAME", help=_("what the source is called here; the platform's name otherwise")
    )
    parser.add_argument("--server", metavar="URL", help=_("the same as --set server=URL"))
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help=_("an option of the platform"))
    parser.add_argument(
        "--secret-from",
        action="append",
        default=[],
        metavar="WHERE",
        help=_("stdin, env:NAME, file:PATH or command:LINE; KEY=WHERE when there are several; asked otherwise"),
    )
    parser.add_argument("--replace", action="store_true", help=_("although a source of that name is there"))
    parser.add_argument("-y", "--yes", action="store_true", help=_("also with the token of another account"))


def run(args: argparse.Namespace) -> int:
    """Set it up."""
    from connectors._registry import load
    from inbox.config import SOURCE_NAME
    from tui.cli._desk import settle

    setting = settle(args)
    before = _before(args, setting)
    args.platform = args.platform or (before.platform if before else "")
    args.platform = _installed(args.platform or _chosen(no_input=args.no_input))
    connector = load(args.platform)
    name = args.name or args.platform
    if not SOURCE_NAME.fullmatch(name):
        raise CommandError(
            os.EX_USAGE, _("“{name}” cannot be a source's name").format(name=name), hint=_("a-z, 0-9, - and _")
        )
    if any(source.name == name for source in setting.config.sources) and not args.replace:
        raise CommandError(
            os.EX_CANTCREAT,
            _("a source named {name} is there already").format(name=name),
            hint=_("another --name, or --replace"),
        )
    _show_steps(args, connector)
    kept = before.options if before and before.platform == args.platform else {}
    options, secrets = _options(args, connector, kept)
    references = secret_references(args, setting, connector, options, secrets, name)
    table = private_files_of(connector, name) | kept | options | references
    who, warning = _known(args, setting, name, table, secrets)
    if before and kept:
        _ensure_same(args, setting, before, table, who)
    _write(setting, name, args.platform, table | {"account": account_of(who)}, secrets)
    print(_("{name}: {account} on {server}").format(name=name, account=who.handle, server=who.server or args.platform))
    for line in [*_facts(who, warning), *_twins(setting, name, table, args.platform, who)]:
        print(_laid_out(line), file=sys.stderr)
    print(_("written to {path}; becalm opens the desk").format(path=setting.config.path), file=sys.stderr)
    return os.EX_OK


def _laid_out(line: str) -> str:
    """Break a line between words where somebody reads it."""
    if not sys.stderr.isatty():
        return line
    return fill(line, max(40, get_terminal_size().columns - 1), break_long_words=False, break_on_hyphens=False)


def _before(args: argparse.Namespace, setting: "Setting") -> "SourceConfig | None":
    """Return the source that is to be replaced: what it was told stays, unless it is told anew."""
    wanted = (args.name or args.platform) if args.replace else None
    return next((source for source in setting.config.sources if source.name == wanted), None)


def _chosen(*, no_input: bool) -> str:
    """Ask which platform."""
    from connectors._registry import names
    from tui.cli._prompt import ask

    real = ", ".join(name for name in names() if name != "rehearsal")
    question = _("which platform: {names}").format(names=real)
    return ask(question, no_input=no_input, instead=_("name it: becalm connect PLATFORM"), again=True)


def _installed(platform: str) -> str:
    from difflib import get_close_matches

    from connectors._registry import names

    if platform in names():
        return platform
    close = get_close_matches(platform, names(), 1)
    hint = (
        _("Did you mean {near}?").format(near=close[0])
        if close
        else _("installed: {names}").format(names=", ".join(names()))
    )
    raise CommandError(os.EX_USAGE, _("no connector is named {name}").format(name=platform), hint=hint)


# -- another token ---------------------------------------------------------------------------------


def account_of(who: "Identity") -> dict[str, str]:
    """Return what the configuration remembers of an account: enough to know it again, and to name it."""
    return {"id": who.account_id, "handle": str(who.handle)}


def _ensure_same(
    args: argparse.Namespace, setting: "Setting", before: "SourceConfig", table: dict[str, Any], who: "Identity"
) -> None:
    """Ask before a source becomes another account's: the comments of both would stand under one name."""
    from tui.cli._prompt import confirm

    was = before.account or _asked_of_the_old_token(setting, before)
    moved = before.options.get("server") != table.get("server")
    if not was or (was.get("id") == who.account_id and not moved):
        return
    question = _("{name} was {old} until now, and this token belongs to {new}; go on").format(
        name=before.name, old=_named(was.get("handle", was["id"]), before.options), new=_named(who.handle, table)
    )
    instead = _("another --name keeps the two accounts apart; --yes where they are to be one source")
    confirm(question, yes=args.yes, no_input=args.no_input, instead=instead)


def _named(handle: str, options: dict[str, Any]) -> str:
    server = options.get("server")
    return f"{handle} ({server})" if server else handle


def _asked_of_the_old_token(setting: "Setting", before: "SourceConfig") -> dict[str, str]:
    """Ask the platform whose account it was, where the token still tells; nothing where it does not."""
    from connectors._errors import ConnectorError
    from inbox.config import ConfigError

    try:
        who, _warning = asyncio.run(_verify(setting, before.name, before.platform, before.options, {}))
    except (ConnectorError, ConfigError):
        return {}
    return account_of(who)


# -- what the platform wants -----------------------------------------------------------------------


def _options(
    args: argparse.Namespace, connector: "type[Connector]", kept: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, str]]:
    """Collect what is no secret; ask for what is required and missing.

    Returns:
        The options, with those that are kept, and an empty place for the secrets that are typed or sent in.
    """
    from tui.cli._prompt import ask

    known, texts = fields_of(connector), texts_of(connector)
    options: dict[str, Any] = {key: value for key, value in kept.items() if not known.get(key, False)}
    options |= {"server": args.server} if args.server else {}
    for pair in args.set:
        key, equals, value = pair.partition("=")
        if not equals or key not in known:
            raise CommandError(
                os.EX_USAGE,
                _("--set wants KEY=VALUE, with one of: {keys}").format(
                    keys=", ".join(k for k, s in known.items() if not s)
                ),
            )
        if known[key]:
            raise CommandError(
                os.EX_USAGE,
                _("{key} is a secret: it must not stand on a command line, where others can read it").format(key=key),
                hint=_("leave it out and be asked, or use --secret-from"),
            )
        options[key] = value if key in texts else _typed(value)
    for key in required_of(connector):
        if not known[key] and key not in options:
            question, instead = question_of(connector, key), _("give --set {key}=...").format(key=key)
            options[key] = ask(question, no_input=args.no_input, instead=instead, again=True)
    return options, {}


def _typed(value: str) -> Any:
    """Read a value as the configuration would: true, 3 and 0.5 are not texts."""
    try:
        return tomllib.loads(f"value = {value}")["value"]
    except tomllib.TOMLDecodeError:
        return value


def _show_steps(args: argparse.Namespace, connector: "type[Connector]") -> None:
    """Say how the owner of an account comes by what will be asked, where somebody is there to be asked."""
    from tui.cli._prompt import can_ask

    is_here = any(not where.endswith("ask") for where in args.secret_from)
    if is_here or not can_ask(no_input=args.no_input):
        return
    width = max(40, get_terminal_size().columns - 1)
    for number, step in enumerate(connector.steps, 1):
        print(fill(f"{number}. {say(step)}", width, subsequent_indent="   "), file=sys.stderr)


def _known(
    args: argparse.Namespace, setting: "Setting", name: str, table: dict[str, Any], secrets: dict[str, str]
) -> "tuple[Identity, str]":
    """Verify; where a token belongs to several accounts, ask which one and write that into the table."""
    from connectors._errors import ChoiceError
    from tui.cli._prompt import ask, can_ask

    try:
        return _verified(args, setting, name, table, secrets)
    except ChoiceError as error:
        if not can_ask(no_input=args.no_input):
            raise
        for value, label in error.choices:
            print(f"  {value}  {label}", file=sys.stderr)
        table[error.option] = ask(_("which one (its number)"), no_input=args.no_input, instead="", again=True)
    return asyncio.run(_verify(setting, name, args.platform, table, secrets))


def _verified(
    args: argparse.Namespace, setting: "Setting", name: str, table: dict[str, Any], secrets: dict[str, str]
) -> "tuple[Identity, str]":
    """Verify; a secret that was typed and is refused may have been copied badly, and is asked for again."""
    from connectors._errors import AuthenticationError
    from connectors._registry import load
    from tui.cli._prompt import ask_secret, can_ask

    typed = [key for key in secrets if not args.secret_from] if can_ask(no_input=args.no_input) else []
    for _again in range(_TRIES - 1 if len(typed) == 1 else 0):
        try:
            return asyncio.run(_verify(setting, name, args.platform, table, secrets))
        except AuthenticationError as error:
            print(say(error.message), file=sys.stderr)
            print(_("once more; Ctrl-C leaves, and nothing is written"), file=sys.stderr)
        question = question_of(load(args.platform), typed[0])
        secrets[typed[0]] = ask_secret(question, no_input=args.no_input, instead="")
    return asyncio.run(_verify(setting, name, args.platform, table, secrets))


def _facts(who: "Identity", warning: str) -> list[str]:
    """Say what the platform tells of the account and its token beside the name."""
    from tui.i18n import ngettext

    said = []
    if who.followers is not None:
        said.append(ngettext("{n} follower", "{n} followers", who.followers).format(n=who.followers))
    if who.scopes:
        said.append(_("permissions: {names}").format(names=", ".join(who.scopes)))
    if who.expires_at is not None and f"{who.expires_at:%Y-%m-%d}" not in warning:
        said.append(_("the token ends on {date}").format(date=f"{who.expires_at:%Y-%m-%d}"))
    return [*said, say(warning)] if warning else said


def _twins(setting: "Setting", name: str, table: dict[str, Any], platform: str, who: "Identity") -> list[str]:
    """Say which other source is the same account: every comment would come in twice."""
    return [
        _("{name} is the same account: every comment will come twice").format(name=source.name)
        for source in setting.config.sources
        if source.name != name and source.platform == platform and (source.account or {}).get("id") == who.account_id
        if source.options.get("server") == table.get("server")
    ]


# -- verify, then write ----------------------------------------------------------------------------


async def _verify(
    setting: "Setting", name: str, platform: str, table: dict[str, Any], secrets: dict[str, str]
) -> "tuple[Identity, str]":
    """Ask the platform who we are with exactly what will be written; return that, and what will soon need somebody."""
    from connectors._http import Http
    from connectors._secret import Secret
    from inbox.config import SourceConfig, connector_of

    options: dict[str, Any] = table | {key: Secret(value) for key, value in secrets.items()}
    source = SourceConfig(name=name, platform=platform, options=options, file=setting.config.path)
    kind, judged = connector_of(source)
    http = Http()
    connector = kind(name, judged, http)
    try:
        return await connector.identify(), connector.warning()
    finally:
        await connector.aclose()
        await http.aclose()


def _write(setting: "Setting", name: str, platform: str, table: dict[str, Any], secrets: dict[str, str]) -> None:
    from inbox.config_edit import set_table
    from inbox.paths import make_private, write_private

    for key, value in secrets.items():
        path = Path(setting.config.path).parent / table[key]["file"]
        make_private(str(path.parent))
        write_private(str(path), value.encode() + b"\n")
    set_table(setting.config.path, ("sources", name), {"platform": platform, **table})
