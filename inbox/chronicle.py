"""Chronicle: what the journal says happened, case by case and deed by deed: the ground of replay, report and debrief."""

from collections.abc import Callable, Iterable
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from msgspec import Struct, field

from connectors._model import Comment, Post
from inbox.events import (
    AnyEvent,
    Approved,
    Captured,
    Claimed,
    Corrected,
    CrisisBegan,
    CrisisEnded,
    Delivery,
    HeldEverything,
    Hidden,
    Noted,
    Queued,
    Released,
    Seen,
    SentBack,
    SituationBegan,
    SituationEnded,
    StateSet,
    Submitted,
    Suspected,
    Undone,
    WaveInherited,
    WentAway,
)
from inbox.item import CLOSED, TriageState, key_of
from inbox.outbox import DeliveryState, Kind, OutboxEntry
from inbox.situations.model import Reason, Situation
from scoring.assessment import Assessment, RiskLevel


class Did(StrEnum):
    """What may happen on a desk, beside comments that come."""

    DANGER = "danger"
    BEGAN = "began"
    ENDED = "ended"
    CLAIMED = "claimed"
    RELEASED = "released"
    DONE = "done"
    REOPENED = "reopened"
    SNOOZED = "snoozed"
    ESCALATED = "escalated"
    FOLLOWED = "followed"
    CORRECTED = "corrected"
    NOTED = "noted"
    DECIDED = "decided"
    SENT = "sent"
    REJECTED = "rejected"
    UNKNOWN = "unknown"
    CAPTURED = "captured"
    SUSPECTED = "suspected"
    CLEARED = "cleared"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    SENT_BACK = "sent_back"
    HIDDEN = "hidden"
    SHOWN = "shown"
    HELD = "held"
    LET_GO = "let_go"
    UNDONE = "undone"
    GONE = "gone"
    CRISIS_ON = "crisis_on"
    CRISIS_OFF = "crisis_off"


ACTS = frozenset({Did.DONE, Did.SNOOZED, Did.ESCALATED, Did.SENT, Did.HIDDEN, Did.CRISIS_ON, Did.HELD})
"""What the house answers a storm with, and what one may ask of: and then?"""


