"""Raw answers as they were saved, in whatever form, as JSON values: one text, lines of it, a stream, or behind other output."""

import json
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from typing import Any

from connectors._answer import parse_json
from connectors._fields import Fields
from connectors._model import Comment
from connectors._recordings import answers_in, cassette_bodies, snapshots

_MORE = re.compile(r"[\s,]*(?=[\[{])")
_BEHIND = re.compile(r"(?:(?<=\n)[ \t]*|\A[\w/*.$ ]+\(\s*)(?=[\[{])")
_PACKED = b"\x1f\x8b"
_LARGEST = 256 * 1024 * 1024
"""Bytes that something packed may unpack to."""


def values_in(body: bytes) -> list[Any]:
    """Decode saved answers, in whatever form they were kept, packed or not, in any of Unicode's encodings.

    That is JSON, JSON Lines, JSON after JSON, server-sent events, JSON behind headers or a server's notices; or what
    other programs make of several answers: a browser's archive, a test's cassette or snapshots. A line of several that
    is no JSON is passed over, as is what a recording holds besides: a stream is cut wherever somebody stopped listening.

    Raises:
        ValueError: nothing in it is JSON.
    """
    return list(_values(_plain(body), recorded=True))


def _values(body: bytes, *, recorded: bool) -> Iterator[Any]:
    for value in _documents(body):
        kept = answers_in(value) if recorded else None
        if kept is None:
            yield value
        for each in kept or ():
            yield from _unless_unreadable(each)


def _unless_unreadable(body: bytes) -> list[Any]:
    """Read one answer of a recording, which holds pages and pictures too."""
    try:
        return list(_values(_plain(body), recorded=False))
    except ValueError:
        return []


def _plain(body: bytes) -> bytes:
    """Unpack what a client saved as it was sent, and turn what a shell saved in UTF-16 into UTF-8."""
    if body.startswith(_PACKED):
        body = _unpacked(body)
    encoding = json.detect_encoding(body)
    return body if encoding == "utf-8" else body.decode(encoding, "replace").encode("utf-8", "replace")


def _unpacked(body: bytes) -> bytes:
    """Unpack gzip, of which several pieces may have been appended."""
    found: list[bytes] = []
    left = _LARGEST
    while body.startswith(_PACKED):
        unpacking = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            found.append(unpacking.decompress(body, left + 1))
        except zlib.error:
            raise ValueError("it is packed, and cannot be unpacked") from None
        left -= len(found[-1])
        if left < 0:
            raise ValueError("it unpacks to more than 256 MB")
        body = unpacking.unused_data
    return b"".join(found)


def _documents(body: bytes) -> list[Any]:
    try:
        return [parse_json(body)]
    except ValueError as error:
        for read in (_events, _lines, _one_after_another, _recorded, _behind):
            if found := list(read(body)):
                return found
        raise ValueError(_why_not(body, str(error))) from None


def _why_not(body: bytes, why: str) -> str:
    """Say what is wrong with what cannot be read, as far as its first and last bytes tell."""
    begins = body[:200].lstrip().lower()
    if not body.strip():
        return "it is empty"
    if begins.startswith((b"<!doctype html", b"<html")):
        return "it is a web page"
    if begins.startswith(b"<"):
        return "it is XML"
    if begins[:1] in {b"[", b"{"} and "truncated" in why:
        return "it ends in the middle: it was not saved whole"
    return f"it is no JSON ({why})"


def _one_after_another(body: bytes) -> Iterator[Any]:
    """Read JSON after JSON: pages that were appended to one file."""
    return _from(body.decode("utf-8", "replace"), _MORE.match)


def _from(words: str, beginning: Callable[[str, int], re.Match[str] | None]) -> Iterator[Any]:
    """Read one value after the other, each where the next beginning is found, up to the first that is none."""
    decoder, at = json.JSONDecoder(strict=False), 0
    while begun := beginning(words, at):
        try:
            _, at = decoder.raw_decode(words, begun.end())
        except (ValueError, RecursionError):
            return
        yield from _readable(words[begun.end() : at].encode("utf-8", "replace"))


def _recorded(body: bytes) -> Iterator[Any]:
    for each in (*cassette_bodies(body), *snapshots(body)):
        yield from _unless_unreadable(each)


def _events(body: bytes) -> Iterator[Any]:
    """Read the data of server-sent events, of which several lines make one.

    Source: https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
    """
    data: list[bytes] = []
    for line in [*body.splitlines(), b""]:
        if line.startswith(b"data:"):
            data.append(line[5:].strip())
        elif not line.strip() and data:
            yield from list(_readable(b"\n".join(data))) or [each for one in data for each in _readable(one)]
            data = []


def _lines(body: bytes) -> Iterator[Any]:
    """Read lines of JSON; where the first one is none, the others are parts of something else."""
    lines = [line for line in body.splitlines() if line.strip()]
    if len(lines) > 1 and list(_readable(lines[0])):
        for line in lines:
            yield from _readable(line)


def _behind(body: bytes) -> Iterator[Any]:
    """Read what begins lines behind other output, or stands in a call (JSONP)."""
    return _from(body.decode("utf-8", "replace"), _BEHIND.search)


def _readable(body: bytes) -> Iterator[Any]:
    try:
        value = parse_json(body)
    except ValueError:
        return
    if isinstance(value, dict | list):
        yield value


def _all(here: Fields) -> Iterable[Any]:
    return here.values()


def objects_in(value: Any, inside: Callable[[Fields], Iterable[Any]] = _all) -> Iterator[Fields]:
    """Yield every object of a JSON value, however deep, outer ones first, in the order they are read.

    Args:
        value: decoded JSON.
        inside: which values of an object are looked into.
    """
    waiting = [value]
    while waiting:
        here = waiting.pop()
        if isinstance(here, dict):
            yield here
            waiting += reversed([each for each in inside(here) if isinstance(each, dict | list)])
        elif isinstance(here, list):
            waiting += reversed(here)


def fullest(read: Iterable[tuple[Fields, Comment | None]]) -> list[Comment]:
    """Keep of each comment the reading of the object that tells most: answers show one in full here, in part there.

    Args:
        read: the objects, each with what was read of it; of two that tell as much, the later one counts.
    """
    found: dict[str, tuple[int, Comment]] = {}
    for here, comment in read:
        if comment is not None and len(here) >= found.get(comment.native_id, (0, comment))[0]:
            found[comment.native_id] = len(here), comment
    return [comment for _, comment in found.values()]


def name_for(words: str, at: str) -> str:
    """Make a name for what has none, from its words and its time, so that its words are not lost."""
    said = f"{words}\n{at}"
    return f"unnamed:{blake2b(said.encode('utf-8', 'replace'), digest_size=8).hexdigest()}"
