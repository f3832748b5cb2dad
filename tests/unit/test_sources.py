"""One source's life: what each failure means for its health and its next try; second looks at open comments."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import pytest
from builders import NOON, comment, seen
from msgspec import structs

from connectors._errors import (
    AuthenticationError,
    ConnectorError,
    ProtocolError,
    RateLimitedError,
    RejectedError,
    UnreachableError,
)
from connectors._http import Http
from connectors._limits import Budget
from connectors._model import Batch, Comment, Cursor, Gone
from connectors._rehearsal.options import RehearsalOptions
from connectors.rehearsal import Rehearsal
from inbox.events import Claimed, Hidden
from inbox.fold import Inbox
from inbox.query import compile_query
from inbox.second_look import EVERY, FIRST, SHARE
from inbox.sources import AUTH_PAUSE, SourceRunner, changed_since
from inbox.store_errors import FullError

BACKOFF = 7.0
MOST = Rehearsal.traits.look_again


class Fickle(Rehearsal):
    """A platform that answers a poll with whatever a test says."""

    answer: Callable[[], Batch] = staticmethod(lambda: Batch(comments=(), cursor="1"))

    async def poll(self, cursor: Cursor | None) -> Batch:
        """Answer."""
        del cursor
        return self.answer()

    soon: Callable[[], str] = staticmethod(lambda: "")

    def warning(self) -> str:
        """Say what a test says."""
        return self.soon()

    left: Budget | None = None
    end: datetime | None = None

    def budget(self) -> Budget | None:
        """Say what a test says."""
        return self.left

    def ends_at(self) -> datetime | None:
        """Say what a test says."""
        return self.end

    async def fetch(self, ids: Sequence[str]) -> list[Comment | Gone]:
        """Remember what was asked for; everything is gone."""
        self.asked = list(ids)
        return [Gone(native_id=i, why="deleted") for i in ids]


class Feed:
    """A runner whose platform, store and clock are in a test's hands."""

    def __init__(self) -> None:
        """Begin with an empty inbox and a platform that works."""
        self.now: datetime = NOON
        self.inbox = Inbox()
        self.taken: list[Batch] = []
        self.found: list[Comment | Gone] = []
        self.changes = 0
        self.platform = Fickle("museum", RehearsalOptions(), Http())
        self.runner = SourceRunner(
            self.platform,
            inbox=self.inbox,
            ingest=self.ingest,
            settle=self.settle,
            clock=lambda: self.now,
            changed=self.changed,
        )

    async def ingest(self, source: str, batch: Batch) -> None:
        """Keep a batch."""
        assert source == "museum"
        self.taken.append(batch)

    async def settle(self, source: str, found: Sequence[Comment | Gone]) -> None:
        """Keep what a second look found."""
        assert source == "museum"
        self.found.extend(found)

    def changed(self) -> None:
        """Count the changes of health."""
        self.changes += 1

    def fail(self, error: Exception) -> None:
        """Let the next polls fail."""

        def raising() -> Batch:
            raise error

        self.platform.answer = raising


@pytest.mark.parametrize(
    ("error", "state", "pause"),
    [
        (RateLimitedError("slow down", retry_after=42), "limited", 42.0),
        (AuthenticationError("who are you?"), "auth", AUTH_PAUSE),
        (UnreachableError("no route"), "unreachable", BACKOFF),
        (ProtocolError("nonsense"), "broken", BACKOFF),
        (RejectedError("no"), "broken", BACKOFF),
        (ZeroDivisionError("a stranger's mistake"), "broken", BACKOFF),
    ],
)
async def test_each_failure_has_its_state_and_its_pause(error: Exception, state: str, pause: float) -> None:
    feed = Feed()
    feed.fail(error)
    assert await feed.runner.poll_once(BACKOFF) == pause
    assert feed.runner.health.state == state
    if isinstance(error, ConnectorError):
        assert feed.runner.health.message == error.message
    assert feed.changes == 1


