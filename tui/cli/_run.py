"""The dispatcher: which command, in which language, and what every failure of it looks like."""

import os
import sys

from tui.cli._errors import CommandError, explain
from tui.cli._parser import overview, parser_of, speak_argparse
from tui.cli._table import COMMANDS, DESK, module_of, near
from tui.i18n import _, choose

_WITH_VALUE = frozenset({"--desk", "--lang"})
"""Options of every command that take a value: the word after them is not the command."""


def run(argv: list[str]) -> int:
    """Run one command line and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # a terminal that cannot show "‼" gets "?", not a traceback
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # TextIO in the stubs, TextIOWrapper here
    speak_argparse(choose(_asked_language(argv)))
    try:
        return _run(argv)
    except CommandError as error:
        return _refuse(error)
    except (KeyboardInterrupt, BrokenPipeError, SystemExit):
        raise
    except BaseException as error:  # noqa: BLE001 - the last net: whatever it is, no traceback reaches the terminal
        known = explain(error)
        if known is not None:
            return _refuse(known)
        from tui.cli._crash import report

        print(report(error), file=sys.stderr)
        return os.EX_SOFTWARE


def _run(argv: list[str]) -> int:
    command, rest = split(argv)
    if command in {"", DESK, *COMMANDS}:
        if not command and _has(rest, "-h", "--help"):
            print(overview())
            return os.EX_OK
        if not command and _has(rest, "-V", "--version"):
            return _version()
        command = command or DESK
        try:
            args = parser_of(command).parse_args(rest)
        except SystemExit as done:  # argparse leaves after --help and after a refusal, which it has already printed
            return int(done.code or 0)
        from tui.cli._log import to_terminal

        to_terminal(verbose=args.verbose)
        return int(module_of(command).run(args))
    if command == "help":
        return _run([*rest[:1], "--help"])
    meant = near(command)
    hint = _("Did you mean “{near}”?").format(near=f"becalm {meant}") if meant else _("see: becalm --help")
    raise CommandError(os.EX_USAGE, _("no command is named “{word}”").format(word=command), hint=hint)


def split(argv: list[str]) -> tuple[str, list[str]]:
    """Take the command out of the arguments, wherever the options of every command stand; "" when there is none."""
    position = 0
    while position < len(argv) and argv[position].startswith("-"):
        position += 2 if argv[position] in _WITH_VALUE else 1
    if position >= len(argv):
        return "", argv
    return argv[position], [*argv[:position], *argv[position + 1 :]]


def _has(words: list[str], *wanted: str) -> bool:
    return any(word in wanted for word in words)


def _asked_language(argv: list[str]) -> str | None:
    for number, word in enumerate(argv):
        if word == "--lang" and number + 1 < len(argv):
            return argv[number + 1]
        if word.startswith("--lang="):
            return word.partition("=")[2]
    return None


def _version() -> int:
    from importlib.metadata import version

    print(f"becalm {version('becalm')}")
    return os.EX_OK


def _refuse(error: CommandError) -> int:
    for line in error.message.splitlines():
        print(f"becalm: {line}", file=sys.stderr)
    if error.hint:
        print(f"  {error.hint}", file=sys.stderr)
    return error.code
