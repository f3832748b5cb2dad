"""CommandError, and which exit code and words every other error of the house becomes."""

import os
from collections.abc import Callable, Mapping
from typing import Any

from tui.i18n import _


class CommandError(Exception):
    """A command cannot do what was asked.

    Attributes:
        code: the exit code, one of sysexits.
        message: what happened and where, already translated.
        hint: what to do about it, or "".
    """

    def __init__(self, code: int, message: str, *, hint: str = "") -> None:
        """Keep the three."""
        self.code = code
        self.message = message
        self.hint = hint
        super().__init__(message)


def explain(error: BaseException) -> CommandError | None:
    """Say an error of ours in the words of the command line; None for one that is a bug."""
    if isinstance(error, CommandError):
        return error
    try:
        return _of_configuration(error) or _of_connector(error) or _of_store(error) or _of_system(error)
    except Exception:  # noqa: BLE001 - an installation too broken to name its own errors
        return None


def _of_configuration(error: BaseException) -> CommandError | None:
    from inbox.config import ConfigError
    from inbox.config_edit import EditError

    if isinstance(error, ConfigError):
        from tui.phrases import say

        lines = [fault.where + _(fault.message).format(**_said(fault.values, say)) for fault in error.faults]
        return CommandError(os.EX_CONFIG, "\n".join(lines), hint=_("nothing was changed; correct it and try again"))
    if isinstance(error, EditError):
        return CommandError(os.EX_CONFIG, str(error))
    return None


def _said(values: Mapping[str, Any], say: Callable[[str], str]) -> dict[str, Any]:
    """Translate what fills a complaint, where it is a sentence of its own."""
    return {name: say(value) if isinstance(value, str) else value for name, value in values.items()}


def _of_connector(error: BaseException) -> CommandError | None:
    from connectors import _errors as connector

    if not isinstance(error, connector.ConnectorError):
        return None
    from tui.phrases import say  # loads the vocabulary of the desk: not for a mistyped command

    code = os.EX_UNAVAILABLE
    if isinstance(error, connector.AuthenticationError):
        code = os.EX_NOPERM
    elif isinstance(error, connector.RateLimitedError | connector.UnreachableError):
        code = os.EX_TEMPFAIL
    return CommandError(code, say(error.message), hint=say(error.hint))


def _of_store(error: BaseException) -> CommandError | None:
    from inbox import store_errors as store
    from inbox.ledger import ReadOnlyError
    from inbox.query import QueryError
    from inbox.remote import LostError

    if isinstance(error, QueryError):
        return CommandError(os.EX_USAGE, str(error), hint=_("the filter language: becalm list --help"))
    if not isinstance(error, store.StoreError):
        return None
    if isinstance(error, store.HeldError | ReadOnlyError | LostError):
        code = os.EX_TEMPFAIL
    elif isinstance(error, store.FullError | store.FailedError | store.FolderError):
        code = os.EX_CANTCREAT
    else:
        code = os.EX_DATAERR
    from tui.phrases import say

    return CommandError(code, say(error.message), hint=say(error.hint))


def _of_system(error: BaseException) -> CommandError | None:
    if not isinstance(error, OSError) or error.filename is None:
        return None  # an OSError that names no file is our own mistake
    where = f"{error.filename}: {error.strerror}"
    if isinstance(error, FileNotFoundError):
        return CommandError(os.EX_NOINPUT, where)
    return CommandError(os.EX_NOPERM if isinstance(error, PermissionError) else os.EX_CANTCREAT, where)
