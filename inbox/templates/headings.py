"""Heading: why a joke is refused, in the words of the house's tone rules; hard ones need a second person."""

from enum import StrEnum


class Heading(StrEnum):
    """One reason to keep quiet; graver ones first, hard ones before soft ones."""

    THREATS = "threats, doxing, weapons, calls to violence"
    SELF_HARM = "self-harm"
    SAFETY = "safety incident on site"
    HATE = "hate speech or slurs in either direction"
    MINORS = "minors, sexual violence, allegations of abuse"
    GRIEF = "grief, death, illness, accident, attack, war, commemoration"
    LEGAL = "legal words"
    PRESS = "journalist or elected person"
    NAMED = "accusation of a named person"
    DISABILITY = "disability and accessibility complaints"
    STAFF = "strike, dismissal, staff conduct"
    REFUND = "refunds"
    SENSITIVE = (
        "restitution, colonial violence, human remains, religion, and the exhibition's own declared sensitive themes"
    )
    FAULT = "the institution is at fault"
    CRISIS = "crisis rung 3 and above"
    IRONY = "irony already misunderstood in the thread"
    TOLD = "author answered with a joke in the last 30 days"
    BUSY = "more than 20 comments an hour in the thread"
    UNSURE = "language or score uncertain"
    LATE = "after 22:00 local time"
    YOUNG = "author seems very young"

    @property
    def id(self) -> str:
        """The short name by which templates are tagged and avoid it ("self-harm", "refund")."""
        return self.name.lower().replace("_", "-")

    @property
    def is_hard(self) -> bool:
        """Whether no joke is offered and an override needs a second person; else a plain reply is suggested."""
        return self not in _SOFT

    @property
    def rank(self) -> int:
        """Its place by gravity, 0 the gravest."""
        return _RANKS[self]


_SOFT = frozenset({Heading.IRONY, Heading.TOLD, Heading.BUSY, Heading.UNSURE, Heading.LATE, Heading.YOUNG})
_RANKS = {h: i for i, h in enumerate(Heading)}
