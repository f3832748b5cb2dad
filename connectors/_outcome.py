"""From our errors to what became of a sending: never a claim that it did not happen where it may have."""

from collections.abc import Awaitable, Callable, Coroutine
from functools import wraps
from typing import Any, ParamSpec

from connectors._errors import (
    AuthenticationError,
    ConnectorError,
    RateLimitedError,
    RejectedError,
    UnreachableError,
    UnsupportedError,
)
from connectors._model import NotSent, Outcome, Rejected, Unknown
from connectors._text import sanitise

P = ParamSpec("P")


def outcome_of(error: ConnectorError) -> Outcome:
    """Say what became of a sending that ended in `error`."""
    if isinstance(error, RateLimitedError):
        return NotSent(sanitise(error.message), error.retry_after)
    if isinstance(error, AuthenticationError | RejectedError | UnsupportedError):
        refused = isinstance(error, AuthenticationError)
        return Rejected(sanitise(error.message), sanitise(error.hint), account=refused)
    if isinstance(error, UnreachableError) and not error.sent:
        asked = {"retry_after": error.retry_after} if error.retry_after else {}
        return NotSent(sanitise(error.message), **asked)
    if isinstance(error, UnreachableError):
        return Unknown(sanitise(error.message), error.retry_after)
    return Unknown(sanitise(error.message))


def sending(act: Callable[P, Awaitable[Outcome]]) -> Callable[P, Coroutine[Any, Any, Outcome]]:
    """Let a connector's method that sends be written for the good case: its errors become outcomes."""

    @wraps(act)
    async def guarded(*args: P.args, **kwargs: P.kwargs) -> Outcome:
        try:
            return await act(*args, **kwargs)
        except UnsupportedError:
            raise
        except ConnectorError as error:
            return outcome_of(error)

    return guarded
