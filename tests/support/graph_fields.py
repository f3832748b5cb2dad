"""The Graph API's field expansion: `id,from{name},comments.limit(5).summary(true){id}` read and answered."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

_NAME = re.compile(r"[a-z_]+")


@dataclass
class Wish:
    """One field that is asked for, with its modifiers and what is asked of it in turn."""

    name: str
    modifiers: dict[str, str] = field(default_factory=dict)
    inner: list["Wish"] = field(default_factory=list)


def wishes(text: str) -> list[Wish]:
    """Read a `fields` parameter."""
    found, rest = _list(text, 0)
    assert rest == len(text), f"not read: {text[rest:]!r}"
    return found


def _list(text: str, at: int) -> tuple[list[Wish], int]:
    found: list[Wish] = []
    while at < len(text) and text[at] != "}":
        name = _NAME.match(text, at)
        assert name, f"no field name: {text[at:]!r}"
        wish, at = Wish(name[0]), name.end()
        while at < len(text) and text[at] == ".":
            start, end = text.index("(", at), text.index(")", at)
            wish.modifiers[text[at + 1 : start]] = text[start + 1 : end]
            at = end + 1
        if at < len(text) and text[at] == "{":
            wish.inner, at = _list(text, at + 1)
            at += 1
        found.append(wish)
        if at < len(text) and text[at] == ",":
            at += 1
    return found, at


Edge = Callable[[dict[str, Any], Wish], Any]


def answer(node: dict[str, Any], wanted: list[Wish], known: frozenset[str], edges: dict[str, Edge]) -> dict[str, Any]:
    """Give what is asked of a node; null and absent fields are left out, as Meta leaves them.

    Raises:
        KeyError: a field that no such node has, by its name.
    """
    shown: dict[str, Any] = {"id": node["id"]}
    for wish in wanted:
        if wish.name in edges:
            shown[wish.name] = edges[wish.name](node, wish)
        elif wish.name not in known:
            raise KeyError(wish.name)
        elif node.get(wish.name) is not None:
            value = node[wish.name]
            keep = {each.name for each in wish.inner}
            shown[wish.name] = {k: v for k, v in value.items() if k in keep or k == "id"} if keep else value
    return shown
