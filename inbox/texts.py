"""Texts: short texts, each kept once under a number, in a fraction of what a dictionary of strings takes."""

import os
from array import array
from collections.abc import Iterator
from hashlib import blake2b

Part = bytearray | array  # type: ignore[type-arg]  # of whatever numbers
"""What packed tables are made of: bytes, or numbers of one size."""
_FEWEST = 64  # places of an empty table


class Texts:
    """Short texts numbered in order of arrival; about twenty bytes apiece besides what they say.

    A hash table with open addressing over one run of UTF-8. Its hashes are keyed: platforms let strangers choose the ids
    that lie here, and nobody shall choose them to collide. One thread adds; others may look meanwhile.

    Attributes:
        salt: the key of the hashes.
        said: all of them, end to end.
        ends: where each ends in it.
        prints: the hash of each, 32 bits.
        places: the table: a number + 1, or 0.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self.salt = bytearray(os.urandom(16))
        self.said = bytearray()
        self.ends = array("I")
        self.prints = array("I")
        self.places = array("I", bytes(4 * _FEWEST))
        self._asked = "", b"", 0  # what was asked for last is often asked for next

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, number: int) -> str:
        return self._unpacked(self._body(number))

    def find(self, text: str) -> int:
        """Return a text's number; -1 for one that is not here."""
        return self._find(*self._told(text))

    def add(self, text: str) -> int:
        """Return a text's number; it gets the next one if it is new."""
        body, hashed = self._told(text)
        number = self._find(body, hashed)
        if number >= 0:
            return number
        number = len(self.ends)
        self.said += body
        self.prints.append(hashed)
        self.ends.append(len(self.said))
        if 3 * number >= 2 * len(self.places):
            self._grow()
        else:
            _place(self.places, hashed, number)
        return number

    def blank(self, number: int) -> None:
        """Overwrite what a text says: it is found no more, and its number names nothing."""
        start, end = self._span(number)
        self.said[start:end] = bytes(end - start)

    def parts(self) -> Iterator[Part]:
        """Yield what this is made of, in an order of its own."""
        yield from (self.salt, self.said, self.ends, self.prints, self.places)

    def _told(self, text: str) -> tuple[bytes, int]:
        """Return a text as it lies here, and its hash."""
        asked, body, hashed = self._asked
        if not body or asked != text:
            body = self._packed(text)
            hashed = self._print(body)
            self._asked = text, body, hashed
        return body, hashed

    def _packed(self, text: str) -> bytes:
        return text.encode("utf-8", "surrogatepass")  # what somebody types may be no UTF-8: then it is simply not here

    def _unpacked(self, body: bytes | bytearray) -> str:
        return body.decode("utf-8", "surrogatepass")

    def _find(self, body: bytes, hashed: int) -> int:
        places, prints = self.places, self.prints
        mask = len(places) - 1
        at = hashed & mask
        while number := places[at]:
            if prints[number - 1] == hashed and self._body(number - 1) == body:
                return number - 1
            at = at + 1 & mask
        return -1

    def _body(self, number: int) -> bytearray:
        start, end = self._span(number)
        return self.said[start:end]

    def _span(self, number: int) -> tuple[int, int]:
        return self.ends[number - 1] if number else 0, self.ends[number]

    def _print(self, body: bytes) -> int:
        return int.from_bytes(blake2b(body, digest_size=4, key=self.salt).digest(), "little")

    def _grow(self) -> None:
        places = array("I", bytes(2 * 4 * len(self.places)))
        for number, hashed in enumerate(self.prints):
            _place(places, hashed, number)
        self.places = places  # at once: somebody may be looking


def _place(places: "array[int]", hashed: int, number: int) -> None:
    mask = len(places) - 1
    at = hashed & mask
    while places[at]:
        at = at + 1 & mask
    places[at] = number + 1
