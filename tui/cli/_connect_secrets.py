"""Where the secrets of an account come from when it is connected, and where each lives afterwards."""

import argparse
import asyncio
import os
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from tui.cli._errors import CommandError
from tui.cli._wanted import fields_of, question_of, required_of
from tui.i18n import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from connectors._contract import Connector
    from tui.cli._desk import Setting


def secret_references(
    args: argparse.Namespace,
    setting: "Setting",
    connector: "type[Connector]",
    options: dict[str, Any],
    secrets: dict[str, str],
    name: str,
) -> dict[str, Any]:
    """Decide where each secret lives; those that were typed or sent in get a file of their own."""
    from inbox.paths import secrets_folder

    known = fields_of(connector)
    wanted = [key for key in required_of(connector) if known[key]]
    given = dict(_where(word, wanted) for word in args.secret_from)
    references: dict[str, Any] = {}
    for key in dict.fromkeys([*wanted, *given]):
        kind, _colon, rest = given.get(key, "ask").partition(":")
        if kind in {"ask", "stdin"}:
            secrets[key] = _sent_in(key) if kind == "stdin" else _asked(args, connector, options, key)
            path = Path(secrets_folder(), name if wanted == [key] else f"{name}-{key}")
            references[key] = {"file": str(path.relative_to(Path(setting.config.path).parent))}
        elif kind == "env":
            references[key] = {"env": rest}
        elif kind == "file":
            references[key] = {"file": str(Path(rest).expanduser().absolute())}
        else:
            import shlex

            references[key] = {"command": shlex.split(rest)}
    return references


def _sent_in(key: str) -> str:
    line = sys.stdin.readline().strip()
    if not line:
        raise CommandError(os.EX_NOINPUT, _("nothing came in for {key}").format(key=key))
    return line


def _where(word: str, wanted: list[str]) -> tuple[str, str]:
    """Read --secret-from: WHERE, or KEY=WHERE."""
    key, equals, where = word.partition("=")
    if not equals or ":" in key:
        key, where = (wanted[0] if wanted else "token"), word
    where = where.replace("cred-cmd:", "command:", 1) if where.startswith("cred-cmd:") else where
    if where not in {"ask", "stdin"} and where.partition(":")[0] not in {"env", "file", "command"}:
        # what stands here may be the secret itself, given by mistake: it is not repeated
        raise CommandError(
            os.EX_USAGE,
            _("--secret-from wants stdin, env:NAME, file:PATH or command:LINE"),
            hint=_("the secret itself must not stand on a command line"),
        )
    return key, where


def _asked(args: argparse.Namespace, connector: "type[Connector]", options: dict[str, Any], key: str) -> str:
    from tui.cli._prompt import ask_secret, choose

    instead = _("give --secret-from stdin, env:NAME, file:PATH or command:LINE")
    login = f"connectors._{connector.name}_login"
    if find_spec(login) is None:
        return ask_secret(question_of(connector, key), no_input=args.no_input, instead=instead)
    either = (
        _("an application password you have made (p), or make one in a browser now (b)")
        if key == "password"
        else _("a token you have made (t), or log in with a browser (b)")
    )
    letters = "pb" if key == "password" else "tb"
    if choose(either, letters, no_input=args.no_input, instead=instead) != "b":
        return ask_secret(question_of(connector, key), no_input=args.no_input, instead=instead)
    return asyncio.run(_log_in(args, login, str(options["server"])))


async def _log_in(args: argparse.Namespace, login: str, server: str) -> str:
    """Log in out of band: an address for any browser anywhere, a code pasted back."""
    from connectors._http import Http
    from tui.cli._prompt import ask_secret

    steps = import_module(login)
    http = Http()
    try:
        begun = await steps.begin_login(http, server)
        print(_("Open this address in any browser, allow becalm, and copy the code it shows:"), file=sys.stderr)
        print(begun.authorise_url, file=sys.stderr)
        code = await asyncio.to_thread(ask_secret, _("the code"), no_input=args.no_input, instead="")
        token: str = (await steps.finish_login(http, begun, code)).reveal()
        return token
    finally:
        await http.aclose()
