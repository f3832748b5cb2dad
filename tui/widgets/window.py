"""Window: the rows of a view kept around the viewport, so that a move inside it never waits for the desk."""

from inbox.rows import Page, Row

AROUND = 3
"""Screenfuls kept and fetched on each side of the viewport."""
MOST = 3000
"""Rows kept at most; the far ones go first."""


class Window:
    """A bounded piece of a long list, by index and by key."""

    def __init__(self) -> None:
        """Start empty."""
        self._rows: dict[int, Row] = {}
        self._index: dict[str, int] = {}

    def get(self, index: int) -> Row | None:
        """Return a row, if it is here."""
        return self._rows.get(index)

    def find(self, key: str) -> int | None:
        """Return where a comment stands, if it is here."""
        return self._index.get(key)

    def put(self, page: Page) -> bool:
        """Take rows in; tell whether any of them is new or changed."""
        changed = False
        for index, row in enumerate(page.rows, page.start):
            old = self._rows.get(index)
            if old == row:
                continue
            changed = True
            if old is not None and self._index.get(old.key) == index:
                del self._index[old.key]
            self._rows[index] = row
            self._index[row.key] = index
        return changed

    def clear(self) -> None:
        """Forget everything: the order changed."""
        self._rows.clear()
        self._index.clear()

    def forget(self, keys: frozenset[str]) -> None:
        """Forget rows that changed and are out of sight."""
        for key in keys & self._index.keys():
            del self._rows[self._index.pop(key)]

    def missing(self, first: int, last: int, total: int) -> tuple[int, int] | None:
        """Return the range to fetch so that `first` to `last` (excluded) and their surroundings are here.

        None while the viewport itself and half its surroundings are here: fetching ahead happens before it is needed.
        """
        height = max(1, last - first)
        near = range(max(0, first - height), min(total, last + height))
        if all(index in self._rows for index in near):
            return None
        start, stop = max(0, first - AROUND * height), min(total, last + AROUND * height)
        while start < stop and start in self._rows:
            start += 1
        while stop > start and stop - 1 in self._rows:
            stop -= 1
        return (start, stop) if start < stop else None

    def trim(self, centre: int) -> None:
        """Let go of the rows farthest from the viewport."""
        if len(self._rows) <= MOST:
            return
        kept = sorted(self._rows, key=lambda index: abs(index - centre))[: MOST // 2]
        self._rows = {index: self._rows[index] for index in kept}
        self._index = {row.key: index for index, row in self._rows.items()}
