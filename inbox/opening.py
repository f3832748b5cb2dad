"""Opening a desk: own it and start its engine, attach to its owner's, or look on."""

import asyncio
import gc
import logging
import os
import stat
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import cast

from connectors._contract import Connector
from inbox.alerts.alarm import Alarm
from inbox.caretaker import Caretaker
from inbox.desk import Desk
from inbox.dispatch import USUAL, Waits
from inbox.engine import Engine, utc_now
from inbox.handover import HandoverDesk
from inbox.holder import holder_of
from inbox.ledger import Ledger
from inbox.local import LocalDesk
from inbox.outbox import STANDARD, Countdown
from inbox.remote import LostError, RemoteDesk
from inbox.retention import Days
from inbox.rules import PLAIN, Rules
from inbox.serve import DeskServer
from inbox.store import Reader, Store
from inbox.store_errors import FolderError, HeldError, StoreError
from inbox.wording import Wording
from scoring.thresholds import DEFAULT, Thresholds

log = logging.getLogger(__name__)

TRIES = 10
TRY_EVERY = 0.3
"""How often and how many seconds apart an engine that is starting or ending is asked again."""
LONGEST_SOCKET = 100
"""Bytes of a unix socket's path that every system takes."""
LOOK_EVERY = 1.0
"""Seconds between two looks at a journal that another process writes."""


def open_desk(
    folder: Path,
    connectors: Mapping[str, Connector],
    *,
    operator: str,
    name: str,
    wording: Wording,
    countdown: Countdown = STANDARD,
    thresholds: Thresholds = DEFAULT,
    rules: Rules = PLAIN,
    clock: Callable[[], datetime] = utc_now,
    on_tick: Callable[[LocalDesk], None] = lambda _: None,
    alarm: Alarm | None = None,
    waits: Waits = USUAL,
    retention: Days | None = None,
) -> LocalDesk:
    """Own a desk and start its engine, which runs until the desk is left and serves other sessions meanwhile.

    Args:
        folder: the desk's folder.
        connectors: its sources by name.
        operator: who sits here.
        name: the desk's name.
        wording: the house's templates.
        countdown: how long what leaves the house waits first.
        thresholds: from which score this house calls a text tense or heated.
        rules: what the house wants of its own.
        clock: the time, aware.
        on_tick: called every few seconds from the engine's thread, and once when the desk is left (the status file).
        alarm: tells whoever is on watch what cannot wait.
        waits: how long the outbox waits for a platform.
        retention: for how long comments are kept, looked at now and once a day; None leaves that to another session.

    Raises:
        HeldError: another process owns the desk; `holder` says who.
        StoreError: the store is damaged, newer than this version, or cannot be trusted.
    """
    ledger = _own(folder, operator)
    caretaker = Caretaker(folder, ledger, retention, clock)

    def sit(who: str, closing: Callable[[], None] = lambda: None) -> LocalDesk:
        return LocalDesk(
            ledger,
            operator=who,
            name=name,
            wording=wording,
            engine=engine,
            countdown=countdown,
            rules=rules,
            clock=clock,
            closing=closing,
            tidy=caretaker.tidy,
        )

    def tick() -> None:
        caretaker.look(remembered=engine.reception.remembered.is_set())
        on_tick(desk)

    def close() -> None:
        try:
            engine.stop()
            on_tick(desk)
        finally:
            ledger.close()
            caretaker.close()

    server = DeskServer(socket_of(folder), sit, owner=operator)
    engine = Engine(
        ledger,
        connectors,
        clock=clock,
        on_tick=tick,
        service=server.run,
        thresholds=thresholds,
        alarm=alarm,
        waits=waits,
    )
    desk = sit(operator, close)
    engine.start()
    return desk


def _own(folder: Path, operator: str) -> Ledger:
    """Take a desk and read everything it holds."""
    store = Store(folder, holder=operator)
    try:
        ledger = Ledger(store)
        ledger.finish_erasing()
    except BaseException:
        store.close()  # or this process would hold a desk that it cannot open
        raise
    gc.freeze()  # what was just read stays: no collection need ever look at it
    return ledger


