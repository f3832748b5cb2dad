"""fold(events) -> inbox: the one place where an event becomes what the desk shows."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import ClassVar

from msgspec import Struct, field, structs

from connectors._model import Comment, Cursor, Post
from inbox import barometer
from inbox.approvals import PRESENT, Approvals
from inbox.columns import DANGER, OPEN
from inbox.duty import Duty
from inbox.events import (
    Alerted,
    AnyEvent,
    Approved,
    Captured,
    Claimed,
    Corrected,
    CrisisBegan,
    CrisisEnded,
    CrisisTicked,
    Delivery,
    Erased,
    Forgotten,
    HeldEverything,
    Hidden,
    Noted,
    OnWatch,
    Queued,
    Released,
    RetentionSet,
    Seen,
    SentBack,
    SituationBegan,
    SituationEnded,
    StateSet,
    Submitted,
    Suspected,
    TextKept,
    Undone,
    WaveFollowed,
    WaveInherited,
    WentAway,
)
from inbox.evidence.kept import Kept
from inbox.item import CLOSED, Item, Note, TriageState, key_of, seen_again
from inbox.outbox import COUNTS, REPEATABLE, TO_A_PERSON, DeliveryState, Kind, OutboxEntry
from inbox.reach import Reaches
from inbox.retention import Retention
from inbox.shelf import Shelf
from inbox.tallies import Heat, keep, keep_in_order, remind
from inbox.unsent import Unsent
from inbox.weather import Weather, WeatherEvent
from inbox.weighing import forget, weigh
from scoring.assessment import Assessment

SETTLED = frozenset({*CLOSED, TriageState.SNOOZED})
"""States in which nobody looks at an item now."""
_FEARED = OPEN | DANGER
MINUTES_KEPT = 24 * 60
"""Minutes for which arrivals are counted."""


class Inbox(Struct):
    """The state that a desk's events add up to; one writer.

    A field is all it takes to be kept: snapshots (`inbox/snapshot.py`) write every one by its type.

    Attributes:
        items: every item by key, in order of first sight; `items.hot` has what concerns many of them.
        posts: every post by (source, native id).
        cursors: where each source's next poll goes on.
        outbox: every sending by id, in order of decision.
        held_by: who holds everything back, or "".
        open_by_level: how many open items of each level.
        questions: the items whose visitors wait for an answer (`Item.is_asking`), by key: when each was written
            (`written_at`), Unix seconds.
        dangers: the open items that are critical or signal danger, by key: when each was seen first, Unix seconds.
        open_under: how many items are open under each (source, post).
        heat: what is heated or copied under each (source, post), for posts where anything is.
        snoozed: keys of the items that come back at a time.
        arrivals: comments written in each minute since 1970, for the last day.
        quarters: comments of each level under each post, by the quarter of an hour they were written in.
        pending: ids of the sendings whose last word is not spoken, in order of decision.
        sendings_for: ids of the sendings about each item.
        rejected: ids of the sendings that were refused and not dealt with.
        hands: how many open items each operator's hand is on.
        sent_ids: (source, remote id) of what we published, to recognise its echo.
        duty: who is on watch, and what they were told.
        weather: what holds over the whole desk.
        reach: how far each comment carries.
        published: ids of the notices and threads, in order of decision.
        about: ids of the sendings that change or wait for another one, by that one's id.
        thread_posts: the thread that comments under each (source, post) are written in, where it is one of ours.
        unsent: texts that operators began.
        evidence: how far the chain of evidence has come.
        erased: keyed hashes of the accounts that were erased.
        approvals: what waits for a second pair of eyes.
        blocks: ids of the sendings that keep somebody away, in order of decision.
        heard: when each operator last decided something: whoever is alone on duty is alone by this.
        retention: for how long comments are kept, and what that has taken.
    """

    items: Shelf = field(default_factory=Shelf)
    posts: dict[tuple[str, str], Post] = {}
    cursors: dict[str, Cursor] = {}
    outbox: dict[str, OutboxEntry] = {}
    held_by: str = ""
    held_at: datetime | None = None
    open_by_level: list[int] = field(default_factory=lambda: [0, 0, 0, 0])
    questions: dict[str, float] = {}
    dangers: dict[str, float] = {}
    open_under: dict[tuple[str, str], int] = {}
    heat: dict[tuple[str, str], Heat] = {}
    snoozed: set[str] = set()
    arrivals: dict[int, int] = {}
    quarters: barometer.Quarters = field(default_factory=barometer.Quarters)
    pending: dict[str, None] = {}
    sendings_for: dict[str, list[str]] = {}
    rejected: dict[str, None] = {}
    hands: dict[str, int] = {}
    sent_ids: dict[tuple[str, str], str] = {}
    duty: Duty = field(default_factory=Duty)
    weather: Weather = field(default_factory=Weather)
    reach: Reaches = field(default_factory=Reaches)
    published: dict[str, None] = {}
    about: dict[str, list[str]] = {}
    thread_posts: dict[tuple[str, str], str] = {}
    unsent: Unsent = field(default_factory=Unsent)
    evidence: Kept = field(default_factory=Kept)
    erased: set[str] = set()
    approvals: Approvals = field(default_factory=Approvals)
    blocks: dict[str, None] = {}
    heard: dict[str, datetime] = {}
    retention: Retention = Retention()

    def apply(self, event: AnyEvent) -> Iterable[str]:
        """Fold one event in; return the keys of the items it touched."""
        if event.by and type(event) in PRESENT:
            self.heard[event.by] = event.at
        return self.HANDLERS[type(event)](self, event)

    # -- arrivals ----------------------------------------------------------------------------------

    def _seen(self, event: Seen) -> Iterable[str]:
        for post in event.posts:
            self.posts[event.source, post.native_id] = post
        if event.cursor is not None:
            self.cursors[event.source] = event.cursor
        for key, wave in event.waves.items():
            self._join(key, wave)
        touched = [
            self._take(event, comment, assessment)
            for comment, assessment in zip(event.comments, event.assessments, strict=True)
        ]
        return [*touched, *event.waves]

    def _join(self, key: str, wave: str) -> None:
        item = self.items.get(key)
        if item is None or item.own or item.wave == wave:
            return
        self.put(structs.replace(item, wave=wave))

    def _take(self, event: Seen, comment: Comment, assessment: Assessment) -> str:
        key = key_of(event.source, comment.native_id)
        known = self.items.get(key)
        self.reach.hear(key, comment, event.at)
        if known is not None:
            self.put(seen_again(known, comment, assessment))
            return key
        own = comment.author.is_self or (event.source, comment.native_id) in self.sent_ids
        wave = "" if own else event.waves.get(key, "")
        self.put(
            Item(
                key=key,
                source=event.source,
                comment=comment,
                assessment=assessment,
                first_seen=event.at,
                own=own,
                wave=wave,
                state=TriageState.DONE if own else TriageState.NEW,
            )
        )
        if not own:
            self._count_arrival(min(comment.created_at, event.at))
            parent = self.items.get(key_of(event.source, comment.parent_id or ""))
            if parent is not None:
                self.reach.answered(parent.key, parent.comment, event.at)
        return key

    def _count_arrival(self, at: datetime) -> None:
        minute = int(at.timestamp() // 60)
        self.arrivals[minute] = self.arrivals.get(minute, 0) + 1
        if len(self.arrivals) > 2 * MINUTES_KEPT:
            newest = max(self.arrivals)
            self.arrivals = {m: n for m, n in self.arrivals.items() if m > newest - MINUTES_KEPT}

    def _went_away(self, event: WentAway) -> Iterable[str]:
        return self._change(event.keys, gone=event.why)

    # -- triage ------------------------------------------------------------------------------------

    def _state_set(self, event: StateSet) -> Iterable[str]:
        return self._change(
            event.keys, state=event.state, snoozed_until=event.until, changed_at=event.at, changed_by=event.by
        )

    def _inherited(self, event: WaveInherited) -> Iterable[str]:
        self.weather.apply(event)
        return self._change(event.keys, state=TriageState.DONE, changed_at=event.at, changed_by=event.by)

    def _claimed(self, event: Claimed) -> Iterable[str]:
        for key in event.keys:
            item = self.items.get(key)
            if item is None:
                continue
            state = TriageState.CLAIMED if item.state is TriageState.NEW else item.state
            self.put(structs.replace(item, claimed_by=event.by, state=state, changed_at=event.at, changed_by=event.by))
        return event.keys

    def _released(self, event: Released) -> Iterable[str]:
        for key in event.keys:
            item = self.items.get(key)
            if item is None:
                continue
            state = TriageState.NEW if item.state is TriageState.CLAIMED else item.state
            self.put(structs.replace(item, claimed_by="", state=state, changed_at=event.at, changed_by=event.by))
        return event.keys

    def _corrected(self, event: Corrected) -> Iterable[str]:
        return self._change(event.keys, corrected=event.level)

    def _noted(self, event: Noted) -> Iterable[str]:
        item = self.items.get(event.key)
        if item is not None:
            self.put(structs.replace(item, notes=(*item.notes, Note(event.at, event.by, event.text))))
        return (event.key,)

    def _undone(self, event: Undone) -> Iterable[str]:
        self.weather.apply(event)
        for before in event.before:
            item = self.items.get(before.key)
            if item is not None:
                self.put(
                    structs.replace(
                        item,
                        state=before.state,
                        claimed_by=before.claimed_by,
                        corrected=before.corrected,
                        snoozed_until=before.snoozed_until,
                        suspected=before.suspected,
                        changed_at=event.at,
                        changed_by=event.by,
                    )
                )
        return [before.key for before in event.before]

    # -- sendings ----------------------------------------------------------------------------------

    def _queued(self, event: Queued) -> Iterable[str]:
        for entry in event.entries:
            self.outbox[entry.id] = entry
            keep_in_order(self.pending, entry.id, wanted=entry.is_pending)
            if entry.target:
                self.sendings_for.setdefault(entry.target, []).append(entry.id)
            if entry.kind in {Kind.NOTICE, Kind.THREAD}:
                self.published[entry.id] = None
            if entry.kind is Kind.BLOCK:
                self.blocks[entry.id] = None
            if changed := entry.about or entry.waits_for:
                self.about.setdefault(changed, []).append(entry.id)
        return [entry.target for entry in event.entries if entry.target]

    def _delivery(self, event: Delivery) -> Iterable[str]:
        entry = self.outbox.get(event.entry)
        if entry is None:
            return ()
        sending = event.state is DeliveryState.SENDING
        first_sent_at = (entry.first_sent_at or event.at) if sending else entry.first_sent_at
        in_doubt = entry.in_doubt or event.state is DeliveryState.UNKNOWN
        if event.state is DeliveryState.QUEUED and not in_doubt:
            first_sent_at = None  # it certainly did not leave, so it can be taken back again
        entry = structs.replace(
            entry,
            state=event.state,
            outgoing=event.outgoing or entry.outgoing,
            due_at=event.due_at or entry.due_at,
            attempts=entry.attempts + sending,
            first_sent_at=first_sent_at,
            last_sent_at=event.at if sending else entry.last_sent_at,
            in_doubt=in_doubt,
            receipt=event.receipt or entry.receipt,
            message=event.message,
            hint=event.hint,
        )
        if event.state is DeliveryState.BY_HAND:
            entry = structs.replace(entry, settled_by=event.by, settled_at=event.at)
        self.outbox[entry.id] = entry
        keep_in_order(self.pending, entry.id, wanted=entry.is_pending)
        keep_in_order(self.rejected, entry.id, wanted=entry.state is DeliveryState.REJECTED)
        if entry.state is DeliveryState.SENT and entry.receipt is not None:
            if entry.kind not in REPEATABLE:  # hiding a visitor's comment is known by its id, which stays theirs
                self.sent_ids[entry.source, entry.receipt.remote_id] = entry.id
                self._own_echo(key_of(entry.source, entry.receipt.remote_id))
            if entry.kind is Kind.THREAD:
                self.thread_posts[entry.source, entry.receipt.thread_id] = entry.id
            self._changed_own(entry, event)
        if entry.state is DeliveryState.TAKEN_BACK:
            self.unsent.taken_back(entry.act)
        elif entry.state in {DeliveryState.SENT, DeliveryState.BY_HAND}:
            self.unsent.arrived(entry.act)
        if entry.state in {DeliveryState.SENT, DeliveryState.BY_HAND} and entry.kind is Kind.REPLY:
            self._answered(entry, event)
        return (entry.target,) if entry.target else ()

    def _changed_own(self, entry: OutboxEntry, event: Delivery) -> None:
        """Let what we said read as it does now; what was deleted no longer counts as an answer."""
        said = self.outbox.get(entry.about)
        if said is None or entry.kind not in {Kind.EDIT, Kind.DELETE}:
            return
        if entry.kind is Kind.EDIT and entry.outgoing is not None and said.outgoing is not None:
            outgoing = structs.replace(said.outgoing, text=entry.outgoing.text)
            self.outbox[said.id] = structs.replace(said, outgoing=outgoing)
        elif entry.kind is Kind.DELETE:
            self.outbox[said.id] = structs.replace(said, state=DeliveryState.RETRACTED)
            self._unanswered(said.target, event)

    def _unanswered(self, key: str, event: Delivery) -> None:
        item = self.items.get(key)
        answered = any(e.kind in TO_A_PERSON and e.state in COUNTS for e in self.sendings(key))
        if item is not None and item.state is TriageState.ANSWERED and not answered:
            state = TriageState.CLAIMED if item.claimed_by else TriageState.NEW
            self.put(structs.replace(item, state=state, changed_at=event.at, changed_by=event.by))

    def _text_kept(self, event: TextKept) -> Iterable[str]:
        place = event.by, event.key, event.kind
        if event.act:
            self.unsent.leave(place, event.act)
        else:
            self.unsent.keep(place, event.texts)
        return (event.key,)

    def _own_echo(self, key: str) -> None:
        # the platform's echo may have arrived before its receipt did
        echo = self.items.get(key)
        if echo is not None and not echo.own:
            self.put(structs.replace(echo, own=True, state=TriageState.DONE))

    def _answered(self, entry: OutboxEntry, event: Delivery) -> None:
        item = self.items.get(entry.target)
        # a reply never closes what may be unlawful or dangerous: that has its own queue
        if item is not None and not item.is_danger and item.state is not TriageState.DONE:
            self.put(structs.replace(item, state=TriageState.ANSWERED, changed_at=event.at, changed_by=entry.by))

    def _held(self, event: HeldEverything) -> Iterable[str]:
        self.held_by = (event.by or "?") if event.held else ""
        self.held_at = event.at if event.held else None
        return ()

    def _hidden(self, event: Hidden) -> Iterable[str]:
        return self._change((event.key,), hidden=event.hidden)

    def _suspected(self, event: Suspected) -> Iterable[str]:
        """What is suspected is open, whatever was decided of it before: it has a queue and a clock of its own."""
        touched = self._change(event.keys, suspected=event.suspected, changed_at=event.at, changed_by=event.by)
        settled = [key for key in touched if self.items[key].state in SETTLED] if event.suspected else []
        self._change(settled, state=TriageState.NEW, snoozed_until=None)
        return touched

    # -- parts of their own ------------------------------------------------------------------------

    def _captured(self, event: Captured) -> Iterable[str]:
        return self.evidence.apply(event)

    def _on_duty(self, event: Alerted | OnWatch) -> Iterable[str]:
        return self.duty.apply(event)

    def _weather(self, event: WeatherEvent) -> Iterable[str]:
        return self.weather.apply(event)

    def _erased(self, event: Erased) -> Iterable[str]:
        self.erased.update(event.marks)
        return ()

    def _approval(self, event: Submitted | Approved | SentBack) -> Iterable[str]:
        if isinstance(event, SentBack):
            self.unsent.taken_back(event.submission)
        return self.approvals.apply(event)

    def _retained(self, event: RetentionSet | Forgotten) -> Iterable[str]:
        self.retention = self.retention.after(event)
        if isinstance(event, RetentionSet):
            return ()
        forget(self, event.keys, event.entries)
        oldest = int(event.at.timestamp() // 60) - MINUTES_KEPT
        self.arrivals = {minute: n for minute, n in self.arrivals.items() if minute > oldest}
        return event.keys

    # -- bookkeeping -------------------------------------------------------------------------------

    def _change(self, keys: Iterable[str], **fields: object) -> list[str]:
        touched = []
        for key in keys:
            item = self.items.get(key)
            if item is not None:
                self.put(structs.replace(item, **fields))
                touched.append(key)
        return touched

    def put(self, item: Item) -> None:
        """Keep an item, new or changed, and count it."""
        old, new = self.items.put(item)
        barometer.count(self.quarters, old, new)
        if old is not None:
            weigh(self, old, -1)
        weigh(self, new, 1)
        remind(self.questions, new.key, new.at if item.is_asking else None)
        feared = new.flags & _FEARED == _FEARED
        remind(self.dangers, new.key, item.first_seen.timestamp() if feared else None)
        keep(self.snoozed, new.key, wanted=new.state is TriageState.SNOOZED)

    # -- small questions ---------------------------------------------------------------------------

    def post_of(self, item: Item) -> Post | None:
        """Return the post an item stands under, if it is known."""
        return self.posts.get((item.source, item.comment.post_id))

    def foreseen(self, keys: Iterable[str], events: Iterable[AnyEvent]) -> list[Item]:
        """Return how these items will be after `events`, which are not folded in."""
        aside = Inbox()
        for key in keys:
            aside.put(self.items[key])
        for event in events:
            aside.apply(event)
        return list(aside.items.values())

    def sendings(self, key: str) -> list[OutboxEntry]:
        """List what was or will be sent about an item, oldest first."""
        return [self.outbox[i] for i in self.sendings_for.get(key, ())]

    def is_closed(self, key: str) -> bool:
        """Whether an item is done with (or unknown)."""
        item = self.items.hot.get(key)
        return item is None or item.state in CLOSED

    HANDLERS: ClassVar[dict[type, Callable[..., Iterable[str]]]] = {
        Seen: _seen,
        WentAway: _went_away,
        StateSet: _state_set,
        Claimed: _claimed,
        Released: _released,
        Corrected: _corrected,
        Noted: _noted,
        Queued: _queued,
        Delivery: _delivery,
        TextKept: _text_kept,
        HeldEverything: _held,
        Hidden: _hidden,
        Suspected: _suspected,
        Undone: _undone,
        Captured: _captured,
        Alerted: _on_duty,
        OnWatch: _on_duty,
        SituationBegan: _weather,
        SituationEnded: _weather,
        WaveFollowed: _weather,
        WaveInherited: _inherited,
        CrisisBegan: _weather,
        CrisisEnded: _weather,
        CrisisTicked: _weather,
        Erased: _erased,
        Submitted: _approval,
        Approved: _approval,
        SentBack: _approval,
        RetentionSet: _retained,
        Forgotten: _retained,
    }
    """What each kind of event does."""
