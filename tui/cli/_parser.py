"""Arguments of one command: help with its examples first, and refusals that say what would do."""

import argparse
import gettext
import os
import sys
from collections.abc import Iterable
from difflib import get_close_matches
from typing import NoReturn

from tui.cli._table import COMMANDS, DESK, N_, module_of
from tui.i18n import DOMAIN, LANGUAGES, LOCALE, _, headed

# what argparse itself says, so that the catalogues know it
ARGPARSE = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("invalid %(type)s value: %(value)r"),
    N_("expected one argument"),
    N_("not allowed with argument %s"),
    N_("one of the arguments %s is required"),
)


class Parser(argparse.ArgumentParser):
    """One command's arguments, with the options that every command has."""

    def __init__(self, command: str, examples: Iterable[tuple[str, str]], summary: str) -> None:
        """Name the command; its module adds its own arguments afterwards."""
        prog = "becalm" if command == DESK else f"becalm {command}"
        super().__init__(prog=prog, description=summary, allow_abbrev=False)
        self._examples = tuple(examples)

    def add_common(self) -> None:
        """Add what every command understands; after its own, so that `score --lang` may mean the texts' language."""
        common = self.add_argument_group(_("every command"))
        common.add_argument("--desk", metavar="NAME", help=_("which desk; BECALM_DESK, else “main”"))
        if "--lang" not in self._option_string_actions:
            common.add_argument("--lang", choices=LANGUAGES, help=_("the language of the interface"))
        common.add_argument("--no-input", action="store_true", help=_("never ask anything"))
        common.add_argument("-v", "--verbose", action="store_true", help=_("say more on the way"))

    def format_help(self) -> str:
        """Summary, examples, then what argparse writes."""
        lines = self._shown_examples()
        examples = headed(_("examples")) + "\n" + "\n".join(lines) + "\n\n" if lines else ""
        summary, self.description = self.description, None
        try:
            return f"{summary}\n\n{examples}{super().format_help()}"
        finally:
            self.description = summary

    def _shown_examples(self) -> list[str]:
        """Return the examples, what each does beside it, or below where the terminal is too narrow for one of them."""
        from shutil import get_terminal_size

        width = max((len(line) for line, _what in self._examples), default=0)
        beside = [f"  {line:<{width}}  {_(what)}".rstrip() for line, what in self._examples]
        if max(map(len, beside), default=0) <= get_terminal_size().columns:
            return beside
        return [part for line, what in self._examples for part in (f"  {line}", f"      {_(what)}")]

    def error(self, message: str) -> NoReturn:
        """Refuse with 64 and the option that was probably meant."""
        print(f"{self.prog}: {message}{self._meant(message)}", file=sys.stderr)
        print(_("see: {command} --help").format(command=self.prog), file=sys.stderr)
        sys.exit(os.EX_USAGE)

    def _meant(self, message: str) -> str:
        words = (word.partition("=")[0].rstrip(":").partition("/")[0] for word in message.split())
        wrong = next((word for word in words if word.startswith("-")), "")
        known = [option for action in self._actions for option in action.option_strings]
        bare = {option.lstrip("-"): option for option in known}  # the dashes are alike in all of them
        close = get_close_matches(wrong.lstrip("-"), bare, 1, 0.6) if wrong and wrong not in known else []
        return ". " + _("Did you mean {near}?").format(near=bare[close[0]]) if close else ""


def at_least_one(word: str) -> int:
    """Read a count for `type=`.

    Raises:
        argparse.ArgumentTypeError: it is none.
    """
    if not (word.isdecimal() and int(word) > 0):
        raise argparse.ArgumentTypeError(_("“{word}” is no count from 1 on").format(word=word))
    return int(word)


def hours(word: str) -> float:
    """Read a time in hours for `type=`; how long is too long is for the desk to say.

    Raises:
        argparse.ArgumentTypeError: it is none.
    """
    try:
        number = float(word)
    except ValueError:
        number = 0.0
    if not 0 < number < float("inf"):
        raise argparse.ArgumentTypeError(_("“{word}” is no number of hours above 0").format(word=word))
    return number


def parser_of(command: str) -> Parser:
    """Build the parser of one command; imports that command's module only."""
    module = module_of(command)
    summary = COMMANDS.get(command, N_("the desk: every comment of every network in one still list"))
    parser = Parser(command, module.EXAMPLES, _(summary))
    module.arguments(parser)
    parser.add_common()
    return parser


def speak_argparse(language: str) -> None:
    """Make argparse's own words come from our catalogues: it asks gettext's current domain."""
    gettext.bindtextdomain(DOMAIN, str(LOCALE))
    gettext.textdomain(DOMAIN)
    os.environ["LANGUAGE"] = language


def overview() -> str:
    """Return the help of `becalm` itself."""
    width = max(map(len, COMMANDS))
    lines = [f"  {name:<{width}}  {_(what)}" for name, what in COMMANDS.items()]
    return "\n".join(
        [
            _("becalm: one desk for the comments your exhibitions get, on calm days and on stormy ones"),
            "",
            headed(_("examples")),
            f"  becalm demo      {_('see it: a rehearsed storm, no account needed')}",
            f"  becalm           {_('the desk')}",
            f"  becalm status    {_('is anything burning?')}",
            "",
            headed(_("commands")),
            *lines,
            "",
            _("becalm COMMAND --help tells more of one; becalm desk --help of the desk's own options."),
        ]
    )
