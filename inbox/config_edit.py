"""Small changes to config.toml that keep the operator's own comments, order and spacing."""

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from inbox.paths import make_private, write_private

Value = bool | int | float | str | Sequence["Value"] | Mapping[str, "Value"]
"""What a configuration can say."""

_BARE = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)
_HEADER = re.compile(r"\s*\[")


class EditError(Exception):
    """The change cannot be made without touching something else; the file is as it was."""


def set_top(path: str | Path, key: str, value: Value) -> None:
    """Set one key of the top level, in its own line if it has one, else above the first table.

    Raises:
        EditError: the file is not TOML, or the line cannot be told for sure.
        OSError: it cannot be read or written.
    """
    lines = _lines(path)
    line = f"{_key(key)} = {_render(value)}"
    top = next((n for n, text in enumerate(lines) if _HEADER.match(text)), len(lines))
    here = next((n for n in range(top) if re.match(rf"\s*{re.escape(key)}\s*=", lines[n])), None)
    if here is not None:
        lines[here] = line
    else:
        while top > 0 and lines[top - 1].lstrip().startswith("#"):  # a comment above a table belongs to it
            top -= 1
        lines[top:top] = [line, ""] if top < len(lines) and lines[top].strip() else [line]
    _write(path, lines, (key,), value)


def set_table(path: str | Path, name: tuple[str, ...], table: Mapping[str, Value]) -> None:
    """Write one table, in the place of the one of that name or at the end.

    Raises:
        EditError: the file is not TOML, or the place cannot be told for sure.
        OSError: it cannot be read or written.
    """
    lines = _lines(path)
    header = f"[{'.'.join(map(_key, name))}]"
    block = [header, *(f"{_key(key)} = {_render(value)}" for key, value in table.items())]
    start = next((n for n, text in enumerate(lines) if re.sub(r"\s|#.*", "", text) == header), None)
    if start is None:
        lines += ["", *block] if lines and lines[-1].strip() else block
    else:
        stop = next((n for n in range(start + 1, len(lines)) if _HEADER.match(lines[n])), len(lines))
        while stop > start + 1 and _is_aside(lines[stop - 1]):
            stop -= 1  # what stands above the next table belongs to it
        lines[start:stop] = block
    _write(path, lines, name, table)


def _is_aside(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")


def _lines(path: str | Path) -> list[str]:
    try:
        return Path(path).read_text(encoding="utf-8").removesuffix("\n").split("\n")
    except FileNotFoundError:
        return []


def _write(path: str | Path, lines: list[str], name: tuple[str, ...], value: Value) -> None:
    """Write the lines, once it is certain that they say what was meant and all that was said before."""
    text = "\n".join(lines) + "\n"
    try:
        before = tomllib.loads("\n".join(_lines(path)))
        after = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise EditError(f"{path} cannot be changed: {error}") from error
    _put(before, name, value)
    if after != before:
        raise EditError(f"{path} cannot be changed safely: set {'.'.join(name)} in it by hand")
    real = Path(path).resolve()  # a link into somebody's dotfiles stays a link
    make_private(str(real.parent))
    write_private(str(real), text.encode())


def _put(tables: dict[str, object], name: tuple[str, ...], value: Value) -> None:
    for part in name[:-1]:
        inner = tables.setdefault(part, {})
        if not isinstance(inner, dict):
            raise EditError(f"{part} is not a table")
        tables = inner
    tables[name[-1]] = dict(value) if isinstance(value, Mapping) else value


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _string(key)


def _string(text: str) -> str:
    # a JSON string is a TOML basic string, but for DEL, which TOML wants escaped
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _render(value: Value) -> str:
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(key)} = {_render(inner)}" for key, inner in value.items()) + " }"
    return "[" + ", ".join(map(_render, value)) + "]"
