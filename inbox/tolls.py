"""Tolls: what an act that sends many things costs each account before it is decided: calls, quota, money, time."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from msgspec import Struct

from connectors._contract import Connector
from connectors._model import Capability, Price
from inbox.outbox import Kind, OutboxEntry

NEEDS = {
    Kind.REPLY: Capability.REPLY,
    Kind.HOUSE_COMMENT: Capability.REPLY,
    Kind.INVITATION: Capability.REPLY,
    Kind.NOTICE: Capability.PIN_NOTICE,
    Kind.UNPIN: Capability.PIN_NOTICE,
    Kind.THREAD: Capability.OPEN_THREAD,
    Kind.HIDE: Capability.HIDE,
    Kind.UNHIDE: Capability.HIDE,
    Kind.REMOVE: Capability.DELETE,
    Kind.SPAM: Capability.SPAM,
    Kind.DELETE: Capability.DELETE,
    Kind.EDIT: Capability.EDIT_OWN,
    Kind.CLOSE: Capability.LOCK,
    Kind.REOPEN: Capability.LOCK,
    Kind.BLOCK: Capability.MUTE,
    Kind.UNBLOCK: Capability.MUTE,
}
"""Which capability's price each kind of sending pays."""
FREE = Price()


class Toll(Struct, frozen=True, kw_only=True):
    """What an act costs one account.

    Attributes:
        source: the account.
        network: its platform's own name.
        sendings: how many things leave from it.
        calls: requests they take.
        units: how much of the platform's quota they use, 0 where it counts requests alone.
        unit: what that quota counts.
        money: what the platform charges for them.
        currency: in which currency.
        seconds: how long they take at the account's pace once they may leave.
        ahead: sendings of this account that were decided before and go first.
        left: share of the platform's budget that is left, 0 to 1; None where it does not say.
        until: when that budget begins anew, seconds since the epoch.
    """

    source: str
    network: str
    sendings: int
    calls: int
    units: float = 0.0
    unit: str = ""
    money: float = 0.0
    currency: str = ""
    seconds: float = 0.0
    ahead: int = 0
    left: float | None = None
    until: float = 0.0


def tolls(
    entries: Iterable[OutboxEntry], ahead: Mapping[str, int], connectors: Mapping[str, Connector]
) -> tuple[Toll, ...]:
    """Count what sendings cost, account by account, the dearest first.

    Args:
        entries: what would be sent.
        ahead: how many sendings of each source wait already.
        connectors: the live connectors by source name.
    """
    by_source: dict[str, list[OutboxEntry]] = {}
    for entry in entries:
        by_source.setdefault(entry.source, []).append(entry)
    found = [_toll(mine, ahead.get(s, 0), connectors[s]) for s, mine in by_source.items() if s in connectors]
    return tuple(sorted(found, key=lambda toll: -toll.seconds))


def _toll(entries: list[OutboxEntry], ahead: int, connector: Connector) -> Toll:
    traits = connector.traits
    prices = [traits.prices.get(NEEDS[entry.kind], FREE) for entry in entries]
    budget = connector.budget()
    return Toll(
        source=entries[0].source,
        network=traits.label,
        sendings=len(entries),
        calls=sum(price.calls for price in prices),
        units=sum(price.units for price in prices),
        unit=next((price.unit for price in prices if price.unit), ""),
        money=sum(price.money for price in prices),
        currency=next((price.currency for price in prices if price.currency), ""),
        seconds=(ahead + len(entries) - 1) * traits.send_interval,
        ahead=ahead,
        left=budget.left if budget else None,
        until=budget.until if budget else 0.0,
    )


def waiting(inbox_pending: Iterable[OutboxEntry], now: datetime) -> dict[str, int]:
    """Count the sendings of each source that leave before what is decided now: those that nobody put off."""
    counted: dict[str, int] = {}
    for entry in inbox_pending:
        if not entry.scheduled or entry.due_at <= now:
            counted[entry.source] = counted.get(entry.source, 0) + 1
    return counted
