"""Groups: which rows have a text in common (a post, an author, a wave), as chains of numbers instead of lists of keys."""

from array import array
from collections.abc import Collection, Iterable, Iterator
from itertools import islice

from inbox.texts import Part, Texts


class Groups:
    """For every row the text of its group, and for every such text its rows; about ten bytes a row.

    Attributes:
        texts: the texts.
        of: for each row the number of its text + 1, or 0 for none.
        before: for each row the row + 1 that joined its group before it, or 0.
        last: for each text the row + 1 that joined last, or 0.
        sizes: how many rows each text has.
    """

    def __init__(self, texts: Texts | None = None) -> None:
        """Begin without rows; `texts` are empty, and of whatever kind packs them best."""
        self.texts = Texts() if texts is None else texts
        self.of = array("I")
        self.before = array("I")
        self.last = array("I")
        self.sizes = array("I")

    def append(self, text: str) -> None:
        """Take the next row in, under a text, or "" for none."""
        self.of.append(0)
        self.before.append(0)
        self._join(len(self.of) - 1, text)

    def text(self, row: int) -> str:
        """Return a row's text, or ""."""
        number = self.of[row]
        return self.texts[number - 1] if number else ""

    def move(self, row: int, text: str) -> None:
        """Put a row under another text; it joins that as the last."""
        if self.text(row) != text:
            self.leave([row])
            self._join(row, text)

    def leave(self, rows: Collection[int]) -> None:
        """Take rows out of their groups, each group walked through once; a text without rows is forgotten."""
        leaving = frozenset(rows)
        for number in {self.of[row] - 1 for row in leaving if self.of[row]}:
            staying = [row for row in self._rows(number) if row not in leaving]
            self.last[number] = self.sizes[number] = 0
            for row in reversed(staying):
                self._link(row, number)
            if not staying:
                self.texts.blank(number)
        for row in leaving:
            self.of[row] = self.before[row] = 0

    def rows(self, text: str, latest: int | None = None) -> list[int]:
        """List the rows of a text, or so many of the latest, in the order in which they joined."""
        return list(islice(self._rows(self.texts.find(text)), latest))[::-1]

    def size(self, text: str) -> int:
        """Count the rows of a text."""
        number = self.texts.find(text)
        return self.sizes[number] if number >= 0 else 0

    def all(self) -> Iterable[str]:
        """Yield every text that has rows."""
        return (self.texts[number] for number in range(len(self.sizes)) if self.sizes[number])

    def parts(self) -> Iterator[Part]:
        """Yield what this is made of, in an order of its own."""
        yield from self.texts.parts()
        yield from (self.of, self.before, self.last, self.sizes)

    def _rows(self, number: int) -> Iterator[int]:
        row = self.last[number] if number >= 0 else 0
        while row:
            yield row - 1
            row = self.before[row - 1]

    def _join(self, row: int, text: str) -> None:
        if not text:
            return
        number = self.texts.add(text)
        if number == len(self.last):
            self.last.append(0)
            self.sizes.append(0)
        self._link(row, number)
        self.of[row] = number + 1

    def _link(self, row: int, number: int) -> None:
        self.before[row] = self.last[number]
        self.last[number] = row + 1
        self.sizes[number] += 1
