"""Opening a desk: own it and start its engine, or look on while another process does."""

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from connectors._contract import Connector
from inbox.engine import Engine, utc_now
from inbox.holder import holder_of
from inbox.ledger import Ledger
from inbox.local import LocalDesk
from inbox.store import Reader, Store
from inbox.store_errors import HeldError, StoreError
from inbox.wording import Wording

log = logging.getLogger(__name__)

LOOK_EVERY = 1.0
"""Seconds between two looks at a journal that another process writes."""


def open_desk(
    folder: Path,
    connectors: Mapping[str, Connector],
    *,
    operator: str,
    name: str,
    wording: Wording,
    clock: Callable[[], datetime] = utc_now,
    on_tick: Callable[[LocalDesk], None] = lambda _: None,
) -> LocalDesk:
    """Open a desk for an operator; the engine runs until the desk is left.

    When another process owns the desk, the one returned follows its journal and refuses every act, saying who holds it.

    Args:
        folder: the desk's folder.
        connectors: its sources by name; not used when looking on.
        operator: who sits here.
        name: the desk's name.
        wording: the house's templates.
        clock: the time, aware.
        on_tick: called every few seconds from the engine's thread (the status file); never when looking on.

    Raises:
        StoreError: the store is damaged, newer than this version, or cannot be trusted.
    """
    try:
        store = Store(folder, holder=operator)
    except HeldError as error:
        return look_on(folder, operator=operator, name=name, wording=wording, clock=clock, holder=str(error.holder))
    ledger = Ledger(store)
    desk: LocalDesk | None = None
    engine = Engine(ledger, connectors, clock=clock, on_tick=lambda: on_tick(desk) if desk is not None else None)

    def close() -> None:
        engine.stop()
        ledger.close()

    desk = LocalDesk(ledger, operator=operator, name=name, wording=wording, engine=engine, clock=clock, closing=close)
    engine.start()
    return desk


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
    ledger = Ledger(None)
    ledger.absorb(reader.new())
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
