"""The few ways in which YAML writes one text, read without a YAML library: enough for the bodies of recorded answers."""

import base64
import binascii
import re

_QUOTED = re.compile(r"'((?:[^']|'')*)'")
_DOUBLE = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_BLOCK = re.compile(r"([|>])[-+0-9]*[ \t]*(?:#.*)?\n")
_LINE = re.compile(r"^([^ \t\n].*)\n(\n*)(?=[^ \t\n])", re.MULTILINE)
_BREAK = r"[ \t]*\n((?:[ \t]*\n)*)[ \t]*"
_FOLD = re.compile(_BREAK)
_ESCAPE = re.compile(rf"\\(?:\n((?:[ \t]*\n)*)[ \t]*|x(..)|u(....)|U(.{{8}})|(.))|{_BREAK}", re.DOTALL)
_LETTERS = {
    "0": "\0",
    "a": "\a",
    "b": "\b",
    "t": "\t",
    "n": "\n",
    "v": "\v",
    "f": "\f",
    "r": "\r",
    "e": "\x1b",
    "N": "\x85",
    "_": "\xa0",
    "L": "\u2028",
    "P": "\u2029",
}


def scalar_at(words: str, at: int, indent: int) -> tuple[str, int]:
    """Read a quoted text or a block.

    Args:
        words: the document, its lines ended by a line feed alone.
        at: where the text's mark stands: a quote, `|` or `>`.
        indent: how far the key before it is indented.

    Returns:
        The text, and where it ends; no text where none begins there.

    Source: https://yaml.org/spec/1.2.2/#chapter-7-flow-style-productions and chapter 8.
    """
    if found := _QUOTED.match(words, at):
        return _FOLD.sub(_folded, found[1]).replace("''", "'"), found.end()
    if found := _DOUBLE.match(words, at):
        return _ESCAPE.sub(_meant, found[1]), found.end()
    if found := _BLOCK.match(words, at):
        return _block(words, found.end(), indent, folds=found[1] == ">")
    return "", at


def _folded(found: re.Match[str]) -> str:
    """Return what a line's end inside a quoted text stands for: a space, or the empty lines that follow it."""
    return "\n" * found[1].count("\n") or " "


def _meant(found: re.Match[str]) -> str:
    empty, *numbers, letter, after = found.groups()
    if empty is not None:
        return "\n" * empty.count("\n")
    if after is not None:
        return "\n" * after.count("\n") or " "
    if letter is not None:
        return _LETTERS.get(letter, letter)
    try:
        return chr(int(next(each for each in numbers if each is not None), 16))
    except (ValueError, OverflowError):
        return "\ufffd"


def _block(words: str, at: int, indent: int, *, folds: bool) -> tuple[str, int]:
    """Read the lines that are indented farther than the key; the first of them says how far."""
    lines: list[str] = []
    while at < len(words):
        end = words.find("\n", at)
        end = len(words) if end < 0 else end
        line = words[at:end]
        if line.strip() and len(line) - len(line.lstrip(" ")) <= indent:
            break
        lines.append(line)
        at = end + 1
    margin = next((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), 0)
    said = "\n".join(line[margin:] for line in lines).rstrip("\n")
    return (_LINE.sub(lambda line: line[1] + (line[2] or " "), said) if folds else said), at


def binary(said: str) -> bytes:
    """Read what is written in base64, whatever its line ends; nothing where it is none."""
    try:
        return base64.b64decode("".join(said.split()), validate=True)
    except (binascii.Error, ValueError):
        return b""