def join_desk(
    folder: Path,
    connectors: Mapping[str, Connector],
    *,
    operator: str,
    name: str,
    wording: Wording,
    countdown: Countdown = STANDARD,
    thresholds: Thresholds = DEFAULT,
    rules: Rules = PLAIN,
    clock: Callable[[], datetime] = utc_now,
    on_tick: Callable[[LocalDesk], None] = lambda _: None,
    alarm: Alarm | None = None,
    retention: Days | None = None,
) -> Desk:
    """Sit down at a desk whoever runs its engine: own it, else attach to its owner's, else look on.

    Attached, this process takes the desk over when its owner ends. Arguments and errors are those of `open_desk`, but
    for HeldError, which is answered by attaching.
    """
    own = partial(
        open_desk,
        folder,
        connectors,
        operator=operator,
        name=name,
        wording=wording,
        countdown=countdown,
        thresholds=thresholds,
        rules=rules,
        clock=clock,
        on_tick=on_tick,
        alarm=alarm,
        retention=retention,
    )

    async def sit() -> Desk:
        for _ in range(TRIES):
            try:
                return await asyncio.to_thread(own)
            except HeldError as error:
                held = error
            with suppress(LostError):
                return cast("Desk", await RemoteDesk.attach(socket_of(folder), operator))
            await asyncio.sleep(TRY_EVERY)
        return look_on(folder, operator=operator, name=name, wording=wording, clock=clock, holder=str(held.holder))

    try:
        return own()
    except HeldError:
        # its owner may have taken it this very moment and not serve yet: `sit` asks for a while before it looks on
        return cast("Desk", HandoverDesk(sit))


def socket_of(folder: Path) -> Path:
    """Return where a desk's engine listens: in its folder, or in a private folder of this account when that is too long."""
    path = folder.resolve() / "desk.sock"
    if len(os.fsencode(path)) < LONGEST_SOCKET:
        return path
    private = Path(os.environ.get("XDG_RUNTIME_DIR") or f"/tmp/becalm-{os.getuid()}")  # noqa: S108 - made 0700 below
    private.mkdir(mode=0o700, exist_ok=True)
    found = private.lstat()
    if found.st_uid != os.getuid() or not stat.S_ISDIR(found.st_mode) or found.st_mode & 0o022:
        raise FolderError(f"{private} is not this account's own", hint="set XDG_RUNTIME_DIR to a private folder")
    return private / f"{sha256(os.fsencode(path)).hexdigest()[:16]}.sock"


def look_on(
    folder: Path,
    *,
    operator: str,
    name: str,
    wording: Wording,
    clock: Callable[[], datetime] = utc_now,
    holder: str = "",
    follow: bool = True,
) -> LocalDesk:
    """Open a desk read-only, without its lock: beside its owner, or when nobody owns it.

    Args:
        folder: the desk's folder.
        operator: who looks.
        name: the desk's name.
        wording: the house's templates.
        clock: the time, aware.
        holder: who owns it; asked from the lock when empty.
        follow: whether to go on reading what the owner writes; False takes one look.

    Raises:
        StoreError: the journal is damaged or newer than this version.
    """
    reader = Reader(folder)
    ledger = Ledger(None, reader.load())
    stopped = threading.Event()

    def go_on() -> None:
        while not stopped.wait(LOOK_EVERY):
            try:
                ledger.absorb(reader.new())
            except StoreError as error:
                log.warning("looking on: %s", error.message)
                ledger.trouble = error.message
                ledger.tell()
                return

    owner = holder or str(holder_of(folder) or "")
    why = f"held by {owner}: here it can only be read" if owner else "opened read-only"
    if follow:
        threading.Thread(target=go_on, name="becalm-onlooker", daemon=True).start()
    return LocalDesk(
        ledger, operator=operator, name=name, wording=wording, read_only=why, clock=clock, closing=stopped.set
    )


def look_ahead(
    folder: Path,
    connectors: Mapping[str, Connector],
    *,
    operator: str,
    name: str,
    wording: Wording,
    rules: Rules = PLAIN,
    countdown: Countdown = STANDARD,
    clock: Callable[[], datetime] = utc_now,
) -> LocalDesk:
    """Open a desk to ask what an act would do, and nothing else: no lock, nothing is written, nobody is called.

    Its engine never starts: it only reads again what went on, and the sources only tell what they could do. Arguments and
    errors are those of `open_desk`.
    """
    ledger = Ledger(None, Reader(folder).load())
    engine = Engine(ledger, connectors, clock=clock)
    engine.reception.remember()
    return LocalDesk(
        ledger,
        engine=engine,
        operator=operator,
        name=name,
        wording=wording,
        countdown=countdown,
        rules=rules,
        clock=clock,
    )
