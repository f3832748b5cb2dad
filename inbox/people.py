"""People: every comment of one person, found by whatever the person is called, and everything the desk holds of them."""

from collections.abc import Iterator

from msgspec import Struct

from inbox.fold import Inbox
from inbox.item import Item


class Person(Struct, frozen=True):
    """One account of one source that wrote to us.

    Attributes:
        source: where.
        id: the platform's id of the account.
        handle: how it is addressed.
        name: its display name.
        keys: its comments, in order of first sight.
    """

    source: str
    id: str
    handle: str
    name: str
    keys: tuple[str, ...]

    @property
    def address(self) -> str:
        """What names this account and no other: SOURCE/ID."""
        return f"{self.source}/{self.id}"


def find(inbox: Inbox, wanted: str) -> list[Person]:
    """Return the accounts that are called so: SOURCE/ID, an id, a handle with or without "@", or a whole name."""
    word = wanted.strip().casefold().removeprefix("@")
    return [person for person in everybody(inbox) if word in _names(person)] if word else []


def everybody(inbox: Inbox) -> Iterator[Person]:
    """Yield every account that wrote to us, the house's own left out."""
    for source, id_ in inbox.items.authors():
        keys = inbox.items.of_author(source, id_)
        item: Item = inbox.items[keys[-1]]
        if not item.own:
            author = item.comment.author
            yield Person(source, id_, author.handle, author.name, tuple(keys))


def _names(person: Person) -> set[str]:
    return {name.casefold() for name in (person.address, person.id, person.handle, person.name) if name}
