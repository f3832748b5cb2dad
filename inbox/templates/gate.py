"""The joke gate: whether humour would be welcome here, and if not, under which heading and because of which words."""

from collections.abc import Iterator
from datetime import time
from enum import StrEnum

from msgspec import Struct

from inbox.templates.context import Context
from inbox.templates.headings import Heading
from inbox.templates.ledger import joked_with
from scoring import SignalKind

NIGHT = time(22), time(6)
"""From when to when it is too late for jokes, in the house's local time."""
BUSY = 20
"""Comments an hour in a thread above which a joke is lost or misread."""

_HEADINGS = {
    SignalKind.THREAT: Heading.THREATS,
    SignalKind.DOXING: Heading.THREATS,
    SignalKind.RENDEZVOUS: Heading.THREATS,
    SignalKind.SELF_HARM: Heading.SELF_HARM,
    SignalKind.DANGER: Heading.SAFETY,
    SignalKind.HATE: Heading.HATE,
    SignalKind.MINOR: Heading.MINORS,
    SignalKind.GRIEF: Heading.GRIEF,
    SignalKind.LEGAL: Heading.LEGAL,
    SignalKind.PRESS: Heading.PRESS,
    SignalKind.DISABILITY: Heading.DISABILITY,
    SignalKind.STAFF_CONDUCT: Heading.STAFF,
    SignalKind.STRIKE: Heading.STAFF,
    SignalKind.REFUND: Heading.REFUND,
    SignalKind.RELIGION: Heading.SENSITIVE,
    SignalKind.COLONIAL: Heading.SENSITIVE,
}


class Verdict(StrEnum):
    """What the gate says of a joke."""

    OK = "ok"
    SOFT = "soft"
    HARD = "hard"


class Reason(Struct, frozen=True):
    """One heading that speaks against a joke.

    Attributes:
        heading: which.
        words: the words that caused it, as written; "" when the state of the thread did.
    """

    heading: Heading
    words: str = ""


class Ruling(Struct, frozen=True):
    """What the gate says.

    Attributes:
        verdict: ok, soft or hard.
        reasons: every heading that holds, the gravest first.
    """

    verdict: Verdict = Verdict.OK
    reasons: tuple[Reason, ...] = ()

    def permits(self, operator: str, second: str = "") -> bool:
        """Tell whether a joke may leave.

        Args:
            operator: who wants to send it.
            second: who agrees; a hard refusal is lifted only by another person, a soft one by the operator.
        """
        return self.verdict is not Verdict.HARD or bool(second and second.casefold() != operator.casefold())


def _from_signals(context: Context) -> Iterator[Reason]:
    for signal in context.assessment.signals:
        if heading := _HEADINGS.get(signal.kind):
            yield Reason(heading, signal.text)


def _from_state(context: Context) -> Iterator[Reason]:
    if context.rung >= 3 or "flood" in context.situations:
        yield Reason(Heading.CRISIS)
    if context.at_fault:
        yield Reason(Heading.FAULT)
    if context.misread:
        yield Reason(Heading.IRONY)
    if joked_with(context.uses, context.author, context.at):
        yield Reason(Heading.TOLD)
    if context.rate is not None and context.rate > BUSY:
        yield Reason(Heading.BUSY)
    if not context.assessment.sure:
        yield Reason(Heading.UNSURE)
    if context.at is not None and (context.at.time() >= NIGHT[0] or context.at.time() < NIGHT[1]):
        yield Reason(Heading.LATE)


def rule(context: Context) -> Ruling:
    """Judge whether a joke would be welcome under a comment; facts may always be given."""
    found: dict[Heading, Reason] = {}
    for reason in (*_from_signals(context), *_from_state(context)):
        found.setdefault(reason.heading, reason)
    reasons = tuple(sorted(found.values(), key=lambda r: r.heading.rank))
    if not reasons:
        return Ruling()
    verdict = Verdict.HARD if any(r.heading.is_hard for r in reasons) else Verdict.SOFT
    return Ruling(verdict, reasons)
