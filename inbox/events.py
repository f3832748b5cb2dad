"""The events: everything that ever happened on a desk, in the words the journal keeps."""

from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec import Struct

from connectors._model import Comment, Cursor, Moment, Outgoing, Post, Receipt
from inbox.alerts.model import Alert
from inbox.approval import Approval, Why
from inbox.evidence.chain import Part
from inbox.item import TriageState
from inbox.outbox import DeliveryState, OutboxEntry
from inbox.situations.model import Reason, Situation
from scoring.assessment import Assessment, RiskLevel


class Event(Struct, frozen=True, kw_only=True, tag_field="e"):
    """What every event says.

    Attributes:
        at: when, aware.
        by: the operator who did it; "" for the engine itself.
    """

    at: Moment
    by: str = ""


class Seen(Event, frozen=True, kw_only=True, tag="comment.seen"):
    """A page of comments arrived; the cursor in the same line makes "read once" true across a crash.

    Attributes:
        source: where from.
        comments: new or edited comments.
        assessments: one for each comment, in order.
        waves: the wave of each comment that has one, by key; earlier comments that turn out to belong are named too.
        posts: the posts they stand under.
        cursor: where the next poll goes on; None leaves it as it was.
    """

    source: str
    comments: tuple[Comment, ...]
    assessments: tuple[Assessment, ...]
    waves: dict[str, str] = {}
    posts: tuple[Post, ...] = ()
    cursor: Cursor | None = None


class WentAway(Event, frozen=True, kw_only=True, tag="comment.gone"):
    """The platform no longer shows these comments."""

    keys: tuple[str, ...]
    why: str


class StateSet(Event, frozen=True, kw_only=True, tag="state.set"):
    """Items moved to a triage state, all by one act."""

    keys: tuple[str, ...]
    state: TriageState
    act: str = ""
    until: Moment | None = None


class Claimed(Event, frozen=True, kw_only=True, tag="claimed"):
    """An operator put a hand on these items."""

    keys: tuple[str, ...]
    act: str = ""


class Released(Event, frozen=True, kw_only=True, tag="released"):
    """An operator took the hand away."""

    keys: tuple[str, ...]
    act: str = ""


class Corrected(Event, frozen=True, kw_only=True, tag="corrected"):
    """An operator says this comment's level is another one (None: as scored)."""

    keys: tuple[str, ...]
    level: RiskLevel | None
    act: str = ""


class Noted(Event, frozen=True, kw_only=True, tag="note.added"):
    """An operator wrote a note beside an item."""

    key: str
    text: str


class Queued(Event, frozen=True, kw_only=True, tag="outbox.queued"):
    """Sendings were decided; durable before anything leaves."""

    entries: tuple[OutboxEntry, ...]


class Delivery(Event, frozen=True, kw_only=True, tag="outbox.delivery"):
    """A sending changed its state.

    Attributes:
        entry: the entry's id.
        state: where it stands now.
        outgoing: the exact text, recorded with SENDING when a link was filled in or it was edited.
        due_at: a later time to leave, when it goes back to QUEUED.
        receipt: with SENT.
        message: with REJECTED, UNKNOWN or QUEUED again.
        hint: what can be done.
    """

    entry: str
    state: DeliveryState
    outgoing: Outgoing | None = None
    due_at: Moment | None = None
    receipt: Receipt | None = None
    message: str = ""
    hint: str = ""


class TextKept(Event, frozen=True, kw_only=True, tag="text.kept"):
    """An operator's unsent text about an item changed, for that operator alone.

    Attributes:
        key: the item it is about.
        kind: what kind of text it is ("reply", "notice", "thread" ...).
        texts: its fields; none: it is thrown away.
        act: the act that sends it, with which it leaves; else "".
    """

    key: str
    kind: str
    texts: dict[str, str] = {}
    act: str = ""


class HeldEverything(Event, frozen=True, kw_only=True, tag="held"):
    """Nothing leaves the house until it is released; or it was released."""

    held: bool


class Hidden(Event, frozen=True, kw_only=True, tag="hidden"):
    """A comment was hidden from the public by us, or shown again."""

    key: str
    hidden: bool


class Suspected(Event, frozen=True, kw_only=True, tag="suspected"):
    """An operator says that comments are suspected of being unlawful, or not after all."""

    keys: tuple[str, ...]
    suspected: bool
    reason: str
    act: str = ""


class Before(Struct, frozen=True, array_like=True):
    """How an item stood before an act."""

    key: str
    state: TriageState
    claimed_by: str
    corrected: RiskLevel | None
    snoozed_until: Moment | None = None
    suspected: bool | None = None


class Undone(Event, frozen=True, kw_only=True, tag="undone"):
    """An operator took an act back."""

    act: str
    before: tuple[Before, ...]


class Alerted(Event, frozen=True, kw_only=True, tag="alerted"):
    """Whoever is on watch was told what could not wait.

    Attributes:
        alerts: what was told.
        over: ids of earlier alerts that no longer hold: the same again would be news.
        failed: channels that did not take it.
    """

    alerts: tuple[Alert, ...] = ()
    over: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()


class OnWatch(Event, frozen=True, kw_only=True, tag="watch.taken"):
    """Somebody is on watch from now on; alerts go to them.

    Attributes:
        operator: who; "" when nobody is.
        note: what the one before hands over.
    """

    operator: str
    note: str = ""


