"""SourceRunner: keeps one source fed: polls, listens for nudges, looks again at open comments, tells its health."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Any, TypeVar

from msgspec import structs

from connectors._contract import Connector
from connectors._errors import (
    AuthenticationError,
    ConnectorError,
    RateLimitedError,
    RejectedError,
    UnreachableError,
)
from connectors._limits import Budget
from connectors._model import Batch, Capability, Comment, Gone
from connectors._text import sanitise
from inbox.columns import OWN
from inbox.fold import Inbox
from inbox.glance import SourceHealth
from inbox.guard import guarded, patience
from inbox.item import key_of
from inbox.pace import Pace
from inbox.second_look import SecondLook
from inbox.silence import REMEMBERED, Rhythm
from inbox.store_errors import StoreError

log = logging.getLogger(__name__)

T = TypeVar("T")

FIRST_BACKOFF = 2.0
LONGEST_BACKOFF = 120.0
"""Seconds between two tries of a source that does not answer; doubled each time in between."""
AUTH_PAUSE = 300.0
"""Seconds before a refused token is tried again; it may have been replaced."""
Ingest = Callable[[str, Batch], Awaitable[None]]
"""Scores a batch and makes it durable."""
Settle = Callable[[str, Sequence[Comment | Gone]], Awaitable[None]]
"""Takes in what a second look at comments found."""


class SourceRunner:
    """One source's life: `run` until cancelled.

    Attributes:
        health: how it is doing, for the screen and the quick check.
    """

    def __init__(
        self,
        connector: Connector,
        *,
        inbox: Inbox,
        ingest: Ingest,
        settle: Settle,
        clock: Callable[[], datetime],
        changed: Callable[[], None],
    ) -> None:
        """Feed `connector`'s comments to `ingest`; call `changed` when the health does."""
        self.connector = connector
        self.health = SourceHealth(name=connector.source, network=connector.name, state="starting")
        self._inbox = inbox
        self._ingest = ingest
        self._settle = settle
        self._clock = clock
        self._changed = changed
        self._nudge = asyncio.Event()
        most = connector.traits.look_again
        self._second_look = SecondLook(connector.source, most=most, inbox=inbox, now=clock())
        self._rhythm: Rhythm | None = None
        self._pace = Pace()
        self._arrived = 0

    async def run(self) -> None:
        """Poll for ever; every failure becomes a state of health and a pause."""
        while True:
            try:
                await self._live()
            except Exception as error:  # whatever a stranger's connector breaks is its own source, never the engine
                log.exception("source %s stumbled", self.health.name)
                self._set_health("broken", f"the connector failed: {type(error).__name__}", "see the log")
            await asyncio.sleep(LONGEST_BACKOFF)

    async def _live(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._poll_for_ever())
            support = self.connector.capabilities.get(Capability.STREAM)
            if support is not None and support.can != "no":
                tasks.create_task(self._listen_for_ever())

    def nudge(self) -> None:
        """Poll now."""
        self._nudge.set()

    async def _poll_for_ever(self) -> None:
        backoff = FIRST_BACKOFF
        while True:
            self._nudge.clear()
            pause = await self.poll_once(backoff)
            if self.health.state in {"ok", "starting"}:
                backoff = FIRST_BACKOFF
                await self._wait(pause)
            else:
                backoff = min(backoff * 2, LONGEST_BACKOFF)
                await asyncio.sleep(pause)  # a nudge must not shorten a punishment

    async def _wait(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await asyncio.sleep(self._pace.gap(seconds))
                await self._nudge.wait()
        except TimeoutError:
            pass

    async def poll_once(self, backoff: float) -> float:
        """Fetch one page, keep it, and return how many seconds to wait before the next.

        Args:
            backoff: the pause after a failure that names none.
        """
        try:
            cursor = self._inbox.cursors.get(self.connector.source)
            batch = await guarded(self.connector.poll(cursor))
            await self._ingest(self.connector.source, batch)
            self._heard(batch)
            # a page that does not lead on is the last one, whatever it says: no platform is asked in a circle
            complete = batch.complete or batch.cursor == cursor
            if complete:
                await self._look_again()
        except RateLimitedError as error:
            # a limit that is said to be over already, time and again, is no reason to hammer
            return self._ill("limited", error, max(patience(error.retry_after), backoff))
        except AuthenticationError as error:
            return self._ill("auth", error, AUTH_PAUSE)
        except UnreachableError as error:
            return self._ill("unreachable", error, max(patience(error.retry_after), backoff))
        except ConnectorError as error:
            return self._ill("broken", error, backoff)
        except StoreError as error:
            self._set_health("storage", error.message, error.hint)
            return backoff
        except Exception as error:  # a stranger's connector may break in any way; the engine must not
            log.exception("source %s failed", self.connector.source)
            self._set_health("broken", f"the connector failed: {type(error).__name__}", "see the log")
            return backoff
        begun = complete or self.health.state != "starting"  # a round is over with its last page
        self._set_health("ok" if begun else "starting", self._warning(), last_at=self._clock())
        self._pace.looked(self.health.budget, self.health.budget_until, self._clock())
        self._arrived += len(batch.comments)
        if not complete:
            return 0.0
        arrived, self._arrived = self._arrived, 0
        return self._pace.pause(patience(self.connector.traits.poll_interval), arrived)

    def _warning(self) -> str:
        """Ask the connector what will soon need somebody; a stranger's may be of before there were warnings."""
        try:
            return sanitise(self.connector.warning(), single_line=True)
        except Exception:  # as above
            log.exception("source %s warns in vain", self.connector.source)
            return ""

    def _heard(self, batch: Batch) -> None:
        """Keep when comments came; the first time what the desk knows of this source begins it."""
        now = self._clock()
        if self._rhythm is None:
            self._rhythm = Rhythm(islice(self._known_moments(), REMEMBERED))
        self._rhythm.heard(min(comment.created_at, now) for comment in batch.comments if not comment.author.is_self)

    def _known_moments(self) -> Iterator[datetime]:
        """Yield when this source's comments were written, the latest arrivals first."""
        hot = self._inbox.items.hot
        source = hot.names.find(self.connector.source)
        for row in reversed(hot.rows()):
            if hot.source[row] == source and not hot.flags[row] & OWN:
                yield datetime.fromtimestamp(hot.at[row], UTC)

    def _vitals(self) -> dict[str, Any]:
        """Tell last event, silence, what is left of the budget and when the token ends; strangers may err in it."""
        heard, now = self._rhythm, self._clock()
        found: dict[str, Any] = {"heard_at": heard.last, "silent": heard.is_silent(now)} if heard else {}
        if (ends_at := self._told(self.connector.ends_at)) is not None:
            found["ends_at"] = ends_at
        if (budget := self._budget()) is not None:
            found |= {"budget": budget.left, "budget_until": datetime.fromtimestamp(budget.until, UTC)}
        return found

    def _budget(self) -> Budget | None:
        return self._told(self.connector.budget)

    def _told(self, ask: Callable[[], T]) -> T | None:
        try:
            return ask()
        except Exception:  # a stranger's connector may break in any way
            log.exception("source %s does not tell how it is", self.connector.source)
            return None

    def _ill(self, state: str, error: ConnectorError, pause: float) -> float:
        self._set_health(state, sanitise(error.message), sanitise(error.hint))
        return pause

    def _set_health(self, state: str, message: str = "", hint: str = "", last_at: datetime | None = None) -> None:
        old = self.health
        self.health = SourceHealth(
            name=old.name,
            network=old.network,
            state=state,
            last_at=last_at or old.last_at,
            message=message,
            hint=hint,
            **self._vitals(),
        )
        if (state, message) != (old.state, old.message):
            log.info("source %s: %s %s", old.name, state, message)
            self._changed()

    async def _listen_for_ever(self) -> None:
        backoff = FIRST_BACKOFF
        while True:
            try:
                async for _ in self.connector.stream():
                    backoff = FIRST_BACKOFF
                    self._nudge.set()
            except ConnectorError as error:
                log.info("stream of %s: %s", self.connector.source, error.message)
            except Exception:  # as above: a stream is a hint, losing it costs only time
                log.exception("the stream of %s failed", self.connector.source)
            await asyncio.sleep(backoff)
            backoff = min(backoff * 2, LONGEST_BACKOFF)
            self._nudge.set()  # after every reconnect the poll says what was missed

    async def _look_again(self) -> None:
        now = self._clock()
        if not self._second_look.is_due(now):
            return
        before = self._budget()
        ids = await asyncio.to_thread(self._second_look.chosen, self._second_look.affordable(before, now), now)
        if not ids:
            return
        try:
            found = await guarded(self.connector.fetch(ids))
        except RejectedError as error:
            log.info("looking again at comments of %s: %s", self.connector.source, error.message)
            return
        finally:
            self._second_look.paid(len(ids), before, self._budget())
        await self._settle(self.connector.source, found)


def changed_since(inbox: Inbox, source: str, found: Sequence[Comment | Gone]) -> tuple[list[Comment], list[Gone]]:
    """Tell apart what is new in a second look: edited or moved comments, and those newly gone."""
    comments: list[Comment] = []
    gone: list[Gone] = []
    for each in found:
        item = inbox.items.get(key_of(source, each.native_id))
        if item is None:
            continue
        if isinstance(each, Gone):
            if not item.gone:
                gone.append(each)
            continue
        if not each.post_id:  # the house deleted its post: the comment still belongs where it stood
            each = structs.replace(each, post_id=item.comment.post_id)  # noqa: PLW2901 - the same comment, completed
        if each != item.comment or item.gone:
            comments.append(each)
    return comments, gone
