"""Alarm: tells whoever is on watch what cannot wait, once each, at bearable intervals, and keeps what it told."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from connectors._http import Http
from connectors._text import sanitise
from inbox.alerts.channels import FIRST_WAIT, Channel, Message, deliver
from inbox.alerts.model import Alert
from inbox.alerts.rules import AlertRules
from inbox.alerts.standing import GRAVE, standing
from inbox.events import Alerted
from inbox.fold import Inbox
from inbox.glance import SourceHealth
from inbox.ledger import Ledger
from inbox.situations.model import PostState

log = logging.getLogger(__name__)

REARM = timedelta(minutes=10)
"""How long an alert must no longer hold before the same one is told again."""
QUOTED = 160
"""Characters of a comment that a channel with `texts` is shown."""

Say = Callable[[Sequence[Alert]], str]
"""Puts alerts into one line of the house's language: counts, no names and no texts."""


class Alarm:
    """What the engine asks at every tick."""

    def __init__(
        self,
        rules: AlertRules,
        *,
        desk: str,
        say: Say,
        http: Http,
        clock: Callable[[], datetime],
        wait: float = FIRST_WAIT,
    ) -> None:
        """Prepare.

        Args:
            rules: the house's rules and channels.
            desk: the desk's name.
            say: puts alerts into words.
            http: the client for ntfy and webhooks.
            clock: the time, aware.
            wait: seconds before a message is offered again.
        """
        self._rules = rules
        self._desk = desk
        self._say = say
        self._http = http
        self._clock = clock
        self._wait = wait
        self._began = clock()
        self._sent_at: datetime | None = None
        self._over: dict[str, datetime] = {}
        self._late: dict[str, Message] = {}

    async def look(self, ledger: Ledger, sources: Sequence[SourceHealth], states: Mapping[str, PostState]) -> None:
        """Tell what is new since the last look, unless it is too soon or a quiet hour.

        Raises:
            StoreError: what was told could not be kept; it may be told again.
        """
        now = self._clock()
        with ledger.reading() as inbox:
            true = standing(inbox, self._rules, sources=sources, states=states, since=self._began, now=now)
            fresh = tuple(alert for id_, alert in true.items() if id_ not in inbox.duty.alerted)
            over = self._ended(inbox, true, now)
        quiet = self._rules.quiet_hours
        if quiet is not None and now in quiet:
            fresh = tuple(alert for alert in fresh if alert.rule in GRAVE)
        if self._too_soon(now):
            fresh = ()
        failed = await self._tell(ledger, fresh, now) if fresh or (self._late and not self._too_soon(now)) else ()
        if fresh or over:
            event = Alerted(at=now, alerts=fresh, over=over, failed=failed)
            await asyncio.to_thread(ledger.record, [event])

    def _too_soon(self, now: datetime) -> bool:
        pause = timedelta(minutes=self._rules.pause)
        return self._sent_at is not None and self._sent_at <= now < self._sent_at + pause

    def _ended(self, inbox: Inbox, true: Mapping[str, Alert], now: datetime) -> tuple[str, ...]:
        """Return the ids of what was told and has not been true for a while: from now on it is news again."""
        gone = inbox.duty.alerted.keys() - true.keys()
        self._over = {id_: self._over.get(id_, now) for id_ in gone}
        return tuple(sorted(id_ for id_, since in self._over.items() if now - since >= REARM))

    async def _tell(self, ledger: Ledger, fresh: tuple[Alert, ...], now: datetime) -> tuple[str, ...]:
        """Send to every channel that listens; what did not arrive is offered again with the next message."""
        with ledger.reading() as inbox:
            watching = inbox.duty.watch.operator if inbox.duty.watch else ""
            quoted = self._quote(inbox, fresh)
        offered: dict[str, Message] = {}
        for name, channel in self._rules.to.items():
            message = self._message(channel, fresh, self._late.get(name), quoted)
            if message.alerts and (not channel.only or channel.only == watching):
                offered[name] = message
        troubles = await asyncio.gather(
            *(deliver(self._rules.to[name], message, self._http, wait=self._wait) for name, message in offered.items())
        )
        failed = tuple(name for name, trouble in zip(offered, troubles, strict=True) if trouble)
        for name, trouble in zip(offered, troubles, strict=True):
            if trouble:
                log.warning("alerts do not arrive at %s: %s", name, sanitise(trouble))
        self._late = {name: offered[name] for name in failed}
        self._sent_at = now
        return failed

    def _message(self, channel: Channel, fresh: tuple[Alert, ...], late: Message | None, quoted: str) -> Message:
        alerts = tuple(a for a in fresh if not channel.rules or a.rule in channel.rules)
        alerts = (*(late.alerts if late else ()), *alerts)
        text = self._say(alerts) if alerts else ""
        return Message(self._desk, f"{text}\n{quoted}" if channel.texts and quoted else text, alerts)

    @staticmethod
    def _quote(inbox: Inbox, alerts: Sequence[Alert]) -> str:
        items = [item for alert in alerts if (item := inbox.items.get(alert.subject)) is not None]
        gravest = max(items, key=lambda item: item.risk, default=None)
        return " ".join(gravest.comment.text.split())[:QUOTED] if gravest else ""
