"""Vitals: how a source is, in words: its state, its last comment, silence, requests left, the end of its token."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from inbox.glance import SourceHealth
from tui.i18n import N_, _, ngettext
from tui.telling import span

WARNED = timedelta(days=14)
"""How long before a token's end it is worth a warning."""
SCARCE = 0.2
"""The share of the requests below which becalm itself slows down (connectors/_limits.py)."""
HEALTH = {
    "starting": N_("starting"),
    "ok": N_("ok"),
    "limited": N_("asked to wait"),
    "unreachable": N_("unreachable"),
    "auth": N_("refuses our token"),
    "broken": N_("broken"),
}


def health_of(source: Mapping[str, Any]) -> SourceHealth:
    """Read a source of the status file, whose moments are seconds since the epoch; an older engine tells less."""

    def moment(key: str) -> datetime | None:
        value = source.get(key)
        return None if value is None else datetime.fromtimestamp(value, UTC)

    return SourceHealth(
        name=source["name"],
        network=source["platform"],
        state=source["state"],
        last_at=moment("last_at"),
        message=source["message"],
        heard_at=moment("heard_at"),
        silent=bool(source.get("silent")),
        budget=source.get("budget"),
        budget_until=moment("budget_until"),
        ends_at=moment("ends_at"),
    )


def is_worrying(source: SourceHealth, now: datetime) -> bool:
    """Whether somebody should look at a source although it answers."""
    soon = source.ends_at is not None and source.ends_at - now < WARNED
    return soon or source.silent or (source.budget is not None and source.budget < SCARCE)


def vital_words(source: SourceHealth, now: datetime) -> Iterator[str]:
    """Say last comment or silence, requests left, days left of the token; what nobody knows is left out."""
    if source.heard_at is not None:
        pattern = _("unusually silent for {age}") if source.silent else _("last comment {age} ago")
        yield pattern.format(age=span(max(timedelta(), now - source.heard_at)))
    if source.budget is not None:
        yield _("{n} % of the requests left").format(n=round(100 * source.budget))
    if source.ends_at is not None:
        days = max(0, (source.ends_at - now).days)
        yield ngettext("token: {n} day left", "token: {n} days left", days).format(n=days)
