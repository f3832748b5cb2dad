"""Questions to the person at the terminal: never without one, never with --no-input."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from getpass import getpass

from tui.cli._errors import CommandError
from tui.i18n import _


def can_ask(*, no_input: bool) -> bool:
    """Whether somebody is there to answer."""
    return not no_input and sys.stdin.isatty() and sys.stderr.isatty()


def ask(question: str, *, no_input: bool, instead: str) -> str:
    """Ask for one line.

    Args:
        question: what is asked, without a colon.
        no_input: refuse to ask.
        instead: what to do where nobody can be asked, for the refusal's hint.

    Raises:
        CommandError: nobody is there, or the answer is empty.
    """
    _require(question, no_input=no_input, instead=instead)
    print(_("{question}: ").format(question=question), end="", file=sys.stderr, flush=True)  # stdout is for data
    with _left_alone():
        return _given(sys.stdin.readline(), question)


def ask_secret(question: str, *, no_input: bool, instead: str) -> str:
    """Ask for one line that is not shown while it is typed.

    Raises:
        CommandError: nobody is there, or the answer is empty.
    """
    _require(question, no_input=no_input, instead=instead)
    with _left_alone():
        return _given(getpass(_("{question}: ").format(question=question), stream=sys.stderr), question)


@contextmanager
def _left_alone() -> Iterator[None]:
    """End the line of a question that was left with Ctrl-C, so that the shell's prompt begins its own."""
    try:
        yield
    except KeyboardInterrupt:
        print(file=sys.stderr)
        raise


def confirm(question: str, *, yes: bool, no_input: bool, instead: str = "") -> None:
    """Ask whether to go on: “o” and “y” do, everything else does not.

    Args:
        question: what is asked, without a colon.
        yes: it was answered on the command line.
        no_input: refuse to ask.
        instead: what to do where nobody can be asked; empty for a command that knows --yes and --dry-run.

    Raises:
        CommandError: nobody is there and `yes` was not given, or the answer is no.
    """
    if yes:
        return
    hint = instead or _("give --yes once you are sure, or --dry-run to look")
    answer = ask(f"{question} [y/n]", no_input=no_input, instead=hint)
    if answer.casefold() not in {"y", "o", "yes", "oui"}:
        raise CommandError(os.EX_USAGE, _("nothing was done"))


def _require(question: str, *, no_input: bool, instead: str) -> None:
    if not can_ask(no_input=no_input):
        raise CommandError(
            os.EX_USAGE, _("somebody would have to answer: {question}").format(question=question), hint=instead
        )


def _given(line: str, question: str) -> str:
    line = line.strip()
    if not line:
        raise CommandError(os.EX_NOINPUT, _("no answer to: {question}").format(question=question))
    return line
