"""Painting: the one place where text from outside becomes styled cells; no markup, nothing a terminal would obey."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rich.cells import cell_len, split_graphemes
from rich.segment import Segment
from textual.strip import Strip

from connectors._text import sanitise
from tui.themes import Theme

Span = tuple[str, str]
"""A piece of text and the role it plays (see tui.themes)."""
Line = Sequence[Span]

# What tmux, terminals and Textual measure differently; a row must be exactly as wide as we think.
_UNSURE = re.compile("[\u200d\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff]")
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]")
_FLAG_A = 0x1F1E6


@lru_cache(maxsize=4096)
def safe(text: str) -> str:
    """Make text harmless once more, for what may have come from a file; keeps its line breaks."""
    return sanitise(text)


@lru_cache(maxsize=4096)
def row_safe(text: str) -> str:
    """Make text harmless and of a width every terminal agrees on: one line, flags as letters, emoji taken apart."""
    line = sanitise(text, single_line=True)
    if line.isascii():
        return line
    return _FLAG.sub(lambda found: chr(ord(found[0]) - _FLAG_A + ord("A")), _UNSURE.sub("", line))


def fit(text: str, width: int) -> str:
    """Cut text to at most `width` cells, an ellipsis telling that it was cut."""
    if width <= 0:
        return ""
    if cell_len(text) <= width:
        return text
    used = 0
    for start, _stop, size in split_graphemes(text)[0]:
        used += size
        if used > width - 1:
            return text[:start].rstrip() + "…"
    return text


def pad(text: str, width: int) -> str:
    """Cut or fill text to exactly `width` cells."""
    text = fit(text, width)
    return text + " " * (width - cell_len(text))


def width_of(line: Line) -> int:
    """Return the cells a line takes."""
    return sum(cell_len(text) for text, _ in line)


def cut(line: Line, width: int) -> list[Span]:
    """Cut a line to `width` cells, an ellipsis telling that words were cut; blanks at its end go unsaid."""
    rest, blanks = list(line), 0
    over = width_of(line) - width
    while rest and not rest[-1][0].strip():
        blanks += cell_len(rest.pop()[0])
    if rest:
        blanks += len(rest[-1][0]) - len(rest[-1][0].rstrip())
    kept: list[Span] = []
    left = width if over <= blanks else width - 1
    for text, role in line:
        size = cell_len(text)
        if size > left:
            kept.append((_first_cells(text, left) + ("…" if over > blanks and width > 0 else ""), role))
            break
        kept.append((text, role))
        left -= size
    return kept


def _first_cells(text: str, width: int) -> str:
    """Return what of a text fits into `width` cells, without blanks at its end."""
    used = 0
    for start, _stop, size in split_graphemes(text)[0]:
        used += size
        if used > width:
            return text[:start].rstrip()
    return text


def last_cells(text: str, width: int) -> str:
    """Return what of a text's end fits into `width` cells, an ellipsis in front telling that it was cut."""
    over = cell_len(text) - max(0, width - 1)
    for _start, stop, size in split_graphemes(text)[0]:
        over -= size
        if over <= 0:
            return ("…" if width > 0 else "") + text[stop:]
    return ""


def spread(left: Line, right: Line, width: int) -> list[Span]:
    """Lay a line out to both edges; the right part stays whole, the left part gives way."""
    right_width = width_of(right)
    if right_width >= width:
        return cut(right, width)
    kept = cut(left, width - right_width - (1 if right_width else 0))
    return [*kept, (" " * (width - right_width - width_of(kept)), ""), *right]


def strip(line: Line, width: int, theme: Theme) -> Strip:
    """Turn a line into cells, exactly `width` wide."""
    made = _cells(line, theme)
    if made.cell_length > width:
        made = _cells(cut(line, width), theme)
    return made.adjust_cell_length(width)


def _cells(line: Line, theme: Theme) -> Strip:
    return Strip([Segment(text, theme[role]) for text, role in line if text])


def rule(width: int, title: Line = (), right: Line = ()) -> list[Span]:
    """Return a horizontal rule, words set into it."""
    left: list[Span] = [("─ ", "rule"), *title, (" ", "")] if width_of(title) else []
    end: list[Span] = [(" ", ""), *right, (" ─", "rule")] if width_of(right) else []
    fill = width - width_of(left) - width_of(end)
    return cut([*left, ("─" * max(0, fill), "rule"), *end], width)


def wrap(text: str, width: int) -> list[tuple[int, int]]:
    """Break text into lines of at most `width` cells; returns code-point ranges, so that highlights find their place."""
    ranges: list[tuple[int, int]] = []
    start = 0
    for paragraph in text.split("\n"):
        ranges.extend(_wrap_line(text, start, start + len(paragraph), max(1, width)))
        start += len(paragraph) + 1
    return ranges


def _wrap_line(text: str, start: int, end: int, width: int) -> Iterable[tuple[int, int]]:
    begin, used, space = start, 0, -1
    for first, after, size in split_graphemes(text[start:end])[0]:
        index, stop = start + first, start + after
        if used + size > width and index > begin:
            broken = space if space > begin else index
            yield begin, broken
            begin = broken + 1 if space > begin else index
            used, space = cell_len(text[begin:index]), -1
        if text[index:stop] == " ":
            space = index
        used += size
    yield begin, end


def wrapped(text: str, width: int, role: str = "") -> list[list[Span]]:
    """Break text into lines of one role."""
    return [[(text[start:stop], role)] for start, stop in wrap(text, width)]


def highlighted(
    text: str, spans: Iterable[tuple[int, int]], width: int, role: str = "", mark: str = "match"
) -> list[list[Span]]:
    """Break text into lines, the code points inside `spans` in the role `mark`."""
    marked = [False] * len(text)
    for start, stop in spans:
        for index in range(max(0, start), min(stop, len(text))):
            marked[index] = True
    lines: list[list[Span]] = []
    for start, stop in wrap(text, width):
        line: list[Span] = []
        begin = start
        for index in range(start + 1, stop + 1):
            if index == stop or marked[index] != marked[begin]:
                line.append((text[begin:index], mark if begin < stop and marked[begin] else role))
                begin = index
        lines.append([span for span in line if span[0]])
    return lines
