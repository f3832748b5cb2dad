"""Carrying: which call of a connector carries out which kind of sending."""

from datetime import datetime

from connectors._contract import Connector
from connectors._model import Capability, Outcome, Outgoing, Receipt, Sent, Support
from connectors._text import sanitise
from inbox.outbox import Kind, OutboxEntry


async def carry_out(entry: OutboxEntry, connector: Connector, now: datetime) -> Outcome:
    """Do on the platform what a sending says, once.

    Raises:
        ConnectorError: as the connector's methods do.
    """
    match entry.kind:
        case Kind.HIDE | Kind.UNHIDE:
            return await connector.hide(entry.native_id, hidden=entry.kind is Kind.HIDE)
        case Kind.SPAM:
            return await connector.mark_spam(entry.native_id)
        case Kind.BLOCK | Kind.UNBLOCK:
            left = (entry.until - now).total_seconds() if entry.kind is Kind.BLOCK and entry.until else 0
            return await connector.mute(entry.native_id, seconds=max(1, round(left)) if entry.kind is Kind.BLOCK else 0)
        case Kind.DELETE | Kind.REMOVE:
            return await connector.delete(entry.native_id)
        case Kind.UNPIN:
            return await connector.unpin_notice(entry.native_id)
        case Kind.CLOSE | Kind.REOPEN:
            return await _lock(entry, connector, now)
    outgoing: Outgoing = entry.outgoing  # type: ignore[assignment]  # every other kind says something
    match entry.kind:
        case Kind.EDIT:
            return await connector.edit_own(entry.native_id, outgoing)
        case Kind.NOTICE if outgoing.parent_id is None:
            return await connector.pin_notice(outgoing)
        case Kind.THREAD:
            return await connector.open_thread(outgoing)
    return await connector.send_reply(outgoing)


async def _lock(entry: OutboxEntry, connector: Connector, now: datetime) -> Outcome:
    """Lock a thread where the platform can; where it cannot, the house alone treats it as closed, and says why."""
    support = connector.capabilities.get(Capability.LOCK, Support("no", ""))
    if support.can != "no":
        return await connector.lock(entry.native_id, locked=entry.kind is Kind.CLOSE)
    return Sent(Receipt(remote_id=entry.native_id, at=now, warning=sanitise(f"only on this desk: {support.reason}")))
