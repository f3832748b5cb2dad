"""Alert: one thing that cannot wait, as it is told, kept in the journal and shown."""

from enum import StrEnum

from msgspec import Struct

from connectors._model import Moment


class Rule(StrEnum):
    """Why somebody is told, gravest first.

    Attributes:
        CRITICAL: a comment is critical or signals danger to somebody.
        UNLAWFUL: such a comment has been open for too long.
        REACH: a heated comment carries far, fast.
        FLOOD: a flood is called under one of our posts.
        BAROMETER: an exhibition's last hour was as grave as the house wants to know of.
        QUESTION: a visitor's question has waited for too long.
        SILENCE: a source does not answer any more, so that nobody knows what is said there.
    """

    CRITICAL = "critical"
    UNLAWFUL = "unlawful"
    REACH = "reach"
    FLOOD = "flood"
    BAROMETER = "barometer"
    QUESTION = "question"
    SILENCE = "silence"


class Alert(Struct, frozen=True, array_like=True):
    """One thing that cannot wait.

    Attributes:
        rule: why.
        subject: the item's key, the post ("source/id") or the source's name.
        since: since when it is so.
    """

    rule: Rule
    subject: str
    since: Moment

    @property
    def id(self) -> str:
        """What makes it this alert and no other: told once for as long as it lasts."""
        return f"{self.rule}:{self.subject}"
