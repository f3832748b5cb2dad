"""Crowd: how many different people were heard within a sliding window, in constant time a comment."""

from datetime import datetime, timedelta

_MOST = 2048
"""Comments counted at most: beyond, the oldest leave before their time, so that memory is bounded on any day."""


class Crowd:
    """People within a window that ends at the latest comment.

    Attributes:
        first: when the oldest comment still counted was written; None when empty.
    """

    __slots__ = ("_heard", "_people", "_window")

    def __init__(self, window: timedelta) -> None:
        """Count nobody yet."""
        self._window = window
        self._heard: list[tuple[datetime, str, str]] = []  # there are many crowds of few: a deque begins with 600 bytes
        self._people: dict[str, int] = {}

    def add(self, at: datetime, author: str, key: str) -> None:
        """Count one comment in, and out what is older than the window before it."""
        later = []
        while self._heard and self._heard[-1][0] > at:
            later.append(self._heard.pop())
        self._heard.append((at, author, key))
        self._heard.extend(reversed(later))
        self._people[author] = self._people.get(author, 0) + 1
        if len(self._heard) > _MOST:
            self._leave()
        self.expire(self._heard[-1][0])

    def expire(self, now: datetime) -> None:
        """Count out what is older than the window before `now`."""
        oldest = now - self._window
        while self._heard and self._heard[0][0] < oldest:
            self._leave()

    def _leave(self) -> None:
        _, author, _ = self._heard.pop(0)
        left = self._people[author] - 1
        if left:
            self._people[author] = left
        else:
            del self._people[author]

    def __len__(self) -> int:
        return len(self._people)

    @property
    def comments(self) -> int:
        """How many comments are counted."""
        return len(self._heard)

    @property
    def first(self) -> datetime | None:
        """When the oldest comment still counted was written."""
        return self._heard[0][0] if self._heard else None

    def authors(self, most: int) -> tuple[str, ...]:
        """Name the first people, in the order they came."""
        return tuple(dict.fromkeys(author for _, author, _ in self._heard))[:most]

    def keys(self, most: int) -> tuple[str, ...]:
        """Name the first comments, in the order they came."""
        return tuple(key for _, _, key in self._heard)[:most]
