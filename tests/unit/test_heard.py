"""A second look that is cut short: what was heard is kept, the rest left for another time, and nothing passed over."""

from collections.abc import AsyncGenerator

import pytest

from connectors._errors import AuthenticationError, ConnectorError, ProtocolError, RateLimitedError, UnreachableError
from connectors._model import Comment, Gone
from connectors._second_look import heard, in_parts

LIMIT = RateLimitedError("slow down", retry_after=60)
OUTAGE = UnreachableError("no route")


class Look:
    """Yields what it is given, then fails; remembers whether it was closed."""

    def __init__(self, *found: Comment | Gone, error: ConnectorError | None = None) -> None:
        self.found, self.error, self.closed = found, error, False

    async def __call__(self) -> AsyncGenerator[Comment | Gone]:
        try:
            for each in self.found:
                yield each
            if self.error is not None:
                raise self.error
        finally:
            self.closed = True


GONE = Gone(native_id="1", why="deleted")


@pytest.mark.parametrize("error", [LIMIT, OUTAGE])
async def test_what_was_heard_before_a_limit_is_kept(error: ConnectorError) -> None:
    look = Look(GONE, error=error)

    assert await heard("museum", look()) == [GONE]
    assert look.closed


@pytest.mark.parametrize("error", [LIMIT, OUTAGE])
async def test_a_limit_before_anything_was_heard_is_told(error: ConnectorError) -> None:
    with pytest.raises(type(error)):
        await heard("museum", Look(error=error)())


@pytest.mark.parametrize("error", [AuthenticationError("who are you?"), ProtocolError("nonsense")])
async def test_any_other_error_is_told_whatever_was_heard(error: ConnectorError) -> None:
    with pytest.raises(type(error)):
        await heard("museum", Look(GONE, error=error)())


async def test_a_whole_look_is_returned_in_its_order() -> None:
    other = Gone(native_id="2", why="hidden")

    assert await heard("museum", Look(GONE, other)()) == [GONE, other]


def test_ids_come_in_parts_and_each_once() -> None:
    assert list(in_parts(["1", "2", "1", "3"], 2)) == [["1", "2"], ["3"]]
    assert list(in_parts([], 2)) == []
