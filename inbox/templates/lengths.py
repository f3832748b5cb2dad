"""Lengths: what each platform takes, as far as a text can know before a connector measures it for good."""

import re
import unicodedata

from msgspec import Struct

from connectors._rehearsal.measures import emoji_as_bytes, weighted

_URL = re.compile(r"https?://\S+")
_SHORT_URL = 23


class Limit(Struct, frozen=True):
    """What one platform takes.

    Attributes:
        most: units allowed.
        unit: what is counted.
        spare: units kept free for the mention a reply must begin with.
    """

    most: int
    unit: str = "characters"
    spare: int = 0


LIMITS = {
    "bluesky": Limit(300, "graphemes"),
    "discourse": Limit(32_000),
    "facebook": Limit(8_000),
    "instagram": Limit(300),
    "mastodon": Limit(500, spare=40),
    "reddit": Limit(10_000),
    "rehearsal": Limit(5_000),
    "threads": Limit(500),
    "wordpress": Limit(65_525, "bytes"),
    "x": Limit(280, "weighted characters"),
    "youtube": Limit(10_000),
}
"""Documented limits of a comment; an instance may allow more, and its connector then says so at sending."""


def _graphemes(text: str) -> int:
    """Count what a reader sees as one character: marks, joiners and selectors belong to the one before."""
    count, joined = 0, False
    for char in text:
        extends = char == "\u200d" or unicodedata.category(char) in {"Mn", "Me"} or "\U0001f3fb" <= char <= "\U0001f3ff"
        count += not (extends or joined)
        joined = char == "\u200d"
    return count


def used(text: str, network: str) -> int:
    """Count a text as a platform does; code points where we know no better."""
    if network == "bluesky":
        return _graphemes(text)
    if network == "x":
        return weighted(text)
    if network == "mastodon":
        return len(_URL.sub("u" * _SHORT_URL, text))
    if network == "threads":  # emoji count as their UTF-8 bytes
        return emoji_as_bytes(text)
    if network == "wordpress":
        return len(text.encode())
    return len(text)


def excess(text: str, network: str) -> int:
    """Return by how many units a text is too long for a platform; 0 where it fits or the platform is unknown."""
    limit = LIMITS.get(network)
    return max(0, used(text, network) + limit.spare - limit.most) if limit else 0
