"""Item: a comment with its assessment and what we did about it."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct, structs

from connectors._model import Comment
from scoring.assessment import Assessment, RiskLevel


class TriageState(StrEnum):
    """Where an item stands on its way through the desk."""

    NEW = "new"
    CLAIMED = "claimed"
    SNOOZED = "snoozed"
    ANSWERED = "answered"
    ESCALATED = "escalated"
    DONE = "done"


CLOSED = frozenset({TriageState.ANSWERED, TriageState.DONE})
"""States that take an item out of the open inbox."""


class Note(Struct, frozen=True, gc=False):
    """What an operator wrote beside a comment, for colleagues."""

    at: datetime
    by: str
    text: str


class Item(Struct, frozen=True, gc=False, kw_only=True):
    """One comment on the desk.

    Attributes:
        key: its id on this desk: the source's name, "/", the platform's id.
        source: the name of the source it came through.
        comment: the comment as last seen.
        assessment: what scoring says of it.
        first_seen: when this desk first saw it, aware.
        state: where it stands.
        claimed_by: the operator whose hand is on it, or "".
        changed_at: when its state last changed.
        changed_by: who changed it.
        corrected: the level an operator set in place of the scored one.
        snoozed_until: when a snoozed item comes back.
        gone: why the platform no longer shows it ("deleted", "hidden", "unknown"), or "".
        hidden: whether we hid it.
        own: whether the house wrote it (kept for the thread, never in the inbox).
        notes: notes of colleagues, oldest first.
        wave: id of the wave of near-identical comments it belongs to, or "".
        suspected: whether an operator suspects it of being unlawful, or has looked and does not; None: nobody said.
    """

    key: str
    source: str
    comment: Comment
    assessment: Assessment
    first_seen: datetime
    state: TriageState = TriageState.NEW
    claimed_by: str = ""
    changed_at: datetime | None = None
    changed_by: str = ""
    corrected: RiskLevel | None = None
    snoozed_until: datetime | None = None
    gone: str = ""
    hidden: bool = False
    own: bool = False
    notes: tuple[Note, ...] = ()
    wave: str = ""
    suspected: bool | None = None

    @property
    def level(self) -> RiskLevel:
        """The level shown: an operator's correction wins over the score."""
        return self.assessment.level if self.corrected is None else self.corrected

    @property
    def risk(self) -> float:
        """0 to 1, monotone in `level`, also after a correction."""
        if self.corrected is None or self.corrected == self.assessment.level:
            return self.assessment.risk
        return (self.corrected + 0.5) / 4

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to look at it."""
        return self.state not in CLOSED and not self.own and not self.gone

    @property
    def is_question(self) -> bool:
        """Whether a visitor's question is in it."""
        return self.assessment.is_question

    @property
    def is_asking(self) -> bool:
        """Whether its visitor waits for an answer: the question is open, and not one that we hid from everybody."""
        return self.is_open and self.is_question and not self.hidden

    @property
    def is_danger(self) -> bool:
        """Whether it signals danger or may be unlawful: such items are never closed in passing; a person's word counts."""
        if self.suspected is not None:
            return self.suspected
        return self.assessment.is_danger or self.level is RiskLevel.CRITICAL

    @property
    def is_picture_only(self) -> bool:
        """Whether it shows something and says nothing."""
        return bool(self.comment.attachments) and not self.comment.text.strip()

    @property
    def network(self) -> str:
        """The platform it was written on."""
        return self.comment.network


def key_of(source: str, native_id: str) -> str:
    """Build an item's key."""
    return f"{source}/{native_id}"


def written_at(item: Item) -> datetime:
    """When a comment was written; a date in the future counts as the moment we saw it."""
    return min(item.comment.created_at, item.first_seen)


def seen_again(known: Item, comment: Comment, assessment: Assessment) -> Item:
    """Return an item as the platform shows it now; an edit to the worse, or into a question, is looked at afresh.

    What we put on hold and somebody approved on the platform itself is no longer hidden by us.
    """
    if known.comment.moderation and not comment.moderation:
        known = structs.replace(known, hidden=False)
    if known.comment.text == comment.text:
        return structs.replace(known, comment=comment, gone="")
    item = structs.replace(known, comment=comment, assessment=assessment, gone="")
    if item.suspected is False:
        item = structs.replace(item, suspected=None)  # whoever cleared it did not read this
    worse = assessment.level > known.level
    if worse:
        item = structs.replace(item, corrected=None)  # what was said of the old text does not calm the new one
    if item.state in CLOSED and not item.own and (worse or (item.is_question and not known.is_question)):
        item = structs.replace(item, state=TriageState.NEW)
    return item
