"""Alerts in the reader's language: counts alone, so that nothing a visitor wrote leaves the house by a side door."""

from collections import Counter
from collections.abc import Sequence

from inbox.alerts.model import Alert, Rule
from tui.i18n import ngettext


def say_alerts(alerts: Sequence[Alert]) -> str:
    """Put alerts into one line, gravest first."""
    counts = Counter(alert.rule for alert in alerts)
    return " · ".join(_words(rule, counts[rule]) for rule in Rule if counts[rule])


def _words(rule: Rule, count: int) -> str:
    match rule:
        case Rule.CRITICAL:
            words = ngettext("{n} possible danger", "{n} possible dangers", count)
        case Rule.UNLAWFUL:
            words = ngettext("{n} danger still open", "{n} dangers still open", count)
        case Rule.REACH:
            words = ngettext("{n} heated comment carries far", "{n} heated comments carry far", count)
        case Rule.FLOOD:
            words = ngettext("a flood under {n} post", "floods under {n} posts", count)
        case Rule.BAROMETER:
            words = ngettext(
                "the barometer of {n} exhibition is high", "the barometers of {n} exhibitions are high", count
            )
        case Rule.QUESTION:
            words = ngettext("{n} question waits too long", "{n} questions wait too long", count)
        case Rule.SILENCE:
            words = ngettext("{n} source is silent", "{n} sources are silent", count)
    return words.format(n=count)
