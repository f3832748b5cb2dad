"""The AT Protocol's identifiers: addresses of records, and record keys that sort by time and are ours alone."""

import re
import secrets
from collections.abc import Callable

from msgspec import Struct

POST = "app.bsky.feed.post"
THREADGATE = "app.bsky.feed.threadgate"
PROFILE = "app.bsky.actor.profile"

_DID = r"did:[a-z]+:[a-zA-Z0-9._:%-]*[a-zA-Z0-9._-]"
_URI = re.compile(rf"at://({_DID})/([a-zA-Z0-9.-]{{3,317}})/([a-zA-Z0-9._:~-]{{1,512}})")
_TID_ALPHABET = "234567abcdefghijklmnopqrstuvwxyz"
_TID = re.compile(r"[2-7a-j][2-7a-z]{12}")


class AtUri(Struct, frozen=True):
    """The address of one record.

    Attributes:
        did: whose repository.
        collection: which kind of record.
        rkey: which one.
    """

    did: str
    collection: str
    rkey: str

    def __str__(self) -> str:
        return f"at://{self.did}/{self.collection}/{self.rkey}"


def parse_uri(uri: str) -> AtUri | None:
    """Read the address of a record in the repository of a DID; None where it is none."""
    found = _URI.fullmatch(uri)
    if found is None or found[3] in {".", ".."} or len(uri) > 8192:
        return None
    return AtUri(found[1], found[2], found[3])


def post_uri(uri: str) -> AtUri | None:
    """Read the address of a post; None where it is none."""
    address = parse_uri(uri)
    return address if address is not None and address.collection == POST else None


def is_tid(key: str) -> bool:
    """Whether a record key is a timestamp identifier."""
    return _TID.fullmatch(key) is not None


def tid_of(microseconds: int, clock_id: int) -> str:
    """Write a timestamp identifier: 53 bits of microseconds since the epoch and 10 of a clock's id, in 13 letters.

    Source: https://atproto.com/specs/tid
    """
    number = (microseconds & (1 << 53) - 1) << 10 | (clock_id & 1023)
    return "".join(_TID_ALPHABET[number >> shift & 31] for shift in range(60, -1, -5))


class TidClock:
    """Makes identifiers that only grow; each clock has an id of its own, so that two desks never make the same."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """Take the time from `clock`, seconds since the epoch."""
        self._clock = clock
        self._id = secrets.randbelow(1024)
        self._last = 0

    def __call__(self) -> str:
        """Return the next identifier."""
        self._last = max(self._last + 1, int(self._clock() * 1_000_000))
        return tid_of(self._last, self._id)
