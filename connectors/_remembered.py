"""Remembered: the latest so many texts, each with a value beside it, in memory fixed beforehand: 16 bytes a text."""

from array import array
from collections.abc import MutableSequence
from typing import Generic, TypeVar

V = TypeVar("V")


class Remembered(Generic[V]):
    """A memory of texts that forgets the one put down longest ago.

    A text is known by the 64 bits of Python's own keyed hash, which nobody outside can aim at: that one text in a million is
    taken for one of 20,000 others has a chance of one in 10^9. A place stands in the chain of those put down before it
    whose hashes are alike; what a chain leads to is younger than what led there where it has been written over meanwhile.

    Attributes:
        count: how many texts were put down in all, and so the number of the latest.
    """

    __slots__ = ("_before", "_hashes", "_latest", "_places", "_values", "count")

    def __init__(self, values: MutableSequence[V]) -> None:
        """Remember as many texts as `values` has places; what stands in them is written over.

        Raises:
            ValueError: there is no place.
        """
        if not values:
            raise ValueError("a memory needs a place")
        self.count = 0
        self._places = len(values)
        self._values = values
        self._hashes = array("q", bytes(8 * self._places))
        self._before = array("I", bytes(4 * self._places))  # places from 1 on: 0 stands for none
        self._latest = array("I", bytes(4 * self._places))

    def put(self, text: str, value: V) -> int:
        """Put a text down, anew if it was there; returns its number, one more than the last."""
        hashed = hash(text)
        chain, place = hashed % self._places, self.count % self._places
        self.count += 1
        self._values[place], self._hashes[place] = value, hashed
        self._before[place], self._latest[chain] = self._latest[chain], place + 1
        return self.count

    def number(self, text: str) -> int:
        """Return the number under which a text was put down last; 0 where it is not known, or forgotten."""
        hashed, age = hash(text), -1
        place = self._latest[hashed % self._places]
        while place:
            older = (self.count - place) % self._places
            if older <= age:
                break
            if self._hashes[place - 1] == hashed:
                return self.count - older
            age, place = older, self._before[place - 1]
        return 0

    def get(self, text: str) -> V | None:
        """Return the value put down with a text last; None where it is not known, or forgotten."""
        number = self.number(text)
        return self[number] if number else None

    def __getitem__(self, number: int) -> V:
        """Return the value of one that is not forgotten."""
        return self._values[(number - 1) % self._places]

    def __setitem__(self, number: int, value: V) -> None:
        """Give another value to one that is not forgotten; that makes it no younger."""
        self._values[(number - 1) % self._places] = value

    def __len__(self) -> int:
        return min(self.count, self._places)