class SituationBegan(Event, frozen=True, kw_only=True, tag="situation.began"):
    """A situation was called under a post; announced once.

    Attributes:
        post: the post, "SOURCE/POST".
        situation: which.
        since: key of the comment at which it was called.
        began: that comment's time.
        reason: why.
    """

    post: str
    situation: Situation
    since: str
    began: Moment
    reason: Reason


class SituationEnded(Event, frozen=True, kw_only=True, tag="situation.ended"):
    """A situation announced before is over.

    Attributes:
        post: the post, "SOURCE/POST".
        situation: which.
        until: when it ended.
        absorbed: whether it turned out to be part of a graver one.
    """

    post: str
    situation: Situation
    until: Moment
    absorbed: bool = False


class WaveFollowed(Event, frozen=True, kw_only=True, tag="wave.followed"):
    """An operator decided that later copies of these waves are done like those that are there."""

    waves: tuple[str, ...]
    act: str
    until: Moment


class WaveInherited(Event, frozen=True, kw_only=True, tag="wave.inherited"):
    """Comments that came late were done like the rest of their wave, as `by` had decided in `act`."""

    keys: tuple[str, ...]
    act: str


class CrisisBegan(Event, frozen=True, kw_only=True, tag="crisis.began"):
    """Crisis mode was switched on, or prolonged.

    Attributes:
        until: when it ends by itself.
        posts: the posts that were flooded, as "SOURCE/POST".
        topics: the exhibitions they belong to.
    """

    until: Moment
    posts: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


class CrisisEnded(Event, frozen=True, kw_only=True, tag="crisis.ended"):
    """Crisis mode was switched off, or its time was over (`by` is "")."""


class CrisisTicked(Event, frozen=True, kw_only=True, tag="crisis.ticked"):
    """A step of the crisis checklist was done by hand, or not after all."""

    step: str
    done: bool


class Captured(Event, frozen=True, kw_only=True, tag="captured"):
    """A comment was kept as evidence; what stands here is sealed over the record before it.

    Attributes:
        key: the comment.
        parts: "author", "comment", "post" and "capture", each with a digest of its own (`inbox.evidence.chain`).
        previous: the seal of the record before, or `chain.FIRST`.
        seal: the seal of this one.
        act: the operator's act it is part of.
    """

    key: str
    parts: dict[str, Part]
    previous: str
    seal: str
    act: str = ""


class Erased(Event, frozen=True, kw_only=True, tag="erased"):
    """A person was forgotten: every file was written again without them.

    Attributes:
        marks: keyed hashes of their accounts (`inbox/erasure.py`), by which what they write later is recognised.
    """

    marks: tuple[str, ...]


class Submitted(Event, frozen=True, kw_only=True, tag="submitted"):
    """An act waits for a second pair of eyes; nothing of it has left.

    Attributes:
        id: its id, which becomes the act's.
        act: the act as plain values (`inbox.desk.Act`).
        keys: the comments it is about.
        why: why it needs a second pair of eyes.
        heading: why the gate refuses the joke that is to be told all the same, or "".
        reason: why its author would tell it all the same, or "".
    """

    id: str
    act: dict[str, Any]
    keys: tuple[str, ...]
    why: tuple[Why, ...]
    heading: str = ""
    reason: str = ""


class Approved(Event, frozen=True, kw_only=True, tag="approved"):
    """A second person gave their word for a submission; what it sends stands in the same transaction.

    Attributes:
        submission: its id.
        approval: the word.
    """

    submission: str
    approval: Approval


class SentBack(Event, frozen=True, kw_only=True, tag="sent_back"):
    """A submission went back to its author, or its author withdrew it.

    Attributes:
        submission: its id.
        said: what the author is told.
    """

    submission: str
    said: str = ""


class RetentionSet(Event, frozen=True, kw_only=True, tag="retention.set"):
    """For how long comments are kept was announced.

    Attributes:
        days: by source, "" for every other one; 0 keeps everything.
        begins: from when on older ones are forgotten; None where nothing is.
        waiting: how many comments were older when it was announced.
    """

    days: dict[str, int]
    begins: Moment | None = None
    waiting: int = 0


class Forgotten(Event, frozen=True, kw_only=True, tag="forgotten"):
    """Comments were older than their source is kept for: they are on this desk no more.

    Attributes:
        keys: which; empty once no file holds them any longer.
        entries: ids of what was sent about them; likewise.
        counts: how many of each source.
    """

    keys: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    counts: dict[str, int] = {}


AnyEvent = (
    Seen
    | WentAway
    | StateSet
    | Claimed
    | Released
    | Corrected
    | Noted
    | Queued
    | Delivery
    | TextKept
    | HeldEverything
    | Hidden
    | Suspected
    | Undone
    | Captured
    | Alerted
    | OnWatch
    | SituationBegan
    | SituationEnded
    | WaveFollowed
    | WaveInherited
    | CrisisBegan
    | CrisisEnded
    | CrisisTicked
    | Erased
    | Submitted
    | Approved
    | SentBack
    | RetentionSet
    | Forgotten
)
"""Every kind of event."""

_encoder = msgspec.json.Encoder()
_decoder: msgspec.json.Decoder[AnyEvent] = msgspec.json.Decoder(AnyEvent)


def encode(events: Sequence[AnyEvent]) -> list[bytes]:
    """Turn events into journal documents."""
    return [_encoder.encode(event) for event in events]


def decode(document: bytes) -> AnyEvent:
    """Read one journal document.

    Raises:
        msgspec.ValidationError: the document is not an event this version knows.
    """
    return _decoder.decode(document)
