"""Columns: what lists sort, filter and count items by, packed: some hundred bytes a comment, whatever a desk holds."""

from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from msgspec import Struct

from inbox.groups import Groups
from inbox.item import Item, TriageState, key_of, written_at
from inbox.keys import Keys, Names
from inbox.texts import Part
from scoring.assessment import RiskLevel

OPEN, QUESTION, DANGER, PICTURE, HIDDEN, GONE, OWN, NOTED, HELD = (1 << bit for bit in range(9))
"""What `Hot.flags` holds."""
_LEFT = 1 << 15  # a row whose item was forgotten: its number is not given again

LEVELS = tuple(RiskLevel)
STATES = tuple(TriageState)
"""The levels and states by the numbers that the columns hold."""


class Hot(Struct, frozen=True, gc=False):
    """What lists sort, filter and count by: an item without its texts.

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


def hot_of(item: Item) -> Hot:
    """Return what the columns hold of an item."""
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
        item.source,
        item.network,
        comment.post_id,
        comment.author.native_id,
        "" if comment.parent_id is None else key_of(item.source, comment.parent_id),
        item.assessment.language,
        item.wave,
        item.claimed_by,
        item.changed_by,
        written_at(item).timestamp(),
        item.level,
        item.risk,
        item.state,
        int(flags),
    )


class Columns(Mapping[str, Hot]):
    """The hot columns of every item, in order of first sight; reads as a mapping of `Hot` by key.

    Each item has a row, a number that is its own for as long as this object lives. A look at one item builds its `Hot`, some
    microseconds; what concerns many reads the columns by row. One thread writes; others may read meanwhile.

    Attributes:
        ids: the keys; an item's row is its key's number.
        names: the names that `source` to `changed_by` hold the numbers of.
        source: which name each row's source has; `network`, `language`, `claimed_by` and `changed_by` alike.
        at: when each was written, Unix seconds; `risk`, `level`, `state` and `flags` likewise.
        posts: the rows under each "SOURCE/POST".
        authors: the rows of each "SOURCE/AUTHOR".
        answers: the rows that answer each key.
        waves: the rows of each wave.
        left: how many rows have no item any more.
    """

    def __init__(self) -> None:
        """Begin without items."""
        self.names = Names()
        self.ids = Keys(self.names)
        self.source, self.network, self.language = array("H"), array("H"), array("H")
        self.claimed_by, self.changed_by = array("H"), array("H")
        self.at, self.risk = array("d"), array("d")
        self.level, self.state, self.flags = array("B"), array("B"), array("H")
        self.posts, self.authors, self.answers, self.waves = Groups(), Groups(), Groups(Keys(self.names)), Groups()
        self.left = 0

    def __getitem__(self, key: str) -> Hot:
        row = self.ids.find(key)
        if row < 0:
            raise KeyError(key)
        return self.hot(row)

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self.ids.find(key) >= 0

    def __iter__(self) -> Iterator[str]:
        return map(self.ids.__getitem__, self.rows())

    def __len__(self) -> int:
        return len(self.ids) - self.left

    __hash__ = None  # type: ignore[assignment]  # it changes

    def rows(self) -> "array[int]":
        """Return the rows of all items, in order of first sight."""
        count = range(len(self.ids))
        return array("I", count if not self.left else (row for row in count if not self.flags[row] & _LEFT))

    def carried(self, rows: Iterable[int], before: "Columns") -> list[int]:
        """Return the rows of the items that had these rows in `before` (maybe these very columns), without those gone."""
        if before is self:
            return [row for row in rows if not self.flags[row] & _LEFT]
        return [now for row in rows if (now := self.ids.find(before.ids[row])) >= 0]

    def hot(self, row: int) -> Hot:
        """Return the item of a row."""
        name = self.names.known
        return Hot(
            self.ids[row],
            name[self.source[row]],
            name[self.network[row]],
            self.post(row),
            self.author(row),
            self.answers.text(row),
            name[self.language[row]],
            self.waves.text(row),
            name[self.claimed_by[row]],
            name[self.changed_by[row]],
            self.at[row],
            LEVELS[self.level[row]],
            self.risk[row],
            STATES[self.state[row]],
            self.flags[row],
        )

    def post(self, row: int) -> str:
        """Return the native id of the post that a row's item stands under."""
        return self.posts.text(row).partition("/")[2]

    def author(self, row: int) -> str:
        """Return the native id of a row's author."""
        return self.authors.text(row).partition("/")[2]

    def append(self, hot: Hot) -> None:
        """Take a new item in."""
        for column, value in zip(self._columns(), self._values(hot), strict=True):
            column.append(value)
        for groups, text in zip(self._groups(), _shared(hot), strict=True):
            groups.append(text)
        self.ids.add(hot.key)  # last: with it the row is there for those who read meanwhile

    def replace(self, row: int, old: Hot, new: Hot) -> None:
        """Let an item that was `old` be as it is now."""
        for column, value in zip(self._columns(), self._values(new), strict=True):
            column[row] = value
        if (old.post, old.author, old.parent, old.wave) != (new.post, new.author, new.parent, new.wave):
            for groups, text in zip(self._groups(), _shared(new), strict=True):
                groups.move(row, text)

    def remove(self, rows: Collection[int]) -> None:
        """Let items go, and what they and their authors are called."""
        for groups in self._groups():
            groups.leave(rows)
        for row in rows:
            self.flags[row] = _LEFT
            self.ids.blank(row)
        self.left += len(rows)

    def squeezed(self) -> "Columns":
        """Return columns of the same items that say nothing of those that left: these very ones where none did."""
        if not self.left:
            return self
        columns = Columns()
        for row in self.rows():
            columns.append(self.hot(row))
        return columns

    def parts(self) -> Iterator[Part]:
        """Yield everything these columns are made of but the names, in an order of its own: as they are kept."""
        yield from self.ids.parts()
        yield from self._columns()
        for groups in self._groups():
            yield from groups.parts()

    def _columns(self) -> "tuple[array[Any], ...]":
        return (
            self.source,
            self.network,
            self.language,
            self.claimed_by,
            self.changed_by,
            self.at,
            self.risk,
            self.level,
            self.state,
            self.flags,
        )

    def _values(self, hot: Hot) -> tuple[float, ...]:
        number = self.names.number
        return (
            number(hot.source),
            number(hot.network),
            number(hot.language),
            number(hot.claimed_by),
            number(hot.changed_by),
            hot.at,
            hot.risk,
            hot.level,
            _NUMBERS[hot.state],
            hot.flags,
        )

    def _groups(self) -> tuple[Groups, ...]:
        return self.posts, self.authors, self.answers, self.waves


def _shared(hot: Hot) -> tuple[str, ...]:
    """Return what an item has in common with others, as its groups are called."""
    return key_of(hot.source, hot.post), key_of(hot.source, hot.author), hot.parent, hot.wave


_NUMBERS = {state: number for number, state in enumerate(STATES)}
