"""A server that says exactly these bytes on 127.0.0.1, and a clock that only moves when somebody sleeps."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

Handler = Callable[[bytes, asyncio.StreamWriter], Coroutine[Any, Any, None]]
"""Gets one request's head and answers it; the connection is closed when it returns."""


@dataclass
class Wire:
    """A listening server.

    Attributes:
        url: its address.
        requests: the heads and bodies it received.
    """

    url: str
    requests: list[bytes] = field(default_factory=list)


@asynccontextmanager
async def serving(handler: Handler) -> AsyncGenerator[Wire]:
    """Serve until the block ends."""
    wire = Wire("")
    answering: set[asyncio.Task[None]] = set()

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            length = next((int(h[15:]) for h in head.lower().split(b"\r\n") if h.startswith(b"content-length:")), 0)
            wire.requests.append(head + await reader.readexactly(length))
            task = asyncio.ensure_future(handler(wire.requests[-1], writer))
            answering.add(task)
            await asyncio.wait({task})
            answering.discard(task)
            if not task.cancelled() and not isinstance(task.exception(), ConnectionError | None):
                task.result()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    wire.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield wire
    finally:
        server.close()
        for task in answering:
            task.cancel()
        for _ in range(3):  # let the connections close
            await asyncio.sleep(0)


def answer(status: int, body: bytes, **headers: str) -> bytes:
    """Write an HTTP/1.1 answer that ends the connection; header names with "_" for "-"."""
    lines = [f"HTTP/1.1 {status} x", f"Content-Length: {len(body)}", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class Clock:
    """Time for code under test: `sleep` returns at once and moves `now`."""

    def __init__(self, now: float = 1_790_000_000.0) -> None:
        """Begin at `now`, seconds since the epoch."""
        self.now = now
        self.slept: list[float] = []

    def __call__(self) -> float:
        """Tell the time."""
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Pass the time, letting others run."""
        self.slept.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)
