"""A rehearsal on a clock that stands still until a test moves it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from connectors._http import Http
from connectors._model import Batch, Comment, Cursor, Outgoing
from connectors._rehearsal.options import RehearsalOptions
from connectors.rehearsal import Rehearsal

EVENING = datetime(2026, 3, 7, 20, 0, tzinfo=UTC)


class Clock:
    """A clock whose `sleep` moves it instead of waiting."""

    def __init__(self, now: datetime = EVENING) -> None:
        self.now = now
        self.slept: list[float] = []

    def __call__(self) -> datetime:
        return self.now

    def go(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.go(seconds)


def rehearsal(clock: Callable[[], datetime], **options: Any) -> Rehearsal:
    """Play with no latency unless asked for; when the clock is a `Clock`, sleeping moves it."""
    chosen = RehearsalOptions(**({"latency": 0.0} | options))
    if isinstance(clock, Clock):
        return Rehearsal("demo", chosen, Http(), clock=clock, sleep=clock.sleep)
    return Rehearsal("demo", chosen, Http(), clock=clock)


async def read_all(player: Rehearsal, cursor: Cursor | None = None) -> tuple[list[Comment], Cursor]:
    """Poll until the platform says that nothing more waits."""
    found: list[Comment] = []
    while True:
        batch: Batch = await player.poll(cursor)
        found += batch.comments
        cursor = batch.cursor
        if batch.complete:
            return found, cursor


_numbers = count()


def outgoing(text: str = "Bonsoir, merci.", *, parent: str | None = None, post: str = "", key: str = "") -> Outgoing:
    """Write a text about to leave; every call makes another client id unless `key` names one."""
    return Outgoing(
        client_id=key or f"key-{next(_numbers)}", text=text, created_at=EVENING, parent_id=parent, post_id=post
    )
