"""`becalm parse`: a platform's raw answer in, the comments we read from it out; for debugging an account."""

import argparse
import os
import sys
from contextlib import suppress

from tui.cli._lines import emit, source
from tui.cli._table import N_
from tui.i18n import _

EXAMPLES = (
    ("becalm parse mastodon answer.json", N_("a saved answer of the API")),
    ("curl -s https://mastodon.example/api/v1/statuses/1/context | becalm parse mastodon", N_("straight from it")),
)

_DEEPEST = 5_000
"""Levels of JSON that are read: a thread may be a thousand answers deep, each of which takes two or four."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("platform", metavar="PLATFORM", help=_("the connector that reads it (becalm connectors)"))
    parser.add_argument("file", nargs="?", default="-", metavar="FILE", help=_("the body; - or nothing reads stdin"))
    parser.add_argument("--kind", default="", help=_("which answer it is, where the body alone does not tell"))
    parser.add_argument("--json", action="store_true", help=_("one JSON object a line, which is what it always writes"))


def run(args: argparse.Namespace) -> int:
    """Print every comment found, one JSON object a line."""
    from msgspec import to_builtins

    from connectors._errors import ConnectorError, UnsupportedError
    from connectors._registry import UnknownConnectorError, load
    from tui.cli._errors import CommandError
    from tui.phrases import say

    sys.setrecursionlimit(_DEEPEST)
    try:
        connector = load(args.platform)
        with source(args.file) as file:
            body = file.read()
        comments = connector.parse(body, args.kind)
    except (UnknownConnectorError, UnsupportedError) as error:
        raise CommandError(os.EX_USAGE, say(error.message), hint=say(error.hint)) from None
    except ConnectorError as error:
        raise CommandError(os.EX_DATAERR, say(error.message), hint=say(error.hint)) from None
    if not comments:
        print(_("no comment is in this answer"), file=sys.stderr)
        if name := _likelier(body, args.platform):
            print(_("it looks like one of {name}: becalm parse {name}").format(name=name), file=sys.stderr)
    for comment in comments:
        emit({"v": 1, **to_builtins(comment)})
    return os.EX_OK


def _likelier(body: bytes, platform: str) -> str:
    """Name the platform whose reader finds most in it, of those who find anything; "" where none does."""
    from connectors._errors import ConnectorError
    from connectors._registry import load, names

    found = {}
    for name in names():
        with suppress(ConnectorError):
            told = load(name).parse(body) if name != platform else []
            found[name] = sum(1 for each in told if each.text and not each.author.native_id.startswith("unknown:"))
    best = max(found, key=lambda name: found[name], default="")
    return best if found.get(best) else ""
