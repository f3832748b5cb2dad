"""The chain of evidence: salted digests of a record's parts, each record sealed over the one before."""

from collections.abc import Mapping
from hashlib import sha256
from secrets import token_hex
from typing import Any

import msgspec
from msgspec import Struct

FIRST = "0" * 64
"""What the first record of a desk is sealed over."""
SALT_BYTES = 16
"""Random bytes before a part's text: from the digest of a redacted name nobody finds the name by trying names."""

_encoder = msgspec.json.Encoder(order="deterministic")


class Part(Struct, frozen=True):
    """One part of a record: who wrote, what was said, where, and how it was captured.

    Attributes:
        digest: SHA-256, in hexadecimal, of the salt and the text as they stand here, in UTF-8.
        salt: random hexadecimal digits; "" once the part is redacted.
        text: a JSON object as text, exactly as it was digested; "" once the part is redacted.
    """

    digest: str
    salt: str = ""
    text: str = ""

    @property
    def is_redacted(self) -> bool:
        """Whether its text was taken out; its digest stays and still holds the chain together."""
        return not self.salt


def part_of(facts: Mapping[str, Any]) -> Part:
    """Put facts into a part, under a salt of its own."""
    text = _encoder.encode(facts).decode()
    salt = token_hex(SALT_BYTES)
    return Part(digest=sha256((salt + text).encode()).hexdigest(), salt=salt, text=text)


def redacted(part: Part) -> Part:
    """Return a part without what it said."""
    return Part(digest=part.digest)


def seal(previous: str, parts: Mapping[str, Part]) -> str:
    """Return the digest that seals a record: SHA-256 of the one before and of each part's name and digest.

    The lines that are digested are the previous seal, then "NAME DIGEST" for each part in alphabetical order, each
    ended by a line feed: a few lines of any language can check it.
    """
    lines = [previous, *(f"{name} {parts[name].digest}" for name in sorted(parts))]
    return sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()


def words_of(text: str) -> str:
    """Return a short digest of a comment's text: enough to tell whether the same words were captured before."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def captured_words(parts: Mapping[str, Part]) -> str:
    """Return the digest of the text that a record holds; "" where it was redacted."""
    part = parts.get("comment")
    return words_of(msgspec.json.decode(part.text)["text"]) if part is not None and part.text else ""
