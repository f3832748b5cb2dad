"""Measuring: which of a platform's lengths holds for a text that is being written beside a comment."""

from connectors._contract import Connector
from connectors._model import Measure, Writing
from inbox.fold import Inbox
from inbox.item import Item
from inbox.notices import place, written_as
from inbox.planning import measured_beside

TO_A_PERSON = frozenset({"reply", "appeal"})
"""What is sent as an answer to one comment, and begins as the platform wants it so that its author is told."""
_POSTS = {"thread": Writing.POST, "title": Writing.TITLE}
NOT_CONNECTED = 5000
"""Characters granted where nobody can be asked."""


def measured(inbox: Inbox, item: Item, connector: Connector | None, text: str, what: str) -> Measure:
    """Count a text as the platform will, where it is to appear.

    Args:
        inbox: the inbox as it stands; only read.
        item: the comment beside which it is written.
        connector: of the account it would leave from; None where that is not connected.
        text: all that will be public.
        what: the words of `Desk.measure`.
    """
    if connector is None:
        return Measure(len(text), NOT_CONNECTED)
    if what == "notice":
        where = place(inbox, item, connector.source, connector)
        return measured_beside(item, connector, text, written_as(where, item))
    if what in _POSTS:
        return connector.measure(text, _POSTS[what])
    return measured_beside(item, connector, text)
