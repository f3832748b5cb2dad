"""Crowd: how many different people were heard within a sliding window, in constant time a comment."""

from datetime import datetime, timedelta

from inbox.situations.model import Said


class Crowd:
    """People within a window that ends at the latest comment; bounded by the thread that begins it anew as it lets go.

    Attributes:
        first: when the oldest comment still counted was written; None when empty.
    """

    __slots__ = ("_heard", "_people", "_window")

    def __init__(self, window: timedelta) -> None:
        """Count nobody yet."""
        self._window = window
        self._heard: list[Said] = []  # there are many crowds of few: a deque begins with 600 bytes
        self._people: dict[str, int] = {}

    def add(self, said: Said) -> None:
        """Count one comment in, and out what is older than the window before it."""
        later = []
        while self._heard and self._heard[-1].at > said.at:
            later.append(self._heard.pop())
        self._heard.append(said)
        self._heard.extend(reversed(later))
        self._people[said.author] = self._people.get(said.author, 0) + 1
        self.expire(self._heard[-1].at)

    def expire(self, now: datetime) -> None:
        """Count out what is older than the window before `now`."""
        oldest = now - self._window
        while self._heard and self._heard[0].at < oldest:
            self._leave()

    def _leave(self) -> None:
        author = self._heard.pop(0).author
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
        return self._heard[0].at if self._heard else None

    def authors(self, most: int) -> tuple[str, ...]:
        """Name the first people, in the order they came."""
        return tuple(dict.fromkeys(said.author for said in self._heard))[:most]

    def keys(self, most: int) -> tuple[str, ...]:
        """Name the first comments, in the order they came."""
        return tuple(said.key for said in self._heard[:most])
