"""Links, mentions and tags of a post's text as facets: ranges of UTF-8 bytes, for Bluesky has no markup."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from msgspec import Struct

from connectors._fields import Fields, count, rows, table, text
from connectors._model import Appearance, Mark

_FACET = "app.bsky.richtext.facet"
_LABEL = r"[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
_LINK = re.compile(
    rf"(?<![\w@/.])(?:https?://[^\s<>\"“”«»]+|(?:{_LABEL}\.)+[a-zA-Z]{{2,24}}(?:/[^\s<>\"“”«»]*)?)(?![\w@])"
)
_MENTION = re.compile(rf"(?<![\w@./])@((?:{_LABEL}\.)+[a-zA-Z](?:[a-zA-Z0-9-]{{0,61}}[a-zA-Z0-9])?)(?![\w@])")
_TAG = re.compile(r"(?<!\S)[#＃]([^\s\u00ad\u2060\u200a-\u200d\u20e2]+)")
_TRAILING = ".,;:!?…'’\"*_~"
_BARE_ENDINGS = re.compile(
    "art|be|blog|ca|ch|city|com|cool|de|dev|eu|example|fr|int|io|it|lu|museum|net|org|paris|pt|social|tv|uk|us",
    re.IGNORECASE,
)
"""Endings under which a name without "https://" is taken for an address; "demain.Je" is none."""
MAX_TAG = 64
"""Graphemes of a tag; code points are never fewer."""


Kind = Literal["link", "mention", "tag"]


class Found(Struct, frozen=True):
    """One thing in a text that is more than words.

    Attributes:
        kind: "link", "mention" or "tag".
        start: its first byte.
        end: the byte after its last.
        value: the address, the handle, or the tag without its sign.
    """

    kind: Kind
    start: int
    end: int
    value: str


def find(words: str) -> list[Found]:
    """Find what is linked, mentioned or tagged, in the order of the text, none overlapping another."""
    found: list[Found] = []
    end = -1
    for each in sorted((*_links(words), *_mentions(words), *_tags(words)), key=lambda one: (one.start, -one.end)):
        if each.start >= end:
            found.append(each)
            end = each.end
    return found


def appearance(words: str) -> Appearance:
    """Say which parts of a text readers will see as links, mentions and tags; ranges of bytes become code points."""
    raw = words.encode()
    marks = (Mark(each.kind, len(raw[: each.start].decode()), len(raw[: each.end].decode())) for each in find(words))
    return Appearance(words, tuple(marks))


def handles(words: str) -> list[str]:
    """Return the handles that a text mentions, each once."""
    return list(dict.fromkeys(each.value for each in find(words) if each.kind == "mention"))


def facets(words: str, dids: Mapping[str, str]) -> list[dict[str, Any]]:
    """Write the facets of a text.

    Args:
        words: the text exactly as it is published.
        dids: the account behind each handle; who is not in it is not mentioned.
    """
    return [
        {"index": {"byteStart": each.start, "byteEnd": each.end}, "features": [feature]}
        for each in find(words)
        if (feature := _feature(each, dids))
    ]


def links_in(record: Fields) -> list[tuple[str, str]]:
    """Read the links of a received record as (words on the screen, where they lead)."""
    raw = text(record.get("text")).encode("utf-8", "replace")
    found = []
    for facet in rows(record.get("facets")):
        index = table(facet.get("index"))
        shown = raw[count(index.get("byteStart")) : count(index.get("byteEnd"))].decode("utf-8", "replace")
        found += [(shown, text(each.get("uri"))) for each in rows(facet.get("features")) if text(each.get("uri"))]
    return found


def _feature(each: Found, dids: Mapping[str, str]) -> dict[str, str] | None:
    if each.kind == "link":
        return {"$type": f"{_FACET}#link", "uri": each.value}
    if each.kind == "tag":
        return {"$type": f"{_FACET}#tag", "tag": each.value}
    did = dids.get(each.value, "")
    return {"$type": f"{_FACET}#mention", "did": did} if did else None


def _at(words: str, kind: Kind, start: int, shown: str, value: str) -> Found:
    first = len(words[:start].encode())
    return Found(kind, first, first + len(shown.encode()), value)


def _links(words: str) -> Iterator[Found]:
    for match in _LINK.finditer(words):
        shown = _without_tail(match[0])
        if "://" in shown:
            yield _at(words, "link", match.start(), shown, shown)
        elif _BARE_ENDINGS.fullmatch(shown.partition("/")[0].rpartition(".")[2]):
            yield _at(words, "link", match.start(), shown, f"https://{shown}")


def _without_tail(shown: str) -> str:
    """Leave to the sentence what belongs to it: its full stop, and a bracket that was opened before the link."""
    while shown:
        unopened = (shown[-1] == ")" and "(" not in shown) or (shown[-1] == "]" and "[" not in shown)
        if not unopened and shown[-1] not in _TRAILING:
            break
        shown = shown[:-1]
    return shown


def _mentions(words: str) -> Iterator[Found]:
    for match in _MENTION.finditer(words):
        yield _at(words, "mention", match.start(), match[0], match[1].lower())


def _tags(words: str) -> Iterator[Found]:
    for match in _TAG.finditer(words):
        tag = match[1].rstrip(_TRAILING + ")]}»”")
        if tag and len(tag) <= MAX_TAG and not tag.isdecimal() and not tag.startswith("\ufe0f"):
            yield _at(words, "tag", match.start(), match[0][0] + tag, tag)
