"""Settling: what a human decides about a sending that the machine must not decide: doubtful, refused, or put off."""

from datetime import datetime

from connectors._model import Receipt
from connectors._text import sanitise
from inbox import desk
from inbox.events import AnyEvent, Delivery
from inbox.fold import Inbox
from inbox.moderating import consequences
from inbox.outbox import DeliveryState, OutboxEntry

UNSETTLED = frozenset({DeliveryState.UNKNOWN, DeliveryState.REJECTED})
"""States that end by a human's word."""
STATES = {
    "retry": DeliveryState.QUEUED,
    "retry-all": DeliveryState.QUEUED,
    "now": DeliveryState.QUEUED,
    "sent": DeliveryState.BY_HAND,
    "drop": DeliveryState.TAKEN_BACK,
    "drop-all": DeliveryState.TAKEN_BACK,
}
"""What each choice makes of a sending."""


def settle(
    inbox: Inbox, entry_id: str, choice: str, *, url: str, by: str, now: datetime
) -> tuple[list[AnyEvent], desk.Done]:
    """Decide what a human's choice comes to.

    Args:
        inbox: the inbox as it stands.
        entry_id: the sending.
        choice: "retry", "retry-all" (with all that its act was refused), "sent" (by hand), "drop", "drop-all" (with all
            of its act that has not left), or "now".
        url: where it is, for what was done by hand; what waits for it is linked there.
        by: who decides.
        now: the time.
    """
    known = inbox.outbox.get(entry_id)
    if known is None or choice not in STATES:
        return [], desk.Done(refused="only a doubtful or refused sending needs a decision")
    of_act = [e for e in inbox.outbox.values() if e.act == known.act]
    if choice == "retry-all":
        chosen = [e for e in of_act if e.state is DeliveryState.REJECTED]
        if not chosen:
            return [], desk.Done(refused="nothing of this act was refused")
    elif choice == "drop-all":
        chosen = [e for e in of_act if e.can_be_taken_back]
        if not chosen:
            return [], desk.Done(refused="all of this act has left")
    elif _may(known, choice):
        chosen = [known]
    else:
        return [], desk.Done(refused="only a doubtful or refused sending needs a decision")
    events: list[AnyEvent] = []
    for entry in chosen:
        receipt = Receipt(remote_id=url, at=now, url=sanitise(url)) if choice == "sent" and url else None
        events.append(Delivery(at=now, by=by, entry=entry.id, state=STATES[choice], due_at=now, receipt=receipt))
        events += consequences(entry, now) if choice == "sent" else []
    again = len(chosen) if choice in {"retry", "retry-all", "now"} else 0
    return events, desk.Done(act=known.act, keys=tuple(e.target for e in chosen if e.target), sendings=again)


def _may(entry: OutboxEntry, choice: str) -> bool:
    """Whether this choice is a human's here: a doubt, a refusal, or what has not left and is dropped or hurried."""
    if entry.state in UNSETTLED:
        return True
    return entry.can_be_taken_back and (choice == "drop" or (choice == "now" and entry.scheduled))
