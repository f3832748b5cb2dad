"""Ledger: the journal and the inbox it adds up to, always changed together, readable from any thread."""

import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar

from msgspec import structs

from inbox.erasure import Eraser, Person, find, take_out
from inbox.events import AnyEvent, Erased, Forgotten
from inbox.fold import Inbox
from inbox.query import Predicate
from inbox.rewriting import Erasing, Rewritten
from inbox.rows import Order, View
from inbox.store import Store
from inbox.store_errors import DamagedError, FailedError, StoreError
from inbox.views import Views

log = logging.getLogger(__name__)

T = TypeVar("T")
Subscriber = Callable[[frozenset[str]], object]


class ReadOnlyError(StoreError):
    """This process looks on; another one owns the desk."""


class Ledger:
    """One desk's truth: decide, make durable, fold, tell.

    Decisions are taken one after the other, each on the state that the one before left, so that two people who claim
    the same comment have exactly one winner. Readers never wait for the disk.

    Attributes:
        inbox: the state; read it inside `reading()`.
        views: the opened lists; used inside `reading()`.
        trouble: what is wrong with the storage, or ""; ends with the next thing that is kept.
        halted: why the engine no longer runs, or ""; nothing but a new start ends it.
        damage: what a check of the files found, or "".
    """

    def __init__(self, store: Store | None, inbox: Inbox | None = None) -> None:
        """Take everything `store` remembers; None makes a ledger that only follows another's journal, from `inbox` on."""
        self.inbox = (store.load() if store else inbox) or Inbox()
        self.views = Views(self.inbox)
        self.trouble = ""
        self.halted = ""
        self.damage = ""
        self._store = store
        self._deciding = threading.Lock()
        self._state = threading.RLock()
        self._subscribers: list[Subscriber] = []

    def transact(self, decide: Callable[[Inbox], tuple[Sequence[AnyEvent], T]], *, human: bool) -> T:
        """Decide on the present state, make the events durable, fold them in, tell the subscribers.

        Blocks for the disk: call it from a worker thread.

        Args:
            decide: returns the events and an answer; must not change anything itself.
            human: whether a person decided it (see `Store.append`).

        Raises:
            ReadOnlyError: another process owns the desk.
            StoreError: it is not durable; the state is as before.
        """
        store = self._own()
        with self._deciding:
            touched = self._recover(store)
            events, answer = decide(self.inbox)
            if events:
                try:
                    store.append(events, human=human)
                except StoreError as error:
                    self.trouble = error.message
                    raise
                self.trouble = ""
                touched |= self._fold(events)
        if events or touched:
            self._tell(touched)
        return answer

    def _recover(self, store: Store) -> frozenset[str]:
        """Go on after a write that the disk did not confirm, as soon as it does again: with what is there then."""
        try:
            if not store.revive():
                return frozenset()
            missed = list(store.missed())
        except StoreError as error:
            self.trouble = error.message
            raise
        self.trouble = ""
        return self._fold(missed)

    def erase(self, author: str, *, by: str, now: datetime) -> tuple[Person, Rewritten]:
        """Forget a person for good, in memory and in every file; what they write later is not taken in either.

        Blocks for seconds; the desk goes on meanwhile.

        Raises:
            UnknownPersonError: nobody, or several, are called so.
            StoreError: it is not done, or not finished: the next start goes on with it.
        """
        self.finish_erasing()  # what a full disk interrupted: there is one note, of one person
        person = find(self.inbox, author)
        store = self._own()
        erasing = Erasing(person, by, now)
        store.intend(erasing)
        try:
            self._shut_out(store, erasing)
        except FailedError:  # it may be durable all the same
            raise
        except StoreError:
            store.give_up()
            raise
        return person, self._forget(store, person)

    def finish_erasing(self) -> None:
        """Go on with what a crash or a full disk interrupted, wherever that was."""
        store = self._own()
        erasing = store.unfinished()
        if erasing is not None:
            self._shut_out(store, erasing)
            self._forget(store, erasing.person)

    def _shut_out(self, store: Store, erasing: Erasing) -> None:
        """Keep what an account writes later from being taken in."""
        marks = tuple(store.marks(erasing.person.accounts))
        if not self.inbox.erased.issuperset(marks):
            self.record([Erased(at=erasing.at, by=erasing.by, marks=marks)], human=True)

    def _forget(self, store: Store, person: Person) -> Rewritten:
        done = self._erase(store, person)
        if done.left:  # somebody acted on their comments while we wrote
            again = self._erase(store, person)
            done = structs.replace(again, files=done.files + again.files)
        self._tell(frozenset())
        return done

    def _erase(self, store: Store, person: Person) -> Rewritten:
        eraser = Eraser(person)
        done = store.forget(eraser)
        with self._deciding, self._state:
            take_out(self.inbox, eraser)
            self.views.forget()
        return done

    def is_erased(self, source: str, author: str) -> bool:
        """Tell whether an account was erased: what it writes is not taken in."""
        erased = self.inbox.erased
        return bool(erased) and self._store is not None and self._store.marks([(source, author)])[0] in erased

    def close_files(self) -> bool:
        """Close the segment that is written if files may hold what was forgotten; tells whether they may.

        Raises:
            StoreError: the disk refuses.
        """
        if self.inbox.retention.unwritten and self._store is not None:
            self._store.roll()
            return True
        return False

    def _own(self) -> Store:
        if self._store is None:
            raise ReadOnlyError("this desk is held elsewhere: here it can only be read")
        return self._store

    def settle(self) -> None:
        """Let the items lie in a new snapshot, so that the room beside it is free again; the desk goes on meanwhile."""
        if self._store is None:
            return
        try:
            self._store.settle(self.inbox.items, self._state)
        except DamagedError:  # of what lay elsewhere; the log has it
            self.reload()

    def reload(self) -> None:
        """Read everything again: somebody was erased, or something in memory's stead is damaged.

        The desk stands still only for what is written while we read.
        """
        store = self._store
        if store is None:
            return
        fresh, seq = store.read()
        with self._deciding, self._state:
            for event in store.since(seq):
                fresh.apply(event)
            for name in fresh.__struct_fields__:
                setattr(self.inbox, name, getattr(fresh, name))
            self.views.forget()

    def record(self, events: Sequence[AnyEvent], *, human: bool = False) -> None:
        """Make events durable that follow from no decision (arrivals, deliveries)."""
        self.transact(lambda _: (events, None), human=human)

    def absorb(self, events: Iterable[AnyEvent]) -> None:
        """Fold in events that another process made durable."""
        batch = list(events)
        if batch:
            self._tell(self._fold(batch))

    def _fold(self, events: Sequence[AnyEvent]) -> frozenset[str]:
        with self._state:
            touched = {key for event in events for key in self.inbox.apply(event)}
            self.views.changed(touched)
            if any(isinstance(event, Forgotten) for event in events):
                self.views.forget()
        return frozenset(touched)

    @contextmanager
    def reading(self) -> Iterator[Inbox]:
        """Hold the state still for a short look; never do I/O inside."""
        with self._state:
            yield self.inbox

    def open_view(self, query: str, order: Order, compiled: Callable[[], Predicate], fold: bool) -> View:
        """Open a list; a long search holds nobody up."""
        with self._state:
            number = self.views.open(query, order, compiled, fold=fold)
        return self.merge_view(number)

    def merge_view(self, number: int) -> View:
        """Bring an opened list up to date, as `open_view` does."""
        with self._state:
            search = self.views.merge(number)
        show = search()
        with self._state:
            return show()

    def subscribe(self, callback: Subscriber) -> Callable[[], None]:
        """Call back after each change, from the thread that made it; returns the way out."""
        self._subscribers.append(callback)
        return lambda: self._subscribers.remove(callback) if callback in self._subscribers else None

    def tell(self) -> None:
        """Say that something outside the inbox changed (a source's health)."""
        self._tell(frozenset())

    def _tell(self, touched: frozenset[str]) -> None:
        for callback in tuple(self._subscribers):
            try:
                callback(touched)
            except Exception:  # what is durable is done: a screen that is just closing must not unsay it
                log.exception("a subscriber could not be told")

    def close(self) -> None:
        """Close the store; later decisions are refused."""
        with self._deciding:
            if self._store is not None:
                self._store.close()
                self._store = None
