"""Rows: a list of the desk as it is asked for, by the screenful."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from inbox.item import TriageState
from scoring.assessment import RiskLevel


class Order(StrEnum):
    """How a view is sorted."""

    NEWEST = "newest"
    OLDEST = "oldest"
    RISK = "risk"


class Row(Struct, frozen=True, gc=False, kw_only=True):
    """The hot columns of one item, enough to draw its two lines.

    Attributes:
        key: the item's key.
        level: the level shown.
        question: whether a visitor's question is in it.
        danger: whether it signals danger to somebody (its text is masked until a key).
        picture: whether it shows something and says nothing.
        attachments: how many attachments it has.
        network: the platform it was written on.
        author: the author's name.
        title: the title of the post it stands under, or "".
        at: when it was written.
        text: the beginning of its text, one line.
        state: where it stands.
        claimed_by: whose hand is on it, or "".
        wave_size: how many near-identical comments its wave has; 0 outside any.
        reply: whether it answers another comment.
        hidden: whether we hid it.
        moderation: where the platform keeps it from the public ("held", "spam"), or "".
        gone: whether the platform no longer shows it.
        leaving: whether something about it is about to leave the house.
        notes: how many notes colleagues left.
        dedicated: whether it was written in a dedicated thread of ours.
        submitted: how many acts about it wait for a second person's word.
    """

    key: str
    level: RiskLevel
    question: bool
    danger: bool
    picture: bool
    attachments: int
    network: str
    author: str
    title: str
    at: datetime
    text: str
    state: TriageState
    claimed_by: str
    wave_size: int
    reply: bool
    hidden: bool
    gone: bool
    leaving: bool
    notes: int
    followed: bool = False
    touches: int = 0
    folded: int = 0
    unfolded: bool = False
    people: int = 0
    places: int = 0
    within: bool = False
    added: str = ""
    dropped: str = ""
    dedicated: bool = False
    moderation: str = ""
    submitted: int = 0


class View(Struct, frozen=True):
    """An opened list: its order stands still until it is merged.

    Attributes:
        id: how to ask for it.
        total: rows in it.
        waiting: arrivals that match and are not merged in yet.
        query: what it was opened with.
        order: how it is sorted.
        fold: whether the copies of a wave are one row.
    """

    id: int
    total: int
    waiting: int
    query: str
    order: Order
    fold: bool = False


class Page(Struct, frozen=True):
    """Some consecutive rows of a view.

    Attributes:
        view: the view as it stands.
        start: index of the first row.
        rows: the rows.
    """

    view: View
    start: int
    rows: tuple[Row, ...]
