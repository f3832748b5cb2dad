"""Situations of a file of comments: the live detector over rows, one answer a post."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime

from msgspec import Struct, field

from inbox.situations.detector import Detector
from inbox.situations.model import Call, Heard, PostState, Situation, Stir
from inbox.situations.reasons import STIRS, sentence
from inbox.situations.settings import Settings
from inbox.situations.waves import Waves
from scoring import Assessment, assess

Id = str | int
_REMEMBERED = 1 << 18
"""Comments among which copies are looked for; a text that comes back later than that begins another wave."""


class Row(Struct, frozen=True, gc=False, kw_only=True):
    """One comment of a file.

    Attributes:
        id: its id, unique in the file.
        post: id of the post it stands under.
        author: a stable id of who wrote it.
        at: when; without an offset it is taken as UTC.
        text: what it says.
        parent: id of the comment it answers, or None.
        lang: its language where known.
        platform: the network it was written on; the rhythm is learned for each.
        author_name: the display name, or "".
        own: whether the house wrote it.
    """

    id: Id
    post: Id
    author: Id
    at: datetime
    text: str
    parent: Id | None = None
    lang: str | None = None
    platform: str | None = None
    author_name: str | None = None
    own: bool = False


class PostWave(Struct, frozen=True, kw_only=True):
    """Copies of one text under one post.

    Attributes:
        id: the wave's id; the same under every post it crosses.
        comments: its comments under this post, by time.
        authors: different people who wrote them.
        held: those that no sweeping act may close: a danger or a question is in them.
    """

    id: str
    comments: tuple[Id, ...]
    authors: int
    held: tuple[Id, ...] = ()


class PostSituation(Struct, frozen=True, kw_only=True):
    """What went on under one post.

    Attributes:
        post: the post's id.
        situation: situations that were called, gravest first; empty when quiet.
        since: id of the comment at which the gravest was called first, or None.
        why: an English sentence for each, or what a lively but quiet thread is; "" when nothing happens.
        waves: copied texts under it.
        calls: every call in full, gravest first, with its structured reason.
    """

    post: Id
    situation: tuple[Situation, ...] = ()
    since: Id | None = None
    why: str = ""
    waves: tuple[PostWave, ...] = ()
    calls: tuple[Call, ...] = field(default=())


def situations(
    rows: Iterable[Row], *, settings: Settings | None = None, judge: Callable[[Row], Assessment] | None = None
) -> list[PostSituation]:
    """Read the situations of a file of comments, with the detector of the live desk.

    Args:
        rows: the comments, in any order; one that occurs twice counts once.
        settings: when a situation is called.
        judge: what scoring says of a row; by default `scoring.assess`.

    Returns:
        One answer a post, in the order in which the posts were first commented on.
    """
    ordered = list({f"{row.id}": row for row in sorted(rows, key=_order)}.values())
    ordered.sort(key=_order)
    capacity = max(1, min(len(ordered), _REMEMBERED))
    detector = Detector(settings, waves=Waves(capacity=capacity), remembered=capacity)
    answers: dict[str, _Post] = {}
    assessments = {}
    for row in ordered:
        heard = _heard(row, (judge or _judge)(row))
        assessments[heard.key] = heard.assessment
        post = answers.setdefault(heard.post, _Post(row.post))
        for change in detector.add(heard):
            answers[change.post].take(change.call)
        post.hear(row, detector.post(heard.post))
    ids = {f"{row.id}": row.id for row in ordered}
    return [post.answer(ids, _waves(post.rows, detector.waves, assessments)) for post in answers.values()]


class _Post:
    """What is gathered of one post while the rows pass."""

    def __init__(self, id_: Id) -> None:
        self.id = id_
        self.rows: list[Row] = []
        self.calls: dict[tuple[Situation, str], Call] = {}
        self.stirs: Counter[Stir] = Counter()

    def take(self, call: Call) -> None:
        self.calls[call.situation, call.since] = call

    def hear(self, row: Row, state: PostState) -> None:
        self.rows.append(row)
        if state.stir is not None:
            self.stirs[state.stir] += 1

    def answer(self, ids: dict[str, Id], waves: tuple[PostWave, ...]) -> PostSituation:
        calls = sorted(
            (call for call in self.calls.values() if not call.absorbed),
            key=lambda call: (list(Situation).index(call.situation), call.at),
        )
        stir = STIRS[self.stirs.most_common(1)[0][0]] if self.stirs else ""
        return PostSituation(
            post=self.id,
            situation=tuple(dict.fromkeys(call.situation for call in calls)),
            since=ids[calls[0].since] if calls else None,
            why="; ".join(sentence(call.reason) for call in calls) if calls else stir,
            waves=waves,
            calls=tuple(calls),
        )


def _order(row: Row) -> tuple[datetime, str]:
    return _aware(row.at), f"{row.id}"


def _aware(at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _judge(row: Row) -> Assessment:
    return assess(row.text, lang=row.lang)


def _heard(row: Row, assessment: Assessment) -> Heard:
    return Heard(
        key=f"{row.id}",
        post=f"{row.post}",
        author=f"{row.author}",
        at=_aware(row.at),
        text=row.text,
        assessment=assessment,
        parent=None if row.parent is None else f"{row.parent}",
        page=row.platform or "",
        name=row.author_name or "",
        own=row.own,
    )


def _waves(rows: Sequence[Row], waves: Waves, assessments: dict[str, Assessment]) -> tuple[PostWave, ...]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        wave = waves.wave_of(f"{row.id}")
        if wave is not None:
            found.setdefault(wave, []).append(row)
    return tuple(
        PostWave(
            id=wave,
            comments=tuple(row.id for row in copies),
            authors=len({f"{row.author}" for row in copies}),
            held=tuple(row.id for row in copies if _held(assessments[f"{row.id}"])),
        )
        for wave, copies in found.items()
    )


def _held(assessment: Assessment) -> bool:
    return assessment.is_danger or assessment.is_question
