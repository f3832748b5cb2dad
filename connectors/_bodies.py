"""Raw answers as they were saved, in whatever form, as JSON values: one text, lines of it, a stream, or behind other output."""

import re
from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from typing import Any

from connectors._answer import parse_json
from connectors._fields import Fields
from connectors._model import Comment

_MARK = b"\xef\xbb\xbf"
_BEGINNING = re.compile(rb"^[ \t]*[\[{]", re.MULTILINE)


def values_in(body: bytes) -> list[Any]:
    """Decode a saved answer: JSON, JSON Lines, server-sent events, or JSON behind headers or a server's notices.

    A line of several that is no JSON is passed over: a stream is cut wherever somebody stopped listening.

    Raises:
        ValueError: nothing in it is JSON.
    """
    body = body.removeprefix(_MARK)
    try:
        return [parse_json(body)]
    except ValueError:
        found = list(_events(body)) or list(_lines(body)) or list(_behind(body))
        if not found:
            raise
        return found


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
    begun = _BEGINNING.search(body)
    if begun is not None and begun.start() > 0:
        yield from _readable(body[begun.start() :])


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
