"""Which replies our own threadgates hide, as the network last showed them, whoever of the house hid them and where."""

from collections import OrderedDict
from collections.abc import Iterable

from connectors._bluesky_entities import root_of
from connectors._bluesky_ids import post_uri
from connectors._fields import Fields, table, text

REMEMBERED = 200
"""Posts under which something is hidden, kept in mind; each hides 300 replies at most."""


class Hidden:
    """Replies hidden under our own posts.

    Only the view of the post itself tells of its gate; a reply's own view looks the same whether it is hidden or not.
    """

    def __init__(self) -> None:
        """Know of none."""
        self._under: OrderedDict[str, frozenset[str]] = OrderedDict()

    def saw(self, view: Fields) -> None:
        """Hear how a post stands; a view that tells of no gate is of a post that has none."""
        uri = text(view.get("uri"))
        listed = table(table(view.get("threadgate")).get("record")).get("hiddenReplies")
        hidden = (
            frozenset(each for each in listed if isinstance(each, str)) if isinstance(listed, list) else frozenset()
        )
        self._under.pop(uri, None)
        if hidden:
            self._under[uri] = hidden
        while len(self._under) > REMEMBERED:
            self._under.popitem(last=False)

    def is_hidden(self, view: Fields) -> bool:
        """Whether a reply is hidden under the post it stands under."""
        return text(view.get("uri")) in self._under.get(root_of(table(view.get("record"))), ())


def gates_of(views: Iterable[Fields], me: str) -> list[str]:
    """Return the posts of ours that these replies stand under, each once: their views tell what they hide."""
    roots = dict.fromkeys(root_of(table(view.get("record"))) for view in views)
    return [root for root in roots if (address := post_uri(root)) is not None and address.did == me]
