"""RemoteDesk: the desk of an engine in another process of the same account, over its unix socket."""

import asyncio
from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, Self

import msgspec

from inbox import wire
from inbox.query import QueryError
from inbox.store_errors import StoreError

ANSWER_WITHIN = 5.0
"""Seconds in which an engine must welcome us; one that is stopped or stuck counts as gone."""


class LostError(StoreError):
    """The engine at the other end is gone; what it had acknowledged is safe."""


_RAISED: dict[str, type[Exception]] = {"query": QueryError, "store": StoreError, "key": KeyError}
GONE = "the engine of this desk is gone"


class RemoteDesk:
    """A connection on which every method of `inbox.desk.Desk` may be called; the wire knows them from the protocol.

    Attributes:
        owner: who holds the desk.
        lost: set once the engine is gone.
    """

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, owner: str) -> None:
        """Speak on an introduced connection; see `attach`."""
        self.owner = owner
        self.lost = asyncio.Event()
        self._reader = reader
        self._writer = writer
        self._numbers = count(1)
        self._waiting: dict[int, asyncio.Future[bytes]] = {}
        self._subscribers: list[Callable[[frozenset[str]], object]] = []
        self._listening = asyncio.create_task(self._listen())

    @classmethod
    async def attach(cls, path: Path, operator: str, *, within: float = ANSWER_WITHIN) -> Self:
        """Sit down as `operator` at the desk that is served at `path`, if it welcomes us `within` seconds.

        Raises:
            LostError: nobody serves there, or the owner refuses; the message says why.
        """
        writer = None
        try:
            async with asyncio.timeout(within):
                reader, writer = await asyncio.open_unix_connection(str(path), limit=wire.MAX_LINE)
                writer.write(wire.encode(wire.Hello(wire.VERSION, operator)) + b"\n")
                word = wire.decode(await reader.readline())
        except (OSError, msgspec.DecodeError, ValueError) as error:
            if writer is not None:
                writer.close()
            raise LostError(GONE) from error
        if not isinstance(word, wire.Welcome):
            writer.close()
            raise LostError(word.message if isinstance(word, wire.Refusal) else GONE)
        return cls(reader, writer, word.owner)

    def __getattr__(self, name: str) -> Any:
        """Give every method of the protocol as a call on the wire."""
        if name not in wire.methods():
            raise AttributeError(name)
        return partial(self._call, name)

    async def _call(self, method: str, *args: Any, **kwargs: Any) -> Any:
        if self.lost.is_set():
            raise LostError(GONE)
        number = next(self._numbers)
        future: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._waiting[number] = future
        call = wire.Call(number, method, msgspec.Raw(wire.bind(method, *args, **kwargs)))
        self._writer.write(wire.encode(call) + b"\n")
        return msgspec.json.decode(await future, type=wire.methods()[method][1])

    def subscribe(self, callback: Callable[[frozenset[str]], object]) -> Callable[[], None]:
        """See `Desk.subscribe`."""
        self._subscribers.append(callback)
        return lambda: self._subscribers.remove(callback) if callback in self._subscribers else None

    async def aclose(self) -> None:
        """Hang up; the engine goes on."""
        self._writer.close()
        await self._listening

    # -- what comes back ---------------------------------------------------------------------------

    async def _listen(self) -> None:
        try:
            while line := await self._reader.readline():
                self._hear(wire.decode(line))
        except (OSError, msgspec.DecodeError, ValueError):
            pass
        finally:
            self._writer.close()
            self.lost.set()
            for future in self._waiting.values():
                if not future.done():
                    future.set_exception(LostError(GONE))
            self._tell(frozenset())

    def _hear(self, message: wire.Message) -> None:
        if isinstance(message, wire.News):
            self._tell(frozenset(message.keys))
        elif isinstance(message, wire.Answer | wire.Failure):
            future = self._waiting.pop(message.id, None)
            if future is None or future.done():
                return
            if isinstance(message, wire.Answer):
                future.set_result(bytes(message.result))
            else:
                future.set_exception(_RAISED.get(message.kind, StoreError)(message.message))

    def _tell(self, keys: frozenset[str]) -> None:
        for callback in tuple(self._subscribers):
            callback(keys)
