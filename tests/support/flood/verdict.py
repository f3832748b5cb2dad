"""The journal held against what the platforms say they told: what arrived, how late, once or twice, changed or gone."""

from collections import defaultdict
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from msgspec import Struct

from flood.accounts import source_of
from flood.arrivals import CORRECTED, number_of
from inbox.events import Delivery, Seen, WentAway
from inbox.outbox import DeliveryState
from inbox.store import Reader


class Kept(Struct):
    """What a journal holds of one source.

    Attributes:
        texts: of visitors' comments as last seen, by number.
        delays: seconds from a comment's arrival at the platform to its being on the desk.
        twice: comments that came again although nothing had changed of them.
        gone: comments that went away, by number.
    """

    texts: dict[int, Any] = {}
    delays: list[float] = []
    twice: list[int] = []
    gone: set[int] = set()


def read(folder: Path, accounts: dict[str, dict[str, Any]]) -> tuple[dict[str, Kept], list[str]]:
    """Read a journal.

    Args:
        folder: the desk's.
        accounts: what each source's platform says of itself.

    Returns:
        What it holds by source, and the entries of the outbox that were sent.
    """
    kept: dict[str, Kept] = defaultdict(Kept)
    sent: list[str] = []
    for event in Reader(folder).new():
        if isinstance(event, Seen):
            _seen(kept[event.source], event, accounts[event.source])
        elif isinstance(event, WentAway):
            for key in event.keys:
                source, _, native_id = key.partition("/")
                kept[source].gone.add(number_of(native_id))
        elif isinstance(event, Delivery) and event.state is DeliveryState.SENT:
            sent.append(event.entry)
    return kept, sent


def _seen(kept: Kept, event: Seen, account: dict[str, Any]) -> None:
    for comment in event.comments:
        if comment.author.is_self:
            continue
        n = number_of(comment.native_id)
        if n not in kept.texts:
            arrived = account["began"] + n / account["rate"]
            kept.delays.append(event.at.timestamp() - arrived)
        elif kept.texts[n] == comment:
            kept.twice.append(n)
        kept.texts[n] = comment


def by_source(found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return what each source's platform says of itself."""
    named = zip(found["kinds"], found["accounts"], strict=True)
    return {source_of(number, kind): account for number, (kind, account) in enumerate(named)}


def delays(kept: dict[str, Kept]) -> list[str]:
    """Write how late comments came on the desk, a line a source."""
    lines = []
    for source, of in sorted(kept.items()):
        late = quantiles(of.delays, n=20)[-1] if len(of.delays) > 1 else 0.0
        middle = median(of.delays)
        lines.append(f"{source:12} {len(of.delays):6} comments, delay {middle:5.1f} s median, {late:5.1f} s at 95 %")
    return lines


def untold(kept: dict[str, Kept], accounts: dict[str, dict[str, Any]]) -> list[str]:
    """Name the edits and deletions that a platform told the desk of, and the journal does not hold."""
    missing = []
    for source, account in accounts.items():
        of = kept[source]
        missing += [f"{source}/{n} edited" for n in account["edited"] if CORRECTED not in of.texts[n].text]
        missing += [f"{source}/{n} deleted" for n in account["gone"] if n not in of.gone]
    return missing
