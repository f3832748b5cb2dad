"""Approval: a second pair of eyes: what waits for it and why, how it was given, and what came of it."""

from enum import StrEnum
from typing import Any, Literal

from msgspec import Struct

from connectors._model import Moment

Kinds = Literal["jokes", "replies", "notices", "threads", "hides", "blocks"]
"""Kinds of acts about which a house may want a second person's word; a joke is a reply as well."""


class FourEyes(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[four_eyes]`: what needs a second person's word before it leaves.

    Attributes:
        required: kinds of acts that always need it.
        in_crisis: kinds of acts that need it while crisis mode is on.
        templates: whether texts whose template asks for it need it too.
        approvers: whose word counts; nobody named: anybody's but the author's.
        alone: what whoever is alone on duty may do: "ask" somebody elsewhere and write down who said yes, or go ahead
            with a "reason" that stands in the record.
    """

    required: tuple[Kinds, ...] = ()
    in_crisis: tuple[Kinds, ...] = ("replies", "notices", "threads")
    templates: bool = False
    approvers: tuple[str, ...] = ()
    alone: Literal["ask", "reason"] = "ask"


class How(StrEnum):
    """How a second person gave their word.

    Attributes:
        HERE: at this desk, by themselves.
        PHONE: by telephone; somebody at the desk wrote it down.
        MAIL: in writing; somebody at the desk wrote it down.
        PERSON: face to face; somebody at the desk wrote it down.
        ALONE: nobody was there to ask, and the house's rule allows that, with a reason.
    """

    HERE = "here"
    PHONE = "phone"
    MAIL = "mail"
    PERSON = "person"
    ALONE = "alone"


class Why(StrEnum):
    """Why something waits for a second pair of eyes.

    Attributes:
        HOUSE: the house wants it for this kind of act.
        CRISIS: crisis mode is on.
        TEMPLATE: the text's own template asks for it.
        JOKE: a joke is to be told although the gate refuses it.
    """

    HOUSE = "house"
    CRISIS = "crisis"
    TEMPLATE = "template"
    JOKE = "joke"


class Stand(StrEnum):
    """Where a submission stands.

    Attributes:
        WAITING: it waits for a word.
        APPROVED: it leaves, or has left, as its author's act.
        SENT_BACK: its author has it again, with what should be different.
        WITHDRAWN: its author gave it up.
        TAKEN_BACK: it was approved, and then all of it was taken back before it left; never recorded as such, but seen
            from what became of its sendings.
    """

    WAITING = "waiting"
    APPROVED = "approved"
    SENT_BACK = "sent_back"
    WITHDRAWN = "withdrawn"
    TAKEN_BACK = "taken_back"


class Approval(Struct, frozen=True, kw_only=True):
    """A second person's word.

    Attributes:
        by: whose word it is; the author's own name where nobody was there to ask.
        how: how it was given.
        at: when it was given, as far as anybody said.
        noted_by: who wrote it down, where that was somebody else; else "".
        note: why nobody was asked, or "".
    """

    by: str
    how: How
    at: Moment
    noted_by: str = ""
    note: str = ""


class Given(Struct, frozen=True, kw_only=True):
    """What an operator says of an approval.

    Attributes:
        by: whose word it is; "" for the operator's own.
        how: how it was given.
        at: when, aware; None: now.
        note: why nobody could be asked, where that is so.
        instead: approve it although another answer to the same comment waits; that one goes back to its author.
    """

    by: str = ""
    how: How = How.HERE
    at: Moment | None = None
    note: str = ""
    instead: bool = False


class Submission(Struct, frozen=True, kw_only=True):
    """An act that waits, or waited, for a second pair of eyes; exact to the last word.

    Attributes:
        id: its id, and the id of the act once it is approved: another text is another submission.
        act: the act, as plain values.
        keys: the comments it is about.
        by: its author.
        at: when it was submitted.
        why: why it needs a second pair of eyes.
        heading: why the gate refuses the joke that is to be told all the same, or "".
        reason: why its author would tell it all the same, or "".
        stand: where it stands.
        approval: the second person's word, or None.
        closed_by: who ended it, or "".
        closed_at: when, or None.
        said: what the author is told, or "".
    """

    id: str
    act: dict[str, Any]
    keys: tuple[str, ...]
    by: str
    at: Moment
    why: tuple[Why, ...]
    heading: str = ""
    reason: str = ""
    stand: Stand = Stand.WAITING
    approval: Approval | None = None
    closed_by: str = ""
    closed_at: Moment | None = None
    said: str = ""


class Words(Struct, frozen=True):
    """One text of a submission, as it would be public.

    Attributes:
        field: which ("text", "title", "house_comment", "invitation", "reason", "words").
        text: the text.
    """

    field: str
    text: str


class Pending(Struct, frozen=True, kw_only=True):
    """A submission as screens and commands show it.

    Attributes:
        submission: the submission itself.
        what: what kind of act ("reply", "notice", "thread", "hide", "play" ...).
        source: the account it would leave from.
        to: the author of the first comment it is about.
        excerpt: the beginning of that comment.
        words: everything that would be public.
        rivals: ids of the other submissions that answer the same comment.
        barred: why this operator cannot approve it here, or "".
        alone: why this operator cannot go ahead with it alone, giving a reason, or "".
        stale: why it could not leave as things stand now, or "".
    """

    submission: Submission
    what: str
    source: str
    to: str
    excerpt: str
    words: tuple[Words, ...]
    rivals: tuple[str, ...] = ()
    barred: str = ""
    alone: str = ""
    stale: str = ""
