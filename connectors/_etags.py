"""Answers kept with their ETags: what a server says is as it was need not be sent, counted and read once more."""

from collections import OrderedDict
from collections.abc import Hashable

from msgspec import Struct, structs

from connectors._answer import Answer

MOST = 4 * 1024 * 1024
"""Bytes of answers kept in all; a page of a hundred comments is some 150 kB."""
LARGEST = 512 * 1024
"""Bytes of the largest answer that is kept."""
TRUSTED = 600.0
"""Seconds for which an answer is kept; then it is asked for whole, for a proxy that says "unchanged" for ever would else
hide every comment to come."""


class Kept(Struct, frozen=True):
    """One answer.

    Attributes:
        answer: as it came.
        until: to when it is trusted, seconds since the epoch.
    """

    answer: Answer
    until: float


class ETags:
    """The latest answers that bore an ETag (RFC 9110, 8.8.3), by what was asked: address, query, account and headers."""

    def __init__(self) -> None:
        """Keep nothing yet."""
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()
        self._size = 0

    def known(self, asked: Hashable, now: float) -> Answer | None:
        """Return the answer we have to what is asked, if it is still trusted."""
        kept = self._kept.get(asked)
        return kept.answer if kept is not None and now < kept.until else None

    def whole(self, asked: Hashable, known: Answer | None, came: Answer, now: float) -> Answer:
        """Return what an answer says: itself, or the one we have where it says that nothing changed.

        Args:
            asked: address, query, account and headers.
            known: the answer that we said we have.
            came: what came.
            now: seconds since the epoch.
        """
        if came.status == 304 and known is not None:
            if asked in self._kept:
                self._kept.move_to_end(asked)
            return structs.replace(known, headers={**known.headers, **came.headers})
        self._drop(asked)
        if _may_be_kept(came):
            self._kept[asked] = Kept(came, now + TRUSTED)
            self._size += len(came.body)
            while self._size > MOST:
                self._drop(next(iter(self._kept)))
        return came

    def _drop(self, asked: Hashable) -> None:
        kept = self._kept.pop(asked, None)
        self._size -= len(kept.answer.body) if kept is not None else 0


def condition(known: Answer | None) -> dict[str, str]:
    """Return the headers that ask for an answer only if it is another than the one we have."""
    return {} if known is None else {"If-None-Match": known.headers["etag"]}


def _may_be_kept(answer: Answer) -> bool:
    is_private = "no-store" in answer.headers.get("cache-control", "").lower()
    return answer.status == 200 and bool(answer.headers.get("etag")) and len(answer.body) <= LARGEST and not is_private
