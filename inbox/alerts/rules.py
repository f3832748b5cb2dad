"""The `[alerts]` table: what is told, how often, in which hours not, and where it goes."""

from datetime import datetime, time
from typing import Annotated

from msgspec import Meta, Struct, field

from inbox.alerts.channels import Channel
from scoring.assessment import RiskLevel

LEVELS = tuple(level.label for level in RiskLevel if level)
"""Levels from which a barometer may be told."""
Minutes = Annotated[float, Meta(gt=0, le=10_080)]
"""At most a week; 0 would be always true, so a rule is switched off with `false`."""


class Quiet(Struct, frozen=True):
    """Quiet hours by the clock of this machine; they may run over midnight.

    Attributes:
        start: when they begin.
        end: when they end.
    """

    start: time
    end: time

    def __contains__(self, moment: datetime) -> bool:
        clock = moment.astimezone().time()
        if self.start <= self.end:
            return self.start <= clock < self.end
        return clock >= self.start or clock < self.end


class AlertRules(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[alerts]`: what is told, and how often.

    Attributes:
        critical: an open comment that is critical or signals danger.
        reach: reactions, answers and shares an hour from which a heated comment is told. False: never.
        flood: a flood is called under one of our posts.
        barometer: "tense", "heated" or "critical": the level of an exhibition's last hour from which it is told. False: never.
        silence: minutes without a good answer of a source; a lost login is told at once. False: never.
        question: minutes that a visitor's question waits. False: never.
        unlawful: minutes that a comment suspected of endangering somebody stays open. False: never.
        quiet: "22:00-07:00": in these hours only `critical` and `unlawful` are told; "" for none.
        pause: minutes between two messages; what comes meanwhile goes into the next one.
        to: where alerts go, by name; the terminal of an open desk needs no entry.
    """

    critical: bool = True
    reach: Annotated[float, Meta(gt=0)] | bool = 100.0
    flood: bool = True
    barometer: str | bool = False
    silence: Minutes | bool = 15.0
    question: Minutes | bool = False
    unlawful: Minutes | bool = 60.0
    quiet: str = ""
    pause: Annotated[float, Meta(ge=0, le=1440)] = 2.0
    to: dict[str, Channel] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse hours that are none."""
        for name in ("silence", "question", "unlawful"):
            if getattr(self, name) is True:
                raise ValueError(f"{name}: expected a number of minutes, or false")
        if self.reach is True:
            raise ValueError("reach: expected a number an hour, or false")
        if self.barometer is not False and self.barometer not in LEVELS:
            raise ValueError(f"barometer: expected {', '.join(LEVELS)}, or false")
        _ = self.quiet_hours

    @property
    def quiet_hours(self) -> Quiet | None:
        """The quiet hours, read."""
        if not self.quiet:
            return None
        try:
            start, end = (time.fromisoformat(part.strip()) for part in self.quiet.split("-"))
        except ValueError:
            raise ValueError('quiet: expected hours like "22:00-07:00"') from None
        return Quiet(start, end)
