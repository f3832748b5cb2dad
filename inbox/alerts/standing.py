"""Standing alerts: what cannot wait at this moment, by the house's own rules; pure rules over the inbox."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from inbox.alerts.model import Alert, Rule
from inbox.alerts.rules import LEVELS, AlertRules
from inbox.barometer import gauges
from inbox.fold import Inbox
from inbox.glance import SourceHealth
from inbox.situations.model import PostState, Situation
from scoring.assessment import RiskLevel

FAULTY = frozenset({"auth", "broken"})
"""Health of a source that will not mend by itself."""

GRAVE = frozenset({Rule.CRITICAL, Rule.UNLAWFUL})
"""Rules that quiet hours do not silence: somebody may be in danger."""


def standing(
    inbox: Inbox,
    rules: AlertRules,
    *,
    sources: Sequence[SourceHealth],
    states: Mapping[str, PostState],
    since: datetime,
    now: datetime,
) -> dict[str, Alert]:
    """Return every alert that holds true now, by id.

    Args:
        inbox: the desk.
        rules: the house's rules.
        sources: health of each source.
        states: the situations under posts that are not quiet.
        since: when this engine began; no source was silent before.
        now: the time.
    """
    found = [
        *_dangers(inbox, rules, now),
        *_carrying(inbox, rules, now),
        *_floods(rules, states),
        *_barometers(inbox, rules, now),
        *_silences(rules, sources, since, now),
        *_questions(inbox, rules, now),
    ]
    return {alert.id: alert for alert in found}


def _late(since: datetime, minutes: float | bool, now: datetime) -> bool:
    return minutes is not False and now - since >= timedelta(minutes=minutes)


def _dangers(inbox: Inbox, rules: AlertRules, now: datetime) -> Iterator[Alert]:
    for key, seconds in sorted(inbox.dangers.items()):
        first_seen = datetime.fromtimestamp(seconds, UTC)
        if rules.critical:
            yield Alert(Rule.CRITICAL, key, first_seen)
        if _late(first_seen, rules.unlawful, now):
            yield Alert(Rule.UNLAWFUL, key, first_seen)


def _carrying(inbox: Inbox, rules: AlertRules, now: datetime) -> Iterator[Alert]:
    """Yield heated comments that carry far by their own reactions and answers; a danger has its own alert."""
    if rules.reach is False:
        return
    for item in map(inbox.items.__getitem__, sorted(inbox.reach.fast(rules.reach, now))):
        if item.is_open and item.level >= RiskLevel.HEATED and not item.is_danger:
            yield Alert(Rule.REACH, item.key, item.first_seen)


def _floods(rules: AlertRules, states: Mapping[str, PostState]) -> Iterator[Alert]:
    for post, state in states.items() if rules.flood else ():
        for call in state.calls:
            if call.situation is Situation.FLOOD:
                yield Alert(Rule.FLOOD, post, call.at)


def _barometers(inbox: Inbox, rules: AlertRules, now: datetime) -> Iterator[Alert]:
    """Yield exhibitions whose last hour was grave enough, with the hour in which that began."""
    for gauge in gauges(inbox.quarters, inbox.posts, now) if rules.barometer else ():
        grave = [level.label in LEVELS[LEVELS.index(str(rules.barometer)) :] for level in reversed(gauge.trend)]
        hours = (*grave, False).index(False)
        if hours:
            yield Alert(Rule.BAROMETER, gauge.exhibition, now - timedelta(hours=hours))


def _silences(rules: AlertRules, sources: Sequence[SourceHealth], since: datetime, now: datetime) -> Iterator[Alert]:
    for source in sources if rules.silence is not False else ():
        last = max(source.last_at or since, since)
        if source.state in FAULTY or _late(last, rules.silence, now):
            yield Alert(Rule.SILENCE, source.name, last)


def _questions(inbox: Inbox, rules: AlertRules, now: datetime) -> Iterator[Alert]:
    if rules.question is False:
        return
    written = (
        key for key, at in inbox.questions.items() if _late(datetime.fromtimestamp(at, UTC), rules.question, now)
    )
    for key in sorted(written):  # what was told is not read once more
        known = inbox.duty.alerted.get(Alert(Rule.QUESTION, key, now).id)
        first_seen = inbox.items[key].first_seen if known is None else known.since
        if _late(first_seen, rules.question, now):
            yield Alert(Rule.QUESTION, key, first_seen)
