"""Guard: what a stranger's connector gets wrong becomes an ordinary error or a bounded wait, and stays its own trouble."""

import asyncio
import math
from collections.abc import Awaitable
from typing import TypeVar

T = TypeVar("T")

LONGEST_PATIENCE = 86_400.0
"""Seconds that a platform may ask us to wait; more is a mistake, and would silence the account for good."""
USUAL_PATIENCE = 30.0
"""Seconds to wait where it names no number that makes sense."""


class GaveUpError(Exception):
    """A connector was cancelled from within."""


async def guarded(asked: Awaitable[T]) -> T:
    """Await a connector; a cancellation that nobody asked for becomes an error instead of ending our task silently.

    Raises:
        GaveUpError: the connector cancelled itself.
    """
    try:
        return await asked
    except asyncio.CancelledError:
        task = asyncio.current_task()
        if task is not None and task.cancelling():
            raise
        raise GaveUpError("the connector was cancelled from within") from None


def patience(seconds: object) -> float:
    """Return how many seconds to wait when a platform asks for `seconds`: a finite number, at most a day."""
    if not isinstance(seconds, int | float) or math.isnan(seconds):
        return USUAL_PATIENCE
    return min(max(float(seconds), 0.0), LONGEST_PATIENCE)
