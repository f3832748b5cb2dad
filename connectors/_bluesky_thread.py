"""A whole thread read one post at a time: the answer may be megabytes, of which little is news."""

from collections.abc import Iterator

import msgspec

from connectors._answer import Answer, parse_json
from connectors._bluesky_entities import thread_views
from connectors._fields import Fields, table, text


class _Node(msgspec.Struct, gc=False):
    """A post as it came, not read yet, and what answers it."""

    post: msgspec.Raw = msgspec.Raw(b"{}")
    replies: list["_Node"] = []


class _Said(msgspec.Struct):
    thread: _Node


def posts_of(said: Answer) -> Iterator[Fields]:
    """Yield the posts of a thread from the asked one downwards; those that are gone or blocked have no text.

    Read as a whole it would take five times the answer's size for as long as it is looked through.

    Raises:
        ProtocolError: it is no thread.
    """
    try:
        waiting = [msgspec.json.decode(said.body, type=_Said).thread]
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):  # not quite what we know, or nothing we know
        yield from thread_views(table(said.json(dict).get("thread")))
        return
    while waiting:
        node = waiting.pop()
        waiting += node.replies
        try:
            post = table(parse_json(bytes(node.post)))
        except ValueError:  # one post that makes no sense hides no other
            continue
        if text(post.get("uri")):
            yield post
