"""Rehearsal: a scripted storm on an invented museum's pages that accepts every answer, with no account and no network."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import ClassVar

import msgspec
from msgspec import structs

from connectors._contract import Connector, Options
from connectors._errors import UnreachableError
from connectors._http import Http
from connectors._model import (
    Batch,
    Capability,
    Comment,
    Cursor,
    Gone,
    Idempotency,
    Identity,
    Measure,
    NotSent,
    Outcome,
    Outgoing,
    Receipt,
    Rejected,
    Sent,
    Support,
    Traits,
    Unknown,
    Writing,
)
from connectors._rehearsal.faults import Fault, Faults
from connectors._rehearsal.measures import measured
from connectors._rehearsal.options import RehearsalOptions
from connectors._rehearsal.place import Place, read_cursor
from connectors._rehearsal.plan import Plan
from connectors._rehearsal.platform import (
    KEY_TTL,
    PIN_LIMIT,
    Kind,
    Memory,
    Platform,
    Reported,
    SentItem,
    Span,
    sent_item,
)
from connectors._rehearsal.script import Script, read_script
from connectors._rehearsal.world import BASE, World
from connectors._text import SafeText, sanitise

PAGE = 200
"""Comments in one page of a poll, at most."""
SHORTEST_WAIT = 0.25
LONGEST_WAIT = 0.5
"""Bounds in seconds of one wait of the stream: a fast story is batched, an answer of ours is soon echoed."""

_NOT_PINNED = f"published, but not pinned: {PIN_LIMIT} notices are pinned under this post already"
_NOTHING_LEAVES = "rehearsal: nothing leaves this machine"


def _now() -> datetime:
    return datetime.now(UTC)


def _support(can_do: dict[Capability, str]) -> dict[Capability, Support]:
    return {capability: Support("yes", f"{_NOTHING_LEAVES}; {reason}") for capability, reason in can_do.items()}


class Rehearsal(Connector):
    """One pretended account of an invented museum on eight networks at once."""

    name: ClassVar[str] = "rehearsal"
    options_type: ClassVar[type[Options]] = RehearsalOptions
    traits = Traits(
        label="Rehearsal",
        code="re",
        poll_interval=1.0,
        idempotency=Idempotency.KEY,
        key_ttl=KEY_TTL - 600,
        pin_scope="thread",
        pin_limit=PIN_LIMIT,
        bulk_size=50,
        send_interval=0.2,
    )
    capabilities = _support(
        {
            Capability.REPLY: "a visitor may answer back",
            Capability.STREAM: "the script's clock says when",
            Capability.THREAD: "the whole conversation is in the script",
            Capability.READ_BACK: "what was sent is found by its client id",
            Capability.HIDE: "the comment is marked hidden, its author is not told",
            Capability.DELETE: "the comment is gone from the story",
            Capability.SPAM: "the comment is marked hidden, as by any filter",
            Capability.MUTE: "the author's later comments do not arrive",
            Capability.REPORT: "the report is written down and nobody reads it",
            Capability.LOCK: "the script's later comments on the post do not arrive",
            Capability.PIN_NOTICE: f"the notice stands first under its post, at most {PIN_LIMIT} at once",
            Capability.OPEN_THREAD: "a page opens, and a few visitors of the script come",
            Capability.EDIT_OWN: "it reads otherwise from the next look on",
        }
    )

    def __init__(
        self,
        source: str,
        options: RehearsalOptions,
        http: Http,
        *,
        clock: Callable[[], datetime] = _now,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Prepare the rehearsal; `clock` (aware) and `sleep` (seconds) are replaced by tests, `http` is never used."""
        super().__init__(source, options, http)
        self._options = options
        self._clock = clock
        self._sleep = sleep
        self._platform = Platform(options.state)
        self._playing: World | None = None
        self._reached: Place | None = None
        self.faults = Faults(options.fail, options.seed)

    # -- the story ---------------------------------------------------------------------------------

    @cached_property
    def _plan(self) -> Plan:
        o = self._options
        return Plan(self._script, seed=o.seed, speed=o.speed, comments=o.comments, rate=o.rate)

    @cached_property
    def _script(self) -> Script:
        return read_script(self._options.script, self._options.scenario)

    def _world(self, start: datetime | None = None) -> World:
        """Return the story as begun at `start`: the cursor's, else the running one's, the options', the file's, now."""
        if self._playing is None or (start is not None and start != self._playing.start):
            begun = start or self._options.start or self._platform.read().start or self._clock()
            o = self._options
            self._playing = World(self._script, self._plan, seed=o.seed, speed=o.speed, start=begun)
            if self._platform.read().start != begun:
                with self._platform.write() as memory:
                    memory.start = begun
        return self._playing

    def measure_under(self, network: str, text: str, writing: Writing = Writing.COMMENT) -> Measure:
        """Count `text` as the network does on which the answered comment pretends to be."""
        return measured(network, text, writing)

    # -- required ----------------------------------------------------------------------------------

    async def identify(self) -> Identity:
        """Name the invented museum."""
        house = self._script.house
        return Identity(
            account_id=f"house:{house.handle}",
            handle=sanitise(house.handle, single_line=True),
            name=sanitise(house.house, single_line=True),
            url=SafeText(BASE),
            server=SafeText("rehearsal"),
        )

    async def poll(self, cursor: Cursor | None) -> Batch:
        """Fetch the next page of the story, our own echoes and what visitors answered.

        Raises:
            ProtocolError: the cursor is not one of ours.
            UnreachableError: on request (`fail.polls`).
        """
        if self.faults.next_poll():
            raise UnreachableError("rehearsal: the platform does not answer (a failure on request)")
        place = read_cursor(cursor)
        world = self._world(place.start if place else None)
        place = place or Place(start=world.start)
        now, memory = self._clock(), self._platform.read()
        found: list[Comment] = []
        before = place.own
        place = self._own_page(world, memory, place, now, found)
        due = self._plan.count(world.elapsed(now))
        upto = max(place.story, min(due, place.story + PAGE - len(found)))
        arrivals = (world.arrival(n, memory, now) for n in range(place.story, upto))
        found += (comment for comment in arrivals if comment is not None)
        place = self._reached = structs.replace(place, story=upto)
        opened = [item.remote_id for item in memory.sent[before : place.own] if item.kind == "thread"]
        posts = (world.post(post_id, memory) for post_id in dict.fromkeys([*opened, *(c.post_id for c in found)]))
        return Batch(
            comments=tuple(found),
            cursor=msgspec.json.encode(place).decode(),
            posts=tuple(post for post in posts if post is not None),
            complete=upto >= due and not self._own_news(world, memory, place, now),
        )

    def _own_page(self, world: World, memory: Memory, place: Place, now: datetime, found: list[Comment]) -> Place:
        """Put echoes and reactions into `found`, half a page together at most; return how far they were read."""
        echoes = memory.sent[place.own : place.own + PAGE // 4]
        found += (world.echo(i, memory) for i in echoes if i.kind != "thread" and i.remote_id not in memory.deleted)
        ready = world.ready(memory, place.reaction, now)[: PAGE // 4]
        said = (world.reaction(reaction, memory) for reaction in ready)
        found += (comment for comment in said if comment is not None)
        reached = ready[-1] if ready else place.reaction
        return structs.replace(place, own=place.own + len(echoes), reaction=reached)

    def _own_news(self, world: World, memory: Memory, place: Place, now: datetime) -> bool:
        return place.own < len(memory.sent) or bool(world.ready(memory, place.reaction, now))

    async def fetch(self, ids: Sequence[str]) -> list[Comment | Gone]:
        """Ask again for comments by native id; ids that the story never had are left out."""
        world, memory, now = self._world(), self._platform.read(), self._clock()
        found = (world.look_up(native_id, memory, now) for native_id in ids)
        return [answer for answer in found if answer is not None]

    async def stream(self) -> AsyncIterator[None]:
        """Yield when a poll would bring something, at most four times a second however fast comments come."""
        while True:
            await self._sleep(self._wait())
            world, memory, now = self._world(), self._platform.read(), self._clock()
            place = self._reached or Place(start=world.start)
            if self._plan.count(world.elapsed(now)) > place.story or self._own_news(world, memory, place, now):
                yield

    def _wait(self) -> float:
        world = self._world()
        story = self._reached.story if self._reached else 0
        return min(LONGEST_WAIT, max(SHORTEST_WAIT, self._plan.due(story) - world.elapsed(self._clock())))

    # -- sending -----------------------------------------------------------------------------------

    async def send_reply(self, outgoing: Outgoing) -> Outcome:
        """Publish an answer, once for each client id."""
        return await self._send("reply", outgoing)

    async def pin_notice(self, outgoing: Outgoing) -> Outcome:
        """Publish a notice under `outgoing.post_id` and pin it there; with too many pins it is published only."""
        return await self._send("notice", outgoing)

    async def open_thread(self, outgoing: Outgoing) -> Outcome:
        """Open a discussion page; visitors of the script come to it."""
        return await self._send("thread", outgoing)

    async def _send(self, kind: Kind, outgoing: Outgoing) -> Outcome:
        def carry_out() -> Outcome:
            refusal = self._refusal(kind, outgoing)
            if refusal is not None:
                return refusal
            item = self._platform.publish(kind, self._with_post(outgoing), now=self._clock())
            asked = kind == "notice" or (kind == "thread" and outgoing.pin)
            pinned = not asked or item.remote_id in self._platform.read().pinned
            return Sent(self._world().receipt(item, "" if pinned else _NOT_PINNED))

        return await self._act(carry_out)

    def _with_post(self, outgoing: Outgoing) -> Outgoing:
        """Fill in the post where the caller named only the comment that is answered."""
        if outgoing.post_id or outgoing.parent_id is None:
            return outgoing
        found = self._world().look_up(outgoing.parent_id, self._platform.read(), self._clock())
        return structs.replace(outgoing, post_id=found.post_id if isinstance(found, Comment) else outgoing.parent_id)

    def _refusal(self, kind: Kind, outgoing: Outgoing) -> Rejected | None:
        world, memory = self._world(), self._platform.read()
        if not outgoing.text.strip():
            return Rejected(SafeText("rehearsal: an empty text was refused"))
        network = "" if kind == "thread" else world.network(self._with_post(outgoing).post_id)
        if not (taken := self.measure_under(network, outgoing.text)).fits:
            return Rejected(sanitise(f"rehearsal: {taken.refusal}"), sanitise(taken.way_on))
        if kind == "notice" and world.post(outgoing.post_id, memory) is None:
            return Rejected(sanitise(f"rehearsal: there is no post {outgoing.post_id!r} to pin a notice under"))
        parent = outgoing.parent_id
        if kind == "reply" and (parent is None or not self._answerable(parent, world, memory)):
            return Rejected(
                sanitise(f"rehearsal: the comment {parent!r} is not there (any more)"),
                SafeText("it was deleted by its author, or belongs to another story"),
            )
        return None

    def _answerable(self, parent: str, world: World, memory: Memory) -> bool:
        found = world.look_up(parent, memory, self._clock())
        return world.post(parent, memory) is not None or isinstance(found, Comment) or parent in memory.hidden

    async def unpin_notice(self, remote_id: str) -> Outcome:
        """Take a pinned notice down; its text stays."""

        def unpin(memory: Memory) -> str:
            if remote_id not in memory.pinned:
                return f"no notice {remote_id!r} is pinned"
            memory.pinned.remove(remote_id)
            return ""

        return await self._change(remote_id, unpin)

    async def edit_own(self, native_id: str, outgoing: Outgoing) -> Outcome:
        """Let one of our comments read otherwise."""

        def change(memory: Memory) -> str:
            said = sent_item(memory, native_id)
            if said is None or native_id in memory.deleted:
                return f"there is no comment {native_id!r} of ours"
            network = self._world().network(said[1].outgoing.post_id)
            if not (taken := self.measure_under(network, outgoing.text)).fits:
                return taken.refusal
            memory.edited[native_id] = outgoing.text
            return ""

        return await self._change(native_id, change)

    async def read_back(self, outgoing: Outgoing) -> Receipt | None:
        """Look for what was sent with this client id."""
        for item in self._platform.read().sent:
            if item.outgoing.client_id == outgoing.client_id:
                return self._world().receipt(item)
        return None

    def sent(self) -> list[SentItem]:
        """List every publication that the platform carried out, oldest first."""
        return list(self._platform.read().sent)

    # -- moderation --------------------------------------------------------------------------------

    async def thread(self, comment: Comment) -> list[Comment]:
        """Return the conversation around a comment, hidden and deleted comments left out."""
        return self._world().conversation(comment, self._platform.read(), self._clock())

    async def hide(self, native_id: str, *, hidden: bool) -> Outcome:
        """Hide a comment, or show it again."""

        def change(memory: Memory) -> str:
            missing = self._missing(native_id, memory)
            if not missing:
                memory.hidden = [other for other in memory.hidden if other != native_id] + [native_id] * hidden
            return missing

        return await self._change(native_id, change)

    def _missing(self, native_id: str, memory: Memory) -> str:
        there = isinstance(self._world().ever(native_id, memory, self._clock()), Comment)
        return "" if there and native_id not in memory.deleted else f"there is no comment {native_id!r}"

    async def delete(self, native_id: str) -> Outcome:
        """Delete a comment, a visitor's or our own; one that is deleted already is done with."""

        def change(memory: Memory) -> str:
            missing = "" if native_id in memory.deleted else self._missing(native_id, memory)
            if not missing and native_id not in memory.deleted:
                memory.deleted.append(native_id)
            return missing

        return await self._change(native_id, change)

    async def mark_spam(self, native_id: str) -> Outcome:
        """Hide a comment, as a filter would."""
        return await self.hide(native_id, hidden=True)

    async def mute(self, author_id: str, *, seconds: int | None) -> Outcome:
        """Stop hearing of an author for a while (None: until taken back; 0 takes back)."""

        def change(memory: Memory) -> str:
            _end(memory.muted, author_id, now := self._clock())
            if seconds != 0:
                until = None if seconds is None else now + timedelta(seconds=seconds)
                memory.muted.append(Span(key=author_id, since=now, until=until))
            return ""

        return await self._change(author_id, change)

    async def lock(self, post_id: str, *, locked: bool) -> Outcome:
        """Close a post to new comments, or open it again."""

        def change(memory: Memory) -> str:
            if self._world().post(post_id, memory) is None:
                return f"there is no post {post_id!r}"
            _end(memory.locked, post_id, now := self._clock())
            if locked:
                memory.locked.append(Span(key=post_id, since=now))
            return ""

        return await self._change(post_id, change)

    async def report(self, comment: Comment, *, reason: str) -> Outcome:
        """Write a report down."""

        def change(memory: Memory) -> str:
            memory.reports.append(Reported(native_id=comment.native_id, reason=reason, at=self._clock()))
            return ""

        return await self._change(comment.native_id, change)

    async def _change(self, key: str, change: Callable[[Memory], str]) -> Outcome:
        """Change the platform's memory; `change` returns why it is refused, or ""."""

        def carry_out() -> Outcome:
            self._world()
            with self._platform.write() as memory:
                refused = change(memory)
            if refused:
                return Rejected(sanitise(f"rehearsal: {refused}"))
            return Sent(Receipt(remote_id=key, at=self._clock(), url=SafeText(BASE)))

        return await self._act(carry_out)

    async def _act(self, carry_out: Callable[[], Outcome]) -> Outcome:
        """Take the time an act takes, and let it go wrong as requested."""
        await self._sleep(self._options.latency)
        match self.faults.next():
            case Fault.LOST:
                carry_out()
                return Unknown(SafeText("rehearsal: the answer was lost after the request had left"))
            case Fault.VANISHED:
                return Unknown(SafeText("rehearsal: time-out, the request may or may not have arrived"))
            case Fault.LIMIT:
                retry_after = self._options.fail.retry_after
                return NotSent(SafeText(f"rehearsal: 429, wait {retry_after:g} s"), retry_after)
            case Fault.DOWN:
                return NotSent(SafeText("rehearsal: connection refused"), self._options.fail.retry_after)
            case Fault.REJECT:
                return Rejected(SafeText("rehearsal: refused"), SafeText("a failure on request"))
            case _:
                return carry_out()


def _end(spans: list[Span], key: str, now: datetime) -> None:
    for span in spans:
        if span.key == key and (span.until is None or span.until > now):
            span.until = now


CONNECTOR = Rehearsal
