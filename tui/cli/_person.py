"""Everything a desk keeps of one person, for a right of access: what they wrote and how it read before, and what we did with it."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from connectors._model import Comment
from inbox.events import AnyEvent, Captured, Seen, SituationBegan
from inbox.evidence.dossier import facts_of
from inbox.fold import Inbox
from inbox.item import key_of
from inbox.people import Person
from inbox.store import Reader
from tui.cli._rows import record


def kept_of(inbox: Inbox, person: Person, folder: Path) -> dict[str, Any]:
    """Gather it, from the inbox and from the journal in `folder`.

    Returns:
        Plain values: `comments` as they are now, each with the whole of what the platform told (`kept`: counts, pictures,
        the body as received) and its earlier wordings; `names` they ever had; `sendings`, `submissions` and `drafts` about
        them; `evidence`; the `situations` they were counted among.
    """
    keys = frozenset(person.keys)
    events = list(_about(Reader(folder).new(), person, keys))
    seen = [comment for event in events if isinstance(event, Seen) for comment in _theirs(event, keys)]
    return {
        "v": 1,
        "author": {"source": person.source, "id": person.id, "handle": person.handle, "name": person.name},
        "names": _names(seen),
        "comments": [_comment(inbox, key, seen) for key in person.keys],
        "sendings": [msgspec.to_builtins(entry) for key in person.keys for entry in inbox.sendings(key)],
        "submissions": [
            msgspec.to_builtins(each) for each in inbox.approvals.known.values() if not keys.isdisjoint(each.keys)
        ],
        "drafts": [
            {"by": by, "key": key, "kind": kind, "texts": dict(texts)}
            for (by, key, kind), texts in inbox.unsent.kept.items()
            if key in keys
        ],
        "evidence": [facts_of(event) for event in events if isinstance(event, Captured)],
        "situations": [
            {"post": event.post, "situation": str(event.situation), "at": event.began.isoformat()}
            for event in events
            if isinstance(event, SituationBegan)
        ],
    }


def _about(events: Iterable[AnyEvent], person: Person, keys: frozenset[str]) -> Iterable[AnyEvent]:
    """Yield the events that say something of the person which the inbox does not."""
    for event in events:
        if isinstance(event, Seen):
            if event.source == person.source and any(_theirs(event, keys)):
                yield event
        elif isinstance(event, SituationBegan):
            if event.since in keys or (
                event.post.startswith(f"{person.source}/") and person.id in event.reason.authors
            ):
                yield event
        elif isinstance(event, Captured) and event.key in keys:
            yield event


def _theirs(event: Seen, keys: frozenset[str]) -> list[Comment]:
    return [comment for comment in event.comments if key_of(event.source, comment.native_id) in keys]


def _names(seen: list[Comment]) -> list[dict[str, Any]]:
    authors = dict.fromkeys(comment.author for comment in seen)
    return [msgspec.to_builtins(author) for author in authors]


def _comment(inbox: Inbox, key: str, seen: list[Comment]) -> dict[str, Any]:
    item = inbox.items[key]
    texts = dict.fromkeys(each.text for each in seen if each.native_id == item.comment.native_id)
    before = [text for text in texts if text != item.comment.text]
    return record(inbox, item) | {"kept": msgspec.to_builtins(item.comment), "read_before": before}
