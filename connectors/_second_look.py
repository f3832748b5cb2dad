"""A second look at comments that is cut short by a limit or an outage: what was heard until then is kept."""

import logging
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import aclosing

from connectors._errors import RateLimitedError, UnreachableError
from connectors._model import Comment, Gone

log = logging.getLogger(__name__)


async def heard(source: str, look: AsyncGenerator[Comment | Gone]) -> list[Comment | Gone]:
    """Return what a look yields until it ends or is cut short; the rest is left for another time.

    Args:
        source: whose comments they are, for the log.
        look: yields as soon as something is known of a comment.

    Raises:
        RateLimitedError: a limit was met before anything was heard.
        UnreachableError: the platform does not answer at all.
        ConnectorError: any other, at once.
    """
    found: list[Comment | Gone] = []
    async with aclosing(look) as looking:
        try:
            async for each in looking:
                found.append(each)  # noqa: PERF401 - what came before an error is kept
        except (RateLimitedError, UnreachableError) as error:
            if not found:
                raise
            log.info("%s: a second look ends after %d comments: %s", source, len(found), error.message)
    return found


def in_parts(ids: Sequence[str], size: int) -> Iterator[list[str]]:
    """Yield each id once, as many at a time as one request takes."""
    wanted = list(dict.fromkeys(ids))
    for start in range(0, len(wanted), size):
        yield wanted[start : start + size]
