"""Desk: what a screen or a command may ask and do; the same in this process and over a socket."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from connectors._model import Capability, Comment, Measure, Post, Support
from inbox import answers, moderation
from inbox.alerts.model import Alert
from inbox.approval import Given, Pending, Submission
from inbox.barometer import Gauge
from inbox.charter import Charter
from inbox.crisis import HOURS, CrisisView, Step
from inbox.glance import Announcement, PostHeat, SourceHealth
from inbox.item import Item, TriageState
from inbox.keeping_calls import KeepingCalls
from inbox.outbox import Countdown, OutboxEntry
from inbox.play import Play, PostPlays
from inbox.progress import Progress
from inbox.published import HouseAct
from inbox.published_calls import PublishedCalls
from inbox.retention import Retention
from inbox.rows import Order, Page, Row, View
from scoring.assessment import RiskLevel

# -- what is asked ---------------------------------------------------------------------------------


class Summary(Struct, frozen=True, kw_only=True):
    """The desk in one glance: header, status line and situation line.

    Attributes:
        open_by_level: open items of each level, calm first.
        questions: open items that hold a visitor's question.
        oldest_question: when the oldest of them was written.
        per_hour: arrivals in the last hour.
        spark: arrivals in each of the last eight stretches of seven and a half minutes, oldest first.
        hottest: the posts that are not quiet, hottest first, three at most.
        outbox_pending: sendings whose last word is not spoken.
        outbox_unknown: how many of them nobody knows the fate of.
        outbox_rejected: sendings that were refused and not dealt with.
        next_due: when the next one leaves.
        countdown: how long what is decided here waits before it leaves.
        held_by: who holds everything back, or "".
        crisis: crisis mode, and what is proposed of it.
        announced: the situation that began or ended last, or None.
        sources: health of each source.
        hands: operators with a hand on something, in alphabetical order.
        operator: who sits at this desk.
        desk: the desk's name.
        rehearsal: whether every source is a rehearsal.
        read_only: why nothing can be done here ("held by marta ..."), or "".
        storage: what is wrong with the storage, or "".
        total: items on the desk, open and closed.
        barometer: how each exhibition is doing, gravest first.
        watch: who is on watch, or "" when nobody said.
        watch_since: since when.
        handover: what the one before left for them, or "".
        oldest_danger: when the oldest open comment that may endanger somebody or be unlawful was first seen, or None.
        dangers: how many of them are open.
        alerts: what was told last.
        alerted_at: when, or None when nothing ever was.
        silent_threads: titles of the dedicated threads in which visitors have waited for two hours.
        drafts: items about which this operator began a text and did not send it.
        to_approve: what colleagues submitted and waits for a second person's word.
        submitted: what this operator submitted and waits for one.
        retention: for how long comments are kept, and what that has taken.
    """

    open_by_level: tuple[int, int, int, int]
    questions: int
    oldest_question: datetime | None
    per_hour: int
    spark: tuple[int, ...]
    hottest: tuple[PostHeat, ...]
    outbox_pending: int
    outbox_unknown: int
    outbox_rejected: int
    next_due: datetime | None
    countdown: Countdown
    held_by: str
    crisis: CrisisView = CrisisView()
    announced: Announcement | None = None
    sources: tuple[SourceHealth, ...]
    hands: tuple[str, ...]
    operator: str
    desk: str
    rehearsal: bool
    read_only: str
    storage: str
    total: int
    barometer: tuple[Gauge, ...] = ()
    watch: str = ""
    watch_since: datetime | None = None
    handover: str = ""
    oldest_danger: datetime | None = None
    dangers: int = 0
    alerts: tuple[Alert, ...] = ()
    alerted_at: datetime | None = None
    silent_threads: tuple[str, ...] = ()
    drafts: int = 0
    to_approve: int = 0
    submitted: int = 0
    retention: Retention = Retention()

    @property
    def open(self) -> int:
        """All open items."""
        return sum(self.open_by_level)


class Detail(Struct, frozen=True, kw_only=True):
    """Everything about one item.

    Attributes:
        item: the item.
        row: its hot columns.
        post_title: the title of its post.
        post_text: the text of its post.
        post_url: the address of its post.
        thread: the items of the same conversation on this desk, oldest first, itself included.
        author_seen: how many comments of this author this desk has seen on this source.
        author_answered: when we last answered this author, and who did.
        sendings: what was or will be sent about it.
        wave: keys of its wave.
        support: what the platform can do, with reasons.
        account: the account a reply would leave from.
        per_hour: its own reactions, answers and shares an hour, as far as they are still coming.
        submissions: what waits, or waited, for a second person's word about it.
    """

    item: Item
    row: Row
    post_title: str
    post_text: str
    post_url: str
    thread: tuple[Row, ...]
    author_seen: int
    author_answered: tuple[datetime, str] | None
    sendings: tuple[OutboxEntry, ...]
    wave: tuple[str, ...]
    support: dict[Capability, Support]
    account: str
    per_hour: float = 0.0
    submissions: tuple[Submission, ...] = ()


class Suggestion(Struct, frozen=True, kw_only=True):
    """One row of the reply picker, filled and measured for this comment.

    Attributes:
        template: the template's id; "" for a blank reply.
        label: its register or subject, for the picker.
        text: the text with the facts filled in.
        missing: placeholders without a value: they block sending.
        offbeat: whether it is a joke (the gate applies).
        measure: its length as the platform counts it, mention prefix included.
        lasts: hours that a notice stays up before it is taken down; 0 for everything else.
        about: words it is found by: its kind, its tags, its situations.
    """

    template: str
    label: str
    text: str
    missing: tuple[str, ...]
    offbeat: bool
    measure: Measure
    lasts: int = 0
    about: str = ""


class Picker(Struct, frozen=True, kw_only=True):
    """What the reply screen offers for one comment.

    Attributes:
        verdict: whether a joke may be told: "ok", "soft" or "hard".
        reason: the heading of the refusal, or "".
        words: the words that caused it.
        no_reply_first: whether silence is the first suggestion (a provoker who fishes).
        prefix: what the platform needs in front ("@camille ").
        suggestions: the texts, best first.
        warning: a colleague's hand or an earlier answer to this person, or "".
    """

    verdict: str
    reason: str
    words: tuple[str, ...]
    no_reply_first: bool
    prefix: str
    suggestions: tuple[Suggestion, ...]
    warning: str


# -- what is done ----------------------------------------------------------------------------------


class SetState(Struct, frozen=True, tag="state"):
    """Move items: done, reopened (NEW), snoozed until a time, escalated.

    Attributes:
        state: where to.
        until: when a snoozed one comes back.
        include_held_back: reach what a bulk leaves alone otherwise.
        follow: whether copies that come later are done as well where this does a wave.
    """

    state: TriageState
    until: datetime | None = None
    include_held_back: bool = False
    follow: bool = True


class Claim(Struct, frozen=True, tag="claim"):
    """Put the hand on items, or take it away."""

    claim: bool = True


class Correct(Struct, frozen=True, tag="correct"):
    """Say that items are riskier (+1) or calmer (-1) than shown."""

    step: int


class AddNote(Struct, frozen=True, tag="note"):
    """Leave a note beside one item."""

    text: str


class Reply(Struct, frozen=True, tag="reply", kw_only=True):
    """Answer one item; `text` is the body without the mention prefix.

    Attributes:
        text: what it says.
        template: where it comes from, or "".
        again: answer although somebody did, or is on it.
        later: a time at which it is to leave, or None.
        despite: why a joke is to be told although the gate refuses it: it then waits for a second person's word.
    """

    text: str
    template: str = ""
    again: bool = False
    later: datetime | None = None
    despite: str = ""


Hide = moderation.Hide
Remove = moderation.Remove
Spam = moderation.Spam


class Suspect(Struct, frozen=True, tag="suspect"):
    """Say that comments are suspected of being unlawful, or not after all, with a reason."""

    reason: str
    suspected: bool = True


class Block(Struct, frozen=True, tag="block", kw_only=True):
    """Keep the authors of comments away until a time, with a reason of the house's charter; or let them back in.

    Attributes:
        reason: the reason, and after a colon what it adds.
        until: when they are let back in, aware; None only with `blocked=False`.
        blocked: False lets them back in.
    """

    reason: str = ""
    until: datetime | None = None
    blocked: bool = True


class Capture(Struct, frozen=True, tag="capture"):
    """Keep comments as evidence, in the words they have now, with a reason."""

    reason: str


class PinNotice(Struct, frozen=True, tag="notice", kw_only=True):
    """Publish a calming notice and pin it where each platform can.

    Attributes:
        text: what it says.
        template: where it comes from, or "".
        until: when it is to be taken down, aware; None leaves it up until somebody does.
        sources: the accounts it leaves from; none named: the item's own.
        replaces: id of the notice that comes down once this one is public, or "".
        by_hand: where no pin and no comment is possible, note that the operator puts it up by hand.
        later: a time at which it is to leave, or None.
    """

    text: str
    template: str = ""
    until: datetime | None = None
    sources: tuple[str, ...] = ()
    replaces: str = ""
    by_hand: bool = False
    later: datetime | None = None


class OpenThread(Struct, frozen=True, tag="thread", kw_only=True):
    """Open a dedicated thread, link it under the post, invite a few people.

    Attributes:
        title: the thread's title.
        text: its opening text with the house rules.
        house_comment: the comment under the post; must hold `$link`.
        invite: item keys of the people invited personally, ten at most.
        invitation: the invitation; must hold `$link`.
        template: where the opening comes from, or "".
        on: the source it is opened on; "" for the item's own.
        pin: keep it first where the platform can and there is room.
        later: a time at which all of it is to leave, or None.
    """

    title: str
    text: str
    house_comment: str
    invite: tuple[str, ...] = ()
    invitation: str = ""
    template: str = ""
    on: str = ""
    pin: bool = True
    later: datetime | None = None


Act = (
    SetState
    | Claim
    | Correct
    | AddNote
    | Suspect
    | Capture
    | Reply
    | Hide
    | Remove
    | Spam
    | Block
    | PinNotice
    | OpenThread
    | Play
    | HouseAct
)
"""Everything an operator may do to items, and to what the house published."""

MAX_INVITATIONS = 10
"""Personal invitations to a thread: more would make the museum the spammer."""


class Arrival(Struct, frozen=True, kw_only=True):
    """One imported comment, and what had been decided about it elsewhere.

    Attributes:
        source: the source it is to be listed under.
        comment: the comment.
        post: the post it stands under, where known.
        state: where it stood, or None.
        snoozed_until: when it was to come back.
        corrected: the level an operator had set.
        claimed_by: whose hand was on it.
    """

    source: str
    comment: Comment
    post: Post | None = None
    state: TriageState | None = None
    snoozed_until: datetime | None = None
    corrected: RiskLevel | None = None
    claimed_by: str = ""


Done = answers.Done
TakenBack = answers.TakenBack
Erasure = answers.Erasure


class Desk(PublishedCalls, KeepingCalls, Protocol):
    """The desk, wherever its engine runs. Every call is safe from the interface's event loop."""

    async def summary(self) -> Summary:
        """Return the desk in one glance."""

    async def open_view(self, query: str = "", order: Order = Order.NEWEST, *, fold: bool = False) -> View:
        """Open a list of items matching `query`; with `fold` the open copies of a wave are one row.

        Raises:
            QueryError: the query is not understood; its message says where.
        """

    async def close_view(self, view: int) -> None:
        """Forget a list."""

    async def merge(self, view: int) -> View:
        """Bring waiting arrivals in and drop what no longer matches; sorts again."""

    async def page(self, view: int, start: int, count: int) -> Page:
        """Return `count` rows from `start`; fewer at the end."""

    async def locate(self, view: int, key: str) -> int | None:
        """Return the index of an item in a view."""

    async def keys(self, view: int, start: int, stop: int) -> list[str]:
        """Return the keys of rows `start` to `stop`, excluded; of a folded wave all its copies, those held back too."""

    async def unfold(self, view: int, key: str, *, unfolded: bool) -> View:
        """Show the copies of a wave below its row, or fold them again; nothing else moves."""

    async def peel(self, view: int, key: str) -> View:
        """Let one copy stand on its own in a list: what is decided of its wave leaves it alone."""

    async def next_open(self, view: int, start: int, step: int) -> int | None:
        """Return the index of the next open item from `start`, excluded, in the direction of `step`."""

    async def wave(self, key: str) -> list[str]:
        """Return the keys of the open items in an item's wave, itself included; just itself outside any."""

    async def detail(self, key: str) -> Detail | None:
        """Return everything about one item."""

    async def picker(self, key: str, language: str = "") -> Picker:
        """Return what the reply screen offers for one item."""

    async def drafts(self, key: str, what: str, language: str = "") -> tuple[Suggestion, ...]:
        """Return texts for "notice", "thread", "house_comment", "invitation", "appeal"; or every "joke", refused or not."""

    async def plays(self, post: str, language: str = "") -> PostPlays | None:
        """Return what goes on under a post ("SOURCE/POST") and the answers that fit; None for a post without comments.

        Texts are in `language`, by default the one the comments are written in.
        """

    async def measure(self, key: str, text: str, *, what: str = "reply", source: str = "") -> Measure:
        """Count a text as the item's platform (or another source's) will, mention prefix included for a reply.

        `what` it is: "reply", "appeal", "house_comment", "invitation", "edit", "notice", "thread" or its "title".
        """

    async def preview(self, act: Act, keys: Sequence[str]) -> Done:
        """Say what `act` would do, without doing it."""

    async def act(self, act: Act, keys: Sequence[str]) -> Done:
        """Do it; durable when this returns."""

    async def undo(self, *, look: bool = False) -> TakenBack:
        """Take back this operator's last act: a sending still pending first; `look` only says which."""

    async def submissions(self) -> tuple[Pending, ...]:
        """List what waits for a second person's word, oldest first, then what became of the latest others."""

    async def approve(self, submission: str, given: Given, *, look: bool = False) -> Done:
        """Give a second person's word, or write it down: the act is done as its author's; `look` only says what of it."""

    async def send_back(self, submission: str, said: str = "", *, look: bool = False) -> Done:
        """Send a submission back to its author with a word, or withdraw one's own; the text is theirs again."""

    async def charter(self) -> Charter:
        """Return the house's charter: the reasons for which comments may be hidden and people blocked."""

    async def hold(self, *, held: bool) -> Done:
        """Hold everything that is about to leave, or release it."""

    async def stand_watch(self, name: str, note: str = "") -> Done:
        """Say who is on watch from now on ("": nobody), with a note for them."""

    async def crisis(self, *, on: bool, hours: float = HOURS) -> Done:
        """Switch crisis mode on for some hours (or prolong it), or off; on holds everything that is about to leave."""

    async def tick(self, step: Step, *, done: bool) -> Done:
        """Note that a step of the crisis checklist was done by hand, or not after all."""

    async def outbox(self, act: str = "") -> list[OutboxEntry]:
        """List the sendings, newest first: all pending ones and the latest settled, or every one of an act."""

    async def progress(self) -> list[Progress]:
        """Tell how each act stands that is under way or was refused in part, the latest first."""

    async def settle(self, entry: str, choice: str, url: str = "") -> Done:
        """Decide about a sending what the machine must not.

        A doubtful or refused one: "retry", "retry-all" (with all of its act that was refused), "sent" (by hand, at
        `url`) or "drop"; one that has not left: "drop", and "now" where it was put off. "drop-all" drops all of its act
        that has not left.
        """

    async def take_in(self, arrivals: Sequence[Arrival]) -> int:
        """Take imported comments in; durable when this returns. Returns how many were new or changed.

        Raises:
            StoreError: nothing of it, or only a part, was kept; taking it in again does no harm.
        """

    def subscribe(self, callback: Callable[[frozenset[str]], object]) -> Callable[[], None]:
        """Call `callback` with the keys that changed (empty: only counts did), from any thread; returns the way out."""

    async def aclose(self) -> None:
        """Leave the desk; stops the engine when it runs for this desk alone."""
