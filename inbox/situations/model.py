"""What situations are made of: a comment heard, who it is aimed at, a situation called, and the reason for it."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct, field

from scoring import Assessment


class Situation(StrEnum):
    """What goes on under a post, gravest first; it belongs to the thread, never to a person.

    Attributes:
        FLOOD: many people, same target or same text, against the house's show, faster than the page's rhythm.
        FEUD: visitors against each other; the house is not the target.
        LONE_TROLL: one or two provoke while the others talk normally.
    """

    FLOOD = "flood"
    FEUD = "feud"
    LONE_TROLL = "lone_troll"


class Target(StrEnum):
    """Whom a message is aimed at."""

    VISITOR = "visitor"
    HOUSE = "house"
    ARTIST = "artist"
    WORK = "work"


class Stir(StrEnum):
    """What a lively thread is when it is no situation: nothing to fear, but worth a word.

    Attributes:
        THANKS: many people are glad.
        QUESTIONS: many people ask.
        SERVICE: many people complain of queues, tickets or comfort, not of the show.
        CRITICISM: many people are cross and stay civil.
        COPIES: many people post the same harmless text (homework, an advert, a greeting).
        TALK: many people talk.
    """

    THANKS = "thanks"
    QUESTIONS = "questions"
    SERVICE = "service"
    CRITICISM = "criticism"
    COPIES = "copies"
    TALK = "talk"


class Heard(Struct, frozen=True, gc=False, kw_only=True):
    """One comment as the detector takes it in.

    Attributes:
        key: its own key, unique over everything the detector hears.
        post: the post it stands under; unique over the pages.
        author: who wrote it, by a stable id.
        at: when it was written, aware; never later than when it was received, whatever the platform says.
        text: what it says.
        assessment: what scoring says of it.
        parent: key of the comment it answers, or None.
        page: the page or account it came through, whose rhythm is learned.
        name: the display name or handle, by which others may mention the author; what follows the last ":" of `author`
            is tried too.
        own: whether the house wrote it.
    """

    key: str
    post: str
    author: str
    at: datetime
    text: str
    assessment: Assessment
    parent: str | None = None
    page: str = ""
    name: str = ""
    own: bool = False


class Tally(Struct, gc=False):
    """What kind of text copies are.

    Attributes:
        copies: how many there are.
        hot: how many are tense or worse, by more than the suspicion of a danger.
        asking: how many hold a visitor's question.
        kind: how many laugh, thank or greet and say nothing worse.
        protest: how many ask the house to give in.
    """

    copies: int = 0
    hot: int = 0
    asking: int = 0
    kind: int = 0
    protest: int = 0

    def add(self, said: "Said") -> None:
        """Count one copy."""
        self.copies += 1
        self.hot += said.heat > 0 and not said.alone
        self.asking += said.question
        self.kind += said.kind
        self.protest += said.protest

    def plus(self, other: "Tally", sign: int = 1) -> "Tally":
        """Return both together, or with `sign` -1 this one without the other."""
        return Tally(
            self.copies + sign * other.copies,
            self.hot + sign * other.hot,
            self.asking + sign * other.asking,
            self.kind + sign * other.kind,
            self.protest + sign * other.protest,
        )

    @property
    def is_protest(self) -> bool:
        """Heated or demanding in enough copies; a question or thanks in most of them is none."""
        if 4 * self.hot >= self.copies:
            return True
        return 2 * self.protest >= self.copies and 2 * self.asking < self.copies and 2 * self.kind < self.copies


class Pace(Struct, frozen=True, gc=False):
    """The page's rhythm as it stood when a comment came.

    Attributes:
        usual: people in such an hour.
        surprising: people from which such an hour is out of rhythm.
        furious: people against the house from which it is.
    """

    usual: float
    surprising: float
    furious: float


UNKNOWN = Pace(0.0, 0.0, 0.0)
"""The pace of a page that nobody asked for."""


class Chorus(Struct, frozen=True, gc=False):
    """A copied text under other posts, as it stood when a copy came.

    Attributes:
        people: who had posted it there within the hour.
        tally: what kind of text their copies are.
    """

    people: int
    tally: Tally


class Said(Struct, gc=False):
    """What is remembered of a comment: no text.

    Attributes:
        key: the comment's own key.
        author: who wrote it.
        at: when.
        parent: key of the comment it answers, or None.
        mentions: handles mentioned in it, folded.
        names: what its author may be mentioned by, folded.
        heat: 0 calm or kind, 1 tense, 2 heated or critical.
        kind: whether it laughs, thanks or greets and says nothing worse.
        question: whether a visitor's question is in it.
        says_you: whether it speaks to somebody in the second person.
        protest: whether it asks the house to give in, heated or not.
        service: whether it speaks of the queue, the till or the toilets.
        alone: whether its heat rests on the suspicion of an address, a cry for help or a danger alone, on no hostile word.
        danger: whether it is held back from every sweeping act.
        target: whom it is aimed at when it answers nobody.
        own: whether the house wrote it.
        wave: the wave it belongs to; None while it has no copy.
        chorus: its text under other posts when it came; None where it was posted nowhere else. What is posted under its
            own post is counted there, in the order of writing, so that the order of arrival changes nothing.
        pace: the rhythm of its page when it came.
        words: its text, hashed for this process: another one tells an edit.
        post: the post it stands under.
    """

    key: str
    author: str
    at: datetime
    parent: str | None
    mentions: tuple[str, ...]
    names: tuple[str, ...]
    heat: int
    kind: bool
    question: bool
    says_you: bool
    protest: bool
    service: bool
    alone: bool
    danger: bool
    target: Target
    own: bool
    wave: str | None = None
    chorus: Chorus | None = None
    pace: Pace = UNKNOWN
    words: int = 0
    post: str = ""


class Reason(Struct, frozen=True, kw_only=True):
    """Why a situation was called: what an interface needs to say it in its own language.

    Attributes:
        code: which sentence fits: "copies", "crowd", "quarrel", "barbs", "barbs_again" or "barbs_of_two" (`inbox.situations.reasons` has them in English).
        people: how many people make the situation.
        comments: how many comments do.
        minutes: in how many minutes.
        hot: how many of these comments are tense or worse.
        approached: how many other visitors they spoke to (barbs).
        elsewhere: under how many other posts of the page they did the same before (barbs_again).
        usual: people this page hears in such a time (copies, crowd).
        authors: those people's ids, at most ten, first come first.
        texts: keys of comments that show it, at most ten, first come first.
        target: whom it is aimed at.
        wave: the wave it rests on, or None.
    """

    code: str
    people: int
    comments: int
    minutes: int
    hot: int = 0
    approached: int = 0
    elsewhere: int = 0
    usual: int = 0
    authors: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    target: Target = Target.HOUSE
    wave: str | None = None


class Call(Struct, frozen=True, kw_only=True):
    """A situation called on a post.

    Attributes:
        situation: which.
        since: key of the comment at which it was called.
        at: that comment's time.
        reason: why, as it stood then.
        held: the last moment that fed it.
        until: when it ended; None while it holds.
        absorbed: whether it turned out to be part of a graver situation (a provoker whom others came to fight).
    """

    situation: Situation
    since: str
    at: datetime
    reason: Reason
    held: datetime
    until: datetime | None = None
    absorbed: bool = False


class Change(Struct, frozen=True):
    """What is announced, once: a situation began or ended under a post.

    Attributes:
        post: the post.
        call: the situation; `until` tells an end from a beginning.
    """

    post: str
    call: Call


class PostState(Struct, frozen=True, kw_only=True):
    """What goes on under one post now.

    Attributes:
        post: the post.
        calls: situations that hold, gravest first.
        past: situations that held before, latest last, at most eight.
        stir: what the thread is when it is lively and no situation holds; None when quiet.
        waves: ids of the waves seen in what is remembered of it.
    """

    post: str
    calls: tuple[Call, ...] = ()
    past: tuple[Call, ...] = ()
    stir: Stir | None = None
    waves: tuple[str, ...] = field(default=())
