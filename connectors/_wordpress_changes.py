"""What changed of comments that were delivered before: WordPress keeps no date of a change, so states are compared."""

from array import array
from collections.abc import Sequence

from connectors._model import Comment, Cursor
from connectors._remembered import Remembered

REMEMBERED = 1000
"""Comments of late whose words and status are known."""


class Changes:
    """The states in which comments were delivered, once it shows that what was handed over was kept."""

    def __init__(self) -> None:
        """Begin without knowing any."""
        self._delivered = Remembered(array("q", bytes(8 * REMEMBERED)))  # the hashed state of each
        self._handed: tuple[Cursor | None, list[Comment]] = (None, [])

    def kept(self, cursor: Cursor | None) -> None:
        """Hear where the next poll begins: behind what was handed over last, or not."""
        following, comments = self._handed
        for comment in comments if cursor == following else ():
            self._delivered.put(comment.native_id, _state_of(comment))

    def among(self, comments: Sequence[Comment]) -> list[Comment]:
        """Return those that are no longer as they were delivered."""
        return [each for each in comments if self._delivered.get(each.native_id) not in {None, _state_of(each)}]

    def handed(self, following: Cursor, comments: Sequence[Comment]) -> None:
        """Hear what is about to be delivered or was before, and where the next poll begins if it is kept."""
        self._handed = following, list(comments)


def _state_of(comment: Comment) -> int:
    return hash(f"{comment.version}{comment.moderation}")
