"""Shelf: the items of a desk: what lists need of each in memory, the rest where it lies, read when it is asked for."""

from array import array
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from itertools import islice

import msgspec
from msgspec import Struct

from inbox._places import File, Spill, number_of
from inbox.columns import Columns, Hot, hot_of
from inbox.item import Item, key_of

AT_A_TIME = 500
"""Items that are moved at a time: some milliseconds, for which everybody waits."""


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
        hot: the hot columns, and with them who wrote what under which post.
    """

    def __init__(
        self,
        hot: Columns | None = None,
        places: Iterable[int] = (),
        file: File | None = None,
        spill: Spill | None = None,
    ) -> None:
        """Start with items that lie at `places` of `file`, or empty.

        What is put lies in `spill`, in memory where there is none.
        """
        self.hot = hot or Columns()
        self._lies = array("Q", places)  # for each row where its item lies; 0 for in `_loose`
        self._loose: dict[int, bytes] = {}
        self._files: dict[int, File] = {each.number: each for each in (file, spill) if each is not None}
        self._spill = spill

    def __getitem__(self, key: str) -> Item:
        return _decode(self.packed(self._row(key)))

    def __contains__(self, key: object) -> bool:
        return key in self.hot

    def __iter__(self) -> Iterator[str]:
        return iter(self.hot)

    def __len__(self) -> int:
        return len(self.hot)

    __hash__ = None  # type: ignore[assignment]  # it changes

    def put(self, item: Item) -> tuple[Hot | None, Hot]:
        """Keep an item, new or changed; returns its hot columns before and after."""
        row, new, body = self.hot.ids.find(item.key), hot_of(item), _encode(item)
        if row < 0:
            self._lies.append(0)
            self._lay(len(self._lies) - 1, body)
            self.hot.append(new)
            return None, new
        old = self.hot.hot(row)
        self._lay(row, body)
        self.hot.replace(row, old, new)
        return old, new

    def remove(self, keys: Iterable[str]) -> list[Hot]:
        """Let items go, however many; return those that were there."""
        rows = {row for key in keys if (row := self.hot.ids.find(key)) >= 0}
        gone = [self.hot.hot(row) for row in rows]
        self.hot.remove(rows)
        for row in rows:
            self._lies[row] = 0
            self._loose.pop(row, None)
        return gone

    def packed(self, row: int) -> bytes:
        """Return a whole item by its row, encoded.

        Raises:
            KeyError: it is gone.
            DamagedError: it cannot be read where it lies.
        """
        while True:
            place = self._lies[row]
            if place == 0 and ((body := self._loose.get(row)) is not None or self._lies[row] == 0):
                if body is None:
                    raise KeyError(row)
                return body
            file = self._files.get(number_of(place))
            if place and file is not None:  # else it has just moved
                return file.read(place)

    def at(self, row: int) -> Item:
        """Return a whole item by its row.

        Raises:
            KeyError: it is gone.
        """
        return _decode(self.packed(row))

    def place(self, row: int) -> int:
        """Return where a row's item lies (`inbox/_places.py`); 0 for in memory."""
        return self._lies[row]

    def words(self, row: int) -> Words:
        """Return what a search for words looks at; of an item that is gone meanwhile, nothing."""
        try:
            return _decode_words(self.packed(row))
        except KeyError:
            return _NOTHING_SAID

    # -- who wrote what where ----------------------------------------------------------------------

    def under(self, source: str, post: str, latest: int | None = None) -> list[str]:
        """List the keys of the items under a post, or of so many of the latest, in the order we saw them."""
        return self._keys(self.hot.posts.rows(key_of(source, post), latest))

    def of_author(self, source: str, author: str) -> list[str]:
        """List the keys of one author's items, in the order we saw them."""
        return self._keys(self.hot.authors.rows(key_of(source, author)))

    def in_wave(self, wave: str) -> list[str]:
        """List the keys of a wave's items, in the order they joined it."""
        return self._keys(self.hot.waves.rows(wave))

    def answers_to(self, key: str) -> list[str]:
        """List the keys of the items that answer one, in the order we saw them."""
        return self._keys(self.hot.answers.rows(key))

    def authors(self) -> Iterator[tuple[str, str]]:
        """Yield every (source, author) that has items here."""
        for text in self.hot.authors.all():
            source, _, author = text.partition("/")
            yield source, author

    # -- moving ------------------------------------------------------------------------------------

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
            rows = iter(self.hot.rows())
        while some := list(islice(rows, AT_A_TIME)):
            stood = [(row, self._lies[row]) for row in some]
            found = [(row, lay, self._equal(row, next(lines, None))) for row, lay in stood]
            with alone:
                for row, lay, place in found:
                    self._move(row, lay, place, {file.number, spill.number})
        self._files = {file.number: file, spill.number: spill}

    def _equal(self, row: int, line: tuple[int, bytes] | None) -> int:
        """Return the place of a snapshot's line if it is an item as it is now, else 0: the latest are in no snapshot."""
        try:
            return line[0] if line is not None and self.packed(row) == line[1] else 0
        except KeyError:  # gone meanwhile
            return 0

    def _move(self, row: int, lay: int, place: int, new: set[int]) -> None:
        """Let an item that lay at `lay` lie at `place`, or in the spill file if it has none or was put anew."""
        now = self._lies[row]
        if now == 0 or number_of(now) in new:
            return
        if place and now == lay:
            self._lies[row] = place
        else:
            self._lay(row, self.packed(row))

    def _lay(self, row: int, body: bytes) -> None:
        place = body if self._spill is None else self._spill.add(body)
        if isinstance(place, bytes):
            self._loose[row] = place  # first: somebody may be reading
            self._lies[row] = 0
        else:
            self._lies[row] = place
            self._loose.pop(row, None)

    def _row(self, key: str) -> int:
        row = self.hot.ids.find(key)
        if row < 0:
            raise KeyError(key)
        return row

    def _keys(self, rows: Iterable[int]) -> list[str]:
        return [self.hot.ids[row] for row in rows]
