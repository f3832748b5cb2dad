"""LocalDesk: the desk of an engine in this process; looks on when another process owns it."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from msgspec import structs

from inbox import desk, four_eyes, rows
from inbox.conversation import conversation
from inbox.crisis import HOURS, Step, begun, ended, ticked
from inbox.engine import Engine, utc_now
from inbox.events import AnyEvent, Before, HeldEverything, OnWatch
from inbox.fold import Inbox
from inbox.item import Item, key_of
from inbox.ledger import Ledger
from inbox.local_keeping import KeepingDesk
from inbox.offers import Place, plays_of
from inbox.outbox import STANDARD, Countdown, OutboxEntry
from inbox.play import PostPlays
from inbox.progress import Progress, acts_of, together
from inbox.query import Predicate, compile_query
from inbox.rules import PLAIN, Rules
from inbox.settling import settle
from inbox.sitting import Sitting
from inbox.situations.model import PostState
from inbox.store_errors import StoreError
from inbox.summary import QUIET, summarise
from inbox.triage import Context, Plan, refuse, standing
from inbox.views import row_of, wave_of
from inbox.wording import Wording, answered_author

log = logging.getLogger(__name__)

T = TypeVar("T")
SETTLED_SHOWN = 200
"""Settled sendings that the outbox screen lists."""


class LocalDesk(KeepingDesk):
    """One operator's desk on a ledger of this process.

    Implements `inbox.desk.Desk`; what waits for the disk runs in a worker thread, so that the interface never does.
    """

    def __init__(
        self,
        ledger: Ledger,
        *,
        operator: str,
        name: str,
        wording: Wording,
        engine: Engine | None = None,
        read_only: str = "",
        countdown: Countdown = STANDARD,
        rules: Rules = PLAIN,
        clock: Callable[[], datetime] = utc_now,
        closing: Callable[[], None] = lambda: None,
        tidy: Callable[[], bool] = lambda: False,
    ) -> None:
        """Sit down at a desk.

        Args:
            ledger: the desk's truth.
            operator: who sits here; every act carries the name.
            name: the desk's name.
            wording: the house's templates.
            engine: what feeds and drains the ledger; None when this process looks on.
            read_only: why nothing can be done here, or "".
            countdown: how long what leaves the house waits first.
            rules: what the house wants of its own.
            clock: the time, aware.
            closing: called when the desk is left (stops the engine, closes the store).
            tidy: takes what was forgotten out of the files, a step at a time; tells whether it goes on.
        """
        super().__init__(ledger, operator=operator, engine=engine, read_only=read_only, clock=clock)
        self._name = name
        self._wording = wording
        self._countdown = countdown
        self._rules = rules
        self._closing = closing
        self._tidy = tidy
        self._sitting = Sitting(operator, clock)

    # -- looking -----------------------------------------------------------------------------------

    async def summary(self) -> desk.Summary:
        """See `Desk.summary`."""
        health = self._engine.health() if self._engine else []
        with self._ledger.reading() as inbox:
            return summarise(
                inbox,
                now=self._clock(),
                operator=self._operator,
                desk=self._name,
                sources=health,
                read_only=self._read_only,
                storage=self._ledger.halted or self._ledger.damage or self._ledger.trouble,
                countdown=self._countdown,
                states=self._states,
            )

    async def open_view(
        self, query: str = "", order: rows.Order = rows.Order.NEWEST, *, fold: bool = False
    ) -> rows.View:
        """See `Desk.open_view`."""
        inbox = self._ledger.inbox

        def compiled() -> Predicate:
            return compile_query(query, inbox, now=self._clock(), operator=self._operator)

        compiled()  # a query that is not understood opens nothing
        return await asyncio.to_thread(self._ledger.open_view, query, order, compiled, fold)

    async def close_view(self, view: int) -> None:
        """See `Desk.close_view`."""
        with self._ledger.reading():
            self._ledger.views.close(view)

    async def merge(self, view: int) -> rows.View:
        """See `Desk.merge`."""
        return await asyncio.to_thread(self._ledger.merge_view, view)

    async def page(self, view: int, start: int, count: int) -> rows.Page:
        """See `Desk.page`."""
        with self._ledger.reading():
            return self._ledger.views.page(view, start, count)

    async def locate(self, view: int, key: str) -> int | None:
        """See `Desk.locate`."""
        with self._ledger.reading():
            return self._ledger.views.locate(view, key)

    async def keys(self, view: int, start: int, stop: int) -> list[str]:
        """See `Desk.keys`."""
        with self._ledger.reading():
            return self._ledger.views.keys(view, start, stop)

    async def unfold(self, view: int, key: str, *, unfolded: bool) -> rows.View:
        """See `Desk.unfold`."""
        with self._ledger.reading():
            return self._ledger.views.unfold(view, key, unfolded=unfolded)

    async def peel(self, view: int, key: str) -> rows.View:
        """See `Desk.peel`."""
        with self._ledger.reading():
            return self._ledger.views.peel(view, key)

    async def next_open(self, view: int, start: int, step: int) -> int | None:
        """See `Desk.next_open`."""
        with self._ledger.reading():
            return self._ledger.views.next_open(view, start, step)

    async def wave(self, key: str) -> list[str]:
        """See `Desk.wave`."""
        with self._ledger.reading() as inbox:
            item = inbox.items.get(key)
            if item is None:
                return []
            return [k for k in wave_of(inbox, item) if inbox.items.hot[k].is_open] or [key]

    async def detail(self, key: str) -> desk.Detail | None:
        """See `Desk.detail`."""
        with self._ledger.reading() as inbox:
            item = inbox.items.get(key)
            return None if item is None else self._detail(inbox, item)

    def _detail(self, inbox: Inbox, item: Item) -> desk.Detail:
        post = inbox.post_of(item)
        connector = self._connectors.get(item.source)
        earlier = answered_author(inbox, item)
        return desk.Detail(
            item=item,
            row=row_of(inbox, item),
            post_title=(post.title or post.text[:60]) if post else "",
            post_text=post.text if post else "",
            post_url=post.url if post else "",
            thread=tuple(row_of(inbox, i) for i in conversation(inbox, item)),
            author_seen=inbox.items.hot.authors.size(key_of(item.source, item.comment.author.native_id)),
            author_answered=(earlier.queued_at, earlier.by) if earlier else None,
            sendings=tuple(inbox.sendings(item.key)),
            wave=tuple(wave_of(inbox, item)),
            support=dict(connector.capabilities) if connector else {},
            account=item.source,
            submissions=tuple(s for s in inbox.approvals.known.values() if item.key in s.keys),
            per_hour=reach.per_hour(self._clock().timestamp()) if (reach := inbox.reach.get(item.key)) else 0.0,
        )

    async def picker(self, key: str, language: str = "") -> desk.Picker:
        """See `Desk.picker`."""
        with self._ledger.reading() as inbox:
            item = inbox.items[key]
            connector = self._connectors.get(item.source)
            return self._wording.picker(inbox, item, connector, language, self._state(item))

    @property
    def _states(self) -> Mapping[str, PostState]:
        return self._engine.reception.situations if self._engine else QUIET

    def _state(self, item: Item) -> PostState | None:
        return self._states.get(key_of(item.source, item.comment.post_id))

    async def drafts(self, key: str, what: str, language: str = "") -> tuple[desk.Suggestion, ...]:
        """See `Desk.drafts`."""
        with self._ledger.reading() as inbox:
            item = inbox.items[key]
            return self._wording.drafts(inbox, item, self._connectors.get(item.source), what, language)

    async def plays(self, post: str, language: str = "") -> PostPlays | None:
        """See `Desk.plays`."""
        if self._engine:
            await asyncio.to_thread(self._engine.wait_until_heard)
        source, _, post_id = post.partition("/")
        with self._ledger.reading() as inbox:
            place = Place(
                inbox=inbox,
                source=source,
                post_id=post_id,
                state=self._states.get(post) or PostState(post=post),
                wording=self._wording,
                connector=self._connectors.get(source),
                language=language,
            )
            return plays_of(place)

    # -- acting ------------------------------------------------------------------------------------

    def _plan(self, inbox: Inbox, act: desk.Act, keys: Sequence[str]) -> Plan:
        return self._planned(inbox, lambda context: four_eyes.plan(act, keys, context))

    def _context(self, inbox: Inbox) -> Context:
        return Context(
            inbox=inbox,
            by=self._operator,
            now=self._clock(),
            connectors=self._connectors,
            joke_gate=lambda item, template: self._wording.joke_refused(inbox, item, template, self._state(item)),
            countdown=self._countdown,
            is_joke=self._wording.is_joke,
            wants_approval=self._wording.wants_approval,
            four_eyes=self._rules.four_eyes,
            charter=self._rules.charter,
        )

    def _planned(self, inbox: Inbox, decide: Callable[[Context], Plan]) -> Plan:
        if self._read_only:
            return refuse(self._read_only)
        try:
            return decide(self._context(inbox))
        except Exception as error:  # a stranger's connector may break in any way; its source cannot be acted on then
            log.exception("an act could not be planned")
            return refuse(f"the connector failed: {type(error).__name__}", "see the log")

    async def preview(self, act: desk.Act, keys: Sequence[str]) -> desk.Done:
        """See `Desk.preview`."""
        with self._ledger.reading() as inbox:
            return self._plan(inbox, act, keys).done

    async def act(self, act: desk.Act, keys: Sequence[str]) -> desk.Done:
        """See `Desk.act`."""

        def decide(inbox: Inbox) -> tuple[tuple[AnyEvent, ...], tuple[Plan, tuple[Before, ...]]]:
            planned = self._plan(inbox, act, keys)
            after = inbox.foreseen([b.key for b in planned.before], planned.events)
            leaving = self._leaving(inbox, act, keys, planned.done.act)
            return (*planned.events, *leaving), (planned, tuple(standing(item) for item in after))

        try:
            planned, after = await self._transact(decide)
        except StoreError as error:
            return desk.Done(refused=error.message, hint=error.hint)
        except ValueError:
            log.exception("an act could not be kept")
            return desk.Done(refused="this cannot be kept as it is", hint="see the log")
        if planned.done.act:
            self._sitting.keep(act, planned, after)
        if planned.done.sendings and self._engine:
            self._engine.wake()
        return planned.done

    async def undo(self, *, look: bool = False) -> desk.TakenBack:
        """See `Desk.undo`."""
        if self._read_only:
            return desk.TakenBack(refused=self._read_only)
        if look:
            with self._ledger.reading() as inbox:
                return self._sitting.take_back(inbox)[1][0]
        try:
            taken, forgotten = await self._transact(self._sitting.take_back)
        except StoreError as error:
            return desk.TakenBack(refused=error.message, hint=error.hint)
        self._sitting.forget(forgotten)
        if self._engine:
            self._engine.wake()
        return taken

    async def hold(self, *, held: bool) -> desk.Done:
        """See `Desk.hold`."""

        def decide(inbox: Inbox) -> list[AnyEvent]:
            if bool(inbox.held_by) == held:
                return []
            return [HeldEverything(at=self._clock(), by=self._operator, held=held)]

        done = await self._switch(decide)
        with self._ledger.reading() as inbox:
            return done if done.refused else structs.replace(done, progress=together(acts_of(inbox)))

    async def _switch(self, decide: Callable[[Inbox], list[AnyEvent]]) -> desk.Done:
        """Do what concerns no item, unless this desk looks on or the storage refuses."""
        if self._read_only:
            return desk.Done(refused=self._read_only)
        try:
            await self._transact(lambda inbox: (decide(inbox), None))
        except ValueError as error:
            return desk.Done(refused=str(error))
        except StoreError as error:
            return desk.Done(refused=error.message, hint=error.hint)
        if self._engine:
            self._engine.wake()
        return desk.Done()

    async def stand_watch(self, name: str, note: str = "") -> desk.Done:
        """See `Desk.stand_watch`."""
        if self._read_only:
            return desk.Done(refused=self._read_only)
        event = OnWatch(at=self._clock(), by=self._operator, operator=name, note=note)
        try:
            await self._transact(lambda _: ([event], None))
        except StoreError as error:
            return desk.Done(refused=error.message, hint=error.hint)
        return desk.Done()

    async def crisis(self, *, on: bool, hours: float = HOURS) -> desk.Done:
        """See `Desk.crisis`."""

        def decide(inbox: Inbox) -> list[AnyEvent]:
            now = self._clock()
            if on:
                return begun(inbox, self._states, by=self._operator, now=now, hours=hours)
            return ended(inbox, by=self._operator, now=now)

        return await self._switch(decide)

    async def tick(self, step: Step, *, done: bool) -> desk.Done:
        """See `Desk.tick`."""
        return await self._switch(lambda inbox: ticked(inbox, step, done=done, by=self._operator, now=self._clock()))

    async def outbox(self, act: str = "") -> list[OutboxEntry]:
        """See `Desk.outbox`."""
        with self._ledger.reading() as inbox:
            entries = [e for e in inbox.outbox.values() if not act or e.act == act]
        pending = [e for e in entries if e.is_pending]
        settled = [e for e in entries if not e.is_pending]
        shown = pending + (settled if act else settled[-SETTLED_SHOWN:])
        return sorted(shown, key=lambda e: e.queued_at, reverse=True)

    async def progress(self) -> list[Progress]:
        """See `Desk.progress`."""
        with self._ledger.reading() as inbox:
            return acts_of(inbox)

    async def settle(self, entry: str, choice: str, url: str = "") -> desk.Done:
        """See `Desk.settle`."""

        def decide(inbox: Inbox) -> tuple[list[AnyEvent], desk.Done]:
            return settle(inbox, entry, choice, url=url, by=self._operator, now=self._clock())

        if self._read_only:
            return desk.Done(refused=self._read_only)
        try:
            done = await self._transact(decide)
        except StoreError as error:
            return desk.Done(refused=error.message, hint=error.hint)
        if self._engine:
            self._engine.wake()
        return done

    # -- being told, and leaving -------------------------------------------------------------------

    def subscribe(self, callback: Callable[[frozenset[str]], object]) -> Callable[[], None]:
        """See `Desk.subscribe`."""
        return self._ledger.subscribe(callback)

    async def aclose(self) -> None:
        """See `Desk.aclose`."""
        await asyncio.to_thread(self._closing)
