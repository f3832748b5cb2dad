"""Builders: comments, items and inboxes as the platforms and scoring would make them, with few words."""

from datetime import UTC, datetime, timedelta
from itertools import count

from connectors._model import Author, Comment, Post
from connectors._text import sanitise
from inbox.events import Seen
from inbox.fold import Inbox
from inbox.item import Item, key_of
from scoring.assessment import Assessment, RiskLevel, Signal, SignalKind

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
_numbers = count(1)


def comment(
    text: str = "Une belle exposition",
    *,
    id: str = "",  # noqa: A002 - it is what the field is called everywhere
    author: str = "camille",
    post: str = "p1",
    parent: str | None = None,
    at: datetime = NOON,
    network: str = "mastodon",
    is_self: bool = False,
) -> Comment:
    """Build a comment; a new id each time unless one is given."""
    return Comment(
        native_id=id or f"n{next(_numbers)}",
        post_id=post,
        parent_id=parent,
        author=Author(native_id=author, handle=sanitise(author), name=sanitise(author.title()), is_self=is_self),
        text=sanitise(text),
        created_at=at,
        network=network,
    )


def assessed(level: RiskLevel = RiskLevel.CALM, *kinds: SignalKind) -> Assessment:
    """Build an assessment of a level, with signals of these kinds."""
    signals = tuple(Signal(kind, 0, 3, "une", 1.0) for kind in kinds)
    return Assessment(sentiment=0.0, risk=(level + 0.5) / 4, level=level, language="fr", signals=signals)


def seen(
    *comments: Comment,
    source: str = "museum",
    assessments: tuple[Assessment, ...] | None = None,
    at: datetime = NOON + timedelta(minutes=1),
    cursor: str | None = None,
    waves: dict[str, str] | None = None,
    posts: tuple[Post, ...] = (),
) -> Seen:
    """Build the event of their arrival; calm unless assessed otherwise."""
    return Seen(
        at=at,
        source=source,
        comments=comments,
        assessments=assessments or tuple(assessed() for _ in comments),
        cursor=cursor,
        waves=waves or {},
        posts=posts,
    )


def inbox_with(*arrivals: tuple[Comment, Assessment]) -> tuple[Inbox, list[Item]]:
    """Build an inbox that has seen these comments, and the items in order."""
    inbox = Inbox()
    inbox.apply(seen(*(c for c, _ in arrivals), assessments=tuple(a for _, a in arrivals)))
    return inbox, [inbox.items[key_of("museum", c.native_id)] for c, _ in arrivals]
