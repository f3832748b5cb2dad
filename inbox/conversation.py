"""Conversation: the items of one exchange on the desk, from its top comment down, oldest first."""

from collections.abc import Mapping

from inbox.columns import Hot
from inbox.fold import Inbox
from inbox.item import Item

THREAD_SHOWN = 200
"""Items of one conversation that are listed."""


def conversation(inbox: Inbox, item: Item) -> list[Item]:
    """Return the items of the same conversation: ancestors, siblings under the same top comment, oldest first."""
    known = inbox.items
    found = [_top(known.hot, known.hot[item.key]).key]
    seen = set(found)
    for key in found:  # grows while we read it
        answers = [k for k in known.answers_to(key) if k not in seen]
        seen.update(answers)
        found += answers
    oldest = sorted(found, key=lambda key: known.hot[key].at)[:THREAD_SHOWN]
    return [known[key] for key in oldest]


def _top(known: Mapping[str, Hot], item: Hot) -> Hot:
    seen: set[str] = set()
    while (parent := known.get(item.parent)) is not None and item.key not in seen:
        seen.add(item.key)
        item = parent
    return item
