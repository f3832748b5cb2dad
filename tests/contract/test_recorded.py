"""Every recorded answer beside the repository, through `parse`: no words, id, author, parent or time may be lost."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from recorded import FIXTURES, exchanges, recordings

from connectors import _registry
from connectors._html import html_to_text
from connectors._model import Comment
from connectors._text import sanitise

Row = dict[str, Any]
Expected = tuple[str, str, str, str, str]
"""A row's id, words, author, parent and time, each "" where it does not tell."""

PLATFORMS = [name for name in _registry.names() if (FIXTURES / name).is_dir()]


def walk(value: Any) -> Iterator[Row]:
    """Yield every object, however deep, but those inside an error."""
    if isinstance(value, list):
        for each in value:
            yield from walk(each)
    elif isinstance(value, dict):
        yield value
        for key, each in value.items():
            if key != "error":
                yield from walk(each)


def bodies(path: Path) -> Iterator[bytes]:
    """Yield the answers that a recording holds, as they were received or as near as its form allows."""
    if path.suffix == ".yaml":
        for *_, headers, body in exchanges(path):
            if body and {"json", "event-stream"} & set(re.split("[/;]", headers.get("content-type", ""))):
                yield body
    elif path.suffix == ".snap":
        found = re.findall(r"^exports\[`[^`]*`\] = `\n(.*?)\n`;$", path.read_text(), re.DOTALL | re.MULTILINE)
        for each in found:
            yield re.sub(r",(\s*[\]}])", r"\1", each).encode()
    elif path.suffix in {".json", ".jsonl"}:
        yield path.read_bytes()


def values(body: bytes) -> list[Any]:
    """Decode an answer: JSON, JSON Lines, or server-sent events."""
    try:
        return [json.loads(body)]
    except ValueError:
        lines = [line.removeprefix(b"data:").strip() for line in body.splitlines()]
        return [json.loads(line) for line in lines if line.startswith(b"{")]


def mastodon(row: Row) -> Expected | None:
    if "account" not in row or not {"content", "text"} & row.keys() or "id" not in row:
        return None
    words = html_to_text(row["content"]) if "content" in row else row["text"]
    return row["id"], words, row["account"]["id"], row["in_reply_to_id"] or "", row["created_at"]


def bluesky(row: Row) -> Expected | None:
    record = row.get("record", row.get("value"))
    if not isinstance(record, dict) or record.get("$type") != "app.bsky.feed.post" or "uri" not in row:
        return None
    author = row["author"]["did"] if "author" in row else row["uri"].split("/")[2]
    reply = record.get("reply", {})
    parent, root = (reply.get(which, {}).get("uri", "") for which in ("parent", "root"))
    return row["uri"], record["text"], author, "" if parent == root else parent, record["createdAt"]


def facebook(row: Row) -> Expected | None:
    if "message" not in row or "created_time" not in row:
        return None
    author, parent = row.get("from") or {}, row.get("parent") or {}
    return row.get("id", ""), row["message"], author.get("id", ""), parent.get("id", ""), row["created_time"]


def instagram(row: Row) -> Expected | None:
    if "text" not in row or "timestamp" not in row:
        return None
    return row["id"], row["text"], "", row.get("parent_id", ""), row["timestamp"]


READERS: dict[str, Callable[[Row], Expected | None]] = {
    "mastodon": mastodon,
    "bluesky": bluesky,
    "facebook": facebook,
    "instagram": instagram,
}


def is_read(expected: Expected, comments: list[Comment]) -> bool:
    native_id, words, author, parent, at = expected
    moment = datetime.fromisoformat(at)
    return any(
        comment.native_id == (native_id or comment.native_id)
        and comment.text == sanitise(words)
        and comment.author.native_id == (author or comment.author.native_id)
        and (comment.parent_id or "") == (parent or comment.parent_id or "")
        and (moment.tzinfo is None or comment.created_at == moment)
        for comment in comments
    )


def test_recorded_answers_are_there() -> None:
    if not PLATFORMS:
        pytest.skip("recorded answers not present")

    assert set(PLATFORMS) <= READERS.keys(), "a platform with recordings needs a reader of its own here"


@pytest.mark.parametrize("platform", PLATFORMS)
def test_no_recorded_comment_loses_anything(platform: str) -> None:
    parse, read = _registry.load(platform).parse, READERS[platform]
    lost: list[tuple[str, Expected]] = []
    total = 0
    for path in recordings(f"{platform}/**/*.*"):
        for body in bodies(path):
            expected = [row for value in values(body) for each in walk(value) if (row := read(each)) is not None]
            comments = parse(body)
            total += len(expected)
            lost += [(path.name, row) for row in expected if not is_read(row, comments)]

    assert lost == []
    assert total >= 2


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_recording_is_read_as_it_lies_whatever_program_kept_it(platform: str) -> None:
    parse = _registry.load(platform).parse
    lost = []
    for path in [*recordings(f"{platform}/**/*.yaml"), *recordings(f"{platform}/**/*.snap")]:
        there = {(each.native_id, each.text, each.author.native_id) for body in bodies(path) for each in parse(body)}
        read = {(each.native_id, each.text, each.author.native_id) for each in parse(path.read_bytes())}
        lost += [(path.name, each) for each in there - read]

    assert lost == []
