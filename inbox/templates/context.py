"""Context: all that a suggestion may know about a comment, handed in by the caller; no clock, no store."""

from datetime import datetime

from msgspec import Struct

from inbox.templates.ledger import Use
from scoring import Assessment


class Context(Struct, frozen=True, kw_only=True):
    """A comment to answer, and what surrounds it; whatever is not known is left out and counts for nothing.

    Attributes:
        text: the comment.
        assessment: what scoring says of it.
        language: the language to answer in; "": the comment's own when we write it, else French.
        platform: where the answer goes, for lengths; "" for no limit.
        above: the comments it answers, nearest first.
        post_text: the house's publication it stands under.
        themes: the exhibition's declared sensitive themes, in the house's words.
        situations: what the thread goes through: "lone_troll", "feud", "flood".
        provoker: whether its author is the one who provokes there.
        rung: the rung of the ladder the exhibition is on, 0 to 5.
        at: now, aware, in the house's own time zone; None: time and day play no part.
        rate: comments an hour in the thread, or None.
        thread: the thread's key.
        author: the author's key.
        uses: past uses of templates, those of the last 30 days at least.
        misread: whether a joke was already misunderstood in the thread.
        at_fault: whether the house knows that it is at fault.
    """

    text: str
    assessment: Assessment
    language: str = ""
    platform: str = ""
    above: tuple[str, ...] = ()
    post_text: str = ""
    themes: tuple[str, ...] = ()
    situations: tuple[str, ...] = ()
    provoker: bool = False
    rung: int = 0
    at: datetime | None = None
    rate: float | None = None
    thread: str = ""
    author: str = ""
    uses: tuple[Use, ...] = ()
    misread: bool = False
    at_fault: bool = False

    @property
    def answer_language(self) -> str:
        """The language to answer in."""
        if self.language:
            return self.language
        return self.assessment.language if self.assessment.language in {"fr", "en"} else "fr"
