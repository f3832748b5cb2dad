"""HandoverDesk: a desk that outlives its engine: when the process that ran it ends, this one takes over or follows."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from itertools import count
from typing import Any

from msgspec import structs

from inbox import wire
from inbox.desk import Desk, Done, TakenBack
from inbox.remote import LostError
from inbox.rows import Order, Page, View

REPEATABLE = frozenset(
    {
        "summary",
        "erase",
        "forget",
        "open_view",
        "rows_of",
        "detail",
        "picker",
        "drafts",
        "measure",
        "preview",
        "outbox",
        "progress",
        "wave",
        "hold",
        "stand_watch",
        "take_in",
        "plays",
        "appearance",
        "places",
        "askers",
        "notices",
        "threads",
        "kept",
        "keep",
        "submissions",
        "charter",
    }
)
"""Calls that do no harm when they are asked again of the next engine."""
LOST = {
    "act": Done(refused="the engine changed hands just now", hint="look whether it was done before you repeat it"),
    "settle": Done(refused="the engine changed hands just now", hint="look whether it was done before you repeat it"),
    "approve": Done(refused="the engine changed hands just now", hint="look whether it was done before you repeat it"),
    "send_back": Done(
        refused="the engine changed hands just now", hint="look whether it was done before you repeat it"
    ),
    "undo": TakenBack(
        refused="the engine changed hands just now", hint="look whether it was done before you repeat it"
    ),
}
"""What the others come to: nobody knows whether the old engine still did them."""
BY_VIEW = frozenset({"close_view", "merge", "page", "locate", "keys", "next_open", "unfold", "peel"})
"""Calls whose first argument is a view, which the next engine knows by another number."""


class HandoverDesk:
    """Every method of `inbox.desk.Desk`, on whichever engine holds the desk now.

    An act whose answer was lost with its engine is never repeated by itself: it comes back refused, and what had been
    acknowledged is there after the handover.
    """

    def __init__(self, sit: Callable[[], Awaitable[Desk]]) -> None:
        """Sit down with `sit`, now at the first call and again whenever the engine is gone."""
        self._sit = sit
        self._desk: Desk | None = None
        self._sitting = asyncio.Lock()
        self._numbers = count(1)
        self._views: dict[int, tuple[View, int]] = {}
        self._subscribers: list[Callable[[frozenset[str]], object]] = []

    def __getattr__(self, name: str) -> Any:
        """Give every method of the protocol."""
        if name not in wire.methods():
            raise AttributeError(name)
        return partial(self._view_call if name in BY_VIEW else self._plain_call, name)

    async def _present(self) -> Desk:
        async with self._sitting:
            while self._desk is None:
                desk = await self._sit()
                try:
                    for number, (view, _) in list(self._views.items()):
                        again = await desk.open_view(view.query, view.order, fold=view.fold)
                        self._views[number] = (view, again.id)
                except LostError:  # it ended as well: whoever is next
                    continue
                desk.subscribe(self._tell)
                self._desk = desk
            return self._desk

    def _gone(self, desk: Desk) -> None:
        if self._desk is desk:
            self._desk = None

    async def _plain_call(self, name: str, *args: Any, **kwargs: Any) -> Any:
        desk = await self._present()
        try:
            return await getattr(desk, name)(*args, **kwargs)
        except LostError:
            self._gone(desk)
            await self._present()
            if name not in REPEATABLE:
                return LOST[name]
            return await self._plain_call(name, *args, **kwargs)

    async def open_view(self, query: str = "", order: Order = Order.NEWEST, *, fold: bool = False) -> View:
        """See `Desk.open_view`; the number given stays good over a handover, what was unfolded is folded again."""
        inner: View = await self._plain_call("open_view", query, order, fold=fold)
        number = next(self._numbers)
        self._views[number] = (inner, inner.id)
        return structs.replace(inner, id=number)

    async def _view_call(self, name: str, view: int, *args: Any, **kwargs: Any) -> Any:
        desk = await self._present()
        try:
            result = await getattr(desk, name)(self._views[view][1], *args, **kwargs)
        except LostError:
            self._gone(desk)
            return await self._view_call(name, view, *args, **kwargs)
        if name == "close_view":
            self._views.pop(view, None)
        if isinstance(result, View):
            return structs.replace(result, id=view)
        if isinstance(result, Page):
            return structs.replace(result, view=structs.replace(result.view, id=view))
        return result

    def _tell(self, keys: frozenset[str]) -> None:
        for callback in tuple(self._subscribers):
            callback(keys)

    def subscribe(self, callback: Callable[[frozenset[str]], object]) -> Callable[[], None]:
        """See `Desk.subscribe`."""
        self._subscribers.append(callback)
        return lambda: self._subscribers.remove(callback) if callback in self._subscribers else None

    async def aclose(self) -> None:
        """See `Desk.aclose`."""
        if self._desk is not None:
            await self._desk.aclose()
