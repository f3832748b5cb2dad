"""Duty: who is on watch, and what they were told that still holds."""

from msgspec import Struct

from inbox.alerts.model import Alert
from inbox.events import Alerted, OnWatch


class Duty(Struct):
    """What the events of the watch add up to.

    Attributes:
        alerted: alerts that were told and still hold, by id.
        last: the latest telling, or None.
        watch: who is on watch, since when and with what note, or None.
    """

    alerted: dict[str, Alert] = {}
    last: Alerted | None = None
    watch: OnWatch | None = None

    def apply(self, event: Alerted | OnWatch) -> tuple[str, ...]:
        """Fold one event in; it touches no item."""
        if isinstance(event, OnWatch):
            self.watch = event if event.operator else None
            return ()
        for over in event.over:
            self.alerted.pop(over, None)
        self.alerted |= {alert.id: alert for alert in event.alerts}
        if event.alerts:
            self.last = event
        return ()