async def test_a_full_disk_is_told_and_the_batch_is_asked_for_again() -> None:
    feed = Feed()

    def full() -> Batch:
        raise FullError("the disk is full")

    feed.platform.answer = full
    assert await feed.runner.poll_once(BACKOFF) == BACKOFF
    assert (feed.runner.health.state, feed.taken) == ("storage", [])


async def test_the_same_trouble_is_told_once() -> None:
    feed = Feed()
    feed.fail(UnreachableError("no route"))
    await feed.runner.poll_once(BACKOFF)
    await feed.runner.poll_once(BACKOFF)
    assert feed.changes == 1


async def test_a_good_answer_ends_the_trouble_and_keeps_when() -> None:
    feed = Feed()
    feed.fail(UnreachableError("no route"))
    await feed.runner.poll_once(BACKOFF)
    feed.platform.answer = lambda: Batch(comments=(), cursor="1")
    assert await feed.runner.poll_once(BACKOFF) == Fickle.traits.poll_interval
    assert (feed.runner.health.state, feed.runner.health.last_at) == ("ok", NOON)


async def test_trouble_keeps_when_it_last_went_well() -> None:
    feed = Feed()
    await feed.runner.poll_once(BACKOFF)
    feed.now += timedelta(hours=1)
    feed.fail(UnreachableError("no route"))
    await feed.runner.poll_once(BACKOFF)
    assert feed.runner.health.last_at == NOON


async def test_a_warning_stands_beside_a_source_that_is_well_until_it_is_heeded() -> None:
    feed = Feed()
    feed.platform.soon = lambda: "the token ends\non 2026-12-01\x1b[31m"
    await feed.runner.poll_once(BACKOFF)
    warned = feed.runner.health
    feed.platform.soon = lambda: ""
    await feed.runner.poll_once(BACKOFF)

    assert (warned.state, warned.message) == ("ok", "the token ends on 2026-12-01[31m")
    assert (feed.runner.health.state, feed.runner.health.message) == ("ok", "")


