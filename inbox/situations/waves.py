"""Waves: near-identical texts found in a stream, in memory fixed beforehand."""

import re
import unicodedata
from array import array
from collections import OrderedDict
from datetime import datetime
from hashlib import blake2b
from itertools import pairwise
from math import ceil
from zlib import crc32

from msgspec import Struct

_NOISE = re.compile(r"https?://\S+|www\.\S+|[@#]\w+")
_MARKS = re.compile("[\u0300-\u036f]+")
_WORD = re.compile(r"[^\W_]+")
_SLOTS_PER_TEXT = 32
_LONGEST = 64
_FEWEST_WORDS = 6
_SHORT = 12
_MASK = (1 << 64) - 1


class Member(Struct, frozen=True, gc=False):
    """One comment remembered.

    Attributes:
        key: the comment's own key.
        author: who wrote it.
        at: when.
    """

    key: str
    author: str
    at: datetime


class _Group(Struct, gc=False):
    """One text and its copies so far; a wave, with an id, from the second one on."""

    shingles: int
    members: list[Member]
    id: str = ""


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
        """Reserve the memory: 256 to 512 bytes a comment in the table, some 500 more for each one remembered.

        Raises:
            ValueError: capacity is not positive.
        """
        if capacity < 1:
            raise ValueError(f"capacity must be positive, not {capacity}")
        self.capacity = capacity
        slots = 1 << (capacity * _SLOTS_PER_TEXT - 1).bit_length()
        self._slot = slots - 1
        self._table = array("Q", bytes(8 * slots))
        self._groups: dict[int, _Group] = {}
        self._ring: OrderedDict[str, int] = OrderedDict()
        self._by_id: dict[str, int] = {}
        self._last = 0

    def add(self, key: str, text: str, author: str, at: datetime) -> str | None:
        """Take in one comment.

        Args:
            key: the comment's own key; one seen before is not counted again.
            text: what it says.
            author: who wrote it, by a stable id.
            at: when it was written.

        Returns:
            The id of the wave it belongs to; None for a text without a copy so far. The first of a wave learns of it
            when the second comes: ask `wave_of`.
        """
        if key in self._ring:
            return self.wave_of(key)
        hashes = shingles(text)
        if not hashes:
            return None
        number = self._nearest(hashes)
        if number is None:
            self._last = number = self._last % 0xFFFFFFFF + 1
            self._groups[number] = _Group(len(hashes), [])
        for value in hashes:
            self._table[value & self._slot] = (value >> 32 << 32) | number
        self._ring[key] = number
        group = self._groups[number]
        group.members.append(Member(key, author, at))
        if len(group.members) > 1 and not group.id:
            group.id = "w" + blake2b(group.members[0].key.encode(), digest_size=8).hexdigest()
            self._by_id[group.id] = number
        if len(self._ring) > self.capacity:
            self._forget()
        return self.wave_of(key)

    def wave_of(self, key: str) -> str | None:
        """Return the wave a comment belongs to; None when it is alone, too short or forgotten."""
        number = self._ring.get(key)
        if number is None:
            return None
        group = self._groups[number]
        return group.id if len(group.members) > 1 else None

    def members(self, wave: str) -> tuple[Member, ...]:
        """List the comments of a wave still remembered, in the order they came."""
        number = self._by_id.get(wave)
        return tuple(self._groups[number].members) if number is not None else ()

    def authors(self, wave: str, *, since: datetime | None = None, until: datetime | None = None) -> int:
        """Count the different people in a wave, within a window when one is given (both ends included)."""
        return len(
            {
                m.author
                for m in self.members(wave)
                if (since is None or m.at >= since) and (until is None or m.at <= until)
            }
        )

    def _nearest(self, hashes: list[int]) -> int | None:
        shared: dict[int, int] = {}
        for value in hashes:
            slot = self._table[value & self._slot]
            number = slot & 0xFFFFFFFF
            if slot >> 32 == value >> 32 and number in self._groups:
                shared[number] = shared.get(number, 0) + 1
        if not shared:
            return None
        best = max(shared, key=lambda n: (shared[n], -n))
        shorter = min(len(hashes), self._groups[best].shingles)
        share = 0.6 if shorter < _SHORT else 0.35
        return best if shared[best] >= max(4, ceil(share * shorter)) else None

    def _forget(self) -> None:
        key, number = self._ring.popitem(last=False)
        group = self._groups[number]
        assert group.members[0].key == key, "a ring and its groups forget in the same order"
        del group.members[0]
        if not group.members:
            del self._groups[number]
            self._by_id.pop(group.id, None)
