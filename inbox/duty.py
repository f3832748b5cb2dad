"""Duty: who is on watch, and what they were told that still holds."""

from msgspec import Struct, structs

from inbox.alerts.model import Alert
from inbox.events import Alerted, OnWatch


def anonymous(event: Alerted, keys: frozenset[str]) -> Alerted:
    """Return what was told without what concerned comments that are forgotten."""
    return structs.replace(
        event,
        alerts=tuple(alert for alert in event.alerts if alert.subject not in keys),
        over=tuple(over for over in event.over if over.partition(":")[2] not in keys),
    )


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

    def forget(self, keys: frozenset[str]) -> None:
        """Let what was told of some comments go."""
        self.alerted = {id_: alert for id_, alert in self.alerted.items() if alert.subject not in keys}
        self.last = anonymous(self.last, keys) if self.last is not None else None
