"""Shelf: the items of a desk: what lists need of each in memory, the rest where it lies, read when it is asked for."""

import os
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from sys import intern
from typing import Any

import msgspec
from msgspec import Struct, structs

from inbox._segments import unframe
from inbox.item import Item, TriageState, key_of, written_at
from inbox.store_errors import DamagedError
from scoring.assessment import RiskLevel

OPEN, QUESTION, DANGER, PICTURE, HIDDEN, GONE, OWN, NOTED, HELD = (1 << bit for bit in range(9))
"""What `Hot.flags` holds; all but the rarest fit in eight bits, so that nearly every value is one of Python's own small
integers."""
_LENGTH_BITS = 28  # of a place in a file: offset and length in one integer


class Hot(Struct, frozen=True, gc=False):
    """What lists sort, filter and count by: an item without its texts, about 400 bytes with everything around it.

    Attributes:
        key: the item's key.
        source: the source it came through.
        network: the platform it was written on.
        post: native id of the post it stands under.
        author: native id of its author.
        parent: key of the comment it answers, or "".
        language: the language it was scored in.
        wave: id of its wave, or "".
        claimed_by: the operator whose hand is on it, or "".
        changed_by: who changed its state last, or "".
        at: when it was written (`written_at`), Unix seconds.
        level: the level shown.
        risk: 0 to 1, monotone in `level`.
        state: where it stands.
        flags: OPEN, QUESTION and so on.
        lies: the whole item: encoded, or where that is in the shelf's file.
    """

    key: str
    source: str
    network: str
    post: str
    author: str
    parent: str
    language: str
    wave: str
    claimed_by: str
    changed_by: str
    at: float
    level: RiskLevel
    risk: float
    state: TriageState
    flags: int
    lies: bytes | int

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to look at it."""
        return bool(self.flags & OPEN)

    @property
    def native_id(self) -> str:
        """The platform's id of the comment."""
        return self.key[len(self.source) + 1 :]

    @property
    def written_at(self) -> datetime:
        """When it was written, aware."""
        return datetime.fromtimestamp(self.at, UTC)


def hot_of(item: Item, lies: bytes) -> Hot:
    """Return an item's hot columns; texts that come again and again are kept once."""
    comment = item.comment
    flags = (
        (item.is_open and OPEN)
        | (item.is_question and QUESTION)
        | (item.is_danger and DANGER)
        | (bool(comment.attachments) and PICTURE)
        | (item.hidden and HIDDEN)
        | (bool(item.gone) and GONE)
        | (item.own and OWN)
        | (bool(item.notes) and NOTED)
        | (bool(comment.moderation) and HELD)
    )
    return Hot(
        item.key,
        intern(item.source),
        intern(item.network),
        intern(comment.post_id),
        intern(comment.author.native_id),
        "" if comment.parent_id is None else key_of(item.source, comment.parent_id),
        intern(item.assessment.language),
        intern(item.wave),
        intern(item.claimed_by),
        intern(item.changed_by),
        written_at(item).timestamp(),
        item.level,
        item.risk,
        item.state,
        int(flags),
        lies,
    )


class Named(Struct, gc=False):
    """An author's names."""

    name: str
    handle: str


class _Said(Struct, gc=False):
    text: str
    author: Named


class Words(Struct, gc=False):
    """As much of an item as a search for words looks at: a fraction of the work of reading all of it."""

    comment: _Said


class File:
    """A snapshot held open, to read items from; it may be replaced or removed meanwhile."""

    def __init__(self, path: Path) -> None:
        """Open it."""
        self.path = path
        self.fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)

    def read(self, place: int) -> bytes:
        """Return the body of the line at `place`.

        Raises:
            DamagedError: it is not as it was written.
        """
        offset, length = place >> _LENGTH_BITS, place & ((1 << _LENGTH_BITS) - 1)
        body = unframe(os.pread(self.fd, length, offset))
        if body is None:
            raise DamagedError(self.path, offset, "an item of this snapshot is damaged: start becalm again")
        return body

    def __del__(self) -> None:
        os.close(self.fd)


def place_of(offset: int, length: int) -> int:
    """Return a line's offset and length as one number."""
    return offset << _LENGTH_BITS | length


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Item).decode
_decode_words = msgspec.json.Decoder(Words).decode


class Shelf(Mapping[str, Item]):
    """Every item by key, in order of first sight; reads as a mapping of whole items.

    Looking an item up decodes it: some microseconds, whatever their number. What concerns many items asks `hot`.

    Attributes:
        hot: the hot columns by key.
        by_thread: keys of the items under each (source, post).
        by_author: keys of the items of each (source, author).
        answers: keys of the items that answer each item.
    """

    def __init__(self, hot: dict[str, Hot] | None = None, file: File | None = None) -> None:
        """Start with items that lie in `file`, or empty."""
        self.hot: dict[str, Hot] = hot or {}
        self.by_thread: dict[tuple[str, str], list[str]] = {}
        self.by_author: dict[tuple[str, str], list[str]] = {}
        self.answers: dict[str, list[str]] = {}
        self._file = file
        for each in self.hot.values():
            self._index(each)

    def __getitem__(self, key: str) -> Item:
        return _decode(self._packed(self.hot[key]))

    def __contains__(self, key: object) -> bool:
        return key in self.hot

    def __iter__(self) -> Iterator[str]:
        return iter(self.hot)

    def __len__(self) -> int:
        return len(self.hot)

    __hash__ = None  # type: ignore[assignment]  # it changes

    def put(self, item: Item) -> tuple[Hot | None, Hot]:
        """Keep an item, new or changed; returns its hot columns before and after."""
        old = self.hot.get(item.key)
        new = hot_of(item, _encode(item))
        if old is not None:
            new = structs.replace(new, key=old.key)  # the text of a key is kept once
        moved = old is not None and (old.post, old.author, old.parent) != (new.post, new.author, new.parent)
        if old is not None and moved:
            self._forget(old)
        self.hot[new.key] = new
        if old is None or moved:
            self._index(new)
        return old, new

    def packed(self, key: str) -> bytes:
        """Return a whole item, encoded."""
        return self._packed(self.hot[key])

    def words(self, hot: Hot) -> Words:
        """Return what a search for words looks at."""
        return _decode_words(self._packed(hot))

    def _packed(self, hot: Hot) -> bytes:
        if isinstance(hot.lies, bytes):
            return hot.lies
        assert self._file is not None
        return self._file.read(hot.lies)

    def _index(self, hot: Hot) -> None:
        for index, at in self._places(hot):
            index.setdefault(at, []).append(hot.key)

    def _forget(self, hot: Hot) -> None:
        for index, at in self._places(hot):
            index[at].remove(hot.key)
            if not index[at]:
                del index[at]

    def _places(self, hot: Hot) -> list[tuple[dict[Any, list[str]], Any]]:
        places: list[tuple[dict[Any, list[str]], Any]] = [
            (self.by_thread, (hot.source, hot.post)),
            (self.by_author, (hot.source, hot.author)),
        ]
        if hot.parent:
            places.append((self.answers, hot.parent))
        return places
