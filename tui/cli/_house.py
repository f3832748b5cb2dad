"""What the commands about our own publications have in common: which one is meant, and how it is told in a line."""

import os
from collections.abc import Callable, Sequence
from datetime import datetime

from tui.cli._errors import CommandError
from tui.i18n import _
from tui.phrases import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from connectors._contract import Connector
    from inbox.desk import Desk
    from inbox.fold import Inbox
    from inbox.outbox import OutboxEntry
    from inbox.published import Notice, Thread

SHORT = 8
"""Letters of an id that a list prints; any beginning that only one has will do."""


async def nothing_named(_desk: "Desk", _args: "argparse.Namespace") -> list[str]:
    """Say that an act is about no comment; see `_acts.perform`."""
    return []


def one_of(word: str, ids: Sequence[str], what: str) -> str:
    """Return the id that begins with a word.

    Raises:
        CommandError: none does, or several do.
    """
    found = [each for each in ids if each.startswith(word)]
    if len(found) == 1:
        return found[0]
    if found:
        raise CommandError(os.EX_USAGE, _("{word} could be several: write more of it").format(word=word))
    raise CommandError(os.EX_NOINPUT, _("there is no {what} {word}").format(what=what, word=word))


async def our_comment(desk: "Desk", word: str) -> "OutboxEntry":
    """Return our latest public comment that a word means: the comment it answers, or the id of the sending.

    Raises:
        CommandError: there is none.
    """
    from inbox.local_published import is_ours
    from tui.cli._acts import key_of

    mine = [entry for entry in await desk.outbox() if is_ours(entry)]
    named = [entry for entry in mine if entry.id.startswith(word)]
    if len(named) == 1:
        return named[0]
    detail = await desk.detail(await key_of(desk, word))
    public = [entry for entry in detail.sendings if is_ours(entry)] if detail else []
    if not public:
        raise CommandError(os.EX_NOINPUT, _("we said nothing under {word} that is public").format(word=word))
    return public[-1]


def later_argument(parser: "argparse.ArgumentParser") -> None:
    """Declare a time to leave."""
    parser.add_argument("--at", metavar="WHEN", help=_("when it leaves: 18:30, “tomorrow 9:00”, +2h"))


def when(words: "str | None") -> datetime | None:
    """Read a time of the command line, in the machine's own zone.

    Raises:
        CommandError: it is none, or lies behind us.
    """
    from inbox.when import WhenError, moment
    from tui.cli._desk import now

    if not words:
        return None
    try:
        return moment(words, now().astimezone())
    except WhenError as error:
        raise CommandError(os.EX_USAGE, say(str(error))) from None


Listed = Callable[["Inbox", "dict[str, Connector]", datetime], "Sequence[Notice | Thread]"]


def listed(args: "argparse.Namespace", describe: Listed) -> "Sequence[Notice | Thread]":
    """Describe what the house published, as the journal has it; no engine, no network."""
    from connectors._http import Http
    from inbox.accounts import bring_to_life
    from tui.cli._desk import now, read_inbox, settle

    setting = settle(args)
    inbox, _steps = read_inbox(setting)
    return describe(inbox, dict(bring_to_life(setting.config, Http())), now())


def stamp(at: datetime | None) -> str:
    """Write a moment as the operator's clock shows it; "" for none."""
    return at.astimezone().strftime("%d/%m %H:%M") if at is not None else ""
