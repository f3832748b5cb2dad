"""Wait for a desk to become something, woken by its changes instead of by a clock."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from inbox.desk import Desk

T = TypeVar("T")


async def until(desk: Desk, look: Callable[[], Awaitable[T | None]], seconds: float = 20.0) -> T:
    """Look again after every change until there is something to return.

    Raises:
        TimeoutError: nothing came in time.
    """
    loop = asyncio.get_running_loop()
    changed = asyncio.Event()
    leave = desk.subscribe(lambda _: loop.call_soon_threadsafe(changed.set))
    try:
        async with asyncio.timeout(seconds):
            while True:
                changed.clear()
                found = await look()
                if found:
                    return found
                await changed.wait()
    finally:
        leave()
