"""PublishedCalls: the part of the desk's protocol about what the house published, and what is not sent yet."""

from collections.abc import Sequence
from typing import Protocol

from connectors._model import Appearance
from inbox.published import Notice, Place, Thread
from inbox.rows import Row


class PublishedCalls(Protocol):
    """What a screen or a command may ask of notices, threads and unsent texts; part of `inbox.desk.Desk`."""

    async def appearance(self, key: str, text: str, *, reply: bool = True, source: str = "") -> Appearance:
        """Say how readers will see a text there, mention prefix included for a reply."""

    async def places(self, key: str, what: str) -> tuple[Place, ...]:
        """Say where a "notice" or a "thread" would appear on each source, the item's own first."""

    async def rows_of(self, keys: Sequence[str]) -> tuple[Row, ...]:
        """Return the rows of the comments that sendings are about, whatever list they are in; unknown ones are left out."""

    async def askers(self, key: str) -> tuple[Row, ...]:
        """List the comments under an item's post whose authors asked something: whom a thread may invite, ten at most."""

    async def notices(self) -> tuple[Notice, ...]:
        """List every notice of the house, newest first, those that stand before those that are over."""

    async def threads(self) -> tuple[Thread, ...]:
        """List every dedicated thread of the house, newest first, open ones first."""

    async def kept(self, key: str) -> dict[str, dict[str, str]]:
        """Return this operator's unsent texts about one item: by kind of text, then by field."""

    async def keep(self, key: str, kind: str, texts: dict[str, str]) -> None:
        """Keep an unsent text for this operator alone; durable when this returns. No texts: forget it.

        Raises:
            StoreError: it is not durable.
        """
