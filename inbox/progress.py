"""Progress: how far an act has come that sends many things: what left, what waits, what failed, what nobody knows."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from msgspec import Struct

from inbox.fold import Inbox
from inbox.outbox import DeliveryState, Kind, OutboxEntry

GONE = frozenset({DeliveryState.SENT, DeliveryState.BY_HAND, DeliveryState.RETRACTED})
"""States in which it certainly left the house."""


class Progress(Struct, frozen=True, kw_only=True):
    """How far an act has come; every sending of it is counted in exactly one place.

    Attributes:
        act: the act; "" where several are counted together.
        by: who decided it; "" where several did.
        at: when it was decided, or None.
        kinds: what it sends, and how many of each, most first.
        total: how many sendings it has.
        left: how many certainly arrived, or were done by hand.
        sending: how many are being sent at this moment.
        waiting: how many have not left.
        refused: how many a platform refused.
        unknown: how many may have arrived or not.
        taken_back: how many were taken back or dropped.
        due_at: when the next of those that wait may leave, or None.
        pause: why the next one waits longer than its countdown (in the platform's words), or "".
    """

    act: str = ""
    by: str = ""
    at: datetime | None = None
    kinds: tuple[tuple[Kind, int], ...] = ()
    total: int = 0
    left: int = 0
    sending: int = 0
    waiting: int = 0
    refused: int = 0
    unknown: int = 0
    taken_back: int = 0
    due_at: datetime | None = None
    pause: str = ""

    @property
    def under_way(self) -> bool:
        """Whether something of it has not had its last word."""
        return bool(self.waiting or self.sending or self.unknown)


def progress_of(entries: Sequence[OutboxEntry]) -> Progress:
    """Count sendings, of one act or of several."""
    states = Counter(entry.state for entry in entries)
    acts, people = {e.act for e in entries}, {e.by for e in entries}
    waiting = [e for e in entries if e.state is DeliveryState.QUEUED]
    after = min(waiting, key=lambda e: e.due_at, default=None)
    return Progress(
        act=acts.pop() if len(acts) == 1 else "",
        by=people.pop() if len(people) == 1 else "",
        at=min((e.queued_at for e in entries), default=None),
        kinds=tuple(Counter(e.kind for e in entries).most_common()),
        total=len(entries),
        left=sum(states[state] for state in GONE),
        sending=states[DeliveryState.SENDING],
        waiting=len(waiting),
        refused=states[DeliveryState.REJECTED],
        unknown=states[DeliveryState.UNKNOWN],
        taken_back=states[DeliveryState.TAKEN_BACK],
        due_at=after.due_at if after else None,
        pause=next((e.message for e in waiting if e.message), ""),
    )


def acts_of(inbox: Inbox) -> list[Progress]:
    """Tell how each act stands that is under way or was refused in part, the latest first."""
    open_acts = {inbox.outbox[i].act for i in (*inbox.pending, *inbox.rejected)}
    by_act: dict[str, list[OutboxEntry]] = {}
    for entry in inbox.outbox.values():
        if entry.act in open_acts:
            by_act.setdefault(entry.act, []).append(entry)
    return [progress_of(entries) for entries in reversed(by_act.values())]


def together(acts: Iterable[Progress]) -> Progress:
    """Count together the acts that have something left to send."""
    counted = [act for act in acts if act.under_way]
    names = ("total", "left", "sending", "waiting", "refused", "unknown", "taken_back")
    return Progress(**{name: sum(getattr(act, name) for act in counted) for name in names})


def leaves_at(entries: Iterable[OutboxEntry]) -> dict[str, datetime]:
    """Tell for each sending that waits behind another one of its account when that one may leave, by its id.

    A platform that asks for patience asks the account: what was decided later leaves later.
    """
    waiting = [e for e in entries if e.state is DeliveryState.QUEUED]
    paused: dict[str, datetime] = {}
    for entry in waiting:
        if entry.message:
            paused[entry.source] = max(entry.due_at, paused.get(entry.source, entry.due_at))
    return {e.id: max(e.due_at, paused.get(e.source, e.due_at)) for e in waiting}
