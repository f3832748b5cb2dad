"""Which headings of the joke gate a text falls under, told from its signals alone."""

from enum import StrEnum

from scoring.assessment import Assessment, RiskLevel, SignalKind


class Heading(StrEnum):
    """A reason for which no humour is offered; the values are stable, the desk translates them."""

    VIOLENCE = "violence"
    HATE = "hate"
    SELF_HARM = "self_harm"
    SAFETY = "safety"
    MINORS = "minors"
    GRIEF = "grief"
    ACCUSATION = "accusation"
    LEGAL = "legal"
    PRESS = "press"
    MEMORY = "memory"
    DISABILITY = "disability"
    STAFF = "staff"
    REFUND = "refund"
    UNCERTAIN = "uncertain"


SOFT = frozenset({Heading.UNCERTAIN})
"""Headings under which a plain reply is suggested; under all others humour is refused."""

_HEADINGS: dict[SignalKind, Heading] = {
    SignalKind.THREAT: Heading.VIOLENCE,
    SignalKind.DOXING: Heading.VIOLENCE,
    SignalKind.RENDEZVOUS: Heading.VIOLENCE,
    SignalKind.HATE: Heading.HATE,
    SignalKind.SELF_HARM: Heading.SELF_HARM,
    SignalKind.DANGER: Heading.SAFETY,
    SignalKind.GRIEF: Heading.GRIEF,
    SignalKind.ACCUSATION: Heading.ACCUSATION,
    SignalKind.LEGAL: Heading.LEGAL,
    SignalKind.PRESS: Heading.PRESS,
    SignalKind.COLONIAL: Heading.MEMORY,
    SignalKind.RELIGION: Heading.MEMORY,
    SignalKind.DISABILITY: Heading.DISABILITY,
    SignalKind.STAFF_CONDUCT: Heading.STAFF,
    SignalKind.STRIKE: Heading.STAFF,
    SignalKind.REFUND: Heading.REFUND,
}


def joke_headings(assessment: Assessment) -> tuple[Heading, ...]:
    """Return the headings a text falls under, gravest first; empty when its own words allow a joke.

    A child who asks for the way is no reason to refuse: minors are one where abuse or danger is spoken of. What the
    text cannot know (the hour, the thread, the author, the exhibition's own themes) is asked elsewhere.
    """
    kinds = {signal.kind for signal in assessment.signals}
    found = {heading for kind, heading in _HEADINGS.items() if kind in kinds}
    if SignalKind.MINOR in kinds and (
        assessment.level >= RiskLevel.HEATED or kinds & {SignalKind.ACCUSATION, SignalKind.STAFF_CONDUCT}
    ):
        found.add(Heading.MINORS)
    if not assessment.sure:
        found.add(Heading.UNCERTAIN)
    return tuple(heading for heading in Heading if heading in found)
