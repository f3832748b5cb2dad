"""DeskServer: lets other processes of the same account sit down at this engine, over a unix socket only they can open."""

import asyncio
import contextlib
import logging
import os
import socket
import struct
from collections.abc import Callable
from pathlib import Path

import msgspec

from inbox import wire
from inbox.local import LocalDesk
from inbox.query import QueryError
from inbox.store_errors import StoreError

log = logging.getLogger(__name__)

NEWS_EVERY = 0.1
"""Seconds in which changes are gathered into one piece of news."""
BACKLOG = 4 << 20
"""Bytes that may wait for a client that does not read; beyond, it is hung up on: the engine never waits for a screen."""
WORD_WITHIN = 5.0
"""Seconds in which a client must introduce itself."""


class DeskServer:
    """Serves desks on one socket; every connection is an operator of its own, with an undo of its own."""

    def __init__(self, path: Path, sit: Callable[[str], LocalDesk], *, owner: str) -> None:
        """Serve at `path`; `sit` makes a desk for an operator's name."""
        self._path = path
        self._sit = sit
        self._owner = owner
        self._clients: set[asyncio.StreamWriter] = set()

    async def run(self) -> None:
        """Serve until cancelled; the socket's file goes with it."""
        self._path.unlink(missing_ok=True)
        # its folder is this account's alone, so nobody comes between the name and its mode
        server = await asyncio.start_unix_server(self._serve, str(self._path), limit=wire.MAX_LINE)
        self._path.chmod(0o600)
        mine = self._path.stat().st_ino
        try:
            await asyncio.Event().wait()
        finally:
            server.close()  # without waiting for clients, who wait for nothing but this: they go to the next engine
            for client in tuple(self._clients):
                client.close()
            with contextlib.suppress(OSError):
                if self._path.stat().st_ino == mine:  # else it is the next engine's already
                    self._path.unlink()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._clients.add(writer)
        try:
            if not _same_account(writer):
                await self._refuse(writer, "this desk belongs to another account")
                return
            async with asyncio.timeout(WORD_WITHIN):
                hello = wire.decode(await reader.readline())
            if not isinstance(hello, wire.Hello) or hello.version != wire.VERSION:
                await self._refuse(writer, "another version of becalm holds this desk: update both")
                return
            writer.write(wire.encode(wire.Welcome(self._owner)) + b"\n")
            await _Session(self._sit(hello.operator), reader, writer).run()
        except (TimeoutError, ConnectionError, msgspec.DecodeError, ValueError) as error:
            log.info("a session ended: %s", type(error).__name__)
        finally:
            self._clients.discard(writer)
            writer.close()

    @staticmethod
    async def _refuse(writer: asyncio.StreamWriter, why: str) -> None:
        writer.write(wire.encode(wire.Refusal(why)) + b"\n")
        await writer.drain()


def _same_account(writer: asyncio.StreamWriter) -> bool:
    """Ask the kernel who is at the other end; where it cannot tell, the file's mode 0600 decides."""
    peer = writer.get_extra_info("socket")
    if not hasattr(socket, "SO_PEERCRED"):
        return True
    _, uid, _ = struct.unpack("3i", peer.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i")))
    return uid in {os.getuid(), 0}


class _Session:
    """One operator at the other end of a connection."""

    def __init__(self, desk: LocalDesk, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._desk = desk
        self._reader = reader
        self._writer = writer
        self._changed: set[str] = set()
        self._news = asyncio.Event()
        self._views: set[int] = set()

    async def run(self) -> None:
        """Answer calls and push news until the client hangs up."""
        loop = asyncio.get_running_loop()

        def changed(keys: frozenset[str]) -> None:
            with contextlib.suppress(RuntimeError):  # the loop is closing: nobody waits for news
                loop.call_soon_threadsafe(self._note, keys)

        leave = self._desk.subscribe(changed)
        news = asyncio.create_task(self._push())
        try:
            while line := await self._reader.readline():
                message = wire.decode(line)
                if isinstance(message, wire.Call):
                    self._say(await self._answer(message))
        finally:
            leave()
            news.cancel()
            for view in self._views:
                await self._desk.close_view(view)

    def _note(self, keys: frozenset[str]) -> None:
        self._changed |= keys
        self._news.set()

    async def _push(self) -> None:
        while True:
            await self._news.wait()
            self._news.clear()
            keys, self._changed = tuple(self._changed), set()
            self._say(wire.News(keys))
            await asyncio.sleep(NEWS_EVERY)

    def _say(self, message: wire.Message) -> None:
        self._writer.write(wire.encode(message) + b"\n")
        if self._writer.transport.get_write_buffer_size() > BACKLOG:
            log.warning("a session that does not read is hung up on")
            self._writer.transport.abort()

    async def _answer(self, call: wire.Call) -> wire.Message:
        try:
            arguments, _ = wire.methods()[call.method]
            given = msgspec.structs.asdict(msgspec.json.decode(call.args, type=arguments))
            result = await getattr(self._desk, call.method)(**given)
        except QueryError as error:
            return wire.Failure(call.id, "query", str(error))
        except StoreError as error:
            return wire.Failure(call.id, "store", error.message)
        except (KeyError, msgspec.ValidationError) as error:
            return wire.Failure(call.id, "key", str(error))
        except Exception as error:  # a fault of one call ends neither the session nor the client's patience
            log.exception("a call of %s failed", call.method)
            return wire.Failure(call.id, "other", f"this failed: {type(error).__name__}; see the log")
        if call.method == "open_view":
            self._views.add(result.id)
        return wire.Answer(call.id, msgspec.Raw(msgspec.json.encode(result)))
