"""Play: the answer that fits what goes on under a post, several acts decided as one."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from inbox.situations.model import Call, Stir


class Answer(StrEnum):
    """What a house may do about a situation.

    Attributes:
        THREAD: a dedicated thread, one house comment with its link, the wave done.
        WAVE: nothing leaves the house, the wave is done.
        APPEAL: an appeal for calm in the thread.
        NOTICE: a calming notice, pinned where the platform can.
        SILENCE: no reply; the provoker's comments are done.
        OFFBEAT: one offbeat reply; the provoker's other comments are done.
    """

    THREAD = "thread"
    WAVE = "wave"
    APPEAL = "appeal"
    NOTICE = "notice"
    SILENCE = "silence"
    OFFBEAT = "offbeat"


class Play(Struct, frozen=True, tag="play", kw_only=True):
    """An answer to a situation, exact to the last word and comment: one plan, one undo.

    Attributes:
        source: the account of the post.
        post_id: the post.
        answer: which answer.
        anchor: key of the comment that is answered, or in whose place is spoken.
        text: the reply, the appeal, the notice or the thread's opening.
        title: the thread's title.
        house_comment: the comment under the post; holds `$link`.
        pin: whether the house comment is pinned too.
        template: where the text comes from, or "".
        close: keys of the comments to be done; threats, questions and a colleague's are held back.
        follow: whether copies that come later are done as well, with the same held back.
        dangers: keys of the suspected dangers under the post that the operator was shown; one more stops the play.
    """

    source: str
    post_id: str
    answer: Answer
    anchor: str
    text: str = ""
    title: str = ""
    house_comment: str = ""
    pin: bool = False
    template: str = ""
    close: tuple[str, ...] = ()
    follow: bool = False
    dangers: tuple[str, ...] = ()


class PlayOption(Struct, frozen=True, kw_only=True):
    """One answer on offer, with what it means there.

    Attributes:
        play: what would be decided.
        missing: placeholders without a value: they block sending.
        where: where the text would appear, in the platform's own words (an English sentence).
        pin_where: where a pinned house comment would appear, or "".
        refused: why it cannot be done here, or "".
        mention: what the platform puts in front of the text ("@ana "), or "": whoever is named is addressed.
        waves: how many copied texts `play.close` holds.
        posts: under how many posts they stand.
    """

    play: Play
    missing: tuple[str, ...] = ()
    where: str = ""
    pin_where: str = ""
    refused: str = ""
    mention: str = ""
    waves: int = 0
    posts: int = 0


class Witness(Struct, frozen=True, kw_only=True):
    """A comment that shows the situation.

    Attributes:
        key: the comment.
        author: the author's name.
        text: the beginning of its text.
        at: when it was written.
        danger: whether its text is to be masked.
    """

    key: str
    author: str
    text: str
    at: datetime
    danger: bool


class Taken(Struct, frozen=True, kw_only=True):
    """Something the house already did under the post.

    Attributes:
        what: the kind of sending ("notice", "house_comment", ...), "done" for comments closed, "followed" for those of
            them that came late and followed their wave.
        count: how many.
        at: the latest.
        by: who decided that one.
    """

    what: str
    count: int
    at: datetime
    by: str


class PostPlays(Struct, frozen=True, kw_only=True):
    """What goes on under one post, and what may be done about it.

    Attributes:
        source: the account of the post.
        post_id: the post.
        title: its title.
        network: the platform.
        calls: the situations that hold, gravest first.
        stir: what the thread is when it is lively and no situation holds.
        open: open comments under it.
        people: how many authors wrote them.
        copies: how many of them belong to the largest wave.
        questions: open visitors' questions under it.
        oldest_question: when the oldest of them was written.
        dangers: keys of the open suspected dangers under it, oldest first: they come before any play.
        witnesses: a few comments that show the gravest situation.
        taken: what was already done under it, latest first.
        options: the answers on offer, the fitting one first; empty where no situation holds.
    """

    source: str
    post_id: str
    title: str
    network: str
    calls: tuple[Call, ...]
    stir: Stir | None
    open: int
    people: int
    copies: int
    questions: int
    oldest_question: datetime | None
    dangers: tuple[str, ...]
    witnesses: tuple[Witness, ...]
    taken: tuple[Taken, ...]
    options: tuple[PlayOption, ...]
