"""Questions to the person at the terminal: never without one, never with --no-input."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from getpass import getpass
from shutil import get_terminal_size
from textwrap import fill

from tui.cli._errors import CommandError
from tui.i18n import _


def can_ask(*, no_input: bool) -> bool:
    """Whether somebody is there to answer."""
    return not no_input and sys.stdin.isatty() and sys.stderr.isatty()


def ask(question: str, *, no_input: bool, instead: str, again: bool = False) -> str:
    """Ask for one line.

    Args:
        question: what is asked, without a colon.
        no_input: refuse to ask.
        instead: what to do where nobody can be asked, for the refusal's hint.
        again: ask once more where nothing but Enter comes.

    Raises:
        CommandError: nobody is there, or they left (Ctrl-D), or the answer is empty.
    """
    _require(question, no_input=no_input, instead=instead)

    def read(prompt: str) -> str:
        print(prompt, end="", file=sys.stderr, flush=True)  # stdout is for data
        return sys.stdin.readline()

    return _answered(question, read, again=again)


def ask_secret(question: str, *, no_input: bool, instead: str) -> str:
    """Ask for one line that is not shown while it is typed, again as long as nothing but Enter comes.

    Raises:
        CommandError: nobody is there, or they left (Ctrl-D).
    """
    _require(question, no_input=no_input, instead=instead)

    def read(prompt: str) -> str:
        try:
            return getpass(prompt, stream=sys.stderr) + "\n"
        except EOFError:
            return ""

    return _answered(question, read, again=True)


def choose(question: str, letters: str, *, no_input: bool, instead: str) -> str:
    """Ask for one of a few letters, again as long as something else comes.

    Raises:
        CommandError: nobody is there, or they left (Ctrl-D).
    """
    while (answer := ask(question, no_input=no_input, instead=instead, again=True).casefold()) not in set(letters):
        wanted = _("{letters}: one letter; what is secret is asked for next, and not shown")
        print(wanted.format(letters=" / ".join(letters)), file=sys.stderr)
    return answer


def _answered(question: str, read: Callable[[str], str], *, again: bool) -> str:
    """Read a line, or lines until one says something."""
    width = max(40, get_terminal_size().columns - 1)
    prompt = fill(_("{question}: ").format(question=question).rstrip(), width) + " "
    with _left_alone():
        line = read(prompt)
        while again and line and not line.strip():
            line = read(prompt)
    if not line:
        print(file=sys.stderr)
    if not line.strip():
        raise CommandError(os.EX_NOINPUT, _("no answer to: {question}").format(question=question))
    return line.strip()


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
