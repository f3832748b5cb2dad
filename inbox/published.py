"""What the house published for everybody: notices, dedicated threads, where they stand, and what may be done with them."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from inbox.outbox import DeliveryState


class Where(StrEnum):
    """How a notice or a thread is kept in sight on a platform."""

    THREAD = "thread"
    PROFILE = "profile"
    SITE = "site"
    COMMENT = "comment"
    NOWHERE = "nowhere"
    HAND = "hand"


class Place(Struct, frozen=True, kw_only=True):
    """Where a notice or a thread would appear on one source, told before it is sent.

    Attributes:
        source: the account it would leave from.
        network: its platform.
        where: how it would be kept in sight; HAND where only a human can.
        reason: the same in one English sentence.
        standing: how many of the house's own stand there already.
        limit: how many the platform takes, 0 where it takes any number or none.
        own: whether it is the source of the comment one came from.
    """

    source: str
    network: str
    where: Where
    reason: str
    standing: int = 0
    limit: int = 0
    own: bool = False

    @property
    def possible(self) -> bool:
        """Whether becalm can put it there."""
        return self.where is not Where.HAND


class NoticeState(StrEnum):
    """Where a notice stands in its life."""

    PLANNED = "planned"
    PINNED = "pinned"
    PUBLISHED = "published"
    EXPIRED = "expired"
    ENDING = "ending"
    ENDED = "ended"
    REPLACED = "replaced"
    FAILED = "failed"
    UNKNOWN = "unknown"
    TAKEN_BACK = "taken_back"


STANDING = frozenset(
    {NoticeState.PLANNED, NoticeState.PINNED, NoticeState.PUBLISHED, NoticeState.EXPIRED, NoticeState.ENDING}
)
"""States in which a notice still wants somebody's attention."""


class Step(Struct, frozen=True):
    """One thing that happened to a notice or a thread.

    Attributes:
        at: when.
        by: who decided it; "" for the clock.
        kind: what it was.
        state: what came of it.
        message: what went wrong, or "".
    """

    at: datetime
    by: str
    kind: str
    state: DeliveryState
    message: str = ""


class Notice(Struct, frozen=True, kw_only=True):
    """A calming notice of the house.

    Attributes:
        id: the sending that published it.
        source: the account it left from.
        network: its platform, or "" where the source is not connected.
        title: the post it was written for.
        text: what it says.
        by: who decided it.
        state: where it stands.
        where: how it is kept in sight.
        at: when it appeared, or is to appear.
        until: when it is to be taken down, or None.
        url: its address, or "".
        message: what went wrong, or "".
        hint: what can be done about it.
        history: everything that happened to it, oldest first.
    """

    id: str
    source: str
    network: str
    title: str
    text: str
    by: str
    state: NoticeState
    where: Where
    at: datetime
    until: datetime | None
    url: str = ""
    message: str = ""
    hint: str = ""
    history: tuple[Step, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether it is up, or about to be, or waits for a hand."""
        return self.state in STANDING


class ThreadState(StrEnum):
    """Where a dedicated thread stands in its life."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSING = "closing"
    CLOSED = "closed"
    ARCHIVED = "archived"
    FAILED = "failed"
    UNKNOWN = "unknown"
    TAKEN_BACK = "taken_back"


class Thread(Struct, frozen=True, kw_only=True):
    """A dedicated discussion thread of the house.

    Attributes:
        id: the sending that opened it.
        source: the account it was opened from.
        network: its platform, or "" where the source is not connected.
        post_id: how comments in it name their post; "" until it is open.
        title: its title.
        text: its opening with the house rules.
        about: the title of the post that it was opened for.
        by: who decided it.
        state: where it stands; archived is a closed one in which nothing waits.
        pinned: whether it is kept first on its platform.
        at: when it opened, or is to open.
        url: its address, or "".
        announced: what became of the house comment that links it.
        invited: invitations that were, or will be, sent.
        comments: what visitors wrote in it.
        open: how many of them nobody dealt with.
        spoke_at: when the house spoke there last, its opening included; None until it is open.
        silent: whether visitors have waited there for two hours.
        message: what went wrong, or "".
        hint: what can be done about it.
        history: everything that happened to it, oldest first.
    """

    id: str
    source: str
    network: str
    post_id: str
    title: str
    text: str
    about: str
    by: str
    state: ThreadState
    pinned: bool
    at: datetime
    url: str = ""
    announced: DeliveryState | None = None
    invited: int = 0
    comments: int = 0
    open: int = 0
    spoke_at: datetime | None = None
    silent: bool = False
    message: str = ""
    hint: str = ""
    history: tuple[Step, ...] = ()


# -- what may be done with them --------------------------------------------------------------------


class Unpin(Struct, frozen=True, tag="unpin"):
    """Take a notice down before its time; its text stays public where the platform leaves it."""

    notice: str


class CloseThread(Struct, frozen=True, tag="close_thread", kw_only=True):
    """Close a dedicated thread, with a last word or none; or open it again.

    Attributes:
        thread: its id.
        closed: False opens it again.
        words: the house's last comment in it, or "".
    """

    thread: str
    closed: bool = True
    words: str = ""


class EditOwn(Struct, frozen=True, tag="edit_own"):
    """Let what we said under a comment read otherwise; `text` is all of it, the mention included."""

    entry: str
    text: str


class DeleteOwn(Struct, frozen=True, tag="delete_own"):
    """Delete what we said under a comment."""

    entry: str


HouseAct = Unpin | CloseThread | EditOwn | DeleteOwn
"""What may be done with what the house published."""
