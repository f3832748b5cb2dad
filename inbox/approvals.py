"""Approvals: what the events of the second pair of eyes add up to: what waits, and what became of the latest others."""

from msgspec import Struct, structs

from inbox.approval import Stand, Submission
from inbox.events import (
    Approved,
    Claimed,
    Corrected,
    HeldEverything,
    Noted,
    OnWatch,
    Released,
    SentBack,
    StateSet,
    Submitted,
    TextKept,
    Undone,
)

SETTLED_KEPT = 200
"""Settled submissions that are remembered, so that an author learns what came of theirs."""
PRESENT: frozenset[type] = frozenset(
    {
        StateSet,
        Claimed,
        Released,
        Corrected,
        Noted,
        TextKept,
        HeldEverything,
        Undone,
        OnWatch,
        Submitted,
        Approved,
        SentBack,
    }
)
"""Events that somebody at the desk decides at that moment; deliveries carry the name of whoever decided them earlier."""


class Approvals(Struct):
    """Every submission that is remembered.

    Attributes:
        known: submissions by id, in order of submission.
        waiting: ids of those that wait.
    """

    known: dict[str, Submission] = {}
    waiting: dict[str, None] = {}

    def apply(self, event: Submitted | Approved | SentBack) -> tuple[str, ...]:
        """Fold one event in; return the keys it touches."""
        if isinstance(event, Submitted):
            self.known[event.id] = Submission(
                id=event.id,
                act=event.act,
                keys=event.keys,
                by=event.by,
                at=event.at,
                why=event.why,
                heading=event.heading,
                reason=event.reason,
            )
            self.waiting[event.id] = None
            return event.keys
        known = self.known.get(event.submission)
        if known is None:
            return ()  # what it was about has been erased
        ended = structs.replace(known, closed_by=event.by, closed_at=event.at)
        if isinstance(event, Approved):
            ended = structs.replace(ended, stand=Stand.APPROVED, approval=event.approval)
        else:
            own = event.by == known.by
            ended = structs.replace(ended, stand=Stand.WITHDRAWN if own else Stand.SENT_BACK, said=event.said)
        self.known[known.id] = ended
        self.waiting.pop(known.id, None)
        self._forget()
        return known.keys

    def _forget(self) -> None:
        settled = [id_ for id_ in self.known if id_ not in self.waiting]
        for id_ in settled[:-SETTLED_KEPT]:
            del self.known[id_]

    def forget(self, keys: frozenset[str]) -> None:
        """Let go of what was about some comments: what an act says of the others is not told apart."""
        self.known = {id_: each for id_, each in self.known.items() if keys.isdisjoint(each.keys)}
        self.waiting = {id_: None for id_ in self.waiting if id_ in self.known}

    def about(self, key: str) -> list[Submission]:
        """List what waits about one comment, oldest first."""
        return [found for id_ in self.waiting if key in (found := self.known[id_]).keys]

    def keys(self) -> set[str]:
        """Return the comments about which something waits."""
        return {key for id_ in self.waiting for key in self.known[id_].keys}