async def test_a_stranger_whose_warning_breaks_goes_on() -> None:
    feed = Feed()
    feed.platform.soon = lambda: str(1 // 0)
    await feed.runner.poll_once(BACKOFF)

    assert (feed.runner.health.state, feed.runner.health.message) == ("ok", "")


async def test_what_waits_behind_a_page_is_asked_for_at_once() -> None:
    feed = Feed()
    feed.platform.answer = lambda: Batch(comments=(comment(),), cursor="1", complete=False)
    assert await feed.runner.poll_once(BACKOFF) == 0.0


async def test_a_source_has_begun_when_its_first_round_is_over_and_stays_well_in_later_ones() -> None:
    feed = Feed()
    states: list[str] = []
    pages = [Batch(comments=(), cursor=str(n), complete=n == 2) for n in range(4)]
    feed.platform.answer = lambda: pages[len(states)]
    for _ in pages:
        await feed.runner.poll_once(BACKOFF)
        states.append(feed.runner.health.state)

    assert states == ["starting", "starting", "ok", "ok"]


async def test_open_comments_are_looked_at_again_now_and_then() -> None:
    feed = Feed()
    feed.inbox.apply(seen(*(comment(id=f"c{n}") for n in range(MOST + 5))))
    await feed.runner.poll_once(BACKOFF)
    assert feed.found == []
    feed.now += EVERY
    await feed.runner.poll_once(BACKOFF)
    assert len(feed.found) == MOST
    assert feed.platform.asked[0] == f"c{MOST + 4}"


async def test_a_second_look_asks_for_no_more_than_the_budget_can_bear() -> None:
    feed, left = Feed(), 1.0
    feed.inbox.apply(seen(*(comment(id=f"c{n}") for n in range(500))))
    feed.platform.answer = lambda: Batch(comments=(), cursor="1")

    def told() -> Budget:
        spent = 0.002 * len(feed.platform.asked)  # five hundred calls an hour, one for each comment
        return Budget(left - spent, (feed.now + timedelta(hours=1)).timestamp())

    feed.platform.budget = told  # type: ignore[method-assign]  # what the platform tells, in a test's hands
    sizes: list[int] = []
    for _ in range(30):  # an hour
        feed.now += EVERY
        feed.platform.asked = []
        await feed.runner.poll_once(BACKOFF)
        sizes.append(len(feed.platform.asked))
        left = told().left

    assert sizes[0] == FIRST
    assert 0 < max(sizes[1:]) <= 500 * SHARE / 30
    assert left > 1 - SHARE


def test_what_we_hid_and_somebody_approved_is_no_longer_hidden_by_us() -> None:
    inbox = Inbox()
    held = structs.replace(comment("bonjour", id="c1"), moderation="held")
    inbox.apply(seen(held))
    inbox.apply(Hidden(at=NOON, by="lou", key="museum/c1", hidden=True))
    assert inbox.items["museum/c1"].hidden

    inbox.apply(seen(structs.replace(held, moderation="")))

    assert not inbox.items["museum/c1"].hidden


def test_what_the_platform_holds_back_is_found_by_a_query() -> None:
    inbox = Inbox()
    inbox.apply(seen(comment(id="c1"), structs.replace(comment(id="c2"), moderation="held")))
    held = compile_query("is:held", inbox, now=NOON)

    assert [inbox.items.hot.ids[row] for row in filter(held, inbox.items.hot.rows())] == ["museum/c2"]


def test_a_second_look_tells_edits_from_what_is_as_before() -> None:
    inbox = Inbox()
    same, edited, gone = comment(id="same"), comment("avant", id="edited"), comment(id="gone")
    inbox.apply(seen(same, edited, gone))
    inbox.apply(Claimed(at=NOON, by="lou", keys=("museum/edited",)))
    after = comment("après", id="edited")
    found: list[Comment | Gone] = [same, after, Gone(native_id="gone", why="deleted"), Gone(native_id="never seen")]
    assert changed_since(inbox, "museum", found) == ([after], [Gone(native_id="gone", why="deleted")])


def test_a_comment_whose_post_was_deleted_stays_where_it_stood() -> None:
    inbox = Inbox()
    inbox.apply(seen(comment("avant", id="c1", post="p1")))
    orphan = comment("après", id="c1", post="")
    (kept,), _ = changed_since(inbox, "museum", [orphan])
    assert (kept.post_id, kept.text) == ("p1", "après")


async def test_health_tells_the_last_comment_the_budget_and_the_tokens_end() -> None:
    feed = Feed()
    feed.platform.answer = lambda: Batch(comments=(comment("1"),), cursor="2")
    feed.platform.left = Budget(0.25, (NOON + timedelta(minutes=5)).timestamp())
    feed.platform.end = NOON + timedelta(days=3)

    await feed.runner.poll_once(BACKOFF)

    health = feed.runner.health
    assert health.heard_at == min(comment("1").created_at, NOON)
    assert (health.budget, health.budget_until, health.ends_at) == (
        0.25,
        NOON + timedelta(minutes=5),
        NOON + timedelta(days=3),
    )


async def test_a_source_that_was_lively_before_the_start_and_says_nothing_now_is_silent() -> None:
    feed = Feed()
    lively = [comment(str(n), at=NOON - timedelta(minutes=n)) for n in range(20)]
    feed.inbox.apply(seen(*lively))
    feed.now = NOON + timedelta(hours=7)

    await feed.runner.poll_once(BACKOFF)

    assert (feed.runner.health.silent, feed.runner.health.heard_at) == (True, NOON)


async def test_a_connector_that_cannot_tell_how_it_is_stays_well() -> None:
    feed = Feed()

    def broken() -> Budget | None:
        raise ZeroDivisionError

    feed.platform.budget = broken  # type: ignore[method-assign]  # a stranger's mistake
    await feed.runner.poll_once(BACKOFF)

    assert (feed.runner.health.state, feed.runner.health.budget) == ("ok", None)
