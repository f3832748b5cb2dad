"""Measures: a rehearsed comment's own network counts what answers it, so that a rehearsal refuses what the day would."""

import re
import unicodedata
from collections.abc import Callable

from connectors._model import Measure, Writing

OWN = 5000
"""Characters that the rehearsal's own pages take: no network stands behind them."""
_URL = re.compile(r"https?://\S+")
_SHORT_URL = 23
# X counts code points in these ranges once and all others twice (twitter-text configuration v3).
_X_LIGHT = ((0, 0x10FF), (0x2000, 0x200D), (0x2010, 0x201F), (0x2032, 0x2037))


def weighted(text: str) -> int:
    """Count a text as X does: addresses 23, most scripts once, the others twice."""
    text = _URL.sub("u" * _SHORT_URL, unicodedata.normalize("NFC", text))
    return sum(1 if any(a <= ord(c) <= b for a, b in _X_LIGHT) else 2 for c in text)


def emoji_as_bytes(text: str) -> int:
    """Count a text as Threads does: characters, but emoji as the bytes they take in UTF-8."""
    return sum(len(c.encode()) if ord(c) > 0xFFFF else 1 for c in text)


def _facebook(text: str, writing: Writing) -> Measure:
    from connectors._facebook_entities import measure

    return measure(text, writing)


def _instagram(text: str, writing: Writing) -> Measure:
    from connectors._instagram_entities import measure

    return measure(text, writing)


def _wordpress(text: str, writing: Writing) -> Measure:
    from connectors._wordpress_entities import measure

    return measure(text, writing)


def _mastodon(text: str, _writing: Writing) -> Measure:
    from connectors._mastodon_entities import Rules, measure

    return measure(text, Rules())


def _bluesky(text: str, _writing: Writing) -> Measure:
    from connectors._bluesky_entities import measure

    return measure(text)


_MEASURES: dict[str, Callable[[str, Writing], Measure]] = {
    "bluesky": _bluesky,
    "discourse": lambda text, _: Measure(len(text), 32_000),
    "facebook": _facebook,
    "instagram": _instagram,
    "mastodon": _mastodon,
    "reddit": lambda text, _: Measure(len(text), 10_000),
    "threads": lambda text, _: Measure(emoji_as_bytes(text), 500),
    "wordpress": _wordpress,
    "x": lambda text, _: Measure(weighted(text), 280, "weighted characters"),
    "youtube": lambda text, _: Measure(len(text), 10_000),
}
"""How each network counts: as its connector does, or by its documented limit where we have none."""


def measured(network: str, text: str, writing: Writing) -> Measure:
    """Count a text as `network` does; "" is the rehearsal's own page.

    Of those whose limit an instance may raise (Mastodon) the usual one holds.
    """
    known = _MEASURES.get(network)
    return known(text, writing) if known else Measure(len(text), OWN)