class Case(Struct, kw_only=True):
    """One comment and what became of it.

    Attributes:
        key: its key.
        post: the post it stands under, "SOURCE/POST".
        author: its author's id.
        url: its address.
        at: when it was written.
        seen: when the desk first saw it.
        level: the level shown, corrections included.
        danger: whether it signals danger to somebody.
        question: whether a visitor's question is in it.
        wave: the wave it belongs to, or "".
        state: where it stands.
        gone: why the platform no longer shows it, or "".
        touched: when a person first did something about it; None while nobody has.
        answered: when our answer to it was out.
        closed: when it was closed last; None while it is open.
    """

    key: str
    post: str
    author: str
    url: str
    at: datetime
    seen: datetime
    level: RiskLevel
    danger: bool
    question: bool
    wave: str = ""
    state: TriageState = TriageState.NEW
    gone: str = ""
    touched: datetime | None = None
    answered: datetime | None = None
    closed: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to look at it."""
        return self.state not in CLOSED and not self.gone


class Deed(Struct, frozen=True, kw_only=True):
    """One thing that happened.

    Attributes:
        at: when.
        did: what.
        by: who; "" for the engine.
        keys: the comments it concerns.
        posts: the posts it concerns.
        act: the operator's act it is part of, or "".
        kind: what was sent, for sendings.
        text: our own words, why the platform refused, or the reason of the house's charter.
        template: the template the words came from, or "".
        held: dangers and questions of the same waves that were left open.
        situation: which, where one began or ended.
        reason: why it was called.
        by_hand: whether somebody did on the platform what the machine could not.
    """

    at: datetime
    did: Did
    by: str = ""
    keys: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    act: str = ""
    kind: Kind | None = None
    text: str = ""
    template: str = ""
    held: int = 0
    situation: Situation | None = None
    reason: Reason | None = None
    by_hand: bool = False


class Chronicle(Struct):
    """Everything that happened on a desk, in order.

    Attributes:
        cases: every comment of the public by key, in order of first sight.
        posts: every post by "SOURCE/POST".
        deeds: what happened, in order of the journal.
    """

    cases: dict[str, Case] = {}
    posts: dict[str, Post] = {}
    deeds: list[Deed] = []
    _entries: dict[str, OutboxEntry] = field(default_factory=dict)
    _waves: dict[str, list[str]] = field(default_factory=dict)
    _submissions: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def take(self, event: AnyEvent) -> None:
        """Take in one event; kinds that tell nothing here are passed over."""
        handler = self.HANDLERS.get(type(event))
        if handler is not None:
            handler(self, event)

    # -- comments ----------------------------------------------------------------------------------

    def _seen(self, event: Seen) -> None:
        self.posts |= {key_of(event.source, post.native_id): post for post in event.posts}
        for comment, assessment in zip(event.comments, event.assessments, strict=True):
            if not comment.author.is_self:
                self._comment(event, comment, assessment)
        for key, wave in event.waves.items():
            if key in self.cases and self.cases[key].wave != wave:
                self.cases[key].wave = wave
                self._waves.setdefault(wave, []).append(key)

    def _comment(self, event: Seen, comment: Comment, assessment: Assessment) -> None:
        key = key_of(event.source, comment.native_id)
        danger = assessment.is_danger or assessment.level is RiskLevel.CRITICAL
        known = self.cases.get(key)
        post = key_of(event.source, comment.post_id)
        if danger and (known is None or not known.danger):
            self._did(event, Did.DANGER, keys=(key,), posts=(post,))
        if known is None:
            self.cases[key] = Case(
                key=key,
                post=post,
                author=comment.author.native_id,
                url=comment.url,
                at=min(comment.created_at, event.at),
                seen=event.at,
                level=assessment.level,
                danger=danger,
                question=assessment.is_question,
            )
        else:
            known.level, known.danger, known.question = assessment.level, danger, assessment.is_question
            known.gone = ""

    def _went_away(self, event: WentAway) -> None:
        for case in self._known(event.keys):
            case.gone = event.why or "gone"
        self._did(event, Did.GONE, keys=event.keys, text=event.why)

    # -- triage ------------------------------------------------------------------------------------

    def _state_set(self, event: StateSet) -> None:
        did = {
            TriageState.DONE: Did.DONE,
            TriageState.ANSWERED: Did.DONE,
            TriageState.SNOOZED: Did.SNOOZED,
            TriageState.ESCALATED: Did.ESCALATED,
        }.get(event.state, Did.REOPENED)
        self._touch(event.keys, event)
        for case in self._known(event.keys):
            case.state = event.state
            case.closed = event.at if event.state in CLOSED else None
        held = self._held_back(event.keys) if did is Did.DONE else 0
        self._did(event, did, keys=event.keys, act=event.act, held=held)

    def _held_back(self, keys: Iterable[str]) -> int:
        """Count the dangers and questions left open in the waves of what was closed."""
        waves = {case.wave for case in self._known(keys) if case.wave}
        left = (self.cases[key] for wave in waves for key in self._waves.get(wave, ()))
        return sum(case.is_open and (case.danger or case.question) for case in left)

    def _inherited(self, event: WaveInherited) -> None:
        for case in self._known(event.keys):
            case.state, case.closed = TriageState.DONE, event.at
        self._did(event, Did.FOLLOWED, keys=event.keys, act=event.act)

    def _claimed(self, event: Claimed) -> None:
        self._touch(event.keys, event)
        self._did(event, Did.CLAIMED, keys=event.keys, act=event.act)

    def _released(self, event: Released) -> None:
        self._did(event, Did.RELEASED, keys=event.keys, act=event.act)

    def _corrected(self, event: Corrected) -> None:
        for case in self._known(event.keys):
            if event.level is not None:
                case.level = event.level
                case.danger = case.danger or event.level is RiskLevel.CRITICAL
        self._touch(event.keys, event)
        self._did(event, Did.CORRECTED, keys=event.keys, act=event.act)

    def _noted(self, event: Noted) -> None:
        self._touch((event.key,), event)
        self._did(event, Did.NOTED, keys=(event.key,))

    def _undone(self, event: Undone) -> None:
        for before in event.before:
            case = self.cases.get(before.key)
            if case is not None:
                case.state = before.state
                case.closed = case.closed if before.state in CLOSED else None
        self._did(event, Did.UNDONE, keys=tuple(before.key for before in event.before), act=event.act)

    # -- sendings ----------------------------------------------------------------------------------

    def _queued(self, event: Queued) -> None:
        for entry in event.entries:
            self._entries[entry.id] = entry
            self._touch((entry.target,), event)
            self._sending(event, Did.DECIDED, entry, entry.reason)

    def _delivery(self, event: Delivery) -> None:
        entry = self._entries.get(event.entry)
        if entry is None:
            return
        if event.state in {DeliveryState.SENT, DeliveryState.BY_HAND}:
            case = self.cases.get(entry.target)
            if case is not None and entry.kind is Kind.REPLY:
                case.answered = event.at
                if not case.danger and case.state is not TriageState.DONE:
                    case.state, case.closed = TriageState.ANSWERED, event.at
            self._sending(event, Did.SENT, entry, "")
        elif event.state in {DeliveryState.REJECTED, DeliveryState.UNKNOWN}:
            did = Did.REJECTED if event.state is DeliveryState.REJECTED else Did.UNKNOWN
            self._sending(event, did, entry, event.message)

    def _sending(self, event: Queued | Delivery, did: Did, entry: OutboxEntry, text: str) -> None:
        outgoing = (event.outgoing if isinstance(event, Delivery) else None) or entry.outgoing
        said = outgoing.text if outgoing else ""
        by_hand = isinstance(event, Delivery) and event.state is DeliveryState.BY_HAND
        self._did(
            event,
            did,
            by=event.by if by_hand else entry.by,
            by_hand=by_hand,
            keys=(entry.target,) if entry.target else (),
            posts=(key_of(entry.source, outgoing.post_id),) if outgoing and outgoing.post_id else (),
            act=entry.act,
            kind=entry.kind,
            text=text or said,
            template=entry.template,
        )

    def _hidden(self, event: Hidden) -> None:
        self._did(event, Did.HIDDEN if event.hidden else Did.SHOWN, keys=(event.key,))

    def _captured(self, event: Captured) -> None:
        self._touch((event.key,), event)
        self._did(event, Did.CAPTURED, keys=(event.key,), act=event.act)

    def _suspected(self, event: Suspected) -> None:
        for case in self._known(event.keys):
            case.danger = event.suspected
        self._touch(event.keys, event)
        did = Did.SUSPECTED if event.suspected else Did.CLEARED
        self._did(event, did, keys=event.keys, act=event.act, text=event.reason)

    # -- a second pair of eyes ---------------------------------------------------------------------

    def _submitted(self, event: Submitted) -> None:
        self._submissions[event.id] = event.keys
        self._touch(event.keys, event)
        said = str(event.act.get("text") or event.act.get("reason") or "")
        self._did(event, Did.SUBMITTED, keys=event.keys, act=event.id, text=said)

    def _judged(self, event: Approved | SentBack) -> None:
        keys = self._submissions.get(event.submission, ())
        if isinstance(event, Approved):
            word = event.approval
            said = " · ".join(filter(None, (word.by, str(word.how), f"{word.at:%Y-%m-%d %H:%M %Z}", word.note)))
            self._did(event, Did.APPROVED, keys=keys, act=event.submission, text=said)
        else:
            self._did(event, Did.SENT_BACK, keys=keys, act=event.submission, text=event.said)

    # -- the whole desk ----------------------------------------------------------------------------

    def _held(self, event: HeldEverything) -> None:
        self._did(event, Did.HELD if event.held else Did.LET_GO)

    def _began(self, event: SituationBegan) -> None:
        self._did(event, Did.BEGAN, posts=(event.post,), situation=event.situation, reason=event.reason)

    def _ended(self, event: SituationEnded) -> None:
        if not event.absorbed:
            self._did(event, Did.ENDED, posts=(event.post,), situation=event.situation)

    def _crisis(self, event: CrisisBegan | CrisisEnded) -> None:
        if isinstance(event, CrisisBegan):
            self._did(event, Did.CRISIS_ON, posts=event.posts)
        else:
            self._did(event, Did.CRISIS_OFF)

    # -- bookkeeping -------------------------------------------------------------------------------

    def _known(self, keys: Iterable[str]) -> list[Case]:
        return [self.cases[key] for key in keys if key in self.cases]

    def _touch(self, keys: Iterable[str], event: AnyEvent) -> None:
        for case in self._known(keys):
            if case.touched is None and event.by:
                case.touched = event.at

    def _did(self, event: AnyEvent, did: Did, **facts: object) -> None:
        facts.setdefault("by", event.by)
        if not facts.get("posts"):
            cases = self._known(facts.get("keys", ()))  # type: ignore[arg-type]  # keys are always strings
            facts["posts"] = tuple(dict.fromkeys(case.post for case in cases))
        self.deeds.append(Deed(at=event.at, did=did, **facts))  # type: ignore[arg-type]  # Deed's own fields, by name

    HANDLERS: ClassVar[dict[type, Callable[..., None]]] = {
        Seen: _seen,
        WentAway: _went_away,
        StateSet: _state_set,
        WaveInherited: _inherited,
        Claimed: _claimed,
        Released: _released,
        Corrected: _corrected,
        Noted: _noted,
        Undone: _undone,
        Queued: _queued,
        Delivery: _delivery,
        Hidden: _hidden,
        Captured: _captured,
        Suspected: _suspected,
        Submitted: _submitted,
        Approved: _judged,
        SentBack: _judged,
        HeldEverything: _held,
        SituationBegan: _began,
        SituationEnded: _ended,
        CrisisBegan: _crisis,
        CrisisEnded: _crisis,
    }
    """What each kind of event tells."""


def chronicle(events: Iterable[AnyEvent]) -> Chronicle:
    """Read a journal's events into what happened."""
    found = Chronicle()
    for event in events:
        found.take(event)
    return found
