"""Escaping: what keeps a visitor's words text, in a spreadsheet and in Markdown."""

import re

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~])")


def cell(value: object) -> object:
    """Write a value so that no spreadsheet takes a visitor's words for a formula."""
    if isinstance(value, list):
        value = "; ".join(f"{v['by']}: {v['text']}" if isinstance(v, dict) else str(v) for v in value)
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return "" if value is None else value


def markdown(text: str) -> str:
    """Escape what Markdown would read: a comment is text, never a link or a picture."""
    return _MARKDOWN.sub(r"\\\1", text)
