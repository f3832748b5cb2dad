"""Figures: a few whole numbers for each of many keys, packed: some forty bytes a key besides what it says."""

import struct
from array import array
from collections.abc import Collection, Iterable, Iterator
from itertools import compress

from msgspec import Struct

MOST = (1 << 32) - 1
"""The largest number that is kept; what is larger is kept as this, and what is negative as 0."""
_FEWEST = 64  # places of an empty table
_END = struct.Struct("<I")


class _Table:
    """Where each key's row is: a hash table with open addressing, by 64 bits of Python's own keyed hash.

    Nobody who chooses keys can aim at that hash; that two of a million keys have the same has a chance of one in 10^7.

    Attributes:
        hashes: of each row's key; 0 where it was let go.
        places: a row + 1 each, or 0.
    """

    __slots__ = ("hashes", "places")

    def __init__(self, hashes: Iterable[int]) -> None:
        self.hashes = array("q", hashes)
        self._lay_out()

    def find(self, key: str) -> int:
        """Return a key's row, or -1."""
        hashed, places = _hash(key), self.places
        mask = len(places) - 1
        at = hashed & mask
        while row := places[at]:
            if self.hashes[row - 1] == hashed:
                return row - 1
            at = at + 1 & mask
        return -1

    def add(self, key: str) -> None:
        """Give a key the next row."""
        self.hashes.append(_hash(key))
        if 3 * len(self.hashes) < 2 * len(self.places):
            self._lay(len(self.hashes) - 1, self.places)
        else:
            self._lay_out()

    def _lay_out(self) -> None:
        size = _FEWEST
        while 3 * len(self.hashes) >= 2 * size:
            size *= 2
        places = array("I", bytes(4 * size))
        for row in compress(range(len(self.hashes)), self.hashes):
            self._lay(row, places)
        self.places = places

    def _lay(self, row: int, places: "array[int]") -> None:
        mask = len(places) - 1
        at = self.hashes[row] & mask
        while places[at]:
            at = at + 1 & mask
        places[at] = row + 1


class Figures(Struct, dict=True, eq=False):
    """Numbers by key, each key in a row of its own, in order of arrival; a snapshot keeps them as they lie here.

    Where a key's row is, is found out again after that, when it is asked for first. One thread writes; others may read meanwhile.

    Attributes:
        width: how many numbers a key has.
        said: the keys, end to end, in UTF-8; nothing but zeros in place of one that was let go.
        ends: where each ends in it, 4 bytes a key.
        rows: the numbers, 4 bytes each.
        left: how many rows were let go.
    """

    width: int
    said: bytearray = bytearray()
    ends: bytearray = bytearray()
    rows: bytearray = bytearray()
    left: int = 0

    def find(self, key: str) -> int:
        """Return a key's row; -1 for one that has none."""
        return self._table.find(key)

    def at(self, row: int) -> tuple[int, ...]:
        """Return the numbers of a row."""
        return struct.unpack_from(f"<{self.width}I", self.rows, 4 * self.width * row)

    def put(self, row: int, *numbers: int) -> None:
        """Give a row other numbers."""
        self.rows[4 * self.width * row : 4 * self.width * (row + 1)] = self._packed(numbers)

    def add(self, key: str, *numbers: int) -> None:
        """Give a key that has none a row."""
        table = self._table
        self.said += key.encode("utf-8", "surrogatepass")
        self.rows += self._packed(numbers)
        self.ends += _END.pack(len(self.said))
        table.add(key)  # last: with it the row is there for those who read meanwhile

    def set(self, key: str, *numbers: int) -> None:
        """Give a key its numbers, in the row it has or a new one."""
        row = self.find(key)
        if row < 0:
            self.add(key, *numbers)
        else:
            self.put(row, *numbers)

    def drop(self, keys: Collection[str]) -> None:
        """Let keys go, and all that is said of them."""
        table = self._table
        for row in {row for key in keys if (row := table.find(key)) >= 0}:
            start, end = self._span(row)
            self.said[start:end] = bytes(end - start)
            self.put(row, *[0] * self.width)
            table.hashes[row] = 0
            self.left += 1

    def squeezed(self) -> "Figures":
        """Return these figures without the rows that were let go; these very ones where they are the fewer."""
        if 2 * self.left <= len(self.ends) // 4:
            return self
        figures = Figures(self.width)
        for key, numbers in self.items():
            figures.add(key, *numbers)
        return figures

    def __len__(self) -> int:
        return len(self.ends) // 4 - self.left

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Figures) and dict(self.items()) == dict(other.items())

    __hash__ = None  # type: ignore[assignment]  # it changes

    def items(self) -> Iterator[tuple[str, tuple[int, ...]]]:
        """Yield every key and its numbers, in order of arrival."""
        return ((key, self.at(row)) for row in range(len(self.ends) // 4) if (key := self.key(row)))

    def numbers(self) -> Iterator[tuple[int, ...]]:
        """Yield the numbers that every row has now, zeros where it was let go."""
        return struct.iter_unpack(f"<{self.width}I", bytes(self.rows))

    def key(self, row: int) -> str:
        """Return a row's key; "" where it was let go."""
        start, end = self._span(row)
        return self.said[start:end].decode("utf-8", "surrogatepass").strip("\0")

    def _span(self, row: int) -> tuple[int, int]:
        start = _END.unpack_from(self.ends, 4 * row - 4)[0] if row else 0
        return start, _END.unpack_from(self.ends, 4 * row)[0]

    def _packed(self, numbers: Iterable[int]) -> bytes:
        try:
            return struct.pack(f"<{self.width}I", *numbers)
        except struct.error:
            return struct.pack(f"<{self.width}I", *(min(max(number, 0), MOST) for number in numbers))

    @property
    def _table(self) -> _Table:
        known: _Table | None = self.__dict__.get("table")
        if known is None:
            keys = map(self.key, range(len(self.ends) // 4))
            known = self.__dict__["table"] = _Table(_hash(key) if key else 0 for key in keys)
        return known


def _hash(key: str) -> int:
    return hash(key) or 1
