"""Waves: near-identical texts found in a stream, in memory fixed beforehand."""

import re
import unicodedata
from array import array
from hashlib import blake2b
from itertools import pairwise
from math import ceil
from zlib import crc32

from connectors._remembered import Remembered

_NOISE = re.compile(r"https?://\S+|www\.\S+|[@#]\w+")
_MARKS = re.compile("[\u0300-\u036f]+")
_WORD = re.compile(r"[^\W_]+")
_SLOTS_PER_TEXT = 32
_LAPS = 4
"""The table counts comments in 2**4 and more capacities: by then a pair that nobody says any more is written over."""
_LONGEST = 64
_FEWEST_WORDS = 6
_SHORT = 12
_MASK = (1 << 64) - 1


def _pair(first: int, second: int) -> int:
    """Hash two words' checksums in order to 64 bits, the same in every process (Fibonacci hashing, folded)."""
    value = ((first << 32 | second) * 0x9E3779B97F4A7C15) & _MASK
    return value ^ (value >> 32)


def shingles(text: str) -> list[int]:
    """Hash the pairs of neighbouring words of a text, case, accents, links, mentions and hashtags aside.

    Returns:
        At most 64 different hashes, the smallest first, so that two long texts keep the same ones; none for a text of
        fewer than six words ("bravo", "merci à toute l'équipe"): too many people say these on their own.
    """
    folded = _NOISE.sub(" ", text).casefold()
    if not folded.isascii():
        folded = _MARKS.sub("", unicodedata.normalize("NFD", folded))
    words = [crc32(w.encode()) for w in _WORD.findall(folded)]
    if len(words) < _FEWEST_WORDS:
        return []
    return sorted({_pair(a, b) for a, b in pairwise(words)})[:_LONGEST]


class _Keys:
    """The keys of the latest comments in one run of bytes, by number."""

    __slots__ = ("_begin", "_bytes", "_ends")

    def __init__(self, capacity: int) -> None:
        self._ends = array("Q", bytes(8 * (capacity + 1)))
        self._bytes = bytearray()
        self._begin = 0

    def put(self, number: int, key: str) -> None:
        self._bytes += key.encode("utf-8", "surrogatepass")
        self._ends[number % len(self._ends)] = self._begin + len(self._bytes)

    def forget(self, number: int) -> None:
        """Forget the oldest."""
        end = self._ends[number % len(self._ends)]
        del self._bytes[: end - self._begin]
        self._begin = end

    def __getitem__(self, number: int) -> bytes:
        start, end = self._ends[(number - 1) % len(self._ends)], self._ends[number % len(self._ends)]
        return bytes(self._bytes[start - self._begin : end - self._begin])


class _Groups:
    """Texts and their copies: how many are remembered, the first and the last of them, and the wave they are."""

    __slots__ = ("_free", "first", "last", "shingles", "size", "wave")

    def __init__(self, capacity: int) -> None:
        self._free = array("I", range(capacity))
        self.size = array("I", bytes(4 * capacity))
        self.shingles = array("B", bytes(capacity))
        self.first = array("Q", bytes(8 * capacity))
        self.last = array("Q", bytes(8 * capacity))
        self.wave = array("Q", bytes(8 * capacity))

    def begin(self, shingles: int) -> int:
        group = self._free.pop()
        self.shingles[group] = shingles
        return group

    def end(self, group: int) -> None:
        self.wave[group] = 0
        self._free.append(group)


