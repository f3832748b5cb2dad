"""Outbox: what is about to leave the house, what left, and what nobody knows."""

from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct, structs

from connectors._model import Outgoing, Receipt
from inbox.approval import Approval


class Countdown(Struct, frozen=True):
    """How long a decision waits before it leaves, during which `z` takes it back.

    Attributes:
        single: seconds for one sending.
        batch: seconds for an act that sends several things.
    """

    single: float = 10.0
    batch: float = 30.0

    def due_after(self, now: datetime, count: int) -> datetime:
        """When an act that sends `count` things leaves."""
        return now + timedelta(seconds=self.single if count == 1 else self.batch)


STANDARD = Countdown()
"""What a house that says nothing gets."""


class DeliveryState(StrEnum):
    """Where a sending stands; SENDING is durable before the platform is called."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    REJECTED = "rejected"
    UNKNOWN = "unknown"
    TAKEN_BACK = "taken_back"
    BY_HAND = "by_hand"
    RETRACTED = "retracted"


PENDING = frozenset({DeliveryState.QUEUED, DeliveryState.SENDING, DeliveryState.UNKNOWN})
"""States in which the last word is not spoken."""
COUNTS = frozenset({*PENDING, DeliveryState.SENT, DeliveryState.BY_HAND})
"""States in which a second answer would be one too many."""


class Kind(StrEnum):
    """What a sending does on the platform."""

    REPLY = "reply"
    NOTICE = "notice"
    UNPIN = "unpin"
    THREAD = "thread"
    HOUSE_COMMENT = "house_comment"
    INVITATION = "invitation"
    HIDE = "hide"
    UNHIDE = "unhide"
    REMOVE = "remove"
    SPAM = "spam"
    DELETE = "delete"
    EDIT = "edit"
    CLOSE = "close"
    REOPEN = "reopen"
    BLOCK = "block"
    UNBLOCK = "unblock"


TO_A_PERSON = frozenset({Kind.REPLY, Kind.INVITATION})
"""Kinds that speak to the author of one comment."""
MODERATION = frozenset({Kind.HIDE, Kind.UNHIDE, Kind.REMOVE, Kind.SPAM})
"""Kinds that change what the public sees of a visitor's comment."""
ABOUT_ONE = TO_A_PERSON | MODERATION
"""Kinds that concern one comment on the desk."""
REPEATABLE = MODERATION | {
    Kind.DELETE,
    Kind.UNPIN,
    Kind.EDIT,
    Kind.CLOSE,
    Kind.REOPEN,
    Kind.BLOCK,
    Kind.UNBLOCK,
}
"""Kinds that do the same when done twice: they may always be repeated."""


class OutboxEntry(Struct, frozen=True, kw_only=True):
    """One sending, exact and durable before it leaves.

    Attributes:
        id: our client id; the platform's idempotency key where it has one.
        act: id of the operator's act; entries of one act are taken back together.
        kind: what it does.
        source: the account it leaves from.
        by: who decided it.
        queued_at: when it was decided.
        due_at: the earliest moment it may leave.
        target: key of the item it concerns, or "".
        native_id: the platform's id it acts upon (the item's, or a notice to unpin).
        outgoing: the exact text, for kinds that publish; `$link` in it stands for the url of `waits_for`.
        waits_for: id of the entry that must be SENT first, or "".
        reason: why, from the house's charter, for moderation.
        template: id of the template it came from, or "".
        about: id of the sending that this one changes (a notice taken down, a reply edited), or "".
        until: when a notice is to be taken down, or a person let back in; or None.
        scheduled: whether somebody chose the time at which it leaves.
        state: where it stands.
        attempts: how often the platform was called.
        first_sent_at: when it was first called; an idempotency key's life counts from here.
        last_sent_at: when it was last called; a doubt is looked into from here on.
        in_doubt: whether some call of it ended without anybody knowing what became of it.
        receipt: the platform's acknowledgement.
        message: what went wrong, for people.
        hint: what can be done about it.
        settled_by: who noted that it was done by hand, or "".
        settled_at: when they did, or None.
        approval: a second person's word for it, where one was needed.
    """

    id: str
    act: str
    kind: Kind
    source: str
    by: str
    queued_at: datetime
    due_at: datetime
    target: str = ""
    native_id: str = ""
    outgoing: Outgoing | None = None
    waits_for: str = ""
    reason: str = ""
    template: str = ""
    about: str = ""
    until: datetime | None = None
    scheduled: bool = False
    state: DeliveryState = DeliveryState.QUEUED
    attempts: int = 0
    first_sent_at: datetime | None = None
    last_sent_at: datetime | None = None
    in_doubt: bool = False
    receipt: Receipt | None = None
    message: str = ""
    hint: str = ""
    settled_by: str = ""
    settled_at: datetime | None = None
    approval: Approval | None = None

    @property
    def is_pending(self) -> bool:
        """Whether its last word is not spoken."""
        return self.state in PENDING

    @property
    def can_be_taken_back(self) -> bool:
        """Whether nothing of it can have reached the platform."""
        return self.state is DeliveryState.QUEUED and self.first_sent_at is None


def fill_link(entry: OutboxEntry, url: str) -> OutboxEntry:
    """Put the address of the entry it waited for into the text, making it exact."""
    assert entry.outgoing is not None
    text = entry.outgoing.text.replace("${link}", url).replace("$link", url)
    return structs.replace(entry, outgoing=structs.replace(entry.outgoing, text=text))
