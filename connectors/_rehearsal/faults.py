"""Failures on request: what goes wrong with the next sending, by exact order first, by seeded shares after it."""

from collections import deque
from enum import StrEnum
from random import Random
from typing import Annotated

from msgspec import Meta, Struct

Share = Annotated[float, Meta(ge=0, le=1)]


class Fault(StrEnum):
    """How one attempt to act on the platform ends.

    Attributes:
        OK: as it should.
        LOST: carried out, but the answer never came back (`Unknown`).
        VANISHED: the request never arrived, and nobody can tell (`Unknown`).
        LIMIT: refused for now, 429 with retry_after (`NotSent`).
        DOWN: no connection at all (`NotSent`).
        REJECT: understood and refused for good (`Rejected`).
    """

    OK = "ok"
    LOST = "lost"
    VANISHED = "vanished"
    LIMIT = "limit"
    DOWN = "down"
    REJECT = "reject"


class Fail(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which share of sendings goes wrong, and how: `fail = { lost = 0.1, order = ["limit", "ok"] }`.

    Attributes:
        lost: share that is carried out although the answer is lost.
        vanished: share that is not carried out although nobody can tell.
        limit: share refused with 429.
        down: share that finds no connection.
        reject: share refused for good.
        polls: share of polls that find the platform unreachable.
        order: what happens to the first sendings, exactly, before the shares apply.
        retry_after: seconds that a 429 asks to wait.
    """

    lost: Share = 0.0
    vanished: Share = 0.0
    limit: Share = 0.0
    down: Share = 0.0
    reject: Share = 0.0
    polls: Share = 0.0
    order: tuple[Fault, ...] = ()
    retry_after: Annotated[float, Meta(ge=0)] = 5.0


class Faults:
    """The dice of one connector."""

    def __init__(self, fail: Fail, seed: int) -> None:
        """Start with the order given in the options."""
        self._fail = fail
        self._random = Random(seed)  # noqa: S311  a rehearsal wants repeatable accidents
        self._planned: deque[Fault] = deque(fail.order)

    def plan(self, *faults: Fault) -> None:
        """Append what happens to the next sendings, in this order."""
        self._planned.extend(faults)

    def next(self) -> Fault:
        """Draw what happens to this sending."""
        if self._planned:
            return self._planned.popleft()
        fail, draw = self._fail, self._random.random()
        for fault in (Fault.LOST, Fault.VANISHED, Fault.LIMIT, Fault.DOWN, Fault.REJECT):
            share: float = getattr(fail, fault.value)
            if draw < share:
                return fault
            draw -= share
        return Fault.OK

    def next_poll(self) -> bool:
        """Draw whether this poll fails."""
        return self._fail.polls > 0 and self._random.random() < self._fail.polls
