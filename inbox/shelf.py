"""Shelf: the items of a desk: what lists need of each in memory, the rest where it lies, read when it is asked for."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from itertools import islice
from sys import intern
from typing import Any

import msgspec
from msgspec import Struct, structs

from inbox._places import File, Spill, number_of
from inbox.item import Item, TriageState, key_of, written_at
from scoring.assessment import RiskLevel

OPEN, QUESTION, DANGER, PICTURE, HIDDEN, GONE, OWN, NOTED, HELD = (1 << bit for bit in range(9))
"""What `Hot.flags` holds; all but the rarest fit in eight bits, so that nearly every value is one of Python's own small
integers."""

AT_A_TIME = 500
"""Items that are moved at a time: some milliseconds, for which everybody waits."""


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
        lies: the whole item: encoded, or the place where it lies (`inbox/_places.py`).
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


def hot_of(item: Item, lies: bytes | int) -> Hot:
    """Return an item's hot columns; texts that come again and again are kept once."""
    comment = item.comment
    flags = (
        (item.is_open and OPEN)
        | (item.is_question and QUESTION)
        | (item.is_danger and DANGER)
        | (bool(comment.attachments) and PICTURE)
        | ((item.hidden or comment.moderation == "hidden") and HIDDEN)
        | (bool(item.gone) and GONE)
        | (item.own and OWN)
        | (bool(item.notes) and NOTED)
        | (comment.moderation in {"held", "spam"} and HELD)
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


_NOTHING_SAID = Words(_Said("", Named("", "")))
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

    def __init__(self, hot: dict[str, Hot] | None = None, file: File | None = None, spill: Spill | None = None) -> None:
        """Start with items that lie in `file`, or empty; what is put lies in `spill`, in memory where there is none."""
        self.hot: dict[str, Hot] = hot or {}
        self.by_thread: dict[tuple[str, str], list[str]] = {}
        self.by_author: dict[tuple[str, str], list[str]] = {}
        self.answers: dict[str, list[str]] = {}
        self._files: dict[int, File] = {each.number: each for each in (file, spill) if each is not None}
        self._spill = spill
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
        new = hot_of(item, self._laid(_encode(item)))
        if old is not None:
            new = structs.replace(new, key=old.key)  # the text of a key is kept once
        moved = old is not None and (old.post, old.author, old.parent) != (new.post, new.author, new.parent)
        if old is not None and moved:
            self._forget(old)
        self.hot[new.key] = new
        if old is None or moved:
            self._index(new)
        return old, new

    def remove(self, keys: Collection[str]) -> list[Hot]:
        """Let items go, however many, each list they stand in walked through once; return those that were there."""
        gone = [self.hot.pop(key) for key in keys if key in self.hot]
        left = frozenset(item.key for item in gone)
        for index, at in {(id(index), at): (index, at) for item in gone for index, at in self._places(item)}.values():
            index[at] = [key for key in index[at] if key not in left]
            if not index[at]:
                del index[at]
        return gone

    def packed(self, key: str) -> bytes:
        """Return a whole item, encoded."""
        return self._packed(self.hot[key])

    def words(self, hot: Hot) -> Words:
        """Return what a search for words looks at; `hot` may be from before: of an item that is gone, nothing."""
        try:
            return _decode_words(self._packed(hot))
        except KeyError:
            return _NOTHING_SAID

    def settle(
        self, file: File, lines: Iterator[tuple[int, bytes]], spill: Spill, alone: AbstractContextManager[object]
    ) -> None:
        """Let every item that a new snapshot holds as it is now lie there, and the others in a new spill file.

        Args:
            file: the snapshot.
            lines: the place and the body of each of its items; nothing is believed but what is equal.
            spill: an empty one.
            alone: held for some items at a time, in which nobody puts.

        Raises:
            DamagedError: an item cannot be read where it lay.
        """
        with alone:
            self._files = {**self._files, file.number: file, spill.number: spill}
            self._spill = spill
            keys = iter(list(self.hot))
        while some := list(islice(keys, AT_A_TIME)):
            hots = [hot for key in some if (hot := self.hot.get(key)) is not None]
            equal = [place if self._packed(hot) == body else None for hot, (place, body) in zip(hots, lines)]  # noqa: B905 - the latest are in no snapshot
            equal += [None] * (len(hots) - len(equal))
            with alone:
                for hot, place in zip(hots, equal, strict=True):
                    self._move(hot, place, {file.number, spill.number})
        self._files = {file.number: file, spill.number: spill}

    def _move(self, hot: Hot, place: int | None, new: set[int]) -> None:
        """Let an item lie at `place`, or in the spill file if it has none or was put anew."""
        now = self.hot.get(hot.key)
        if now is None or isinstance(now.lies, bytes) or number_of(now.lies) in new:
            return
        lies = self._laid(self._packed(now)) if place is None or now is not hot else place
        self.hot[hot.key] = structs.replace(now, lies=lies)

    def _packed(self, hot: Hot) -> bytes:
        if isinstance(hot.lies, bytes):
            return hot.lies
        file = self._files.get(number_of(hot.lies))
        if file is None:  # it has moved since `hot` was taken
            return self._packed(self.hot[hot.key])
        return file.read(hot.lies)

    def _laid(self, body: bytes) -> bytes | int:
        return body if self._spill is None else self._spill.add(body)

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
