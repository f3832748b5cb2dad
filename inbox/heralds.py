"""Heralds: what the desk itself adds to what arrives: situations announced once, and copies that follow their wave."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from connectors._model import Comment
from inbox.events import AnyEvent, SituationBegan, SituationEnded, WaveInherited
from inbox.fold import Inbox
from inbox.item import key_of
from inbox.situations.model import Call, PostState
from scoring.assessment import Assessment, RiskLevel


def announcements(
    inbox: Inbox, states: Mapping[str, PostState], ended: Sequence[Call], now: datetime
) -> list[AnyEvent]:
    """Compare what holds with what was announced: every beginning and every end is said once, whatever happened between.

    Args:
        inbox: the inbox, whose weather knows what was announced.
        states: the posts that are not quiet.
        ended: the calls that are over, of the posts that were announced, latest last.
        now: the time.
    """
    events: list[AnyEvent] = []
    for post, begun in inbox.weather.called.items():
        holding = {call.situation for call in states[post].calls} if post in states else set()
        for began in begun:
            if began.situation not in holding:
                over = next((c for c in reversed(ended) if c.since == began.since and c.until is not None), None)
                until = over.until if over and over.until else now
                absorbed = over is not None and over.absorbed
                events.append(
                    SituationEnded(at=now, post=post, situation=began.situation, until=until, absorbed=absorbed)
                )
    for post, state in states.items():
        known = {began.situation for began in inbox.weather.called.get(post, ())}
        events += [
            SituationBegan(
                at=now, post=post, situation=call.situation, since=call.since, began=call.at, reason=call.reason
            )
            for call in state.calls
            if call.situation not in known
        ]
    return events


def followers(
    inbox: Inbox,
    source: str,
    comments: Sequence[Comment],
    assessments: Sequence[Assessment],
    waves: Mapping[str, str],
    now: datetime,
) -> list[AnyEvent]:
    """Let new copies follow the decision on their wave; what may be a danger or asks something never follows."""
    found: dict[tuple[str, str], list[str]] = {}
    for comment, assessment in zip(comments, assessments, strict=True):
        key = key_of(source, comment.native_id)
        follow = inbox.weather.follows(waves.get(key, ""), now)
        if follow is None or key in inbox.items or _held_back(assessment):
            continue
        found.setdefault((follow.act, follow.by), []).append(key)
    return [WaveInherited(at=now, by=by, keys=tuple(keys), act=act) for (act, by), keys in found.items()]


def _held_back(assessment: Assessment) -> bool:
    return assessment.is_danger or assessment.is_question or assessment.level is RiskLevel.CRITICAL