class Waves:
    """The copies in a stream of comments.

    Two texts are copies when enough of the shorter one's word pairs are in the longer: 3 in 5 of a short text, 7 in 20
    of a long one, never fewer than four; a personal first line or a hashtag added changes nothing. Pairs are kept in one
    fixed table, comments in a ring: what is older than `capacity` comments is forgotten, and memory stays as it is.
    Hashes are stable: the same stream gives the same waves in every process.

    Attributes:
        capacity: comments remembered.
    """

    def __init__(self, *, capacity: int = 32_768) -> None:
        """Reserve the memory: 128 to 256 bytes a comment in the table, 65 more for each one remembered, besides its key.

        Raises:
            ValueError: capacity is not positive.
        """
        if capacity < 1:
            raise ValueError(f"capacity must be positive, not {capacity}")
        self.capacity = capacity
        slots = 1 << (capacity * _SLOTS_PER_TEXT - 1).bit_length()
        self._slot = slots - 1
        self._bits = capacity.bit_length() + _LAPS
        self._table = array("I", bytes(4 * slots))  # some bits of a pair, and of the number of who said it last
        self._texts = Remembered(array("I", bytes(4 * capacity)))  # the group of each comment
        self._keys = _Keys(capacity)
        self._next = array("Q", bytes(8 * capacity))  # the number of each comment's next copy
        self._groups = _Groups(capacity + 1)

    def add(self, key: str, text: str) -> str | None:
        """Take in one comment.

        Args:
            key: the comment's own key; one seen before is not counted again.
            text: what it says.

        Returns:
            The id of the wave it belongs to; None for a text without a copy so far. The first of a wave learns of it
            when the second comes: ask `wave_of`.
        """
        if self._texts.number(key):
            return self.wave_of(key)
        hashes = shingles(text)
        if not hashes:
            return None
        group = self._nearest(hashes)
        if group is None:
            group = self._groups.begin(len(hashes))
        number = self._texts.count + 1
        self._join(group, number)
        if number > self.capacity:
            self._forget(number - self.capacity)
        self._texts.put(key, group)
        self._keys.put(number, key)
        low = number & (1 << self._bits) - 1
        for value in hashes:
            self._table[value & self._slot] = value >> 32 + self._bits << self._bits | low
        return self._id(group)

    def wave_of(self, key: str) -> str | None:
        """Return the wave a comment belongs to; None when it is alone, too short or forgotten."""
        group = self._texts.get(key)
        return None if group is None else self._id(group)

    def first_of(self, key: str) -> str | None:
        """Return the key of the first comment remembered of those that say what this one says; None where it is forgotten."""
        group = self._texts.get(key)
        return None if group is None else self._keys[self._groups.first[group]].decode("utf-8", "surrogatepass")

    def _id(self, group: int) -> str | None:
        return f"w{self._groups.wave[group]:016x}" if self._groups.size[group] > 1 else None

    def _nearest(self, hashes: list[int]) -> int | None:
        shared: dict[int, int] = {}
        latest, lap, remembered = self._texts.count, (1 << self._bits) - 1, len(self._texts)
        for value in hashes:
            entry = self._table[value & self._slot]
            age = latest - entry & lap
            if entry >> self._bits == value >> 32 + self._bits and age < remembered:
                group = self._texts[latest - age]
                shared[group] = shared.get(group, 0) + 1
        if not shared:
            return None
        best = max(shared, key=lambda group: (shared[group], -self._groups.first[group]))
        shorter = min(len(hashes), self._groups.shingles[best])
        share = 0.6 if shorter < _SHORT else 0.35
        return best if shared[best] >= max(4, ceil(share * shorter)) else None

    def _join(self, group: int, number: int) -> None:
        groups = self._groups
        if groups.size[group]:
            self._next[groups.last[group] % self.capacity] = number
        else:
            groups.first[group] = number
        groups.last[group] = number
        groups.size[group] += 1
        if groups.size[group] > 1 and not groups.wave[group]:
            digest = blake2b(self._keys[groups.first[group]], digest_size=8).digest()
            groups.wave[group] = int.from_bytes(digest, "big") or 1

    def _forget(self, oldest: int) -> None:
        group, groups = self._texts[oldest], self._groups
        groups.size[group] -= 1
        if groups.size[group]:
            groups.first[group] = self._next[oldest % self.capacity]
        else:
            groups.end(group)
        self._keys.forget(oldest)
